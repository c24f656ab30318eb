import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../calendar/days.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import { type Item, bandOf, flowOf, monthsOf, standingOn } from './figures.ts';
import {
  type HardCase,
  type HardCaseCommand,
  type HardCaseEvent,
  type HardCaseFacts,
  type HardCaseState,
  HardCasesPolicy,
  hardCasePolicies,
} from './model.ts';
import { hardCases, possible, waitingOf } from './rules.ts';

const START = '2026-10-01';
/** How often a walk comes to its end is chance; the same walks are taken every time. */
const SEED = 20_261_126;
const people = ['chief', 'deputy', 'mayor', 'staff', 'judge'] as const;
const who = fc.constantFrom(...people);
const day = fc.integer({ min: -3, max: 60 }).map((n) => addDays(START, n));
const words = fc.constant('坐到他家院子里谈了一上午');
const team = fc.constantFrom([], [{ official: 'staff', task: '跑材料' }], [{ official: 'gone', task: '跑材料' }]);
const plan = fc.constant('先把三次答复对一遍，再请三家单位到现场。');

const command = fc.oneof(
  fc.record({ kind: fc.constant('hard-case.propose'), matter: fc.constant('m'), leader: who, reason: words }),
  fc.record({ kind: fc.constant('hard-case.adopt'), matter: fc.constant('m'), team, plan, until: day }),
  fc.record({ kind: fc.constant('hard-case.decline'), reason: words }),
  fc.record({ kind: fc.constant('hard-case.plan'), team, plan, until: day, reason: words }),
  fc.record({
    kind: fc.constant('hard-case.act'),
    sort: fc.constantFrom('met', 'site'),
    day,
    words,
    by: fc.constantFrom(undefined, undefined, 'staff'),
  }),
  fc.record({ kind: fc.constant('hard-case.vouch'), act: fc.nat(4), mine: fc.boolean() }),
  fc.record({ kind: fc.constant('hard-case.hand-over'), leader: who, reason: words }),
  fc.record({ kind: fc.constant('hard-case.take'), team, plan, until: day }),
  fc.record({
    kind: fc.constant('hard-case.ask-end'),
    ground: fc.constantFrom('re-review', 'judgment'),
    document: fc.constant('州复核〔2026〕3 号'),
    day,
    words: fc.constant('复核意见维持，三级程序已经走完。'),
  }),
  fc.record({ kind: fc.constant('hard-case.decide-end'), grant: fc.boolean(), reason: words }),
  fc.record({ kind: fc.constant('hard-case.reopen'), reason: words }),
) as unknown as fc.Arbitrary<HardCaseCommand>;
const step = fc.record({
  command,
  actor: who,
  passes: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  /** Whether the resident has confirmed the matter meanwhile. */
  open: fc.constantFrom(true, true, true, true, false),
});
interface Step {
  readonly command: HardCaseCommand;
  readonly actor: string;
  readonly passes: number;
  readonly open: boolean;
}
/** Most of what is tried is refused: a walk needs many tries to come anywhere. */
const steps = fc.array(step, { minLength: 150, maxLength: 300, size: 'max' });

/** The walk's days are said from its first day on; as days pass, they pass too. */
const onDay = (given: HardCaseCommand, today: string): HardCaseCommand => ({
  ...given,
  ...('until' in given ? { until: addDays(today, daysBetween(START, given.until)) } : {}),
  ...('day' in given ? { day: addDays(today, daysBetween(START, given.day) % 3) } : {}),
});

const factsFor = (actor: string, today: string, open: boolean): HardCaseFacts => ({
  actor,
  today,
  matter: { chain: ['county', 'town'], unit: 'water', open },
  people: new Set(people),
});

function walk(
  tried: readonly Step[],
  check: (
    before: HardCaseState,
    given: Step,
    events: readonly HardCaseEvent[] | undefined,
    after: HardCaseState,
  ) => void,
): Recorded<HardCaseEvent>[] {
  let today = START;
  let events: Recorded<HardCaseEvent>[] = [];
  for (const given of tried) {
    today = addDays(today, given.passes);
    const before = fold(hardCases, events);
    const verdict = hardCases.decide(before, onDay(given.command, today), factsFor(given.actor, today, given.open));
    const accepted = isRefusal(verdict) ? undefined : verdict;
    events = [
      ...events,
      ...(accepted ?? []).map((event, i) => ({
        ...event,
        stamp: { actor: given.actor, at: `${today}T02:00:00.000Z`, version: events.length + i + 1 },
      })),
    ];
    check(before, given, accepted, fold(hardCases, events));
  }
  return events;
}

