import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf } from '../calendar/clocks.ts';
import { publishedCalendar } from '../calendar/years.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import {
  MatterCommand,
  type MatterEvent,
  type MatterFacts,
  MatterSettings,
  PetitionSettings,
  type MatterState,
  matterRefusals,
  innerCommands,
} from './model.ts';
import { type ClockDocument, clockPolicy, matterPolicy, petitionPolicy } from './policy.ts';
import { raisingPolicy, RaisingPolicy } from './handling-model.ts';
import { matters, nextSteps, possible } from './rules.ts';
import { clocksOn } from './tables.ts';
import { isInside } from './together.ts';

const settings = MatterSettings.parse(matterPolicy.standard.document);
const petitions = PetitionSettings.parse(petitionPolicy.standard.document);
const rules = clockPolicy.schema.parse(clockPolicy.standard.document) as ClockDocument;
const units = { desk: 'desk', water: 'water', works: 'works' } as const;
const people = ['clerk', 'handler', 'waterhead', 'otherhandler', 'leader', 'resident:QH1'] as const;
const memberOf: Record<string, readonly string[]> = {
  clerk: ['desk'],
  handler: ['water'],
  waterhead: ['water'],
  otherhandler: ['works'],
  leader: ['desk'],
  'resident:QH1': [],
};

/** What the ledger would find out for a command. */
const factsFor = (state: MatterState, command: MatterCommand, actor: string, at: string): MatterFacts => {
  const named = command.kind === 'matter.return' ? command.betterUnit : 'unit' in command ? command.unit : undefined;
  const unit =
    named !== undefined && named in units ? { id: named, head: `${named}head`, reception: 'handler' } : undefined;
  const base: MatterFacts = {
    actor,
    at,
    units: memberOf[actor] ?? [],
    calendar: publishedCalendar,
    settings,
    raising: RaisingPolicy.parse(raisingPolicy.standard.document),
    clocks: clocksOn(rules, at.slice(0, 10)),
    place: { area: 'village', chain: ['county', 'town', 'village'] },
    fresh: { number: 'QH261104823', code: '123456', desk: 'desk' },
    people: new Set(state.unit === 'water' ? ['handler', 'waterhead'] : ['otherhandler']),
    petition: {
      settings: petitions,
      taken: { number: '水利局信受〔2026〕1号', place: { series: 'acceptance', year: 2026, serial: 1 } },
      heads: actor === 'leader' || actor === 'waterhead',
    },
  };
  return unit === undefined ? base : { ...base, unit };
};

const text = fc.constantFrom('说得清清楚楚的一句话，够长了。', '渠已清好，昨天下午通水了。');
const unitId = fc.constantFrom('water', 'works', 'nowhere');
const command: fc.Arbitrary<MatterCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('matter.register' as const),
    channel: fc.constantFrom('phone' as const, 'letter' as const),
    subject: text,
    area: fc.constant('village'),
  }),
  fc.record({ kind: fc.constant('matter.classify' as const), category: fc.constant('水利.农田') }),
  fc.record({ kind: fc.constant('matter.dispatch' as const), unit: unitId }),
  fc.record({
    kind: fc.constant('matter.acknowledge' as const),
    leader: fc.constant('waterhead'),
    handler: fc.constant('handler'),
    measures: text,
  }),
  fc.record({ kind: fc.constant('matter.return' as const), reason: text, betterUnit: unitId }),
  fc.record({ kind: fc.constant('matter.adjudicate' as const), unit: unitId, ground: text }),
  fc.record({ kind: fc.constant('matter.progress' as const), note: text }),
  fc.record({ kind: fc.constant('matter.suspend' as const), reason: text }),
  fc.record({ kind: fc.constant('matter.resume' as const) }),
  fc.record({
    kind: fc.constant('matter.ask-extension' as const),
    days: fc.integer({ min: 1, max: 40 }),
    reason: text,
  }),
  fc.record({ kind: fc.constant('matter.decide-extension' as const), grant: fc.boolean(), reason: text }),
  fc.oneof(
    fc.record({
      kind: fc.constant('matter.dispose' as const),
      disposition: fc.constantFrom('solvable' as const, 'unfounded' as const),
      cause: text,
    }),
    fc.record({
      kind: fc.constant('matter.dispose' as const),
      disposition: fc.constant('deferred' as const),
      cause: text,
      plan: text,
      recheckOn: fc.constantFrom('2027-06-01', '2020-01-01'),
    }),
    fc.record({
      kind: fc.constant('matter.dispose' as const),
      disposition: fc.constant('not-permitted' as const),
      cause: text,
      policy: fc.constantFrom('', '河道管理条例'),
    }),
  ),
  fc.record({ kind: fc.constant('matter.answer' as const), text }),
  fc.record({ kind: fc.constant('matter.resolve' as const), answer: text }),
  fc.record({ kind: fc.constant('matter.confirm' as const), score: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('matter.deny' as const), reason: text }),
  fc.record({
    kind: fc.constant('matter.call-back' as const),
    outcome: fc.constantFrom('confirmed' as const, 'denied' as const, 'unreached' as const),
    words: fc.constantFrom('', '好了'),
  }),
  fc.record({ kind: fc.constant('matter.rate' as const), score: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('matter.reopen' as const), reason: text }),
  fc.record({ kind: fc.constant('matter.instruct' as const), text }),
  fc.record({ kind: fc.constant('matter.explain-delay' as const), reason: text }),
);

