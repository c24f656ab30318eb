import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf, toNumber } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { periodAt, periodsIn, sayPeriod, textOf } from '../duties/periods.ts';
import { type HotspotStatus, hotspotStatusNames } from '../hotspots/model.ts';
import { refuse } from '../ledger/decider.ts';
import { groundName, statusName } from '../matters/english.ts';
import type { Status } from '../matters/model.ts';
import { sayNumber } from '../matters/number.ts';
import { type OrderForm, formNames } from '../orders/model.ts';
import { groupRoutes } from './group-api.ts';
import {
  type AgendaItem,
  type Meeting,
  MeetingCommand,
  type MeetingState,
  type MeetingsPolicy,
  deciderNames,
  ofMatters,
  taskNames,
  type TaskState,
} from './model.ts';
import { isOpen, possible } from './rules.ts';
import { meetingScope, overdueOf, reachOf, seriesOf } from './tables.ts';

const Id = z.object({ id: z.uuid() });
type RaiseGround = Parameters<typeof groundName>[0];
/** A matter is put on by being handed to the meeting, never by somebody. */
const GivenCommand = { options: MeetingCommand.options.filter(({ shape }) => shape.kind.value !== 'meeting.put-on') };
const MOST = 200;
const COUNTED_OVERDUE = 10_000;

interface MeetingRow {
  readonly id: string;
  readonly template: string;
  readonly name: string;
  readonly status: string;
  readonly unit_name: string | null;
  readonly group_name: string | null;
  readonly day: string;
  readonly starts: string;
  readonly place: string;
  readonly chair_name: string | null;
  readonly invited: number;
  readonly present: number;
  readonly written_on: string | null;
  readonly tasks: number;
  readonly kept: number;
  readonly open: number;
}

const listed = (row: MeetingRow) => ({
  id: row.id,
  template: row.template,
  name: row.name,
  status: row.status,
  unit: row.unit_name,
  group: row.group_name,
  day: row.day,
  from: row.starts,
  place: row.place,
  chair: row.chair_name,
  invited: row.invited,
  present: row.present,
  writtenOn: row.written_on,
  tasks: row.tasks,
  kept: row.kept,
  open: row.open,
});

interface TaskRow {
  readonly meeting: string;
  readonly place: number;
  readonly words: string;
  readonly due: string;
  readonly state: TaskState;
  readonly report: string | null;
  readonly name: string;
  readonly held_on: string;
  readonly unit_name: string | null;
  readonly official_name: string | null;
  readonly matter: string | null;
  readonly number: string | null;
  readonly status: Status | null;
}

const taskOf = (row: TaskRow, today: string) => ({
  meeting: row.meeting,
  meetingName: row.name,
  heldOn: row.held_on,
  task: row.place,
  words: row.words,
  unit: row.unit_name,
  official: row.official_name,
  due: row.due,
  late: row.due < today && row.state !== 'kept' && row.state !== 'dropped',
  state: row.state,
  stateName: taskNames[row.state],
  report: row.report,
  /** The matter it is about: kept only once that is resolved. */
  matter:
    row.matter === null || row.number === null || row.status === null
      ? null
      : { id: row.matter, number: sayNumber(row.number), statusName: statusName(row.status) },
});

const TASK = `
  select t.meeting, t.place, t.words, t.due, t.state, t.report, m.name, t.held_on, u.short_name as unit_name,
         o.name as official_name, t.matter, x.number, x.status
    from meeting_task t join meeting m on m.county = t.county and m.id = t.meeting
    left join unit u on u.county = t.county and u.id = t.unit
    left join official o on o.county = t.county and o.id = t.official
    left join matter x on x.county = t.county and x.id = t.matter`;

const MATTER_COLUMNS = {
  areas: ['m.township', 'm.village', 'm.grid'],
  units: ['m.unit'],
  officials: ['m.official', 'm.handler', 'm.leader'],
};

interface MatterFactsRow {
  readonly id: string;
  readonly number: string;
  readonly status: Status;
  readonly category: string | null;
  readonly unit: string | null;
  readonly place: string | null;
  readonly due: string | null;
  readonly persons: number;
  readonly repeats: number;
  readonly subject: string | null;
  readonly to: string | null;
  readonly ground: RaiseGround | null;
  readonly reason: string | null;
  readonly waits: boolean | null;
}

