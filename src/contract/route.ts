import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { z } from 'zod';
import type { Actor } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import type { Refusal } from '../ledger/decider.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies, Query } from '../ledger/record.ts';
import type { Vault } from '../ledger/vault.ts';

/** What a route may use besides what it was sent. */
export interface Desk {
  readonly county: number;
  readonly actor: Actor;
  readonly pool: Pool;
  // Each feature names its own tables: `desk.db as Kysely<MatterTables>` stands once in its tables.ts.
  // oxlint-disable-next-line no-explicit-any
  readonly db: Kysely<any>;
  readonly query: Query;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly policies: Policies;
  /** The instant of this request. */
  readonly now: string;
  readonly publicUrl: string;
  /** The address the request came from, for rate limits. */
  readonly address: string;
  readonly header: (name: string) => string | undefined;
  readonly cookie: (name: string) => string | undefined;
  /** Sets a cookie on the answer (undefined takes it away). */
  setCookie(name: string, value: string | undefined, maxAgeSeconds?: number): void;
}

/** An answer that is not JSON: a page, a file, a stream. */
export interface Raw {
  readonly raw: true;
  readonly type: string;
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>;
  readonly status?: 200 | 303 | 400 | 401 | 404 | 409 | 422 | 429;
  readonly headers?: Readonly<Record<string, string>>;
}

type Schema = z.ZodType;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/**
 * One way in. `action` names what the access table must allow; a route without one does not compile.
 * Whether the asker stands right to the particular record is asked inside (`may`) or by SQL (`within`).
 */
export interface Route<P = unknown, Q = unknown, B = unknown, A = unknown> {
  readonly action: Action;
  /** One line for people who read the interface description. */
  readonly summary: string;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly answer?: Schema;
  /** Requests allowed per minute from one address; unset: the general limit. */
  readonly perMinute?: number;
  handle(desk: Desk, sent: { params: P; query: Q; body: B }): Promise<A | Refusal | Raw> | A | Refusal | Raw;
}

/** Declares a route with the types of its parts derived from its schemas. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  A = unknown,
>(definition: {
  action: Action;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  answer?: z.ZodType;
  perMinute?: number;
  handle(
    desk: Desk,
    sent: { params: Out<P>; query: Out<Q>; body: Out<B> },
  ): Promise<A | Refusal | Raw> | A | Refusal | Raw;
}): Route<Out<P>, Out<Q>, Out<B>, A> {
  return definition as unknown as Route<Out<P>, Out<Q>, Out<B>, A>;
}

/** Routes by `METHOD /path/:param`. The key is the address, so a client typed by the keys needs nothing else at run time. */
// oxlint-disable-next-line no-explicit-any
export type Routes = Record<`${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`, Route<any, any, any, any>>;

export const raw = (type: string, body: Raw['body'], more: Omit<Raw, 'raw' | 'type' | 'body'> = {}): Raw => ({
  raw: true,
  type,
  body,
  ...more,
});

/** What a client gets from a route: its answer without the refusals and files. */
export type AnswerOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer A> ? Exclude<A, Refusal | Raw> : never;
export type QueryOf<R> = R extends Route<infer _P, infer Q, infer _B, infer _A> ? Q : never;
export type BodyOf<R> = R extends Route<infer _P, infer _Q, infer B, infer _A> ? B : never;
