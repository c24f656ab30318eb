import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import { MISSES_ALLOWED, type Recorded, type VisitCommand, type VisitFacts, type VisitState } from './model.ts';
import { contactOf, counts, isAdult, isReal, possible, promisesOwed, talked, visits } from './rules.ts';

/** Each decision of a visit by itself; what they make together is told in `rules.test.ts`. */
const facts: VisitFacts = {
  actor: 'writer',
  at: '2026-11-09T03:00:00.000Z',
  visit: 'visit',
  household: {
    chain: ['county', 'township', 'village', 'grid'],
    contact: null,
    residents: [
      { id: 'son', bornYear: null },
      { id: 'child', bornYear: 2015 },
    ],
  },
  revisitDays: 7,
  proxyWorksHere: false,
  voucher: { code: '123456', key: 'key' },
};
const record = {
  kind: 'visit.record',
  household: 'home',
  contact: 'met',
  note: '水渠堵了',
  needs: [],
  promises: [],
  metAt: facts.at,
  withWhom: [],
};
const decide = (state: VisitState, command: object, change: Partial<VisitFacts> = {}) =>
  visits.decide(state, command as VisitCommand, { ...facts, ...change });
const refused = (...asked: Parameters<typeof decide>): unknown => {
  const verdict = decide(...asked);
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};
const after = (state: VisitState, command: object, change: Partial<VisitFacts> = {}): Recorded => {
  const verdict = decide(state, command, change);
  if (isRefusal(verdict)) throw new Error(verdict.refused);
  const at = { actor: change.actor ?? facts.actor, at: facts.at, version: 1 };
  return verdict.reduce<VisitState>((s, e) => visits.evolve(s, e, at), state) as Recorded;
};
const none: VisitState = { status: 'none' };
const met = after(none, record);
const promised = after(none, { ...record, promises: [{ what: '问镇里', by: '2026-11-09' }] });
const closed = after(none, { ...record, contact: 'not-at-home', note: '' });
const sign = { kind: 'visit.countersign', means: 'signature', by: 'son', signature: '[[]]' };
const decline = { kind: 'visit.decline', by: 'son', reason: '不是这样说的' };
const signed = after(met, sign);
const declined = after(met, decline);
const THEIRS = { actor: 'resident:visit' };
const correct = { kind: 'visit.correct', note: '水渠上月就堵了' };
const withdraw = { kind: 'visit.withdraw', reason: '记到别家了' };
const keep = { kind: 'visit.keep-promise', promise: 0, how: '问了' };
const explain = { kind: 'visit.explain-promise', promise: 0, why: '镇里没人' };

