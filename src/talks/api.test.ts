import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let field: Client;
let clerk: Client;
let leader: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [field, clerk, leader] = await Promise.all([county.as('field'), county.as('clerk'), county.as('leader')]);
});
afterAll(() => county.stop());

const published = async (more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    clerk.post(`/api/guides/${id}/publish`, {
      title: '冬季取暖补贴怎么领',
      gist: '低保户每户每年 600 元，到村里填一张表就行。',
      source: '县民政局〔2026〕8 号',
      validFrom: addDays(today, -30),
      ...more,
    }),
  );
  return id;
};
const held = async (guide: string, more: object = {}): Promise<string> => {
  const id = newId();
  const talk = { area: county.places.village, way: 'meeting', day: today, where: '村委会', guides: [guide], came: 32 };
  await done(field.post(`/api/talks/${id}/hold`, { ...talk, ...more }));
  return id;
};
const home = async (area: string): Promise<string> => {
  const household = newId();
  await county.give('household', household, {
    kind: 'household.register',
    area,
    address: household,
    contact: county.id('field'),
    residents: [{ id: newId(), name: '张桂兰', relation: '户主' }],
  });
  return household;
};
const visitTo = async (household: string, contact: string, explained: readonly string[]) =>
  await field.post(`/api/visits/${newId()}/record`, {
    household,
    contact,
    note: contact === 'not-at-home' ? '' : '讲了补贴',
    needs: [],
    promises: [],
    metAt: new Date().toISOString(),
    withWhom: [],
    explained,
  });

test('[B10] only a policy in force is explained, and its source and days stand beside it', async () => {
  const [guide, coming, over, gone] = [
    await published(),
    await published({ validFrom: addDays(today, 1) }),
    await published({ validUntil: addDays(today, -1) }),
    await published(),
  ];
  await done(clerk.post(`/api/guides/${gone}/withdraw`, { reason: '新文件代替' }));
  expect(
    (
      await clerk.post(`/api/guides/${newId()}/publish`, {
        ...(await field.get(`/api/guides/${guide}`)).body,
        validFrom: today,
        validUntil: addDays(today, -1),
      })
    ).body.refused,
  ).toBe('guide.days-wrong');
  const states = new Map(
    (await field.get('/api/guides')).body.guides.map((g: { id: string; state: string }) => [g.id, g.state]),
  );
  expect([guide, coming, over, gone].map((id) => states.get(id))).toEqual(['in-force', 'coming', 'over', 'withdrawn']);
  for (const id of [coming, over, gone]) {
    const talk = { area: county.places.village, way: 'meeting', day: today, where: '村委会', guides: [id] };
    expect((await field.post(`/api/talks/${newId()}/hold`, talk)).body.refused).toBe('talk.guide-unknown');
  }
  await held(guide);
  expect(
    (
      await field.post(`/api/guides/${newId()}/publish`, {
        title: '村里自己定的',
        gist: '字'.repeat(20),
        source: '口头说的',
        validFrom: today,
      })
    ).status,
  ).toBe(404);
});

test('[B10] how far a policy reached is counted level by level against all there are, by hand as well', async () => {
  const { places } = county;
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(['township', 'village', 'grid'] as const),
      fc.array(fc.constantFrom('met', 'phone', 'not-at-home'), { maxLength: 3 }),
      async (levels, contacts) => {
        const guide = await published();
        const areas = { township: places.liuhe, village: places.village, grid: places.grid };
        for (const level of levels)
          await done(
            clerk.post(`/api/talks/${newId()}/hold`, {
              area: areas[level],
              way: 'group',
              day: today,
              where: '院坝',
              guides: [guide],
              came: 10,
            }),
          );
        let met = 0;
        for (const contact of contacts) {
          const answer = await visitTo(await home(places.otherGrid), contact, [guide]);
          expect(answer.body.refused).toBe(contact === 'not-at-home' ? 'visit.explained-without-contact' : undefined);
          if (contact === 'met') met += 1;
        }
        const { rows } = (await leader.get(`/api/guides/${guide}/reach`)).body;
        const { body } = await (await county.as('clerk')).get('/api/households?limit=200');
        const homes = (body.households as unknown[]).length;
        const near = rows.find((r: { name: string }) => r.name === '柳河镇');
        const villages = new Set([
          ...(levels.includes('village') || levels.includes('grid') ? ['柳河村'] : []),
          ...(met > 0 ? ['北渠村'] : []),
        ]);
        expect(near).toMatchObject({
          reached: levels.length > 0 || met > 0,
          villages: 2,
          villagesReached: villages.size,
          groups: 2,
          groupsReached: Number(levels.includes('grid')) + Number(met > 0),
          householdsReached: met,
          households: homes,
          came: 10 * levels.length,
        });
        // A township nothing was told in has its row, and its denominators.
        expect(rows.find((r: { name: string }) => r.name === '城关镇')).toMatchObject({
          reached: false,
          villages: 1,
          villagesReached: 0,
        });
      },
    ),
    { numRuns: 8 },
  );
});

