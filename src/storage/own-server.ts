/** For tests only: a PostgreSQL of the machine's own, started for one test where its programs are found. */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canRun, serverAccount } from './account.ts';

/** Oldest version the house runs on. */
const OLDEST = 15;
const READY_MS = 30_000;

export interface OwnServer {
  readonly url: string;
  readonly version: number;
  stop(): Promise<void>;
}

/** Where distributions put a server's programs, oldest fit version first: what works there works on newer ones. */
export function ownPrograms(root = '/usr/lib/postgresql'): { folder: string; version: number } | { missing: string } {
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .filter((version) => version >= OLDEST && existsSync(join(root, String(version), 'bin/initdb')))
        .toSorted((a, b) => a - b)
    : [];
  const [version] = versions;
  if (version === undefined) return { missing: `no PostgreSQL ${OLDEST} or newer in ${root}` };
  const folder = join(root, String(version), 'bin');
  return canRun(serverAccount([]), join(folder, 'postgres'))
    ? { folder, version }
    : { missing: `${folder} is closed to the account a server would run as` };
}

/** Starts it in a folder of its own, syncing nothing, listening on this machine only. */
export async function startOwnServer({ folder, version }: { folder: string; version: number }): Promise<OwnServer> {
  const data = mkdtempSync(join(tmpdir(), 'minqing-own-'));
  const account = serverAccount([]);
  if (account !== undefined) chownSync(data, account.uid, account.gid);
  const as = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  const remove = (): void => rmSync(data, { recursive: true, force: true });
  const made = spawnSync(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'minqing', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, cwd: '/', encoding: 'utf8' },
  );
  if (made.status !== 0) {
    remove();
    throw new Error(`initdb: ${made.stderr || String(made.error)}`);
  }
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const server = spawn(
    join(folder, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await gone;
    remove();
  };
  try {
    await ready(server.stderr!);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgresql://minqing@127.0.0.1:${port}/postgres`, version, stop };
}

const ready = (log: NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`the server did not get ready: ${text.slice(-1_000)}`)), READY_MS);
    log.on('data', (piece: Buffer) => {
      text += piece.toString();
      if (!text.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((up) => server.once('listening', up));
  const { port } = server.address() as AddressInfo;
  await new Promise((down) => server.close(down));
  return port;
}
