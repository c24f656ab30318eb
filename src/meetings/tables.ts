import { atWork, chainOf, placedAt } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { type EvidenceKind, evidenceRows, evidenceTable } from '../duties/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Query, RecordType, Situation } from '../ledger/record.ts';
import { NO_NUMBER } from '../register/model.ts';
import { registerRows, registerTable, takeNumber } from '../register/numbers.ts';
import {
  type AgendaItem,
  type Meeting,
  MeetingCommand,
  type MeetingCommand as Command,
  type MeetingEvent,
  type MeetingFacts,
  type MeetingState,
  type MeetingsPolicy,
  ofMatters,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { isOpen, meetings, meetingsOwed } from './rules.ts';

/** Where a meeting lies and whose it is, as columns of the row called `m`. */
export const meetingScope = {
  areas: ['m.county_area', 'm.township', 'm.village', 'm.grid'],
  units: ['m.units[]'],
  officials: ['m.people[]'],
};

/** Meetings of one kind of one unit, or of one standing group, follow each other: each looks at the last one's tasks. */
export const seriesOf = ({ template, unit, group }: { template: string; unit: string; group?: string | undefined }) =>
  `${template} ${group ?? unit}`;

export const meetingRecord: RecordType<MeetingState, Command, MeetingEvent, MeetingFacts> = {
  name: 'meeting',
  decider: meetings,
  commands: MeetingCommand,
  tables: [
    { name: 'meeting', key: ['county', 'id'] },
    { name: 'meeting_task', key: ['county', 'meeting', 'place'] },
    evidenceTable,
    registerTable,
    owedTable,
  ],
  facts,
  reach: (state, command, found) =>
    state.status === 'none'
      ? {
          areas: found?.chain ?? [],
          units: command?.kind === 'meeting.call' && found?.chain !== undefined ? [command.unit] : [],
        }
      : reachOf(state),
  rows: (county, stream, state, policies) =>
    state.status === 'none'
      ? {}
      : {
          ...rowsOf(county, stream, state),
          served_paper: registerRows(
            county,
            stream,
            state.papers,
            { record: 'meeting', chain: state.chain, units: unitsOf(state) },
            policies.get<Calendar>('calendar'),
          ),
        },
};

const peopleOf = (state: Meeting): string[] => [
  ...new Set([
    state.by,
    ...state.invited,
    ...(state.minutes?.present ?? []),
    ...state.tasks.map(({ official }) => official),
  ]),
];
const unitsOf = (state: Meeting): string[] => [...new Set([state.unit, ...state.tasks.map(({ unit }) => unit)])];

export const reachOf = (state: Meeting) => ({
  areas: state.chain,
  units: unitsOf(state),
  officials: peopleOf(state),
});

function rowsOf(county: number, stream: string, state: Meeting) {
  const held = state.status === 'held';
  const present = state.minutes?.present ?? [];
  const series = seriesOf(state);
  return {
    meeting: [
      {
        county,
        id: stream,
        ...placedAt(state.chain),
        template: state.template,
        series,
        name: state.name,
        status: state.status,
        unit: state.unit,
        standing_group: state.group ?? null,
        day: state.day,
        starts: state.from,
        place: state.place,
        chair: state.chair,
        units: unitsOf(state),
        people: peopleOf(state),
        invited: state.invited.length,
        present: present.length,
        written_on: state.minutes?.writtenOn ?? null,
        tasks: state.tasks.length,
        kept: state.tasks.filter(({ state: of }) => of === 'kept').length,
        open: state.tasks.filter(isOpen).length,
      },
    ],
    meeting_task: state.tasks.map((task, place) => ({
      county,
      meeting: stream,
      place,
      series,
      held_on: state.day,
      unit: task.unit,
      official: task.official,
      words: task.words,
      due: task.due,
      matter: task.matter ?? null,
      state: task.state,
      open: isOpen(task),
      reported_on: task.report?.on ?? null,
      report: task.report?.words ?? null,
      checked_at: task.checks.map(({ at }) => at),
    })),
    owed: owedRows(county, 'meeting', stream, meetingsOwed(state)),
    // That somebody was at a meeting is read off its minutes, and of no meeting that was only called.
    evidence: evidenceRows(
      county,
      stream,
      held
        ? present.map((official) => ({
            official,
            kind: state.evidence satisfies EvidenceKind,
            day: state.day,
            amount: 1,
            area: state.chain.at(-1)!,
            subject: null,
            confirmed: true,
          }))
        : [],
    ),
  };
}

async function facts(situation: Situation<MeetingState, Command>): Promise<MeetingFacts> {
  const { county, stream, state, command, actor, units, at, query, policies } = situation;
  const policy = policies.get<MeetingsPolicy>('meetings');
  const of = command.kind === 'meeting.call' ? command : state.status === 'none' ? undefined : state;
  const template = policy.templates.find(({ id }) => id === of?.template);
  const people =
    command.kind === 'meeting.call'
      ? [command.chair, ...(command.recorder === undefined ? [] : [command.recorder]), ...command.invited]
      : command.kind === 'meeting.hold'
        ? [
            ...command.present,
            ...command.absent.map(({ official }) => official),
            ...(command.decisions ?? []).map(({ official }) => official),
          ]
        : [];
  const named =
    command.kind === 'meeting.hold'
      ? (command.decisions ?? []).flatMap(({ unit, parts = [] }) => [unit, ...parts])
      : [];
  const draws = (command.kind === 'meeting.call' || command.kind === 'meeting.draw') && of !== undefined;
  const found: MeetingFacts = {
    actor,
    at,
    units,
    taken: NO_NUMBER,
    template,
    chain: command.kind === 'meeting.call' ? await unitChain(query, county, command.unit) : undefined,
    groupKnown:
      command.kind === 'meeting.call' &&
      command.group !== undefined &&
      (
        await query(
          'meetings.group',
          `select from standing_group where county = $1 and id = $2 and status = 'standing'`,
          [county, command.group],
        )
      ).length > 0,
    people: people.length === 0 ? new Set() : await known(query, county, people, state),
    unitsKnown: new Set(
      named.length === 0
        ? []
        : (
            await query<{ id: string }>(
              'meetings.units',
              'select id from unit where county = $1 and id = any($2::uuid[]) and not closed',
              [county, named],
            )
          ).map(({ id }) => id),
    ),
    drawn: draws && template !== undefined ? await agendaOf(query, county, stream, template.draws, of, at, policy) : [],
    matterOpen:
      command.kind === 'meeting.check-task' &&
      state.status === 'held' &&
      (
        await query(
          'meetings.matter-open',
          `select from matter where county = $1 and id = $2 and status not in ('resolved', 'reviewing', 'closed')`,
          [county, state.tasks[command.task]?.matter ?? null],
        )
      ).length > 0,
    laterOfSeries:
      command.kind === 'meeting.check-task' &&
      state.status === 'held' &&
      (
        await query(
          'meetings.later',
          `select from meeting where county = $1 and id = $2 and series = $3 and status <> 'cancelled' and id <> $4
              and (day, starts) >= ($5::date, $6)`,
          [county, command.at, seriesOf(state), stream, state.day, state.from],
        )
      ).length > 0,
  };
  if (command.kind !== 'meeting.hold' || state.status === 'none' || state.keeps === 'held') return found;
  if (isRefusal(meetings.decide(state, command, found))) return found;
  return { ...found, taken: await takeNumber(situation, 'minutes', state.unit, dayOf(at)) };
}

/** People at work, and those who were when they were called: a seat may be left between the call and the meeting. */
async function known(query: Query, county: number, people: readonly string[], state: MeetingState) {
  const now = await atWork(query, county, people);
  return state.status === 'none' ? now : new Set([...now, ...state.invited]);
}

/** Where a unit's area lies; undefined when there is no such unit. */
export async function unitChain(query: Query, county: number, unit: string): Promise<readonly string[] | undefined> {
  const [row] = await query<{ area: string }>(
    'meetings.unit-area',
    'select area from unit where county = $1 and id = $2 and not closed',
    [county, unit],
  );
  return row === undefined ? undefined : await chainOf(query, county, row.area);
}

/**
 * What the data put on the agenda: open tasks of the last meetings of the series, matters handed to this meeting, those
 * that cross a county line, orders and matters over their date, hot spots. Each stands there by its id alone: its words
 * stay where they are kept and erased.
 */
async function agendaOf(
  query: Query,
  county: number,
  meeting: string,
  draws: readonly AgendaItem['source'][],
  of: { readonly template: string; readonly unit: string; readonly group?: string | undefined },
  at: string,
  { most }: MeetingsPolicy,
): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  if (draws.includes('task'))
    items.push(
      ...(
        await query<{ meeting: string; place: number }>(
          'meetings.open-tasks',
          `select meeting, place from meeting_task where county = $1 and series = $2 and open and meeting <> $3
            order by held_on, meeting, place limit 60`,
          [county, seriesOf(of), meeting],
        )
      ).map((task): AgendaItem => ({ source: 'task', ref: task.meeting, task: task.place })),
    );
  const whose = [of.unit, of.group ?? null, most];
  const found = async (name: string, sql: string, values: readonly unknown[]): Promise<string[]> =>
    (await query<{ id: string }>(name, sql, [county, ...values])).map(({ id }) => id);
  const asked: Partial<Record<AgendaItem['source'], () => Promise<string[]>>> = {
    referred: () =>
      found(
        'meetings.referred',
        `select matter as id from matter_raising where county = $1 and unit = $2 and state = 'asked'
          order by raised_at, matter limit $3`,
        [of.unit, most],
      ),
    crossing: () =>
      found(
        'meetings.crossing',
        `select m.id from matter_raising r join matter m on m.county = r.county and m.id = r.matter ${WHOSE}
          where r.county = $1 and r.state = 'asked' and r.ground in ('county-line', 'prefecture-line')
            and r.unit is distinct from u.id and ${reachedBy('m')}
          order by r.ask_on, m.id limit $4`,
        whose,
      ),
    order: () =>
      found(
        'meetings.orders',
        `select o.id from given_order o ${WHOSE}
          where o.county = $1 and o.status = 'open' and o.due < $5::date and ${reachedBy('o')}
          order by o.due, o.id limit $4`,
        [...whose, dayOf(at)],
      ),
    hotspot: () =>
      found(
        'meetings.hotspots',
        `select h.id from hotspot h ${WHOSE}
          where h.county = $1 and h.status not in ('settled', 'dropped') and ${reachedBy('h')}
          order by h.due nulls first, h.raised_on, h.id limit $4`,
        whose,
      ),
    overdue: async () => (await overdueOf(query, county, of, at, most)).map(({ id }) => id),
  };
  for (const source of ['referred', 'crossing', 'order', 'overdue', 'hotspot'] as const)
    if (draws.includes(source)) items.push(...(await asked[source]!()).map((ref): AgendaItem => ({ source, ref })));
  // A matter stands on it once, for the first reason it is there.
  const seen = new Set<string>();
  return items.filter(({ source, ref }) => {
    if (!ofMatters.has(source)) return true;
    if (seen.has(ref!)) return false;
    seen.add(ref!);
    return true;
  });
}

