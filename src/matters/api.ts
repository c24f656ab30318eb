import { z } from 'zod';
import { canDo, may, mayAtAll, scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import { recordReading } from '../access/readings.ts';
import { dueOf } from '../calendar/clocks.ts';
import { explain, remaining } from '../calendar/explain.ts';
import type { Calendar } from '../calendar/model.ts';
import { Carried, commandRoutes, give } from '../contract/commands.ts';
import { Id, memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Recorded, fold, refuse } from '../ledger/decider.ts';
import { bulkRoutes } from './bulk.ts';
import { MatterCommand, innerCommands, type MatterEvent, type MatterState } from './model.ts';
import { type Names, listItem, namesFor, page } from './present.ts';
import { MatterFilter, listMatters } from './queries.ts';
import { matters, possible } from './rules.ts';
import { matterRecord } from './tables.ts';
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
  return found !== undefined && may(desk.actor, action, matterRecord.reach(found.state, undefined, undefined))
    ? found
    : undefined;
}

export const allowed = (desk: Desk, state: MatterState): string[] => {
  const reach = matterRecord.reach(state, undefined, undefined);
  return canDo(desk.actor, possible(state), reach);
};

/** What may be done about it in another record: a person at the hall asks one level up through the clerk. */
const furtherOf = (desk: Desk, state: MatterState): string[] =>
  state.status === 'resolved' &&
  state.remedy !== undefined &&
  may(desk.actor, 'review.ask', matterRecord.reach(state, undefined, undefined))
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
        }),
        photos: await photosOf(desk, found.state),
        related: await relatedOf(desk, found.state),
        can: [...allowed(desk, found.state), ...furtherOf(desk, found.state)],
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

/** The handling unit does not learn who spoke in confidence. */
function maySeeReporter(desk: Desk, state: MatterState): boolean {
  if (!mayAtAll(desk.actor, 'matter.contact')) return false;
  const reach = matterRecord.reach(state, undefined, undefined);
  if (!may(desk.actor, 'matter.contact', reach)) return false;
  if (!state.confidential) return true;
  return may(desk.actor, 'matter.call-back', reach);
}
