import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../../app/testing.ts';
import { dayOf } from '../../calendar/days.ts';
import { newId } from '../../ledger/ids.ts';
import { rebuild } from '../../ledger/rebuild.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
let works: Client;
let leader: Client;
let nobody: Client;
let water: string;
let building: string;
const today = dayOf(new Date().toISOString());

const open = async (code: string, unit: string, people: readonly string[], more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    clerk.post(`/api/hall-desks/${id}/open`, {
      area: county.places.root,
      code,
      unit,
      form: 'permanent',
      from: '08:30',
      to: '17:30',
      duties: ['水渠、用水'],
      people,
      ...more,
    }),
  );
  return id;
};

beforeAll(async () => {
  county = await startCounty();
  [clerk, handler, works, leader, nobody] = await Promise.all([
    county.as('countyclerk'),
    county.as('handler'),
    county.as('otherhandler'),
    county.as('leader'),
    county.as(),
  ]);
  water = await open('1', county.units.water, [county.id('handler'), county.id('waterhead')]);
  building = await open('2', county.units.works, [county.id('otherhandler')], { form: 'duty', weekdays: [1] });
});
afterAll(() => county.stop());

const take = async (desk: string, first = false): Promise<{ id: string; number: string; key: string }> => {
  const id = newId();
  const { body } = await done(clerk.post(`/api/tickets/${id}/take`, { desk, first }));
  return { id, number: body.told.number as string, key: body.told.key as string };
};
const screen = async () => (await nobody.get(`/api/halls/${county.places.root}/screen`)).body;
const next = async (by: Client, desk: string) => (await by.post(`/api/hall-desks/${desk}/next`)).body;

describe('desks', () => {
  test('[D2] a department keeps a desk daily or on its weekdays, with its duties and its people; who sits there is their own act', async () => {
    expect((await works.post(`/api/hall-desks/${water}/sit`)).status).toBe(404);
    await done(handler.post(`/api/hall-desks/${water}/sit`));
    expect((await (await county.as('waterhead')).post(`/api/hall-desks/${water}/sit`)).body.refused).toBe(
      'hall-desk.occupied',
    );
    const { rows } = (await clerk.get('/api/hall-desks')).body as { rows: { id: string }[] };
    expect(rows).toMatchObject([
      { id: water, code: '1', unit: { name: '水利局' }, form: 'permanent', sitting: { name: '李强' } },
      { id: building, code: '2', form: 'duty', weekdays: [1], sitting: null },
    ]);
    expect(
      (
        await clerk.post(`/api/hall-desks/${newId()}/open`, {
          area: county.places.root,
          code: '2',
          unit: county.units.water,
          form: 'permanent',
          from: '08:30',
          to: '17:30',
          duties: ['用水'],
          people: [county.id('handler')],
        })
      ).body.refused,
    ).toBe('hall-desk.code-taken');
    // Another township's clerk neither sees the county's hall nor works in it.
    const far = await county.as('farclerk');
    expect((await far.get('/api/hall-desks')).body.rows).toEqual([]);
    expect((await far.get(`/api/hall-desks/${water}`)).status).toBe(404);
  });
});

