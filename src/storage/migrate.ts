/** Brings the database to the program's version: numbered SQL files, each once, in order. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { StorageProblem } from './problem.ts';

export interface Migration {
  number: number;
  /** The file's name, such as 0001_ledger.sql. */
  name: string;
  file: string;
  sql: string;
  checksum: string;
}

const migrationsFolder = resolve(import.meta.dirname, '../../migrations');

/** Any number will do that no other program takes on the same database. */
const migrationLock = 6_224_100_701;

/**
 * Applies what has not been applied, each file in a transaction of its own; starters that come
 * together wait for each other. Returns the names of the files applied.
 * @throws StorageProblem `migration` naming the file, and the line where PostgreSQL names one: an error
 *   in its SQL, a file changed or removed after it was applied, one numbered before an applied one
 */
export async function migrate(pool: pg.Pool, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(`
      create table if not exists migration (
        number int primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz(3) not null default clock_timestamp()
      )`);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    const unlocked = await client.query('select pg_advisory_unlock($1)', [migrationLock]).then(
      () => true,
      () => false,
    );
    // A connection in doubt is ended, and its lock with it.
    client.release(!unlocked);
  }
}

/**
 * The files of a migrations folder in order.
 * @throws StorageProblem `migration` on a name not of the form 0001_name.sql or a number given twice
 */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const migrations = await Promise.all(
    names.map(async (name): Promise<Migration> => {
      const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
      if (number === undefined) throw problem(`迁移文件 ${join(folder, name)} 的名字不对：应形如 0001_name.sql`);
      const file = join(folder, name);
      // A checkout on Windows may change line ends; that is not a change of the migration.
      const sql = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
      return { number: Number(number), name, file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1];
    if (previous?.number === migration.number) {
      throw problem(`迁移文件 ${previous.name} 和 ${migration.name} 的编号相同，请把其中一个改为下一个空号`);
    }
  }
  return migrations;
}

async function findPending(client: pg.PoolClient, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows: applied } = await client.query<Pick<Migration, 'number' | 'name' | 'checksum'>>(
    'select number, name, checksum from migration order by number',
  );
  const files = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const { number, name, checksum } of applied) {
    const migration = files.get(number);
    if (!migration) {
      throw problem(`数据库已应用过迁移 ${name}，但本程序没有这个文件：数据库比程序新，请升级程序`);
    }
    if (migration.checksum !== checksum) {
      throw problem(`迁移文件 ${migration.file} 在应用之后被改动。请恢复原文件，把改动写成新的迁移`);
    }
  }
  const last = applied.at(-1);
  const done = new Set(applied.map((migration) => migration.number));
  const pending = migrations.filter((migration) => !done.has(migration.number));
  const late = pending.find((migration) => last !== undefined && migration.number < last.number);
  if (late) {
    throw problem(`迁移文件 ${late.file} 的编号早于已应用的 ${last!.name}，请改为下一个空号`);
  }
  return pending;
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw describe(migration, error);
  }
}

function describe(migration: Migration, error: unknown): StorageProblem {
  if (!(error instanceof pg.DatabaseError)) {
    return problem(`迁移 ${migration.file} 中断：${error instanceof Error ? error.message : String(error)}`, error);
  }
  const line = error.position === undefined ? '' : `:${lineAt(migration.sql, Number(error.position))}`;
  const notes = [error.detail, error.hint, error.where].filter((note) => note !== undefined);
  return problem([`迁移 ${migration.file}${line} 出错：${error.message}`, ...notes].join('\n'), error);
}

/** PostgreSQL counts characters from 1, where JavaScript counts some rare characters as two. */
function lineAt(sql: string, position: number): number {
  let line = 1;
  let count = 1;
  for (const character of sql) {
    if (count >= position) break;
    if (character === '\n') line += 1;
    count += 1;
  }
  return line;
}

function problem(message: string, cause?: unknown): StorageProblem {
  return new StorageProblem('migration', message, { cause });
}
