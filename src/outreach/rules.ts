import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type { Arranged, Booking, OutreachCommand, OutreachEvent, OutreachFacts, OutreachState } from './model.ts';

type Command<K extends OutreachCommand['kind']> = Extract<OutreachCommand, { kind: K }>;

/** The rules of going down: announced before, written down after, and nothing taken that does not become a matter. */
export const outreaches: Decider<OutreachState, OutreachCommand, OutreachEvent, OutreachFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'outreach.arranged') {
      const { kind: _, period, ...rest } = event;
      return {
        ...rest,
        period,
        status: 'arranged',
        arrangedBy: stamp.actor,
        arrangedOn: dayOf(stamp.at),
        reason: undefined,
        bookings: [],
        taken: [],
        went: [],
        absence: undefined,
        result: undefined,
        cases: {},
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'outreach.changed': {
        const { day, from, to, spot, reason } = event;
        return { ...state, day, from, to, spot, reason };
      }
      case 'outreach.cancelled':
        return { ...state, status: 'cancelled', reason: event.reason };
      case 'outreach.booked': {
        const { code = '', name, phone, number, about } = event.personal ?? {};
        return {
          ...state,
          bookings: [...state.bookings, { turn: event.turn, stands: true, code, name, phone, number, about }],
        };
      }
      case 'outreach.unbooked':
        return { ...state, bookings: state.bookings.map((b) => (b.turn === event.turn ? { ...b, stands: false } : b)) };
      case 'outreach.taken': {
        const { turn, solved, personal, official } = event;
        const one = {
          version: stamp.version,
          turn,
          words: personal?.words ?? '',
          solved,
          how: personal?.how,
          by: official,
        };
        return { ...state, taken: [...state.taken, one] };
      }
      case 'outreach.concluded':
        return { ...state, status: 'held', went: event.went, absence: event.absence, result: event.result };
      case 'outreach.case-answered':
        return { ...state, cases: { ...state.cases, [event.matter]: event.result } };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'outreach.arrange')
      return state.status === 'none' ? arrange(command, facts) : refuse('outreach.exists');
    if (state.status === 'none') return refuse('outreach.unknown');
    if (state.status === 'cancelled') return refuse('outreach.over');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'outreach.change': {
        if (state.status === 'held') return refuse('outreach.over');
        const { day, from, to, spot, reason } = command;
        if (from >= to) return refuse('outreach.times-wrong', 'to');
        if (state.day < today || day < today) return refuse('outreach.past', 'day');
        const outside = periodFault(state.form, state.period, day, facts);
        return outside ?? [{ kind: 'outreach.changed', day, from, to, spot, reason }];
      }
      case 'outreach.cancel':
        return state.status === 'held'
          ? refuse('outreach.over')
          : [{ kind: 'outreach.cancelled', reason: command.reason }];
      case 'outreach.book':
        return book(state, command, facts);
      case 'outreach.unbook': {
        const booking = standing(state).find((b) => b.turn === command.turn);
        if (booking === undefined) return refuse('outreach.turn-unknown', 'turn');
        // One of 31^8: it is not guessed within the days of a reception.
        if (booking.code === '' || booking.code !== command.code) return refuse('outreach.code-wrong', 'code');
        return [{ kind: 'outreach.unbooked', turn: command.turn }];
      }
      case 'outreach.take':
        return take(state, command, facts);
      case 'outreach.conclude':
        return conclude(state, command, facts);
    }
  },
};

/** Bookings that were not taken back. */
export const standing = (state: Arranged): Booking[] => state.bookings.filter((b) => b.stands);

/** Whether residents may book now: announced, its day not over, a place left. */
export const bookable = (state: Arranged, today: string): boolean =>
  state.form === 'reception' &&
  state.status === 'arranged' &&
  state.day >= today &&
  standing(state).length < state.places;

/** What could be asked of an outreach as it stands, before anybody's posts are looked at. */
export function possible(state: OutreachState, today: string): OutreachCommand['kind'][] {
  if (state.status === 'none') return ['outreach.arrange'];
  if (state.status === 'cancelled') return [];
  const due = state.day <= today;
  const open = state.status === 'arranged';
  return [
    ...(open && state.day >= today ? (['outreach.change'] as const) : []),
    ...(open ? (['outreach.cancel'] as const) : []),
    ...(bookable(state, today) ? (['outreach.book'] as const) : []),
    ...(due ? (['outreach.take'] as const) : []),
    ...(due && open ? (['outreach.conclude'] as const) : []),
  ];
}

function periodFault(
  form: string,
  period: string | undefined,
  day: string,
  { policy }: OutreachFacts,
): Refusal | undefined {
  if (form !== 'concentrated') return undefined;
  const found = policy.periods.find((p) => p.id === period);
  if (found === undefined) return refuse('outreach.period-missing', 'period');
  return day < found.from || day > found.to ? refuse('outreach.outside-period', 'day') : undefined;
}