test('[B10] what was explained at a door stands in the visit’s entry and nowhere else: no second form asks for it', async () => {
  const guide = await published();
  const household = await home(county.places.grid);
  await done(visitTo(household, 'met', [guide, guide]));
  const { rows } = (await leader.get(`/api/guides/${guide}/reach`)).body;
  expect(rows.find((r: { name: string }) => r.name === '柳河镇')).toMatchObject({
    householdsReached: 1,
    groupsReached: 1,
    came: 0,
  });
  expect(
    (
      await field.post(`/api/talks/${newId()}/hold`, {
        area: household,
        way: 'group',
        day: today,
        where: '家里',
        guides: [guide],
      })
    ).status,
  ).toBe(404);
});

test('[B10] a question nobody could answer becomes a matter, and its answer goes back to whoever asked', async () => {
  const guide = await published();
  const talk = await held(guide);
  expect((await field.post(`/api/talks/${talk}/ask`, { words: '租房住的能不能领', guide: newId() })).body.refused).toBe(
    'talk.guide-not-told',
  );
  const asked = await done(
    field.post(`/api/talks/${talk}/ask`, { words: '租房住的能不能领', guide, name: '刘大有', phone: '13800138000' }),
  );
  const [{ record, stream }] = asked.body.followed;
  expect(record).toBe('matter');
  expect((await field.post(`/api/talks/${talk}/tell-back`, { question: 0, how: '当面说了' })).body.refused).toBe(
    'talk.not-answered',
  );
  await done(clerk.post(`/api/matters/${stream}/dispatch`, { unit: county.units.water }));
  const handler = await county.as('handler');
  await done(
    handler.post(`/api/matters/${stream}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '问清政策口径',
    }),
  );
  await done(handler.post(`/api/matters/${stream}/answer`, { text: '租房住的也能领，带租房合同就行。' }));
  const shown = (await field.get(`/api/talks/${talk}`)).body;
  expect(shown.questions).toMatchObject([{ matter: stream, answer: '租房住的也能领，带租房合同就行。', told: null }]);
  expect(shown.can).toContain('talk.tell-back');
  await done(field.post(`/api/talks/${talk}/tell-back`, { question: 0, how: '打电话告诉了刘大有' }));
  expect((await field.get(`/api/talks/${talk}`)).body.questions[0].told).toBe('打电话告诉了刘大有');
  expect((await field.post(`/api/talks/${talk}/tell-back`, { question: 0, how: '又说一遍' })).body.refused).toBe(
    'talk.told-already',
  );
  const row = (await field.get('/api/talks?mine=1')).body.rows.find((r: { id: string }) => r.id === talk);
  expect(row).toMatchObject({ asked: 1, answered: 1, told: 1 });
});

test('[B10] a matter cannot say of itself that it came from a talk: its answer would be put into people’s mouths', async () => {
  const talk = await held(await published());
  await done(field.post(`/api/talks/${talk}/ask`, { words: '残疾人能不能代办' }));
  const matter = newId();
  await done(
    (await county.as()).post(`/api/matters/${matter}/register`, {
      channel: 'talk',
      subject: '冒充宣讲的事',
      area: county.places.village,
      origin: `talk ${talk} 0`,
    }),
  );
  await done(clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water }));
  const handler = await county.as('handler');
  await done(
    handler.post(`/api/matters/${matter}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '核对来源',
    }),
  );
  await done(handler.post(`/api/matters/${matter}/answer`, { text: '这句话不该跑到宣讲里去。' }));
  expect((await field.get(`/api/talks/${talk}`)).body.questions).toMatchObject([{ answer: null }]);
});

test('[B10] nobody types what the house tells itself, another township sees nothing, a rebuild changes nothing', async () => {
  const talk = await held(await published());
  expect((await field.post(`/api/talks/${talk}/hear-answer`, { question: 0, words: '我说的' })).status).toBe(404);
  const far = await county.as('farfield');
  expect((await far.get('/api/talks')).body.rows).toEqual([]);
  expect((await far.get(`/api/talks/${talk}`)).status).toBe(404);
  const before = (await leader.get('/api/talks')).body;
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await leader.get('/api/talks')).body).toEqual(before);
});
