import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isIP } from 'node:net';
import type { Desk } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { sha256 } from '../ledger/vault.ts';
import { type AccountState, type Passkey } from './model.ts';

/** A fifth of the server's start goes into reading this library, and most days nobody needs it. */
const webauthn = () => import('@simplewebauthn/server');

const CHALLENGE_MS = 5 * 60_000;
type Purpose = 'add' | 'sign-in';

/** Browsers give passkeys only to a name reached by HTTPS, or to this very machine. */
export function passkeysPossible(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return hostname === 'localhost' || (protocol === 'https:' && isIP(hostname.replace(/^\[|\]$/g, '')) === 0);
}

const site = ({ publicUrl }: Desk): { id: string; origin: string } => {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin };
};

/** What the browser needs to make a new passkey for this account. */
export async function additionOptions(
  desk: Desk,
  account: string,
  state: AccountState,
  officialName: string,
): Promise<PublicKeyCredentialCreationOptionsJSON | Refusal> {
  if (!passkeysPossible(desk.publicUrl)) return refuse('passkey.unavailable');
  const options = await (
    await webauthn()
  ).generateRegistrationOptions({
    rpName: '民情',
    rpID: site(desk).id,
    userName: state.login,
    userDisplayName: officialName,
    // The passkey gives this back at sign-in, so nobody has to type a login.
    userID: new Uint8Array(Buffer.from(account)),
    attestationType: 'none',
    excludeCredentials: state.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keep(desk, options.challenge, 'add', account);
  return options;
}

/** Checks a newly made passkey. @returns what to remember of it */
export async function checkAddition(
  desk: Desk,
  account: string,
  name: string,
  response: RegistrationResponseJSON,
): Promise<Passkey | Refusal> {
  const { id, origin } = site(desk);
  const verified = await orFailed(async () =>
    (await webauthn()).verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => take(desk, challenge, 'add', account),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    }),
  );
  if (isRefusal(verified)) return verified;
  if (!verified.verified) return refuse('passkey.failed');
  const { credential } = verified.registrationInfo;
  await noteUse(desk, credential.id, credential.counter);
  return {
    id: credential.id,
    key: Buffer.from(credential.publicKey).toString('base64url'),
    transports: credential.transports ?? [],
    name,
  };
}

/** What the browser needs to offer its passkeys. The same for everyone: it tells nothing about any account. */
export async function signInOptions(desk: Desk): Promise<PublicKeyCredentialRequestOptionsJSON | Refusal> {
  if (!passkeysPossible(desk.publicUrl)) return refuse('passkey.unavailable');
  const options = await (
    await webauthn()
  ).generateAuthenticationOptions({ rpID: site(desk).id, userVerification: 'required' });
  await keep(desk, options.challenge, 'sign-in', null);
  return options;
}

/** Checks a passkey's answer. @returns the account it belongs to and that account's official */
export async function checkSignIn(
  desk: Desk,
  response: AuthenticationResponseJSON,
): Promise<{ account: string; official: string } | Refusal> {
  const account = Buffer.from(response.response.userHandle ?? '', 'base64url').toString();
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(account)) return refuse('passkey.failed');
  const read = await orFailed(() => desk.ledger.read<AccountState>(desk.county, 'account', account));
  if (isRefusal(read)) return read;
  const { state } = read;
  const passkey = state.passkeys.find((p) => p.id === response.id);
  if (passkey === undefined) return refuse('passkey.failed');
  const { id, origin } = site(desk);
  const counter = await lastCounter(desk, passkey.id);
  const verified = await orFailed(async () =>
    (await webauthn()).verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => take(desk, challenge, 'sign-in', null),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: new Uint8Array(Buffer.from(passkey.key, 'base64url')), counter },
    }),
  );
  if (isRefusal(verified)) return verified;
  if (!verified.verified) return refuse('passkey.failed');
  await noteUse(desk, passkey.id, verified.authenticationInfo.newCounter);
  return { account, official: state.official };
}

/** The library throws at whatever does not fit; to the person it is one thing: it did not work. */
async function orFailed<T extends object>(check: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await check();
  } catch (error) {
    // A broken database is not a wrong passkey.
    if (error instanceof Error && 'severity' in error) throw error;
    return refuse('passkey.failed');
  }
}

async function keep(
  { query, county, now }: Desk,
  challenge: string,
  purpose: Purpose,
  account: string | null,
): Promise<void> {
  await query('passkey.sweep', 'delete from passkey_challenge where county = $1 and expires_at < $2', [county, now]);
  await query(
    'passkey.keep',
    'insert into passkey_challenge (county, hash, purpose, account, expires_at) values ($1, $2, $3, $4, $5)',
    [county, sha256(challenge), purpose, account, new Date(Date.parse(now) + CHALLENGE_MS).toISOString()],
  );
}

/** Takes a challenge back: true once, if it was ours, for this and not too old. */
async function take(
  { query, county, now }: Desk,
  challenge: string,
  purpose: Purpose,
  account: string | null,
): Promise<boolean> {
  const rows = await query(
    'passkey.take',
    `delete from passkey_challenge
      where county = $1 and hash = $2 and purpose = $3 and account is not distinct from $4::uuid and expires_at > $5 returning 1`,
    [county, sha256(challenge), purpose, account, now],
  );
  return rows.length > 0;
}

async function lastCounter({ query, county }: Desk, credential: string): Promise<number> {
  const [row] = await query<{ counter: string }>(
    'passkey.counter',
    'select counter from passkey_use where county = $1 and credential = $2',
    [county, credential],
  );
  return Number(row?.counter ?? 0);
}

async function noteUse({ query, county, now }: Desk, credential: string, counter: number): Promise<void> {
  await query(
    'passkey.use',
    `insert into passkey_use (county, credential, counter, used_at) values ($1, $2, $3, $4)
     on conflict (county, credential) do update
        set counter = greatest(passkey_use.counter, excluded.counter), used_at = excluded.used_at`,
    [county, credential, counter, now],
  );
}
