import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import { z } from 'zod';
import { Login } from '../accounts/model.ts';
import { ownPage } from '../accounts/pages.ts';
import { begin } from '../accounts/sign-in.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../contract/route.ts';
import { isRefusal } from '../ledger/decider.ts';
import { languageTag, sayingBy } from '../language/saying.ts';
import type { OidcSettings } from './model.ts';

/**
 * Sign-in with the county's own identity provider: OpenID Connect, authorization code with PKCE, state and nonce.
 * The provider says who it is; which account that is, and what it may do, stays this system's affair.
 */

const OFF = '这里没有开通统一身份认证登录，请用登录名和密码。';
const AWAY = '认证服务器没有正常回应，请稍后再试，或者用登录名和密码登录。';
const STALE = '这次登录已经过期，或者不是在这个浏览器里开始的。请回到登录页重新开始。';
const UNKNOWN = '认证通过了，但您在本系统里没有开通的账号，或者没有在任的岗位。请联系本单位管理员。';
const t = sayingBy({
  没有登录成功: 'You are not signed in',
  回到登录页: 'Back to sign-in',
  [OFF]:
    'Signing in through the county’s identity provider is not set up here. Please use your login name and password.',
  [AWAY]: 'The identity provider did not answer properly. Try again later, or use your login name and password.',
  [STALE]: 'This sign-in is too old, or was not begun in this browser. Please begin again on the sign-in page.',
  [UNKNOWN]:
    'You were identified, but you have no open account here, or hold no post at present. Please ask your unit’s administrator.',
});

const BACK = '/sign-in/oidc/callback';
const COOKIE = 'mq-oidc';
const MINUTES = 10;
const FRESH_MS = 10 * 60_000;

/** What must come back unchanged, kept encrypted with the browser that left. */
const Journey = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string().nullable(),
  until: z.string(),
});
type Journey = z.infer<typeof Journey>;

const held = new Map<string, { readonly at: number; readonly found: Promise<client.Configuration> }>();

/** The provider's own description of itself, asked for at most every ten minutes. */
function providerOf(
  { issuer, clientId, insecure }: OidcSettings & { issuer: string },
  now: string,
): Promise<client.Configuration> {
  const secret = process.env['OIDC_CLIENT_SECRET'] ?? '';
  const key = JSON.stringify([issuer, clientId, insecure]);
  const kept = held.get(key);
  const at = Date.parse(now);
  if (kept !== undefined && at - kept.at < FRESH_MS) return kept.found;
  const found = client.discovery(
    new URL(issuer),
    clientId,
    undefined,
    secret === '' ? client.None() : client.ClientSecretPost(secret),
    {
      // The ID token's signature is verified also where TLS already vouches for who sent it.
      execute: [client.enableNonRepudiationChecks, ...(insecure ? [client.allowInsecureRequests] : [])],
      timeout: 10,
    },
  );
  held.set(key, { at, found });
  found.catch(() => held.delete(key));
  return found;
}

const settingsOf = (desk: Desk): (OidcSettings & { issuer: string }) | undefined => {
  const settings = desk.policies.get<OidcSettings>('oidc');
  return settings.issuer === null ? undefined : { ...settings, issuer: settings.issuer };
};

const backUrl = (desk: Desk): URL => new URL(BACK, desk.publicUrl);

const goTo = (location: string): Raw =>
  raw('text/html; charset=utf-8', '', { status: 303, headers: { location, 'cache-control': 'no-store' } });

/** A page that says why it did not work and leads back. */
const sorry = (message: Parameters<typeof t>[0], status: 401 | 404 = 401, number?: string): Raw =>
  raw(
    'text/html; charset=utf-8',
    `<!doctype html><html lang="${languageTag()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t('没有登录成功')}</title>
<style>body{font:17px/1.7 system-ui,sans-serif;max-width:30em;margin:15vh auto;padding:0 20px}</style></head><body><h1>${t('没有登录成功')}</h1><p>${t(message)}${number === undefined ? '' : ` (${number})`}</p><p><a href="/sign-in">${t('回到登录页')}</a></p></body></html>`,
    { status, headers: { 'cache-control': 'no-store' } },
  );

