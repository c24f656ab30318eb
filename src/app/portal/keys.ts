import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { withinLimit } from '../../accounts/limits.ts';
import type { Desk } from '../../contract/route.ts';
import type { Recorded } from '../../ledger/decider.ts';
import { idOf } from '../../ledger/ids.ts';
import { readMatter } from '../../matters/api.ts';
import type { MatterEvent, MatterState } from '../../matters/model.ts';
import { readNumber } from '../../matters/number.ts';

/** How long a phone that showed the right code may go on without it. */
const OPEN_S = 2 * 3_600;
const TRIES_PER_HOUR = 10;

/** A number in an address; empty when it cannot be one. */
export const Named = z.object({
  number: z
    .string()
    .max(40)
    .transform((typed) => readNumber(typed) ?? '')
    .catch(''),
});

export interface Opened {
  readonly id: string;
  readonly state: MatterState;
  readonly events: readonly Recorded<MatterEvent>[];
  /** The desk as the resident who holds this matter's key sits at it. */
  readonly theirs: Desk;
}

/** Counts one act of this address; false when the minute's are used up. What is refused this way is told on a page. */
export const withinMinute = (desk: Desk, what: string, perMinute: number): Promise<boolean> =>
  withinLimit(desk.query, desk.county, `${what} ${desk.address}`, perMinute, desk.now);

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const cookieName = (number: string): string => `matter-${number}`;
const signature = (desk: Desk, number: string, since: number): string =>
  desk.vault.fingerprint(`portal ${number} ${since}`);

/** Lets this phone see the matter for two hours, without the code in any address. */
export function letIn(desk: Desk, number: string): void {
  const since = Date.parse(desk.now);
  desk.setCookie(cookieName(number), `${since}.${signature(desk, number, since)}`, OPEN_S);
}

export const leave = (desk: Desk, number: string): void => desk.setCookie(cookieName(number), undefined);

export function isLetIn(desk: Desk, number: string): boolean {
  const [since = '', mark = ''] = (desk.cookie(cookieName(number)) ?? '').split('.');
  const age = Date.parse(desk.now) - Number(since);
  return (
    /^\d{13}$/.test(since) && age >= 0 && age < OPEN_S * 1_000 && same(mark, signature(desk, number, Number(since)))
  );
}

/** The matter of a number, for someone already known to hold its key. */
export async function openMatter(desk: Desk, number: string): Promise<Opened | undefined> {
  const [row] = await desk.query<{ id: string }>(
    'portal.by-number',
    'select id from matter where county = $1 and number = $2',
    [desk.county, number],
  );
  const found = row === undefined ? undefined : await readMatter(desk, row.id);
  if (row === undefined || found === undefined) return undefined;
  return { id: row.id, ...found, theirs: { ...desk, actor: { kind: 'resident', record: number } } };
}

const triesKey = (number: string): string => `portal code ${idOf(number)}`;

/**
 * Takes up one try at a number's code before the code is looked at, so that a hundred at once are no hundred guesses.
 * Numbers that do not exist are counted alike: a limit must not tell which do.
 * @returns false when the hour's tries are used up
 */
async function mayTry(desk: Desk, number: string): Promise<boolean> {
  const key = triesKey(number);
  if (!(await withinLimit(desk.query, desk.county, key, TRIES_PER_HOUR, desk.now))) return false;
  const [tried] = await desk.query<{ n: number }>(
    'portal.tries',
    `select coalesce(sum(n), 0)::int as n from limit_count
      where county = $1 and key = $2 and minute > $3::timestamptz - interval '1 hour'`,
    [desk.county, key, desk.now],
  );
  return (tried?.n ?? 0) <= TRIES_PER_HOUR;
}

/** Opens a matter by number and code. Wrong number and wrong code answer alike. */
export const tryCode = (desk: Desk, number: string, code: string): Promise<'opened' | 'wrong' | 'too-many'> =>
  tryKey(desk, number, code, async () => (await openMatter(desk, number))?.state.told?.code);

/**
 * Opens whatever has a number and a code, with the same limits for each.
 * @param codeOf the right code, looked up once a try was granted; undefined where there is nothing of that number
 */
export async function tryKey(
  desk: Desk,
  number: string,
  code: string,
  codeOf: () => Promise<string | undefined>,
): Promise<'opened' | 'wrong' | 'too-many'> {
  if (!(await mayTry(desk, number))) return 'too-many';
  const right = await codeOf();
  if (right === undefined || !same(right, code)) return 'wrong';
  await desk.query('portal.forgive', 'delete from limit_count where county = $1 and key = $2', [
    desk.county,
    triesKey(number),
  ]);
  letIn(desk, number);
  return 'opened';
}
