import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { newId } from '../ledger/ids.ts';
import { forgetWords } from './find.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
const said = new Map<string, { id: string; number: string; code: string }>();

/** Words of a county, so that what is rare among them can be told from what is not. */
const others = [
  '低保怎么申请要带什么材料',
  '村里路灯坏了好几盏晚上看不见',
  '养老保险交了没有到账',
  '孩子转学需要什么手续',
  '垃圾几天没有人来收味道很大',
  '自来水早上没有水压力小',
  '邻居养鸡鸣叫影响休息',
  '班车停了去县城不方便',
];

async function register(key: string, subject: string, more: object = {}): Promise<string> {
  const id = newId();
  const answer = await clerk.post(`/api/matters/${id}/register`, {
    channel: 'phone',
    subject,
    area: county.places.village,
    ...more,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  said.set(key, { id, ...answer.body.told });
  return id;
}
const id = (key: string): string => said.get(key)!.id;
const act = async (as: Client, key: string, verb: string, body: object = {}) =>
  await as.post(`/api/matters/${id(key)}/${verb}`, body);
const page = async (as: Client, key: string) => (await as.get(`/api/matters/${id(key)}`)).body;

/** The resident's phone, let in by number and code. */
async function portal(
  key: string,
): Promise<{ text: () => Promise<string>; press: (fields: Record<string, string>) => Promise<number> }> {
  const { number, code } = said.get(key)!;
  const anyone = await county.as();
  const opened = await anyone.send('GET', `/p/${number}?c=${code}`, { redirect: 'manual' });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0]!;
  const at = `/progress/${number}`;
  return {
    text: async () => String((await anyone.send('GET', at, { headers: { cookie } })).body),
    press: async (fields) =>
      (
        await anyone.send('POST', at, {
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ once: newId(), ...fields }).toString(),
          redirect: 'manual',
        })
      ).status,
  };
}

beforeAll(async () => {
  county = await startCounty();
  clerk = await county.as('clerk');
  handler = await county.as('handler');
  for (const [n, subject] of others.entries())
    await register(`other ${n}`, subject, { area: county.places.otherVillage });
  await register('a', '二组北头水渠堵了，浇不上地', {
    spot: '北头闸口',
    reporter: { name: '陈大娘', phone: '19000000021' },
  });
  await register('b', '北头闸口那段水渠堵死了，地里浇不上水', { reporter: { name: '刘二叔', phone: '19000000022' } });
  await register('c', '水渠在北头闸口堵了半个月，秧苗浇不上水', { reporter: { name: '孙三姐', phone: '19000000023' } });
  await register('far', '东关水渠堵了，浇不上地', { area: county.places.otherVillage });
  forgetWords(county.county);
});
afterAll(() => county.stop());

describe('[C3] look-alikes', () => {
  test('are shown while typing, each with its reason in words', async () => {
    const { status, body } = await clerk.post('/api/alike', {
      subject: '北头闸口水渠又堵了，浇不上地',
      area: county.places.village,
    });
    expect(status).toBe(200);
    const ids = body.alike.map((one: { id: string }) => one.id);
    expect(ids).toEqual(expect.arrayContaining([id('a'), id('b'), id('c')]));
    for (const other of others.keys()) expect(ids).not.toContain(id(`other ${other}`));
    for (const one of body.alike) expect(one.reason).toMatch(/同一个村|都说到/);
    expect(body.alike[0].reason).toContain('同一天');
    expect(JSON.stringify(body)).not.toMatch(/陈大娘|1900000002/);
  });

  test('are shown in the inbox as a group, and on the matter’s page; never to who may not read them', async () => {
    const { body } = await clerk.get('/api/alike/inbox');
    const group = body.groups.find((g: { items: { id: string }[] }) => g.items.some((i) => i.id === id('a')));
    expect(group.items.map((i: { id: string }) => i.id).toSorted()).toEqual(
      expect.arrayContaining([id('a'), id('b'), id('c')].toSorted()),
    );
    expect(group.main).toBe(id('a'));
    const beside = (await clerk.get(`/api/matters/${id('b')}/alike`)).body.alike;
    expect(beside.map((i: { id: string }) => i.id)).toContain(id('a'));
    const far = await county.as('farclerk');
    expect((await far.post('/api/alike', { subject: '北头闸口水渠又堵了，浇不上地' })).body.alike).toEqual([]);
    expect((await far.get('/api/alike/inbox')).body.groups).toEqual([]);
    expect((await far.get(`/api/matters/${id('b')}/alike`)).status).toBe(404);
  });

  test('a resident hears that others said it only where several did, and nothing of what they said', async () => {
    const anyone = await county.as();
    const ask = async (what: string, village = county.places.village) =>
      (
        await anyone.send('POST', '/say/alike', {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ what, village }).toString(),
        })
      ).body;
    const told = await ask('北头闸口的水渠堵了，浇不上地');
    expect(told.sentence).toMatch(/^已有人反映过同样的事/);
    expect(JSON.stringify(told)).not.toMatch(/陈|刘|孙|QH|秧苗|\d/);
    // One person's matter is nobody's to know.
    expect(await ask('低保怎么申请要带什么材料', county.places.otherVillage)).toEqual({ sentence: null });
    expect(await ask('班车停了去县城很不方便', county.places.otherVillage)).toEqual({ sentence: null });
  });
});

