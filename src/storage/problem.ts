/**
 * Something the person who runs the program can mend: a bad setting, a locked folder, a changed
 * migration. `message` is the whole text for that person; the command line prints it without a stack.
 */
export class StorageProblem extends Error {
  readonly code: StorageProblemCode;

  constructor(code: StorageProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageProblem';
    this.code = code;
  }
}

export type StorageProblemCode =
  | 'environment'
  | 'key'
  | 'folder'
  | 'locked'
  | 'platform'
  | 'version'
  | 'server'
  | 'migration';

/** The system's error code (`ENOENT`, `EACCES` …) or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
