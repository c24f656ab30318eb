import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { z } from 'zod';
import { type Actor, actorName } from '../access/model.ts';
import { recordCarried } from '../access/readings.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { Queue } from '../contract/queue.ts';
import type { Desk } from '../contract/route.ts';
import type { Query } from '../ledger/record.ts';
import { Gathered } from '../ledger/gather.ts';
import { sealCounty } from '../ledger/seal.ts';
import { sha256 } from '../ledger/vault.ts';
import { END, frame, hexOf, idsIn } from './frames.ts';
import type { Cursor, Head, Looks, Pulling, Settings, SyncPolicy } from './model.ts';
import {
  type Carrying,
  type Reach,
  carryingOf,
  endOfChain,
  idsInReach,
  movedSince,
  noteOpened,
  packedPart,
  reachOf,
  standingOf,
  stands,
} from './tables.ts';

/** What the composition adds to a pull: things of other features that lists and deciders on the phone need. */
export interface Provisions {
  /** Policies the deciders and lists on the phone ask for. */
  readonly policies: readonly string[];
  /** Open matters of the official's places and their own, as read rows. */
  matters(desk: Desk): Promise<readonly Record<string, unknown>[]>;
  /** What else calls for a visit to some households today, in words. */
  looks(desk: Desk, households: readonly string[]): Promise<Omit<Looks, 'day'>>;
}

const pack = promisify(gzip);
/** The fastest level: at 5,000 households level 6 takes 110 ms more and saves 9 % (4 % of a slow line's time). */
const LEVEL = 3;
/** Households in one part: small enough that a broken line costs little, large enough that columns pack well. */
const PART = 500;
/** Parts made in one turn, side by side: on two cores a phone that comes alone has both in the time of one. */
const TOGETHER = 2;
/** Digits of an id in a list of many: lists of thousands stay one text from the database to the phone. */
const DIGITS = 32;

/**
 * One phone is worked for at a time in this process, with a breath before the next (ms), and while others wait it asks
 * the database one thing at a time: whoever works at a desk meanwhile shares two cores with that, not with fifty phones.
 * A village meeting takes hardly longer for it; a phone that comes alone is not held up.
 */
const phones = new Queue(() => 1, 10);
const questions = new Queue(() => (phones.wanted ? 1 : 2));
const unhurried =
  (query: Query): Query =>
  (name, sql, values) =>
    questions.take(() => query(name, sql, values));

/** A phone's contact in its turn; its later parts have turns of their own. What was written until now is sealed before. */
export async function inTurn<T>(desk: Desk, contact: () => Promise<T>): Promise<T> {
  await sealFor(desk);
  return await phones.take(contact);
}

/** What was just written should come back at once, not after the sealer's next round: one sealing serves all who wait. */
const seals = new WeakMap<Desk['pool'], Gathered<number, number>>();
function sealFor({ pool, county }: Desk): Promise<number> {
  const sealing =
    seals.get(pool) ??
    new Gathered<number, number>(async (counties) => {
      const done = new Map<number, number>();
      for (const one of new Set(counties)) done.set(one, await sealCounty(pool, one));
      return counties.map((one) => done.get(one)!);
    }, 1_000);
  seals.set(pool, sealing);
  return sealing.ask(county);
}

/**
 * What was made a moment ago for one phone serves the others of the same village: each piece by what decides its
 * content, the place in the sealed order among it. Whoever asks was checked before; who they are is in none of it.
 */
const held = new Map<string, { at: number; made: Promise<unknown> }>();
const HELD_MS = 10_000;
const HELD = 128;

async function shared<T>(decides: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const now = Date.now();
  for (const [key, kept] of held) if (now - kept.at > HELD_MS || held.size > HELD) held.delete(key);
  const key = sha256(JSON.stringify(decides)).toString('base64');
  const kept = held.get(key);
  if (kept !== undefined) return (await kept.made) as T;
  const made = make();
  held.set(key, { at: now, made });
  made.catch(() => held.delete(key));
  return await made;
}

/** What was packed is forgotten: for tests that write behind the sealer's back. */
export const forgetPacked = (): void => held.clear();

/** A county's moment: two houses in one process are two. */
const momentOf = ({ publicUrl, county }: Desk, seq: number): readonly unknown[] => [publicUrl, county, seq];

/** @param ids 32 digits each */
const partOf = (desk: Desk, ids: string, seq: number, since: string): Promise<Uint8Array> =>
  shared(['part', ...momentOf(desk, seq), since, ids], async () => {
    const text = await packedPart(desk.query, desk.county, idsIn(ids), since);
    return new Uint8Array(await pack(text, { level: LEVEL }));
  });

