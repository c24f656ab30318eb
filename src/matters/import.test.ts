import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { type Importing, importMessages, readMessage } from './import.ts';

let county: TestCounty;
let into: Importing;
beforeAll(async () => {
  county = await startCounty();
  into = {
    ledger: county.ledger,
    policies: await county.system.policies(county.county),
    county: county.county,
    prefix: 'QH',
    place: { area: county.root, chain: [county.root] },
    desk: county.desk,
  };
});
afterAll(() => county.stop());

const rows = async function* (...some: Record<string, unknown>[]) {
  yield* some;
};
const good = {
  id: '1',
  user: 'U1',
  subject: '路灯不亮',
  sent_at: '2019-04-25 09:32:09',
  body: '巷子里六盏灯坏了五盏。',
  likes: 3,
  dislikes: 0,
};
const answered = {
  留言编号: '2',
  留言主题: '公交站太远',
  留言时间: '2019/4/25 9:40',
  留言详情: '老人走不动。',
  答复意见: '已和公交公司商量，下月加一站。',
  答复时间: '2019/5/1 8:00',
};

describe('messages of a board', () => {
  test('[L4] a character that cannot be stored is a fault of its row', () => {
    expect(readMessage({ ...good, body: 'a\u0000b' }, 7)).toMatchObject({ line: 7, field: 'body' });
    expect(readMessage(good, 7)).not.toHaveProperty('message');
  });

  test('[C1] [L4] become matters with their real times, replies as answers; a bad row loses no other; twice changes nothing', async () => {
    const file = () =>
      rows(good, { ...good, id: '3', sent_at: '2019-02-31 10:00:00' }, answered, { ...good, id: '4', subject: '' });
    const first = await importMessages(file(), into);
    expect(first).toMatchObject({ rows: 4, taken: 2, known: 0 });
    expect(first.bad).toEqual([
      { line: 2, field: 'sent_at', value: '2019-02-31 10:00:00', message: expect.stringContaining('时间看不懂') },
      { line: 4, field: 'subject', value: '', message: expect.stringContaining('缺少') },
    ]);
    const before = await fingerprint(county.database.pool, county.ledger, county.county);
    expect(await importMessages(file(), into)).toMatchObject({ rows: 4, taken: 0, known: 2 });
    expect(await fingerprint(county.database.pool, county.ledger, county.county)).toEqual(before);

    const clerk = await county.as('countyclerk');
    const { body } = await clerk.get('/api/matters?channel=board&sort=oldest&q=');
    expect(body.matters).toMatchObject([
      { subject: '路灯不亮', status: 'registered', registeredAt: '2019-04-25T01:32:09.000Z' },
      { subject: '公交站太远', status: 'resolved', registeredAt: '2019-04-25T01:40:00.000Z' },
    ]);
    const page = await clerk.get(`/api/matters/${body.matters[1].id}`);
    expect(page.body).toMatchObject({ answer: '已和公交公司商量，下月加一站。', clock: null });
    expect(page.body.story[1].at).toBe('2019-05-01T00:00:00.000Z');
  });

  test('[C1] [C11] an answered message keeps the board’s own state and fills no call-back desk, unless the import says so', async () => {
    const clerk = await county.as('countyclerk');
    const asked = async () => (await clerk.get('/api/matters?when=asked')).body.matters as { subject: string }[];
    const today = async () =>
      ((await clerk.get('/api/today')).body.groups as { items: { subject: string }[] }[]).flatMap(({ items }) =>
        items.map(({ subject }) => subject),
      );
    expect(await asked()).toEqual([]);
    expect(await today()).toEqual(['路灯不亮']);
    const { body } = await clerk.get('/api/matters?channel=board&sort=oldest');
    expect(body.matters[1]).toMatchObject({ statusName: '已在原处答复', toTell: [], remaining: null });
    // It is not closed, and the independent asker may still ask, where somebody can be reached after all.
    expect((await clerk.get(`/api/matters/${body.matters[1].id}`)).body.can).toContain('matter.call-back');

    await importMessages(rows({ ...answered, 留言编号: '21', 留言主题: '站台没有灯' }), {
      ...into,
      replies: 'call-back',
    });
    expect(await asked()).toMatchObject([{ subject: '站台没有灯', statusName: '办结待群众认可', toTell: ['answer'] }]);
    expect(await today()).toContain('站台没有灯');
  });

  test('[L2] read tables made again from the ledger are the same', async () => {
    const before = await fingerprint(county.database.pool, county.ledger, county.county);
    expect(before['matter']).toMatch(/^3:/);
    await rebuild(county.database.pool, county.ledger, county.county, into.policies);
    expect(await fingerprint(county.database.pool, county.ledger, county.county)).toEqual(before);
  });

  test('[L4] a fault names the column as the file calls it and says the mend', () => {
    expect(readMessage({ ...answered, 答复时间: '' }, 7)).toMatchObject({
      line: 7,
      field: '答复时间',
      message: '有答复就要有答复时间',
    });
    expect(readMessage({ ...answered, 答复时间: '2019/4/1' }, 8)).toMatchObject({
      message: '答复时间早于留言时间，请核对',
    });
    expect(readMessage({ ...good, likes: 'many' }, 9)).toMatchObject({ field: 'likes', value: 'many' });
  });
});
