import type { BodyOf, AnswerOf, QueryOf, Route } from '../../contract/route.ts';
import type { OfficeCommand } from '../../ballots/model.ts';
import type { OccasionCommand } from '../../campaigns/model.ts';
import type { DialogueCommand } from '../../dialogues/model.ts';
import type { DisputeCommand, MediatorCommand, SweepCommand } from '../../disputes/model.ts';
import type { ExceptionCommand } from '../../duties/model.ts';
import type { BacklogCommand, HardCaseCommand } from '../../hard-cases/model.ts';
import type { HouseholdCommand } from '../../residents/model.ts';
import type { MatterCommand } from '../../matters/model.ts';
import type { MeetingCommand, ResponsibilityCommand, StandingGroupCommand } from '../../meetings/model.ts';
import type { OutreachCommand } from '../../outreach/model.ts';
import type { FindingCommand, TipCircleCommand, TipOffCommand } from '../../tip-offs/model.ts';
import type { HotspotCommand } from '../../hotspots/model.ts';
import type { ReceptionCommand, RotaCommand } from '../../reception/model.ts';
import type { HallDeskCommand, TicketCommand } from '../../reception/hall/model.ts';
import type { SuggestionCommand } from '../../suggestions/model.ts';
import type { StudyCommand } from '../../studies/model.ts';
import type { PremiseCommand } from '../../premises/model.ts';
import type { InformantCommand, NeedReportCommand } from '../../informants/model.ts';
import type { GuideCommand, TalkCommand } from '../../talks/model.ts';
import type { BulletinCommand, OrderCommand } from '../../orders/model.ts';
import type { PolicyChangeCommand } from '../../policy-changes/model.ts';
import type { RouteChangeCommand } from '../../routing/model.ts';
import type { VisitCommand } from '../../visits/model.ts';
import type { ReviewCommand } from '../../reviews/model.ts';
import type { LabourCommand } from '../../labour/model.ts';
import type { PairCommand } from '../../pairs/model.ts';
import type { FestivalCommand, GiftCommand } from '../../festivals/model.ts';
import type { AppRoutes } from '../features.ts';
import { t } from './english.ts';

/** A "no" from the server: a code, a sentence for the person, and the field to mend. */
export class Refused extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly status: number;
  constructor(status: number, body: { refused?: string; message?: string; field?: string }) {
    super(body.message ?? t('没有成功，请稍后再试。'));
    this.code = body.refused ?? 'server.error';
    this.field = body.field;
    this.status = status;
  }
}

/** No answer came: the network, not the server, is the trouble. */
export class Offline extends Error {
  constructor() {
    super(t('现在连不上网络，请稍后再试。'));
  }
}

/**
 * What this device can answer by itself: the field room's files. One contract for both sides: a screen asks for a
 * route's answer and does not know who gave it.
 */
