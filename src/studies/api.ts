import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { FindingSort, StudyCommand, type StudiesPolicy, type StudyState, measureNames } from './model.ts';
import { isOpen, possible } from './rules.ts';
import { daysOf, reachOf, sitesOf, studyScope } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 300;
const Year = z.object({
  year: z
    .string()
    .regex(/^2\d{3}$/)
    .optional(),
});

interface StudyRow {
  readonly id: string;
  readonly author: string;
  readonly author_name: string | null;
  readonly status: string;
  readonly topic: string;
  readonly area: string;
  readonly opened_on: string;
  readonly until: string;
  readonly reported_on: string | null;
  readonly title: string | null;
  readonly found: Readonly<Partial<Record<FindingSort | 'unsorted', number>>>;
  readonly measures: number;
  readonly answered: number;
  readonly done: number;
  readonly late: number;
  readonly days: number;
}

/**
 * A study in a list. Days in the field are those the records tell of in its place, from its first day to its report,
 * but for those left out, and the days noted besides.
 */
const STUDY_ROW = `
  select s.id, s.author, f.name as author_name, s.status, s.topic, s.area, s.opened_on, s.until, s.reported_on, s.title,
         s.measures, s.answered, s.done,
         coalesce((select jsonb_object_agg(c.sort, c.n) from (
            select coalesce(f.sort, 'unsorted') as sort, count(*)::int as n from study_finding f
             where f.county = s.county and f.study = s.id group by 1) c), '{}') as found,
         (select count(*)::int from study_measure m where m.county = s.county and m.study = s.id
             and m.state in ('proposed', 'taken-up') and m.due < $3::date) as late,
         (select coalesce(sum(x.amount), 0)::float8 from (
            select d.day, max(d.amount) as amount from (
              select day, amount from study_day where county = s.county and study = s.id
              union all
              select met_on, 1 from visit v where v.county = s.county and v.official = s.author and v.contact = 'met'
                 and v.met_on between s.opened_on and coalesce(s.reported_on, $3::date) and v.met_on <> all(s.left_out)
                 and s.area in (v.county_area, v.township, v.village, v.grid)
              union all
              select day, 1 from outreach o where o.county = s.county and s.author = any(o.went) and o.status = 'held'
                 and o.day between s.opened_on and coalesce(s.reported_on, $3::date) and o.day <> all(s.left_out)
                 and s.area in (o.county_area, o.township, o.village, o.grid)
            ) d group by d.day
          ) x) as days
    from study s left join official f on f.county = s.county and f.id = s.author`;

/** How many findings of each kind; those of no kind yet are counted as such. */
type Found = StudyRow['found'];

const inAll = (found: Found): number => Object.values(found).reduce((n, one) => n + one, 0);

const together = (all: readonly Found[]): Found => {
  const sum: Partial<Record<FindingSort | 'unsorted', number>> = {};
  for (const found of all)
    for (const sort of [...FindingSort.options, 'unsorted'] as const)
      if (found[sort] !== undefined) sum[sort] = (sum[sort] ?? 0) + found[sort];
  return sum;
};

const listed = (row: StudyRow, placeName: string | null) => ({
  id: row.id,
  author: row.author,
  authorName: row.author_name,
  status: row.status,
  topic: row.topic,
  place: placeName,
  openedOn: row.opened_on,
  until: row.until,
  reportedOn: row.reported_on,
  title: row.title,
  findings: inAll(row.found),
  found: row.found,
  measures: row.measures,
  answered: row.answered,
  done: row.done,
  late: row.late,
  days: row.days,
});

async function listStudies(desk: Desk, mine: boolean, year: string | undefined) {
  const today = dayOf(desk.now);
  const rows = await desk.query<StudyRow>(
    'studies.list',
    `${STUDY_ROW} where s.county = $1 and ($2::uuid is null or s.author = $2)
        and ($4::text is null or to_char(s.opened_on, 'YYYY') = $4) and ${withinSql(5, studyScope)}
      order by s.status = 'dropped', s.reported_on is not null, s.until, s.id limit ${MOST}`,
    [
      desk.county,
      mine && desk.actor.kind === 'official' ? desk.actor.id : null,
      today,
      year ?? null,
      ...scopeValues(scopeOf(desk.actor, 'study.read')),
    ],
  );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.map((r) => r.area),
  );
  return rows.map((row) => listed(row, names(row.area)));
}

