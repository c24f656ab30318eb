import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type { Pair, PairCommand, PairFacts, PairState, Partner, Planned } from './model.ts';
import { pairs, pairsOwed, possible } from './rules.ts';

const TODAY = '2026-11-20';
const SIGNED = '[[]]';
const facts: PairFacts = {
  actor: 'helper',
  today: TODAY,
  pair: 'pair',
  household: {
    chain: ['county', 'village'],
    contact: 'helper',
    residents: [
      { id: 'mother', bornYear: 1980 },
      { id: 'child', bornYear: 2018 },
    ],
  },
  unit: 'unit',
  helper: 'helper',
  doubled: false,
  gives: ['送技术'],
  lastDay: '2027-11-20',
  reviewDue: '2027-02-18',
  key: 'key',
};
const planned: Planned = {
  partner: undefined,
  give: '送技术',
  what: '看果树',
  by: TODAY,
  done: undefined,
  said: undefined,
};
const done: Planned = { ...planned, done: { on: TODAY, how: '看了', late: false } };
const said: Planned = { ...done, said: { on: TODAY, words: '好多了', by: 'mother' } };
const firm: Partner = { sort: 'firm', name: '柑橘公司', does: '包收', since: TODAY, by: 'mother', left: undefined };
const gone: Partner = { ...firm, left: { on: TODAY, words: '不种了', asked: false } };
const pair: Pair = {
  status: 'lasting',
  household: 'home',
  chain: ['county', 'village'],
  official: 'helper',
  unit: 'unit',
  since: '2026-10-01',
  until: TODAY,
  by: 'mother',
  person: undefined,
  measures: [planned],
  partners: [],
  reviews: [],
  reviewDue: '2026-12-30',
  before: [],
  ended: undefined,
  key: 'key',
};
const ended: Pair = { ...pair, status: 'ended', ended: { on: TODAY, reason: 'asked', words: '' } };
const none: PairState = { status: 'none' };
const THEIRS = { actor: 'resident:pair' };

const make = { kind: 'pair.make', household: 'home', until: '2026-12-31', by: 'mother', signature: SIGNED } as const;
const renew = { kind: 'pair.renew', until: '2026-12-31', by: 'mother', signature: SIGNED } as const;
const takeOver = { ...renew, kind: 'pair.take-over' } as const;
const plan = { kind: 'pair.plan', measures: [{ give: '送技术', what: '看苗', by: TODAY }] };
const join = { kind: 'pair.join', sort: 'firm', name: '柑橘公司', does: '包收', by: 'mother', signature: SIGNED };
const leave = { kind: 'pair.leave', partner: 0, words: '不种了' };
const act = { kind: 'pair.do', measure: 0, how: '看了' };
const say = { kind: 'pair.say', measure: 0, words: '好多了', by: 'mother', signature: SIGNED };
const review = { kind: 'pair.review', note: '问过了' };
const end = { kind: 'pair.end', reason: 'reached', words: '' };

const decide = (state: PairState, command: object, change: Partial<PairFacts> = {}) =>
  pairs.decide(state, command as PairCommand, { ...facts, ...change });