/** Every household of a reach: those of its places, the same for all who reach them, then the single ones beyond. */
async function allInReach(desk: Desk, reach: Reach, seq: number): Promise<string> {
  const { query, county } = desk;
  const { single, ...places } = reach;
  const within = await shared(['places', ...momentOf(desk, seq), places], () =>
    idsInReach(query, county, { ...places, single: [] }),
  );
  if (single.length === 0 || reach.everywhere) return within;
  const there = new Set(idsIn(within));
  const beyond = idsIn(await idsInReach(query, county, { everywhere: false, areas: [], own: [], single }));
  return within + hexOf(beyond.filter((id) => !there.has(id)));
}

async function settingsOf(
  desk: Desk,
  actor: Actor,
  bound: Settings['bound'],
  provisions: Provisions,
  seq: number,
): Promise<Settings> {
  const { query, county } = desk;
  const [row] = await shared(['names', ...momentOf(desk, seq)], () =>
    query<{ areas: Settings['areas']; units: Settings['units']; officials: Settings['officials'] }>(
      'sync.names',
      `select (select coalesce(json_object_agg(id, json_build_array(name, level, parent,
                case when not closed then pinyin end, case when not closed then initials end)), '{}') from area where county = $1) as areas,
              (select coalesce(json_object_agg(id, short_name), '{}') from unit where county = $1) as units,
              (select coalesce(json_object_agg(id, name), '{}') from official where county = $1) as officials`,
      [county],
    ),
  );
  return {
    actor,
    bound,
    policies: Object.fromEntries(provisions.policies.map((name) => [name, desk.policies.get(name)])),
    ...row!,
  };
}

const boundOf = ({ query, county }: Desk, { official, today }: Carrying) =>
  query<{ area: string | null; household: string | null }>(
    'sync.bound',
    `select area, household from assignment
      where county = $1 and official = $2 and since <= $3::date and (until is null or until >= $3::date)
        and kind in ('village', 'household') order by area, household`,
    [county, official, today],
  );

/** Records whose change alters names, places or standing of everyone. */
const WIDE = new Set(['area', 'official', 'unit', 'policy', 'assignment']);

/**
 * One contact of a phone, in its turn: it says how far it has followed and what it lacks; it is told where the order ends
 * now, what to forget, and gets every household that changed or is lacking, part by part.
 */
export async function pull(
  given: Pulled,
  asked: Asked,
  provisions: Provisions,
  secret: string | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const desk: Pulled = { ...given, query: unhurried(given.query) };
  const day = dayOf(desk.now);
  const since = addDays(day, -desk.policies.get<SyncPolicy>('sync').historyDays);
  const partsFrom = async ({ coming, cursor }: Going, from: number): Promise<Uint8Array[]> => {
    const ids = coming.slice(from * DIGITS, (from + PART * TOGETHER) * DIGITS);
    const parts = Array.from({ length: Math.ceil(ids.length / (PART * DIGITS)) }, (_, i) =>
      partOf(desk, ids.slice(i * PART * DIGITS, (i + 1) * PART * DIGITS), cursor.seq, since),
    );
    const carried = recordCarried(desk, { device: asked.device, day }, { name: ids, subjects: () => idsIn(ids) });
    const [made] = await Promise.all([Promise.all(parts), carried]);
    return made;
  };
  const going = await goingOf(desk, asked);
  // The first files are packed while the head is put together; who waits for them hears of what failed.
  const first = going.coming === '' ? undefined : partsFrom(going, 0);
  first?.catch(() => undefined);
  const head = await headOf(desk, asked, going, provisions, secret);
  let at = -1;
  return new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        if (at < 0) {
          at = 0;
          return stream.enqueue(frame(new Uint8Array(await pack(JSON.stringify(head), { level: LEVEL }))));
        }
        if (at * DIGITS >= going.coming.length) {
          stream.enqueue(END);
          return stream.close();
        }
        const from = at;
        at += PART * TOGETHER;
        const parts = await (from === 0 ? first! : phones.take(() => partsFrom(going, from), 'first'));
        for (const part of parts) stream.enqueue(frame(part));
      },
    },
    { highWaterMark: 2 },
  );
}

type Pulled = Desk & { readonly actor: Extract<Actor, { kind: 'official' }> };
type Asked = z.output<typeof Pulling>;

/** How far a phone has followed, and what comes to it. */
interface Going {
  readonly restored: boolean;
  readonly cursor: Cursor;
  readonly more: boolean;
  /** Nothing it holds can be built on: all that it is told comes anew. */
  readonly anew: boolean;
  readonly areasMoved: boolean;
  readonly mattersMoved: boolean;
  readonly bound: Settings['bound'];
  readonly reach: Reach;
  readonly scope: string;
  readonly warning: Head['warning'];
  /** Every household it may carry, where that is told; 32 digits each. */
  readonly all: string | undefined;
  /** Households whose files it gets now; 32 digits each. */
  readonly coming: string;
  /** Households that moved or are lacking; what of them does not come is to be forgotten. */
  readonly candidates: readonly string[];
}

