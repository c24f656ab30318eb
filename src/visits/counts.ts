import { type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import type { VisitTables } from './tables.ts';
import { householdScope, visitScope } from './tables.ts';

/** First and last day, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const coverageBy = {
  official: 'h.contact',
  unit: 'o.unit',
  grid: 'h.grid',
  village: 'h.village',
  township: 'h.township',
} as const;
export type CoverageBy = keyof typeof coverageBy;

export interface Covered {
  /** The official, unit, village …; null for households nobody is bound to. */
  readonly id: string | null;
  readonly name: string | null;
  /** Households met in person in the period, and all there are. */
  readonly met: number;
  readonly all: number;
}

/** Where somebody was met in the period, by whomever: calls, leaflets and closed doors do not count (P2). */
const metIn = (county: number, { from, to }: Period) =>
  // Not correlated, so that the period's visits are read once and hashed, however many households are asked about.
  sql<SqlBool>`h.id in (select m.household from visit m where m.county = ${county}
    and m.contact = 'met' and m.met_on between ${from}::date and ${to}::date)`;

/** Households a summary speaks of: those of the places one answers for, and those one answers for oneself. */
export interface Spoken {
  readonly scope: Scope;
  readonly own: readonly string[];
}

function among<DB, T extends keyof DB>(eb: ExpressionBuilder<DB, T>, { scope, own }: Spoken) {
  const seen = within(eb, scope, householdScope);
  return own.length === 0 ? seen : eb.or([seen, sql<SqlBool>`h.id = any(${own}::uuid[])`]);
}

/** Coverage of the households spoken of (row B1), the least covered first. */
export async function coverage(
  db: Kysely<VisitTables>,
  county: number,
  spoken: Spoken,
  period: Period,
  by: CoverageBy,
): Promise<Covered[]> {
  const column = coverageBy[by];
  const name = by === 'official' ? 'o.name' : by === 'unit' ? 'u.name' : 'a.name';
  const rows = await db
    .selectFrom('household as h')
    .leftJoin('official as o', (join) => join.onRef('o.county', '=', 'h.county').onRef('o.id', '=', 'h.contact'))
    .leftJoin('area as a', (join) =>
      join
        .onRef('a.county', '=', 'h.county')
        .onRef('a.id', '=', by === 'official' || by === 'unit' ? 'h.village' : column),
    )
    .leftJoin('unit as u', (join) => join.onRef('u.county', '=', 'h.county').onRef('u.id', '=', 'o.unit'))
    .where('h.county', '=', county)
    .where('h.moved', '=', false)
    .where((eb) => among(eb, spoken))
    .select([`${column} as id`, `${name} as name`])
    .select([
      sql<number>`(count(*) filter (where ${metIn(county, period)}))::int`.as('met'),
      sql<number>`count(*)::int`.as('all'),
    ])
    .groupBy([column, name])
    .orderBy(name)
    .orderBy(column)
    .execute();
  return rows.toSorted((a, b) => a.met / a.all - b.met / b.all);
}

/** Households spoken of where nobody was met in the period. */
export const notMet = async (db: Kysely<VisitTables>, county: number, spoken: Spoken, period: Period, limit: number) =>
  await db
    .selectFrom('household as h')
    .leftJoin('area as n', (join) => join.onRef('n.county', '=', 'h.county').onRef('n.id', '=', 'h.village'))
    .where('h.county', '=', county)
    .where('h.moved', '=', false)
    .where((eb) => among(eb, spoken))
    .where(sql<SqlBool>`not ${metIn(county, period)}`)
    .select(['h.id', 'h.head', 'h.address', 'n.name as village'])
    .orderBy('n.name')
    .orderBy('h.address')
    .orderBy('h.id')
    .limit(limit)
    .execute();

export interface VisitCounts {
  readonly official: string;
  readonly name: string | null;
  readonly met: number;
  readonly phone: number;
  readonly notAtHome: number;
  readonly leaflet: number;
  /** What the household said of notes that can be signed. */
  readonly signed: number;
  /** Of those signed, by somebody else's hand for them. */
  readonly proxied: number;
  readonly declined: number;
  readonly unsigned: number;
  readonly needs: number;
}

