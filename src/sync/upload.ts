import { z } from 'zod';
import { mayAtAll } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Sentences } from '../contract/refusals.ts';
import type { Desk, Route, Routes } from '../contract/route.ts';
import { unstorable } from '../contract/storable.ts';
import { type Refusal, isRefusal } from '../ledger/decider.ts';
import type { Accepted } from '../ledger/ledger.ts';
import { defer, findVerdict, openDeferred, settleDeferred, unknownIn, waitingOf } from './deferred.ts';
import { WRONG_MS, whenWritten } from './clock.ts';
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

/** Where commands go, and how refusals are said. */
export interface Doors {
  readonly routes: ReadonlyMap<string, AnyRoute>;
  readonly say: Sentences;
  /** Which state of the words this server knows. */
  readonly known: number;
}
/** Who sends them. */
interface Sender extends Doors {
  readonly device: string;
  /** What the phone's clock shows now; undefined where a file came instead of the phone, and nobody can be asked. */
  readonly clock: number | undefined;
  readonly app: string;
  /** Which state of the words the phone speaks. */
  readonly words: number;
}

/** Decides what waited on a phone, one after the other as they come; each has its own verdict. */
export async function decideAll(
  desk: Desk,
  commands: readonly z.output<typeof Sent>[],
  setup: Sender,
): Promise<CommandVerdict[]> {
  const verdicts: CommandVerdict[] = [];
  // What follows on a record was made on the command before it: when that one is not accepted, it waits on the phone;
  // when that one waits here for an upgrade, it waits behind it.
  const held = new Set<string>();
  const behind = new Set<string>(setup.words > setup.known ? await streamsThatWait(desk, setup.device, commands) : []);
  for (const sent of commands) {
    if (held.has(sent.stream)) {
      verdicts.push({ id: sent.id, verdict: 'held', code: 'sync.held', message: setup.say['sync.held'] ?? '' });
      continue;
    }
    const one = timed(desk, sent, setup);
    const verdict = (await askedWhen(desk, one, setup)) ?? (await decideOne(desk, one, setup, behind.has(sent.stream)));
    if ('code' in verdict && verdict.code === 'sync.deferred') behind.add(sent.stream);
    else if (verdict.verdict !== 'accepted') held.add(sent.stream);
    verdicts.push(verdict.verdict === 'accepted' && !one.sure ? { ...verdict, undated: true } : verdict);
  }
  return verdicts;
}

/** Records of which something waits here that this upload does not bring again: what it brings comes after that. */
async function streamsThatWait(
  { query, county }: Desk,
  device: string,
  commands: readonly { readonly id: string }[],
): Promise<string[]> {
  const brought = new Set(commands.map(({ id }) => id));
  return (await waitingOf(query, county, device)).flatMap(({ id, stream }) => (brought.has(id) ? [] : [stream]));
}

/** A verdict that is not a yes. @param more is said after the refusal's sentence */
const no = (
  verdict: 'refused' | 'later',
  id: string,
  { refused, field }: { refused: string; field?: string | undefined },
  say: Sentences,
  more = '',
): CommandVerdict => ({
  id,
  verdict,
  code: refused,
  message: `${say[refused] ?? refused}${more}`,
  ...(field === undefined ? {} : { field }),
});

/** A command with its time set right. */
interface Timed {
  readonly id: string;
  readonly kind: string;
  readonly stream: string;
  readonly data: Record<string, unknown>;
  readonly expected?: number | undefined;
  /** When it happened, by the server's clock (ms). */
  readonly at: number;
  /** The day of that is known. */
  readonly sure: boolean;
}

function timed(desk: Desk, sent: z.output<typeof Sent>, { clock }: Sender): Timed {
  const { at, sure } = whenWritten(sent, clock, Date.parse(desk.now));
  return { ...sent, data: setRight(sent.data, sent, at), at, sure };
}

/**
 * The question on which day something was written, where the phone's clock does not say: nothing lies on a wrong day
 * unsaid. What was decided before is not asked about, nor what a file brought: there nobody is to be asked.
 */
async function askedWhen(
  { query, county, actor }: Desk,
  { id, sure }: Timed,
  { clock, say }: Sender,
): Promise<CommandVerdict | undefined> {
  if (sure || clock === undefined) return undefined;
  const known = await findVerdict(query, county, id, actorName(actor));
  return known === undefined ? no('refused', id, { refused: 'sync.when-unknown' }, say) : undefined;
}

async function decideOne(desk: Desk, one: Timed, setup: Sender, behind: boolean): Promise<CommandVerdict> {
  if (behind) return await putOff(desk, one, setup, []);
  // What an older phone says and nobody asks any more is no reason to wait for another version.
  const unknown = setup.words > setup.known ? unknownOf(setup.routes, one, setup.device) : undefined;
  return unknown === undefined ? await decideTimed(desk, one, setup) : await putOff(desk, one, setup, unknown);
}

