import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { SESSION_COOKIE } from '../app/server.ts';
import { LANGUAGE_COOKIE } from '../language/saying.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from './follow.ts';
import { mailCarrier } from './mail.ts';
import { noticePolicies, standardTemplate } from './model.ts';
import { sendDue, waitAfter } from './outbox.ts';
import { smsFolder } from './sms.ts';
import { mailServer, textFolder } from './testing.ts';
import { type Carriers, unready } from './ways.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
let mail: Awaited<ReturnType<typeof mailServer>>;
let texts: ReturnType<typeof textFolder>;
let carriers: Carriers;
/** The clock of the outbox: tests put it where they want it. */
let clock = '';
const now = (): string => clock;
const NAME = '张桂兰';
const PHONE = '13900001234';
const SUBJECT = '村口路灯坏了一个月';

beforeAll(async () => {
  process.env['SMS_FOLDER'] = 'yes';
  county = await startCounty();
  clerk = await county.as('clerk');
  handler = await county.as('handler');
  mail = await mailServer();
  texts = textFolder();
  carriers = { mail: mailCarrier({ url: mail.url, from: 'minqing@qinghe.example' }), sms: smsFolder(texts.folder) };
  await pass(new Date().toISOString());
});
afterAll(async () => {
  delete process.env['SMS_FOLDER'];
  texts.clear();
  await mail.stop();
  await county.stop();
});
beforeEach(() => {
  mail.letters.length = 0;
  for (const { id } of texts.messages()) texts.take(id);
});

/** What a serving process does in one go, at that time. */
async function pass(at: string, ways = carriers) {
  clock = at;
  await sealAll(county.database.pool, county.county);
  const followed = await followEvents(house(), county.county, noticeRules, ways, at);
  return { ...followed, ...(await sendDue(house(), county.county, ways, now)) };
}
const house = () => county.system;

async function settings(changes: object): Promise<void> {
  const standard = noticePolicies[0]!.standard.document as object;
  await county.publish('notices', { ...standard, ...changes });
}

async function register(fields: object = {}): Promise<string> {
  const id = county.newId();
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: SUBJECT,
      body: '张桂兰家门口那一盏',
      area: county.places.village,
      reporter: { name: NAME, phone: PHONE },
      ...fields,
    }),
  );
  return id;
}
const dispatch = (id: string) => done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
const acknowledge = (id: string) =>
  done(
    handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '派人去看，三天内换灯',
    }),
  );
const bell = async (who: string) =>
  (await done((await county.as(who)).get('/api/notices'))).body as {
    unread: number;
    notices: {
      id: string;
      kind: string;
      text: string;
      number: string;
      subject: string | null;
      stream: string | null;
      read: boolean;
    }[];
  };
const about = async (who: string, id: string) =>
  (await done((await county.as(who)).get(`/api/matters/${id}/notices`))).body as {
    deliveries: {
      kind: string;
      way: string;
      state: string;
      fault: string | null;
      resident: boolean;
      attempts: number;
    }[];
    texting: { there: boolean; allowed: boolean; said: boolean | null };
  };
const ofMatter = async (who: string, id: string) => (await bell(who)).notices.filter(({ stream }) => stream === id);
/** A Wednesday at ten in Shanghai, far enough ahead of what is registered now. */
const at = (day: string, time = '10:00'): string => new Date(`${day}T${time}:00+08:00`).toISOString();
const soon = (): string => new Date(Date.now() + 1_000).toISOString();

