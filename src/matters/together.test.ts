import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishedCalendar } from '../calendar/years.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import {
  type MatterCommand,
  type MatterEvent,
  type MatterFacts,
  MatterSettings,
  type MatterState,
  matterRefusals,
} from './model.ts';
import { RaisingPolicy, raisingPolicy } from './handling-model.ts';
import { type ClockDocument, clockPolicy, matterPolicy } from './policy.ts';
import { matters, possible } from './rules.ts';
import { clocksOn } from './tables.ts';
import { togetherFollows } from './together.ts';

const settings = MatterSettings.parse(matterPolicy.standard.document);
const clocks = clocksOn(clockPolicy.schema.parse(clockPolicy.standard.document) as ClockDocument, '2026-03-02');
const ids = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
];
const reporters = ['陈大娘', '刘二叔', '孙三姐'];
const members: Record<string, readonly string[]> = {
  clerk: ['desk'],
  handler: ['water'],
  other: ['works'],
  leader: ['desk'],
  resident: [],
};

type Events = readonly Recorded<MatterEvent>[];
const stateOf = (events: Events): MatterState => fold(matters, events);

/** Several matters as the ledger would hold them: commands are decided on each, and what follows is decided on the others. */
class World {
  readonly records = new Map<string, Events>();
  at = Date.parse('2026-03-02T01:00:00Z');

  state(id: string): MatterState {
    return stateOf(this.records.get(id) ?? []);
  }

  give(id: string, command: MatterCommand, actor: string): string | undefined {
    const at = new Date(this.at).toISOString();
    const state = this.state(id);
    const verdict = matters.decide(state, command, this.facts(id, command, actor, at));
    if (isRefusal(verdict)) return verdict.refused;
    const events = verdict.map((event, i) => ({
      ...event,
      stamp: { actor, at, version: (this.records.get(id)?.length ?? 0) + i + 1 },
    }));
    this.records.set(id, [...(this.records.get(id) ?? []), ...events]);
    const after = this.state(id);
    for (const event of events) {
      for (const next of togetherFollows(event, { record: 'matter', stream: id, state: after, id: String })) {
        // A consequence must never be refused: the ledger would have to give the whole command up.
        expect(this.give(next.stream, next.command as MatterCommand, actor)).toBeUndefined();
      }
    }
    return undefined;
  }

  private facts(id: string, command: MatterCommand, actor: string, at: string): MatterFacts {
    const unit = 'unit' in command ? command.unit : 'betterUnit' in command ? command.betterUnit : undefined;
    const main = command.kind === 'matter.merge' ? this.state(command.into) : undefined;
    return {
      actor,
      at,
      self: id,
      units: members[actor] ?? [],
      calendar: publishedCalendar,
      settings,
      raising: RaisingPolicy.parse(raisingPolicy.standard.document),
      clocks,
      place: { area: 'village', chain: ['county', 'town', 'village'] },
      fresh: { number: `QH26${id.slice(-4)}`, code: `10000${id.slice(-1)}`, desk: 'desk' },
      people: new Set(['handler', 'waterhead', 'other']),
      ...(unit === undefined ? {} : { unit: { id: unit, head: `${unit}head`, reception: 'handler' } }),
      ...(main === undefined || main.status === 'none'
        ? {}
        : {
            main: {
              number: main.number,
              status: main.status,
              procedure: main.procedure,
              mergedInto: main.merged?.into,
            },
          }),
      partTaken: command.kind === 'matter.split' && this.records.has(command.part),
    };
  }
}

const words = '说得清清楚楚的一句话，够长了。';
const which = fc.integer({ min: 0, max: 2 });
const command: fc.Arbitrary<MatterCommand> = fc.oneof(
  fc.record({ kind: fc.constant('matter.dispatch' as const), unit: fc.constantFrom('water', 'works') }),
  fc.constant<MatterCommand>({ kind: 'matter.acknowledge', leader: 'waterhead', handler: 'handler', measures: words }),
  fc.record({
    kind: fc.constant('matter.return' as const),
    reason: fc.constant(words),
    betterUnit: fc.constantFrom('water', 'works'),
  }),
  fc.record({
    kind: fc.constant('matter.adjudicate' as const),
    unit: fc.constantFrom('water', 'works'),
    ground: fc.constant(words),
  }),
  fc.constant<MatterCommand>({ kind: 'matter.suspend', reason: words }),
  fc.constant<MatterCommand>({ kind: 'matter.resume' }),
  fc.constant<MatterCommand>({ kind: 'matter.ask-extension', days: 5, reason: words }),
  fc.constant<MatterCommand>({ kind: 'matter.decide-extension', grant: true, reason: words }),
  fc.constant<MatterCommand>({ kind: 'matter.dispose', disposition: 'solvable', cause: words }),
  fc.constant<MatterCommand>({
    kind: 'matter.dispose',
    disposition: 'deferred',
    cause: words,
    plan: words,
    recheckOn: '2028-01-10',
  }),
  fc.constant<MatterCommand>({ kind: 'matter.answer', text: words }),
  fc.constant<MatterCommand>({ kind: 'matter.resolve', answer: words }),
  fc.constant<MatterCommand>({ kind: 'matter.confirm' }),
  fc.constant<MatterCommand>({ kind: 'matter.deny', reason: words }),
  fc.record({
    kind: fc.constant('matter.call-back' as const),
    outcome: fc.constantFrom('confirmed' as const, 'denied' as const),
    words: fc.constant(words),
  }),
  fc.constant<MatterCommand>({ kind: 'matter.reopen', reason: words }),
  which.map((n): MatterCommand => ({ kind: 'matter.merge', into: ids[n]! })),
  which.map((n): MatterCommand => ({ kind: 'matter.merge', into: ids[n]! })),
  fc.constant<MatterCommand>({ kind: 'matter.unmerge', reason: words }),
  fc.constant<MatterCommand>({ kind: 'matter.raise-again', channel: 'phone', words }),
);
const step = fc.record({
  which,
  command,
  actor: fc.constantFrom('clerk', 'handler', 'other', 'leader', 'resident'),
  hours: fc.integer({ min: 0, max: 200 }),
});
type Step = { which: number; command: MatterCommand; actor: string; hours: number };

