import { createHash } from 'node:crypto';
import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type RawBuilder,
  type SqlBool,
  expressionBuilder,
  sql,
} from 'kysely';
import { z } from 'zod';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';
import { Channel, Disposition, Status } from './model.ts';
import { readNumber } from './number.ts';
import { type MatterRow, type MatterTables, matterColumns } from './tables.ts';
import { PAIRS, type SoughtText, quarterOf, soughtIn } from './text.ts';

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
  /** Handed up or across and not answered yet; or due to be asked after. */
  raised: z.enum(['yes', 'due']).optional(),
  /** Came back by itself on its day, or because the policy changed. */
  back: z.enum(['recheck', 'policy']).optional(),
  /** Others have a part in it; or some part of it waits for its unit. */
  shared: z.enum(['yes', 'open']).optional(),
  /** Words, or a matter's number. */
  q: z.string().trim().max(60).optional(),
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
  /** Where the page before ended. */
  after: z.string().max(120).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export type MatterFilter = z.infer<typeof MatterFilter>;

type Eb = ExpressionBuilder<MatterTables, 'matter'>;

/** Why the reader sees it: the matter itself is theirs, or one of their units has a part in it. */
type Seen = 'own' | 'part';

/** Few beside those a unit leads: found by the part, not by the matter. */
const withPart = (county: number, { units, apart = [] }: Scope) =>
  sql`id in (select matter from matter_part where county = ${county} and unit = any(${units}::uuid[]) and state <> 'dropped'
               and matter <> all(${apart}::uuid[]))`;

const sharedOut = (county: number, open: boolean) =>
  open
    ? sql`id in (select matter from matter_part where county = ${county} and state in ('asked', 'declined'))`
    : sql`id in (select matter from matter_part where county = ${county} and state <> 'dropped')`;

