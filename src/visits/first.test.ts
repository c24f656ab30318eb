import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { type Place, placesFirst } from './first.ts';

const policy = { unseenPercent: 50, needs: 3, disputes: 1, open: 3, stalled: 1, remote: [] };
const visits = { longUnseenDays: 60 };
const place = fc
  .record({
    households: fc.integer({ min: 1, max: 40 }),
    unseen: fc.nat(40),
    needs: fc.nat(6),
    disputes: fc.nat(3),
    open: fc.nat(8),
    stalled: fc.nat(3),
    remote: fc.constantFrom(null, '不通班车'),
  })
  .map((p) => ({ ...p, unseen: Math.min(p.unseen, p.households) }));
const places = fc
  .array(place, { minLength: 1, maxLength: 12 })
  .map((rows): Place[] =>
    rows.map((p, i) => ({ ...p, id: `p${String(i).padStart(2, '0')}`, name: `${i}组`, village: '柳河村' })),
  );

/** The five places to go to, written out once more by hand. */
const count = (p: Place): number =>
  [
    p.unseen >= 1 && p.unseen / p.households >= 0.5,
    p.remote !== null,
    p.disputes >= 1 || p.needs >= 3,
    p.open >= 3,
    p.stalled >= 1,
  ].filter(Boolean).length;

describe('where to go first', () => {
  test('[B1] where more of the five hold comes first, however the places come; each says which hold', () => {
    fc.assert(
      fc.property(places, fc.infiniteStream(fc.nat(1_000)), (all, order) => {
        const first = placesFirst(all, policy, visits);
        const mixed = all.map((p) => [order.next().value as number, p] as const).toSorted(([a], [b]) => a - b);
        expect(
          placesFirst(
            mixed.map(([, p]) => p),
            policy,
            visits,
          ),
        ).toEqual(first);
        const counts = first.map((p) => count(p));
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        for (const p of first) {
          expect(p.holds).toHaveLength(count(p));
          expect(p.why.length === 0).toBe(count(p) === 0);
        }
      }),
    );
  });

  test('[B1] one more thing to do never sends a place further back, and among as many what does not move goes first', () => {
    const fields = ['unseen', 'needs', 'disputes', 'open', 'stalled'] as const;
    fc.assert(
      fc.property(places, fc.constantFrom(...fields), fc.nat(), (all, field, which) => {
        const one = all[which % all.length]!;
        const at = (rows: readonly Place[]): number =>
          placesFirst(rows, policy, visits).findIndex((p) => p.id === one.id);
        const more = { ...one, [field]: Math.min(one[field] + 1, field === 'unseen' ? one.households : 99) };
        expect(at(all.map((p) => (p.id === one.id ? more : p)))).toBeLessThanOrEqual(at(all));
      }),
    );
    const bare: Place = {
      id: 'a',
      name: '一组',
      village: null,
      households: 9,
      unseen: 0,
      needs: 0,
      disputes: 0,
      open: 0,
      stalled: 0,
      remote: null,
    };
    const ids = (rows: Place[]): string[] => placesFirst(rows, policy, visits).map((p) => p.id);
    expect(
      ids([
        { ...bare, id: 'far', remote: '不通班车' },
        { ...bare, id: 'none' },
        { ...bare, id: 'unseen', unseen: 5 },
        { ...bare, id: 'hard', disputes: 1 },
        { ...bare, id: 'open', open: 3 },
        { ...bare, id: 'stalled', stalled: 1 },
      ]),
    ).toEqual(['stalled', 'open', 'hard', 'unseen', 'far', 'none']);
    // As the county sets it: from so many on, not one earlier.
    const why = (p: Partial<Place>): readonly string[] => placesFirst([{ ...bare, ...p }], policy, visits)[0]!.why;
    expect([why({ open: 2 }), why({ needs: 2 }), why({ unseen: 4 }), why({ households: 1 })]).toEqual([[], [], [], []]);
    expect(why({ households: 8, unseen: 4, remote: '离镇 18 公里' })).toEqual([
      '8 户里 4 户 60 天没见着',
      '路远：离镇 18 公里',
    ]);
  });
});

