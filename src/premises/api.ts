import { z } from 'zod';
import { canDo } from '../access/access.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { type Checklist, PremiseCommand, type PremisesPolicy, kindNames, premiseStream } from './model.ts';
import { premisesPage } from './print.ts';
import { type ItemRow, isAsked, itemsOf } from './tables.ts';

const listsOf = (desk: Desk): readonly Checklist[] => desk.policies.get<PremisesPolicy>('premises').lists;

/** How far a list stands: of all places, how many have everything; of each item, at how many it is. */
function standing(list: Checklist, rows: readonly ItemRow[]) {
  const places = new Map<string, ItemRow[]>();
  for (const row of rows) places.set(row.area, [...(places.get(row.area) ?? []), row]);
  const count = (item: string, state: string | null): number =>
    rows.filter((r) => r.item === item && r.state === state).length;
  return {
    places: places.size,
    complete: [...places.values()].filter((own) => own.every((r) => r.state === 'there')).length,
    items: list.items.map(({ id, name }) => ({
      id,
      name,
      there: count(id, 'there'),
      partly: count(id, 'partly'),
      missing: count(id, 'missing'),
      unseen: count(id, null),
    })),
  };
}

const described = (list: Checklist) => ({
  id: list.id,
  title: list.title,
  of: kindNames[list.of],
  due: list.due ?? null,
  source: list.source,
  confidence: list.confidence,
});

/** All lists asked of one place, with what was seen of each item. */
async function placeOf(desk: Desk, area: string) {
  const [found] = await desk.query<{
    name: string;
    level: string;
    kind: string;
    chain: string[];
    within: string | null;
  }>(
    'premises.place',
    `select a.name, a.level, a.kind, a.chain, p.name as within from area a left join area p on p.county = a.county and p.id = a.parent
      where a.county = $1 and a.id = $2 and not a.closed`,
    [desk.county, area],
  );
  if (found === undefined) return undefined;
  const asked = listsOf(desk).filter((list) => isAsked(list.of, found));
  const lists = await Promise.all(
    asked.map(async (list) => {
      // Below one place lie others of the same kind only if it is the place itself.
      const rows = (await itemsOf(desk.query, desk.county, list, area)).filter((r) => r.area === area);
      return {
        ...described(list),
        stream: premiseStream(desk.county, area, list.id),
        items: rows.map((r) => ({
          id: r.item,
          name: list.items.find((i) => i.id === r.item)!.name,
          state: r.state,
          on: r.checked_on,
          note: r.note ?? '',
          official: r.official_name,
          due: r.due,
          late: r.state !== 'there' && r.due !== null && r.due < dayOf(desk.now),
        })),
      };
    }),
  );
  const reach = { areas: found.chain };
  const can = canDo(desk.actor, ['premise.check', 'premise.charge'], reach);
  return { id: area, name: found.name, within: found.within, lists, can };
}
export type Premises = NonNullable<Awaited<ReturnType<typeof placeOf>>>;

export const premiseRoutes = {
  'GET /api/premises/coverage': route({
    action: 'premise.read',
    summary: 'Every checklist: of all places, how many have everything, and how many have each item',
    query: z.object({ below: z.uuid().optional() }),
    async handle(desk, { query }) {
      const lists = await Promise.all(
        listsOf(desk).map(async (list) => ({
          ...described(list),
          ...standing(list, await itemsOf(desk.query, desk.county, list, query.below ?? null)),
        })),
      );
      return { today: dayOf(desk.now), lists };
    },
  }),
  'GET /api/premises/coverage/:list': route({
    action: 'premise.read',
    summary: 'One checklist by township, and what is missing where, with who answers for it',
    params: z.object({ list: z.string().max(40) }),
    query: z.object({ below: z.uuid().optional() }),
    async handle(desk, { params, query }) {
      const list = listsOf(desk).find((l) => l.id === params.list);
      if (list === undefined) return refuse('premise.unknown');
      const rows = await itemsOf(desk.query, desk.county, list, query.below ?? null);
      const names = new Map(list.items.map((i) => [i.id, i.name]));
      const groups = new Map<string, ItemRow[]>();
      for (const row of rows) {
        const key = row.within ?? row.name;
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return {
        ...described(list),
        ...standing(list, rows),
        today: dayOf(desk.now),
        groups: [...groups].map(([name, own]) => {
          const { places, complete } = standing(list, own);
          return { name, places, complete };
        }),
        gaps: rows
          .filter((r) => r.state !== 'there')
          .slice(0, 1_000)
          .map((r) => ({
            area: r.area,
            name: r.name,
            within: r.within,
            item: names.get(r.item)!,
            state: r.state,
            on: r.checked_on,
            note: r.note ?? '',
            official: r.official_name,
            due: r.due,
            late: r.due !== null && r.due < dayOf(desk.now),
          })),
      };
    },
  }),
  'GET /api/premises/mine': route({
    action: 'premise.read',
    summary: 'The places I am bound to, with their checklists',
    async handle(desk) {
      const rows =
        desk.actor.kind === 'official'
          ? await desk.query<{ area: string }>(
              'premises.mine',
              `select distinct area from assignment where county = $1 and official = $2 and area is not null
                  and since <= $3::date and (until is null or until >= $3::date) limit 20`,
              [desk.county, desk.actor.id, dayOf(desk.now)],
            )
          : [];
      const places = await Promise.all(rows.map(({ area }) => placeOf(desk, area)));
      return { places: places.filter((p) => p !== undefined) };
    },
  }),
  'GET /api/premises/:area': route({
    action: 'premise.read',
    summary: 'All checklists asked of one place, item by item',
    params: z.object({ area: z.uuid() }),
    handle: async (desk, { params }) => (await placeOf(desk, params.area)) ?? refuse('premise.unknown'),
  }),
  'GET /print/premises/:area': route({
    action: 'premise.read',
    summary: 'The checklists of one place as a board to hang up',
    params: z.object({ area: z.uuid() }),
    async handle(desk, { params }) {
      const place = await placeOf(desk, params.area);
      return place === undefined
        ? refuse('premise.unknown')
        : raw('text/html; charset=utf-8', await premisesPage(place, dayOf(desk.now)));
    },
  }),
  ...commandRoutes('premise', '/api/premises', PremiseCommand, {
    'premise.check': 'What was seen of one item, on which day',
    'premise.charge': 'Who sees to it that an item stands, and by when',
  }),
} satisfies Routes;
