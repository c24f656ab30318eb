import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
let anyone: Client;
const today = dayOf(new Date().toISOString());
const IDEA = '赶集日在镇口设个临时停车点';
const WORDS = '逢集那天路两边都是车，消防车进不来。粮站空院子能停五十辆。';

beforeAll(async () => {
  county = await startCounty();
  [clerk, handler, anyone] = await Promise.all([county.as('clerk'), county.as('handler'), county.as()]);
});
afterAll(() => county.stop());

const filed = async (more: object = {}) => {
  const id = newId();
  const { body } = await done(
    clerk.post(`/api/suggestions/${id}/file`, {
      channel: 'letter',
      title: IDEA,
      words: WORDS,
      area: county.places.liuhe,
      ...more,
    }),
  );
  return { id, number: body.told.number as string, code: body.told.code as string };
};
const sent = async (more: object = {}) => {
  const one = await filed(more);
  await done(clerk.post(`/api/suggestions/${one.id}/send`, { unit: county.units.water }));
  return one;
};
const answer = (id: string, outcome: string) =>
  handler.post(`/api/suggestions/${id}/answer`, { outcome, words: '粮站院子归供销社，商量好了，逢集日免费停。' });

const form = (fields: Record<string, string>): RequestInit => ({
  body: new URLSearchParams(fields),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const post = (path: string, fields: Record<string, string>, cookie = ''): Promise<Answer> => {
  const { headers, ...rest } = form(fields);
  return anyone.send('POST', path, { ...rest, headers: { ...(headers as object), cookie } });
};
const cookieOf = (answered: Answer): string =>
  answered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

test('[C18] from the portal: a number and a code without an account, the answer with its reasons, what became of it, thanks', async () => {
  const bad = await post('/suggest', { title: '短', words: '短' });
  expect(bad.status).toBe(422);
  const told = await post('/suggest', { title: IDEA, words: WORDS, area: county.places.liuhe });
  expect(told.status).toBe(200);
  const cookie = cookieOf(told);
  const number = /\/suggestions\/([A-Z]+\d+)/.exec(told.body as string)![1]!;
  const code = [...(told.body as string).matchAll(/<span>(\d{3})<\/span> <span>(\d{3})<\/span><\/dd><\/dl>/g)][0]!;
  const { rows } = (await clerk.get('/api/suggestions')).body;
  const { id } = rows.find((r: { title: string }) => r.title === IDEA);
  await done(clerk.post(`/api/suggestions/${id}/send`, { unit: county.units.water }));
  // Looked up like any other thing, by number and code; a wrong code opens nothing.
  const wrong = await post('/progress', { number, code: '000000' === code[1]! + code[2]! ? '111111' : '000000' });
  expect(wrong.status).toBe(422);
  const opened = await post('/progress', { number, code: code[1]! + code[2]! });
  expect(opened.headers.get('location')).toBe(`/suggestions/${number}`);
  expect((await anyone.get(`/suggestions/${number}`)).headers.get('location')).toContain('/progress');
  const page = async () => (await anyone.send('GET', `/suggestions/${number}`, { headers: { cookie } })).body as string;
  expect(await page()).toContain('水利局在研究');
  await done(answer(id, 'partly'));
  await done(handler.post(`/api/suggestions/${id}/follow`, { words: '上个集日开始停车了', done: true }));
  await done(clerk.post(`/api/suggestions/${id}/thank`, { words: '谢谢您为大家的事花心思，请接着说。' }));
  const whole = await page();
  for (const part of ['部分采纳', '粮站院子归供销社', '上个集日开始停车了', '谢谢您为大家的事花心思', WORDS])
    expect(whole).toContain(part);
  // The public list shows it only once whoever made it says so, and no longer when they say no.
  const list = async () => (await anyone.get('/suggestions')).body as string;
  expect(await list()).not.toContain(IDEA);
  await post(`/suggestions/${number}`, { list: 'listed' }, cookie);
  expect(await list()).toContain(IDEA);
  await post(`/suggestions/${number}`, { list: 'none' }, cookie);
  expect(await list()).not.toContain(IDEA);
  // Nobody else can say it for them.
  expect((await clerk.post(`/api/suggestions/${id}/agree`, { listed: true, named: false })).status).toBe(404);
});

test('[C18] who made it is the desk’s to know, the unit’s only where they said so, and the public’s only by their word', async () => {
  const quiet = await sent({ name: '宋玉梅', phone: '13700001111' });
  const open = await sent({ name: '宋玉梅', phone: '13700001111', share: true });
  const whoOf = async (by: Client, id: string) => (await done(by.get(`/api/suggestions/${id}`))).body.who;
  expect(await whoOf(clerk, quiet.id)).toMatchObject({ shown: true, name: '宋玉梅', phone: '13700001111' });
  expect(await whoOf(handler, quiet.id)).toMatchObject({ shown: false, name: null, phone: null });
  expect(await whoOf(handler, open.id)).toMatchObject({ shown: true, name: '宋玉梅' });
  const leader = await county.as('leader');
  expect(await whoOf(leader, open.id)).toMatchObject({ shown: false, name: null });
  for (const path of [
    '/api/suggestions?show=all',
    '/api/suggestions/figures',
    `/api/search?q=${encodeURIComponent('宋玉梅')}`,
  ])
    expect(JSON.stringify({ ...(await handler.get(path)).body, q: '' })).not.toMatch(/宋玉梅|13700001111/);
  const readings = await county.ledger.query(
    'test.suggestion-readings',
    'select from read_audit where county = $1 and subject = $2',
    [county.county, quiet.id],
  );
  expect(readings.length).toBe(1);
  await done(answer(quiet.id, 'adopted'));
  expect((await anyone.get('/suggestions')).body as string).not.toContain('宋玉梅');
  // An anonymous one cannot stand on the list by a name it does not have.
  const nameless = await sent();
  const theirs = { kind: 'suggestion.agree', listed: true, named: true };
  const verdict = await county.ledger.execute({
    county: county.county,
    id: newId(),
    record: 'suggestion',
    stream: nameless.id,
    command: theirs,
    at: new Date().toISOString(),
    actor: `resident:${nameless.number}`,
    permit: () => true,
  });
  expect(verdict).toMatchObject({ refused: 'suggestion.nameless' });
});

test('[C18] each step in its place: nobody answers what they do not have, nothing becomes of what was not adopted', async () => {
  const one = await filed();
  expect((await answer(one.id, 'adopted')).status).toBe(404);
  await done(clerk.post(`/api/suggestions/${one.id}/send`, { unit: county.units.works }));
  expect((await answer(one.id, 'adopted')).status).toBe(404);
  const works = await county.as('otherhandler');
  await done(
    works.post(`/api/suggestions/${one.id}/return`, { reason: '河道的事不归我们', betterUnit: county.units.water }),
  );
  await done(clerk.post(`/api/suggestions/${one.id}/send`, { unit: county.units.water }));
  expect((await handler.post(`/api/suggestions/${one.id}/answer`, { outcome: 'not', words: '不行' })).status).toBe(422);
  await done(answer(one.id, 'not'));
  expect(
    (await handler.post(`/api/suggestions/${one.id}/follow`, { words: '后来办了', done: true })).body.refused,
  ).toBe('suggestion.not-adopted');
  const aside = await filed();
  expect((await clerk.post(`/api/suggestions/${aside.id}/set-aside`, { words: '不办' })).status).toBe(422);
  await done(clerk.post(`/api/suggestions/${aside.id}/set-aside`, { words: '镇口已经在建停车场，明年三月就能用。' }));
  const matter = await filed({ title: '我家门口的路灯坏了', words: '我家门口的路灯坏了两个月没人修。' });
  const made = await done(clerk.post(`/api/suggestions/${matter.id}/make-matter`, {}));
  expect(made.body.followed).toMatchObject([{ record: 'matter' }]);
  expect((await clerk.get(`/api/matters/${made.body.followed[0].stream}`)).body).toMatchObject({
    subject: '我家门口的路灯坏了',
  });
});

test('[C18] figures have their denominators and equal a count by hand; numbers do not follow each other', async () => {
  const leader = await county.as('leader');
  const list = (await leader.get('/api/suggestions?show=all')).body.rows as { id: string; number: string }[];
  const all = await Promise.all(list.map(async ({ id }) => (await leader.get(`/api/suggestions/${id}`)).body));
  const figures = (await leader.get('/api/suggestions/figures')).body;
  const of = (outcome: string) => all.filter((s) => s.answer?.outcome === outcome).length;
  expect(figures).toMatchObject({
    filed: all.length,
    anonymous: all.filter((s) => s.who.anonymous).length,
    answered: all.filter((s) => s.answer !== null).length,
    adopted: of('adopted'),
    partly: of('partly'),
    notAdopted: of('not'),
    done: all.filter((s) => s.followed.some((f: { done: boolean }) => f.done)).length,
    thanked: all.filter((s) => s.thanks !== null).length,
    screenedInTime: all.filter((s) => s.screenedOn !== null && s.screenedOn <= s.screenBy).length,
  });
  const counts = list.map(({ number }) => Number(/ (\d+) \d$/.exec(number)![1]));
  expect(new Set(counts).size).toBe(counts.length);
  expect(counts.some((n, i) => i > 0 && Math.abs(n - counts[i - 1]!) === 1)).toBe(false);
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await leader.get('/api/suggestions/figures')).body).toEqual(figures);
  expect(figures.from).toBe(`${today.slice(0, 4)}-01-01`);
  expect((await leader.get(`/api/suggestions/figures?from=${addDays(today, 1)}`)).body.filed).toBe(0);
});
