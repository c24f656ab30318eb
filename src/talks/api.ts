import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { followId } from '../ledger/ids.ts';
import { GuideCommand, type GuideState, TalkCommand, type TalkState, type Way, wayNames } from './model.ts';
import { possible } from './rules.ts';
import { reachOf, talkScope } from './tables.ts';
import { reachedBy } from './reach.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 200;

interface GuideRow {
  readonly id: string;
  readonly title: string;
  readonly gist: string;
  readonly source: string;
  readonly valid_from: string;
  readonly valid_until: string | null;
  readonly withdrawn: boolean;
  readonly version: number;
}

/** The library: texts in force first, then those to come, then those that are over. */
async function library(desk: Desk) {
  const today = dayOf(desk.now);
  const rows = await desk.query<GuideRow & { over: boolean; coming: boolean }>(
    'talks.library',
    `select id, title, gist, source, valid_from, valid_until, withdrawn, version,
            withdrawn or valid_until < $2::date as over, valid_from > $2::date as coming
       from guide where county = $1
      order by coalesce(withdrawn or valid_until < $2::date, false), valid_from > $2::date, valid_from desc, id limit ${MOST}`,
    [desk.county, today],
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    gist: row.gist,
    source: row.source,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    inForce: row.over !== true && !row.coming,
    state: row.withdrawn ? 'withdrawn' : row.over ? 'over' : row.coming ? 'coming' : 'in-force',
    version: row.version,
  }));
}

interface TalkRow {
  readonly id: string;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly official: string;
  readonly way: string;
  readonly day: string;
  readonly place: string;
  readonly guides: readonly string[];
  readonly came: number | null;
  readonly asked: number;
  readonly answered: number;
  readonly told: number;
}

export const talkRoutes = {
  'GET /api/guides': route({
    action: 'guide.read',
    summary: 'The library of policies to explain, those in force first',
    async handle(desk) {
      return { today: dayOf(desk.now), guides: await library(desk) };
    },
  }),
  'GET /api/guides/:id': route({
    action: 'guide.read',
    summary: 'One policy as people are told it, with its source and how long it holds',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<GuideState>(desk.county, 'guide', id);
      if (state.status === 'none') return refuse('guide.unknown');
      const { title, gist, source, validFrom, validUntil, version, status, reason } = state;
      const can = ['guide.amend', 'guide.withdraw'].filter((kind) => status === 'open' && may(desk.actor, kind, {}));
      return {
        id,
        title,
        gist,
        source,
        validFrom,
        validUntil: validUntil ?? null,
        version,
        withdrawn: status === 'withdrawn',
        reason: reason ?? null,
        can,
      };
    },
  }),
  'GET /api/guides/:id/reach': route({
    action: 'guide.count',
    summary: 'How far one policy reached: townships, villages, groups and households of all there are',
    params: Id,
    async handle(desk, { params: { id } }) {
      const scope = scopeOf(desk.actor, 'guide.count');
      return { rows: await reachedBy(desk.query, desk.county, id, scope) };
    },
  }),
  'GET /api/talks': route({
    action: 'talk.read',
    summary: 'Talks I may see, the latest first; what still has to be told back counts',
    query: z.object({ mine: z.enum(['1']).optional() }),
    async handle(desk, { query }) {
      const rows = await desk.query<TalkRow>(
        'talks.list',
        `select t.id, t.township, t.village, t.grid, t.official, t.way, t.day, t.place, t.guides, t.came, t.asked, t.answered, t.told
           from talk t where t.county = $1 and ($2::uuid is null or t.official = $2) and ${withinSql(3, talkScope)}
          order by t.answered > t.told desc, t.day desc, t.id limit ${MOST}`,
        [
          desk.county,
          query.mine !== undefined && desk.actor.kind === 'official' ? desk.actor.id : null,
          ...scopeValues(scopeOf(desk.actor, 'talk.read')),
        ],
      );
      const [names, titles] = await Promise.all([
        namesOf(
          desk.query,
          desk.county,
          rows.flatMap((r) => [r.township, r.village, r.grid, r.official]),
        ),
        titlesOf(
          desk,
          rows.flatMap((r) => r.guides),
        ),
      ]);
      return {
        today: dayOf(desk.now),
        rows: rows.map((row) => ({
          id: row.id,
          place: placeOf(names, [row.township, row.village, row.grid]),
          where: row.place,
          official: names(row.official),
          way: row.way,
          wayName: wayNames[row.way as Way],
          day: row.day,
          guides: row.guides.map((id) => titles.get(id) ?? ''),
          came: row.came,
          asked: row.asked,
          answered: row.answered,
          told: row.told,
        })),
      };
    },
  }),
  'GET /api/talks/:id': route({
    action: 'talk.read',
    summary: 'One talk: what was explained, what could not be answered, and what became of it. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<TalkState>(desk.county, 'talk', id);
      if (state.status === 'none' || !may(desk.actor, 'talk.read', reachOf(state))) return refuse('access.denied');
      await recordReading(desk, id, '宣讲记录');
      const [names, titles] = await Promise.all([
        namesOf(desk.query, desk.county, [...state.chain, state.official]),
        titlesOf(desk, state.guides),
      ]);
      return {
        id,
        place: state.chain.length === 1 ? names(state.chain[0]) : state.chain.slice(1).map(names).join(' '),
        where: state.where,
        official: names(state.official),
        way: state.way,
        wayName: wayNames[state.way],
        day: state.day,
        came: state.came ?? null,
        guides: state.guides.map((guide) => ({ id: guide, title: titles.get(guide) ?? '' })),
        questions: state.questions.map((q, place) => ({
          place,
          matter: followId(id, q.version, 0),
          words: q.words,
          guide: q.guide === undefined ? null : (titles.get(q.guide) ?? null),
          name: q.name ?? null,
          phone: q.phone ?? null,
          answer: q.answer ?? null,
          told: q.told?.how ?? null,
        })),
        can: possible(state).filter((action) => may(desk.actor, action, reachOf(state))),
      };
    },
  }),
  ...commandRoutes('guide', '/api/guides', GuideCommand, {
    'guide.publish': 'Put a policy into the library: in plain words, with its source and how long it holds',
    'guide.amend': 'Change its words or days, with the reason',
    'guide.withdraw': 'Take it off, with the reason',
  }),
  ...commandRoutes(
    'talk',
    '/api/talks',
    // What the house tells itself has no door.
    { options: TalkCommand.options.filter((option) => option.shape.kind.value !== 'talk.hear-answer') },
    {
      'talk.hold': 'Write down that policies were explained: to whom, where, and how many came',
      'talk.ask': 'A question nobody could answer; it becomes a matter',
      'talk.tell-back': 'The answer was told to whoever asked',
    },
  ),
} satisfies Routes;

async function titlesOf(desk: Desk, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await desk.query<{ id: string; title: string }>(
    'talks.titles',
    'select id, title from guide where county = $1 and id = any($2::uuid[])',
    [desk.county, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row.title]));
}
