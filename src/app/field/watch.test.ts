import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumberAt } from '../../calendar/days.ts';
import { whenWritten } from '../../sync/clock.ts';
import type { Disk } from '../../sync/phone.ts';
import { type Reading, Watch } from './watch.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse('2026-11-26T02:00:00Z');

/** A phone in somebody's pocket: true time passes, and its clocks show what they show. */
class Pocket {
  now = START;
  off = 0;
  #mono = 0;
  #page = 0;
  #cell: Uint8Array | undefined;
  readonly #disk: Disk = {
    read: async () => (this.#cell === undefined ? [] : [['watch', this.#cell] as const]),
    write: async ([change]) => void (this.#cell = change!.bytes),
  };
  watch = new Watch(() => this.reading());

  reading(): Reading {
    return { page: `p${this.#page}`, mono: this.#mono, wall: this.now + this.off };
  }
  pass(ms: number, asleep = false): void {
    this.now += ms;
    if (!asleep) this.#mono += ms;
  }
  /** The page is closed and opened again. */
  async reopen(written: ReturnType<Watch['stamp']>[]): Promise<void> {
    this.#page += 1;
    this.#mono = 0;
    this.watch = new Watch(() => this.reading());
    await this.watch.open(this.#disk, written, { ahead: 0 });
  }
  async contact(): Promise<void> {
    await this.watch.met({ ahead: this.off, contactAt: this.now });
  }
  dated(item: ReturnType<Watch['stamp']>) {
    return whenWritten({ at: Date.parse(item.at), ...this.watch.tellOf(item) }, this.now + this.off, this.now);
  }
}

type Step = { do: 'set'; by: number } | { do: 'reopen' } | { do: 'pass'; ms: number; asleep: boolean };
const pass = fc.record({
  do: fc.constant('pass' as const),
  ms: fc.oneof(fc.integer({ min: 0, max: 90 * MINUTE }), fc.integer({ min: 0, max: 5 * DAY })),
  asleep: fc.boolean(),
});
const quiet: fc.Arbitrary<Step[]> = fc.array(fc.oneof(pass, fc.constant({ do: 'reopen' as const })), { maxLength: 4 });
const by = fc.oneof(
  fc.integer({ min: -2 * DAY, max: 2 * DAY }),
  fc.integer({ min: -400 * DAY, max: 400 * DAY }),
  fc.constantFrom(-365 * DAY, -DAY, DAY, 365 * DAY),
);

/** @returns how it is dated, and when it was */
async function play(off: number, before: readonly Step[], after: readonly Step[]) {
  const phone = new Pocket();
  phone.off = off;
  await phone.reopen([]);
  await phone.contact();
  const written: ReturnType<Watch['stamp']>[] = [];
  const make = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      if (step.do === 'set') phone.off += step.by;
      else if (step.do === 'reopen') await phone.reopen(written);
      else phone.pass(step.ms, step.asleep);
    }
  };
  await make(before);
  const truly = phone.now;
  written.push(phone.watch.stamp());
  await make(after);
  return { ...phone.dated(written[0]!), truly, now: phone.now };
}

describe('a clock that is set between writing and sending', () => {
  test('[B13] a clock that nobody set, right or wrong, dates to the minute and asks nobody, however often the page is opened', async () => {
    await fc.assert(
      fc.asyncProperty(by, quiet, quiet, async (off, before, after) => {
        const { at, sure, truly } = await play(off, before, after);
        expect(sure).toBe(true);
        expect(Math.abs(at - truly)).toBeLessThan(MINUTE);
      }),
    );
  });

  test('[B13] one that was set once, at any moment and by any amount, the page closed or not, dates on the right day or asks', async () => {
    await fc.assert(
      fc.asyncProperty(by, by, fc.boolean(), quiet, quiet, quiet, async (off, set, early, one, two, three) => {
        const step: Step = { do: 'set', by: set };
        const { at, sure, truly } = early
          ? await play(off, [...one, step, ...two], three)
          : await play(off, one, [...two, step, ...three]);
        if (sure) expect(dayNumberAt(at)).toBe(dayNumberAt(truly));
      }),
      { numRuns: 1_000 },
    );
  });

  test('[B13] by more than the phone was without contact: nobody is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(-365, 365), fc.boolean(), quiet, quiet, async (days, early, one, two) => {
        const step: Step = { do: 'set', by: days * DAY };
        const { at, sure, truly } = early ? await play(0, [...one, step], two) : await play(0, one, [...two, step]);
        expect(sure).toBe(true);
        expect(dayNumberAt(at)).toBe(dayNumberAt(truly));
      }),
    );
  });

  test('[B13] set forward and back again, seen by a page that was open or because time went back: never on a wrong day unsaid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 30 * MINUTE, max: 400 * DAY }),
        fc.boolean(),
        fc.boolean(),
        quiet,
        fc.integer({ min: 0, max: 25 * MINUTE }),
        fc.integer({ min: 0, max: 4 * DAY }),
        async (amount, early, closed, one, little, long) => {
          const back: Step[] = [
            { do: 'pass', ms: little, asleep: false },
            { do: 'set', by: -amount },
            ...(closed ? [{ do: 'reopen' as const }] : []),
          ];
          const forward: Step = { do: 'set', by: amount };
          const home: Step = { do: 'pass', ms: long, asleep: false };
          const { at, sure, truly } = early
            ? await play(0, [...one, forward], [...back, home])
            : await play(0, one, [forward, ...back, home]);
          if (sure) expect(dayNumberAt(at)).toBe(dayNumberAt(truly));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('[B13] where both readings are possible the item is not dated by guess: it is asked about, at the time the phone showed', async () => {
    const steps: Step[] = [{ do: 'pass', ms: 3 * DAY, asleep: true }];
    const { at, sure, truly } = await play(
      0,
      [...steps, { do: 'set', by: DAY }, { do: 'reopen' }],
      [...steps, { do: 'reopen' }],
    );
    expect({ sure, off: at - truly }).toEqual({ sure: false, off: 0 });
    const other = await play(0, steps, [{ do: 'set', by: DAY }, { do: 'reopen' }, ...steps]);
    expect(other.sure).toBe(false);
  });
});
