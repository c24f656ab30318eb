import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { readMigrations } from '../../storage/migrate.ts';
import { systemCode } from '../../storage/problem.ts';
import type { System } from '../system.ts';
import { FORMAT, FORMAT_VERSION, type Header, type Trailer, keptTables } from './backup.ts';
import { Problem, exits } from './problem.ts';

const damaged = (what: string): Problem =>
  new Problem(exits.data, `备份文件不完整或已损坏：${what}。没有恢复任何数据，请换一份备份。`);

/**
 * Reads an archive's first line, without touching the database.
 * @throws Problem when it is no archive, or one this program cannot read
 */
export async function readHeader(file: string): Promise<Header> {
  for await (const line of linesOf(file)) return await headerOf(line);
  throw damaged('文件是空的');
}

async function headerOf(line: string): Promise<Header> {
  let header: Header;
  try {
    header = JSON.parse(line) as Header;
  } catch {
    throw damaged('第一行不是备份的开头');
  }
  if (header.format !== FORMAT) throw damaged('这不是民情的备份');
  const known = new Set((await readMigrations()).map((m) => m.name));
  const unknown = header.migrations.filter((name) => !known.has(name));
  if (header.version > FORMAT_VERSION || unknown.length > 0) {
    throw new Problem(exits.environment, '这份备份由更新版本的程序制作。请先升级程序再恢复。');
  }
  return header;
}

/** Whether anything was ever kept in this database. */
export async function isEmpty(system: System): Promise<boolean> {
  const { rows } = await system.database.pool.query<{ any: boolean }>(
    'select exists (select from county) or exists (select from event) as any',
  );
  return !rows[0]!.any;
}

const BATCH_ROWS = 2_000;
const BATCH_CHARACTERS = 4_000_000;

/**
 * Fills an empty database from an archive, all of it or nothing: one transaction that is committed only when the
 * archive's own sum and counts were found right. Read tables are not filled here.
 * @throws Problem when the file is damaged
 */
export async function load(system: System, file: string, progress?: (rows: number) => void): Promise<Trailer> {
  const client = await system.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const trailer = await fill(client, new Set(await keptTables(client, system)), file, progress);
    await client.query('commit');
    await client.query('analyze');
    return trailer;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function fill(
  client: PoolClient,
  tables: ReadonlySet<string>,
  file: string,
  progress?: (rows: number) => void,
): Promise<Trailer> {
  const sum = createHash('sha256');
  const counts: Record<string, number> = {};
  let table = '';
  let batch: string[] = [];
  let characters = 0;
  let done = 0;
  let first = true;
  let trailer: Trailer | undefined;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    // Named columns: an archive of an older version lacks the newer ones, which then get their defaults.
    const columns = Object.keys(JSON.parse(batch[0]!) as object)
      .map((c) => `"${c.replaceAll('"', '""')}"`)
      .join(', ');
    await client.query(
      `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [`[${batch.join(',')}]`],
    );
    counts[table] = (counts[table] ?? 0) + batch.length;
    done += batch.length;
    progress?.(done);
    batch = [];
    characters = 0;
  };
  for await (const line of linesOf(file)) {
    if (trailer !== undefined) throw damaged('结尾之后还有内容');
    if (line.startsWith('{"end":true')) {
      await flush();
      trailer = JSON.parse(line) as Trailer;
      continue;
    }
    sum.update(line).update('\n');
    if (first) {
      first = false;
      continue;
    }
    const name = /^\["([a-z_0-9]+)",\{/.exec(line)?.[1];
    if (name === undefined || !line.endsWith('}]')) throw damaged(`有一行看不懂（${line.slice(0, 40)}）`);
    if (!tables.has(name)) throw damaged(`没有 ${name} 这个表`);
    if (name !== table || batch.length >= BATCH_ROWS || characters >= BATCH_CHARACTERS) await flush();
    table = name;
    batch.push(line.slice(name.length + 4, -1));
    characters += line.length;
  }
  if (trailer === undefined) throw damaged('没有结尾，可能没有传完');
  if (trailer.sha256 !== sum.digest('hex')) throw damaged('校验和不符');
  const wrong = Object.entries(trailer.rows).find(([name, rows]) => (counts[name] ?? 0) !== rows);
  if (wrong !== undefined) throw damaged(`${wrong[0]} 的行数不符`);
  return trailer;
}

/** The lines of a gzipped file, without their ends; memory holds one block and one line. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  const piped = pipeline(source, unzip);
  // Told below by the loop that reads; without this the same error would also be an unhandled one.
  piped.catch(() => undefined);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const block of unzip) {
      const lines = (rest + decoder.decode(block as Buffer, { stream: true })).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    await piped;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new Problem(exits.usage, `读不了 ${file}，请检查文件名和权限。`);
    if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') throw damaged('压缩内容读不下去');
    throw error;
  } finally {
    source.destroy();
    unzip.destroy();
  }
  if (rest !== '') yield rest;
}
