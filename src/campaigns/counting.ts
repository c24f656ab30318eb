import { dayOf, toNumber, workingDays } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import type { Excused, Evidence } from '../duties/model.ts';
import { periodAt } from '../duties/periods.ts';
import { standingOf, titled } from '../duties/rules.ts';
import { dutiesOn, personsOf } from '../duties/tables.ts';
import type { Query } from '../ledger/record.ts';
import { type Attributed, type Held, type Part, type Placed, attribute } from './figures.ts';
import { asksTheSame } from './hand-over.ts';
import type { HandedOver, Move, Plan, Quota } from './model.ts';

/** A campaign with everything its figures are worked out from, on a day. */
export interface Situation {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly held: Held;
  readonly ended: boolean;
  readonly before: string | null;
  readonly handed: HandedOver | null;
  readonly today: string;
}

/** @returns undefined when there is no such campaign */
export async function situationOf(
  query: Query,
  county: number,
  id: string,
  now: string,
): Promise<Situation | undefined> {
  const [row] = await query<{
    name: string;
    area: string;
    chain: string[];
    since: string;
    until: string | null;
    planned: string | null;
    ended: boolean;
    before: string | null;
    handed: HandedOver | null;
    plan: Plan;
    moves: Move[];
  }>(
    'campaign.one',
    'select name, area, chain, since, until, planned, ended, before, handed, plan, moves from campaign where county = $1 and id = $2',
    [county, id],
  );
  if (row === undefined) return undefined;
  const { since: from, until, planned, plan, moves, ...rest } = row;
  return { id, ...rest, held: { plan, from, planned, until, moves }, today: dayOf(now) };
}

export interface TeamName {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
}

/** The teams and groups that work for a campaign, in the order of their names. */
export const teamsFor = async (query: Query, county: number, campaign: string): Promise<TeamName[]> =>
  await query<TeamName>(
    'campaign.teams',
    `select t.id, t.parent, t.name from team t left join team p on p.county = $1 and p.id = t.parent
      where t.county = $1 and coalesce(t.campaign, p.campaign) = $2
      order by length(coalesce(p.name, t.name)), coalesce(p.name, t.name), t.parent is not null, length(t.name), t.name, t.id`,
    [county, campaign],
  );

/**
 * Who takes part, as what, from when to when. Members of the campaign's teams by their stays; the others by their posts
 * within the campaign's place. Somebody who fits several parties takes part in the first of them only.
 */
export async function partsOf(query: Query, county: number, situation: Situation): Promise<Part[]> {
  const { plan, from, until } = situation.held;
  const order = new Map(plan.parties.map((p, i) => [p.code, i]));
  const found: Part[] = [];
  for (const party of plan.parties) {
    const rows =
      party.by === 'team'
        ? await query<Omit<Part, 'party'>>(
            'campaign.members',
            `select m.official, case when t.parent is null then null else t.id end as "group", coalesce(t.parent, t.id) as team,
                    greatest(m.since, $3::date) as since, least(m.until, t.until, $4::date) as until
               from team_member m
               join team t on t.county = $1 and t.id = m.team
               left join team p on p.county = $1 and p.id = t.parent
              where m.county = $1 and coalesce(t.campaign, p.campaign) = $2
                and greatest(m.since, $3::date) <= coalesce(least(m.until, t.until, $4::date), 'infinity')
              order by m.official, m.since, m.id, m.place`,
            [county, situation.id, from, until],
          )
        : (
            await query<Omit<Part, 'party'> & { titles: string[] }>(
              'campaign.posts',
              `select p.official, null::uuid as "group", null::uuid as team, array[p.title, o.title] as titles,
                    greatest(p.since, $3::date) as since, least(p.until, $4::date) as until
               from post p
               join official o on o.county = $1 and o.id = p.official
               join unit u on u.county = $1 and u.id = p.unit
               join area a on a.county = $1 and a.id = coalesce(p.area, u.area)
              where p.county = $1 and p.role = any($5::text[]) and $2 = any(a.chain)
                and ($6::text is null or a.level = $6) and ($7::text is null or u.kind = $7)
                and greatest(p.since, $3::date) <= coalesce(least(p.until, $4::date), 'infinity')
              order by p.official, p.since, p.place`,
              [county, situation.area, from, until, party.roles, party.level ?? null, party.unit ?? null],
            )
          ).flatMap(({ titles, ...part }) =>
            party.titles === undefined || party.titles.some((word) => titles.some((title) => titled(title, word)))
              ? [part]
              : [],
          );
    found.push(...rows.map((row) => ({ ...row, party: party.code })));
  }
  const first = new Map<string, string>();
  for (const { official, party } of found) {
    const held = first.get(official);
    if (held === undefined || order.get(party)! < order.get(held)!) first.set(official, party);
  }
  return found.filter((p) => first.get(p.official) === p.party);
}

