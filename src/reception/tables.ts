import { randomInt } from 'node:crypto';
import { atWork, chainOf, placedAt } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { DUTIES_POLICY, type DutiesPolicy, evidenceRows, evidenceTable } from '../duties/model.ts';
import { followId, idOf } from '../ledger/ids.ts';
import type { Query, RecordType, Situation } from '../ledger/record.ts';
import {
  type Announced,
  RECEPTION_POLICY,
  ReceptionCommand,
  type ReceptionEvent,
  type ReceptionFacts,
  type ReceptionPolicy,
  type ReceptionState,
  RotaCommand,
  type RotaEvent,
  type RotaFacts,
  type RotaState,
  type Rota,
} from './model.ts';
import { busyDays, leaveOf, monthEnd } from './busy.ts';
import { draftOf, type Planner } from './draft.ts';
import { rotas } from './rota.ts';
import { receptions, standing } from './rules.ts';

/** The record that plans one month of one duty in one place. */
export const rotaStream = (county: number, area: string, duty: string, month: string): string =>
  idOf('rota', String(county), area, duty, month);

export const rotaScope = { areas: ['r.county_area', 'r.township'], units: [], officials: [] };
/** Where a reception day lies and whose it is, as columns of the row called `r`. */
export const receptionScope = {
  areas: ['r.county_area', 'r.township', 'r.village', 'r.grid'],
  units: [],
  officials: ['r.official', 'r.planned'],
};

// ── rota ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const rotaRecord: RecordType<RotaState, RotaCommand, RotaEvent, RotaFacts> = {
  name: 'rota',
  decider: rotas,
  commands: RotaCommand,
  tables: [{ name: 'rota', key: ['county', 'id'] }],
  facts: rotaFacts,
  reach: (state, _command, facts) => ({ areas: state.status === 'none' ? (facts?.chain ?? []) : state.chain }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          rota: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              area: state.area,
              duty: state.duty,
              duty_name: state.dutyName,
              month: state.month,
              status: state.status,
              entries: state.entries.length,
              published_at: state.publishedAt ?? null,
            },
          ],
        },
};

async function rotaFacts(situation: Situation<RotaState, RotaCommand>): Promise<RotaFacts> {
  const { county, stream, state, command, actor, at, query, policies } = situation;
  const policy = policies.get<ReceptionPolicy>(RECEPTION_POLICY);
  const base: RotaFacts = {
    actor,
    at,
    self: stream,
    wanted: undefined,
    chain: undefined,
    dutyName: undefined,
    entries: [],
    short: [],
    people: new Set(),
    leave: new Map(),
    busy: new Map(),
    policy,
  };
  if (command.kind === 'rota.draft') {
    const { area, duty: wanted, month } = command;
    const chain = await chainOf(query, county, area);
    const { duties, markets } = policies.get<DutiesPolicy>(DUTIES_POLICY);
    const duty = duties.find((d) => d.id === wanted && d.inUse && d.evidence.kinds.includes('reception'));
    const found = { ...base, chain, wanted: rotaStream(county, area, wanted, month), dutyName: duty?.name };
    if (chain === undefined || duty === undefined) return found;
    const planner: Planner = { query, county, policy, duties, markets, calendar: policies.get<Calendar>('calendar') };
    return { ...found, ...(await draftOf(planner, { area, duty, month, today: dayOf(at) })) };
  }
  if (state.status === 'none') return base;
  const named = command.kind === 'rota.put' || command.kind === 'rota.move' ? [command.official] : [];
  if (command.kind !== 'rota.publish')
    return { ...base, chain: state.chain, people: await atWork(query, county, named) };
  return { ...base, chain: await chainOf(query, county, state.area), ...(await aboutPeople(query, county, state)) };
}

/** What is known of those in a rota: who is at work, on leave, or sits or goes out elsewhere that month. */
export async function aboutPeople(
  query: Query,
  county: number,
  { entries, month }: Pick<Rota, 'entries' | 'month'>,
): Promise<Pick<RotaFacts, 'people' | 'leave' | 'busy'>> {
  const officials = [...new Set(entries.map((e) => e.official))];
  const [from, until] = [`${month}-01`, monthEnd(month)];
  const [people, leave, busy] = await Promise.all([
    atWork(query, county, officials),
    leaveOf(query, county, officials, from, until),
    busyDays(query, county, officials, from, until),
  ]);
  return { people, leave, busy };
}

