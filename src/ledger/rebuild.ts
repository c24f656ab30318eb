import type { Pool } from 'pg';
import type { EventRow, Ledger } from './ledger.ts';
import type { Policies, Row } from './record.ts';
import { newWriting } from './write.ts';
import { copyAll } from './bulk.ts';

const BATCH = 10_000;

/**
 * Makes the read tables of a county again from its ledger, in one transaction: readers see the old rows until the new ones stand.
 *
 * Records of a kind this version does not know are left aside: their events stay in the chain, and no page shows them.
 * @param leaves is told each such kind of record and how many events of it there are
 * @returns the number of events read
 */
export async function rebuild(
  pool: Pool,
  ledger: Ledger,
  county: number,
  policies: Policies,
  progress?: (events: number) => void,
  leaves?: (record: string, events: number) => void,
): Promise<number> {
  const tables = await ledger.tables();
  const types = new Map(ledger.types.map((t) => [t.name, t]));
  const client = await pool.connect();
  const reader = await pool.connect();
  try {
    await client.query('begin');
    await reader.query('begin isolation level repeatable read read only');
    for (const name of tables.keys()) await client.query(`delete from "${name}" where county = $1`, [county]);
    await reader.query(
      `declare history no scroll cursor for
         select e.stream, e.record, e.version, e.kind, e.data, e.actor, e.at, e.recorded_at, v.box
           from event e left join vault v using (county, stream, version)
          where e.county = ${Number(county)} order by e.stream, e.version`,
    );
    let done = 0;
    let open: (EventRow & { stream: string })[] = [];
    let writing = newWriting(county);
    let waiting = 0;
    const aside = new Map<string, number>();
    const close = (): void => {
      const first = open[0];
      if (first === undefined) return;
      const type = types.get(first.record);
      if (type === undefined) {
        aside.set(first.record, (aside.get(first.record) ?? 0) + open.length);
        open = [];
        return;
      }
      const rows = type.rows(county, first.stream, ledger.foldRows(first.record, open), policies);
      for (const [table, add] of Object.entries(rows)) {
        const list = writing.put.get(table) ?? [];
        list.push(...(add as Row[]));
        writing.put.set(table, list);
        waiting += add.length;
      }
      open = [];
    };
    // The next events are fetched and folded while the database takes the rows of the last ones.
    const fetch = (): Promise<{ rows: (EventRow & { stream: string })[] }> => {
      const fetching = reader.query<EventRow & { stream: string }>(`fetch ${BATCH} from history`);
      fetching.catch(() => undefined);
      return fetching;
    };
    let written: Promise<unknown> = Promise.resolve();
    const flush = async (): Promise<void> => {
      await written;
      if (waiting > 0) written = copyAll(client, writing, tables);
      written.catch(() => undefined);
      writing = newWriting(county);
      waiting = 0;
    };
    for (let next = fetch(); ;) {
      const { rows } = await next;
      if (rows.length === 0) break;
      next = fetch();
      for (const row of rows) {
        if (open.length > 0 && open[0]!.stream !== row.stream) close();
        open.push(row);
      }
      done += rows.length;
      await flush();
      progress?.(done);
    }
    close();
    await flush();
    await written;
    await client.query('commit');
    for (const [record, events] of aside) leaves?.(record, events);
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await reader.query('rollback').catch(() => undefined);
    reader.release();
    client.release();
  }
}

/** A fingerprint of every read table of a county, independent of row order: what `rebuild` must not change. */
export async function fingerprint(pool: Pool, ledger: Ledger, county: number): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const name of (await ledger.tables()).keys()) {
    const { rows } = await pool.query<{ print: string }>(
      `select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 7)::numeric), 0)::text as print from "${name}" t where county = $1`,
      [county],
    );
    prints[name] = rows[0]!.print;
  }
  return prints;
}
