import { type Expression, type SqlBool, expressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import type { Desk } from '../contract/route.ts';
import { MatterFilter, conditions, textsSaying } from '../matters/queries.ts';
import type { MatterRow, MatterTables } from '../matters/tables.ts';

/** What a figure counts beyond what a list of matters can be filtered by. */
const What = z.enum([
  'answered',
  'late15',
  'late60',
  'waiting15',
  'waiting60',
  'resolved',
  'scored',
  'by-resident',
  'by-call-back',
  'stock',
]);
export type What = z.infer<typeof What>;

/** A list's filter, the figure whose records it lists, and what they have none of. */
export const FigureFilter = MatterFilter.extend({
  what: What.optional(),
  none: z.enum(['category', 'township']).optional(),
});
export type FigureFilter = z.infer<typeof FigureFilter>;

/** The question that lists the records behind a figure: the query of `GET /api/statistics/records`. */
export type Drill = Partial<Record<Exclude<keyof MatterFilter, 'size' | 'after' | 'q'> | 'what' | 'none', string>>;

/** Elapsed days of 24 hours from registration to the first answer. */
export const DAYS = sql<number>`(extract(epoch from first_answered_at - registered_at)::float8 / 86400)`;
const WAITED = (now: string) => sql<number>`(extract(epoch from ${now}::timestamptz - registered_at)::float8 / 86400)`;

/** The filter as conditions on `matter`, within what the actor's posts reach for that action. */
export function conditionsOf(desk: Desk, action: Action, filter: Partial<FigureFilter>): Expression<SqlBool> {
  const eb = expressionBuilder<MatterTables, 'matter'>();
  const { q, what, none, ...plain } = filter;
  const all: Expression<SqlBool>[] = [
    conditions(eb, desk.county, scopeOf(desk.actor, action), plain, desk.now, actorName(desk.actor)),
  ];
  if (q !== undefined && q !== '') all.push(sql<SqlBool>`id in (${textsSaying(desk.county, q)})`);
  if (what !== undefined) all.push(counting(what, filter.to, desk.now));
  if (none !== undefined) all.push(sql<SqlBool>`${sql.ref(none)} is null`);
  return eb.and(all);
}

function counting(what: What, to: string | undefined, now: string): Expression<SqlBool> {
  switch (what) {
    case 'answered':
      return sql<SqlBool>`first_answered_at is not null`;
    case 'late15':
      return sql<SqlBool>`${DAYS} > 15`;
    case 'late60':
      return sql<SqlBool>`${DAYS} > 60`;
    case 'waiting15':
      return sql<SqlBool>`first_answered_at is null and ${WAITED(now)} > 15`;
    case 'waiting60':
      return sql<SqlBool>`first_answered_at is null and ${WAITED(now)} > 60`;
    case 'resolved':
      return sql<SqlBool>`resolved_at is not null`;
    case 'scored':
      return sql<SqlBool>`score is not null`;
    case 'by-resident':
      return sql<SqlBool>`closed_by = 'resident'`;
    case 'by-call-back':
      return sql<SqlBool>`closed_by = 'call-back'`;
    case 'stock':
      // Open at the end of a day: not closed, or closed after it.
      return to === undefined
        ? sql<SqlBool>`open`
        : sql<SqlBool>`(closed_at is null or closed_at >= (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai')`;
  }
}

const NEWEST = { than: sql.raw('<'), order: sql.raw('registered_at desc, id desc') };
const OLDEST = { than: sql.raw('>'), order: sql.raw('registered_at, id') };

export interface MatterPage {
  readonly rows: MatterRow[];
  readonly next: string | undefined;
}

/** One page of the records, by date of registration, from where the page before ended. */
export async function pageOf(
  desk: Desk,
  action: Action,
  filter: Partial<FigureFilter>,
  from: { after?: string | undefined; size: number; newest: boolean },
): Promise<MatterPage> {
  const way = from.newest ? NEWEST : OLDEST;
  const [at, id] = from.after?.split('_') ?? [];
  const sound = at !== undefined && !Number.isNaN(Date.parse(at)) && z.uuid().safeParse(id).success;
  const beyond = sound ? sql`and (registered_at, id) ${way.than} (${at}::timestamptz, ${id}::uuid)` : sql``;
  const { rows } = await sql<MatterRow>`
    select * from matter where ${conditionsOf(desk, action, filter)} ${beyond} order by ${way.order} limit ${from.size + 1}`.execute(
    desk.db,
  );
  const last = rows.length > from.size ? rows[from.size - 1] : undefined;
  return { rows: rows.slice(0, from.size), next: last === undefined ? undefined : `${last.registered_at}_${last.id}` };
}