describe('the queue', () => {
  test('[D2] numbers without names are called by turns, old and disabled people first; the screen shows them and nothing of anybody', async () => {
    const [one, two, three] = [await take(water), await take(water), await take(water, true)];
    expect([one.number, two.number, three.number]).toEqual(['1001', '1002', '1003']);
    expect(await next(handler, water)).toMatchObject({ number: three.number });
    expect(await next(handler, water)).toMatchObject({ number: one.number });
    const shown = await screen();
    expect(shown.calls.map((c: { number: string }) => c.number)).toEqual([one.number, three.number]);
    expect(shown.calls[0]).toEqual({
      number: one.number,
      desk: '1',
      unit: '水利局',
      at: expect.any(String),
      called: true,
    });
    expect(shown.waiting).toBe(1);
    // On a phone: one's own place, by the slip's key.
    const page = await nobody.get(`/ticket/${two.id}?k=${two.key}`);
    expect(String(page.body)).toContain('下一个就是您');
    expect((await nobody.get(`/ticket/${two.id}?k=wrong`)).status).toBe(404);
    expect((await (await county.as('farclerk')).post(`/api/tickets/${newId()}/take`, { desk: water })).status).toBe(
      404,
    );
    const slip = String((await clerk.get(`/api/tickets/${two.id}/slip`)).body);
    expect(slip).toContain('1002');
    expect(slip).toContain('<svg');
    const hall = String((await nobody.get(`/hall/${county.places.root}`)).body);
    expect(hall).toContain(one.number);
    // Nobody came for the first; they come later and stand at the end, under the same number.
    await done(handler.post(`/api/tickets/${one.id}/miss`));
    await done(clerk.post(`/api/tickets/${one.id}/requeue`));
    await done(handler.post(`/api/tickets/${three.id}/receive`));
    await done(handler.post(`/api/tickets/${three.id}/finish`));
    const queue = (await handler.get(`/api/hall-desks/${water}`)).body;
    expect(queue.waiting.map((q: { number: string }) => q.number)).toEqual([two.number, one.number]);
    for (const { id } of [two, one]) {
      expect(await next(handler, water)).toMatchObject({ ticket: id });
      await done(handler.post(`/api/tickets/${id}/receive`));
      await done(handler.post(`/api/tickets/${id}/finish`));
    }
    expect(await next(handler, water)).toMatchObject({ refused: 'hall-desk.nobody-waiting' });
  });

  test('[D2] who presses next at once calls two, each number once', async () => {
    const taken = await Promise.all([take(water), take(water), take(water), take(water)]);
    const called = await Promise.all([
      next(handler, water),
      next(handler, water),
      next(clerk, water),
      next(clerk, water),
    ]);
    expect(called.map((c) => c.number as string).toSorted()).toEqual(taken.map((x) => x.number).toSorted());
    for (const { id } of taken) {
      await done(handler.post(`/api/tickets/${id}/receive`));
      await done(handler.post(`/api/tickets/${id}/finish`));
    }
  });

  test('[D2] several desks sit with one ticket, each says its part, and it is registered there as one matter; or it moves on and keeps its place', async () => {
    const { id } = await take(water);
    await next(handler, water);
    await done(handler.post(`/api/tickets/${id}/receive`));
    expect((await works.get(`/api/tickets/${id}`)).status).toBe(404);
    await done(handler.post(`/api/tickets/${id}/join`, { desk: building }));
    await done(works.post(`/api/tickets/${id}/note`, { desk: building, words: '管网图上有这一段，归我们修' }));
    await done(handler.post(`/api/tickets/${id}/note`, { desk: water, words: '水源由我们调' }));
    const registered = await done(
      works.post(`/api/tickets/${id}/register`, {
        words: '自来水停了五天',
        name: '欧阳秀',
        phone: '13900000001',
        area: county.places.village,
      }),
    );
    const [{ stream }] = registered.body.followed as [{ stream: string }];
    const matter = JSON.stringify((await (await county.as('clerk')).get(`/api/matters/${stream}`)).body);
    expect(matter).toContain('管网图上有这一段');
    expect(matter).toContain('水源由我们调');
    await done(handler.post(`/api/tickets/${id}/finish`));

    const moved = await take(water);
    const late = await take(building);
    await next(handler, water);
    await done(handler.post(`/api/tickets/${moved.id}/receive`));
    await done(handler.post(`/api/tickets/${moved.id}/transfer`, { desk: building, reason: '房子的事归住建局' }));
    // Whoever was sent on does not queue anew: they came before.
    expect(await next(works, building)).toMatchObject({ number: moved.number });
    expect(await next(works, building)).toMatchObject({ number: late.number });
    await done(works.post(`/api/tickets/${late.id}/miss`));
    const old = await county.as('clerk');
    const raised = newId();
    await done(
      old.post(`/api/matters/${raised}/register`, {
        channel: 'phone',
        subject: '房子漏水',
        area: county.places.village,
      }),
    );
    const number = String((await old.get(`/api/matters/${raised}`)).body.number);
    await done(works.post(`/api/tickets/${moved.id}/receive`));
    const linked = await done(works.post(`/api/tickets/${moved.id}/register`, { words: '还是漏', number }));
    expect(linked.body.followed).toEqual([]);
    await done(works.post(`/api/tickets/${moved.id}/finish`));
    expect(JSON.stringify(await screen())).not.toMatch(/欧阳秀|13900000001|停了五天/);
  });
});

test('[D2] waiting times have their median, 90th percentile and denominator, counted again one by one; days kept stand beside days due', async () => {
  const { rows, total } = (await leader.get(`/api/tickets/figures?from=${today}&to=${today}`)).body;
  const all = await county.ledger.query<{
    taken_at: string;
    received_at: string | null;
    desk: string;
    desks: string[];
    transfers: number;
  }>('test.tickets', 'select taken_at, received_at, desk, desks, transfers from ticket where county = $1', [
    county.county,
  ]);
  const waits = all
    .flatMap((x) => (x.received_at === null ? [] : [(Date.parse(x.received_at) - Date.parse(x.taken_at)) / 60_000]))
    .toSorted((a, b) => a - b);
  /** Between the two nearest, as statistics do. */
  const at = (share: number): number => {
    const place = share * (waits.length - 1);
    const low = Math.floor(place);
    return waits[low]! + (place - low) * ((waits[low + 1] ?? waits[low]!) - waits[low]!);
  };
  expect(total).toMatchObject({ taken: all.length, received: waits.length, missed: 1, moved: 1, joint: 1, matters: 2 });
  expect(total.median).toBeCloseTo(at(0.5), 6);
  expect(total.p90).toBeCloseTo(at(0.9), 6);
  expect(rows.find((r: { desk: string }) => r.desk === water)).toMatchObject({ manned: 1 });
  for (const what of ['taken', 'received', 'missed', 'joint', 'moved'])
    expect(
      (await leader.get(`/api/tickets/records?from=${today}&to=${today}&what=${what}`)).body.rows.length,
      what,
    ).toBe(total[what]);
  const before = await screen();
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect({ ...(await screen()), now: '' }).toEqual({ ...before, now: '' });
  expect((await leader.get(`/api/tickets/figures?from=${today}&to=${today}`)).body).toMatchObject({ rows, total });
});
