/** Waits for the turn to take a number of a series. Returns how many the same command took before. @throws GiveWay */
export type Turn = (series: string) => Promise<number>;

/** The command has to give back all its turns and begin again: it and an older one would wait for each other. */
export class GiveWay extends Error {
  /** When that one is over. */
  readonly until: Promise<unknown>;
  constructor(until: Promise<unknown>) {
    super('an older command goes first');
    this.until = until;
  }
}

interface Command {
  /** Whoever began earlier is older. */
  readonly age: number;
  readonly over: Promise<void>;
}

/**
 * Turns at series of numbers in this process: who takes one keeps the series until what bears the number is written, so
 * that the next sees it. Two processes are kept apart by the index on the numbers alone.
 *
 * A command may need several series, in any order. One that holds a turn waits only for younger ones; before an older one
 * it gives way. So no two ever wait for each other, and the oldest always gets through.
 */
export class Turns {
  #age = 0;
  /** Who has a series and who waits for it, in their order. */
  readonly #queues = new Map<string, Command[]>();

  /**
   * The turns of one command: all it takes it gives back at once, when it is over.
   * @param age its age from a try before, so that who gave way once is older than all who came since
   */
  taking(age: number = (this.#age += 1)): { readonly age: number; readonly turn: Turn; over(): void } {
    const taken = new Map<string, number>();
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const self: Command = { age, over };
    return {
      age,
      turn: async (series) => {
        const before = taken.get(series);
        if (before !== undefined) {
          taken.set(series, before + 1);
          return before;
        }
        const queue = this.#queues.get(series) ?? [];
        const ahead = Promise.all(queue.map((other) => other.over));
        if (taken.size > 0 && queue.some((other) => other.age < age)) throw new GiveWay(ahead);
        this.#queues.set(series, [...queue, self]);
        taken.set(series, 1);
        await ahead;
        return 0;
      },
      over: () => {
        for (const series of taken.keys()) {
          const left = this.#queues.get(series)!.filter((other) => other !== self);
          if (left.length === 0) this.#queues.delete(series);
          else this.#queues.set(series, left);
        }
        end();
      },
    };
  }
}
