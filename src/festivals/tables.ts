import { type Kysely, sql } from 'kysely';
import type { Scope } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { householdOf } from '../visits/tables.ts';
import {
  FestivalCommand,
  type FestivalEvent,
  type FestivalFacts,
  type FestivalsPolicy,
  type FestivalState,
  type Gift,
  GiftCommand,
  type GiftEvent,
  type GiftFacts,
  type GiftState,
  type Group,
  type Source,
} from './model.ts';
import { festivals, gifts } from './rules.ts';

export const festivalRecord: RecordType<FestivalState, FestivalCommand, FestivalEvent, FestivalFacts> = {
  name: 'festival',
  decider: festivals,
  commands: FestivalCommand,
  tables: [{ name: 'festival', key: ['county', 'id'] }],
  async facts({ county, command, query, policies }) {
    const area = command.kind === 'festival.open' ? command.area : undefined;
    const [found] =
      area === undefined
        ? []
        : await query<{ chain: string[] }>(
            'festivals.area',
            'select chain from area where county = $1 and id = $2 and not closed',
            [county, area],
          );
    return { chain: found?.chain, groups: policies.get<FestivalsPolicy>('festivals').groups };
  },
  reach: (state, _command, facts) => ({ areas: state.status === 'none' ? (facts?.chain ?? []) : state.chain }),
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    const { chain, name, day, starts, groups, sources, status } = state;
    return {
      festival: [
        {
          county,
          id: stream,
          county_area: chain[0],
          township: chain[1] ?? null,
          area: chain.at(-1),
          name,
          day,
          starts,
          groups,
          sources,
          closed: status === 'closed',
        },
      ],
    };
  },
};

interface RoundRow {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly starts: string;
  readonly area: string;
  readonly area_name: string;
  readonly chain: readonly string[];
  readonly groups: readonly Group[];
  readonly sources: readonly Source[];
  readonly closed: boolean;
}

const ROUND = `select f.id, f.name, f.day, f.starts, f.area, a.name as area_name, a.chain, f.groups, f.sources, f.closed
  from festival f join area a on a.county = f.county and a.id = f.area`;

const roundOf = async (query: Query, county: number, id: string): Promise<RoundRow | undefined> =>
  (await query<RoundRow>('festivals.round', `${ROUND} where f.county = $1 and f.id = $2`, [county, id]))[0];

/**
 * Rounds that concern a scope, those that are running first: held in its areas, over them, or where one's households lie.
 * @param id one round only
 */
export const roundsOf = async (
  query: Query,
  county: number,
  scope: Scope,
  id: string | null = null,
): Promise<RoundRow[]> =>
  await query<RoundRow>(
    'festivals.rounds',
    `${ROUND} where f.county = $1 and ($5::uuid is null or f.id = $5::uuid)
        and ($2 or a.chain && $3::uuid[]
             or exists (select from area mine where mine.county = $1 and mine.id = any($3::uuid[]) and f.area = any(mine.chain))
             or exists (select from household h where h.county = $1 and h.contact = any($4::uuid[])
                           and f.area in (h.county_area, h.township, h.village, h.grid)))
      order by f.closed, f.day desc, f.id limit 50`,
    [county, scope.all, scope.areas, scope.officials, id],
  );

export const giftRecord: RecordType<GiftState, GiftCommand, GiftEvent, GiftFacts> = {
  name: 'gift',
  decider: gifts,
  commands: GiftCommand,
  tables: [{ name: 'gift', key: ['county', 'id'] }, evidenceTable],
  async facts({ county, stream, state, command, actor, at, query }) {
    const proposal = command.kind === 'gift.propose' && state.status === 'none' ? command : undefined;
    const of = proposal ?? (state.status === 'none' ? undefined : state);
    if (of === undefined)
      return {
        actor,
        today: dayOf(at),
        festival: undefined,
        household: undefined,
        doubled: false,
        spent: 0,
        visit: undefined,
      };
    const [round, household, [money], visit] = await Promise.all([
      roundOf(query, county, of.festival),
      householdOf(query, county, of.household),
      query<{ doubled: boolean; spent: number }>(
        'festivals.money',
        `select coalesce(bool_or(g.household = $4), false) as doubled,
                coalesce(sum(g.cents) filter (where g.status in ('approved', 'given')), 0)::float8 as spent
           from gift g where g.county = $1 and g.festival = $2 and g.source = $3 and g.id <> $5
            and g.status in ('proposed', 'approved', 'given')`,
        [county, of.festival, of.source, of.household, stream],
      ),
      command.kind === 'gift.hand-over' ? metBy(query, county, of.festival, of.household, actor) : undefined,
    ]);
    return {
      actor,
      today: dayOf(at),
      festival: round === undefined ? undefined : { open: !round.closed, chain: round.chain, sources: round.sources },
      household: household?.moved === true && proposal !== undefined ? undefined : household,
      doubled: money!.doubled,
      spent: money!.spent,
      visit,
    };
  },
  reach(state, _command, facts) {
    const contact = facts?.household?.contact ?? undefined;
    return {
      areas: state.status === 'none' ? (facts?.household?.chain ?? []) : state.chain,
      officials: contact === undefined ? [] : [contact],
    };
  },
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    const [countyArea, township = null, village = null, grid = null] = state.chain;
    const { festival, household, source, cents, goods, status, proposedBy, decidedBy, given } = state;
    return {
      gift: [
        {
          county,
          id: stream,
          county_area: countyArea,
          township,
          village,
          grid,
          festival,
          household,
          source,
          cents,
          goods,
          status,
          proposed_by: proposedBy,
          decided_by: decidedBy ?? null,
          given_by: given?.official ?? null,
          given_at: given?.at ?? null,
          visit: given?.visit ?? null,
        },
      ],
      evidence: evidenceRows(
        county,
        stream,
        given === undefined
          ? []
          : [
              {
                official: given.official,
                kind: 'festival-visit',
                day: dayOf(given.at),
                amount: 1,
                area: grid ?? village ?? township ?? countyArea ?? null,
                subject: household,
                confirmed: true,
              },
            ],
      ),
    };
  },
};

