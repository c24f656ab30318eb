import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { sayDay } from '../calendar/explain.ts';
import { dayOf } from '../calendar/days.ts';
import { memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import type { MatterState, Status } from '../matters/model.ts';
import { sayNumber } from '../matters/number.ts';
import { matterRecord } from '../matters/tables.ts';
import { statusSaid, t } from './english.ts';
import { type Alike, type Sought, findAlike, newestWaiting } from './find.ts';
import type { AlikeGroup, AlikeItem, AlikePolicy, AlikeTold } from './model.ts';
import { sayReasons } from './reason.ts';

/** How many are shown beside a form or a matter. */
const SHOWN = 5;
/** How many of the inbox's newest are compared. */
const INBOX = 24;

const Typed = z.object({
  subject: z.string().max(120).default(''),
  body: z.string().max(20_000).default(''),
  spot: z.string().max(200).default(''),
  area: z.uuid().optional(),
  household: z.uuid().optional(),
});

async function present(desk: Desk, found: readonly Alike[]): Promise<AlikeItem[]> {
  const names = await namesOf(
    desk.query,
    desk.county,
    found.map(({ unit }) => unit),
  );
  return found.map((one) => ({
    id: one.id,
    number: sayNumber(one.number),
    subject: one.subject === '' ? t('（内容已按规定删除）') : one.subject,
    statusName: statusSaid(one.status as Status),
    unit: names(one.unit),
    registered: sayDay(dayOf(one.registeredAt), dayOf(desk.now)),
    score: one.score,
    reason: sayReasons(one.reasons),
    mergedInto: one.mergedInto,
  }));
}

const saidBy = (state: MatterState): Sought => ({
  subject: state.told?.subject ?? '',
  body: state.told?.body ?? '',
  spot: state.told?.spot ?? '',
  at: state.registeredAt,
  chain: state.place.chain,
  who: state.household,
  household: state.household,
  category: state.category,
});

const member = memberOf(async (desk, id, action) => {
  const { state } = await desk.ledger.read<MatterState>(desk.county, 'matter', id);
  return state.status !== 'none' && may(desk.actor, action, matterRecord.reach(state, undefined, undefined))
    ? state
    : undefined;
});

/** The places that contain one, from the county down; nothing where it is not chosen or not known. */
async function chainAt(desk: Desk, area: string | undefined): Promise<readonly string[]> {
  const [row] = await desk.query<{ chain: string[] }>(
    'alike.chain',
    'select chain from area where county = $1 and id = $2 and not closed',
    [desk.county, area ?? null],
  );
  return row?.chain ?? [];
}

export const alikeRoutes = {
  'POST /api/alike': route({
    action: 'alike.read',
    summary: 'Matters I may read that are like what is being written down, each with the reason',
    body: Typed,
    perMinute: 240,
    async handle(desk, { body }) {
      const { area, household, ...words } = body;
      if (words.subject.length + words.body.length < 4) return { alike: [] };
      const sought = { ...words, at: desk.now, chain: await chainAt(desk, area), household, who: household };
      const found = await findAlike(desk.query, desk.county, sought, scopeOf(desk.actor, 'matter.read'), {
        most: SHOWN,
      });
      return { alike: await present(desk, found) };
    },
  }),

  'GET /api/matters/:id/alike': member({
    action: 'matter.read',
    summary: 'Matters I may read that are like this one, earlier and later, each with the reason',
    async handle(desk, state, { params }) {
      const found = await findAlike(
        desk.query,
        desk.county,
        { ...saidBy(state), until: desk.now },
        scopeOf(desk.actor, 'matter.read'),
        { self: params.id, most: SHOWN + state.along.length },
      );
      // What is handled with it already stands elsewhere on its page.
      const known = new Set([...state.along, ...state.parts, state.merged?.into]);
      return { alike: await present(desk, found.filter(({ id }) => !known.has(id)).slice(0, SHOWN)) };
    },
  }),

  'GET /api/alike/inbox': route({
    action: 'alike.read',
    summary: 'Groups of look-alikes among the newest matters that wait to be dispatched, with others that are open',
    async handle(desk): Promise<{ groups: AlikeGroup[] }> {
      const scope = scopeOf(desk.actor, 'matter.read');
      const { groups, found } = await groupsInInbox(desk, scope);
      const items = new Map((await present(desk, [...found.values()])).map((item) => [item.id, item]));
      return {
        groups: groups.map(({ ids, main }) => ({ main, items: ids.flatMap((id) => items.get(id) ?? []) })),
      };
    },
  }),
} satisfies Routes;

/** How far each state has come: what has come furthest is what the others are merged into. */
const far: Readonly<Record<string, number>> = { registered: 0, dispatched: 1, handling: 2, deferred: 2 };

async function groupsInInbox(desk: Desk, scope: ReturnType<typeof scopeOf>) {
  const newest = await waiting(desk, scope);
  const found = new Map<string, Alike>();
  const joins: (readonly [string, string])[] = [];
  for (const { id, sought, alike } of newest) {
    const others = await findAlike(desk.query, desk.county, sought, scope, { self: id, most: SHOWN, open: true });
    const open = others.filter((other) => other.mergedInto === null && far[other.status] !== undefined);
    const [best] = open;
    if (best === undefined) continue;
    const known = found.get(id);
    if (known === undefined || known.score < best.score)
      found.set(id, { ...alike, score: best.score, reasons: best.reasons });
    for (const other of open) {
      if (!found.has(other.id)) found.set(other.id, other);
      joins.push([id, other.id]);
    }
  }
  const groups = joined(joins).map((ids) => {
    const members = ids.map((id) => found.get(id)!);
    const main = members.reduce((a, b) =>
      far[a.status]! > far[b.status]! || (far[a.status] === far[b.status] && a.registeredAt <= b.registeredAt) ? a : b,
    );
    return { main: main.id, ids: [main.id, ...ids.filter((id) => id !== main.id)] };
  });
  return { groups: groups.toSorted((a, b) => b.ids.length - a.ids.length), found };
}

/** The newest matters that wait for dispatch, as they are compared. */
async function waiting(desk: Desk, scope: ReturnType<typeof scopeOf>) {
  const rows = await newestWaiting(desk.query, desk.county, scope, INBOX);
  return rows.map(({ sought, ...alike }) => ({ id: alike.id, sought: { ...sought, until: desk.now }, alike }));
}

/** Sets that pairs join, directly or by way of others. */
export function joined(pairs: readonly (readonly [string, string])[]): string[][] {
  const sets = new Map<string, Set<string>>();
  for (const [a, b] of pairs) {
    const [x, y] = [sets.get(a) ?? new Set([a]), sets.get(b) ?? new Set([b])];
    const both = x === y ? x : x.union(y);
    for (const id of both) sets.set(id, both);
  }
  return [...new Set(sets.values())].map((set) => [...set]);
}

/**
 * What a resident is told while writing: that others said the same, and who sees to it. Never how many exactly, never
 * anything of what they said; and nothing at all where so few said it that one might guess who, or in confidence.
 */
export async function tellResident(desk: Desk, sought: Sought): Promise<AlikeTold> {
  const { tellFrom, tellDays } = desk.policies.get<AlikePolicy>('alike');
  const everything = { all: true, areas: [], units: [], officials: [] };
  const found = await findAlike(desk.query, desk.county, sought, everything, { most: 50, public: true });
  const since = Date.parse(desk.now) - tellDays * 86_400_000;
  const near = found.filter(({ registeredAt }) => Date.parse(registeredAt) >= since);
  // Whoever says it three times is one person, as far as can be known.
  const persons = new Set(near.map(({ household, id }) => household ?? id));
  if (persons.size < tellFrom) return { sentence: null };
  const [unit] = [...Map.groupBy(near, (one) => one.unit)].toSorted((a, b) => b[1].length - a[1].length)[0]!;
  const name = (await namesOf(desk.query, desk.county, [unit]))(unit);
  return {
    sentence:
      name === null
        ? t('已有人反映过同样的事。您照样可以说：多一个人说，就多一分分量，也单独给您一个编号。')
        : t('已有人反映过同样的事，{name}在办。您照样可以说：多一个人说，就多一分分量，也单独给您一个编号。', { name }),
  };
}