const BEGUN: Step = {
  command: {
    kind: 'hard-case.adopt',
    matter: 'm',
    team: [{ official: 'staff', task: '跑材料' }],
    plan: '先把三次答复对一遍，再到现场。',
    until: addDays(START, 90),
  },
  actor: 'chief',
  passes: 0,
  open: true,
};

describe('a hard case', () => {
  test('[D3] the owner changes only when the one who was asked takes it, with the giver’s reason', () => {
    let passed = 0;
    fc.assert(
      fc.property(steps, (tried) => {
        walk([BEGUN, ...tried], (before, { actor }, events, after) => {
          if (before.status !== 'adopted' || after.status === 'none') return;
          if (before.leader === after.leader) return;
          passed += 1;
          const waiting = waitingOf(before)!;
          expect(waiting).toMatchObject({ from: before.leader, to: after.leader });
          expect(after.leader).toBe(actor);
          expect(waiting.reason.length).toBeGreaterThan(3);
          // The trace stays: who had it, why it was given on, when it was taken.
          expect(after.handOvers.at(-1)).toMatchObject({ from: before.leader, to: after.leader, outcome: 'taken' });
          expect(events?.map((e) => e.kind)).toEqual(['hard-case.taken']);
        });
      }),
      { numRuns: 100, seed: SEED },
    );
    expect(passed).toBeGreaterThan(10);
  });

  test('[D3] it ends only by the procedure’s end, asked by its leader and decided by somebody without a hand in it', () => {
    let ended = 0;
    fc.assert(
      fc.property(steps, (tried) => {
        walk([BEGUN, ...tried], (before, { actor, command: given }, events, after) => {
          if (events === undefined) return;
          if (before.status === 'adopted' && after.status === 'ended') {
            ended += 1;
            expect(given.kind).toBe('hard-case.decide-end');
            expect(before.endAsked?.document).toBe(after.ended?.document);
            expect([before.leader, before.endAsked?.by, ...before.team.map((m) => m.official)]).not.toContain(actor);
          }
          // Once adopted it is owned for good: nothing leads back to nobody.
          if (before.status === 'adopted') expect(['adopted', 'ended']).toContain(after.status);
          if (before.status === 'ended' && after.status !== 'ended') {
            expect(given.kind).toBe('hard-case.reopen');
            expect(after).toMatchObject({ status: 'adopted', leader: (before as HardCase).leader });
          }
          expect(possible(before, actor, true)).toContain(given.kind);
        });
      }),
      { numRuns: 100, seed: SEED },
    );
    expect(ended).toBeGreaterThan(5);
  });

  test('[D3] own acts are what the leader wrote or vouched for, and nothing else', () => {
    let vouched = 0;
    fc.assert(
      fc.property(steps, (tried) => {
        const events = walk([BEGUN, ...tried], () => undefined);
        const state = fold(hardCases, events);
        if (state.status === 'none') return;
        const acted = events.filter((e) => e.kind === 'hard-case.acted');
        state.acts.forEach((act, place) => {
          const at = events.indexOf(acted[place]!);
          const leader = (fold(hardCases, events.slice(0, at)) as HardCase).leader;
          const word = events.find((e) => e.kind === 'hard-case.vouched' && e.act === place);
          const expected =
            act.by !== leader
              ? 'delegated'
              : act.writtenBy === leader
                ? 'own'
                : word === undefined
                  ? 'said'
                  : word.kind === 'hard-case.vouched' && word.mine
                    ? 'own'
                    : 'denied';
          if (word !== undefined) {
            vouched += 1;
            expect(word.stamp.actor).toBe(act.by);
          }
          expect(act.state).toBe(expected);
        });
      }),
      { numRuns: 100, seed: SEED },
    );
    expect(vouched).toBeGreaterThan(5);
  });
});

