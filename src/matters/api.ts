import { z } from 'zod';
import { may, mayAtAll, scopeOf } from '../access/access.ts';
import { actorName, unitsOf } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import { recordReading } from '../access/readings.ts';
import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import { explain, remaining } from '../calendar/explain.ts';
import type { Calendar } from '../calendar/model.ts';
import { Carried, commandRoutes, give } from '../contract/commands.ts';
import { Id, memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Recorded, fold, refuse } from '../ledger/decider.ts';
import { bulkRoutes } from './bulk.ts';
import { MatterCommand, innerCommands, type MatterEvent, type MatterState } from './model.ts';
import { leads } from './petition-facts.ts';
import { type Names, listItem, namesFor, page } from './present.ts';
import { MatterFilter, listMatters } from './queries.ts';
import { matters, possible } from './rules.ts';
import { plainName } from '../policy-changes/model.ts';
import { reachOf } from './tables.ts';
import { photosOf, showPhoto } from './photos.ts';
import { proposalsFor } from './proposals.ts';
import { markReply } from './reply.ts';
import { relatedOf } from './related.ts';
import { isInside } from './together.ts';
import { todayRoutes } from './today.ts';

/** A matter with its history, or a refusal that does not tell missing from forbidden. */
export async function readMatter(
  desk: Desk,
  id: string,
): Promise<{ state: MatterState; events: Recorded<MatterEvent>[] } | undefined> {
  const events = (await desk.ledger.history(desk.county, id)) as Recorded<MatterEvent>[];
  if (events[0]?.kind !== 'matter.registered') return undefined;
  return { state: fold(matters, events), events };
}

/** The same for who may do this to it. */
async function readFor(desk: Desk, id: string, action: Action): ReturnType<typeof readMatter> {
  const found = await readMatter(desk, id);
  return found !== undefined && may(desk.actor, action, reachOf(found.state, action)) ? found : undefined;
}

export const allowed = (desk: Desk, state: MatterState): string[] =>
  possible(state).filter((kind) => may(desk.actor, kind, reachOf(state, kind)));

/** What only whoever leads the organ decides of a petition. */
const OF_THE_HEAD = new Set(['matter.decide-extension', 'matter.revoke-opinion']);

/** The same, less what only whoever leads the organ decides. */
async function allowedHere(desk: Desk, state: MatterState): Promise<string[]> {
  const can = allowed(desk, state);
  if (state.procedure !== 'petition' || !can.some((kind) => OF_THE_HEAD.has(kind))) return can;
  const heads = await leads(desk.query, desk.county, actorName(desk.actor), state.unit, dayOf(desk.now));
  return heads ? can : can.filter((kind) => !OF_THE_HEAD.has(kind));
}

/** What may be done about it in another record: a person at the hall asks one level up through the clerk. */
const furtherOf = (desk: Desk, state: MatterState): string[] =>
  state.status === 'resolved' && state.remedy !== undefined && may(desk.actor, 'review.ask', reachOf(state))
    ? ['review.ask']
    : [];

const member = memberOf(readFor);

