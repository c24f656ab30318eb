import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { processIdentity } from './processes.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function leaveLock(holder: unknown): void {
  writeFileSync(join(folder, 'lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));
}

test('a held lock names its holder, a released one is free and leaves nothing behind', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow('本进程');
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder).release();
});

test('a living holder in another process is named by its number', () => {
  const holder = spawn('sleep', ['30']);
  leaveLock({ pid: holder.pid, identity: processIdentity(holder.pid!), since: '2026-01-01T00:00:00.000Z' });
  try {
    expect(() => lockFolder(folder)).toThrow(`kill ${holder.pid}`);
  } finally {
    holder.kill();
  }
});

test('the lock of a dead process is taken over', () => {
  const { pid } = spawnSync('true');
  leaveLock({ pid, identity: 'whatever', since: '2026-01-01T00:00:00.000Z' });
  expect(() => lockFolder(folder).release()).not.toThrow();
});

test('a number that the system has given to another program since does not hold the lock', () => {
  leaveLock({ pid: process.ppid, identity: 'an earlier boot/1', since: '2026-01-01T00:00:00.000Z' });
  expect(() => lockFolder(folder).release()).not.toThrow();
});

test('a damaged lock is taken over', () => {
  leaveLock('{"pid":');
  expect(() => lockFolder(folder).release()).not.toThrow();
});

test('of many processes that find a stale lock at once exactly one gets it', async () => {
  leaveLock({ pid: spawnSync('true').pid, identity: 'dead', since: '2026-01-01T00:00:00.000Z' });
  const script = `import { lockFolder } from ${JSON.stringify(resolve(import.meta.dirname, 'folder-lock.ts'))}
    try { lockFolder(${JSON.stringify(folder)}); console.log('got'); setTimeout(() => {}, 1500) } catch (error) { console.log(error.code) }`;
  const answers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      for await (const chunk of child.stdout) output += String(chunk);
      return output.trim();
    }),
  );
  expect(answers.toSorted()).toEqual(['got', ...Array<string>(5).fill('locked')]);
});
