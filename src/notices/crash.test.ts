import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { type TestCounty, done, startCounty } from '../app/testing.ts';
import { newId } from '../ledger/ids.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from './follow.ts';
import { CLAIM_MS, sendDue } from './outbox.ts';
import { smsFolder } from './sms.ts';
import { mailServer, textFolder } from './testing.ts';
import type { Carrier, Carriers } from './ways.ts';
import { mailCarrier } from './mail.ts';

let county: TestCounty;
let mail: Awaited<ReturnType<typeof mailServer>>;
let texts: ReturnType<typeof textFolder>;
let clock = new Date(`2026-12-02T10:00:00+08:00`).toISOString();
const now = (): string => clock;
const later = (ms: number): void => void (clock = new Date(Date.parse(clock) + ms).toISOString());
const children = new Set<ChildProcess>();

beforeAll(async () => {
  county = await startCounty();
  mail = await mailServer();
  texts = textFolder();
  await done(
    (await county.as('handler')).post('/api/notices/choice', { mail: 'liqiang@qinghe.example', digest: false }),
  );
  await follow();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  texts.clear();
  await mail.stop();
  await county.stop();
});

const carriers = (): Carriers => ({
  mail: mailCarrier({ url: mail.url, from: 'minqing@qinghe.example' }),
  sms: smsFolder(texts.folder),
});
async function follow(ways = carriers()): Promise<void> {
  await sealAll(county.database.pool, county.county);
  await followEvents(county.system, county.county, noticeRules, ways, clock);
}
async function dispatched(): Promise<string> {
  const clerk = await county.as('clerk');
  const id = county.newId();
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '路灯坏了',
      area: county.places.village,
      reporter: { phone: '13900001234' },
    }),
  );
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
  return id;
}
const states = async (id: string): Promise<Record<string, string>> => {
  const { rows } = await county.database.pool.query<{ way: string; state: string }>(
    `select d.way, d.state from notice n join notice_delivery d on d.notice = n.id where n.stream = $1`,
    [id],
  );
  return Object.fromEntries(rows.map(({ way, state }) => [way, state]));
};

test('[L6] a process that dies after sending and before noting it: texts and bell once, mail again under the same Message-ID', async () => {
  const id = await dispatched();
  await follow();
  mail.letters.length = 0;
  // Dies: sends, and then nothing of it comes back.
  const dying = (carrier: Carrier): Carrier => ({
    ...carrier,
    async send(message, at) {
      await carrier.send(message, at);
      throw new Error('killed');
    },
  });
  const ways = carriers();
  await expect(
    sendDue(county.system, county.county, { mail: dying(ways.mail), sms: dying(ways.sms) }, now),
  ).rejects.toThrow('killed');
  expect(Object.values(await states(id))).toContain('sending');
  // The gateway takes the message away meanwhile: nothing in the folder tells that it was there, but its mark.
  const taken = texts.messages();
  for (const message of taken) texts.take(message.id);
  await sendDue(county.system, county.county, carriers(), now);
  expect(Object.values(await states(id))).toContain('sending');
  later(CLAIM_MS + 1_000);
  await sendDue(county.system, county.county, carriers(), now);
  expect(await states(id)).toEqual({ 'in-app': 'sent', mail: 'sent', sms: 'sent' });
  expect(taken.length + texts.messages().length).toBe(1);
  expect(new Set(mail.letters.map((letter) => letter.id)).size).toBe(1);
  expect(mail.letters.length).toBeLessThanOrEqual(2);
  const { body } = await done((await county.as('handler')).get('/api/notices'));
  expect(body.notices.filter(({ stream }: { stream: string }) => stream === id)).toHaveLength(1);
});

test('[L6] one that comes back from the dead does not overrule who took over', async () => {
  const id = await dispatched();
  await follow();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const ways = carriers();
  const slow: Carriers = {
    ...ways,
    mail: {
      ...ways.mail,
      async send() {
        await held;
        return { sent: false, fault: '太晚了', final: true };
      },
    },
  };
  const first = sendDue(county.system, county.county, slow, now);
  while ((await states(id))['mail'] !== 'sending') await sleep(10);
  later(CLAIM_MS + 1_000);
  await sendDue(county.system, county.county, ways, now);
  expect((await states(id))['mail']).toBe('sent');
  release();
  await first;
  expect((await states(id))['mail']).toBe('sent');
});

test('[L6] three processes at once send each message once', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, dispatched));
  await follow();
  mail.letters.length = 0;
  for (const message of texts.messages()) texts.take(message.id);
  await Promise.all([1, 2, 3].map(() => sendDue(county.system, county.county, carriers(), now)));
  expect(mail.letters).toHaveLength(ids.length);
  expect(new Set(mail.letters.map((letter) => letter.id)).size).toBe(ids.length);
  expect(texts.messages()).toHaveLength(ids.length);
  for (const id of ids) expect(await states(id)).toEqual({ 'in-app': 'sent', mail: 'sent', sms: 'sent' });
});

/** Hands messages over to a text folder without end, telling each before it begins and after it is done. */
const HANDING = `
import { smsFolder } from ${JSON.stringify(new URL('./sms.ts', import.meta.url).href)};
const carrier = smsFolder(process.argv[1]);
process.stdin.setEncoding('utf8');
let rest = '';
for await (const part of process.stdin) {
  rest += part;
  for (let end; (end = rest.indexOf('\\n')) >= 0; rest = rest.slice(end + 1)) {
    const id = rest.slice(0, end);
    await carrier.send({ id, to: '13900001234', subject: '', text: '编号 ' + id, notices: [id] }, new Date().toISOString());
    process.stdout.write(id + '\\n');
  }
}`;

test(
  '[L6] killed by SIGKILL again and again while handing text messages over: each arrives once, whole',
  { timeout: 60_000 },
  async () => {
    const folder = textFolder();
    try {
      const ids = Array.from({ length: 400 }, () => newId());
      const arrived = new Map<string, number>();
      const collect = (): void => {
        for (const { id, text } of folder.messages()) {
          expect(text).toBe(`编号 ${id}`);
          arrived.set(id, (arrived.get(id) ?? 0) + 1);
          folder.take(id);
        }
      };
      const acknowledged = new Set<string>();
      let kills = 0;
      while (acknowledged.size < ids.length) {
        const child = spawn(process.execPath, ['--input-type=module', '-e', HANDING, folder.folder], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        children.add(child);
        let said = '';
        child.stdout.on('data', (part: Buffer) => {
          said += part.toString();
          for (let end; (end = said.indexOf('\n')) >= 0; said = said.slice(end + 1))
            acknowledged.add(said.slice(0, end));
        });
        // What is not noted as sent is sent again: the outbox knows no more than this.
        child.stdin.on('error', () => undefined);
        child.stdin.write(
          ids
            .filter((id) => !acknowledged.has(id))
            .map((id) => `${id}\n`)
            .join(''),
        );
        const ended = new Promise((resolve) => child.once('close', resolve));
        const before = acknowledged.size;
        const wait = performance.now() + 10_000;
        const enough = Math.min(ids.length, before + 40 + (kills % 7));
        while (acknowledged.size < enough && performance.now() < wait) await sleep(1);
        child.kill('SIGKILL');
        kills += 1;
        await ended;
        collect();
      }
      expect(kills).toBeGreaterThan(5);
      expect(arrived.size).toBe(ids.length);
      expect([...arrived.values()].filter((times) => times !== 1)).toEqual([]);
    } finally {
      folder.clear();
    }
  },
);
