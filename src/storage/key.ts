import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from './environment.ts';
import { StorageProblem, systemCode } from './problem.ts';

const keyBytes = 32;

/**
 * The 32 bytes that protect personal fields: MINQING_KEY, or the file `key` in the data folder,
 * made on the first start and readable by its owner only.
 * @throws StorageProblem `key` when the file is damaged, readable by others, or cannot be made
 */
export function readKey(environment: Pick<Environment, 'dataFolder' | 'key'>): Uint8Array {
  if (environment.key) return environment.key;
  const file = join(environment.dataFolder, 'key');
  try {
    return readKeyFile(file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw asProblem(file, error);
  }
  try {
    mkdirSync(environment.dataFolder, { recursive: true });
    createKeyFile(file);
    return readKeyFile(file);
  } catch (error) {
    throw asProblem(file, error);
  }
}

function readKeyFile(file: string): Uint8Array {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new StorageProblem('key', `密钥文件 ${file} 别人也能读，请先执行：chmod 600 '${file}'`);
  }
  const text = readFileSync(file, 'utf8').trim();
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== text) {
    throw new StorageProblem('key', `密钥文件 ${file} 已损坏，请从备份恢复；换成新密钥会使已有的个人信息无法读出`);
  }
  return new Uint8Array(key);
}

/** Writes beside and links into place, so that a crash leaves no half key and of two starters one wins. */
function createKeyFile(file: string): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, 'wx', 0o600);
  try {
    // Made once under sudo in a user's folder, the key must stay readable for that user.
    const { uid, gid } = statSync(dirname(file));
    if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
    writeFileSync(handle, `${randomBytes(keyBytes).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function asProblem(file: string, error: unknown): StorageProblem {
  if (error instanceof StorageProblem) return error;
  return new StorageProblem('key', `密钥文件 ${file} 读写失败（${systemCode(error)}），请检查文件夹的权限`, {
    cause: error,
  });
}
