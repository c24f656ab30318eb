import { may } from '../access/access.ts';
import type { Actor } from '../access/model.ts';
import { exceptionNames, type ExceptionType } from '../duties/model.ts';
import type { Query } from '../ledger/record.ts';

/**
 * How far a team went to the households of its places in a period (row B6 by team, A6): each count with what it is a
 * share of, and why somebody of it did not go. A household is met when anybody met it in person; whether the team itself
 * did stands beside it. Teams stand by name: nothing here is a ranking.
 */
export interface Went {
  readonly id: string;
  readonly name: string;
  /** The team that was asked about, with all its groups; the others are its groups. */
  readonly whole: boolean;
  readonly leaders: readonly string[];
  readonly members: number;
  /** Households of its places. */
  readonly households: number;
  readonly met: number;
  readonly metByTeam: number;
  /** Doors its members went to there, and at how many somebody was met. */
  readonly doors: number;
  readonly opened: number;
  /** Closed doors whose day for another try has passed without anybody being met. */
  readonly missed: number;
  /** Closed doors that were met again or whose day has passed, and of them those met in time. */
  readonly revisits: number;
  readonly revisited: number;
  /** Needs its members brought from there, and those settled by now. */
  readonly needs: number;
  readonly settled: number;
  readonly excused: readonly {
    readonly name: string;
    readonly why: string;
    readonly from: string;
    readonly until: string;
  }[];
}

export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly today: string;
}

/** $1 county, $2 first and $3 last day, $4 the team: each group by itself, and the team as all of them. */
const COMMON = `
  with sets as (
    select $4::uuid as row, id as team from team where county = $1 and (id = $4::uuid or parent = $4::uuid)
    union select id, id from team where county = $1 and parent = $4::uuid and since <= $3::date and (until is null or until >= $2::date)
  ), homes as (
    select s.row, h.id from sets s
      join team_place p on p.county = $1 and p.team = s.team and p.since <= $3::date and (p.until is null or p.until >= $2::date)
      join household h on h.county = $1 and not h.moved and case p.place when 'village' then h.village = p.target when 'household' then h.id = p.target else false end
     group by s.row, h.id
  ), staff as (
    select s.row, m.official, m.role, greatest(m.since, $2::date) as since, least(coalesce(m.until, $3::date), $3::date) as until
      from sets s join team_member m on m.county = $1 and m.team = s.team and m.since <= $3::date and (m.until is null or m.until >= $2::date)
  ), seen as (
    select h.row, h.id as household,
           bool_or(v.contact = 'met') as met,
           bool_or(v.contact = 'met' and exists (select from staff f where f.row = h.row and f.official = v.official and v.met_on between f.since and f.until)) as own
      from homes h join visit v on v.county = $1 and v.household = h.id and v.met_on between $2::date and $3::date
     group by h.row, h.id
  )`;

