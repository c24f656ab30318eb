import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import {
  type ReceptionCommand,
  type ReceptionFacts,
  type ReceptionPolicy,
  type ReceptionState,
  receptionPolicies,
} from './model.ts';
import { freeSlots, isUsed, outcomeOf, possible, receptions, standing } from './rules.ts';
import { rankOf } from './tables.ts';

const today = '2026-11-16';
const [leader, deputy, clerk] = ['leader', 'deputy', 'clerk'];
const policy = receptionPolicies[0]!.standard.document as ReceptionPolicy;
const facts = (day: string, actor: string, n = 0, more: Partial<ReceptionFacts> = {}): ReceptionFacts => ({
  actor,
  at: `${day}T02:00:00.000Z`,
  chain: ['county'],
  official: { rank: '其他县领导' },
  matter: undefined,
  unitKnown: true,
  policy,
  code: `code-${n}`,
  ...more,
});
const announce: ReceptionCommand = {
  kind: 'reception-day.announce',
  official: leader,
  area: 'county',
  spot: '县信访接待中心',
  day: addDays(today, 3),
  from: '09:00',
  to: '09:45',
};
const after = (state: ReceptionState, command: ReceptionCommand, at: ReceptionFacts): ReceptionState | string => {
  const verdict = receptions.decide(state, command, at);
  return isRefusal(verdict)
    ? verdict.refused
    : verdict.reduce(
        (s, event, i) => receptions.evolve(s, event, { actor: at.actor, at: at.at, version: i + 1 }),
        state,
      );
};

test('[D1] a reception day is announced as many days ahead as the county says, with time for at least one', () => {
  const given = (more: object) => after(receptions.initial, { ...announce, ...more }, facts(today, clerk));
  expect(given({})).toMatchObject({ status: 'announced', planned: leader, slotMinutes: 15 });
  expect(given({ day: addDays(today, 2) })).toBe('reception-day.short-notice');
  expect(given({ to: '09:10' })).toBe('reception-day.times-wrong');
});

test('[D1] the day counts as held only by the leader’s own act on that day, or a substitute’s, whose reason stands', () => {
  const day = addDays(today, 3);
  let state = after(receptions.initial, announce, facts(today, clerk)) as ReceptionState;
  expect(after(state, { kind: 'reception-day.begin' }, facts(day, clerk))).toBe('reception-day.not-yours');
  expect(after(state, { kind: 'reception-day.begin' }, facts(addDays(day, -1), leader))).toBe(
    'reception-day.not-today',
  );
  state = after(
    state,
    { kind: 'reception-day.substitute', official: deputy, reason: '县里开会' },
    facts(day, clerk),
  ) as ReceptionState;
  expect(after(state, { kind: 'reception-day.begin' }, facts(day, leader))).toBe('reception-day.not-yours');
  state = after(state, { kind: 'reception-day.begin' }, facts(day, deputy)) as ReceptionState;
  expect(after(state, { kind: 'reception-day.cancel', reason: '不办了' }, facts(day, clerk))).toBe(
    'reception-day.begun',
  );
  expect(after(state, { kind: 'reception-day.end' }, facts(addDays(day, policy.recordDays + 1), deputy))).toBe(
    'reception-day.past',
  );
  state = after(state, { kind: 'reception-day.end' }, facts(day, deputy)) as ReceptionState;
  expect(state).toMatchObject({
    status: 'ended',
    planned: leader,
    official: deputy,
    substitutions: [{ instead: leader, official: deputy, reason: '县里开会' }],
  });
  expect(outcomeOf('announced', day, addDays(day, 1))).toBe('nobody');
  expect(outcomeOf('ended', day, addDays(day, 1))).toBe('held');
});

