import { dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import { drawnUp } from '../register/model.ts';
import {
  type AgendaItem,
  type Meeting,
  type MeetingCommand,
  type MeetingEvent,
  type MeetingFacts,
  type MeetingState,
  type Task,
  ofMatters,
} from './model.ts';

type Command<K extends MeetingCommand['kind']> = Extract<MeetingCommand, { kind: K }>;

/** A meeting is called, held or called off; what it decided lives on as tasks until a later one says they are kept. */
export const meetings: Decider<MeetingState, MeetingCommand, MeetingEvent, MeetingFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'meeting.called') {
      const { kind: _, group, recorder, ...rest } = event;
      return {
        ...rest,
        group,
        recorder,
        status: 'called',
        reason: undefined,
        minutes: undefined,
        tasks: [],
        papers: [],
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'meeting.changed': {
        const { day, from, place, reason } = event;
        return { ...state, day, from, place, reason };
      }
      case 'meeting.cancelled':
        return { ...state, status: 'cancelled', reason: event.reason };
      case 'agenda.set':
        return { ...state, agenda: event.items };
      case 'meeting.held': {
        const { kind: _, decisions, paper, ...minutes } = event;
        return {
          ...state,
          papers: paper === undefined ? [] : [drawnUp(paper, stamp, undefined)],
          status: 'held',
          minutes: { ...minutes, writtenOn: dayOf(stamp.at), revisions: 0 },
          tasks: decisions.map((decision): Task => ({ ...decision, state: 'open', report: undefined, checks: [] })),
        };
      }
      case 'minutes.mended': {
        if (state.minutes === undefined) return state;
        const { documents, items } = event;
        return { ...state, minutes: { ...state.minutes, documents, items, revisions: state.minutes.revisions + 1 } };
      }
      case 'task.reported':
        return onTask(state, event.task, (task) => ({
          ...task,
          state: event.step,
          report: { on: dayOf(stamp.at), words: event.words },
        }));
      case 'task.checked':
        return onTask(state, event.task, (task) => ({
          ...task,
          state: event.outcome === 'again' ? 'doing' : event.outcome,
          due: event.due ?? task.due,
          checks: [
            ...task.checks,
            {
              at: event.at,
              on: dayOf(stamp.at),
              outcome: event.outcome,
              words: event.words,
              due: event.due ?? task.due,
            },
          ],
        }));
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'meeting.call')
      return state.status === 'none' ? call(command, facts) : refuse('meeting.exists');
    if (state.status === 'none') return refuse('meeting.unknown');
    switch (command.kind) {
      case 'meeting.report-task':
        return report(state, command, facts);
      case 'meeting.check-task':
        return check(state, command, facts);
      case 'meeting.mend': {
        if (state.status !== 'held') return refuse('meeting.not-held');
        const fault = keptTo(state, command.items, command.documents, []);
        if (fault !== undefined) return fault;
        const { documents, items, reason } = command;
        return [{ kind: 'minutes.mended', documents, items, reason }];
      }
      default:
    }
    // What was handed here after the meeting was held waits for the next one.
    if (command.kind === 'meeting.put-on') return putOn(state, command.matter);
    if (state.status !== 'called') return refuse('meeting.over');
    switch (command.kind) {
      case 'meeting.change': {
        const { day, from, place, reason } = command;
        return [{ kind: 'meeting.changed', day, from, place, reason }];
      }
      case 'meeting.cancel':
        return [{ kind: 'meeting.cancelled', reason: command.reason }];
      case 'meeting.draw':
        return [{ kind: 'agenda.set', items: drawnOnto(state.agenda, facts.drawn) }];
      case 'meeting.set-agenda':
        return state.keeps === 'held' && command.items.length > 0
          ? refuse('meeting.only-held', 'items')
          : [{ kind: 'agenda.set', items: command.items }];
      case 'meeting.hold':
        return hold(state, command, facts);
    }
  },
};

/** What the data put there is put there anew; what people wrote and what always stands there stays, in its order. */
const drawnOnto = (agenda: readonly AgendaItem[], drawn: readonly AgendaItem[]): readonly AgendaItem[] => [
  ...agenda.filter(({ source }) => source === 'typed' || source === 'standing'),
  ...drawn,
];