/**
 * Matters on an agenda with their facts: number, kind, place, unit and day for everyone in the room; their subject and why
 * they were handed up for whoever may read them.
 */
async function mattersOf(desk: Desk, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await desk.query<MatterFactsRow>(
    'meetings.matters',
    `select m.id, m.number, m.status, m.category, u.short_name as unit, a.name as place,
            (m.due at time zone 'Asia/Shanghai')::date as due, m.persons, m.repeats,
            case when reads then m.subject end as subject,
            coalesce(r.body, r.name) as "to", r.ground, case when reads then r.reason end as reason, r.state = 'asked' as waits
       from (select m.*, ${withinSql(3, MATTER_COLUMNS)} as reads from matter m
              where m.county = $1 and m.id = any($2::uuid[])) m
       left join unit u on u.county = m.county and u.id = m.unit
       left join area a on a.county = m.county and a.id = m.township
       left join lateral (select * from matter_raising r where r.county = m.county and r.matter = m.id
                           order by r.place desc limit 1) r on true`,
    [desk.county, ids, ...scopeValues(scopeOf(desk.actor, 'matter.read'))],
  );
  const { categories } = desk.policies.get<{ categories: readonly { id: string; name: string }[] }>('categories');
  const kinds = new Map(categories.map(({ id, name }) => [id, name]));
  return new Map(
    rows.map(({ id, number, status, category, unit, place, due, persons, repeats, subject, ...raised }) => [
      id,
      {
        number: sayNumber(number),
        statusName: statusName(status),
        kind: category === null ? null : (kinds.get(category) ?? null),
        unit,
        place,
        due,
        persons,
        repeats,
        subject,
        raised:
          raised.to === null || raised.ground === null
            ? null
            : {
                to: raised.to,
                ground: groundName(raised.ground),
                reason: raised.reason,
                waits: raised.waits === true,
              },
      },
    ]),
  );
}

/** Orders on an agenda: number, kind, unit and day; what they ask for only for whoever may read them. */
async function ordersOf(desk: Desk, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await desk.query<{
    id: string;
    number: string;
    form: OrderForm;
    source_name: string;
    unit: string | null;
    due: string;
    what: string | null;
  }>(
    'meetings.agenda-orders',
    `select o.id, o.number, o.form, o.source_name, u.short_name as unit, o.due,
            case when ${withinSql(3, ORDER_COLUMNS)} then o.what end as what
       from given_order o left join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and o.id = any($2::uuid[])`,
    [desk.county, ids, ...scopeValues(scopeOf(desk.actor, 'order.read'))],
  );
  return new Map(
    rows.map(({ id, form, source_name: source, ...row }) => [id, { ...row, source, formName: formNames[form] }]),
  );
}
const ORDER_COLUMNS = {
  areas: ['o.county_area', 'o.township', 'o.village', 'o.grid'],
  units: ['o.unit'],
  officials: ['o.giver', 'o.issued_by', 'o.person'],
};

/** Hot spots on an agenda: the topic with its place, how many people raised it and from when to when. */
async function hotspotsOf(desk: Desk, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await desk.query<{
    id: string;
    title: string;
    status: HotspotStatus;
    place: string | null;
    people: number;
    matters: number;
    first: string | null;
    last: string | null;
    reads: boolean;
  }>(
    'meetings.agenda-hotspots',
    `select h.id, h.title, h.status, a.name as place, h.matters, w.people, w.first, w.last,
            ${withinSql(3, HOTSPOT_COLUMNS)} as reads
       from hotspot h left join area a on a.county = h.county and a.id = h.area
       cross join lateral (
         select count(distinct coalesce(m.household, m.id))::int as people,
                min((m.registered_at at time zone 'Asia/Shanghai')::date) as first,
                max((m.registered_at at time zone 'Asia/Shanghai')::date) as last
           from hotspot_matter x join matter m on m.county = x.county and m.id = x.matter
          where x.county = h.county and x.hotspot = h.id) w
      where h.county = $1 and h.id = any($2::uuid[])`,
    [desk.county, ids, ...scopeValues(scopeOf(desk.actor, 'hotspot.read'))],
  );
  return new Map(
    rows.map(({ id, status, title, reads, ...row }) => [
      id,
      { ...row, title: reads ? title : null, statusName: hotspotStatusNames[status] },
    ]),
  );
}
const HOTSPOT_COLUMNS = {
  areas: ['h.county_area', 'h.township', 'h.village', 'h.grid'],
  units: ['h.unit'],
  officials: [],
};

