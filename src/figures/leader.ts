import { sql } from 'kysely';
import { namesOf } from '../access/directory.ts';
import { addDays, dayOf, monthsAfter, toDay, toNumber } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import { t } from './english.ts';
import { type Drill, conditionsOf } from './filter.ts';
import { type Period, definitions, figuresOf } from './statistics.ts';

/** How many lines a list on the leader's page has: it is read in a minute. */
const LATE_UNITS = 10;
const HOT = 6;

export interface LateUnit {
  readonly unit: string;
  readonly name: string;
  readonly late: number;
  /** Of so many open ones. */
  readonly open: number;
  /** Calendar days the longest has been late. */
  readonly longest: number;
  readonly drill: Drill;
}

export interface HotCategory {
  readonly name: string;
  readonly now: number;
  readonly before: number;
  /** Of all registered in the same days. */
  readonly of: number;
  readonly drill: Drill;
}

/** This month until today beside the same days of the last, and what needs a leader's word. */
export async function leaderOf(desk: Desk) {
  const today = dayOf(desk.now);
  const now: Period = { from: `${today.slice(0, 7)}-01`, to: today };
  const before = monthBefore(now);
  const [{ figures: thisMonth, groups }, { figures: lastMonth, groups: groupsBefore }, late] = await Promise.all([
    figuresOf(desk, now),
    figuresOf(desk, before),
    lateUnits(desk),
  ]);
  const was = new Map(groupsBefore.category.map((group) => [group.key, group.registered.value]));
  const hot: HotCategory[] = groups.category
    .filter(({ key }) => key !== null)
    .map(({ key, name, registered }) => ({
      name,
      now: registered.value,
      before: was.get(key) ?? 0,
      of: thisMonth.registered.value,
      drill: registered.drill,
    }))
    .toSorted((a, b) => b.now - b.before - (a.now - a.before) || b.now - a.now)
    .slice(0, HOT);
  return { today, now, before, definitions: definitions(), thisMonth, lastMonth, late, hot };
}
export type LeaderPage = Awaited<ReturnType<typeof leaderOf>>;

/** The same days of the month before; where it is too short, all of it. */
function monthBefore({ from, to }: Period): Period {
  const first = toDay(monthsAfter(toNumber(from), -1));
  const same = addDays(first, toNumber(to) - toNumber(from));
  const last = addDays(from, -1);
  return { from: first, to: same > last ? last : same };
}

async function lateUnits(desk: Desk): Promise<LateUnit[]> {
  const { rows } = await sql<{ unit: string; late: number; open: number; oldest: string }>`
    select unit, count(*) filter (where due < ${desk.now}) as late, count(*) as open, min(due) as oldest
      from matter where ${conditionsOf(desk, 'matter.count', { when: 'open' })}
     group by unit having count(*) filter (where due < ${desk.now}) > 0
     order by late desc, oldest limit ${LATE_UNITS}`.execute(desk.db);
  const nameOf = await namesOf(
    desk.query,
    desk.county,
    rows.map((row) => row.unit),
  );
  const today = toNumber(dayOf(desk.now));
  return rows.map(({ unit, late, open, oldest }) => ({
    unit,
    name: nameOf(unit) ?? t('（已撤销）'),
    late,
    open,
    longest: today - toNumber(dayOf(oldest)),
    drill: { unit, when: 'late', sort: 'due' },
  }));
}
