import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { systemCode } from '../../storage/problem.ts';
import type { System } from '../system.ts';
import { keyPrint } from './checkpoint-key.ts';
import { Problem, exits } from './problem.ts';

/** First line of an archive. The lines after it are `["table",{row}]`, the last one is the trailer. */
export interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly madeAt: string;
  readonly counties: readonly { county: number; name: string }[];
  /** Migrations applied where it was made: a program that lacks one of them cannot read it. */
  readonly migrations: readonly string[];
  /** Tells whether a master key is the right one. */
  readonly keyPrint: string;
  /** The master key itself (base64), only when asked for. */
  readonly key?: string;
}
export interface Trailer {
  readonly end: true;
  readonly rows: Readonly<Record<string, number>>;
  /** SHA-256 of every line before this one, line ends included. */
  readonly sha256: string;
}
export const FORMAT = 'minqing-backup';
export const FORMAT_VERSION = 1;

/**
 * Tables an archive leaves out besides the read tables: they say who may come in at this moment, and a restored
 * house must not let old sessions back in. Every other table is kept, also one that is added tomorrow.
 */
const MOMENTARY = new Set([
  'session',
  'limit_count',
  'passkey_challenge',
  'setup_link',
  'migration',
  // Two archives would tell which ballots came between them; a review that was open is held again (src/ballots).
  'ballot_urn',
]);
const BATCH = 2_000;
/** Rows that hold a picture each: about a megabyte as text. */
const FILES = 8;

/** What `backup` writes and `restore` fills, in this order. */
export async function keptTables(client: Pick<PoolClient, 'query'>, system: System): Promise<string[]> {
  const read = await system.ledger.tables();
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() order by tablename`,
  );
  return rows.map((r) => r.name).filter((name) => !read.has(name) && !MOMENTARY.has(name));
}

/**
 * Writes the whole house into one file: everything outside the read tables, as it stood at one moment, whoever
 * writes meanwhile. Memory stays flat. The file appears under its name only when it is whole and on the disk.
 * @param key the master key; it goes into the archive only with `withKey`
 * @returns rows by table
 */
export async function backup(
  system: System,
  file: string,
  options: { key: Uint8Array; withKey: boolean; force: boolean; progress?: (rows: number, of: number) => void },
): Promise<Trailer> {
  if (!options.force && existsSync(file)) {
    throw new Problem(exits.usage, `${file} 已经存在。请换个文件名，确要覆盖请加 --force。`);
  }
  const draft = `${file}.part`;
  const client = await system.database.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // A slow disk on our side must not end the snapshot.
    await client.query('set local idle_in_transaction_session_timeout = 0');
    let trailer: Trailer | undefined;
    const lines = async function* (): AsyncGenerator<string> {
      const sum = createHash('sha256');
      for await (const part of archive(client, system, options)) {
        if (typeof part === 'string') {
          sum.update(part);
          yield part;
        } else trailer = { end: true, rows: part, sha256: sum.digest('hex') };
      }
      yield `${JSON.stringify(trailer)}\n`;
    };
    rmSync(draft, { force: true });
    // The archive holds names in the clear columns of other tables: for its owner's eyes only.
    await pipeline(
      Readable.from(lines()),
      createGzip({ level: 5 }),
      createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
    );
    await syncToDisk(draft);
    renameSync(draft, file);
    await syncToDisk(dirname(resolve(file)));
    return trailer!;
  } catch (error) {
    rmSync(draft, { force: true });
    const reason = { ENOENT: '文件夹不存在', EACCES: '没有写权限', ENOSPC: '磁盘已满', EROFS: '磁盘是只读的' }[
      systemCode(error)
    ];
    if (reason !== undefined) throw new Problem(exits.environment, `备份写不进 ${file}：${reason}。请换一个地方。`);
    throw error;
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** The archive's lines in blocks, then how many rows each table gave. */
async function* archive(
  client: PoolClient,
  system: System,
  options: { key: Uint8Array; withKey: boolean; progress?: (rows: number, of: number) => void },
): AsyncGenerator<string | Record<string, number>> {
  const { rows: counties } = await client.query<{ county: number; name: string }>(
    'select county, name from county order by county',
  );
  const { rows: migrations } = await client.query<{ name: string }>('select name from migration order by number');
  const header: Header = {
    format: FORMAT,
    version: FORMAT_VERSION,
    madeAt: new Date().toISOString(),
    counties,
    migrations: migrations.map((m) => m.name),
    keyPrint: keyPrint(options.key),
    ...(options.withKey ? { key: Buffer.from(options.key).toString('base64') } : {}),
  };
  yield `${JSON.stringify(header)}\n`;
  const tables = await keptTables(client, system);
  const {
    rows: [guess],
  } = await client.query<{ rows: number }>(
    'select coalesce(sum(greatest(reltuples, 0)), 0)::int8 as rows from pg_class where oid = any($1::regclass[])',
    [tables],
  );
  const counts: Record<string, number> = {};
  let done = 0;
  for (const table of tables) {
    let count = 0;
    // PostgreSQL writes each row as JSON itself: exact to the microsecond and the last digit, and quicker than we would.
    await client.query(
      `declare rows no scroll cursor for select '["${table}",' || row_to_json(t)::text || ']' as line from "${table}" t`,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${table === 'file' ? FILES : BATCH} from rows`);
      if (rows.length === 0) break;
      count += rows.length;
      done += rows.length;
      yield rows.map((r) => `${r.line}\n`).join('');
      options.progress?.(done, Math.max(done, guess!.rows));
    }
    await client.query('close rows');
    counts[table] = count;
  }
  yield counts;
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
