import { useSyncExternalStore } from 'react';
import { type Line, Phone } from '../../sync/phone.ts';
import { type CommandVerdict, type Pulling, type Uploading, WORDS } from '../../sync/model.ts';
import { Offline, Refused, answerHere, newId, reach } from '../ui/client.ts';
import type { Me } from '../ui/me.ts';
import { clockIsAhead } from '../ui/time.ts';
import { type Safe, canKeep, destroyFiles, openSafe } from './disk.ts';
import { openDrafts } from './drafts.ts';
import { type Kept, Local, isStale } from './local.ts';
import { followOnce } from './meet.ts';
import { type Carry, type Item, type Keep, isUnkept, outbox, sentOf } from './outbox.ts';

/** How the phone stands with the server, for every screen that says so. */
export interface Status {
  /** Whose room this is; undefined until that is known. */
  readonly me: Me | undefined;
  /** `closed`: nothing can be kept on this device. `locked`: it was ordered to forget, and has. */
  readonly phase: 'opening' | 'open' | 'closed' | 'locked';
  readonly busy: boolean;
  readonly online: boolean;
  /** Last contact, by the server's clock (ms). */
  readonly contactAt: number | undefined;
  readonly complete: boolean;
  readonly households: number;
  readonly loading: { readonly done: number; readonly of: number } | undefined;
  readonly warning: 'many' | 'own-only' | undefined;
  /** Whether the browser promised not to clear the storage by itself. */
  readonly persisted: boolean | undefined;
  /** The storage refused what was to be kept a moment ago. */
  readonly full: boolean;
  /** How far this phone's clock is ahead (ms). */
  readonly ahead: number;
  /** The server was restored from an older backup; what was accepted goes up again. */
  readonly restored: boolean;
  /** Days without contact were too many: the files were removed, what is unsent was kept. */
  readonly expired: boolean;
}

let status: Status = {
  me: undefined,
  phase: 'opening',
  busy: false,
  online: true,
  contactAt: undefined,
  complete: false,
  households: 0,
  loading: undefined,
  warning: undefined,
  persisted: undefined,
  full: false,
  ahead: 0,
  restored: false,
  expired: false,
};
const listeners = new Set<() => void>();
const say = (change: Partial<Status>): void => {
  status = { ...status, ...change };
  for (const listener of listeners) listener();
};
export const statusNow = (): Status => status;
const onStatus = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useStatus = (): Status => useSyncExternalStore(onStatus, statusNow);

/** Told when what the phone knows has changed, so that what is shown is asked for again. */
let changed: () => void = () => undefined;
export const onChange = (listener: () => void): void => {
  changed = listener;
};

const LAST = 'field:official';
const ME = 'me';
const DEVICE = 'device';
/** A line that lets nothing through for so long is no line. */
const PATIENCE_MS = 20_000;
const SESSION_PATIENCE_MS = 1_500;
const AGAIN_MS = 30_000;
/**
 * Without a line it is looked for so often (ms), the last again and again, by a question that weighs nothing. A phone's
 * own word is not waited for: a page that opens without network is told by some browsers that there is one, and then
 * nothing says when it comes.
 */
const TRIES_MS = [1_000, 2_000, 4_000, 5_000];
const TRY_PATIENCE_MS = 4_000;
const SOON_MS = 250;
/** So many answers are kept for when there is no network, the oldest leave first. */
const KEPT = 300;
const LARGEST_KEPT = 300_000;
/** Read when they are needed, each reading recorded; never kept on a phone. */
const NOT_KEPT = /\/phones|\/link|\/signature|\/sessions|\/sync\/|\/api\/session/;

const text = new TextEncoder();
const decoder = new TextDecoder();
/** Which build this is: the name of its script carries the hash of its content. */
const app = /([\w-]+)\.js/.exec(document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '')?.[1] ?? '';

interface Open {
  readonly safe: Safe;
  readonly phone: Phone;
  readonly local: Local;
}
let room: Open | undefined;
let kept: Map<string, Kept> | undefined;

