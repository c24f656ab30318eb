/** PostgreSQL refuses to run as root, so a root process hands its server to an unprivileged account. */
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account the server runs as, or undefined for our own. Under root it is the owner of what is
 * already there (a folder first used without sudo stays its user's), else nobody.
 * @param folders existing folders, the most telling first
 */
export function serverAccount(folders: readonly string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const folder of folders) {
    const { uid, gid } = statSync(folder, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
    if (uid !== 0) return { uid, gid };
  }
  return nobody();
}

function nobody(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.uid > 0);
  // initdb wants the account to have a name, so any named one is better than a bare number.
  const { uid, gid } = accounts.find((account) => account.name === 'nobody') ??
    accounts[0] ?? { uid: 65534, gid: 65534 };
  return { uid, gid };
}

const execute = 0o1;
const readAndExecute = 0o5;

/** Whether the account can walk to `path` (every folder above it lets it through). */
export function canReach(account: Account | undefined, path: string): boolean {
  if (!account) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!permits(account, folder, execute)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether the account can walk to `path` and read and run what is there. */
export function canRun(account: Account | undefined, path: string): boolean {
  return canReach(account, path) && (!account || permits(account, path, readAndExecute));
}

function permits(account: Account, path: string, bits: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** Whether `folder` is a real folder of `uid` that nobody else can write to. */
export function isPrivateFolder(folder: string, uid: number): boolean {
  const entry = lstatSync(folder);
  return entry.isDirectory() && entry.uid === uid && (entry.mode & 0o022) === 0;
}