interface Step {
  readonly actor: string;
  readonly command: MatterCommand;
  readonly hours: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  actor: fc.constantFrom(...people),
  command,
  hours: fc.integer({ min: 0, max: 400 }),
});
/** Long walks start where something can happen: a fair part of them begins with a registered, dispatched matter. */
const walk = fc.tuple(fc.boolean(), fc.array(step, { maxLength: 40 })).map(([begun, steps]): Step[] =>
  begun
    ? [
        {
          actor: 'clerk',
          hours: 1,
          command: { kind: 'matter.register', channel: 'phone', subject: '水渠堵了', area: 'village' },
        },
        { actor: 'clerk', hours: 1, command: { kind: 'matter.dispatch', unit: 'water' } },
        {
          actor: 'handler',
          hours: 1,
          command: { kind: 'matter.acknowledge', leader: 'waterhead', handler: 'handler', measures: '去看看再说' },
        },
        {
          actor: 'handler',
          hours: 1,
          command: { kind: 'matter.dispose', disposition: 'solvable', cause: '能解决的' },
        },
        ...steps,
      ]
    : steps,
);

/** Plays steps as the ledger would and looks at every state on the way. */
const play = (
  steps: readonly Step[],
  look: (state: MatterState, events: readonly Recorded<MatterEvent>[], at: string) => void,
): void => {
  let time = Date.parse('2026-03-02T01:00:00Z');
  let events: Recorded<MatterEvent>[] = [];
  for (const { actor, command: given, hours } of steps) {
    time += hours * 3_600_000;
    const at = new Date(time).toISOString();
    const state = fold(matters, events);
    const verdict = matters.decide(state, given, factsFor(state, given, actor, at));
    if (isRefusal(verdict)) {
      expect(Object.keys(matterRefusals)).toContain(verdict.refused);
      continue;
    }
    events = [
      ...events,
      ...verdict.map((event, i) => ({ ...event, stamp: { actor, at, version: events.length + i + 1 } })),
    ];
    look(fold(matters, events), events, at);
  }
};

