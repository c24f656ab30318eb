import type { Kysely } from 'kysely';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  daysOf,
  LabourCommand,
  type LabourCommand as Command,
  type LabourEvent,
  type LabourFacts,
  type LabourPolicy,
  type LabourState,
  type Part,
} from './model.ts';
import { labours } from './rules.ts';

export interface LabourTables {
  labour: {
    county: number;
    id: string;
    county_area: string;
    township: string | null;
    village: string;
    official: string;
    unit: string;
    day: string;
    part: Part;
    days: number;
    note: string;
    status: 'open' | 'returned' | 'confirmed';
    reason: string;
    confirmed_at: string | null;
    confirmed_by: string | null;
    signer: string;
  };
  labour_output: { county: number; id: string; kind: string; amount: number };
  official: { county: number; id: string; name: string; title: string; unit: string };
  unit: { county: number; id: string; name: string };
  area: { county: number; id: string; name: string };
}
export const labourTables = (db: Kysely<never>): Kysely<LabourTables> => db as unknown as Kysely<LabourTables>;

/** Where an entry lies and whose it is. */
const labourScope = {
  areas: ['l.county_area', 'l.township', 'l.village'],
  units: ['l.unit'],
  officials: ['l.official'],
};

export const labourRecord: RecordType<LabourState, Command, LabourEvent, LabourFacts> = {
  name: 'labour',
  decider: labours,
  commands: LabourCommand,
  tables: [
    { name: 'labour', key: ['county', 'id'] },
    { name: 'labour_output', key: ['county', 'id', 'kind'] },
    evidenceTable,
  ],
  async facts({ county, stream, command, actor, at, query, policies }) {
    const writing = command.kind === 'labour.record' || command.kind === 'labour.correct' ? command : undefined;
    const policy = policies.get<LabourPolicy>('labour');
    const today = dayOf(at);
    const [worker] = await query<{ name: string; unit: string; chain: string[] | null; taken: Part[] }>(
      'labour.facts',
      `select o.name, o.unit,
              (select a.chain from area a where a.county = $1 and a.id = $3::uuid and a.level = 'village' and not a.closed) as chain,
              array(select l.part from labour l
                     where l.county = $1 and l.official = o.id and l.day = $4::date and l.id <> $5) as taken
         from official o where o.county = $1 and o.id::text = $2 and not o.retired`,
      [county, actor, writing?.village ?? null, writing?.day ?? null, stream],
    );
    return {
      actor,
      actorName: worker?.name ?? '',
      unit: worker?.unit,
      chain: worker?.chain ?? undefined,
      kinds: policy.kinds.map((k) => k.name),
      taken: worker?.taken ?? [],
      today,
      earliest: addDays(today, -policy.writtenWithin),
    };
  },
  reach(state, command, facts) {
    if (state.status === 'recorded') return { areas: state.chain, units: [state.unit], officials: [state.official] };
    // Nobody's yet: whoever writes it down writes it of themselves.
    return command?.kind === 'labour.record' && facts?.unit !== undefined
      ? { areas: facts.chain ?? [], units: [facts.unit], officials: [facts.actor] }
      : {};
  },
  rows(county, stream, state) {
    if (state.status !== 'recorded') return {};
    const { chain, day, part, official, unit, note, standing, outputs } = state;
    const [countyArea, township = null, village] = chain;
    return {
      labour: [
        {
          county,
          id: stream,
          county_area: countyArea,
          township,
          village,
          official,
          unit,
          day,
          part,
          days: daysOf(part),
          note,
          status: standing.is,
          reason: standing.is === 'returned' ? standing.reason : '',
          confirmed_at: standing.is === 'confirmed' ? standing.at : null,
          confirmed_by: standing.is === 'confirmed' ? (standing.by ?? null) : null,
          signer: standing.is === 'confirmed' ? standing.signer : '',
        },
      ],
      // What was sent back is nobody's evidence until it is put right.
      evidence: evidenceRows(
        county,
        stream,
        standing.is === 'returned'
          ? []
          : [
              {
                official,
                kind: 'labour',
                day,
                amount: daysOf(part),
                area: chain.at(-1) ?? null,
                subject: null,
                confirmed: standing.is === 'confirmed',
              },
            ],
      ),
      labour_output: outputs.map(({ kind, amount }) => ({ county, id: stream, kind, amount })),
    };
  },
};

export interface EntryRow {
  readonly id: string;
  readonly official: string;
  readonly official_name: string;
  readonly unit_name: string;
  readonly village: string;
  readonly village_name: string;
  readonly day: string;
  readonly part: Part;
  readonly days: number;
  readonly note: string;
  readonly status: 'open' | 'returned' | 'confirmed';
  readonly reason: string;
  readonly confirmed_name: string | null;
  readonly signer: string;
  readonly outputs: readonly { kind: string; amount: number }[];
}

