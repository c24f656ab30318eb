import { atWork, chainOf, placedAt } from '../access/directory.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import type { Query, Reach, RecordType } from '../ledger/record.ts';
import { MOST_STOCK, backlogs } from './backlogs.ts';
import {
  type Backlog,
  BacklogCommand,
  type BacklogCommand as BCommand,
  type BacklogEvent,
  type BacklogFacts,
  type BacklogState,
  type HardCase,
  HardCaseCommand,
  type HardCaseCommand as HCommand,
  type HardCaseEvent,
  type HardCaseFacts,
  type HardCaseState,
  type HardCasesPolicy,
  hardCaseStream,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { hardCases, hardCasesOwed, waitingOf } from './rules.ts';

const placed = (row: string): readonly string[] =>
  ['county_area', 'township', 'village', 'grid'].map((level) => `${row}.${level}`);

/** Where a case or a campaign lies and whose it is, as columns of the rows called `h` and `b`. */
export const hardCaseScope = {
  areas: placed('h'),
  units: ['h.unit'],
  officials: ['h.leader', 'h.hand_to', 'h.team[]'],
};
export const backlogScope = { areas: placed('b'), units: [], officials: [] };
/** The same for the matter itself, the row called `m`; the county it lies in is not among its columns. */
export const matterScope = {
  areas: ['m.township', 'm.village', 'm.grid'],
  units: ['m.unit'],
  officials: ['m.official', 'm.handler', 'm.leader'],
};

async function matterOf(
  query: Query,
  county: number,
  id: string,
): Promise<{ chain: readonly string[]; unit: string; open: boolean } | undefined> {
  const [row] = await query<{ chain: string[]; unit: string; open: boolean }>(
    'hard-cases.matter',
    `select a.chain, m.unit, m.open from matter m join area a on a.county = m.county and a.id = m.area
      where m.county = $1 and m.id = $2`,
    [county, id],
  );
  return row;
}

export const hardCaseRecord: RecordType<HardCaseState, HCommand, HardCaseEvent, HardCaseFacts> = {
  name: 'hard-case',
  decider: hardCases,
  commands: HardCaseCommand,
  tables: [
    { name: 'hard_case', key: ['county', 'id'] },
    { name: 'hard_case_act', key: ['county', 'hard_case', 'place'] },
    owedTable,
  ],
  async facts({ county, stream, state, command, actor, at, query }) {
    const named = 'matter' in command ? command.matter : state.status === 'none' ? undefined : state.matter;
    const own = named !== undefined && stream === hardCaseStream(named);
    const people = [
      ...('leader' in command ? [command.leader] : []),
      ...('team' in command ? command.team.map(({ official }) => official) : []),
    ];
    return {
      actor,
      today: dayOf(at),
      matter: own ? await matterOf(query, county, named) : undefined,
      people: people.length === 0 ? new Set<string>() : await atWork(query, county, people),
    };
  },
  reach: (state, _command, facts) =>
    state.status === 'none'
      ? facts?.matter === undefined
        ? {}
        : { areas: facts.matter.chain, units: [facts.matter.unit] }
      : reachOfCase(state),
  rows(county, stream, state, policies) {
    if (state.status === 'none') return {};
    const count = (stands: string): number => state.acts.filter((act) => act.state === stands).length;
    const own = state.acts.filter((act) => act.state === 'own').map(({ day }) => day);
    return {
      hard_case: [
        {
          county,
          id: stream,
          ...placedAt(state.chain),
          matter: state.matter,
          unit: state.unit,
          leader: state.leader,
          team: state.team.map(({ official }) => official),
          status: state.status,
          asked_on: state.proposal?.day ?? null,
          adopted_on: state.adoptedOn ?? null,
          until: state.until ?? null,
          put_off: state.changes.length,
          hand_to: waitingOf(state)?.to ?? null,
          handed_over: state.handOvers.filter(({ outcome }) => outcome === 'taken').length,
          own: own.length,
          said: count('said'),
          delegated: count('delegated'),
          last_own: own.toSorted().at(-1) ?? null,
          end_asked: state.endAsked !== undefined,
          ended_on: state.ended?.day ?? null,
          ground: state.ended?.ground ?? null,
          backlog: state.backlog ?? null,
        },
      ],
      owed: owedRows(county, 'hard-case', stream, hardCasesOwed(state, policies.get<HardCasesPolicy>('hard-cases'))),
      hard_case_act: state.acts.map(({ sort, day, by, state: stands, leader }, place) => ({
        county,
        hard_case: stream,
        place,
        leader,
        official: by,
        sort,
        day,
        state: stands,
      })),
    };
  },
};

export function reachOfCase(state: HardCase): Reach {
  const to = waitingOf(state)?.to;
  return {
    areas: state.chain,
    units: [state.unit],
    officials: [state.leader, ...state.team.map(({ official }) => official), ...(to === undefined ? [] : [to])],
  };
}

/** Matters of a place that are open, at least so old, and came back at least so often; the oldest first. */
const stockNow = async (
  query: Query,
  county: number,
  today: string,
  { area, olderThan, reopened }: { area: string; olderThan: number; reopened: number },
): Promise<string[]> =>
  (
    await query<{ id: string }>(
      'hard-cases.stock',
      `select m.id from matter m join area a on a.county = m.county and a.id = m.area
        where m.county = $1 and m.open and m.registered_at < $2::timestamptz and m.reopenings >= $3 and $4::uuid = any(a.chain)
        order by m.registered_at, m.id limit ${MOST_STOCK + 1}`,
      [county, startOfDay(addDays(today, 1 - olderThan)), reopened, area],
    )
  ).map(({ id }) => id);

export const backlogRecord: RecordType<BacklogState, BCommand, BacklogEvent, BacklogFacts> = {
  name: 'backlog',
  decider: backlogs,
  commands: BacklogCommand,
  tables: [
    { name: 'backlog', key: ['county', 'id'] },
    { name: 'backlog_item', key: ['county', 'backlog', 'matter'] },
  ],
  async facts({ county, state, command, actor, at, query }) {
    const today = dayOf(at);
    const base = { actor, today, chain: undefined, stock: [], leaderKnown: false, open: new Set<string>() };
    if (command.kind === 'backlog.open') {
      const chain = await chainOf(query, county, command.area);
      const fresh = chain !== undefined && state.status === 'none';
      return { ...base, chain, stock: fresh ? await stockNow(query, county, today, command) : [], adopted: new Map() };
    }
    if (command.kind !== 'backlog.share' || state.status === 'none') return { ...base, adopted: new Map() };
    const rows = await query<{ id: string; leader: string | null; status: string | null }>(
      'hard-cases.shareable',
      `select m.id, h.leader, h.status from matter m join area a on a.county = m.county and a.id = m.area
         left join hard_case h on h.county = m.county and h.matter = m.id
        where m.county = $1 and m.id = any($2::uuid[]) and m.open and $3::uuid = any(a.chain)`,
      [county, command.matters, state.area],
    );
    return {
      ...base,
      leaderKnown: (await atWork(query, county, [command.leader])).has(command.leader),
      open: new Set(rows.map(({ id }) => id)),
      adopted: new Map(
        rows.flatMap(({ id, leader, status }) =>
          leader === null || status === null ? [] : [[id, { leader, status }] as const],
        ),
      ),
    };
  },
  reach: (state, _command, facts) => ({ areas: state.status === 'none' ? (facts?.chain ?? []) : state.chain }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          backlog: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              area: state.area,
              name: state.name,
              older_than: state.olderThan,
              reopened: state.reopened,
              starts: state.from,
              until: state.until,
              ended_on: state.endedOn ?? null,
              words: state.words ?? null,
              source: state.source,
              stock: state.stock.length,
            },
          ],
          backlog_item: itemsOf(state).map(({ matter, stock, leader }) => ({
            county,
            backlog: stream,
            matter,
            stock,
            leader: leader ?? null,
          })),
        },
};

function itemsOf({ stock, shares }: Backlog) {
  const frozen = new Set(stock);
  const later = Object.keys(shares).filter((matter) => !frozen.has(matter));
  return [
    ...stock.map((matter) => ({ matter, stock: true, leader: shares[matter] })),
    ...later.map((matter) => ({ matter, stock: false, leader: shares[matter] })),
  ];
}

export const hardCaseRecords = [backlogRecord, hardCaseRecord];
