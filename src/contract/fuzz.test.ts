import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mayAtAll } from '../access/access.ts';
import type { Actor, Role } from '../access/model.ts';
import { routesOf, sentences } from '../app/features.ts';
import { SESSION_COOKIE } from '../app/server.ts';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { newId } from '../ledger/ids.ts';
import { commonRefusals } from './refusals.ts';
import type { Route } from './route.ts';
import { spoiltOf, valuesOf } from './testing.ts';

/** How long all routes together may be tried, however many there are. */
const ALL_MS = 28_000;
/** Checking a password takes its time on purpose. */
const PASSWORD_MS = 1_000;
const RUNS = 60;
const FEWEST = 3;
const SEED = 20_261_121;
/** An answer later than this is a hang. */
const HANG_MS = 5_000;

const routes = Object.entries(
  routesOf(() => {
    throw new Error('the county of a test is founded already');
  }),
) as unknown as [string, Route][];
const PER_ROUTE_MS = ALL_MS / routes.length;
const says = new Set<string>(Object.values({ ...commonRefusals, ...sentences }));

let county: TestCounty;
let known: string[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  county = await startCounty();
  const { places, units } = county;
  const [household, resident, visit, matter] = [newId(), newId(), newId(), newId()];
  await county.give('household', household, {
    kind: 'household.register',
    area: places.grid,
    address: '柳河村 1 号',
    contact: county.id('field'),
    residents: [{ id: resident, name: '张桂兰', relation: '户主', bornYear: 1950 }],
  });
  const field = await county.as('field');
  const at = new Date().toISOString();
  const met = {
    household,
    contact: 'met',
    note: '水渠堵了，稻田进不了水。',
    needs: [],
    promises: [],
    metAt: at,
    withWhom: [],
  };
  expect((await field.post(`/api/visits/${visit}/record`, met)).status).toBe(200);
  const clerk = await county.as('clerk');
  const heard = { channel: 'phone', subject: '水渠堵了', body: '稻田进不了水，请来看看。', area: places.village };
  expect((await clerk.post(`/api/matters/${matter}/register`, heard)).status).toBe(200);
  const policy = await county.ledger.query<{ id: string }>(
    'fuzz.policy',
    'select id from policy where county = $1 limit 1',
    [county.county],
  );
  // The askers themselves are left out: whom a lucky request retires, the next could not ask with.
  const others = ['otherfield', 'farfield', 'farclerk', 'otherhandler', 'waterhead', 'farhead'].map((key) =>
    county.id(key),
  );
  known = [
    ...Object.values(places),
    ...Object.values(units),
    ...others,
    household,
    resident,
    visit,
    matter,
    ...policy.map((p) => p.id),
  ];
});
afterAll(() => county.stop());

/** Somebody the access table lets in, so that the request reaches what is behind the door; nobody where that is enough. */
function whoFor(action: string): string | undefined {
  if (mayAtAll({ kind: 'anyone' }, action)) return undefined;
  const roles: Role[] = ['administrator', 'clerk', 'handler', 'field', 'head', 'leader', 'inspector', 'auditor'];
  const actor = (role: Role): Actor => ({
    kind: 'official',
    id: '',
    name: '',
    standings: [{ role, areas: [], everywhere: true }],
  });
  return roles.find((role) => mayAtAll(actor(role), action));
}

async function cookieOf(key: string | undefined): Promise<string | undefined> {
  if (key === undefined) return undefined;
  if (!cookies.has(key)) {
    const client = await county.as(key);
    cookies.set(key, client.cookie ?? '');
  }
  return cookies.get(key);
}

