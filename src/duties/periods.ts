import { type DayNumber, monthsAfter, toDay, toNumber } from '../calendar/days.ts';
import { t } from './english.ts';
import type { PeriodKind } from './model.ts';

/** A stretch of days, both ends included, as day numbers. */
export interface Span {
  readonly from: DayNumber;
  readonly until: DayNumber;
}

// A county's year of figures asks for a few hundred days some million times; making a text of a day takes a microsecond.
const HELD = 20_000;
const texts = new Map<DayNumber, string>();
const numbers = new Map<string, DayNumber>();

const remember = <K, V>(held: Map<K, V>, key: K, make: (key: K) => V): V => {
  const known = held.get(key);
  if (known !== undefined) return known;
  if (held.size >= HELD) held.clear();
  const made = make(key);
  held.set(key, made);
  return made;
};

/** `toDay` and `toNumber` of the calendar, remembered. */
export const textOf = (number: DayNumber): string => remember(texts, number, toDay);
export const numberOf = (day: string): DayNumber => remember(numbers, day, toNumber);

const MONTHS: Partial<Record<PeriodKind, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** The period a day lies in. Weeks begin on Monday; a month's ten-day parts (旬) begin on the 1st, 11th and 21st. */
export function periodAt(kind: PeriodKind, day: DayNumber): Span {
  if (kind === 'day') return { from: day, until: day };
  if (kind === 'week') {
    // Day 0, 1 January 1970, was a Thursday.
    const from = day - ((((day + 3) % 7) + 7) % 7);
    return { from, until: from + 6 };
  }
  const [year, month, date] = textOf(day).split('-').map(Number) as [number, number, number];
  const first = Date.UTC(year, month - 1, 1) / 86_400_000;
  if (kind === 'ten-days') {
    const part = Math.min(2, Math.floor((date - 1) / 10));
    return { from: first + part * 10, until: part === 2 ? monthsAfter(first, 1) - 1 : first + part * 10 + 9 };
  }
  const length = MONTHS[kind]!;
  const from = monthsAfter(first, -((month - 1) % length));
  return { from, until: monthsAfter(from, length) - 1 };
}

/** Every period that has a day in the span, in order. */
export function periodsIn(kind: PeriodKind, { from, until }: Span): Span[] {
  const found: Span[] = [];
  for (let day = from; day <= until;) {
    const period = periodAt(kind, day);
    found.push(period);
    day = period.until + 1;
  }
  return found;
}

const quarters = ['一', '二', '三', '四'] as const;
const tens = ['{month} 月上旬', '{month} 月中旬', '{month} 月下旬'] as const;

/** 2026 年 3 月, 2026 年第二季度, 3 月 2 日至 8 日这一周 … */
export function sayPeriod(kind: PeriodKind, { from, until }: Span): string {
  const [year, month, date] = textOf(from).split('-').map(Number) as [number, number, number];
  switch (kind) {
    case 'day':
      return t('{month} 月 {date} 日', { month, date });
    case 'week': {
      const [, lastMonth, lastDate] = textOf(until).split('-').map(Number);
      return t('{from}至{until}这一周', {
        from: t('{month} 月 {date} 日', { month, date }),
        until:
          lastMonth === month
            ? t('{date} 日', { date: lastDate })
            : t('{month} 月 {date} 日', { month: lastMonth, date: lastDate }),
      });
    }
    case 'ten-days':
      return t(tens[Math.floor((date - 1) / 10)]!, { month });
    case 'month':
      return t('{year} 年 {month} 月', { year, month });
    case 'quarter':
      return t('{year} 年第{quarter}季度', { year, quarter: t(quarters[(month - 1) / 3]!) });
    case 'half-year':
      return month === 1 ? t('{year} 年上半年', { year }) : t('{year} 年下半年', { year });
    case 'year':
      return t('{year} 年', { year });
  }
}

export const spanOf = (from: string, until: string): Span => ({ from: toNumber(from), until: toNumber(until) });