async function post(path: string, body: object): Promise<Response> {
  const response = await within(PATIENCE_MS, 'POST', path, JSON.stringify(body));
  if (response.ok) return response;
  throw new Refused(response.status, (await response.json().catch(() => ({}))) as object);
}

/** @throws Offline also where nothing came in that time (ms) */
async function within(ms: number, method: string, path: string, body?: string): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  try {
    return await reach(method, path, body, stop.signal);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw new Offline();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const line: Line = {
  clock: () => Date.now(),
  async gunzip(bytes) {
    const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
    return await new Response(stream).text();
  },
  async pull(body: Pulling) {
    const response = await post('/api/sync/pull', body);
    return read(response.body!);
  },
};

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch {
    throw new Offline();
  } finally {
    reader.releaseLock();
  }
}

const carry: Carry = async (items) => {
  const verdicts = await knowing(() => uploaded(room!.phone.state.device, items)).catch((error: unknown) => {
    if (error instanceof Offline) lost();
    throw error;
  });
  soon();
  return verdicts;
};

/** Hands items to the server in one request. @throws Offline, Refused */
async function uploaded(device: string, items: readonly Item[]): Promise<CommandVerdict[]> {
  const body: Uploading = {
    device,
    app,
    words: WORDS,
    clock: Date.now(),
    commands: items.map((item) => JSON.stringify(sentOf(item, outbox.watch))),
  };
  const answer = await post('/api/sync/commands', body);
  return ((await answer.json()) as { verdicts: CommandVerdict[] }).verdicts;
}

/** Obeys where the phone was locked. */
async function knowing<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (error instanceof Refused && error.code === 'sync.device-locked') await lockOut();
    throw error;
  }
}

/** In words, for the list of phones: Android phone, Chrome. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /iPhone|iPad/.test(agent)
    ? '苹果手机'
    : /Android/.test(agent)
      ? '安卓手机'
      : /Windows/.test(agent)
        ? 'Windows 电脑'
        : /Mac/.test(agent)
          ? '苹果电脑'
          : 'Linux 电脑';
  const browser = /MicroMessenger/.test(agent)
    ? '微信'
    : /Edg\//.test(agent)
      ? 'Edge'
      : /Firefox/.test(agent)
        ? 'Firefox'
        : /Chrome/.test(agent)
          ? 'Chrome'
          : /Safari/.test(agent)
            ? 'Safari'
            : '';
  return [system, browser].filter((t) => t !== '').join(' ');
}

/** The order to forget: everything goes, then the server is told that it has gone. */
async function lockOut(): Promise<void> {
  const open = room;
  if (open === undefined) return;
  shut();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  others?.postMessage('locked');
  const { device } = open.phone.state;
  await open.phone.wipe().catch(() => undefined);
  await forgetAllOf(open.phone.state.official);
  say({ phase: 'locked', complete: false, households: 0 });
  await reach('POST', '/api/sync/standing', JSON.stringify({ device, wiped: true })).catch(() => undefined);
  await reach('DELETE', '/api/session', '{}').catch(() => undefined);
}

/** Nothing of an official's files stays on this device, nor in this page. */
async function forgetAllOf(official: string): Promise<void> {
  await outbox.forgetAll();
  openDrafts([], () => undefined);
  await destroyFiles(official).catch(() => undefined);
  localStorage.removeItem(LAST);
  localStorage.removeItem(`${DEVICE}:${official}`);
}

/** From here on this page answers nothing and asks nobody to sign in: that would tear the wiping off in its middle. */
function shut(): void {
  room = undefined;
  kept = undefined;
  answerHere({
    answer: () => undefined,
    keep: () => undefined,
    kept: async () => undefined,
    signedOut: async () => false,
  });
}

/** Another page of this room carries the order out; what this one holds in memory goes too. */
async function lockedElsewhere(): Promise<void> {
  if (room === undefined) return;
  shut();
  openDrafts([], () => undefined);
  await outbox.forgetAll();
  say({ phase: 'locked', complete: false, households: 0 });
}

