import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../calendar/days.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import {
  type Dispute,
  DisputeCommand,
  type DisputeEvent,
  type DisputeFacts,
  type DisputeState,
  DisputesPolicy,
  SweepsPolicy,
  disputePolicies,
  grades,
} from './model.ts';
import { disputes, isOver, possible } from './rules.ts';
import { gradeOf, periodOf, periodsOn } from './sweeps.ts';

const policy = DisputesPolicy.parse(disputePolicies[1]!.standard.document);
const sweepsPolicy = SweepsPolicy.parse(disputePolicies[0]!.standard.document);
const START = '2026-11-02';
/** How often a walk comes to an agreement is chance; the same walks are taken every time. */
const SEED = 20_261_126;

/** Who there is: two of one unit, one of each other, and two parties at their own phones. */
const memberOf: Record<string, readonly string[]> = {
  amy: ['town'],
  ann: ['town'],
  bob: ['justice'],
  cat: ['court'],
  'resident:d': [],
};
const unit = fc.constantFrom('town', 'justice', 'court', 'nowhere');
const person = fc.constantFrom('amy', 'ann', 'bob', 'cat');
const day = fc.constantFrom(-2, 0, 0, 1, 3, 9, 14, 40).map((n) => addDays(START, n));
const words = fc.constant('两家坐下来说了一下午');
const party = fc.integer({ min: 0, max: 2 });
const key = fc.option(fc.constantFrom('key0', 'key1', 'key2', 'other'), { nil: undefined });
const signature = fc.option(fc.constant('[[[1,2],[3,4]]]'), { nil: undefined });
const way = fc.constantFrom('court', 'arbitration', 'nothing');

