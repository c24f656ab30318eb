import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { accountStream } from '../accounts/model.ts';
import { type Answer, type TestCounty, startCounty } from '../app/testing.ts';
import { filledIn } from '../contract/form-use.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';

const today = dayOf(new Date().toISOString());
const SIGNATURE = '[[[1,2],[30,40]]]';
let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

const done = async (answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  expect(given.status, JSON.stringify(given.body)).toBe(200);
  return given;
};

async function house() {
  const [household, resident] = [newId(), newId()];
  await done(
    (await county.as('clerk')).post(`/api/households/${household}/register`, {
      area: county.places.grid,
      address: '二组 12 号',
      contact: county.id('field'),
      residents: [{ id: resident, name: '陈秀英', relation: '户主', bornYear: Number(today.slice(0, 4)) - 84 }],
    }),
  );
  return { household, resident };
}

describe('enter once', () => {
  test('[B12] one diary entry is the only thing typed: everything else follows from it', async () => {
    const [field, clerk, head] = [await county.as('field'), await county.as('clerk'), await county.as('head')];
    const { household, resident } = await house();
    const [pair, festival] = [newId(), newId()];
    await done(
      field.post(`/api/pairs/${pair}/make`, {
        household,
        by: resident,
        until: addDays(today, 90),
        signature: SIGNATURE,
      }),
    );
    await done(
      clerk.post(`/api/festivals/${festival}/open`, {
        name: '春节',
        day: addDays(today, 20),
        starts: today,
        area: county.places.liuhe,
        groups: ['高龄老人'],
        sources: [],
      }),
    );
    await done(
      field.post(`/api/visits/${newId()}/record`, {
        household,
        contact: 'met',
        note: '渠堵了，浇不上地。',
        needs: [{ words: '二组水渠堵了，浇不上地' }],
        promises: [{ what: '三天内请人来看', by: addDays(today, 2) }],
        metAt: new Date().toISOString(),
        withWhom: [resident],
      }),
    );
    // The diary and its summaries.
    const week = (await field.get(`/api/diary/week/${today}`)).body;
    expect(week).toMatchObject({ contacts: { met: 1 }, needs: 1, promises: { made: 1 }, households: { met: 1 } });
    const month = (await head.get(`/api/diary/month/${today.slice(0, 7)}`)).body;
    expect(month.officials).toMatchObject([{ name: '王建军', met: 1, needs: 1 }]);
    // The ledger of matters.
    const ledger = (await clerk.get('/api/matters?channel=visit')).body.matters;
    expect(ledger).toMatchObject([{ subject: '二组水渠堵了，浇不上地' }]);
    // Coverage, the day's list, the pair's contacts, the round before the festival.
    expect((await head.get('/api/visits/coverage')).body).toMatchObject({ met: 1, all: 1 });
    expect((await field.get('/api/visits/today')).body.progress).toMatchObject({ gone: 1, month: { met: 1, all: 1 } });
    expect((await field.get(`/api/pairs/${pair}`)).body.contacts).toMatchObject([{ contact: 'met', on: today }]);
    expect((await head.get('/api/festivals')).body.festivals).toMatchObject([{ all: 1, visited: 1, done: 1 }]);
  });

  test('[B12] the burden page counts forms, fields and minutes of a role, and nothing of fewer than the group', async () => {
    const roles = ['field', 'otherfield', 'farfield', 'extra1', 'extra2'];
    for (const [i, key] of ['extra1', 'extra2'].entries()) {
      const id = newId();
      await county.give('official', id, {
        kind: 'official.register',
        name: `干部${i}`,
        title: '',
        unit: county.units.liuhe,
        phone: '19000000002',
      });
      await county.give('official', id, {
        kind: 'official.give-post',
        role: 'field',
        unit: county.units.liuhe,
        area: county.places.village,
        title: '',
        since: '2025-01-01',
      });
      await county.give('account', accountStream(id), {
        kind: 'account.open',
        official: id,
        login: key,
        hash: '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
        mustChange: false,
      });
      county.people.set(key, id);
    }
    const entry = { day: addDays(today, -1), part: 'day', village: county.places.village, note: '' };
    const give = async (key: string, seconds: number): Promise<void> => {
      const command = { command: newId(), seconds, outputs: [{ kind: '植树', amount: 3 }], ...entry };
      const stream = newId();
      const client = await county.as(key);
      // Sent twice, as a phone on a weak signal does: it counts once.
      for (let i = 0; i < 2; i++) await done(client.post(`/api/labours/${stream}/record`, command));
    };
    for (const key of roles.slice(0, 4)) await give(key, 40);
    const leader = await county.as('leader');
    const read = async () => {
      const { body } = await leader.get('/api/burden');
      return body.roles.find((r: { role: string }) => r.role === 'field')?.forms ?? [];
    };
    const noted = async (n: number) =>
      await vi.waitFor(async () => {
        const { rows } = await county.database.pool.query(`select from form_use where form = 'labour.record'`);
        expect(rows.length).toBe(n);
      });
    await noted(4);
    expect(await read()).toEqual([]);
    await give(roles[4]!, 140);
    await noted(5);
    // Five people, one form each: day, part, village, kind and amount are five fields; 40·4 + 140 seconds.
    expect(filledIn({ ...entry, outputs: [{ kind: '植树', amount: 3 }] })).toBe(5);
    expect(await read()).toMatchObject([{ form: 'labour.record', forms: 1, fields: 5, minutes: 1 }]);
    // What is kept of minutes names nobody, and what is kept of people holds no minutes.
    const columns = await county.ledger.query<{ t: string; c: string }>(
      'test.columns',
      `select table_name as t, column_name as c from information_schema.columns
        where table_name in ('form_use', 'form_giver') and table_schema = current_schema()`,
      [],
    );
    expect(
      columns
        .filter(({ t }) => t === 'form_use')
        .map(({ c }) => c)
        .toSorted(),
    ).toEqual(['county', 'fields', 'form', 'print', 'role', 'seconds', 'week'].toSorted());
    expect(columns.some(({ t, c }) => t === 'form_giver' && c === 'seconds')).toBe(false);
    const { rows } = await county.database.pool.query('select print from form_use union select print from form_giver');
    for (const id of county.people.values()) expect(rows.some((r) => String(r.print).includes(id))).toBe(false);
  });
});
