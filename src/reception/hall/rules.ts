import { dayOf } from '../../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import type {
  HallDeskCommand,
  HallDeskEvent,
  HallDeskFacts,
  HallDeskState,
  HallPolicy,
  KeptDesk,
  OpenDesk,
  Ticket,
  TicketCommand,
  TicketEvent,
  TicketFacts,
  TicketState,
} from './model.ts';

const kept = ({ code, unit, form, weekdays, from, to, duties, people }: KeptDesk): KeptDesk => ({
  code,
  unit,
  form,
  weekdays: form === 'duty' ? [...new Set(weekdays)].toSorted() : [],
  from,
  to,
  duties,
  people: [...new Set(people)],
});

/** A department's desk in the hall: who keeps it, when, for what; whether somebody sits there is their own act. */
export const hallDesks: Decider<HallDeskState, HallDeskCommand, HallDeskEvent, HallDeskFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'hall-desk.opened') {
      const { kind: _, ...rest } = event;
      return { ...rest, status: 'open', openedOn: dayOf(stamp.at), sitting: undefined, manned: [] };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'hall-desk.amended':
        return { ...state, ...kept(event) };
      case 'hall-desk.closed':
        return { ...state, status: 'closed', sitting: undefined };
      case 'hall-desk.sat': {
        const { official } = event;
        const day = dayOf(stamp.at);
        const known = state.manned.some((m) => m.day === day && m.official === official);
        return {
          ...state,
          sitting: { official, since: stamp.at },
          manned: known ? state.manned : [...state.manned, { day, official }],
        };
      }
      case 'hall-desk.rose':
        return { ...state, sitting: undefined };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'hall-desk.open') {
      if (state.status !== 'none') return refuse('hall-desk.exists');
      if (facts.chain === undefined) return refuse('hall-desk.place-unknown', 'area');
      const { area } = command;
      const { chain } = facts;
      return faultOf(command, facts) ?? [{ kind: 'hall-desk.opened', area, chain, ...kept(command) }];
    }
    if (state.status === 'none') return refuse('hall-desk.unknown');
    if (state.status === 'closed') return refuse('hall-desk.closed');
    switch (command.kind) {
      case 'hall-desk.amend':
        return faultOf(command, facts) ?? [{ kind: 'hall-desk.amended', ...kept(command) }];
      case 'hall-desk.close':
        return [{ kind: 'hall-desk.closed', reason: command.reason }];
      case 'hall-desk.sit':
        if (!state.people.includes(facts.actor)) return refuse('hall-desk.not-listed');
        // Who forgot to leave yesterday does not keep others from sitting down today.
        if (state.sitting !== undefined && dayOf(state.sitting.since) === dayOf(facts.at))
          return refuse('hall-desk.occupied');
        return [{ kind: 'hall-desk.sat', official: facts.actor }];
      case 'hall-desk.rise':
        if (state.sitting === undefined) return refuse('hall-desk.empty');
        if (state.sitting.official !== facts.actor) return refuse('hall-desk.not-you');
        return [{ kind: 'hall-desk.rose', official: facts.actor }];
    }
  },
};

function faultOf(command: KeptDesk, facts: HallDeskFacts): Refusal | undefined {
  if (!facts.unitKnown) return refuse('hall-desk.unit-unknown', 'unit');
  if (command.people.some((id) => !facts.people.has(id))) return refuse('hall-desk.people-unknown', 'people');
  if (facts.codeTaken) return refuse('hall-desk.code-taken', 'code');
  if (command.from >= command.to) return refuse('hall-desk.times-wrong', 'to');
  return command.form === 'duty' && command.weekdays.length === 0
    ? refuse('hall-desk.weekdays-missing', 'weekdays')
    : undefined;
}

/** What could be asked of a desk as it stands. */
export const possibleAtDesk = (state: HallDeskState, actor: string, today: string): HallDeskCommand['kind'][] => {
  if (state.status === 'none') return ['hall-desk.open'];
  if (state.status === 'closed') return [];
  const free = state.sitting === undefined || dayOf(state.sitting.since) !== today;
  return [
    ...(free && state.people.includes(actor) ? (['hall-desk.sit'] as const) : []),
    ...(state.sitting?.official === actor ? (['hall-desk.rise'] as const) : []),
    'hall-desk.amend',
    'hall-desk.close',
  ];
};