/** The diary entry on which something can be handed over: the official's last real contact since the round began. */
async function metBy(query: Query, county: number, festival: string, household: string, official: string) {
  const [visit] = await query<{ id: string }>(
    'festivals.met-by',
    `select v.id from visit v join festival f on f.county = v.county and f.id = $2
      where v.county = $1 and v.household = $3 and v.official::text = $4 and v.contact = 'met' and v.met_on >= f.starts
      order by v.met_at desc limit 1`,
    [county, festival, household, official],
  );
  return visit?.id;
}

export interface ListedGift {
  readonly id: string;
  readonly source: string;
  readonly cents: number;
  readonly goods: string;
  readonly status: Gift['status'];
  readonly proposedBy: string;
  readonly decidedBy: string | null;
}

export interface Listed {
  readonly household: string;
  readonly head: string;
  readonly address: string;
  readonly chain: readonly string[];
  readonly village: string | null;
  readonly contact: string | null;
  readonly contactName: string | null;
  readonly groups: readonly string[];
  /** First real contact since the round began and before the festival, by whomever. */
  readonly metOn: string | null;
  /** First real contact on the festival or after it: too late to count. */
  readonly lateOn: string | null;
  readonly gifts: readonly ListedGift[];
}

/**
 * Who is meant by a round and how far it is with each: from the register, the diary and the gifts, nothing typed.
 * @param only one household, or those of a scope
 */
export async function meantBy(
  query: Query,
  county: number,
  round: Pick<RoundRow, 'id' | 'day' | 'starts' | 'area' | 'groups'>,
  scope: Scope,
  today: string,
  only: readonly string[] | null = null,
): Promise<Listed[]> {
  return await query<Listed>(
    'festivals.meant',
    `with g as (
       select * from jsonb_to_recordset($4::jsonb) as g(name text, need text, age int)
     ), place as (
       select h.id from household h
        where h.county = $1 and not h.moved and $3::uuid in (h.county_area, h.township, h.village, h.grid)
          and ($11::uuid[] is null or h.id = any($11::uuid[]))
          and ($8 or h.contact = any($10::uuid[]) or h.county_area = any($9::uuid[]) or h.township = any($9::uuid[])
               or h.village = any($9::uuid[]) or h.grid = any($9::uuid[]))
     ), hit as (
       select n.household, g.name from resident_need n join g on g.need = n.need
        where n.county = $1 and n.what = 'needs' and n.until >= $7::date and n.household in (select id from place)
       union
       select r.household, g.name from resident r join g on r.born_year <= extract(year from $6::date)::int - g.age
        where r.county = $1 and not r."left" and r.household in (select id from place)
     ), meant as (
       select household, array_agg(name order by name) as groups from hit group by household
     ), met as (
       select v.household, min(v.met_on) filter (where v.met_on < $6::date) as "on",
              min(v.met_on) filter (where v.met_on >= $6::date) as late
         from visit v where v.county = $1 and v.contact = 'met' and v.met_on >= $5::date
          and v.household in (select household from meant) group by v.household
     ), given as (
       select household, json_agg(json_build_object('id', id, 'source', source, 'cents', cents, 'goods', goods,
                'status', status, 'proposedBy', proposed_by, 'decidedBy', decided_by) order by source, id) as gifts
         from gift where county = $1 and festival = $2 and household in (select household from meant) group by household
     )
     select h.id as household, h.head, h.address, v.name as village, h.contact, o.name as "contactName",
            array_remove(array[h.county_area, h.township, h.village, h.grid], null) as chain,
            meant.groups, met."on" as "metOn", met.late as "lateOn", coalesce(given.gifts, '[]') as gifts
       from meant join household h on h.county = $1 and h.id = meant.household
       left join area v on v.county = $1 and v.id = h.village
       left join official o on o.county = $1 and o.id = h.contact
       left join met on met.household = h.id
       left join given on given.household = h.id
      order by met."on" is not null, v.name, h.address, h.id`,
    [
      county,
      round.id,
      round.area,
      JSON.stringify(round.groups),
      round.starts,
      round.day,
      today,
      scope.all,
      scope.areas,
      scope.officials,
      only,
    ],
  );
}

/** Money of a round by source, in cents, within a scope: asked for, approved, handed over. */
export const moneyOf = async (db: Kysely<never>, county: number, festival: string, scope: Scope) =>
  (
    await sql<{ source: string; proposed: number; approved: number; given: number; gifts: number }>`
      select source, sum(cents) filter (where status = 'proposed')::float8 as proposed,
             sum(cents) filter (where status in ('approved', 'given'))::float8 as approved,
             sum(cents) filter (where status = 'given')::float8 as given,
             (count(*) filter (where status = 'given'))::int as gifts
        from gift g
       where county = ${county} and festival = ${festival}
         and (${scope.all} or county_area = any(${scope.areas}::uuid[]) or township = any(${scope.areas}::uuid[])
              or village = any(${scope.areas}::uuid[]) or grid = any(${scope.areas}::uuid[])
              or exists (select from household h where h.county = g.county and h.id = g.household
                            and h.contact = any(${scope.officials}::uuid[])))
       group by source order by source`.execute(db)
  ).rows;
