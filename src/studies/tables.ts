import { dayOf } from '../calendar/days.ts';
import { chainOf, placedAt } from '../access/directory.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import {
  type Study,
  StudyCommand,
  type StudyCommand as Command,
  type StudyEvent,
  type StudyFacts,
  type StudyState,
} from './model.ts';
import { isOpen, studies, studiesOwed } from './rules.ts';

/** Where a study lies and whose it is, as columns of the row called `s`. */
export const studyScope = {
  areas: ['s.county_area', 's.township', 's.village', 's.grid'],
  units: ['s.units[]'],
  officials: ['s.author'],
};

export const studyRecord: RecordType<StudyState, Command, StudyEvent, StudyFacts> = {
  name: 'study',
  decider: studies,
  commands: StudyCommand,
  tables: [
    { name: 'study', key: ['county', 'id'] },
    { name: 'study_day', key: ['county', 'study', 'day'] },
    { name: 'study_finding', key: ['county', 'study', 'place'] },
    { name: 'study_measure', key: ['county', 'study', 'place'] },
    owedTable,
    evidenceTable,
  ],
  async facts({ county, state, command, actor, units, at, query }) {
    const asksDay = command.kind === 'study.note-day' || command.kind === 'study.leave-out';
    return {
      actor,
      at,
      units,
      chain: command.kind === 'study.open' ? await chainOf(query, county, command.area) : undefined,
      unitKnown: command.kind === 'study.propose' && (await isUnit(query, county, command.unit)),
      days:
        command.kind === 'study.report' && state.status === 'open'
          ? (await daysOf(query, county, state, state.from, dayOf(at))).map(({ day }) => day)
          : [],
      dayKnown:
        asksDay && state.status !== 'none' && (await daysOf(query, county, state, command.day, command.day)).length > 0,
    };
  },
  reach: (state) => (state.status === 'none' ? {} : reachOf(state)),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
};

export const reachOf = (state: Study) => ({
  areas: state.chain,
  units: [...new Set(state.measures.map((m) => m.unit))],
  officials: [state.author],
});

const ownOf = ({ author, area }: Study) => ({ official: author, area, subject: null, confirmed: false });

function rowsOf(county: number, stream: string, state: Study) {
  const { author } = state;
  return {
    study: [
      {
        county,
        id: stream,
        ...placedAt(state.chain),
        area: state.area,
        author,
        status: state.status,
        topic: state.topic,
        opened_on: state.from,
        until: state.until,
        reported_on: state.report?.day ?? null,
        title: state.report?.title ?? null,
        units: reachOf(state).units,
        left_out: state.leftOut,
        measures: state.measures.length,
        answered: state.measures.filter((m) => !isOpen(m)).length,
        done: state.measures.filter((m) => m.state === 'done').length,
      },
    ],
    // Days noted count at once; those the visits tell of count for the study when its report is handed in.
    evidence: evidenceRows(county, stream, [
      ...state.days.map(({ day, amount }) => ({ ...ownOf(state), kind: 'study-day' as const, day, amount })),
      ...(state.report?.days ?? [])
        .filter((day) => !state.days.some((noted) => noted.day === day))
        .map((day) => ({ ...ownOf(state), kind: 'study-day' as const, day, amount: 1 })),
      ...(state.report === undefined
        ? []
        : [{ ...ownOf(state), kind: 'study-report' as const, day: state.report.day, amount: 1 }]),
    ]),
    owed: owedRows(county, 'study', stream, studiesOwed(state)),
    study_day: state.days.map(({ day, amount }) => ({ county, study: stream, day, author, amount })),
    study_finding: state.findings.map(({ words, sort, day }, place) => ({
      county,
      study: stream,
      place,
      sort: sort ?? null,
      words,
      found_on: day,
    })),
    study_measure: state.measures.map((m, place) => ({
      county,
      study: stream,
      place,
      finding: m.finding,
      unit: m.unit,
      words: m.words,
      due: m.due,
      state: m.state,
      answered_on: m.answeredOn ?? null,
    })),
  };
}

const isUnit = async (query: Query, county: number, unit: string): Promise<boolean> =>
  (await query('studies.unit', 'select from unit where county = $1 and id = $2 and not closed', [county, unit]))
    .length > 0;

export interface FieldDay {
  readonly day: string;
  readonly visits: number;
  readonly outreaches: number;
}

/**
 * Days on which the author was in the study's place, told by the visits and outreaches themselves: people met at their
 * door, and outreaches that were held with them. Nobody types them a second time.
 */
export const daysOf = async (
  query: Query,
  county: number,
  { author, area }: Pick<Study, 'author' | 'area'>,
  from: string,
  to: string,
): Promise<FieldDay[]> =>
  await query<FieldDay>(
    'studies.days',
    `select day, sum(visits)::int as visits, sum(outreaches)::int as outreaches from (
       select met_on as day, 1 as visits, 0 as outreaches from visit
        where county = $1 and official = $2 and contact = 'met' and met_on between $4 and $5
          and $3::uuid in (county_area, township, village, grid)
       union all
       select day, 0, 1 from outreach
        where county = $1 and $2::uuid = any(went) and status = 'held' and day between $4 and $5
          and $3::uuid in (county_area, township, village, grid)
     ) d group by day order by day`,
    [county, author, area, from, to],
  );

export interface Site {
  readonly area: string;
  readonly visits: number;
  readonly outreaches: number;
}

/** Which villages the author was in for the study, told by the same visits and outreaches; days left out are not asked. */
export const sitesOf = async (
  query: Query,
  county: number,
  { author, area, leftOut }: Pick<Study, 'author' | 'area' | 'leftOut'>,
  from: string,
  to: string,
): Promise<Site[]> =>
  await query<Site>(
    'studies.sites',
    `select area, sum(visits)::int as visits, sum(outreaches)::int as outreaches from (
       select coalesce(village, township, county_area) as area, met_on as day, 1 as visits, 0 as outreaches from visit
        where county = $1 and official = $2 and contact = 'met' and met_on between $4 and $5
          and $3::uuid in (county_area, township, village, grid)
       union all
       select coalesce(village, township, county_area), day, 0, 1 from outreach
        where county = $1 and $2::uuid = any(went) and status = 'held' and day between $4 and $5
          and $3::uuid in (county_area, township, village, grid)
     ) d where day <> all($6::date[]) group by area order by visits desc, outreaches desc, area`,
    [county, author, area, from, to, leftOut],
  );
