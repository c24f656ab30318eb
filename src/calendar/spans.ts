import { dayNumberAt, timeOf } from './days.ts';
import type { Suspension } from './model.ts';

/** Suspended time on a number line, `from` included, `to` not; an open one reaches Infinity. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly reasons: readonly string[];
}

/**
 * Suspensions in milliseconds, sorted and without overlap. One still open when the clock stopped ends there.
 * Empty ones are dropped.
 */
export const suspendedTimes = (suspensions: readonly Suspension[], stoppedAt: string | undefined): readonly Span[] => {
  if (suspensions.length === 0) return [];
  const open = stoppedAt === undefined ? Infinity : timeOf(stoppedAt);
  return merge(
    suspensions.map(({ from, to, reason }) => ({
      from: timeOf(from),
      to: to === undefined ? open : timeOf(to),
      reasons: [reason],
    })),
  );
};

/**
 * The same suspensions in whole days. A day any part of which is suspended is suspended: the unit could not work
 * on the matter for the whole of it, and nobody has to argue about hours of a clock that is told in days.
 */
export const suspendedDays = (times: readonly Span[]): readonly Span[] =>
  merge(
    times.map(({ from, to, reasons }) => ({
      from: dayNumberAt(from),
      // `to` is the moment of resuming: resumed at midnight, the new day counts.
      to: to === Infinity ? Infinity : dayNumberAt(to - 1) + 1,
      reasons,
    })),
  );

const merge = (spans: readonly Span[]): readonly Span[] => {
  const sorted = spans.filter((span) => span.from < span.to).toSorted(byStart);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || span.from >= last.to) merged.push(span);
    else {
      const reasons = [...new Set([...last.reasons, ...span.reasons])];
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to), reasons };
    }
  }
  return merged;
};

/** A total order, so that the list's own order shows nowhere, not even in the reasons. */
const byStart = (a: Span, b: Span): number => {
  if (a.from !== b.from) return a.from - b.from;
  if (a.to !== b.to) return a.to < b.to ? -1 : 1;
  const [left, right] = [a.reasons.join(), b.reasons.join()];
  return left === right ? 0 : left < right ? -1 : 1;
};
