import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { sealAll } from '../ledger/seal.ts';
import { deliverWebhooks, waitAfter } from './deliver.ts';
import { addressAllowed } from './rules.ts';
import { ipAllowed, post, signatureHolds, signatureOf } from './send.ts';

interface Got {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let county: TestCounty;
let administrator: Client;
let clerk: Client;
let server: Server;
let port: number;
let got: Got[] = [];
let answer: (n: number) => number;
/** The clock of the deliverer: tests put it forward. */
let ahead = 0;
const now = (): string => new Date(Date.now() + ahead).toISOString();
const SECRET = 'a shared secret of some length';

beforeAll(async () => {
  county = await startCounty();
  administrator = await county.as('administrator');
  clerk = await county.as('clerk');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(answer(got.length), { location: 'http://169.254.169.254/' }).end('whatever');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  await allow([`127.0.0.1:${port}`], true);
});
afterAll(async () => {
  server.close();
  await county.stop();
});
beforeEach(() => {
  got = [];
  answer = () => 204;
  ahead = 0;
});

async function allow(hosts: string[], loopback: boolean): Promise<void> {
  const { status } = await administrator.post('/api/policies/webhooks/publish', {
    document: { hosts, loopback },
    validFrom: '2026-01-01',
    source: '县里的决定',
    reason: '试用',
  });
  expect(status).toBe(200);
  await county.system.freshPolicies(county.county);
}

async function add(fields: Record<string, unknown> = {}): Promise<string> {
  const id = county.newId();
  const { status, body } = await administrator.post(`/api/webhooks/${id}/add`, {
    name: '市里的平台',
    address: `http://127.0.0.1:${port}/hook`,
    kinds: ['matter.registered', 'matter.dispatched'],
    secret: SECRET,
    ...fields,
  });
  expect([status, body.refused]).toEqual([200, undefined]);
  return id;
}

async function register(subject = '村口路灯坏了'): Promise<string> {
  const id = county.newId();
  const { status } = await clerk.post(`/api/matters/${id}/register`, {
    channel: 'phone',
    subject,
    body: '张桂兰家门口',
    area: county.places.village,
    reporter: { name: '张桂兰', phone: '13900001234' },
  });
  expect(status).toBe(200);
  return id;
}

async function deliver() {
  await sealAll(county.database.pool, county.county);
  return await deliverWebhooks(county.system, county.county, now);
}
const seen = () =>
  got.map(
    ({ body }) =>
      JSON.parse(body) as { kind: string; stream: string; seq: number; id: string; number: string; status: string },
  );
const listed = async (id: string) =>
  (await administrator.get('/api/webhooks')).body.webhooks.find((w: { id: string }) => w.id === id);
const remove = (id: string) => administrator.post(`/api/webhooks/${id}/remove`);

test('[L5] what happens is told in order, signed, with no personal part', async () => {
  await register('在加上地址以前发生的事');
  const id = await add();
  const first = await register();
  await clerk.post(`/api/matters/${first}/dispatch`, { unit: county.units.water });
  const second = await register();
  await register();
  expect(await deliver()).toEqual({ delivered: 4, failed: 0 });

  expect(
    seen()
      .map((e) => [e.kind, e.stream])
      .slice(0, 3),
  ).toEqual([
    ['matter.registered', first],
    ['matter.dispatched', first],
    ['matter.registered', second],
  ]);
  const seqs = seen().map((e) => e.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  const [one] = got;
  expect(Object.keys(seen()[0]!).toSorted()).toEqual([
    'at',
    'county',
    'id',
    'kind',
    'number',
    'record',
    'seq',
    'status',
    'stream',
    'version',
  ]);
  expect(JSON.stringify(got)).not.toMatch(/张桂兰|13900001234|路灯/);
  expect(signatureHolds(SECRET, one!.headers['minqing-signature']!, one!.body, Date.now() / 1000)).toBe(true);
  expect(signatureHolds(SECRET, one!.headers['minqing-signature']!, `${one!.body} `, Date.now() / 1000)).toBe(false);
  expect(signatureHolds(SECRET, one!.headers['minqing-signature']!, one!.body, Date.now() / 1000 + 301)).toBe(false);
  expect(one!.headers['minqing-delivery']).toBe(seen()[0]!.id);
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  await remove(id);
});

test('[L5] a receiver that fails is tried again later, longer each time; nothing overtakes and nothing is lost', async () => {
  const id = await add();
  const first = await register();
  const second = await register();
  answer = (n) => (n <= 2 ? 500 : 200);
  expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  expect(await listed(id)).toMatchObject({ waiting: 2, fault: '对方回答 500' });
  // Each telling is listed with its state, newest first, page by page.
  const page = (query: string) => administrator.get(`/api/webhooks/${id}/deliveries?${query}`).then(({ body }) => body);
  const { deliveries, next } = await page('limit=1');
  expect(deliveries).toMatchObject([{ kind: 'matter.registered', state: 'waiting', attempts: 0, fault: null }]);
  expect((await page(`limit=1&before=${next}`)).deliveries).toMatchObject([
    { state: 'waiting', attempts: 1, answered: 500, fault: '对方回答 500' },
  ]);
  expect((await page('state=delivered')).deliveries).toEqual([]);
  ahead = waitAfter(1) + 1_000;
  expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
  ahead += waitAfter(1) + 1_000;
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  ahead += waitAfter(2);
  expect(await deliver()).toEqual({ delivered: 2, failed: 0 });
  expect(seen().map((e) => e.stream)).toEqual([first, first, first, second]);
  expect(new Set(got.slice(0, 3).map((g) => g.body)).size).toBe(1);
  expect(await listed(id)).toMatchObject({ waiting: 0, failed: 0, fault: null });
  await remove(id);
});

test('[L5] after some days of failing it is given up, the next one goes, and an administrator can have it tried again', async () => {
  const id = await add();
  await register();
  answer = () => 503;
  for (let n = 1; n <= 20; n++) {
    await deliver();
    ahead += waitAfter(n) + 1_000;
  }
  expect(await listed(id)).toMatchObject({ waiting: 0, failed: 1 });
  answer = () => 200;
  expect((await administrator.post(`/api/webhooks/${id}/retry`)).body).toEqual({ again: 1 });
  expect((await administrator.post(`/api/webhooks/${id}/retry`)).body.refused).toBe('webhook.nothing-failed');
  expect((await deliver()).delivered).toBe(1);
  await remove(id);
});

test('[L5] a redirect is a failure and is not followed', async () => {
  const id = await add();
  await register();
  answer = () => 302;
  expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
  expect(got.length).toBe(1);
  await remove(id);
});

test('[L5] paused, nothing is sent; resumed, it goes on from where it stopped', async () => {
  const id = await add();
  expect((await administrator.post(`/api/webhooks/${id}/pause`)).status).toBe(200);
  const first = await register();
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  expect((await listed(id)).can).toContain('webhook.resume');
  await administrator.post(`/api/webhooks/${id}/resume`);
  expect(await deliver()).toEqual({ delivered: 1, failed: 0 });
  expect(seen()[0]!.stream).toBe(first);
  await remove(id);
  await register();
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  const { rows } = await county.database.pool.query('select from webhook_delivery where webhook = $1', [id]);
  expect(rows.length).toBe(0);
});

test('[L5] two processes at once send each event once', async () => {
  const id = await add();
  for (let n = 0; n < 5; n++) await register();
  await sealAll(county.database.pool, county.county);
  const both = await Promise.all([1, 2].map(() => deliverWebhooks(county.system, county.county, now)));
  expect(both.reduce((sum, d) => sum + d.delivered, 0)).toBe(5);
  expect(new Set(seen().map((e) => e.id)).size).toBe(5);
  expect(got.length).toBe(5);
  await remove(id);
});

test('[L5] only administrators add addresses, and only ones on the list; taken off the list nothing is sent', async () => {
  const body = {
    name: '别处',
    address: 'https://elsewhere.example/hook',
    kinds: ['matter.registered'],
    secret: SECRET,
  };
  expect((await administrator.post(`/api/webhooks/${county.newId()}/add`, body)).body.refused).toBe(
    'webhook.not-allowed',
  );
  expect(
    (await administrator.post(`/api/webhooks/${county.newId()}/add`, { ...body, address: 'file:///etc/passwd' }))
      .status,
  ).toBe(422);
  expect((await administrator.post(`/api/webhooks/${county.newId()}/add`, { ...body, secret: 'short' })).status).toBe(
    422,
  );
  for (const who of ['clerk', 'handler', 'leader', 'auditor']) {
    expect((await (await county.as(who)).post(`/api/webhooks/${county.newId()}/add`, body)).status).toBe(404);
    expect((await (await county.as(who)).get('/api/webhooks')).status).toBe(404);
  }
  const id = await add();
  await register();
  await allow([`127.0.0.1:${port}`], false);
  expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
  expect(got.length).toBe(0);
  expect((await listed(id)).fault).toContain('127.0.0.1');
  await allow([], true);
  ahead = waitAfter(1) + 1_000;
  expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
  expect((await listed(id)).fault).toContain('允许');
  await allow([`127.0.0.1:${port}`], true);
  await remove(id);
});

test('[L5] the secret stands in no table, in no event and in no answer', async () => {
  const id = await add();
  const { rows } = await county.database.pool.query(
    `select data::text as text from event where stream = $1 union all select w::text from webhook w where id = $1`,
    [id],
  );
  expect(rows.length).toBe(2);
  expect(JSON.stringify([rows, await listed(id)])).not.toContain(SECRET);
  await remove(id);
});

test('[L5] this machine, link-local and metadata addresses are never receivers unless allowed; names are judged by what they resolve to', async () => {
  for (const ip of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
    expect(ipAllowed(ip, false), ip).toBe(false);
    expect(ipAllowed(ip, true), ip).toBe(true);
  }
  for (const ip of [
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '0.0.0.0',
    '::',
    'fe80::1',
    '224.0.0.1',
    '255.255.255.255',
  ])
    expect(ipAllowed(ip, true), ip).toBe(false);
  for (const ip of ['10.1.2.3', '114.114.114.114', '2400:3200::1']) expect(ipAllowed(ip, false), ip).toBe(true);
  expect(await post(`http://localhost:${port}/`, '{}', {}, false)).toHaveProperty('fault');
  expect(await post(`http://[::ffff:127.0.0.1]:${port}/`, '{}', {}, false)).toHaveProperty('fault');
  expect(await post(`http://2130706433:${port}/`, '{}', {}, false)).toHaveProperty('fault');
  expect(got.length).toBe(0);
});

test('[L5] an address is allowed exactly when its host and port are on the list', () => {
  const host = fc.constantFrom('a.gov.cn', 'b.gov.cn', '10.1.2.3');
  const port_ = fc.constantFrom('', ':80', ':443', ':8443');
  fc.assert(
    fc.property(
      fc.constantFrom('http', 'https', 'ftp'),
      host,
      port_,
      fc.array(fc.tuple(host, port_).map(([h, p]) => h + p)),
      (scheme, h, p, hosts) => {
        const usual = scheme === 'http' ? ':80' : ':443';
        const open = p === '' ? usual : p;
        const listed_ = hosts.some((entry) => entry === h + open || (entry === h && open === usual));
        expect(addressAllowed(`${scheme}://${h}${p}/x`, { hosts, loopback: false })).toBe(scheme !== 'ftp' && listed_);
      },
    ),
  );
  expect(addressAllowed('https://me:pw@a.gov.cn/', { hosts: ['a.gov.cn'], loopback: false })).toBe(false);
  expect(addressAllowed('https://a.gov.cn@evil.example/', { hosts: ['a.gov.cn'], loopback: false })).toBe(false);
});

test('[L5] a signature holds for its secret, time and body only', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 0, max: 4e9 }),
      (secret, body, other, seconds) => {
        const header = signatureOf(secret, seconds, body);
        expect(signatureHolds(secret, header, body, seconds)).toBe(true);
        expect(signatureHolds(secret, header, body + other, seconds)).toBe(false);
        // HMAC pads a short key with zero bytes: a secret and the same with NULs after it are one key.
        expect(signatureHolds(`${secret}x${other}`, header, body, seconds)).toBe(false);
      },
    ),
  );
});