describe('[C3] merging', () => {
  test('many at once: looked at first, a verdict for each, nothing written before', async () => {
    const ids = [id('a'), id('b'), id('c'), id('far')];
    const preview = await clerk.post('/api/matters/bulk', {
      ids,
      act: { kind: 'matter.merge', into: id('a') },
      preview: true,
    });
    expect(preview.status, JSON.stringify(preview.body)).toBe(200);
    expect(preview.body).toMatchObject({ done: 3 });
    expect((await page(clerk, 'b')).related.main).toBeNull();
    const done = await clerk.post('/api/matters/bulk', {
      ids: [id('a'), id('b'), id('c')],
      act: { kind: 'matter.merge', into: id('a') },
      preview: false,
    });
    expect(done.body).toMatchObject({ done: 2 });
    expect((await page(clerk, 'b')).related.main).toMatchObject({ id: id('a') });
    expect((await page(clerk, 'a')).related.along.map((one: { id: string }) => one.id).toSorted()).toEqual(
      [id('b'), id('c')].toSorted(),
    );
    const again = await clerk.post('/api/matters/bulk', {
      ids: [id('b')],
      act: { kind: 'matter.merge', into: id('a') },
      preview: true,
    });
    expect(again.body.rows[0]).toMatchObject({ refused: 'matter.merged' });
    expect(again.body.rows[0].sentence).toMatch(/拆出来/);
  });

  test('is nobody’s who may not do so to both, and an act of the main matter is done there', async () => {
    const far = await county.as('farclerk');
    expect((await act(far, 'far', 'merge', { into: id('a') })).status).toBe(404);
    expect((await act(clerk, 'b', 'dispatch', { unit: county.units.water })).body.refused).toBe('matter.merged');
  });

  test('the main matter’s answer reaches each person under their own number; each says for themselves whether it is done', async () => {
    expect((await act(clerk, 'a', 'dispatch', { unit: county.units.water })).status).toBe(200);
    for (const [verb, body] of [
      ['acknowledge', { leader: county.id('waterhead'), handler: county.id('handler'), measures: '当天派人清渠' }],
      ['dispose', { disposition: 'solvable', cause: '淤泥堵住了闸口' }],
      ['resolve', { answer: '闸口的淤泥已经清了，昨天下午通水，地里能浇上了。' }],
    ] as const)
      expect((await act(handler, 'a', verb, body)).status, verb).toBe(200);
    for (const key of ['a', 'b', 'c']) {
      const shown = await page(clerk, key);
      expect(shown.status).toBe('resolved');
      expect(shown.number.replaceAll(' ', '')).toBe(said.get(key)!.number.replaceAll(' ', ''));
      expect(shown.toTell).toContain('answer');
    }
    const b = await portal('b');
    const text = await b.text();
    expect(text).toContain('昨天下午通水');
    expect(text).not.toMatch(/陈大娘|孙三姐/);
    expect(await b.press({ act: 'deny', words: '我家那头还是没水' })).toBe(303);
    const c = await portal('c');
    expect(await c.press({ act: 'confirm', score: '5' })).toBe(303);
    expect(await page(clerk, 'b')).toMatchObject({ status: 'handling', related: { main: null } });
    expect((await page(clerk, 'c')).status).toBe('closed');
    // The main matter's own person has not spoken.
    expect((await page(clerk, 'a')).status).toBe('resolved');
    expect((await page(clerk, 'a')).related.along.map((one: { id: string }) => one.id)).toEqual([id('c')]);
  });

  test('taking out gives back what was before', async () => {
    await register('d', '学校门口没有斑马线，孩子过马路危险');
    await register('e', '学校门口要画斑马线');
    const before = await page(clerk, 'e');
    expect((await act(clerk, 'e', 'merge', { into: id('d') })).status).toBe(200);
    expect((await act(clerk, 'd', 'dispatch', { unit: county.units.works })).status).toBe(200);
    expect((await page(clerk, 'e')).status).toBe('dispatched');
    expect((await act(clerk, 'e', 'unmerge', { reason: '说的是另一所学校' })).status).toBe(200);
    const after = await page(clerk, 'e');
    for (const key of ['status', 'unit', 'four', 'toTell', 'related', 'can'] as const)
      expect(after[key], key).toEqual(before[key]);
    expect(after.clock.due).toBe(before.clock.due);
    expect((await page(clerk, 'd')).related.along).toEqual([]);
  });

  test('repeat contact is a mark on the matter, given by the desk or by the resident’s own phone', async () => {
    expect((await act(clerk, 'd', 'raise-again', { channel: 'hall', words: '怎么还没画' })).status).toBe(200);
    expect(await (await portal('d')).press({ act: 'urge', more: '昨天又差点出事' })).toBe(303);
    const shown = await page(clerk, 'd');
    expect(shown.repeats).toBe(2);
    expect(shown.story.map((line: { text: string | null }) => line.text)).toContain('昨天又差点出事');
    const { rows } = await county.database.pool.query(`select repeats from matter where id = $1`, [id('d')]);
    expect(rows[0].repeats).toBe(2);
  });
});