/** The agenda as people read it: each line with what it is about. */
async function agendaShown(desk: Desk, items: readonly AgendaItem[], today: string) {
  const refs = (...sources: readonly AgendaItem['source'][]): string[] =>
    items.flatMap(({ source, ref }) => (sources.includes(source) ? (ref ?? []) : []));
  const asked = items.filter(({ source }) => source === 'task');
  const [matters, orders, hotspots, rows] = await Promise.all([
    mattersOf(desk, refs(...ofMatters)),
    ordersOf(desk, refs('order')),
    hotspotsOf(desk, refs('hotspot')),
    asked.length === 0
      ? []
      : desk.query<TaskRow>(
          'meetings.agenda-tasks',
          `${TASK} join unnest($2::uuid[], $3::int[]) as a(meeting, place) on a.meeting = t.meeting and a.place = t.place
            where t.county = $1`,
          [desk.county, asked.map(({ ref }) => ref), asked.map(({ task }) => task)],
        ),
  ]);
  const tasks = new Map(rows.map((row) => [`${row.meeting} ${row.place}`, taskOf(row, today)]));
  const of = <T>(known: ReadonlyMap<string, T>, ref: string | undefined): T | null =>
    ref === undefined ? null : (known.get(ref) ?? null);
  return items.map(({ source, words, ref, task }) => ({
    source,
    words: words ?? null,
    ref: ref ?? null,
    task: task ?? null,
    matter: of(matters, ref),
    order: of(orders, ref),
    hotspot: of(hotspots, ref),
    of: tasks.get(`${ref} ${task}`) ?? null,
  }));
}

/** A meeting on its page, its minutes in the accustomed order. */
async function shown(desk: Desk, id: string, state: Meeting, version: number) {
  const today = dayOf(desk.now);
  const { minutes } = state;
  const [names, agenda, checked, [group], [overdue], matters] = await Promise.all([
    namesOf(desk.query, desk.county, [
      ...state.chain,
      ...reachOf(state).officials,
      ...(minutes?.absent ?? []).map(({ official }) => official),
      ...reachOf(state).units,
      ...state.tasks.flatMap(({ parts = [] }) => parts),
    ]),
    agendaShown(desk, state.agenda, today),
    desk.query<TaskRow>(
      'meetings.checked-here',
      `${TASK} where t.county = $1 and t.checked_at @> array[$2::uuid] order by t.held_on, t.place`,
      [desk.county, id],
    ),
    desk.query<{ name: string }>(
      'meetings.group-name',
      'select name from standing_group where county = $1 and id = $2',
      [desk.county, state.group ?? null],
    ),
    state.status === 'called' && state.agenda.some(({ source }) => source === 'overdue')
      ? overdueOf(desk.query, desk.county, state, desk.now, COUNTED_OVERDUE).then((all) => [all.length])
      : Promise.resolve([]),
    mattersOf(
      desk,
      state.tasks.flatMap(({ matter }) => matter ?? []),
    ),
  ]);
  const ofTask = (id: string | undefined) => {
    const found = id === undefined ? undefined : matters.get(id);
    return found === undefined ? null : { id: id!, number: found.number, statusName: found.statusName };
  };
  const units = unitsOf(desk.actor);
  const person = (official: string) => ({ id: official, name: names(official) ?? '' });
  const mine = (task: Meeting['tasks'][number]): boolean =>
    isOpen(task) && (task.official === actorName(desk.actor) || units.includes(task.unit));
  const can = canDo(desk.actor, possible(state), reachOf(state)).filter(
    (kind) => kind !== 'meeting.report-task' || state.tasks.some(mine),
  );
  return {
    id,
    version,
    series: seriesOf(state),
    template: state.template,
    name: state.name,
    status: state.status,
    keeps: state.keeps,
    classifies: state.classifies,
    unit: state.unit,
    unitName: names(state.unit),
    group: group?.name ?? null,
    where: placeOf(names, state.chain.length === 1 ? state.chain : state.chain.slice(1)),
    day: state.day,
    from: state.from,
    place: state.place,
    chair: person(state.chair),
    recorder: state.recorder === undefined ? null : person(state.recorder),
    invited: state.invited.map(person),
    reason: state.reason ?? null,
    agenda,
    /** How many matters are over their date in all; the agenda names the oldest. */
    overdueInAll: overdue ?? null,
    minutes:
      minutes === undefined
        ? null
        : {
            writtenOn: minutes.writtenOn,
            late: minutes.writtenOn > addDays(state.day, desk.policies.get<MeetingsPolicy>('meetings').minutesWithin),
            revisions: minutes.revisions,
            present: minutes.present.map(person),
            absent: minutes.absent.map(({ official, why }) => ({ ...person(official), why })),
            guests: minutes.guests ?? null,
            documents: minutes.documents,
            items: minutes.items.map(({ words, remarks }) => ({ words, remarks: remarks ?? [] })),
          },
    tasks: state.tasks.map((task, place) => ({
      task: place,
      words: task.words,
      unit: names(task.unit),
      official: names(task.official),
      due: task.due,
      late: isOpen(task) && task.due < today,
      by: task.by === undefined ? null : deciderNames[task.by],
      matter: ofTask(task.matter),
      parts: (task.parts ?? []).map((part) => names(part)),
      state: task.state,
      stateName: taskNames[task.state],
      report: task.report ?? null,
      checks: task.checks.map(({ at, on, outcome, words }) => ({ at, on, outcome, words })),
      mine: mine(task),
      open: isOpen(task),
    })),
    /** Tasks of earlier meetings that were looked at here. */
    checked: checked.map((row) => taskOf(row, today)),
    can,
  };
}

