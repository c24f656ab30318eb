import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../calendar/days.ts';
import { monthEnd, promiseDays, sayUntil } from './words.ts';

const day = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays('2024-01-01', n));

test('a promise is never offered for today or before, and never for longer than two months', () => {
  fc.assert(
    fc.property(day, (today) => {
      for (const offered of promiseDays(today)) {
        expect(daysBetween(today, offered.day)).toBeGreaterThan(0);
        expect(daysBetween(today, offered.day)).toBeLessThan(62);
      }
    }),
  );
});

test('a month ends on the day before the next one’s first', () => {
  fc.assert(
    fc.property(day, (d) => {
      expect(monthEnd(d).slice(0, 7)).toBe(d.slice(0, 7));
      expect(addDays(monthEnd(d), 1).slice(8)).toBe('01');
    }),
  );
  expect(monthEnd('2028-02-03')).toBe('2028-02-29');
});

test('the end of the month is the next one’s when this one is as good as over', () => {
  expect(promiseDays('2026-11-17').map((p) => [p.name, p.day])).toEqual([
    ['明天', '2026-11-18'],
    ['一周内', '2026-11-24'],
    ['月底', '2026-11-30'],
  ]);
  expect(promiseDays('2026-11-29')[2]).toEqual({ name: '下月底', day: '2026-12-31' });
});

test('until when, as one says it', () => {
  expect(['2026-11-14', '2026-11-17', '2026-11-18', '2026-11-22'].map((by) => sayUntil(by, '2026-11-17'))).toEqual([
    '过期 3 天',
    '就是今天',
    '明天',
    '还有 5 天',
  ]);
});
