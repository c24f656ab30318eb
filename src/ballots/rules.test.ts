import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import {
  type BallotCommand,
  type BallotEvent,
  type BallotFacts,
  type BallotState,
  type Cast,
  type Urn,
  ballotPolicies,
} from './model.ts';
import { ballots, isFree } from './rules.ts';

const DAY = '2026-11-20';
const policy = ballotPolicies[0]!.standard!.document as BallotFacts['policy'];
const subjects = [
  { official: 'wang', units: ['town'] },
  { official: 'li', units: ['station', 'town'] },
];
const facts = (more: Partial<BallotFacts> = {}): BallotFacts => ({
  actor: 'inspector',
  at: `${DAY}T02:00:00.000Z`,
  id: 'ballot',
  units: ['inspectorate'],
  place: { chain: ['county', 'town', 'village'], level: 'village' },
  office: 'desk',
  held: false,
  subjects,
  households: Array.from({ length: 40 }, (_, n) => `h${n}`),
  seed: 'ab',
  keys: { key: 'k', signing: 's', secret: 'x' },
  policy,
  urn: undefined,
  ...more,
});
const after = (state: BallotState, events: readonly BallotEvent[], actor = 'inspector'): BallotState =>
  events.reduce(
    (now, event, i) => ballots.evolve(now, event, { actor, at: `${DAY}T02:00:00.000Z`, version: i + 1 }),
    state,
  );
const decided = (state: BallotState, command: BallotCommand, more: Partial<BallotFacts> = {}) =>
  ballots.decide(state, command, facts(more));
const refusedBy = (state: BallotState, command: BallotCommand, more: Partial<BallotFacts> = {}): string | undefined => {
  const verdict = decided(state, command, more);
  return isRefusal(verdict) ? verdict.refused : undefined;
};
const open = { kind: 'ballot.open', area: 'village', until: addDays(DAY, 10) } as const;
const begun = after(ballots.initial, decided(ballots.initial, open) as BallotEvent[]);
const drawnBy = (count: number): BallotState =>
  after(
    begun,
    Array.from({ length: count }, (_, elector) => ({ kind: 'ballot.drawn', elector, blinded: 'b' }) as const),
  );
const close = { kind: 'ballot.close', spoiled: 0, notReturned: 0 } as const;
const later = { at: '2026-12-05T02:00:00.000Z' };
const cast = (choices: string, n: number): Cast => ({ spent: `s${n}`, receipt: `r${(n * 7) % 100}`, choices });
const urn = (web: readonly Cast[]): Urn => ({ web, papers: [], halves: [] });
type Closed = Extract<BallotEvent, { kind: 'ballot.closed' }>;

describe('the close', () => {
  test('[G2] more ballots than were drawn are never counted, as with a signing key that was stolen', () => {
    const web = Array.from({ length: 13 }, (_, n) => cast('00', n));
    expect(refusedBy(drawnBy(12), close, { ...later, urn: urn(web) })).toBe('ballot.too-many');
    expect(refusedBy(drawnBy(13), close, { ...later, urn: urn(web) })).toBeUndefined();
  });

  test('[G2] whatever was cast: of fewer than ten nothing at all, of one official whom fewer than ten rated nothing of them', () => {
    const choice = fc.constantFrom('0', '1', '2', '-');
    fc.assert(
      fc.property(fc.array(fc.tuple(choice, choice), { maxLength: 25 }), (all) => {
        const web = all.map(([a, b], n) => cast(a + b, n));
        const [event] = decided(drawnBy(25), close, { ...later, urn: urn(web) }) as [Closed];
        if (web.length < 10) {
          expect(event).toEqual({ kind: 'ballot.closed', enough: false });
          return;
        }
        expect(event.receipts).toEqual(web.map(({ receipt }) => receipt).toSorted());
        for (const [i, { official }] of subjects.entries()) {
          const given = ['0', '1', '2'].map((grade) => all.filter((pair) => pair[i] === grade).length);
          const rated = given[0]! + given[1]! + given[2]!;
          expect(event.personal!.sums[official]).toEqual(rated < 10 ? null : given);
        }
      }),
    );
  });

  test('[G2] after it neither who was asked, nor who drew, nor any key is in the state', () => {
    const web = Array.from({ length: 12 }, (_, n) => cast('01', n));
    const state = drawnBy(12);
    const closed = after(state, decided(state, close, { ...later, urn: urn(web) }) as BallotEvent[]);
    const voided = after(state, decided(state, { kind: 'ballot.void', reason: '重新来过' }) as BallotEvent[]);
    for (const over of [closed, voided])
      expect(over).toMatchObject({ electors: [], drawn: {}, taken: [], signing: undefined, secret: undefined });
    expect(refusedBy(closed, close)).toBe('ballot.not-open');
  });
});

describe('who has a hand in it', () => {
  test('[G2] red line: whoever is rated, or of a unit with somebody rated, does nothing of it', () => {
    const all: BallotCommand[] = [
      { kind: 'ballot.print-slips' },
      { kind: 'ballot.print-papers', sheets: 5 },
      { kind: 'ballot.take-paper', elector: 0 },
      { kind: 'ballot.end', reason: '都投完了' },
      close,
      { kind: 'ballot.void', reason: '重新来过' },
    ];
    for (const by of [{ actor: 'wang' }, { units: ['town'] }, { units: ['inspectorate', 'station'] }]) {
      expect(refusedBy(ballots.initial, open, by)).toBe('ballot.rated');
      for (const command of all)
        expect(
          refusedBy(begun, command, { ...(command.kind === 'ballot.close' ? later : {}), ...by }),
          command.kind,
        ).toBe('ballot.rated');
    }
    expect(isFree(subjects, 'inspector', ['inspectorate'])).toBe(true);
  });
});
