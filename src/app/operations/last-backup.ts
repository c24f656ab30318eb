import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface LastBackup {
  readonly at: string;
  readonly file: string;
}

const place = (dataFolder: string): string => join(dataFolder, 'last-backup.json');

/** Notes that a backup was made, for `doctor` to judge its age. A folder that cannot be written to spoils no backup. */
export function noteBackup(dataFolder: string, file: string): void {
  try {
    writeFileSync(
      place(dataFolder),
      `${JSON.stringify({ at: new Date().toISOString(), file: resolve(file) } satisfies LastBackup)}\n`,
    );
  } catch {
    // With DATABASE_URL there may be no data folder at all.
  }
}

export function lastBackup(dataFolder: string): LastBackup | undefined {
  try {
    return JSON.parse(readFileSync(place(dataFolder), 'utf8')) as LastBackup;
  } catch {
    return undefined;
  }
}
