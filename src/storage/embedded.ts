/** Supervisor of the PostgreSQL server that lives in a data folder: the product's default database. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import {
  checkMajor,
  checkOwner,
  configure,
  createCluster,
  database,
  findSocketFolder,
  folderArgument,
  hasCluster,
  openFolder,
  port,
  socketName,
  spawnOptions,
  user,
} from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { StorageProblem, systemCode } from './problem.ts';
import { isAlive, serversOf } from './processes.ts';
import type { Settings } from './settings.ts';

export interface EmbeddedOptions {
  /** Settings of PostgreSQL that replace ours. */
  settings?: Settings;
  /**
   * Stop the server and end the process on SIGTERM and SIGINT (the default). A program that has more to
   * bring to an end before its database says false and calls `stop` itself.
   */
  signals?: boolean;
  /** Folder with PostgreSQL's `bin`, `lib` and `share`, when not the one npm brought for this machine. */
  binaries?: string;
}

export interface EmbeddedServer {
  connection: { host: string; port: number; user: string; database: string };
  url: string;
  pid(): number;
  /** Whether this start made the database. */
  fresh: boolean;
  stop(): Promise<void>;
}

interface Supervision {
  /** Of the server that runs now; another one after it has been restarted. */
  pid(): number;
  stop(): Promise<void>;
}

const fastShutdown = 'SIGINT';
const immediateShutdown = 'SIGQUIT';

/**
 * Starts the server of a data folder; makes folder and database on the first start. A server left over
 * from a killed process is stopped first, so nothing it acknowledged is lost.
 * @throws StorageProblem in words for the person who starts the program: `locked`, `folder`, `version`,
 *   `platform`, `server`
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new StorageProblem(
      'platform',
      '内置数据库暂不支持 Windows。请在 WSL 中运行，或安装 PostgreSQL 15 或更高版本并设置 DATABASE_URL',
    );
  }
  const home = openFolder(folder);
  const lock = lockFolder(home);
  try {
    const clusterFolder = join(home, 'postgres');
    const account = serverAccount([clusterFolder, home]);
    checkOwner(clusterFolder, account);
    const binaries = findBinaries(account, home, options.binaries);
    const cluster: Cluster = { folder: clusterFolder, account, binaries, log: join(home, 'postgres.log') };

    const fresh = !hasCluster(cluster);
    if (fresh) await createCluster(cluster);
    checkMajor(cluster);
    const socketFolder = findSocketFolder(cluster);
    await stopOrphan(cluster, socketFolder);
    configure(cluster, socketFolder, options.settings ?? {});
    const child = await launch(cluster);

    const supervision = supervise(child, cluster, socketFolder, () => {
      if (socketFolder !== cluster.folder) rmSync(socketFolder, { recursive: true, force: true });
      forgetSignals?.();
      lock.release();
    });
    const forgetSignals = options.signals === false ? undefined : stopOnSignals(supervision.stop);
    return {
      connection: { host: socketFolder, port, user, database },
      url: `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`,
      fresh,
      ...supervision,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * A killed process leaves its server running. It is stopped cleanly rather than adopted: its settings and
 * programs may be an older version's, and only our own child can be supervised.
 */
async function stopOrphan(cluster: Cluster, socketFolder: string): Promise<void> {
  const pidFile = join(cluster.folder, 'postmaster.pid');
  const main = readPid(pidFile);
  for (const [signal, patience] of [
    [fastShutdown, 10_000],
    [immediateShutdown, 5000],
  ] as const) {
    const alive = serversOf(cluster.folder);
    if (alive.length === 0) break;
    // Without their first process the others would end at their next wait, a long statement only after its last row:
    // each is told itself. What it had not yet committed nobody was told of.
    const told = main !== undefined && alive.includes(main) ? [main] : alive;
    for (const pid of told) signalProcess(pid, told === alive ? immediateShutdown : signal);
    await waitUntil(() => serversOf(cluster.folder).length === 0, patience);
  }
  const left = serversOf(cluster.folder);
  if (left.length > 0) {
    throw new StorageProblem(
      'locked',
      `上次留下的数据库进程（${left.join('、')}）停不下来。请执行 kill -QUIT ${left.join(' ')} 后再启动`,
    );
  }
  // No server is left, whatever the numbers in these files say: after a reboot they may be another program's,
  // in a container without an init a dead process keeps its number. PostgreSQL would refuse for their sake.
  for (const file of [pidFile, join(socketFolder, `${socketName}.lock`)]) {
    const unrelated = readPid(file);
    if (unrelated !== undefined && isAlive(unrelated)) rmSync(file);
  }
}

