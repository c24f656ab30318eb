import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type {
  Announced,
  Booking,
  Item,
  ReceptionCommand,
  ReceptionEvent,
  ReceptionFacts,
  ReceptionState,
} from './model.ts';
import { slotsOf } from './plan.ts';

type Command<K extends ReceptionCommand['kind']> = Extract<ReceptionCommand, { kind: K }>;
type Decided = ReceptionEvent[] | Refusal;

/** The rules of a reception day: told ahead, kept by the leader's own act, and nobody received without a matter. */
export const receptions: Decider<ReceptionState, ReceptionCommand, ReceptionEvent, ReceptionFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'reception-day.announced') {
      const { kind: _, duty, ...rest } = event;
      return {
        ...rest,
        duty,
        status: 'announced',
        planned: event.official,
        substitutions: [],
        announcedBy: stamp.actor,
        reason: undefined,
        beganAt: undefined,
        endedAt: undefined,
        words: undefined,
        bookings: [],
        items: [],
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'reception-day.changed': {
        const { day, from, to, spot, reason } = event;
        return { ...state, day, from, to, spot, reason };
      }
      case 'reception-day.cancelled':
        return { ...state, status: 'cancelled', reason: event.reason };
      case 'reception-day.substituted': {
        const { instead, official, reason, rank } = event;
        return { ...state, official, rank, substitutions: [...state.substitutions, { instead, official, reason }] };
      }
      case 'reception-day.booked': {
        const { code = '', name, phone, number, about } = event.personal ?? {};
        const { turn, slot } = event;
        return {
          ...state,
          bookings: [...state.bookings, { turn, slot, stands: true, missed: false, code, name, phone, number, about }],
        };
      }
      case 'reception-day.unbooked':
        return onBooking(state, event.turn, { stands: false });
      case 'reception-day.missed':
        return onBooking(state, event.turn, { missed: true });
      case 'reception-day.began':
        return { ...state, status: 'begun', beganAt: stamp.at };
      case 'reception-day.received': {
        const { item, turn, people, matter: linked, official: by, personal } = event;
        const one: Item = {
          item,
          version: stamp.version,
          turn,
          people,
          words: personal?.words ?? '',
          linked,
          by,
          promised: undefined,
          followed: undefined,
        };
        return { ...state, items: [...state.items, one] };
      }
      case 'reception-day.promised': {
        const { item, what, unit, by } = event;
        return onItem(state, item, { promised: { what, unit, by } });
      }
      case 'reception-day.followed': {
        const { item, kept, personal } = event;
        return onItem(state, item, { followed: { kept, words: personal?.words ?? '', at: stamp.at } });
      }
      case 'reception-day.ended':
        return { ...state, status: 'ended', endedAt: stamp.at, words: event.words };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'reception-day.announce')
      return state.status === 'none' ? announce(command, facts) : refuse('reception-day.exists');
    if (state.status === 'none') return refuse('reception-day.unknown');
    // What was promised is followed for as long as it takes, whatever became of the day.
    if (command.kind === 'reception-day.follow') return follow(state, command);
    if (state.status === 'cancelled') return refuse('reception-day.over');
    if (command.kind === 'reception-day.promise') return promise(state, command, facts);
    if (state.status === 'ended') return refuse('reception-day.over');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'reception-day.change': {
        const { day, from, to, spot, reason } = command;
        if (state.status === 'begun') return refuse('reception-day.begun');
        if (state.day < today || day < today) return refuse('reception-day.past', 'day');
        if (slotsOf({ from, to, slotMinutes: state.slotMinutes }).length === 0)
          return refuse('reception-day.times-wrong', 'to');
        return [{ kind: 'reception-day.changed', day, from, to, spot, reason }];
      }
      case 'reception-day.cancel':
        return state.status === 'begun'
          ? refuse('reception-day.begun')
          : [{ kind: 'reception-day.cancelled', reason: command.reason }];
      case 'reception-day.substitute': {
        if (state.status === 'begun') return refuse('reception-day.begun');
        if (state.day < today) return refuse('reception-day.past');
        if (facts.official === undefined) return refuse('reception-day.people-unknown', 'official');
        if (command.official === state.official) return refuse('reception-day.same-person', 'official');
        const { official, reason } = command;
        const { rank } = facts.official;
        return [{ kind: 'reception-day.substituted', instead: state.official, official, reason, rank }];
      }
      case 'reception-day.book':
        return book(state, command, facts);
      case 'reception-day.unbook': {
        const booking = standing(state).find((b) => b.turn === command.turn);
        if (booking === undefined) return refuse('reception-day.turn-unknown', 'turn');
        if (isUsed(state, booking)) return refuse('reception-day.turn-used', 'turn');
        // One of 31^8: it is not guessed within the days of a reception.
        if (booking.code === '' || booking.code !== command.code) return refuse('reception-day.code-wrong', 'code');
        return [{ kind: 'reception-day.unbooked', turn: command.turn }];
      }
      case 'reception-day.begin':
        if (facts.actor !== state.official) return refuse('reception-day.not-yours');
        if (state.status === 'begun') return refuse('reception-day.begun');
        if (state.day !== today) return refuse('reception-day.not-today');
        return [{ kind: 'reception-day.began', official: state.official }];
      case 'reception-day.receive':
        return receive(state, command, facts);
      case 'reception-day.miss': {
        if (state.status !== 'begun') return refuse('reception-day.not-begun');
        const booking = standing(state).find((b) => b.turn === command.turn);
        if (booking === undefined) return refuse('reception-day.turn-unknown', 'turn');
        if (isUsed(state, booking)) return refuse('reception-day.turn-used', 'turn');
        return [{ kind: 'reception-day.missed', turn: command.turn }];
      }
      case 'reception-day.end': {
        if (state.status !== 'begun') return refuse('reception-day.not-begun');
        if (facts.actor !== state.official) return refuse('reception-day.not-yours');
        if (addDays(state.day, facts.policy.recordDays) < today) return refuse('reception-day.past');
        if (standing(state).some((b) => !isUsed(state, b))) return refuse('reception-day.waiting');
        const { words } = command;
        return [{ kind: 'reception-day.ended', ...(words === undefined || words === '' ? {} : { words }) }];
      }
    }
  },
};

