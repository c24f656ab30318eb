import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../app/operations/open.ts';
import { type Recorded, fold } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { MatterEvent } from '../matters/model.ts';
import { writeNumber } from '../matters/number.ts';
import { matters } from '../matters/rules.ts';
import { PAIRS } from '../matters/text.ts';
import { loadDemo } from '../demo/load.ts';
import { say } from './figures.ts';
import { inFolder, inHouseOf } from './house.ts';
import { historiesOfDemo, numbers, wordsOf } from './words.ts';

const WEEK_MS = 7 * 86_400_000;
/** A stock is that of five years. */
const WEEKS = 260;
/** What is closed was taken in at least so many weeks ago. */
const SETTLED = 8;
/** Share of matters not closed, in thousandths: those of the last weeks, and some that last. */
const OPEN = 16;
const BATCH = 250;

/** Few rows beside a matter's own; copied with their dates as they are. */
const beside = [
  { table: 'matter_part', columns: 'place, unit, task, due, state, asked_at, answered_at' },
  {
    table: 'matter_bounce',
    columns: 'place, township, category, from_unit, better_unit, returned_at, decided_at, decided_unit',
  },
  {
    table: 'matter_raising',
    columns: 'place, rung, name, body, ground, reason, ask_on, asked, state, raised_at, raised_by',
  },
] as const;

interface Grid {
  readonly id: string;
  readonly chain: readonly string[];
}

/**
 * Fills a county with so many more matters through the product's own bulk path: courses of the demo county's matters
 * at other times, in other places, in other words.
 */
export async function takeStock(house: House, county: number, count: number): Promise<void> {
  const { ledger } = house.system;
  const histories = await historiesOfDemo(house, county);
  const words = wordsOf(histories);
  const closed = histories.filter((h) => fold(matters, h).status === 'closed');
  const lasting = histories.filter((h) => !closed.includes(h));
  const { rows: grids } = await house.database.pool.query<Grid>(
    `select id, chain from area where county = $1 and level = 'grid' order by id`,
    [county],
  );
  const draw = numbers(7);
  let batch: History[] = [];
  let taking: Promise<unknown> = Promise.resolve();
  for (let n = 0; n < count; n++) {
    const open = draw(1_000) < OPEN;
    const from = open ? lasting : closed;
    const course = from[draw(from.length)]!;
    const shift = open ? 0 : draw(WEEKS) * WEEK_MS;
    const { subject, body } = words.pick(draw);
    batch.push(retold(county, n, course, shift, grids[draw(grids.length)]!, { subject, body }));
    if (batch.length < BATCH && n < count - 1) continue;
    await taking;
    taking = ledger.take(county, batch);
    taking.catch(() => undefined);
    batch = [];
    if (n % 2_500 < BATCH) say(`${n} of ${count} matters taken`);
  }
  await taking;
}

function retold(
  county: number,
  n: number,
  course: readonly Recorded<MatterEvent>[],
  shift: number,
  grid: Grid,
  told: { subject: string; body: string },
): History {
  const stream = idOf('stock', String(n));
  const back = (instant: string): string => new Date(Date.parse(instant) - shift).toISOString();
  const events = course.map((event) => {
    const moved = { ...unnumbered(event), stamp: { ...event.stamp, at: back(event.stamp.at) } };
    if (moved.kind !== 'matter.registered') return moved;
    const receivedAt = back(moved.receivedAt);
    const month = receivedAt.slice(2, 7).replace('-', '');
    return {
      ...moved,
      receivedAt,
      number: writeNumber('QH', month, 100_000 + n),
      place: { area: grid.id, chain: grid.chain },
      ...(moved.personal === undefined ? {} : { personal: { ...moved.personal, ...told } }),
    };
  });
  return { county, id: idOf('bench', stream), record: 'matter', stream, events };
}

/** A unit's numbers of papers are given once: what is told again has its paper as those of before have it, out of the count. */
function unnumbered(event: Recorded<MatterEvent>): Recorded<MatterEvent> {
  if (!('paper' in event) || typeof event.paper !== 'object') return event;
  const { place: _, ...paper } = event.paper;
  return { ...event, paper } as Recorded<MatterEvent>;
}

