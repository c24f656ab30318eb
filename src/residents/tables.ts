import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { Query, Reach, RecordType } from '../ledger/record.ts';
import { lettersOf } from './letters.ts';
import {
  HouseholdCommand,
  type HouseholdCommand as Command,
  type HouseholdEvent,
  type HouseholdFacts,
  type HouseholdState,
  ERASED,
  type ResidentsPolicy,
  type RetentionPolicy,
} from './model.ts';
import { headOf, households, present } from './rules.ts';

export interface ResidentTables {
  household: {
    county: number;
    id: string;
    county_area: string;
    township: string | null;
    village: string | null;
    grid: string | null;
    address: string;
    head: string;
    contact: string | null;
    needs: string[];
    pinyin: string;
    initials: string;
    residents: number;
    moved: boolean;
  };
  resident: {
    county: number;
    id: string;
    household: string;
    place: number;
    name: string;
    relation: string;
    born_year: number | null;
    phone_print: string | null;
    pinyin: string;
    initials: string;
    left: boolean;
  };
  resident_need: { county: number; household: string; resident: string; what: string; need: string; until: string };
  read_audit: {
    county: number;
    id: string;
    at: string;
    reader: string;
    subject: string;
    what: string;
    why: string | null;
  };
  /** Of the organisation; read here to name places and officials. */
  area: { county: number; id: string; name: string; level: string; chain: string[]; closed: boolean };
  official: { county: number; id: string; name: string; title: string; phone: string; retired: boolean };
}

export const residentTables = (db: Kysely<never>): Kysely<ResidentTables> => db as unknown as Kysely<ResidentTables>;

/** Where a household row lies and whose it is, for scopes. */
const scopeColumns = {
  areas: ['h.county_area', 'h.township', 'h.village', 'h.grid'],
  units: [],
  officials: ['h.contact'],
};

export const residentRecords = [
  {
    name: 'household',
    decider: households,
    commands: HouseholdCommand,
    tables: [
      { name: 'household', key: ['county', 'id'] },
      { name: 'resident', key: ['county', 'household', 'id'] },
      { name: 'resident_need', key: ['county', 'household', 'resident', 'what', 'need'] },
    ],
    async facts({ county, stream, command, at, query, policies }) {
      const area = 'area' in command ? command.area : undefined;
      const official =
        command.kind === 'household.contact' ? command.official : 'contact' in command ? command.contact : undefined;
      const policy = policies.get<ResidentsPolicy>('residents');
      const today = dayOf(at);
      return {
        chain: area === undefined ? undefined : await chainOf(query, county, area),
        officialKnown: typeof official === 'string' && (await serves(query, county, official)),
        services: policy.services.map((s) => s.name),
        lastDay: addDays(today, policy.consentDays),
        today,
        ...(command.kind === 'household.forget'
          ? {
              goneBefore: keptSince(today, policies.get<RetentionPolicy>('retention')),
              busy: await isBusy(query, county, stream),
            }
          : {}),
      };
    },
    reach: (state, _command, facts) => reachOf(state.registered ? state : { chain: facts?.chain ?? [], contact: null }),
    rows: (county, stream, state) => rowsOf(county, stream, state),
  } satisfies RecordType<HouseholdState, Command, HouseholdEvent, HouseholdFacts>,
] as const;

/** What went away on this day or before has been kept long enough; a leap day is kept to the last of February. */
export const keptSince = (today: string, { householdYears }: RetentionPolicy): string =>
  `${Number(today.slice(0, 4)) - householdYears}${today.slice(4)}`.replace(/-02-29$/, '-02-28');

/** Whether something the household raised is still open: then those who handle it must know whose it is. */
const isBusy = async (query: Query, county: number, household: string): Promise<boolean> =>
  (
    await query(
      'residents.busy',
      `select from matter_raised_by r join matter m on m.county = r.county and m.id = r.matter
        where r.county = $1 and r.household = $2 and m.open limit 1`,
      [county, household],
    )
  ).length > 0;

export const reachOf = ({ chain, contact }: Pick<HouseholdState, 'chain' | 'contact'>): Reach => ({
  areas: chain,
  officials: contact === null ? [] : [contact],
});

