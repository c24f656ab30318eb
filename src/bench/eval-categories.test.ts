import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_TREE } from '../catalogue/default-tree.ts';
import { COMPLAINTS } from '../catalogue/testing.ts';
import { lineOf } from '../catalogue/tree.ts';
import { evalCategories, figuresOf } from './eval-categories.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'categories-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, rows: readonly unknown[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return path;
};

const leaves = DEFAULT_TREE.categories
  .filter(({ id }) => id.length === 6)
  .map(({ id }) => lineOf(DEFAULT_TREE, id).map(({ name }) => name))
  .map(([level3, level2, level1]) => ({ level1, level2, level3 }));
const labelled = COMPLAINTS.map(({ text, label }) => ({ ...text, category: lineOf(DEFAULT_TREE, label).at(-1)?.name }));

test('[C2] the figures are what a hand counts', () => {
  const figures = figuresOf(['a', 'a', 'b', 'c'], [['a'], ['b', 'c', 'a'], ['b'], ['a', 'b', 'd', 'c']]);
  expect(figures.accuracy).toBe(0.5);
  expect(figures.top3).toBe(0.75);
  // a: 1 right of 2 meant and 2 said; b: 1 of 1 and 2; c: none.
  expect(figures.macro_f1).toBeCloseTo((0.5 + 2 / 3 + 0) / 3, 12);
});

test('[C2] first-level categories are proposed from files, better with decisions than from the tree alone', async () => {
  const tree = await file('tree.jsonl', leaves);
  const held = await file(
    'test.jsonl',
    labelled.filter((_, i) => i % 3 === 0),
  );
  const none = await evalCategories(['--tree', tree, '--train', await file('none.jsonl', []), '--test', held]);
  const some = await evalCategories([
    '--tree',
    tree,
    '--train',
    await file(
      'train.jsonl',
      labelled.filter((_, i) => i % 3 !== 0),
    ),
    '--test',
    held,
  ]);
  expect(some.n).toBe(22);
  expect(some.accuracy).toBeGreaterThan(none.accuracy);
  expect(some.accuracy).toBeGreaterThan(0.6);
  expect(some.top3).toBeGreaterThan(some.accuracy);
});

test('[C2] a bad line is named', async () => {
  const tree = await file('tree.jsonl', leaves);
  const bad = await file('bad.jsonl', [labelled[0], { subject: '停水' }]);
  await expect(evalCategories(['--tree', tree, '--train', bad, '--test', bad])).rejects.toThrow(
    /bad\.jsonl, line 2: [\s\S]*body/,
  );
  const broken = await file('broken.jsonl', ['{']);
  await expect(evalCategories(['--tree', tree, '--train', broken, '--test', bad])).rejects.toThrow(
    /broken\.jsonl, line 1/,
  );
  await expect(evalCategories(['--tree', tree])).rejects.toThrow('usage');
});
