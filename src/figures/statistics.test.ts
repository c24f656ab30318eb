import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { MatterRow } from '../matters/tables.ts';
import type { Figure, Group } from './statistics.ts';
import { type Invented, invented, take } from './testing.ts';

const now = new Date().toISOString();
const today = dayOf(now);
let county: TestCounty;
let all: MatterRow[];
let leader: Client;

beforeAll(async () => {
  county = await startCounty();
  await take(county, fc.sample(invented(now), { numRuns: 400, seed: 7 }));
  all = (await county.database.pool.query<MatterRow>('select * from matter')).rows;
  leader = await county.as('leader');
});
afterAll(() => county.stop());

/** The same questions asked plainly, one row after another. */
const daysOf = (row: MatterRow): number =>
  (Date.parse(row.first_answered_at!) - Date.parse(row.registered_at)) / 86_400_000;
const quantile = (values: number[], q: number): number | null => {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  return sorted[Math.floor(at)]! + (sorted[Math.ceil(at)]! - sorted[Math.floor(at)]!) * (at - Math.floor(at));
};
const plainly = (rows: readonly MatterRow[]) => {
  const answered = rows.filter((r) => r.first_answered_at !== null);
  const waits = (days: number) =>
    rows.filter((r) => r.first_answered_at === null && Date.now() - Date.parse(r.registered_at) > days * 86_400_000);
  const count = (some: readonly unknown[]) => some.length;
  return {
    registered: count(rows),
    answered: count(answered),
    late15: count(answered.filter((r) => daysOf(r) > 15)),
    late60: count(answered.filter((r) => daysOf(r) > 60)),
    waiting15: count(waits(15)),
    waiting60: count(waits(60)),
    resolved: count(rows.filter((r) => r.resolved_at !== null)),
    closed: count(rows.filter((r) => r.status === 'closed')),
    closedByResident: count(rows.filter((r) => r.closed_by === 'resident')),
    closedByCallBack: count(rows.filter((r) => r.closed_by === 'call-back')),
    open: count(rows.filter((r) => r.status !== 'closed')),
    late: count(rows.filter((r) => r.open && r.due !== null && r.due < new Date().toISOString())),
    returned: count(rows.filter((r) => r.returns > 0)),
    reopened: count(rows.filter((r) => r.reopenings > 0)),
  };
};
const registeredIn = (from: string, to: string) => (r: MatterRow) =>
  dayOf(r.registered_at) >= from && dayOf(r.registered_at) <= to;

const periods = fc
  .tuple(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 0, max: 110 }))
  .map(([a, b]) => ({ from: addDays(today, -Math.max(a, b)), to: addDays(today, -Math.min(a, b)) }));

/** Every record of a drill, page after page. */
async function recordsOf(client: Client, drill: object, size = 37): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ ...drill, size: String(size), ...(after === undefined ? {} : { after }) });
    const { body, status } = await client.get(`/api/statistics/records?${query.toString()}`);
    expect(status).toBe(200);
    ids.push(...body.matters.map((m: { id: string }) => m.id));
    after = body.next;
  } while (after !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
  return ids;
}

