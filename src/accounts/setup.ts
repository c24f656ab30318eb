import { z } from 'zod';
import type { Desk } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import type { Query } from '../ledger/record.ts';
import { Login, Password, accountStream } from './model.ts';
import { hashPassword, passwordFault } from './passwords.ts';
import { newToken, tokenHash } from './sessions.ts';
import { type SignedIn, begin } from './sign-in.ts';
import { anyAccount } from './tables.ts';

const LINK_MS = 24 * 3_600_000;
/** There is no county yet; keys still begin with one. */
const NO_COUNTY = 0;

export const Founding = z.object({
  county: z.object({
    /** 行政区划代码, GB/T 2260. */
    code: z
      .string()
      .trim()
      .regex(/^[1-9]\d{5}$/),
    name: z.string().trim().min(2).max(40),
    /** Two letters that begin every matter's number. */
    prefix: z
      .string()
      .trim()
      .toUpperCase()
      .pipe(z.string().regex(/^[A-Z]{2}$/)),
  }),
  administrator: z.object({ name: z.string().trim().min(2).max(40), login: Login, password: Password }),
});
export type Founding = z.output<typeof Founding>;

/**
 * Makes the county's area, a unit, and the first official with an administrator's post, and lets this process
 * serve the county from now on. Doing it again after a crash half-way must do no harm.
 * @returns the county's key and the official's id
 */
export type Found = (
  desk: Desk,
  founding: { county: Founding['county']; administrator: { name: string; login: string } },
) => Promise<{ county: number; official: string } | Refusal>;

/**
 * Makes the one link by which a fresh system is set up; earlier ones stop working.
 * @returns the link to print, or undefined when somebody can sign in already
 */
export async function createSetupLink(query: Query, publicUrl: string, now: string): Promise<string | undefined> {
  if (await anyAccount(query)) return undefined;
  const token = newToken();
  await query('setup.clear', 'delete from setup_link where county = $1', [NO_COUNTY]);
  await query('setup.link', 'insert into setup_link (county, hash, expires_at) values ($1, $2, $3)', [
    NO_COUNTY,
    tokenHash(token),
    new Date(Date.parse(now) + LINK_MS).toISOString(),
  ]);
  return `${publicUrl}/setup?token=${token}`;
}

/** Whether the link still opens the set-up; looking does not use it up. */
export async function setupOpen(query: Query, token: string, now: string): Promise<boolean> {
  const rows = await query(
    'setup.open',
    'select 1 from setup_link where county = $1 and hash = $2 and used_at is null and expires_at > $3',
    [NO_COUNTY, tokenHash(token), now],
  );
  return rows.length > 0;
}

/** The first set-up: founds the county and signs its administrator in. The link is used up by success only. */
export async function setUp(desk: Desk, found: Found, token: string, founding: Founding): Promise<SignedIn | Refusal> {
  const { query, now } = desk;
  const { county, administrator } = founding;
  const { name, login, password } = administrator;
  if (await anyAccount(query)) return refuse('setup.done');
  if (!(await setupOpen(query, token, now))) return refuse('setup.link');
  const fault = passwordFault(password, login);
  if (fault !== undefined) return refuse(fault, 'administrator.password');

  const claimed = await query(
    'setup.claim',
    'update setup_link set used_at = $3 where county = $1 and hash = $2 and used_at is null and expires_at > $3 returning 1',
    [NO_COUNTY, tokenHash(token), now],
  );
  if (claimed.length === 0) return refuse('setup.link');
  try {
    const founded = await foundWithAccount(desk, found, { county, administrator: { name, login } }, password);
    if (!isRefusal(founded))
      return await begin({ ...desk, county: founded.county }, accountStream(founded.official), founded.official);
    await release(query, token);
    return founded;
  } catch (error) {
    await release(query, token);
    throw error;
  }
}

const release = (query: Query, token: string): Promise<unknown[]> =>
  query('setup.release', 'update setup_link set used_at = null where county = $1 and hash = $2', [
    NO_COUNTY,
    tokenHash(token),
  ]);

async function foundWithAccount(
  desk: Desk,
  found: Found,
  founding: Parameters<Found>[1],
  password: string,
): Promise<{ county: number; official: string } | Refusal> {
  const founded = await found(desk, founding);
  if (isRefusal(founded)) return founded;
  const { county, official } = founded;
  const hash = await hashPassword(password);
  const verdict = await desk.ledger.execute({
    county,
    id: newId(),
    record: 'account',
    stream: accountStream(official),
    command: { kind: 'account.open', official, login: founding.administrator.login, hash, mustChange: false } as {
      kind: string;
    },
    at: desk.now,
    actor: 'system:set-up',
    permit: () => true,
  });
  return isRefusal(verdict) ? verdict : founded;
}
