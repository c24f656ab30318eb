import { randomBytes, randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import { dayOf } from '../calendar/days.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, Reach, RecordType } from '../ledger/record.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import {
  type Member,
  type Recorded,
  VisitCommand,
  type VisitCommand as Command,
  type VisitEvent,
  type VisitFacts,
  type VisitState,
  type VisitsPolicy,
  type Voucher,
} from './model.ts';
import { contactOf, isReal, promisesOwed, talked, visits } from './rules.ts';

interface Placed {
  county: number;
  household: string;
  county_area: string;
  township: string | null;
  village: string | null;
  grid: string | null;
  official: string;
}

export interface VisitTables {
  visit: Placed & {
    id: string;
    contact: string;
    met_at: string;
    met_on: string;
    note: string;
    status: string;
    means: string | null;
    answered_at: string | null;
    corrections: number;
    needs: number;
    categories: string[];
    revisit_by: string | null;
    explained: readonly string[];
  };
  promise: Placed & {
    visit: string;
    place: number;
    what: string;
    made_on: string;
    due: string;
    kept_on: string | null;
    late: boolean | null;
    told: string | null;
  };
  /** Of other records; joined on read. */
  household: Omit<Placed, 'household' | 'official'> & {
    id: string;
    address: string;
    head: string;
    contact: string | null;
    moved: boolean;
  };
  official: { county: number; id: string; name: string; title: string; unit: string };
  unit: { county: number; id: string; name: string };
  area: { county: number; id: string; name: string };
}

export const visitTables = (db: Kysely<never>): Kysely<VisitTables> => db as unknown as Kysely<VisitTables>;

/** Where a visit or promise lies and whose it is. */
export const visitScope = {
  areas: ['v.county_area', 'v.township', 'v.village', 'v.grid'],
  units: [],
  officials: ['v.official'],
};
export const householdScope = {
  areas: ['h.county_area', 'h.township', 'h.village', 'h.grid'],
  units: [],
  officials: ['h.contact'],
};

export const visitRecord: RecordType<VisitState, Command, VisitEvent, VisitFacts> = {
  name: 'visit',
  decider: visits,
  commands: VisitCommand,
  tables: [
    { name: 'visit', key: ['county', 'id'] },
    { name: 'promise', key: ['county', 'visit', 'place'] },
    evidenceTable,
    owedTable,
  ],
  async facts({ county, stream, state, command, actor, at, query, policies }) {
    const first = command.kind === 'visit.record' && state.status === 'none';
    const household = first ? command.household : state.status === 'none' ? undefined : state.household;
    const found = household === undefined ? undefined : await householdOf(query, county, household);
    return {
      actor,
      at,
      visit: stream,
      // Those who moved away can still sign what was said before; they are not visited any more.
      household: first && found?.moved === true ? undefined : found,
      gone: first && found?.moved === true ? found : undefined,
      proxyWorksHere:
        command.kind === 'visit.countersign' &&
        command.proxy !== undefined &&
        (await worksHere(query, county, command.proxy.name)),
      revisitDays: policies.get<VisitsPolicy>('visits').revisitDays,
      voucher: newVoucher(),
    };
  },
  reach(state, _command, facts) {
    const home = facts?.household ?? facts?.gone;
    const contact = home?.contact ?? undefined;
    const chain = state.status === 'none' ? home?.chain : state.chain;
    return {
      areas: chain ?? [],
      officials: [state.status === 'none' ? undefined : state.official, contact].filter((id) => id !== undefined),
      ...(facts === undefined ? {} : { record: facts.visit }),
    };
  },
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
  told: (state, command) =>
    command.kind === 'visit.countersign' ? { signed: state.status !== 'none' && state.answer.said === 'signed' } : {},
};

const worksHere = async (query: Query, county: number, name: string): Promise<boolean> =>
  (
    await query('visits.works-here', 'select from official where county = $1 and name = $2 and not retired limit 1', [
      county,
      name,
    ])
  ).length > 0;

/** For reading: whose affair a recorded visit is, with the official who keeps contact today. */
export const reachOf = (state: Recorded, contact: string | null): Reach => ({
  areas: state.chain,
  officials: contact === null ? [state.official] : [state.official, contact],
});

const newVoucher = (): Voucher => ({
  code: String(randomInt(1_000_000)).padStart(6, '0'),
  key: randomBytes(16).toString('base64url'),
});

function rowsOf(county: number, stream: string, state: Recorded) {
  const [countyArea, township = null, village = null, grid = null] = state.chain;
  const { household, official, answer, withdrawn } = state;
  const contact = contactOf(state);
  const placed = { county, household, county_area: countyArea, township, village, grid, official };
  const madeOn = dayOf(state.metAt);
  return {
    visit: [
      {
        ...placed,
        id: stream,
        contact,
        met_at: state.metAt,
        met_on: madeOn,
        note: state.note,
        status:
          contact === 'withdrawn' || !talked(contact) ? 'silent' : answer.said === 'nothing' ? 'unsigned' : answer.said,
        means: answer.said !== 'signed' ? null : answer.proxy === undefined ? answer.means : 'proxy',
        answered_at: answer.said === 'nothing' ? null : answer.at,
        corrections: state.corrections,
        needs: state.needs.length,
        categories: state.needs.flatMap((n) => n.category ?? []),
        revisit_by: withdrawn === undefined ? (state.revisitBy ?? null) : null,
        explained: state.explained,
      },
    ],
    // A closed door or a leaflet is no contact (P2), and counts for nothing anybody owes.
    evidence: evidenceRows(
      county,
      stream,
      contact !== 'withdrawn' && talked(contact)
        ? [
            {
              official,
              kind: isReal(contact) ? 'visit' : 'call',
              day: madeOn,
              amount: 1,
              area: state.chain.at(-1) ?? null,
              subject: household,
              confirmed: answer.said === 'signed',
            },
          ]
        : [],
    ),
    owed: owedRows(county, 'visit', stream, promisesOwed(state)),
    promise: state.promises.map(({ what, by, kept, told }, place) => ({
      ...placed,
      visit: stream,
      place,
      what,
      made_on: madeOn,
      due: by,
      kept_on: kept === undefined ? null : dayOf(kept.at),
      late: kept?.late ?? null,
      told: told.at(-1)?.why ?? null,
    })),
  };
}

export interface VisitedHousehold {
  readonly head: string;
  readonly chain: readonly string[];
  readonly contact: string | null;
  readonly moved: boolean;
  readonly residents: readonly (Member & { readonly name: string })[];
}

/** The household as the register has it; undefined when there is none of that id. */
export async function householdOf(query: Query, county: number, id: string): Promise<VisitedHousehold | undefined> {
  const rows = await query<VisitedHousehold>(
    'visits.household',
    `select h.head, array_remove(array[h.county_area, h.township, h.village, h.grid], null) as chain, h.contact, h.moved,
            coalesce((
              select json_agg(json_build_object('id', r.id, 'name', r.name, 'bornYear', r.born_year) order by r.place)
                from resident r where r.county = h.county and r.household = h.id and not r."left"
            ), '[]') as residents
       from household h where h.county = $1 and h.id = $2`,
    [county, id],
  );
  return rows[0];
}

/** Whose affair a household is; one that is not known is nobody's. */
export const reachOfHousehold = (household: Pick<VisitedHousehold, 'chain' | 'contact'> | undefined): Reach => ({
  areas: household?.chain ?? [],
  officials: household?.contact == null ? [] : [household.contact],
});

/** Whether the id is a visit's: the ledger must not be asked to read another kind of record as one. */
export const isVisit = async (query: Query, county: number, id: string): Promise<boolean> =>
  (await query('visits.is-visit', 'select from visit where county = $1 and id = $2', [county, id])).length > 0;

export interface HistoryRow {
  readonly id: string;
  readonly official: string;
  readonly official_name: string | null;
  readonly contact: string;
  readonly met_at: string;
  readonly note: string;
  readonly status: string;
  readonly needs: number;
  readonly revisit_by: string | null;
}

export const historyOf = async (
  query: Query,
  county: number,
  household: string,
  limit: number,
): Promise<HistoryRow[]> =>
  await query<HistoryRow>(
    'visits.history',
    `select v.id, v.official, o.name as official_name, v.contact, v.met_at, v.note, v.status, v.needs, v.revisit_by
       from visit v left join official o on o.county = v.county and o.id = v.official
      where v.county = $1 and v.household = $2 order by v.met_at desc, v.id limit $3`,
    [county, household, limit],
  );

export interface PromiseRow {
  readonly visit: string;
  readonly place: number;
  readonly household: string;
  readonly what: string;
  readonly made_on: string;
  readonly due: string;
  readonly kept_on: string | null;
  readonly late: boolean | null;
  /** Why it could not be kept so far, said last. */
  readonly told: string | null;
  readonly official_name: string | null;
}

/** Open promises first, the most urgent on top; then those kept, newest first. */
export const promisesTo = async (query: Query, county: number, household: string): Promise<PromiseRow[]> =>
  await query<PromiseRow>(
    'visits.promises-to',
    `select p.visit, p.place, p.household, p.what, p.made_on, p.due, p.kept_on, p.late, p.told, o.name as official_name
       from promise p left join official o on o.county = p.county and o.id = p.official
      where p.county = $1 and p.household = $2
      order by p.kept_on is not null, case when p.kept_on is null then p.due end, p.kept_on desc, p.visit, p.place
      limit 200`,
    [county, household],
  );