const PLACED = `e.stream, e.place, e.official, e.kind, e.day, e.amount, e.area, e.subject, e.confirmed,
  a.chain[2] as township, a.chain[3] as village`;

/** Evidence of those who take part, within the campaign's days and place. */
async function evidenceFor(query: Query, county: number, situation: Situation, officials: readonly string[]) {
  const { from, until } = situation.held;
  const last = until !== null && until < situation.today ? until : situation.today;
  const values = [county, officials, from, last, situation.area];
  const [evidence, solved] = await Promise.all([
    query<Placed>(
      'campaign.evidence',
      `select ${PLACED} from evidence e left join area a on a.county = $1 and a.id = e.area
        where e.county = $1 and e.official = any($2::uuid[]) and e.day between $3::date and $4::date and $5 = any(a.chain)
          and e.kind <> 'hard-problem'`,
      values,
    ),
    // The engine's hard problems are those an official led; a campaign's are its visits' own:
    // what was asked for on a visit of the campaign and is closed within it; one that came back is not solved.
    query<Omit<Placed, keyof Evidence> & Pick<Placed, 'stream' | 'official' | 'day' | 'area' | 'subject'>>(
      'campaign.solved',
      `select m.id as stream, m.official, (m.closed_at at time zone 'Asia/Shanghai')::date as day, m.area,
              m.household as subject, a.chain[2] as township, a.chain[3] as village
         from matter m join area a on a.county = $1 and a.id = m.area
        where m.county = $1 and m.official = any($2::uuid[]) and m.channel = 'visit' and not m.open
          and (m.received_at at time zone 'Asia/Shanghai')::date >= $3::date
          and (m.closed_at at time zone 'Asia/Shanghai')::date between $3::date and $4::date and $5 = any(a.chain)`,
      values,
    ),
  ]);
  return [
    ...evidence,
    ...solved.map((s): Placed => ({ ...s, place: 0, kind: 'hard-problem', amount: 1, confirmed: true })),
  ];
}

export interface Counted {
  readonly situation: Situation;
  readonly teams: readonly TeamName[];
  readonly parts: readonly Part[];
  readonly attributed: readonly Attributed[];
  readonly people: ReadonlyMap<string, { readonly name: string; readonly exceptions: readonly Excused[] }>;
  readonly working: ReturnType<typeof workingDays>;
}

/**
 * Everything a campaign's figures are made of.
 * @param only of these officials; everyone's when left out
 */
export async function countingOf(
  desk: Pick<Desk, 'query' | 'county' | 'policies'>,
  situation: Situation,
  only?: (part: Part) => boolean,
): Promise<Counted> {
  const { query, county, policies } = desk;
  const [teams, all] = await Promise.all([teamsFor(query, county, situation.id), partsOf(query, county, situation)]);
  const parts = only === undefined ? all : all.filter(only);
  const officials = [...new Set(parts.map((p) => p.official))];
  const { from, planned, until } = situation.held;
  const span = { from, to: planned ?? until ?? situation.today };
  const [evidence, persons] = await Promise.all([
    evidenceFor(query, county, situation, officials),
    personsOf(query, county, officials, span, situation.today, false),
  ]);
  return {
    situation,
    teams,
    parts,
    attributed: attribute(situation.held, parts, evidence, situation.today),
    people: new Map(persons.map((p) => [p.id, { name: p.name, exceptions: p.exceptions }])),
    working: workingDays(policies.get<Calendar>('calendar')),
  };
}

export interface Level {
  readonly level: 'township' | 'village' | 'household';
  readonly all: number;
  readonly reached: number;
}

export interface Unreached {
  readonly id: string;
  readonly name: string;
  readonly within: string | null;
  /** Households nobody of the campaign met yet, of all there are. */
  readonly count: number;
  readonly all: number;
}