// ── reception day ──────────────────────────────────────────────────────────────────────────────────────────────────

export const receptionRecord: RecordType<ReceptionState, ReceptionCommand, ReceptionEvent, ReceptionFacts> = {
  name: 'reception-day',
  decider: receptions,
  commands: ReceptionCommand,
  tables: [
    { name: 'reception_day', key: ['county', 'id'] },
    { name: 'reception_item', key: ['county', 'reception', 'place'] },
    evidenceTable,
  ],
  facts: receptionFacts,
  reach: (state, command, facts) =>
    state.status === 'none'
      ? {
          areas: facts?.chain ?? [],
          officials: command?.kind === 'reception-day.announce' ? [command.official] : [],
        }
      : reachOf(state),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
  told(state, command): Record<string, unknown> {
    const booking = state.status === 'none' ? undefined : state.bookings.at(-1);
    return command.kind === 'reception-day.book' && booking !== undefined
      ? { turn: booking.turn, slot: booking.slot, code: booking.code }
      : {};
  },
};

async function receptionFacts(situation: Situation<ReceptionState, ReceptionCommand>): Promise<ReceptionFacts> {
  const { county, state, command, actor, at, query, policies } = situation;
  const policy = policies.get<ReceptionPolicy>(RECEPTION_POLICY);
  const named = 'area' in command ? command.area : undefined;
  const area = named ?? (state.status === 'none' ? undefined : state.area);
  const number = 'number' in command ? command.number : undefined;
  const unit = 'promised' in command ? command.promised?.unit : undefined;
  const official = 'official' in command ? command.official : undefined;
  const [chain, found, matter, unitKnown] = await Promise.all([
    area === undefined ? undefined : chainOf(query, county, area),
    official === undefined ? undefined : rankFor(query, county, official, policy),
    number === undefined ? undefined : matterOf(query, county, number),
    unit === undefined ? false : isUnit(query, county, unit),
  ]);
  return { actor, at, chain, official: found, matter, unitKnown, policy, code: newCode() };
}

interface Standing {
  readonly title: string;
  readonly unitType: string;
  readonly roles: readonly string[];
  readonly titles: readonly string[];
}

/** The rank of somebody at work, by the first line of the policy that fits them. */
export function rankOf({ ranks }: ReceptionPolicy, { title, unitType, roles, titles }: Standing): string {
  const all = [title, ...titles];
  const holds = (word: string): boolean =>
    all.some((t) => t.includes(word) && (word.startsWith('市') || !t.includes(`副${word}`)));
  return (
    ranks.find(
      (rank) =>
        (rank.titles.length === 0 || rank.titles.some(holds)) &&
        (rank.roles.length === 0 || rank.roles.some((role) => roles.includes(role))) &&
        (rank.unitTypes.length === 0 || rank.unitTypes.includes(unitType)),
    ) ?? ranks.at(-1)!
  ).name;
}

async function rankFor(query: Query, county: number, official: string, policy: ReceptionPolicy) {
  const [row] = await query<Standing>(
    'reception.official',
    `select o.title, u.kind as "unitType",
            coalesce(array_agg(p.role) filter (where p.role is not null), '{}') as roles,
            coalesce(array_agg(p.title) filter (where p.title is not null), '{}') as titles
       from official o join unit u on u.county = o.county and u.id = o.unit
       left join post p on p.county = o.county and p.official = o.id and p.until is null
      where o.county = $1 and o.id = $2 and not o.retired group by o.title, u.kind`,
    [county, official],
  );
  return row === undefined ? undefined : { rank: rankOf(policy, row) };
}

const matterOf = async (query: Query, county: number, number: string): Promise<string | undefined> =>
  (
    await query<{ id: string }>('reception.matter', 'select id from matter where county = $1 and number = $2', [
      county,
      number.replaceAll(/\s/g, '').toUpperCase(),
    ])
  )[0]?.id;