describe('[L6] inside the system', () => {
  test('[L6] who is sent a matter finds it at the bell, reads it, and it is counted as read', async () => {
    const id = await register();
    await dispatch(id);
    await pass(soon());
    const before = await bell('handler');
    expect(before.unread).toBeGreaterThan(0);
    const [notice] = before.notices;
    expect(notice).toMatchObject({ kind: 'matter.dispatched', subject: SUBJECT, stream: id, read: false });
    expect(notice!.text).toBe('派给水利局，请签收。');
    expect((await done(handler.get('/api/notices/unread'))).body.unread).toBe(before.unread);
    // Nobody else's: the other unit, the clerk who did it herself.
    expect(await ofMatter('otherhandler', id)).toEqual([]);
    expect(await ofMatter('clerk', id)).toEqual([]);
    await done(handler.post('/api/notices/read', { ids: [notice!.id] }));
    expect((await bell('handler')).unread).toBe(before.unread - 1);
    expect((await about('clerk', id)).deliveries.find(({ way }) => way === 'in-app')).toMatchObject({
      state: 'delivered',
    });
    // Another's notice cannot be read away.
    await done((await county.as('otherhandler')).post('/api/notices/read', {}));
    expect((await bell('handler')).unread).toBe(before.unread - 1);
  });

  test('[L6] each step tells those it concerns: return, adjudication, extension, result, denial', async () => {
    const id = await register();
    await dispatch(id);
    await done(
      handler.post(`/api/matters/${id}/return`, { reason: '路灯归住建管，不归水利', betterUnit: county.units.works }),
    );
    await pass(soon());
    expect((await ofMatter('clerk', id)).map(({ kind }) => kind)).toEqual(['matter.return-asked']);
    await done(clerk.post(`/api/matters/${id}/adjudicate`, { unit: county.units.works, ground: '照明设施归住建局管' }));
    await pass(soon());
    expect((await ofMatter('otherhandler', id))[0]).toMatchObject({
      kind: 'matter.adjudicated',
      text: '裁定由住建局办。',
    });
    // The unit that no longer has it may no longer read it: the number is left, the words are not.
    const old = (await bell('handler')).notices.find(
      ({ kind, stream }) => kind === 'matter.adjudicated' && stream === null,
    );
    expect(old).toMatchObject({ subject: null, stream: null });
    const works = await county.as('otherhandler');
    await done(
      works.post(`/api/matters/${id}/acknowledge`, {
        leader: county.id('otherhandler'),
        handler: county.id('otherhandler'),
        measures: '排进下周的巡修',
      }),
    );
    await done(works.post(`/api/matters/${id}/ask-extension`, { days: 5, reason: '灯杆要从外地调来' }));
    await pass(soon());
    expect((await ofMatter('clerk', id)).map(({ kind }) => kind)).toContain('matter.extension-asked');
    await done(clerk.post(`/api/matters/${id}/decide-extension`, { grant: true }));
    await done(works.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '能修，灯杆已到' }));
    await done(works.post(`/api/matters/${id}/resolve`, { answer: '灯杆已经换好，昨晚亮了，请看看。' }));
    await pass(soon());
    expect((await ofMatter('otherhandler', id)).map(({ kind }) => kind)).toContain('matter.extension-granted');
    expect((await ofMatter('clerk', id)).map(({ kind }) => kind)).toContain('matter.resolved');
    // Five steps in one night are one message in the morning: the last one.
    await pass(at('2026-12-02'));
    expect(texts.messages().filter(({ text }) => text.includes('单位说办好了'))).toHaveLength(1);
    expect(texts.messages().filter(({ text }) => text.includes('延期'))).toEqual([]);
    await done(
      (await county.as('countyclerk')).post(`/api/matters/${id}/call-back`, { outcome: 'denied', words: '还是不亮' }),
    );
    await pass(soon());
    expect((await ofMatter('otherhandler', id))[0]).toMatchObject({ kind: 'matter.denied' });
  });

  test('[L6] in English it says the same, unless the county wrote its own words', async () => {
    const id = await register();
    await dispatch(id);
    await pass(soon());
    const cookie = `${SESSION_COOKIE}=${handler.cookie}; ${LANGUAGE_COOKIE}=en`;
    const inEnglish = async (): Promise<string> => {
      const response = await county.app.request('/api/notices', { headers: { cookie } });
      return ((await response.json()) as { notices: { text: string }[] }).notices[0]!.text;
    };
    expect(await inEnglish()).toBe('Sent to 水利局; please acknowledge it.');
    const own = { ...standardTemplate('matter.dispatched'), inside: '新单子：{unit}。' };
    await county.publish('notice-templates', { 'matter.dispatched': own });
    expect(await inEnglish()).toBe('新单子：水利局。');
    await county.publish('notice-templates', {});
  });
});

