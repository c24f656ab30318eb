import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askSweeps } from '../disputes/ask.ts';
import { newId } from '../ledger/ids.ts';
import { fingerprint } from '../ledger/rebuild.ts';
import { loadEnvironment } from '../storage/environment.ts';
import { emptyDatabase } from '../storage/testing.ts';
import { openHouse } from './operations/open.ts';
import { COUNTY, Machine, type Server, writers } from './process-testing.ts';

// Whole processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const machine = new Machine();
afterAll(() => machine.clear());

const folder = machine.folder('live');
const key = join(folder, 'key');
let server: Server;
beforeAll(async () => {
  server = await machine.start({ folder });
  await server.setUp();
});

const file = (name: string, text: string): string => {
  writeFileSync(machine.folder(name), text);
  return machine.folder(name);
};

async function inside<T>(
  where: string,
  look: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<T>,
): Promise<T> {
  const house = await openHouse({ ...loadEnvironment(), dataFolder: where });
  try {
    return await look(house);
  } finally {
    await house.close();
  }
}

/** Read tables, ledger and everything else an archive keeps. */
const state = (where: string) =>
  inside(where, async ({ database, system }) => {
    const { rows } = await database.pool.query<{ print: string }>(
      `select (select count(*) || ':' || sum(hashtextextended(e::text, 1)::numeric) from event e)
       || ' ' || (select count(*) || ':' || sum(hashtextextended(v::text, 1)::numeric) from vault v)
       || ' ' || (select count(*) || ':' || sum(hashtextextended(c::text, 1)::numeric) from command c)
       || ' ' || (select count(*) || ':' || sum(hashtextextended(c::text, 1)::numeric) from counter c) as print`,
    );
    return { ...(await fingerprint(database.pool, system.ledger, COUNTY)), ledger: rows[0]!.print };
  });

