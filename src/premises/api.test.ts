import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { rebuild } from '../ledger/rebuild.ts';
import { premisePolicies, premiseStream, type PremisesPolicy } from './model.ts';

let county: TestCounty;
let field: Client;
let head: Client;
const today = dayOf(new Date().toISOString());
const { lists } = premisePolicies[0]!.standard.document as PremisesPolicy;

beforeAll(async () => {
  county = await startCounty();
  [field, head] = await Promise.all([county.as('field'), county.as('head')]);
});
afterAll(() => county.stop());

const check = (by: Client, area: string, list: string, item: string, state: string, on = today) =>
  by.post(`/api/premises/${premiseStream(county.county, area, list)}/check`, {
    list,
    area,
    item,
    state,
    on,
    note: '看了牌子和人',
  });

test('[A5] the checklists of the documents ship with their source, and each says how sure it is', () => {
  const titles = lists.map((l) => l.title).join('、');
  for (const named of ['五有', '三有', '两个中心、一站一室', '一委一居一站一办', '两个平台', '五小设施'])
    expect(titles).toContain(named);
  expect(lists.find((l) => l.id === 'town-room')!.items).toHaveLength(5);
  expect(lists.find((l) => l.id === 'village-point')!.items).toHaveLength(3);
  expect(lists.find((l) => l.id === 'two-centres')!.items.map((i) => i.name)).toEqual(['政务服务中心', '信访接待中心']);
  // What the document does not spell out is not claimed.
  expect(lists.filter((l) => l.confidence === 'C').map((l) => l.id)).toEqual(['town-platform', 'five-small']);
});

test('[A5] a list is asked of its own kind of place only, and the one record of place and list takes it', async () => {
  const { places } = county;
  expect((await check(field, places.village, 'town-room', 'staff', 'there')).body.refused).toBe('premise.unknown');
  expect((await check(field, places.village, 'village-point', 'computer', 'there')).body.refused).toBe(
    'premise.unknown',
  );
  expect((await check(field, places.village, 'community', 'party', 'there')).body.refused).toBe('premise.unknown');
  expect((await check(field, places.village, 'village-point', 'staff', 'there', addDays(today, 1))).body.refused).toBe(
    'premise.in-future',
  );
  expect((await check(field, places.farVillage, 'community', 'party', 'there')).status).toBe(404);
  const elsewhere = premiseStream(county.county, places.otherVillage, 'village-point');
  expect(
    (
      await head.post(`/api/premises/${elsewhere}/check`, {
        list: 'village-point',
        area: places.village,
        item: 'staff',
        state: 'there',
        on: today,
        note: '写错地方',
      })
    ).body.refused,
  ).toBe('premise.unknown');
  const far = (await (await county.as('farclerk')).get(`/api/premises/${places.farVillage}`)).body;
  expect(far.lists.map((l: { id: string }) => l.id)).toEqual(['village-point', 'community', 'base']);
});

test('[A5] whatever is checked in whatever order, coverage is what a count by hand of the newest looks gives', async () => {
  const { places } = county;
  const villages = [places.village, places.otherVillage];
  const newest = new Map<string, { on: string; state: string }>();
  const list = lists.find((l) => l.id === 'base')!;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          area: fc.constantFrom(...villages),
          item: fc.constantFrom(...list.items.map((i) => i.id)),
          state: fc.constantFrom('there', 'partly', 'missing'),
          back: fc.nat(5),
        }),
        { maxLength: 6 },
      ),
      async (looks) => {
        for (const { area, item, state, back } of looks) {
          const on = addDays(today, -back);
          await done(check(head, area, 'base', item, state, on));
          const before = newest.get(`${area} ${item}`);
          if (before === undefined || on >= before.on) newest.set(`${area} ${item}`, { on, state });
        }
        const { body } = await head.get('/api/premises/coverage/base');
        // All villages and communities of the county, seen or not.
        expect(body.places).toBe(3);
        for (const { id, there, partly, missing, unseen } of body.items) {
          const states = villages.map((area) => newest.get(`${area} ${id}`)?.state);
          expect({ there, partly, missing, unseen }).toEqual({
            there: states.filter((s) => s === 'there').length,
            partly: states.filter((s) => s === 'partly').length,
            missing: states.filter((s) => s === 'missing').length,
            unseen: 3 - states.filter((s) => s !== undefined).length,
          });
        }
        expect(body.complete).toBe(
          villages.filter((area) => list.items.every((i) => newest.get(`${area} ${i.id}`)?.state === 'there')).length,
        );
        expect(body.gaps).toHaveLength(9 - [...newest.values()].filter((s) => s.state === 'there').length);
      },
    ),
    { numRuns: 12 },
  );
});

test('[A5] a gap has somebody who answers for it and a day; both stand on the list, the place’s page and the board to print', async () => {
  const { places } = county;
  await done(check(field, places.village, 'village-point', 'place', 'missing'));
  const stream = premiseStream(county.county, places.village, 'village-point');
  const charge = { list: 'village-point', area: places.village, item: 'place', official: county.id('head') };
  expect((await field.post(`/api/premises/${stream}/charge`, { ...charge, due: addDays(today, 20) })).status).toBe(404);
  expect((await head.post(`/api/premises/${stream}/charge`, { ...charge, due: today })).body.refused).toBe(
    'premise.due-past',
  );
  await done(head.post(`/api/premises/${stream}/charge`, { ...charge, due: addDays(today, 20) }));
  const gap = (await head.get(`/api/premises/coverage/village-point?below=${places.liuhe}`)).body.gaps.find(
    (g: { area: string; item: string }) => g.area === places.village && g.item === '有场所',
  );
  expect(gap).toMatchObject({
    name: '柳河村',
    within: '柳河镇',
    state: 'missing',
    official: '张敏',
    due: addDays(today, 20),
    late: false,
  });
  const mine = (await field.get('/api/premises/mine')).body.places;
  expect(mine).toMatchObject([{ name: '柳河村', can: ['premise.check'] }]);
  const board = String((await head.get(`/print/premises/${places.village}`)).body);
  for (const words of ['柳河村阵地建设', '有场所', '没有', '负责：张敏', '还没看']) expect(board).toContain(words);
});

test('[A5] a rebuild gives the same coverage', async () => {
  const before = (await head.get('/api/premises/coverage')).body;
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await head.get('/api/premises/coverage')).body).toEqual(before);
});
