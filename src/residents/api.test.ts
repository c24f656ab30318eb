import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { endConsents } from './retention.ts';

let county: TestCounty;
let field: Client;
let clerk: Client;
let far: Client;
const now = new Date().toISOString();
const today = dayOf(now);

beforeAll(async () => {
  county = await startCounty();
  [field, clerk, far] = await Promise.all([county.as('field'), county.as('clerk'), county.as('farclerk')]);
});
afterAll(() => county.stop());

async function register(name: string, phone?: string, by = field, area = county.places.grid) {
  const [id, resident] = [newId(), newId()];
  const answer = await by.post(`/api/households/${id}/register`, {
    area,
    address: '柳河村 12 号',
    residents: [{ id: resident, name, relation: '户主', bornYear: 1944, ...(phone === undefined ? {} : { phone }) }],
    contact: county.id('field'),
  });
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
  return { id, resident };
}

describe('the residents’ register', () => {
  test('[L10] finds people by name, pinyin, initials or whole number, as far as one’s place reaches', async () => {
    const { resident } = await register('单桂花', '13912345678');
    const find = async (who: Client, q: string) =>
      (await who.get(`/api/people?q=${encodeURIComponent(q)}`)).body.people.map((p: { id: string }) => p.id);
    for (const q of ['单桂花', '单', 'shangui', 'SGH', 'sg', '13912345678']) {
      expect(await find(field, q), q).toContain(resident);
      expect(await find(far, q), q).not.toContain(resident);
    }
    for (const q of ['1391234567', '%', '桂', '_桂花', '13912345679'])
      expect(await find(field, q), q).not.toContain(resident);
    expect((await (await county.as('handler')).get('/api/people?q=单')).status).toBe(404);
  });

  test('[L1] every reading of a file is noted, and told to the resident who asks at a desk', async () => {
    const { id } = await register('马秀兰');
    await field.get(`/api/households/${id}`);
    expect((await far.get(`/api/households/${id}`)).status).toBe(404);
    const { body } = await clerk.get(`/api/households/${id}/readings`);
    expect(body.readings).toMatchObject([
      { reader: county.id('field'), name: '王建军', unit: '柳河镇人民政府', what: '住户档案' },
    ]);
    expect((await far.get(`/api/households/${id}/readings`)).status).toBe(404);
    expect((await field.get(`/api/households/${id}/readings`)).status).toBe(404);
  });

  test('[L1] telephone numbers stand readable in no table; a changed number is found, the old one is not', async () => {
    const { id, resident } = await register('何桂英', '13700000001');
    await field.post(`/api/households/${id}/residents/amend`, { resident, phone: '13700000002' });
    const file = (await field.get(`/api/households/${id}`)).body;
    expect(file).toMatchObject({ head: '何桂英', residents: [{ hasPhone: true }], version: 2 });
    // The file is looked at without the numbers; who wants to call asks for them, and that is noted as what it is.
    expect(JSON.stringify(file)).not.toContain('1370000000');
    expect((await field.get(`/api/households/${id}/phones`)).body).toEqual({
      phones: [{ resident, name: '何桂英', relation: '户主', phone: '13700000002' }],
    });
    expect(
      (await clerk.get(`/api/households/${id}/readings`)).body.readings.map((r: { what: string }) => r.what),
    ).toEqual(['住户电话', '住户档案']);
    const count = async (q: string) => (await field.get(`/api/people?q=${q}`)).body.people.length;
    expect([await count('13700000001'), await count('13700000002')]).toEqual([0, 1]);
    for (const table of ['event', 'command', 'household', 'resident']) {
      const { rows } = await county.database.pool.query(
        `select count(*)::int as n from ${table} t where t::text like '%1370000000%'`,
      );
      expect(rows[0].n, table).toBe(0);
    }
  });

  test('[L3] a service is known only with consent and until its day; the sweep ends it', async () => {
    const { id, resident } = await register('罗玉珍');
    const consent = (until: string | null, needs = ['独居老人关照']) =>
      field.post(`/api/households/${id}/residents/consent`, { resident, what: 'needs', needs, until });
    expect(await consent(addDays(today, -1))).toMatchObject({
      status: 422,
      body: { refused: 'resident.consent-over', field: 'until' },
    });
    expect(await consent(addDays(today, 30), ['上访'])).toMatchObject({
      status: 422,
      body: { refused: 'resident.need-unknown' },
    });
    expect((await consent(addDays(today, 30))).status).toBe(200);
    const listed = async () =>
      (await field.get(`/api/households?need=${encodeURIComponent('独居老人关照')}`)).body.households.map(
        (h: { id: string }) => h.id,
      );
    expect(await listed()).toContain(id);

    expect(await endConsents(county.ledger, county.county, addDays(today, 30), now)).toBe(0);
    expect(await endConsents(county.ledger, county.county, addDays(today, 31), now)).toBe(1);
    expect(await endConsents(county.ledger, county.county, addDays(today, 31), now)).toBe(0);
    expect(await listed()).not.toContain(id);
    expect((await field.get(`/api/households/${id}`)).body.residents[0].consents).toEqual([]);
  });

  test('says what the asker may do now, and moves a household to another contact and place', async () => {
    const { id } = await register('唐小妹');
    expect((await field.get(`/api/households/${id}`)).body.can).toContain('household.contact');
    expect((await (await county.as('head')).get(`/api/households/${id}`)).body.can).toEqual([]);
    expect(await clerk.post(`/api/households/${id}/contact`, { official: newId() })).toMatchObject({
      body: { refused: 'household.official-unknown' },
    });
    await clerk.post(`/api/households/${id}/contact`, { official: county.id('otherfield') });
    await clerk.post(`/api/households/${id}/amend`, { area: county.places.otherGrid });
    const there = await (await county.as('otherfield')).get(`/api/households/${id}`);
    expect(there.body).toMatchObject({
      contact: { name: '赵小兰' },
      path: [{}, { name: '柳河镇' }, { name: '北渠村' }, {}],
    });
    expect(await far.post(`/api/households/${id}/amend`, { moved: true })).toMatchObject({ status: 404 });
    expect(
      await field.post(`/api/households/${newId()}/register`, {
        area: county.places.farGrid,
        address: '1',
        residents: [{ id: newId(), name: '某', relation: '户主' }],
      }),
    ).toMatchObject({ status: 404 });
  });

  test('another kind of record is not read as a household', async () => {
    expect((await field.get(`/api/households/${county.id('field')}`)).status).toBe(404);
  });
});
