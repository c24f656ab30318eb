import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { remaining } from '../calendar/explain.ts';
import type { Calendar } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { levelName, reviewOutcomeName } from '../matters/english.ts';
import type { ReviewLevel, ReviewOutcome } from '../matters/model.ts';
import { sayNumber } from '../matters/number-words.ts';
import { clockShown, paperShown } from '../matters/petition-page.ts';
import { reviewStatusName } from './names.ts';
import { type Review, ReviewCommand, type ReviewState, type ReviewStatus } from './model.ts';
import { possible } from './rules.ts';
import { type ReviewRow, isReview, reachOf, reviewScope } from './tables.ts';

const MOST = 200;

/** A review, if there is one; nothing is said of it to whoever handled its petition. */
export async function readReview(desk: Desk, id: string): Promise<{ state: Review; version: number } | undefined> {
  if (!(await isReview(desk.query, desk.county, id))) return undefined;
  const { state, version } = await desk.ledger.read<ReviewState>(desk.county, 'review', id);
  return state.status === 'none' || state.hands.includes(actorName(desk.actor)) ? undefined : { state, version };
}

const member = memberOf(async (desk, id, action) => {
  const found = await readReview(desk, id);
  return found !== undefined && may(desk.actor, action, reachOf(found.state)) ? found : undefined;
});

/** A review as it is read: by whoever reviews it, and by the person who asked. */
export async function reviewShown(desk: Desk, id: string, { state, version }: { state: Review; version: number }) {
  const calendar = desk.policies.get<Calendar>('calendar');
  const seen = { now: desk.now, calendar };
  const nameOf = await namesOf(desk.query, desk.county, [
    state.keeper,
    state.askedBy.includes(':') ? null : state.askedBy,
    state.reviewer,
    ...state.chain,
    ...state.papers.flatMap((p) => [p.unit, ...p.tries.map((t) => (t.by.includes(':') ? null : t.by))]),
  ]);
  const names = { of: (key: string | undefined) => nameOf(key) ?? undefined };
  return {
    id,
    version,
    level: levelName(state.level),
    levelKey: state.level,
    status: state.status,
    statusName: reviewStatusName(state.status),
    matter: state.matter,
    number: sayNumber(state.matterNumber),
    before: state.before ?? null,
    subject: state.subject ?? null,
    place: placeOf(nameOf, state.chain.slice(1)),
    keeper: state.keeper,
    keeperName: nameOf(state.keeper),
    body: state.body,
    askedBy: state.askedBy.includes(':') ? null : nameOf(state.askedBy),
    askedAt: state.askedAt,
    late: state.late,
    words: state.words,
    lateReason: state.lateReason ?? null,
    reviewer: nameOf(state.reviewer),
    clock: state.clock === undefined ? null : clockShown(state.clock, seen),
    owed: state.owed.map(({ paper, clock }) => ({ paper, ...clockShown(clock, seen) })),
    past: state.past.map(({ clock }) => clockShown(clock, seen)),
    hearingStops: state.hearingStops,
    hearings: state.hearings.map(({ day, from, to, place, chair, persons, held, cancelled }) => ({
      day,
      from,
      to,
      place,
      chair,
      persons,
      held: held === undefined ? null : { at: held.at, present: held.present, minutes: held.minutes },
      cancelled: cancelled ?? null,
    })),
    papers: state.papers.map((paper) => paperShown(paper, names, true)),
    outcome: state.outcome === undefined ? null : reviewOutcomeName(state.outcome),
    opinion: state.opinion ?? null,
    refusal: state.refusal ?? null,
    final: state.level === 're-review' && state.outcome === 'upheld',
    can: canDo(desk.actor, possible(state), reachOf(state)),
  };
}

type Line = ReviewRow & {
  subject: string | null;
  township: string | null;
  village: string | null;
};

export const reviewRoutes = {
  ...commandRoutes('review', '/api/reviews', ReviewCommand, {
    'review.ask': 'The person does not accept the opinion and asks one level up',
    'review.accept': 'Name who reviews it: nobody who handled it',
    'review.refuse': 'Not accept the request, on a ground; the matter waits for the person’s word again',
    'review.arrange-hearing': 'A hearing: day, time, place, who',
    'review.hold-hearing': 'The hearing was held: who came, and the minutes',
    'review.cancel-hearing': 'The hearing is not held',
    'review.answer': 'Uphold, change, or set aside and send back, in writing',
    'review.serve': 'How and when the opinion reached the person, with its proof',
    'review.receive': 'The person says that they have received it',
    'review.withdraw': 'The person takes the request back',
  }),

  'GET /api/reviews': route({
    action: 'review.read',
    summary: 'Reviews I may see: open ones by date, then those that ended',
    query: z.object({
      show: z.enum(['open', 'late', 'over', 'all']).default('open'),
      level: z.enum(['review', 're-review']).optional(),
    }),
    async handle(desk, { query }) {
      const rows = await desk.query<Line>(
        'reviews.list',
        `select r.*, m.subject from review r join matter m on m.county = r.county and m.id = r.matter
          where r.county = $1 and not ($2 = any(r.hands)) and ($3::text is null or r.level = $3)
            and (case $4 when 'open' then r.open when 'over' then not r.open when 'late' then r.open and r.due < $5::timestamptz else true end)
            and ${withinSql(6, reviewScope)}
          order by r.open desc, case when r.open then r.due end nulls last, r.asked_at desc, r.id limit ${MOST}`,
        [
          desk.county,
          actorName(desk.actor),
          query.level ?? null,
          query.show,
          desk.now,
          ...scopeValues(scopeOf(desk.actor, 'review.read')),
        ],
      );
      const nameOf = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.keeper, r.reviewer, r.township, r.village]),
      );
      const calendar = desk.policies.get<Calendar>('calendar');
      return {
        today: dayOf(desk.now),
        reviews: rows.map((r) => ({
          id: r.id,
          level: levelName(r.level as ReviewLevel),
          status: r.status,
          statusName: reviewStatusName(r.status as ReviewStatus),
          number: sayNumber(r.matter_number),
          subject: r.subject,
          place: placeOf(nameOf, [r.township, r.village]),
          body: r.body,
          keeper: nameOf(r.keeper),
          reviewer: nameOf(r.reviewer),
          askedAt: r.asked_at,
          due: r.due,
          paused: r.paused,
          hearingOn: r.hearing_on,
          remaining:
            !r.open || r.due === null
              ? null
              : remaining(
                  { paused: false, due: r.due, day: dayOf(r.due), unit: 'day', dayKind: 'calendar', steps: [] },
                  desk.now,
                  calendar,
                ),
          outcome: r.outcome === null ? null : reviewOutcomeName(r.outcome as ReviewOutcome),
          receivedOn: r.received_on,
        })),
      };
    },
  }),

  'GET /api/reviews/:id': member({
    action: 'review.read',
    summary: 'One review: what was asked, the hearing, the opinion and its service. The reading is recorded',
    async handle(desk, found, { params }) {
      await recordReading(desk, found.state.matter, `${levelName(found.state.level)}卷宗`);
      return await reviewShown(desk, params.id, found);
    },
  }),
} satisfies Routes;
