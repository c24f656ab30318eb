import type { Kysely } from 'kysely';
import { z } from 'zod';
import { mayAtAll, scopeOf } from '../access/access.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { phonePrint } from '../residents/print.ts';
import { findMatters, presentMatters } from './matters.ts';
import { type Sought, findOfficials, findPlaces, findResidents, findUnits, soughtOf } from './queries.ts';

/** How many of each kind are shown: a choice at a glance, not a list. */
const EACH = 6;

const Phone = /^1\d{10}$|^0\d{9,11}$/;

async function people(desk: Desk, sought: Sought) {
  if (!mayAtAll(desk.actor, 'household.read')) return [];
  const digits = sought.text.replace(/[\s-]/g, '');
  // A part of a phone number finds nobody: that would be a way to list people by it.
  const print = Phone.test(digits) ? phonePrint(desk.vault, digits) : undefined;
  const rows = await findResidents(
    desk.db as Kysely<never>,
    desk.county,
    scopeOf(desk.actor, 'household.read'),
    sought,
    print,
    EACH,
  );
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    relation: r.relation,
    household: r.household,
    address: r.address,
    village: r.village,
    why: r.how,
  }));
}

export const searchRoutes = {
  'GET /api/search': route({
    action: 'session.use',
    summary:
      'A few of everything the words may mean: matters, residents, places, officials, units, each with why it was found',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    async handle(desk, { query: { q } }) {
      const sought = soughtOf(q);
      const db = desk.db as Kysely<never>;
      const [matters, residents, places, officials, units] = await Promise.all([
        findMatters(desk, sought, EACH).then(async ({ found, suggestions }) => ({
          found: await presentMatters(desk, found),
          suggestions,
        })),
        people(desk, sought),
        findPlaces(db, desk.county, sought, EACH),
        findOfficials(db, desk.county, sought, EACH),
        findUnits(db, desk.county, sought, EACH),
      ]);
      return {
        q,
        suggestions: matters.suggestions,
        matters: matters.found,
        people: residents,
        places: places.map((a) => ({
          id: a.id,
          name: a.name,
          kind: a.kind,
          level: a.level,
          parent: a.parent,
          why: a.how,
        })),
        officials: officials.map((o) => ({ id: o.id, name: o.name, title: o.title, unit: o.unit, why: o.how })),
        units: units.map((u) => ({ id: u.id, name: u.name, why: u.how })),
      };
    },
  }),
} satisfies Routes;