/** Whether a desk is to be kept on a day: every working day, or on its own weekdays while offices work. */
export const isKeptOn = (desk: Pick<OpenDesk, 'form' | 'weekdays'>, weekday: number, works: boolean): boolean =>
  works && (desk.form === 'permanent' || desk.weekdays.includes(weekday));

// ── tickets ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A number in the queue: nobody's name, and everything that happens to it until it is done. */
export const tickets: Decider<TicketState, TicketCommand, TicketEvent, TicketFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'ticket.taken') {
      const { kind: _, personal, unit, ...rest } = event;
      return {
        ...rest,
        status: 'waiting',
        key: personal?.key ?? '',
        desks: [event.desk],
        units: [unit],
        takenAt: stamp.at,
        queuedAt: stamp.at,
        calledAt: undefined,
        receivedAt: undefined,
        finishedAt: undefined,
        misses: 0,
        transfers: 0,
        notes: [],
        matters: [],
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'ticket.called':
        return { ...state, status: 'called', calledAt: stamp.at };
      case 'ticket.received':
        return { ...state, status: 'serving', receivedAt: state.receivedAt ?? stamp.at };
      case 'ticket.missed':
        return { ...state, status: 'missed', misses: state.misses + 1 };
      case 'ticket.requeued':
        return { ...state, status: 'waiting', queuedAt: stamp.at };
      case 'ticket.joined':
        return { ...state, desks: withOne(state.desks, event.desk), units: withOne(state.units, event.unit) };
      case 'ticket.transferred':
        return {
          ...state,
          status: 'waiting',
          desk: event.desk,
          desks: withOne(state.desks, event.desk),
          units: withOne(state.units, event.unit),
          transfers: state.transfers + 1,
        };
      case 'ticket.noted':
        return {
          ...state,
          notes: [...state.notes, { desk: event.desk, words: event.personal?.words ?? '', at: stamp.at }],
        };
      case 'ticket.registered':
        return { ...state, matters: [...state.matters, { version: stamp.version, linked: event.matter }] };
      case 'ticket.finished':
        return { ...state, status: 'done', finishedAt: stamp.at };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'ticket.take') return take(state, command.first, facts);
    if (state.status === 'none') return refuse('ticket.unknown');
    if (state.status === 'done') return refuse('ticket.done');
    // A queue is a day's: what was not done by the evening stands as it was left.
    if (state.day !== dayOf(facts.at)) return refuse('ticket.day-over');
    switch (command.kind) {
      case 'ticket.call':
        // Called again: the screen says it once more.
        return state.status === 'waiting' || state.status === 'called'
          ? [{ kind: 'ticket.called', desk: state.desk }]
          : refuse('ticket.not-waiting');
      case 'ticket.receive':
        return state.status === 'called'
          ? [{ kind: 'ticket.received', desk: state.desk }]
          : refuse('ticket.not-called');
      case 'ticket.miss':
        return state.status === 'called' ? [{ kind: 'ticket.missed' }] : refuse('ticket.not-called');
      case 'ticket.requeue':
        return state.status === 'missed' ? [{ kind: 'ticket.requeued' }] : refuse('ticket.not-missed');
      default:
        return state.status === 'serving' ? serving(state, command, facts) : refuse('ticket.not-serving');
    }
  },
};

const withOne = <T>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list : [...list, one]);

function take(state: TicketState, first: boolean, { desk, fresh, policy, at }: TicketFacts): TicketEvent[] | Refusal {
  if (state.status !== 'none') return refuse('ticket.exists');
  if (desk === undefined || fresh === undefined) return refuse('ticket.desk-unknown', 'desk');
  return [
    {
      kind: 'ticket.taken',
      area: desk.area,
      chain: desk.chain,
      day: dayOf(at),
      number: `${desk.code}${String(fresh.count).padStart(3, '0')}`,
      desk: desk.id,
      unit: desk.unit,
      first: first && policy.firstInRow > 0,
      personal: { key: fresh.key },
    },
  ];
}

type Serving = Extract<
  TicketCommand,
  { kind: 'ticket.join' | 'ticket.transfer' | 'ticket.note' | 'ticket.register' | 'ticket.finish' }