function putOn(state: Meeting, ref: string): MeetingEvent[] {
  const known = state.agenda.some((item) => item.source === 'referred' && item.ref === ref);
  if (state.status !== 'called' || known) return [];
  // Before what only has to be looked at: the room decides on what was handed to it first.
  const looked = state.agenda.findIndex(({ source }) => ['crossing', 'order', 'overdue', 'hotspot'].includes(source));
  const at = looked < 0 ? state.agenda.length : looked;
  return [
    {
      kind: 'agenda.set',
      items: [...state.agenda.slice(0, at), { source: 'referred', ref }, ...state.agenda.slice(at)],
    },
  ];
}

const onTask = (state: Meeting, place: number, change: (task: Task) => Task): Meeting => ({
  ...state,
  tasks: state.tasks.map((task, i) => (i === place ? change(task) : task)),
});

/** Whether a task still waits for a meeting to say that it is kept. */
export const isOpen = ({ state }: Pick<Task, 'state'>): boolean => state !== 'kept' && state !== 'dropped';

/** What is owed: the minutes, by whoever writes them; each task, by its person, until they say that it is done. */
export function meetingsOwed(state: MeetingState): Owed[] {
  if (state.status === 'none' || state.status === 'cancelled') return [];
  const since = startOfDay(state.day);
  if (state.status === 'called')
    return [
      {
        run: 'minutes',
        kind: 'minutes',
        official: state.recorder ?? state.chair,
        due: state.day,
        since,
        title: state.name,
      },
    ];
  return state.tasks.flatMap((task, place) =>
    isOpen(task) && task.state !== 'done'
      ? [
          {
            run: `task ${place}`,
            kind: 'task' as const,
            unit: task.unit,
            official: task.official,
            due: task.due,
            since,
            title: task.words,
            matter: task.matter,
          },
        ]
      : [],
  );
}

function call(command: Command<'meeting.call'>, facts: MeetingFacts): MeetingEvent[] | Refusal {
  const { template, chain } = facts;
  if (template === undefined) return refuse('meeting.template-unknown', 'template');
  if (chain === undefined) return refuse('meeting.unit-unknown', 'unit');
  if (command.group !== undefined && !facts.groupKnown) return refuse('meeting.group-unknown', 'group');
  const { unit, group, day, from, place, chair, recorder } = command;
  if (!facts.people.has(chair)) return refuse('meeting.person-unknown', 'chair');
  if (recorder !== undefined && !facts.people.has(recorder)) return refuse('meeting.person-unknown', 'recorder');
  if (command.invited.some((who) => !facts.people.has(who))) return refuse('meeting.person-unknown', 'invited');
  return [
    {
      kind: 'meeting.called',
      template: template.id,
      name: command.name ?? template.name,
      keeps: template.keeps,
      evidence: template.evidence,
      classifies: template.classifies,
      unit,
      ...(group === undefined ? {} : { group }),
      chain,
      day,
      from,
      place,
      chair,
      ...(recorder === undefined ? {} : { recorder }),
      // Whoever chairs and whoever writes are called with the others.
      invited: [...new Set([chair, ...(recorder === undefined ? [] : [recorder]), ...command.invited])],
      agenda: [...template.standing.map((words): AgendaItem => ({ source: 'standing', words })), ...facts.drawn],
      by: facts.actor,
    },
  ];
}

/** Whether minutes hold no more than this kind of meeting lets them. */
function keptTo(
  { keeps }: Meeting,
  items: NonNullable<Command<'meeting.hold'>['items']>,
  documents: readonly string[],
  decisions: readonly unknown[],
): Refusal | undefined {
  if (keeps === 'held' && (items.length > 0 || documents.length > 0 || decisions.length > 0))
    return refuse('meeting.only-held', items.length > 0 ? 'items' : documents.length > 0 ? 'documents' : 'decisions');
  if (keeps !== 'remarks' && items.some(({ remarks }) => (remarks ?? []).length > 0))
    return refuse('meeting.no-remarks', 'items');
  return undefined;
}

