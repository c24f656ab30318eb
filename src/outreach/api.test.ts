import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let field: Client;
let head: Client;
let clerk: Client;
let leader: Client;
let nobody: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [field, head, clerk, leader, nobody] = await Promise.all([
    county.as('field'),
    county.as('head'),
    county.as('clerk'),
    county.as('leader'),
    county.as(),
  ]);
  await county.publish('outreach', {
    noticeDays: 0,
    places: 2,
    recordDays: 31,
    periods: [{ id: 'now', name: '过冬', from: addDays(today, -40), to: addDays(today, 5) }],
  });
});
afterAll(() => county.stop());

const arranged = async (by: Client, more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    by.post(`/api/outreaches/${id}/arrange`, {
      form: 'reception',
      area: county.places.village,
      spot: '柳河村文化广场',
      day: today,
      from: '09:00',
      to: '11:30',
      who: [county.id('head'), county.id('field')],
      about: '听大家说说过冬的事',
      ...more,
    }),
  );
  return id;
};

describe('a reception on site', () => {
  test('[B11] is announced with place and time, booked from a telephone, and what is taken becomes a matter with its number', async () => {
    const id = await arranged(head, { day: addDays(today, 4) });
    const board = (await nobody.get('/api/receptions')).body as { id: string; left: number }[];
    expect(board.find((r) => r.id === id)).toMatchObject({
      place: '柳河镇 柳河村',
      spot: '柳河村文化广场',
      from: '09:00',
      left: 2,
      people: [{ name: '张敏' }, { name: '王建军' }],
    });
    const first = await done(nobody.post(`/api/outreaches/${id}/book`, { phone: '138-0013-8000', name: '刘大有' }));
    expect(first.body.told).toMatchObject({ turn: 1, code: expect.stringMatching(/^\S{8}$/) });
    expect((await nobody.post(`/api/outreaches/${id}/book`, { phone: '13800138000' })).body.refused).toBe(
      'outreach.booked-already',
    );
    expect((await nobody.post(`/api/outreaches/${id}/book`, { name: '谁' })).body.refused).toBe(
      'outreach.reach-missing',
    );
    expect((await nobody.post(`/api/outreaches/${id}/book`, { number: 'QH 2611 0000 1' })).body.refused).toBe(
      'outreach.number-unknown',
    );
    const matter = newId();
    const raised = await done(
      clerk.post(`/api/matters/${matter}/register`, {
        channel: 'phone',
        subject: '路灯不亮',
        area: county.places.village,
      }),
    );
    await done(nobody.post(`/api/outreaches/${id}/book`, { number: String(raised.body.told.number).toLowerCase() }));
    expect((await nobody.post(`/api/outreaches/${id}/book`, { phone: '13800138001' })).body.refused).toBe(
      'outreach.full',
    );
    expect((await nobody.post(`/api/outreaches/${id}/unbook`, { turn: 1, code: 'guess' })).body.refused).toBe(
      'outreach.code-wrong',
    );
    await done(nobody.post(`/api/outreaches/${id}/unbook`, { turn: 1, code: first.body.told.code }));
    expect(
      ((await nobody.get('/api/receptions')).body as { id: string; left: number }[]).find((r) => r.id === id)!.left,
    ).toBe(1);

    const shown = (await field.get(`/api/outreaches/${id}`)).body;
    expect(shown.bookings).toMatchObject([{ turn: 2, phone: null, number: raised.body.told.number }]);
    // The board says nothing of who booked.
    expect(JSON.stringify(board)).not.toContain('13800138000');
    expect((await field.post(`/api/outreaches/${id}/take`, { words: '路灯还是不亮' })).body.refused).toBe(
      'outreach.not-yet',
    );
  });

  test('[B11] what is taken on the day becomes a matter; who booked is not asked again; solved counts when the resident says so', async () => {
    const id = await arranged(head);
    const { body } = await done(nobody.post(`/api/outreaches/${id}/book`, { phone: '13800138009', name: '赵四' }));
    const taken = await done(
      field.post(`/api/outreaches/${id}/take`, {
        turn: body.told.turn,
        words: '低保停了两个月，不知道为什么',
        solved: '当场打电话问了民政所，明天补发',
      }),
    );
    const [{ record, stream }] = taken.body.followed;
    expect(record).toBe('matter');
    const matter = (await clerk.get(`/api/matters/${stream}`)).body;
    expect(matter).toMatchObject({ status: 'registered' });
    expect(JSON.stringify(matter)).toContain('赵四');
    expect(JSON.stringify(matter)).toContain('现场已经办的：当场打电话问了民政所');
    const item = async () =>
      (await head.get('/api/outreaches')).body.rows.find((r: { id: string }) => r.id === id) as object;
    expect(await item()).toMatchObject({ taken: 1, solved: 1, agreed: 0 });

    await done(clerk.post(`/api/matters/${stream}/dispatch`, { unit: county.units.water }));
    const handler = await county.as('handler');
    await done(
      handler.post(`/api/matters/${stream}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '核对后补发',
      }),
    );
    await done(
      handler.post(`/api/matters/${stream}/dispose`, { disposition: 'solvable', cause: '年审漏报，已经补上' }),
    );
    await done(handler.post(`/api/matters/${stream}/resolve`, { answer: '两个月的低保今天已经补发到卡上。' }));
    expect(await item()).toMatchObject({ agreed: 0 });
    await done(
      clerk.post(`/api/matters/${stream}/call-back`, { outcome: 'confirmed', score: 5, words: '钱到了，谢谢' }),
    );
    expect(await item()).toMatchObject({ taken: 1, solved: 1, agreed: 1 });
  });

  test('[B11] who went is written down, and who did not with the reason; another day is told with its reason', async () => {
    const id = await arranged(head, { day: addDays(today, 2) });
    const other = { day: today, from: '14:00', to: '16:00', spot: '柳河村委会', reason: '广场停电' };
    await done(head.post(`/api/outreaches/${id}/change`, other));
    const board = (await nobody.get('/api/receptions')).body as { id: string }[];
    expect(board.find((r) => r.id === id)).toMatchObject({ day: today, spot: '柳河村委会', reason: '广场停电' });
    const went = { went: [county.id('field')], result: '来了 6 个人，收了 2 件事' };
    expect((await field.post(`/api/outreaches/${id}/conclude`, went)).body).toMatchObject({
      refused: 'outreach.absence-missing',
      field: 'absence',
    });
    await done(field.post(`/api/outreaches/${id}/conclude`, { ...went, absence: '张镇长去县里开会，李副镇长代' }));
    const shown = (await head.get(`/api/outreaches/${id}`)).body;
    expect(shown).toMatchObject({
      status: 'held',
      went: [{ name: '王建军' }],
      absence: '张镇长去县里开会，李副镇长代',
      result: '来了 6 个人，收了 2 件事',
    });
    expect((await nobody.post(`/api/outreaches/${id}/book`, { phone: '13800138010' })).body.refused).toBe(
      'outreach.booking-closed',
    );
  });
});

describe('going down without a desk', () => {
  test('[B11] a concentrated outreach belongs to a set period; one with a case in hand answers each case', async () => {
    const base = { area: county.places.liuhe, who: [county.id('leader')], spot: '柳河镇' };
    const bad = newId();
    expect(
      (
        await leader.post(`/api/outreaches/${bad}/arrange`, {
          form: 'concentrated',
          ...base,
          day: addDays(today, 6),
          from: '09:00',
          to: '17:00',
          about: '入户听意见',
          period: 'now',
        })
      ).body.refused,
    ).toBe('outreach.outside-period');
    const concentrated = await arranged(leader, { form: 'concentrated', ...base, period: 'now' });
    expect((await leader.get(`/api/outreaches/${concentrated}`)).body.periodName).toBe('过冬');

    const matter = newId();
    await done(
      clerk.post(`/api/matters/${matter}/register`, {
        channel: 'hall',
        subject: '征地补偿没到位',
        area: county.places.village,
      }),
    );
    const id = await arranged(leader, { form: 'case', ...base, matters: [matter] });
    const end = { went: [county.id('leader')], result: '见了当事人，看了地块' };
    expect((await leader.post(`/api/outreaches/${id}/conclude`, end)).body.refused).toBe(
      'outreach.case-result-missing',
    );
    await done(
      leader.post(`/api/outreaches/${id}/conclude`, { ...end, cases: [{ matter, result: '定了十日内拨付' }] }),
    );
    expect((await leader.get(`/api/outreaches/${id}`)).body.cases).toMatchObject([
      { matter, subject: '征地补偿没到位', result: '定了十日内拨付' },
    ]);
  });

  test('[B11] figures count every township, also where nobody went, and survive a rebuild', async () => {
    const figures = (await (await county.as('inspector')).get(`/api/outreaches/figures?to=${today}`)).body.rows as {
      name: string;
    }[];
    expect(figures.map((r) => r.name).toSorted()).toEqual(['城关镇', '柳河镇']);
    // Counted again, one by one, from what each record says.
    const records = (await leader.get('/api/outreaches')).body.rows as {
      place: string;
      status: string;
      taken: number;
      day: string;
    }[];
    const near = records.filter(
      (r) => r.place.startsWith('柳河镇') && r.day <= today && r.day >= `${today.slice(0, 4)}-01-01`,
    );
    expect(figures.find((r) => r.name === '柳河镇')).toMatchObject({
      arranged: near.length,
      held: near.filter((r) => r.status === 'held').length,
      taken: near.reduce((n, r) => n + r.taken, 0),
      agreed: 1,
    });
    expect(figures.find((r) => r.name === '城关镇')).toMatchObject({ arranged: 0, taken: 0, outward: 0 });
    const before = (await leader.get('/api/outreaches')).body;
    const { database, ledger, system } = county;
    await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
    expect((await leader.get('/api/outreaches')).body).toEqual(before);
  });

  test('[B11] another township sees nothing of it, nor may it write there', async () => {
    const far = await county.as('farfield');
    expect((await far.get('/api/outreaches')).body.rows).toEqual([]);
    const id = await arranged(head);
    expect((await far.get(`/api/outreaches/${id}`)).status).toBe(404);
    expect((await far.post(`/api/outreaches/${id}/take`, { words: '不该能记' })).status).toBe(404);
  });
});
