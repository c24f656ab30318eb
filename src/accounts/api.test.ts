import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { accountStream } from './model.ts';
import { hashPassword } from './passwords.ts';
import { openSession } from './sessions.ts';
import { openedAccount } from './tables.ts';
import { accountServer } from './testing.ts';

const PASSWORD = '柳河 水渠 清淤 三月';
const SETTINGS = { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 };
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';
const HOUR = 3_600_000;

let county: TestCounty;
let server: ReturnType<typeof accountServer>;
const browser = (...given: Parameters<typeof server.browser>) => server.browser(...given);
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

beforeAll(async () => {
  county = await startCounty();
  server = accountServer(county, { county: () => county.county });
  const hash = await hashPassword(PASSWORD);
  for (const key of ['field', 'clerk', 'handler', 'head', 'administrator']) {
    await county.ledger.execute({
      county: county.county,
      id: county.newId(),
      record: 'account',
      stream: accountStream(county.id(key)),
      command: { kind: 'account.set-password', hash } as { kind: string },
      at: new Date().toISOString(),
      actor: county.id(key),
      permit: () => true,
    });
  }
});
afterAll(() => county.stop());

async function signedIn(login: string, address?: string, userAgent?: string) {
  const b = browser(address, userAgent);
  const answer = await b.post('/api/session', { login, password: PASSWORD });
  expect(answer.body).toMatchObject({ rooms: expect.any(Array) });
  return b;
}

describe('signing in', () => {
  test('a right password opens a session; its token is stored nowhere', async () => {
    const b = await signedIn('CLERK');
    expect((await b.get('/api/session')).body).toMatchObject({
      name: '李芳',
      unit: '柳河镇人民政府',
      county: '清河县',
      roles: [{ role: 'clerk', name: '受理员' }],
      rooms: ['desk'],
      posts: [{ role: 'clerk', roleName: '受理员', unit: '柳河镇人民政府', area: '柳河镇' }],
    });
    const { rows } = await county.database.pool.query('select t::text as row from session t');
    expect(JSON.stringify(rows)).not.toContain(b.token);
  });
  test('the cookie is closed to scripts and other sites', async () => {
    const answer = await browser().post('/api/session', { login: 'clerk', password: PASSWORD });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^mq=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });
  test('without a session nothing of an official is answered', async () => {
    for (const path of ['/api/session', '/api/sessions', '/api/account', '/api/accounts', '/api/account/passkeys']) {
      expect(await browser().get(path)).toMatchObject({ status: 401, body: { refused: 'access.sign-in' } });
    }
  });
  test('[L1] an unknown login, a wrong password and a closed account get the same answer', async () => {
    const admin = await signedIn('admin');
    await admin.post(`/api/accounts/${accountStream(county.id('auditor'))}/close`);
    const answers = await Promise.all(
      ['clerk', 'nobody-at-all', 'auditor', "'; drop table"].map((login, i) =>
        browser(`10.0.9.${i}`).post('/api/session', { login, password: 'wrong wrong wrong' }),
      ),
    );
    expect(new Set(answers.map((a) => JSON.stringify([a.status, a.body])))).toHaveLength(1);
    expect(answers[0]).toMatchObject({
      status: 409,
      body: { refused: 'session.wrong', message: expect.stringContaining('登录名或密码不对') },
    });
  });
  test('[L1] nor does the time of the answer tell whether a login exists', async () => {
    const time = async (login: (i: number) => string): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 7; i++) {
        const start = performance.now();
        await browser(`10.1.${i}.${login(i).length}`).post('/api/session', {
          login: login(i),
          password: 'wrong wrong wrong',
        });
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const ratio = (await time(() => 'head')) / (await time((i) => `nobody-${i}`));
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });
  test('another site cannot sign a browser in', async () => {
    const answer = await server.app.request('/api/session', {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', host: 'localhost:8080' },
      body: '{}',
    });
    expect(answer.status).toBe(404);
  });
});

