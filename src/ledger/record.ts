import type { z } from 'zod';
import type { Decider } from './decider.ts';

/** A read table: its name and its key columns (the county first). `rebuild` empties and refills it. */
export interface ReadTable {
  readonly name: string;
  readonly key: readonly string[];
}

/** Rows of read tables by table name. Values are JSON; the column's type decides how they are stored. */
export type Rows = Readonly<Record<string, readonly Row[]>>;
export type Row = Readonly<Record<string, unknown>>;

/** Whose affair a record is: the places it lies in, the units and officials it is with. `access` decides by it. */
export interface Reach {
  /** Every area that contains it, from the county down. */
  readonly areas?: readonly string[];
  readonly units?: readonly string[];
  readonly officials?: readonly string[];
  /** Officials it complains of: they see and do nothing of it, whatever their posts. */
  readonly without?: readonly string[];
  /** The matter it belongs to, where it is a record beside one. */
  readonly matter?: string | undefined;
  /** The record itself, for a resident who holds its key. */
  readonly record?: string;
}

/**
 * Instead of a statement's name: it is planned anew for its values each time. For questions about lists of any length:
 * a plan the database keeps for all of them is made for short ones, and takes a thousand thirty times as long.
 */
export const EACH_TIME = '';

/** Runs a named (prepared) statement and gives its rows. The only thing facts may do. */
export type Query = <R extends object>(name: string, sql: string, values: readonly unknown[]) => Promise<R[]>;

/** Policy documents in force, by name. Documents are validated by the feature that owns them. */
export interface Policies {
  get<T>(name: string): T;
}

/** What surrounds a command when its facts are gathered. */
export interface Situation<State, Command> {
  readonly county: number;
  readonly stream: string;
  readonly state: State;
  readonly command: Command;
  /** Who gives the command: an official's id, `resident:<record>` or `system:<mechanism>`. */
  readonly actor: string;
  /** Units the actor holds a post in. */
  readonly units: readonly string[];
  /** When it happens (instant). */
  readonly at: string;
  readonly query: Query;
  readonly policies: Policies;
  /**
   * Waits for the turn to take a number of a series without gaps, and keeps it until this command is written or refused.
   * The number itself is one more than the last that stands in the series' read table, where a unique index lets one of
   * two processes that took the same try again: what did not come to stand leaves no gap.
   * @returns how many of the series this command took before, for what else it causes
   */
  turn(series: string): Promise<number>;
}

/**
 * A kind of record: its words, its rules, what the rules must know from outside, and its read rows.
 *
 * Read rows are a pure function of one record's state and the policies in force, so live writing,
 * `rebuild` and import cannot differ, and the order between records never matters.
 */
export interface RecordType<State, Command extends { kind: string }, Event extends { kind: string }, Facts> {
  readonly name: string;
  readonly decider: Decider<State, Command, Event, Facts>;
  readonly commands: z.ZodType<Command>;
  readonly tables: readonly ReadTable[];
  facts(situation: Situation<State, Command>): Promise<Facts> | Facts;
  reach(state: State, command: Command | undefined, facts: Facts | undefined): Reach;
  rows(county: number, stream: string, state: State, policies: Policies): Rows;
  /** What the giver of an accepted command is told besides "accepted", e.g. a matter's number. */
  told?(state: State, command: Command): Record<string, unknown>;
}

// The registry holds kinds of records of every shape; each is used only with its own shapes.
// oxlint-disable-next-line no-explicit-any
export type AnyRecordType = RecordType<any, any, any, any>;
