import { type Decider, type Refusal, isRefusal } from '../../ledger/decider.ts';

/** What waits on this phone, oldest first: commands that the answer kept last does not know of. */
export interface Waiting {
  readonly stream: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When it was written, by the server's clock. */
  readonly at: string;
}

/** What a feature may ask of the phone to answer and judge without network. */
export interface Around {
  readonly me: string;
  readonly myName: string;
  readonly unit: string;
  /** By the server's clock. */
  readonly at: string;
  readonly today: string;
  /** The answer the server gave last, by its path; undefined when it was never asked. */
  read<A>(path: string): A | undefined;
  /** What waits of these kinds since that answer was given. */
  waiting(noun: string, path?: string): readonly Waiting[];
  area(id: string): string;
  /** Households that a round of festival visits means, as the day's list knows them. */
  festivalHouseholds(): readonly string[];
}

/**
 * How a feature's records go along besides households: which answers are fetched while there is a line, how they look
 * with what waits here done on top, and what the feature's own rules say to a command before it is sent.
 */
export interface Carried {
  /** First words of its commands' kinds. */
  readonly nouns: readonly string[];
  readonly sentences: Readonly<Record<string, string>>;
  /** Paths of the answers a day without network needs. Those that follow from answers are asked for once a day. */
  paths(around: Around): readonly string[];
  details?(around: Around): readonly string[];
  /** What speaks against a command; undefined when nothing does, or when only the server can say. */
  judge(command: Waiting, around: Around): Refusal | undefined;
  /** Answers by route as this phone knows them. `kept` is the server's last one, if there is any. */
  readonly answers: Readonly<
    Record<string, (kept: unknown, around: Around, params: Readonly<Record<string, string>>, path: string) => unknown>
  >;
}

/**
 * What the rules of this version say to a command that may have been written by another one: it may lack what they
 * need, and then they say nothing. The server reads it by its schema and decides.
 */
export function decided<E>(decide: () => E[] | Refusal): E[] | Refusal | undefined {
  try {
    return decide();
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/**
 * Does what waits on top of what is known, by the record's own rules; what they refuse changes nothing.
 * @param known the state of a record as the kept answers tell it
 * @returns the records that something waiting here began or changed
 */
export function played<S, C extends { kind: string }, E, F>(
  rules: Decider<S, C, E, F>,
  known: (stream: string) => S | undefined,
  waiting: readonly Waiting[],
  facts: (command: C, stream: string, states: ReadonlyMap<string, S>) => F,
  actor: string,
): Map<string, S> {
  const states = new Map<string, S>();
  for (const { stream, kind, data, at } of waiting) {
    const before = states.get(stream) ?? known(stream) ?? rules.initial;
    const command = { ...data, kind } as unknown as C;
    const events = decided(() => rules.decide(before, command, facts(command, stream, states)));
    if (events === undefined || isRefusal(events)) continue;
    states.set(
      stream,
      events.reduce((state, event) => rules.evolve(state, event, { actor, at, version: 1 }), before),
    );
  }
  return states;
}

/** A refusal of the rules, where they refuse. */
export const refusalOf = (verdict: object): Refusal | undefined => (isRefusal(verdict) ? verdict : undefined);
