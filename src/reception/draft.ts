import { addDays, toDay, toNumber, workingDays } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { DutyTemplate, Market, Person } from '../duties/model.ts';
import { periodsIn, spanOf } from '../duties/periods.ts';
import { fixedDates, marketOf, owedIn, standingOf } from '../duties/rules.ts';
import { personsOf } from '../duties/tables.ts';
import type { Query } from '../ledger/record.ts';
import type { ReceptionPolicy, Short, Sits } from './model.ts';
import { type Candidate, type Placed, byTurns, shareOfMonth, spread } from './plan.ts';
import { busyDays, monthEnd } from './busy.ts';

/** What a month is planned from. */
export interface Planner {
  readonly query: Query;
  readonly county: number;
  readonly policy: ReceptionPolicy;
  readonly duties: readonly DutyTemplate[];
  readonly markets: readonly Market[];
  readonly calendar: Calendar;
}
interface Wanted {
  readonly area: string;
  readonly duty: DutyTemplate;
  readonly month: string;
  readonly today: string;
}
interface Where {
  readonly id: string;
  readonly unit: string;
  readonly unitType: string;
  readonly leader: boolean;
}

/**
 * A month of one duty: whom it means among the people of the place's own units, how much of it falls to this month by
 * the duties' engine (leave and absence taken off, days arranged elsewhere counted), and on which days it is placed.
 */
export async function draftOf(
  planner: Planner,
  { area, duty, month, today }: Wanted,
): Promise<{ entries: readonly Sits[]; short: readonly Short[] }> {
  const { query, county, policy, calendar, markets, duties } = planner;
  const [first, last] = [`${month}-01`, monthEnd(month)];
  const span = spanOf(first, last);
  const periods = periodsIn(duty.period, span);
  const [from, until] = [toDay(periods[0]!.from), toDay(periods.at(-1)!.until)];
  const staff = await query<Where>(
    'reception.staff',
    `select o.id, coalesce(p.name, u.name) as unit, u.kind as "unitType",
            exists (select from post t where t.county = o.county and t.official = o.id and t.role = 'leader'
                       and t.until is null) as leader
       from official o join unit u on u.county = o.county and u.id = o.unit
       left join unit p on p.county = u.county and p.id = u.parent
      where o.county = $1 and u.area = $2 and not o.retired order by u.code nulls last, u.name, o.name, o.id`,
    [county, area],
  );
  const ids = staff.map((s) => s.id);
  const [persons, busy] = await Promise.all([
    personsOf(query, county, ids, { from, to: until }, today, false),
    busyDays(query, county, ids, from, until),
  ]);
  const byId = new Map(persons.map((p) => [p.id, p]));
  const working = workingDays(calendar);
  const soonest = addDays(today, policy.noticeDays);
  const quiet = new Set(
    duties
      .filter((d) => d.noMeetings && d.inUse)
      .flatMap((d) => fixedDates(d, span, working).flatMap(({ day }) => (day === undefined ? [] : [toDay(day)]))),
  );
  const usable = (day: string): boolean => day >= soonest && day >= first && day <= last;
  const office: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1))
    if (usable(day) && working.works(toNumber(day)) && !quiet.has(day)) office.push(day);

  const only = duty.fixed.length > 0 && duty.fixedRule === 'only';
  const wanted: (Candidate & { readonly due: number })[] = [];
  const fixed: Placed[] = [];
  const short: Short[] = [];
  let at = 0;
  for (const { id } of staff) {
    const person = byId.get(id);
    if (person === undefined) continue;
    const market = marketOf(postsOn(person, first, last), markets);
    const standing = standingOf(duty, person, { from: periods[0]!.from, until: periods.at(-1)!.until });
    const there = (day: string): boolean =>
      standing.halves[toNumber(day) - standing.span.from]! >= 0 && !(busy.get(id)?.has(day) ?? false);
    const owed = periods.map((period) => owedIn(duty, standing, period, working, market));
    if (!owed.some((o) => o.present + o.excused > 0 && o.whole > 0)) continue;
    if (only) {
      const dates = owed.flatMap((o) => o.fixed);
      // On market days where there is a market, else on the weekday of the rule.
      const onMarket = { ...duty, fixed: duty.fixed.filter((f) => f.on === 'market') };
      const held = new Set(
        periods.flatMap((period) => fixedDates(onMarket, period, working, market).map((d) => d.day)),
      );
      const meant = held.size === 0 ? dates : dates.filter((d) => held.has(d.day));
      for (const { day } of meant) {
        const text = toDay(day!);
        if (usable(text) && there(text)) fixed.push({ official: id, day: text });
      }
      at += 1;
      continue;
    }
    const due = owed.reduce((sum, o) => {
      const done = [...(busy.get(id) ?? [])].filter(
        (d) => toNumber(d) >= o.period.from && toNumber(d) <= o.period.until,
      );
      const left = Math.max(0, Math.ceil(o.owed) - done.length);
      const months = monthsLeft(o.period.until, month);
      return sum + (months <= 1 ? left : shareOfMonth(left, months, at));
    }, 0);
    at += 1;
    const days = office.filter(there);
    if (duty.joint) wanted.push({ official: id, owed: days.length, days, due: 0 });
    else if (due > 0) wanted.push({ official: id, owed: due, days, due });
  }

  const sitting = await query<{ day: string; n: number }>(
    'reception.sitting',
    `select day, count(*)::int as n from reception_day
      where county = $1 and spot = $2 and day between $3 and $4 and status <> 'cancelled' group by day`,
    [county, policy.countySpot, first, last],
  );
  const load = new Map(sitting.map(({ day, n }) => [day, n]));
  const placed = only ? fixed : duty.joint ? byTurns(office, wanted) : spread(wanted, policy.perDay, load);
  if (!only && !duty.joint)
    for (const { official, due, days } of wanted) {
      const got = placed.filter((p) => p.official === official).length;
      if (got < due) short.push({ official, owed: due, placed: got, why: days.length < due ? 'away' : 'full' });
    }
  const where = new Map(staff.map((s) => [s.id, s]));
  const spotOf = (official: string): string => {
    const { unit, unitType, leader } = where.get(official)!;
    return leader
      ? policy.countySpot
      : `${unit} ${unitType === 'township' ? policy.townshipSpot : policy.departmentSpot}`;
  };
  const entries = placed
    .map(({ official, day }) => ({ official, day, from: policy.from, to: policy.to, spot: spotOf(official) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { entries, short };
}

/** Places of the posts held in the month. */
const postsOn = (person: Person, from: string, until: string): readonly string[] =>
  person.posts.findLast((p) => p.since <= until && (p.until === null || p.until >= from))?.areas ?? [];

/** Months of a period that are left, this one among them. */
function monthsLeft(end: number, month: string): number {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const [lastYear, lastMonth] = toDay(end).split('-').map(Number) as [number, number];
  return Math.max(1, (lastYear - year) * 12 + (lastMonth - number) + 1);
}
