import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { askSweeps } from '../disputes/ask.ts';
import { type SweepsPolicy, sweepStream } from '../disputes/model.ts';
import { newId } from '../ledger/ids.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from '../notices/follow.ts';
import { unready } from '../notices/ways.ts';
import { owedNames } from './model.ts';

/** What going out leaves owed: promises, pairs, measures of studies, answers to tell back, outreaches, sweeps. */
let county: TestCounty;
let as: Record<'field' | 'otherfield' | 'clerk' | 'head' | 'farhead' | 'leader' | 'handler' | 'inspector', Client>;
const today = dayOf(new Date().toISOString());
const household = newId();
const resident = newId();

beforeAll(async () => {
  county = await startCounty();
  const keys = ['field', 'otherfield', 'clerk', 'head', 'farhead', 'leader', 'handler', 'inspector'] as const;
  as = Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await county.as(key)]))) as typeof as;
  await county.give('household', household, {
    kind: 'household.register',
    area: county.places.grid,
    address: '柳河村 12 号',
    residents: [{ id: resident, name: '欧阳秀', bornYear: 1961, relation: '户主' }],
    contact: county.id('field'),
  });
});
afterAll(() => county.stop());

interface Line {
  id: string;
  name: string;
  home: string | null;
  household: string | null;
  kindName: string;
  due: string | null;
  late: boolean;
  official: string | null;
}
const of = async (by: Client, id: string): Promise<Line[]> =>
  ((await done(by.get('/api/owed'))).body.rows as Line[]).filter((line) => line.id === id);

/** As if so many days had passed since. */
const age = async (stream: string, days: number) =>
  await county.database.pool.query('update owed set due = due - $3::int where county = $1 and stream = $2', [
    county.county,
    stream,
    days,
  ]);

test('[B1] [B2] a promise made at a door is owed by who made it until it is kept, and late it is shown to who leads them', async () => {
  const visit = newId();
  await done(
    as.field.post(`/api/visits/${visit}/record`, {
      household,
      contact: 'met',
      metAt: new Date().toISOString(),
      note: '说了水管的事。',
      promises: [
        { what: '把水管修好', by: addDays(today, 5) },
        { what: '送一张用水须知', by: addDays(today, 1) },
      ],
    }),
  );
  expect(await of(as.field, visit)).toMatchObject([
    { name: '送一张用水须知', kindName: owedNames.promise, home: '欧阳秀家', household, due: addDays(today, 1) },
    { name: '把水管修好', due: addDays(today, 5), late: false, official: null },
  ]);
  for (const other of [as.otherfield, as.clerk, as.head, as.leader]) expect(await of(other, visit)).toEqual([]);
  await age(visit, 3);
  expect(await of(as.head, visit)).toMatchObject([{ name: '送一张用水须知', late: true, official: '王建军' }]);
  for (const other of [as.otherfield, as.clerk, as.farhead, as.inspector]) expect(await of(other, visit)).toEqual([]);

  await done(as.field.post(`/api/visits/${visit}/keep-promise`, { promise: 1, how: '送到了' }));
  expect((await of(as.field, visit)).map(({ name }) => name)).toEqual(['把水管修好']);
  await done(as.field.post(`/api/visits/${visit}/keep-promise`, { promise: 0, how: '修好了' }));
  expect(await of(as.field, visit)).toEqual([]);
});