/** Signs out: the key goes, and what was sealed with it is noise from then on. */
export async function leave(): Promise<void> {
  const open = room;
  room = undefined;
  answerHere(undefined);
  await outbox.forgetAll();
  openDrafts([], () => undefined);
  await open?.safe.destroy().catch(() => undefined);
  localStorage.removeItem(LAST);
}

async function sessionSoon(): Promise<Me | undefined> {
  const asking = (async () => {
    const response = await reach('GET', '/api/session', undefined);
    return response.ok ? ((await response.json()) as Me) : undefined;
  })().catch(() => undefined);
  return await Promise.race([
    asking,
    new Promise<undefined>((go) => setTimeout(() => go(undefined), SESSION_PATIENCE_MS)),
  ]);
}

let opening: Promise<void> | undefined;
/** Opens the room of whoever is signed in, or without a line of who was last. Called once. */
export const openRoom = (): Promise<void> => (opening ??= begin());

async function begin(): Promise<void> {
  const last = localStorage.getItem(LAST);
  if (last !== null) obeyUnopened(last);
  const asked = navigator.onLine || last === null ? await sessionSoon() : undefined;
  if (status.phase === 'locked') return;
  const official = asked?.official ?? last;
  if (official === null || official === undefined) {
    // Without a line and without anyone known there is nothing to show yet; the session is asked for again by the screen.
    say({ phase: 'closed', me: asked, online: false });
    return;
  }
  if (!canKeep()) return openWithout(asked, official);
  try {
    await openFor(official, asked);
  } catch (error) {
    if (statusNow().phase === 'locked') return;
    console.error(error);
    return openWithout(asked, official);
  }
}

/** Whether this device was locked; asked without a session, which locking ends. */
async function isOrderedToForget(device: string): Promise<boolean> {
  const answer = await fetch('/api/sync/standing', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device }),
  }).catch(() => undefined);
  return answer?.ok === true && ((await answer.json()) as { locked: boolean }).locked;
}

/**
 * A phone that was locked while its page was closed hears of it by the very first answer: its session is over. It wipes
 * itself before it asks anybody to sign in, or what it holds would stay for whoever has it.
 */
function obeyUnopened(official: string): void {
  const device = localStorage.getItem(`${DEVICE}:${official}`);
  if (device === null) return;
  answerHere({
    answer: () => undefined,
    keep: () => undefined,
    kept: async () => undefined,
    async signedOut() {
      if (!(await isOrderedToForget(device))) return true;
      if (room !== undefined) await lockOut();
      else {
        say({ phase: 'locked', complete: false, households: 0 });
        await forgetAllOf(official);
        await reach('POST', '/api/sync/standing', JSON.stringify({ device, wiped: true })).catch(() => undefined);
      }
      return false;
    },
  });
}

async function openFor(official: string, asked: Me | undefined): Promise<void> {
  const safe = await openSafe(official);
  const named = `${DEVICE}:${official}`;
  const device = localStorage.getItem(named) ?? newId();
  localStorage.setItem(named, device);
  localStorage.setItem(LAST, official);
  const phone = new Phone(safe, line, { device, official });
  const local = new Local(phone, outbox.all, (path) => kept?.get(path));
  local.online = () => status.online;
  await Promise.all([phone.open(), outbox.open(keepIn(safe), { carry, judge: local.judge }), beginDrafts(safe)]);
  // The order to forget came while it was being opened: nothing of it is shown.
  if (status.phase === 'locked') return await forgetAllOf(official);
  room = { safe, phone, local };
  await outbox.watch.open(safe, outbox.all(), phone.state);
  await expire();
  const held = (await keptIn(safe)).get(ME)?.answer as Me | undefined;
  const me = asked ?? held;
  if (asked !== undefined) void remember(ME, asked);
  outbox.onTrouble = onDiskTrouble;
  answerHere({
    answer: (address, params, query) =>
      address === 'GET /api/session' ? status.me : local.answer(address, params, query),
    keep(_address, path, answer) {
      if (!NOT_KEPT.test(path)) void remember(path, answer);
      // Any answer says that there is a line.
      if (!status.online) void contact();
    },
    async kept(address, path, params, query) {
      lost();
      if (NOT_KEPT.test(path)) return undefined;
      await keptIn(safe);
      return local.answer(address, params, query) ?? local.without(address, path, params);
    },
    async signedOut() {
      if (!(await isOrderedToForget(device))) return true;
      await lockOut();
      return false;
    },
  });
  stayOpen();
  if (me === undefined) return say({ phase: 'closed' });
  say({ me, phase: 'open', ...standing() });
  follow(official);
}

