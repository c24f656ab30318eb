import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';

let county: TestCounty;
let clerk: Client;
let lead: Client;
let co: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [clerk, lead, co] = await Promise.all([county.as('clerk'), county.as('handler'), county.as('otherhandler')]);
}, 60_000);
afterAll(() => county.stop());

const inHand = async (subject = '村道和水渠一起塌了'): Promise<string> => {
  const id = county.newId();
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject,
      area: county.places.village,
      reporter: { name: '陈秀英', phone: '19000001234' },
    }),
  );
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
  await done(
    lead.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '先清渠，路由住建局修',
    }),
  );
  await done(lead.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '渠和路都能修' }));
  return id;
};
const listed = async (client: Client, query = ''): Promise<string[]> =>
  (await client.get(`/api/matters?when=open&size=100${query}`)).body.matters.map((m: { id: string }) => m.id);
const group = async (client: Client, key: string): Promise<string[]> =>
  (await client.get('/api/today')).body.groups
    .find((g: { key: string }) => g.key === key)
    .items.map((m: { id: string }) => m.id);

describe('[C8] lead and co-handlers', () => {
  test('[C8] a co-handler sees the matter, but not who raised it, answers its part by its day, and the lead gives one reply', async () => {
    const id = await inHand();
    expect((await co.get(`/api/matters/${id}`)).status).toBe(404);
    expect(await listed(co)).not.toContain(id);
    const due = addDays(today, 5);
    await done(lead.post(`/api/matters/${id}/share`, { unit: county.units.works, task: '修复塌掉的村道', due }));
    const seen = (await co.get(`/api/matters/${id}`)).body;
    expect(seen).toMatchObject({
      unitName: '水利局',
      reporter: { shown: false, name: null, phone: null },
      parts: [{ unitName: '住建局', task: '修复塌掉的村道', due, state: 'asked', mine: true, late: false }],
    });
    expect(JSON.stringify(seen)).not.toContain('19000001234');
    expect(seen.can.toSorted()).toEqual(['matter.answer-part', 'matter.decline-part']);
    expect(await listed(co)).toContain(id);
    expect(await listed(co, '&shared=open')).toContain(id);
    expect(await group(co, 'part')).toEqual([id]);
    // What is the lead's stays the lead's.
    for (const act of ['resolve', 'progress', 'answer'])
      expect((await co.post(`/api/matters/${id}/${act}`, { answer: '', note: '', text: '' })).status).not.toBe(200);
    expect((await co.post(`/api/matters/${id}/progress`, { note: '路已经修好了' })).status).toBe(404);
    expect(
      (await lead.post(`/api/matters/${id}/resolve`, { answer: '水渠清好了，路也修好了，请您看看。' })).body,
    ).toMatchObject({ refused: 'matter.parts-open', field: 'unanswered' });
    await done(co.post(`/api/matters/${id}/answer-part`, { part: 0, text: '村道塌方处已经填好夯实，恢复通车。' }));
    expect(await group(co, 'part')).toEqual([]);
    await done(lead.post(`/api/matters/${id}/resolve`, { answer: '水渠清好了，路也修好了，请您看看。' }));
    const page = (await clerk.get(`/api/matters/${id}`)).body;
    expect(page).toMatchObject({
      status: 'resolved',
      answer: '水渠清好了，路也修好了，请您看看。',
      parts: [{ state: 'answered', answer: '村道塌方处已经填好夯实，恢复通车。' }],
    });
    // Whoever had a part in it cannot ask the resident.
    expect((await co.post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '好了' })).status).toBe(404);
  });

  test('[C8] a part that is not waited for needs a reason, which the story keeps', async () => {
    const id = await inHand();
    await done(
      lead
        .post(`/api/matters/${id}/share`, { unit: county.units.works, task: '修路', due: addDays(today, 3) })
        .then(async (refused) => {
          expect(refused.body).toMatchObject({ refused: 'input.invalid', field: 'task' });
          return await lead.post(`/api/matters/${id}/share`, {
            unit: county.units.works,
            task: '修好村道',
            due: addDays(today, 3),
          });
        }),
    );
    await done(
      lead.post(`/api/matters/${id}/resolve`, {
        answer: '水渠清好了，路等住建局排期，已经另外登记。',
        unanswered: '住建局要等养护队排期，路另案办理',
      }),
    );
    const { parts, story } = (await clerk.get(`/api/matters/${id}`)).body;
    expect(parts).toMatchObject([{ state: 'left' }]);
    expect(story.at(-1)).toMatchObject({ note: '没有等协办答复：住建局要等养护队排期，路另案办理' });
  });

  test('[C8] a part lies inside the lead’s clock, a unit has one open part, and the lead has none', async () => {
    const id = await inHand();
    const share = (unit: string, due: string) => lead.post(`/api/matters/${id}/share`, { unit, task: '修好村道', due });
    const due = (await lead.get(`/api/matters/${id}`)).body.four.due as string;
    expect((await share(county.units.works, addDays(due, 1))).body).toMatchObject({
      refused: 'matter.part-late',
      field: 'due',
    });
    expect((await share(county.units.works, addDays(today, -1))).body).toMatchObject({ refused: 'matter.part-past' });
    expect((await share(county.units.water, due)).body).toMatchObject({ refused: 'matter.part-own' });
    await done(share(county.units.works, due));
    expect((await share(county.units.works, due)).body).toMatchObject({ refused: 'matter.part-twice' });
  });

  test('[C8] “not ours” is said once, stays with the co-handler until another decides, and is decided with a ground', async () => {
    const id = await inHand();
    await done(
      lead.post(`/api/matters/${id}/share`, { unit: county.units.works, task: '修好村道', due: addDays(today, 4) }),
    );
    await done(
      co.post(`/api/matters/${id}/decline-part`, {
        part: 0,
        reason: '村道归镇里养护',
        betterUnit: county.units.liuhe,
      }),
    );
    expect(await group(co, 'part')).toContain(id);
    expect(
      (await co.post(`/api/matters/${id}/decide-part`, { part: 0, unit: county.units.works, ground: '归我们' })).status,
    ).toBe(404);
    await done(
      clerk.post(`/api/matters/${id}/decide-part`, {
        part: 0,
        unit: county.units.works,
        ground: '此路段列入住建局集镇改造项目',
      }),
    );
    expect((await co.post(`/api/matters/${id}/decline-part`, { part: 0, reason: '还是不归我们' })).body).toMatchObject({
      refused: 'matter.part-declined-once',
    });
    await done(co.post(`/api/matters/${id}/answer-part`, { part: 0, text: '集镇改造施工队明天进场，三天修好。' }));
    // The lead asks again, then the part is not needed any more.
    await done(
      lead.post(`/api/matters/${id}/ask-part-again`, { part: 0, reason: '没有说几号修好', due: addDays(today, 4) }),
    );
    await done(lead.post(`/api/matters/${id}/drop-part`, { part: 0, reason: '路已由村里修好' }));
    expect((await clerk.get(`/api/matters/${id}`)).body.parts).toMatchObject([{ state: 'dropped' }]);
    expect((await co.get(`/api/matters/${id}`)).status).toBe(404);
  });
});

