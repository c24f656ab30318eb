import { z } from 'zod';
import type { Action } from '../access/table.ts';
import { type Refusal, refuse } from '../ledger/decider.ts';
import { type Desk, type Raw, type Route, route } from './route.ts';

type Schema = z.ZodType;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** One record by its id. */
export const Id = z.object({ id: z.uuid() });

/**
 * Declares routes that are about one record of a kind: what is not there, and what the asker may not do this to,
 * answers alike.
 * @param find the record, if there is one and the asker may do this to it
 */
export const memberOf =
  <Found>(find: (desk: Desk, id: string, action: Action) => Promise<Found | undefined>) =>
  <
    P extends z.ZodType<{ id: string }> = typeof Id,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
    A = unknown,
  >(definition: {
    action: Action;
    summary: string;
    params?: P;
    query?: Q;
    body?: B;
    handle(
      desk: Desk,
      found: Found,
      sent: { params: z.output<P>; query: Out<Q>; body: Out<B> },
    ): Promise<A | Refusal | Raw> | A | Refusal | Raw;
  }): Route<z.output<P>, Out<Q>, Out<B>, A> => {
    const { params, handle, ...rest } = definition;
    return route({
      ...rest,
      params: (params ?? Id) as P,
      async handle(desk: Desk, sent: never): Promise<A | Refusal | Raw> {
        const given = sent as { params: z.output<P>; query: Out<Q>; body: Out<B> };
        const found = await find(desk, given.params.id, definition.action);
        return found === undefined ? refuse('access.denied') : await handle(desk, found, given);
      },
    }) as unknown as Route<z.output<P>, Out<Q>, Out<B>, A>;
  };
