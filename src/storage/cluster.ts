/** The files of the embedded server: made, checked, configured. Nothing here runs the server itself. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { canReach } from './account.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { StorageProblem, systemCode } from './problem.ts';
import { accessFile, localSettingsFile, localSettingsName, settingsFile } from './settings.ts';
import type { Settings } from './settings.ts';

/** The files of one server and what it runs as. */
export interface Cluster {
  folder: string;
  account: Account | undefined;
  binaries: Binaries;
  log: string;
}

export const user = 'minqing';
export const database = 'postgres';
export const port = 5432;
export const socketName = `.s.PGSQL.${port}`;
/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const longestSocketPath = process.platform === 'linux' ? 107 : 103;

/**
 * The real path of the data folder, made if it is not there.
 * @throws StorageProblem `folder` with the reason and the mend
 */
export function openFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (cause) {
    const reasons: Record<string, string> = {
      EACCES: '没有读写权限',
      EPERM: '没有读写权限',
      EROFS: '所在磁盘是只读的',
      ENOTDIR: '路径中有一段是文件而不是文件夹',
      EEXIST: '同名的文件已存在',
      ENOSPC: '磁盘已满',
    };
    const reason = reasons[systemCode(cause)] ?? systemCode(cause);
    throw new StorageProblem(
      'folder',
      `数据文件夹 ${folder} 不能用：${reason}。请用 chown 或 chmod 交给当前用户（${userInfo().username}），或用 MINQING_DATA 指定另一个文件夹`,
      { cause },
    );
  }
}

/** @throws StorageProblem `folder` when the files belong to an account other than the server's */
export function checkOwner(clusterFolder: string, account: Account | undefined): void {
  const entry = statSync(clusterFolder, { throwIfNoEntry: false });
  const uid = account?.uid ?? process.getuid?.();
  if (entry && entry.uid !== uid) {
    throw new StorageProblem(
      'folder',
      `数据库文件夹 ${clusterFolder} 属于另一个用户（uid ${entry.uid}），数据库以 uid ${uid} 运行，打不开它。` +
        `请用原来的用户启动，或执行：sudo chown -R ${uid} '${clusterFolder}'`,
    );
  }
}

/** @throws StorageProblem `folder` on files that are no database: they may be the remains of one */
export function hasCluster(cluster: Cluster): boolean {
  if (!existsSync(cluster.folder)) return false;
  if (existsSync(join(cluster.folder, 'PG_VERSION'))) return true;
  if (readdirSync(cluster.folder).length === 0) return false;
  throw new StorageProblem('folder', `${cluster.folder} 里有文件但不是完整的数据库。请移走它，或从备份恢复`);
}

/** Made under another name and renamed, so that a start broken off leaves nothing half made in place. */
export async function createCluster(cluster: Cluster): Promise<void> {
  const draft = `${cluster.folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  give(draft, cluster.account);
  const result = spawnSync(
    join(cluster.binaries.folder, 'bin/initdb'),
    [
      `--pgdata=${folderArgument(cluster, draft)}`,
      `--username=${user}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--data-checksums',
      '--no-instructions',
      // Sorting and upper/lower case come from PostgreSQL itself: an index stays right when the system's
      // libraries are updated. By code point; where pinyin order matters a query says collate "zh-x-icu".
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      // With a character type of C every Chinese character counts as punctuation and trigrams are empty.
      ...(process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=en_US.UTF-8'] : ['--locale=C.UTF-8']),
      // We do it ourselves, many files at a time: 0.15 s instead of 2. Syncing the whole disk in one call
      // would wait for whatever npm install has just written as well.
      '--no-sync',
    ],
    { ...spawnOptions(cluster, draft), encoding: 'utf8' },
  );
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new StorageProblem(
      'server',
      `在 ${cluster.folder} 新建数据库失败：\n${result.error?.message ?? result.stderr.trim()}`,
      { cause: result.error },
    );
  }
  await syncTree(draft);
  if (existsSync(cluster.folder)) rmSync(cluster.folder, { recursive: true });
  renameSync(draft, cluster.folder);
  await syncTree(dirname(cluster.folder), { deep: false });
}

