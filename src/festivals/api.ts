import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { sayDay } from '../calendar/explain.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { isAdult } from '../visits/rules.ts';
import { householdOf, reachOfHousehold } from '../visits/tables.ts';
import { FestivalCommand, type FestivalsPolicy, type Gift, GiftCommand, sayMoney } from './model.ts';
import { possible } from './rules.ts';
import { type Listed, type ListedGift, meantBy, moneyOf, roundsOf } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const EVERYTHING = { all: true, areas: [], units: [], officials: [] };
/** A round is on the day's list from this many days before the festival. */
const AHEAD_DAYS = 30;

/** How far it is with one household. Money nobody proposed where there is a source is something not done yet. */
function standingOf(row: Pick<Listed, 'metOn' | 'gifts'>, withMoney: boolean) {
  const open = row.gifts.filter((g) => g.status === 'proposed' || g.status === 'approved');
  const settled = row.gifts.some((g) => g.status === 'given' || g.status === 'declined');
  const visited = row.metOn !== null;
  const paid = !withMoney || (open.length === 0 && settled);
  return { visited, paid, done: visited && paid };
}

const giftShown = (
  desk: Desk,
  gift: ListedGift,
  reach: { areas: readonly string[]; officials: readonly string[] },
) => ({
  id: gift.id,
  source: gift.source,
  cents: gift.cents,
  goods: gift.goods,
  status: gift.status,
  can: possible(
    { status: gift.status, proposedBy: gift.proposedBy, decidedBy: gift.decidedBy ?? undefined } as Gift,
    actorName(desk.actor),
  ).filter((action) => may(desk.actor, action, reach)),
});

const rowShown = (desk: Desk, row: Listed, withMoney: boolean) => {
  const reach = { areas: row.chain, officials: row.contact === null ? [] : [row.contact] };
  return {
    household: row.household,
    head: row.head,
    address: row.address,
    village: row.village,
    contact: row.contactName,
    groups: row.groups,
    metOn: row.metOn,
    lateOn: row.lateOn,
    gifts: row.gifts.map((g) => giftShown(desk, g, reach)),
    ...standingOf(row, withMoney),
    can: may(desk.actor, 'gift.propose', reach) && withMoney ? ['gift.propose'] : [],
  };
};

/**
 * What festival rounds call for at these households, in words for the day's list: not visited yet, or something
 * approved that is not handed over.
 */
export async function festivalReasons(
  desk: Desk,
  households: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const today = dayOf(desk.now);
  const reasons = new Map<string, string[]>();
  for (const round of await roundsOf(desk.query, desk.county, EVERYTHING)) {
    if (round.closed || round.starts > today || round.day <= today || daysBetween(today, round.day) > AHEAD_DAYS)
      continue;
    for (const row of await meantBy(desk.query, desk.county, round, EVERYTHING, today, households)) {
      const waiting = row.gifts.filter((g) => g.status === 'approved');
      const what = waiting.map((g) => (g.cents > 0 ? sayMoney(g.cents) : g.goods)).join('、');
      const before = `${sayDay(round.day, today)}前`;
      const words =
        waiting.length > 0
          ? `${round.name}慰问：${what}要${before}送到`
          : row.metOn === null
            ? `${round.name}慰问（${row.groups.join('、')}），${before}要去看`
            : undefined;
      if (words !== undefined) reasons.set(row.household, [...(reasons.get(row.household) ?? []), words]);
    }
  }
  return reasons;
}