function rowsOf(county: number, stream: string, state: HouseholdState) {
  if (!state.registered) return {};
  const [countyArea, township = null, village = null, grid = null] = state.chain;
  const consents = present(state).flatMap((r) => r.consents.map((c) => ({ ...c, resident: r.id })));
  const head = state.forgotten ? ERASED : (headOf(state)?.name ?? '');
  return {
    household: [
      {
        county,
        id: stream,
        county_area: countyArea,
        township,
        village,
        grid,
        address: state.address,
        head,
        contact: state.contact,
        needs: [...new Set(consents.flatMap((c) => c.needs))].sort(),
        ...(state.forgotten ? { pinyin: '', initials: '' } : lettersOf(head)),
        residents: present(state).length,
        moved: state.moved,
        gone_on: state.goneOn,
        forgotten: state.forgotten,
      },
    ],
    resident: state.residents.map((r, place) => ({
      county,
      id: r.id,
      household: stream,
      place,
      name: r.name,
      relation: r.relation,
      born_year: r.bornYear ?? null,
      phone_print: r.phonePrint ?? null,
      ...lettersOf(r.name),
      left: r.left,
    })),
    resident_need: consents.flatMap(({ resident, what, needs, until }) =>
      (what === 'needs' ? needs : ['']).map((need) => ({ county, household: stream, resident, what, need, until })),
    ),
  };
}

async function chainOf(query: Query, county: number, area: string): Promise<string[] | undefined> {
  const rows = await query<{ chain: string[] }>(
    'residents.chain',
    `select chain from area where county = $1 and id = $2 and level in ('village', 'grid') and not closed`,
    [county, area],
  );
  return rows[0]?.chain;
}

async function serves(query: Query, county: number, official: string): Promise<boolean> {
  const rows = await query('residents.official', 'select from official where county = $1 and id = $2 and not retired', [
    county,
    official,
  ]);
  return rows.length > 0;
}

/** Text for `like` that stands for itself. */
const literal = (text: string): string => text.replace(/[\\%_]/g, (c) => `\\${c}`);

export interface PersonSought {
  /** A name, its pinyin or its initials, or the beginning of one. */
  readonly text: string;
  /** Print of the text when it is a whole phone number. */
  readonly phonePrint: string | undefined;
}

/** Only what is certainly Latin is compared with pinyin, so each search walks one index or two. */
function matches({ text, phonePrint }: PersonSought) {
  if (phonePrint !== undefined) return sql<SqlBool>`r.phone_print = ${phonePrint}`;
  const start = `${literal(text.toLowerCase().replace(/\s/g, ''))}%`;
  return /^[\x20-\x7e]+$/.test(text)
    ? sql<SqlBool>`(r.pinyin like ${start} or r.initials like ${start})`
    : sql<SqlBool>`r.name like ${start}`;
}

/** Residents by name, pinyin, initials or whole phone number, as far as the scope reaches. At most `limit`. */
export async function findPeople(
  db: Kysely<ResidentTables>,
  county: number,
  scope: Scope,
  sought: PersonSought,
  limit: number,
) {
  return await db
    .selectFrom('resident as r')
    .innerJoin('household as h', (join) => join.onRef('h.county', '=', 'r.county').onRef('h.id', '=', 'r.household'))
    .leftJoin('area as v', (join) => join.onRef('v.county', '=', 'h.county').onRef('v.id', '=', 'h.village'))
    .where('r.county', '=', county)
    .where('r.left', '=', false)
    .where(matches(sought))
    .where((eb) => within(eb, scope, scopeColumns))
    .select(['r.id', 'r.name', 'r.relation', 'r.born_year', 'r.household', 'h.address', 'v.name as village'])
    .orderBy('r.name')
    .orderBy('r.id')
    .limit(limit)
    .execute();
}

export interface HouseholdsWanted {
  readonly village?: string | undefined;
  readonly need?: string | undefined;
  readonly sought?: PersonSought | undefined;
  readonly contact?: string | undefined;
  readonly today: string;
  readonly limit: number;
  readonly offset: number;
}