/** Where nothing can be kept safely, what is written lives in this page only, and the person is told so. */
function openWithout(me: Me | undefined, official: string): void {
  const device = newId();
  void outbox.open(
    { load: async () => [], save: async () => undefined },
    { carry: (items) => uploaded(device, items) },
  );
  addEventListener('online', () => void outbox.flush());
  setInterval(() => void outbox.flush(), AGAIN_MS);
  say({ me, phase: me === undefined && official !== '' ? 'opening' : 'closed' });
  addEventListener('beforeunload', (event) => {
    if (outbox.items().some((item) => item.state !== 'accepted')) event.preventDefault();
  });
}

const keepIn = (safe: Safe): Keep => ({
  async load() {
    return (await safe.read('item')).map(([, bytes]) => JSON.parse(decoder.decode(bytes)) as Item);
  },
  async save(items, gone) {
    const changes = [
      ...items.map((item) => ({ drawer: 'item' as const, key: item.id, bytes: text.encode(JSON.stringify(item)) })),
      ...gone.map((key) => ({ drawer: 'item' as const, key })),
    ];
    if (changes.length === 0) return;
    await safe.write(changes).catch(async (error: unknown) => {
      if (!isFull(error)) throw error;
      // Answers kept for later make room for what a person wrote: the server has those.
      await forgetKept(safe);
      await safe.write(changes);
    });
    if (status.full) say({ full: false });
    // A channel, not a window: it has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    others?.postMessage('items');
  },
});

async function beginDrafts(safe: Safe): Promise<void> {
  const begun = await safe.read('draft');
  let writing: Promise<unknown> = Promise.resolve();
  const latest = new Map<string, string | undefined>();
  openDrafts(
    begun.map(([name, bytes]) => [name, decoder.decode(bytes)] as const),
    (name, value) => {
      const under = latest.has(name);
      latest.set(name, value);
      if (under) return;
      // Keys come faster than the disk writes: the last word of each draft is what counts.
      writing = writing
        .then(() => {
          const now = latest.get(name);
          latest.delete(name);
          return safe.write([
            { drawer: 'draft', key: name, ...(now === undefined ? {} : { bytes: text.encode(now) }) },
          ]);
        })
        .catch(onDiskTrouble);
    },
  );
}

async function keptIn(safe: Safe): Promise<Map<string, Kept>> {
  if (kept !== undefined) return kept;
  const cells = await safe.read('kept');
  kept = new Map(
    cells.map(([path, bytes]) => {
      // What an older version kept was not counted: it knows of nothing that was learned, and is soon asked for anew.
      const cell = JSON.parse(decoder.decode(bytes)) as Omit<Kept, 'count'> & { readonly count?: number };
      return [path, { ...cell, count: cell.count ?? 0 }];
    }),
  );
  outbox.atLeast([...kept.values()].reduce((most, { count }) => Math.max(most, count), 0));
  const old = [...kept]
    .filter(([path]) => path !== ME)
    .toSorted(([, a], [, b]) => b.at - a.at)
    .slice(KEPT);
  for (const [path] of old) kept.delete(path);
  if (old.length > 0) void safe.write(old.map(([key]) => ({ drawer: 'kept', key })));
  return kept;
}

