import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Query } from '../ledger/record.ts';
import { idOf } from '../ledger/ids.ts';
import { freshDatabase } from '../storage/testing.ts';
import { type CheckCode, checkCodes, coverage, gaps } from './coverage.ts';
import { AssignmentRules, type AssignmentType, assignmentTypes } from './model.ts';
import { organisationPolicies } from './policies.ts';

const rules = AssignmentRules.parse(organisationPolicies[0]!.standard.document);
const DAY = '2026-06-15';
const COUNTY = 7;
const id = (...words: (string | number)[]) => idOf('coverage', ...words.map(String));

let database: Awaited<ReturnType<typeof freshDatabase>>;
let query: Query;
beforeAll(async () => {
  database = await freshDatabase();
  query = async <R extends object>(name: string, text: string, values: readonly unknown[]) =>
    (await database.pool.query<R>({ name, text, values: [...values] })).rows;
});
afterAll(() => database.drop());

// Two townships of three villages each, with two grids; three departments; township officials, leaders.
const root = id('root');
const townships = [0, 1].map((t) => ({ id: id('t', t), parent: root, level: 'township', chain: [root, id('t', t)] }));
const villages = townships.flatMap((t, i) =>
  [0, 1, 2].map((v) => ({ id: id('v', i, v), parent: t.id, level: 'village', chain: [...t.chain, id('v', i, v)] })),
);
const grids = villages.flatMap((v) =>
  [0, 1].map((g) => ({ id: id('g', v.id, g), parent: v.id, level: 'grid', chain: [...v.chain, id('g', v.id, g)] })),
);
const places = [{ id: root, parent: null, level: 'county', chain: [root] }, ...townships, ...villages, ...grids];
const departments = [0, 1, 2].map((d) => id('d', d));
const enterprise = id('enterprise');
const offices = townships.map((t) => ({ id: id('office', t.id), area: t.id }));
const officials = Array.from({ length: 8 }, (_, n) => ({
  id: id('o', n),
  unit: n < 6 ? offices[n % 2]!.id : departments[0]!,
  leader: n >= 6,
}));
const households = grids.map((g) => ({
  id: id('h', g.id),
  grid: g.id,
  village: g.parent,
  township: villages.find((v) => v.id === g.parent)!.parent,
}));

interface Link {
  official: number;
  kind: AssignmentType;
  place: number;
  role: string;
  since: string;
  until: string | null;
}
const linkArb: fc.Arbitrary<Link> = fc.record({
  official: fc.nat({ max: officials.length - 1 }),
  kind: fc.constantFrom(...assignmentTypes),
  place: fc.nat({ max: 5 }),
  role: fc.constantFrom(...rules.links.map((l) => l.role)),
  since: fc.constantFrom('2026-01-01', DAY, '2026-07-01'),
  until: fc.constantFrom(null, null, '2026-06-14', DAY),
});
interface World {
  links: Link[];
  retired: number[];
  contacts: (number | null)[];
  moved: number[];
}
const worldArb: fc.Arbitrary<World> = fc.record({
  links: fc.array(linkArb, { maxLength: 60 }),
  retired: fc.array(fc.nat({ max: officials.length - 1 }), { maxLength: 2 }),
  contacts: fc.array(fc.option(fc.nat({ max: officials.length - 1 })), {
    minLength: households.length,
    maxLength: households.length,
  }),
  moved: fc.array(fc.nat({ max: households.length - 1 }), { maxLength: 3 }),
});

const targetOf = ({ kind, place }: Link) => ({
  area:
    kind === 'household' || (kind === 'contact-point' && place === 5)
      ? null
      : kind === 'contact-point' && place > 2
        ? townships[place % 2]!.id
        : villages[place]!.id,
  household: kind === 'household' ? households[place]!.id : null,
  unit: kind === 'department' ? departments[place % 3]! : kind === 'contact-point' && place === 5 ? enterprise : null,
});

