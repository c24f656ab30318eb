import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../calendar/days.ts';
import { type Recorded as Stamped, fold, isRefusal } from '../ledger/decider.ts';
import {
  MISSES_ALLOWED,
  type Recorded,
  VisitCommand,
  type VisitEvent,
  type VisitFacts,
  type VisitState,
} from './model.ts';
import { counts, possible, talked, visits } from './rules.ts';

const official = 'a0000000-0000-4000-8000-000000000001';
const colleague = 'a0000000-0000-4000-8000-000000000002';
const grandmother = 'b0000000-0000-4000-8000-000000000001';
const son = 'b0000000-0000-4000-8000-000000000002';
const child = 'b0000000-0000-4000-8000-000000000003';
const neighbour = 'b0000000-0000-4000-8000-000000000009';
const household = 'c0000000-0000-4000-8000-000000000001';
const resident = 'resident:visit';
const metAt = '2026-11-09T02:00:00Z';

const family = [
  { id: grandmother, bornYear: 1944 },
  { id: son, bornYear: null },
  { id: child, bornYear: 2015 },
];
const facts = (actor: string, n = 0): VisitFacts => ({
  actor,
  at: new Date(Date.parse('2026-11-09T03:00:00Z') + n * 3_600_000).toISOString(),
  visit: 'visit',
  household: { chain: ['county', 'township', 'village', 'grid'], contact: null, residents: family },
  revisitDays: 7,
  proxyWorksHere: false,
  // Each note has its own; the same number in the test shows that a voided one is not taken by chance.
  voucher: { code: String(100_000 + n), key: `key-${n}` },
});

type RecordVisit = Extract<VisitCommand, { kind: 'visit.record' }>;
const actors = fc.constantFrom(official, colleague, resident);
const anyone = fc.constantFrom(official, grandmother, son, child, neighbour);
const keys = fc.option(
  fc.nat(8).map((n) => `key-${n}`),
  { nil: undefined },
);
const command: fc.Arbitrary<VisitCommand> = fc.oneof(
  fc
    .record({
      contact: fc.constantFrom('met' as const, 'phone' as const, 'not-at-home' as const, 'leaflet' as const),
      note: fc.constantFrom('', '水渠堵了'),
      needs: fc.constantFrom<RecordVisit['needs'][]>(
        [],
        [{ words: '修水渠' }],
        [{ words: '修水渠', resident: grandmother }, { words: '装路灯' }],
      ),
      promises: fc.constantFrom<RecordVisit['promises'][]>(
        [],
        [{ what: '问镇里', by: '2026-11-12' }],
        [{ what: '问镇里', by: '2026-11-01' }],
      ),
      withWhom: fc.constantFrom<string[][]>([], [grandmother], [neighbour]),
    })
    .map((fields) => ({ kind: 'visit.record', household, metAt, ...fields }) as VisitCommand),
  fc
    .record(
      {
        means: fc.constantFrom('signature' as const, 'code' as const, 'card' as const),
        by: anyone,
        signature: fc.constant('[[1,2]]'),
        card: fc.constant('622848'),
        code: fc.nat(8).map((n) => String(100_000 + n)),
        key: keys,
      },
      { requiredKeys: ['means', 'by'] },
    )
    .map((fields) => ({ kind: 'visit.countersign', ...fields }) as VisitCommand),
  fc
    .record({ by: anyone, reason: fc.constant('不是这样说的'), key: keys })
    .map((f) => ({ kind: 'visit.decline', ...f }) as VisitCommand),
  fc.constantFrom('水渠堵了', '水渠上月就堵了').map((note) => ({ kind: 'visit.correct' as const, note })),
  fc.nat(2).map((promise) => ({ kind: 'visit.keep-promise' as const, promise, how: '办好了' })),
);
const steps = fc.array(fc.tuple(actors, command), { maxLength: 14 });

interface Played {
  readonly state: VisitState;
  readonly events: readonly Stamped<VisitEvent>[];
  /** What was decided at each step, with the state before it. */
  readonly story: readonly {
    actor: string;
    command: VisitCommand;
    before: VisitState;
    verdict: ReturnType<typeof visits.decide>;
  }[];
}

/** Plays commands as the ledger would: accepted events are appended, refusals change nothing. */
function play(given: readonly (readonly [string, VisitCommand])[]): Played {
  let state: VisitState = visits.initial;
  const events: Stamped<VisitEvent>[] = [];
  const story: Played['story'][number][] = [];
  for (const [n, [actor, step]] of given.entries()) {
    const around = facts(actor, n);
    const verdict = visits.decide(state, step, around);
    story.push({ actor, command: step, before: state, verdict });
    if (isRefusal(verdict)) continue;
    for (const event of verdict) {
      const stamped = { ...event, stamp: { actor, at: around.at, version: events.length + 1 } };
      events.push(stamped);
      state = visits.evolve(state, stamped, stamped.stamp);
    }
  }
  return { state, events, story };
}

