import { EACH_TIME, type Query } from '../ledger/record.ts';
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
 * Asked in two steps: with the ids in hand every part is read by its index, however few of the county they are. Few
 * joins, because it is planned each time: a third of what nine cost.
 */
export async function householdsOf(query: Query, county: number, official: string, today: string): Promise<Mine[]> {
  const mine = await held(query, county, official, today);
  const own = new Set(mine.filter((h) => h.own).map((h) => h.id));
  const rows = await query<Omit<Mine, 'own'>>(
    EACH_TIME,
    `with been as (
       select household, max(met_on) filter (where contact = 'met') as "on",
              coalesce(bool_or(official = $2 and met_on = $3::date), false) as today,
              (count(*) filter (where shut))::int as tries, max(met_on) filter (where shut) as tried,
              (array_agg(revisit_by order by met_at desc, id desc) filter (where shut))[1] as revisit_by,
              (array_agg(official order by met_at desc, id desc) filter (where shut))[1] as trier
         from (select *, contact = 'not-at-home' and met_at > coalesce(max(met_at) filter (where contact = 'met') over (partition by household), '-infinity') as shut
                 from visit where county = $1 and household = any($4::uuid[]) and contact in ('met', 'not-at-home')) v
        group by household
     ), open as (
       select household, json_agg(
                json_build_object('what', what, 'due', due, 'giver',
                  case when official <> $2 then coalesce((select name from official o where o.county = $1 and o.id = p.official), '前任') end)
                order by due, visit, place) as promises
         from promise p where county = $1 and household = any($4::uuid[]) and kept_on is null group by household
     ), asked as (
       select household, array_agg(distinct need order by need) as needs from resident_need
        where county = $1 and household = any($4::uuid[]) and what = 'needs' and until >= $3::date group by household
     ), eldest as (
       select household, min(born_year) as born from resident
        where county = $1 and household = any($4::uuid[]) and not "left" group by household
     )
     select h.id as household, h.head, h.address, h.residents,
            (select name from area where county = $1 and id = h.village) as village,
            (select name from area where county = $1 and id = h.grid) as grid,
            eldest.born as "eldestBorn", coalesce(asked.needs, '{}') as needs,
            been."on" as "lastMet", coalesce(been.tries, 0) as tries, been.tried as "lastTry", been.revisit_by as "revisitBy",
            case when been.trier <> $2
                 then coalesce((select name from official where county = $1 and id = been.trier), '前任') end as trier,
            coalesce(open.promises, '[]') as promises,
            coalesce(been."on" >= date_trunc('month', $3::date), false) as "metThisMonth",
            coalesce(been.today, false) as "wentToday"
       from household h
       left join been on been.household = h.id
       left join open on open.household = h.id
       left join asked on asked.household = h.id
       left join eldest on eldest.household = h.id
      where h.county = $1 and h.id = any($4::uuid[]) and not h.moved`,
    [county, official, today, mine.map((h) => h.id)],
  );
  return rows.map((row) => ({ ...row, own: own.has(row.household) }));
}