/** What a command is as its route reads it. */
const givenOf = (
  { id, data, expected }: Pick<Timed, 'id' | 'data' | 'expected'>,
  device: string,
): Record<string, unknown> => ({
  ...data,
  command: id,
  device,
  ...(expected === undefined ? {} : { expected }),
});

/** What this version cannot read of a command: fields, or nothing where it does not know the kind; undefined where it reads all. */
function unknownOf(routes: Doors['routes'], one: Timed, device: string): readonly string[] | undefined {
  const route = routes.get(one.kind);
  if (route?.body === undefined || route.params === undefined) return [];
  const given = givenOf(one, device);
  const body = route.body.safeParse(given);
  // A value that is not allowed here may be one that was added.
  const unknown = body.success ? unknownIn(given, body.data) : [body.error.issues[0]!.path.join('.') || 'data'];
  return unknown.length === 0 ? undefined : unknown;
}

/** Keeps a command until a version that knows its words decides it; one that has its verdict already gets that. */
async function putOff(desk: Desk, one: Timed, setup: Sender, unknown: readonly string[]): Promise<CommandVerdict> {
  const { query, county, actor } = desk;
  const { id, at } = one;
  const known = await findVerdict(query, county, id, actorName(actor));
  if (known?.verdict === 'accepted') return { id, verdict: 'accepted', version: known.version ?? 0, told: {} };
  if (known?.verdict === 'refused')
    return no('refused', id, { refused: known.code!, field: known.field ?? undefined }, setup.say);
  const fault = unstorable(one.data, 'data');
  if (fault !== undefined) return no('refused', id, fault, setup.say);
  if (actor.kind !== 'official') return no('refused', id, { refused: 'access.denied' }, setup.say);
  await defer(desk, {
    ...one,
    official: actor.id,
    device: setup.device,
    at: new Date(at).toISOString(),
    words: setup.words,
    app: setup.app,
    unknown,
  });
  return no('later', id, { refused: 'sync.deferred' }, setup.say);
}

async function decideTimed(
  desk: Desk,
  one: Omit<Timed, 'sure'>,
  setup: Pick<Sender, 'routes' | 'say' | 'device' | 'app'>,
): Promise<CommandVerdict> {
  const { id, kind, at } = one;
  const { say } = setup;
  const route = setup.routes.get(kind);
  if (route?.body === undefined || route.params === undefined)
    return no('refused', id, { refused: 'sync.kind-unknown' }, say);
  if (!mayAtAll(desk.actor, route.action)) return no('refused', id, { refused: 'access.denied' }, say);
  const given = givenOf(one, setup.device);
  const fault = unstorable(given, 'data');
  if (fault !== undefined) return no('refused', id, fault, say);
  const params = route.params.safeParse({ id: one.stream });
  const body = route.body.safeParse(given);
  if (!params.success) return no('refused', id, { refused: 'access.denied' }, say);
  if (!body.success) {
    const issue = body.error.issues[0]!;
    const field = issue.path.join('.') || 'data';
    return no('refused', id, { refused: 'input.invalid', field }, say, `（${field}：${issue.message}）`);
  }
  try {
    // It happened when the phone says, as far as that can be believed; when it came in is the ledger's to note.
    const then = { ...desk, now: new Date(at).toISOString() };
    const answer = (await route.handle(then, { params: params.data, query: undefined, body: body.data })) as
      | Accepted
      | Refusal;
    if (isRefusal(answer)) return no('refused', id, answer, say);
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
    return no('later', id, { refused: 'server.error' }, say);
  }
}

/** So many are decided in one pass. */
const PASS = 200;

/**
 * Decides what newer phones said before this version knew their words, in the order it came; done twice it does nothing
 * the second time. A phone that asks again, or its owner on another one, is told what became of it.
 * @param deskOf a desk for an official as they stand now; undefined when they are no longer here
 * @returns how many have their verdict now
 */
export async function decideDeferred(
  common: Pick<Desk, 'query' | 'county' | 'vault' | 'now'>,
  deskOf: (official: string) => Promise<Desk | undefined>,
  doors: Doors,
): Promise<number> {
  const { query, county, vault } = common;
  let done = 0;
  for (const one of await openDeferred(query, vault, county, doors.known, PASS)) {
    const desk = await deskOf(one.official);
    const verdict =
      desk === undefined
        ? no('refused', one.id, { refused: 'sync.rescue-nobody' }, doors.say)
        : await decideTimed(desk, { ...one, at: Date.parse(one.at) }, { ...doors, device: one.device, app: one.app });
    if (verdict.verdict === 'later') continue;
    await settleDeferred(common, verdict);
    done += 1;
  }
  return done;
}

/** Fields that this version does not ask for, kept sealed beside the accepted command: an older phone sent them. */
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
