/** The one door to the database: pool, query builder and the JavaScript form of PostgreSQL's values. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedOptions } from './embedded.ts';
import type { Environment } from './environment.ts';
import { StorageProblem } from './problem.ts';

/** `Tables` is the shape of the tables a caller works with; a feature names its own. */
// oxlint-disable-next-line no-explicit-any
export interface Database<Tables = any> {
  pool: pg.Pool;
  kysely: Kysely<Tables>;
  /** For a client of one's own, such as one that listens. */
  connection: pg.ClientConfig;
  /** Such as 18.4. */
  serverVersion: string;
  /** Ends the pool, then the embedded server if there is one. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** The oldest PostgreSQL the SQL of this project is written for. */
const oldestMajor = 15;

/**
 * Opens the server of DATABASE_URL, or starts the embedded one in the data folder. Applies no migrations.
 * @throws StorageProblem `server`, `version`, or as `startEmbedded`
 */
// oxlint-disable-next-line no-explicit-any
export async function openDatabase<Tables = any>(
  environment: Pick<Environment, 'databaseUrl' | 'dataFolder'>,
  options: EmbeddedOptions = {},
): Promise<Database<Tables>> {
  if (environment.databaseUrl !== undefined) return connect<Tables>({ connectionString: environment.databaseUrl });
  const server = await startEmbedded(environment.dataFolder, options);
  try {
    const database = await connect<Tables>(server.connection);
    return {
      ...database,
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * A database on a server that runs already.
 * @throws StorageProblem `server` when it cannot be reached or does not store UTF-8, `version` when too old
 */
// oxlint-disable-next-line no-explicit-any
export async function connect<Tables = any>(config: pg.ClientConfig, oldest = oldestMajor): Promise<Database<Tables>> {
  const connection = sessionConfig(config);
  const pool = new pg.Pool({ ...connection, max: 16, idleTimeoutMillis: 30_000, onConnect: fixSession });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => {
    if (!ended) process.stderr.write(`数据库连接中断：${error.message}\n`);
  });
  // A connection taken out of the pool that breaks tells so as an event besides failing its query; without a listener
  // that event would end the process. Set before the first connection is made: that one lives as long as any.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= pool.end());
  try {
    const serverVersion = await checkServer(pool, oldest);
    return {
      pool,
      kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
      connection,
      serverVersion,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function sessionConfig(config: pg.ClientConfig): pg.ClientConfig {
  return {
    ...config,
    types: { getTypeParser: parserOf },
    application_name: 'minqing',
    connectionTimeoutMillis: 10_000,
  };
}

/**
 * What a server, role or database has set otherwise must not change an answer: `ts::date` depends on the
 * zone. Statements rather than startup options, which connection poolers refuse.
 */
async function fixSession(client: pg.ClientBase): Promise<void> {
  await client.query("set timezone to 'UTC'; set datestyle to 'ISO, YMD'; set intervalstyle to 'iso_8601'");
}

async function checkServer(pool: pg.Pool, oldest: number): Promise<string> {
  let row: { version: string; number: number; encoding: string } | undefined;
  try {
    const result = await pool.query<{ version: string; number: number; encoding: string }>(
      `select split_part(current_setting('server_version'), ' ', 1) as version,
              current_setting('server_version_num')::int as number,
              current_setting('server_encoding') as encoding`,
    );
    row = result.rows[0];
  } catch (cause) {
    throw new StorageProblem('server', `连不上数据库，请检查 DATABASE_URL：${reason(cause)}`, { cause });
  }
  const { version, number, encoding } = row!;
  if (number < oldest * 10_000) {
    throw new StorageProblem(
      'version',
      `数据库是 PostgreSQL ${version}，本程序需要 ${oldest} 或更高版本，请先升级数据库`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StorageProblem(
      'server',
      `数据库的编码是 ${encoding}，存不全汉字。请另建一个：create database minqing template template0 encoding 'UTF8' locale 'C.UTF-8'`,
    );
  }
  return version;
}

/** A refused connection to a name with two addresses is an AggregateError whose own message is empty. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('；');
  return error instanceof Error ? error.message : String(error);
}

type Parser = (text: string) => unknown;

/** Numbers of types in PostgreSQL's catalogue, fixed for ever: of a type and of arrays of it. */
const oids = {
  int8: [20, 1016],
  numeric: [1700, 1231],
  date: [1082, 1182],
  timestamptz: [1184, 1185],
} as const;
const textArrayOid: number = 1009;

const parsers = new Map<number, Parser>([
  ...both(oids.int8, parseInt8),
  ...both(oids.numeric, Number),
  ...both(oids.date, String),
  ...both(oids.timestamptz, parseTimestamp),
]);

function both([one, many]: readonly [number, number], parse: Parser): [number, Parser][] {
  return [
    [one, parse],
    [many, arrayParser(parse)],
  ];
}

function parserOf(oid: number, format?: 'text' | 'binary'): Parser {
  const parser = format === 'binary' ? undefined : parsers.get(oid);
  return parser ?? (pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text') as Parser);
}

/** @throws RangeError beyond ±2⁵³, where a number would silently become its neighbour */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`整数 ${text} 超出可精确表示的范围`);
  return value;
}

const utcTimestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/**
 * ISO 8601 in UTC with milliseconds; anything finer is cut off, so columns are best `timestamptz(3)`.
 * `infinity` stays the word it is.
 */
export function parseTimestamp(text: string): string {
  const match = utcTimestamp.exec(text);
  if (match) return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
  if (text === 'infinity' || text === '-infinity') return text;
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

function arrayParser(parse: Parser): Parser {
  const texts = pg.types.getTypeParser(textArrayOid, 'text') as (text: string) => unknown;
  const each = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(each) : value === null ? null : parse(value as string);
  return (text) => each(texts(text));
}