const isUnit = async (query: Query, county: number, unit: string): Promise<boolean> =>
  (await query('reception.unit', 'select from unit where county = $1 and id = $2 and not closed', [county, unit]))
    .length > 0;

/** Read off one screen and typed into another: nothing that looks like something else. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const newCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]!).join('');

export const reachOf = (state: Announced) => ({
  areas: state.chain,
  officials: [...new Set([state.official, state.planned])],
});

function rowsOf(county: number, stream: string, state: Announced) {
  const placed = placedAt(state.chain);
  return {
    reception_day: [
      {
        county,
        id: stream,
        ...placed,
        official: state.official,
        planned: state.planned,
        rank: state.rank,
        duty: state.duty ?? null,
        day: state.day,
        starts: state.from,
        ends: state.to,
        slot_minutes: state.slotMinutes,
        spot: state.spot,
        status: state.status,
        reason: state.reason ?? null,
        substitutions: JSON.parse(JSON.stringify(state.substitutions)) as unknown,
        held_slots: standing(state).map((b) => b.slot),
        missed: standing(state).filter((b) => b.missed).length,
        received: state.items.length,
        began_at: state.beganAt ?? null,
        ended_at: state.endedAt ?? null,
        announced_by: state.announcedBy,
      },
    ],
    // Whoever sat there, and nobody who was only to sit there; a day that was ended, not one that was announced.
    evidence: evidenceRows(
      county,
      stream,
      state.status === 'ended'
        ? [
            {
              official: state.official,
              kind: 'reception',
              day: state.day,
              amount: 1,
              area: state.area,
              subject: null,
              confirmed: false,
            },
          ]
        : [],
    ),
    reception_item: state.items.map((one) => ({
      county,
      reception: stream,
      place: one.item,
      ...placed,
      day: state.day,
      official: one.by,
      people: one.people,
      matter: one.linked ?? followId(stream, one.version, 0),
      linked: one.linked !== undefined,
      promised: one.promised?.what ?? null,
      unit: one.promised?.unit ?? null,
      due: one.promised?.by ?? null,
      kept: one.followed?.kept ?? null,
      followed_on: one.followed === undefined ? null : dayOf(one.followed.at),
    })),
  };
}

/** A reception day in a list. */
export interface ReceptionRow {
  readonly id: string;
  readonly official: string;
  readonly planned: string;
  readonly rank: string;
  readonly duty: string | null;
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly slot_minutes: number;
  readonly spot: string;
  readonly status: Announced['status'];
  readonly reason: string | null;
  readonly substitutions: Announced['substitutions'];
  readonly held_slots: readonly string[];
  readonly missed: number;
  readonly began_at: string | null;
  readonly ended_at: string | null;
  readonly township: string | null;
  readonly batches: number;
  readonly people: number;
  readonly taken: number;
  readonly answered: number;
  readonly confirmed: number;
  readonly promises: number;
  readonly kept: number;
}

/** Columns of a reception day with what came of it: batches, persons, new matters, answered, confirmed by the resident. */
export const RECEPTION_ROW = `
  select r.id, r.official, r.planned, r.rank, r.duty, r.day, r.starts, r.ends, r.slot_minutes, r.spot, r.status, r.reason,
         r.substitutions, r.held_slots, r.missed, r.began_at, r.ended_at, r.township,
         i.batches, i.people, i.taken, i.answered, i.confirmed, i.promises, i.kept
    from reception_day r
   cross join lateral (
     select count(*)::int as batches, coalesce(sum(n.people), 0)::int as people,
            (count(*) filter (where not n.linked))::int as taken,
            (count(*) filter (where m.first_answered_at is not null))::int as answered,
            (count(*) filter (where m.status = 'closed'))::int as confirmed,
            (count(*) filter (where n.promised is not null))::int as promises,
            (count(*) filter (where n.kept))::int as kept
       from reception_item n left join matter m on m.county = n.county and m.id = n.matter
      where n.county = r.county and n.reception = r.id
   ) i`;