function hold(state: Meeting, command: Command<'meeting.hold'>, facts: MeetingFacts): MeetingEvent[] | Refusal {
  const { present, absent, guests, documents = [], items = [], decisions = [] } = command;
  if (state.day > dayOf(facts.at)) return refuse('meeting.not-yet');
  if (!present.includes(state.chair)) return refuse('meeting.chair-away', 'present');
  if ([...present, ...absent.map(({ official }) => official)].some((who) => !facts.people.has(who)))
    return refuse('meeting.person-unknown', 'present');
  const accounted = new Set([...present, ...absent.map(({ official }) => official)]);
  if (state.invited.some((who) => !accounted.has(who))) return refuse('meeting.nobody-unaccounted', 'absent');
  const fault = keptTo(state, items, documents, decisions);
  if (fault !== undefined) return fault;
  const matters = new Set(
    state.agenda.flatMap(({ source, ref }) => (ofMatters.has(source) && ref !== undefined ? ref : [])),
  );
  for (const [i, { unit, official, due, by, matter, parts }] of decisions.entries()) {
    if (!facts.unitsKnown.has(unit)) return refuse('meeting.unit-unknown', `decisions.${i}.unit`);
    if (!facts.people.has(official)) return refuse('meeting.person-unknown', `decisions.${i}.official`);
    if (due <= state.day) return refuse('meeting.due-past', `decisions.${i}.due`);
    if (matter !== undefined && !matters.has(matter)) return refuse('meeting.matter-not-on', `decisions.${i}.matter`);
    if (parts?.some((part) => !facts.unitsKnown.has(part)) === true)
      return refuse('meeting.unit-unknown', `decisions.${i}.parts`);
    if (state.classifies && by === undefined) return refuse('meeting.who-decides', `decisions.${i}.by`);
  }
  return [
    {
      kind: 'meeting.held',
      present: [...new Set(present)],
      absent: absent.filter(({ official }) => !present.includes(official)),
      guests,
      documents,
      items,
      decisions,
      ...(state.keeps === 'held'
        ? {}
        : { paper: { kind: 'minutes', ...facts.taken, on: dayOf(facts.at), unit: state.unit, fields: {} } }),
    },
  ];
}

function report(
  state: Meeting,
  { task: place, step, words }: Command<'meeting.report-task'>,
  facts: MeetingFacts,
): MeetingEvent[] | Refusal {
  if (state.status !== 'held') return refuse('meeting.not-held');
  const task = state.tasks[place];
  if (task === undefined) return refuse('meeting.task-unknown', 'task');
  if (task.official !== facts.actor && !facts.units.includes(task.unit)) return refuse('meeting.task-other', 'task');
  if (!isOpen(task)) return refuse('meeting.task-over', 'task');
  return [{ kind: 'task.reported', task: place, step, words }];
}

function check(
  state: Meeting,
  { task: place, at, outcome, words, due }: Command<'meeting.check-task'>,
  facts: MeetingFacts,
): MeetingEvent[] | Refusal {
  if (state.status !== 'held') return refuse('meeting.not-held');
  const task = state.tasks[place];
  if (task === undefined) return refuse('meeting.task-unknown', 'task');
  if (!isOpen(task)) return refuse('meeting.task-over', 'task');
  if (!facts.laterOfSeries) return refuse('meeting.other-series', 'at');
  if (task.official === facts.actor) return refuse('meeting.hand-checked', 'task');
  if (outcome === 'kept' && facts.matterOpen) return refuse('meeting.matter-open', 'outcome');
  if (outcome === 'again' && due === undefined) return refuse('meeting.due-needed', 'due');
  if (outcome === 'again' && due! <= dayOf(facts.at)) return refuse('meeting.due-past', 'due');
  return [
    {
      kind: 'task.checked',
      task: place,
      at,
      outcome,
      words,
      ...(outcome === 'again' && due !== undefined ? { due } : {}),
    },
  ];
}

/** What could be asked of the meeting, before anybody's posts are looked at. */
export function possible(state: MeetingState): MeetingCommand['kind'][] {
  if (state.status === 'none') return ['meeting.call'];
  if (state.status === 'called')
    return [
      'meeting.hold',
      ...(state.keeps === 'held' ? [] : (['meeting.draw', 'meeting.set-agenda'] as const)),
      'meeting.change',
      'meeting.cancel',
    ];
  if (state.status === 'cancelled') return [];
  const open = state.tasks.some(isOpen);
  return [
    ...(open ? (['meeting.report-task', 'meeting.check-task'] as const) : []),
    ...(state.keeps === 'held' ? [] : (['meeting.mend'] as const)),
  ];
}