describe('a matter, whatever is done to it', () => {
  test('[C4] [C6] always has a unit that answers for it, and in work a clock, a leader, people and measures', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (state) => {
          if (state.status === 'none') return;
          expect(state.unit ?? state.desk).not.toBe('');
          if (state.status !== 'closed') expect(state.clock).toBeDefined();
          if (state.status === 'handling') {
            expect(state.leader).toBeDefined();
            expect(state.handler).toBeDefined();
            expect(state.measures).toBeDefined();
          }
          if (state.status === 'deferred') expect(state.recheckOn).toBeDefined();
        });
      }),
      { numRuns: 400 },
    );
  });

  test('[C11] is closed only by the resident or by a call-back of someone who never handled it', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (state, events) => {
          if (state.status !== 'closed') return;
          const closing = events.findLast((e) => e.kind === 'matter.confirmed');
          expect(closing).toBeDefined();
          if (closing?.kind === 'matter.confirmed' && closing.by === 'call-back') {
            expect(state.hands).not.toContain(closing.stamp.actor);
            expect(memberOf[closing.stamp.actor]).not.toContain(state.unit);
          }
          const last = events.findLast((e) => /denied|reopened|resolved|confirmed/.test(e.kind));
          expect(last?.kind).toBe('matter.confirmed');
        });
      }),
      { numRuns: 400 },
    );
  });

  test('[C11] goes back to work when the resident says it is not done', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (state, events) => {
          const last = events.at(-1)!;
          if (last.kind === 'matter.denied' || last.kind === 'matter.reopened') {
            expect(state.status).toBe('handling');
            expect(state.clock?.startedAt).toBe(last.stamp.at);
          }
        });
      }),
    );
  });

  test('[C4] stays with the first unit while a return is undecided, and its clock keeps running from dispatch', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        let before: MatterState | undefined;
        play(steps, (state, events) => {
          const last = events.at(-1)!;
          if (last.kind === 'matter.returned' || last.kind === 'matter.adjudicated') {
            expect(state.clock?.startedAt).toBe(before?.clock?.startedAt);
            if (last.kind === 'matter.returned') expect(state.unit).toBe(before?.unit);
          }
          before = state;
        });
      }),
    );
  });

  test('[C4] bounces no more often than there are units', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (state) => {
          expect(state.returns).toBeLessThanOrEqual(Object.keys(units).length);
          expect(new Set(state.returnedBy).size).toBe(state.returns);
        });
      }),
    );
  });

  test('[C5] nobody decides on the extension they asked for, and a granted one is owed to the resident', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (state, events) => {
          const last = events.at(-1)!;
          if (last.kind !== 'matter.extension-granted') return;
          expect(last.askedBy).not.toBe(last.stamp.actor);
          expect(state.toTell).toContain('extension');
        });
      }),
    );
  });

  test('offers only steps its rules know, and refuses every step it does not offer', () => {
    fc.assert(
      fc.property(walk, step, (steps, extra) => {
        let state: MatterState = matters.initial;
        let at = '2026-03-02T01:00:00Z';
        play(steps, (s, _e, when) => {
          state = s;
          at = when;
        });
        for (const kind of possible(state)) expect(nextSteps[state.status]).toContain(kind);
        if (!possible(state).includes(extra.command.kind)) {
          expect(isRefusal(matters.decide(state, extra.command, factsFor(state, extra.command, extra.actor, at)))).toBe(
            true,
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('examples', () => {
  const run = (...steps: [string, MatterCommand, string][]) => {
    let events: Recorded<MatterEvent>[] = [];
    let last: unknown;
    for (const [actor, given, at] of steps) {
      const state = fold(matters, events);
      const verdict = matters.decide(state, given, factsFor(state, given, actor, at));
      last = verdict;
      if (!isRefusal(verdict))
        events = [
          ...events,
          ...verdict.map((e, i) => ({ ...e, stamp: { actor, at, version: events.length + i + 1 } })),
        ];
    }
    return { state: fold(matters, events), last };
  };
  const registered: [string, MatterCommand, string] = [
    'clerk',
    { kind: 'matter.register', channel: 'phone', subject: '水渠堵了', area: 'village' },
    '2026-11-16T01:00:00Z',
  ];
  const dispatched: [string, MatterCommand, string] = [
    'clerk',
    { kind: 'matter.dispatch', unit: 'water' },
    '2026-11-17T01:00:00Z',
  ];

  test('[C5] an order dispatched on 17 November is due on 2 December, fifteen days from the next day', () => {
    const { state } = run(registered, dispatched);
    expect(dueOf(state.clock!, publishedCalendar)).toMatchObject({ paused: false, day: '2026-12-02' });
  });

  test('[C4] a return after two working days comes too late', () => {
    const back: MatterCommand = { kind: 'matter.return', reason: '这是住建局的事', betterUnit: 'works' };
    expect(run(registered, dispatched, ['handler', back, '2026-11-19T09:00:00Z']).state.returns).toBe(1);
    expect(run(registered, dispatched, ['handler', back, '2026-11-20T01:00:00Z']).last).toEqual({
      refused: 'matter.return-late',
    });
  });

  test('[C7] not yet needs a plan and a day, not permitted needs the policy', () => {
    const ack: [string, MatterCommand, string] = [
      'handler',
      { kind: 'matter.acknowledge', leader: 'waterhead', handler: 'handler', measures: '到现场看' },
      '2026-11-18T01:00:00Z',
    ];
    const dispose = (more: object): MatterCommand =>
      ({ kind: 'matter.dispose', disposition: 'deferred', cause: '等资金到位', ...more }) as MatterCommand;
    expect(run(registered, dispatched, ack, ['handler', dispose({}), '2026-11-18T02:00:00Z']).last).toEqual({
      refused: 'matter.plan-missing',
      field: 'plan',
    });
    expect(
      run(registered, dispatched, ack, ['handler', dispose({ plan: '列入明年计划' }), '2026-11-18T02:00:00Z']).last,
    ).toEqual({ refused: 'matter.recheck-missing', field: 'recheckOn' });
    expect(
      run(registered, dispatched, ack, [
        'handler',
        dispose({ plan: '列入明年计划', recheckOn: '2026-11-18' }),
        '2026-11-18T02:00:00Z',
      ]).last,
    ).toEqual({ refused: 'matter.recheck-past', field: 'recheckOn' });
    expect(
      run(registered, dispatched, ack, ['handler', dispose({ disposition: 'not-permitted' }), '2026-11-18T02:00:00Z'])
        .last,
    ).toEqual({ refused: 'matter.policy-missing', field: 'policy' });
    const deferred = run(registered, dispatched, ack, [
      'handler',
      dispose({ plan: '列入明年计划', recheckOn: '2027-03-01' }),
      '2026-11-18T02:00:00Z',
    ]).state;
    expect(deferred).toMatchObject({ status: 'deferred', recheckOn: '2027-03-01', toTell: ['deferral'] });
  });

  test('[C5] a petition has fifteen days to be accepted and sixty from acceptance, and thirty more at most', () => {
    const letter: [string, MatterCommand, string] = [
      'clerk',
      { kind: 'matter.register', channel: 'letter', subject: '水渠堵了', area: 'village' },
      '2026-03-02T01:00:00Z',
    ];
    const sent: [string, MatterCommand, string] = [
      'clerk',
      { kind: 'matter.dispatch', unit: 'water' },
      '2026-03-03T01:00:00Z',
    ];
    const ack: [string, MatterCommand, string] = [
      'handler',
      { kind: 'matter.acknowledge', leader: 'waterhead', handler: 'handler', measures: '到现场看' },
      '2026-03-04T01:00:00Z',
    ];
    expect(dueOf(run(letter, sent).state.clock!, publishedCalendar)).toMatchObject({ day: '2026-03-18' });
    // Signing for it is not yet accepting it: the limit for saying so in writing runs on.
    expect(dueOf(run(letter, sent, ack).state.clock!, publishedCalendar)).toMatchObject({ day: '2026-03-18' });
    const accepted: [string, MatterCommand, string] = ['handler', { kind: 'matter.accept' }, '2026-03-05T01:00:00Z'];
    expect(dueOf(run(letter, sent, ack, accepted).state.clock!, publishedCalendar)).toMatchObject({
      day: '2026-05-06',
    });
    expect(
      run(letter, sent, ack, accepted, [
        'handler',
        { kind: 'matter.ask-extension', days: 31, reason: '要等鉴定' },
        '2026-04-01T01:00:00Z',
      ]).last,
    ).toEqual({ refused: 'matter.extension-too-long', field: 'days' });
  });
});

test('every refusal has a sentence that ends like one', () => {
  for (const sentence of Object.values(matterRefusals)) expect(sentence).toMatch(/[。？]$/);
});

test('every command of the model is a step of some status', () => {
  const known = new Set(Object.values(nextSteps).flat());
  // What follows from another matter or from a meeting can come at any time, and nobody gives it.
  const kinds = MatterCommand.options.map((option) => option.shape.kind.value);
  expect(kinds.filter((kind) => !known.has(kind) && !isInside(kind) && !innerCommands.includes(kind))).toEqual([]);
});