/**
 * Multiplies the taken stock by copying rows in the database: new ids and numbers, other weeks; places, words and
 * courses stay. For a stock that the bulk path would take an hour for. Indexes are made afterwards, as a restore does.
 */
export async function copyStock({ database: { pool } }: House, county: number, upTo: number): Promise<void> {
  const client = await pool.connect();
  try {
    const query = async (what: string, text: string): Promise<void> => {
      const began = performance.now();
      await client.query(text);
      say(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    };
    await client.query(
      `set synchronous_commit to off; set maintenance_work_mem to '1GB'; set work_mem to '256MB'; set idle_in_transaction_session_timeout to 0`,
    );
    const {
      rows: [count],
    } = await client.query<{ n: number }>('select count(*) as n from matter where county = $1', [county]);
    const each = Math.ceil(upTo / count!.n) - 1;
    const more = upTo - count!.n;
    // Ids begin with their time, as the product's own do: fresh records lie together in every index.
    await query(
      'planning the copies',
      `
      create temp table copies as
      select old, delta, number,
             (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(mix, 1, 3) || '8' || substr(mix, 4, 15))::uuid as id
        from (select m.id as old, d.delta, m.registered_at + d.delta as at, md5(m.id::text || k) as mix,
                     'QH' || to_char(m.registered_at + d.delta, 'YYMM') || (10000000 + row_number() over ())::text as number
                from matter m cross join generate_series(1, ${each}) k
               cross join lateral (select case when m.open then interval '0' else make_interval(days => 7 *
                 (floor(extract(epoch from now() - m.registered_at) / 604800)::int - ${SETTLED} - (random() * ${WEEKS - SETTLED} + k * 0)::int)) end as delta) d
               where m.county = ${county} limit ${more}) c`,
    );
    await client.query('create index on copies (old); analyze copies');
    const tables = ['event', 'vault', 'matter', 'matter_text', 'matter_note', 'matter_spell'];
    const { rows: indexes } = await client.query<{ name: string; table: string; text: string; key: boolean }>(
      `select i.relname as name, t.relname as table, x.indisprimary as key,
              case when x.indisprimary then pg_get_constraintdef(c.oid) else pg_get_indexdef(i.oid) end as text
         from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
         left join pg_constraint c on c.conindid = i.oid and c.contype = 'p'
        where t.relname = any($1) and t.relnamespace = current_schema()::regnamespace`,
      [tables],
    );
    // The sources must still be found by their keys while they are copied.
    for (const table of tables)
      await client.query(
        `create temp table old_${table} as select * from ${table} where county = ${county}${table === 'event' || table === 'vault' ? ` and stream in (select old from copies)` : ''}`,
      );
    for (const { name, table, key } of indexes)
      await client.query(key ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`);
    await query(
      'copying events',
      `
      insert into event
      select e.county, c.id, e.version, e.record, e.kind,
             case when e.version = 1 then jsonb_set(jsonb_set(e.data, '{number}', to_jsonb(c.number)), '{receivedAt}',
               to_jsonb(to_char((e.data->>'receivedAt')::timestamptz + c.delta, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) else e.data end,
             e.personal, e.actor, e.at + c.delta, e.recorded_at, e.command, e.device
        from copies c join old_event e on e.stream = c.old`,
    );
    await query(
      'copying the vault',
      `insert into vault select v.county, c.id, v.version, v.box from copies c join old_vault v on v.stream = c.old`,
    );
    const { rows: columns } = await client.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns where table_name = 'matter' and table_schema = current_schema() order by ordinal_position`,
    );
    const values = columns.map(({ name, type }) =>
      name === 'id'
        ? 'c.id'
        : name === 'number'
          ? 'c.number'
          : type.startsWith('timestamp')
            ? `m."${name}" + c.delta`
            : `m."${name}"`,
    );
    await query(
      'copying matters',
      `insert into matter select ${values.join(', ')} from copies c join old_matter m on m.id = c.old order by m.registered_at + c.delta`,
    );
    // The same pairs, in the quarter the copy is registered in: what keysOf makes of a text.
    await query(
      'copying texts',
      `
      insert into matter_text (county, id, registered_at, text, pairs)
      select t.county, c.id, t.registered_at + c.delta, t.text,
             (select array_agg((pair & ${PAIRS - 1}::bigint) + q.quarter * ${PAIRS} order by pair) from unnest(t.pairs) pair)
        from copies c join old_matter_text t on t.id = c.old
       cross join lateral (select (extract(year from t.registered_at + c.delta)::bigint - 1970) * 4
                                  + extract(quarter from t.registered_at + c.delta)::bigint - 1 as quarter offset 0) q
       order by t.registered_at + c.delta`,
    );
    await query(
      'copying notes',
      `
      insert into matter_note (county, id, reporter, confidential, measures, said)
      select n.county, c.id, n.reporter, n.confidential, n.measures, n.said
        from copies c join old_matter_note n on n.id = c.old order by c.id`,
    );
    await query(
      'copying spells',
      `insert into matter_spell select (o).* from (
         select jsonb_populate_record(s, jsonb_build_object('matter', c.id, 'came_at', s.came_at + c.delta, 'went_at', s.went_at + c.delta, 'due', s.due + c.delta)) as o
           from copies c join old_matter_spell s on s.matter = c.old order by s.came_at + c.delta) copied`,
    );
    for (const { table, columns: kept } of beside)
      await query(
        `copying ${table}`,
        `insert into ${table} (county, matter, ${kept}) select o.county, c.id, ${kept
          .split(', ')
          .map((column) => `o.${column}`)
          .join(', ')} from copies c join ${table} o on o.county = ${county} and o.matter = c.old`,
      );
    for (const { name, table, key, text } of indexes) {
      await query(`index ${name}`, key ? `alter table ${table} add constraint ${name} ${text}` : text);
    }
    await client.query(`drop table copies, ${tables.map((t) => `old_${t}`).join(', ')}`);
    await query(
      'gathering statistics',
      `vacuum analyze event, vault, matter, matter_text, matter_note, matter_spell, ${beside.map(({ table }) => table).join(', ')}`,
    );
    await client.query('reset all');
  } finally {
    client.release(true);
  }
}

const SMALL = 10_000;
const LARGE = 1_000_000;

/**
 * The same county at 10,000 matters and at 1,000,000, one after the other. To make the million takes minutes: with a
 * folder named in `BENCH_STOCK` both are kept there, and the next measure finds them made.
 *
 * @param quick a tenth of both
 */
export async function atBothSizes<S, L>(
  quick: boolean,
  small: (folder: string, county: number) => Promise<S>,
  large: (folder: string, county: number) => Promise<L>,
): Promise<{ small: S; large: L }> {
  const share = quick ? 0.1 : 1;
  const begin = (folder: string): Promise<number> =>
    inHouseOf(folder, async (house) => {
      say('making the demo county');
      const { county, matters } = await loadDemo({ ...house.system, database: house.database }, { full: false });
      await takeStock(house, county, Math.max(SMALL * share - matters, 0));
      await house.database.pool.query('vacuum analyze');
      return county;
    });
  const grow = (folder: string, county: number): Promise<void> =>
    inHouseOf(folder, (house) => copyStock(house, county, LARGE * share));
  const kept = process.env['BENCH_STOCK'];
  if (kept === undefined || quick)
    return await inFolder(async (folder) => {
      const county = await begin(folder);
      const first = await small(folder, county);
      await grow(folder, county);
      return { small: first, large: await large(folder, county) };
    });
  const [few, many] = [join(kept, 'small'), join(kept, 'large')];
  if (!existsSync(few)) {
    mkdirSync(few, { recursive: true });
    await begin(few);
  }
  if (!existsSync(many)) {
    // With its owner: under root the database belongs to an account of its own.
    execFileSync('cp', ['-a', few, many]);
    await grow(many, await countyIn(many));
  }
  return { small: await small(few, await countyIn(few)), large: await large(many, await countyIn(many)) };
}

const countyIn = (folder: string): Promise<number> =>
  inHouseOf(folder, async ({ database }) => {
    const { rows } = await database.pool.query<{ county: number }>('select county from matter limit 1');
    return rows[0]!.county;
  });