describe('statistics', () => {
  test('[C16] agree with a plain count, whatever the period and the filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        periods,
        fc.constantFrom({}, { channel: 'phone' }, { township: county.places.liuhe }, { unit: county.units.water }),
        async (period, more) => {
          const { body } = await leader.get(
            `/api/statistics?${new URLSearchParams({ ...period, ...more }).toString()}`,
          );
          const mine = all.filter(
            (r) =>
              registeredIn(period.from, period.to)(r) &&
              Object.entries(more).every(([k, v]) => r[k as keyof MatterRow] === v),
          );
          const expected = plainly(mine);
          for (const [key, value] of Object.entries(expected))
            expect([key, body.figures[key].value]).toEqual([key, value]);
          const days = mine.filter((r) => r.first_answered_at !== null).map(daysOf);
          for (const [key, q] of [
            ['medianDays', 0.5],
            ['days90', 0.9],
          ] as const) {
            const wanted = quantile(days, q);
            if (wanted === null) expect(body.figures[key].value).toBeNull();
            else expect(body.figures[key].value).toBeCloseTo(wanted, 9);
            expect(body.figures[key].n).toBe(days.length);
          }
          const end = Date.parse(`${addDays(period.to, 1)}T00:00:00+08:00`);
          const stock = all.filter(
            (r) =>
              Object.entries(more).every(([k, v]) => r[k as keyof MatterRow] === v) &&
              Date.parse(r.registered_at) < end &&
              (r.closed_at === null || Date.parse(r.closed_at) >= end),
          );
          expect(body.stock.open.value).toBe(stock.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('[C16] each group counts its own, and together they are all', async () => {
    const { body } = await leader.get(`/api/statistics?from=${addDays(today, -120)}&to=${today}`);
    const keys: Record<string, (r: MatterRow) => string | null> = {
      channel: (r) => r.channel,
      category: (r) => (r.category === null || r.category === '外来分类' ? r.category : r.category.slice(0, 2)),
      township: (r) => r.township,
      unit: (r) => r.unit,
      month: (r) => dayOf(r.registered_at).slice(0, 7),
    };
    for (const [dimension, keyOf] of Object.entries(keys)) {
      const groups = body.groups[dimension] as Group[];
      const wanted = Map.groupBy(all, keyOf);
      expect(new Set(groups.map(({ key }) => key))).toEqual(new Set(wanted.keys()));
      for (const group of groups) {
        const plain = plainly(wanted.get(group.key)!);
        for (const key of [
          'registered',
          'answered',
          'late15',
          'late60',
          'closed',
          'open',
          'late',
          'returned',
          'reopened',
        ] as const) {
          expect([dimension, group.key, key, group[key].value]).toEqual([dimension, group.key, key, plain[key]]);
        }
      }
    }
    expect(body.groups.category.find((g: Group) => g.key === '01').name).toBe('城乡建设');
    expect(body.groups.category.find((g: Group) => g.key === null).name).toBe('未分类');
  });

  test('[C16] every figure opens to exactly the records it counts, and says what it is a share of', async () => {
    const { body } = await leader.get(`/api/statistics?from=${addDays(today, -90)}&to=${addDays(today, -20)}`);
    const figures = Object.entries(body.figures as Record<string, Figure>).filter(
      ([key]) => !['returns', 'reopenings', 'satisfaction', 'medianDays', 'days90'].includes(key),
    );
    const grouped = (['category', 'unit', 'month'] as const).flatMap((d) =>
      (body.groups[d] as Group[]).flatMap((g) =>
        (['registered', 'answered', 'late15', 'late'] as const).map((k) => [`${d} ${g.name} ${k}`, g[k]] as const),
      ),
    );
    for (const [key, figure] of [
      ...figures,
      ...grouped,
      ['stock', body.stock.open],
      ['stock late', body.stock.late],
    ] as [string, Figure][]) {
      const ids = await recordsOf(leader, figure.drill);
      expect([key, ids.length]).toEqual([key, figure.value]);
      if (figure.of !== undefined && figure.of > 0) expect(figure.share).toBe(figure.value / figure.of);
    }
    expect(body.figures.late15.of).toBe(body.figures.answered.value);
    expect(body.definitions.days).toContain('15×24');
  });

  test('[C16] exactly 15 days is not later than 15 days', async () => {
    const edge = (answeredAfter: number): Invented => ({
      registeredAt: '2025-05-05T03:00:00.000Z',
      place: 'village',
      unit: 'water',
      channel: 'web',
      category: undefined,
      named: false,
      confidential: false,
      returned: false,
      answeredAfter,
      closedAfter: undefined,
      closedBy: 'resident',
      score: undefined,
      reopened: false,
    });
    await take(county, [edge(359.999), edge(360), edge(360.001), edge(1440), edge(1440.001)], '乙');
    const { body } = await leader.get('/api/statistics?from=2025-05-05&to=2025-05-05');
    expect(body.figures).toMatchObject({
      answered: { value: 5, of: 5 },
      late15: { value: 3, of: 5, share: 0.6 },
      late60: { value: 1 },
      medianDays: { n: 5 },
    });
    expect(body.figures.medianDays.value).toBeCloseTo(360.001 / 24, 9);
    const year = await leader.get('/api/statistics?from=2026-05-05&to=2026-05-05');
    expect(year.body.yearBefore.registered.value).toBe(5);
  });

  test('[C16] fewer than five scores are not told', async () => {
    const rated = (score: number): Invented => ({
      registeredAt: '2025-03-03T03:00:00.000Z',
      place: 'village',
      unit: 'works',
      channel: 'web',
      category: undefined,
      named: false,
      confidential: false,
      returned: false,
      answeredAfter: 2,
      closedAfter: 5,
      closedBy: 'resident',
      score,
      reopened: false,
    });
    await take(county, [1, 5, 5, 5].map(rated), '丙');
    const few = await leader.get('/api/statistics?from=2025-03-03&to=2025-03-03');
    expect(few.body.figures.satisfaction).toEqual({
      n: 4,
      suppressed: true,
      mean: null,
      pleased: null,
      share: null,
      drill: null,
    });
    await take(county, [4].map(rated), '丁');
    const enough = await leader.get('/api/statistics?from=2025-03-03&to=2025-03-03');
    expect(enough.body.figures.satisfaction).toMatchObject({
      n: 5,
      suppressed: false,
      mean: 4,
      pleased: 4,
      share: 0.8,
    });
  });

  test('[C16] [L1] each sees the figures of their own posts only', async () => {
    const span = `from=${addDays(today, -120)}&to=${today}`;
    const clerk = await county.as('clerk');
    const handler = await county.as('handler');
    const value = async (client: Client) => (await client.get(`/api/statistics?${span}`)).body.figures.registered.value;
    expect(await value(clerk)).toBe(all.filter((r) => r.township === county.places.liuhe).length);
    expect(await value(handler)).toBe(all.filter((r) => r.unit === county.units.water).length);
    expect((await (await county.as()).get(`/api/statistics?${span}`)).status).toBe(401);
    expect((await (await county.as('field')).get(`/api/statistics?${span}`)).status).toBe(404);
    const other = await clerk.get(`/api/statistics?${span}&township=${county.places.chengguan}`);
    expect(other.body.figures.registered.value).toBe(0);
  });
});

describe('the leader’s page', () => {
  test('[C16] sets this month beside the same days of the last, and opens to the records', async () => {
    const { body, status } = await leader.get('/api/leader');
    expect(status).toBe(200);
    const first = `${today.slice(0, 7)}-01`;
    expect(body.thisMonth.registered.value).toBe(all.filter(registeredIn(first, today)).length);
    expect(body.lastMonth.registered.value).toBe(all.filter(registeredIn(body.before.from, body.before.to)).length);
    expect(body.before.to < body.now.from).toBe(true);
    const rows = (await county.database.pool.query<MatterRow>('select * from matter')).rows;
    const late = rows.filter((r) => r.open && r.due !== null && r.due < new Date().toISOString());
    expect(body.late.reduce((sum: number, u: { late: number }) => sum + u.late, 0)).toBe(late.length);
    expect(late.length).toBeGreaterThan(0);
    for (const unit of body.late) expect((await recordsOf(leader, unit.drill)).length).toBe(unit.late);
    for (const hot of body.hot) expect((await recordsOf(leader, hot.drill)).length).toBe(hot.now);
    const page = await leader.get('/print/leader');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('size: A4 portrait');
    expect(page.body).toContain(body.late[0].name);
  });
});
