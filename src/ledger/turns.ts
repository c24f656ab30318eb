/** Waits for the turn to take a number of a series. Returns how many the same command took before. */
export type Turn = (series: string) => Promise<number>;

/**
 * Turns at series of numbers in this process: who takes one keeps the series until what bears the number is written, so
 * that the next sees it. Two processes are kept apart by the index on the numbers alone.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** The turns of one command: all it takes it gives back at once, when it is over. */
  taking(): { readonly turn: Turn; over(): void } {
    const taken = new Map<string, number>();
    const held: (() => void)[] = [];
    return {
      turn: async (series) => {
        const before = taken.get(series);
        taken.set(series, (before ?? 0) + 1);
        if (before !== undefined) return before;
        const last = this.#last.get(series);
        let free = (): void => undefined;
        const mine = new Promise<void>((resolve) => {
          free = resolve;
        });
        this.#last.set(series, mine);
        held.push(() => {
          if (this.#last.get(series) === mine) this.#last.delete(series);
          free();
        });
        await last;
        return 0;
      },
      over: () => {
        for (const free of held) free();
      },
    };
  }
}
