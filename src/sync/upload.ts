import { z } from 'zod';
import { mayAtAll } from '../access/access.ts';
import type { Sentences } from '../contract/refusals.ts';
import type { Desk, Route, Routes } from '../contract/route.ts';
import { unstorable } from '../contract/storable.ts';
import { type Refusal, isRefusal } from '../ledger/decider.ts';
import type { Accepted } from '../ledger/ledger.ts';
import { type CommandVerdict, Sent } from './model.ts';

// Any command of the house may come: each is checked by its own route's schemas.
// oxlint-disable-next-line no-explicit-any
type AnyRoute = Route<any, any, any, any>;

/** The routes that take commands, by the command's kind: `visit.record` is taken by `POST /api/visits/:id/record`. */
export function commandRoutesByKind(routes: Routes): ReadonlyMap<string, AnyRoute> {
  const found = new Map<string, AnyRoute>();
  for (const [address, route] of Object.entries(routes)) {
    const verb = route.action.slice(route.action.indexOf('.') + 1);
    if (/^POST \/api\/[^ ]*\/:id\//.test(address) && address.endsWith(`/${verb}`) && !found.has(route.action))
      found.set(route.action, route);
  }
  return found;
}

/** A phone's clock is not believed before this: nothing waits on a phone for longer. */
const OLDEST_MS = 60 * 86_400_000;
/** A clock that is off by less than this is right enough; what it said is left as it is. */
const WRONG_MS = 2 * 60_000;

/**
 * When something happened on a phone, by the server's clock. Where the page stayed open its monotonic clock says how
 * long ago; else the phone's clock is taken to have been as wrong then as it is now.
 */
function happened(sent: { at: number; ago?: number | undefined }, clock: number, now: number): number {
  const then = sent.ago !== undefined ? now - sent.ago : sent.at + (now - clock);
  return Math.min(now, Math.max(then, now - OLDEST_MS));
}

/** Instants that the phone's clock wrote, set right where that clock was wrong. */
function setRight(data: Record<string, unknown>, sent: z.output<typeof Sent>, at: number): Record<string, unknown> {
  const off = at - sent.at;
  if (Math.abs(off) < WRONG_MS) return data;
  const right = Object.fromEntries(
    sent.clocked.flatMap((field) => {
      const time = typeof data[field] === 'string' ? Date.parse(data[field]) : Number.NaN;
      return Number.isNaN(time) ? [] : [[field, new Date(Math.min(time + off, at)).toISOString()]];
    }),
  );
  return { ...data, ...right };
}

const Named = z.object({ id: z.uuid() });

/** Commands as they came, each read by itself. @returns those that can be read, and verdicts for those that cannot but have a name */
export function readAll(
  texts: readonly string[],
  say: Sentences,
): { commands: z.output<typeof Sent>[]; spoilt: CommandVerdict[] } {
  const commands: z.output<typeof Sent>[] = [];
  const spoilt: CommandVerdict[] = [];
  for (const text of texts) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      continue;
    }
    const read = Sent.safeParse(value);
    if (read.success) {
      commands.push(read.data);
      continue;
    }
    const named = Named.safeParse(value);
    const issue = read.error.issues[0]!;
    const field = issue.path.join('.');
    if (named.success)
      spoilt.push({
        id: named.data.id,
        verdict: 'refused',
        code: 'input.invalid',
        field,
        message: `${say['input.invalid']}（${field}：${issue.message}）`,
      });
  }
  return { commands, spoilt };
}

/** Decides what waited on a phone, one after the other as they come; each has its own verdict. */
export async function decideAll(
  desk: Desk,
  commands: readonly z.output<typeof Sent>[],
  setup: {
    readonly routes: ReadonlyMap<string, AnyRoute>;
    readonly say: Sentences;
    readonly device: string;
    readonly clock: number;
    readonly app: string;
  },
): Promise<CommandVerdict[]> {
  const verdicts: CommandVerdict[] = [];
  // What follows on a record was made on the command before it: when that one is not accepted, it waits on the phone.
  const held = new Set<string>();
  for (const sent of commands) {
    if (held.has(sent.stream)) {
      verdicts.push({ id: sent.id, verdict: 'held', code: 'sync.held', message: setup.say['sync.held'] ?? '' });
      continue;
    }
    const verdict = await decideOne(desk, sent, setup);
    if (verdict.verdict !== 'accepted') held.add(sent.stream);
    verdicts.push(verdict);
  }
  return verdicts;
}

async function decideOne(
  desk: Desk,
  sent: z.output<typeof Sent>,
  setup: Parameters<typeof decideAll>[2],
): Promise<CommandVerdict> {
  const { id, kind } = sent;
  const no = (verdict: 'refused' | 'later', { refused, field }: Refusal, more = ''): CommandVerdict => ({
    id,
    verdict,
    code: refused,
    message: `${setup.say[refused] ?? refused}${more}`,
    ...(field === undefined ? {} : { field }),
  });
  const route = setup.routes.get(kind);
  if (route?.body === undefined || route.params === undefined) return no('later', { refused: 'sync.kind-unknown' });
  if (!mayAtAll(desk.actor, route.action)) return no('refused', { refused: 'access.denied' });
  const now = Date.parse(desk.now);
  const at = happened(sent, setup.clock, now);
  const given = {
    ...setRight(sent.data, sent, at),
    command: id,
    device: setup.device,
    ...(sent.expected === undefined ? {} : { expected: sent.expected }),
  };
  const fault = unstorable(given, 'data');
  if (fault !== undefined) return no('refused', fault);
  const params = route.params.safeParse({ id: sent.stream });
  const body = route.body.safeParse(given);
  if (!params.success) return no('refused', { refused: 'access.denied' });
  if (!body.success) {
    const issue = body.error.issues[0]!;
    const field = issue.path.join('.') || 'data';
    return no('refused', { refused: 'input.invalid', field }, `（${field}：${issue.message}）`);
  }
  try {
    // It happened when the phone says, as far as that can be believed; when it came in is the ledger's to note.
    const then = { ...desk, now: new Date(at).toISOString() };
    const answer = (await route.handle(then, { params: params.data, query: undefined, body: body.data })) as
      | Accepted
      | Refusal;
    if (isRefusal(answer)) return no('refused', answer);
    await keepAside(desk, id, given, body.data as Record<string, unknown>, setup.app);
    const matters = answer.followed.flatMap(({ record, stream }) => (record === 'matter' ? [stream] : []));
    return {
      id,
      verdict: 'accepted',
      version: answer.version,
      told: answer.told,
      ...(matters.length === 0 ? {} : { matters }),
    };
  } catch (error) {
    // A machine that broke over one command must not keep the others waiting; the phone tries this one again.
    console.error(JSON.stringify({ level: 'error', command: id, kind, message: String(error) }));
    return no('later', { refused: 'server.error' });
  }
}

/** Fields a newer phone sent and this version does not know, kept sealed beside the accepted command. */
async function keepAside(
  { query, county, vault, now }: Desk,
  command: string,
  given: Record<string, unknown>,
  known: Record<string, unknown>,
  app: string,
): Promise<void> {
  const fields = Object.keys(given).filter((name) => !(name in known));
  if (fields.length === 0) return;
  const box = vault.seal(Object.fromEntries(fields.map((name) => [name, given[name]])));
  await query(
    'sync.aside',
    'insert into command_aside (county, command, at, app, fields, box) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [county, command, now, app, fields, box],
  );
}
