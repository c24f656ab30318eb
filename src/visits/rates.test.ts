import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { petitionRules } from '../calendar/templates.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { History } from '../ledger/ledger.ts';
import { newId } from '../ledger/ids.ts';
import type { Contact } from './model.ts';
import { FEW, type RatesBy } from './rates.ts';

/** Where it happened and who went: two villages of one township and one of another. */
interface Home {
  readonly id: string;
  readonly keeper: string;
  readonly chain: readonly string[];
}
interface Went {
  readonly id: string;
  readonly home: Home;
  readonly official: string;
  readonly contact: Contact;
  readonly at: string;
  readonly needs: number;
}
interface Came {
  readonly id: string;
  readonly home: Home;
  readonly official: string | undefined;
  readonly channel: string;
  readonly at: string;
  readonly closed: boolean;
}

let county: TestCounty;
let head: Client;
let leader: Client;
let field: Client;
const homes: Home[] = [];
const went: Went[] = [];
const came: Came[] = [];
const today = dayOf(new Date().toISOString());
const DAYS = 365;
const REVISIT = 7;

beforeAll(async () => {
  county = await startCounty();
  [head, leader, field] = await Promise.all([county.as('head'), county.as('leader'), county.as('field')]);
  const { root, liuhe, village, grid, otherVillage, otherGrid, chengguan, farVillage, farGrid } = county.places;
  const places: [string, string[]][] = [
    ['field', [root, liuhe, village, grid]],
    ['otherfield', [root, liuhe, otherVillage, otherGrid]],
    ['farfield', [root, chengguan, farVillage, farGrid]],
  ];
  for (const [keeper, chain] of places) {
    for (let n = 0; n < 14; n++) {
      const id = newId();
      await county.give('household', id, {
        kind: 'household.register',
        area: chain.at(-1)!,
        address: `${n + 1} 号`,
        contact: county.id(keeper),
        residents: [{ id: newId(), name: `户主${n}`, relation: '户主', bornYear: 1960 }],
      });
      homes.push({ id, keeper: county.id(keeper), chain });
    }
  }
});
afterAll(() => county.stop());

const visitHistory = ({ id, home, official, contact, at, needs }: Went): History => {
  const stamp = { actor: official, at };
  const words = contact === 'met' || contact === 'phone';
  const events = [
    {
      kind: 'visit.recorded',
      household: home.id,
      chain: home.chain,
      official,
      contact,
      metAt: at,
      withWhom: [],
      promises: [],
      personal: { note: words ? '聊了收成' : '', promises: [] },
    },
    ...Array.from({ length: needs }, (_, index) => ({
      kind: 'need.raised',
      index,
      household: home.id,
      village: home.chain[2],
      area: home.chain[3],
      official,
      metAt: at,
      personal: { words: '水渠堵了' },
    })),
    ...(contact === 'not-at-home'
      ? [{ kind: 'revisit.due', household: home.id, by: addDays(dayOf(at), REVISIT) }]
      : []),
  ].map((e, n) => ({ ...e, stamp: { ...stamp, version: n + 1 } }));
  return { county: county.county, id: newId(), record: 'visit', stream: id, events: events as never };
};

let number = 0;
const matterHistory = ({ id, home, official, channel, at, closed }: Came): History => {
  const stamp = { actor: county.id('clerk'), at };
  const [, township, village, grid] = home.chain;
  const events = [
    {
      kind: 'matter.registered',
      number: `QH${(number += 1)}`,
      channel,
      procedure: 'hotline',
      place: { area: grid, township, village, grid, chain: home.chain },
      desk: county.desk,
      anonymous: false,
      confidential: false,
      ...(official === undefined ? {} : { official }),
      receivedAt: at,
      rule: petitionRules[0],
      personal: { subject: '水渠堵了', code: '123456' },
    },
    ...(closed ? [{ kind: 'matter.confirmed', by: 'resident' }] : []),
  ].map((e, n) => ({ ...e, stamp: { ...stamp, version: n + 1 } }));
  return { county: county.county, id: newId(), record: 'matter', stream: id, events: events as never };
};

