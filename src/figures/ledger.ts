import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { namesOf } from '../access/directory.ts';
import { dayOf, monthsAfter, startOfDay, toDay, toNumber } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import { conditionsOf } from './filter.ts';
import { type LedgerRow, type LedgerSource, ledgerRows, sourceColumns } from './ledger-row.ts';

/**
 * The monthly ledger (LED-01, H6): townships keep it by village, departments by section. It is never typed: its lines
 * are the matters registered in the month, after those still open from earlier months, as they stand when it is read.
 */
export const LedgerQuery = z.object({
  /** Without it the month that is. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份写成 2026-11 这样')
    .optional(),
  village: z.uuid().optional(),
  township: z.uuid().optional(),
  /** A unit with its sections, or one section. */
  unit: z.uuid().optional(),
});
export type LedgerQuery = z.infer<typeof LedgerQuery>;

export interface Totals {
  /** Lines in all: registered in the month and carried over. */
  readonly lines: number;
  readonly registered: number;
  readonly carried: number;
  readonly closed: number;
  /** Done as the unit says, and not closed. */
  readonly resolved: number;
  readonly open: number;
  readonly late: number;
}

export interface Ledger {
  readonly month: string;
  /** Whose ledger: the village, township or unit; the county where none is named. */
  readonly of: string;
  readonly rows: readonly (LedgerRow & { readonly serial: number; readonly carried: boolean })[];
  readonly totals: Totals;
  /** More lines than one ledger shows: then it says so and how to get the rest. */
  readonly cut: boolean;
}

/** Lines of one ledger at most: what is longer is read by village or section. */
export const LINES = 3_000;

export async function ledgerOf(desk: Desk, query: LedgerQuery): Promise<Ledger> {
  const month = query.month ?? dayOf(desk.now).slice(0, 7);
  const { from, end } = spanOf(month);
  const where = sql`${conditionsOf(desk, 'matter.read', {})} and ${await placeOf(desk, query)}`;
  const lines = sql`(${carriedOver(where, from)} union all ${registered(where, from, end)})`;
  const whose = query.village ?? query.township ?? query.unit;
  const [found, nameOf] = await Promise.all([
    sql<LedgerSource & { carried: boolean }>`
      select ${sourceColumns}, carried
        from (select * from ${lines} l order by carried desc, registered_at, id limit ${LINES + 1}) m
        left join matter_note n on n.county = m.county and n.id = m.id
       order by carried desc, registered_at, m.id`.execute(desk.db),
    namesOf(desk.query, desk.county, [whose]),
  ]);
  const cut = found.rows.length > LINES;
  const rows = cut ? found.rows.slice(0, LINES) : found.rows;
  const presented = await ledgerRows(desk, rows);
  return {
    month,
    of: nameOf(whose) ?? (await countyName(desk)),
    rows: presented.map((row, i) => ({ serial: i + 1, carried: rows[i]!.carried, ...row })),
    // What is all there is counted where it stands; only of what is cut off the database knows more.
    totals: cut
      ? (await sql<Totals>`select ${counts(desk.now)} from ${lines} l`.execute(desk.db)).rows[0]!
      : totalsOf(rows, desk.now),
    cut,
  };
}

function totalsOf(rows: readonly (LedgerSource & { carried: boolean })[], now: string): Totals {
  const count = (fits: (row: LedgerSource & { carried: boolean }) => boolean): number => rows.filter(fits).length;
  return {
    lines: rows.length,
    registered: count((row) => !row.carried),
    carried: count((row) => row.carried),
    closed: count((row) => !row.open),
    resolved: count((row) => row.status === 'resolved'),
    open: count((row) => row.open),
    late: count((row) => row.open && row.due !== null && row.due < now),
  };
}

export interface LedgerCount extends Totals {
  readonly id: string | null;
  readonly name: string;
  /** The township of a village. */
  readonly within: string;
}