async function goingOf(desk: Pulled, asked: Asked): Promise<Going> {
  const { query, county, now, actor } = desk;
  const policy = desk.policies.get<SyncPolicy>('sync');
  const past = asked.cursor;
  const same = past !== undefined && (await stands(query, county, past));
  const moved = same ? await movedSince(query, county, past.seq) : undefined;
  const end = moved ?? (await endOfChain(query, county));
  const cursor = { seq: end.seq, hash: moved !== undefined && moved.hash === '' ? past!.hash : end.hash };

  let carrying = carryingOf(actor, actor.id, dayOf(now));
  const [wide, bound] = await Promise.all([reachSize(desk, carrying, cursor.seq), boundOf(desk, carrying)]);
  const ownOnly = wide > policy.mostHouseholds;
  if (ownOnly) carrying = { ...carrying, ownOnly };
  const scope = sha256(JSON.stringify([carrying.scope, carrying.ownOnly, bound, actor.standings])).toString(
    'base64url',
  );

  const anew = !same || asked.scope !== scope;
  const areasMoved = moved?.records.some((r) => WIDE.has(r)) ?? false;
  const reach = await reachOf(query, county, carrying);
  const all = anew || areasMoved ? await allInReach(desk, reach, cursor.seq) : undefined;
  // A first load brings everything; afterwards what moved and what the phone says it lacks, as far as it may have it.
  const candidates = same ? [...new Set([...moved!.households, ...idsIn(asked.want ?? '')])] : [];
  const coming = same ? (candidates.length === 0 ? '' : await idsInReach(query, county, reach, candidates)) : all!;
  return {
    restored: past !== undefined && !same,
    cursor,
    more: moved?.more ?? false,
    anew,
    areasMoved,
    mattersMoved: moved?.records.includes('matter') ?? true,
    bound,
    reach,
    scope,
    warning: ownOnly ? 'own-only' : wide > policy.manyHouseholds ? 'many' : undefined,
    all,
    coming,
    candidates,
  };
}

/** What a contact begins with. */
async function headOf(
  desk: Pulled,
  asked: Asked,
  going: Going,
  provisions: Provisions,
  secret: string | undefined,
): Promise<Head> {
  const { query, county, now, actor } = desk;
  const { anew, cursor, reach, coming } = going;
  const today = dayOf(now);
  const may = going.candidates.length === 0 ? new Set<string>() : new Set(idsIn(coming));
  // What calls for a visit follows from anything that happens, and from the day itself.
  const looking = anew || asked.day !== today || cursor.seq !== asked.cursor?.seq;
  const [{ confirmed, unknown }, settings, matters, looks] = await Promise.all([
    standingOf(query, county, asked.confirm, cursor.seq),
    anew || going.areasMoved ? settingsOf(desk, actor, going.bound, provisions, cursor.seq) : undefined,
    anew || going.mattersMoved ? provisions.matters(desk) : undefined,
    looking ? looksOf(desk, today, reach, provisions, cursor.seq) : undefined,
    asked.read.length === 0
      ? undefined
      : noteOpened(query, county, { reader: actorName(actor), device: asked.device }, asked.read),
  ]);
  return {
    now: new Date().toISOString(),
    ...(secret === undefined ? {} : { secret }),
    ...(going.restored ? { restored: true } : {}),
    cursor,
    more: going.more,
    scope: going.scope,
    ...(going.all === undefined ? {} : { ids: going.all }),
    coming: coming.length / DIGITS,
    forget: hexOf(going.candidates.filter((id) => !may.has(id))),
    confirmed,
    unknown,
    ...(settings === undefined ? {} : { settings }),
    ...(matters === undefined ? {} : { matters }),
    ...(looks === undefined ? {} : { looks }),
    ...(going.warning === undefined ? {} : { warning: going.warning }),
  };
}

/** Of the households the official answers for in person: those of today's list. */
async function looksOf(desk: Desk, day: string, reach: Reach, provisions: Provisions, seq: number): Promise<Looks> {
  const own = await allInReach(desk, { ...reach, everywhere: false, areas: [] }, seq);
  return { day, ...(await provisions.looks(desk, idsIn(own))) };
}

/** How many households the whole scope has, counted once for all who have the same. */
async function reachSize(desk: Desk, { scope }: Carrying, seq: number): Promise<number> {
  if (!scope.all && scope.areas.length === 0) return 0;
  return await shared(['size', ...momentOf(desk, seq), scope.all, scope.areas.toSorted()], async () => {
    const [row] = await desk.query<{ n: number }>(
      'sync.size',
      `select count(*)::int as n from household where county = $1 and not moved
         and ($2 or county_area = any($3::uuid[]) or township = any($3::uuid[]) or village = any($3::uuid[]) or grid = any($3::uuid[]))`,
      [desk.county, scope.all, scope.areas],
    );
    return row!.n;
  });
}