/** Whose meeting it is: its unit, the county, and whether it is a group of the whole county. */
const WHOSE = `join unit u on u.county = $1 and u.id = $2 join county c on c.county = $1
       left join standing_group g on g.county = $1 and g.id = $3`;
/** A unit's meeting looks at what is its own, a township's at its place's, one of the county's desk or for all the county at all. */
const reachedBy = (of: string): string =>
  `(${of}.unit = u.id or c.desk = u.id or (g.id is not null and g.township is null) or (u.kind = 'township' and ${of}.township = u.area))`;

/** Matters over their date that are a meeting's to look at; what was handed to it stands there as that. */
export const overdueOf = async (
  query: Query,
  county: number,
  { unit, group }: { readonly unit: string; readonly group?: string | undefined },
  at: string,
  most: number,
): Promise<{ id: string }[]> =>
  await query<{ id: string }>(
    'meetings.overdue',
    `select m.id from matter m ${WHOSE}
      where m.county = $1 and m.open and m.work_due < $5::timestamptz and not m.paused and ${reachedBy('m')}
        and not exists (select from matter_raising r where r.county = m.county and r.matter = m.id and r.unit = u.id
                           and r.state = 'asked')
      order by m.work_due, m.id limit $4`,
    [county, unit, group ?? null, most, at],
  );