async function leave(desk: Desk, to: string | undefined): Promise<Raw> {
  const settings = settingsOf(desk);
  if (settings === undefined) return sorry(OFF, 404);
  let provider: client.Configuration;
  try {
    provider = await providerOf(settings, desk.now);
  } catch (error) {
    return failed(error, AWAY);
  }
  const journey: Journey = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    to: ownPage(to) ?? null,
    until: new Date(Date.parse(desk.now) + MINUTES * 60_000).toISOString(),
  };
  desk.setCookie(COOKIE, desk.vault.seal(journey).toString('base64url'), MINUTES * 60);
  const away = client.buildAuthorizationUrl(provider, {
    redirect_uri: backUrl(desk).href,
    scope: 'openid profile email',
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  });
  return goTo(away.href);
}

async function comeBack(desk: Desk, query: Readonly<Record<string, string>>): Promise<Raw> {
  const settings = settingsOf(desk);
  if (settings === undefined) return sorry(OFF, 404);
  const journey = journeyOf(desk);
  // One answer for one departure.
  desk.setCookie(COOKIE, undefined);
  if (journey === undefined || journey.until < desk.now) return sorry(STALE);
  const url = backUrl(desk);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  let claims: Record<string, unknown> | undefined;
  try {
    const tokens = await client.authorizationCodeGrant(await providerOf(settings, desk.now), url, {
      pkceCodeVerifier: journey.verifier,
      expectedState: journey.state,
      expectedNonce: journey.nonce,
      idTokenExpected: true,
    });
    claims = tokens.claims();
  } catch (error) {
    return failed(error, AWAY);
  }
  const login = Login.safeParse(claims?.[settings.loginClaim]);
  const account = login.success ? await accountOf(desk, login.data) : undefined;
  if (account === undefined) return sorry(UNKNOWN);
  const signedIn = await begin(desk, account.id, account.official);
  return isRefusal(signedIn) ? sorry(UNKNOWN) : goTo(journey.to ?? `/${signedIn.rooms[0] ?? 'desk'}`);
}

function journeyOf(desk: Desk): Journey | undefined {
  try {
    return Journey.parse(desk.vault.open(Buffer.from(desk.cookie(COOKIE) ?? '', 'base64url')));
  } catch {
    return undefined;
  }
}

/** The reason goes to the log with a number; the page tells the number, never what the provider said. */
function failed(error: unknown, message: Parameters<typeof t>[0]): Raw {
  const number = randomBytes(4).toString('hex');
  const { name, message: reason, cause } = error as Error;
  console.error(
    JSON.stringify({
      level: 'warning',
      number,
      what: 'oidc',
      name,
      reason,
      cause: cause instanceof Error ? cause.message : undefined,
    }),
  );
  return sorry(message, 401, number);
}

async function accountOf(
  { query, county }: Desk,
  login: string,
): Promise<{ id: string; official: string } | undefined> {
  const [account] = await query<{ id: string; official: string }>(
    'oidc.account',
    `select id, official from account where county = $1 and login = $2 and state = 'open'`,
    [county, login],
  );
  return account;
}

export const oidcRoutes = {
  'GET /sign-in/oidc': route({
    action: 'session.open',
    summary: 'Sign in with the county’s identity provider: leads there',
    perMinute: 60,
    query: z.object({ to: z.string().max(500).optional() }),
    handle: (desk, { query }) => leave(desk, query.to),
  }),
  'GET /sign-in/oidc/callback': route({
    action: 'session.open',
    summary: 'Where the identity provider sends back to',
    perMinute: 60,
    query: z.record(z.string().max(60), z.string().max(4_000)),
    handle: (desk, { query }) => comeBack(desk, query),
  }),
} satisfies Routes;
