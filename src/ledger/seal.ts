import { type KeyObject, sign, verify as verifySignature } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { sha256 } from './vault.ts';

/** How many events one pass seals at most; keeps a pass well under a second. */
const PASS = 5_000;
/** First key of the advisory lock that makes the sealer one at a time; the second is the county. */
const SEALER = 0x6d71;

interface Sealable {
  stream: string;
  version: number;
  record: string;
  kind: string;
  data: unknown;
  personal: Buffer | null;
  actor: string;
  at: string;
  recorded_at: string;
  command: string;
  device: string | null;
}

/**
 * Gives committed events their place in the order everyone follows and chains them.
 *
 * Writers never wait for it and it never waits for a slow writer: what commits late is sealed later.
 * Each record's own order is kept, because a later event of a record is only ever written on top of a committed one.
 * @returns how many events were sealed; 0 also when another process holds the county's sealer
 */
export async function sealCounty(pool: Pool, county: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const lock = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1, $2) as held', [
      SEALER,
      county,
    ]);
    const sealed = lock.rows[0]?.held === true ? await sealPass(client, county) : 0;
    await client.query('commit');
    return sealed;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function sealPass(client: PoolClient, county: number): Promise<number> {
  const taken = await client.query<{ stream: string; first: number; last: number }>(
    `delete from unsealed u using (
        select stream, first from unsealed where county = $1 order by stream, first limit $2
     ) q where u.county = $1 and u.stream = q.stream and u.first = q.first
     returning u.stream, u.first, u.last`,
    [county, PASS],
  );
  if (taken.rows.length === 0) return 0;
  const { rows: events } = await client.query<Sealable>(
    `select e.stream, e.version, e.record, e.kind, e.data, e.personal, e.actor, e.at, e.recorded_at, e.command, e.device
       from jsonb_to_recordset($2::jsonb) as q(stream uuid, first int, last int)
       join event e on e.county = $1 and e.stream = q.stream and e.version between q.first and q.last
      order by e.recorded_at, e.stream, e.version`,
    [county, JSON.stringify(taken.rows)],
  );
  const { rows: tail } = await client.query<{ seq: number; hash: Buffer }>(
    'select seq, hash from seal where county = $1 order by seq desc limit 1',
    [county],
  );
  let seq = tail[0]?.seq ?? 0;
  let hash = tail[0]?.hash ?? genesis(county);
  const seals = events.map((event) => {
    seq += 1;
    hash = link(hash, county, event);
    return { county, seq, stream: event.stream, version: event.version, hash: `\\x${hash.toString('hex')}` };
  });
  await client.query('insert into seal select * from jsonb_populate_recordset(null::seal, $1::jsonb)', [
    JSON.stringify(seals),
  ]);
  return seals.length;
}

/** Seals until nothing is left. Returns the number of events sealed. */
export async function sealAll(pool: Pool, county: number): Promise<number> {
  for (let total = 0; ;) {
    const sealed = await sealCounty(pool, county);
    if (sealed === 0) return total;
    total += sealed;
  }
}

const genesis = (county: number): Buffer => sha256(`minqing ledger ${county}`);

const link = (previous: Buffer, county: number, e: Sealable): Buffer =>
  sha256(
    previous,
    canonical([
      county,
      e.stream,
      e.version,
      e.record,
      e.kind,
      e.data,
      e.personal?.toString('hex') ?? null,
      e.actor,
      e.at,
      e.recorded_at,
      e.command,
      e.device,
    ]),
  );

/** JSON with sorted keys: the same value always gives the same bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Signs the chain's present end as the checkpoint of a day; the first one of a day stands. */
export async function checkpoint(pool: Pool, county: number, day: string, at: string, key: KeyObject): Promise<void> {
  const { rows } = await pool.query<{ seq: number; hash: Buffer }>(
    'select seq, hash from seal where county = $1 order by seq desc limit 1',
    [county],
  );
  const tail = rows[0];
  if (tail === undefined) return;
  const signature = sign(null, checkpointText(county, day, tail.seq, tail.hash), key);
  await pool.query('insert into checkpoint values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [
    county,
    day,
    tail.seq,
    tail.hash,
    signature,
    at,
  ]);
}

const checkpointText = (county: number, day: string, seq: number, hash: Buffer): Buffer =>
  Buffer.from(`minqing checkpoint ${county} ${day} ${seq} ${hash.toString('hex')}`);

/** One thing found wrong, in words: which row and what about it. */
export interface Fault {
  readonly seq?: number;
  readonly stream?: string;
  readonly version?: number;
  readonly what: 'changed' | 'missing' | 'unchained' | 'box-changed' | 'file-changed' | 'gap' | 'checkpoint';
}

export interface Proof {
  readonly sealed: number;
  readonly unsealed: number;
  readonly checkpoints: number;
  readonly erased: number;
  readonly faults: readonly Fault[];
}

