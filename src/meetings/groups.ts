import { type Decider, refuse } from '../ledger/decider.ts';
import type {
  ResponsibilityCommand,
  ResponsibilityEvent,
  ResponsibilityFacts,
  ResponsibilityState,
  Seat,
  StandingGroup,
  StandingGroupCommand,
  StandingGroupEvent,
  StandingGroupFacts,
  StandingGroupState,
} from './model.ts';

/** Whether somebody sits there on a day. */
export const sitsOn = ({ since, until }: Pick<Seat, 'since' | 'until'>, day: string): boolean =>
  since <= day && (until === undefined || until >= day);

/** Whether two times in a seat have a day in common. */
const meet = (a: Pick<Seat, 'since' | 'until'>, since: string): boolean => a.until === undefined || a.until >= since;

/** A leading group or a joint meeting: one chair at a time, nobody in two seats of it, every seat with its period. */
export const standingGroups: Decider<StandingGroupState, StandingGroupCommand, StandingGroupEvent, StandingGroupFacts> =
  {
    initial: { status: 'none' },

    evolve(state, event) {
      if (event.kind === 'standing-group.founded') {
        const { kind: _, ...rest } = event;
        return { ...rest, status: 'standing', seats: [], until: undefined, reason: undefined };
      }
      if (state.status === 'none') return state;
      switch (event.kind) {
        case 'standing-group.amended': {
          const { name, purpose, office, source } = event;
          return { ...state, name, purpose, office, source };
        }
        case 'standing-group.seated': {
          const { official, seat, since } = event;
          return { ...state, seats: [...state.seats, { official, seat, since, until: undefined }] };
        }
        case 'standing-group.unseated':
          return {
            ...state,
            seats: state.seats.map((s) =>
              s.official === event.official && s.until === undefined ? { ...s, until: event.until } : s,
            ),
          };
        case 'standing-group.ended':
          return {
            ...state,
            status: 'ended',
            until: event.until,
            reason: event.reason,
            seats: state.seats.map((s) => (s.until === undefined ? { ...s, until: event.until } : s)),
          };
        default:
          return state;
      }
    },

    decide(state, command, facts) {
      if (command.kind === 'standing-group.found') {
        if (state.status !== 'none') return refuse('standing-group.exists');
        if (facts.chain === undefined) return refuse('standing-group.place-unknown', 'area');
        if (!facts.officeKnown) return refuse('standing-group.office-unknown', 'office');
        const { kind: _, ...rest } = command;
        return [{ kind: 'standing-group.founded', ...rest, chain: facts.chain }];
      }
      if (state.status === 'none') return refuse('standing-group.unknown');
      if (state.status === 'ended') return refuse('standing-group.over');
      switch (command.kind) {
        case 'standing-group.amend': {
          if (!facts.officeKnown) return refuse('standing-group.office-unknown', 'office');
          const { name, purpose, office, source } = command;
          return [{ kind: 'standing-group.amended', name, purpose, office, source }];
        }
        case 'standing-group.seat': {
          const { official, seat, since } = command;
          if (!facts.personKnown) return refuse('standing-group.person-unknown', 'official');
          if (since < state.since) return refuse('standing-group.dates', 'since');
          const there = state.seats.filter((s) => meet(s, since));
          if (there.some((s) => s.official === official)) return refuse('standing-group.seated', 'official');
          if (seat === 'chair' && there.some((s) => s.seat === 'chair'))
            return refuse('standing-group.chair-taken', 'seat');
          return [{ kind: 'standing-group.seated', official, seat, since }];
        }
        case 'standing-group.unseat': {
          const { official, until, reason } = command;
          const seat = state.seats.find((s) => s.official === official && s.until === undefined);
          if (seat === undefined) return refuse('standing-group.not-seated', 'official');
          if (until < seat.since) return refuse('standing-group.dates', 'until');
          return [{ kind: 'standing-group.unseated', official, until, reason }];
        }
        case 'standing-group.end':
          if (state.seats.some((s) => s.until === undefined && s.since > command.until))
            return refuse('standing-group.dates', 'until');
          return [{ kind: 'standing-group.ended', until: command.until, reason: command.reason }];
      }
    },
  };

/** What a standing group lacks on a day: a chair, deputies, members, somebody who keeps it together. */
export const lacksOf = ({ seats: all }: Pick<StandingGroup, 'seats'>, day: string): Seat['seat'][] => {
  const now = all.filter((s) => sitsOn(s, day));
  return (['chair', 'deputy', 'member', 'liaison'] as const).filter((seat) => !now.some((s) => s.seat === seat));
};

export const possibleOfGroup = (state: StandingGroupState): StandingGroupCommand['kind'][] =>
  state.status === 'none'
    ? ['standing-group.found']
    : state.status === 'ended'
      ? []
      : [
          'standing-group.seat',
          ...(state.seats.some((s) => s.until === undefined) ? (['standing-group.unseat'] as const) : []),
          'standing-group.amend',
          'standing-group.end',
        ];

/** Who answers for a field of work in a unit: three layers, three people. */
export const responsibilities: Decider<
  ResponsibilityState,
  ResponsibilityCommand,
  ResponsibilityEvent,
  ResponsibilityFacts
> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    const { unit, field, chain, principal, deputy, liaison, since } = event;
    const term = { principal, deputy, liaison, since, by: stamp.actor };
    return {
      status: 'assigned',
      unit,
      field,
      chain,
      terms: [...(state.status === 'none' ? [] : state.terms), term],
    };
  },

  decide(state, command, facts) {
    const { unit, field, principal, deputy, liaison, since } = command;
    if (facts.chain === undefined || !facts.own) return refuse('responsibility.unit-unknown', 'unit');
    if (!facts.fieldKnown) return refuse('responsibility.field-unknown', 'field');
    for (const [name, who] of [
      ['principal', principal],
      ['deputy', deputy],
      ['liaison', liaison],
    ] as const)
      if (!facts.people.has(who)) return refuse('responsibility.person-unknown', name);
    if (new Set([principal, deputy, liaison]).size < 3) return refuse('responsibility.same-person', 'liaison');
    const last = state.status === 'none' ? undefined : state.terms.at(-1);
    if (last?.principal === principal && last.deputy === deputy && last.liaison === liaison)
      return refuse('responsibility.unchanged');
    if (last !== undefined && since < last.since) return refuse('responsibility.earlier', 'since');
    return [{ kind: 'responsibility.assigned', unit, field, principal, deputy, liaison, since, chain: facts.chain }];
  },
};
