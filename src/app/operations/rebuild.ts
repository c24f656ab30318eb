import { fold } from '../../ledger/decider.ts';
import { fingerprint, rebuild } from '../../ledger/rebuild.ts';
import type { Policies, Row } from '../../ledger/record.ts';
import type { System } from '../system.ts';
import { progress } from './progress.ts';

export interface Rebuilt {
  readonly events: number;
  /** Read tables whose rows were not those that follow from the ledger. */
  readonly differed: readonly string[];
  /** Kinds of records that this version does not know, with the number of their events: they stay in the ledger, unread. */
  readonly aside: ReadonlyMap<string, number>;
}

/**
 * Makes a county's read tables again while nobody writes: writers wait, readers go on with the old rows.
 * @returns which tables changed by it
 */
export async function rebuildCounty(
  system: System,
  county: number,
  progress?: (events: number) => void,
): Promise<Rebuilt> {
  const { database, ledger } = system;
  const { pool } = database;
  const guard = await pool.connect();
  try {
    await guard.query('begin');
    await guard.query('set local idle_in_transaction_session_timeout = 0');
    // Every write begins with a verdict and then its events. Locked in the same order, what was begun is waited
    // for and what comes waits; in the other order the two could wait for each other.
    await guard.query('lock table command, event in share mode');
    const before = await fingerprint(pool, ledger, county);
    const policies = await policiesOf(system, county);
    const aside = new Map<string, number>();
    const events = await rebuild(pool, ledger, county, policies, progress, (record, n) => aside.set(record, n));
    const after = await fingerprint(pool, ledger, county);
    return { events, differed: Object.keys(after).filter((name) => before[name] !== after[name]), aside };
  } finally {
    await guard.query('rollback').catch(() => undefined);
    guard.release();
  }
}

/** The same, telling whoever waits how far it is and what was left aside. @param what is being done, in words */
export async function rebuildTelling(system: System, county: number, what: string): Promise<Rebuilt> {
  const { rows } = await system.database.pool.query<{ n: number }>(
    'select count(*) as n from event where county = $1',
    [county],
  );
  const bar = progress(what, '个事件');
  const rebuilt = await rebuildCounty(system, county, (done) => bar.at(done, rows[0]!.n));
  bar.at(rebuilt.events, rebuilt.events);
  bar.end();
  for (const [record, n] of rebuilt.aside)
    process.stderr.write(`! 这个版本不认识“${record}”这种记录，${n} 个事件留在台账里，没有进读表。\n`);
  return rebuilt;
}

/**
 * The policies in force by the ledger itself. Rows of other records depend on them, and the table they are
 * usually read from is itself to be remade.
 */
async function policiesOf(system: System, county: number): Promise<Policies> {
  const { database, ledger } = system;
  const type = ledger.types.find((t) => t.name === 'policy')!;
  const { rows: streams } = await database.pool.query<{ stream: string }>(
    `select distinct stream from event where county = $1 and record = 'policy'`,
    [county],
  );
  const rows: Row[] = [];
  for (const { stream } of streams) {
    const state: unknown = fold(type.decider, await ledger.history(county, stream));
    rows.push(...(type.rows(county, stream, state, NO_POLICIES)['policy'] ?? []));
  }
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('delete from policy where county = $1', [county]);
    await client.query('insert into policy select * from jsonb_populate_recordset(null::policy, $1::jsonb)', [
      JSON.stringify(rows),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  return await system.freshPolicies(county);
}

const NO_POLICIES: Policies = {
  get(name): never {
    throw new Error(`the rows of policy documents depend on no policy, but "${name}" was asked for`);
  },
};
