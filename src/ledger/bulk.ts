import type { Pool, PoolClient } from 'pg';
import type { Row } from './record.ts';
import { type Stored, type Writing, insertsOf } from './write.ts';

/**
 * Rows by the thousand, through COPY: what an import, the demo county and `rebuild` write. A thousand matters cost the
 * database a third of what the same rows cost as JSON it has to take apart. Nothing here updates: the rows are new.
 */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: ReadonlyMap<string, string>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = [...columns.keys()].map((c) => `"${c}"`).join(', ');
  await copyIn(client, `copy "${table}" (${names}) from stdin`, linesOf(columns, rows));
}

/** All that a writing inserts, within whatever transaction the connection is in. */
export async function copyAll(
  client: PoolClient,
  writing: Writing,
  tables: ReadonlyMap<string, Stored>,
): Promise<void> {
  for (const { table, columns, rows } of insertsOf(writing, tables)) await copyRows(client, table, columns, rows);
}

/**
 * Writes new records in one transaction.
 * @param options `later`: the commit does not wait for the disk. A crash may then lose it, and whoever asks for it
 *   must acknowledge nothing before {@link flush}.
 */
export async function writeNew(
  pool: Pool,
  writing: Writing,
  tables: ReadonlyMap<string, Stored>,
  options: { readonly later: boolean },
): Promise<void> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(options.later ? 'begin; set local synchronous_commit to off' : 'begin');
    await copyAll(client, writing, tables);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Waits until all that was committed before is on the disk: a commit of its own that waits takes the others along. */
export async function flush(pool: Pool): Promise<void> {
  await pool.query("select pg_logical_emit_message(true, 'minqing', 'flush')");
}

/** The rows as COPY reads them: a line each, columns parted by tabs. */
function linesOf(columns: ReadonlyMap<string, string>, rows: readonly Row[]): string {
  const writers = [...columns].map(([name, type]) => [name, writerOf(type)] as const);
  let lines = '';
  for (const row of rows) {
    let line = '';
    for (const [name, write] of writers) {
      const value = row[name];
      line += value === null || value === undefined ? '\t\\N' : `\t${write(value)}`;
    }
    lines += `${line.slice(1)}\n`;
  }
  return lines;
}

type Writer = (value: unknown) => string;

const plain: Writer = (value) => String(value);
const SPECIAL = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => (SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => escapes[c]!) : text);

/** How a value of a type is written; types whose values never hold a special character are written as they are. */
function writerOf(type: string): Writer {
  switch (type) {
    case 'bool':
    case 'int4':
    case 'int8':
    case 'uuid':
    case 'timestamptz':
    case 'date':
      return plain;
    // Written with the hexadecimal mark, whose backslash COPY takes for its own.
    case 'bytea':
      return (value) => `\\${value as string}`;
    case 'jsonb':
      return (value) => escaped(JSON.stringify(value));
    case '_text':
    case '_uuid':
    case '_date':
      return (value) =>
        escaped(`{${(value as readonly string[]).map((v) => `"${v.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
    default:
      return (value) => escaped(String(value));
  }
}

/** The parts of a connection of the driver that COPY needs; it speaks the protocol but has no call for it. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Bytes of one message. The server keeps one whole before it reads it. */
const CHUNK = 1 << 16;

/** Sends text for `copy … from stdin`. */
function copyIn(client: PoolClient, statement: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | undefined;
    // What the driver calls on a query of its own.
    const query = {
      submit(wire: Wire) {
        wire.query(statement);
      },
      handleCopyInResponse(wire: Wire) {
        const bytes = Buffer.from(text, 'utf8');
        for (let at = 0; at < bytes.length; at += CHUNK) wire.sendCopyFromChunk(bytes.subarray(at, at + CHUNK));
        wire.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleError(error: Error) {
        failed ??= error;
        reject(error);
      },
      handleReadyForQuery() {
        if (failed === undefined) resolve();
      },
    };
    client.query(query as never);
  });
}