interface Sent {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly type: string;
  /** What is done to the written body on its way. */
  readonly broken: 'whole' | 'cut' | 'garbage' | 'deep';
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
/** Half a surrogate pair cannot be written in an address; there it is what browsers make of it. */
const inAddress = (value: unknown): string => encodeURIComponent(asText(value).toWellFormed().slice(0, 4_000));

function addressOf(path: string, { params, query }: Sent): string {
  const named = (params ?? {}) as Record<string, unknown>;
  // An empty segment would be another address.
  const filled = path.replace(/:(\w+)/g, (_, name: string) => inAddress(named[name]) || '-');
  const pairs =
    query === undefined
      ? []
      : query !== null && typeof query === 'object'
        ? Object.entries(query)
        : [['q', query] as const];
  return pairs.length === 0
    ? filled
    : `${filled}?${pairs.map(([k, v]) => `${inAddress(k)}=${inAddress(v)}`).join('&')}`;
}

const written = ({ body, broken }: Sent): string => {
  const json = JSON.stringify(body) ?? '';
  switch (broken) {
    case 'whole':
      return json;
    case 'cut':
      return json.slice(0, Math.floor(json.length / 2));
    case 'garbage':
      return `${json}\u0000}{`;
    case 'deep':
      return '['.repeat(20_000) + ']'.repeat(20_000);
  }
};

let turn = 0;
/** From another address each time: limits are proved elsewhere and would only hide the rest. */
const elsewhere = () => ({
  incoming: { socket: { remoteAddress: `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn++ & 255}` } },
});

/** @param action of the route, for the asker */
async function ask(address: string, action: string, sent: Sent) {
  const answer = await askOnce(address, action, sent);
  const key = whoFor(action);
  if (answer.status !== 401 || key === undefined) return answer;
  // A lucky request locked the asker's own phone, and their session with it: they sign in again.
  cookies.set(key, (await county.as(key, { anew: true })).cookie ?? '');
  return await askOnce(address, action, sent);
}

async function askOnce(address: string, action: string, sent: Sent) {
  const [method, path] = address.split(' ') as [string, string];
  const headers = new Headers();
  const cookie = await cookieOf(whoFor(action));
  if (cookie !== undefined) headers.set('cookie', `${SESSION_COOKIE}=${cookie}`);
  if (method !== 'GET') headers.set('content-type', sent.type);
  const form = method !== 'GET' && sent.type.startsWith('multipart') && sent.broken === 'whole';
  if (form) headers.delete('content-type');
  const body = method === 'GET' ? null : form ? formOf(sent.body) : written(sent);
  let late: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`no answer in ${HANG_MS} ms`)), HANG_MS);
  });
  try {
    const response = await Promise.race([
      county.app.request(addressOf(path, sent), { method, headers, body }, elsewhere()),
      hang,
    ]);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  } finally {
    clearTimeout(late);
  }
}

function formOf(body: unknown): FormData {
  const form = new FormData();
  const parts = body !== null && typeof body === 'object' ? Object.entries(body) : [['body', body] as const];
  for (const [key, value] of parts) form.append(key, asText(value));
  form.append('file', new File(['编号,姓名\n\0,甲\n'], '名单.csv'));
  return form;
}

/** What any answer must be, whatever was asked. */
function sound(address: string, answer: Awaited<ReturnType<typeof ask>>): void {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status < 400 || !address.includes(' /api/')) return;
  expect(answer.type).toContain('json');
  const body = JSON.parse(answer.text) as { refused: string; message: string; field?: string };
  expect(body.refused).toMatch(/^[a-z-]+\.[a-z-]+$/);
  expect(body.message, `${body.refused} has no sentence`).toMatch(/[\u4e00-\u9fff]/);
  if (says.has(body.message)) expect(body.message).not.toBe(body.refused);
  // 422 is what the asker can mend: they are told where.
  if (answer.status === 422) expect(body.field, answer.text).toMatch(/./);
}

