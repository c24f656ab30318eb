import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, byTurns, shareOfMonth, slotsOf, spread } from './plan.ts';

const days = Array.from({ length: 6 }, (_, i) => `2026-12-0${i + 1}`);
const candidates = fc
  .array(fc.record({ owed: fc.integer({ min: 0, max: 3 }), days: fc.subarray(days) }), { maxLength: 4 })
  .map((list) => list.map((c, i): Candidate => ({ official: `o${i}`, ...c })));

/** The most that can be placed at all, by trying everything. */
function most(list: readonly Candidate[], perDay: number): number {
  const load = new Map<string, number>();
  const from = (i: number): number => {
    const one = list[i];
    if (one === undefined) return 0;
    const choose = (at: number, left: number): number => {
      let best = from(i + 1);
      if (left === 0) return best;
      for (let d = at; d < one.days.length; d++) {
        const day = one.days[d]!;
        if ((load.get(day) ?? 0) >= perDay) continue;
        load.set(day, (load.get(day) ?? 0) + 1);
        best = Math.max(best, 1 + choose(d + 1, left - 1));
        load.set(day, load.get(day)! - 1);
      }
      return best;
    };
    return choose(0, one.owed);
  };
  return from(0);
}

test('[D1] a month is planned as fully as it can be: never on a day somebody is away, twice a day, or beyond the seats', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 1, max: 2 }), (list, perDay) => {
      const placed = spread(list, perDay);
      for (const { official, day } of placed) expect(list.find((c) => c.official === official)!.days).toContain(day);
      expect(new Set(placed.map((p) => `${p.official} ${p.day}`)).size).toBe(placed.length);
      for (const day of days) expect(placed.filter((p) => p.day === day).length).toBeLessThanOrEqual(perDay);
      for (const c of list) expect(placed.filter((p) => p.official === c.official).length).toBeLessThanOrEqual(c.owed);
      expect(placed.length).toBe(most(list, perDay));
    }),
    { numRuns: 400 },
  );
});

test('[D1] where the days are free the month is spread: two days of one leader are not one after the other', () => {
  const all = Array.from({ length: 20 }, (_, i) => `2026-12-${String(i + 1).padStart(2, '0')}`);
  const placed = spread(
    ['a', 'b', 'c', 'd'].map((official) => ({ official, owed: 2, days: all })),
    1,
  );
  expect(placed).toHaveLength(8);
  for (const official of ['a', 'b', 'c', 'd']) {
    const [first, second] = placed.filter((p) => p.official === official).map((p) => all.indexOf(p.day));
    expect(second! - first!).toBeGreaterThan(4);
  }
});

test('[D1] by turns each day has one leader, nobody sits twice more often than another who could', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 40 }), (people, length) => {
      const all = Array.from({ length }, (_, i) => `d${i}`);
      const list = Array.from({ length: people }, (_, i) => ({ official: `o${i}`, owed: 0, days: all }));
      const placed = byTurns(all, list);
      expect(placed.map((p) => p.day)).toEqual(all);
      const counts = list.map((c) => placed.filter((p) => p.official === c.official).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('[D1] what a quarter owes falls to its months whole: nothing is lost, nothing asked twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat({ max: 20 }),
      (owed, months, at) => {
        let left = owed;
        for (let m = months; m >= 1; m--) left -= m === 1 ? left : shareOfMonth(left, m, at);
        expect(left).toBe(0);
        expect(shareOfMonth(owed, months, at)).toBeLessThanOrEqual(owed);
      },
    ),
  );
});

test('[D1] turns are whole and lie inside the sitting', () => {
  expect(slotsOf({ from: '09:00', to: '10:10', slotMinutes: 20 })).toEqual(['09:00', '09:20', '09:40']);
  expect(slotsOf({ from: '09:00', to: '09:10', slotMinutes: 20 })).toEqual([]);
});
