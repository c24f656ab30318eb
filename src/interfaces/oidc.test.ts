import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, type TestCounty, startCounty } from '../app/testing.ts';

/** A small but real provider: discovery, keys, authorization with PKCE, tokens signed with ES256. Tests bend it. */
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' });
interface Bent {
  claims?: Record<string, unknown>;
  key?: typeof keys;
  algorithm?: 'none';
}
let bent: Bent = {};
let person = 'clerk';
const CLIENT = 'minqing-test';
const SECRET = 'client secret';
const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>();

let provider: Server;
let issuer: string;
let county: TestCounty;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function idToken(nonce: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: CLIENT,
    sub: 'u-1',
    iat: now,
    exp: now + 300,
    nonce,
    preferred_username: person,
    ...bent.claims,
  };
  const head = part(bent.algorithm === 'none' ? { alg: 'none' } : { alg: 'ES256', kid: 'k1' });
  const signed = `${head}.${part(claims)}`;
  const signature =
    bent.algorithm === 'none'
      ? ''
      : sign('sha256', Buffer.from(signed), { key: (bent.key ?? keys).privateKey, dsaEncoding: 'ieee-p1363' }).toString(
          'base64url',
        );
  return `${signed}.${signature}`;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', issuer);
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  switch (url.pathname) {
    case '/.well-known/openid-configuration':
      return void json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        code_challenge_methods_supported: ['S256'],
      });
    case '/keys':
      return void json(200, {
        keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'ES256' }],
      });
    case '/authorize': {
      const asked = url.searchParams;
      if (
        asked.get('client_id') !== CLIENT ||
        asked.get('response_type') !== 'code' ||
        asked.get('code_challenge_method') !== 'S256'
      )
        return void json(400, {});
      const code = randomUUID();
      codes.set(code, {
        challenge: asked.get('code_challenge')!,
        nonce: asked.get('nonce')!,
        redirect: asked.get('redirect_uri')!,
      });
      const back = new URL(asked.get('redirect_uri')!);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state')!);
      return void response.writeHead(302, { location: back.href }).end();
    }
    case '/token': {
      let body = '';
      for await (const piece of request) body += String(piece);
      const sent = new URLSearchParams(body);
      const given = codes.get(sent.get('code') ?? '');
      codes.delete(sent.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(sent.get('code_verifier') ?? '')
        .digest('base64url');
      if (
        given?.challenge !== challenge ||
        given.redirect !== sent.get('redirect_uri') ||
        sent.get('client_secret') !== SECRET
      ) {
        return void json(400, { error: 'invalid_grant' });
      }
      return void json(200, {
        access_token: 'a',
        token_type: 'Bearer',
        expires_in: 60,
        id_token: idToken(given.nonce),
      });
    }
    default:
      return void json(404, {});
  }
}

beforeAll(async () => {
  process.env['OIDC_CLIENT_SECRET'] = SECRET;
  provider = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  county = await startCounty();
  await publish({ issuer, insecure: true });
});
afterAll(async () => {
  delete process.env['OIDC_CLIENT_SECRET'];
  provider.close();
  await county.stop();
});
beforeEach(() => {
  bent = {};
  person = 'clerk';
});

async function publish(document: Record<string, unknown>): Promise<Answer> {
  const answer = await (
    await county.as('administrator')
  ).post('/api/policies/oidc/publish', {
    document: {
      issuer: null,
      clientId: CLIENT,
      name: '统一身份认证',
      loginClaim: 'preferred_username',
      insecure: false,
      ...document,
    },
    validFrom: '2026-01-01',
    source: '县里的决定',
    reason: '试用',
  });
  await county.system.freshPolicies(county.county);
  return answer;
}

const cookieOf = ({ headers }: Answer, name: string): string | undefined =>
  headers
    .getSetCookie()
    .map((c) => c.split(';')[0]!.split('='))
    .find(([n]) => n === name)?.[1];