describe('writing a visit down', () => {
  test('[B2] once, of a household there is, not ahead of time but for a clock a little fast', () => {
    expect(refused(met, record)).toEqual(['visit.exists', undefined]);
    expect(refused(none, record, { household: undefined })).toEqual(['visit.household-unknown', 'household']);
    const at = (minutes: number) =>
      refused(none, { ...record, metAt: new Date(Date.parse(facts.at) + minutes * 60_000).toISOString() });
    expect(at(0)).toBe(undefined);
    expect(at(60)).toEqual(['visit.in-future', 'metAt']);
  });

  test('[B1] where nobody was talked to there is nothing to raise, promise or explain; where somebody was, a note', () => {
    for (const contact of ['not-at-home', 'leaflet']) {
      const of = (more: object) => refused(none, { ...record, contact, note: '', ...more });
      expect(of({})).toBe(undefined);
      expect(of({ needs: [{ words: '修渠' }] })).toEqual(['visit.needs-without-contact', 'needs']);
      expect(of({ promises: [{ what: '问', by: '2026-11-12' }] })).toEqual([
        'visit.promise-without-contact',
        'promises',
      ]);
      expect(of({ explained: ['guide'] })).toEqual(['visit.explained-without-contact', 'explained']);
    }
    for (const contact of ['met', 'phone'])
      expect(refused(none, { ...record, contact, note: '' })).toEqual(['visit.note-missing', 'note']);
    expect([talked('met'), talked('phone'), talked('leaflet'), talked('not-at-home')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([isReal('met'), isReal('phone'), isReal('leaflet')]).toEqual([true, false, false]);
  });

  test('[B2] a promise is from the day on, who was there and whose need it is are of the household', () => {
    const by = (day: string) => refused(none, { ...record, promises: [{ what: '问镇里', by: day }] });
    expect(by('2026-11-09')).toBe(undefined);
    expect(by('2026-11-08')).toEqual(['visit.promise-past', 'promises']);
    expect(refused(none, { ...record, withWhom: ['son', 'neighbour'] })).toEqual([
      'visit.not-of-household',
      'withWhom',
    ]);
    expect(refused(none, { ...record, withWhom: ['son', 'child'] })).toBe(undefined);
    const need = (resident?: string) => refused(none, { ...record, needs: [{ words: '修渠', resident }] });
    expect([need(), need('child'), need('neighbour')]).toEqual([
      undefined,
      undefined,
      ['visit.not-of-household', 'needs'],
    ]);
  });
});

describe('what the household says of it', () => {
  test('[B2] signed or declined where somebody was talked to, by an adult of the household, never by the writer', () => {
    for (const command of [sign, decline]) {
      expect(refused(met, command)).toBe(undefined);
      expect(refused(closed, command)).toEqual(['visit.nobody-met', undefined]);
      expect(refused(met, { ...command, by: 'writer' })).toEqual(['visit.own-signature', 'by']);
      expect(refused(met, { ...command, by: 'neighbour' })).toEqual(['visit.not-of-household', 'by']);
      expect(refused(met, command, { household: undefined })).toEqual(['visit.not-of-household', 'by']);
      expect(refused(met, { ...command, by: 'child' })).toEqual(['visit.not-adult', 'by']);
    }
    expect([isAdult(2008, 2026), isAdult(2009, 2026), isAdult(null, 2026)]).toEqual([true, false, true]);
  });

  test('[B2] what stands is the household’s: an official changes no word of it, the household itself with its key does', () => {
    for (const [state, code] of [
      [signed, 'visit.already-signed'],
      [declined, 'visit.declined-stands'],
    ] as const) {
      expect(refused(state, sign)).toEqual([code, undefined]);
      expect(refused(state, decline)).toEqual([code, undefined]);
    }
    expect(refused(declined, { ...sign, key: 'key' }, THEIRS)).toBe(undefined);
    expect(refused(signed, { ...decline, key: 'key' }, THEIRS)).toBe(undefined);
    expect(refused(signed, { ...sign, key: 'key' }, THEIRS)).toEqual(['visit.already-signed', undefined]);
    for (const command of [sign, decline])
      for (const key of [undefined, 'wrong'])
        expect(refused(met, { ...command, key }, THEIRS)).toEqual(['visit.key-wrong', 'key']);
  });

  test('[B2] a signature has strokes, a card its number, a code its six digits, five wrong ones at the most', () => {
    expect(refused(met, { ...sign, signature: undefined })).toEqual(['visit.signature-missing', 'signature']);
    expect(refused(met, { ...sign, means: 'card' })).toEqual(['visit.card-missing', 'card']);
    expect(refused(met, { ...sign, means: 'card', card: '622848' })).toBe(undefined);
    const code = (given: string | undefined, misses = 0) =>
      decide({ ...met, misses }, { ...sign, means: 'code', signature: undefined, code: given });
    expect(code(undefined)).toEqual({ refused: 'visit.code-missing', field: 'code' });
    expect(code('123456', MISSES_ALLOWED - 1)).toMatchObject([{ kind: 'visit.countersigned', means: 'code' }]);
    expect(code('654321')).toEqual([{ kind: 'visit.code-missed' }]);
    expect(code('123456', MISSES_ALLOWED)).toEqual({ refused: 'visit.code-locked' });
    // What another way of signing brought along is not kept.
    expect(decide(met, { ...sign, card: '622848', comment: '' })).toEqual([
      { kind: 'visit.countersigned', means: 'signature', by: 'son', personal: { signature: '[[]]' } },
    ]);
    expect(decide(met, { ...sign, means: 'card', card: '622848', comment: '都对' })).toMatchObject([
      { personal: { card: '622848', comment: '都对' } },
    ]);
    expect(decide(met, { ...sign, means: 'code', signature: undefined, code: '123456' })).toEqual([
      { kind: 'visit.countersigned', means: 'code', by: 'son' },
    ]);
  });

  test('[B2] another hand signs on glass only, never an official’s, and for minors where a guardian does', () => {
    const proxy = { name: '陈守田', relation: '邻居', why: 'cannot-write' };
    expect(decide(met, { ...sign, proxy })).toMatchObject([
      { proxied: 'cannot-write', personal: { proxy: { name: '陈守田', relation: '邻居' } } },
    ]);
    expect(refused(met, { ...sign, means: 'card', card: '6', proxy })).toEqual(['visit.proxy-by-hand', 'proxy']);
    expect(refused(met, { ...sign, proxy, key: 'key' }, THEIRS)).toEqual(['visit.proxy-by-hand', 'proxy']);
    expect(refused(met, { ...sign, proxy }, { proxyWorksHere: true })).toEqual(['visit.proxy-official', 'proxy.name']);
    expect(refused(met, sign, { proxyWorksHere: true })).toBe(undefined);
    expect(refused(met, { ...sign, by: 'child', proxy })).toEqual(['visit.not-adult', 'by']);
    expect(refused(met, { ...sign, by: 'child', proxy: { ...proxy, why: 'minors-only' } })).toBe(undefined);
  });
});

describe('afterwards', () => {
  test('[B2] the writer mends and withdraws; what was signed, raised or promised is not theirs to take away', () => {
    for (const command of [correct, withdraw]) {
      expect(refused(met, command)).toBe(undefined);
      expect(refused(met, command, { actor: 'colleague' })).toEqual(['visit.not-the-writer', undefined]);
    }
    expect(decide(met, { ...correct, note: met.note })).toEqual([]);
    expect(after(signed, correct)).toMatchObject({ answer: { said: 'nothing' }, corrections: 1, misses: 0 });
    expect(refused(signed, withdraw)).toEqual(['visit.signed-stands', undefined]);
    expect(refused(declined, withdraw)).toBe(undefined);
    const raised = after(none, { ...record, needs: [{ words: '修渠' }] });
    for (const state of [promised, raised]) expect(refused(state, withdraw)).toEqual(['visit.carries', undefined]);
    const gone = after(met, withdraw);
    for (const command of [sign, decline, correct, withdraw, keep, explain])
      expect(refused(gone, command)).toEqual(['visit.withdrawn', undefined]);
    expect([contactOf(met), contactOf(gone)]).toEqual(['met', 'withdrawn']);
    expect([counts(signed), counts(met), counts(none)]).toEqual([true, false, false]);
  });

  test('[B2] a promise is kept once or told why not, by its place; owed until it is kept', () => {
    for (const command of [keep, explain]) {
      expect(refused(none, command)).toEqual(['visit.unknown', undefined]);
      expect(refused(met, command)).toEqual(['visit.promise-unknown', 'promise']);
      expect(refused(promised, command)).toBe(undefined);
      expect(refused(after(promised, keep), command)).toEqual(['visit.promise-kept', undefined]);
    }
    const on = (at: string) => decide(promised, keep, { at });
    expect(on('2026-11-09T15:59:59.000Z')).toMatchObject([{ late: false }]);
    expect(on('2026-11-09T16:00:00.000Z')).toMatchObject([{ late: true }]);
    expect(promisesOwed(none)).toEqual([]);
    expect(promisesOwed(promised)).toMatchObject([
      { run: 'promise 0', official: 'writer', due: '2026-11-09', title: '问镇里' },
    ]);
    expect(promisesOwed(after(promised, explain))).toHaveLength(1);
    expect(promisesOwed(after(promised, keep))).toEqual([]);
    const two = after(none, {
      ...record,
      promises: [
        { what: '问镇里', by: '2026-11-09' },
        { what: '问水站', by: '2026-11-10' },
      ],
    });
    expect(promisesOwed(after(two, { ...keep, promise: 1 })).map(({ run }) => run)).toEqual(['promise 0']);
  });

  test('[B2] what is offered is what the rules would take', () => {
    expect(possible(none, 'writer')).toEqual(['visit.record']);
    expect(possible(met, 'writer')).toEqual(['visit.countersign', 'visit.decline', 'visit.correct', 'visit.withdraw']);
    expect(possible(met, 'colleague')).toEqual(['visit.countersign', 'visit.decline']);
    expect(possible(closed, 'writer')).toEqual(['visit.correct', 'visit.withdraw']);
    expect(possible(signed, 'writer')).toEqual(['visit.correct']);
    expect(possible(declined, 'writer')).toEqual(['visit.correct', 'visit.withdraw']);
    expect(possible(promised, 'colleague')).toEqual([
      'visit.countersign',
      'visit.decline',
      'visit.keep-promise',
      'visit.explain-promise',
    ]);
    expect(possible(promised, 'writer')).not.toContain('visit.withdraw');
    expect(possible(after(promised, keep), 'colleague')).toEqual(['visit.countersign', 'visit.decline']);
    expect(possible(after(met, withdraw), 'writer')).toEqual([]);
  });
});