test('[D1] a rank is read off the title, and a deputy is not the principal', () => {
  const rank = (title: string, roles: string[], unitType = 'department') =>
    rankOf(policy, { title, unitType, roles, titles: [] });
  expect(rank('县长', ['leader'])).toBe('书记县长');
  expect(rank('副县长', ['leader'])).toBe('其他县领导');
  expect(rank('副市长', ['leader'])).toBe('市级领导');
  expect(rank('局长', ['handler'])).toBe('部门负责人');
  expect(rank('镇长', ['head'], 'township')).toBe('乡镇负责人');
});

const day = fc.integer({ min: 0, max: 6 }).map((n) => addDays(today, n));
const who = fc.constantFrom(leader, deputy, clerk);
const turn = fc.integer({ min: 1, max: 4 });
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined }) as fc.Arbitrary<T>;
const promised = fc.record({ what: fc.constant('十天内修好'), unit: fc.constant('u'), by: day });
const anything: fc.Arbitrary<ReceptionCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('reception-day.book' as const),
    slot: optional(fc.constantFrom('09:00', '09:15', '09:30', '09:45')),
    phone: fc.constantFrom('13800000001', '138-0000 0001', '13800000002', '13800000003', '13800000004'),
  }),
  fc.record({
    kind: fc.constant('reception-day.unbook' as const),
    turn,
    code: fc.integer({ min: 0, max: 12 }).map((n) => `code-${n}`),
  }),
  fc.record({
    kind: fc.constant('reception-day.substitute' as const),
    official: who,
    reason: fc.constant('开会'),
  }),
  fc.record({ kind: fc.constant('reception-day.begin' as const) }),
  fc.record({
    kind: fc.constant('reception-day.receive' as const),
    turn: optional(turn),
    people: fc.integer({ min: 1, max: 9 }),
    words: fc.constant('低保停了两个月'),
    promised: optional(promised),
  }),
  fc.record({ kind: fc.constant('reception-day.miss' as const), turn }),
  fc.record({ kind: fc.constant('reception-day.promise' as const), item: turn, promised }),
  fc.record({
    kind: fc.constant('reception-day.follow' as const),
    item: turn,
    kept: fc.boolean(),
    words: fc.constant('已经补发到卡上'),
  }),
  fc.record({
    kind: fc.constant('reception-day.change' as const),
    day,
    from: fc.constantFrom('08:00', '09:00'),
    to: fc.constantFrom('09:45', '10:00'),
    spot: fc.constant('接待中心'),
    reason: fc.constant('停电'),
  }),
  fc.record({ kind: fc.constant('reception-day.cancel' as const), reason: fc.constant('防汛') }),
  fc.record({ kind: fc.constant('reception-day.end' as const) }),
);

test('[D1] whatever is asked in whatever order: no turn is held twice, nobody received twice, only what was offered happens', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, day, who), { maxLength: 30 }), (steps) => {
      let state = after(receptions.initial, announce, facts(today, clerk)) as ReceptionState;
      for (const [i, [command, at, actor]] of steps.entries()) {
        if (state.status === 'none') throw new Error('a reception does not vanish');
        const offered = possible(state, at, actor);
        const next = after(state, command, facts(at, actor, i));
        if (typeof next === 'string') continue;
        if (command.kind !== 'reception-day.unbook') expect(offered).toContain(command.kind);
        if (next.status === 'none') throw new Error('a reception does not vanish');
        state = next;
        const held = standing(state);
        expect(new Set(held.map((b) => b.slot)).size).toBe(held.length);
        expect(new Set(held.map((b) => b.phone)).size).toBe(held.length);
        const turns = state.items.flatMap((one) => one.turn ?? []);
        expect(new Set(turns).size).toBe(turns.length);
        for (const b of held) if (b.missed) expect(turns).not.toContain(b.turn);
        expect(freeSlots(state).some((slot) => held.some((b) => b.slot === slot))).toBe(false);
        if (state.status === 'ended') for (const b of held) expect(isUsed(state, b)).toBe(true);
        for (const one of state.items) if (one.followed !== undefined) expect(one.promised).toBeDefined();
      }
    }),
    { numRuns: 500 },
  );
});