const ENTRY = `
  select l.id, l.official, o.name as official_name, u.name as unit_name, l.village, a.name as village_name, l.day, l.part,
         l.days::float8 as days, l.note, l.status, l.reason, c.name as confirmed_name, l.signer,
         (select coalesce(json_agg(json_build_object('kind', p.kind, 'amount', p.amount) order by p.kind), '[]')
            from labour_output p where p.county = l.county and p.id = l.id) as outputs
    from labour l
    join official o on o.county = l.county and o.id = l.official
    join unit u on u.county = l.county and u.id = l.unit
    join area a on a.county = l.county and a.id = l.village
    left join official c on c.county = l.county and c.id = l.confirmed_by`;

/** One worker's entries of a year, the latest first. */
export const entriesOf = async (query: Query, county: number, official: string, year: number): Promise<EntryRow[]> =>
  await query<EntryRow>(
    'labour.of',
    `${ENTRY} where l.county = $1 and l.official = $2 and l.day between make_date($3, 1, 1) and make_date($3, 12, 31)
      order by l.day desc, l.part, l.id`,
    [county, official, year],
  );

/** What waits for a village's word, the oldest first; never one's own. */
export const waitingIn = async (
  query: Query,
  county: number,
  scope: Scope,
  official: string,
  limit: number,
): Promise<EntryRow[]> =>
  await query<EntryRow>(
    'labour.waiting',
    `${ENTRY} where l.county = $1 and l.status = 'open' and l.official <> $2
        and ($3 or l.village = any($4::uuid[]) or l.township = any($4::uuid[]) or l.county_area = any($4::uuid[]))
      order by l.day, l.id limit $5`,
    [county, official, scope.all, scope.areas, limit],
  );

/** Villages an official may have worked in, those they answer for first. */
export const villagesFor = async (query: Query, county: number, official: string, today: string) =>
  await query<{ id: string; name: string; own: boolean }>(
    'labour.villages',
    `with own as (
       select coalesce(area, (select h.village from household h where h.county = $1 and h.id = a.household)) as area
         from assignment a
        where a.county = $1 and a.official = $2 and a.since <= $3::date and (a.until is null or a.until >= $3::date)
     ), worked as (
       select village from labour where county = $1 and official = $2
     )
     select v.id, v.name, v.id in (select area from own) as own from area v
      where v.county = $1 and v.level = 'village' and not v.closed
        and (v.id in (select area from own) or v.id in (select village from worked))
      order by own desc, v.name`,
    [county, official, today],
  );

const totalsBy = {
  official: { id: 'l.official', name: 'o.name' },
  unit: { id: 'l.unit', name: 'u.name' },
  village: { id: 'l.village', name: 'v.name' },
  township: { id: 'l.township', name: 't.name' },
} as const;
export type TotalsBy = keyof typeof totalsBy;

/** Days and outputs of a period, by person, unit, village or township: confirmed ones, and beside them what still waits. */
export async function totals(
  db: Kysely<LabourTables>,
  county: number,
  scope: Scope,
  { from, to }: { from: string; to: string },
  by: TotalsBy,
) {
  const { id, name } = totalsBy[by];
  const base = db
    .selectFrom('labour as l')
    .innerJoin('official as o', (j) => j.onRef('o.county', '=', 'l.county').onRef('o.id', '=', 'l.official'))
    .innerJoin('unit as u', (j) => j.onRef('u.county', '=', 'l.county').onRef('u.id', '=', 'l.unit'))
    .innerJoin('area as v', (j) => j.onRef('v.county', '=', 'l.county').onRef('v.id', '=', 'l.village'))
    .leftJoin('area as t', (j) => j.onRef('t.county', '=', 'l.county').onRef('t.id', '=', 'l.township'))
    .where('l.county', '=', county)
    .where('l.day', '>=', from)
    .where('l.day', '<=', to)
    .where((eb) => within(eb, scope, labourScope));
  const days = await base
    .select([`${id} as id`, `${name} as name`])
    .select((eb) => [
      eb.fn.count<number>('l.id').distinct().filterWhere('l.status', '=', 'confirmed').as('entries'),
      eb.fn.count<number>('l.official').distinct().filterWhere('l.status', '=', 'confirmed').as('people'),
      eb.fn.sum<number | null>('l.days').filterWhere('l.status', '=', 'confirmed').as('days'),
      eb.fn.sum<number | null>('l.days').filterWhere('l.status', '<>', 'confirmed').as('waiting'),
    ])
    .groupBy([id, name])
    .orderBy(name)
    .orderBy(id)
    .execute();
  const outputs = await base
    .innerJoin('labour_output as p', (j) => j.onRef('p.county', '=', 'l.county').onRef('p.id', '=', 'l.id'))
    .where('l.status', '=', 'confirmed')
    .select([`${id} as id`, 'p.kind'])
    .select((eb) => eb.fn.sum<number>('p.amount').as('amount'))
    .groupBy([id, 'p.kind'])
    .orderBy('p.kind')
    .execute();
  const done = Map.groupBy(outputs, (o) => o.id);
  return days.map((row) => ({
    id: row.id,
    name: row.name,
    entries: Number(row.entries),
    people: Number(row.people),
    days: Number(row.days ?? 0),
    waiting: Number(row.waiting ?? 0),
    outputs: (done.get(row.id) ?? []).map(({ kind, amount }) => ({ kind, amount: Number(amount) })),
  }));
}
