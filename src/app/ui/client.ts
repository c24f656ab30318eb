import type { BodyOf, AnswerOf, QueryOf, Route } from '../../contract/route.ts';
import type { ExceptionCommand } from '../../duties/model.ts';
import type { HouseholdCommand } from '../../residents/model.ts';
import type { MatterCommand } from '../../matters/model.ts';
import type { VisitCommand } from '../../visits/model.ts';
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
  return (await request(method, path + question, body, sent.signal)) as AnswerOf<RouteAt<K>>;
}

type Command = MatterCommand | VisitCommand | HouseholdCommand | ExceptionCommand;
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
  visit: '/api/visits',
  household: '/api/households',
  resident: '/api/households',
  exception: '/api/exceptions',
};

/** Gives a command. Its id is made here, so that trying again after a broken connection does it once. */
export async function give<K extends CommandKind>(
  kind: K,
  stream: string,
  data: CommandData<K>,
  options: { command?: string; expected?: number } = {},
): Promise<Verdict> {
  const [noun, verb] = kind.split('.') as [string, string];
  const body = {
    ...data,
    command: options.command ?? newId(),
    ...(options.expected === undefined ? {} : { expected: options.expected }),
  };
  return (await request('POST', `${bases[noun]!}/${stream}/${verb}`, JSON.stringify(body))) as Verdict;
}

async function request(
  method: string,
  path: string,
  body: string | FormData | undefined,
  signal?: AbortSignal,
): Promise<unknown> {
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
  const answer = (await response.json().catch(() => ({}))) as { refused?: string; message?: string; field?: string };
  if (response.status === 401) {
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
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