const recorded = (contact: 'met' | 'phone' | 'not-at-home' | 'leaflet' = 'met'): [string, VisitCommand] => [
  official,
  {
    kind: 'visit.record',
    household,
    contact,
    note: talked(contact) ? '水渠堵了' : '',
    needs: [],
    promises: talked(contact) ? [{ what: '问镇里', by: '2026-11-12' }] : [],
    metAt,
    withWhom: [],
  },
];
const sign = (by: string, more: object = {}): VisitCommand => ({
  kind: 'visit.countersign',
  means: 'signature',
  by,
  signature: '[[1,2]]',
  ...more,
});
const verdictsOf = ({ story }: Played) =>
  story.map(({ verdict }) => (isRefusal(verdict) ? verdict.refused : verdict.map((e) => e.kind)));

describe('a diary entry', () => {
  test('[B2] counts only while the household vouches for it as it reads', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = play(given);
        const last = events.findLast((e) => /^visit\.(recorded|countersigned|declined|corrected)$/.test(e.kind));
        expect(counts(state)).toBe(last?.kind === 'visit.countersigned');
      }),
      { numRuns: 2_000 },
    );
  });

  test('[B2] is signed or declined by adults of the household only, never by the writer', () => {
    fc.assert(
      fc.property(steps, (given) => {
        for (const e of play(given).events) {
          if (e.kind === 'visit.countersigned' || e.kind === 'visit.declined')
            expect([grandmother, son]).toContain(e.by);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('[B2] what the household said is changed by the household or by a corrected note, never by an official', () => {
    fc.assert(
      fc.property(steps, (given) => {
        for (const { actor, before, verdict } of play(given).story) {
          if (isRefusal(verdict) || before.status === 'none' || before.answer.said === 'nothing') continue;
          if (verdict.some((e) => e.kind === 'visit.countersigned' || e.kind === 'visit.declined'))
            expect(actor).toBe(resident);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('[B2] a code or key works only for the note it was made for', () => {
    fc.assert(
      fc.property(steps, (given) => {
        for (const { actor, command: step, before, verdict } of play(given).story) {
          if (isRefusal(verdict) || before.status === 'none' || !verdict.some((e) => e.kind === 'visit.countersigned'))
            continue;
          if (step.kind !== 'visit.countersign') throw new Error('only a countersignature countersigns');
          if (actor === resident) expect(step.key).toBe(before.voucher?.key);
          else if (step.means === 'code') expect(step.code).toBe(before.voucher?.code);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('refuses what it does not list as possible, and its state is the fold of its events', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events, story } = play(given);
        expect(fold(visits, events)).toEqual(state);
        for (const { actor, command: step, before, verdict } of story) {
          if (!isRefusal(verdict) && verdict.length > 0 && actor !== resident)
            expect(possible(before, actor)).toContain(step.kind);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('[B2] a wrong code is counted, and after five the code is dead', () => {
    const wrong = sign(son, { means: 'code', code: '999999' });
    const right = sign(son, { means: 'code', code: '100000' });
    const played = play([
      recorded(),
      ...Array<[string, VisitCommand]>(MISSES_ALLOWED).fill([official, wrong]),
      [official, right],
      [official, sign(son)],
    ]);
    expect(verdictsOf(played).slice(1)).toEqual([
      ...Array<string[]>(MISSES_ALLOWED).fill(['visit.code-missed']),
      'visit.code-locked',
      ['visit.countersigned'],
    ]);
  });

  test('[B2] the household can refuse with a reason, comment when signing, and its word survives a correction only as history', () => {
    const played = play([
      recorded(),
      [official, { kind: 'visit.decline', by: son, reason: '不是这样说的' }],
      [official, sign(grandmother)],
      [colleague, { kind: 'visit.correct', note: '水渠上月就堵了' }],
      [official, { kind: 'visit.correct', note: '水渠上月就堵了' }],
      [official, sign(grandmother, { comment: '这回对了' })],
      [official, { kind: 'visit.decline', by: son, reason: '' }],
    ]);
    expect(verdictsOf(played)).toEqual([
      ['visit.recorded'],
      ['visit.declined'],
      'visit.declined-stands',
      'visit.not-the-writer',
      ['visit.corrected'],
      ['visit.countersigned'],
      'visit.already-signed',
    ]);
    expect((played.state as Recorded).answer).toMatchObject({ said: 'signed', by: grandmother, comment: '这回对了' });
  });

  test('the words of the household are personal: nothing outside the personal part repeats them', () => {
    const { events } = play([
      [
        official,
        {
          kind: 'visit.record',
          household,
          contact: 'met',
          note: '秘密话',
          needs: [{ words: '秘密话' }],
          promises: [{ what: '秘密话', by: '2026-11-12' }],
          metAt,
          withWhom: [],
        },
      ],
      [official, sign(son, { comment: '秘密话' })],
      [official, { kind: 'visit.correct', note: '秘密话二' }],
      [official, { kind: 'visit.decline', by: son, reason: '秘密话' }],
      [official, { kind: 'visit.keep-promise', promise: 0, how: '秘密话' }],
    ]);
    expect(events).toHaveLength(6);
    const bare = events.map((e) => Object.fromEntries(Object.entries(e).filter(([key]) => key !== 'personal')));
    expect(JSON.stringify(bare)).not.toContain('秘密');
    // Erased, the record still folds.
    expect(fold(visits, bare as unknown as Stamped<VisitEvent>[])).toMatchObject({
      status: 'recorded',
      note: '',
      answer: { said: 'declined' },
    });
  });
});

describe('going there', () => {
  test('[B1] a closed door owes a revisit within the days of the policy; other contacts owe none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('met' as const, 'phone' as const, 'not-at-home' as const, 'leaflet' as const),
        fc.integer({ min: 1, max: 90 }),
        (contact, days) => {
          const verdict = visits.decide(visits.initial, recorded(contact)[1], {
            ...facts(official),
            revisitDays: days,
          });
          if (isRefusal(verdict)) throw new Error(verdict.refused);
          const due = verdict.filter((e) => e.kind === 'revisit.due');
          expect(due).toEqual(
            contact === 'not-at-home' ? [{ kind: 'revisit.due', household, by: addDays(dayOf(metAt), days) }] : [],
          );
        },
      ),
    );
  });

  test('[B1] where nobody was talked to, nothing is raised, promised or signed', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = play(given);
        if (state.status === 'none' || talked(state.contact)) return;
        expect(events.filter((e) => /need|promise|signed|declined/.test(e.kind))).toEqual([]);
        expect(state.promises).toEqual([]);
      }),
    );
  });

  test('each need is raised by itself, with all a matter needs', () => {
    const needs = [
      { words: '修水渠', resident: grandmother },
      { words: '装路灯', category: '路灯' },
    ];
    const verdict = visits.decide(visits.initial, { ...recorded()[1], needs } as VisitCommand, facts(official));
    if (isRefusal(verdict)) throw new Error(verdict.refused);
    expect(verdict.filter((e) => e.kind === 'need.raised')).toEqual([
      {
        kind: 'need.raised',
        index: 0,
        household,
        village: 'village',
        area: 'grid',
        official,
        metAt,
        resident: grandmother,
        personal: { words: '修水渠' },
      },
      {
        kind: 'need.raised',
        index: 1,
        household,
        village: 'village',
        area: 'grid',
        official,
        metAt,
        category: '路灯',
        personal: { words: '装路灯' },
      },
    ]);
  });

  test.each([
    ['visit.note-missing', { note: '' }],
    ['visit.in-future', { metAt: '2026-11-09T04:00:00Z' }],
    ['visit.promise-past', { promises: [{ what: '问镇里', by: '2026-11-08' }] }],
    ['visit.not-of-household', { withWhom: [neighbour] }],
    ['visit.not-of-household', { needs: [{ words: '修水渠', resident: neighbour }] }],
  ])('is not recorded: %s', (code, change) => {
    expect(
      visits.decide(visits.initial, { ...recorded()[1], ...change } as VisitCommand, facts(official)),
    ).toMatchObject({ refused: code });
  });

  test('a promise is kept once, late after its day', () => {
    const keep: VisitCommand = { kind: 'visit.keep-promise', promise: 0, how: '渠通了' };
    const state = play([recorded()]).state;
    const on = (at: string) => visits.decide(state, keep, { ...facts(official), at });
    expect(on('2026-11-12T15:59:59Z')).toMatchObject([{ kind: 'promise.kept', late: false }]);
    expect(on('2026-11-12T16:00:00Z')).toMatchObject([{ kind: 'promise.kept', late: true }]);
    expect(
      verdictsOf(
        play([recorded(), [official, keep], [official, keep], [official, { ...keep, promise: 1 } as VisitCommand]]),
      ),
    ).toEqual([['visit.recorded'], ['promise.kept'], 'visit.promise-kept', 'visit.promise-unknown']);
  });

  test('the schema bounds a signature to 40 KB', () => {
    const strokes = (length: number) =>
      VisitCommand.safeParse({ kind: 'visit.countersign', means: 'signature', by: son, signature: 'x'.repeat(length) });
    expect(strokes(40_000).success).toBe(true);
    expect(strokes(40_001).success).toBe(false);
  });
});