/** How many lines each village and each unit has in the month, as far as the reader sees. */
export async function ledgerIndex(
  desk: Desk,
  month: string,
): Promise<{ villages: LedgerCount[]; units: LedgerCount[] }> {
  const { from, end } = spanOf(month);
  const where = sql`${conditionsOf(desk, 'matter.read', {})}`;
  const { rows } = await sql<
    Totals & { township: string | null; village: string | null; unit: string | null; by_unit: boolean }
  >`
    select township, village, unit, grouping(unit) = 0 as by_unit, ${counts(desk.now)}
      from (${carriedOver(where, from)} union all ${registered(where, from, end)}) l
     group by grouping sets ((township, village), (unit))`.execute(desk.db);
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((row) => [row.township, row.village, row.unit]),
  );
  const nameOf = (id: string | null): string => names(id) ?? '';
  const order = (a: LedgerCount, b: LedgerCount): number => a.within.localeCompare(b.within, 'zh') || b.lines - a.lines;
  return {
    villages: rows
      .filter((row) => !row.by_unit)
      .map(({ township, village, unit: _u, by_unit: _b, ...totals }) => ({
        id: village,
        name: nameOf(village) || '（未写明村、社区）',
        within: nameOf(township),
        ...totals,
      }))
      .toSorted(order),
    units: rows
      .filter((row) => row.by_unit)
      .map(({ township: _t, village: _v, unit, by_unit: _b, ...totals }) => ({
        id: unit,
        name: nameOf(unit),
        within: '',
        ...totals,
      }))
      .toSorted(order),
  };
}

/** The instants a month begins and ends at, in Shanghai. */
export function spanOf(month: string): { from: string; end: string } {
  const first = `${month}-01`;
  return { from: startOfDay(first), end: startOfDay(toDay(monthsAfter(toNumber(first), 1))) };
}

const registered = (where: RawBuilder<unknown>, from: string, end: string) => sql`
  select m.*, false as carried from matter m where ${where} and registered_at >= ${from} and registered_at < ${end}`;

/**
 * Open when the month began. Two questions that exclude each other, so that the many matters closed long ago are
 * not looked through: what is open still, and what was closed since.
 */
const carriedOver = (where: RawBuilder<unknown>, from: string) => sql`
  select m.*, true as carried from matter m where ${where} and registered_at < ${from} and open
  union all
  select m.*, true as carried from matter m where ${where} and registered_at < ${from} and not open and closed_at >= ${from}`;

const counts = (now: string) => sql`
  count(*) as lines,
  count(*) filter (where not carried) as registered,
  count(*) filter (where carried) as carried,
  count(*) filter (where not open) as closed,
  count(*) filter (where status = 'resolved') as resolved,
  count(*) filter (where open) as open,
  count(*) filter (where open and due < ${now}) as late`;

/** A department's ledger holds its sections'; a section's holds what the department handed to its people. */
async function placeOf(desk: Desk, { village, township, unit }: LedgerQuery): Promise<RawBuilder<unknown>> {
  const all = [sql`true`];
  if (village !== undefined) all.push(sql`village = ${village}`);
  if (township !== undefined) all.push(sql`township = ${township}`);
  if (unit !== undefined) {
    const [found] = await desk.query<{ parent: string | null; kind: string; below: string[]; people: string[] }>(
      'figures.unit',
      `select u.parent, u.kind,
              array(select b.id from unit b where b.county = u.county and b.parent = u.id) as below,
              array(select o.id from official o where o.county = u.county and o.unit = u.id) as people
         from unit u where u.county = $1 and u.id = $2`,
      [desk.county, unit],
    );
    const own = sql`unit = any(${[unit, ...(found?.below ?? [])]}::uuid[])`;
    const handed = sql`(unit = ${found?.parent ?? null} and handler = any(${found?.people ?? []}::uuid[]))`;
    all.push(found?.kind === 'section' ? sql`(${own} or ${handed})` : own);
  }
  return sql.join(all, sql` and `);
}

async function countyName({ query, county }: Desk): Promise<string> {
  const [row] = await query<{ name: string }>('figures.county', 'select name from county where county = $1', [county]);
  return row?.name ?? '';
}
