import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../ledger/ids.ts';
import { canRun } from '../storage/account.ts';
import { ownPrograms, startOwnServer } from '../storage/own-server.ts';
import { emptyDatabase } from '../storage/testing.ts';
import { Machine, writers } from './process-testing.ts';

const machine = new Machine();
afterAll(() => machine.clear());

const asRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const readable = canRun(nobody, import.meta.dirname);

// Whole processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('the first start', () => {
  test('prints a link that sets the county up once; without it every page leads to the explanation', async () => {
    const folder = machine.folder('first');
    let server = await machine.start({ folder });
    const first = server.setupLink!;
    const home = await fetch(server.url, { redirect: 'manual' });
    expect([home.status, home.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(await (await fetch(`${server.url}/sign-in`)).text()).toContain('设置链接');
    expect(await (await fetch(`${server.url}/api/matters`)).json()).toMatchObject({ refused: 'setup.needed' });
    expect(await server.stop()).toBe(0);

    // Started again it prints another link, and the one before is over.
    server = await machine.start({ folder });
    const second = new URL(server.setupLink!);
    const old = new URL(first).searchParams.get('token');
    expect(second.searchParams.get('token')).not.toBe(old);
    expect((await fetch(`${server.url}/setup?token=${old}`)).status).toBe(404);
    expect((await server.setUp()).status).toBe(200);
    expect((await server.setUp()).status).toBe(409);
    expect((await fetch(`${server.url}/api/matters`)).status).toBe(401);
    expect(await server.raise(newId(), '水渠堵了')).toBe(true);
    expect(await server.stop()).toBe(0);

    server = await machine.start({ folder });
    expect(server.setupLink).toBeUndefined();
    const signedIn = await server.post('/api/session', { login: 'admin', password: '柳河 水渠 清淤 三月' });
    expect(await signedIn.json()).toMatchObject({ room: 'desk' });
    expect(await server.stop()).toBe(0);
  });
});

describe('what stands in the way of a start is said in a sentence', () => {
  test('a port somebody else has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => other.once('listening', ready));
    const { port } = other.address() as { port: number };
    const folder = machine.folder('port');
    const ended = await machine.run(['start', '--no-build'], { folder, env: { PORT: String(port) } });
    other.close();
    expect(ended.code).toBe(3);
    expect(ended.error).toMatch(new RegExp(`^端口 ${port} 已被别的程序占用.*PORT=`));
    expect(existsSync(folder)).toBe(false);
  });
  test('a setting that does not exist, a command that does not exist', async () => {
    const folder = machine.folder('none');
    const misspelt = await machine.run(['start'], { folder, env: { MINQING_DAAT: '/tmp' } });
    expect(misspelt).toMatchObject({ code: 3, error: expect.stringContaining('MINQING_DAAT') });
    expect(await machine.run(['strat'], { folder })).toMatchObject({
      code: 2,
      error: expect.stringContaining('没有“strat”这个命令'),
    });
    expect(await machine.run(['backup'], { folder })).toMatchObject({ code: 2 });
    expect(await machine.run(['export', 'matters', '--fromat', 'csv'], { folder })).toMatchObject({
      code: 2,
      error: expect.stringContaining('--fromat'),
    });
  });
  test('a folder without data, so that a misspelt one is not taken for the house', async () => {
    const folder = machine.folder('misspelt');
    for (const command of ['verify', 'rebuild']) {
      expect(await machine.run([command], { folder })).toMatchObject({
        code: 3,
        error: expect.stringContaining('MINQING_DATA'),
      });
    }
    expect(existsSync(folder)).toBe(false);
  });
  test.runIf(asRoot && readable)('a data folder that may not be read (needs root)', async () => {
    const folder = machine.folder('locked');
    mkdirSync(folder, { mode: 0o700 });
    const ended = await machine.run(['start', '--no-build'], { folder, uid: nobody.uid });
    expect(ended.code).toBe(3);
    expect(ended.error).toContain('没有读写权限');
    expect(ended.error).not.toContain('    at ');
  });
});