/** Answers kept for later go; whose room it is stays known, or what is unsent could not be shown. */
async function forgetKept(safe: Safe): Promise<void> {
  const spare = [...(await keptIn(safe)).keys()].filter((path) => path !== ME);
  for (const path of spare) kept?.delete(path);
  if (spare.length > 0) await safe.write(spare.map((key) => ({ drawer: 'kept', key })));
}

/** @param count this phone's own count when it was asked for */
async function remember(path: string, answer: unknown, count = outbox.count()): Promise<void> {
  if (room === undefined) return;
  const cell: Kept = { at: Date.now(), count, answer };
  const bytes = text.encode(JSON.stringify(cell));
  if (bytes.length > LARGEST_KEPT) return;
  (await keptIn(room.safe)).set(path, cell);
  await room.safe.write([{ drawer: 'kept', key: path, bytes }]).catch(onDiskTrouble);
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

function onDiskTrouble(error: unknown): void {
  console.error(error);
  say({ full: true });
}

/** Files whose phone had no contact for too long are removed; what is unsent stays, sealed, and waits. */
async function expire(): Promise<void> {
  const { phone, safe } = room!;
  const { contactAt, settings } = phone.state;
  const days = (settings?.policies['sync'] as { forgetDays?: number } | undefined)?.forgetDays;
  if (contactAt === undefined || days === undefined || phone.now() - contactAt < days * 86_400_000) return;
  await phone.forgetFiles();
  await forgetKept(safe);
  say({ expired: true });
}

const standing = (): Partial<Status> => {
  const { phone } = room!;
  clockIsAhead(phone.state.ahead);
  return {
    contactAt: phone.state.contactAt,
    complete: phone.complete,
    households: phone.store.size,
    warning: phone.state.warning,
    ahead: phone.state.ahead,
  };
};

/** A page that alone holds what was written asks before it is closed. */
function stayOpen(): void {
  addEventListener('beforeunload', (event) => {
    if (outbox.all().some(isUnkept)) event.preventDefault();
  });
}

let others: BroadcastChannel | undefined;

function follow(official: string): void {
  others = new BroadcastChannel(`minqing-${official}`);
  others.addEventListener('message', ({ data }) => void (data === 'locked' ? lockedElsewhere() : again()));
  addEventListener('online', look);
  addEventListener('offline', lost);
  document.addEventListener('visibilitychange', look);
  document.addEventListener('visibilitychange', watch);
  setInterval(watch, WATCH_MS);
  look();
}

/** Whether somebody sets this device's clock is seen only by who looks. */
const WATCH_MS = 60_000;
function watch(): void {
  outbox.watch.look();
  void outbox.watch.save();
}

const isSeen = (): boolean => document.visibilityState === 'visible';

let misses = 0;
let next: ReturnType<typeof setTimeout> | undefined;
/** Something says that now is a good moment: what waits goes at once. */
function look(): void {
  misses = 0;
  if (isSeen()) void contact();
}

/** The line broke off: it is looked for until it is there again. */
function lost(): void {
  outbox.online = false;
  if (!status.online) return;
  say({ online: false });
  misses = 0;
  plan();
}

/** When to look again. A page that nobody sees looks when it is seen. */
function plan(): void {
  clearTimeout(next);
  const pause = status.online ? AGAIN_MS : TRIES_MS[Math.min(misses, TRIES_MS.length - 1)];
  next = setTimeout(() => {
    if (!isSeen()) plan();
    else if (status.online) void contact();
    else void attempt();
  }, pause);
}

async function attempt(): Promise<void> {
  misses += 1;
  const isThere = await within(TRY_PATIENCE_MS, 'GET', '/api/session').then(
    () => true,
    () => false,
  );
  if (isThere) await contact();
  else plan();
}

/** Another page of this room wrote something: what it wrote is taken up. */
async function again(): Promise<void> {
  if (room === undefined) return;
  await Promise.all([room.phone.open(), outbox.reload()]);
  say(standing());
  changed();
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** A contact in a moment: something was accepted, and what followed from it should be seen. */
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void contact(), SOON_MS);
}

