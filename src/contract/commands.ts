import { z } from 'zod';
import { may } from '../access/access.ts';
import { actorName, unitsOf } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import { isRefusal } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import { noteUse } from './form-use.ts';
import type { Desk, Routes } from './route.ts';
import type { Refusal } from '../ledger/decider.ts';
import type { Accepted } from '../ledger/ledger.ts';

/** What every command may carry besides its own fields. */
export const Carried = z.object({
  /** Made by the device, so that the same command sent twice is done once. Without it the server makes one. */
  command: z.uuid().optional(),
  /** The version the giver had before their eyes. */
  expected: z.int().min(0).optional(),
  device: z.string().max(64).optional(),
  /** How long the form was open, as the device measured it; kept for groups only (row B12). */
  seconds: z.int().min(0).max(86_400).optional(),
});

/** A device's clock may be ahead by this much and still be believed. */
const AHEAD_MS = 5 * 60_000;

/** Gives a command in the asker's name. */
export async function give(
  desk: Desk,
  record: string,
  stream: string,
  command: { kind: string },
  carried: z.output<typeof Carried> & { at?: string | undefined } = {},
): Promise<Accepted | Refusal> {
  const at =
    carried.at !== undefined && Date.parse(carried.at) <= Date.parse(desk.now) + AHEAD_MS
      ? new Date(carried.at).toISOString()
      : desk.now;
  const id = carried.command ?? newId();
  const verdict = await desk.ledger.execute({
    county: desk.county,
    id,
    record,
    stream,
    command,
    at,
    actor: actorName(desk.actor),
    units: unitsOf(desk.actor),
    permit: (action, reach) => may(desk.actor, action, reach),
    ...(carried.expected === undefined ? {} : { expected: carried.expected }),
    ...(carried.device === undefined ? {} : { device: carried.device }),
  });
  if (!isRefusal(verdict)) noteUse(desk, command, id, carried.seconds);
  return verdict;
}

type Option = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/**
 * One route for each kind of command of a record, made from the commands' own schema:
 * `matter.dispatch` is `POST /api/matters/:id/dispatch` with the command's fields as body. Typed as a plain object, so that
 * spreading them beside other routes leaves those their types; screens give commands by `give`, typed by the commands.
 * @param inside fields that only the house itself fills: nobody sends them from outside
 */
export function commandRoutes(
  record: string,
  base: `/api/${string}`,
  // oxlint-disable-next-line no-explicit-any
  commands: any,
  summaries: Readonly<Record<string, string>>,
  inside: Readonly<Record<string, readonly string[]>> = {},
): object {
  const routes: Routes = {};
  for (const option of (commands as { options: Option[] }).options) {
    const kind = option.shape.kind.value;
    const verb = kind.slice(kind.indexOf('.') + 1);
    routes[`POST ${base}/:id/${verb}`] = {
      action: kind as Action,
      summary: summaries[kind] ?? kind,
      params: z.object({ id: z.uuid() }),
      body: option
        .omit(Object.fromEntries(['kind', ...(inside[kind] ?? [])].map((field) => [field, true])) as { kind: true })
        .extend(Carried.shape),
      async handle(desk, { params, body }) {
        const { command, expected, device, seconds, ...fields } = body as z.output<typeof Carried>;
        const verdict = await give(
          desk,
          record,
          (params as { id: string }).id,
          { kind, ...fields },
          { command, expected, device, seconds },
        );
        if (isRefusal(verdict)) return verdict;
        return verdict;
      },
    };
  }
  return routes;
}
