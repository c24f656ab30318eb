import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  endOfDay,
  isPublished,
  isWorkingDay,
  nextWorkingDay,
  startOfDay,
  weekday,
  workingDaysBetween,
} from './days.ts';
import { calendars, instants, worksByList } from './testing.ts';
import { publishedCalendar } from './years.ts';

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
const days = fc.integer({ min: 0, max: 8 * 365 }).map((n) => addDays('2023-01-01', n));

describe('a day', () => {
  test('is the date a wall calendar in Shanghai shows', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(dayOf(at)).toBe(shanghai.format(new Date(at)));
      }),
    );
  });

  test('begins and ends where the platform says it does', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(startOfDay(day)).toBe(new Date(`${day}T00:00:00+08:00`).toISOString());
        expect(endOfDay(day)).toBe(new Date(`${day}T23:59:59.999+08:00`).toISOString());
      }),
    );
  });

  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
      }),
    );
  });

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '', '17.11.2026'])('%j is refused', (text) => {
    expect(() => addDays(text, 1)).toThrow(RangeError);
  });

  test('29 February exists in a leap year only', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });

  test('weekdays run from Monday 1 to Sunday 7, before 1970 too', () => {
    expect(['2026-11-16', '2026-11-22', '1949-10-01'].map(weekday)).toEqual([1, 7, 6]);
  });
});

describe('working days', () => {
  test('[C5] are what the list of holidays and make-up days says, in any calendar', () => {
    fc.assert(
      fc.property(days, calendars, (day, calendar) => {
        expect(isWorkingDay(day, calendar)).toBe(worksByList(day, calendar));
      }),
    );
  });

  test('the next one is the first after the day, and one working day away', () => {
    fc.assert(
      fc.property(days, calendars, (day, calendar) => {
        const next = nextWorkingDay(day, calendar);
        expect(next > day && isWorkingDay(next, calendar)).toBe(true);
        expect(workingDaysBetween(day, next, calendar)).toBe(1);
      }),
    );
  });

  test('add up over adjoining stretches', () => {
    fc.assert(
      fc.property(fc.tuple(days, days, days), calendars, (three, calendar) => {
        const [a, b, c] = three.toSorted() as [string, string, string];
        const between = (from: string, to: string) => workingDaysBetween(from, to, calendar);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
    );
  });

  test('a year that is not published counts by the week', () => {
    expect(isPublished(2027, publishedCalendar)).toBe(false);
    expect(isWorkingDay('2027-10-01', publishedCalendar)).toBe(true);
    expect(isWorkingDay('2026-10-01', publishedCalendar)).toBe(false);
    expect(workingDaysBetween('2026-11-20', '2026-11-20', { years: {} })).toBe(0);
  });
});
