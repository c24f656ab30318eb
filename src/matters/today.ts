import { type Kysely, type SqlBool, expressionBuilder, sql } from 'kysely';
import { mayAtAll, scopeOf } from '../access/access.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { listItem, namesFor } from './present.ts';
import { conditions } from './queries.ts';
import { type MatterRow, type MatterTables, matterColumns } from './tables.ts';
import { t } from './english.ts';

/** How many of each group the first page shows; the rest is one click further. */
const SHOWN = 30;
const COUNTED = 1_000;

type Key = 'late' | 'today' | 'part' | 'ask' | 'word' | 'new';
const titles = {
  late: '超期',
  today: '今天到期',
  part: '等我们协办的',
  ask: '该去问上面的',
  word: '等我一句话',
  new: '新来的',
} as const satisfies Record<Key, string>;

/**
 * What needs me today, in the order it hurts. Each matter stands in the first group it belongs to.
 * Only work that is mine to do is here: a resolved matter waits for the desk's call-back, not for the handler.
 */
export const todayRoutes = {
  'GET /api/today': route({
    action: 'matter.read',
    summary: 'What needs me today: late, due today, waiting for my word, new',
    async handle(desk) {
      const found = await Promise.all([
        group(desk, 'late'),
        group(desk, 'today'),
        partGroup(desk),
        askGroup(desk),
        group(desk, 'word'),
        group(desk, 'new'),
      ]);
      const groups = eachOnce(found);
      const names = await namesFor(
        desk,
        groups.flatMap((g) => g.rows),
      );
      const calendar = desk.policies.get<Calendar>('calendar');
      return {
        groups: groups.map(({ key, rows, total }) => ({
          key,
          title: t(titles[key]),
          total,
          items: rows.map((row) => listItem(row, names, desk.now, calendar)),
        })),
      };
    },
  }),
} satisfies Routes;

interface Group {
  readonly key: Key;
  readonly rows: readonly MatterRow[];
  readonly total: number;
}

/** What stood in a group before does not stand in a later one. */
function eachOnce(groups: readonly Group[]): Group[] {
  const seen = new Set<string>();
  return groups.map(({ key, rows, total }) => {
    const fresh = rows.filter((row) => !seen.has(row.id));
    for (const { id } of fresh) seen.add(id);
    return { key, rows: fresh, total: total - (rows.length - fresh.length) };
  });
}

const counted = async (
  desk: Desk,
  key: Key,
  name: string,
  chosen: string,
  values: readonly unknown[],
): Promise<Group> => {
  const rows = await desk.query<MatterRow & { total: number }>(
    name,
    `select m.*, count(*) over () as total from (${chosen}) o
       join matter m on m.county = $1 and m.id = o.matter order by o.at, m.id limit ${SHOWN}`,
    [desk.county, ...values],
  );
  return { key, rows, total: rows[0]?.total ?? 0 };
};

/** Parts of others' matters that wait for one of my units, the most pressing first. */
async function partGroup(desk: Desk): Promise<Group> {
  if (!mayAtAll(desk.actor, 'matter.answer-part')) return { key: 'part', rows: [], total: 0 };
  return await counted(
    desk,
    'part',
    'today.parts',
    `select matter, min(due) as at from matter_part
      where county = $1 and unit = any($2::uuid[]) and matter <> all($3::uuid[]) and state in ('asked', 'declined') group by matter limit ${COUNTED}`,
    [unitsOf(desk.actor), scopeOf(desk.actor, 'matter.read').apart ?? []],
  );
}

/** Matters handed up whose day to ask has come, of those I may ask for. */
async function askGroup(desk: Desk): Promise<Group> {
  if (!mayAtAll(desk.actor, 'matter.hear-above')) return { key: 'ask', rows: [], total: 0 };
  return await counted(
    desk,
    'ask',
    'today.ask',
    `select id as matter, ask_on as at from matter
      where county = $1 and open and ask_on <= $2::date
        and ${withinSql(3, matterColumns)}
      order by ask_on limit ${COUNTED}`,
    [dayOf(desk.now), ...scopeValues(scopeOf(desk.actor, 'matter.hear-above'))],
  );
}