/** A file outside the ledger that an event vouches for: `files: [{ id, hash }]` among its data, SHA-256 of the box in hex. */
interface Vouched {
  readonly id: string;
  readonly hash: string;
}

function filesOf(data: unknown): readonly Vouched[] {
  const files = (data as { files?: unknown } | null)?.files;
  return Array.isArray(files) ? (files as Vouched[]) : [];
}

async function fileHashes(pool: Pool, county: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<Vouched>(
    `select id, encode(sha256(box), 'hex') as hash from file where county = $1 and id = any($2::uuid[])`,
    [county, ids],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/**
 * Proves a county's chain from its first event to its last and says which rows were touched.
 * An erased personal part is lawful (the box is gone); a changed one is a fault.
 * @param publicKey the checkpoints' key; without it signatures are not judged
 */
export async function verifyCounty(
  pool: Pool,
  county: number,
  options: { publicKey?: KeyObject; progress?: (done: number, of: number) => void } = {},
): Promise<Proof> {
  const count = await pool.query<{ sealed: number; events: number; unsealed: number }>(
    `select (select coalesce(max(seq), 0) from seal where county = $1)::int8 as sealed,
            (select count(*) from event where county = $1) as events,
            (select coalesce(sum(last - first + 1), 0)::int8 from unsealed where county = $1) as unsealed`,
    [county],
  );
  const { sealed, events, unsealed } = count.rows[0]!;
  const faults: Fault[] = [];
  let seq = 0;
  let erased = 0;
  let previous = genesis(county);
  const hashes = new Map<number, Buffer>();
  const marks = await pool.query<{ day: string; seq: number; hash: Buffer; signature: Buffer }>(
    'select day, seq, hash, signature from checkpoint where county = $1 order by seq',
    [county],
  );
  const marked = new Set(marks.rows.map((m) => m.seq));

  for (;;) {
    const { rows } = await pool.query<Sealable & { seq: number; hash: Buffer; box: Buffer | null; there: boolean }>({
      name: 'ledger.verify',
      text: `select s.seq, s.hash, s.stream, s.version, e.record, e.kind, e.data, e.personal, e.actor, e.at,
                    e.recorded_at, e.command, e.device, e.county is not null as there, v.box
               from seal s
               left join event e using (county, stream, version)
               left join vault v using (county, stream, version)
              where s.county = $1 and s.seq > $2 order by s.seq limit 2000`,
      values: [county, seq],
    });
    if (rows.length === 0) break;
    const vouched: (Vouched & { where: { seq: number; stream: string; version: number } })[] = [];
    for (const row of rows) {
      const where = { seq: row.seq, stream: row.stream, version: row.version };
      if (row.seq !== seq + 1) faults.push({ ...where, what: 'gap' });
      if (!row.there) faults.push({ ...where, what: 'missing' });
      else if (!link(previous, county, row).equals(row.hash)) faults.push({ ...where, what: 'changed' });
      if (row.personal !== null && row.box === null) erased += 1;
      if (row.there && row.box !== null && (row.personal === null || !sha256(row.box).equals(row.personal))) {
        faults.push({ ...where, what: 'box-changed' });
      }
      for (const named of filesOf(row.data)) vouched.push({ ...named, where });
      seq = row.seq;
      previous = row.hash;
      if (marked.has(seq)) hashes.set(seq, row.hash);
    }
    const stored = await fileHashes(
      pool,
      county,
      vouched.map(({ id }) => id),
    );
    for (const { id, hash, where } of vouched) {
      const found = stored.get(id);
      if (found === undefined) erased += 1;
      else if (found !== hash) faults.push({ ...where, what: 'file-changed' });
    }
    options.progress?.(seq, sealed);
  }

  // An event that is neither sealed nor waiting was slipped in, or its place was torn out.
  if (events !== sealed - faults.filter((f) => f.what === 'missing').length + unsealed) {
    const { rows } = await pool.query<{ stream: string; version: number }>(
      `select e.stream, e.version from event e
        where e.county = $1
          and not exists (select from seal s where s.county = $1 and s.stream = e.stream and s.version = e.version)
          and not exists (select from unsealed u where u.county = $1 and u.stream = e.stream and e.version between u.first and u.last)
        limit 100`,
      [county],
    );
    faults.push(...rows.map((row) => ({ ...row, what: 'unchained' as const })));
  }
  for (const mark of marks.rows) {
    const same = hashes.get(mark.seq)?.equals(mark.hash) === true;
    const signed =
      options.publicKey === undefined ||
      verifySignature(null, checkpointText(county, mark.day, mark.seq, mark.hash), options.publicKey, mark.signature);
    if (!same || !signed) faults.push({ seq: mark.seq, what: 'checkpoint' });
  }
  return { sealed: seq, unsealed, checkpoints: marks.rows.length, erased, faults };
}
