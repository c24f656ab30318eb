import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundCounty } from '../app/county.ts';
import { openSystem } from '../app/system.ts';
import { freshDatabase } from '../storage/testing.ts';
import { type Found, createSetupLink } from './setup.ts';
import { accountServer } from './testing.ts';

const URL_ = 'http://localhost:8080';
const FOUNDING = {
  county: { code: '990101', name: '清河县', prefix: 'qh' },
  administrator: { name: '王管理', login: 'Admin', password: '柳河 水渠 清淤 三月' },
};
const FORM = {
  name: '清河县',
  code: '990101',
  prefix: 'qh',
  person: '王管理',
  login: 'Admin',
  password: '柳河 水渠 清淤 三月',
};

const start = async () => {
  const database = await freshDatabase();
  const system = openSystem(database, { key: randomBytes(32), publicUrl: URL_ });
  const stands = { county: 0, times: 0, broken: false };
  const found: Found = async (_, { county, administrator }) => {
    stands.times += 1;
    const made = await foundCounty(database, system.ledger, { ...county, desk: '县群众工作部', administrator });
    if (stands.broken) throw new Error('the machine broke half-way');
    stands.county = made.county;
    return { county: made.county, official: made.administrator };
  };
  const server = accountServer({ system, database, ledger: system.ledger }, { county: () => stands.county, found });
  const link = (now = new Date().toISOString()) => createSetupLink(system.ledger.query, URL_, now);
  const tokenOf = (address: string | undefined): string => new URL(address!).searchParams.get('token')!;
  return { database, server, stands, link, tokenOf };
};

let s: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  s = await start();
});
afterEach(() => s.database.drop());

describe('before the first set-up', () => {
  test('the server answers: the sign-in page says what to do, nobody gets in', async () => {
    const b = s.server.browser();
    expect((await b.get('/sign-in')).body).toContain('还没有设置好');
    expect((await b.get('/api/session')).status).toBe(401);
    expect((await b.post('/api/session', { login: 'admin', password: '柳河 水渠 清淤 三月' })).body.refused).toBe(
      'session.wrong',
    );
  });
  test('without the link nothing is set up', async () => {
    const b = s.server.browser();
    expect(await b.get('/setup')).toMatchObject({ status: 404, body: expect.stringContaining('打不开') });
    await s.link();
    for (const token of ['', 'made-up', 'x'.repeat(64)]) {
      expect((await b.post('/api/setup', { ...FOUNDING, token })).body.refused).toBe('setup.link');
      expect((await b.form('/setup', { ...FORM, token })).status).toBe(404);
    }
    expect(s.stands.times).toBe(0);
  });
});

describe('[L1] the one-time link', () => {
  test('makes the county and signs its administrator in, once', async () => {
    const link = await s.link();
    expect(link).toMatch(/^http:\/\/localhost:8080\/setup\?token=[\w-]{43}$/);
    const token = s.tokenOf(link);
    const b = s.server.browser();
    expect((await b.get(link!.slice(URL_.length))).body).toContain('第一位管理员');
    expect((await b.post('/api/setup', { ...FOUNDING, token })).body).toMatchObject({ room: 'desk' });
    expect((await b.get('/api/session')).body).toMatchObject({
      county: '清河县',
      name: '王管理',
      roles: [{ role: 'administrator' }],
    });
    const { rows } = await s.database.pool.query('select name, prefix from county');
    expect(rows).toEqual([{ name: '清河县', prefix: 'QH' }]);

    expect((await s.server.browser().post('/api/setup', { ...FOUNDING, token })).body.refused).toBe('setup.done');
    expect(await s.server.browser().get(`/setup?token=${token}`)).toMatchObject({
      status: 409,
      body: expect.stringContaining('去登录'),
    });
    expect(await s.link()).toBeUndefined();
    const again = await s.server
      .browser()
      .post('/api/session', { login: 'admin', password: FOUNDING.administrator.password });
    expect(again.status).toBe(200);
  });
  test('used by two at once it founds once', async () => {
    const token = s.tokenOf(await s.link());
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => s.server.browser().post('/api/setup', { ...FOUNDING, token })),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(s.stands.times).toBe(1);
  });
  test('is over after a day, and when a newer one is made', async () => {
    const old = s.tokenOf(await s.link(new Date(Date.now() - 24 * 3_600_000 - 1000).toISOString()));
    expect((await s.server.browser().post('/api/setup', { ...FOUNDING, token: old })).body.refused).toBe('setup.link');
    const first = s.tokenOf(await s.link());
    const second = s.tokenOf(await s.link());
    expect((await s.server.browser().post('/api/setup', { ...FOUNDING, token: first })).body.refused).toBe(
      'setup.link',
    );
    expect((await s.server.browser().post('/api/setup', { ...FOUNDING, token: second })).status).toBe(200);
  });
  test('is stored only as a hash', async () => {
    const token = s.tokenOf(await s.link());
    const { rows } = await s.database.pool.query('select l::text as row from setup_link l');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
  test('a weak password or a broken machine does not use it up', async () => {
    const token = s.tokenOf(await s.link());
    const b = s.server.browser();
    const weak = { ...FOUNDING, administrator: { ...FOUNDING.administrator, password: '1234567890' } };
    expect((await b.post('/api/setup', { ...weak, token })).body).toMatchObject({
      refused: 'password.obvious',
      field: 'administrator.password',
    });
    s.stands.broken = true;
    expect((await b.post('/api/setup', { ...FOUNDING, token })).status).toBe(500);
    s.stands.broken = false;
    expect((await b.post('/api/setup', { ...FOUNDING, token })).status).toBe(200);
    expect(s.stands.times).toBe(2);
  });
});

describe('the set-up page', () => {
  test('works as a plain form; a fault keeps what was typed and marks its field', async () => {
    const token = s.tokenOf(await s.link());
    const b = s.server.browser();
    const faulty = await b.form('/setup', { ...FORM, token, code: '99x' });
    expect(faulty.status).toBe(422);
    expect(faulty.body).toContain('行政区划代码是 6 位数字');
    expect(faulty.body).toContain('value="清河县"');
    expect(faulty.body).toMatch(/id="code"[^>]*aria-invalid="true"/);
    expect(faulty.body).not.toContain(FORM.password);
    const done = await b.form('/setup', { ...FORM, token });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/desk');
    expect((await b.get('/api/session')).status).toBe(200);
  });
});
