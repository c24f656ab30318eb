import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import type { PairCommand, PairFacts, PairState } from './model.ts';
import { pairs } from './rules.ts';

const today = dayOf(new Date().toISOString());
const SIGNATURE = '[[[1,2],[30,40]]]';
let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

async function family() {
  const [household, mother, child] = [newId(), newId(), newId()];
  const { body } = await (
    await county.as('clerk')
  ).post(`/api/households/${household}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    contact: county.id('field'),
    residents: [
      { id: mother, name: '陈秀英', relation: '户主', bornYear: 1980 },
      { id: child, name: '陈小雨', relation: '女', bornYear: Number(today.slice(0, 4)) - 9 },
    ],
  });
  expect(body.accepted).toBe(true);
  return { household, mother, child };
}
const done = async (answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  expect(given.status, JSON.stringify(given.body)).toBe(200);
  return given;
};

describe('pairs', () => {
  test('[B7] consent with an end date, a plan, what was done, the household’s own words, a review, an end', async () => {
    const { household, mother, child } = await family();
    const [field, head] = [await county.as('field'), await county.as('head')];
    const pair = newId();
    const make = { household, until: addDays(today, 200), signature: SIGNATURE, person: child };
    // A child does not consent for itself; the guardian does.
    expect((await field.post(`/api/pairs/${pair}/make`, { ...make, by: child })).body.refused).toBe('pair.not-adult');
    expect((await field.post(`/api/pairs/${newId()}/make`, { ...make, by: mother, until: today })).body.refused).toBe(
      'pair.until-past',
    );
    expect(
      (await field.post(`/api/pairs/${newId()}/make`, { ...make, by: mother, until: addDays(today, 400) })).body
        .refused,
    ).toBe('pair.until-too-long');
    await done(field.post(`/api/pairs/${newId()}/make`, { ...make, by: mother }));
    const shown = (await field.get(`/api/households/${household}/pairs`)).body;
    expect(shown.pairs).toMatchObject([{ mine: true, consented: true, consentBy: '陈秀英', person: '陈小雨' }]);
    const id = shown.pairs[0].id as string;
    const measures = [
      { give: '送技术', what: '请农技员来看柑橘', by: addDays(today, 3) },
      { give: '送温暖', what: '每周陪小雨写一次作业', by: addDays(today, 30) },
    ];
    expect((await head.post(`/api/pairs/${id}/plan`, { measures })).status).toBe(404);
    await done(field.post(`/api/pairs/${id}/plan`, { measures }));
    expect(
      (await field.post(`/api/pairs/${id}/plan`, { measures: [{ ...measures[0], give: '送钱' }] })).body.refused,
    ).toBe('pair.give-unknown');
    // What is due soon stands on the day's list, in words.
    const list = (await field.get('/api/visits/today')).body.rows as { household: string; why: string[] }[];
    expect(list.find((r) => r.household === household)?.why.join()).toContain('结对计划的“请农技员来看柑橘”');
    const said = { measure: 0, words: '看了，说是缺镁，撒了药叶子绿了。', by: mother };
    expect((await field.post(`/api/pairs/${id}/say`, { ...said, signature: SIGNATURE })).body.refused).toBe(
      'pair.not-done',
    );
    await done(field.post(`/api/pairs/${id}/do`, { measure: 0, how: '11 月 20 日农技站老李来看过。' }));
    expect((await field.post(`/api/pairs/${id}/say`, said)).body.refused).toBe('pair.signature-missing');

    // Visible to the household by its key, and it speaks for itself.
    const { url } = (await field.get(`/api/pairs/${id}/link`)).body;
    const k = new URL(url as string).searchParams.get('k')!;
    const nobody = await county.as();
    expect((await nobody.get(`/api/pair/${id}?k=${'x'.repeat(22)}`)).body.refused).toBe('pair.key-wrong');
    expect((await nobody.get(`/api/pair/${id}?k=${k}`)).body.measures[0]).toMatchObject({ what: '请农技员来看柑橘' });
    await done(nobody.post(`/api/pair/${id}/say`, { ...said, k }));
    const page = String((await nobody.get(`/pair/${id}?k=${k}`)).body);
    expect(page).toContain('请农技员来看柑橘');
    expect(page).toContain('说是缺镁');

    expect((await field.post(`/api/pairs/${id}/review`, { note: '我自己看过了' })).status).toBe(404);
    await done(head.post(`/api/pairs/${id}/review`, { note: '问过秀英，第一条见效，第二条每周有记录。' }));
    const read = (await field.get(`/api/pairs/${id}`)).body;
    expect(read).toMatchObject({
      reviews: [{ name: '张敏' }],
      measures: [
        { said: { words: said.words, name: '陈秀英' }, done: { late: false } },
        { said: null, done: null },
      ],
    });
    await done(nobody.post(`/api/pair/${id}/end`, { k, words: '孩子去县城念书了，谢谢。' }));
    expect((await field.get(`/api/pairs/${id}`)).body.ended).toMatchObject({ reason: 'asked' });
    expect((await field.post(`/api/pairs/${id}/plan`, { measures })).body.refused).toBe('pair.ended');
    const { readings } = (await (await county.as('clerk')).get(`/api/households/${household}/readings`)).body;
    expect(readings.some((r: { what: string }) => r.what === '结对帮扶')).toBe(true);
  });

  test('[B7] handed over, the plan goes to the next official when the household signs that it agrees', async () => {
    const { household, mother, child } = await family();
    const [field, far] = await Promise.all(['field', 'farfield'].map((who) => county.as(who)));
    const id = newId();
    const consent = { until: addDays(today, 100), by: mother, signature: SIGNATURE };
    await done(field!.post(`/api/pairs/${id}/make`, { household, ...consent }));
    const measures = [{ give: '送技术', what: '看柑橘', by: addDays(today, 9) }];
    await done(field!.post(`/api/pairs/${id}/plan`, { measures }));
    expect((await field!.post(`/api/pairs/${id}/take-over`, consent)).body.refused).toBe('pair.helper-already');
    expect((await far!.post(`/api/pairs/${id}/take-over`, consent)).status).toBe(404);
    // The successor answers for the village now.
    await county.give('assignment', newId(), {
      kind: 'assignment.make',
      official: county.id('otherfield'),
      type: 'village',
      area: county.places.village,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: today,
    });
    const next = await county.as('otherfield', { anew: true });
    expect((await next.post(`/api/pairs/${id}/take-over`, { ...consent, by: child })).body.refused).toBe(
      'pair.not-adult',
    );
    expect((await next.post(`/api/pairs/${id}/take-over`, { ...consent, until: today })).body.refused).toBe(
      'pair.until-past',
    );
    await done(next.post(`/api/pairs/${id}/take-over`, { ...consent, until: addDays(today, 300) }));
    expect((await next.get(`/api/pairs/${id}`)).body).toMatchObject({
      official: { name: '赵小兰' },
      until: addDays(today, 300),
      before: [{ name: '王建军', until: today }],
      measures: [{ what: '看柑橘', done: null }],
    });
    const owed = async (by: typeof next) =>
      ((await by.get('/api/owed')).body.rows as { id: string }[]).filter((line) => line.id === id).length;
    expect([await owed(field!), await owed(next)]).toEqual([0, 2]);
    expect((await field!.post(`/api/pairs/${id}/do`, { measure: 0, how: '看过了' })).body.refused).not.toBe(undefined);
    await done(next.post(`/api/pairs/${id}/do`, { measure: 0, how: '看过了，开了方子' }));
  });

  test('[B7] contact between the two is the diary’s word, and the desk’s list puts what is overdue first', async () => {
    const { household, mother } = await family();
    const [field, head] = [await county.as('field'), await county.as('head')];
    const id = newId();
    await done(
      field.post(`/api/pairs/${id}/make`, { household, by: mother, until: addDays(today, 100), signature: SIGNATURE }),
    );
    await done(
      field.post(`/api/pairs/${id}/plan`, { measures: [{ give: '送信息', what: '打听厂里招工', by: today }] }),
    );
    await done(
      field.post(`/api/visits/${newId()}/record`, {
        household,
        contact: 'met',
        note: '说了招工的事。',
        metAt: new Date().toISOString(),
      }),
    );
    await county.database.pool.query('update pair_measure set due = due - 4 where county = $1 and pair = $2', [
      county.county,
      id,
    ]);
    const { pairs: rows, figures } = (await head.get('/api/pairs?show=overdue')).body;
    expect(rows).toMatchObject([{ id, overdue: 1, met: today, official: '王建军', head: '陈秀英' }]);
    expect(figures.gives.find((g: { give: string }) => g.give === '送信息')).toMatchObject({ planned: 1, overdue: 1 });
    expect((await (await county.as('farhead')).get('/api/pairs')).body.pairs).toEqual([]);
    expect((await field.get(`/api/pairs/${id}`)).body.contacts).toMatchObject([{ contact: 'met', on: today }]);
  });
});

describe('firm, base and households', () => {
  test('[B7] a firm and a base help along when the household signs; measures name them, and the household does without one', async () => {
    const [one, two] = [await family(), await family()];
    const [field, head, nobody] = [await county.as('field'), await county.as('head'), await county.as()];
    const paired = async ({ household, mother }: typeof one): Promise<string> => {
      const id = newId();
      const consent = { by: mother, until: addDays(today, 100), signature: SIGNATURE };
      await done(field.post(`/api/pairs/${id}/make`, { household, ...consent }));
      return id;
    };
    const [a, b] = [await paired(one), await paired(two)];
    const firm = { sort: 'firm', name: '温氏试验公司', does: '供苗、包收', by: one.mother, signature: SIGNATURE };
    const join = (id: string, more: object) => field.post(`/api/pairs/${id}/join`, { ...firm, ...more });
    // The household's own hand, an adult's, of this household.
    expect((await join(a, { by: one.child })).body).toMatchObject({ refused: 'pair.not-adult', field: 'by' });
    expect((await join(a, { by: two.mother })).body.refused).toBe('pair.not-of-household');
    expect((await join(a, { by: county.id('field') })).body.refused).toBe('pair.own-consent');
    expect((await head.post(`/api/pairs/${a}/join`, firm)).status).toBe(404);
    await done(join(a, {}));
    expect((await join(a, {})).body.refused).toBe('pair.partner-there');
    await done(join(a, { sort: 'base', name: '三组示范基地', does: '教剪枝' }));
    // Offered in the next pair; nobody types it again.
    expect((await field.get(`/api/households/${two.household}/pairs`)).body.partners).toContainEqual({
      sort: 'firm',
      name: firm.name,
      does: firm.does,
    });
    await done(join(b, { by: two.mother }));
    const plan = (partner: number) =>
      field.post(`/api/pairs/${a}/plan`, {
        measures: [{ give: '市场服务', what: '秋后来收猪', by: addDays(today, 20), partner }],
      });
    expect((await plan(2)).body).toMatchObject({ refused: 'pair.partner-unknown', field: 'measures' });
    await done(plan(0));
    await done(plan(1));
    await done(field.post(`/api/pairs/${a}/do`, { measure: 0, how: '来收了两头' }));
    const of = async (name: string) =>
      (await head.get('/api/pairs')).body.partners.find((p: { name: string }) => p.name === name);
    expect(await of(firm.name)).toMatchObject({ sort: 'firm', households: 2, ever: 2, planned: 1, done: 1, said: 0 });
    expect(await of('三组示范基地')).toMatchObject({ households: 1, planned: 1, done: 0, overdue: 0 });
    const helped = async () =>
      (await head.get(`/api/pairs?partner=${encodeURIComponent(firm.name)}`)).body.pairs.map(
        (p: { id: string }) => p.id,
      );
    expect((await helped()).toSorted()).toEqual([a, b].toSorted());
    expect((await (await county.as('farhead')).get('/api/pairs')).body.partners).toEqual([]);

    // On the household's own phone: who helps, and a way to do without it, with no reason asked.
    const { url } = (await field.get(`/api/pairs/${a}/link`)).body;
    const k = new URL(url as string).searchParams.get('k')!;
    const page = String((await nobody.get(`/pair/${a}?k=${k}`)).body);
    expect(page).toContain(firm.name);
    expect(page).toContain('不要它参加了');
    expect((await nobody.post(`/api/pair/${a}/leave`, { k: 'x'.repeat(22), partner: 0 })).body.refused).toBe(
      'pair.key-wrong',
    );
    await done(nobody.post(`/api/pair/${a}/leave`, { k, partner: 0 }));
    expect((await nobody.post(`/api/pair/${a}/leave`, { k, partner: 0 })).body.refused).toBe('pair.partner-left');
    expect((await field.get(`/api/pairs/${a}`)).body.partners).toMatchObject([
      { name: firm.name, agreedBy: '陈秀英', left: { on: today, asked: true } },
      { name: '三组示范基地', left: null },
    ]);
    expect((await plan(0)).body.refused).toBe('pair.partner-left');
    expect(await of(firm.name)).toMatchObject({ households: 1, ever: 2, planned: 1, done: 1 });
    expect(await helped()).toEqual([b]);
    // It is among all that is held about them, on the sheet that is handed to them.
    const sheet = String((await (await county.as('clerk')).get(`/api/households/${one.household}/held`)).body);
    for (const part of [firm.name, '不再参加', '秋后来收猪', '来收了两头']) expect(sheet).toContain(part);
    // By the official only with a word why.
    const leave = (words: string) => field.post(`/api/pairs/${a}/leave`, { partner: 1, words });
    expect((await leave('')).body.refused).toBe('pair.words-missing');
    await done(leave('基地今年不种了'));
    expect(String((await nobody.get(`/pair/${a}?k=${k}`)).body)).not.toContain('不要它参加了');
    const before = (await head.get('/api/pairs')).body;
    const { database, ledger, system } = county;
    await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
    // Days moved by hand for the list of what is overdue go back to what the ledger says.
    expect((await head.get('/api/pairs')).body.partners).toEqual(before.partners);
  });
});

describe('the rules of pairs', () => {
  const facts = (change: Partial<PairFacts>): PairFacts => ({
    actor: 'helper',
    today: '2026-11-20',
    pair: 'pair',
    household: { chain: ['c', 't', 'v', 'g'], contact: 'helper', residents: [{ id: 'mother', bornYear: 1980 }] },
    unit: 'unit',
    helper: 'helper',
    doubled: false,
    gives: ['送技术'],
    lastDay: '2027-11-20',
    reviewDue: '2027-02-18',
    key: 'key',
    ...change,
  });
  const at = (day: string) => ({ actor: 'helper', at: `${day}T02:00:00.000Z`, version: 1 });

  test('[B7] nothing but a new consent or the end is possible after the last day the household agreed to', () => {
    const made = pairs.decide(
      pairs.initial,
      { kind: 'pair.make', household: newId(), until: '2026-12-31', by: 'mother', signature: SIGNATURE },
      facts({}),
    );
    const state = (made as never[]).reduce<PairState>((s, e) => pairs.evolve(s, e, at('2026-11-20')), pairs.initial);
    const commands: PairCommand[] = [
      { kind: 'pair.plan', measures: [{ give: '送技术', what: '看苗', by: '2027-03-01' }] },
      { kind: 'pair.do', measure: 0, how: '看过了' },
      { kind: 'pair.say', measure: 0, words: '好的', by: 'mother', signature: SIGNATURE },
      { kind: 'pair.review', note: '看过了' },
      { kind: 'pair.renew', until: '2027-06-01', by: 'mother', signature: SIGNATURE },
      { kind: 'pair.take-over', until: '2027-06-01', by: 'mother', signature: SIGNATURE },
      { kind: 'pair.join', sort: 'firm', name: '温氏', does: '包收', by: 'mother', signature: SIGNATURE },
      { kind: 'pair.leave', partner: 0, words: '不种了' },
      { kind: 'pair.end', reason: 'reached', words: '' },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.integer({ min: -40, max: 200 }),
        fc.constantFrom('helper', 'head', 'resident:pair'),
        (command, after, actor) => {
          const verdict = pairs.decide(state, command, facts({ actor, today: addDays('2026-12-31', after) }));
          if (after > 0 && !['pair.renew', 'pair.take-over', 'pair.leave', 'pair.end'].includes(command.kind))
            expect(verdict).toEqual({ refused: 'pair.consent-over' });
          if (actor === 'resident:pair' && !isRefusal(verdict))
            expect(['pair.renew', 'pair.take-over', 'pair.review']).toContain(command.kind);
        },
      ),
    );
  });
});
