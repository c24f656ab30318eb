import { createServer } from 'node:net';
import type { ServerType } from '@hono/node-server';
import type { Database } from '../../storage/database.ts';
import { openDatabase } from '../../storage/database.ts';
import type { Environment } from '../../storage/environment.ts';
import { migrate } from '../../storage/migrate.ts';
import type { System } from '../system.ts';
import { checkpointKey } from './checkpoint-key.ts';
import { houseKey } from './open.ts';
import { Problem, exits } from './problem.ts';

export interface ServeOptions {
  /** Which county, where the database keeps several. */
  readonly county?: number | undefined;
  /** Whether to build the rooms when their sources changed. */
  readonly build: boolean;
  /** Runs before the first request is taken. */
  prepare?(system: System, database: Database): Promise<void>;
}

export interface Running {
  readonly url: string;
  /** The one-time link, where nobody can sign in yet. */
  readonly setupLink: string | undefined;
  readonly database: Database;
  /** Answers what is under way, ends the background work, then the database. */
  stop(): Promise<void>;
}

/** How long requests under way may take when the server is stopped. */
const DRAIN_MS = 5_000;
const SAME_WISH_MS = 1_000;
const PARENT_MS = 500;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Database, migrations, rooms, system, HTTP: the whole house in one process. What does not depend on each
 * other starts together.
 * @throws Problem, StorageProblem in words for the person who starts it
 */
async function serveHouse(environment: Environment, options: ServeOptions): Promise<Running> {
  const port = await freePort(environment);
  const publicUrl = environment.port === 0 ? environment.publicUrl.replace(/:0$/, `:${port}`) : environment.publicUrl;
  const rooms = options.build ? makeRooms() : Promise.resolve();
  const [
    database,
    { openSystem, countiesInUse },
    { createSetupLink },
    { startBackground },
    { createAdaptorServer },
    { serveRooms },
    { followUpgrade },
  ] = await Promise.all([
    openDatabase(environment, { signals: false }),
    import('../system.ts'),
    import('../../accounts/setup.ts'),
    import('./background.ts'),
    import('@hono/node-server'),
    import('../static.ts'),
    import('./upgrade.ts'),
  ]);
  let background: { stop(): Promise<void> } | undefined;
  let server: ServerType | undefined;
  const stop = async (): Promise<void> => {
    if (server !== undefined) await drain(server);
    await background?.stop();
    await database.close();
  };
  try {
    await migrate(database.pool);
    const key = await houseKey(environment, database);
    const system = openSystem(database, { key, publicUrl });
    await followUpgrade(system);
    await options.prepare?.(system, database);
    const county = chooseCounty(await countiesInUse(database), options.county);
    const app = await system.serve(county);
    serveRooms(app);
    const setupLink = await createSetupLink(system.ledger.query, publicUrl, new Date().toISOString());
    server = createAdaptorServer({ fetch: app.fetch });
    await rooms;
    await listen(server, port, environment.host);
    background = startBackground(system, checkpointKey(key).secret, environment, say);
    return { url: publicUrl, setupLink, database, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Serves until SIGTERM or SIGINT. A signal that comes before it serves, or a second one, ends the process at once:
 * the database goes with it and every command was written whole or not at all.
 * @param started tells the person at the terminal what to open
 */
export async function serveUntilStopped(
  environment: Environment,
  options: ServeOptions,
  started: (running: Running) => Promise<void> | void,
): Promise<number> {
  let asked = -Infinity;
  let serving = false;
  const { promise: told, resolve: stop } = Promise.withResolvers<void>();
  const onSignal = (): void => {
    const now = performance.now();
    // Ctrl-C under npm arrives twice, from the terminal and from npm: that is one wish, not two.
    if (now - asked < SAME_WISH_MS) return;
    if (!serving || asked > 0) process.exit(exits.data);
    asked = now;
    stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  // npm hands a signal to the shell between us and itself, which ends without telling us.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && onSignal(), PARENT_MS);
  if (process.env['npm_lifecycle_event'] === undefined) clearInterval(watch);
  const running = await serveHouse(environment, options);
  serving = true;
  await started(running);
  await told;
  clearInterval(watch);
  say('正在停止……');
  await running.stop();
  say('已停止。');
  return exits.good;
}

async function makeRooms(): Promise<void> {
  const { buildRooms, staleRooms } = await import('./build.ts');
  const fingerprint = staleRooms();
  if (fingerprint === undefined) return;
  say('正在生成页面（程序更新后的第一次启动，约十秒）……');
  try {
    await buildRooms(fingerprint);
  } catch (error) {
    // Residents' pages need no build and the interface answers: better served in part than not at all.
    say(
      `页面没有生成，办公页面可能打不开或是旧的。请检查程序文件夹是否完整、可写：\n${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function chooseCounty(
  counties: readonly { county: number; name: string }[],
  wanted: number | undefined,
): number | undefined {
  if (wanted !== undefined) {
    if (counties.some((c) => c.county === wanted)) return wanted;
    throw new Problem(exits.usage, `数据库里没有 ${wanted} 这个县。`);
  }
  if (counties.length > 1) {
    const list = counties.map((c) => `${c.county} ${c.name}`).join('、');
    throw new Problem(exits.usage, `数据库里有几个县（${list}），请用 npm start -- --county 代码 说明启动哪一个。`);
  }
  return counties[0]?.county;
}

function portTaken(port: number): Problem {
  const other = port < 65_535 ? port + 1 : 8080;
  return new Problem(
    exits.environment,
    `端口 ${port} 已被别的程序占用，也可能民情已经在运行（打开 http://localhost:${port} 看看）。` +
      `要换一个端口启动：PORT=${other} npm start`,
  );
}

/** Told before the database is started, so that the answer comes at once. @returns the port, chosen where it is 0 */
function freePort({ host, port }: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(listenProblem(error, host, port)));
    probe.listen(port, host, () => {
      const address = probe.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(chosen));
    });
  });
}

function listen(server: ServerType, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error) => reject(listenProblem(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenProblem(error: Error & { code?: string }, host: string, port: number): Problem {
  if (error.code === 'EADDRINUSE') return portTaken(port);
  if (error.code === 'EACCES') {
    return new Problem(exits.environment, `没有权限使用端口 ${port}。请用 PORT 换一个 1024 以上的端口。`);
  }
  return new Problem(exits.environment, `不能在 HOST=${host} 的端口 ${port} 上监听：${error.message}`);
}

/** No new requests; those under way are answered, but nobody waits for an open stream. */
function drain(server: ServerType): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const hurry = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(hurry);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
