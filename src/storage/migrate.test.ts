import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { emptyDatabase, freshDatabase } from './testing.ts';
import type { TestDatabase } from './testing.ts';

let folder: string;
let database: TestDatabase<unknown>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-migrations-'));
  database = await emptyDatabase();
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  return rows.map((row) => row.name);
}

test('files are applied once, in the order of their numbers', async () => {
  write({ '0002_b.sql': 'alter table a add b int;', '0001_a.sql': 'create table a (id int); -- 注释；' });
  expect(await migrate(database.pool, folder)).toEqual(['0001_a.sql', '0002_b.sql']);
  expect(await migrate(database.pool, folder)).toEqual([]);
  write({ '0003_c.sql': 'create table c (id int)' });
  expect(await migrate(database.pool, folder)).toEqual(['0003_c.sql']);
  expect(await tables()).toEqual(['a', 'c', 'migration']);
});

test('starters that come together apply each file once', async () => {
  write({ '0001_a.sql': 'create table a (id int); select pg_sleep(0.1)', '0002_b.sql': 'create table b (id int)' });
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.pool, folder)));
  expect(applied.flat().toSorted()).toEqual(['0001_a.sql', '0002_b.sql']);
});

test('an error names file and line and leaves nothing of its file, but what came before it', async () => {
  write({
    '0001_a.sql': 'create table a (id int);',
    '0002_b.sql': "create table b (id int);\n-- 𠮷 counts once\ninsert into b\nvalues ('乡');\n",
  });
  await expect(migrate(database.pool, folder)).rejects.toMatchObject({
    code: 'migration',
    message: expect.stringContaining(`${join(folder, '0002_b.sql')}:4 `),
  });
  expect(await tables()).toEqual(['a', 'migration']);
  write({ '0002_b.sql': 'create table b (id int)' });
  expect(await migrate(database.pool, folder)).toEqual(['0002_b.sql']);
});

test('a file changed after it was applied is named; changed line ends do not count', async () => {
  write({ '0001_a.sql': 'create table a (\nid int);' });
  await migrate(database.pool, folder);
  write({ '0001_a.sql': 'create table a (\r\nid int);' });
  expect(await migrate(database.pool, folder)).toEqual([]);
  write({ '0001_a.sql': 'create table a (\nid bigint);' });
  await expect(migrate(database.pool, folder)).rejects.toThrow(`${join(folder, '0001_a.sql')} 在应用之后被改动`);
});

test('a database newer than the program is refused', async () => {
  write({ '0001_a.sql': 'create table a (id int)', '0002_b.sql': 'create table b (id int)' });
  await migrate(database.pool, folder);
  rmSync(join(folder, '0002_b.sql'));
  await expect(migrate(database.pool, folder)).rejects.toThrow('0002_b.sql');
});

test('a file numbered before an applied one is refused', async () => {
  write({ '0002_b.sql': 'create table b (id int)' });
  await migrate(database.pool, folder);
  write({ '0001_a.sql': 'create table a (id int)' });
  await expect(migrate(database.pool, folder)).rejects.toThrow('0001_a.sql 的编号早于已应用的 0002_b.sql');
});

test.each([
  [{ '1_a.sql': '' }, '1_a.sql 的名字不对'],
  [{ '0001_a.sql': '', '0001_b.sql': '' }, '0001_a.sql 和 0001_b.sql 的编号相同'],
])('bad names %j are told', async (files, message) => {
  write(files);
  await expect(migrate(database.pool, folder)).rejects.toThrow(message);
});

test('a fresh test database has every migration of the product', async () => {
  const fresh = await freshDatabase();
  try {
    expect(await migrate(fresh.pool)).toEqual([]);
  } finally {
    await fresh.drop();
  }
});