const refused = (...asked: Parameters<typeof decide>): unknown => {
  const verdict = decide(...asked);
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of a pair, one by one', () => {
  test('[B7] two are bound once, the one at work and the other at home, by an adult’s hand until a day to come', () => {
    expect(refused(none, make)).toBe(undefined);
    expect(refused(pair, make)).toEqual(['pair.exists', undefined]);
    expect(refused(none, make, { household: undefined })).toEqual(['pair.household-unknown', 'household']);
    expect(refused(none, make, { unit: undefined })).toEqual(['pair.official-unknown', 'official']);
    expect(refused(none, make, { doubled: true })).toEqual(['pair.doubled', 'household']);
    expect(refused(none, { ...make, person: 'child' })).toBe(undefined);
    expect(refused(none, { ...make, person: 'neighbour' })).toEqual(['pair.not-of-household', 'person']);
  });

  test('[B7] whoever consents is an adult of the household and never the helper, for no longer than the county says', () => {
    for (const [state, command, change] of [
      [none, make, {}],
      [pair, renew, {}],
      [pair, takeOver, { actor: 'next', helper: 'next' }],
    ] as const) {
      const of = (more: object) => refused(state, { ...command, ...more }, change);
      expect(of({}), command.kind).toBe(undefined);
      expect(of({ by: 'neighbour' })).toEqual(['pair.not-of-household', 'by']);
      expect(of({ by: 'child' })).toEqual(['pair.not-adult', 'by']);
      expect(of({ by: change.helper ?? 'helper' })).toEqual(['pair.own-consent', 'by']);
      expect(of({ until: TODAY })).toEqual(['pair.until-past', 'until']);
      expect(of({ until: '2026-11-21' })).toBe(undefined);
      expect(of({ until: '2027-11-20' })).toBe(undefined);
      expect(of({ until: '2027-11-21' })).toEqual(['pair.until-too-long', 'until']);
    }
    const next = { actor: 'next' };
    expect(refused(pair, takeOver)).toEqual(['pair.helper-already', undefined]);
    expect(refused(pair, takeOver, { ...next, unit: undefined })).toEqual(['pair.official-unknown', undefined]);
    expect(refused(pair, takeOver, { ...next, doubled: true })).toEqual(['pair.doubled', undefined]);
  });

  test('[B7] the helper plans kinds of help the county names, from today on, not without end', () => {
    const of = (more: object) => refused(pair, { ...plan, measures: [{ ...plan.measures[0], ...more }] });
    expect(of({})).toBe(undefined);
    expect(refused(pair, plan, { actor: 'head' })).toEqual(['pair.not-the-helper', undefined]);
    expect(of({ give: '送钱' })).toEqual(['pair.give-unknown', 'measures']);
    expect(of({ by: '2026-11-19' })).toEqual(['pair.due-past', 'measures']);
    const full = (n: number): Pair => ({ ...pair, measures: Array.from({ length: n }, () => planned) });
    expect(refused(full(59), plan)).toBe(undefined);
    expect(refused(full(60), plan)).toEqual(['pair.plan-full', 'measures']);
  });

  test('[B7] a measure is done once, by the helper, late after its day', () => {
    expect(decide(pair, act)).toMatchObject([{ late: false }]);
    expect(decide({ ...pair, measures: [{ ...planned, by: '2026-11-19' }] }, act)).toMatchObject([{ late: true }]);
    expect(refused(pair, act, { actor: 'head' })).toEqual(['pair.not-the-helper', undefined]);
    expect(refused(pair, { ...act, measure: 1 })).toEqual(['pair.measure-unknown', 'measure']);
    expect(refused({ ...pair, measures: [done] }, act)).toEqual(['pair.measure-done', undefined]);
  });

  test('[B7] what came of it is the household’s word: signed on glass once, on its own phone with its key whenever', () => {
    const state = (measure: Planned): Pair => ({ ...pair, measures: [measure] });
    expect(refused(state(done), say)).toBe(undefined);
    expect(refused(state(done), { ...say, measure: 1 })).toEqual(['pair.measure-unknown', 'measure']);
    expect(refused(state(planned), say)).toEqual(['pair.not-done', 'measure']);
    expect(refused(state(done), { ...say, by: 'child' })).toEqual(['pair.not-adult', 'by']);
    expect(refused(state(said), say)).toEqual(['pair.said', undefined]);
    expect(refused(state(done), { ...say, signature: undefined })).toEqual(['pair.signature-missing', 'signature']);
    for (const measure of [done, said]) {
      expect(refused(state(measure), { ...say, key: 'key' }, THEIRS)).toBe(undefined);
      for (const key of [undefined, 'wrong'])
        expect(refused(state(measure), { ...say, key }, THEIRS)).toEqual(['pair.key-wrong', 'key']);
    }
  });

  test('[B7] firm, base or association: asked in by the helper, with the household’s hand, each once at a time', () => {
    const of = (partners: Partner[], more: object = {}, change: Partial<PairFacts> = {}) =>
      refused({ ...pair, partners }, { ...join, ...more }, change);
    expect(of([])).toBe(undefined);
    expect(of([], {}, { actor: 'head' })).toEqual(['pair.not-the-helper', undefined]);
    expect(of([firm])).toEqual(['pair.partner-there', 'name']);
    expect(of([firm], { sort: 'base' })).toBe(undefined);
    expect(of([firm], { name: '生猪公司' })).toBe(undefined);
    expect(of([gone])).toBe(undefined);
    expect(of([], { by: 'child' })).toEqual(['pair.not-adult', 'by']);
    expect(of([], { by: 'helper' })).toEqual(['pair.own-consent', 'by']);
    const many = (n: number): Partner[] => Array.from({ length: n }, (_, i) => ({ ...firm, name: `第 ${i} 家` }));
    expect(of(many(19))).toBe(undefined);
    expect(of(many(20))).toEqual(['pair.partners-full', undefined]);
  });

  test('[B7] the household does without one with its key and no word; the helper says why; nobody else may', () => {
    const state: Pair = { ...pair, partners: [firm, gone] };
    expect(decide(state, leave)).toMatchObject([{ partner: 0, asked: false }]);
    expect(refused(state, { ...leave, words: '' })).toEqual(['pair.words-missing', 'words']);
    expect(refused(state, { ...leave, words: '搬了' })).toBe(undefined);
    expect(refused(state, { ...leave, words: '' }, { actor: 'head' })).toEqual(['pair.not-the-helper', undefined]);
    expect(refused(state, { ...leave, partner: 2 })).toEqual(['pair.partner-unknown', 'partner']);
    expect(refused(state, { ...leave, partner: 1 })).toEqual(['pair.partner-left', 'partner']);
    expect(decide(state, { ...leave, words: '', key: 'key' }, THEIRS)).toMatchObject([{ partner: 0, asked: true }]);
    for (const key of [undefined, 'wrong'])
      expect(refused(state, { ...leave, key }, THEIRS)).toEqual(['pair.key-wrong', 'key']);
    const by = (partner: number) => refused(state, { ...plan, measures: [{ ...plan.measures[0], partner }] });
    expect([by(0), by(1), by(2)]).toEqual([
      undefined,
      ['pair.partner-left', 'measures'],
      ['pair.partner-unknown', 'measures'],
    ]);
  });

  test('[B7] somebody else looks at the plan; the household ends it with its key, an official with a reason', () => {
    expect(refused(pair, review, { actor: 'head' })).toBe(undefined);
    expect(refused(pair, review)).toEqual(['pair.own-review', undefined]);
    expect(refused(pair, end)).toBe(undefined);
    expect(refused(pair, { ...end, reason: 'other' })).toEqual(['pair.words-missing', 'words']);
    expect(refused(pair, { ...end, reason: 'other', words: '调走' })).toBe(undefined);
    expect(decide(pair, { ...end, reason: 'other', key: 'key' }, THEIRS)).toMatchObject([{ reason: 'asked' }]);
    for (const key of [undefined, 'wrong'])
      expect(refused(pair, { ...end, key }, THEIRS)).toEqual(['pair.key-wrong', 'key']);
  });

  test('[B7] nothing happens before it was made or after it ended', () => {
    for (const command of [plan, join, leave, act, say, review, renew, takeOver, end]) {
      expect(refused(none, command)).toEqual(['pair.unknown', undefined]);
      expect(refused(ended, command)).toEqual(['pair.ended', undefined]);
    }
  });

  test('[B7] the day after the last one of the consent, only a new one or an end is possible', () => {
    const over = { today: '2026-11-21' };
    const state: Pair = { ...pair, measures: [planned, done], partners: [firm] };
    for (const [command, change] of [
      [plan, {}],
      [{ ...join, name: '生猪公司' }, {}],
      [act, {}],
      [{ ...say, measure: 1 }, {}],
      [review, { actor: 'head' }],
    ] as const) {
      expect(refused(state, command, change), command.kind).toBe(undefined);
      expect(refused(state, command, { ...change, ...over }), command.kind).toEqual(['pair.consent-over', undefined]);
    }
    for (const command of [renew, leave, end]) expect(refused(state, command, over), command.kind).toBe(undefined);
    expect(refused(state, takeOver, { ...over, actor: 'next', helper: 'next' })).toBe(undefined);
  });

  test('[B7] on the last day all is possible yet; what is offered is what the rules would take', () => {
    const offered = (state: Pair, who = 'helper', day = TODAY): string[] => possible(state, who, day);
    expect(offered(ended)).toEqual([]);
    expect(offered(pair)).toEqual(['pair.plan', 'pair.join', 'pair.do', 'pair.renew', 'pair.end']);
    expect(offered({ ...pair, measures: [done], partners: [firm] })).toEqual([
      'pair.plan',
      'pair.join',
      'pair.leave',
      'pair.say',
      'pair.renew',
      'pair.end',
    ]);
    expect(offered({ ...pair, measures: [said], partners: [gone] })).toEqual([
      'pair.plan',
      'pair.join',
      'pair.renew',
      'pair.end',
    ]);
    expect(offered({ ...pair, measures: [planned, done], partners: [firm] }, 'head')).toEqual([
      'pair.review',
      'pair.take-over',
      'pair.renew',
      'pair.end',
    ]);
    expect(offered(pair, 'helper', '2026-11-21')).toEqual(['pair.renew', 'pair.end']);
    expect(offered(pair, 'head', '2026-11-21')).toEqual(['pair.take-over', 'pair.end']);
  });

  test('[B7] owed are the measures not done, the question of going on, and a look; nothing of a pair that ended', () => {
    expect(pairsOwed(none)).toEqual([]);
    expect(pairsOwed(ended)).toEqual([]);
    expect(pairsOwed({ ...pair, measures: [done, planned, { ...planned, what: '' }] })).toMatchObject([
      { run: 'measure 1', kind: 'pair-measure', title: '看果树' },
      { run: 'measure 2', title: undefined },
      { run: 'consent', due: TODAY, official: 'helper' },
      { run: 'review', due: '2026-12-30', unit: 'unit' },
    ]);
  });
});