describe('[L6] text messages to residents', () => {
  test('[L6] say the number and a plain state, go once, and what the gateway says stands on the matter', async () => {
    await pass(at('2026-12-02', '09:00'));
    for (const { id: before } of texts.messages()) texts.take(before);
    const id = await register();
    await dispatch(id);
    await pass(at('2026-12-02'));
    const sent = texts.messages();
    const { number } = (await done(clerk.get(`/api/matters/${id}`))).body as { number: string };
    expect(sent).toEqual([expect.objectContaining({ to: PHONE, text: expect.stringContaining(number) })]);
    expect(sent[0]!.text).not.toMatch(/张|路灯|水利|\d{6,}/);
    await pass(at('2026-12-02', '10:30'));
    expect(texts.messages()).toHaveLength(1);
    expect((await about('clerk', id)).deliveries.find(({ resident }) => resident)).toMatchObject({
      way: 'sms',
      state: 'sent',
    });
    texts.take(sent[0]!.id);
    texts.drop(sent[0]!.id, { id: sent[0]!.id, state: 'delivered', at: '2026-12-02T10:31:00+08:00' });
    await pass(at('2026-12-02', '10:40'));
    expect((await about('clerk', id)).deliveries.find(({ resident }) => resident)).toMatchObject({
      state: 'delivered',
    });
    expect(texts.messages()).toEqual([]);
  });

  test('[L6] a gateway that could not deliver says why, without the number it tried', async () => {
    const id = await register();
    await dispatch(id);
    await pass(at('2026-12-02'));
    const [{ id: message } = { id: '' }] = texts.messages();
    texts.drop(message, { id: message, state: 'failed', reason: `${PHONE} 停机` });
    // What is not a receipt of ours changes nothing.
    texts.drop('11111111-1111-4111-8111-111111111111', { id: message, state: 'delivered' });
    await pass(at('2026-12-02', '10:05'));
    const told = (await about('clerk', id)).deliveries.find(({ resident }) => resident);
    expect(told).toMatchObject({ state: 'failed', fault: '… 停机' });
  });

  test('[L6] a telephone is used for its matter alone; none was left, none is sent', async () => {
    const mine = await register();
    const other = await register({ reporter: {} });
    const named = await register({ reporter: { name: NAME } });
    for (const id of [mine, other, named]) await dispatch(id);
    await pass(at('2026-12-02'));
    expect(texts.messages()).toHaveLength(1);
    expect((await about('clerk', other)).texting).toEqual({ there: false, allowed: false, said: null, can: null });
    expect((await about('clerk', other)).deliveries.filter(({ resident }) => resident)).toEqual([]);
  });

  test('[L6] the resident takes it back with number and code, also for what waits already, and gives it again', async () => {
    const id = county.newId();
    const { body } = await done(
      clerk.post(`/api/matters/${id}/register`, {
        channel: 'web',
        subject: SUBJECT,
        area: county.places.village,
        reporter: { phone: PHONE },
      }),
    );
    const { number, code } = body.told as { number: string; code: string };
    await dispatch(id);
    // At night it waits.
    await pass(at('2026-12-02', '22:00'));
    expect(texts.messages()).toEqual([]);
    const nobody = await county.as();
    const form = (fields: Record<string, string>, cookie = '') => ({
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });
    const admitted = await nobody.send('POST', '/progress', form({ number, code }));
    const cookie = admitted.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const page = async () => String((await nobody.send('GET', `/progress/${number}`, { headers: { cookie } })).body);
    expect(await page()).toContain('尾号 1234');
    // Without the key nothing changes.
    expect((await nobody.send('POST', `/progress/${number}/texts`, form({ act: 'stop' }))).status).toBe(303);
    expect(await page()).toContain('尾号 1234');
    await nobody.send('POST', `/progress/${number}/texts`, form({ act: 'stop' }, cookie));
    expect(await page()).toContain('不发短信');
    await pass(at('2026-12-03', '09:00'));
    expect(texts.messages()).toEqual([]);
    expect((await about('clerk', id)).deliveries.find(({ resident }) => resident)).toMatchObject({
      state: 'withdrawn',
      fault: '本人不要短信',
    });
    await acknowledge(id);
    await pass(at('2026-12-03', '09:30'));
    expect(texts.messages()).toEqual([]);
    await nobody.send('POST', `/progress/${number}/texts`, form({ act: 'allow' }, cookie));
    await done(handler.post(`/api/matters/${id}/answer`, { text: '灯已经买到，周五来装，谢谢您说。' }));
    await pass(at('2026-12-03', '10:00'));
    expect(texts.messages().map(({ text }) => text)).toEqual([expect.stringContaining('有新答复')]);
  });

  test('[L6] [C3] whoever raised what was merged into another is told as if it were alone, by their own number', async () => {
    const main = await register();
    await dispatch(main);
    const other = await register({ reporter: { phone: '13900005678' } });
    await done(clerk.post(`/api/matters/${other}/merge`, { into: main }));
    await pass(at('2026-12-02'));
    const numberOf = async (id: string) =>
      ((await done(clerk.get(`/api/matters/${id}`))).body as { number: string }).number;
    const told = () => texts.messages().filter(({ to }) => to === '13900005678');
    expect(told().map(({ text }) => text)).toEqual([expect.stringContaining('已转给')]);
    expect(told()[0]!.text).toContain(await numberOf(other));
    for (const { id: message } of texts.messages()) texts.take(message);
    await acknowledge(main);
    await done(handler.post(`/api/matters/${main}/dispose`, { disposition: 'solvable', cause: '灯能修，灯杆也在' }));
    await done(handler.post(`/api/matters/${main}/resolve`, { answer: '灯杆已经换好，昨晚亮了，请看看。' }));
    await pass(at('2026-12-02', '12:00'));
    expect(told().map(({ text }) => text)).toEqual([expect.stringContaining('单位说办好了')]);
    expect(told()[0]!.text).toContain(await numberOf(other));
    expect(texts.messages().filter(({ to }) => to === PHONE)).toHaveLength(1);
  });

  test('[L6] what was said in confidence is texted only to who asked for it; who takes it down may say so for them', async () => {
    const id = await register({ reporter: { name: NAME, phone: PHONE, confidential: true } });
    await dispatch(id);
    await pass(at('2026-12-02'));
    expect(texts.messages()).toEqual([]);
    expect((await handler.post(`/api/matters/${id}/textings/allow`)).status).toBe(404);
    await done(clerk.post(`/api/matters/${id}/textings/allow`));
    await acknowledge(id);
    await pass(at('2026-12-02', '11:00'));
    expect(texts.messages()).toHaveLength(1);
    expect((await clerk.post(`/api/matters/${id}/textings/allow`)).body.refused).toBe('texting.unchanged');
  });

  test('[L6] a county that sends none sends none; without a gateway nothing waits for one', async () => {
    await settings({ textResidents: false });
    const id = await register();
    await dispatch(id);
    await pass(at('2026-12-02'));
    expect(texts.messages()).toEqual([]);
    await settings({});
    const other = await register();
    await dispatch(other);
    await pass(at('2026-12-02'), { ...carriers, sms: unready('sms') });
    expect((await about('clerk', other)).deliveries.filter(({ way }) => way === 'sms')).toEqual([]);
  });
});

