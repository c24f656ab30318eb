/**
 * For tests only: one server for a whole run, and for each test file a database of its own, copied from a
 * template that has every migration.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { connect } from './database.ts';
import type { Database } from './database.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

export interface TestServer {
  /** Of a database on the server from which others can be made. */
  url: string;
  template: string;
  /** Clauses of `create database`: with every migration, and without any table. */
  full: string;
  empty: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

/**
 * Starts the run's server and fills its template; with DATABASE_URL that server is used, where the role
 * must be allowed to create databases.
 */
export async function startTestServer(
  databaseUrl = process.env['DATABASE_URL'],
): Promise<TestServer & { stop(): Promise<void> }> {
  const server = databaseUrl ? undefined : await startThrowawayServer();
  const url = server?.url ?? databaseUrl!;
  // The run's own number: two runs on one server do not drop each other's databases.
  const prefix = `minqing_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  // Copying files is a third quicker, but on a server that syncs it waits for a checkpoint.
  const full = server ? `template ${template} strategy file_copy` : `template ${template}`;
  // A server may have been set up for a language of one byte; the embedded one has what we want.
  const empty = server ? 'template template0' : "template template0 encoding 'UTF8' locale 'C.UTF-8'";
  try {
    await withClient(url, (client) => client.query(`create database ${template} ${empty}`));
    const database = await connect({ connectionString: urlOf(url, template) });
    await migrate(database.pool).finally(() => database.close());
  } catch (error) {
    await server?.stop();
    throw error;
  }
  return {
    url,
    template,
    full,
    empty,
    async stop() {
      if (server) return server.stop();
      await withClient(url, (client) => dropAll(client, prefix));
    },
  };
}

export interface TestDatabase<Tables> extends Database<Tables> {
  /** Closes and removes it; what is not dropped goes at the end of the run. */
  drop(): Promise<void>;
}

/** A database with all migrations and no rows of its own. */
// oxlint-disable-next-line no-explicit-any
export function freshDatabase<Tables = any>(): Promise<TestDatabase<Tables>> {
  return createDatabase(inject('testServer').full);
}

/** A database without any table, for tests of migrations themselves. */
// oxlint-disable-next-line no-explicit-any
export function emptyDatabase<Tables = any>(): Promise<TestDatabase<Tables>> {
  return createDatabase(inject('testServer').empty);
}

async function createDatabase<Tables>(source: string): Promise<TestDatabase<Tables>> {
  const { url, template } = inject('testServer');
  const name = template.replace('template', randomBytes(6).toString('hex'));
  await withClient(url, (client) => client.query(`create database ${name} ${source}`));
  const database = await connect<Tables>({ connectionString: urlOf(url, name) });
  return {
    ...database,
    async drop() {
      await database.close();
      await withClient(url, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function startThrowawayServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-test-'));
  // What a test run writes need not survive a power cut.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbedded(folder, {
      signals: false,
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
    });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function dropAll(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [`${prefix}_`],
  );
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
}

function urlOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