test.runIf(asRoot && readable)(
  'an ordinary user starts it, and everything in the data folder is theirs alone (needs root)',
  async () => {
    const folder = machine.folder('ordinary');
    mkdirSync(folder);
    chownSync(folder, nobody.uid, nobody.gid);
    chmodSync(folder, 0o755);
    const server = await machine.start({ folder, uid: nobody.uid });
    expect((await server.setUp()).status).toBe(200);
    expect(statSync(join(folder, 'key'))).toMatchObject({ uid: nobody.uid, mode: 0o100600 });
    expect(statSync(join(folder, 'postgres')).mode & 0o077).toBe(0);
    expect(await server.stop()).toBe(0);
  },
);

test('two processes serve one database: what one founds the other serves, both write, one chain comes of it', async () => {
  const database = await emptyDatabase();
  const around = { folder: machine.folder('shared'), env: { DATABASE_URL: database.connection.connectionString! } };
  const [first, second] = await Promise.all([machine.start(around), machine.start(around)]);
  // Each start makes a link and ends the one before; which of the two came last nobody knows.
  const answers = [await first.setUp(), await second.setUp()].map((r) => r.status);
  expect(answers.filter((status) => status === 200)).toHaveLength(1);
  const here = writers(() => first, 4);
  const there = writers(() => second, 4);
  while (here.acknowledged.size < 60 || there.acknowledged.size < 60) await new Promise((wait) => setTimeout(wait, 20));
  await Promise.all([here.stop(), there.stop()]);
  expect(await machine.run(['verify'], around)).toMatchObject({ code: 0, out: expect.stringContaining('0 个待封存') });
  expect(await first.stop()).toBe(0);
  expect(await second.raise(newId(), '水渠堵了')).toBe(true);
  expect(await second.stop()).toBe(0);
  await database.drop();
});

const programs = ownPrograms();
const missing = 'missing' in programs ? programs.missing : undefined;
const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;

test.skipIf(missing !== undefined)(
  `it serves, seals and proves on a PostgreSQL that is not ours${skipped}`,
  { timeout: 120_000 },
  async () => {
    const server = await startOwnServer(programs as Exclude<typeof programs, { missing: string }>);
    try {
      const around = { folder: machine.folder('elsewhere'), env: { DATABASE_URL: server.url } };
      const serving = await machine.start(around);
      expect((await serving.setUp()).status).toBe(200);
      expect(await serving.raise(newId(), '水渠堵了')).toBe(true);
      expect(await machine.run(['verify'], around)).toMatchObject({ code: 0 });
      expect(await machine.run(['rebuild'], around)).toMatchObject({ code: 0 });
      expect(await serving.stop()).toBe(0);
    } finally {
      await server.stop();
    }
  },
);

test('doctor looks at a running system; a start without the right key is refused', async () => {
  const folder = machine.folder('doctor');
  const server = await machine.start({ folder });
  await server.setUp();
  const { out } = await machine.run(['doctor'], { folder });
  expect(out).toContain('✓ 数据库 PostgreSQL');
  expect(out).toContain('系统正在运行');
  expect(out).toMatch(/✗ 没有备份过\n {4}请执行/);

  // Without its key the data cannot be read: no new key is made in its place.
  await server.raise(newId(), '水渠堵了');
  await server.stop();
  renameSync(join(folder, 'key'), join(folder, 'key.away'));
  const keyless = await machine.run(['start', '--no-build'], { folder });
  expect(keyless).toMatchObject({ code: 3, error: expect.stringContaining('密钥不见了') });
  expect(existsSync(join(folder, 'key'))).toBe(false);
  const wrong = { MINQING_KEY: Buffer.alloc(32, 9).toString('base64') };
  expect(await machine.run(['start', '--no-build'], { folder, env: wrong })).toMatchObject({
    code: 3,
    error: expect.stringContaining('密钥不是'),
  });
});