describe('bad input', () => {
  // Failures are logged with a number by the server; here they are reported by the test itself.
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  afterAll(() => logged.mockRestore());

  test.each(routes)('%s answers what is wrong and where, never 5xx, never late', async (address, route) => {
    const part = (schema: Route['body']) =>
      schema === undefined ? fc.constant(undefined) : fc.oneof(valuesOf(schema, known), spoiltOf(schema, known));
    const form = !address.includes(' /api/') || /import/.test(address);
    const sent: fc.Arbitrary<Sent> = fc.record({
      // Mostly a true place, so that the rest is looked at as well.
      params:
        route.params === undefined
          ? fc.constant(undefined)
          : fc.oneof(
              { weight: 4, arbitrary: valuesOf(route.params, known) },
              { weight: 1, arbitrary: spoiltOf(route.params, known) },
            ),
      query: part(route.query),
      body: part(route.body),
      type: fc.oneof(
        { weight: 6, arbitrary: fc.constant(form ? 'application/x-www-form-urlencoded' : 'application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'text/plain',
            'multipart/form-data',
            'multipart/form-data; boundary=x',
            'application/x-www-form-urlencoded',
            'application/json; charset=gbk',
            '',
          ),
        },
      ),
      broken: fc.oneof(
        { weight: 8, arbitrary: fc.constant('whole' as const) },
        { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'garbage' as const, 'deep' as const) },
      ),
    });
    const until = Date.now() + (/sign-in|session$/.test(address) ? PASSWORD_MS : PER_ROUTE_MS);
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(sent, async (given) => {
        // A slow machine tries fewer, but always some.
        if ((tried += 1) > FEWEST && Date.now() > until) return;
        logged.mockClear();
        const answer = await ask(address, route.action, given);
        if (answer.status >= 500)
          throw new Error(`${answer.status} ${String(logged.mock.calls[0]?.[0]).slice(0, 1_500)}`);
        sound(address, answer);
        if (
          given.broken !== 'whole' ||
          !given.type.includes('json') ||
          !address.includes(' /api/') ||
          address.startsWith('GET')
        )
          return;
        // What the schema does not let in is told as such, unless the asker was turned away before.
        const bad = route.body !== undefined && !route.body.safeParse(JSON.parse(written(given) || '{}')).success;
        const away = mayAtAll({ kind: 'anyone' }, route.action) || whoFor(route.action) !== undefined ? [404] : [401];
        if (bad) expect([...away, 413, 422], answer.text).toContain(answer.status);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe('one place refuses what cannot be kept', () => {
  test('a character no database keeps is refused with its field, wherever it stands', async () => {
    const clerk = await county.as('clerk');
    const told = (more: object) =>
      clerk.post(`/api/matters/${newId()}/register`, {
        channel: 'phone',
        subject: '水渠堵了',
        body: '请来看看',
        area: county.places.village,
        ...more,
      });
    expect((await told({})).status).toBe(200);
    expect(await told({ body: '甲\0乙' })).toMatchObject({
      status: 422,
      body: { refused: 'input.text', field: 'body' },
    });
    expect(await told({ reporter: { name: '张\ud800' } })).toMatchObject({
      status: 422,
      body: { refused: 'input.text', field: 'reporter.name' },
    });
    expect(await clerk.get('/api/matters?q=%00')).toMatchObject({
      status: 422,
      body: { refused: 'input.text', field: 'q' },
    });
    expect(await clerk.get('/api/matters/%00')).toMatchObject({ status: 404, body: { refused: 'access.denied' } });
  });

  test.each(['"refused"', '7', 'null', '{"refused":"access.sign-in"}', '[]'])(
    'a body that is only %s is told to be wrong',
    async (body) => {
      const clerk = await county.as('clerk');
      const answer = await clerk.send('POST', `/api/matters/${newId()}/register`, {
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer).toMatchObject({ status: 422, body: { refused: 'input.invalid' } });
      expect(answer.body.message).not.toBe(commonRefusals['access.sign-in']);
    },
  );

  test.each(['null', 'https://elsewhere.example', '不是地址', ''])(
    'a write that comes from “%s” is not taken',
    async (origin) => {
      const clerk = await county.as('clerk');
      const answer = await clerk.send('POST', `/api/matters/${newId()}/register`, {
        body: '{}',
        headers: { origin: encodeURI(origin), 'content-type': 'application/json' },
      });
      expect(answer).toMatchObject({ status: 404, body: { refused: 'access.denied' } });
    },
  );

  test('a command to a record of another kind answers like one to a record that is not there', async () => {
    const clerk = await county.as('clerk');
    const planned = (id: string) => clerk.post(`/api/matters/${id}/tell`, { what: 'answer', means: 'phone' });
    const [missing, other] = await Promise.all([planned(newId()), planned(county.places.village)]);
    expect(missing).toMatchObject({ status: 404, body: { refused: 'access.denied' } });
    expect(other.body).toEqual(missing.body);
    expect(other.status).toBe(missing.status);
  });
});
