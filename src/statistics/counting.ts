import { type Expression, type RawBuilder, type SqlBool, expressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { scopeOf } from '../access/access.ts';
import { within } from '../access/scope-sql.ts';
import type { Desk } from '../contract/route.ts';
import type { CategoryTree } from '../catalogue/model.ts';
import { categoriesOf } from '../figures/categories.ts';
import type { MatterRow, MatterTables } from '../matters/tables.ts';
import { type FlowPart, type Masks, type Timing, flag, masks, timingTest } from './measures.ts';
import { type Asked, type By, NONE, type StatisticsPolicy } from './model.ts';
import type { Span } from './period.ts';

/*
 * The questions put to `matter_spell`. A year's 40,000 among 200,000 matters of a synthetic table, processor time of the
 * database for each question: a bare count of the rows 14 ms; what came in the year, grouped by all that is counted, 60;
 * percentiles 54 in all and 46 by unit; what was in hand when it began, by the index on both instants, 5.
 */

const columns = { areas: ['township', 'village', 'grid'], units: ['unit'], officials: [], apart: 'matter' } as const;
const levels = ['township', 'village', 'grid'] as const;

/** What narrows every question: whom the reader may count, and what was asked. */
export async function narrowing(desk: Desk, asked: Asked): Promise<Expression<SqlBool>> {
  const eb = expressionBuilder<MatterTables, 'matter_spell'>();
  const all: Expression<SqlBool>[] = [
    eb('county', '=', desk.county),
    within(eb, scopeOf(desk.actor, 'matter.count'), columns),
  ];
  if (asked.area !== undefined) {
    const [area] = await desk.query<{ depth: number }>(
      'statistics.area',
      'select cardinality(chain) as depth from area where county = $1 and id = $2',
      [desk.county, asked.area],
    );
    const level = area === undefined ? undefined : levels[area.depth - 2];
    // The county's own area narrows nothing; a place that is not there has nothing.
    if (level !== undefined) all.push(eb(level, '=', asked.area));
    else if (area === undefined) all.push(sql<SqlBool>`false`);
  }
  if (asked.unit !== undefined) all.push(eb('unit', '=', asked.unit));
  if (asked.channel !== undefined) all.push(eb('channel', '=', asked.channel));
  if (asked.category !== undefined)
    // A category's id begins with its parent's, so a branch of the tree is one prefix.
    all.push(eb('category', 'like', `${asked.category.replace(/[%_\\]/g, '')}%`));
  return eb.and(all);
}

/** What is asked of a row beside its marks, needing more than the row. */
export interface Looking {
  readonly now: string;
  readonly policy: StatisticsPolicy;
  readonly reform: readonly string[];
  readonly village: readonly string[];
  readonly township: readonly string[];
}

export async function lookingOf(desk: Desk): Promise<Looking> {
  const policy = desk.policies.get<StatisticsPolicy>('statistics');
  const { ids, tops } = categoriesOf(desk);
  const units = await desk.query<{ id: string; level: string }>(
    'statistics.units',
    `select u.id, a.level from unit u join area a on a.county = u.county and a.id = u.area
      where u.county = $1 and a.level <> 'county'`,
    [desk.county],
  );
  const reform = new Set(policy.reform);
  return {
    now: desk.now,
    policy,
    reform: ids.filter((_, i) => reform.has(tops[i]!)),
    village: units.filter(({ level }) => level === 'village' || level === 'grid').map(({ id }) => id),
    township: units.filter(({ level }) => level === 'township').map(({ id }) => id),
  };
}

/**
 * Whether a column is in a list: looked up in a table made of it once. Compared with the list itself (`= any`), each row
 * is held against all its hundreds of categories, and counting a year took 317 ms instead of 60.
 */
const among = (column: string, list: readonly string[], type: 'text' | 'uuid') =>
  sql<SqlBool>`${sql.ref(column)} in (select unnest(${list}::${sql.raw(type)}[]))`;

/** A row's marks with what is asked of it now, as one number. @param wanted the bits that will be looked at */
const flagsSql = ({ now, policy, reform, village, township }: Looking, wanted = -1): RawBuilder<number> => {
  const when = (test: RawBuilder<SqlBool>, bit: number) =>
    (wanted & bit) === 0 ? [] : [sql`case when ${test} then ${sql.lit(bit)} else 0 end`];
  return sql<number>`(${sql.join(
    [
      sql`marks`,
      ...when(sql`due < ${now}`, flag('overdue')),
      ...when(sql`score >= ${policy.pleased}`, flag('pleased')),
      ...when(among('category', reform, 'text'), flag('reform')),
      ...when(among('unit', village, 'uuid'), flag('village')),
      ...when(among('unit', township, 'uuid'), flag('township')),
    ],
    sql` | `,
  )})`;
};

/** A test as a condition on a row. */
const testSql = (looking: Looking, { all, any, none }: Masks): RawBuilder<SqlBool> => {
  const flags = flagsSql(
    looking,
    any.reduce((bits, one) => bits | one, all | none),
  );
  return sql<SqlBool>`(${sql.join(
    [
      sql`${flags} & ${sql.lit(all)} = ${sql.lit(all)}`,
      sql`${flags} & ${sql.lit(none)} = 0`,
      ...any.map((one) => sql`${flags} & ${sql.lit(one)} <> 0`),
    ],
    sql` and `,
  )})`;
};

const registeredIn = ({ start, end }: Span) => sql<SqlBool>`place = 0 and came_at >= ${start} and came_at < ${end}`;

/**
 * By what groups are told apart: places and units as they stand, for to group by their text costs the database half as
 * much again; null where there is none.
 */
function keyOf(by: By, desk: Desk): { from: RawBuilder<unknown>; key: RawBuilder<string | null> } {
  if (by === 'category') {
    const { ids, tops } = categoriesOf(desk);
    return {
      from: sql`matter_spell left join unnest(${ids}::text[], ${tops}::text[]) c(id, top) on c.id = category`,
      key: sql<string | null>`coalesce(c.top, category)`,
    };
  }
  const from = sql`matter_spell`;
  if (by === 'month')
    return { from, key: sql<string | null>`to_char(came_at at time zone 'Asia/Shanghai', 'YYYY-MM')` };
  return { from, key: sql<string | null>`${sql.ref(by)}` };
}

/** One group's condition, on the rows `keyOf` puts into it. */
function groupSql(desk: Desk, by: By, key: string): RawBuilder<SqlBool> {
  if (key === NONE && (by === 'category' || by === 'township' || by === 'village'))
    return sql<SqlBool>`${sql.ref(by)} is null`;
  switch (by) {
    case 'category': {
      const { ids, tops } = categoriesOf(desk);
      const under = ids.filter((_, i) => tops[i] === key);
      // A category the county's tree does not know stands for itself.
      return among('category', under.length === 0 ? [key] : under, 'text');
    }
    case 'month':
      return sql<SqlBool>`to_char(came_at at time zone 'Asia/Shanghai', 'YYYY-MM') = ${key}`;
    case 'channel':
      return sql<SqlBool>`channel = ${key}`;
    default:
      return z.uuid().safeParse(key).success ? sql<SqlBool>`${sql.ref(by)} = ${key}::uuid` : sql<SqlBool>`false`;
  }
}

/** Matters of one group that are alike in all that is counted. */
export interface Cell {
  readonly key: string;
  readonly flags: number;
  readonly n: number;
  readonly persons: number;
  readonly returns: number;
  readonly reopenings: number;
  readonly repeats: number;
}

/** Times in hand that began and ended alike: before those days, or how in them. */
interface Move {
  readonly key: string;
  readonly came: FlowPart;
  readonly went: FlowPart;
  readonly n: number;
}
type Row<T> = Omit<T, 'key' | 'went'> & { key: string | null; went: string | null };

/** How a time in hand ended in those days; empty where it did not. */
const wentSql = ({ end }: Span) => sql`case when went_at < ${end} then went end`;
const told = <T>({ key, went, ...row }: Row<T>) => ({ ...row, key: key ?? NONE, went: went ?? 'closing' });

/**
 * What came in some days, in one pass: the matters registered in them, grouped by what is true of them, and how every time
 * in hand that began then began and ended.
 */
export async function cameIn(
  desk: Desk,
  narrowed: Expression<SqlBool>,
  looking: Looking,
  span: Span,
  by: By,
): Promise<{ readonly cells: readonly Cell[]; readonly moves: readonly Move[] }> {
  const { from, key } = keyOf(by, desk);
  const { rows } = await sql<Row<Cell & Move & { first: boolean }>>`
    select ${key} as key, ${flagsSql(looking)} as flags, place = 0 as first, came, ${wentSql(span)} as went,
           count(*)::int as n, sum(persons)::int as persons, sum(returns)::int as returns,
           sum(reopenings)::int as reopenings, sum(repeats)::int as repeats
      from ${from} where ${narrowed} and came_at >= ${span.start} and came_at < ${span.end}
     group by 1, 2, 3, 4, 5`.execute(desk.db);
  const all = rows.map((row) => told(row) as Cell & Move & { first: boolean });
  return { cells: all.filter(({ first }) => first), moves: all };
}

/** What was in hand when some days began, by how it went in them. */
export async function openingOf(
  desk: Desk,
  narrowed: Expression<SqlBool>,
  span: Span,
  by: By,
): Promise<readonly Move[]> {
  const { from, key } = keyOf(by, desk);
  const { rows } = await sql<Row<Move>>`
    select ${key} as key, 'opening' as came, ${wentSql(span)} as went, count(*)::int as n
      from ${from} where ${narrowed} and went_at >= ${span.start} and came_at < ${span.start} group by 1, 3`.execute(
    desk.db,
  );
  return rows.map((row) => told(row) as Move);
}

/** Middle and nine in ten of one duration, in seconds and in working days. */
export interface Quantiles {
  readonly seconds: readonly [number, number] | null;
  readonly working: readonly [number, number] | null;
}
export type Durations = Readonly<Record<Timing, Quantiles>>;
/** The durations told of each group. */
export const groupTimings = ['answered', 'resolved'] as const satisfies readonly Timing[];

const POINTS = sql`array[0.5, 0.9]`;

/** How long it took, in all (key null) and for each group. */
export async function durationsOf(
  desk: Desk,
  narrowed: Expression<SqlBool>,
  span: Span,
  by: By,
): Promise<ReadonlyMap<string | null, Durations>> {
  const { from, key } = keyOf(by, desk);
  const within_ = (column: string) =>
    sql`percentile_disc(${POINTS}) within group (order by ${sql.ref(column)}) as ${sql.ref(column)}`;
  type Found = { key: string | null } & Record<string, [number, number] | null>;
  const all = ['answered_s', 'resolved_s', 'closed_s', 'answered_wd', 'resolved_wd', 'closed_wd'];
  const seconds = groupTimings.map((timing) => `${timing}_s`);
  const [whole, groups] = await Promise.all([
    sql<Found>`select null as key, ${sql.join(all.map(within_))} from matter_spell where ${narrowed} and ${registeredIn(span)}`.execute(
      desk.db,
    ),
    sql<Found>`select ${key} as key, ${sql.join(seconds.map(within_))} from ${from} where ${narrowed} and ${registeredIn(span)} group by 1`.execute(
      desk.db,
    ),
  ]);
  const tookOf = (row: Found, timing: Timing): Quantiles => ({
    seconds: row[`${timing}_s`] ?? null,
    working: row[`${timing}_wd`] ?? null,
  });
  return new Map(
    [
      ...whole.rows.map((row) => [null, row] as const),
      ...groups.rows.map((row) => [row.key ?? NONE, row] as const),
    ].map(([name, row]) => [
      name,
      { answered: tookOf(row, 'answered'), resolved: tookOf(row, 'resolved'), closed: tookOf(row, 'closed') },
    ]),
  );
}

export type Flow = Readonly<Record<FlowPart, number>>;

/**
 * Stock and flow of some days, by group: opening + registered + reopened + unmerged − closed − merged = closing. What came
 * in those days and what was in hand when they began share no row.
 */
export function flowOf(moves: readonly Move[]): ReadonlyMap<string, Flow> {
  const flows = new Map<string, Record<FlowPart, number>>();
  for (const { key, came, went, n } of moves) {
    let flow = flows.get(key);
    if (flow === undefined)
      flows.set(
        key,
        (flow = { opening: 0, registered: 0, reopened: 0, unmerged: 0, closed: 0, merged: 0, closing: 0 }),
      );
    flow[came] += n;
    flow[went] += n;
  }
  return flows;
}

/** The days of the county's first matter; undefined where there is none. */
export async function firstOf(desk: Desk): Promise<string | undefined> {
  const [row] = await desk.query<{ came_at: string }>(
    'statistics.first',
    'select came_at from matter_spell where county = $1 order by came_at limit 1',
    [desk.county],
  );
  return row?.came_at;
}

const flowSql = (part: FlowPart, { start, end }: Span): RawBuilder<SqlBool> => {
  switch (part) {
    case 'opening':
      return sql<SqlBool>`came_at < ${start} and went_at >= ${start}`;
    case 'closing':
      return sql<SqlBool>`came_at < ${end} and went_at >= ${end}`;
    case 'closed':
    case 'merged':
      return sql<SqlBool>`went = ${part} and went_at >= ${start} and went_at < ${end}`;
    default:
      return sql<SqlBool>`came = ${part} and came_at >= ${start} and came_at < ${end}`;
  }
};

/** Which rows a figure counts. */
export type Which = { readonly test: Masks } | { readonly flow: FlowPart } | { readonly timing: Timing };

export interface Line {
  readonly spell: {
    readonly place: number;
    readonly came_at: string;
    readonly persons: number;
    readonly returns: number;
    readonly reopenings: number;
    readonly repeats: number;
  };
  readonly row: MatterRow;
}

/** One page of the records behind a figure, newest first, from where the page before ended. */
export async function linesOf(
  desk: Desk,
  narrowed: Expression<SqlBool>,
  looking: Looking,
  span: Span,
  which: Which,
  group: { by: By; key: string } | undefined,
  page: { after?: string | undefined; size: number },
): Promise<{ lines: Line[]; next: string | undefined; total: number | undefined }> {
  const [at, id, nth] = page.after?.split('_') ?? [];
  const sound =
    at !== undefined && !Number.isNaN(Date.parse(at)) && z.uuid().safeParse(id).success && /^\d{1,6}$/.test(nth ?? '');
  const chosen = [
    sql<SqlBool>`${narrowed}`,
    'flow' in which
      ? flowSql(which.flow, span)
      : sql<SqlBool>`${registeredIn(span)} and ${testSql(looking, 'test' in which ? which.test : masks(timingTest[which.timing]))}`,
    ...(group === undefined ? [] : [groupSql(desk, group.by, group.key)]),
  ];
  const beyond = [
    ...chosen,
    ...(sound ? [sql<SqlBool>`(came_at, matter, place) < (${at}::timestamptz, ${id}::uuid, ${Number(nth)})`] : []),
  ];
  // How many there are is told with the first page alone.
  const counting =
    page.after === undefined
      ? sql<{ n: number }>`select count(*)::int as n from matter_spell where ${sql.join(chosen, sql` and `)}`.execute(
          desk.db,
        )
      : undefined;
  const { rows: spells } = await sql<Line['spell'] & { matter: string }>`
    select matter, place, came_at, persons, returns, reopenings, repeats from matter_spell
     where ${sql.join(beyond, sql` and `)} order by came_at desc, matter desc, place desc limit ${page.size + 1}`.execute(
    desk.db,
  );
  const shown = spells.slice(0, page.size);
  const rows = await desk.query<MatterRow & object>(
    'statistics.matters',
    'select * from matter where county = $1 and id = any($2::uuid[])',
    [desk.county, shown.map(({ matter }) => matter)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = spells.length > page.size ? shown.at(-1) : undefined;
  return {
    lines: shown.flatMap(({ matter, ...spell }) => {
      const row = byId.get(matter);
      return row === undefined ? [] : [{ spell, row }];
    }),
    next: last === undefined ? undefined : `${last.came_at}_${last.matter}_${last.place}`,
    total: (await counting)?.rows[0]!.n,
  };
}

/** Categories of the first level, for whoever narrows by them. */
export const topCategories = (desk: Desk): { id: string; name: string }[] =>
  desk.policies
    .get<CategoryTree>('categories')
    .categories.filter(({ parent }) => parent === undefined)
    .map(({ id, name }) => ({ id, name }));