export const meetingRoutes = {
  ...groupRoutes,
  'GET /api/meetings': route({
    action: 'meeting.read',
    summary: 'Meetings to come and held, the kinds there are, and tasks of mine and of my unit that are open',
    async handle(desk) {
      const today = dayOf(desk.now);
      const scope = scopeValues(scopeOf(desk.actor, 'meeting.read'));
      const { templates, minutesWithin } = desk.policies.get<MeetingsPolicy>('meetings');
      const [rows, tasks, waiting] = await Promise.all([
        desk.query<MeetingRow>(
          'meetings.list',
          `select m.id, m.template, m.name, m.status, u.short_name as unit_name, g.name as group_name, m.day, m.starts, m.place,
                  c.name as chair_name, m.invited, m.present, m.written_on, m.tasks, m.kept, m.open
             from meeting m left join unit u on u.county = m.county and u.id = m.unit
             left join official c on c.county = m.county and c.id = m.chair
             left join standing_group g on g.county = m.county and g.id = m.standing_group
            where m.county = $1 and ${withinSql(2, meetingScope)}
            order by m.status <> 'called', case when m.status = 'called' then m.day end, m.day desc, m.starts, m.id limit ${MOST}`,
          [desk.county, ...scope],
        ),
        desk.query<TaskRow>(
          'meetings.my-tasks',
          `${TASK} where t.county = $1 and t.open and (t.official::text = $2 or t.unit = any($3::uuid[]))
            order by t.due, t.meeting, t.place limit ${MOST}`,
          [desk.county, actorName(desk.actor), unitsOf(desk.actor)],
        ),
        // What was handed to a joint meeting and waits: of my units' meetings, and of matters I may read.
        desk.query<{ id: string; number: string; to: string; unit: string | null; ground: RaiseGround; day: string }>(
          'meetings.waiting',
          `select m.id, m.number, r.name as "to", u.short_name as unit, r.ground,
                  (r.raised_at at time zone 'Asia/Shanghai')::date as day
             from matter_raising r join matter m on m.county = r.county and m.id = r.matter
             left join unit u on u.county = m.county and u.id = m.unit
            where r.county = $1 and r.state = 'asked' and r.unit is not null
              and (r.unit = any($2::uuid[]) or ${withinSql(3, MATTER_COLUMNS)})
            order by r.raised_at, m.id limit ${MOST}`,
          [desk.county, unitsOf(desk.actor), ...scopeValues(scopeOf(desk.actor, 'matter.read'))],
        ),
      ]);
      return {
        today,
        minutesWithin,
        templates: templates.map(({ id, name, period, keeps, source, standing, draws }) => ({
          id,
          name,
          period: period ?? null,
          keeps,
          source,
          standing,
          draws,
        })),
        rows: rows.map(listed),
        tasks: tasks.map((row) => taskOf(row, today)),
        waiting: waiting.map(({ id, number, to, unit, ground, day }) => ({
          id,
          number: sayNumber(number),
          to,
          unit,
          ground: groundName(ground),
          day,
        })),
        can: { call: ['clerk', 'head', 'leader', 'handler'].some((role) => hasPost(desk, role)) },
      };
    },
  }),
  'GET /api/meetings/regularity': route({
    action: 'meeting.count',
    summary: 'Of each unit that owes a regular meeting: in which of the last periods it was held',
    query: z.object({ template: z.string().max(40).optional() }),
    async handle(desk, { query }) {
      const policy = desk.policies.get<MeetingsPolicy>('meetings');
      const regular = policy.templates.filter((t) => t.period !== undefined && t.heldBy.length > 0);
      const template = regular.find(({ id }) => id === query.template) ?? regular[0];
      if (template?.period === undefined) return { templates: [], template: null, periods: [], rows: [] };
      const { period } = template;
      const today = dayOf(desk.now);
      // The period that runs is shown, and owes nothing yet.
      let from = periodAt(period, toNumber(today)).from;
      for (let i = 0; i < policy.looksBack; i++) from = periodAt(period, from - 1).from;
      const spans = periodsIn(period, { from, until: toNumber(today) });
      const held = await desk.query<{ unit: string; name: string; id: string | null; day: string | null }>(
        'meetings.regularity',
        `select u.id as unit, u.short_name as name, m.id, m.day from unit u
           join area a on a.county = u.county and a.id = u.area
           left join meeting m on m.county = u.county and m.unit = u.id and m.template = $2 and m.status = 'held'
            and m.day between $3::date and $4::date
          where u.county = $1 and u.kind = any($5::text[]) and u.parent is null and not u.closed
            and ($6::boolean or a.chain && $7::uuid[] or u.id = any($8::uuid[]) or $9::uuid[] is null)
          order by u.kind desc, u.short_name, u.id, m.day`,
        [
          desk.county,
          template.id,
          textOf(from),
          today,
          template.heldBy,
          ...scopeValues(scopeOf(desk.actor, 'meeting.count')),
        ],
      );
      const units = new Map(held.map(({ unit, name }) => [unit, name]));
      return {
        templates: regular.map(({ id, name }) => ({ id, name })),
        template: { id: template.id, name: template.name, source: template.source },
        periods: spans.map((span) => ({
          from: textOf(span.from),
          until: textOf(span.until),
          name: sayPeriod(period, span),
          over: textOf(span.until) < today,
        })),
        rows: [...units].map(([unit, name]) => {
          const own = held.filter((h) => h.unit === unit && h.day !== null);
          const at = spans.map((span) => {
            const found = own.find((h) => h.day! >= textOf(span.from) && h.day! <= textOf(span.until));
            return found === undefined ? null : { id: found.id!, day: found.day! };
          });
          const owed = spans.filter((span) => textOf(span.until) < today).length;
          return { unit, name, at, held: at.slice(0, owed).filter((one) => one !== null).length, owed };
        }),
      };
    },
  }),
  'GET /api/meetings/:id': route({
    action: 'meeting.read',
    summary: 'One meeting: agenda, minutes, decisions and what became of them',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<MeetingState>(desk.county, 'meeting', id);
      if (state.status === 'none' || !may(desk.actor, 'meeting.read', reachOf(state))) return refuse('access.denied');
      return await shown(desk, id, state, version);
    },
  }),
  ...commandRoutes('meeting', '/api/meetings', GivenCommand, {
    'meeting.call': 'Call a meeting from a template: its agenda is drawn from the data',
    'meeting.change': 'Another day, time or place, with the reason',
    'meeting.cancel': 'Call it off, with the reason',
    'meeting.draw': 'Draw the agenda from the data again; typed lines stay',
    'meeting.set-agenda': 'Put the agenda in order: lines added, left out, moved',
    'meeting.hold': 'Write the minutes: who came, who did not and why, topics, decisions with unit, person and day',
    'meeting.mend': 'Mend the topics of the minutes, with the reason',
    'meeting.report-task': 'The unit or person says how far a task is',
    'meeting.check-task': 'A later meeting of the series looks at a task: kept, again, dropped',
  }),
} satisfies Routes;

const hasPost = (desk: Desk, role: string): boolean =>
  desk.actor.kind === 'official' && desk.actor.standings.some((s) => s.role === role);