export const festivalRoutes = {
  'GET /api/festivals': route({
    action: 'festival.count',
    summary: 'Rounds of festival visits: households meant, visited and paid before the day, money by source',
    async handle(desk) {
      const today = dayOf(desk.now);
      const scope = scopeOf(desk.actor, 'festival.count');
      const rounds = await roundsOf(desk.query, desk.county, scope);
      return {
        day: today,
        groups: desk.policies.get<FestivalsPolicy>('festivals').groups.map(({ name, source }) => ({ name, source })),
        festivals: await Promise.all(
          rounds.map(async (round) => {
            const withMoney = round.sources.length > 0;
            const rows = (await meantBy(desk.query, desk.county, round, scope, today)).map((r) => ({
              groups: r.groups,
              ...standingOf(r, withMoney),
            }));
            const money = new Map(
              (await moneyOf(desk.db as never, desk.county, round.id, scope)).map((m) => [m.source, m]),
            );
            const count = (of: readonly { visited: boolean; paid: boolean; done: boolean }[]) => ({
              all: of.length,
              visited: of.filter((r) => r.visited).length,
              paid: withMoney ? of.filter((r) => r.paid).length : null,
              done: of.filter((r) => r.done).length,
            });
            return {
              id: round.id,
              name: round.name,
              day: round.day,
              starts: round.starts,
              area: round.area_name,
              closed: round.closed,
              ...count(rows),
              // A household of two groups stands in both; the sum above counts it once.
              groups: round.groups.map(({ name }) => ({
                name,
                ...count(rows.filter((r) => r.groups.includes(name))),
              })),
              sources: round.sources.map(({ name, limit }) => {
                const m = money.get(name);
                return {
                  name,
                  limit,
                  proposed: m?.proposed ?? 0,
                  approved: m?.approved ?? 0,
                  given: m?.given ?? 0,
                  gifts: m?.gifts ?? 0,
                };
              }),
              can: may(desk.actor, 'festival.close', { areas: round.chain }) && !round.closed ? ['festival.close'] : [],
            };
          }),
        ),
      };
    },
  }),
  'GET /api/festivals/:id/households': route({
    action: 'festival.read',
    summary: 'Who is meant by a round in my reach, by group, and what is not done yet',
    params: Id,
    query: z.object({ group: z.string().max(30).optional(), open: z.enum(['yes', 'no']).default('no') }),
    async handle(desk, { params: { id }, query: { group, open } }) {
      const scope = scopeOf(desk.actor, 'festival.read');
      const [round] = await roundsOf(desk.query, desk.county, scope, id);
      if (round === undefined) return refuse('access.denied');
      const withMoney = round.sources.length > 0;
      const rows = (await meantBy(desk.query, desk.county, round, scope, dayOf(desk.now)))
        .map((row) => rowShown(desk, row, withMoney))
        .filter((row) => (group === undefined || row.groups.includes(group)) && (open === 'no' || !row.done));
      return {
        festival: {
          id: round.id,
          name: round.name,
          day: round.day,
          starts: round.starts,
          area: round.area_name,
          closed: round.closed,
          groups: round.groups.map((g) => g.name),
          sources: round.sources.map((s) => s.name),
        },
        day: dayOf(desk.now),
        households: rows.slice(0, 2_000),
      };
    },
  }),
  'GET /api/households/:id/gifts': route({
    action: 'household.read',
    summary:
      'Running rounds that mean this household: visited or not, and what is to be handed over. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const household = await householdOf(desk.query, desk.county, id);
      const reach = reachOfHousehold(household);
      if (household === undefined || !may(desk.actor, 'household.read', reach)) return refuse('access.denied');
      await recordReading(desk, id, '节前慰问');
      const today = dayOf(desk.now);
      const rounds = (await roundsOf(desk.query, desk.county, EVERYTHING)).filter(
        (r) => !r.closed && r.starts <= today,
      );
      const found = await Promise.all(
        rounds.map(async (round) => {
          const [row] = await meantBy(desk.query, desk.county, round, EVERYTHING, today, [id]);
          if (row === undefined) return [];
          const { groups, metOn, gifts, visited, paid, done } = rowShown(desk, row, round.sources.length > 0);
          return [{ id: round.id, name: round.name, day: round.day, groups, metOn, gifts, visited, paid, done }];
        }),
      );
      return {
        festivals: found.flat(),
        signers: household.residents
          .filter((r) => isAdult(r.bornYear, Number(today.slice(0, 4))))
          .map((r) => ({ id: r.id, name: r.name })),
      };
    },
  }),
  ...commandRoutes('festival', '/api/festivals', FestivalCommand, {
    'festival.open': 'A round of festival visits begins: its day, groups, place and sources of money',
    'festival.close': 'A round is closed',
  }),
  ...commandRoutes('gift', '/api/gifts', GiftCommand, {
    'gift.propose': 'Money or goods are proposed for a household',
    'gift.decide': 'Somebody other than who proposed it approves or refuses',
    'gift.hand-over': 'Handed over on a visit; the household signs for it',
    'gift.decline': 'The household does not want it',
  }),
} satisfies Routes;
