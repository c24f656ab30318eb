import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Arranged, OutreachCommand, OutreachFacts, OutreachState } from './model.ts';
import { bookable, outreaches, outreachesOwed, possible, standing } from './rules.ts';

const today = '2026-11-16';
const [anna, bei, stranger] = ['a', 'b', 'x'];
const policy = {
  noticeDays: 3,
  places: 2,
  recordDays: 31,
  periods: [{ id: 'autumn', name: '秋收', from: '2026-11-10', to: '2026-11-20' }],
};
const facts = (day: string, n = 0): OutreachFacts => ({
  actor: anna,
  at: `${day}T02:00:00.000Z`,
  chain: ['county', 'township'],
  people: new Set([anna, bei]),
  matters: new Set(['m1', 'm2']),
  numberKnown: true,
  policy,
  code: `code-${n}`,
});
const arrange = (more: Partial<Extract<OutreachCommand, { kind: 'outreach.arrange' }>>): OutreachCommand => ({
  kind: 'outreach.arrange',
  form: 'reception',
  area: 'township',
  spot: '文化广场',
  day: addDays(today, 3),
  from: '09:00',
  to: '11:00',
  who: [anna, bei],
  about: '过冬的事',
  matters: [],
  ...more,
});
const after = (state: OutreachState, command: OutreachCommand, at: OutreachFacts): OutreachState | string => {
  const verdict = outreaches.decide(state, command, at);
  return isRefusal(verdict)
    ? verdict.refused
    : verdict.reduce((s, event, i) => outreaches.evolve(s, event, { actor: anna, at: at.at, version: i + 1 }), state);
};

describe('arranging', () => {
  const given = (more: Parameters<typeof arrange>[0]) => after(outreaches.initial, arrange(more), facts(today));
  test('[B11] a reception is announced ahead, a concentrated outreach lies in its period, a case goes along', () => {
    expect(given({})).toMatchObject({ status: 'arranged', places: 2 });
    expect(given({ day: addDays(today, 2) })).toBe('outreach.short-notice');
    expect(given({ form: 'concentrated' })).toBe('outreach.period-missing');
    expect(given({ form: 'concentrated', period: 'autumn', day: '2026-11-21' })).toBe('outreach.outside-period');
    expect(given({ form: 'concentrated', period: 'autumn' })).toMatchObject({ period: 'autumn' });
    expect(given({ form: 'case', day: today })).toBe('outreach.case-missing');
    expect(given({ form: 'case', day: today, matters: ['m9'] })).toBe('outreach.case-unknown');
    expect(given({ form: 'case', day: today, matters: ['m1', 'm1'] })).toMatchObject({ matters: ['m1'] });
    expect(given({ form: 'case', day: addDays(today, -32), matters: ['m1'] })).toBe('outreach.long-past');
    expect(given({ who: [stranger] })).toBe('outreach.people-unknown');
    expect(given({ from: '11:00', to: '09:00' })).toBe('outreach.times-wrong');
  });
});

const day = fc.integer({ min: -2, max: 8 }).map((n) => addDays(today, n));
const anything: fc.Arbitrary<OutreachCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('outreach.book' as const),
    phone: fc.constantFrom('13800000001', '138-0000 0001', '13800000002', '13800000003'),
  }),
  fc.record({
    kind: fc.constant('outreach.unbook' as const),
    turn: fc.integer({ min: 1, max: 4 }),
    code: fc.integer({ min: 0, max: 12 }).map((n) => `code-${n}`),
  }),
  fc.record({
    kind: fc.constant('outreach.take' as const),
    words: fc.constant('水渠堵了'),
    turn: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) as fc.Arbitrary<number>,
  }),
  fc.record({
    kind: fc.constant('outreach.change' as const),
    day,
    from: fc.constantFrom('08:00', '14:00'),
    to: fc.constant('12:00'),
    spot: fc.constant('村委会'),
    reason: fc.constant('下雨'),
  }),
  fc.record({ kind: fc.constant('outreach.cancel' as const), reason: fc.constant('防汛') }),
  fc.record({
    kind: fc.constant('outreach.conclude' as const),
    went: fc.subarray([anna, bei], { minLength: 1 }),
    absence: fc.option(fc.constant('开会，由副镇长代'), { nil: undefined }) as fc.Arbitrary<string>,
    result: fc.constant('收了三件事'),
    cases: fc.constant<{ matter: string; result: string }[]>([]),
  }),
);