describe('importing at the command line while the system runs', () => {
  test('organisation, households and messages; again it changes nothing; faults are told by row', async () => {
    const areas = file(
      '行政区划.csv',
      '区划代码,名称,上级代码\n990101101,柳河镇,990101\n990101101201,柳河村,990101101\n',
    );
    expect(await machine.run(['import', 'organisation', areas], { folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('新增 2'),
    });
    const homes = file(
      '住户.csv',
      '乡镇,村/社区,门牌,户主,与户主关系,姓名,出生年\n柳河镇,柳河村,一组 1 号,陈秀英,户主,陈秀英,1950\n柳河镇,无此村,2 号,李四,户主,李四,1960\n',
    );
    const taken = await machine.run(['import', 'households', homes], { folder });
    expect(taken).toMatchObject({ code: 1, out: expect.stringContaining('新导入 1 户') });
    expect(taken.error).toContain('第 3 行');
    const messages = file(
      '留言.jsonl',
      `${JSON.stringify({ 留言编号: '1', 留言主题: '=路坏了', 留言时间: '2026/1/6 12:09:38', 留言详情: '一直没修' })}\n`,
    );
    expect(await machine.run(['import', 'messages', messages], { folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('新导入 1 条'),
    });
    expect(await machine.run(['import', 'messages', messages], { folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('已有 1 条'),
    });
    expect(await machine.run(['import', 'messages', machine.folder('没有.csv')], { folder })).toMatchObject({
      code: 2,
    });

    const csv = await machine.run(['export', 'matters', '--format', 'csv'], { folder });
    // What a resident typed must not become a formula.
    expect(csv.out).toMatch(/^\ufeff编号,.*\r\n[^\r]*2026-01-06 12:09:38,[^\r]*,'=路坏了,/);
  });
});

describe('[L8] backup', () => {
  test('taken while 16 clients write, it restores into a whole chain that has all acknowledged before', async () => {
    const clients = writers(() => server, 16);
    while (clients.acknowledged.size < 100) await new Promise((wait) => setTimeout(wait, 5));
    const before = [...clients.acknowledged];
    const archive = machine.folder('busy.gz');
    const made = await machine.run(['backup', archive], { folder });
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('密钥不在备份里面') });
    await clients.stop();
    expect(clients.acknowledged.size).toBeGreaterThan(before.length);

    const where = machine.folder('from-busy');
    const restored = await machine.run(['restore', archive, '--key', key], { folder: where });
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('链完整') });
    const known = await inside(where, async ({ database }) => {
      const { rows } = await database.pool.query<{ n: number }>(
        'select count(*) as n from command where id = any($1::uuid[])',
        [before],
      );
      return rows[0]!.n;
    });
    expect(known).toBe(before.length);
  });

  test('restored into an empty folder it is the same to the last row, serves, and keeps the commands it knew', async () => {
    const command = newId();
    expect(await server.raise(command, '水渠堵了')).toBe(true);
    const archive = machine.folder('still.gz');
    expect(await machine.run(['backup', archive, '--with-key'], { folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('密钥在备份里面'),
    });
    const where = machine.folder('from-still');
    expect(await machine.run(['restore', archive], { folder: where })).toMatchObject({ code: 0 });
    expect(await state(where)).toEqual(await state(folder));
    const second = await machine.start({ folder: where });
    expect(second.setupLink).toBeUndefined();
    const signedIn = await second.post('/api/session', { login: 'admin', password: '柳河 水渠 清淤 三月' });
    expect(signedIn.status).toBe(200);
    await second.stop();
    expect(await machine.run(['restore', archive], { folder: where })).toMatchObject({
      code: 2,
      error: expect.stringContaining('已经有数据'),
    });
  });

  test('restores into a database server as well', async () => {
    const database = await emptyDatabase();
    const where = { folder: machine.folder('server'), env: { DATABASE_URL: database.connection.connectionString! } };
    expect(await machine.run(['restore', machine.folder('still.gz')], where)).toMatchObject({ code: 0 });
    expect(await machine.run(['verify'], where)).toMatchObject({ code: 0, out: expect.stringContaining('首尾相接') });
    await database.drop();
  });

  test('without the key, cut short or changed, it is refused and leaves the folder empty', async () => {
    const archive = machine.folder('busy.gz');
    const where = machine.folder('refused');
    expect(await machine.run(['restore', archive], { folder: where })).toMatchObject({
      code: 2,
      error: expect.stringContaining('密钥'),
    });
    const other = file('other-key', `${Buffer.alloc(32, 9).toString('base64')}\n`);
    expect(await machine.run(['restore', archive, '--key', other], { folder: where })).toMatchObject({
      code: 2,
      error: expect.stringContaining('不是做这份备份'),
    });

    const whole = readFileSync(archive);
    writeFileSync(machine.folder('short.gz'), whole.subarray(0, whole.length - 2_000));
    const text = gunzipSync(whole).toString('utf8');
    writeFileSync(
      machine.folder('changed.gz'),
      gzipSync(text.replace('"kind":"matter.registered"', '"kind":"matter.withdrawn"')),
    );
    writeFileSync(machine.folder('noise.gz'), 'not an archive');
    for (const bad of ['short.gz', 'changed.gz', 'noise.gz']) {
      const ended = await machine.run(['restore', machine.folder(bad), '--key', key], { folder: where });
      expect([bad, ended.code, ended.error]).toEqual([bad, 1, expect.stringContaining('损坏')]);
    }
    expect(await machine.run(['restore', archive, '--key', key], { folder: where })).toMatchObject({ code: 0 });
  });
});

test('a new version that keeps other read tables fills them from the ledger at its first start, once', async () => {
  const upgraded = machine.folder('upgraded');
  const first = await machine.start({ folder: upgraded });
  await first.setUp();
  expect(await first.raise(newId(), '水渠堵了')).toBe(true);
  expect(await first.stop()).toBe(0);
  // What an older version kept and this one does not know: it stays in the chain, and nothing stops for it.
  const old = newId();
  await inside(upgraded, async ({ database: { pool } }) => {
    await pool.query(
      `with told as (
         insert into event (county, stream, version, record, kind, data, actor, at, recorded_at, command)
         select $1, $2, v, 'referral', 'referral.sent', '{"to":"联席会议"}', 'system:test', now(), now(), $2 from generate_series(1, 3) v)
       insert into unsealed (county, stream, first, last) values ($1, $2, 1, 3)`,
      [COUNTY, old],
    );
  });
  // What a day does by itself has been done, whenever the program gets to it.
  await inside(upgraded, async ({ system }) => {
    await askSweeps(system.ledger, await system.policies(COUNTY), COUNTY, new Date().toISOString());
  });
  const right = await state(upgraded);
  // As an older version left it: it knew another shape, and this table was not filled.
  await inside(upgraded, async ({ database: { pool } }) => {
    await pool.query(`update migration set read_shape = 'older' where read_shape is not null`);
    await pool.query('delete from matter');
  });
  const second = await machine.start({ folder: upgraded });
  expect(second.said().error).toContain('新版本：重建清河县的读表');
  expect(second.said().error).toContain('这个版本不认识“referral”这种记录，3 个事件留在台账里');
  expect(await second.stop()).toBe(0);
  expect(await state(upgraded)).toEqual(right);
  const third = await machine.start({ folder: upgraded });
  expect(third.said().error).not.toContain('重建');
  expect(await third.stop()).toBe(0);
  expect(await machine.run(['verify'], { folder: upgraded })).toMatchObject({ code: 0 });
  expect(await machine.run(['rebuild'], { folder: upgraded })).toMatchObject({
    code: 0,
    out: expect.stringContaining('读表与台账一致'),
    error: expect.stringContaining('3 个事件留在台账里'),
  });
});

test('[L2] one changed character in the database is found and the row named', async () => {
  const sound = await machine.run(['verify'], { folder });
  expect(sound).toMatchObject({ code: 0, out: expect.stringMatching(/[1-9] 个检查点签名正确/) });
  const touched = await inside(folder, async ({ database }) => {
    const { rows } = await database.pool.query<{ stream: string; version: number; seq: number }>(
      `update event e set data = jsonb_set(data, '{channel}', '"wab"') from seal s
        where s.county = e.county and s.stream = e.stream and s.version = e.version and s.seq = (
          select max(seq) from seal join event using (county, stream, version) where kind = 'matter.registered' and data ->> 'channel' = 'web')
       returning e.stream, e.version, s.seq`,
    );
    return rows[0]!;
  });
  const proof = await machine.run(['verify'], { folder });
  expect(proof.code).toBe(1);
  expect(proof.out).toContain('发现 1 处问题');
  expect(proof.out).toContain(
    `序号 ${touched.seq}，记录 ${touched.stream}，第 ${touched.version} 版，matter matter.registered：内容在封存之后被改动过`,
  );
  await server.stop();
});
