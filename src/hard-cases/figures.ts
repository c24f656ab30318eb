import { addDays, daysBetween, monthsAfter, toDay, toNumber } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';
import type { HardCasesPolicy } from './model.ts';

/**
 * One matter of a campaign, as its own records tell it. Days are civil days of Shanghai.
 */
export interface Item {
  readonly matter: string;
  /** In the stock frozen on the first day; else it came in later. */
  readonly stock: boolean;
  readonly leader: string | null;
  readonly registeredOn: string;
  readonly open: boolean;
  readonly closedOn: string | null;
  readonly closedBy: string | null;
  /** The end the procedure had, where the resident's word did not close it. */
  readonly endedOn: string | null;
}

export interface Campaign {
  readonly from: string;
  readonly olderThan: number;
}

/**
 * How one matter stands on a day.
 * - `remaining`: not cleared yet;
 * - `settled`: the resident confirmed it and it has not come back for the months the policy names;
 * - `trial`: confirmed, and those months are not over;
 * - `ended`: it ended in another way, by the procedure;
 * - `outside`: it was not there yet, or not any more when the campaign began.
 */
export type Standing = 'remaining' | 'settled' | 'trial' | 'ended' | 'outside';

const plusMonths = (day: string, months: number): string => toDay(monthsAfter(toNumber(day), months));

/** On which day a matter came into the campaign; undefined where it never did. */
export function cameOn(
  { stock, registeredOn, open, closedOn }: Item,
  { from, olderThan }: Campaign,
): string | undefined {
  if (stock) return from;
  const aged = addDays(registeredOn, olderThan);
  // Old on the first day and not of the stock: it was closed then, and has come back since.
  const day = aged > from ? aged : addDays(from, 1);
  return open || (closedOn !== null && closedOn >= day) ? day : undefined;
}

/** On which day it was cleared: by the resident's word, or by the procedure's end. */
export const clearedOn = ({ open, closedOn, endedOn }: Item): string | undefined =>
  [open ? undefined : (closedOn ?? undefined), endedOn ?? undefined].filter((day) => day !== undefined).toSorted()[0];

/** How it stands at the end of a day. What was reopened later counts as never closed. */
export function standingOn(item: Item, campaign: Campaign, day: string, policy: HardCasesPolicy): Standing {
  const came = cameOn(item, campaign);
  if (came === undefined || came > day) return 'outside';
  const cleared = clearedOn(item);
  if (cleared === undefined || cleared > day) return 'remaining';
  const confirmed =
    !item.open && item.closedOn === cleared && (policy.settledBy as readonly (string | null)[]).includes(item.closedBy);
  if (!confirmed) return 'ended';
  return plusMonths(cleared, policy.settledMonths) <= day ? 'settled' : 'trial';
}

export interface Flow {
  /** The last day counted. */
  readonly day: string;
  readonly opening: number;
  readonly stock: number;
  readonly came: number;
  readonly cleared: number;
  readonly closing: number;
  readonly settled: number;
  readonly trial: number;
  readonly ended: number;
}

/**
 * Stock and flow from one day to another, both included: opening + what came − what was cleared = closing (PET-13).
 */
export function flowOf(
  items: readonly Item[],
  campaign: Campaign,
  from: string,
  to: string,
  policy: HardCasesPolicy,
): Flow {
  const before = addDays(from, -1);
  const count = (day: string, ...wanted: Standing[]): number =>
    items.filter((item) => wanted.includes(standingOn(item, campaign, day, policy))).length;
  const first = from <= campaign.from;
  const stock = items.filter((item) => item.stock).length;
  const opening = first ? stock : count(before, 'remaining');
  const came = items.filter((item) => {
    const day = cameOn(item, campaign);
    return !item.stock && day !== undefined && from <= day && day <= to;
  }).length;
  const closing = count(to, 'remaining');
  return {
    day: to,
    opening,
    stock,
    came,
    cleared: opening + came - closing,
    closing,
    settled: count(to, 'settled'),
    trial: count(to, 'trial'),
    ended: count(to, 'ended'),
  };
}

/** The months of a campaign until a day, each with its first and last day within it. */
export function monthsOf(from: string, to: string): { month: string; from: string; to: string }[] {
  const months: { month: string; from: string; to: string }[] = [];
  for (let first = from; first <= to;) {
    const month = first.slice(0, 7);
    const next = plusMonths(`${month}-01`, 1);
    months.push({ month, from: first, to: next > to ? to : addDays(next, -1) });
    first = next;
  }
  return months;
}

/** Which band of ages a matter of so many days lies in: the index of the largest bound it has reached, −1 for none. */
export const bandOf = (days: number, ages: readonly number[]): number =>
  ages.toSorted((a, b) => a - b).findLastIndex((age) => days >= age);

export const ageOn = (registeredOn: string, day: string): number => daysBetween(registeredOn, day);

/** Everything a campaign may be about: its stock, and what has grown old or come back in its place since. */
export const itemsOf = async (
  query: Query,
  county: number,
  id: string,
  {
    area,
    from,
    olderThan,
    reopened,
    until,
  }: { area: string; from: string; olderThan: number; reopened: number; until: string },
): Promise<Item[]> =>
  await query<Item & object>(
    'backlogs.items',
    `select m.id as matter, coalesce(i.stock, false) as stock,
            -- A case is its owner's share, whoever it was first given to.
            case when h.status in ('adopted', 'ended') then h.leader else i.leader end as leader,
            (m.registered_at at time zone 'Asia/Shanghai')::date as "registeredOn", m.open,
            (m.closed_at at time zone 'Asia/Shanghai')::date as "closedOn", m.closed_by as "closedBy", h.ended_on as "endedOn"
       from matter m
       join area a on a.county = m.county and a.id = m.area
       left join backlog_item i on i.county = m.county and i.backlog = $2 and i.matter = m.id
       left join hard_case h on h.county = m.county and h.matter = m.id
      where m.county = $1
        and (i.matter is not null
             or ($3::uuid = any(a.chain) and m.reopenings >= $6
                 and (m.registered_at at time zone 'Asia/Shanghai')::date + $5::int <= $7::date
                 and (m.open or (m.closed_at at time zone 'Asia/Shanghai')::date > $4::date)))
      order by m.registered_at, m.id`,
    [county, id, area, from, olderThan, reopened, until],
  );
