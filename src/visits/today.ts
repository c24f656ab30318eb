import { addDays, daysBetween } from '../calendar/days.ts';
import { sayDay } from '../calendar/explain.ts';
import type { VisitsPolicy } from './model.ts';
import { t } from './english.ts';

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
  /** Who found the door closed last, where that was not the one whose list this is. */
  readonly trier: string | null;
  readonly revisitBy: string | null;
  /** Open ones, by whomever; `giver` names who gave it where that was not the one whose list this is. */
  readonly promises: readonly { readonly what: string; readonly due: string; readonly giver: string | null }[];
  /** Reasons other features give, e.g. an open matter that needs a look; in words for the list. */
  readonly reasons: readonly string[];
  /** What visits before a festival call for here, in words for the list. */
  readonly festival?: readonly string[];
}

/** Why a household stands where it stands, the first that fits. */
export const groups = ['promise', 'reason', 'festival', 'revisit', 'need', 'unseen'] as const;
export type Group = (typeof groups)[number];

export interface ListRow {
  readonly household: string;
  readonly head: string;
  /** As one says it inside the village. */
  readonly address: string;
  readonly village: string | null;
  readonly grid: string | null;
  readonly group: Group;
  /** In words, the weightiest first. */
  readonly why: readonly string[];
  /** Day of the last real contact, by whomever. */
  readonly lastMet: string | null;
  /** A promise or a revisit of one’s own whose day has passed. */
  readonly late: boolean;
}

interface Weighed {
  readonly row: ListRow;
  /** Within the group: earlier day or larger weight first, as one number, smallest first. */
  readonly rank: number;
}

/** Promises are shown this many days ahead, so that there is time to keep them. */
const AHEAD_DAYS = 2;
/** A revisit this long overdue is no appointment any more: the household is one of those unseen for long. */
const STALE_DAYS = 30;
/** From this age an official asks after someone without another reason. */
const ELDERLY = 60;
/** From this age also where others live with them. */
const OLD = 80;
/** A year unseen weighs as much as never: beyond it, who lives there says more than how long. */
const LONGEST_DAYS = 365;

/**
 * Today's list: promises due, what others report, visits before a festival, revisits, needs, then those unseen longest (rows B1, 2:B14).
 * A household met today has left the list unless a promise to it is still due.
 *
 * @param gone doors gone to today already: the list of a day grows shorter as it is walked
 */
export function listFor(
  candidates: readonly Candidate[],
  today: string,
  policy: VisitsPolicy,
  weights: ReadonlyMap<string, number>,
  gone = 0,
): ListRow[] {
  const weighed = candidates.flatMap((c) => weigh(c, today, policy, weights) ?? []);
  weighed.sort((a, b) => a.rank - b.rank || (a.row.household < b.row.household ? -1 : 1));
  const byGroup = Map.groupBy(weighed, ({ row }) => row.group);
  return shared(
    groups.map((group) => (byGroup.get(group) ?? []).map(({ row }) => row)),
    policy.dailyList,
    gone,
  ).flat();
}

/**
 * Who is gone to when not everyone can be: every promise, then one of each group in turn, so that twenty closed doors
 * do not hide the old woman who lives alone. Each group keeps its order.
 */
function shared([promised = [], ...others]: ListRow[][], places: number, gone: number): ListRow[][] {
  const kept = promised.slice(0, places);
  let left = places - gone - kept.length;
  const taken = others.map(() => 0);
  while (left > 0 && others.some((rows, i) => taken[i]! < rows.length)) {
    for (const [i, rows] of others.entries()) {
      if (left === 0 || taken[i] === rows.length) continue;
      taken[i]! += 1;
      left -= 1;
    }
  }
  return [kept, ...others.map((rows, i) => rows.slice(0, taken[i]))];
}

