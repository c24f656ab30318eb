import { randomBytes } from 'node:crypto';
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { Query, Reach, RecordType } from '../ledger/record.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { householdOf } from '../visits/tables.ts';
import {
  type Pair,
  type PartnerSort,
  PairCommand,
  type PairCommand as Command,
  type PairEvent,
  type PairFacts,
  type PairsPolicy,
  type PairState,
} from './model.ts';
import { pairs, pairsOwed } from './rules.ts';

export interface PairTables {
  pair: {
    county: number;
    id: string;
    county_area: string;
    township: string | null;
    village: string | null;
    grid: string | null;
    household: string;
    official: string;
    unit: string;
    since: string;
    until: string;
    status: 'lasting' | 'ended';
    ended_on: string | null;
    end_reason: string | null;
    reviewed_on: string | null;
    review_due: string | null;
  };
  pair_measure: {
    county: number;
    pair: string;
    place: number;
    give: string;
    what: string;
    due: string;
    partner: number | null;
    done_on: string | null;
    done: string;
    said_on: string | null;
    said: string;
  };
  pair_partner: {
    county: number;
    pair: string;
    place: number;
    sort: PartnerSort;
    name: string;
    does: string;
    since: string;
    left_on: string | null;
  };
  household: { county: number; id: string; head: string; address: string };
  official: { county: number; id: string; name: string };
  unit: { county: number; id: string; name: string };
  area: { county: number; id: string; name: string };
  visit: { county: number; household: string; official: string; contact: string; met_on: string };
}
export const pairTables = (db: Kysely<never>): Kysely<PairTables> => db as unknown as Kysely<PairTables>;

/** Where a pair lies and whose it is. */
const pairScope = {
  areas: ['p.county_area', 'p.township', 'p.village', 'p.grid'],
  units: ['p.unit'],
  officials: ['p.official'],
};

export const pairRecord: RecordType<PairState, Command, PairEvent, PairFacts> = {
  name: 'pair',
  decider: pairs,
  commands: PairCommand,
  tables: [
    { name: 'pair', key: ['county', 'id'] },
    { name: 'pair_measure', key: ['county', 'pair', 'place'] },
    { name: 'pair_partner', key: ['county', 'pair', 'place'] },
    owedTable,
  ],
  async facts({ county, stream, state, command, actor, at, query, policies }) {
    const policy = policies.get<PairsPolicy>('pairs');
    const today = dayOf(at);
    const first = command.kind === 'pair.make' && state.status === 'none' ? command : undefined;
    const household = first?.household ?? (state.status === 'none' ? undefined : state.household);
    const found = household === undefined ? undefined : await householdOf(query, county, household);
    const helper =
      first?.official ?? (state.status === 'none' || command.kind === 'pair.take-over' ? actor : state.official);
    const [official] = await query<{ unit: string; doubled: boolean }>(
      'pairs.helper',
      `select o.unit, exists (select from pair p where p.county = $1 and p.official = o.id and p.household = $3::uuid
                                 and p.status = 'lasting' and p.id <> $4) as doubled
         from official o where o.county = $1 and o.id::text = $2 and not o.retired`,
      [county, helper, household ?? null, stream],
    );
    return {
      actor,
      today,
      pair: stream,
      household: found?.moved === true && first !== undefined ? undefined : found,
      unit: official?.unit,
      helper,
      doubled: official?.doubled ?? false,
      gives: policy.gives,
      lastDay: addDays(today, policy.consentDays),
      reviewDue: addDays(today, policy.reviewDays),
      key: randomBytes(16).toString('base64url'),
    };
  },
  reach(state, _command, facts) {
    if (state.status !== 'none') return { ...reachOf(state), ...(facts === undefined ? {} : { record: facts.pair }) };
    const contact = facts?.household?.contact ?? undefined;
    return { areas: facts?.household?.chain ?? [], officials: contact === undefined ? [] : [contact] };
  },
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    const [countyArea, township = null, village = null, grid = null] = state.chain;
    return {
      pair: [
        {
          county,
          id: stream,
          county_area: countyArea,
          township,
          village,
          grid,
          household: state.household,
          official: state.official,
          unit: state.unit,
          since: state.since,
          until: state.until,
          status: state.status,
          ended_on: state.ended?.on ?? null,
          end_reason: state.ended?.reason ?? null,
          reviewed_on: state.reviews.at(-1)?.on ?? null,
          review_due: state.status === 'ended' ? null : state.reviewDue,
        },
      ],
      owed: owedRows(county, 'pair', stream, pairsOwed(state)),
      pair_partner: state.partners.map(({ sort, name, does, since, left }, place) => ({
        county,
        pair: stream,
        place,
        sort,
        name,
        does,
        since,
        left_on: left?.on ?? null,
      })),
      pair_measure: state.measures.map(({ partner, give, what, by, done, said }, place) => ({
        county,
        pair: stream,
        place,
        partner: partner ?? null,
        give,
        what,
        due: by,
        done_on: done?.on ?? null,
        done: done?.how ?? '',
        said_on: said?.on ?? null,
        said: said?.words ?? '',
      })),
    };
  },
};