let running: Promise<void> | undefined;
/** Sends what waits and follows the server. One at a time in all pages of this room. */
export const contact = (): Promise<void> =>
  (running ??= locked(meet).finally(() => {
    running = undefined;
    if (room !== undefined) plan();
  }));

const locked = async (job: () => Promise<void>): Promise<void> => {
  if (navigator.locks === undefined) return await job();
  await navigator.locks.request(`minqing-contact`, job);
};

async function meet(): Promise<void> {
  if (room === undefined) return;
  say({ busy: true });
  try {
    await outbox.keepAgain();
    await outbox.flush();
    for (let more = true; more && room !== undefined;) more = await one();
    if (room === undefined) return;
    say({ online: true, ...standing() });
    outbox.online = true;
    await settleIn();
    void fetchAlong();
    // Sent again to a server that lost it, or written meanwhile.
    if (outbox.all().some((item) => item.state === 'stored' || item.state === 'sent')) await outbox.flush();
  } catch (error) {
    if (error instanceof Offline) lost();
    else if (!(error instanceof Refused)) onDiskTrouble(error);
  } finally {
    say({ busy: false, loading: undefined, ...(room === undefined ? {} : standing()) });
  }
}

async function one(): Promise<boolean> {
  const { safe, phone, local } = room!;
  const keyless = !(await safe.hasSecret());
  const told = await knowing(() =>
    followOnce(
      { phone, local, outbox },
      { app, name: deviceName(), persisted: status.persisted ?? false, ...(keyless ? { keyless } : {}) },
      (done, of) => {
        if (of > 200) say({ loading: { done, of } });
      },
    ),
  );
  if (told.secret !== undefined) await room?.safe.keepSecret(told.secret);
  if (told.restored) say({ restored: true });
  if (told.changed || told.confirmed.length > 0) {
    changed();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    others?.postMessage('files');
  }
  return told.more;
}

/** What the server would not give this official: not asked for again while the page is open. */
const denied = new Set<string>();
let fetching = false;
/** Asks, one after another, for the answers that a day without network needs and that are old or were never given. */
async function fetchAlong(): Promise<void> {
  if (fetching || room === undefined) return;
  fetching = true;
  try {
    const asked = new Set<string>();
    // Details follow from lists: a second look finds those of lists that have just come.
    for (const _ of [1, 2]) {
      await keptIn(room.safe);
      for (const { path, detail } of room.local.wanted()) {
        if (asked.has(path) || denied.has(path) || !isStale(kept?.get(path), detail, Date.now())) continue;
        asked.add(path);
        const count = outbox.count();
        const response = await reach('GET', path, undefined);
        if (response.ok) await remember(path, await response.json(), count);
        else if (response.status < 500) denied.add(path);
        if (room === undefined) return;
      }
    }
  } catch {
    // The line is gone again: what came is kept, the rest comes another time.
  } finally {
    fetching = false;
  }
}

/** After the first whole load: the browser is asked not to clear the storage by itself. */
async function settleIn(): Promise<void> {
  if (status.persisted !== undefined || navigator.storage?.persist === undefined) return;
  const persisted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
  say({ persisted });
}

/** The file of what waits here, to be carried to another phone or a desk; undefined when this phone was never known to the server. */
export async function rescueFile(): Promise<Blob | undefined> {
  if (room === undefined) return undefined;
  const { safe, phone } = room;
  const commands = outbox.all().flatMap((item) => (item.state === 'accepted' ? [] : [sentOf(item, outbox.watch)]));
  const box = await safe.sealRescue(
    JSON.stringify({ clock: Date.now(), app, words: WORDS, commands }),
    phone.state.device,
  );
  if (box === undefined) return undefined;
  const file = {
    format: 'minqing-rescue',
    version: 1,
    device: phone.state.device,
    made: new Date().toISOString(),
    ...box,
  };
  return new Blob([JSON.stringify(file)], { type: 'application/json' });
}

/** This phone's own name for itself, to know it in the list of phones. */
export const deviceHere = (): string | undefined => room?.phone.state.device;