test('[B11] whatever is asked in whatever order: places are never overbooked, nobody holds two, the end is the end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, day), { maxLength: 25 }), (steps) => {
      let state = after(outreaches.initial, arrange({}), facts(today)) as OutreachState;
      for (const [i, [command, at]] of steps.entries()) {
        const before = state;
        const now = facts(at, i);
        const next = after(state, command, now);
        if (typeof next === 'string') continue;
        state = next;
        if (state.status === 'none' || before.status === 'none') throw new Error('an outreach does not vanish');
        // Nothing happens that was not offered, but for taking a booking back.
        if (command.kind !== 'outreach.unbook') expect(possible(before, at)).toContain(command.kind);
        expect(before.status).not.toBe('cancelled');
        const held = standing(state);
        expect(held.length).toBeLessThanOrEqual(state.places);
        expect(new Set(held.map((b) => b.phone)).size).toBe(held.length);
        expect(new Set(state.bookings.map((b) => b.turn)).size).toBe(state.bookings.length);
        expect(bookable(state, at) && held.length === state.places).toBe(false);
        if (state.status === 'held')
          expect(
            state.who.every((id) => (state as { went: readonly string[] }).went.includes(id)) ||
              state.absence !== undefined,
          ).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

describe('each decision by itself', () => {
  const form = (more: object = {}): Arranged => after(outreaches.initial, arrange(more), facts(today)) as Arranged;
  const reception = form();
  const theDay = addDays(today, 3);
  const refused = (state: OutreachState, command: object, at = today, change: Partial<OutreachFacts> = {}): unknown => {
    const verdict = outreaches.decide(state, command as OutreachCommand, { ...facts(at), ...change });
    return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
  };
  const change = { kind: 'outreach.change', day: theDay, from: '09:00', to: '10:00', spot: '村委会', reason: '下雨' };
  const cancel = { kind: 'outreach.cancel', reason: '防汛' };
  const book = { kind: 'outreach.book', phone: '138 0000-0001' };
  const take = { kind: 'outreach.take', words: '水渠堵了' };
  const conclude = { kind: 'outreach.conclude', went: [anna, bei], result: '收了三件事', cases: [] };
  const held: Arranged = { ...reception, status: 'held', went: [anna] };
  const cancelled: Arranged = { ...reception, status: 'cancelled' };

  test('[B11] what was never arranged or was cancelled takes nothing; what was held takes matters only', () => {
    expect(refused(reception, arrange({}))).toEqual(['outreach.exists', undefined]);
    for (const command of [change, cancel, book, { kind: 'outreach.unbook', turn: 1, code: 'x' }, take, conclude]) {
      expect(refused({ status: 'none' }, command)).toEqual(['outreach.unknown', undefined]);
      expect(refused(cancelled, command, theDay)).toEqual(['outreach.over', undefined]);
    }
    for (const command of [change, cancel, conclude])
      expect(refused(held, command, theDay)).toEqual(['outreach.over', undefined]);
    expect(refused(held, take, theDay)).toBe(undefined);
  });

  test('[B11] arranged at a place there is, with people at work, begun before it ends, written down in time', () => {
    const first: OutreachState = { status: 'none' };
    const of = (more: object, facts_: Partial<OutreachFacts> = {}) => refused(first, arrange(more), today, facts_);
    expect(of({}, { chain: undefined })).toEqual(['outreach.place-unknown', 'area']);
    expect(of({ who: [anna, stranger] })).toEqual(['outreach.people-unknown', 'who']);
    expect(of({ to: '09:00' })).toEqual(['outreach.times-wrong', 'to']);
    expect(of({ form: 'case', matters: ['m1'], day: addDays(today, -31) })).toBe(undefined);
    expect(of({ form: 'concentrated', period: 'autumn', day: '2026-11-10' })).toBe(undefined);
    expect(of({ form: 'concentrated', period: 'autumn', day: '2026-11-20' })).toBe(undefined);
    expect(of({ form: 'concentrated', period: 'autumn', day: '2026-11-09' })).toEqual([
      'outreach.outside-period',
      'day',
    ]);
    // Only a case takes matters along, only a concentrated outreach a period.
    expect(form({ matters: ['m9'], period: 'autumn' })).toMatchObject({ matters: [], period: undefined });
    expect(form({ places: 7 })).toMatchObject({ places: 7 });
  });

  test('[B11] changed until its day has passed, to a day to come and within its period', () => {
    expect(refused(reception, change, theDay)).toBe(undefined);
    expect(refused(reception, change, addDays(theDay, 1))).toEqual(['outreach.past', 'day']);
    expect(refused(reception, { ...change, day: addDays(today, -1) })).toEqual(['outreach.past', 'day']);
    expect(refused(reception, { ...change, day: today })).toBe(undefined);
    expect(refused(reception, { ...change, to: '09:00' })).toEqual(['outreach.times-wrong', 'to']);
    const season = form({ form: 'concentrated', period: 'autumn' });
    expect(refused(season, { ...change, day: '2026-11-21' })).toEqual(['outreach.outside-period', 'day']);
    expect(refused(season, { ...change, day: '2026-11-20' })).toBe(undefined);
  });

  test('[B11] booked for a reception that is still to come, by whoever can be reached, once, while a place is left', () => {
    expect(refused(reception, book, theDay)).toBe(undefined);
    expect(refused(form({ form: 'case', matters: ['m1'] }), book)).toEqual(['outreach.not-bookable', undefined]);
    expect(refused(reception, book, addDays(theDay, 1))).toEqual(['outreach.booking-closed', undefined]);
    expect(refused(held, book)).toEqual(['outreach.booking-closed', undefined]);
    expect(refused(reception, { kind: 'outreach.book' })).toEqual(['outreach.reach-missing', 'phone']);
    const number = { kind: 'outreach.book', number: ' mq-2026-1 ' };
    expect(refused(reception, number)).toBe(undefined);
    expect(refused(reception, number, today, { numberKnown: false })).toEqual(['outreach.number-unknown', 'number']);
    expect(refused(reception, book, today, { numberKnown: false })).toBe(undefined);
    const one = after(reception, book as OutreachCommand, facts(today, 1)) as Arranged;
    expect(refused(one, { ...book, phone: '13800000001' })).toEqual(['outreach.booked-already', undefined]);
    const both = after(one, number as OutreachCommand, facts(today, 2)) as Arranged;
    expect(refused({ ...both, places: 9 }, { ...number, number: 'MQ-2026-1' })).toEqual([
      'outreach.booked-already',
      undefined,
    ]);
    expect(refused(both, { ...book, phone: '13800000009' })).toEqual(['outreach.full', undefined]);
    // Somebody who left neither telephone nor number is nobody else's double.
    expect(refused({ ...one, places: 9 }, { ...number, phone: '13800000009' })).toBe(undefined);
    const unbook = (turn: number, code: string, state = one) => refused(state, { kind: 'outreach.unbook', turn, code });
    expect(unbook(1, 'code-1')).toBe(undefined);
    expect(unbook(1, 'code-2')).toEqual(['outreach.code-wrong', 'code']);
    expect(unbook(2, 'code-1')).toEqual(['outreach.turn-unknown', 'turn']);
    // Once the personal part is erased there is no code, and the empty one opens nothing.
    const erased: Arranged = { ...one, bookings: one.bookings.map((b) => ({ ...b, code: '' })) };
    expect(unbook(1, '', erased)).toEqual(['outreach.code-wrong', 'code']);
  });

  test('[B11] taken on its day and after, where a matter can be held; what was told when booking is not asked again', () => {
    expect(refused(reception, take, addDays(theDay, -1))).toEqual(['outreach.not-yet', undefined]);
    expect(refused(reception, take, theDay)).toBe(undefined);
    expect(refused(reception, take, theDay, { chain: undefined })).toEqual(['outreach.place-unknown', 'area']);
    expect(refused(reception, { ...take, turn: 1 }, theDay)).toEqual(['outreach.turn-unknown', 'turn']);
    const booked = after(reception, { ...book, name: '张桂兰' } as OutreachCommand, facts(today, 1)) as Arranged;
    const taken = (more: object) =>
      outreaches.decide(booked, { ...take, ...more } as OutreachCommand, facts(theDay)) as object[];
    expect(taken({ turn: 1, solved: '当场修好' })).toMatchObject([
      { turn: 1, solved: true, personal: { name: '张桂兰', phone: '13800000001', how: '当场修好' } },
    ]);
    expect(taken({ turn: 1, name: '她儿子' })).toMatchObject([{ solved: false, personal: { name: '她儿子' } }]);
    expect(taken({ name: '' })).toEqual([expect.objectContaining({ personal: { words: '水渠堵了' } })]);
  });

  test('[B11] concluded on its day and after: who went, why others did not, and what became of each case', () => {
    expect(refused(reception, conclude, addDays(theDay, -1))).toEqual(['outreach.not-yet', undefined]);
    expect(refused(reception, conclude, theDay)).toBe(undefined);
    expect(refused(reception, { ...conclude, went: [anna, bei, stranger] }, theDay)).toEqual([
      'outreach.people-unknown',
      'went',
    ]);
    const alone = { ...conclude, went: [anna] };
    for (const absence of [undefined, ''])
      expect(refused(reception, { ...alone, absence }, theDay)).toEqual(['outreach.absence-missing', 'absence']);
    expect(refused(reception, { ...alone, absence: '开会' }, theDay)).toBe(undefined);
    const withCase = form({ form: 'case', matters: ['m1', 'm2'], day: today });
    const result = { matter: 'm1', result: '约好下周修' };
    expect(refused(withCase, { ...conclude, cases: [result] })).toEqual(['outreach.case-result-missing', 'cases']);
    expect(refused(withCase, { ...conclude, cases: [result, { ...result, matter: 'm2' }] })).toBe(undefined);
    const events = outreaches.decide(reception, { ...conclude, absence: '' } as OutreachCommand, facts(theDay));
    expect((events as { absence?: string }[])[0]).not.toHaveProperty('absence');
  });

  test('[B11] offered is what may be done on that day; owed by everyone who is to go until it is written down', () => {
    const offered = (state: OutreachState, at: string): string[] => possible(state, at);
    expect(offered({ status: 'none' }, today)).toEqual(['outreach.arrange']);
    expect(offered(cancelled, theDay)).toEqual([]);
    expect(offered(reception, today)).toEqual(['outreach.change', 'outreach.cancel', 'outreach.book']);
    expect(offered(reception, theDay)).toEqual([
      'outreach.change',
      'outreach.cancel',
      'outreach.book',
      'outreach.take',
      'outreach.conclude',
    ]);
    expect(offered(reception, addDays(theDay, 1))).toEqual(['outreach.cancel', 'outreach.take', 'outreach.conclude']);
    expect(offered(held, theDay)).toEqual(['outreach.take']);
    expect(outreachesOwed(reception).map(({ run }) => run)).toEqual([`go ${anna}`, `go ${bei}`]);
    for (const state of [held, cancelled, { status: 'none' } as const]) expect(outreachesOwed(state)).toEqual([]);
  });
});
