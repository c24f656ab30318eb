import { randomBytes } from 'node:crypto';
import { type Actor, Role, type Standing } from '../access/model.ts';
import { newId } from '../ledger/ids.ts';
import type { Policies, Query } from '../ledger/record.ts';
import { sha256 } from '../ledger/vault.ts';
import type { SignInSettings } from './model.ts';

const TOKEN_BYTES = 32;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Use is noted at most once in this time: a busy page must not turn every read into a write. */
const RENEWAL_MS = 60_000;
/** How long a process may go on with whom it found, until other processes' sign-outs and new posts arrive. */
const FRESH_MS = 2_000;
const MOST_HELD = 10_000;

const ANYONE: Actor = { kind: 'anyone' };

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
export const tokenHash = (token: string): Buffer => sha256(token);

const held = new Map<string, { readonly at: number; readonly actor: Promise<Actor> }>();
const forget = (hashes: readonly Buffer[]): void => hashes.forEach((hash) => held.delete(hash.toString('hex')));

export type Identify = (token: string | undefined, now: string) => Promise<Actor>;

/**
 * Makes the function that says who holds a session token. Ended, idle and unknown sessions are anyone's.
 * @param county asked anew each time, for it is not known before the first set-up
 */
export function identifier(setup: {
  readonly query: Query;
  readonly county: () => number;
  readonly policies: (county: number) => Promise<Policies>;
}): Identify {
  return async (token, now) => {
    if (token === undefined || token.length > 64) return ANYONE;
    const hash = tokenHash(token);
    const key = hash.toString('hex');
    const at = Date.parse(now);
    const kept = held.get(key);
    if (kept !== undefined && Math.abs(at - kept.at) < FRESH_MS) return await kept.actor;

    const county = setup.county();
    const actor = setup
      .policies(county)
      .then((p) => find(setup.query, county, hash, now, p.get<SignInSettings>('sign-in')));
    if (held.size >= MOST_HELD) held.clear();
    held.set(key, { at, actor });
    actor.catch(() => held.delete(key));
    return await actor;
  };
}

interface Found {
  readonly official: string;
  readonly name: string;
  readonly seen_at: Date | string;
  readonly posts: readonly { role: string; unit: string; area: string | null; unit_area: string | null }[];
  readonly assigned: readonly string[];
  /** Matters that complain of them. */
  readonly apart: readonly string[];
  /** The county's own area. */
  readonly whole: readonly string[];
}

/** Posts and assignments in force on this day. */
const HELD_BY = (official: string): string => `
         (select coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'unit', p.unit, 'area', p.area, 'unit_area', u.area)
                                    order by p.place), '[]')
            from post p left join unit u on u.county = p.county and u.id = p.unit
           where p.county = $1 and p.official = ${official}
             and p.since <= d.day and (p.until is null or d.day < p.until)) as posts,
         array(select distinct a.area from assignment a
                where a.county = $1 and a.official = ${official} and a.area is not null
                  and a.since <= d.day and (a.until is null or d.day < a.until))::text[] as assigned,
         array(select m.id from matter m where m.county = $1 and m.about @> array[${official}])::text[] as apart,
         array(select w.id from area w where w.county = $1 and w.level = 'county' and not w.closed)::text[] as whole`;

/** Session → open account → official in service → posts and assignments. */
const FIND = `
  select s.official, o.name, s.seen_at, ${HELD_BY('s.official')}
    from session s
    join account c on c.county = s.county and c.id = s.account and c.state = 'open'
    join official o on o.county = s.county and o.id = s.official and not o.retired
   cross join (select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day) d
   where s.county = $1 and s.token_hash = $2 and s.expires_at > $3 and s.seen_at > $4`;

async function find(query: Query, county: number, hash: Buffer, now: string, settings: SignInSettings): Promise<Actor> {
  const idleSince = new Date(Date.parse(now) - settings.idleHours * HOUR_MS).toISOString();
  const [found] = await query<Found>('session.identify', FIND, [county, hash, now, idleSince]);
  if (found === undefined) return ANYONE;
  if (Date.parse(now) - new Date(found.seen_at).getTime() >= RENEWAL_MS) {
    await query(
      'session.renew',
      'update session set seen_at = $3 where county = $1 and token_hash = $2 and seen_at < $3',
      [county, hash, now],
    );
  }
  return asActor(found);
}

const asActor = (found: Omit<Found, 'seen_at'>): Actor => ({
  kind: 'official',
  id: found.official,
  name: found.name,
  standings: found.posts.flatMap((p) => standingOf(p, found)),
  ...(found.apart.length === 0 ? {} : { apart: found.apart }),
});

