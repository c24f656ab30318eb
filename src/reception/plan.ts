/**
 * Who sits on which day of a month: pure. What is owed comes from the duties' engine; here it is only placed, so that
 * nobody sits on a day of leave or twice on one day, and no more sit on a day than the county wants.
 */

/** Somebody with days to place. */
export interface Candidate {
  readonly official: string;
  /** Days still to be placed in this month. */
  readonly owed: number;
  /** Days they could sit on, in order. */
  readonly days: readonly string[];
}

export interface Placed {
  readonly official: string;
  readonly day: string;
}

/**
 * Places as many days as can be placed at all, spread over the month.
 * @param perDay how many may sit on one day
 * @param load how many sit on a day already
 */
export function spread(
  candidates: readonly Candidate[],
  perDay: number,
  load: ReadonlyMap<string, number> = new Map(),
): Placed[] {
  const on = new Map<string, Set<string>>();
  const sitting = (day: string): Set<string> => {
    const held = on.get(day) ?? new Set<string>();
    on.set(day, held);
    return held;
  };
  const loadOf = (day: string): number => (load.get(day) ?? 0) + (on.get(day)?.size ?? 0);
  const byOfficial = new Map(candidates.map((c) => [c.official, c]));

  /** Finds a day for one more of theirs, asking others to move where every day is full. */
  const place = (candidate: Candidate, wish: number, seen: Set<string>): boolean => {
    const free = candidate.days
      .map((day, at) => ({ day, far: Math.abs(at - wish) }))
      .filter(({ day }) => !seen.has(day) && !sitting(day).has(candidate.official))
      .toSorted((a, b) => loadOf(a.day) - loadOf(b.day) || a.far - b.far);
    for (const { day } of free) {
      if (seen.has(day)) continue;
      seen.add(day);
      const held = sitting(day);
      if (loadOf(day) < perDay) {
        held.add(candidate.official);
        return true;
      }
      for (const other of held) {
        const them = byOfficial.get(other)!;
        if (!place(them, them.days.indexOf(day), seen)) continue;
        held.delete(other);
        held.add(candidate.official);
        return true;
      }
    }
    return false;
  };

  // Those with the fewest days to choose from choose first.
  const order = candidates.toSorted((a, b) => a.days.length - a.owed - (b.days.length - b.owed));
  const most = Math.max(0, ...candidates.map((c) => c.owed));
  for (let n = 0; n < most; n++)
    for (const [i, candidate] of order.entries()) {
      if (n >= candidate.owed) continue;
      // Not all on the first days: each begins at their own place in the month.
      const wish = ((n + (i + 0.5) / Math.max(1, order.length)) * candidate.days.length) / candidate.owed;
      place(candidate, wish, new Set());
    }
  return [...on]
    .flatMap(([day, officials]) => [...officials].map((official) => ({ official, day })))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.official < b.official ? -1 : 1));
}

/** One of them on each day, by turns: whoever sat least often so far, the one named first among equals. */
export function byTurns(days: readonly string[], candidates: readonly Candidate[]): Placed[] {
  const sat = new Map<string, number>();
  const last = new Map<string, number>();
  return days.flatMap((day, at) => {
    const [next] = candidates
      .filter((c) => c.days.includes(day))
      .toSorted(
        (a, b) =>
          (sat.get(a.official) ?? 0) - (sat.get(b.official) ?? 0) ||
          (last.get(a.official) ?? -1) - (last.get(b.official) ?? -1),
      );
    if (next === undefined) return [];
    sat.set(next.official, (sat.get(next.official) ?? 0) + 1);
    last.set(next.official, at);
    return [{ official: next.official, day }];
  });
}

/**
 * How much of what a longer period still owes falls to this month: an even share, the odd ones by turns, so that not
 * everybody sits in the same month; in the last month all that is left.
 * @param left what the period still owes
 * @param months of the period, this one among them
 * @param at the official's place in the list
 */
export const shareOfMonth = (left: number, months: number, at: number): number => {
  const whole = Math.floor(left / months);
  const odd = left - whole * months;
  return whole + (at % months < odd ? 1 : 0);
};

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** When the turns of a sitting begin; only whole ones. */
export const slotsOf = ({
  from,
  to,
  slotMinutes,
}: {
  readonly from: string;
  readonly to: string;
  readonly slotMinutes: number;
}): string[] => {
  const found: string[] = [];
  for (let at = minutes(from); at + slotMinutes <= minutes(to); at += slotMinutes) found.push(clock(at));
  return found;
};
