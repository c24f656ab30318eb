import { type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import { Channel, Disposition, Status } from './model.ts';
import { readNumber } from './number.ts';
import { type MatterRow, type MatterTables, matterColumns } from './tables.ts';
import { likeOf, piecesOf, tsqueryOf } from './text.ts';

/** How a list is asked for: every filter is optional, and the whole question fits in an address. */
export const MatterFilter = z.object({
  status: Status.optional(),
  /** late: the running clock is over; today: it ends today; open: not closed yet; asked: the resident's word is waited for. */
  when: z.enum(['late', 'today', 'open', 'closed', 'paused', 'asked']).optional(),
  unit: z.uuid().optional(),
  township: z.uuid().optional(),
  village: z.uuid().optional(),
  household: z.uuid().optional(),
  channel: Channel.optional(),
  category: z.string().max(80).optional(),
  disposition: Disposition.optional(),
  /** Registered from this day to that one, both included (Shanghai). */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  mine: z.enum(['handler', 'leader', 'official']).optional(),
  reopened: z.enum(['yes']).optional(),
  returned: z.enum(['yes']).optional(),
  /** Words, or a matter's number. */
  q: z.string().trim().max(60).optional(),
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
  /** Where the page before ended. */
  after: z.string().max(120).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export type MatterFilter = z.infer<typeof MatterFilter>;

type Eb = ExpressionBuilder<MatterTables, 'matter'>;

/** A filter as conditions on `matter`; the same for lists, exports and counts. */
export function conditions(
  eb: Eb,
  county: number,
  scope: Scope,
  filter: Partial<MatterFilter>,
  now: string,
  me: string | undefined,
) {
  const all = [eb('county', '=', county), within(eb, scope, matterColumns)];
  const is = <C extends keyof MatterRow>(column: C, value: unknown): void => {
    if (value !== undefined) all.push(eb(column, '=', value as never));
  };
  is('status', filter.status);
  // Says nothing new, but lets a list of what is not closed use the small indexes on open matters.
  if (filter.status !== undefined) all.push(eb('open', '=', filter.status !== 'closed'));
  is('unit', filter.unit);
  is('township', filter.township);
  is('village', filter.village);
  is('household', filter.household);
  is('channel', filter.channel);
  is('disposition', filter.disposition);
  // A category's id begins with its parent's, so a branch of the tree is one prefix.
  if (filter.category !== undefined) all.push(eb('category', 'like', `${filter.category.replace(/[%_\\]/g, '')}%`));
  if (filter.mine !== undefined && me !== undefined) is(filter.mine, me);
  if (filter.reopened === 'yes') all.push(eb('reopenings', '>', 0));
  if (filter.returned === 'yes') all.push(eb('returns', '>', 0));
  if (filter.from !== undefined)
    all.push(sql<SqlBool>`registered_at >= (${filter.from}::date)::timestamp at time zone 'Asia/Shanghai'` as never);
  if (filter.to !== undefined)
    all.push(sql<SqlBool>`registered_at < (${filter.to}::date + 1)::timestamp at time zone 'Asia/Shanghai'` as never);
  switch (filter.when) {
    case 'late':
      all.push(eb('open', '=', true), eb('due', '<', now));
      break;
    case 'today':
      all.push(
        eb('open', '=', true),
        eb('due', '>=', now),
        sql<SqlBool>`due < (date_trunc('day', ${now}::timestamptz at time zone 'Asia/Shanghai') + interval '1 day') at time zone 'Asia/Shanghai'` as never,
      );
      break;
    case 'open':
      all.push(eb('open', '=', true));
      break;
    case 'closed':
      all.push(eb('open', '=', false));
      break;
    case 'paused':
      all.push(eb('paused', '=', true));
      break;
    case 'asked':
      all.push(eb('open', '=', true), eb('status', '=', 'resolved'), eb('clock', 'is not', null));
      break;
    case undefined:
      break;
  }
  return eb.and(all);
}

const sorts = {
  due: { column: 'due', direction: 'asc' },
  newest: { column: 'registered_at', direction: 'desc' },
  oldest: { column: 'registered_at', direction: 'asc' },
} as const;

/** Matters without a running clock come last in the order of dates. */
const NEVER = 'infinity';

export interface Page {
  readonly rows: MatterRow[];
  readonly next: string | undefined;
}

/** One page of a list, from where the page before ended: no page costs more than the first. */
export async function listMatters(
  db: Kysely<MatterTables>,
  county: number,
  scope: Scope,
  filter: MatterFilter,
  now: string,
  me: string | undefined,
): Promise<Page> {
  if (filter.q !== undefined && filter.q !== '') return await searchMatters(db, county, scope, filter, now, me);
  const { column, direction } = sorts[filter.sort];
  const [key, id] = filter.after?.split('_') ?? [];
  let query = db
    .selectFrom('matter')
    .selectAll()
    .where((eb) => conditions(eb, county, scope, filter, now, me));
  if (filter.sort === 'due' && filter.when === undefined && filter.status === undefined)
    query = query.where('open', '=', true);
  if (key !== undefined && id !== undefined && z.uuid().safeParse(id).success) {
    const place = key === NEVER ? sql`'infinity'::timestamptz` : sql`${key}::timestamptz`;
    const than = sql.raw(direction === 'asc' ? '>' : '<');
    query = query.where(
      key === NEVER
        ? sql<SqlBool>`due is null and id > ${id}`
        : column === 'due'
          ? sql<SqlBool>`(due > ${key}::timestamptz or (due = ${key}::timestamptz and id > ${id}) or due is null)`
          : sql<SqlBool>`(${sql.ref(column)}, id) ${than} (${place}, ${id}::uuid)`,
    );
  }
  const rows = await query
    .orderBy(column, direction === 'asc' ? (ob) => ob.asc().nullsLast() : (ob) => ob.desc())
    .orderBy('id', direction)
    .limit(filter.size + 1)
    .execute();
  const last = rows.length > filter.size ? rows[filter.size - 1] : undefined;
  return {
    rows: rows.slice(0, filter.size),
    next: last === undefined ? undefined : `${last[column] ?? NEVER}_${last.id}`,
  };
}

/** How many of the newest texts are looked through before the word index is asked. */
const RECENT = 3_000;
/**
 * Looked through for a single character, which is no word of the index, and no further; and for a word with so many hits
 * among the newest that the page is full before long.
 */
const WIDE = 20_000;
const MIDDLING = 6;

/**
 * Full text, newest first. A common word is found among the newest texts without touching the index; a rare
 * one has so few entries in the index that all can be sorted. Either way the cost does not grow with the stock.
 */
async function searchMatters(
  db: Kysely<MatterTables>,
  county: number,
  scope: Scope,
  filter: MatterFilter,
  now: string,
  me: string | undefined,
): Promise<Page> {
  const typed = filter.q ?? '';
  const number = readNumber(typed);
  if (number !== undefined) {
    const rows = await db
      .selectFrom('matter')
      .selectAll()
      .where((eb) => eb.and([conditions(eb, county, scope, {}, now, me), eb('number', '=', number)]))
      .execute();
    return { rows, next: undefined };
  }
  const words = tsqueryOf(typed);
  if (words === undefined) return { rows: [], next: undefined };
  const pieces = piecesOf(typed).map(likeOf);
  // Two characters are one word of the index: where it has them the text has them, and need not be read.
  const unsure = piecesOf(typed)
    .filter((p) => !/^\p{Script=Han}{2}$/u.test(p))
    .map(likeOf);
  const skip = Math.min(Math.max(Number(filter.after ?? 0) || 0, 0), 10_000);
  const wanted = skip + filter.size + 1;
  const { q: _q, after: _a, sort: _s, size: _z, ...rest } = filter;
  const plain = Object.values(rest).every((v) => v === undefined);
  const single = piecesOf(typed).every((piece) => [...piece].length === 1);

  const newest = (window: number) => sql<{ id: string }>`
    select id from (
      select id, text, township, village, grid, unit, registered_at from matter_text
       where county = ${county} ${within_(scope)} order by registered_at desc limit ${window}
    ) t where ${sql.join(
      pieces.map((p) => sql`lower(text) like ${p}`),
      sql` and `,
    )}
    order by registered_at desc limit ${plain ? wanted : 5_000}`;
  const hits = sql`
    select id, registered_at from matter_text
     where county = ${county} ${within_(scope)} and words @@ ${words}::tsquery
       ${
         unsure.length === 0
           ? sql``
           : sql`and ${sql.join(
               unsure.map((p) => sql`lower(text) like ${p}`),
               sql` and `,
             )}`
       }`;
  // Asked only when the word is rare: then all its entries are sorted, and the planner must not walk by date instead
  // (a Latin word nobody wrote: 1 s by date at a million texts, 8 ms by its entries).
  const indexed = plain
    ? sql<{
        id: string;
      }>`with hits as materialized (${hits}) select id from hits order by registered_at desc limit ${wanted}`
    : sql<{ id: string }>`${hits} order by registered_at desc limit 5000`;
  let ids = plain || single ? (await newest(single ? WIDE : RECENT).execute(db)).rows : [];
  // A word neither common nor rare is found a little further back sooner than all its entries are sorted.
  if (ids.length < wanted && ids.length >= MIDDLING && !single) ids = (await newest(WIDE).execute(db)).rows;
  if (ids.length < wanted && !single) ids = (await indexed.execute(db)).rows;
  if (ids.length === 0) return { rows: [], next: undefined };
  const rows = await db
    .selectFrom('matter')
    .selectAll()
    .where((eb) =>
      eb.and([
        conditions(eb, county, scope, rest, now, me),
        eb(
          'id',
          'in',
          ids.map((r) => r.id),
        ),
      ]),
    )
    .orderBy('registered_at', 'desc')
    .orderBy('id', 'desc')
    .offset(skip)
    .limit(filter.size + 1)
    .execute();
  return { rows: rows.slice(0, filter.size), next: rows.length > filter.size ? String(skip + filter.size) : undefined };
}

/** The scope on `matter_text`, which knows places and the unit but no persons: those are asked of `matter` afterwards. */
const within_ = (scope: Scope) => {
  if (scope.all || scope.officials.length > 0) return sql``;
  const either = [
    ...(scope.areas.length === 0
      ? []
      : [
          sql`township = any(${scope.areas}::uuid[])`,
          sql`village = any(${scope.areas}::uuid[])`,
          sql`grid = any(${scope.areas}::uuid[])`,
        ]),
    ...(scope.units.length === 0 ? [] : [sql`unit = any(${scope.units}::uuid[])`]),
  ];
  return either.length === 0 ? sql`and false` : sql`and (${sql.join(either, sql` or `)})`;
};
