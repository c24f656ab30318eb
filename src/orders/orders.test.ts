import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { sayDate } from '../calendar/explain.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import { type OrderCommand, type OrderEvent, type OrderFacts, orderRefusals } from './model.ts';
import { orders } from './rules.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
let leader: Client;
let inspector: Client;
const today = dayOf(new Date().toISOString());
const month = today.slice(0, 7);

beforeAll(async () => {
  county = await startCounty();
  [clerk, handler, leader, inspector] = await Promise.all([
    county.as('clerk'),
    county.as('handler'),
    county.as('leader'),
    county.as('inspector'),
  ]);
}, 60_000);
afterAll(() => county.stop());

const issue = async (client: Client, more: object = {}): Promise<string> => {
  const id = county.newId();
  await done(
    client.post(`/api/orders/${id}/issue`, {
      form: 'assignment',
      source: 'province',
      from: '省信访局',
      text: '请查清北渠两年没有清淤的原因，月底前报结果',
      unit: county.units.water,
      due: addDays(today, 10),
      reference: '川信交〔2026〕118 号',
      ...more,
    }),
  );
  return id;
};
const matterInHand = async (channel = 'phone'): Promise<string> => {
  const id = county.newId();
  await done(clerk.post(`/api/matters/${id}/register`, { channel, subject: '北渠堵了', area: county.places.village }));
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
  return id;
};

describe('[C15] instructions, assignments and supervision orders', () => {
  test('[C15] from issue to the giver’s word: source, text, unit and person, due date, feedback, reminder, sent back, done', async () => {
    const id = await issue(inspector);
    const list = (await handler.get('/api/orders?status=open')).body;
    expect(list.rows.find((r: { id: string }) => r.id === id)).toMatchObject({
      formName: '交办',
      sourceName: '省交办',
      from: '省信访局',
      unitName: '水利局',
      turn: 'work',
      number: expect.stringMatching(/交〔\d{4}〕\d+号$/),
    });
    expect((await (await county.as('otherhandler')).get(`/api/orders/${id}`)).status).toBe(404);
    expect((await handler.post(`/api/orders/${id}/take-up`, { person: county.id('otherhandler') })).body).toMatchObject(
      {
        refused: 'order.person-unknown',
      },
    );
    await done(handler.post(`/api/orders/${id}/take-up`, { person: county.id('waterhead') }));
    await done(handler.post(`/api/orders/${id}/feed-back`, { words: '查了两年的台账，资金没有列', final: false }));
    expect((await inspector.post(`/api/orders/${id}/judge`, { done: true, words: '可以' })).body).toMatchObject({
      refused: 'order.not-reported',
    });
    await done(leader.post(`/api/orders/${id}/remind`, { words: '抓紧报' }));
    await done(handler.post(`/api/orders/${id}/feed-back`, { words: '今年补列资金，十二月清完', final: true }));
    // The unit reports; its own word ends nothing.
    expect((await handler.post(`/api/orders/${id}/judge`, { done: true, words: '办好了' })).status).toBe(404);
    expect((await inspector.post(`/api/orders/${id}/judge`, { done: false, words: '没说几号' })).body).toMatchObject({
      refused: 'order.due-missing',
      field: 'due',
    });
    await done(inspector.post(`/api/orders/${id}/judge`, { done: false, words: '没说几号', due: addDays(today, 12) }));
    await done(handler.post(`/api/orders/${id}/feed-back`, { words: '十二月五日前清完，已经开工', final: true }));
    await done(inspector.post(`/api/orders/${id}/judge`, { done: true, words: '省信访局电话认可' }));
    const page = (await inspector.get(`/api/orders/${id}`)).body;
    expect(page).toMatchObject({
      status: 'done',
      onTime: true,
      reminders: 1,
      sentBack: 1,
      personName: '陈局',
      reference: '川信交〔2026〕118 号',
      can: [],
    });
    expect(page.story.map((s: { what: string }) => s.what)).toEqual([
      `下达，${sayDate(addDays(today, 10), today)}前报结果`,
      '定了承办人',
      '报进展',
      '催办',
      '报结果',
      `没办好，退回再办，${sayDate(addDays(today, 12), today)}前`,
      '报结果',
      '认定办结，按时',
    ]);
  });

  test('[C15] whether it is done its giver says, nobody else, and nobody writes one down for their own unit to judge', async () => {
    const id = await issue(await county.as('countyclerk'), {
      form: 'instruction',
      source: 'county-first',
      from: '何书记',
      giver: county.id('leader'),
    });
    await done(handler.post(`/api/orders/${id}/feed-back`, { words: '已经到现场看过，周五清完', final: true }));
    expect((await inspector.post(`/api/orders/${id}/judge`, { done: true, words: '好' })).body).toMatchObject({
      refused: 'order.not-giver',
    });
    const mine = (await leader.get('/api/orders')).body.rows.find((r: { id: string }) => r.id === id);
    expect(mine.turn).toBe('judge');
    await done(leader.post(`/api/orders/${id}/judge`, { done: true, words: '好' }));
    const own = await clerk.post(`/api/orders/${county.newId()}/issue`, {
      form: 'assignment',
      source: 'province',
      from: '省信访局',
      text: '查清原因报上来',
      unit: county.units.liuhe,
      due: today,
    });
    expect(own.body).toMatchObject({ refused: 'order.own-unit' });
  });

  test('[C10] [C15] a leader reads a matter, or instructs with a day, and that instruction is followed to its end', async () => {
    const id = await matterInHand('mailbox');
    await done(leader.post(`/api/matters/${id}/instruct`, { text: '' }));
    expect((await clerk.get(`/api/matters/${id}`)).body.readBy).toEqual([{ by: '何书记', on: today, text: '' }]);
    expect((await leader.post(`/api/matters/${id}/instruct`, { text: '', due: today })).body).toMatchObject({
      refused: 'matter.feedback-empty',
    });
    await done(leader.post(`/api/matters/${id}/instruct`, { text: '三天内清通，报我', due: addDays(today, 3) }));
    const [order] = (await handler.get(`/api/orders?matter=${id}`)).body.rows;
    expect(order).toMatchObject({
      formName: '批示',
      from: '何书记',
      what: '三天内清通，报我',
      due: addDays(today, 3),
      turn: 'work',
      urgency: 'soon',
    });
    const { story, readBy } = (await clerk.get(`/api/matters/${id}`)).body;
    expect(readBy).toHaveLength(2);
    expect(story.at(-1)).toMatchObject({ what: '批示', text: '三天内清通，报我' });
    const { letters } = (await leader.get('/api/orders/figures')).body;
    expect(letters).toEqual([{ channel: 'mailbox', letters: 1, read: 1 }]);
  });

  test('[C15] completion by source agrees with a count by hand', async () => {
    const rows = (await inspector.get('/api/orders')).body.rows as {
      source: string;
      status: string;
      onTime: boolean | null;
    }[];
    const { sources } = (await inspector.get('/api/orders/figures')).body;
    for (const f of sources) {
      const own = rows.filter((r) => r.source === f.source);
      expect(f).toMatchObject({
        given: own.length,
        done: own.filter((r) => r.status === 'done').length,
        onTime: own.filter((r) => r.onTime === true).length,
        open: own.filter((r) => r.status === 'open' || r.status === 'reported').length,
      });
    }
    expect(sources.length).toBe(new Set(rows.map((r) => r.source)).size);
  });
});

