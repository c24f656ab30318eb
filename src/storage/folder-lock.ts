/**
 * One process at a time owns a data folder. This lock is for a clear answer to a second start; the files
 * themselves are guarded by PostgreSQL's own lock besides.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageProblem, systemCode } from './problem.ts';
import { processIdentity } from './processes.ts';

export interface FolderLock {
  release(): void;
}

interface Holder {
  pid: number;
  identity: string;
  since: string;
}

/**
 * Takes the lock of a data folder. A lock whose process has died (power cut, SIGKILL, a number reused
 * by another program) is taken over.
 * @throws StorageProblem `locked` naming the process that holds it
 */
export function lockFolder(folder: string): FolderLock {
  const file = join(folder, 'lock');
  const draft = join(folder, `lock.${process.pid}`);
  const mine: Holder = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    since: new Date().toISOString(),
  };
  const text = JSON.stringify(mine);
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { flag: 'wx' });
  try {
    // A link appears whole or not at all, so nobody can read half a lock.
    while (!tryLink(draft, file)) removeIfStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readText(file) === text) rmSync(file, { force: true });
    },
  };
}

function removeIfStale(file: string): void {
  const seen = readText(file);
  if (seen === undefined) return;
  const holder = parseHolder(seen);
  if (holder && processIdentity(holder.pid) === holder.identity) throw lockedBy(file, holder);

  // Between reading and removing another starter may have taken the lock: move first, then look.
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (readText(aside) !== seen) tryLink(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function lockedBy(file: string, holder: Holder): StorageProblem {
  const who = holder.pid === process.pid ? '本进程' : `进程 ${holder.pid}（${holder.since} 启动）`;
  const mend = holder.pid === process.pid ? '' : `请先停止它：kill ${holder.pid}，或用 MINQING_DATA 换一个数据文件夹。`;
  return new StorageProblem('locked', `数据文件夹正由${who}使用，不能同时启动两次。${mend}锁文件：${file}`);
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    const { pid, identity, since } = value;
    return pid !== undefined && Number.isInteger(pid) && identity !== undefined && since !== undefined
      ? { pid, identity, since }
      : undefined;
  } catch {
    return undefined;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
