import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKey } from './key.ts';

let dataFolder: string;

beforeEach(() => {
  dataFolder = join(mkdtempSync(join(tmpdir(), 'minqing-key-')), 'data');
});
afterEach(() => {
  rmSync(join(dataFolder, '..'), { recursive: true });
});

test('the first call makes a key that only its owner reads, later calls find the same', () => {
  const key = readKey({ dataFolder });
  expect(key).toHaveLength(32);
  expect(readKey({ dataFolder })).toEqual(key);
  expect(statSync(join(dataFolder, 'key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataFolder)).toEqual(['key']);
});

test('MINQING_KEY wins and no file is made', () => {
  const key = new Uint8Array(32).fill(9);
  expect(readKey({ dataFolder, key })).toBe(key);
  expect(statSync(dataFolder, { throwIfNoEntry: false })).toBeUndefined();
});

test('a key that others may read is refused with its mend', () => {
  readKey({ dataFolder });
  chmodSync(join(dataFolder, 'key'), 0o644);
  expect(() => readKey({ dataFolder })).toThrow(`chmod 600 '${join(dataFolder, 'key')}'`);
});

test('a damaged key is refused and never replaced', () => {
  readKey({ dataFolder });
  writeFileSync(join(dataFolder, 'key'), 'half');
  expect(() => readKey({ dataFolder })).toThrow('已损坏');
  expect(() => readKey({ dataFolder })).toThrow('已损坏');
});