describe('[L6] who raised it', () => {
  test('[L6] is in no notice, no delivery, no file name and no answer about them, whoever asks', async () => {
    const id = await register({ reporter: { name: NAME, phone: PHONE, confidential: true }, body: '我住他隔壁' });
    await dispatch(id);
    await acknowledge(id);
    await done(handler.post(`/api/matters/${id}/answer`, { text: '灯已经买到，周五来装，谢谢您说。' }));
    await pass(at('2026-12-02', '15:00'));
    const { rows } = await county.database.pool.query(
      `select row_to_json(n)::text || row_to_json(d)::text as text from notice n join notice_delivery d on d.notice = n.id`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toMatch(/张桂兰|13900001234|隔壁/);
    expect(
      texts
        .messages()
        .map(({ id: message }) => message)
        .join(),
    ).not.toMatch(/13900001234/);
    for (const who of ['handler', 'waterhead', 'clerk', 'head', 'leader', 'inspector', 'otherhandler', 'field']) {
      const client = await county.as(who);
      const told = JSON.stringify([
        (await client.get('/api/notices')).body,
        (await client.get(`/api/matters/${id}/notices`)).body,
      ]);
      expect(told, who).not.toMatch(/张桂兰|13900001234|隔壁/);
    }
    for (const who of ['otherhandler', 'farclerk', 'administrator'])
      expect((await (await county.as(who)).get(`/api/matters/${id}/notices`)).status, who).toBe(404);
  });
});

describe('[L6] mail to officials', () => {
  const choose = (who: string, mailTo: string | null, digest: boolean) =>
    county.as(who).then((client) => client.post('/api/notices/choice', { mail: mailTo, digest }));

  test('[L6] goes at once to who wants that, in working hours; says number and state, no name and nobody’s words', async () => {
    await done(choose('handler', 'liqiang@qinghe.example', false));
    expect((await choose('handler', 'liqiang@qinghe.example', false)).body.refused).toBe('notice.unchanged');
    expect((await choose('handler', 'not an address', false)).status).toBe(422);
    const id = await register();
    await dispatch(id);
    await pass(at('2026-12-02', '19:00'));
    expect(mail.letters).toEqual([]);
    await pass(at('2026-12-03', '08:29'));
    expect(mail.letters).toEqual([]);
    await pass(at('2026-12-03', '08:30'));
    const [letter] = mail.letters;
    const { number } = (await done(clerk.get(`/api/matters/${id}`))).body as { number: string };
    expect(letter).toMatchObject({ from: 'minqing@qinghe.example', to: ['liqiang@qinghe.example'] });
    expect(letter!.text).toContain(number);
    expect(letter!.source + letter!.text + letter!.subject).not.toMatch(/张桂兰|13900001234|路灯/);
    await pass(at('2026-12-03', '09:00'));
    expect(mail.letters).toHaveLength(1);
    // The address stands in the vault alone.
    const { rows } = await county.database.pool.query(
      `select data::text from event where record = 'notice-choice' union all select row_to_json(c)::text from notice_choice c`,
    );
    expect(JSON.stringify(rows)).not.toContain('liqiang');
  });

  test('[L6] the others get one letter a working day; over a holiday with a make-up day it comes on the make-up day', async () => {
    // 2026: National Day is off from 1 to 7 October; Saturday 10 October is worked.
    await done(choose('handler', 'liqiang@qinghe.example', true));
    const ids = [await register(), await register(), await register()];
    for (const id of ids) await dispatch(id);
    await pass(at('2026-10-09', '18:00'));
    expect(mail.letters).toEqual([]);
    await pass(at('2026-10-10', '08:29'));
    expect(mail.letters).toEqual([]);
    await pass(at('2026-10-10', '08:30'));
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]!.subject).toContain('3 件事等您看');
    await pass(at('2026-10-10', '12:00'));
    await pass(at('2026-10-11', '12:00'));
    expect(mail.letters).toHaveLength(1);
  });

  test('[L6] a server that is not there or not willing is tried again, later each time; a no for good is a no', async () => {
    await done(choose('handler', 'liqiang@qinghe.example', false));
    const id = await register();
    await dispatch(id);
    mail.refuseNext(451, 2);
    const start = Date.parse(at('2026-12-02', '09:00'));
    const later = (ms: number) => pass(new Date(start + ms).toISOString());
    expect(await later(0)).toMatchObject({ failed: 1 });
    const mailOf = async () => (await about('clerk', id)).deliveries.find(({ way }) => way === 'mail');
    expect(await mailOf()).toMatchObject({ state: 'waiting', fault: '邮件服务器答复 451', attempts: 1 });
    expect(await later(waitAfter(1) - 1_000)).toMatchObject({ failed: 0 });
    expect(await later(waitAfter(1))).toMatchObject({ failed: 1 });
    await later(waitAfter(1) + waitAfter(2));
    expect(mail.letters).toHaveLength(1);
    expect(await mailOf()).toMatchObject({ state: 'sent', fault: null, attempts: 3 });

    const other = await register();
    await dispatch(other);
    mail.refuseNext(550);
    await pass(at('2026-12-02', '14:00'));
    expect((await about('clerk', other)).deliveries.find(({ way }) => way === 'mail')).toMatchObject({
      state: 'failed',
    });
    const administrator = await county.as('administrator');
    expect((await done(administrator.get('/api/notices/ways'))).body[1]).toMatchObject({ way: 'mail', failed: 1 });
    expect((await done(administrator.post('/api/notices/retry'))).body).toEqual({ again: 1 });
    await pass(at('2026-12-02', '14:01'));
    expect(mail.letters).toHaveLength(2);
    expect((await administrator.post('/api/notices/retry')).body.refused).toBe('notice.nothing-failed');
    await settings({ mostAttempts: 1 });
    const third = await register();
    await dispatch(third);
    const nowhere = mailCarrier({ url: 'smtp://127.0.0.1:1', from: 'minqing@qinghe.example' });
    await pass(at('2026-12-02', '15:00'), { ...carriers, mail: nowhere });
    expect((await about('clerk', third)).deliveries.find(({ way }) => way === 'mail')).toMatchObject({
      state: 'failed',
      fault: '连不上邮件服务器',
    });
    await settings({});
    await done(choose('handler', null, true));
  });
});