function weigh(
  c: Candidate,
  today: string,
  policy: VisitsPolicy,
  weights: ReadonlyMap<string, number>,
): Weighed | undefined {
  const unseen = c.lastMet === null ? LONGEST_DAYS : daysBetween(c.lastMet, today);
  const due = c.promises
    .filter((p) => p.due <= addDays(today, AHEAD_DAYS))
    .toSorted((a, b) => (a.due < b.due ? -1 : 1));
  const weight = c.needs.reduce((sum, need) => sum + (weights.get(need) ?? 1), 0);
  const revisit =
    c.revisitBy !== null && c.lastTry !== null ? { by: c.revisitBy, tried: c.lastTry, trier: c.trier } : undefined;
  const festival = c.festival ?? [];
  const stale = revisit !== undefined && revisit.by < addDays(today, -STALE_DAYS);

  const place = (): [Group, number] | undefined => {
    if (due[0] !== undefined) return ['promise', daysBetween(today, due[0].due)];
    if (unseen <= 0) return undefined;
    if (c.reasons.length > 0) return ['reason', -unseen];
    if (festival.length > 0) return ['festival', -careFor(c, today) * unseen];
    if (revisit !== undefined && !stale) return ['revisit', daysBetween(today, revisit.by)];
    // Who asked for a service is looked after twice as often.
    if (weight > 0 && unseen * 2 >= policy.longUnseenDays) return ['need', -weight * careFor(c, today) * unseen];
    if (stale || unseen >= policy.longUnseenDays)
      return ['unseen', -careFor(c, today) * Math.min(unseen, LONGEST_DAYS)];
    return undefined;
  };
  const placed = place();
  if (placed === undefined) return undefined;
  const [group, rank] = placed;
  const closed = revisit === undefined ? [] : [sayRevisit(c.tries, revisit, today, stale)];
  const why = [
    ...due.map((p) => sayPromise(p, today)),
    ...c.reasons,
    ...festival,
    ...(stale ? [] : closed),
    ...sayPeople(c, today),
    sayUnseen(c.lastMet, unseen),
    ...(stale ? closed : []),
    ...(c.needs.length === 0 ? [] : [t('登记了{needs}', { needs: c.needs.join(t('、')) })]),
  ];
  const late =
    group === 'promise'
      ? due.some((p) => p.giver === null && p.due < today)
      : group === 'revisit' && revisit !== undefined && revisit.trier === null && revisit.by < today;
  const { household, head, village, grid } = c;
  return {
    row: { household, head, address: doorIn(c.address, village), village, grid, group, why, lastMet: c.lastMet, late },
    rank,
  };
}

/** The old are asked after sooner, and soonest who lives alone. */
function careFor({ residents, eldestBorn }: Candidate, today: string): number {
  const age = ageOf(eldestBorn, today);
  if (residents === 1 && age >= ELDERLY) return 3;
  return age >= OLD ? 2 : 1;
}

const ageOf = (born: number | null, today: string): number => (born === null ? 0 : Number(today.slice(0, 4)) - born);

/** An address as one says it inside the village: what stands before the house is known there. */
export function doorIn(address: string, village: string | null): string {
  const at = village === null ? -1 : address.indexOf(village);
  return (at < 0 ? address : address.slice(at + village!.length)).trim() || address;
}

/** In a sentence a date stands off from the words before it; 今天 and 昨天 do not. */
const after = (words: string, day: string): string => (/^\d/.test(day) ? `${words} ${day}` : words + day);

function sayPromise({ what, due, giver }: Candidate['promises'][number], today: string): string {
  const promised = giver === null ? t('“{what}”', { what }) : t('{giver}答应的“{what}”', { giver, what });
  const days = daysBetween(today, due);
  if (days < 0)
    return t('{what}{promised}过期 {n} 天', { what: giver === null ? t('答应的') : '', promised, n: -days });
  return days === 0
    ? t('今天要兑现{promised}', { promised })
    : t('{due}前要兑现{promised}', { due: sayDay(due, today), promised });
}

function sayRevisit(
  tries: number,
  { by, tried, trier }: { by: string; tried: string; trier: string | null },
  today: string,
  stale: boolean,
): string {
  const day = sayDay(tried, today);
  const closed =
    tries > 1
      ? t('去了 {tries} 次都没人，{after}', { tries, after: after(t('上次是'), day) })
      : t('{day}没人在家', { day });
  const before = trier === null ? closed : t('{closed}（{trier}去的）', { closed, trier });
  if (stale) return t('{before}，一直没补上', { before });
  return by < today
    ? t('{before}，补访晚了 {daysBetween} 天', { before, daysBetween: daysBetween(by, today) })
    : t('{before}，{by}前补访', { before, by: sayDay(by, today) });
}

function sayUnseen(lastMet: string | null, unseen: number): string {
  if (lastMet === null) return t('还没见过');
  if (unseen <= 0) return t('今天见过');
  return unseen < LONGEST_DAYS ? t('{unseen} 天没见着', { unseen }) : t('一年多没见着');
}

function sayPeople({ residents, eldestBorn }: Candidate, today: string): string[] {
  const age = ageOf(eldestBorn, today);
  if (residents === 1) return [age >= ELDERLY ? t('{age} 岁，一个人住', { age }) : t('一个人住')];
  return age >= OLD ? [t('家里有 {age} 岁的老人', { age })] : [];
}