async function write(world: World): Promise<void> {
  const put = async (table: string, rows: object[]) => {
    await database.pool.query(`delete from "${table}" where county = ${COUNTY}`);
    await database.pool.query(
      `insert into "${table}" select * from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(rows.map((r) => ({ county: COUNTY, pinyin: '', initials: '', closed: false, ...r })))],
    );
  };
  await put(
    'area',
    places.map((p) => ({ ...p, kind: '', name: p.id, code: p.id })),
  );
  await put(
    'unit',
    [
      ...departments.map((d) => ({ id: d, kind: 'department', area: root })),
      { id: enterprise, kind: 'enterprise', area: root },
      ...offices.map((o) => ({ id: o.id, kind: 'township', area: o.area })),
    ].map((u) => ({ ...u, name: u.id, short_name: '' })),
  );
  await put(
    'official',
    officials.map((o, n) => ({
      id: o.id,
      unit: o.unit,
      name: o.id,
      title: '',
      phone: '',
      retired: world.retired.includes(n),
    })),
  );
  await put(
    'post',
    officials
      .filter((o) => o.leader)
      .map((o) => ({
        official: o.id,
        place: 1,
        role: 'leader',
        unit: o.unit,
        area: root,
        title: '',
        since: '2025-01-01',
      })),
  );
  await put(
    'household',
    households.map((h, n) => ({
      ...h,
      county_area: root,
      address: '',
      head: '',
      needs: [],
      residents: 1,
      moved: world.moved.includes(n),
      forgotten: false,
      contact: world.contacts[n] === null ? null : officials[world.contacts[n]!]!.id,
    })),
  );
  await put(
    'assignment',
    world.links.map((l, n) => ({
      id: id('a', n),
      official: officials[l.official]!.id,
      kind: l.kind,
      ...targetOf(l),
      role: l.role,
      since: l.since,
      until: l.until,
    })),
  );
}

/** Who and what lacks its links, counted one by one. */
function byHand(world: World, below: string): Record<CheckCode, { total: number; missing: string[] }> {
  const works = (n: number) => !world.retired.includes(n);
  const live = world.links
    .filter((l) => works(l.official) && l.since <= DAY && (l.until === null || l.until >= DAY))
    .map((l) => ({ ...l, ...targetOf(l), by: officials[l.official]!.id }));
  const inside = (area: string) => places.find((p) => p.id === area)!.chain.includes(below);
  const check = <T extends { id: string }>(all: readonly T[], ok: (t: T) => boolean) => ({
    total: all.length,
    missing: all.filter((t) => !ok(t)).map((t) => t.id),
  });
  const has = (village: string, role: string) =>
    live.some((l) => l.kind === 'village' && l.area === village && l.role === role);
  const myVillages = villages.filter((v) => inside(v.id));
  const here = below === root;
  return {
    'village-lead': check(myVillages, (v) => has(v.id, rules.links[0]!.role)),
    'village-links': check(myVillages, (v) => rules.links.every((l) => has(v.id, l.role))),
    'household-contact': check(
      households.filter((h, n) => !world.moved.includes(n) && inside(h.grid)),
      (h) => {
        const contact = world.contacts[households.indexOf(h)]!;
        return (contact !== null && works(contact)) || live.some((l) => l.kind === 'household' && l.household === h.id);
      },
    ),
    'official-village': check(
      officials.filter((o, n) => works(n) && offices.some((f) => f.id === o.unit && inside(f.area))),
      (o) => live.some((l) => l.by === o.id && (l.kind === 'village' || l.kind === 'household')),
    ),
    'department-villages': check(here ? departments.map((d) => ({ id: d })) : [], (d) => {
      const n = new Set(live.filter((l) => l.kind === 'department' && l.unit === d.id).map((l) => l.area)).size;
      return n >= 2 && n <= 3;
    }),
    'township-departments': check(
      townships.filter((t) => inside(t.id)),
      (t) => {
        const mine = villages.filter((v) => v.parent === t.id).map((v) => v.id);
        const n = new Set(live.filter((l) => l.kind === 'department' && mine.includes(l.area!)).map((l) => l.unit))
          .size;
        return n >= 2 && n <= 3;
      },
    ),
    'leader-points': check(
      officials.filter((o, n) => o.leader && works(n) && here),
      (o) => {
        const mine = live.filter((l) => l.kind === 'contact-point' && l.by === o.id);
        return (
          mine.some((l) => townships.some((t) => t.id === l.area)) &&
          mine.some((l) => villages.some((v) => v.id === l.area)) &&
          mine.some((l) => l.unit === enterprise)
        );
      },
    ),
  };
}

test('[A3] the checker finds every gap and no other, each with its denominator', async () => {
  await fc.assert(
    fc.asyncProperty(worldArb, fc.constantFrom(root, townships[0]!.id, villages[4]!.id), async (world, below) => {
      await write(world);
      const expected = byHand(world, below);
      const area = below === root ? null : below;
      for (const check of await coverage(query, COUNTY, area, DAY, rules)) {
        expect([check.code, check.total, check.missing]).toEqual([
          check.code,
          expected[check.code].total,
          expected[check.code].missing.length,
        ]);
      }
      for (const code of checkCodes) {
        const found = await gaps(query, COUNTY, area, DAY, rules, code, { limit: 100, offset: 0 });
        expect(found.map((g) => g.id).sort()).toEqual(expected[code].missing.toSorted());
      }
    }),
    { numRuns: 40 },
  );
});