describe('stock and flow', () => {
  const policy = HardCasesPolicy.parse(hardCasePolicies[0]!.standard.document);
  const FROM = '2026-03-10';
  const campaign = { from: FROM, olderThan: 90 };
  const at = (min: number, max: number) => fc.integer({ min, max }).map((n) => addDays(FROM, n));
  const item: fc.Arbitrary<Item> = fc
    .record({
      matter: fc.uuid(),
      registeredOn: at(-400, 100),
      open: fc.boolean(),
      closedOn: at(-200, 300),
      closedBy: fc.constantFrom('resident', 'call-back', 'other'),
      endedOn: fc.option(at(1, 300), { nil: null }),
      leader: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
    })
    .map((drawn) => {
      const closedOn = drawn.closedOn < drawn.registeredOn ? drawn.registeredOn : drawn.closedOn;
      // What the first day's list held: open then, and old enough.
      const stock = addDays(drawn.registeredOn, 90) <= FROM && (drawn.open || closedOn >= FROM);
      const endedOn = drawn.endedOn !== null && drawn.endedOn > closedOn && !drawn.open ? null : drawn.endedOn;
      return {
        ...drawn,
        stock,
        endedOn,
        closedOn: drawn.open ? null : closedOn,
        closedBy: drawn.open ? null : drawn.closedBy,
      };
    });

  test('[D4] opening + came − cleared = closing in every span, and closed splits into settled, on trial and merely ended', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 30 }),
        fc.integer({ min: 0, max: 250 }),
        fc.integer({ min: 0, max: 60 }),
        (items, start, length) => {
          const from = addDays(FROM, start);
          const to = addDays(from, length);
          const flow = flowOf(items, campaign, from, to, policy);
          // A slow oracle walks day by day with a set of what is there.
          const there = new Set(items.filter((i) => i.stock).map((i) => i.matter));
          let [opening, came, cleared] = [there.size, 0, 0];
          const gone = new Set<string>();
          for (let d = FROM; d <= to; d = addDays(d, 1)) {
            if (d === from) opening = there.size;
            if (d === from) [came, cleared] = [0, 0];
            for (const i of items) {
              const old = daysBetween(i.registeredOn, d) >= 90;
              const standsThen = i.open || i.closedOn! >= d;
              if (!i.stock && !gone.has(i.matter) && !there.has(i.matter) && old && d > FROM && standsThen) {
                there.add(i.matter);
                came += 1;
              }
              const out = (!i.open && i.closedOn! <= d) || (i.endedOn !== null && i.endedOn <= d);
              if (there.has(i.matter) && out) {
                there.delete(i.matter);
                gone.add(i.matter);
                cleared += 1;
              }
            }
          }
          expect({ opening: flow.opening, came: flow.came, cleared: flow.cleared, closing: flow.closing }).toEqual({
            opening,
            came,
            cleared,
            closing: there.size,
          });
          expect(flow.opening + flow.came - flow.cleared).toBe(flow.closing);
          expect(flow.settled + flow.trial + flow.ended).toBe(gone.size);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('[D4] really settled: the resident’s word, and months without coming back; a later return takes it away', () => {
    fc.assert(
      fc.property(item, fc.integer({ min: 0, max: 900 }), (one, n) => {
        const today = addDays(FROM, n);
        const stands = standingOn(one, campaign, today, policy);
        const confirmed =
          !one.open && one.closedBy !== 'other' && (one.endedOn === null || one.endedOn >= one.closedOn!);
        const since = one.closedOn === null ? -1 : daysBetween(one.closedOn, today);
        if (stands === 'settled') expect(confirmed && since >= 181).toBe(true);
        if (stands === 'trial') expect(confirmed && since >= 0 && since <= 184).toBe(true);
        if (stands === 'settled')
          expect(
            standingOn({ ...one, open: true, closedOn: null, closedBy: null, endedOn: null }, campaign, today, policy),
          ).toBe('remaining');
      }),
      { numRuns: 500 },
    );
  });

  test('[D4] months of a campaign cover it without gap, and each age lies in one band', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (n) => {
        const to = addDays(FROM, n);
        const months = monthsOf(FROM, to);
        expect(months[0]!.from).toBe(FROM);
        expect(months.at(-1)!.to).toBe(to);
        for (const [i, m] of months.entries()) {
          expect(m.from.slice(0, 7)).toBe(m.month);
          expect(m.to.slice(0, 7)).toBe(m.month);
          if (i > 0) expect(m.from).toBe(addDays(months[i - 1]!.to, 1));
        }
        const band = bandOf(n, policy.ages);
        expect(band).toBe(policy.ages.filter((age) => age <= n).length - 1);
      }),
    );
  });
});