describe('[C3] joint matters and parts', () => {
  test('a joint matter holds how many they are and at most five who speak for them', async () => {
    const representatives = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ name: `代表${i + 1}`, phone: `1900000003${i}` }));
    const refused = await clerk.post(`/api/matters/${newId()}/register`, {
      channel: 'hall',
      subject: '征地补偿款没有发',
      area: county.places.village,
      joint: { persons: 30, representatives: representatives(6) },
    });
    expect(refused.body.refused).toBe('matter.too-many-representatives');
    expect(refused.body.message).toContain('5');
    await register('joint', '征地补偿款没有发', {
      channel: 'hall',
      joint: { persons: 30, representatives: representatives(5) },
    });
    expect((await page(clerk, 'joint')).joint).toMatchObject({ persons: 30, representatives: representatives(5) });
    // Who may not know the reporter knows no representative.
    expect((await page(await county.as('head'), 'joint')).joint).toEqual({ persons: 30, representatives: [] });
    const { rows } = await county.database.pool.query(`select persons from matter where id = $1`, [id('joint')]);
    expect(rows[0].persons).toBe(30);
  });

  test('a split keeps the link both ways, and the person finds the part on their own page', async () => {
    await register('whole', '路灯坏了，井盖也没了', { reporter: { name: '周四婶', phone: '19000000024' } });
    const part = newId();
    expect((await act(clerk, 'whole', 'split', { part, subject: '井盖没了' })).status).toBe(200);
    const of = (await clerk.get(`/api/matters/${part}`)).body;
    expect(of).toMatchObject({
      subject: '井盖没了',
      status: 'registered',
      related: { whole: { id: id('whole') } },
      reporter: { name: '周四婶' },
    });
    expect((await page(clerk, 'whole')).related.parts).toMatchObject([{ id: part }]);
    const text = await (await portal('whole')).text();
    expect(text).toContain('井盖没了');
    expect(text).toContain(of.number);
  });

  test('rebuilt from the ledger, the rows are the same', async () => {
    const rows = async () =>
      (
        await county.database.pool.query(
          'select id, status, merged_into, along, persons, repeats from matter order by id',
        )
      ).rows;
    const before = await rows();
    for (const row of before) {
      const { state } = await county.system.ledger.read<never>(county.county, 'matter', row.id);
      const type = county.system.ledger.types.find(({ name }) => name === 'matter')!;
      const [made] = type.rows(county.county, row.id, state, await county.system.policies(county.county))['matter']!;
      expect(made).toMatchObject({
        status: row.status,
        merged_into: row.merged_into,
        along: row.along,
        persons: row.persons,
        repeats: row.repeats,
      });
    }
  });
});