test('[B7] a pair: its measures are the helper’s, the question before the consent ends too; a look at it is the unit’s', async () => {
  const pair = newId();
  const until = addDays(today, 200);
  await done(
    as.field.post(`/api/pairs/${pair}/make`, { household, until, by: resident, signature: '[[[1,1],[2,2]]]' }),
  );
  await done(
    as.field.post(`/api/pairs/${pair}/plan`, {
      measures: [{ give: '送技术', what: '请果树站来教剪枝', by: addDays(today, 20) }],
    }),
  );
  expect((await of(as.field, pair)).map(({ kindName, name, due }) => [kindName, name, due])).toEqual([
    [owedNames['pair-measure'], '请果树站来教剪枝', addDays(today, 20)],
    [owedNames['pair-consent'], '欧阳秀家', until],
  ]);
  // The look is asked for on its day, of the unit; single measures stay the helper's, late or not.
  expect(await of(as.head, pair)).toEqual([]);
  await age(pair, 90);
  expect(await of(as.head, pair)).toMatchObject([{ kindName: owedNames['pair-review'], name: '欧阳秀家', due: today }]);
  await done(as.field.post(`/api/pairs/${pair}/do`, { measure: 0, how: '教了一上午' }));
  await done(as.head.post(`/api/pairs/${pair}/review`, { note: '看过了，按计划在办' }));
  expect(await of(as.head, pair)).toEqual([]);
  await done(as.field.post(`/api/pairs/${pair}/end`, { reason: 'reached' }));
  expect(await of(as.field, pair)).toEqual([]);
});

test('[B9] a measure of a study is owed by its unit until the unit says what became of it', async () => {
  const study = newId();
  await done(
    as.leader.post(`/api/studies/${study}/open`, {
      topic: '渠系老化怎么办',
      question: '末级渠系为什么年年堵',
      area: county.places.liuhe,
      until: addDays(today, 60),
    }),
  );
  await done(as.leader.post(`/api/studies/${study}/find`, { words: '没有人管末级渠的日常清淤' }));
  await done(
    as.leader.post(`/api/studies/${study}/propose`, {
      finding: 0,
      words: '每个组定一个管渠员',
      unit: county.units.water,
      due: addDays(today, 40),
    }),
  );
  expect(await of(as.handler, study)).toMatchObject([
    { name: '每个组定一个管渠员', kindName: owedNames.measure, due: addDays(today, 40) },
  ]);
  expect(await of(as.leader, study)).toEqual([]);
  const answer = { measure: 0, words: '已经列入管护办法' };
  await done(as.handler.post(`/api/studies/${study}/answer-measure`, { ...answer, step: 'taken-up' }));
  expect(await of(as.handler, study)).toHaveLength(1);
  await done(as.handler.post(`/api/studies/${study}/answer-measure`, { ...answer, step: 'done' }));
  expect(await of(as.handler, study)).toEqual([]);
});

test('[B11] an outreach is owed on its day by everyone who is to go, until its result is written', async () => {
  const outreach = newId();
  await done(
    as.head.post(`/api/outreaches/${outreach}/arrange`, {
      form: 'reception',
      area: county.places.village,
      spot: '村部',
      day: addDays(today, 4),
      from: '09:00',
      to: '11:00',
      who: [county.id('head'), county.id('field')],
      about: '听听水费的事',
    }),
  );
  for (const who of [as.head, as.field])
    expect(await of(who, outreach)).toMatchObject([
      { name: '听听水费的事', kindName: owedNames.outreach, due: addDays(today, 4) },
    ]);
  expect(await of(as.otherfield, outreach)).toEqual([]);
  await done(as.head.post(`/api/outreaches/${outreach}/cancel`, { reason: '那天停电，另外定' }));
  expect(await of(as.field, outreach)).toEqual([]);
});

test('[B10] an answer that came is owed to whoever asked, without a day, until it was told', async () => {
  const talk = newId();
  const guide = newId();
  await done(
    as.clerk.post(`/api/guides/${guide}/publish`, {
      title: '耕地地力保护补贴',
      gist: '种粮的农户，每亩按实际种植面积补，直接打到一卡通。',
      source: '县农业农村局 2026 年 3 号通知',
      validFrom: '2026-01-01',
    }),
  );
  await done(
    as.field.post(`/api/talks/${talk}/hold`, {
      area: county.places.village,
      way: 'group',
      day: today,
      where: '村口院坝',
      guides: [guide],
    }),
  );
  await done(as.field.post(`/api/talks/${talk}/ask`, { words: '流转出去的地补给谁', guide }));
  expect(await of(as.field, talk)).toEqual([]);
  await county.give('talk', talk, { kind: 'talk.hear-answer', question: 0, words: '谁种补给谁' });
  expect(await of(as.field, talk)).toMatchObject([
    { name: '流转出去的地补给谁', kindName: owedNames['tell-back'], due: null },
  ]);
  await done(as.field.post(`/api/talks/${talk}/tell-back`, { question: 0, how: '去家里说了' }));
  expect(await of(as.field, talk)).toEqual([]);
});