async function group(desk: Desk, key: Exclude<Key, 'part' | 'ask'>): Promise<Group> {
  const db = desk.db as Kysely<MatterTables>;
  const scope = scopeOf(desk.actor, 'matter.read');
  const calls = mayAtAll(desk.actor, 'matter.call-back');
  const dispatches = mayAtAll(desk.actor, 'matter.dispatch');
  const decides = mayAtAll(desk.actor, 'matter.decide-extension');
  const handles = mayAtAll(desk.actor, 'matter.acknowledge');
  const now = sql`${desk.now}::timestamptz`;
  const tonight = sql`((date_trunc('day', ${now} at time zone 'Asia/Shanghai') + interval '1 day') at time zone 'Asia/Shanghai')`;

  // Only a clock that runs makes a call-back owed: an answer taken over from a board keeps the board's own state.
  const asked = sql<SqlBool>`(status = 'resolved' and clock is not null)`;
  // Whose turn it is follows from the status; a reader without any turn (leader, auditor) sees what is late.
  // What was put off is due on the day set for looking again.
  const turns = [
    ...(dispatches ? [sql<SqlBool>`status = 'registered'`] : []),
    ...(handles || decides ? [sql<SqlBool>`status in ('dispatched', 'handling', 'deferred')`] : []),
    ...(calls ? [asked] : []),
  ];
  const mine =
    turns.length === 0
      ? sql<SqlBool>`status in ('registered', 'dispatched', 'handling', 'deferred')`
      : sql<SqlBool>`(${sql.join(turns, sql` or `)})`;
  const words = [
    ...(decides
      ? [
          sql<SqlBool>`(extension_asked is not null and extension_asked <> ${actorName(desk.actor)})`,
          sql<SqlBool>`return_asked`,
        ]
      : []),
    ...(calls || handles ? [sql<SqlBool>`(cardinality(to_tell) > 0 or papers_owed > 0)`] : []),
    ...(calls ? [asked] : []),
    sql<SqlBool>`false`,
  ];
  const word = sql<SqlBool>`(${sql.join(words, sql` or `)})`;
  const fresh = sql<SqlBool>`(${sql.join(
    [
      ...(dispatches ? [sql<SqlBool>`status = 'registered'`] : []),
      ...(handles ? [sql<SqlBool>`status = 'dispatched'`, sql<SqlBool>`came_back is not null`] : []),
      sql<SqlBool>`false`,
    ],
    sql` or `,
  )})`;
  const late = sql<SqlBool>`(${mine} and due < ${now})`;
  const today = sql<SqlBool>`(${mine} and due >= ${now} and due < ${tonight})`;
  const not = (condition: typeof late) => sql<SqlBool>`not coalesce(${condition}, false)`;
  const is: Record<Exclude<Key, 'part' | 'ask'>, ReturnType<typeof sql<SqlBool>>> = {
    late,
    today,
    word: sql<SqlBool>`${word} and ${not(late)} and ${not(today)}`,
    new: sql<SqlBool>`${fresh} and not ${word} and ${not(late)} and ${not(today)}`,
  };

  // Nobody's turn, nothing to ask.
  if ((key === 'word' && words.length === 1) || (key === 'new' && !dispatches && !handles))
    return { key, rows: [], total: 0 };
  const eb = expressionBuilder<MatterTables, 'matter'>();
  // What is merged is handled on its main matter; only its own person's word is still to be heard or told.
  const own = sql<SqlBool>`(merged_into is null or status = 'resolved' or cardinality(to_tell) > 0)`;
  const chosen = eb.and([conditions(eb, desk.county, scope, { when: 'open' }, desk.now, undefined), own, is[key]]);
  // The first ones and how many there are, from one walk. Past a thousand nobody needs the exact figure; counting on
  // would make the first page slow for a county.
  const { rows } = await sql<MatterRow & { total: number }>`
    with owed as materialized (
      select id, due from matter where ${chosen} order by due asc nulls last, id limit ${COUNTED}
    )
    select matter.*, (select count(*) from owed) as total
      from (select id as first, due as first_due from owed order by due asc nulls last, id limit ${SHOWN}) s
     cross join lateral (select * from matter where county = ${desk.county} and id = first offset 0) matter
     order by first_due asc nulls last, first`.execute(db);
  return { key, rows, total: rows[0]?.total ?? 0 };
}
