import { idOf } from '../ledger/ids.ts';
import type { Query } from '../ledger/record.ts';
import type { SignInSettings } from './model.ts';

const MINUTE_MS = 60_000;
/** Counts older than the longest time anyone looks back are of no use. */
const KEEP_MS = 60 * MINUTE_MS;

const minuteOf = (now: string): string => new Date(Math.floor(Date.parse(now) / MINUTE_MS) * MINUTE_MS).toISOString();

/** Adds one to a key's count of this minute, in one statement, whoever else is counting. */
async function count(query: Query, county: number, key: string, now: string): Promise<number> {
  const [row] = await query<{ n: number }>(
    'limit.count',
    `insert into limit_count (county, key, minute, n) values ($1, $2, $3, 1)
     on conflict (county, key, minute) do update set n = limit_count.n + 1 returning n`,
    [county, key, minuteOf(now)],
  );
  return row!.n;
}

let swept = '';

/**
 * Counts one request against a limit.
 * @returns false when the limit of this minute is used up
 */
export async function withinLimit(
  query: Query,
  county: number,
  key: string,
  perMinute: number,
  now: string,
): Promise<boolean> {
  const minute = minuteOf(now);
  if (swept !== minute) {
    swept = minute;
    const before = new Date(Date.parse(now) - KEEP_MS).toISOString();
    await query('limit.sweep', 'delete from limit_count where county = $1 and minute < $2', [county, before]);
  }
  return (await count(query, county, key, now)) <= perMinute;
}

/** Attempts at one account from one address. What was typed is not stored: it may be a password in the wrong field. */
const attemptKey = (login: string, address: string): string => `attempt ${idOf(login, address)}`;

/**
 * Takes up one attempt at a password. It is counted before the password is looked at, so that a hundred at
 * once are not a hundred free guesses; `forgive` gives it back after a right one.
 *
 * After `attempts` wrong ones the wait begins at a minute and doubles with each further one.
 * @returns minutes to wait, 0 when the password may be looked at
 */
export async function attempt(
  query: Query,
  county: number,
  login: string,
  address: string,
  now: string,
  settings: SignInSettings,
): Promise<number> {
  const key = attemptKey(login, address);
  const minute = minuteOf(now);
  const since = new Date(Date.parse(now) - settings.attemptMinutes * MINUTE_MS).toISOString();
  const current = (await count(query, county, key, now)) - 1;
  const [before] = await query<{ n: number; last: Date | string | null }>(
    'limit.attempts',
    `select coalesce(sum(n), 0)::int as n, max(minute) filter (where n > 0) as last
       from limit_count where county = $1 and key = $2 and minute >= $3 and minute < $4`,
    [county, key, since, minute],
  );
  const failures = current + before!.n;
  const last = current > 0 ? minute : before!.last;
  const wait = last === null ? 0 : waitMinutes(failures, Date.parse(now) - new Date(last).getTime(), settings);
  if (wait > 0) {
    // An attempt that was not let through must not lengthen the wait.
    await query(
      'limit.give-back',
      'update limit_count set n = n - 1 where county = $1 and key = $2 and minute = $3 and n > 0',
      [county, key, minute],
    );
  }
  return wait;
}

/** After a right password: the wrong ones before it were its owner's. */
export async function forgive(query: Query, county: number, login: string, address: string): Promise<void> {
  await query('limit.forgive', 'delete from limit_count where county = $1 and key = $2', [
    county,
    attemptKey(login, address),
  ]);
}

/**
 * Minutes still to wait after so many wrong passwords.
 * @param passedMs since the minute of the last one began
 */
function waitMinutes(failures: number, passedMs: number, { attempts, attemptMinutes }: SignInSettings): number {
  if (failures < attempts) return 0;
  const wait = Math.min(2 ** (failures - attempts), attemptMinutes - 1) + 1;
  return Math.max(0, Math.ceil(wait - passedMs / MINUTE_MS));
}
