import { addDays, daysBetween } from '../calendar/days.ts';
import { sayDay } from '../calendar/explain.ts';
import type { VisitsPolicy } from './model.ts';

/** A household as today's list looks at it. Days are of Shanghai. */
export interface Candidate {
  readonly household: string;
  readonly head: string;
  readonly address: string;
  readonly village: string | null;
  readonly grid: string | null;
  readonly residents: number;
  /** Birth year of the oldest who lives there. */
  readonly eldestBorn: number | null;
  /** Services consented to, in force today. */
  readonly needs: readonly string[];
  /** Day of the last real contact, by whomever. */
  readonly lastMet: string | null;
  /** Closed doors since then. */
  readonly tries: number;
  readonly lastTry: string | null;
  readonly revisitBy: string | null;
  readonly promises: readonly { readonly what: string; readonly due: string }[];
  /** Reasons other features give, e.g. an open matter that needs a look; in words for the list. */
  readonly reasons: readonly string[];
}

/** Why a household stands where it stands, the first that fits. */
export const groups = ['promise', 'revisit', 'reason', 'need', 'unseen'] as const;
export type Group = (typeof groups)[number];

export interface ListRow {
  readonly household: string;
  readonly head: string;
  readonly address: string;
  readonly village: string | null;
  readonly grid: string | null;
  readonly group: Group;
  /** In words, the weightiest first. */
  readonly why: readonly string[];
}

interface Weighed {
  readonly row: ListRow;
  /** Within the group: earlier day or larger weight first, as one number, smallest first. */
  readonly rank: number;
}

/** Promises are shown this many days ahead, so that there is time to keep them. */
const AHEAD_DAYS = 2;
/** From this age an official asks after someone without another reason. */
const ELDERLY = 60;
/** Stands for never: longer ago than anything that was. */
const NEVER_DAYS = 100_000;

/**
 * Today's list: promises due, revisits, what others report, needs, then those unseen longest (rows B1, 2:B14).
 * A household met today has left the list unless a promise to it is still due.
 */
export function listFor(
  candidates: readonly Candidate[],
  today: string,
  policy: VisitsPolicy,
  weights: ReadonlyMap<string, number>,
): ListRow[] {
  const weighed = candidates.flatMap((c) => weigh(c, today, policy, weights) ?? []);
  const place = ({ row }: Weighed): number => groups.indexOf(row.group);
  weighed.sort((a, b) => place(a) - place(b) || a.rank - b.rank || (a.row.household < b.row.household ? -1 : 1));
  return weighed.slice(0, policy.dailyList).map(({ row }) => row);
}

function weigh(
  c: Candidate,
  today: string,
  policy: VisitsPolicy,
  weights: ReadonlyMap<string, number>,
): Weighed | undefined {
  const unseen = c.lastMet === null ? NEVER_DAYS : daysBetween(c.lastMet, today);
  const due = c.promises
    .filter((p) => p.due <= addDays(today, AHEAD_DAYS))
    .toSorted((a, b) => (a.due < b.due ? -1 : 1));
  const weight = c.needs.reduce((sum, need) => sum + (weights.get(need) ?? 1), 0);
  const revisit = c.revisitBy !== null && c.lastTry !== null ? { by: c.revisitBy, tried: c.lastTry } : undefined;

  const place = (): [Group, number] | undefined => {
    if (due[0] !== undefined) return ['promise', daysBetween(today, due[0].due)];
    if (unseen <= 0) return undefined;
    if (revisit !== undefined) return ['revisit', daysBetween(today, revisit.by)];
    if (c.reasons.length > 0) return ['reason', -unseen];
    // Who asked for a service is looked after twice as often.
    if (weight > 0 && unseen * 2 >= policy.longUnseenDays) return ['need', -weight * unseen];
    if (unseen >= policy.longUnseenDays) return ['unseen', -unseen];
    return undefined;
  };
  const placed = place();
  if (placed === undefined) return undefined;
  const [group, rank] = placed;
  const why = [
    ...due.map((p) => sayPromise(p, today)),
    ...(revisit === undefined ? [] : [sayRevisit(c.tries, revisit, today)]),
    ...c.reasons,
    sayUnseen(c.lastMet, unseen),
    ...sayPeople(c, today),
    ...(c.needs.length === 0 ? [] : [`登记了${c.needs.join('、')}`]),
  ];
  const { household, head, address, village, grid } = c;
  return { row: { household, head, address, village, grid, group, why }, rank };
}

function sayPromise({ what, due }: { what: string; due: string }, today: string): string {
  const days = daysBetween(today, due);
  if (days < 0) return `答应的“${what}”过期 ${-days} 天`;
  return days === 0 ? `今天要兑现“${what}”` : `${sayDay(due, today)}前要兑现“${what}”`;
}

function sayRevisit(tries: number, { by, tried }: { by: string; tried: string }, today: string): string {
  const before =
    tries > 1 ? `去了 ${tries} 次都没人，上次是 ${sayDay(tried, today)}` : `上次（${sayDay(tried, today)}）没人在家`;
  return by < today ? `${before}，补访过期 ${daysBetween(by, today)} 天` : `${before}，要补访`;
}

const sayUnseen = (lastMet: string | null, unseen: number): string =>
  lastMet === null ? '还没见过' : unseen <= 0 ? '今天见过' : `${unseen} 天没见着`;

function sayPeople({ residents, eldestBorn }: Candidate, today: string): string[] {
  const age = eldestBorn === null ? 0 : Number(today.slice(0, 4)) - eldestBorn;
  if (residents === 1) return [age >= ELDERLY ? `${age} 岁，一个人住` : '一个人住'];
  return age >= ELDERLY + 20 ? [`家里有 ${age} 岁的老人`] : [];
}