/** Bookings that were not taken back. */
export const standing = (state: Announced): Booking[] => state.bookings.filter((b) => b.stands);

/** Received, or written down as not come. */
export const isUsed = (state: Announced, booking: Booking): boolean =>
  booking.missed || state.items.some((i) => i.turn === booking.turn);

/** Turns nobody holds, in order. */
export const freeSlots = (state: Announced): string[] => {
  const held = new Set(standing(state).map((b) => b.slot));
  return slotsOf(state).filter((slot) => !held.has(slot));
};

/** Whether residents may book now: announced, its day not over, a turn left. */
export const bookable = (state: Announced, today: string): boolean =>
  state.status === 'announced' && state.day >= today && freeSlots(state).length > 0;

/** What could be asked of a reception day as it stands, before anybody's posts are looked at. */
export function possible(state: ReceptionState, today: string, actor: string): ReceptionCommand['kind'][] {
  if (state.status === 'none') return ['reception-day.announce'];
  const owed = state.items.some((i) => i.promised !== undefined && i.followed === undefined);
  const ahead = state.status === 'announced' && state.day >= today;
  const mine = actor === state.official;
  const begun = state.status === 'begun';
  const offered: [ReceptionCommand['kind'], boolean][] = [
    ['reception-day.begin', ahead && mine && state.day === today],
    ['reception-day.receive', begun],
    ['reception-day.miss', begun && standing(state).some((b) => !isUsed(state, b))],
    ['reception-day.end', begun && mine],
    ['reception-day.promise', (begun || state.status === 'ended') && state.items.some((i) => i.promised === undefined)],
    ['reception-day.follow', owed],
    ['reception-day.book', bookable(state, today)],
    ['reception-day.substitute', ahead],
    ['reception-day.change', ahead],
    ['reception-day.cancel', state.status === 'announced'],
  ];
  return offered.filter(([, is]) => is).map(([kind]) => kind);
}

/** What became of a day, in one word: nobody sat there when it was over, or it was ended, or it is still to come. */
export type Outcome = 'coming' | 'now' | 'held' | 'nobody' | 'cancelled';
export const outcomeOf = (status: Announced['status'], day: string, today: string): Outcome =>
  status === 'ended'
    ? 'held'
    : status === 'begun'
      ? 'now'
      : status === 'cancelled'
        ? 'cancelled'
        : day < today
          ? 'nobody'
          : 'coming';

const onBooking = (state: Announced, turn: number, part: Partial<Booking>): Announced => ({
  ...state,
  bookings: state.bookings.map((b) => (b.turn === turn ? { ...b, ...part } : b)),
});
const onItem = (state: Announced, item: number, part: Partial<Item>): Announced => ({
  ...state,
  items: state.items.map((i) => (i.item === item ? { ...i, ...part } : i)),
});

function announce(command: Command<'reception-day.announce'>, facts: ReceptionFacts): Decided {
  const { official, area, spot, day, from, to, duty } = command;
  const { chain, policy } = facts;
  const slotMinutes = command.slotMinutes ?? policy.slotMinutes;
  if (chain === undefined) return refuse('reception-day.place-unknown', 'area');
  if (facts.official === undefined) return refuse('reception-day.people-unknown', 'official');
  if (slotsOf({ from, to, slotMinutes }).length === 0) return refuse('reception-day.times-wrong', 'to');
  if (day < addDays(dayOf(facts.at), policy.noticeDays)) return refuse('reception-day.short-notice', 'day');
  const { rank } = facts.official;
  const planned = duty === undefined ? {} : { duty };
  return [
    { kind: 'reception-day.announced', official, area, chain, spot, day, from, to, rank, slotMinutes, ...planned },
  ];
}

