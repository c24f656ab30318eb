import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import type { Action } from '../access/table.ts';
import { addDays, dayOf, daysBetween } from '../calendar/days.ts';
import { sayDay } from '../calendar/explain.ts';
import { commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { isAdult } from '../visits/rules.ts';
import { householdOf, reachOfHousehold, type VisitedHousehold } from '../visits/tables.ts';
import { type Pair, PairCommand, type PairsPolicy, type PairState } from './model.ts';
import { possible } from './rules.ts';
import {
  contactsOf,
  isPair,
  listPairs,
  pairFigures,
  pairTables,
  pairsOf,
  partnerFigures,
  reachOf,
  shownPairs,
} from './tables.ts';

const Id = z.object({ id: z.uuid() });
const Key = z.string().min(16).max(64);
/** A key of 128 bits is not guessed; this spares the server. A whole village may share one address. */
const PER_MINUTE = 120;

async function readPair(desk: Desk, id: string): Promise<{ state: Pair; version: number } | undefined> {
  if (!(await isPair(desk.query, desk.county, id))) return undefined;
  const { state, version } = await desk.ledger.read<PairState>(desk.county, 'pair', id);
  return state.status === 'none' ? undefined : { state, version };
}

/** The pair, if the asker may do this to it. */
async function pairFor(desk: Desk, id: string, action: Action) {
  const found = await readPair(desk, id);
  return found !== undefined && may(desk.actor, action, reachOf(found.state)) ? found : undefined;
}

const adultsOf = (household: VisitedHousehold | undefined, today: string) =>
  (household?.residents ?? [])
    .filter((r) => isAdult(r.bornYear, Number(today.slice(0, 4))))
    .map(({ id, name }) => ({ id, name }));

/** A pair as both sides read it. */
async function shown(desk: Desk, id: string, { state, version }: { state: Pair; version: number }) {
  const today = dayOf(desk.now);
  const [household, contacts, people] = await Promise.all([
    householdOf(desk.query, desk.county, state.household),
    contactsOf(desk.query, desk.county, state),
    desk.query<{ id: string; name: string }>(
      'pairs.people',
      'select id, name from official where county = $1 and id::text = any($2::text[])',
      [desk.county, [state.official, ...state.reviews.map((r) => r.by), ...state.before.map((b) => b.official)]],
    ),
  ]);
  const nameOf = new Map(people.map((p) => [p.id, p.name]));
  const resident = new Map(household?.residents.map((r) => [r.id, r.name]));
  return {
    id,
    version,
    household: state.household,
    official: { id: state.official, name: nameOf.get(state.official) ?? '' },
    since: state.since,
    until: state.until,
    /** Whether the household's consent still carries it. */
    consented: state.status === 'lasting' && today <= state.until,
    consentBy: resident.get(state.by) ?? null,
    person: state.person === undefined ? null : (resident.get(state.person) ?? null),
    partners: state.partners.map(({ sort, name, does, since, by, left }) => ({
      sort,
      name,
      does,
      since,
      agreedBy: resident.get(by) ?? null,
      left: left === undefined ? null : { on: left.on, words: left.words, asked: left.asked },
    })),
    measures: state.measures.map(({ partner, give: kind, what, by, done, said }) => ({
      partner: partner === undefined ? null : (state.partners[partner]?.name ?? null),
      give: kind,
      what,
      by,
      overdue: done === undefined && by < today && state.status === 'lasting',
      done: done === undefined ? null : { on: done.on, how: done.how, late: done.late },
      said: said === undefined ? null : { on: said.on, words: said.words, name: resident.get(said.by) ?? null },
    })),
    reviews: state.reviews.map(({ on, by, note }) => ({ on, name: nameOf.get(by) ?? '', note })),
    before: state.before.map(({ official, until }) => ({ name: nameOf.get(official) ?? '', until })),
    reviewDue: state.ended === undefined ? state.reviewDue : null,
    contacts: contacts.map((c) => ({ visit: c.id, contact: c.contact, on: c.met_on })),
    ended:
      state.ended === undefined ? null : { on: state.ended.on, reason: state.ended.reason, words: state.ended.words },
    signers: adultsOf(household, today),
  };
}

/** The pair a household's key opens, and the desk as that household sits at it. */
async function opened(desk: Desk, id: string, key: string) {
  const found = await readPair(desk, id);
  if (found === undefined || found.state.key === undefined || found.state.key !== key) return refuse('pair.key-wrong');
  return { ...found, theirs: { ...desk, actor: { kind: 'resident', record: id } } satisfies Desk };
}

/** The household's own phone: reads the plan, says what came of it, ends it. No account. */
export const pairKeyRoutes = {
  'GET /api/pair/:id': route({
    action: 'portal.use',
    summary: 'A pair as the household reads it behind its link: the plan, what was done, what it said',
    params: Id,
    query: z.object({ k: Key }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, query: { k } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      await recordReading(found.theirs, found.state.household, '用链接看结对帮扶');
      return await shown(found.theirs, id, found);
    },
  }),
  'POST /api/pair/:id/say': route({
    action: 'portal.use',
    summary: 'The household says what came of a measure, in its own words',
    params: Id,
    body: z.object({
      k: Key,
      measure: z.int().min(0).max(59),
      words: z.string().trim().min(2).max(500),
      by: z.uuid(),
      command: z.uuid().optional(),
    }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, body: { k, command, ...said } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const given = { kind: 'pair.say', ...said, key: k };
      return await give(found.theirs, 'pair', id, given, { command });
    },
  }),
  'POST /api/pair/:id/leave': route({
    action: 'portal.use',
    summary: 'The household wants a firm, base or association no longer to help along: it is out at once',
    params: Id,
    body: z.object({ k: Key, partner: z.int().min(0).max(19), command: z.uuid().optional() }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, body: { k, partner, command } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const given = { kind: 'pair.leave', partner, key: k };
      return await give(found.theirs, 'pair', id, given, { command });
    },
  }),
  'POST /api/pair/:id/end': route({
    action: 'portal.use',
    summary: 'The household takes its consent back: the pair ends at once',
    params: Id,
    body: z.object({ k: Key, words: z.string().trim().max(500).default(''), command: z.uuid().optional() }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, body: { k, words, command } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const given = { kind: 'pair.end', reason: 'asked', words, key: k };
      return await give(found.theirs, 'pair', id, given, { command });
    },
  }),
} satisfies Routes;

/** A measure of the plan is said on the day's list from this many days before it is due. */
const AHEAD_DAYS = 7;

/**
 * What plans call for at these households, in words for the day's list of the official who is bound to them. Asked by
 * the official, who has few pairs, not by the households, who may be thousands.
 */
export async function pairReasons(
  desk: Desk,
  households: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (desk.actor.kind !== 'official') return new Map();
  const today = dayOf(desk.now);
  const rows = await desk.query<{ household: string; what: string; due: string }>(
    'pairs.reasons',
    `select p.household, m.what, m.due from pair p join pair_measure m on m.county = p.county and m.pair = p.id
      where p.county = $1 and p.official = $2::uuid and p.status = 'lasting'
        and p.until >= $3::date and m.done_on is null and m.due <= $4::date order by m.due, m.place`,
    [desk.county, desk.actor.id, today, addDays(today, AHEAD_DAYS)],
  );
  const asked = rows.length === 0 ? undefined : new Set(households);
  const reasons = new Map<string, string[]>();
  for (const { household, what, due } of rows) {
    if (!asked!.has(household)) continue;
    const words =
      due < today
        ? `结对计划的“${what}”过期 ${daysBetween(due, today)} 天`
        : `结对计划的“${what}”${sayDay(due, today)}前要办`;
    reasons.set(household, [...(reasons.get(household) ?? []), words]);
  }
  return reasons;
}

export const pairRoutes = {
  'GET /api/pairs': route({
    action: 'pair.read',
    summary: 'Pairs in reach: which measures are overdue, which wait for a review, whose consent is over',
    query: z.object({
      show: z.enum(shownPairs).default('all'),
      /** The name of a firm, base or association that helps along. */
      partner: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    async handle(desk, { query: { show, partner, limit, offset } }) {
      const today = dayOf(desk.now);
      const scope = scopeOf(desk.actor, 'pair.read');
      const db = pairTables(desk.db as never);
      const rows = await listPairs(db, desk.county, scope, { today, show, partner, limit: limit + 1, offset });
      const figures = await pairFigures(db, desk.county, scope, today);
      const partners = await partnerFigures(db, desk.county, scope, today);
      return {
        day: today,
        pairs: rows.slice(0, limit).map((r) => ({
          id: r.id,
          household: r.household,
          head: r.head,
          address: r.address,
          village: r.village,
          official: r.official,
          unit: r.unit,
          since: r.since,
          until: r.until,
          reviewDue: r.review_due,
          measures: r.measures,
          done: r.done,
          said: r.said,
          overdue: r.overdue,
          met: r.met,
          endReason: r.end_reason,
          endedOn: r.ended_on,
        })),
        more: rows.length > limit,
        partners: partners.map(({ sort, name, does, households, ever, planned, done, said, overdue }) => ({
          sort,
          name,
          does,
          households,
          ever,
          planned,
          done,
          said,
          overdue,
        })),
        figures: {
          lasting: figures.lasting,
          ended: figures.ended,
          consentOver: figures.over,
          reviewDue: figures.review,
          gives: figures.gives.map(({ give: kind, planned, done, said, overdue }) => ({
            give: kind,
            planned,
            done,
            said,
            overdue,
          })),
        },
      };
    },
  }),
  'GET /api/pairs/:id': route({
    action: 'pair.read',
    summary: 'One pair: consent, plan, what was done, what the household says of it. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await pairFor(desk, id, 'pair.read');
      if (found === undefined) return refuse('access.denied');
      await recordReading(desk, found.state.household, '结对帮扶');
      return {
        ...(await shown(desk, id, found)),
        gives: desk.policies.get<PairsPolicy>('pairs').gives,
        can: possible(found.state, actorName(desk.actor), dayOf(desk.now)).filter((action) =>
          may(desk.actor, action, reachOf(found.state)),
        ),
      };
    },
  }),
  'GET /api/pairs/:id/link': route({
    action: 'pair.plan',
    summary: 'The address the household opens on its own phone to read the plan and say what came of it',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await pairFor(desk, id, 'pair.plan');
      if (found === undefined) return refuse('access.denied');
      return { url: `${desk.publicUrl}/pair/${id}?k=${found.state.key ?? ''}` };
    },
  }),
  'GET /api/households/:id/pairs': route({
    action: 'household.read',
    summary: 'Pairs this household has or had, with their plans. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const household = await householdOf(desk.query, desk.county, id);
      const reach = reachOfHousehold(household);
      if (household === undefined || !may(desk.actor, 'household.read', reach)) return refuse('access.denied');
      await recordReading(desk, id, '结对帮扶');
      const found = await Promise.all(
        (await pairsOf(desk.query, desk.county, id)).map(async (pair) => {
          const read = await readPair(desk, pair);
          return read === undefined ? [] : [{ id: pair, ...read }];
        }),
      );
      const { gives, consentDays } = desk.policies.get<PairsPolicy>('pairs');
      const me = actorName(desk.actor);
      return {
        pairs: await Promise.all(
          found.flat().map(async (p) => ({
            ...(await shown(desk, p.id, p)),
            mine: p.state.official === me,
            can: possible(p.state, me, dayOf(desk.now)).filter((action) => may(desk.actor, action, reachOf(p.state))),
          })),
        ),
        gives,
        consentDays,
        signers: adultsOf(household, dayOf(desk.now)),
        residents: household.residents.map((r) => ({ id: r.id, name: r.name })),
        /** Named in other pairs already: offered by name, so that nobody types them again. */
        partners: (
          await partnerFigures(
            pairTables(desk.db as never),
            desk.county,
            scopeOf(desk.actor, 'pair.read'),
            dayOf(desk.now),
          )
        )
          .slice(0, 12)
          .map(({ sort, name, does }) => ({ sort, name, does })),
        can: may(desk.actor, 'pair.make', reach) ? ['pair.make'] : [],
      };
    },
  }),
  ...pairKeyRoutes,
  ...commandRoutes('pair', '/api/pairs', PairCommand, {
    'pair.make': 'An official and a household are bound to each other, with the household’s signature and an end date',
    'pair.plan': 'Measures are added to the plan: what, which kind of help, by when',
    'pair.join': 'A firm, base or association helps along; the household signs that it agrees',
    'pair.leave': 'A firm, base or association helps along no longer, with the reason',
    'pair.do': 'Note that a measure was carried out, and how',
    'pair.say': 'What came of a measure, in the household’s own words, signed by it',
    'pair.review': 'Somebody other than the helper looks at the plan',
    'pair.renew': 'The household signs for a longer time',
    'pair.take-over': 'Another official takes the pair over with its plan; the household signs that it agrees',
    'pair.end': 'The pair ends, with a reason',
  }),
} satisfies Routes;
