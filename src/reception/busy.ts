import type { Query } from '../ledger/record.ts';

/** The last day of a month. */
export const monthEnd = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

/** Days these officials are on leave, away or in training, as granted. */
export async function leaveOf(query: Query, county: number, officials: readonly string[], from: string, until: string) {
  const rows = await query<{ official: string; from: string; until: string }>(
    'reception.leave',
    `select official, "from", until from exception
      where county = $1 and official = any($2::uuid[]) and stage = 'granted' and type not in ('acting', 'waiver')
        and "from" <= $4::date and until >= $3::date order by official, "from", id`,
    [county, officials, from, until],
  );
  return Map.groupBy(rows, (row) => row.official);
}

/** Days on which each of these officials receives, or goes down to people, as arranged or done. */
export async function busyDays(
  query: Query,
  county: number,
  officials: readonly string[],
  from: string,
  until: string,
): Promise<Map<string, Set<string>>> {
  const rows = await query<{ official: string; day: string }>(
    'reception.busy',
    `select official, day from reception_day
      where county = $1 and official = any($2::uuid[]) and day between $3 and $4 and status <> 'cancelled'
     union
     select w.official, o.day from outreach o cross join lateral unnest(o.who) as w(official)
      where o.county = $1 and o.who && $2::uuid[] and w.official = any($2::uuid[]) and o.day between $3 and $4
        and o.status <> 'cancelled'`,
    [county, officials, from, until],
  );
  const busy = new Map<string, Set<string>>();
  for (const { official, day } of rows) busy.set(official, (busy.get(official) ?? new Set()).add(day));
  return busy;
}