const plain = (number: string | undefined): string | undefined => number?.replaceAll(/\s/g, '').toUpperCase();

/** Only what was given: a field left empty holds nothing. */
const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as never;

/** A booking needs only a way to say that day or place changed: a telephone, or the number of a matter. */
function book(state: Announced, command: Command<'reception-day.book'>, facts: ReceptionFacts): Decided {
  const phone = command.phone?.replaceAll(/[\s-]/g, '');
  const number = plain(command.number);
  if (state.status !== 'announced' || state.day < dayOf(facts.at)) return refuse('reception-day.booking-closed');
  if (phone === undefined && number === undefined) return refuse('reception-day.reach-missing', 'phone');
  if (number !== undefined && facts.matter === undefined) return refuse('reception-day.number-unknown', 'number');
  const held = standing(state);
  if (held.some((b) => (phone !== undefined && b.phone === phone) || (number !== undefined && b.number === number)))
    return refuse('reception-day.booked-already');
  const free = freeSlots(state);
  if (free.length === 0) return refuse('reception-day.full');
  const slot = command.slot ?? free[0]!;
  if (!slotsOf(state).includes(slot)) return refuse('reception-day.slot-unknown', 'slot');
  if (!free.includes(slot)) return refuse('reception-day.slot-taken', 'slot');
  const { name, about } = command;
  return [
    {
      kind: 'reception-day.booked',
      turn: state.bookings.length + 1,
      slot,
      personal: { code: facts.code, ...given({ name, phone, number, about }) },
    },
  ];
}

function receive(state: Announced, command: Command<'reception-day.receive'>, facts: ReceptionFacts): Decided {
  if (state.status !== 'begun') return refuse('reception-day.not-begun');
  // A place that was closed since can hold no new matter.
  if (facts.chain === undefined) return refuse('reception-day.place-unknown', 'area');
  const { turn, words, people, category, household, promised } = command;
  const booking = turn === undefined ? undefined : standing(state).find((b) => b.turn === turn);
  if (turn !== undefined && booking === undefined) return refuse('reception-day.turn-unknown', 'turn');
  if (booking !== undefined && isUsed(state, booking)) return refuse('reception-day.turn-used', 'turn');
  if (command.number !== undefined && facts.matter === undefined)
    return refuse('reception-day.number-unknown', 'number');
  const fault = promised === undefined ? undefined : promiseFault(promised.by, facts);
  if (fault !== undefined) return fault;
  const item = state.items.length + 1;
  // What was told when booking is not asked for again.
  const personal = given({ name: command.name ?? booking?.name, phone: command.phone ?? booking?.phone });
  const matter = facts.matter;
  return [
    {
      kind: 'reception-day.received',
      item,
      area: command.area ?? state.area,
      official: state.official,
      people,
      ...given({ turn, category, household, matter }),
      personal: { words, ...personal },
    },
    ...(promised === undefined ? [] : [{ kind: 'reception-day.promised' as const, item, ...promised }]),
  ];
}

const promiseFault = (by: string, facts: ReceptionFacts): Refusal | undefined =>
  !facts.unitKnown
    ? refuse('reception-day.unit-unknown', 'promised.unit')
    : by < dayOf(facts.at)
      ? refuse('reception-day.promise-past', 'promised.by')
      : undefined;

function promise(state: Announced, command: Command<'reception-day.promise'>, facts: ReceptionFacts): Decided {
  const item = state.items.find((i) => i.item === command.item);
  if (item === undefined) return refuse('reception-day.item-unknown', 'item');
  if (item.promised !== undefined) return refuse('reception-day.promised-already', 'item');
  return (
    promiseFault(command.promised.by, facts) ?? [
      { kind: 'reception-day.promised', item: item.item, ...command.promised },
    ]
  );
}

function follow(state: Announced, { item: number, kept, words }: Command<'reception-day.follow'>): Decided {
  const item = state.items.find((i) => i.item === number);
  if (item === undefined) return refuse('reception-day.item-unknown', 'item');
  if (item.promised === undefined) return refuse('reception-day.promise-missing', 'item');
  // Kept is the end of it; not kept is written down as often as it is looked at.
  if (item.followed?.kept === true) return refuse('reception-day.followed-already', 'item');
  return [{ kind: 'reception-day.followed', item: number, kept, personal: { words } }];
}
