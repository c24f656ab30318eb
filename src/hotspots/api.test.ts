import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { forgetTopics } from './api.ts';

let county: TestCounty;
let clerk: Client;
let leader: Client;
let handler: Client;
const ids: string[] = [];
const hotspot = newId();

const said = [
  '北渠新村楼下烧烤店油烟太呛，窗户不敢开',
  '北渠新村一楼烧烤店油烟呛人，孩子咳嗽',
  '北渠新村楼下烧烤店油烟太呛人，夜里也不停',
];
const others = ['低保怎么申请', '路灯坏了几盏', '养老保险没有到账', '孩子转学要什么手续', '垃圾没有人来收'];

beforeAll(async () => {
  county = await startCounty();
  [clerk, leader, handler] = await Promise.all([county.as('clerk'), county.as('leader'), county.as('handler')]);
  for (const subject of [...said, ...others]) {
    const id = newId();
    const area = county.places.otherVillage;
    const answer = await clerk.post(`/api/matters/${id}/register`, { channel: 'phone', subject, area });
    expect(answer.status).toBe(200);
    ids.push(id);
  }
  forgetTopics();
});
afterAll(() => county.stop());

const act = async (as: Client, verb: string, body: object) => await as.post(`/api/hotspots/${hotspot}/${verb}`, body);
const page = async (as: Client) => (await as.get(`/api/hotspots/${hotspot}`)).body;

test('[C17] what several raise stands there as a topic, explained by its own messages; a leader sees it', async () => {
  const { body } = await leader.get('/api/hotspots');
  expect(body.topics).toHaveLength(1);
  const [topic] = body.topics;
  expect(topic).toMatchObject({
    rank: 1,
    people: 3,
    messages: 3,
    place: '北渠新村',
    area: county.places.otherVillage,
    hotspot: null,
  });
  expect(topic.matters.toSorted()).toEqual(ids.slice(0, 3).toSorted());
  expect(topic.words.join()).toContain('油烟');
  expect(topic.heat).toBe(3);
  expect(body.formula).toContain('people');
  // Who reads none of it is told of no topic.
  forgetTopics();
  expect((await (await county.as('farclerk')).get('/api/hotspots')).body.topics).toEqual([]);
});

test('[C17] it gets a cause, then one fix with a decider, a unit and a day; not the other way round', async () => {
  expect(
    (await act(clerk, 'raise', { title: '烧烤店油烟', area: county.places.village, matters: ids.slice(0, 3) })).body
      .refused,
  ).toBe('hotspot.matter-unknown');
  expect(
    (await act(clerk, 'raise', { title: '烧烤店油烟', area: county.places.otherVillage, matters: ids.slice(0, 3) }))
      .status,
  ).toBe(200);
  const fix = {
    measure: '临街餐馆统一装排烟管道',
    unit: county.units.water,
    due: addDays(dayOf(new Date().toISOString()), 20),
  };
  expect((await act(leader, 'fix', fix)).body.refused).toBe('hotspot.no-cause');
  expect((await act(clerk, 'explain', { cause: '楼下门面没有公共烟道，谁都排到外面' })).status).toBe(200);
  // The clerk finds and follows; the measure is a head's or a leader's to decide.
  expect((await act(clerk, 'fix', fix)).status).toBe(404);
  expect((await act(leader, 'fix', fix)).status).toBe(200);
  expect(await page(leader)).toMatchObject({
    status: 'fixing',
    fix: { measure: fix.measure, unit: '水利局', decidedBy: '何书记' },
  });
  const { body } = await leader.get('/api/hotspots');
  expect(body.topics[0]?.hotspot ?? body.rows[0].id).toBe(hotspot);
});

test('[C17] the fix is followed up to everyone who raised it: one no opens it again, and nothing is settled before all were asked', async () => {
  const hear = (matter: string, outcome: string, words?: string) => act(clerk, 'hear', { matter, outcome, words });
  expect((await hear(ids[0]!, 'holds', '好了')).body.refused).toBe('hotspot.not-done');
  expect((await act(await county.as('otherhandler'), 'report', { words: '管道都装好了', done: true })).status).toBe(
    404,
  );
  expect((await act(handler, 'report', { words: '管道都装好了', done: true })).status).toBe(200);
  expect((await hear(ids[0]!, 'holds', '现在闻不到了')).status).toBe(200);
  expect((await hear(ids[1]!, 'holds')).body.refused).toBe('hotspot.words-missing');
  expect((await act(clerk, 'settle', {})).body.refused).toBe('hotspot.not-all-heard');
  expect((await hear(ids[1]!, 'not', '夜里还是有味')).status).toBe(200);
  expect(await page(clerk)).toMatchObject({ status: 'fixing' });
  expect((await act(handler, 'report', { words: '夜里也开净化器了', done: true })).status).toBe(200);
  // The fix is another one now: everyone is asked again.
  expect(await page(clerk)).toMatchObject({ status: 'fixed', asked: 0 });
  for (const id of ids.slice(0, 2)) expect((await hear(id, 'holds', '好了')).status).toBe(200);
  expect((await hear(ids[2]!, 'unreached')).status).toBe(200);
  expect((await act(clerk, 'settle', {})).body.refused).toBe('hotspot.not-all-heard');
  expect((await hear(ids[2]!, 'unreached')).status).toBe(200);
  expect((await act(clerk, 'settle', {})).status).toBe(200);
  expect(await page(leader)).toMatchObject({ status: 'settled', asked: 3 });
  const { rows } = await county.database.pool.query('select status, matters, heard, holds from hotspot where id = $1', [
    hotspot,
  ]);
  expect(rows).toEqual([{ status: 'settled', matters: 3, heard: 3, holds: 2 }]);
});