const likely = fc.oneof(
  fc.record({
    kind: fc.constant('dispute.hand-over'),
    unit,
    reason: words,
    type: fc.constantFrom('administrative', undefined),
  }),
  ...Array.from({ length: 4 }, () => fc.record({ kind: fc.constant('dispute.take'), person, due: day })),
  fc.record({ kind: fc.constant('dispute.decline'), reason: words }),
  fc.record({ kind: fc.constant('dispute.assign'), person, due: day, reason: words }),
  fc.record({
    kind: fc.constant('dispute.open-mediation'),
    type: fc.constantFrom('people', 'administrative', 'judicial'),
    mediator: fc.constantFrom('old-wu', 'old-wu', 'nobody'),
    parties: fc.constantFrom(
      [{ name: '陈家' }, { name: '周家' }],
      [{ name: '陈家' }, { name: '周家' }, { name: '村里' }],
    ),
  }),
  fc.record({
    kind: fc.constant('dispute.consent'),
    party,
    agrees: fc.constantFrom(...Array.from({ length: 12 }, (_, i) => i > 0)),
    signature,
    key,
  }),
  fc.record({
    kind: fc.constant('dispute.consent'),
    party,
    agrees: fc.constant(true),
    signature: fc.constant('[[[1,2]]]'),
    key,
  }),
  fc.record({
    kind: fc.constant('dispute.hold'),
    day,
    where: fc.constant('村委会'),
    present: fc.constantFrom([0], [0, 1], [7]),
    said: fc.constant([{ party: 0, words: '渠是我家先挖的' }]),
  }),
  ...Array.from({ length: 3 }, () =>
    fc.record({ kind: fc.constant('dispute.sign'), party, signature: fc.constant('[[[1,2]]]'), key }),
  ),
  fc.record({
    kind: fc.constant('dispute.draft'),
    facts: fc.constant('陈家的排水沟从周家的墙脚过，雨天渗水。'),
    terms: fc.array(fc.record({ by: fc.constantFrom(0, 1, 1, 0, 2), what: fc.constant('把沟往外移半米'), due: day }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({ kind: fc.constant('dispute.sign'), party, signature, key }),
  fc.record({ kind: fc.constant('dispute.sign'), party, signature: fc.constant('[[[1,2]]]'), key }),
  fc.record({ kind: fc.constant('dispute.perform'), term: party, done: fc.boolean(), words }),
  ...Array.from({ length: 4 }, () =>
    fc.record({
      kind: fc.constant('dispute.say-term'),
      term: party,
      party,
      done: fc.constantFrom(true, true, false),
      words: fc.constant(''),
      signature: fc.constant('[[[1,2]]]'),
      key,
    }),
  ),
  fc.record({ kind: fc.constant('dispute.end'), way, words }),
  fc.record({ kind: fc.constant('dispute.reopen'), reason: words }),
);
// Ends are rare, or no walk would come to an agreement.
const command = fc.oneof(
  { arbitrary: likely, weight: 120 },
  { arbitrary: fc.record({ kind: fc.constant('dispute.settle'), how: words }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: fc.constant('dispute.fail'),
      reason: words,
      ways: fc.array(way, { minLength: 1, maxLength: 2 }),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('dispute.to-matter'), reason: words }), weight: 1 },
) as unknown as fc.Arbitrary<DisputeCommand>;

/** The walk's days are said from its first day on; as days pass, they pass too. */
const later = (day: string, today: string): string => addDays(today, daysBetween(START, day));
const onDay = (given: DisputeCommand, today: string): DisputeCommand => ({
  ...given,
  ...('due' in given ? { due: later(given.due, today) } : {}),
  ...('terms' in given ? { terms: given.terms.map((t) => ({ ...t, due: later(t.due, today) })) } : {}),
  ...('day' in given ? { day: later(given.day, today) } : {}),
});
interface Step {
  readonly command: DisputeCommand;
  readonly actor: string;
  readonly passes: number;
}
/** Several try at once and days may pass: most of what is tried is refused, so a walk of single tries would stand still. */
const steps = (least: number): fc.Arbitrary<Step[]> =>
  fc
    .array(
      fc.array(
        fc.record({
          command,
          actor: fc.constantFrom(...Object.keys(memberOf)),
          passes: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9),
        }),
        { minLength: 10, maxLength: 10, size: 'max' },
      ),
      { minLength: least, maxLength: 40, size: 'max' },
    )
    .map((tries) => tries.flat());

const factsFor = (state: DisputeState, given: DisputeCommand, actor: string, today: string): DisputeFacts => {
  const answering =
    state.status === 'none' ? undefined : given.kind === 'dispute.take' ? state.handOver?.unit : state.unit;
  const named = 'person' in given ? given.person : '';
  return {
    dispute: 'd',
    actor,
    today,
    units: memberOf[actor]!,
    found: { chain: ['county', 'town', 'village'], unitKnown: true, personOfUnit: true, policy },
    unitKnown: given.kind === 'dispute.hand-over' && given.unit !== 'nowhere',
    personOfUnit: answering !== undefined && (memberOf[named]?.includes(answering) ?? false),
    mediator:
      'mediator' in given && given.mediator === 'old-wu'
        ? { types: ['people', 'administrative', 'judicial'], official: undefined }
        : undefined,
    keys: ['key0', 'key1', 'key2', 'key3', 'key4', 'key5'],
    taken: { number: '柳河调〔2026〕1号', place: { series: 'mediation', year: 2026, serial: 1 } },
  };
};

const REGISTERED: DisputeCommand = {
  kind: 'dispute.register',
  about: 'neighbours',
  subject: '两家为排水沟争执',
  words: '下雨就渗水，吵了三回',
  area: 'village',
  signs: ['again'],
  unit: 'town',
  person: 'amy',
  due: addDays(START, 10),
};

interface Walk {
  readonly events: readonly Recorded<DisputeEvent>[];
  readonly states: readonly { readonly state: Dispute; readonly actor: string; readonly today: string }[];
}

function walk(
  tried: readonly Step[],
  check: (
    before: Dispute,
    given: DisputeCommand,
    actor: string,
    verdict: readonly DisputeEvent[] | undefined,
    today: string,
    after: Dispute,
  ) => void,
): Walk {
  let today = START;
  const events: Recorded<DisputeEvent>[] = [];
  let state: DisputeState = disputes.initial;
  const states: { state: Dispute; actor: string; today: string }[] = [];
  const give = (given: DisputeCommand, actor: string): readonly DisputeEvent[] | undefined => {
    const verdict = disputes.decide(state, given, factsFor(state, given, actor, today));
    if (isRefusal(verdict)) return undefined;
    for (const event of verdict) {
      const stamp = { actor, at: `${today}T02:00:00.000Z`, version: events.length + 1 };
      events.push({ ...event, stamp });
      state = disputes.evolve(state, event, stamp);
    }
    return verdict;
  };
  expect(give(REGISTERED, 'amy')).toHaveLength(1);
  for (const { command: asked, actor, passes } of tried) {
    today = addDays(today, passes);
    const given = onDay(asked, today);
    const before = state as unknown as Dispute;
    const verdict = give(given, actor);
    check(before, given, actor, verdict, today, state as unknown as Dispute);
    if (verdict !== undefined) states.push({ state: state as unknown as Dispute, actor, today });
  }
  return { events, states };
}

/** The last index of an event of that kind, -1 for none. */
const lastOf = (events: readonly DisputeEvent[], kind: DisputeEvent['kind']): number =>
  events.findLastIndex((event) => event.kind === kind);

describe('a dispute', () => {
  test('[E2] a hand-over leaves no gap: the giver answers until somebody of the other unit takes it', () => {
    let taken = 0;
    fc.assert(
      fc.property(steps(10), (tried) => {
        walk(tried, (before, given, actor, verdict, _today, after) => {
          if (verdict === undefined) return;
          const move = verdict.find((event) => event.kind === 'dispute.taken');
          if (move === undefined) {
            // Whatever else is done, asked or refused, it is where it was.
            expect(after.unit).toBe(before.unit);
          } else {
            taken += 1;
            expect(before.handOver?.unit).toBe(after.unit);
            expect(memberOf[actor]).toContain(after.unit);
            expect(memberOf[after.person]).toContain(after.unit);
          }
          expect(memberOf[after.person]).toContain(after.unit);
          // And whoever has it can do something about it.
          if (!isOver(after)) expect(possible(after, [after.unit]).length).toBeGreaterThan(0);
          if (given.kind === 'dispute.take') expect(before.handOver).toBeDefined();
        });
      }),
      { numRuns: 120, seed: SEED },
    );
    expect(taken).toBeGreaterThan(20);
  });

  /** The way to an agreement with two terms, one for each side. */
  const AGREED: readonly Step[] = [
    {
      kind: 'dispute.open-mediation',
      type: 'people',
      mediator: 'old-wu',
      parties: [{ name: '陈家' }, { name: '周家' }],
    },
    { kind: 'dispute.consent', party: 0, agrees: true, signature: '[[[1,2]]]' },
    { kind: 'dispute.consent', party: 1, agrees: true, signature: '[[[1,2]]]' },
    {
      kind: 'dispute.draft',
      facts: '陈家的排水沟从周家的墙脚过，雨天渗水。',
      terms: [
        { by: 0, what: '把沟往外移半米', due: addDays(START, 5) },
        { by: 1, what: '出一半的工钱', due: addDays(START, 8) },
      ],
    },
    { kind: 'dispute.sign', party: 0, signature: '[[[1,2]]]' },
    { kind: 'dispute.sign', party: 1, signature: '[[[1,2]]]' },
  ].map((given) => ({ command: given as DisputeCommand, actor: 'amy', passes: 0 }));

  test('[E2] an agreement needs every party’s consent and signature; nothing is held or written before all consent', () => {
    let bound = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), steps(10), (begun, tried) => {
        const { events } = walk([...AGREED.slice(0, begun), ...tried], () => undefined);
        events.forEach((event, n) => {
          const past = events.slice(0, n);
          const opened = lastOf(past, 'mediation.opened');
          const of = past[opened];
          const parties = of?.kind === 'mediation.opened' ? of.parties : 0;
          const since = past.slice(opened + 1);
          const consents = new Set(since.flatMap((e) => (e.kind === 'mediation.consented' ? [e.party] : [])));
          if (
            event.kind === 'mediation.held' ||
            event.kind === 'agreement.drafted' ||
            event.kind === 'agreement.signed'
          ) {
            expect(consents.size).toBe(parties);
            expect(parties).toBeGreaterThanOrEqual(2);
          }
          if (event.kind === 'agreement.bound') {
            bound += 1;
            const text = past.slice(lastOf(past, 'agreement.drafted') + 1);
            const signed = new Set(text.flatMap((e) => (e.kind === 'agreement.signed' ? [e.party] : [])));
            expect([...signed].toSorted()).toEqual(Array.from({ length: parties }, (_, i) => i));
          }
        });
      }),
      { numRuns: 120, seed: SEED },
    );
    expect(bound).toBeGreaterThan(10);
  });

  test('[E2] it is settled by terms only when each was confirmed by another side; one that was not kept opens it again', () => {
    let settled = 0;
    let broken = 0;
    fc.assert(
      fc.property(steps(10), (tried) => {
        const { events, states } = walk([...AGREED, ...tried], () => undefined);
        events.forEach((event, n) => {
          if (event.kind === 'term.broken') {
            broken += 1;
            const state = fold(disputes, events.slice(0, n + 1)) as Dispute;
            expect(state).toMatchObject({ status: 'open', unit: state.unit });
            expect(possible(state, [state.unit])).toContain('dispute.open-mediation');
          }
          if (event.kind !== 'dispute.settled' || event.personal?.how !== undefined) return;
          settled += 1;
          const past = events.slice(0, n);
          const draft = past[lastOf(past, 'agreement.drafted')];
          const since = past.slice(lastOf(past, 'agreement.bound'));
          if (draft?.kind !== 'agreement.drafted') throw new Error('settled by terms that were never written');
          draft.terms.forEach(({ by }, place) => {
            const said = since.filter((e) => e.kind === 'term.confirmed' && e.term === place);
            expect(said).toHaveLength(1);
            expect(said[0]!.kind === 'term.confirmed' && said[0]!.party !== by).toBe(true);
          });
        });
        // What binds is not argued away: only terms end it, or a term that was not kept.
        for (const [n, { state }] of states.entries()) {
          const next = states[n + 1]?.state;
          if (state.status === 'agreed' && next !== undefined)
            expect(['agreed', 'settled', 'open']).toContain(next.status);
        }
      }),
      { numRuns: 120, seed: SEED },
    );
    expect(settled).toBeGreaterThan(3);
    expect(broken).toBeGreaterThan(3);
  });

  test('[E2] what the rules take, the screens offer', () => {
    fc.assert(
      fc.property(steps(10), (tried) => {
        walk(tried, (before, given, actor, verdict) => {
          if (verdict === undefined || actor.startsWith('resident:') || given.kind === 'dispute.reopen') return;
          expect(possible(before, memberOf[actor]!), `${given.kind} in ${before.status}`).toContain(given.kind);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('[E2] a party’s key speaks for that party alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 }), (whose, as) => {
        const { events } = walk(AGREED.slice(0, 1), () => undefined);
        const state = fold(disputes, events);
        const given: DisputeCommand = { kind: 'dispute.consent', party: as, agrees: true, key: `key${whose}` };
        const verdict = disputes.decide(state, given, factsFor(state, given, 'resident:d', START));
        expect(isRefusal(verdict)).toBe(whose !== as);
      }),
    );
  });
});

describe('sweeps', () => {
  test('[E1] a situation is as pressing as its most pressing sign, and no sign is of a person', () => {
    fc.assert(
      fc.property(fc.subarray(policy.signs), (signs) => {
        const worst = signs.some((s) => s.grade === 'urgent') ? 'urgent' : signs.length > 0 ? 'watch' : 'plain';
        expect(
          gradeOf(
            signs.map(({ id }) => id),
            policy,
          ),
        ).toBe(worst);
      }),
    );
    expect(grades).toEqual(['plain', 'watch', 'urgent']);
    // The words of the red lines stand in no sign and no kind of the documents that ship.
    const said = JSON.stringify([policy.signs, policy.abouts]);
    for (const label of ['人员', '重点人', '上访', '缠', '闹', '户', '钉子', '稳控']) expect(said).not.toContain(label);
  });

  test('[E1] every day has its month, its phase and, in a set period, itself; by another way of counting', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (n) => {
        const today = addDays('2026-09-01', n);
        const found = periodsOn(today, sweepsPolicy);
        expect(found.some((p) => p.mode === 'month' && p.period === today.slice(0, 7))).toBe(true);
        const set = sweepsPolicy.periods.some((p) => p.from <= today && today <= p.to);
        expect(found.some((p) => p.mode === 'day' && p.period === today)).toBe(set);
        const phases = sweepsPolicy.phases.filter((p) => p.from <= today && today <= p.due).map(({ id }) => id);
        expect(found.filter((p) => p.mode === 'phase').map((p) => p.period)).toEqual(phases);
        for (const p of found) {
          expect(p.from <= p.to && p.to <= p.due && p.from <= today).toBe(true);
          expect(periodOf(p.mode, p.period, sweepsPolicy)).toEqual(p);
        }
      }),
    );
    expect(periodOf('month', '2026-12', sweepsPolicy)).toMatchObject({ to: '2026-12-31', due: '2027-01-05' });
    for (const [mode, period] of [
      ['month', '2026-13'],
      ['month', '2020-01'],
      ['day', '2026-11-26'],
      ['phase', 'no'],
    ] as const)
      expect(periodOf(mode, period, sweepsPolicy)).toBeUndefined();
  });

  test('every command of the walk is one the schema takes', () => {
    fc.assert(
      fc.property(command, (given) => {
        const { success } = DisputeCommand.safeParse({ mediator: undefined, ...given });
        // Ids of the walk are words; all else has the schema's shape.
        expect(
          success ||
            JSON.stringify(given).match(/old-wu|nobody|nowhere|town|justice|court|amy|ann|bob|cat|\[7\]/) !== null,
        ).toBe(true);
      }),
    );
  });
});
