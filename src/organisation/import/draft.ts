import { type Decider, type Recorded, type Refusal, isRefusal } from '../../ledger/decider.ts';
import { idOf } from '../../ledger/ids.ts';
import { type OrganisationRefusal, organisationRefusals } from '../model.ts';
import type { Fault, Line } from './layout.ts';

/** A record as the import would leave it: new ones gather events, known ones gather commands. */
export interface Draft<S = unknown, C = unknown> {
  readonly record: string;
  readonly id: string;
  readonly known: boolean;
  state: S;
  readonly events: Recorded<{ kind: string }>[];
  readonly commands: C[];
}

export const knownDraft = <S, C>(record: string, { id, state }: { id: string; state: S }): Draft<S, C> => ({
  record,
  id,
  known: true,
  state,
  events: [],
  commands: [],
});
export const newDraft = <S, C>(record: string, id: string, state: S): Draft<S, C> => ({
  record,
  id,
  known: false,
  state,
  events: [],
  commands: [],
});

/** What was looked for, or a sentence that says why it is not there. */
export type Found<D> = D | { readonly why: string };
export const isFound = <D extends object>(found: Found<D>): found is D => !('why' in found);

/** The one that fits; else why there is none to take, with how to say it better. */
export function only<D extends object>(fits: readonly D[], what: string, better: string): Found<D> {
  if (fits.length === 1) return fits[0]!;
  if (fits.length === 0) return { why: `没有找到${what}，请核对，或先补上。` };
  return { why: `有 ${fits.length} 个同名的${what}，请${better}。` };
}

/** One run of the import: whose it is, and the faults found so far. */
export class Run {
  readonly county: number;
  readonly actor: string;
  readonly at: string;
  readonly today: string;
  readonly faults: Fault[] = [];

  constructor(of: { county: number; actor: string; at: string; today: string }) {
    this.county = of.county;
    this.actor = of.actor;
    this.at = of.at;
    this.today = of.today;
  }

  /** The id a thing of the file has, today and at every later import. */
  id(...words: string[]): string {
    return idOf('organisation', String(this.county), ...words);
  }

  /** Reports a cell; the row is passed over. */
  fault<F extends string>(line: Line<F>, field: F, message: string): undefined {
    this.faults.push(line.fault(field, message));
  }

  /** Reports what the rules refused at the cell it is about. */
  refused<F extends string>(
    line: Line<F>,
    { refused, field }: Refusal,
    columns: Partial<Record<string, F>>,
    otherwise: F,
  ): undefined {
    const at = field === undefined ? undefined : columns[field];
    this.faults.push(line.fault(at ?? otherwise, organisationRefusals[refused as OrganisationRefusal]));
  }

  /** Tries commands on a draft by the rules that hold everywhere: all of them are taken, or none and why. */
  attempt<S, C, E extends { kind: string }, F>(
    draft: Draft<S, C>,
    decider: Decider<S, C, E, F>,
    commands: readonly C[],
    facts: F,
  ): Refusal | undefined {
    let state = draft.state;
    const events: Recorded<E>[] = [];
    for (const command of commands) {
      const decided = decider.decide(state, command, facts);
      if (isRefusal(decided)) return decided;
      for (const event of decided) {
        const stamp = { actor: this.actor, at: this.at, version: draft.events.length + events.length + 1 };
        state = decider.evolve(state, event, stamp);
        events.push({ ...event, stamp });
      }
    }
    draft.state = state;
    if (draft.known) draft.commands.push(...commands);
    else draft.events.push(...events);
    return undefined;
  }
}

/** Values by key, several to a key, each once. */
export class Shelf<V> {
  readonly #by = new Map<string, Set<V>>();

  add(key: string, value: V): void {
    const set = this.#by.get(key);
    if (set === undefined) this.#by.set(key, new Set([value]));
    else set.add(value);
  }

  get(key: string): readonly V[] {
    return [...(this.#by.get(key) ?? [])];
  }

  /** How many there are besides this one. */
  others(key: string, one: V): number {
    const set = this.#by.get(key);
    return set === undefined ? 0 : set.size - (set.has(one) ? 1 : 0);
  }
}
