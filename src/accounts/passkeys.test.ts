import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { accountStream } from './model.ts';
import { passkeysPossible } from './passkeys.ts';
import { openSession } from './sessions.ts';
import { accountServer } from './testing.ts';

const ORIGIN = 'http://localhost:8080';
const SETTINGS = { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 };
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** What a phone does with a passkey: an ES256 key, no attestation, a counter. */
class Authenticator {
  readonly id = randomBytes(16);
  counter = 0;
  userHandle = '';
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  #authData(rpId: string, attested: Uint8Array = new Uint8Array()): Buffer {
    const present = 0x01;
    const verified = 0x04;
    const withKey = attested.length > 0 ? 0x40 : 0;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([present | verified | withKey]), counter, attested]);
  }
  // oxlint-disable-next-line no-explicit-any
  make(options: any, origin = ORIGIN) {
    this.userHandle = options.user.id;
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const kty = 1,
      alg = 3,
      crv = -1,
      xAt = -2,
      yAt = -3;
    const key = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [kty, 2],
        [alg, -7],
        [crv, 1],
        [xAt, new Uint8Array(Buffer.from(x!, 'base64url'))],
        [yAt, new Uint8Array(Buffer.from(y!, 'base64url'))],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const authData = this.#authData(options.rp.id, Buffer.concat([Buffer.alloc(16), length, this.id, key]));
    const attestation = isoCBOR.encode(
      new Map<string, string | Map<string, never> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', new Uint8Array(authData)],
      ]),
    );
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: this.#client('webauthn.create', options.challenge, origin).toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
        transports: ['internal'],
      },
    };
  }
  // oxlint-disable-next-line no-explicit-any
  show(options: any, origin = ORIGIN) {
    this.counter += 1;
    const authData = this.#authData(options.rpId);
    const client = this.#client('webauthn.get', options.challenge, origin);
    return {
      ...this.#envelope(),
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authData, sha256(client)]), this.#keys.privateKey).toString(
          'base64url',
        ),
        userHandle: this.userHandle,
      },
    };
  }
  #client(type: string, challenge: string, origin: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
  #envelope() {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }
}

let county: TestCounty;
let server: ReturnType<typeof accountServer>;
beforeAll(async () => {
  county = await startCounty();
  server = accountServer(county, { county: () => county.county });
});
afterAll(() => county.stop());