describe('[I2] one check and one bulletin a month', () => {
  test('[I2] every order in hand and every major matter is looked at, and the bulletin keeps what stood that day', async () => {
    const [late, matter] = [await issue(inspector, { source: 'nation', from: '国家信访局' }), await matterInHand()];
    await done(
      handler
        .post(`/api/matters/${matter}/acknowledge`, {
          leader: county.id('waterhead'),
          handler: county.id('handler'),
          measures: '先去看看再说',
        })
        .then(() =>
          clerk.post(`/api/matters/${matter}/raise`, {
            rung: 'joint',
            ground: 'departments',
            reason: '要几个部门一起定',
            askOn: addDays(today, 5),
          }),
        ),
    );
    const items = async () =>
      (await inspector.get(`/api/orders/check?month=${month}`)).body.items as {
        order: string;
        matter: string;
        source: string;
        what: string;
        finding: string | null;
      }[];
    expect((await items()).some((i) => i.order === late)).toBe(true);
    expect((await items()).find((i) => i.matter === matter && i.order === null)).toMatchObject({
      source: '往上报的事',
    });
    await done(inspector.post(`/api/orders/${late}/check`, { month, finding: 'stalled', words: '一个月没有动' }));
    expect(
      (await inspector.post(`/api/orders/${late}/check`, { month, finding: 'slow', words: '再查一次' })).body,
    ).toMatchObject({ refused: 'order.checked-already' });
    expect((await items()).find((i) => i.order === late)).toMatchObject({ finding: 'stalled', words: '一个月没有动' });
    const { stream } = (await inspector.get(`/api/orders/check?month=${month}`)).body;
    expect((await leader.post(`/api/bulletins/${stream}/publish`, { month, words: '各单位照此整改' })).status).toBe(
      404,
    );
    expect(
      (await inspector.post(`/api/bulletins/${county.newId()}/publish`, { month, words: '各单位照此整改' })).body,
    ).toMatchObject({ refused: 'bulletin.misplaced' });
    await done(inspector.post(`/api/bulletins/${stream}/publish`, { month, words: '各单位照此整改' }));
    expect((await inspector.post(`/api/bulletins/${stream}/publish`, { month, words: '再发一次' })).body).toMatchObject(
      { refused: 'bulletin.published' },
    );
    const before = (await handler.get(`/api/bulletins/${month}`)).body;
    await done(handler.post(`/api/orders/${late}/feed-back`, { words: '通报以后才动起来', final: true }));
    expect((await handler.get(`/api/bulletins/${month}`)).body).toEqual(before);
    expect(before.items.length).toBeGreaterThan(1);
    expect(before.sources.find((s: { source: string }) => s.source === 'nation')).toMatchObject({ given: 1, open: 1 });
    const sheet = (await handler.get(`/print/bulletin/${month}`)).body as string;
    expect(sheet).toContain('一个月没有动');
    // What a leader wrote on somebody's matter is not read out to every unit.
    expect(sheet).not.toContain('三天内清通');
  });
});