/** The usual way of a matter, so that long walks come to its end. */
const usual = (n: number): Step[] =>
  [
    ['clerk', { kind: 'matter.dispatch', unit: 'water' }],
    ['handler', { kind: 'matter.acknowledge', leader: 'waterhead', handler: 'handler', measures: words }],
    ['handler', { kind: 'matter.dispose', disposition: 'solvable', cause: words }],
    ['handler', { kind: 'matter.resolve', answer: words }],
  ].map(([actor, given]) => ({ which: n, actor: actor as string, command: given as MatterCommand, hours: 5 }));
const walk = fc
  .tuple(
    fc.array(step, { maxLength: 14 }),
    fc.boolean(),
    fc.array(step, { maxLength: 10 }),
    which,
    fc.array(step, { maxLength: 14 }),
  )
  .map(([first, merges, middle, main, last]): Step[] => [
    ...first,
    ...(merges
      ? [0, 1, 2]
          .filter((n) => n !== main)
          .map((n): Step => ({
            which: n,
            actor: 'clerk',
            command: { kind: 'matter.merge', into: ids[main]! },
            hours: 1,
          }))
      : []),
    ...middle,
    ...usual(main),
    ...last,
  ]);

const begun = (): World => {
  const world = new World();
  for (const [n, id] of ids.entries())
    world.give(
      id,
      {
        kind: 'matter.register',
        channel: 'phone',
        subject: '水渠堵了',
        area: 'village',
        reporter: { name: reporters[n]! },
      },
      'clerk',
    );
  return world;
};

const play = (
  steps: readonly Step[],
  look: (world: World, step: Step, refused: string | undefined, before: ReadonlyMap<string, Events>) => void,
): void => {
  const world = begun();
  for (const one of steps) {
    world.at += one.hours * 3_600_000;
    const before = new Map(world.records);
    const refused = world.give(ids[one.which]!, one.command, one.actor);
    if (refused !== undefined) expect(Object.keys(matterRefusals)).toContain(refused);
    look(world, one, refused, before);
  }
};

