import { Kysely, PostgresDialect } from 'kysely';
import { vi } from 'vitest';
import type { Database } from '../../../storage/database.ts';

/** Numbers that are the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Every game begins on this morning, so that it can be played again to the letter. */
const MORNING = Date.parse('2026-11-24T23:00:00Z');

/**
 * Time and chance of a game: the phones' ids come from the seed, and the clock moves when the game says so. A phone's
 * clock may be off; the server's never is.
 */
export class Chance {
  now = MORNING;
  /** How long the phones were not asleep (ms): their monotonic clocks count no more. */
  awake = 0;
  #next = numbers(0);
  #ahead = 0;

  /** From here on the process runs by this clock. */
  begin(): void {
    vi.useFakeTimers({ toFake: ['Date'], now: this.now });
  }
  end(): void {
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
  /** A new game: the same morning, ids of its own. */
  again(seed: number): void {
    this.now = MORNING;
    this.#next = numbers(seed);
    vi.setSystemTime(this.now);
    vi.restoreAllMocks();
    // A process that dies says so, over and over; here it is what was asked for.
    const { error } = console;
    vi.spyOn(console, 'error').mockImplementation((...said) => {
      if (!String(said[0]).includes('the process ')) error(...said);
    });
    vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((bytes) => {
      if (bytes instanceof Uint8Array) for (let i = 0; i < bytes.length; i++) bytes[i] = this.#next();
      return bytes;
    });
  }
  pass(minutes: number, asleep = false): void {
    this.now += minutes * 60_000;
    if (!asleep) this.awake += minutes * 60_000;
    vi.setSystemTime(this.now);
  }
  /** What a phone does, by its own clock. */
  async onPhone<T>(ahead: number, job: () => Promise<T>): Promise<T> {
    this.#ahead = ahead;
    vi.setSystemTime(this.now + ahead);
    try {
      return await job();
    } finally {
      this.#ahead = 0;
      vi.setSystemTime(this.now);
    }
  }
  /** What the server does meanwhile, by the right one. */
  async onServer<T>(job: () => Promise<T>): Promise<T> {
    vi.setSystemTime(this.now);
    try {
      return await job();
    } finally {
      vi.setSystemTime(this.now + this.#ahead);
    }
  }
}

/** A server's process as the database sees it: it may die at any statement, before it or after it took effect. */
export class Mortal {
  dead = false;
  #left = Number.POSITIVE_INFINITY;
  #tookEffect = false;
  #withIt: () => Promise<void> = () => Promise.resolve();
  readonly #out = new Set<{ release(broken: boolean): void }>();
  readonly database: Database;

  constructor(real: Database) {
    const pool = new Proxy(real.pool, {
      get: (of, name) => {
        if (name === 'query') return (...given: unknown[]) => this.#statement(() => Reflect.apply(of.query, of, given));
        if (name === 'connect') return () => this.#connected(of);
        const value: unknown = Reflect.get(of, name, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
    this.database = { ...real, pool, kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }) };
  }

  /** It dies so many statements from now. @param withIt what goes down in the same moment */
  dieAfter(statements: number, tookEffect: boolean, withIt: () => Promise<void> = () => Promise.resolve()): void {
    this.#left = statements;
    this.#tookEffect = tookEffect;
    this.#withIt = withIt;
  }
  /** Whatever it was doing stops here: its connections break, and the database undoes what was not committed. */
  async die(): Promise<void> {
    if (this.dead) return;
    this.dead = true;
    const down = this.#withIt();
    for (const client of this.#out) client.release(true);
    this.#out.clear();
    await down;
  }

  async #statement<T>(job: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Error('the process is dead');
    if (--this.#left >= 0) return await job();
    if (this.#tookEffect) await job().catch(() => undefined);
    await this.die();
    throw new Error('the process died');
  }

  async #connected(pool: Database['pool']) {
    if (this.dead) throw new Error('the process is dead');
    const client = await pool.connect();
    this.#out.add(client);
    return new Proxy(client, {
      get: (of, name) => {
        if (name === 'release')
          return (broken?: boolean) => {
            if (this.#out.delete(client)) client.release(broken);
          };
        if (name === 'query')
          return (...given: unknown[]) => this.#statement(() => Reflect.apply(of.query, of, given) as Promise<unknown>);
        const value: unknown = Reflect.get(of, name, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  }
}