export const reachOf = (state: Pair): Reach => ({
  areas: state.chain,
  units: [state.unit],
  officials: [state.official],
});

/** Whether the id is a pair's: the ledger must not be asked to read another kind of record as one. */
export const isPair = async (query: Query, county: number, id: string): Promise<boolean> =>
  (await query('pairs.is-pair', 'select from pair where county = $1 and id = $2', [county, id])).length > 0;

/** Pairs a household has or had, those that last first. */
export const pairsOf = async (query: Query, county: number, household: string): Promise<string[]> =>
  (
    await query<{ id: string }>(
      'pairs.of',
      `select id from pair where county = $1 and household = $2 order by status = 'ended', since desc, id limit 20`,
      [county, household],
    )
  ).map((r) => r.id);

/** Contact between the two since they were bound: the visits as written in the diary, nothing typed again (P10). */
export const contactsOf = async (query: Query, county: number, { household, official, since }: Pair) =>
  await query<{ id: string; contact: string; met_on: string }>(
    'pairs.contacts',
    `select id, contact, met_on from visit
      where county = $1 and household = $2 and official = $3 and met_on >= $4::date and contact in ('met', 'phone')
      order by met_at desc limit 50`,
    [county, household, official, since],
  );

/** Which pairs a list shows. */
export const shownPairs = ['all', 'overdue', 'review', 'consent', 'ended'] as const;
export type ShownPairs = (typeof shownPairs)[number];

/** Pairs in reach with how they stand: those with something overdue first. */
export async function listPairs(
  db: Kysely<PairTables>,
  county: number,
  scope: Scope,
  {
    today,
    show,
    partner,
    limit,
    offset,
  }: { today: string; show: ShownPairs; partner: string | undefined; limit: number; offset: number },
) {
  const overdue = sql<number>`(select count(*)::int from pair_measure m where m.county = p.county and m.pair = p.id
    and m.done_on is null and m.due < ${today}::date)`;
  return await db
    .selectFrom('pair as p')
    .innerJoin('household as h', (j) => j.onRef('h.county', '=', 'p.county').onRef('h.id', '=', 'p.household'))
    .innerJoin('official as o', (j) => j.onRef('o.county', '=', 'p.county').onRef('o.id', '=', 'p.official'))
    .innerJoin('unit as u', (j) => j.onRef('u.county', '=', 'p.county').onRef('u.id', '=', 'p.unit'))
    .leftJoin('area as v', (j) => j.onRef('v.county', '=', 'p.county').onRef('v.id', '=', 'p.village'))
    .where('p.county', '=', county)
    .where((eb) => within(eb, scope, pairScope))
    .where('p.status', '=', show === 'ended' ? 'ended' : 'lasting')
    .$if(partner !== undefined, (q) =>
      q.where(
        sql<SqlBool>`exists (select from pair_partner w where w.county = p.county and w.pair = p.id
            and w.name = ${partner ?? ''} and w.left_on is null)`,
      ),
    )
    .$if(show === 'overdue', (q) => q.where(sql<SqlBool>`${overdue} > 0`))
    .$if(show === 'review', (q) => q.where('p.review_due', '<=', today))
    .$if(show === 'consent', (q) => q.where('p.until', '<', today))
    .select([
      'p.id',
      'p.household',
      'h.head',
      'h.address',
      'v.name as village',
      'o.name as official',
      'u.name as unit',
      'p.since',
      'p.until',
      'p.review_due',
      'p.end_reason',
      'p.ended_on',
    ])
    .select([
      overdue.as('overdue'),
      sql<number>`(select count(*)::int from pair_measure m where m.county = p.county and m.pair = p.id)`.as(
        'measures',
      ),
      sql<number>`(select count(*)::int from pair_measure m where m.county = p.county and m.pair = p.id and m.done_on is not null)`.as(
        'done',
      ),
      sql<number>`(select count(*)::int from pair_measure m where m.county = p.county and m.pair = p.id and m.said_on is not null)`.as(
        'said',
      ),
      sql<string | null>`(select max(c.met_on) from visit c where c.county = p.county and c.household = p.household
        and c.official = p.official and c.contact = 'met' and c.met_on >= p.since)`.as('met'),
    ])
    .orderBy('overdue', 'desc')
    .orderBy('p.until')
    .orderBy('p.id')
    .limit(limit)
    .offset(offset)
    .execute();
}