describe('matters merged and parted in every order', () => {
  test('[C3] merging keeps every person, their number and code, and both sides know of each other', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (world) => {
          for (const [n, id] of ids.entries()) {
            const state = world.state(id);
            expect(state.told?.name).toBe(reporters[n]);
            expect(state.number).toBe(`QH26${id.slice(-4)}`);
            expect(state.told?.code).toBe(`10000${id.slice(-1)}`);
            if (state.merged !== undefined) {
              expect(world.state(state.merged.into).along).toContain(id);
              expect(world.state(state.merged.into).merged).toBeUndefined();
              expect(state.along).toEqual([]);
            }
            for (const other of state.along) expect(world.state(other).merged?.into).toBe(id);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('[C3] always has a unit, and until it is closed a clock and a next step', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (world) => {
          for (const id of ids) {
            const state = world.state(id);
            expect(state.unit ?? state.desk).not.toBe('');
            if (state.status === 'closed') continue;
            expect(state.clock).toBeDefined();
            expect(possible(state).length).toBeGreaterThan(0);
            if (state.status === 'handling')
              expect([state.leader, state.handler, state.measures]).not.toContain(undefined);
            if (state.status === 'deferred') expect(state.recheckOn).toBeDefined();
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('[C3] nobody’s matter is closed by another’s word: each is closed by its own event, and by no denial', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (world, { which: n, command: given }, refused, before) => {
          for (const id of ids) {
            const was = stateOf(before.get(id)!).status;
            const is = world.state(id).status;
            if (is !== 'closed' || was === 'closed') continue;
            expect(refused).toBeUndefined();
            expect(id).toBe(ids[n]);
            expect(
              given.kind === 'matter.confirm' || (given.kind === 'matter.call-back' && given.outcome === 'confirmed'),
            ).toBe(true);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('[C3] who says no goes back to work with their own matter, out of the merge, on a fresh clock', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (world, { which: n, command: given }, refused) => {
          const no =
            given.kind === 'matter.deny' ||
            given.kind === 'matter.reopen' ||
            (given.kind === 'matter.call-back' && given.outcome === 'denied');
          if (!no || refused !== undefined) return;
          const state = world.state(ids[n]!);
          expect(state.status).toBe('handling');
          expect(state.merged).toBeUndefined();
          expect(state.clock?.startedAt).toBe(new Date(world.at).toISOString());
        });
      }),
      { numRuns: 150 },
    );
  });

  test('[C3] the answer of the main matter reaches each that is merged into it', () => {
    let reached = 0;
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (world, { which: n, command: given }, refused, before) => {
          if (given.kind !== 'matter.resolve' || refused !== undefined) return;
          for (const other of world.state(ids[n]!).along) {
            if (stateOf(before.get(other)!).status === 'closed') continue;
            const state = world.state(other);
            expect(state).toMatchObject({ status: 'resolved', answer: given.answer });
            expect(state.toTell).toContain('answer');
            reached += 1;
          }
        });
      }),
      { numRuns: 150, seed: 7 },
    );
    // The walks did come here.
    expect(reached).toBeGreaterThan(20);
  });

  test('[C3] unmerging gives back what was before, whatever was done on the main matter meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 16 }),
        which,
        which,
        fc.array(step, { maxLength: 12 }),
        (first, n, main, meanwhile) => {
          fc.pre(n !== main);
          const world = begun();
          const go = (steps: readonly Step[]): void => {
            for (const one of steps) {
              world.at += one.hours * 3_600_000;
              world.give(ids[one.which]!, one.command, one.actor);
            }
          };
          go(first);
          const id = ids[n]!;
          const before = world.state(id);
          fc.pre(world.give(id, { kind: 'matter.merge', into: ids[main]! }, 'clerk') === undefined);
          // Only the main matter is worked on: the other's own person says nothing meanwhile.
          go(meanwhile.map((one) => ({ ...one, which: main })));
          fc.pre(world.state(id).merged !== undefined);
          expect(world.give(id, { kind: 'matter.unmerge', reason: words }, 'clerk')).toBeUndefined();
          const { hands, spells, ...after } = world.state(id);
          const { hands: had, spells: spent, ...was } = before;
          expect(after).toEqual(was);
          // The time it was merged away is on record, and it is in hand again.
          expect(spells.length).toBe(spent.length + 1);
          expect(spells.at(-2)!.went).toBe('merged');
          expect(spells.at(-1)!.went).toBeUndefined();
          // Who had a hand in it stays barred from asking the resident.
          for (const hand of had) expect(hands).toContain(hand);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('[C3] raising it again marks the handling and changes nothing else', () => {
    fc.assert(
      fc.property(walk, which, (steps, n) => {
        let world = begun();
        play(steps, (after) => {
          world = after;
        });
        const before = world.state(ids[n]!);
        if (world.give(ids[n]!, { kind: 'matter.raise-again', channel: 'phone' }, 'clerk') !== undefined) return;
        expect(world.state(ids[n]!)).toEqual({ ...before, repeats: before.repeats + 1 });
      }),
    );
  });
});

test('[C3] a part split off becomes a matter of the same person, linked both ways', () => {
  const world = begun();
  const part = '00000000-0000-4000-8000-00000000000a';
  expect(world.give(ids[0]!, { kind: 'matter.split', part, subject: '桥栏杆断了' }, 'clerk')).toBeUndefined();
  expect(world.state(ids[0]!).parts).toEqual([part]);
  expect(world.state(part)).toMatchObject({
    status: 'registered',
    origin: `split ${ids[0]!}`,
    told: { name: '陈大娘', subject: '桥栏杆断了' },
  });
  expect(world.give(ids[1]!, { kind: 'matter.split', part, subject: '桥栏杆断了' }, 'clerk')).toBe('matter.exists');
});

test('[C3] a joint matter has as many representatives as the rules allow, and no more than there are persons', () => {
  const world = begun();
  const joint = (persons: number, n: number): MatterCommand => ({
    kind: 'matter.make-joint',
    joint: { persons, representatives: Array.from({ length: n }, (_, i) => ({ name: `代表${i}` })) },
  });
  expect(world.give(ids[0]!, joint(30, settings.mostRepresentatives + 1), 'clerk')).toBe(
    'matter.too-many-representatives',
  );
  expect(world.give(ids[0]!, joint(2, 3), 'clerk')).toBe('matter.more-than-persons');
  expect(world.give(ids[0]!, joint(30, settings.mostRepresentatives), 'clerk')).toBeUndefined();
  expect(world.state(ids[0]!).joint).toMatchObject({ persons: 30 });
  expect(settings.mostRepresentatives).toBe(5);
});
