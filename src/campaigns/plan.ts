import { daysBetween, monthsAfter, toDay, toNumber } from '../calendar/days.ts';
import type { Move, Plan, Quota } from './model.ts';

/** What a plan means in days and months. Pure. */

/** The months of a period as `2026-11`, first to last. */
export function monthsOf(from: string, until: string): string[] {
  const months: string[] = [];
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (name > until.slice(0, 7)) return months;
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
}

/** The quarter a month lies in, `2026-Q4`. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

/** First and last day of a month. */
export const spanOf = (month: string): { from: string; until: string } => {
  const from = `${month}-01`;
  return { from, until: toDay(monthsAfter(toNumber(from), 1) - 1) };
};

/** The last day of a campaign that begins on a day; null for one without an end. */
export function lastDayOf(plan: Plan, from: string): string | null {
  if (plan.standing) return null;
  const months = plan.stages.reduce((sum, s) => sum + s.months, 0);
  return toDay(monthsAfter(toNumber(from), months) - 1);
}

/** The stages with their days; a standing institution's last stage has no end. */
export function stagesOf(plan: Plan, from: string) {
  let passed = 0;
  return plan.stages.map(({ code, title, what, months }, i) => {
    const start = toDay(monthsAfter(toNumber(from), passed));
    passed += months;
    const open = plan.standing && i === plan.stages.length - 1;
    return { code, title, what, from: start, until: open ? null : toDay(monthsAfter(toNumber(from), passed) - 1) };
  });
}

/** The first day on which a quota is asked: after the theme month, for what Y1 asks outside it. */
export const asksFrom = (quota: Pick<Quota, 'after'>, from: string): string =>
  toDay(monthsAfter(toNumber(from), quota.after));

/** How many days of a month lie in a period. */
const daysIn = (month: string, period: { from: string; until: string }): number => {
  const span = spanOf(month);
  const [from, until] = [
    span.from > period.from ? span.from : period.from,
    span.until < period.until ? span.until : period.until,
  ];
  return Math.max(0, daysBetween(from, until) + 1);
};

/**
 * A figure broken down to months. For the whole period: by the days of each month, in whole numbers that add up to it;
 * what is asked anew each month: that, and of a month that belongs to the period in part the same part, rounded down.
 * What was moved is moved; the sum stays.
 */
export function breakdown(
  quota: Pick<Quota, 'code' | 'amount' | 'per' | 'after'>,
  period: { from: string; until: string },
  moves: readonly Pick<Move, 'quota' | 'team' | 'from' | 'to' | 'amount'>[] = [],
  team: string | null = null,
): ReadonlyMap<string, number> {
  const asked = { from: asksFrom(quota, period.from), until: period.until };
  const all = daysBetween(asked.from, asked.until) + 1;
  const shares = new Map<string, number>();
  let passed = 0;
  for (const month of monthsOf(asked.from, asked.until)) {
    const days = daysIn(month, asked);
    const before = Math.floor((quota.amount * passed) / all);
    passed += days;
    shares.set(
      month,
      quota.per === 'whole'
        ? Math.floor((quota.amount * passed) / all) - before
        : Math.floor((quota.amount * days) / Number(spanOf(month).until.slice(8))),
    );
  }
  for (const move of moves) {
    if (move.quota !== quota.code || move.team !== team) continue;
    shares.set(move.from, (shares.get(move.from) ?? 0) - move.amount);
    shares.set(move.to, (shares.get(move.to) ?? 0) + move.amount);
  }
  return shares;
}

/** Whether a quota's figure may be moved between months: what is asked anew each month, or of each person, may not. */
export const isMovable = (quota: Pick<Quota, 'per' | 'of'>): boolean => quota.per === 'whole' && quota.of !== 'person';
