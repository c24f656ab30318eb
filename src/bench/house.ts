import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { accountStream } from '../accounts/model.ts';
import { openSession } from '../accounts/sessions.ts';
import { type House, openHouse } from '../app/operations/open.ts';
import { SESSION_COOKIE } from '../app/server.ts';
import type { Environment } from '../storage/environment.ts';
import { send } from './http.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** Runs a job with a data folder of its own, which is gone afterwards. */
export async function inFolder<T>(job: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-bench-'));
  try {
    return await job(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const environmentOf = (dataFolder: string): Environment => ({
  port: 0,
  host: '127.0.0.1',
  dataFolder,
  publicUrl: 'http://localhost:8080',
});

/** Opens the house of a data folder in this process; beside a running server it shares that server's database. */
export const openIn = (folder: string): Promise<House> => openHouse(environmentOf(folder), { create: true });

/** Opens the house of a data folder for one job. */
export async function inHouseOf<T>(folder: string, job: (house: House) => Promise<T>): Promise<T> {
  const house = await openIn(folder);
  try {
    return await job(house);
  } finally {
    await house.close();
  }
}

export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Seconds from the start of the process to its first answered page. */
  readonly firstPage: number;
  stop(): Promise<void>;
}

/** Starts the product as a person would, in a process of its own, and waits for its first page. */
export async function startServer(folder: string, args: readonly string[] = ['start', '--no-build']): Promise<Server> {
  const port = await freePort();
  const { DATABASE_URL: _, MINQING_KEY: _k, ...inherited } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [join(checkout, 'bin/minqing.js'), ...args], {
    cwd: checkout,
    env: { ...inherited, PORT: String(port), HOST: '127.0.0.1', MINQING_DATA: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => said.push(part));
  // A benchmark that is broken off leaves no server behind.
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}:\n${Buffer.concat(said).toString('utf8')}`);
    const status = await send(port, 'GET', '/').catch(() => 0);
    if (status >= 200 && status < 400) break;
    await new Promise((next) => setTimeout(next, 10));
  }
  const firstPage = (performance.now() - began) / 1000;
  return {
    port,
    pid: child.pid!,
    firstPage,
    async stop() {
      process.removeListener('exit', end);
      await ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((chosen, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? chosen(address.port) : failed(new Error('no port')),
      );
    });
  });
}

/** Waits until what the preparation wrote is sealed and known to the planner: that work is not the measured load's. */
export async function sealed({ database }: House): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query('select from unsealed limit 1');
    if (rows.length === 0) {
      // What the database does by itself within a minute of so many new rows.
      await database.pool.query('analyze');
      return;
    }
    await new Promise((next) => setTimeout(next, 200));
  }
}

/** Signs an official in and gives the cookie. */
export async function cookieOf({ system }: House, county: number, official: string): Promise<string> {
  const { token } = await openSession(
    system.ledger.query,
    county,
    { account: accountStream(official), official, device: 'bench', address: '127.0.0.1' },
    new Date().toISOString(),
    { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 },
  );
  return `${SESSION_COOKIE}=${token}`;
}

/** The officials who can sign in to the demo county, by role; a role's name is the sign-in name. */
export async function facesOf(
  { database }: House,
  county: number,
): Promise<(role: string) => { official: string; unit: string; area: string | null }> {
  const { rows } = await database.pool.query<{ login: string; official: string; unit: string; area: string | null }>(
    `select distinct on (a.login) a.login, a.official, p.unit, p.area
       from account a join post p on p.county = a.county and p.official = a.official and p.role = a.login where a.county = $1`,
    [county],
  );
  const faces = new Map(rows.map((row) => [row.login, row]));
  return (role) => {
    const face = faces.get(role);
    if (face === undefined) throw new Error(`nobody signs in as ${role}`);
    return face;
  };
}

/** Memory of a process and all it started, in MiB: each shared page counted once. Linux only. */
export function memoryOf(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const belongs = (child: number): boolean => child === pid || (parents.has(child) && belongs(parents.get(child)!));
  let kib = 0;
  for (const child of parents.keys()) {
    if (!belongs(child)) continue;
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kib / 1024;
}