function readPid(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return pid > 0 ? pid : undefined;
}

const largestLog = 5_000_000;

async function launch(cluster: Cluster): Promise<ChildProcess> {
  if ((statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0) > largestLog) {
    renameSync(cluster.log, `${cluster.log}.1`);
  }
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  const log = openSync(cluster.log, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
  if (cluster.account) fchownSync(log, cluster.account.uid, cluster.account.gid);
  const logged = fstatSync(log).size;
  const child = spawn(join(cluster.binaries.folder, 'bin/postgres'), ['-D', folderArgument(cluster, cluster.folder)], {
    ...spawnOptions(cluster, cluster.folder),
    // Out of the terminal's process group: Ctrl-C reaches us first and we say when the server stops.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  // No time limit: after a power cut the server may replay its log for minutes, and must be let.
  while (!isReady(cluster, child)) {
    if (failure || hasEnded(child)) {
      const said = readFileSync(cluster.log).subarray(logged).toString('utf8').trim();
      throw new StorageProblem('server', `内置数据库启动失败（日志 ${cluster.log}）：\n${failure?.message ?? said}`);
    }
    await sleep(4);
  }
  child.unref();
  return child;
}

/** The server writes its state into the eighth line of postmaster.pid. */
function isReady(cluster: Cluster, child: ChildProcess): boolean {
  try {
    const lines = readFileSync(join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Keeps the server running until `stop` is called, and takes it along when our process ends. */
function supervise(first: ChildProcess, cluster: Cluster, socketFolder: string, release: () => void): Supervision {
  let child = first;
  let stopping: Promise<void> | undefined;
  let restarting = Promise.resolve();

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (!stopping) restarting = restart(signal ?? `${code}`);
    });
  };
  const restart = async (cause: string): Promise<void> => {
    process.stderr.write(`内置数据库意外结束（${cause}），正在重新启动\n`);
    try {
      await stopOrphan(cluster, socketFolder);
      child = await launch(cluster);
      watch();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      // Without its database the program is of no use: let it end the way an operator would end it.
      process.kill(process.pid, 'SIGTERM');
    }
  };
  const finish = async (): Promise<void> => {
    await restarting;
    await end(child);
    process.off('exit', leave);
    await waitUntil(() => serversOf(cluster.folder).length === 0, 5000);
    release();
  };
  // Runs on process.exit and uncaught errors alike, where nothing can be awaited.
  const leave = (): void => {
    child.kill(fastShutdown);
  };

  watch();
  process.once('exit', leave);
  return { pid: () => child.pid!, stop: () => (stopping ??= finish()) };
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(fastShutdown);
  // A last checkpoint on a slow disk takes its time; after a minute recovery at the next start is cheaper.
  const hurry = setTimeout(() => child.kill(immediateShutdown), 60_000);
  await ended;
  clearTimeout(hurry);
}

/** Returns how to undo it. */
function stopOnSignals(stop: () => Promise<void>): () => void {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  const end = (signal: NodeJS.Signals): void => {
    // Sent to ourselves again without a handler, so that whoever waits for us sees the true cause.
    void stop().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function waitUntil(condition: () => boolean, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!condition() && performance.now() < end) await sleep(10);
}