export interface Here {
  /** The answer as this device knows it; undefined when only the server can say. */
  answer(address: string, params: Readonly<Record<string, string>>, query: Readonly<Record<string, unknown>>): unknown;
  /** Keeps a server's answer for when there is no network. */
  keep(address: string, path: string, answer: unknown): void;
  /** What this device can say when there is no network: from its files, else the answer kept last. */
  kept(
    address: string,
    path: string,
    params: Readonly<Record<string, string>>,
    query: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  /** The session is over. @returns whether to go to the sign-in page */
  signedOut(): Promise<boolean>;
}
let here: Here | undefined;
export const answerHere = (source: Here | undefined): void => {
  here = source;
};

type Key = keyof AppRoutes & string;
type Params<K extends string> = K extends `${string}:${infer P}/${infer Rest}`
  ? { [k in P]: string } & Params<Rest>
  : K extends `${string}:${infer P}`
    ? { [k in P]: string }
    : unknown;
type RouteAt<K extends Key> = AppRoutes[K] extends Route<infer _P, infer _Q, infer _B, infer _A> ? AppRoutes[K] : never;

export interface Sent<K extends Key> {
  params?: Params<K>;
  query?: Partial<QueryOf<RouteAt<K>>>;
  body?: BodyOf<RouteAt<K>>;
  signal?: AbortSignal;
}

/** Calls a route by its address, e.g. `call('GET /api/matters/:id', { params: { id } })`; types follow the server's. */
export async function call<K extends Key>(address: K, sent: Sent<K> = {}): Promise<AnswerOf<RouteAt<K>>> {
  const [method, pattern] = address.split(' ') as [string, string];
  const path = pattern.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent((sent.params as Record<string, string>)[name]!),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(sent.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  const question = query.size === 0 ? '' : `?${query.toString()}`;
  const body =
    sent.body instanceof FormData ? sent.body : method === 'GET' ? undefined : JSON.stringify(sent.body ?? {});
  type Answer = AnswerOf<RouteAt<K>>;
  if (method !== 'GET' || here === undefined)
    return (await request(method, path + question, body, sent.signal)) as Answer;
  const asked = [(sent.params ?? {}) as Record<string, string>, sent.query ?? {}] as const;
  const known = here.answer(address, ...asked);
  if (known !== undefined) return known as Answer;
  try {
    const answer = await request(method, path + question, body, sent.signal);
    here.keep(address, path + question, answer);
    return answer as Answer;
  } catch (error) {
    const kept = error instanceof Offline ? await here.kept(address, path + question, ...asked) : undefined;
    if (kept === undefined) throw error;
    return kept as Answer;
  }
}

type Command =
  | MatterCommand
  | OfficeCommand
  | VisitCommand
  | HouseholdCommand
  | OutreachCommand
  | DialogueCommand
  | ReceptionCommand
  | HallDeskCommand
  | TicketCommand
  | RotaCommand
  | StudyCommand
  | SuggestionCommand
  | TipOffCommand
  | TipCircleCommand
  | FindingCommand
  | GuideCommand
  | TalkCommand
  | PremiseCommand
  | InformantCommand
  | NeedReportCommand
  | LabourCommand
  | PairCommand
  | ReviewCommand
  | FestivalCommand
  | GiftCommand
  | ExceptionCommand
  | OccasionCommand
  | OrderCommand
  | BulletinCommand
  | RouteChangeCommand
  | PolicyChangeCommand
  | SweepCommand
  | DisputeCommand
  | MediatorCommand
  | HardCaseCommand
  | BacklogCommand
  | MeetingCommand
  | ResponsibilityCommand
  | StandingGroupCommand
  | ExceptionCommand
  | HotspotCommand;
export type CommandKind = Command['kind'];
export type CommandData<K extends CommandKind> = Omit<Extract<Command, { kind: K }>, 'kind'>;

export interface Verdict {
  accepted: true;
  stream: string;
  version: number;
  followed: { record: string; stream: string }[];
  told: Record<string, unknown>;
}

const bases: Record<string, string> = {
  matter: '/api/matters',
  ballot: '/api/ballots',
  visit: '/api/visits',
  household: '/api/households',
  outreach: '/api/outreaches',
  'reception-day': '/api/reception-days',
  dialogue: '/api/dialogues',
  rota: '/api/rotas',
  'hall-desk': '/api/hall-desks',
  ticket: '/api/tickets',
  study: '/api/studies',
  suggestion: '/api/suggestions',
  'tip-off': '/api/tip-offs',
  'tip-circle': '/api/tip-circle',
  finding: '/api/findings',
  guide: '/api/guides',
  talk: '/api/talks',
  premise: '/api/premises',
  informant: '/api/informants',
  'need-report': '/api/need-reports',
  labour: '/api/labours',
  pair: '/api/pairs',
  review: '/api/reviews',
  festival: '/api/festivals',
  gift: '/api/gifts',
  resident: '/api/households',
  meeting: '/api/meetings',
  responsibility: '/api/responsibilities',
  'standing-group': '/api/standing-groups',
  exception: '/api/exceptions',
  occasion: '/api/occasions',
  order: '/api/orders',
  bulletin: '/api/bulletins',
  'route-change': '/api/route-changes',
  'policy-change': '/api/policy-changes',
  sweep: '/api/sweeps',
  dispute: '/api/disputes',
  mediator: '/api/mediators',
  'hard-case': '/api/hard-cases',
  backlog: '/api/backlogs',
  hotspot: '/api/hotspots',
};

let open: number | undefined;
/** Says how long the form was open whose command is given next (whole seconds); a form left lying open says nothing. */
export const openFor = (sinceMs: number): void => {
  const seconds = Math.round((Date.now() - sinceMs) / 1_000);
  open = seconds >= 0 && seconds <= 86_400 ? seconds : undefined;
};
const takeSeconds = (): number | undefined => {
  const seconds = open;
  open = undefined;
  return seconds;
};

/** Gives a command. Its id is made here, so that trying again after a broken connection does it once. */
export async function give<K extends CommandKind>(
  kind: K,
  stream: string,
  data: CommandData<K>,
  options: { command?: string; expected?: number; seconds?: number | undefined } = {},
): Promise<Verdict> {
  const [noun, verb] = kind.split('.') as [string, string];
  const seconds = options.seconds ?? takeSeconds();
  const body = {
    ...data,
    command: options.command ?? newId(),
    ...(options.expected === undefined ? {} : { expected: options.expected }),
    ...(seconds === undefined ? {} : { seconds }),
  };
  return (await request('POST', `${bases[noun]!}/${stream}/${verb}`, JSON.stringify(body))) as Verdict;
}

async function request(
  method: string,
  path: string,
  body: string | FormData | undefined,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await reach(method, path, body, signal);
  const answer = (await response.json().catch(() => ({}))) as { refused?: string; message?: string; field?: string };
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Asks the server and gives its answer whatever it is. @throws Offline when none came */
export async function reach(
  method: string,
  path: string,
  body: string | FormData | undefined,
  signal?: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Offline();
  }
  if (response.status === 401 && (here === undefined || (await here.signedOut())))
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  return response;
}

/** A new UUID v7, made on the device. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(now) << 16n) | BigInt((bytes[6]! << 8) | bytes[7]!));
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
