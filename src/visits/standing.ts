import type { Query } from '../ledger/record.ts';
import type { Candidate } from './today.ts';

/** A household the official answers for, as today's list looks at it. */
export interface Mine extends Omit<Candidate, 'reasons'> {
  /** False when only an old promise of the official's still ties them to it. */
  readonly own: boolean;
  /** Met by anyone since the month began. */
  readonly metThisMonth: boolean;
  /** Met or tried by this official today. */
  readonly wentToday: boolean;
}

/**
 * Households an official answers for: as contact, by assignment to the household or its village, or by a promise
 * of theirs that is still open.
 */
async function held(query: Query, county: number, official: string, today: string) {
  return await query<{ id: string; own: boolean }>(
    'visits.held',
    `with bound as (
       select area, household from assignment
        where county = $1 and official = $2 and since <= $3::date and (until is null or until >= $3::date)
          and kind in ('village', 'household')
     ), own as (
       select id from household where county = $1 and contact = $2
       union select household from bound where household is not null
       union select h.id from bound join household h on h.county = $1 and h.village = bound.area
       union select h.id from bound join household h on h.county = $1 and h.grid = bound.area
     )
     select id, true as own from own
     union all
     select distinct household, false from promise p
      where county = $1 and official = $2 and kept_on is null
        and not exists (select from own where own.id = p.household)`,
    [county, official, today],
  );
}

/** The households that count for an official: those they answer for today, without the ones only an old promise ties. */
export const answeredFor = async (query: Query, county: number, official: string, today: string): Promise<string[]> =>
  (await held(query, county, official, today)).filter((h) => h.own).map((h) => h.id);

/**
 * How each of the official's households stands today. A revisit is open until somebody is met after the closed door.
 *
 * Asked in two steps: with the ids in hand every part is read by its index, however few of the county they are.
 */
export async function householdsOf(query: Query, county: number, official: string, today: string): Promise<Mine[]> {
  const mine = await held(query, county, official, today);
  const own = new Set(mine.filter((h) => h.own).map((h) => h.id));
  const rows = await query<Omit<Mine, 'own'>>(
    'visits.standing',
    `with met as (
       select household, max(met_at) as at, max(met_on) as "on" from visit
        where county = $1 and household = any($4::uuid[]) and contact = 'met' group by household
     ), tried as (
       select v.household, count(*)::int as tries, max(v.met_on) as "on",
              (array_agg(v.revisit_by order by v.met_at desc, v.id desc))[1] as revisit_by,
              (array_agg(v.official order by v.met_at desc, v.id desc))[1] as official
         from visit v left join met on met.household = v.household
        where v.county = $1 and v.household = any($4::uuid[]) and v.contact = 'not-at-home'
          and (met.at is null or v.met_at > met.at) group by v.household
     ), went as (
       select distinct household from visit
        where county = $1 and official = $2 and met_on = $3::date and contact in ('met', 'not-at-home')
     ), open as (
       select p.household, json_agg(
                json_build_object('what', p.what, 'due', p.due, 'giver', case when p.official <> $2 then coalesce(o.name, '前任') end)
                order by p.due, p.visit, p.place) as promises
         from promise p left join official o on o.county = $1 and o.id = p.official
        where p.county = $1 and p.household = any($4::uuid[]) and p.kept_on is null group by p.household
     ), asked as (
       select household, array_agg(distinct need order by need) as needs from resident_need
        where county = $1 and household = any($4::uuid[]) and what = 'needs' and until >= $3::date group by household
     ), eldest as (
       select household, min(born_year) as born from resident
        where county = $1 and household = any($4::uuid[]) and not "left" group by household
     )
     select h.id as household, h.head, h.address, h.residents, village.name as village, grid.name as grid,
            eldest.born as "eldestBorn", coalesce(asked.needs, '{}') as needs,
            met."on" as "lastMet", coalesce(tried.tries, 0) as tries, tried."on" as "lastTry",
            tried.revisit_by as "revisitBy", case when tried.official <> $2 then coalesce(trier.name, '前任') end as trier, coalesce(open.promises, '[]') as promises,
            coalesce(met."on" >= date_trunc('month', $3::date), false) as "metThisMonth",
            went.household is not null as "wentToday"
       from household h
       left join area village on village.county = $1 and village.id = h.village
       left join area grid on grid.county = $1 and grid.id = h.grid
       left join met on met.household = h.id
       left join tried on tried.household = h.id
       left join official trier on trier.county = $1 and trier.id = tried.official
       left join went on went.household = h.id
       left join open on open.household = h.id
       left join asked on asked.household = h.id
       left join eldest on eldest.household = h.id
      where h.county = $1 and h.id = any($4::uuid[]) and not h.moved`,
    [county, official, today, mine.map((h) => h.id)],
  );
  return rows.map((row) => ({ ...row, own: own.has(row.household) }));
}