describe('the places of an official', () => {
  let county: TestCounty;
  let field: Client;
  let head: Client;
  const today = dayOf(new Date().toISOString());
  beforeAll(async () => {
    county = await startCounty();
    [field, head] = await Promise.all([county.as('field'), county.as('head')]);
  });
  afterAll(() => county.stop());

  test('[B1] counted from the records themselves: households met and not, matters, disputes, what is past its day', async () => {
    const first = async (by: Client, how = 'grid') =>
      (await by.get(`/api/visits/first?by=${how}`)).body.places as (Place & { why: string[] })[];
    expect(await first(field)).toEqual([]);
    const homes: string[] = [];
    for (const [i, area] of [county.places.grid, county.places.grid, county.places.otherGrid].entries()) {
      const household = newId();
      homes.push(household);
      await county.give('household', household, {
        kind: 'household.register',
        area,
        address: `${i} 号`,
        contact: county.id('field'),
        residents: [{ id: newId(), name: '张桂兰', relation: '户主', bornYear: 1950 }],
      });
    }
    const met = (household: string, more: object = {}) =>
      done(
        field.post(`/api/visits/${newId()}/record`, {
          household,
          contact: 'met',
          note: '说水渠',
          metAt: new Date().toISOString(),
          ...more,
        }),
      );
    expect(await first(field)).toMatchObject([
      { id: expect.any(String), households: expect.any(Number), unseen: expect.any(Number) },
      { why: [expect.stringContaining('60 天没见着')] },
    ]);
    const of = async (id: string, by = field, how = 'grid') => (await first(by, how)).find((p) => p.id === id)!;
    expect(await of(county.places.grid)).toMatchObject({ households: 2, unseen: 2, open: 0, stalled: 0 });
    await met(homes[0]!, {
      needs: [0, 1, 2].map((n) => ({ words: `第 ${n} 件要办的事` })),
      promises: [{ what: '问清水费', by: today }],
    });
    expect(await of(county.places.grid)).toMatchObject({ households: 2, unseen: 1, open: 3, stalled: 0 });
    await met(homes[1]!);
    // Two things past their day: a promise and a matter, each moved back by hand, for a day cannot be waited for.
    const { pool } = county.database;
    await pool.query('update promise set due = due - 3 where county = $1', [county.county]);
    await pool.query(
      `update matter set due = now() - interval '1 day' where county = $1 and id = (select id from matter where county = $1 order by id limit 1)`,
      [county.county],
    );
    await county.publish('where-first', {
      ...policy,
      remote: [{ code: await codeOf(county.places.otherGrid), why: '不通班车' }],
    });
    expect(await first(field)).toMatchObject([
      { id: county.places.grid, unseen: 0, open: 3, stalled: 2, why: ['2 件过了日子还没办', '3 件事在办'] },
      { id: county.places.otherGrid, unseen: 1, open: 0, why: ['1 户里 1 户 60 天没见着', '路远：不通班车'] },
    ]);
    // A head sees the places of the township, village by village; another township's see nothing of them.
    expect(await of(county.places.village, head, 'village')).toMatchObject({ open: 3, stalled: 2 });
    const far = await first(await county.as('farhead'), 'village');
    expect(far.some((p) => p.id === county.places.village)).toBe(false);
    // What was done is gone from the reasons.
    const [promise] = await county.ledger.query<{ visit: string }>(
      'test.promise',
      'select visit from promise where county = $1',
      [county.county],
    );
    await done(field.post(`/api/visits/${promise!.visit}/keep-promise`, { promise: 0, how: '问清了' }));
    expect((await of(county.places.grid)).stalled).toBe(1);
    expect((await (await county.as('clerk')).get('/api/visits/first')).status).toBe(404);
  });

  const codeOf = async (id: string): Promise<string> =>
    (
      await county.ledger.query<{ code: string }>('test.code', 'select code from area where county = $1 and id = $2', [
        county.county,
        id,
      ])
    )[0]!.code;
});
