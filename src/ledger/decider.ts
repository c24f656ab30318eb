/**
 * The shape of every rule in the house: what happened decides what may happen next.
 *
 * A decider is pure. It runs on the server, where its verdict counts; on a phone without network,
 * where it answers at once; and in property tests, where it answers a million times.
 */
export interface Decider<State, Command, Event, Facts> {
  readonly initial: State;
  /** What the record is after one more event. Total: an unknown event leaves the state as it was. */
  evolve(state: State, event: Event, stamp: Stamp): State;
  /** What follows from a command, or why nothing may. */
  decide(state: State, command: Command, facts: Facts): Event[] | Refusal;
}

/** What the ledger knows of an event besides what it says: who and when. */
export interface Stamp {
  /** The official, resident or mechanism that gave the command. */
  readonly actor: string;
  /** When it happened, as an instant in UTC (ISO 8601). */
  readonly at: string;
  /** Place in the record's history, counted from 1. */
  readonly version: number;
}

/** An event as the ledger keeps it. */
export type Recorded<Event> = Event & { readonly stamp: Stamp };

/** A "no" a person can act on. `refused` is stable and machine-read, `field` names the input to mend. */
export interface Refusal {
  readonly refused: string;
  readonly field?: string;
}

export const refuse = (refused: string, field?: string): Refusal =>
  field === undefined ? { refused } : { refused, field };

export const isRefusal = (verdict: object): verdict is Refusal => 'refused' in verdict;

/** The state of a record is the fold of its events, in version order, and nothing else. */
export const fold = <S, E>(
  decider: Pick<Decider<S, never, E, never>, 'initial' | 'evolve'>,
  events: readonly Recorded<E>[],
): S => events.reduce<S>((state, event) => decider.evolve(state, event, event.stamp), decider.initial);
