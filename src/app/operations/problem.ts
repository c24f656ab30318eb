/** Exit codes of the command line. */
export const exits = { good: 0, data: 1, usage: 2, environment: 3 } as const;

/** Something the person at the command line can mend; printed without a stack. */
export class Problem extends Error {
  readonly exit: number;

  constructor(exit: number, message: string) {
    super(message);
    this.name = 'Problem';
    this.exit = exit;
  }
}
