import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, burdenOf } from './measure.ts';

const cell = fc
  .record({
    week: fc.constantFrom('2026-11-02', '2026-11-09', '2026-11-16'),
    role: fc.constantFrom('field', 'clerk'),
    form: fc.constantFrom('visit.record', 'matter.register', 'labour.record'),
    givers: fc.integer({ min: 1, max: 12 }),
    timerShare: fc.integer({ min: 0, max: 12 }),
    each: fc.integer({ min: 1, max: 6 }),
    fields: fc.integer({ min: 0, max: 9 }),
    seconds: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ givers, timerShare, each, fields, seconds, ...at }): Cell => {
    const timers = Math.min(givers, timerShare);
    return {
      ...at,
      givers,
      timers,
      forms: givers * each,
      fields: givers * each * fields,
      timed: timers * each,
      seconds: timers * each * seconds,
    };
  });
const cells = fc.uniqueArray(cell, { selector: (c) => `${c.week} ${c.role} ${c.form}`, maxLength: 18 });
const GROUP = 5;

describe('what forms cost', () => {
  test('[B12] nothing of fewer people than the group can change what is shown', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 2, max: 9 }), (all, times) => {
        // Whatever the few did, the page says the same.
        const other = all.map((c) =>
          c.givers < GROUP
            ? { ...c, forms: c.forms * times, fields: c.fields * times, seconds: c.seconds * times }
            : c.timers < GROUP
              ? { ...c, seconds: c.seconds * times }
              : c,
        );
        expect(burdenOf(other, GROUP)).toEqual(burdenOf(all, GROUP));
      }),
    );
  });

  test('[B12] the figures are those of a plain count, person by person and week by week', () => {
    fc.assert(
      fc.property(cells, (all) => {
        for (const { role, forms, hidden } of burdenOf(all, GROUP)) {
          const mine = all.filter((c) => c.role === role);
          for (const { form, forms: each, fields, minutes } of forms) {
            const counted = mine.filter((c) => c.form === form && c.givers >= GROUP);
            // One line for each person and week, as if they stood there one by one.
            const people = counted.flatMap((c) =>
              Array.from({ length: c.givers }, () => ({ forms: c.forms / c.givers, fields: c.fields / c.givers })),
            );
            const mean = (of: (p: (typeof people)[number]) => number): number =>
              people.reduce((s, p) => s + of(p), 0) / people.length;
            expect(each).toBeCloseTo(
              mean((p) => p.forms),
              9,
            );
            expect(fields).toBeCloseTo(
              mean((p) => p.fields),
              9,
            );
            const timed = counted.filter((c) => c.timers >= GROUP);
            if (timed.length === 0) expect(minutes).toBeNull();
            else {
              const sittings = timed.flatMap((c) => Array.from({ length: c.timed }, () => c.seconds / c.timed));
              const mid = sittings.reduce((s, x) => s + x, 0) / sittings.length;
              expect(minutes).toBeCloseTo((mid * mean((p) => p.forms)) / 60, 6);
            }
          }
          expect(hidden + forms.length).toBe(new Set(mine.map((c) => c.form)).size);
        }
      }),
    );
  });
});