>;

function serving(state: Ticket, command: Serving, facts: TicketFacts): TicketEvent[] | Refusal {
  const { desk } = facts;
  switch (command.kind) {
    case 'ticket.join':
    case 'ticket.transfer': {
      if (desk === undefined) return refuse('ticket.desk-unknown', 'desk');
      if (desk.area !== state.area) return refuse('ticket.other-hall', 'desk');
      const { id, unit } = desk;
      if (command.kind === 'ticket.join')
        return state.desks.includes(id)
          ? refuse('ticket.same-desk', 'desk')
          : [{ kind: 'ticket.joined', desk: id, unit }];
      return id === state.desk
        ? refuse('ticket.same-desk', 'desk')
        : [{ kind: 'ticket.transferred', from: state.desk, desk: id, unit, reason: command.reason }];
    }
    case 'ticket.note':
      return state.desks.includes(command.desk)
        ? [{ kind: 'ticket.noted', desk: command.desk, personal: { words: command.words } }]
        : refuse('ticket.desk-not-here', 'desk');
    case 'ticket.register': {
      const { words, name, phone, category, household, area, number } = command;
      if (!facts.placeKnown) return refuse('ticket.place-unknown', 'area');
      if (number !== undefined && facts.matter === undefined) return refuse('ticket.number-unknown', 'number');
      return [
        {
          kind: 'ticket.registered',
          item: state.matters.length + 1,
          area: area ?? state.area,
          ...(category === undefined ? {} : { category }),
          ...(household === undefined ? {} : { household }),
          ...(facts.matter === undefined ? {} : { matter: facts.matter }),
          personal: {
            words: [words, ...state.notes.map((n) => `接待窗口的意见：${n.words}`)].join('\n\n'),
            ...(name === undefined || name === '' ? {} : { name }),
            ...(phone === undefined ? {} : { phone }),
          },
        },
      ];
    }
    case 'ticket.finish':
      return [
        {
          kind: 'ticket.finished',
          ...(command.words === undefined || command.words === '' ? {} : { words: command.words }),
        },
      ];
  }
}

/** What could be asked of a ticket as it stands. */
export function possibleOfTicket(state: TicketState, today: string): TicketCommand['kind'][] {
  if (state.status === 'none') return ['ticket.take'];
  if (state.status === 'done' || state.day !== today) return [];
  switch (state.status) {
    case 'waiting':
      return ['ticket.call'];
    case 'called':
      return ['ticket.receive', 'ticket.call', 'ticket.miss'];
    case 'missed':
      return ['ticket.requeue'];
    case 'serving':
      return ['ticket.register', 'ticket.finish', 'ticket.join', 'ticket.note', 'ticket.transfer'];
  }
}

/** Somebody in a queue, as far as their turn depends on it. */
export interface Queued {
  readonly id: string;
  readonly first: boolean;
  readonly queuedAt: string;
}

/**
 * Whose turn it is: those served first before the others, by when they queued; after so many of them in a row one who
 * has waited longest, so that nobody waits without end.
 * @param row how many served first were called one after the other just now
 */
export function nextOf(
  queue: readonly Queued[],
  row: number,
  { firstInRow }: Pick<HallPolicy, 'firstInRow'>,
): Queued | undefined {
  const order = queue.toSorted((a, b) =>
    a.queuedAt < b.queuedAt ? -1 : a.queuedAt > b.queuedAt ? 1 : a.id < b.id ? -1 : 1,
  );
  const others = order.find((q) => !q.first);
  const first = order.find((q) => q.first);
  if (first === undefined) return others;
  return row >= firstInRow && others !== undefined ? others : first;
}

/** The whole queue in the order it would be called, nobody coming in between. */
export function orderOf(queue: readonly Queued[], row: number, policy: Pick<HallPolicy, 'firstInRow'>): Queued[] {
  const left = [...queue];
  const order: Queued[] = [];
  let inRow = row;
  while (left.length > 0) {
    const next = nextOf(left, inRow, policy)!;
    left.splice(left.indexOf(next), 1);
    order.push(next);
    inRow = next.first ? inRow + 1 : 0;
  }
  return order;
}