export const studyRoutes = {
  'GET /api/studies': route({
    action: 'study.read',
    summary: 'Studies I may read, the most pressing first, and the measures that wait for my unit',
    query: Year.extend({ mine: z.enum(['1']).optional() }),
    async handle(desk, { query }) {
      const [rows, waiting] = await Promise.all([
        listStudies(desk, query.mine !== undefined, query.year),
        desk.query<{ study: string; place: number; words: string; due: string; state: string; topic: string }>(
          'studies.waiting',
          `select m.study, m.place, m.words, m.due, m.state, s.topic
             from study_measure m join study s on s.county = m.county and s.id = m.study
            where m.county = $1 and m.unit = any($2::uuid[]) and m.state in ('proposed', 'taken-up') and s.status <> 'dropped'
            order by m.due, m.study, m.place limit 100`,
          [desk.county, unitsOf(desk.actor)],
        ),
      ]);
      return {
        today: dayOf(desk.now),
        asked: desk.policies.get<StudiesPolicy>('studies'),
        rows,
        waiting: waiting.map(({ study, place, words, due, state, topic }) => ({
          study,
          measure: place,
          words,
          due,
          state,
          topic,
        })),
      };
    },
  }),
  'GET /api/studies/figures': route({
    action: 'study.count',
    summary: 'By author in a year: topics, days in the field, own reports, measures and how many are in force',
    query: Year,
    async handle(desk, { query }) {
      const year = query.year ?? dayOf(desk.now).slice(0, 4);
      const rows = (await listStudies(desk, false, year)).filter((r) => r.status !== 'dropped');
      const authors = new Map(rows.map((r) => [r.author, r.authorName]));
      return {
        year,
        asked: desk.policies.get<StudiesPolicy>('studies'),
        found: together(rows.map((r) => r.found)),
        rows: [...authors].map(([author, name]) => {
          const own = rows.filter((r) => r.author === author);
          const sum = (of: (row: (typeof own)[number]) => number): number => own.reduce((n, r) => n + of(r), 0);
          return {
            author,
            name,
            topics: own.length,
            days: sum((r) => r.days),
            reports: own.filter((r) => r.reportedOn !== null).length,
            found: together(own.map((r) => r.found)),
            measures: sum((r) => r.measures),
            done: sum((r) => r.done),
            late: sum((r) => r.late),
          };
        }),
      };
    },
  }),
  'GET /api/studies/findings': route({
    action: 'study.read',
    summary:
      'What the studies I may read found, newest first: all of it, or of one kind; with how often each kind stands',
    query: Year.extend({ sort: z.enum([...FindingSort.options, 'unsorted']).optional() }),
    async handle(desk, { query }) {
      const where = `from study_finding n join study s on s.county = n.county and s.id = n.study
          left join official f on f.county = s.county and f.id = s.author
        where n.county = $1 and s.status <> 'dropped' and ($2::text is null or to_char(n.found_on, 'YYYY') = $2)
          and ${withinSql(3, studyScope)}`;
      const values = [desk.county, query.year ?? null, ...scopeValues(scopeOf(desk.actor, 'study.read'))];
      const [counts, rows] = await Promise.all([
        desk.query<{ sort: FindingSort | 'unsorted'; n: number }>(
          'studies.found',
          `select coalesce(n.sort, 'unsorted') as sort, count(*)::int as n ${where} group by 1`,
          values,
        ),
        desk.query<{
          study: string;
          place: number;
          sort: FindingSort | null;
          words: string;
          found_on: string;
          topic: string;
          author_name: string | null;
          area: string;
          measures: number;
          done: number;
        }>(
          'studies.findings',
          `select n.study, n.place, n.sort, n.words, n.found_on, s.topic, f.name as author_name, s.area,
                  (select count(*)::int from study_measure m where m.county = n.county and m.study = n.study
                      and m.finding = n.place) as measures,
                  (select count(*)::int from study_measure m where m.county = n.county and m.study = n.study
                      and m.finding = n.place and m.state = 'done') as done
             ${where} and ($${values.length + 1}::text is null or coalesce(n.sort, 'unsorted') = $${values.length + 1})
            order by n.found_on desc, n.study, n.place limit ${MOST}`,
          [...values, query.sort ?? null],
        ),
      ]);
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.map((r) => r.area),
      );
      return {
        found: Object.fromEntries(counts.map(({ sort, n }) => [sort, n])) as Found,
        rows: rows.map((r) => ({
          study: r.study,
          place: r.place,
          sort: r.sort,
          words: r.words,
          foundOn: r.found_on,
          topic: r.topic,
          authorName: r.author_name,
          where: names(r.area),
          measures: r.measures,
          done: r.done,
        })),
      };
    },
  }),
  'GET /api/studies/:id': route({
    action: 'study.read',
    summary: 'One study: its days in the field and where they come from, findings, measures and the report',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<StudyState>(desk.county, 'study', id);
      if (state.status === 'none' || !may(desk.actor, 'study.read', reachOf(state))) return refuse('access.denied');
      const today = dayOf(desk.now);
      const last = state.report?.day ?? today;
      const [names, derived, sites] = await Promise.all([
        namesOf(desk.query, desk.county, [...state.chain, state.author, ...state.measures.map((m) => m.unit)]),
        daysOf(desk.query, desk.county, state, state.from, last),
        sitesOf(desk.query, desk.county, state, state.from, last),
      ]);
      const siteNames = await namesOf(
        desk.query,
        desk.county,
        sites.map(({ area }) => area),
      );
      const noted = new Map(state.days.map((d) => [d.day, d]));
      const told = new Map(derived.map((d) => [d.day, d]));
      const days = [...new Set([...told.keys(), ...noted.keys()])].toSorted().map((day) => {
        const leftOut = state.leftOut.includes(day) && !noted.has(day);
        const records = state.leftOut.includes(day) ? undefined : told.get(day);
        return {
          day,
          leftOut,
          amount: leftOut ? 0 : Math.max(records === undefined ? 0 : 1, noted.get(day)?.amount ?? 0),
          visits: told.get(day)?.visits ?? 0,
          outreaches: told.get(day)?.outreaches ?? 0,
          where: noted.get(day)?.where ?? null,
          seen: noted.get(day)?.seen ?? null,
        };
      });
      const units = unitsOf(desk.actor);
      return {
        id,
        version,
        status: state.status,
        author: state.author,
        authorName: names(state.author),
        topic: state.topic,
        question: state.question,
        place: state.chain.length === 1 ? names(state.chain[0]) : state.chain.slice(1).map(names).join(' '),
        openedOn: state.from,
        until: state.until,
        late: state.status === 'open' && state.until < today,
        reason: state.reason ?? null,
        days,
        daysInAll: days.reduce((n, d) => n + d.amount, 0),
        sites: sites.map(({ area, visits, outreaches }) => ({ name: siteNames(area), visits, outreaches })),
        findings: state.findings.map(({ words, sort }, finding) => ({
          words,
          sort: sort ?? null,
          measures: state.measures.flatMap((m, place) =>
            m.finding === finding
              ? [
                  {
                    place,
                    words: m.words,
                    unit: names(m.unit),
                    due: m.due,
                    state: m.state,
                    stateName: measureNames[m.state],
                    late: isOpen(m) && m.due < today,
                    answer: m.answer ?? null,
                    answeredOn: m.answeredOn ?? null,
                    mine: isOpen(m) && units.includes(m.unit),
                  },
                ]
              : [],
          ),
        })),
        report:
          state.report === undefined
            ? null
            : {
                title: state.report.title,
                text: state.report.text,
                day: state.report.day,
                revisions: state.report.revisions,
              },
        can: possible(state, actorName(desk.actor)).filter((action) => may(desk.actor, action, reachOf(state))),
      };
    },
  }),
  ...commandRoutes('study', '/api/studies', StudyCommand, {
    'study.open': 'Take up a topic: what is to be found out, where, and until when',
    'study.note-day': 'Note a day in the field that no other record tells of',
    'study.leave-out': 'A day the records tell of was not for this study',
    'study.find': 'Write down a finding',
    'study.classify': 'Say of which kind a finding is: how a policy is carried out, good practice, or a problem',
    'study.propose': 'Propose a measure for a finding, with its unit and day',
    'study.answer-measure': 'The unit says what became of a measure',
    'study.report': 'The author’s own report; given again it replaces the one before',
    'study.drop': 'Give the topic up, with the reason',
  }),
} satisfies Routes;