/** Households of a scope; a need counts only until its consent ends. */
export async function findHouseholds(
  db: Kysely<ResidentTables>,
  county: number,
  scope: Scope,
  wanted: HouseholdsWanted,
) {
  const { village, need, sought, contact, today } = wanted;
  let rows = db
    .selectFrom('household as h')
    .leftJoin('area as v', (join) => join.onRef('v.county', '=', 'h.county').onRef('v.id', '=', 'h.village'))
    .leftJoin('area as g', (join) => join.onRef('g.county', '=', 'h.county').onRef('g.id', '=', 'h.grid'))
    .leftJoin('official as o', (join) => join.onRef('o.county', '=', 'h.county').onRef('o.id', '=', 'h.contact'))
    .where('h.county', '=', county)
    .where('h.moved', '=', false)
    .where((eb) => within(eb, scope, scopeColumns));
  if (village !== undefined) rows = rows.where('h.village', '=', village);
  if (contact !== undefined) rows = rows.where('h.contact', '=', contact);
  if (need !== undefined) {
    rows = rows.where(
      sql<SqlBool>`exists (select from resident_need n where n.county = h.county and n.household = h.id
        and n.what = 'needs' and n.need = ${need} and n.until >= ${today})`,
    );
  }
  if (sought !== undefined) {
    const person = sql<SqlBool>`h.id in (select r.household from resident r
      where r.county = ${county} and not r."left" and ${matches(sought)})`;
    rows = rows.where((eb) => eb.or([person, eb('h.address', 'like', `%${literal(sought.text)}%`)]));
  }
  return await rows
    .select([
      'h.id',
      'h.head',
      'h.address',
      'h.residents',
      'h.village',
      'v.name as village_name',
      'g.name as grid_name',
    ])
    .select(['h.contact', 'o.name as contact_name'])
    .select(
      sql<string[]>`array(select distinct n.need from resident_need n where n.county = h.county and n.household = h.id
        and n.what = 'needs' and n.until >= ${today} order by n.need)`.as('needs'),
    )
    .orderBy('h.pinyin')
    .orderBy('h.id')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
}

/** Whether the id is a household's: the ledger must not be asked to read another kind of record as one. */
export const isHousehold = async (query: Query, county: number, id: string): Promise<boolean> =>
  (await query('residents.is-household', 'select from household where county = $1 and id = $2', [county, id])).length >
  0;

/** Names of areas, in the order of the chain. */
export async function pathOf(
  query: Query,
  county: number,
  chain: readonly string[],
): Promise<{ id: string; name: string; level: string }[]> {
  const rows = await query<{ id: string; name: string; level: string }>(
    'residents.path',
    'select id, name, level from area where county = $1 and id = any($2::uuid[])',
    [county, chain],
  );
  return chain.flatMap((id) => rows.find((r) => r.id === id) ?? []);
}

export async function officialOf(query: Query, county: number, id: string | null) {
  if (id === null) return undefined;
  const rows = await query<{ id: string; name: string; title: string; phone: string }>(
    'residents.contact',
    'select id, name, title, phone from official where county = $1 and id = $2',
    [county, id],
  );
  return rows[0];
}

/** Households that have been gone long enough and have nothing open, longest gone first. */
export const pastKeeping = (query: Query, county: number, goneBefore: string, limit: number) =>
  query<{ id: string }>(
    'residents.past-keeping',
    `select h.id from household h where h.county = $1 and h.gone_on <= $2::date and not h.forgotten
        and not exists (select from matter_raised_by r join matter m on m.county = r.county and m.id = r.matter
                         where r.county = h.county and r.household = h.id and m.open)
      order by h.gone_on, h.id limit $3`,
    [county, goneBefore, limit],
  );

/** Consents whose last day is past, oldest first: what the daily sweep ends. */
export async function lapsed(query: Query, county: number, today: string, limit: number) {
  return await query<{ household: string; resident: string; what: 'needs' | 'sms' }>(
    'residents.lapsed',
    `select household, resident, what from resident_need where county = $1 and until < $2::date
      group by household, resident, what order by min(until) limit $3`,
    [county, today, limit],
  );
}