describe('[L6] other records', () => {
  test('[L6] who is called to a meeting hears of it, and of the task set there; the chair who called does not tell himself', async () => {
    const head = await county.as('head');
    const id = county.newId();
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await done(
      head.post(`/api/meetings/${id}/call`, {
        template: 'weekly',
        unit: county.units.liuhe,
        day,
        from: '08:30',
        place: '二楼会议室',
        chair: county.id('head'),
        invited: [county.id('field'), county.id('otherfield')],
      }),
    );
    await pass(soon());
    expect((await ofMatter('field', id)).map(({ kind }) => kind)).toEqual(['meeting.called']);
    // On the last day it may be held the chair is reminded of it all the same.
    const toldHead = (await ofMatter('head', id)).map(({ kind }) => kind);
    expect(toldHead.filter((kind) => !kind.startsWith('owed.'))).toEqual([]);
    await done(head.post(`/api/meetings/${id}/cancel`, { reason: '下村去了，改到下周' }));
    await pass(soon());
    expect((await ofMatter('otherfield', id)).map(({ kind }) => kind)).toEqual(['meeting.cancelled', 'meeting.called']);
  });
});

describe('[L6] what a county writes itself', () => {
  const templates = (changes: object) =>
    county.as('administrator').then((client) =>
      client.post('/api/policies/notice-templates/publish', {
        document: changes,
        validFrom: '2026-01-01',
        source: '县里的决定',
        reason: '试用',
      }),
    );
  test('[L6] its words are sent; fields that are not known, or that are of a person, are refused', async () => {
    for (const outside of [
      '{name}您好，{number}已转办',
      '{reporter} {number}',
      '编号 {number',
      '{number} {subject}',
      '',
    ]) {
      const { status, body } = await templates({ 'resident.dispatched': { outside, urgent: false } });
      expect([outside, status, body.refused]).toEqual([outside, 422, 'policy.malformed']);
    }
    expect(
      (
        await templates({
          'no.kind': 1,
          'matter.dispatched': { inside: '{phone}', outside: '{number} 来了', urgent: false },
        })
      ).status,
    ).toBe(422);
    await done(templates({ 'resident.dispatched': { outside: '【清河】{number} 转出去了。', urgent: false } }));
    await county.system.freshPolicies(county.county);
    const id = await register();
    await dispatch(id);
    await pass(at('2026-12-02'));
    expect(texts.messages()[0]!.text).toMatch(/^【清河】QH [\d ]+ 转出去了。$/);
  });
});
