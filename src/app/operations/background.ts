import type { KeyObject } from 'node:crypto';
import { dayOf } from '../../calendar/days.ts';
import { checkpoint, sealCounty } from '../../ledger/seal.ts';
import type { System } from '../system.ts';

const BUSY_MS = 300;
const IDLE_MS = 2_000;
/** A pass that sealed so many probably left some: the next one follows at once. */
const BACKLOG = 2_000;

/**
 * What a serving process does besides answering: it seals what was committed and signs the chain's end once a day.
 * Any number of processes may do so on one database: the sealer is one at a time by lock, and of a day's
 * checkpoints the first one stands.
 */
export function startBackground(system: System, key: KeyObject, say: (text: string) => void): { stop(): Promise<void> } {
  const { pool } = system.database;
  /** The day each county's checkpoint was last seen to stand. */
  const signed = new Map<number, string>();
  let pause = BUSY_MS;
  let stopped = false;
  let wake: (() => void) | undefined;

  const pass = async (): Promise<number> => {
    let sealed = 0;
    for (const { county } of await system.counties()) {
      const count = await sealCounty(pool, county);
      sealed += count;
      // A day's checkpoint should cover all that was there when the day began.
      if (count >= BACKLOG) continue;
      const now = new Date().toISOString();
      const day = dayOf(now);
      if (signed.get(county) === day) continue;
      await checkpoint(pool, county, day, now, key);
      const { rows } = await pool.query('select from checkpoint where county = $1 and day = $2', [county, day]);
      // A chain without an event has no end to sign yet.
      if (rows.length > 0) signed.set(county, day);
    }
    return sealed;
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        const sealed = await pass();
        pause = sealed >= BACKLOG ? 0 : sealed > 0 ? BUSY_MS : Math.min(Math.max(pause, BUSY_MS) * 2, IDLE_MS);
      } catch (error) {
        pause = IDLE_MS;
        if (!stopped) say(`封存台账时出错，稍后再试：${error instanceof Error ? error.message : String(error)}`);
      }
      await new Promise<void>((resolve) => {
        if (stopped) return resolve();
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
