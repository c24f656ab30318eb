import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openSystem } from '../app/system.ts';
import { freshDatabase } from '../storage/testing.ts';
import { evalClocks, figuresOf } from './eval-clocks.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-clocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Local times as boards write them, some without leading zeros. */
const local = (seconds: number, padded: boolean): string => {
  const date = new Date(seconds * 1000);
  const two = (n: number): string => (padded ? String(n).padStart(2, '0') : String(n));
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
};
const DAY = 86_400;
const rows = fc.sample(
  fc.record({
    sent: fc.integer({ min: 1_388_534_400, max: 1_577_836_800 }),
    took: fc.oneof(
      fc.integer({ min: 0, max: 90 * DAY }),
      fc.constantFrom(15 * DAY, 15 * DAY + 1, 60 * DAY, 60 * DAY + 1),
    ),
    padded: fc.boolean(),
  }),
  { numRuns: 201, seed: 3 },
);
const written = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};
const file = written(
  'answered.jsonl',
  rows.map(({ sent, took, padded }, i) =>
    JSON.stringify({
      id: String(i),
      user: 'U',
      subject: '路灯不亮',
      body: '',
      sent_at: local(sent, padded),
      reply: '已经换好。',
      replied_at: local(sent + took, padded),
    }),
  ),
);

const plainly = (some: typeof rows) => {
  const days = some.map(({ took }) => took / DAY).toSorted((a, b) => a - b);
  const share = (limit: number): number => days.filter((d) => d > limit).length / days.length;
  return {
    rows: days.length,
    median_days: (days[(days.length - 1) >> 1]! + days[days.length >> 1]!) / 2,
    late15: share(15),
    late60: share(60),
  };
};

test('[C16] the statistics of imported messages agree with a plain count', async () => {
  const database = await freshDatabase();
  try {
    const figures = await figuresOf(
      openSystem(database, { key: randomBytes(32), publicUrl: 'http://localhost' }),
      file,
      false,
    );
    const plain = plainly(rows);
    expect(figures).toEqual({ ...plain, median_days: expect.closeTo(plain.median_days, 9) });
  } finally {
    await database.drop();
  }
});

test('[C16] measured with a database of its own, which leaves nothing behind', async () => {
  const plain = plainly(rows.filter((_, i) => i % 10 === 0));
  expect(await evalClocks({ file, quick: true })).toEqual({
    ...plain,
    median_days: expect.closeTo(plain.median_days, 9),
  });
  await expect(evalClocks({ file: written('bad.jsonl', ['{"id": 1']), quick: false })).rejects.toThrow('1 of 1 rows');
}, 60_000);