describe('an order, whatever is done to it', () => {
  const command: fc.Arbitrary<OrderCommand> = fc.oneof(
    fc.record({
      kind: fc.constant('order.issue' as const),
      form: fc.constant('assignment' as const),
      source: fc.constant('province'),
      from: fc.constant('省信访局'),
      giver: fc.constantFrom('g', 'x'),
      text: fc.constant('查清原因'),
      unit: fc.constantFrom('water', 'works'),
      due: fc.constantFrom('2026-11-20', '2026-12-20'),
    }),
    fc.record({ kind: fc.constant('order.feed-back' as const), words: fc.constant('办了'), final: fc.boolean() }),
    fc.record({ kind: fc.constant('order.remind' as const), words: fc.constant('抓紧') }),
    fc.record({
      kind: fc.constant('order.judge' as const),
      done: fc.boolean(),
      words: fc.constant('好'),
      due: fc.constantFrom('2026-12-25', '2026-01-01'),
    }),
    fc.record({ kind: fc.constant('order.withdraw' as const), reason: fc.constant('已经不用办') }),
    fc.record({
      kind: fc.constant('order.check' as const),
      month: fc.constantFrom('2026-11', '2027-01'),
      finding: fc.constant('slow' as const),
      words: fc.constant('慢'),
    }),
  );
  const members: Record<string, string[]> = { g: ['lead'], w: ['water'], i: ['desk'] };

  test('[C15] ends only by its giver’s word, in the order things happened, and on time means reported by its day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('g', 'w', 'i'), command, fc.integer({ min: 0, max: 20 })), { maxLength: 30 }),
        (steps) => {
          let events: Recorded<OrderEvent>[] = [];
          let at = Date.parse('2026-11-10T02:00:00Z');
          for (const [actor, given, days] of steps) {
            at += days * 86_400_000;
            const now = new Date(at).toISOString();
            const facts: OrderFacts = {
              actor,
              at: now,
              units: members[actor]!,
              taken: { number: '督查室交〔2026〕1号', place: { series: 'letter', year: 2026, serial: 1 } },
              issuer: 'desk',
              source: { id: 'province', name: '省交办' },
              chain: ['c'],
              unitKnown: true,
              matterKnown: true,
              personOfUnit: true,
              giverAtWork: true,
            };
            const before = fold(orders, events);
            const verdict = orders.decide(before, given, facts);
            if (isRefusal(verdict)) {
              expect(Object.keys(orderRefusals)).toContain(verdict.refused);
              continue;
            }
            events = [
              ...events,
              ...verdict.map((e, i) => ({ ...e, stamp: { actor, at: now, version: events.length + i + 1 } })),
            ];
            const state = fold(orders, events);
            if (state.status === 'none') throw new Error('gone');
            expect(state.due).toBeDefined();
            if (state.status === 'done' || state.status === 'withdrawn') {
              const last = events.findLast((e) => e.kind === 'order.judged' || e.kind === 'order.withdrawn')!;
              expect(last.stamp.actor).toBe(state.giver);
              if (last.kind === 'order.judged') {
                const reported = events.findLast((e) => e.kind === 'order.fed-back' && e.final)!;
                expect(last.onTime).toBe(reported.stamp.at.slice(0, 10) <= state.due);
              }
            }
            if (before.status !== 'none' && (before.status === 'done' || before.status === 'withdrawn'))
              throw new Error('something was done to an order that was over');
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