/** The rates of one group, counted one record after another. */
function byHand(rows: { went: Went[]; came: Came[]; homes: Home[] }, from: string, to: string, byPlace: boolean) {
  const inside = (at: string): boolean => dayOf(at) >= from && dayOf(at) <= to;
  const doors = rows.went.filter((w) => inside(w.at));
  const rate = (value: number, of: number) => ({ value, of, share: of < FEW ? null : value / of });
  const met = doors.filter((w) => w.contact === 'met');
  let [inTime, late, missed, waiting] = [0, 0, 0, 0];
  for (const closed of doors.filter((w) => w.contact === 'not-at-home')) {
    const after = went.filter((w) => w.home.id === closed.home.id && w.contact === 'met' && w.at > closed.at);
    const day = after.map((w) => dayOf(w.at)).toSorted()[0];
    const by = addDays(dayOf(closed.at), REVISIT);
    if (day !== undefined && day <= by) inTime += 1;
    else if (day !== undefined) late += 1;
    else if (by < today) missed += 1;
    else waiting += 1;
  }
  const matters = rows.came.filter((c) => inside(c.at));
  const needs = matters.filter((c) => c.channel === 'visit');
  const inbound = matters.length - needs.length;
  const covered = rows.homes.filter((h) => went.some((w) => w.home.id === h.id && w.contact === 'met' && inside(w.at)));
  return {
    coverage: rate(covered.length, rows.homes.length),
    contact: rate(met.length, doors.filter((w) => w.contact !== 'phone').length),
    revisit: rate(inTime, inTime + late + missed),
    late,
    missed,
    waiting,
    found: rate(met.filter((w) => w.needs > 0).length, met.length),
    resolved: rate(needs.filter((c) => c.closed).length, needs.length),
    inbound: byPlace ? inbound : null,
    ratio: byPlace && inbound >= FEW ? met.length / inbound : null,
  };
}

const groupOf: Record<RatesBy, { went(w: Went): string; came(c: Came): string | undefined; home(h: Home): string }> = {
  official: { went: (w) => w.official, came: (c) => c.official, home: (h) => h.keeper },
  unit: {
    went: (w) => unitOf(w.official),
    came: (c) => (c.official === undefined ? undefined : unitOf(c.official)),
    home: (h) => unitOf(h.keeper),
  },
  township: { went: (w) => w.home.chain[1]!, came: (c) => c.home.chain[1], home: (h) => h.chain[1]! },
  village: { went: (w) => w.home.chain[2]!, came: (c) => c.home.chain[2], home: (h) => h.chain[2]! },
  grid: { went: (w) => w.home.chain[3]!, came: (c) => c.home.chain[3], home: (h) => h.chain[3]! },
};
const unitOf = (official: string): string =>
  official === county.id('farfield') ? county.units.chengguan : county.units.liuhe;

