/** What the operating system says about processes: who lives, and which are servers of a given folder. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/**
 * A text that names this very process: its number is reused by the system, its start is not.
 * Undefined when no such process lives; a killed process nobody has waited for counts as dead.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') {
    const stat = readOrNothing(`/proc/${pid}/stat`);
    if (stat === undefined) return isAlive(pid) ? `${pid}` : undefined;
    // The command name in parentheses may itself contain spaces and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = fields[18];
    const boot = readOrNothing('/proc/sys/kernel/random/boot_id')?.trim();
    return state === 'Z' || state === 'X' ? undefined : `${boot}/${startTicks}`;
  }
  const started = runOrNothing('ps', ['-o', 'lstart=', '-p', `${pid}`]);
  return started?.trim() || undefined;
}

/**
 * PostgreSQL processes that work in `clusterFolder`, whoever started them. On Linux this sees every
 * process that stands in the folder (a server's processes all do); elsewhere only the first of them.
 */
export function serversOf(clusterFolder: string): number[] {
  if (process.platform !== 'linux') {
    const list = runOrNothing('ps', ['-axo', 'pid=,command=']) ?? '';
    return list
      .split('\n')
      .filter((line) => line.includes('postgres') && line.includes(` -D ${clusterFolder}`))
      .map((line) => Number.parseInt(line, 10));
  }
  const cluster = statSync(clusterFolder, { throwIfNoEntry: false });
  if (!cluster) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      if (readOrNothing(`/proc/${pid}/comm`)?.trim() !== 'postgres') return false;
      try {
        const folder = statSync(`/proc/${pid}/cwd`);
        return folder.dev === cluster.dev && folder.ino === cluster.ino;
      } catch {
        return false;
      }
    })
    .map(Number);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function runOrNothing(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