export const matterRoutes = {
  ...bulkRoutes,
  ...todayRoutes,
  ...commandRoutes(
    'matter',
    '/api/matters',
    // What follows from another record is no command to give from outside.
    {
      options: MatterCommand.options.filter(
        ({ shape }) => !isInside(shape.kind.value) && !innerCommands.includes(shape.kind.value),
      ),
    },
    {
      'matter.register': 'Take in what somebody raised; answers its number and query code',
      'matter.dispatch': 'Send it to the responsible unit; the clock starts',
      'matter.return': 'Say within two working days that another unit should have it',
      'matter.adjudicate': 'Decide with a written ground who handles a returned matter',
      'matter.accept': 'The competent organ accepts the petition in writing; the clock of the result starts',
      'matter.refuse': 'It does not accept it, on a lawful ground, in writing; the person has the last word',
      'matter.uphold-refusal': 'The desk holds a refusal right that the person objects to',
      'matter.correct-paper': 'What was written wrong in a document is mended by another that names it',
      'matter.revoke-opinion':
        'The head takes a wrong written opinion back: its paper says so, and it is worked on again',
      'matter.serve': 'How and when a document reached the person, with its proof',
      'matter.receive': 'The resident says that they have received a document',
      'matter.resolve': 'The unit says it is done; the resident has the last word',
      'matter.confirm': 'The resident says it is done: this closes it',
      'matter.merge': 'Handle it with another matter, its main one; each person keeps their number and their word',
      'matter.unmerge': 'Take it out again: it is as it was before the merge',
      'matter.split': 'A part of it becomes a matter of its own, with links both ways',
      'matter.raise-again': 'It was raised again while in hand: a mark on the handling',
      'matter.make-joint': 'How many raise it together, and who speaks for them',
      'matter.call-back': 'An independent person asks the resident and writes down the answer',
      'matter.share': 'Ask another unit for a part, with a day inside the lead’s clock',
      'matter.answer-part': 'A co-handler’s answer for its part; the lead makes the one reply of all',
      'matter.decline-part': 'A co-handler says once that the part is not its own',
      'matter.decide-part': 'Decide with a written ground whose part it is',
      'matter.ask-part-again': 'Ask a co-handler once more, with the reason and a new day',
      'matter.drop-part': 'A part is not needed any more',
      'matter.name-persons': 'Which officials it complains of by name: none of them sees or handles it',
      'matter.raise': 'Hand it up or across with the reason and the day it is asked after; its unit keeps it',
      'matter.hear-above': 'Ask after what was handed up, and write down what was said',
      'matter.take-up': 'What was put off comes back on the day set for looking again',
      'matter.reconsider': 'The policy in its way changed: work on it again, and tell the resident',
    },
    // What a matter came from is said by what it followed from; a talk hears its answer by it.
    { 'matter.register': ['origin'] },
  ),

  'POST /api/matters/:id/merge': member({
    action: 'matter.merge',
    summary: 'Handle it with another matter, its main one; each person keeps their number and their word',
    body: z.object({ into: z.uuid() }).extend(Carried.shape),
    async handle(desk, _found, { params, body: { into, ...carried } }) {
      // Whoever merges must be able to do so to both: the main matter's handling will reach this person.
      // One that the asker may not merge into is as good as none: the rules refuse a matter's own id.
      const main = (await readFor(desk, into, 'matter.merge')) === undefined ? params.id : into;
      return await give(desk, 'matter', params.id, { kind: 'matter.merge', into: main } as { kind: string }, carried);
    },
  }),

  'GET /api/matters': route({
    action: 'matter.read',
    summary: 'Matters I may see, filtered and sorted, page by page',
    query: MatterFilter,
    async handle(desk, { query }) {
      const scope = scopeOf(desk.actor, 'matter.read');
      const { rows, next } = await listMatters(desk, scope, query, actorName(desk.actor));
      const names = await namesFor(desk, rows);
      const calendar = desk.policies.get<Calendar>('calendar');
      return { matters: rows.map((row) => listItem(row, names, desk.now, calendar)), next };
    },
  }),

  'GET /api/matters/:id': member({
    action: 'matter.read',
    summary: 'One matter: its story, its facts, and what I may do now',
    async handle(desk, found, { params }) {
      const names: Names = await namesFor(desk, [], found.state, found.events);
      const seesReporter = maySeeReporter(desk, found.state);
      const household = seesReporter ? await householdOf(desk, found.state) : undefined;
      // Who raised it and how to reach them is a personal file like any other.
      if (seesReporter && !found.state.anonymous)
        await recordReading(desk, found.state.household ?? params.id, '反映人和联系方式');
      return {
        id: params.id,
        version: found.events.length,
        ...page(found.state, found.events, names, {
          now: desk.now,
          calendar: desk.policies.get<Calendar>('calendar'),
          seesReporter,
          household,
          units: unitsOf(desk.actor),
        }),
        photos: await photosOf(desk, found.state),
        changes: await changesOf(desk, params.id, found.state),
        related: await relatedOf(desk, found.state),
        can: [...(await allowedHere(desk, found.state)), ...furtherOf(desk, found.state)],
      };
    },
  }),

  'GET /api/matters/:id/proposals': member({
    action: 'matter.classify',
    summary: 'Category and unit proposed from what was decided before, with confidence and reasons',
    async handle(desk, found) {
      const { told, place, category } = found.state;
      const matter = { subject: told?.subject ?? '', body: told?.body ?? '', chain: place.chain, category };
      return await proposalsFor(desk.query, desk.policies, desk.county, matter);
    },
  }),

  'POST /api/matters/:id/check-reply': member({
    action: 'matter.resolve',
    summary: 'Looks at an answer before it is sent: does it answer, is it complete, reasoned and plain',
    body: z.object({ text: z.string().max(5_000) }),
    handle(desk, found, { body }) {
      const { told } = found.state;
      return markReply(`${told?.subject ?? ''}\n${told?.body ?? ''}`, body.text);
    },
  }),

  'POST /api/proposals': route({
    action: 'matter.register',
    summary: 'The same for a text that is still being typed',
    body: z.object({
      subject: z.string().max(120),
      body: z.string().max(20_000).default(''),
      area: z.uuid().optional(),
    }),
    perMinute: 120,
    async handle(desk, { body }) {
      if (desk.actor.kind !== 'official') return refuse('access.sign-in');
      const [area] = await desk.query<{ chain: string[] }>(
        'matter.area',
        'select chain from area where county = $1 and id = $2 and not closed',
        [desk.county, body.area ?? null],
      );
      return await proposalsFor(desk.query, desk.policies, desk.county, { ...body, chain: area?.chain ?? [] });
    },
  }),

  'GET /api/matters/:id/photos/:photo': member({
    action: 'matter.read',
    summary: 'A picture that came with a matter, whole or small. The reading is recorded',
    params: Id.extend({ photo: z.uuid() }),
    query: z.object({ size: z.enum(['small', 'whole']).default('whole') }),
    async handle(desk, found, { params, query }) {
      const picture = await showPhoto(desk, params.id, found.state, params.photo, query.size === 'small');
      return picture ?? refuse('access.denied');
    },
  }),

  'GET /api/matters/:id/why': member({
    action: 'matter.read',
    summary: 'Why this date: the clock in sentences',
    handle(desk, found) {
      const calendar = desk.policies.get<Calendar>('calendar');
      const { clock } = found.state;
      if (clock === undefined) return { sentences: [], remaining: null };
      const due = dueOf(clock, calendar);
      return { sentences: explain(due, clock, calendar), remaining: remaining(due, desk.now, calendar) };
    },
  }),
} satisfies Routes;