/** How many pairs and measures there are in reach, and of each kind of help how much was planned, done and answered. */
export async function pairFigures(db: Kysely<PairTables>, county: number, scope: Scope, today: string) {
  const [pairsCount] = await db
    .selectFrom('pair as p')
    .where('p.county', '=', county)
    .where((eb) => within(eb, scope, pairScope))
    .select([
      sql<number>`(count(*) filter (where p.status = 'lasting'))::int`.as('lasting'),
      sql<number>`(count(*) filter (where p.status = 'ended'))::int`.as('ended'),
      sql<number>`(count(*) filter (where p.status = 'lasting' and p.until < ${today}::date))::int`.as('over'),
      sql<number>`(count(*) filter (where p.review_due <= ${today}::date))::int`.as('review'),
    ])
    .execute();
  const gives = await db
    .selectFrom('pair_measure as m')
    .innerJoin('pair as p', (j) => j.onRef('p.county', '=', 'm.county').onRef('p.id', '=', 'm.pair'))
    .where('m.county', '=', county)
    .where((eb) => within(eb, scope, pairScope))
    .groupBy('m.give')
    .select(['m.give'])
    .select([
      sql<number>`count(*)::int`.as('planned'),
      sql<number>`count(m.done_on)::int`.as('done'),
      sql<number>`count(m.said_on)::int`.as('said'),
      sql<number>`(count(*) filter (where m.done_on is null and m.due < ${today}::date and p.status = 'lasting'))::int`.as(
        'overdue',
      ),
    ])
    .orderBy('m.give')
    .execute();
  return { ...pairsCount!, gives };
}

/**
 * Firms, bases and associations that help along in reach: how many households they help now and helped before, and of
 * what was planned with them how much was done, is overdue, and was answered by the household. 2:B28: firm, base,
 * households.
 */
export async function partnerFigures(db: Kysely<PairTables>, county: number, scope: Scope, today: string) {
  const now = sql`p.status = 'lasting' and w.left_on is null`;
  return await db
    .selectFrom('pair_partner as w')
    .innerJoin('pair as p', (j) => j.onRef('p.county', '=', 'w.county').onRef('p.id', '=', 'w.pair'))
    .leftJoin('pair_measure as m', (j) =>
      j.onRef('m.county', '=', 'w.county').onRef('m.pair', '=', 'w.pair').onRef('m.partner', '=', 'w.place'),
    )
    .where('w.county', '=', county)
    .where('w.name', '<>', '')
    .where((eb) => within(eb, scope, pairScope))
    .groupBy(['w.sort', 'w.name'])
    .select(['w.sort', 'w.name'])
    .select([
      sql<number>`(count(distinct p.household) filter (where ${now}))::int`.as('households'),
      sql<number>`(count(distinct p.household))::int`.as('ever'),
      sql<number>`count(m.place)::int`.as('planned'),
      sql<number>`count(m.done_on)::int`.as('done'),
      sql<number>`count(m.said_on)::int`.as('said'),
      sql<number>`(count(*) filter (where m.done_on is null and m.due < ${today}::date and p.status = 'lasting'))::int`.as(
        'overdue',
      ),
      sql<string>`(array_agg(w.does order by w.since desc, w.pair))[1]`.as('does'),
    ])
    .orderBy('households', 'desc')
    .orderBy('w.sort')
    .orderBy('w.name')
    .limit(200)
    .execute();
}
