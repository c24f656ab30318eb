import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openVault } from '../../ledger/vault.ts';
import { database as databaseName, user } from '../../storage/cluster.ts';
import { type Database, connect, openDatabase } from '../../storage/database.ts';
import { type Environment, loadEnvironment } from '../../storage/environment.ts';
import { readKey } from '../../storage/key.ts';
import { migrate, readMigrations } from '../../storage/migrate.ts';
import { StorageProblem, systemCode } from '../../storage/problem.ts';
import { type System, openSystem } from '../system.ts';
import { Problem, exits } from './problem.ts';
import { followUpgrade } from './upgrade.ts';

export interface House {
  readonly environment: Environment;
  readonly database: Database;
  readonly system: System;
  /** A server is running on this data folder and shares its database with us. */
  readonly shared: boolean;
  close(): Promise<void>;
}

/**
 * Opens the house for one job at the command line: starts its database, or shares that of the running server.
 * @param options `create` where an empty house is meant; else a misspelt folder would quietly become a new one
 * @throws StorageProblem, Problem in words for the person at the command line
 */
export async function openHouse(environment: Environment, options: { create?: boolean } = {}): Promise<House> {
  if (options.create !== true && !isThere(environment)) {
    throw new Problem(
      exits.environment,
      `数据文件夹 ${environment.dataFolder} 里还没有数据。请检查 MINQING_DATA 是否写对；新系统请先 npm start。`,
    );
  }
  const { database, shared } = await openOrShare(environment);
  try {
    if (shared) await checkSameVersion(database);
    else await migrate(database.pool);
    const system = openSystem(database, {
      key: await houseKey(environment, database),
      publicUrl: environment.publicUrl,
    });
    if (!shared) await followUpgrade(system);
    return { environment, database, system, shared, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether a database was ever made for these settings; of a server somebody else runs we assume it. */
export const isThere = ({ databaseUrl, dataFolder }: Environment): boolean =>
  databaseUrl !== undefined || existsSync(join(dataFolder, 'postgres/PG_VERSION'));

/**
 * The master key, made at the first start only: a new one beside old data would open nothing.
 * @throws Problem when the key is missing or is not the one the data was written with
 */
export async function houseKey(environment: Environment, { pool }: Database): Promise<Uint8Array> {
  const { rows } = await pool.query<{ box: Buffer }>('select box from vault limit 1');
  const box = rows[0]?.box;
  const file = join(environment.dataFolder, 'key');
  if (box !== undefined && environment.key === undefined && !existsSync(file)) {
    throw new Problem(
      exits.environment,
      `已有加密的个人信息，但密钥不见了。请把保存的 key 文件放回 ${file}，或设置 MINQING_KEY。`,
    );
  }
  const key = readKey(environment);
  try {
    if (box !== undefined) openVault(Buffer.from(key)).open(box);
  } catch {
    throw new Problem(
      exits.environment,
      `密钥不是写入数据时用的那一个。请换回原来的 key 文件（${file}）或 MINQING_KEY。`,
    );
  }
  return key;
}

/** The database of these settings, started if nobody has. */
export async function openOrShare(environment: Environment): Promise<{ database: Database; shared: boolean }> {
  try {
    return { database: await openDatabase(environment), shared: false };
  } catch (error) {
    if (!(error instanceof StorageProblem && error.code === 'locked')) throw error;
    return { database: await share(environment.dataFolder, error), shared: true };
  }
}

/** Connects to the server another process runs in the data folder, by the address that server wrote down. */
async function share(dataFolder: string, locked: StorageProblem): Promise<Database> {
  const cluster = join(dataFolder, 'postgres');
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (systemCode(error) === 'EACCES') {
      throw new StorageProblem('folder', `数据文件夹 ${dataFolder} 属于另一个用户，请用启动系统的那个用户执行`, {
        cause: error,
      });
    }
    // The holder has not started its server yet, or is just ending it.
    throw locked;
  }
  const [, , , port, folder] = lines;
  if (!folder || lines[7]?.trim() !== 'ready') throw locked;
  return await connect({ host: resolve(cluster, folder), port: Number(port), user, database: databaseName });
}

async function checkSameVersion(database: Database): Promise<void> {
  const pending = await pendingMigrations(database);
  if (pending.length > 0)
    throw new Problem(exits.environment, '正在运行的是旧版本的程序，请先重新启动它，再执行这个命令。');
}

/** Names of migrations this program has and the database has not. */
export async function pendingMigrations({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const applied = rows[0]!.there
    ? (await pool.query<{ name: string }>('select name from migration')).rows.map((r) => r.name)
    : [];
  return (await readMigrations()).map((m) => m.name).filter((name) => !applied.includes(name));
}

/** Opens the house, does the job, closes the house. */
export async function inHouse<T>(job: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(loadEnvironment());
  try {
    return await job(house);
  } finally {
    await house.close();
  }
}