/** Announced changes of the policy in its way, for which it was not taken up again nor passed over. */
async function changesOf(desk: Desk, id: string, state: MatterState) {
  if (state.disposition !== 'not-permitted') return [];
  return await desk.query<{ id: string; policy: string; what: string; source: string }>(
    'matter.changes',
    `select id, policy, what, source from policy_change
      where county = $1 and valid_from <= $2::date and valid_from >= $3::date and id <> all($4::uuid[])
        and not $7::uuid = any(passed_over)
        and ((guide is not null and guide = $5) or ${plainName('policy')} = ${plainName('$6::text')})
      order by valid_from desc limit 5`,
    [
      desk.county,
      dayOf(desk.now),
      dayOf(state.disposedAt ?? state.registeredAt),
      [...state.reconsidered],
      state.guide ?? null,
      state.policy ?? null,
      id,
    ],
  );
}

/** Who a visit's need came from: the resident where one was named, else the household. */
async function householdOf(
  desk: Desk,
  state: MatterState,
): Promise<{ head: string; resident: string | null } | undefined> {
  if (state.household === undefined) return undefined;
  const [row] = await desk.query<{ head: string; resident: string | null }>(
    'matter.household',
    `select h.head, (select r.name from resident r where r.county = $1 and r.household = h.id and r.id = $3) as resident
       from household h where h.county = $1 and h.id = $2`,
    [desk.county, state.household, state.resident ?? null],
  );
  return row;
}

/**
 * Who spoke in confidence is known to those who take it in and call back, never to whoever handles it: nobody of a unit
 * it was with, and nobody who is named in what was said (row C19; GB/T 33358).
 */
function maySeeReporter(desk: Desk, state: MatterState): boolean {
  if (!mayAtAll(desk.actor, 'matter.contact')) return false;
  const reach = reachOf(state);
  if (!may(desk.actor, 'matter.contact', reach)) return false;
  if (!state.confidential) return true;
  if (desk.actor.kind === 'official') {
    const { told } = state;
    const said = [told?.subject, told?.body, told?.spot].join('\n');
    if (said.includes(desk.actor.name) || desk.actor.id === state.official) return false;
    const handled = [...state.units, ...state.shares.map(({ unit }) => unit)];
    if (unitsOf(desk.actor).some((unit) => handled.includes(unit))) return false;
  }
  return may(desk.actor, 'matter.call-back', reach);
}
