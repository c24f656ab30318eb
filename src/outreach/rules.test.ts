import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { OutreachCommand, OutreachFacts, OutreachState } from './model.ts';
import { bookable, outreaches, possible, standing } from './rules.ts';

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