/** A client of an official who is signed in already. */
async function as(key: string) {
  const holder = {
    account: accountStream(county.id(key)),
    official: county.id(key),
    device: '测试',
    address: '127.0.0.1',
  };
  const { token } = await openSession(county.ledger.query, county.county, holder, new Date().toISOString(), SETTINGS);
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.app.request(path, {
      method,
      headers: { cookie: `mq=${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // oxlint-disable-next-line no-explicit-any
    return { status: answer.status, body: (await answer.json()) as any };
  };
  return {
    get: (p: string) => send('GET', p),
    post: (p: string, b: unknown = {}) => send('POST', p, b),
    delete: (p: string) => send('DELETE', p),
  };
}

async function withPasskey(key: string) {
  const client = await as(key);
  const device = new Authenticator();
  const { body: options } = await client.post('/api/account/passkeys/options');
  const added = await client.post('/api/account/passkeys', { name: '我的手机', response: device.make(options) });
  expect(added.body).toMatchObject({ accepted: true });
  return { client, device };
}

async function signIn(device: Authenticator, origin?: string) {
  const b = server.browser();
  const { body: options } = await b.post('/api/session/passkey/options');
  return { b, answer: await b.post('/api/session/passkey', { response: device.show(options, origin) }) };
}

describe('passkeys', () => {
  test('[L1] added on a phone, it signs in without login or password', async () => {
    const { client, device } = await withPasskey('field');
    expect((await client.get('/api/account/passkeys')).body).toMatchObject([
      { name: '我的手机', id: device.id.toString('base64url') },
    ]);
    const { b, answer } = await signIn(device);
    expect(answer.body).toMatchObject({ official: county.id('field'), room: 'field' });
    expect((await b.get('/api/session')).body.name).toBe('王建军');
  });
  test('an answer serves once: the challenge is gone with it', async () => {
    const { device } = await withPasskey('clerk');
    const b = server.browser();
    const { body: options } = await b.post('/api/session/passkey/options');
    const response = device.show(options);
    expect((await b.post('/api/session/passkey', { response })).status).toBe(200);
    expect((await server.browser().post('/api/session/passkey', { response })).body.refused).toBe('passkey.failed');
  });
  test('a challenge we did not give, one too old, and one given for adding do not serve', async () => {
    const { client, device } = await withPasskey('handler');
    const show = (challenge: string) =>
      server.browser().post('/api/session/passkey', { response: device.show({ challenge, rpId: 'localhost' }) });
    expect((await show(randomBytes(32).toString('base64url'))).body.refused).toBe('passkey.failed');
    const { body: adding } = await client.post('/api/account/passkeys/options');
    expect((await show(adding.challenge)).body.refused).toBe('passkey.failed');
    const { body: old } = await server.browser().post('/api/session/passkey/options');
    await county.database.pool.query(`update passkey_challenge set expires_at = now() - interval '1 second'`);
    expect((await show(old.challenge)).body.refused).toBe('passkey.failed');
  });
  test('another site’s answer, a foreign key and a made-up account do not serve', async () => {
    const { device } = await withPasskey('head');
    expect((await signIn(device, 'https://evil.example')).answer.body.refused).toBe('passkey.failed');
    const forged = new Authenticator();
    device.id.copy(forged.id);
    forged.userHandle = device.userHandle;
    expect((await signIn(forged)).answer.body.refused).toBe('passkey.failed');
    for (const handle of ['', 'nobody', county.newId(), accountStream(county.id('clerk')), county.id('head')]) {
      const stray = new Authenticator();
      stray.userHandle = Buffer.from(handle).toString('base64url');
      expect((await signIn(stray)).answer.body.refused).toBe('passkey.failed');
    }
  });
  test('a counter that goes back betrays a copy', async () => {
    const { device } = await withPasskey('leader');
    device.counter = 10;
    expect((await signIn(device)).answer.status).toBe(200);
    device.counter = 3;
    expect((await signIn(device)).answer.body.refused).toBe('passkey.failed');
  });
  test('a passkey made for one official is not added by another', async () => {
    const [mine, theirs] = [await as('otherfield'), await as('farfield')];
    const { body: options } = await mine.post('/api/account/passkeys/options');
    const response = new Authenticator().make(options);
    expect((await theirs.post('/api/account/passkeys', { name: '偷来的', response })).body.refused).toBe(
      'passkey.failed',
    );
  });
  test('dropped, it signs in no more; a closed account takes its passkeys along', async () => {
    const { client, device } = await withPasskey('inspector');
    expect((await client.delete(`/api/account/passkeys/${device.id.toString('base64url')}`)).body).toMatchObject({
      accepted: true,
    });
    expect((await client.delete(`/api/account/passkeys/${device.id.toString('base64url')}`)).body.refused).toBe(
      'passkey.unknown',
    );
    expect((await signIn(device)).answer.body.refused).toBe('passkey.failed');

    const { device: other } = await withPasskey('auditor');
    await (await as('administrator')).post(`/api/accounts/${accountStream(county.id('auditor'))}/close`);
    expect((await signIn(other)).answer.body.refused).toBe('passkey.failed');
  });
  test('they are offered only where browsers give them', async () => {
    expect(['https://minqing.example', 'http://localhost:8080'].map(passkeysPossible)).toEqual([true, true]);
    expect(['http://minqing.example', 'https://10.0.0.1', 'https://[::1]:8443'].map(passkeysPossible)).toEqual([
      false,
      false,
      false,
    ]);
    const plain = accountServer(county, { county: () => county.county, publicUrl: 'http://10.0.0.1:8080' });
    expect((await plain.browser().post('/api/session/passkey/options')).body.refused).toBe('passkey.unavailable');
    expect((await plain.browser().get('/sign-in')).body).not.toContain('通行密钥');
    expect((await server.browser().get('/sign-in')).body).toContain('通行密钥');
  });
});