function arrange(command: Command<'outreach.arrange'>, facts: OutreachFacts): OutreachEvent[] | Refusal {
  const { form, area, spot, day, from, to, about, period } = command;
  const { chain, policy } = facts;
  const today = dayOf(facts.at);
  if (chain === undefined) return refuse('outreach.place-unknown', 'area');
  const who = [...new Set(command.who)];
  if (who.some((id) => !facts.people.has(id))) return refuse('outreach.people-unknown', 'who');
  if (from >= to) return refuse('outreach.times-wrong', 'to');
  if (form === 'reception' && day < addDays(today, policy.noticeDays)) return refuse('outreach.short-notice', 'day');
  if (day < addDays(today, -policy.recordDays)) return refuse('outreach.long-past', 'day');
  const outside = periodFault(form, period, day, facts);
  if (outside !== undefined) return outside;
  const matters = form === 'case' ? [...new Set(command.matters)] : [];
  if (form === 'case' && matters.length === 0) return refuse('outreach.case-missing', 'matters');
  if (matters.some((id) => !facts.matters.has(id))) return refuse('outreach.case-unknown', 'matters');
  return [
    {
      kind: 'outreach.arranged',
      form,
      area,
      chain,
      spot,
      day,
      from,
      to,
      who,
      about,
      ...(form === 'concentrated' && period !== undefined ? { period } : {}),
      matters,
      places: command.places ?? policy.places,
    },
  ];
}

/** A booking needs only a way to say that day or place changed: a telephone, or the number of a matter. */
function book(state: Arranged, command: Command<'outreach.book'>, facts: OutreachFacts): OutreachEvent[] | Refusal {
  const phone = command.phone?.replaceAll(/[\s-]/g, '');
  const number = command.number?.replaceAll(/\s/g, '').toUpperCase();
  if (state.form !== 'reception') return refuse('outreach.not-bookable');
  if (state.status !== 'arranged' || state.day < dayOf(facts.at)) return refuse('outreach.booking-closed');
  if (phone === undefined && number === undefined) return refuse('outreach.reach-missing', 'phone');
  if (number !== undefined && !facts.numberKnown) return refuse('outreach.number-unknown', 'number');
  const held = standing(state);
  if (held.some((b) => (phone !== undefined && b.phone === phone) || (number !== undefined && b.number === number)))
    return refuse('outreach.booked-already');
  if (held.length >= state.places) return refuse('outreach.full');
  const given = { name: command.name, phone, number, about: command.about };
  const personal = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
  return [{ kind: 'outreach.booked', turn: state.bookings.length + 1, personal: { code: facts.code, ...personal } }];
}

function take(state: Arranged, command: Command<'outreach.take'>, facts: OutreachFacts): OutreachEvent[] | Refusal {
  if (state.day > dayOf(facts.at)) return refuse('outreach.not-yet');
  // A place that was closed since can hold no new matter.
  if (facts.chain === undefined) return refuse('outreach.place-unknown', 'area');
  const { turn, words, category, household, solved } = command;
  const booking = turn === undefined ? undefined : standing(state).find((b) => b.turn === turn);
  if (turn !== undefined && booking === undefined) return refuse('outreach.turn-unknown', 'turn');
  // What was told when booking is not asked for again.
  const name = command.name ?? booking?.name;
  const phone = command.phone ?? booking?.phone;
  return [
    {
      kind: 'outreach.taken',
      index: state.taken.length,
      area: state.area,
      official: facts.actor,
      ...(turn === undefined ? {} : { turn }),
      ...(category === undefined ? {} : { category }),
      ...(household === undefined ? {} : { household }),
      solved: solved !== undefined,
      personal: {
        words,
        ...(name === undefined || name === '' ? {} : { name }),
        ...(phone === undefined ? {} : { phone }),
        ...(solved === undefined ? {} : { how: solved }),
      },
    },
  ];
}

function conclude(
  state: Arranged,
  command: Command<'outreach.conclude'>,
  facts: OutreachFacts,
): OutreachEvent[] | Refusal {
  if (state.status === 'held') return refuse('outreach.over');
  if (state.day > dayOf(facts.at)) return refuse('outreach.not-yet');
  const went = [...new Set(command.went)];
  if (went.some((id) => !facts.people.has(id))) return refuse('outreach.people-unknown', 'went');
  const { absence, result, cases } = command;
  if (state.who.some((id) => !went.includes(id)) && (absence === undefined || absence === ''))
    return refuse('outreach.absence-missing', 'absence');
  const told = new Map(cases.map((c) => [c.matter, c.result]));
  if (state.matters.some((id) => !told.has(id))) return refuse('outreach.case-result-missing', 'cases');
  return [
    { kind: 'outreach.concluded', went, ...(absence === undefined || absence === '' ? {} : { absence }), result },
    ...state.matters.map((matter): OutreachEvent => ({
      kind: 'outreach.case-answered',
      matter,
      result: told.get(matter)!,
    })),
  ];
}

/** Until its result is written down an outreach is owed on its day by everyone who is to go. */
export const outreachesOwed = (state: OutreachState): Owed[] =>
  state.status === 'arranged'
    ? state.who.map((official) => ({
        run: `go ${official}`,
        kind: 'outreach' as const,
        official,
        due: state.day,
        since: startOfDay(state.arrangedOn),
        title: state.about,
      }))
    : [];