/** A filter as conditions on `matter`; the same for lists, exports and counts. */
export function conditions(
  eb: Eb,
  county: number,
  scope: Scope,
  filter: Partial<MatterFilter>,
  now: string,
  me: string | undefined,
  seen: Seen = 'own',
) {
  const all = [
    eb('county', '=', county),
    seen === 'own' ? within(eb, scope, matterColumns) : sql<SqlBool>`${withPart(county, scope)}`,
  ];
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
  if (filter.raised !== undefined) all.push(eb('ask_on', 'is not', null));
  if (filter.raised === 'due') all.push(eb('ask_on', '<=', dayOf(now)));
  if (filter.back !== undefined) all.push(eb('came_back', '=', filter.back));
  if (filter.shared !== undefined) all.push(sql<SqlBool>`${sharedOut(county, filter.shared === 'open')}`);
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
      // Only what is open has a clock to stand still; said, so that the small index on those serves.
      all.push(eb('open', '=', true), sql<SqlBool>`paused` as never);
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

/** What a list is read with: a desk, or what a test has of one. */
export interface Asked {
  readonly db: Kysely<MatterTables>;
  readonly query: Query;
  readonly county: number;
  readonly now: string;
}

/**
 * One page of a list, from where the page before ended: no page costs more than the first. Who reads with a unit sees
 * what it leads, what they brought themselves, and what it has a part in: lists of their own, each by its own index, laid
 * together. Asked as one, the database walks through everyone's of that status to find the unit's (95 ms at a million).
 */
export async function listMatters(
  at: Asked,
  scope: Scope,
  filter: MatterFilter,
  me: string | undefined,
): Promise<Page> {
  if (scope.all || scope.units.length === 0) return await onePage(at, scope, filter, me, 'own');
  const searched = filter.q !== undefined && filter.q !== '';
  const beside = scope.areas.length > 0 || scope.officials.length > 0;
  const own =
    searched || !beside
      ? [onePage(at, scope, filter, me, 'own')]
      : [
          onePage(at, { ...scope, areas: [], officials: [] }, filter, me, 'own'),
          onePage(at, { ...scope, units: [] }, filter, me, 'own'),
        ];
  const part = hasParts(at, scope.units).then((has) => (has ? onePage(at, scope, filter, me, 'part') : NO_PAGE));
  return laidTogether(await Promise.all([...own, part]), filter);
}

const NO_PAGE: Page = { rows: [], next: undefined };

const hasParts = async ({ query, county }: Asked, units: readonly string[]): Promise<boolean> =>
  (
    await query(
      'matters.has-parts',
      `select from matter_part where county = $1 and unit = any($2::uuid[]) and state <> 'dropped' limit 1`,
      [county, units],
    )
  ).length > 0;

/** Pages of one order as one; what stands in several stands once. */
export function laidTogether(pages: readonly Page[], filter: Pick<MatterFilter, 'q' | 'sort' | 'size'>): Page {
  const [only, ...others] = pages.filter(({ rows }) => rows.length > 0);
  if (others.length === 0) return only ?? NO_PAGE;
  const { column, direction } = filter.q === undefined || filter.q === '' ? sorts[filter.sort] : sorts.newest;
  const sign = direction === 'asc' ? 1 : -1;
  const place = (row: MatterRow): string => row[column] ?? '\uffff';
  const rows = [...new Map(pages.flatMap((page) => page.rows.map((row) => [row.id, row] as const))).values()].toSorted(
    (a, b) => {
      const [x, y] = [place(a), place(b)];
      return x === y ? sign * (a.id < b.id ? -1 : 1) : sign * (x < y ? -1 : 1);
    },
  );
  const more = rows.length > filter.size || pages.some(({ next }) => next !== undefined);
  const shown = rows.slice(0, filter.size);
  const last = shown.at(-1);
  return { rows: shown, next: more && last !== undefined ? `${last[column] ?? NEVER}_${last.id}` : undefined };
}

async function onePage(
  at: Asked,
  scope: Scope,
  filter: MatterFilter,
  me: string | undefined,
  seen: Seen,
): Promise<Page> {
  if (filter.q !== undefined && filter.q !== '') return await searchMatters(at, scope, filter, me, seen);
  const { db, county, now } = at;
  const { column, direction } = sorts[filter.sort];
  const [key, id] = filter.after?.split('_') ?? [];
  let query = db
    .selectFrom('matter')
    .selectAll()
    .where((eb) => conditions(eb, county, scope, filter, now, me, seen));
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

/** A word is common that stands in so many of the newest 20,000 texts: its page is soon full among the newest alone. */
const COMMON = 800;
/** How many of the newest texts are looked through for a common word before the index is asked. */
const NEWEST = 1_000;
/** How far back a single character is looked for, which is no key of the index. */
const SINGLE = 20_000;
/** About so many entries of the index are taken at a time, over at most so many quarters. */
const ENTRIES = 800;
const QUARTERS = 40;

/**
 * Full text, newest first, exactly the matters whose text has every piece (a single character: among the newest 20,000).
 *
 * A common word is found among the newest texts. Any other is looked for in the index of pairs, quarter of a year by
 * quarter, back until the page is full: what stands further back costs nothing, so the cost does not grow with the stock.
 */
async function searchMatters(
  at: Asked,
  scope: Scope,
  filter: MatterFilter,
  me: string | undefined,
  by: Seen,
): Promise<Page> {
  const { db, county, now } = at;
  const typed = filter.q ?? '';
  const number = readNumber(typed);
  if (number !== undefined) {
    const rows = await db
      .selectFrom('matter')
      .selectAll()
      .where((eb) => eb.and([conditions(eb, county, scope, {}, now, me, by), eb('number', '=', number)]))
      .execute();
    return { rows, next: undefined };
  }
  const sought = soughtIn(typed);
  if (sought === undefined) return { rows: [], next: undefined };
  const { q: _q, after, sort: _s, size, ...rest } = filter;
  const [instant, id] = after?.split('_') ?? [];
  const from =
    instant !== undefined && id !== undefined && !Number.isNaN(Date.parse(instant)) && z.uuid().safeParse(id).success
      ? { at: instant, id }
      : undefined;
  const eb = expressionBuilder<MatterTables, 'matter'>();
  const seen = eb.and([
    conditions(eb, county, scope, rest, now, me, by),
    from === undefined
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(registered_at, id) < (${from.at}::timestamptz, ${from.id}::uuid)`,
  ]);
  const plain = Object.values(rest).every((v) => v === undefined);
  const search: Search = { ...at, seen, sought, wanted: size + 1, known: plain };

  let rows: MatterRow[] = [];
  if (sought.pairs.length === 0) rows = await amongNewest(search, SINGLE);
  else {
    const known = await aboutWords(search);
    // A narrower list may have its newest texts anywhere: there the index is asked at once.
    if (known.common && plain) rows = await amongNewest(search, NEWEST);
    if (rows.length < search.wanted) rows = await byQuarters(search, known.first, from?.at ?? known.last);
  }
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { rows: rows.slice(0, size), next: last === undefined ? undefined : `${last.registered_at}_${last.id}` };
}

interface Search extends Asked {
  /** Which matters the reader sees and the list holds, from where the page before ended. */
  readonly seen: Expression<SqlBool>;
  readonly sought: SoughtText;
  readonly wanted: number;
  /** Nothing but words was asked for: the few forms such a question has are worth remembering. */
  readonly known: boolean;
}

/**
 * Asks one of a search's questions. To plan it takes the database longer than to answer it, so the form everyone asks
 * in is prepared once for each connection; a form with filters of its own is planned for what it is.
 */
async function ask<R extends object>({ db, query, known }: Search, question: RawBuilder<R>): Promise<R[]> {
  if (!known) return (await question.execute(db)).rows;
  const { sql: text, parameters } = question.compile(db);
  return await query<R>(`matters.search ${createHash('md5').update(text).digest('base64')}`, text, parameters);
}

const saying = (likes: readonly string[]) =>
  likes.length === 0
    ? sql<SqlBool>`true`
    : sql<SqlBool>`${sql.join(
        // Chinese has no case, and to lower a text costs more than to look through it.
        likes.map((like) => (like.toUpperCase() !== like ? sql`lower(t.text) like ${like}` : sql`t.text like ${like}`)),
        sql` and `,
      )}`;

/** Looks through the texts of so many of the newest matters the reader sees, and stops when the page is full. */
async function amongNewest(search: Search, count: number): Promise<MatterRow[]> {
  const { county, seen, sought, wanted } = search;
  return await ask(
    search,
    sql<MatterRow>`
    select m.* from (select * from matter where ${seen} order by registered_at desc, id desc limit ${sql.lit(count)}) m
      join matter_text t on t.county = ${county} and t.id = m.id
     where ${saying(sought.likes)} order by m.registered_at desc, m.id desc limit ${wanted}`,
  );
}

/** Between which instants there are matters, and whether all the words are common: a hint, it decides only which way is shorter. */
async function aboutWords(search: Search) {
  const { county, sought } = search;
  const rows = await ask(
    search,
    sql<{ first: string | null; last: string | null; n: number | null }>`
    select (select min(registered_at) from matter where county = ${county}) as first,
           (select max(registered_at) from matter where county = ${county}) as last,
           (select min(coalesce((select n from search_word where county = ${county} and word = w), 0))
              from unnest(${sought.words}::text[]) w) as n`,
  );
  const { first, last, n } = rows[0]!;
  return { first, last, common: (n ?? 0) >= COMMON };
}

/**
 * Walks back through the quarters, each time over as many as will hold about so many entries as one look should cost,
 * and not much further than it has seen.
 */
async function byQuarters(search: Search, first: string | null, last: string | null): Promise<MatterRow[]> {
  const { county, seen, sought, wanted } = search;
  if (first === null || last === null) return [];
  const oldest = quarterOf(first);
  const found: MatterRow[] = [];
  let stride = 1;
  for (let newest = quarterOf(last); newest >= oldest && found.length < wanted;) {
    const quarters = Array.from({ length: Math.min(stride, newest - oldest + 1) }, (_, i) => newest - i);
    const keyed = sought.pairs.map((pair) => sql`t.pairs && ${quarters.map((q) => q * PAIRS + pair)}::bigint[]`);
    const rows = await ask(
      search,
      sql<MatterRow & { entries: number }>`
      with hits as materialized (
        select t.id, t.registered_at from matter_text t
         where t.county = ${county} and ${sql.join(keyed, sql` and `)} and ${saying(sought.unsure)}
      )
      select page.*, entries from (select count(*) as entries from hits) c left join lateral (
        select matter.* from (select id as hit, registered_at as hit_at from hits order by registered_at desc, id desc offset 0) h
         cross join lateral (select * from matter where county = ${county} and id = hit offset 0) matter
         where ${seen} order by hit_at desc, hit desc limit ${wanted - found.length}
      ) page on true`,
    );
    const entries = rows[0]!.entries;
    for (const { entries: _, ...row } of rows) if (row.id !== null) found.push(row);
    newest -= stride;
    stride = Math.max(1, Math.min(QUARTERS, 4 * stride, Math.floor((ENTRIES * stride) / (entries + 1))));
  }
  return found;
}

/** Ids of all matters of a county whose words are these, however many: an export is not cut off where a list would be. */
export function textsSaying(county: number, typed: string): RawBuilder<unknown> {
  const sought = soughtIn(typed);
  if (sought === undefined) return sql`select id from matter_text where false`;
  const quarters = sql`(select extract(year from min(registered_at))::int from matter where county = ${county})`;
  const keyed = sought.pairs.map(
    (pair) => sql`and t.pairs && array(
      select q * ${PAIRS}::bigint + ${pair}::bigint
        from generate_series((${quarters} - 1970) * 4, (extract(year from now())::int - 1970) * 4 + 7) q)`,
  );
  return sql`select t.id from matter_text t where t.county = ${county} ${sql.join(keyed, sql` `)} and ${saying(sought.unsure)}`;
}