test('[E1] every unit that sweeps owes the return of a period from its first day, is reminded, and owes it no more once returned', async () => {
  const policies = await county.system.policies(county.county);
  const { periods: _, phases: __, ...policy } = policies.get<SweepsPolicy>('sweeps');
  await county.publish('sweeps', {
    ...policy,
    since: '2026-09',
    periods: [{ id: 'watch', name: '汛期', from: '2027-03-10', to: '2027-03-12', source: '县防指通知' }],
    phases: [],
  });
  const ask = async (now: string) =>
    await askSweeps(county.ledger, await county.system.policies(county.county), county.county, now);
  const march = (day: string) => `2027-03-${day}T01:00:00.000Z`;
  expect(await ask(march('01'))).toBeGreaterThan(0);
  expect(await ask(march('01')), 'asked once').toBe(0);
  expect(await ask(march('10')), 'each unit for the first day of the set period').toBeGreaterThan(0);
  const stream = (mode: string, period: string) => sweepStream(county.county, county.units.liuhe, mode, period);
  const owedOf = async (id: string) =>
    (
      await county.database.pool.query<{ kind: string; unit: string; due: string; title: string }>(
        'select kind, unit, due, title from owed where county = $1 and stream = $2',
        [county.county, id],
      )
    ).rows;
  expect(await owedOf(stream('month', '2027-03'))).toEqual([
    { kind: 'sweep', unit: county.units.liuhe, due: '2027-04-05', title: '2027 年 3 月' },
  ]);
  expect(await owedOf(stream('day', '2027-03-10'))).toMatchObject([{ kind: 'sweep-day', due: '2027-03-10' }]);
  expect((await of(as.clerk, stream('month', '2027-03'))).map(({ kindName }) => kindName)).toEqual([owedNames.sweep]);
  // Nobody can ask by the door.
  expect(
    (
      await as.clerk.post(`/api/sweeps/${stream('month', '2027-05')}/ask`, {
        unit: county.units.liuhe,
        mode: 'month',
        period: '2027-05',
      })
    ).status,
  ).toBe(404);

  const told = async (id: string) =>
    (
      await county.database.pool.query<{ kind: string }>(
        'select kind from notice where county = $1 and stream = $2 order by at, kind',
        [county.county, id],
      )
    ).rows.map(({ kind }) => kind);
  const pass = async (now: string) => {
    await sealAll(county.database.pool, county.county);
    await followEvents(county.system, county.county, noticeRules, { mail: unready('mail'), sms: unready('sms') }, now);
  };
  await pass(march('31'));
  await pass('2027-04-08T02:00:00.000Z');
  expect(await told(stream('month', '2027-03'))).toContain('owed.late');
  const returned = {
    kind: 'sweep.return',
    unit: county.units.liuhe,
    mode: 'month',
    period: '2027-03',
    looked: '六个村都走了一遍',
  };
  await county.ledger.execute({
    county: county.county,
    id: newId(),
    record: 'sweep',
    stream: stream('month', '2027-03'),
    command: returned,
    at: '2027-04-08T03:00:00.000Z',
    actor: county.id('clerk'),
    units: [county.units.liuhe],
    permit: () => true,
  });
  expect(await owedOf(stream('month', '2027-03'))).toEqual([]);
});
