/** Lets so many jobs run at the same time; the others wait their turn, which comes after a rest. */
export class Queue {
  readonly #atOnce: () => number;
  readonly #restMs: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /**
   * @param atOnce how many may run, asked again whenever one is over
   * @param restMs between one that is over and the next that waited
   */
  constructor(atOnce: () => number, restMs = 0) {
    this.#atOnce = atOnce;
    this.#restMs = restMs;
  }

  /** Whether somebody waits. */
  get wanted(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * @param place where it waits: what goes on with something begun stands `first`, so that it is ended before another begins
   * @returns what the job gives. @throws what it throws; the next comes all the same
   */
  async take<T>(job: () => Promise<T>, place: 'first' | 'last' = 'last'): Promise<T> {
    if (this.#running >= this.#atOnce())
      await new Promise<void>((go) => (place === 'first' ? this.#waiting.unshift(go) : this.#waiting.push(go)));
    else this.#running += 1;
    try {
      return await job();
    } finally {
      const next = this.#running > this.#atOnce() ? undefined : this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else if (this.#restMs > 0) setTimeout(next, this.#restMs);
      else next();
    }
  }
}