/** An official in service with an open account, as they stand on this day; undefined when there is none such. */
export async function actorOf(query: Query, county: number, official: string, now: string): Promise<Actor | undefined> {
  const [found] = await query<Omit<Found, 'seen_at'>>(
    'session.actor',
    `select o.id as official, o.name, ${HELD_BY('o.id')}
       from official o
      cross join (select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day) d
      where o.county = $1 and o.id = $2 and not o.retired
        and exists (select from account c where c.county = $1 and c.official = o.id and c.state = 'open')`,
    [county, official, now],
  );
  return found === undefined ? undefined : asActor(found);
}

/**
 * A field official reaches what is assigned to them in person, and their unit's whole area only if the post says so;
 * every other post reaches its own area, else its unit's. One for the whole county reaches every record in it, also those
 * whose place is not known.
 */
function standingOf(post: Found['posts'][number], { assigned, whole }: Pick<Found, 'assigned' | 'whole'>): Standing[] {
  const role = Role.safeParse(post.role);
  if (!role.success) return [];
  const own = role.data === 'field' ? post.area : (post.area ?? post.unit_area);
  const areas = [...(own === null ? [] : [own]), ...(role.data === 'field' ? assigned : [])];
  const everywhere = areas.some((area) => whole.includes(area)) ? { everywhere: true } : {};
  return [{ role: role.data, unit: post.unit, areas: [...new Set(areas)], ...everywhere }];
}

/**
 * Opens a session.
 * @param device in words
 * @returns the token for the cookie, which is stored nowhere, and how long the cookie may live
 */
export async function openSession(
  query: Query,
  county: number,
  holder: { account: string; official: string; device: string; address: string },
  now: string,
  settings: SignInSettings,
): Promise<{ token: string; maxAgeSeconds: number }> {
  const token = newToken();
  const lifeMs = settings.sessionDays * DAY_MS;
  const expires = new Date(Date.parse(now) + lifeMs).toISOString();
  await sweep(query, county, now);
  await query(
    'session.open',
    `insert into session (county, token_hash, id, account, official, opened_at, seen_at, expires_at, device, address)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)`,
    [county, tokenHash(token), newId(), holder.account, holder.official, now, expires, holder.device, holder.address],
  );
  return { token, maxAgeSeconds: lifeMs / 1000 };
}

/** Expired sessions open nothing, but what is of no use is not kept. */
const sweep = (query: Query, county: number, now: string): Promise<unknown[]> =>
  query('session.sweep', 'delete from session where county = $1 and expires_at < $2', [county, now]);

export interface OpenSession {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly opened_at: Date | string;
  readonly seen_at: Date | string;
  readonly current: boolean;
}

/** The official's sessions that still open something, the one asked with first, then by last use. */
export const sessionsOf = (
  query: Query,
  county: number,
  official: string,
  token: string | undefined,
  now: string,
  { idleHours }: SignInSettings,
): Promise<OpenSession[]> =>
  query<OpenSession>(
    'session.list',
    `select id, device, address, opened_at, seen_at, token_hash = $3 as current from session
      where county = $1 and official = $2 and expires_at > $4 and seen_at > $4::timestamptz - make_interval(hours => $5)
      order by current desc, seen_at desc, id`,
    [county, official, tokenHash(token ?? ''), now, idleHours],
  );

const ended = async (rows: Promise<{ token_hash: Buffer }[]>): Promise<number> => {
  const hashes = (await rows).map((row) => row.token_hash);
  forget(hashes);
  return hashes.length;
};

/** Ends the session of this token. In this process it is over at once, in others within two seconds. */
export async function endSession(query: Query, county: number, token: string): Promise<void> {
  await endSessionOfHash(query, county, tokenHash(token));
}

/** Ends the session of this token's hash, where one is open. */
export async function endSessionOfHash(query: Query, county: number, hash: Buffer): Promise<void> {
  await query('session.end', 'delete from session where county = $1 and token_hash = $2', [county, hash]);
  forget([hash]);
}

/** Ends one of the official's own sessions. @returns false when there is none of that id */
export const endSessionOf = async (query: Query, county: number, official: string, id: string): Promise<boolean> =>
  (await ended(
    query(
      'session.end-own',
      'delete from session where county = $1 and official = $2 and id = $3 returning token_hash',
      [county, official, id],
    ),
  )) > 0;

/** Ends all sessions of an account, or all but the one asked with. @returns how many */
export const endSessions = (query: Query, county: number, account: string, butToken?: string): Promise<number> =>
  ended(
    query(
      'session.end-all',
      'delete from session where county = $1 and account = $2 and token_hash <> $3 returning token_hash',
      [county, account, tokenHash(butToken ?? '')],
    ),
  );
