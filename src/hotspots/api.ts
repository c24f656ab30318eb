import { may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import type { Scope } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { rarityOf } from '../alike/score.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { Id } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import type { Query } from '../ledger/record.ts';
import { sayNumber } from '../matters/number.ts';
import { matterColumns } from '../matters/tables.ts';
import { pairsOf } from '../matters/text.ts';
import { outcomeSaid, statusSaid, t } from './english.ts';
import { HotspotCommand, type HotspotPolicy, type HotspotState, type HotspotStatus } from './model.ts';
import { isAsked, possible } from './rules.ts';
import { hotspotScope, reachOf } from './tables.ts';
import { FORMULA, type Heard, type Topic, topicsOf } from './topics.ts';

/** So many of the newest matters are looked at, and as many topics shown. */
const LOOKED = 2_000;
const SHOWN = 12;
const EXAMPLES = 3;
const MOST = 200;
/** Topics rise over weeks: found once in this time, for everyone who may see the same places. */
const FRESH_MS = 15 * 60_000;

interface Found {
  readonly at: number;
  readonly topics: readonly Topic[];
  readonly subjects: ReadonlyMap<string, string | null>;
}
const found = new Map<string, Promise<Found>>();

/** The topics among what one may read. Derived: each process finds them anew. */
async function topicsFor(desk: Desk): Promise<Found> {
  const { days, people } = desk.policies.get<HotspotPolicy>('hotspots');
  const scope = scopeOf(desk.actor, 'matter.read');
  const key = JSON.stringify([desk.county, days, people, scope]);
  const held = found.get(key);
  if (held !== undefined && Date.now() - (await held).at < FRESH_MS) return await held;
  const finding = findTopics(desk.query, desk.county, scope, days, people);
  found.set(key, finding);
  finding.catch(() => found.delete(key));
  return await finding;
}

/** After much came in at once: the next asking finds anew. */
export const forgetTopics = (): void => found.clear();

async function findTopics(query: Query, county: number, scope: Scope, days: number, people: number): Promise<Found> {
  const rows = await query<{
    id: string;
    subject: string | null;
    text: string;
    at: string;
    household: string | null;
    merged: string | null;
    chain: string[];
  }>(
    'hotspots.heard',
    `select m.id, m.subject, t.text, m.registered_at as at, m.household, m.merged_into as merged,
            array_remove(array[a.chain[1], m.township, m.village, m.grid], null) as chain
       from (select * from matter m where m.county = $1 and m.registered_at > now() - make_interval(days => $2)
               and ${withinSql(3, { areas: matterColumns.areas.map((c) => `m.${c}`), units: matterColumns.units.map((c) => `m.${c}`), officials: matterColumns.officials.map((c) => `m.${c}`), apart: 'm.id' })}
              order by m.registered_at desc limit ${LOOKED}) m
       join matter_text t on t.county = $1 and t.id = m.id
       join area a on a.county = $1 and a.id = m.area`,
    [county, days, ...scopeValues(scope)],
  );
  const heard = rows.map(({ id, subject, text, at, household, chain }): Heard => ({
    id,
    person: household ?? id,
    subject: subject ?? '',
    body: subject !== null && text.startsWith(subject) ? text.slice(subject.length) : text,
    spot: '',
    at,
    chain,
    who: household ?? undefined,
    agreed: 0,
  }));
  const counts = new Map<number, number>();
  for (const { text } of rows) for (const pair of pairsOf(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const topics = topicsOf(heard, rarityOf(counts, Math.max(1_000, rows.length)));
  return {
    at: Date.now(),
    topics: topics.filter((topic) => topic.people >= people).slice(0, SHOWN),
    subjects: new Map(rows.map(({ id, subject }) => [id, subject])),
  };
}

interface HotspotRow {
  readonly id: string;
  readonly title: string;
  readonly status: HotspotStatus;
  readonly area: string;
  readonly unit: string | null;
  readonly due: string | null;
  readonly raised_on: string;
  readonly matters: number;
  readonly heard: number;
  readonly holds: number;
}

export const hotspotRoutes = {
  'GET /api/hotspots': route({
    action: 'hotspot.read',
    summary: 'Topics rising in what people sent, explained by the messages themselves, and the hot spots taken up',
    async handle(desk) {
      const { topics, subjects } = await topicsFor(desk);
      const today = dayOf(desk.now);
      const rows = await desk.query<HotspotRow>(
        'hotspots.list',
        `select h.* from hotspot h where h.county = $1 and ${withinSql(2, hotspotScope)}
          order by h.status in ('settled', 'dropped'), h.due nulls first, h.raised_on desc limit ${MOST}`,
        [desk.county, ...scopeValues(scopeOf(desk.actor, 'hotspot.read'))],
      );
      const taken = await desk.query<{ matter: string; hotspot: string }>(
        'hotspots.taken',
        'select matter, hotspot from hotspot_matter where county = $1 and matter = any($2::uuid[])',
        [desk.county, topics.flatMap(({ ids }) => ids)],
      );
      const takenBy = new Map(taken.map(({ matter, hotspot }) => [matter, hotspot]));
      const names = await namesOf(desk.query, desk.county, [
        ...topics.map(({ area }) => area),
        ...rows.flatMap(({ area, unit }) => [area, unit]),
      ]);
      const subject = (id: string): string => subjects.get(id) ?? t('（内容已按规定删除）');
      return {
        formula: FORMULA,
        topics: topics.map((topic) => ({
          rank: topic.rank,
          title: subject(topic.told),
          place: topic.place ?? names(topic.area) ?? null,
          area: topic.area ?? null,
          period: topic.period,
          people: topic.people,
          messages: topic.messages,
          heat: topic.heat,
          words: topic.words,
          examples: topic.ids.slice(0, EXAMPLES).map((id) => ({ id, subject: subject(id) })),
          matters: topic.ids,
          hotspot: topic.ids.map((id) => takenBy.get(id)).find((id) => id !== undefined) ?? null,
        })),
        rows: rows.map(({ area, unit, raised_on: raisedOn, ...row }) => ({
          ...row,
          raisedOn,
          statusName: statusSaid(row.status),
          place: names(area),
          unit: names(unit),
          late: row.status === 'fixing' && row.due !== null && row.due < today,
        })),
        mayRaise: scopeOf(desk.actor, 'hotspot.raise').all || scopeOf(desk.actor, 'hotspot.raise').areas.length > 0,
      };
    },
  }),

  'GET /api/hotspots/:id': route({
    action: 'hotspot.read',
    summary: 'One hot spot: cause, the one fix, how far it is, and what everyone who raised it says of it',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<HotspotState>(desk.county, 'hotspot', id);
      if (state.status === 'none' || !may(desk.actor, 'hotspot.read', reachOf(state))) return refuse('access.denied');
      const { tries } = desk.policies.get<HotspotPolicy>('hotspots');
      const [names, rows] = await Promise.all([
        namesOf(desk.query, desk.county, [
          ...state.chain,
          state.fix?.unit,
          state.fix?.decidedBy,
          ...state.reports.map(({ by }) => by),
        ]),
        desk.query<{ id: string; number: string; subject: string | null }>(
          'hotspots.of',
          `select m.id, m.number, m.subject from matter m where m.county = $1 and m.id = any($2::uuid[])
              and ${withinSql(3, { areas: matterColumns.areas.map((c) => `m.${c}`), units: matterColumns.units.map((c) => `m.${c}`), officials: matterColumns.officials.map((c) => `m.${c}`), apart: 'm.id' })}`,
          [desk.county, state.matters, ...scopeValues(scopeOf(desk.actor, 'matter.read'))],
        ),
      ]);
      const readable = new Map(rows.map((row) => [row.id, row]));
      return {
        id,
        version,
        status: state.status,
        statusName: statusSaid(state.status),
        title: state.title,
        place: state.chain.length === 1 ? names(state.chain[0]) : placeOf(names, state.chain.slice(1)),
        raisedOn: state.raisedOn,
        cause: state.cause ?? null,
        fix:
          state.fix === undefined
            ? null
            : {
                measure: state.fix.measure,
                unit: names(state.fix.unit),
                due: state.fix.due,
                decidedBy: names(state.fix.decidedBy),
                late: state.status === 'fixing' && state.fix.due < dayOf(desk.now),
              },
        reports: state.reports.map(({ day, words, done, by }) => ({ day, words, done, by: names(by) })),
        reason: state.reason ?? null,
        asked: state.matters.filter((matter) => isAsked(state, matter, tries)).length,
        matters: state.matters.map((matter) => {
          const row = readable.get(matter);
          const heard = state.heard[matter];
          return {
            id: matter,
            number: row === undefined ? null : sayNumber(row.number),
            subject: row === undefined ? null : (row.subject ?? t('（内容已按规定删除）')),
            outcome: heard?.outcome ?? null,
            outcomeName: heard === undefined ? null : outcomeSaid(heard.outcome),
            // What somebody said is read with their matter, by who may read that.
            words: row === undefined ? null : (heard?.words ?? null),
            asked: isAsked(state, matter, tries),
          };
        }),
        can: possible(state).filter((kind) => may(desk.actor, kind, reachOf(state))),
      };
    },
  }),

  ...commandRoutes('hotspot', '/api/hotspots', HotspotCommand, {
    'hotspot.raise': 'Take a topic up as a hot spot, with the matters that raised it',
    'hotspot.take-in': 'Matters that came later belong to it',
    'hotspot.explain': 'Write down the cause',
    'hotspot.fix': 'Decide one measure for all, its unit and day',
    'hotspot.report': 'The unit says how far it is, or that it is done',
    'hotspot.hear': 'Somebody independent asks a person who raised it whether it holds',
    'hotspot.settle': 'Everyone was asked and nobody says no',
    'hotspot.drop': 'It is no hot spot, with the reason',
  }),
} satisfies Routes;