/** Visits in scope by official. */
export async function visitCounts(
  db: Kysely<VisitTables>,
  county: number,
  scope: Scope,
  period: Period,
): Promise<VisitCounts[]> {
  const count = (column: 'contact' | 'status' | 'means', value: string) =>
    sql<number>`(count(*) filter (where ${sql.ref(`v.${column}`)} = ${value}))::int`;
  return await db
    .selectFrom('visit as v')
    .leftJoin('official as o', (join) => join.onRef('o.county', '=', 'v.county').onRef('o.id', '=', 'v.official'))
    .where('v.county', '=', county)
    .where('v.met_on', '>=', period.from)
    .where('v.met_on', '<=', period.to)
    .where((eb) => within(eb, scope, visitScope))
    .groupBy(['v.official', 'o.name'])
    .select(['v.official', 'o.name'])
    .select([
      count('contact', 'met').as('met'),
      count('contact', 'phone').as('phone'),
      count('contact', 'not-at-home').as('notAtHome'),
      count('contact', 'leaflet').as('leaflet'),
      count('status', 'signed').as('signed'),
      count('means', 'proxy').as('proxied'),
      count('status', 'declined').as('declined'),
      count('status', 'unsigned').as('unsigned'),
      sql<number>`coalesce(sum(v.needs), 0)::int`.as('needs'),
    ])
    .orderBy('o.name')
    .orderBy('v.official')
    .execute();
}

export interface PromiseCounts {
  readonly made: number;
  /** Kept in the period; `late` of them after their day. */
  readonly kept: number;
  readonly late: number;
  /** Fell due in the period and were open on its last day that has passed. */
  readonly overdue: number;
}

export async function promiseCounts(
  db: Kysely<VisitTables>,
  county: number,
  scope: Scope,
  { from, to }: Period,
  today: string,
): Promise<PromiseCounts> {
  const until = to < today ? to : today;
  return await db
    .selectFrom('promise as v')
    .where('v.county', '=', county)
    .where((eb) => within(eb, scope, visitScope))
    .select([
      sql<number>`(count(*) filter (where v.made_on between ${from}::date and ${to}::date))::int`.as('made'),
      sql<number>`(count(*) filter (where v.kept_on between ${from}::date and ${to}::date))::int`.as('kept'),
      sql<number>`(count(*) filter (where v.late and v.kept_on between ${from}::date and ${to}::date))::int`.as('late'),
      sql<number>`(count(*) filter (where v.due >= ${from}::date and v.due < ${until}::date
        and (v.kept_on is null or v.kept_on > ${until}::date)))::int`.as('overdue'),
    ])
    .executeTakeFirstOrThrow();
}

/** What needs were about, where a category was given, most frequent first. */
export const themes = async (db: Kysely<VisitTables>, county: number, scope: Scope, period: Period) =>
  await db
    .selectFrom('visit as v')
    .innerJoin(sql<{ category: string }>`unnest(v.categories)`.as<'c'>(sql`c(category)`), (join) => join.onTrue())
    .where('v.county', '=', county)
    .where('v.met_on', '>=', period.from)
    .where('v.met_on', '<=', period.to)
    .where((eb) => within(eb, scope, visitScope))
    .groupBy('c.category')
    .select(['c.category', sql<number>`count(*)::int`.as('count')])
    .orderBy('count', 'desc')
    .orderBy('c.category')
    .limit(20)
    .execute();

export interface DiaryRow {
  readonly id: string;
  readonly household: string;
  readonly head: string | null;
  readonly address: string | null;
  readonly contact: string;
  readonly met_at: string;
  readonly met_on: string;
  readonly note: string;
  readonly status: string;
  readonly needs: number;
}

/** One official's entries, in the order of the days. */
export const diaryOf = async (
  db: Kysely<VisitTables>,
  county: number,
  official: string,
  { from, to }: Period,
): Promise<DiaryRow[]> =>
  await db
    .selectFrom('visit as v')
    .leftJoin('household as h', (join) => join.onRef('h.county', '=', 'v.county').onRef('h.id', '=', 'v.household'))
    .where('v.county', '=', county)
    .where('v.official', '=', official)
    .where('v.met_on', '>=', from)
    .where('v.met_on', '<=', to)
    .select([
      'v.id',
      'v.household',
      'h.head',
      'h.address',
      'v.contact',
      'v.met_at',
      'v.met_on',
      'v.note',
      'v.status',
      'v.needs',
    ])
    .orderBy('v.met_at')
    .orderBy('v.id')
    .limit(2_000)
    .execute();
