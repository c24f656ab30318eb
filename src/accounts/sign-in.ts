import type { Role } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { t } from './english.ts';
import { deviceInWords } from './device.ts';
import { attempt, forgive } from './limits.ts';
import { type AccountState, SESSION_COOKIE, type SignInSettings } from './model.ts';
import { hashPassword, passwordFault, verifyPassword } from './passwords.ts';
import { endSession, endSessions, openSession } from './sessions.ts';
import { accountByLogin } from './tables.ts';

/** Where the signed-in begin. */
export type Room = 'field' | 'desk';

export interface SignedIn {
  readonly official: string;
  readonly rooms: readonly Room[];
}

/** A refusal that must be waited out. */
export interface Wait extends Refusal {
  readonly minutes: number;
}

export const waitInWords = (minutes: number): string =>
  t('密码错的次数太多了。请过 {minutes} 分钟再试；忘记密码的话，请联系本单位管理员重置。', { minutes });

const settingsOf = (desk: Desk): SignInSettings => desk.policies.get<SignInSettings>('sign-in');

/** Officials outside work in the field room, all others at the desk; who is both begins at the desk. */
export const roomsOf = (roles: readonly Role[]): Room[] => [
  ...(roles.some((r) => r !== 'field') ? (['desk'] as const) : []),
  ...(roles.includes('field') ? (['field'] as const) : []),
];

/**
 * Signs in with a password. An unknown login and a wrong password get the same answer after the same work.
 * @param sent.next the password to take its place, asked for when the given one is good for one time only
 */
export async function signIn(
  desk: Desk,
  sent: { login: string; password: string; next?: string | undefined },
): Promise<SignedIn | Wait | Refusal> {
  const { query, county, address, now } = desk;
  const minutes = await attempt(query, county, sent.login, address, now, settingsOf(desk));
  if (minutes > 0) return { refused: 'limit.sign-in', minutes };

  const account = (await accountByLogin(query, county, sent.login)) ?? idOf('nobody', sent.login);
  const { state, version } = await desk.ledger.read<AccountState>(county, 'account', account);
  if (!(await verifyPassword(sent.password, state.hash)) || state.state !== 'open') return refuse('session.wrong');
  await forgive(query, county, sent.login, address);

  if (state.mustChange) {
    const changed = await replaceOneTime(desk, account, state, version, sent.password, sent.next);
    if (isRefusal(changed)) return changed;
  }
  return await begin(desk, account, state.official);
}

/** Opens a session for one who has proved who they are, and sets its cookie. */
export async function begin(desk: Desk, account: string, official: string): Promise<SignedIn | Refusal> {
  const roles = await rolesInForce(desk, official);
  if (roles.length === 0) return refuse('session.no-post');
  // Whoever signs in anew in this browser leaves nothing open behind.
  const before = desk.cookie(SESSION_COOKIE);
  if (before !== undefined) await endSession(desk.query, desk.county, before);
  const holder = { account, official, device: deviceInWords(desk.header('user-agent')), address: desk.address };
  const { token, maxAgeSeconds } = await openSession(desk.query, desk.county, holder, desk.now, settingsOf(desk));
  desk.setCookie(SESSION_COOKIE, token, maxAgeSeconds);
  return { official, rooms: roomsOf(roles) };
}

async function rolesInForce({ query, county, now }: Desk, official: string): Promise<Role[]> {
  const rows = await query<{ role: Role }>(
    'account.roles',
    `select distinct p.role from post p
       join official o on o.county = p.county and o.id = p.official and not o.retired
      where p.county = $1 and p.official = $2 and p.since <= ($3::timestamptz at time zone 'Asia/Shanghai')::date
        and (p.until is null or ($3::timestamptz at time zone 'Asia/Shanghai')::date < p.until)`,
    [county, official, now],
  );
  return rows.map((row) => row.role);
}

async function replaceOneTime(
  desk: Desk,
  account: string,
  state: AccountState,
  version: number,
  given: string,
  next: string | undefined,
): Promise<object | Refusal> {
  if (next === undefined || next === '') return refuse('account.must-change', 'next');
  if (next === given) return refuse('account.same-password', 'next');
  return await setPassword(desk, account, state, version, next, 'next');
}

/** Sets an official's own password, who has just given the old one, and ends what was open with the old one. */
export async function setPassword(
  desk: Desk,
  account: string,
  state: AccountState,
  version: number,
  password: string,
  field: string,
): Promise<object | Refusal> {
  const fault = passwordFault(password, state.login);
  if (fault !== undefined) return refuse(fault, field);
  const verdict = await desk.ledger.execute({
    county: desk.county,
    id: newId(),
    record: 'account',
    stream: account,
    command: { kind: 'account.set-password', hash: await hashPassword(password) } as { kind: string },
    at: desk.now,
    actor: state.official,
    // The old password was proved against this version; were it reset meanwhile, the proof is void.
    expected: version,
    // Whoever signs in is not yet an actor, but has proved to be this official.
    permit: (action, reach) => action === 'account.set-password' && reach.officials?.includes(state.official) === true,
  });
  if (isRefusal(verdict)) return verdict;
  await endSessions(desk.query, desk.county, account, desk.cookie(SESSION_COOKIE));
  return {};
}