describe('limits', () => {
  test('after five wrong passwords even the right one must wait, told in minutes; elsewhere it still works', async () => {
    const b = browser('10.0.0.66');
    for (let i = 0; i < 5; i++) {
      expect((await b.post('/api/session', { login: 'handler', password: 'wrong wrong wrong' })).body.refused).toBe(
        'session.wrong',
      );
    }
    const answer = await b.post('/api/session', { login: 'handler', password: PASSWORD });
    expect(answer).toMatchObject({
      status: 429,
      body: { refused: 'limit.sign-in', message: expect.stringMatching(/请过 [12] 分钟再试/) },
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await signedIn('handler', '10.0.0.67');
  });
  test('a right password forgets the wrong ones before it', async () => {
    const b = browser('10.0.0.68');
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3; i++) await b.post('/api/session', { login: 'head', password: 'wrong wrong wrong' });
      expect((await b.post('/api/session', { login: 'head', password: PASSWORD })).status).toBe(200);
    }
  });
  test('a hundred at once are not a hundred guesses', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        browser('10.0.0.69').post('/api/session', { login: 'head', password: 'wrong wrong wrong' }),
      ),
    );
    expect(answers.filter((a) => a.body.refused === 'session.wrong').length).toBeLessThanOrEqual(5);
  });
  test('the old password is guarded by the same limit', async () => {
    const b = await signedIn('field', '10.0.0.70');
    const change = () => b.post('/api/account/password', { old: 'wrong wrong wrong', new: '新的 密码 很长 很长' });
    for (let i = 0; i < 5; i++)
      expect((await change()).body).toMatchObject({ refused: 'account.wrong-old', field: 'old' });
    expect((await change()).status).toBe(429);
  });
});

describe('sessions', () => {
  test('one sees one’s own, this one marked, and ends another', async () => {
    const desk = await signedIn('head', '10.0.1.1', 'Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36');
    const phone = await signedIn('head', '10.0.1.2', PHONE);
    const seen = (await desk.get('/api/sessions')).body as {
      id: string;
      device: string;
      place: string;
      current: boolean;
    }[];
    expect(seen.filter((s) => s.current)).toHaveLength(1);
    expect(seen[0]).toMatchObject({ device: 'Windows 电脑 Chrome', place: '内网 10.0.1.1', current: true });
    const other = seen.find((s) => s.place === '内网 10.0.1.2')!;
    expect(other.device).toBe('安卓手机 Chrome');
    expect((await phone.get('/api/session')).status).toBe(200);

    const stranger = await signedIn('clerk');
    expect((await stranger.delete(`/api/sessions/${other.id}`)).body.refused).toBe('access.denied');
    expect((await phone.get('/api/session')).status).toBe(200);

    expect((await desk.delete(`/api/sessions/${other.id}`)).status).toBe(200);
    expect((await phone.get('/api/session')).status).toBe(401);
    expect((await desk.get('/api/session')).status).toBe(200);
  });
  test('signing in again in one browser leaves no session behind', async () => {
    const b = await signedIn('clerk');
    const before = b.token;
    await b.post('/api/session', { login: 'clerk', password: PASSWORD });
    expect(b.token).not.toBe(before);
    expect(await server.identify(before, new Date().toISOString())).toEqual({ kind: 'anyone' });
  });
  test('signing out ends it at once', async () => {
    const b = await signedIn('clerk');
    const token = b.token;
    expect((await b.get('/api/session')).status).toBe(200);
    await b.delete('/api/session');
    expect(b.token).toBeUndefined();
    expect(await server.identify(token, new Date().toISOString())).toEqual({ kind: 'anyone' });
  });
  test('unused for twelve hours it ends; used, it goes on, but not beyond thirty days', async () => {
    const { token } = await signedIn('clerk');
    expect((await server.identify(token, later(11.9 * HOUR))).kind).toBe('official');
    expect((await server.identify(token, later(23 * HOUR))).kind).toBe('official');
    expect((await server.identify(token, later(36 * HOUR))).kind).toBe('anyone');

    const { token: busy } = await signedIn('clerk');
    for (let h = 11; h < 30 * 24; h += 11) expect((await server.identify(busy, later(h * HOUR))).kind).toBe('official');
    expect((await server.identify(busy, later(30 * 24 * HOUR + 1000))).kind).toBe('anyone');
  });
  test('use is written at most once a minute', async () => {
    const { token } = await signedIn('clerk');
    const seen = async (): Promise<string> =>
      (
        await county.database.pool.query(`select seen_at from session where token_hash = sha256($1::bytea)`, [
          Buffer.from(token!),
        ])
      ).rows[0].seen_at;
    const opened = await seen();
    await server.identify(token, later(50_000));
    expect(await seen()).toBe(opened);
    await server.identify(token, later(70_000));
    expect(Date.parse(await seen()) - Date.parse(opened)).toBeGreaterThanOrEqual(60_000);
  });
  test('made-up and oversized tokens are anyone’s', async () => {
    for (const token of [undefined, '', 'x', 'x'.repeat(5000)]) {
      expect(await server.identify(token, new Date().toISOString())).toEqual({ kind: 'anyone' });
    }
  });
  test('finding out who asks takes a few milliseconds', async () => {
    const { token } = await signedIn('clerk');
    const start = performance.now();
    for (let i = 1; i <= 50; i++) await server.identify(token, later(3_000 * i));
    expect((performance.now() - start) / 50).toBeLessThan(20);
  });
});