describe('[C9] up and across', () => {
  test('[C9] what cannot be settled here goes up with reason and day, is told, stays its unit’s, and is asked after', async () => {
    const id = await inHand('渠在县界上，上游放水才有水');
    const askOn = addDays(today, 10);
    const raise = (body: object) =>
      lead.post(`/api/matters/${id}/raise`, {
        ground: 'county-line',
        reason: '上游闸门在邻县，本县调不动',
        askOn,
        ...body,
      });
    expect((await raise({ rung: 'nowhere' })).body).toMatchObject({ refused: 'matter.no-rung' });
    expect((await raise({ rung: 'prefecture' })).body).toMatchObject({ refused: 'matter.body-missing' });
    expect((await raise({ rung: 'province', body: '省联席办' })).body).toMatchObject({
      refused: 'matter.rung-skipped',
    });
    expect((await raise({ rung: 'office', askOn: today })).body).toMatchObject({ refused: 'matter.ask-past' });
    expect((await raise({ rung: 'office', askOn: addDays(today, 61) })).body).toMatchObject({
      refused: 'matter.ask-far',
    });
    await done(raise({ rung: 'joint' }));
    await done(raise({ rung: 'prefecture', body: '阿坝州联席会议' }));
    const page = (await clerk.get(`/api/matters/${id}`)).body;
    expect(page).toMatchObject({
      status: 'handling',
      unitName: '水利局',
      toTell: ['raising'],
      raisings: [
        { to: expect.stringContaining('联席会议'), state: 'passed-on' },
        { to: '阿坝州联席会议', state: 'asked', ground: '跨县', askOn, due: false },
      ],
    });
    expect(page.clock.due).not.toBeNull();
    expect(await listed(clerk, '&raised=yes')).toContain(id);
    expect(await listed(clerk, '&raised=due')).not.toContain(id);
    await done(clerk.post(`/api/matters/${id}/tell`, { what: 'raising', means: 'phone' }));
    expect(
      (await lead.post(`/api/matters/${id}/hear-above`, { outcome: 'waiting', words: '会议下周开' })).body,
    ).toMatchObject({
      refused: 'matter.ask-missing',
    });
    await done(
      lead.post(`/api/matters/${id}/hear-above`, {
        outcome: 'waiting',
        words: '会议下周开',
        askOn: addDays(today, 15),
      }),
    );
    await done(raise({ rung: 'province', body: '省联席办', ground: 'prefecture-line' }));
    await done(lead.post(`/api/matters/${id}/hear-above`, { outcome: 'decided', words: '两县轮流放水，每五天一轮' }));
    const after = (await clerk.get(`/api/matters/${id}`)).body;
    expect(after.raisings.map((r: { state: string; asked: number }) => [r.state, r.asked])).toEqual([
      ['passed-on', 0],
      ['passed-on', 1],
      ['decided', 1],
    ]);
    expect(after.unitName).toBe('水利局');
    expect(await listed(clerk, '&raised=yes')).not.toContain(id);
  });

  test('[C9] on the day it is asked after it stands on the first page of whoever may ask', async () => {
    const id = await inHand('跨县的界沟');
    const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await county.ledger.execute({
      county: county.county,
      id: county.newId(),
      record: 'matter',
      stream: id,
      command: {
        kind: 'matter.raise',
        rung: 'office',
        ground: 'common',
        reason: '好几个村都一样，要统一办',
        askOn: addDays(dayOf(at), 1),
      } as { kind: string },
      at,
      actor: county.id('handler'),
      units: [county.units.water],
      permit: () => true,
    });
    expect(await group(lead, 'ask')).toContain(id);
    expect(await group(clerk, 'ask')).toContain(id);
    expect(await group(co, 'ask')).toEqual([]);
    expect((await clerk.get(`/api/matters/${id}`)).body.raisings).toMatchObject([{ due: true }]);
  });
});

describe('[C6] no blank', () => {
  test('[C6] leader and people stand by name from dispatch on, and a unit with nobody in it gets nothing', async () => {
    const id = county.newId();
    await done(
      clerk.post(`/api/matters/${id}/register`, { channel: 'phone', subject: '井盖丢了', area: county.places.village }),
    );
    const before = (await clerk.get(`/api/matters/${id}`)).body.four;
    expect(before.leader).toContain('柳河镇人民政府');
    expect(before.due).not.toBeNull();
    const empty = county.newId();
    await county.give('unit', empty, {
      kind: 'unit.add',
      parent: null,
      type: 'department',
      name: '新设的局',
      area: county.places.root,
    });
    expect((await clerk.post(`/api/matters/${id}/dispatch`, { unit: empty })).body).toMatchObject({
      refused: 'matter.unit-empty',
      field: 'unit',
    });
    // No head is named for the township's government: who holds a post there answers for it.
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.liuhe }));
    const { four } = (await clerk.get(`/api/matters/${id}`)).body;
    expect(four.leader).toBe('张敏');
    expect([four.handler, four.due, four.measuresDue]).toEqual(['张敏', expect.any(String), '签收时定']);
  });
});