describe('rates beside each other', () => {
  test('[B6] every rate of every person, unit and place is what counting by hand says, in random years', async () => {
    const when = fc.tuple(fc.nat(DAYS), fc.nat(86_000));
    const at = ([ago, second]: readonly [number, number], n: number): string =>
      new Date(Date.parse(`${addDays(today, -1 - ago)}T00:00:00+08:00`) + second * 1_000 + n).toISOString();
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            home: fc.nat(41),
            who: fc.constantFrom('field', 'otherfield', 'farfield'),
            contact: fc.constantFrom<Contact>('met', 'met', 'phone', 'not-at-home', 'not-at-home', 'leaflet'),
            when,
            needs: fc.nat(2),
          }),
          { maxLength: 60, size: 'max' },
        ),
        fc.array(
          fc.record({
            home: fc.nat(41),
            who: fc.constantFrom('field', 'otherfield', 'farfield', undefined),
            channel: fc.constantFrom('visit', 'visit', 'phone', 'window'),
            when,
            closed: fc.boolean(),
          }),
          { maxLength: 30, size: 'max' },
        ),
        fc.nat(DAYS),
        fc.nat(120),
        fc.constantFrom<RatesBy>('official', 'unit', 'township', 'village', 'grid'),
        async (visits, matters, start, length, by) => {
          const more = visits.map(({ home, who, contact, when: w, needs }) => ({
            id: newId(),
            home: homes[home]!,
            official: county.id(who),
            contact,
            at: at(w, (n += 1)),
            needs: contact === 'met' || contact === 'phone' ? needs : 0,
          }));
          const told = matters.map(({ home, who, channel, when: w, closed }) => ({
            id: newId(),
            home: homes[home]!,
            official: channel === 'visit' ? county.id(who ?? 'field') : who === undefined ? undefined : county.id(who),
            channel,
            at: at(w, (n += 1)),
            closed,
          }));
          went.push(...more);
          came.push(...told);
          await county.ledger.take(county.county, [...more.map(visitHistory), ...told.map(matterHistory)]);

          const from = addDays(today, -start);
          const to = addDays(from, length) < today ? addDays(from, length) : today;
          const { status, body } = await leader.get(`/api/rates?by=${by}&from=${from}&to=${to}`);
          expect(status, JSON.stringify(body)).toBe(200);
          const group = groupOf[by];
          for (const row of body.rows as { id: string; name: string }[]) {
            const { id, name: _, ...rates } = row;
            const mine = {
              went: went.filter((w) => group.went(w) === id),
              came: came.filter((c) => group.came(c) === id),
              homes: homes.filter((h) => group.home(h) === id),
            };
            expect(rates, `${by} ${row.name}`).toEqual(byHand(mine, from, to, by !== 'official' && by !== 'unit'));
          }
          expect(new Set(body.rows.map((r: { id: string }) => r.id))).toEqual(new Set(homes.map((h) => group.home(h))));
          const sorted = body.rows.map((r: { name: string }) => r.name);
          expect(sorted).toEqual(sorted.toSorted((a: string, b: string) => a.localeCompare(b, 'zh')));
        },
      ),
      { numRuns: 20, endOnFailure: true },
    );
    expect(went.length).toBeGreaterThan(200);
  });

  test('[B6] [B1] who was reached and who was not is what counting by hand says; names only for who may open them', async () => {
    const { liuhe } = county.places;
    const mine = went.filter((w) => w.home.chain[1] === liuhe);
    for (const [from, to] of [
      [addDays(today, -300), addDays(today, -1)],
      [addDays(today, -40), addDays(today, -30)],
      [addDays(today, -7), addDays(today, -7)],
    ] as const) {
      const inside = mine.filter((w) => dayOf(w.at) >= from && dayOf(w.at) <= to);
      const homesWith = (contact: Contact): Set<string> =>
        new Set(inside.filter((w) => w.contact === contact).map((w) => w.home.id));
      const met = homesWith('met');
      const closed = [...homesWith('not-at-home')].filter((home) => !met.has(home));
      const { status, body } = await head.get(`/api/visits/reached?from=${from}&to=${to}`);
      expect(status, JSON.stringify(body)).toBe(200);
      expect(body.counts).toMatchObject({
        met: met.size,
        all: homes.filter((h) => h.chain[1] === liuhe).length,
        closed: closed.length,
        needs: inside.reduce((sum, w) => sum + w.needs, 0),
      });
      type Doors = { household: string; head: string | null }[];
      expect(new Set((body.reached as Doors).map((d) => d.household))).toEqual(met);
      expect((body.closed as Doors).map((d) => d.household).toSorted()).toEqual(closed.toSorted());
      expect((body.reached as Doors).every((d) => d.head !== null)).toBe(true);
      const above = (await leader.get(`/api/visits/reached?from=${from}&to=${to}`)).body;
      expect(above.counts.met).toBeGreaterThanOrEqual(met.size);
      expect([...above.reached, ...above.closed].every((d: { head: string | null }) => d.head === null)).toBe(true);
    }
    expect((await field.get('/api/visits/reached')).status).toBe(200);
    expect((await (await county.as('clerk')).get('/api/visits/reached')).status).toBe(404);
    expect((await head.get('/api/visits/reached?from=2020-01-01&to=2026-01-01')).body.refused).toBe('input.invalid');
  });

  test('[B6] each number opens to exactly the records it counts', async () => {
    const from = addDays(today, -DAYS - 2);
    const { body } = await head.get(`/api/rates?by=village&from=${from}&to=${today}`);
    for (const row of body.rows) {
      const numbers = {
        met: row.contact.value,
        doors: row.contact.of,
        revisits: row.revisit.of,
        'in-time': row.revisit.value,
        late: row.late,
        missed: row.missed,
        found: row.found.value,
        needs: row.resolved.of,
        settled: row.resolved.value,
        inbound: row.inbound,
        households: row.coverage.of,
        covered: row.coverage.value,
      };
      for (const [what, count] of Object.entries(numbers)) {
        const found = await head.get(
          `/api/rates/records?by=village&of=${row.id}&what=${what}&from=${from}&to=${today}`,
        );
        expect([what, found.body.rows.length]).toEqual([what, Math.min(500, count)]);
      }
    }
  });

  test('[B6] a head counts their own township only, an official themself; names open only to who may see them', async () => {
    const ids = async (client: Client, by: string) =>
      new Set((await client.get(`/api/rates?by=${by}`)).body.rows.map((r: { id: string }) => r.id));
    expect(await ids(head, 'township')).toEqual(new Set([county.places.liuhe]));
    expect(await ids(field, 'official')).toEqual(new Set([county.id('field')]));
    const from = addDays(today, -DAYS - 2);
    const path = `/api/rates/records?by=village&of=${county.places.village}&what=doors&from=${from}&to=${today}`;
    const seen = (await head.get(path)).body.rows as { what: string | null }[];
    expect(seen.every((r) => r.what?.includes('户主') === true)).toBe(true);
    // A county leader has the figures and the days; whose door it was is for those who answer for the place.
    const masked = (await leader.get(path)).body.rows as { what: string | null }[];
    expect(masked.length).toBe(seen.length);
    expect(masked.every((r) => r.what === null)).toBe(true);
    expect((await (await county.as('farhead')).get(path)).body.rows).toEqual([]);
  });

  test('[B6] of few there is no per cent, and it is said why', async () => {
    const { body } = await leader.get(`/api/rates?by=grid&from=1999-01-01&to=1999-01-31`);
    expect(body.rows.every((r: { contact: { share: number | null } }) => r.contact.share === null)).toBe(true);
    expect(body.definitions.few).toContain('分母不到 10');
  });
});