describe('[L1] where one stands', () => {
  const standings = async (key: string, now = new Date().toISOString()) => {
    const { token } = await openSession(
      county.ledger.query,
      county.county,
      { account: accountStream(county.id(key)), official: county.id(key), device: '测试', address: '127.0.0.1' },
      now,
      SETTINGS,
    );
    const actor = await server.identify(token, now);
    return actor.kind === 'official' ? actor.standings : [];
  };
  test('a field official reaches the villages assigned, not the township of their unit', async () => {
    expect(await standings('field')).toEqual([
      { role: 'field', unit: county.units.liuhe, areas: [county.places.village] },
    ]);
  });
  test('a clerk reaches the post’s area; a handler the unit’s, and where that is the county everything in it', async () => {
    expect(await standings('clerk')).toEqual([
      { role: 'clerk', unit: county.units.liuhe, areas: [county.places.liuhe] },
    ]);
    expect(await standings('handler')).toEqual([
      { role: 'handler', unit: county.units.water, areas: [county.places.root], everywhere: true },
    ]);
  });
  test('before the first day of a post and from the day it ends nothing is reached', async () => {
    expect(await standings('otherhandler', '2024-12-31T15:59:59.000Z')).toEqual([]);
    expect(await standings('otherhandler', '2024-12-31T16:00:00.000Z')).toHaveLength(1);
    await county.give('official', county.id('farclerk'), { kind: 'official.end-post', place: 1, until: '2026-03-01' });
    expect(await standings('farclerk', '2026-02-28T15:59:59.000Z')).toHaveLength(1);
    expect(await standings('farclerk', '2026-02-28T16:00:00.000Z')).toEqual([]);
  });
  test('without a post one is told so, after the right password only', async () => {
    const admin = await signedIn('admin');
    const { body } = await admin.post(`/api/accounts/${accountStream(county.id('farclerk'))}/reset`);
    const given = { login: 'farclerk', password: body.password, next: '一个 全新的 好记密码' };
    expect((await browser().post('/api/session', { ...given, password: 'wrong wrong wrong' })).body.refused).toBe(
      'session.wrong',
    );
    expect((await browser().post('/api/session', given)).body.refused).toBe('session.no-post');
  });
});

