import { addDays, dayOf, monthsAfter, startOfDay, toDay, toNumber } from '../calendar/days.ts';
import { t } from './english.ts';
import type { Asked, PeriodKind } from './model.ts';

/** Days from one to another, both included, and the instants between which they lie. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly start: string;
  /** The first instant after it. */
  readonly end: string;
}

export interface Periods {
  readonly kind: PeriodKind;
  readonly name: string;
  readonly now: Span;
  /** The same days a year before. */
  readonly year: Span;
  /** The period just before, as many days of it as have passed of this one; none where that is the year before. */
  readonly before: Span | undefined;
  /** The last day of the whole period lies after today: only what has passed is counted. */
  readonly running: boolean;
}

const MONTHS = { month: 1, quarter: 3, half: 6, year: 12 } as const;

const span = (from: string, to: string): Span => ({
  from,
  to,
  start: startOfDay(from),
  end: startOfDay(addDays(to, 1)),
});
const plus = (day: string, months: number): string => toDay(monthsAfter(toNumber(day), months));

/** The period asked for, with what it is compared to. */
export function periodsOf(asked: Asked, now: string): Periods {
  const today = dayOf(now);
  if (asked.period === 'free') {
    const to = asked.to ?? today;
    const from = asked.from ?? `${to.slice(0, 7)}-01`;
    // Asked the wrong way round, it is read the right way round.
    const [first, last] = from <= to ? [from, to] : [to, from];
    const days = toNumber(last) - toNumber(first) + 1;
    return {
      kind: 'free',
      name: t('{from} 至 {to}', { from: first, to: last }),
      now: span(first, last),
      year: span(plus(first, -12), plus(last, -12)),
      before: span(addDays(first, -days), addDays(first, -1)),
      running: last >= today,
    };
  }
  const months = MONTHS[asked.period];
  const day = asked.day ?? today;
  const year = day.slice(0, 4);
  const place = Math.floor((Number(day.slice(5, 7)) - 1) / months);
  const from = `${year}-${String(place * months + 1).padStart(2, '0')}-01`;
  const whole = addDays(plus(from, months), -1);
  const running = from <= today && today < whole;
  const to = running ? today : whole;
  /** The same part of an earlier period: all of it where all of this one has passed. */
  const earlier = (back: number): Span => {
    const start = plus(from, -back);
    const last = addDays(plus(start, months), -1);
    const same = running ? sameDay(start, from, to) : last;
    return span(start, same > last ? last : same);
  };
  return {
    kind: asked.period,
    name: nameOf(asked.period, year, place),
    now: span(from, to),
    year: earlier(12),
    before: asked.period === 'year' ? undefined : earlier(months),
    running,
  };
}

/** The day as far into a period that begins on `start` as `to` is into one that begins on `from`: by month and date. */
const sameDay = (start: string, from: string, to: string): string => {
  const passed =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  const first = plus(start, passed);
  const last = addDays(plus(first, 1), -1);
  const same = addDays(first, Number(to.slice(8)) - 1);
  return same > last ? last : same;
};

function nameOf(kind: Exclude<PeriodKind, 'free'>, year: string, place: number): string {
  const n = place + 1;
  switch (kind) {
    case 'month':
      return t('{year} 年 {n} 月', { year, n });
    case 'quarter':
      return t('{year} 年第 {n} 季度', { year, n });
    case 'half':
      return n === 1 ? t('{year} 年上半年', { year }) : t('{year} 年下半年', { year });
    case 'year':
      return t('{year} 年', { year });
  }
}
