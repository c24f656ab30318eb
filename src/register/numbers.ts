import { placedAt } from '../access/directory.ts';
import { dueOf } from '../calendar/clocks.ts';
import type { Calendar } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { Policies, Query, Row, Situation } from '../ledger/record.ts';
import {
  type OwedClock,
  type Paper,
  type PaperKind,
  type PaperPlace,
  type TakenNumber,
  sayPaperNumber,
} from './model.ts';

/*
 * One act, one number, one paper: an act of any record that gives a paper takes the number here, keeps the paper in its
 * own event, and stands in one register with all others. The papers feature draws it from there and numbers nothing anew.
 */

/** The paper that an event of a record gives: always the same id, so it is drawn and kept once. */
export const paperIdOf = (stream: string, version: number): string => idOf('paper', stream, String(version));

/** What the rule document `papers` says of numbers. */
export interface NumberingPolicy {
  readonly words: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, { readonly word: string; readonly series: string }>>;
}

/** What kinds were called in rule documents of before. */
const called: Readonly<Record<string, string>> = {
  acceptance: 'accepted',
  refusal: 'not-accepted',
  forwarding: 'forward',
  assignment: 'assign',
};
/** What a document that is kept by kind says of one, also a document of before. */
export const ofKind = <T>(kinds: Readonly<Record<string, T>>, kind: PaperKind): T =>
  (kinds[kind] ?? kinds[called[kind] ?? ''])!;

/** The word of a unit's papers of this kind: 清水 + 受告. */
export const wordOf = (policy: NumberingPolicy, kind: PaperKind, unit: { name: string; short: string }): string =>
  `${policy.words[unit.short] ?? policy.words[unit.name] ?? unit.short}${ofKind(policy.kinds, kind).word}`.slice(0, 20);

/** The number that comes next of a unit's series in a year: numbers have no gaps, a void one counts. */
export async function nextSerial(query: Query, county: number, unit: string, place: Omit<PaperPlace, 'serial'>) {
  const [row] = await query<{ next: number }>(
    'papers.next',
    'select coalesce(max(serial), 0) + 1 as next from served_paper where county = $1 and unit = $2 and series = $3 and year = $4',
    [county, unit, place.series, place.year],
  );
  return row!.next;
}

interface Taking {
  readonly county: number;
  readonly query: Query;
  readonly policies: Policies;
  readonly turn: Situation<unknown, unknown>['turn'];
}

/**
 * Takes the next number for a paper of a unit, in the facts of the act that gives it. Call it only for an act that will
 * stand: the turn is kept until the act is written.
 * @param day the day the paper bears
 */
export async function takeNumber(
  { county, query, policies, turn }: Taking,
  kind: PaperKind,
  unit: string,
  day: string,
): Promise<TakenNumber> {
  const policy = policies.get<NumberingPolicy>('papers');
  const { series } = ofKind(policy.kinds, kind);
  const year = Number(day.slice(0, 4));
  const before = await turn(`paper ${county} ${unit} ${series} ${year}`);
  const [serial, [named]] = await Promise.all([
    nextSerial(query, county, unit, { series, year }),
    query<{ name: string; short: string }>(
      'papers.unit-words',
      'select name, short_name as short from unit where county = $1 and id = $2',
      [county, unit],
    ),
  ]);
  const place = { series, year, serial: serial + before };
  return { number: sayPaperNumber({ word: wordOf(policy, kind, named ?? { name: '', short: '' }), ...place }), place };
}

/** Whose affair a record's papers are. */
export interface RegisteredOf {
  /** The kind of record. */
  readonly record: string;
  readonly matter?: string | undefined;
  readonly chain: readonly string[];
  readonly units: readonly string[];
  /** Officials who answer for the record. */
  readonly officials?: readonly string[];
  /** Officials who may not know of it: whoever handled what is reviewed. */
  readonly barred?: readonly string[];
  readonly owed?: readonly OwedClock[];
}

export interface RegisteredRow {
  readonly county: number;
  readonly id: string;
  readonly version: number;
  readonly paper: string;
  readonly record: string;
  readonly kind: string;
  readonly number: string;
  readonly series: string | null;
  readonly year: number | null;
  readonly serial: number | null;
  readonly issued_on: string;
  readonly issued_at: string | null;
  readonly issued_by: string | null;
  readonly unit: string;
  readonly to_unit: string | null;
  readonly matter: string | null;
  readonly county_area: string | null;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly units: readonly string[];
  readonly officials: readonly string[];
  readonly barred: readonly string[];
  readonly due: string | null;
  readonly received_on: string | null;
  readonly way: string | null;
  readonly righted: string | null;
  readonly righted_by: string | null;
  readonly righted_on: string | null;
}

/** A row for each paper, whichever record gave it: one table for all. */
export const registerTable = { name: 'served_paper', key: ['county', 'id', 'version'] } as const;

export const registerRows = (
  county: number,
  id: string,
  papers: readonly Paper[],
  of: RegisteredOf,
  calendar: Calendar,
): readonly Row[] =>
  papers.map((paper): RegisteredRow & Row => {
    const clock = of.owed?.find((o) => o.paper === paper.version)?.clock;
    const due = clock === undefined ? undefined : dueOf(clock, calendar);
    return {
      county,
      id,
      version: paper.version,
      paper: paperIdOf(id, paper.version),
      record: of.record,
      kind: paper.kind,
      number: paper.number,
      series: paper.place?.series ?? null,
      year: paper.place?.year ?? null,
      serial: paper.place?.serial ?? null,
      issued_on: paper.on,
      issued_at: paper.at,
      issued_by: paper.by,
      unit: paper.unit,
      to_unit: paper.toUnit ?? null,
      matter: of.matter ?? null,
      ...placedAt(of.chain),
      units: [...new Set([paper.unit, ...(paper.toUnit === undefined ? [] : [paper.toUnit]), ...of.units])],
      officials: [...(of.officials ?? [])],
      barred: [...(of.barred ?? [])],
      due: due === undefined || due.paused ? null : due.due,
      received_on: paper.receivedOn ?? null,
      way: paper.tries.at(-1)?.way ?? null,
      righted: paper.righted?.how ?? null,
      righted_by:
        paper.righted === undefined || paper.righted.how === 'overruled' ? null : paperIdOf(id, paper.righted.by),
      righted_on: paper.righted?.on ?? null,
    };
  });
