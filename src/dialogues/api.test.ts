import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let clerk: Client;
let waterhead: Client;
let nobody: Client;
const today = dayOf(new Date().toISOString());
const id = newId();
const told = new Map<number, string>();

beforeAll(async () => {
  county = await startCounty();
  [clerk, waterhead, nobody] = await Promise.all([county.as('countyclerk'), county.as('waterhead'), county.as()]);
  await county.publish('dialogues', { noticeDays: 0, most: 300 });
});
afterAll(() => county.stop());

const ask = async (by: Client, words: string, more: object = {}): Promise<number> => {
  const { body } = await done(by.post(`/api/dialogues/${id}/ask`, { words, ...more }));
  told.set(body.told.question as number, body.told.code as string);
  return body.told.question as number;
};
const form = (fields: Record<string, string>) =>
  nobody.send('POST', `/dialogues/${id}`, {
    body: new URLSearchParams(fields),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const page = async (): Promise<string> => String((await nobody.get(`/dialogues/${id}`)).body);

test('[D6] an announced session with guests takes questions before and during, from the portal and typed by the host', async () => {
  await done(
    clerk.post(`/api/dialogues/${id}/announce`, {
      form: 'hotline',
      title: '水利局长在线：水渠和自来水',
      about: '有关用水的都可以问',
      area: county.places.root,
      day: today,
      from: '09:00',
      to: '10:30',
      phone: '0999-12345',
      guests: [{ official: county.id('waterhead'), unit: county.units.water }],
    }),
  );
  expect(await page()).toContain('陈局');
  expect(await ask(nobody, '二组的渠什么时候通水', { via: 'phone', name: '刘大有', phone: '13800138000' })).toBe(1);
  expect((await form({ act: 'ask', words: '自来水为什么发黄' })).status).toBe(200);
  await done(clerk.post(`/api/dialogues/${id}/begin`));
  expect(await ask(clerk, '二组渠道几时来水', { via: 'phone' })).toBe(3);
  expect(await ask(nobody, '我家 3 号楼二〇一，水表坏了', { phone: '13900000009', area: county.places.village })).toBe(
    4,
  );
  expect(await ask(nobody, '你们都是吃干饭的')).toBe(5);
  const { questions } = (await clerk.get(`/api/dialogues/${id}`)).body as {
    questions: { via: string; state: string }[];
  };
  // Nobody but the host can say that a question came by telephone.
  expect(questions.map((q) => q.via)).toEqual(['portal', 'portal', 'phone', 'portal', 'portal']);
  // Until somebody has looked at it nothing is shown.
  expect(await page()).not.toContain('什么时候通水');
});

test('[D6] what is not shown has its reason, counted in public and told to whoever asked; nothing is deleted', async () => {
  await done(clerk.post(`/api/dialogues/${id}/show`, { question: 1 }));
  await done(clerk.post(`/api/dialogues/${id}/show`, { question: 2 }));
  expect((await clerk.post(`/api/dialogues/${id}/close`)).body.refused).toBe('dialogue.unsorted');
  expect((await clerk.post(`/api/dialogues/${id}/hide`, { question: 3, reason: 'duplicate' })).body.refused).toBe(
    'dialogue.same-missing',
  );
  await done(clerk.post(`/api/dialogues/${id}/hide`, { question: 3, reason: 'duplicate', same: 1 }));
  await done(clerk.post(`/api/dialogues/${id}/hide`, { question: 4, reason: 'personal' }));
  await done(clerk.post(`/api/dialogues/${id}/hide`, { question: 5, reason: 'insult' }));
  const shown = await page();
  expect(shown).toContain('什么时候通水');
  for (const secret of ['二〇一', '吃干饭', '13800138000', '刘大有']) expect(shown).not.toContain(secret);
  expect(shown).toContain('1 个没有公开：有个人信息');
  const own = String((await form({ act: 'look', question: '4', code: told.get(4)! })).body);
  expect(own).toContain('水表坏了');
  expect(own).toContain('有个人信息');
  expect((await form({ act: 'look', question: '4', code: 'wrong' })).status).toBe(422);
  expect(((await clerk.get(`/api/dialogues/${id}`)).body.questions as unknown[]).length).toBe(5);
});

test('[D6] answers say by whom; what is open at the end becomes a matter, its answer comes back; promises are followed; the record is published', async () => {
  expect(
    (
      await clerk.post(`/api/dialogues/${id}/answer`, {
        question: 1,
        official: county.id('handler'),
        words: '月底通水',
      })
    ).body.refused,
  ).toBe('dialogue.not-guest');
  await done(
    waterhead.post(`/api/dialogues/${id}/answer`, {
      question: 1,
      official: county.id('waterhead'),
      words: '管护队已经进场，月底前通水',
      promised: { what: '二组的渠月底前通水', by: addDays(today, 20) },
    }),
  );
  const closed = await done(clerk.post(`/api/dialogues/${id}/close`));
  // The second was not answered, the fourth only not shown; a repeated question and an insult are no matters.
  const followed = closed.body.followed as { record: string; stream: string }[];
  expect(followed.map((f) => f.record)).toEqual(['matter', 'matter']);
  const county4 = (await (await county.as('clerk')).get(`/api/matters/${followed[1]!.stream}`)).body;
  expect(JSON.stringify(county4)).toContain('水表坏了');
  expect((await nobody.post(`/api/dialogues/${id}/ask`, { words: '还能问吗' })).body.refused).toBe(
    'dialogue.asking-closed',
  );

  const yellow = followed[0]!.stream;
  await done(clerk.post(`/api/matters/${yellow}/dispatch`, { unit: county.units.water }));
  const handler = await county.as('handler');
  await done(
    handler.post(`/api/matters/${yellow}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '查管网、冲洗',
    }),
  );
  await done(handler.post(`/api/matters/${yellow}/answer`, { text: '老管锈了，昨晚冲洗过，今天的水已经化验合格。' }));
  const { body } = await clerk.get(`/api/dialogues/${id}`);
  expect(body.questions[1]).toMatchObject({
    handedOn: true,
    heard: today,
    said: '老管锈了，昨晚冲洗过，今天的水已经化验合格。',
  });
  // Everybody reads that it was answered; what it says is for whoever asked.
  expect(await page()).toContain('单位后来已经答复提问的人');
  expect(await page()).not.toContain('化验合格');

  await done(handler.post(`/api/dialogues/${id}/follow`, { question: 1, kept: true, words: '今天上午已经通水' }));
  await done(clerk.post(`/api/dialogues/${id}/publish`, { words: '这一场问得最多的是水渠' }));
  const record = await page();
  for (const said of [
    '水利局 陈局',
    '管护队已经进场',
    '兑现了',
    '今天上午已经通水',
    '问了 5 个，当场答了 1 个，转给单位办 2 个',
    '这一场问得最多的是水渠',
  ])
    expect(record).toContain(said);
  const [row] = (await clerk.get('/api/dialogues')).body.rows as object[];
  expect(row).toMatchObject({ asked: 5, live: 1, handedOn: 2, later: 1, hidden: 3, promises: 1, kept: 1 });
  const before = (await clerk.get('/api/dialogues')).body;
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await clerk.get('/api/dialogues')).body).toEqual(before);
  // Another township's desk neither reads what was asked nor hosts it; what the house tells itself has no door.
  const far = await county.as('farclerk');
  expect((await far.get(`/api/dialogues/${id}`)).status).toBe(404);
  expect((await clerk.post(`/api/dialogues/${id}/hear-answer`, { question: 1, words: '我说的' })).status).toBe(404);
});

test('[D6] a session that is called off loses nothing: what was asked becomes a matter each', async () => {
  const other = newId();
  await done(
    clerk.post(`/api/dialogues/${other}/announce`, {
      form: 'online',
      title: '住建局在线',
      about: '房屋和道路',
      area: county.places.root,
      day: addDays(today, 2),
      from: '09:00',
      to: '10:30',
      guests: [{ official: county.id('otherhandler'), unit: county.units.works }],
    }),
  );
  await done(nobody.post(`/api/dialogues/${other}/ask`, { words: '路什么时候修' }));
  const { body } = await done(clerk.post(`/api/dialogues/${other}/cancel`, { reason: '防汛值守' }));
  expect(body.followed).toMatchObject([{ record: 'matter' }]);
});