const PLACES = `
  with taken as (
    select tp.place, tp.target from team_place tp join team t on t.county = $1 and t.id = tp.team
      left join team p on p.county = $1 and p.id = t.parent
     where tp.county = $1 and coalesce(t.campaign, p.campaign) = $2
  ),
  places as (
    select id, parent, name from area
     where county = $1 and level = 'village' and not closed and $3 = any(chain)
       and (not exists (select from taken where place = 'village') or id in (select target from taken where place = 'village'))
  ),
  homes as (
    select h.id, h.village, h.grid from household h
     where h.county = $1 and not h.moved and $3 in (h.county_area, h.township, h.village, h.grid)
       and (not exists (select from taken where place in ('village', 'household'))
            or h.village in (select target from taken where place = 'village')
            or h.id in (select target from taken where place = 'household'))
  )`;

/**
 * The campaign's places: those its teams have taken, else everything in its area; of them what was reached, level by level
 * (H8); and the villages that have households nobody met yet, with how many of how many: never a list of persons.
 * One statement, and the visits gathered once: the page took 159 ms of the demo county before, 126 ms so.
 * @param area asks for a part of it
 */
export async function reachedOf(
  query: Query,
  county: number,
  counted: Counted,
  area: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ levels: Level[]; unreached: Unreached[] }> {
  const [townships, villages, homes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { e } of counted.attributed) {
    if (e.kind !== 'visit') continue;
    if (e.township !== null) townships.add(e.township);
    if (e.village !== null) villages.add(e.village);
    if (e.subject !== null) homes.add(e.subject);
  }
  const [row] = await query<
    Record<'townships' | 'villages' | 'households' | 't' | 'v' | 'h', number> & { unreached: Unreached[] }
  >(
    'campaign.reached',
    `${PLACES},
     by_village as (
       select h.village, count(*)::int as "all", count(m.id)::int as met
         from homes h left join unnest($6::uuid[]) as m (id) on m.id = h.id group by h.village
     )
     select (select count(distinct parent)::int from places) as townships, (select count(*)::int from places) as villages,
            (select coalesce(sum("all"), 0)::int from by_village) as households,
            (select count(distinct parent)::int from places where parent = any($4::uuid[])) as t,
            (select count(*)::int from places where id = any($5::uuid[])) as v,
            (select coalesce(sum(met), 0)::int from by_village) as h,
            (select coalesce(jsonb_agg(u), '[]') from (
               select p.id, p.name, t.name as within, b."all", b."all" - b.met as count
                 from by_village b join places p on p.id = b.village left join area t on t.county = $1 and t.id = p.parent
                where b."all" > b.met order by t.name, p.name, p.id limit $7 offset $8) u) as unreached`,
    [county, counted.situation.id, area, [...townships], [...villages], [...homes], page.limit, page.offset],
  );
  const r = row!;
  return {
    levels: [
      { level: 'township', all: r.townships, reached: r.t },
      { level: 'village', all: r.villages, reached: r.v },
      { level: 'household', all: r.households, reached: r.h },
    ],
    unreached: r.unreached,
  };
}

/**
 * Which duty of an official asks for the same already: whoever does what it asks of the month has done what the quota
 * asks, by the same records. So the quota need not be asked for a second time.
 * @returns the duty's name by quota; undefined where nothing else asks for it
 */
export async function askedByDuties(
  { query, county, now }: Desk,
  official: string,
): Promise<(quota: Quota) => string | undefined> {
  const today = dayOf(now);
  const month = periodAt('month', toNumber(today));
  const { duties } = await dutiesOn(query, county, today);
  const [person] = await personsOf(query, county, [official], { from: today, to: today }, today, false);
  if (person === undefined) return () => undefined;
  const monthly = duties.flatMap((duty) => {
    if (duty.period !== 'month') return [];
    const usual = Math.max(...standingOf(duty, person, month).halves) / 2;
    return usual > 0 ? [{ duty, usual }] : [];
  });
  return (quota) => monthly.find(({ duty, usual }) => asksTheSame(duty, quota, usual))?.duty.name;
}

/** Where a campaign's amounts went: each duty as the county's document has it today. */
export async function wentTo({ query, county, now }: Desk, { on, duties }: HandedOver) {
  const today = await dutiesOn(query, county, dayOf(now));
  return {
    on,
    duties: duties.map((id) => {
      const duty = today.duties.find((d) => d.id === id);
      // Whoever publishes the document may have taken it out since.
      if (duty === undefined) return { id, name: null, from: null, until: null, inUse: false };
      const { name, validFrom, validTo = null, inUse } = duty;
      return { id, name, from: validFrom, until: validTo, inUse };
    }),
  };
}
