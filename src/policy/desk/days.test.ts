import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CalendarYear } from '../../calendar/model.ts';
import { publishedYears } from '../../calendar/years.ts';
import { toggled, weeksOf } from './days.ts';

const year = fc.integer({ min: 1950, max: 2900 });
const month = fc.integer({ min: 1, max: 12 });

test('[C5] every day of a month stands once, in order, in the column of its weekday', () => {
  fc.assert(
    fc.property(year, month, (y, m) => {
      const weeks = weeksOf(y, m);
      const days = weeks.flat().filter((day) => day !== undefined);
      expect(days).toHaveLength(new Date(Date.UTC(y, m, 0)).getUTCDate());
      expect(days).toEqual(days.toSorted());
      weeks.forEach((week) =>
        week.forEach((day, column) => {
          if (day !== undefined) expect((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7).toBe(column);
        }),
      );
    }),
  );
});

test('[C5] any clicks on a published year leave a calendar that can be published', () => {
  const published = publishedYears.find((y) => y.year === 2026)!;
  const day = fc.tuple(month, fc.integer({ min: 0, max: 30 })).map(([m, n]) => {
    const days = weeksOf(2026, m)
      .flat()
      .filter((d) => d !== undefined);
    return days[n % days.length]!;
  });
  fc.assert(
    fc.property(fc.array(day, { maxLength: 40 }), (clicks) => {
      const { year: _, ...start } = published;
      const end = clicks.reduce(toggled, start);
      expect(CalendarYear.safeParse({ year: 2026, ...end }).error).toBeUndefined();
    }),
  );
});

test('[C5] a click on an ordinary day, and another, change nothing', () => {
  const plain = { holidays: [], workdays: [], names: {}, source: '通知' };
  fc.assert(
    fc.property(month, fc.integer({ min: 0, max: 27 }), (m, n) => {
      const day = weeksOf(2027, m)
        .flat()
        .filter((d) => d !== undefined)[n]!;
      expect(toggled(toggled(plain, day), day)).toEqual(
        // A weekend day goes worked and back; a weekday goes off and back.
        plain,
      );
    }),
  );
});