/** Puts a folder on the disk itself, and what is in it. */
async function syncTree(folder: string, { deep } = { deep: true }): Promise<void> {
  const entries = deep ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const paths = entries.filter((entry) => !entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name));
  const syncOne = async (path: string): Promise<void> => {
    const handle = await open(path);
    await handle.sync().finally(() => handle.close());
  };
  await Promise.all([...paths, folder].map(syncOne));
}

/** @throws StorageProblem `version`: PostgreSQL cannot read the files of another major version */
export function checkMajor(cluster: Cluster): void {
  const made = readFileSync(join(cluster.folder, 'PG_VERSION'), 'utf8').trim();
  if (made === `${cluster.binaries.major}`) return;
  throw new StorageProblem(
    'version',
    `数据库文件夹 ${cluster.folder} 由 PostgreSQL ${made} 建立，本程序带的是 ${cluster.binaries.major}，两者的文件不通用。` +
      '请用原来的程序版本备份，再用本版本恢复到一个新的数据文件夹',
  );
}

/** The cluster's own folder, or a short one where the path to the socket would be too long for the system. */
export function findSocketFolder(cluster: Cluster): string {
  if (fits(cluster.folder)) return cluster.folder;
  const name = `minqing-${createHash('sha256').update(cluster.folder).digest('hex').slice(0, 16)}`;
  const parent = [tmpdir(), '/tmp'].find(
    (each) => fits(join(each, name)) && canReach(cluster.account, join(each, name)),
  );
  if (parent !== undefined) {
    const folder = join(parent, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const entry = lstatSync(folder);
    const uid = cluster.account?.uid ?? process.getuid?.();
    // Anyone may have made a folder of that name before us: take only our own.
    const own = entry.uid === uid || entry.uid === process.getuid?.();
    if (own && entry.isDirectory() && (entry.mode & 0o077) === 0) {
      give(folder, cluster.account);
      return folder;
    }
  }
  throw new StorageProblem(
    'folder',
    `数据文件夹的路径太长（${cluster.folder}），临时文件夹也不可用。请用 MINQING_DATA 指定一个较短的路径`,
  );
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketName)) <= longestSocketPath;
}

/** Writes the configuration files. */
export function configure(cluster: Cluster, socketFolder: string, settings: Settings): void {
  // "." is the cluster's folder, where the server stands: right even where it may not walk there.
  const unix_socket_directories = socketFolder === cluster.folder ? '.' : socketFolder;
  const files = {
    'postgresql.conf': settingsFile({ port: `${port}`, unix_socket_directories, ...settings }),
    'pg_hba.conf': accessFile,
  };
  const write = (name: string, text: string): void => {
    const file = join(cluster.folder, name);
    // The folder is the server account's. Made anew, a link that account may have put there is not followed.
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    give(file, cluster.account);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  if (!existsSync(join(cluster.folder, localSettingsName))) write(localSettingsName, localSettingsFile);
}

/** For a program of PostgreSQL that works on the cluster. */
export function spawnOptions(cluster: Cluster, cwd: string) {
  // Nothing is inherited: PGDATA, LC_ALL or LD_LIBRARY_PATH of the caller would lead the server astray.
  return { cwd, env: { PATH: '/usr/bin:/bin', TZ: 'UTC' }, ...cluster.account };
}

/**
 * How the server is told its folder. It starts standing in it; where its account may not walk there
 * (/root/…), Linux's name for "where I stand" serves as the path and no folder above needs to be opened.
 */
export function folderArgument(cluster: Cluster, folder: string): string {
  return canReach(cluster.account, folder) ? folder : '/proc/self/cwd';
}

function give(path: string, account: Account | undefined): void {
  if (account) lchownSync(path, account.uid, account.gid);
}