const get = async (path: string, cookie?: string): Promise<Answer> =>
  (await county.as()).send('GET', path, cookie === undefined ? {} : { headers: { cookie } });

/** Leaves for the provider and comes to the door with what it answered. */
async function journey(to = ''): Promise<{ cookie: string; back: URL; away: URL }> {
  const left = await get(`/sign-in/oidc${to}`);
  expect(left.status).toBe(303);
  const away = new URL(left.headers.get('location')!);
  const answer = await fetch(away, { redirect: 'manual' });
  return { cookie: `mq-oidc=${cookieOf(left, 'mq-oidc')!}`, back: new URL(answer.headers.get('location')!), away };
}
async function signIn(to = ''): Promise<Answer> {
  const { cookie, back } = await journey(to);
  return await get(back.pathname + back.search, cookie);
}

test('[L5] who the provider vouches for is signed in to the account of that login, and goes where they wanted', async () => {
  const { away } = await journey();
  expect(away.searchParams.get('code_challenge_method')).toBe('S256');
  expect([away.searchParams.get('state'), away.searchParams.get('nonce')].every((t) => (t ?? '').length >= 32)).toBe(
    true,
  );
  const answer = await signIn('?to=/desk/matters');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/desk/matters']);
  const session = cookieOf(answer, 'mq')!;
  expect((await get('/api/search?q=ab', `mq=${session}`)).status).toBe(200);
  expect((await get('/api/search?q=ab')).status).toBe(401);
  expect((await signIn('?to=https://evil.example/')).headers.get('location')).toBe('/desk');
});

test('[L5] somebody without an account here is not signed in', async () => {
  for (const who of ['stranger', '', 'x'.repeat(300)]) {
    person = who;
    const answer = await signIn();
    expect([answer.status, cookieOf(answer, 'mq')]).toEqual([401, undefined]);
  }
});

test.each([
  ['signed by somebody else', { key: strangers }],
  ['not signed', { algorithm: 'none' as const }],
  ['for another client', { claims: { aud: 'another' } }],
  ['by another issuer', { claims: { iss: 'http://127.0.0.1:1' } }],
  ['expired', { claims: { exp: Math.floor(Date.now() / 1000) - 3_600 } }],
  ['answering another departure', { claims: { nonce: 'another' } }],
])('[L5] a token %s opens nothing', async (_, how) => {
  bent = how;
  const answer = await signIn();
  expect([answer.status, cookieOf(answer, 'mq')]).toEqual([401, undefined]);
});

test('[L5] an answer for another browser, another state, or used again opens nothing', async () => {
  const mine = await journey();
  const theirs = await journey();
  const open = (back: URL, cookie?: string) => get(back.pathname + back.search, cookie);
  expect((await open(mine.back)).status).toBe(401);
  expect((await open(mine.back, theirs.cookie)).status).toBe(401);
  expect((await open(mine.back, 'mq-oidc=AAAA')).status).toBe(401);
  const third = await journey();
  const good = await open(third.back, third.cookie);
  expect(good.status).toBe(303);
  expect(good.headers.getSetCookie().some((c) => c.startsWith('mq-oidc=;'))).toBe(true);
  expect((await open(third.back, third.cookie)).status).toBe(401);
  const refused = new URL(theirs.back);
  refused.searchParams.delete('code');
  refused.searchParams.set('error', 'access_denied');
  expect((await open(refused, theirs.cookie)).status).toBe(401);
});

test('[L5] without TLS only where it was allowed; not set up, it is not there; the secret stands in no policy', async () => {
  expect((await publish({ issuer, insecure: false })).status).toBe(422);
  await publish({ issuer: null });
  expect((await get('/sign-in/oidc')).status).toBe(404);
  await publish({ issuer, insecure: true });
  expect((await get('/sign-in/oidc')).status).toBe(303);
  expect(JSON.stringify((await (await county.as('clerk')).get('/api/policies/oidc')).body)).not.toContain(SECRET);
});