describe('[L1] accounts are the administrator’s affair', () => {
  test('no other role opens, resets, closes or lists them', async () => {
    const b = await signedIn('clerk');
    const id = accountStream(county.id('field'));
    expect((await b.get('/api/accounts')).status).toBe(404);
    for (const path of ['/api/accounts', `/api/accounts/${id}/reset`, `/api/accounts/${id}/close`]) {
      expect((await b.post(path, { official: county.id('field'), login: 'new' })).body.refused).toBe('access.denied');
    }
  });
  test('a one-time password works once, for choosing one’s own, and ends what was open', async () => {
    const phone = await signedIn('clerk');
    const admin = await signedIn('admin');
    const id = accountStream(county.id('clerk'));
    const { body } = await admin.post(`/api/accounts/${id}/reset`);
    expect((await phone.get('/api/session')).status).toBe(401);
    const sign = (more: object) =>
      browser('10.0.3.1').post('/api/session', { login: 'clerk', password: body.password, ...more });
    expect((await browser('10.0.3.2').post('/api/session', { login: 'clerk', password: PASSWORD })).body.refused).toBe(
      'session.wrong',
    );
    expect(await sign({})).toMatchObject({ status: 422, body: { refused: 'account.must-change', field: 'next' } });
    expect((await sign({ next: 'short' })).body.refused).toBe('password.short');
    expect((await sign({ next: body.password })).body.refused).toBe('account.same-password');
    expect((await sign({ next: PASSWORD })).status).toBe(200);
    expect((await sign({})).body.refused).toBe('session.wrong');
    await signedIn('clerk');
  });
  test('a second account, a taken login, an unknown official and one’s own closing are refused with words', async () => {
    const admin = await signedIn('admin');
    const open = (official: string, login: string) => admin.post('/api/accounts', { official, login });
    expect((await open(county.id('field'), 'another')).body.refused).toBe('account.exists');
    expect((await open(county.newId(), 'another')).body).toMatchObject({
      refused: 'account.no-official',
      field: 'official',
    });
    await admin.post(`/api/accounts/${accountStream(county.id('inspector'))}/close`);
    expect((await open(county.id('inspector'), 'clerk')).body).toMatchObject({
      refused: 'account.login-taken',
      field: 'login',
    });
    expect((await open(county.id('inspector'), 'inspector2')).body.password).toMatch(/^.{14}$/);
    expect((await admin.post(`/api/accounts/${accountStream(county.administrator)}/close`)).body.refused).toBe(
      'account.own',
    );
  });
  test('two administrators giving out one login at once: one of them gets it', async () => {
    const admin = await signedIn('admin');
    for (const key of ['leader', 'otherfield'])
      await admin.post(`/api/accounts/${accountStream(county.id(key))}/close`);
    const answers = await Promise.all(
      ['leader', 'otherfield'].map((key) => admin.post('/api/accounts', { official: county.id(key), login: 'same' })),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 422]);
    expect(answers.find((a) => a.status === 422)!.body.refused).toBe('account.login-taken');
  });
  test('the list is the same read whole and page by page, and says what may be done', async () => {
    const admin = await signedIn('admin');
    const paged: { id: string }[] = [];
    for (let page; page === undefined || page.length > 0;) {
      const after = paged.length === 0 ? '' : `&after=${paged.at(-1)!.id}`;
      page = (await admin.get(`/api/accounts?limit=4${after}`)).body as { id: string }[];
      paged.push(...page);
    }
    expect(paged).toEqual((await admin.get('/api/accounts?limit=200')).body);
    const rows = (await admin.get('/api/accounts?limit=200')).body as { login: string; can: string[] }[];
    expect(rows.find((r) => r.login === 'field')!.can).toEqual(['account.reset', 'account.close']);
    expect(rows.find((r) => r.login === 'admin')!.can).toEqual(['account.reset']);
    expect(rows.find((r) => r.login === 'auditor')!.can).toEqual(['account.open']);
    expect(JSON.stringify(rows)).not.toContain('argon2');
  });
});

