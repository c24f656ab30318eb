import { createHash, randomBytes } from 'node:crypto';
import { dayOf } from '../calendar/days.ts';
import { placedAt } from '../access/directory.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  BallotCommand,
  type BallotEvent,
  type BallotFacts,
  type BallotState,
  type BallotsPolicy,
  type Subject,
  halfOf,
} from './model.ts';
import { ballots } from './rules.ts';
import { newKeys } from './signing.ts';
import { urnIn } from './urn.ts';

export const ballotRecord: RecordType<BallotState, BallotCommand, BallotEvent, BallotFacts> = {
  name: 'ballot',
  decider: ballots,
  commands: BallotCommand,
  tables: [{ name: 'ballot', key: ['county', 'id'] }],
  async facts({ county, stream, state, command, actor, units, at, query, policies }) {
    const base = {
      actor,
      at,
      id: stream,
      units: await unitsAround(query, county, actor, units),
      place: undefined,
      office: undefined,
      held: false,
      subjects: [],
      households: [],
      seed: '',
      keys: undefined,
      policy: policies.get<BallotsPolicy>('ballots'),
      urn: undefined,
    };
    if (command.kind === 'ballot.close' && state.status === 'open')
      return { ...base, urn: await urnIn(query, county, stream, state) };
    if (command.kind !== 'ballot.open' || state.status !== 'none') return base;
    const day = dayOf(at);
    const seed = randomBytes(16).toString('hex');
    const [[place], office, subjects, found, held] = await Promise.all([
      query<{ chain: string[]; level: string }>(
        'ballots.place',
        'select chain, level from area where county = $1 and id = $2 and not closed',
        [county, command.area],
      ),
      officeOf(query, county),
      stationedIn(query, county, command.area, day),
      query<{ id: string }>(
        'ballots.households',
        'select id from household where county = $1 and not moved and $2 in (township, village)',
        [county, command.area],
      ),
      query(
        'ballots.held',
        `select from ballot where county = $1 and area = $2 and half = $3 and status <> 'void' and id <> $4`,
        [county, command.area, halfOf(day), stream],
      ),
    ]);
    return {
      ...base,
      place,
      office,
      subjects,
      households: inLot(
        found.map(({ id }) => id),
        seed,
      ),
      seed,
      held: held.length > 0,
      keys: await newKeys(),
    };
  },
  reach: (state, _command, facts) =>
    state.status === 'none'
      ? { units: facts?.office === undefined ? [] : [facts.office] }
      : { units: [state.office], areas: state.chain, ...(facts === undefined ? {} : { record: facts.id }) },
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          ballot: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              area: state.area,
              half: state.half,
              status: state.status,
              opened_on: dayOf(state.openedAt),
              until: state.until,
              ended: state.ended,
              closed_on: state.closedAt === undefined ? null : dayOf(state.closedAt),
              enough: state.outcome?.enough === true,
              office: state.office,
              subjects: state.subjects.map(({ official }) => official),
            },
          ],
        },
};

/** The lot: households in the order of their hash with the seed, so that anyone with both finds the same. */
export function inLot(households: readonly string[], seed: string): string[] {
  const place = new Map(
    households.map((id) => [
      id,
      createHash('sha256')
        .update(seed + id)
        .digest('hex'),
    ]),
  );
  return households.toSorted((a, b) => (place.get(a)! < place.get(b)! ? -1 : 1));
}

/** The county's office for work among the people: it runs the reviews. */
export async function officeOf(query: Query, county: number): Promise<string | undefined> {
  const [row] = await query<{ desk: string | null }>('ballots.office', 'select desk from county where county = $1', [
    county,
  ]);
  return row?.desk ?? undefined;
}

/**
 * Officials stationed in a place on a day, by post or by assignment to a village, with the units they belong to and all
 * above those.
 */
export async function stationedIn(query: Query, county: number, area: string, day: string): Promise<Subject[]> {
  const rows = await query<Subject>(
    'ballots.stationed',
    `with recursive here as (
       select p.official, p.unit from post p join area a on a.county = p.county and a.id = p.area
        where p.county = $1 and p.role = 'field' and p.since <= $3::date and (p.until is null or p.until >= $3::date)
          and $2::uuid = any(a.chain)
       union
       select s.official, s.unit from assignment s join area a on a.county = s.county and a.id = s.area
        where s.county = $1 and s.kind = 'village' and s.since <= $3::date and (s.until is null or s.until >= $3::date)
          and $2::uuid = any(a.chain)
     ), near as (
       select h.official, u.id, u.parent from here h join official o on o.county = $1 and o.id = h.official and not o.retired
         join unit u on u.county = $1 and (u.id = o.unit or u.id = h.unit
              or u.id in (select p.unit from post p where p.county = $1 and p.official = h.official
                             and (p.until is null or p.until >= $3::date)))
       union
       select n.official, u.id, u.parent from near n join unit u on u.county = $1 and u.id = n.parent
     )
     select official, array_agg(distinct id order by id) as units from near group by official order by official`,
    [county, area, day],
  );
  return rows;
}

/** Units of an official: of the posts, and the one they belong to. */
export async function unitsAround(
  query: Query,
  county: number,
  official: string,
  units: readonly string[],
): Promise<string[]> {
  if (!/^[0-9a-f-]{36}$/.test(official)) return [...units];
  const rows = await query<{ unit: string }>(
    'ballots.unit-of',
    'select unit from official where county = $1 and id = $2',
    [county, official],
  );
  return [...units, ...rows.map(({ unit }) => unit)];
}
