import { randomInt } from 'node:crypto';
import { atWork, chainOf, placedAt } from '../../access/directory.ts';
import { dayOf } from '../../calendar/days.ts';
import { followId } from '../../ledger/ids.ts';
import type { Query, RecordType, Situation } from '../../ledger/record.ts';
import {
  HALL_POLICY,
  HallDeskCommand,
  type HallDeskEvent,
  type HallDeskFacts,
  type HallDeskState,
  type HallPolicy,
  type OpenDesk,
  type Ticket,
  TicketCommand,
  type TicketEvent,
  type TicketFacts,
  type TicketState,
} from './model.ts';
import { hallDesks, tickets } from './rules.ts';

/** Where a desk or a ticket lies and whose it is, as columns of the rows called `d` and `t`. */
export const deskScope = {
  areas: ['d.county_area', 'd.township'],
  units: ['d.unit'],
  officials: ['d.people[]'],
};
export const ticketScope = { areas: ['t.county_area', 't.township'], units: ['t.units[]'], officials: [] };

export const hallDeskRecord: RecordType<HallDeskState, HallDeskCommand, HallDeskEvent, HallDeskFacts> = {
  name: 'hall-desk',
  decider: hallDesks,
  commands: HallDeskCommand,
  tables: [
    { name: 'hall_desk', key: ['county', 'id'] },
    { name: 'hall_manned', key: ['county', 'desk', 'day', 'official'] },
  ],
  async facts({ county, stream, state, command, actor, at, query }) {
    const area = command.kind === 'hall-desk.open' ? command.area : state.status === 'none' ? undefined : state.area;
    const wanted = command.kind === 'hall-desk.open' || command.kind === 'hall-desk.amend' ? command : undefined;
    const [chain, people, [row]] = await Promise.all([
      area === undefined ? undefined : chainOf(query, county, area),
      atWork(query, county, wanted?.people ?? []),
      query<{ unit: boolean; taken: boolean }>(
        'hall.desk-facts',
        `select exists (select from unit where county = $1 and id = $2 and not closed) as unit,
                exists (select from hall_desk where county = $1 and area = $3 and code = $4 and id <> $5
                           and status = 'open') as taken`,
        [county, wanted?.unit ?? null, area ?? null, wanted?.code ?? null, stream],
      ),
    ]);
    return { actor, at, chain, unitKnown: row!.unit, people, codeTaken: row!.taken };
  },
  reach: (state, _command, facts) => (state.status === 'none' ? { areas: facts?.chain ?? [] } : deskReach(state)),
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    return {
      hall_desk: [
        {
          county,
          id: stream,
          ...placedAt(state.chain),
          area: state.area,
          code: state.code,
          unit: state.unit,
          form: state.form,
          weekdays: state.weekdays,
          starts: state.from,
          ends: state.to,
          duties: state.duties,
          people: state.people,
          status: state.status,
          opened_on: state.openedOn,
          sitting: state.sitting?.official ?? null,
          since: state.sitting?.since ?? null,
        },
      ],
      hall_manned: state.manned.map(({ day, official }) => ({ county, desk: stream, day, official })),
    };
  },
};

export const deskReach = (state: OpenDesk) => ({
  areas: state.chain,
  units: [state.unit],
  officials: state.people,
});

export const ticketRecord: RecordType<TicketState, TicketCommand, TicketEvent, TicketFacts> = {
  name: 'ticket',
  decider: tickets,
  commands: TicketCommand,
  tables: [{ name: 'ticket', key: ['county', 'id'] }],
  facts: ticketFacts,
  reach: (state, _command, facts) =>
    state.status === 'none'
      ? { areas: facts?.desk?.chain ?? [], units: facts?.desk === undefined ? [] : [facts.desk.unit] }
      : ticketReach(state),
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    return {
      ticket: [
        {
          county,
          id: stream,
          ...placedAt(state.chain),
          area: state.area,
          day: state.day,
          number: state.number,
          desk: state.desk,
          desks: state.desks,
          units: state.units,
          first: state.first,
          status: state.status,
          taken_at: state.takenAt,
          queued_at: state.queuedAt,
          called_at: state.calledAt ?? null,
          received_at: state.receivedAt ?? null,
          finished_at: state.finishedAt ?? null,
          misses: state.misses,
          transfers: state.transfers,
          matters: mattersOf(stream, state),
        },
      ],
    };
  },
  told: (state, command) =>
    command.kind === 'ticket.take' && state.status !== 'none' ? { number: state.number, key: state.key } : {},
};

export const ticketReach = (state: Ticket) => ({ areas: state.chain, units: state.units });

/** The matters a ticket became or was linked to. */
export const mattersOf = (stream: string, state: Ticket): string[] =>
  state.matters.map((m) => m.linked ?? followId(stream, m.version, 0));

async function ticketFacts(situation: Situation<TicketState, TicketCommand>): Promise<TicketFacts> {
  const { county, state, command, actor, at, query, policies } = situation;
  const policy = policies.get<HallPolicy>(HALL_POLICY);
  const base = { actor, at, policy, desk: undefined, placeKnown: false, matter: undefined, fresh: undefined };
  switch (command.kind) {
    case 'ticket.take':
    case 'ticket.join':
    case 'ticket.transfer': {
      const [row] = await query<{ id: string; unit: string; code: string; area: string; chain: string[] }>(
        'hall.desk',
        `select d.id, d.unit, d.code, d.area, a.chain from hall_desk d
           join area a on a.county = d.county and a.id = d.area and not a.closed
          where d.county = $1 and d.id = $2 and d.status = 'open'`,
        [county, command.desk],
      );
      if (row === undefined) return base;
      const fresh =
        command.kind === 'ticket.take' && state.status === 'none'
          ? { count: await nextCount(query, county, row.area, dayOf(at)), key: newKey() }
          : undefined;
      return { ...base, desk: row, fresh };
    }
    case 'ticket.register': {
      const { area, number } = command;
      const place = area ?? (state.status === 'none' ? undefined : state.area);
      const [chain, matter] = await Promise.all([
        place === undefined ? undefined : chainOf(query, county, place),
        number === undefined ? undefined : matterOf(query, county, number),
      ]);
      return { ...base, placeKnown: chain !== undefined, matter };
    }
    default:
      return base;
  }
}

/** Numbers of a hall begin at 1 each day and are given once, whatever process gives them. */
async function nextCount(query: Query, county: number, area: string, day: string): Promise<number> {
  const [row] = await query<{ next: string }>(
    'hall.count',
    `insert into counter (county, name, next) values ($1, $2, 2)
     on conflict (county, name) do update set next = counter.next + 1 returning next`,
    [county, `ticket ${area} ${day}`],
  );
  return Number(row!.next) - 1;
}

const matterOf = async (query: Query, county: number, number: string): Promise<string | undefined> =>
  (
    await query<{ id: string }>('hall.matter', 'select id from matter where county = $1 and number = $2', [
      county,
      number.replaceAll(/\s/g, '').toUpperCase(),
    ])
  )[0]?.id;

const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const newKey = (): string => Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]!).join('');