describe('one’s own password', () => {
  test('changing it ends the other sessions and keeps this one', async () => {
    const here = await signedIn('head', '10.0.4.1');
    const there = await signedIn('head', '10.0.4.2');
    expect((await here.post('/api/account/password', { old: PASSWORD, new: 'short' })).body).toMatchObject({
      refused: 'password.short',
      field: 'new',
    });
    expect((await here.post('/api/account/password', { old: PASSWORD, new: '另一个 很长的 密码' })).body).toEqual({
      changed: true,
    });
    expect((await here.get('/api/session')).status).toBe(200);
    expect((await there.get('/api/session')).status).toBe(401);
    expect(
      (await browser('10.0.4.3').post('/api/session', { login: 'head', password: '另一个 很长的 密码' })).status,
    ).toBe(200);
  });
  test('an account taken in as a history signs in like one opened here', async () => {
    const official = county.newId();
    await county.give('official', official, {
      kind: 'official.register',
      name: '新来',
      title: '',
      unit: county.units.liuhe,
      phone: '',
    });
    const post = { role: 'clerk', unit: county.units.liuhe, area: county.places.liuhe, title: '', since: '2025-01-01' };
    await county.give('official', official, { kind: 'official.give-post', ...post });
    const at = '2025-01-01T01:00:00.000Z';
    const history = openedAccount({
      county: county.county,
      official,
      login: 'xinlai',
      hash: await hashPassword(PASSWORD),
      at,
    });
    expect(await county.ledger.take(county.county, [history, history])).toBe(1);
    const b = await signedIn('xinlai');
    expect((await b.get('/api/session')).body).toMatchObject({ official, name: '新来' });
  });
  test('no hash stands readable in the ledger or any table; rebuild makes the same rows', async () => {
    const { rows } = await county.database.pool.query(
      `select t::text as row from event t union all select t::text from account t union all select t::text from command t`,
    );
    expect(JSON.stringify(rows)).not.toContain('argon2');
    const before = await fingerprint(county.database.pool, county.ledger, county.county);
    await rebuild(county.database.pool, county.ledger, county.county, await county.system.policies(county.county));
    expect(await fingerprint(county.database.pool, county.ledger, county.county)).toEqual(before);
  });
});

describe('the sign-in page', () => {
  test('is Chinese HTML with a plain form and remembers where one wanted to go', async () => {
    const page = await browser().get('/sign-in?to=%2Fdesk%2Fmatters%3Fq%3D1');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('lang="zh-CN"');
    expect(page.body).toContain('清河县');
    expect(page.body).toContain('name="to" value="/desk/matters?q=1"');
    const answer = await browser().form('/sign-in', { login: 'clerk', password: PASSWORD, to: '/desk/matters?q=1' });
    expect(answer).toMatchObject({ status: 303 });
    expect(answer.headers.get('location')).toBe('/desk/matters?q=1');
  });
  test('goes to the room of the role', async () => {
    const to = async (login: string) =>
      (await browser('10.0.5.1').form('/sign-in', { login, password: PASSWORD })).headers.get('location');
    expect([await to('field'), await to('clerk')]).toEqual(['/field', '/desk']);
  });
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/api/session',
    '/x\n//evil',
    '/./..//evil.example',
  ])('never leads out: %s', async (to) => {
    const answer = await browser('10.0.5.2').form('/sign-in', { login: 'clerk', password: PASSWORD, to });
    const location = new URL(answer.headers.get('location')!, 'http://localhost:8080');
    expect(location.origin).toBe('http://localhost:8080');
    expect(location.pathname).not.toMatch(/^\/(api|\/)/);
  });
  test('a wrong password comes back as the page, the login kept and made harmless, the password not', async () => {
    const answer = await browser('10.0.5.3').form('/sign-in', {
      login: '"><script>x</script>',
      password: 'a-wrong-password',
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('登录名或密码不对');
    expect(answer.body).toContain('&quot;&gt;&lt;script&gt;');
    expect(answer.body).not.toContain('a-wrong-password');
  });
  test('a one-time password leads to a form for one’s own', async () => {
    const admin = await signedIn('admin');
    const { body } = await admin.post(`/api/accounts/${accountStream(county.id('handler'))}/reset`);
    const asked = await browser('10.0.5.4').form('/sign-in', { login: 'handler', password: body.password });
    expect(asked.body).toContain('设一个新密码');
    expect(asked.body).toContain('name="next"');
    const done = await browser('10.0.5.4').form('/sign-in', {
      login: 'handler',
      password: body.password,
      next: PASSWORD,
    });
    expect(done.status).toBe(303);
  });
});