/** The team and each of its groups, by name. @param asked first and last day, both included */
export async function wentOf(query: Query, county: number, team: string, { from, to, today }: Asked): Promise<Went[]> {
  const values = [county, from, to, team];
  const [rows, excused] = await Promise.all([
    query<Omit<Went, 'excused'>>(
      'teams.went',
      `${COMMON}, doors as (
         select f.row, v.id, v.contact, v.revisit_by, case when v.contact = 'not-at-home' then (
                  select min(m.met_on) from visit m where m.county = v.county and m.household = v.household and m.contact = 'met' and m.met_at > v.met_at) end as again,
                v.contact = 'not-at-home' and v.revisit_by < $5::date and not exists (
                  select from visit m where m.county = v.county and m.household = v.household and m.contact = 'met' and m.met_at > v.met_at) as missed
           from homes h join visit v on v.county = $1 and v.household = h.id and v.met_on between $2::date and $3::date and v.contact in ('met', 'not-at-home', 'leaflet')
           join staff f on f.row = h.row and f.official = v.official and v.met_on between f.since and f.until
          group by f.row, v.id, v.county, v.contact, v.revisit_by, v.household, v.met_at
       ), brought as (
         select distinct f.row, m.id, m.open
           from homes h join matter m on m.county = $1 and m.household = h.id and m.channel = 'visit'
           join staff f on f.row = h.row and f.official = m.official
                and (m.registered_at at time zone 'Asia/Shanghai')::date between f.since and f.until
       )
       select t.id, t.name, t.id = $4::uuid as whole,
              array(select distinct o.name from staff f join official o on o.county = $1 and o.id = f.official where f.row = t.id and f.role = 'leader' order by 1) as leaders,
              (select count(distinct official)::int from staff f where f.row = t.id) as members,
              (select count(*)::int from homes h where h.row = t.id) as households,
              (select count(*)::int from seen s where s.row = t.id and s.met) as met,
              (select count(*)::int from seen s where s.row = t.id and s.own) as "metByTeam",
              (select count(*)::int from doors d where d.row = t.id) as doors,
              (select count(*)::int from doors d where d.row = t.id and d.contact = 'met') as opened,
              (select count(*)::int from doors d where d.row = t.id and d.missed) as missed,
              (select count(*)::int from doors d where d.row = t.id and d.contact = 'not-at-home' and (d.again is not null or d.revisit_by < $5::date)) as revisits,
              (select count(*)::int from doors d where d.row = t.id and d.again <= d.revisit_by) as revisited,
              (select count(*)::int from brought b where b.row = t.id) as needs,
              (select count(*)::int from brought b where b.row = t.id and not b.open) as settled
         from team t where t.county = $1 and t.id in (select row from sets)
        order by t.id = $4::uuid desc, length(t.name), t.name, t.id`,
      [...values, today],
    ),
    query<{ row: string; name: string; type: ExceptionType; from: string; until: string }>(
      'teams.excused',
      `${COMMON} select distinct f.row, o.name, e.type, e."from", e.until from staff f
         join exception e on e.county = $1 and e.official = f.official and e.stage = 'granted' and e.duty is null
              and e."from" <= f.until and e.until >= f.since
         join official o on o.county = $1 and o.id = f.official
        order by e."from", o.name`,
      values,
    ),
  ]);
  return rows.map((row) => ({
    ...row,
    excused: excused
      .filter((e) => e.row === row.id)
      .map(({ name, type, from: first, until }) => ({ name, why: exceptionNames[type], from: first, until })),
  }));
}

/** Households of a team's places where nobody was met in the period, those longest unseen first; named for whoever may open them. */
export async function unmetOf(
  query: Query,
  county: number,
  actor: Actor,
  team: string,
  { from, to }: Asked,
  page: { limit: number; offset: number },
) {
  const rows = await query<{
    id: string;
    head: string;
    address: string;
    village: string | null;
    contact: string | null;
    contactName: string | null;
    last: string | null;
    chain: (string | null)[];
  }>(
    'teams.unmet',
    `${COMMON} select h.id, h.head, h.address, a.name as village, h.contact, o.name as "contactName", m.last,
            array[h.county_area, h.township, h.village, h.grid] as chain
       from homes x join household h on h.county = $1 and h.id = x.id
       left join seen s on s.row = x.row and s.household = x.id
       left join area a on a.county = $1 and a.id = h.village
       left join official o on o.county = $1 and o.id = h.contact
       left join lateral (select max(v.met_on) as last from visit v where v.county = $1 and v.household = h.id and v.contact = 'met') m on true
      where x.row = $4::uuid and not coalesce(s.met, false)
      order by m.last nulls first, a.name, h.address, h.id limit $5 offset $6`,
    [county, from, to, team, page.limit, page.offset],
  );
  return rows.map((row) => ({
    id: row.id,
    village: row.village,
    contact: row.contactName,
    last: row.last,
    who: may(actor, 'household.read', {
      areas: row.chain.filter((id) => id !== null),
      officials: row.contact === null ? [] : [row.contact],
    })
      ? `${row.head}家 ${row.address}`
      : null,
  }));
}

/** Who leads a team or the team above it, today. */
export const leadersOf = async (query: Query, county: number, team: string, today: string): Promise<string[]> =>
  (
    await query<{ official: string }>(
      'teams.leaders',
      `select distinct m.official from team_member m
        where m.county = $1 and m.role in ('leader', 'deputy') and m.since <= $3::date and (m.until is null or m.until >= $3::date)
          and m.team in (select id from team where county = $1 and id = $2 union select parent from team where county = $1 and id = $2)`,
      [county, team, today],
    )
  ).map(({ official }) => official);
