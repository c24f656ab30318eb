import fc from 'fast-check';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, openDatabase, parseTimestamp } from './database.ts';
import { ownPrograms, startOwnServer } from './own-server.ts';
import { emptyDatabase, startTestServer } from './testing.ts';
import type { TestDatabase } from './testing.ts';

let database: TestDatabase<unknown>;

beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => {
  await database.drop();
});

async function roundTrip(type: string, value: unknown): Promise<unknown> {
  const { rows } = await database.pool.query<{ value: unknown }>(`select $1::${type} as value`, [value]);
  return rows[0]?.value;
}

const instants = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

test('an instant comes back as the ISO text in UTC that went in, alone and in an array', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(instants, { minLength: 1, maxLength: 5 }), async (dates) => {
      const texts = dates.map((date) => date.toISOString());
      expect(await roundTrip('timestamptz', texts[0])).toBe(texts[0]);
      expect(await roundTrip('timestamptz[]', texts)).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

test('[L2] a connection that breaks while somebody holds it fails the next statement, not the program', async () => {
  const holder = await database.pool.connect();
  const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
  const broken = new Promise((heard) => holder.once('end', heard));
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
  await broken;
  await expect(holder.query('select 1')).rejects.toThrow();
  holder.release(true);
  expect(await roundTrip('text', '照常')).toBe('照常');
});

test('an instant is the same whatever time zone the session has', () => {
  expect(parseTimestamp('2026-11-21 22:47:31.258999+00')).toBe('2026-11-21T22:47:31.258Z');
  expect(parseTimestamp('2026-11-22 06:47:31.2+08')).toBe('2026-11-21T22:47:31.200Z');
  expect(parseTimestamp('2026-11-22 04:17:31+05:30')).toBe('2026-11-21T22:47:31.000Z');
  expect(parseTimestamp('infinity')).toBe('infinity');
});

test('a time zone or date style set on the server changes no answer', async () => {
  const { rows } = await database.pool.query<{ name: string }>('select current_database() as name');
  await database.pool.query(`alter database ${rows[0]!.name} set timezone to 'Asia/Shanghai'`);
  await database.pool.query(`alter database ${rows[0]!.name} set datestyle to 'German'`);
  const later = await connect(database.connection);
  try {
    const answer = await later.pool.query(
      "select '2026-11-21T23:00:00Z'::timestamptz as at, '2026-11-21T23:00:00Z'::timestamptz::date as day",
    );
    expect(answer.rows).toEqual([{ at: '2026-11-21T23:00:00.000Z', day: '2026-11-21' }]);
  } finally {
    await later.close();
  }
});

test('a day stays a day', async () => {
  await fc.assert(
    fc.asyncProperty(instants, async (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(await roundTrip('date', day)).toBe(day);
    }),
    { numRuns: 50 },
  );
});

test('whole numbers come back exact or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), async (value) => {
      const result = roundTrip('int8', value);
      if (Number.isSafeInteger(Number(value))) expect(await result).toBe(Number(value));
      else await expect(result).rejects.toThrow(RangeError);
    }),
    { numRuns: 50 },
  );
  expect(await roundTrip('int8[]', [1, null, 3])).toEqual([1, null, 3]);
  expect(await roundTrip('numeric', '12.5')).toBe(12.5);
});

test('Chinese characters are letters and stored whole, rare ones too', async () => {
  expect(await roundTrip('text', '䶮㛃𠮷①')).toBe('䶮㛃𠮷①');
  const { rows } = await database.pool.query(String.raw`select '三号楼' ~ '^\w+$' as word, upper('é') as upper`);
  expect(rows).toEqual([{ word: true, upper: 'É' }]);
});

test('the query builder speaks to the same database', async () => {
  await database.pool.query('create table area (code text primary key, residents int8)');
  const typed = database.kysely.withTables<{ area: { code: string; residents: number } }>();
  await typed.insertInto('area').values({ code: '330483', residents: 700_000 }).execute();
  expect(await typed.selectFrom('area').selectAll().execute()).toEqual([{ code: '330483', residents: 700_000 }]);
});

test('a server older than the program needs is refused by name', async () => {
  const newer = Number.parseInt(database.serverVersion, 10) + 1;
  await expect(connect(database.connection, newer)).rejects.toMatchObject({
    code: 'version',
    message: `数据库是 PostgreSQL ${database.serverVersion}，本程序需要 ${newer} 或更高版本，请先升级数据库`,
  });
});

test('a server that is not there is told in words', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  const opened = openDatabase({ databaseUrl: `postgresql://a@127.0.0.1:${port}/b`, dataFolder: '/nowhere' });
  await expect(opened).rejects.toMatchObject({ code: 'server', message: expect.stringContaining('连不上数据库') });
});

const given = process.env['DATABASE_URL'];
const programs = given ? undefined : ownPrograms();
const missing = programs !== undefined && 'missing' in programs ? programs.missing : undefined;
const skipped = missing === undefined ? '' : ` (skipped: DATABASE_URL is not set, and ${missing})`;

test.skipIf(missing !== undefined)(
  `DATABASE_URL is opened as it is, on a server that is not ours${skipped}`,
  { timeout: 90_000 },
  async () => {
    const server = programs === undefined || 'missing' in programs ? undefined : await startOwnServer(programs);
    try {
      const databaseUrl = given ?? server!.url;
      // Every migration, on a server that is older than the embedded one.
      const prepared = await startTestServer(databaseUrl);
      await prepared.stop();
      const opened = await openDatabase({ databaseUrl, dataFolder: '/nowhere' });
      expect(Number.parseInt(opened.serverVersion, 10)).toBeGreaterThanOrEqual(15);
      if (server !== undefined) expect(Number.parseInt(opened.serverVersion, 10)).toBe(server.version);
      await opened.close();
      await opened.close();
    } finally {
      await server?.stop();
    }
  },
);
