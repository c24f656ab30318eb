import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { periods } from '../duties/model.ts';
import { unitTypes } from '../organisation/model.ts';
import type { IssuedPaper, Paper, TakenNumber } from '../register/model.ts';
import type { PolicyKind } from '../policy/model.ts';
import { meetingTemplates } from './templates.ts';

/**
 * Meetings (row K1; MTG-01 … MTG-04, ORG-11, ORG-12, 2:D1 2:C1 2:B8 2:G2 2:I16 2:I19 2:J4 2:L5 2:M13): called from a
 * template, with an agenda drawn from the data; minutes in the accustomed form; decisions that are tasks of a unit and
 * a person until a day, looked at again at the next meeting of the same series.
 */
export const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 09:00 这样');

/** Where a line of the agenda comes from. */
export const agendaSources = [
  'standing',
  'task',
  'overdue',
  'referred',
  'crossing',
  'order',
  'hotspot',
  'typed',
] as const;
export type AgendaSource = (typeof agendaSources)[number];
/** Lines that name a matter by its id. */
export const ofMatters: ReadonlySet<AgendaSource> = new Set(['overdue', 'referred', 'crossing']);

/**
 * What may be written down of a meeting: `held` only that it took place and who was there (2:M13: never what was
 * said); `minutes` topics and decisions; `remarks` besides, what each speaker said, numbered (2:J4).
 */
export const Keeps = z.enum(['held', 'minutes', 'remarks']);
export type Keeps = z.infer<typeof Keeps>;

export const MeetingTemplate = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  name: Words(2, 40),
  /** How often it is held; without it when it is called. */
  period: z.enum(periods).optional(),
  /** The weekday it is accustomed to; 1 is Monday. */
  weekday: z.int().min(1).max(7).optional(),
  /** The kinds of units that hold it regularly: what the look at regularity asks of. */
  heldBy: z.array(z.enum(unitTypes)).readonly(),
  keeps: Keeps,
  /** Lines that always stand on its agenda. */
  standing: z.array(Words(2, 60)).max(12).readonly(),
  /** What the data put on its agenda. */
  draws: z
    .array(z.enum(['task', 'overdue', 'referred', 'crossing', 'order', 'hotspot']))
    .max(6)
    .readonly(),
  /** Each decision says whether it was taken together or left to the deputy in charge (2:G2). */
  classifies: z.boolean().default(false),
  /** What duties count it as. */
  evidence: z.enum(['meeting', 'weekly-meeting', 'study-session', 'month-summary', 'joint-meeting', 'review-meeting']),
  source: Words(2, 300),
  confidence: z.enum(['A', 'B', 'C']),
});
export type MeetingTemplate = z.infer<typeof MeetingTemplate>;

export const MeetingsPolicy = z.object({
  templates: z.array(MeetingTemplate).min(1).max(60).readonly(),
  /** At most so many matters of one kind are drawn onto an agenda; how many there are in all is said beside them. */
  most: z.int().min(1).max(50),
  /** Days within which the minutes are to be written. */
  minutesWithin: z.int().min(0).max(30),
  /** How many periods back the look at regularity goes. */
  looksBack: z.int().min(1).max(24),
});
export type MeetingsPolicy = z.infer<typeof MeetingsPolicy>;

/** Fields of work, each of which has its three layers of people in charge in every unit it is for (2:C2). */
export const ResponsibilitiesPolicy = z.object({
  fields: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
        name: Words(2, 40),
        heldBy: z.array(z.enum(unitTypes)).min(1).readonly(),
        /** Duties that belong to it, by the id of their template. */
        duties: z.array(z.string().min(1).max(61)).max(30).readonly(),
        source: Words(2, 300),
      }),
    )
    .max(60)
    .readonly(),
});
export type ResponsibilitiesPolicy = z.infer<typeof ResponsibilitiesPolicy>;

export const meetingPolicies: readonly PolicyKind[] = [
  {
    name: 'meetings',
    title: '会议',
    schema: MeetingsPolicy,
    standard: {
      source: '各项会议写在各自的来源里；纪要 3 日内成文、回看 6 期为初始设置，请按本地规定核对',
      document: { templates: meetingTemplates, most: 8, minutesWithin: 3, looksBack: 6 },
    },
  },
  {
    name: 'responsibilities',
    title: '三层责任',
    schema: ResponsibilitiesPolicy,
    standard: {
      source: '主要领导是第一责任人，分管领导抓落实，联络员上下联系；列哪些工作由县里定，以下为初始设置',
      document: {
        fields: [
          {
            id: 'mass-work',
            name: '群众工作',
            heldBy: ['department', 'township'],
            duties: [],
            source: '《群众工作格局》：党委统一领导，部门各负其责',
          },
          {
            id: 'petitions',
            name: '信访和诉求办理',
            heldBy: ['department', 'township'],
            duties: ['reception-heads'],
            source: '信访联席会议',
          },
          {
            id: 'disputes',
            name: '矛盾排查调解',
            heldBy: ['township'],
            duties: [],
            source: '每月排查',
          },
          {
            id: 'going-down',
            name: '驻村走访和民情日记',
            heldBy: ['township'],
            duties: ['village-days', 'diary-day'],
            source: '驻村办点、民情日记制度',
          },
        ],
      },
    },
  },
];

// ── a meeting ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const AgendaItem = z.object({
  source: z.enum(agendaSources),
  /** Of a line that was typed or always stands there; what the data put there is named by its record. */
  words: Words(2, 200).optional(),
  /** The matter, order or hot spot, or the meeting whose task it is. */
  ref: z.uuid().optional(),
  /** The task's place at that meeting. */
  task: z.int().min(0).max(199).optional(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const deciders = ['together', 'delegated'] as const;
export const deciderNames: Readonly<Record<(typeof deciders)[number], string>> = {
  together: '集体议定',
  delegated: '分管领导定',
};

export const Decision = z.object({
  words: Words(4, 500),
  unit: z.uuid(),
  official: z.uuid(),
  due: Day,
  by: z.enum(deciders).optional(),
  /** The matter on the agenda it is about, and the units that do a part of it beside the one that leads. */
  matter: z.uuid().optional(),
  parts: z.array(z.uuid()).max(12, '协办单位最多 12 个').optional(),
});
export type Decision = z.infer<typeof Decision>;

const Item = z.object({
  words: Words(2, 500),
  /** What was said on it, one after another; only where the template keeps remarks. */
  remarks: z
    .array(z.object({ who: Words(1, 40), words: Words(2, 1_000) }))
    .max(60)
    .optional(),
});

export const taskSteps = ['doing', 'done', 'stuck'] as const;
export type TaskStep = (typeof taskSteps)[number];
export const outcomes = ['kept', 'again', 'dropped'] as const;
export type Outcome = (typeof outcomes)[number];
export type TaskState = 'open' | TaskStep | 'kept' | 'dropped';
export const taskNames: Readonly<Record<TaskState, string>> = {
  open: '还没有回报',
  doing: '在办',
  done: '说办好了，等下次会上核',
  stuck: '碰到困难',
  kept: '已落实',
  dropped: '不再办',
};

const People = z.array(z.uuid()).max(200);
const called = {
  day: Day,
  from: Clock,
  place: Words(2, 80),
};

export const MeetingCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('meeting.call'),
    template: z.string().max(40),
    /** What it is called this time; the template's name when left out. */
    name: Words(2, 80).optional(),
    unit: z.uuid(),
    /** The standing group that meets. */
    group: z.uuid().optional(),
    ...called,
    chair: z.uuid(),
    recorder: z.uuid().optional(),
    invited: People.min(1, '至少请一个人'),
  }),
  z.object({ kind: z.literal('meeting.change'), ...called, reason: Words(2, 200) }),
  z.object({ kind: z.literal('meeting.cancel'), reason: Words(2, 200) }),
  /** Draws the agenda from the data again; lines that were typed stay. */
  z.object({ kind: z.literal('meeting.draw') }),
  z.object({ kind: z.literal('meeting.set-agenda'), items: z.array(AgendaItem).max(80) }),
  /** A matter that was handed to this meeting: follows from that, nobody gives it. */
  z.object({ kind: z.literal('meeting.put-on'), matter: z.uuid() }),
  z.object({
    kind: z.literal('meeting.hold'),
    present: People.min(1, '至少写一个到会的人'),
    /** Who was called and did not come, with the reason given. */
    absent: z.array(z.object({ official: z.uuid(), why: Words(1, 100) })).max(200),
    /** Others who sat in, as a line of the minutes. */
    guests: z.string().trim().max(300).optional(),
    documents: z.array(Words(2, 120)).max(20).optional(),
    items: z.array(Item).max(60).optional(),
    decisions: z.array(Decision).max(60).optional(),
  }),
  /** Mends the minutes' topics; decisions have a life of their own by then. */
  z.object({
    kind: z.literal('meeting.mend'),
    documents: z.array(Words(2, 120)).max(20),
    items: z.array(Item).max(60),
    reason: Words(2, 200),
  }),
  z.object({
    kind: z.literal('meeting.report-task'),
    task: z.int().min(0).max(199),
    step: z.enum(taskSteps),
    words: Words(2, 500),
  }),
  /** At a later meeting of the same series: kept, again until another day, or dropped with the reason. */
  z.object({
    kind: z.literal('meeting.check-task'),
    task: z.int().min(0).max(199),
    /** The meeting at which it is looked at. */
    at: z.uuid(),
    outcome: z.enum(outcomes),
    words: Words(2, 500),
    due: Day.optional(),
  }),
]);
export type MeetingCommand = z.infer<typeof MeetingCommand>;

type Minutes = {
  readonly present: readonly string[];
  readonly absent: readonly { readonly official: string; readonly why: string }[];
  readonly guests: string | undefined;
  readonly documents: readonly string[];
  readonly items: readonly z.infer<typeof Item>[];
};

export type MeetingEvent =
  | {
      kind: 'meeting.called';
      template: string;
      name: string;
      keeps: Keeps;
      evidence: MeetingTemplate['evidence'];
      /** Every decision is to say who takes it. */
      classifies: boolean;
      unit: string;
      group?: string;
      chain: readonly string[];
      day: string;
      from: string;
      place: string;
      chair: string;
      recorder?: string;
      invited: readonly string[];
      agenda: readonly AgendaItem[];
      by: string;
    }
  | { kind: 'meeting.changed'; day: string; from: string; place: string; reason: string }
  | { kind: 'meeting.cancelled'; reason: string }
  | { kind: 'agenda.set'; items: readonly AgendaItem[] }
  /** The minutes are a paper from here on; none where only that it was held is kept, and none of those of before. */
  | ({ kind: 'meeting.held'; decisions: readonly Decision[]; paper?: IssuedPaper } & Minutes)
  | { kind: 'minutes.mended'; documents: Minutes['documents']; items: Minutes['items']; reason: string }
  | { kind: 'task.reported'; task: number; step: TaskStep; words: string }
  | { kind: 'task.checked'; task: number; at: string; outcome: Outcome; words: string; due?: string };

export interface Task extends Decision {
  readonly state: TaskState;
  /** When the unit last said how far it is, and what it said. */
  readonly report: { readonly on: string; readonly words: string } | undefined;
  /** Each time a later meeting looked at it. */
  readonly checks: readonly {
    readonly at: string;
    readonly on: string;
    readonly outcome: Outcome;
    readonly words: string;
    readonly due: string;
  }[];
}

export interface Meeting {
  readonly status: 'called' | 'held' | 'cancelled';
  readonly template: string;
  readonly name: string;
  readonly keeps: Keeps;
  readonly evidence: MeetingTemplate['evidence'];
  readonly classifies: boolean;
  readonly unit: string;
  readonly group: string | undefined;
  readonly chain: readonly string[];
  readonly day: string;
  readonly from: string;
  readonly place: string;
  readonly chair: string;
  readonly recorder: string | undefined;
  readonly invited: readonly string[];
  readonly agenda: readonly AgendaItem[];
  readonly by: string;
  /** Why it was changed or called off. */
  readonly reason: string | undefined;
  readonly minutes: (Minutes & { readonly writtenOn: string; readonly revisions: number }) | undefined;
  readonly tasks: readonly Task[];
  readonly papers: readonly Paper[];
}
export type MeetingState = { readonly status: 'none' } | Meeting;

export interface MeetingFacts {
  readonly actor: string;
  readonly at: string;
  readonly units: readonly string[];
  readonly template: MeetingTemplate | undefined;
  /** Where the unit's area lies; undefined when there is no such unit. */
  readonly chain: readonly string[] | undefined;
  /** Of the standing group named: whether it meets now. */
  readonly groupKnown: boolean;
  /** Of all people named, those at work. */
  readonly people: ReadonlySet<string>;
  /** Of all units named, those that exist. */
  readonly unitsKnown: ReadonlySet<string>;
  /** What the data put on the agenda now. */
  readonly drawn: readonly AgendaItem[];
  /** hold: the number of the minutes. */
  readonly taken: TakenNumber;
  /** Of the meeting a task is looked at: whether it is a later one of the same series. */
  readonly laterOfSeries: boolean;
  /** Of the task looked at: whether the matter it is about is still in work. */
  readonly matterOpen: boolean;
}

// ── a standing group ───────────────────────────────────────────────────────────────────────────────────────────────

export const groupForms = ['leading', 'joint'] as const;
export type GroupForm = (typeof groupForms)[number];
export const groupFormNames: Readonly<Record<GroupForm, string>> = { leading: '领导小组', joint: '联席会议' };
export const seats = ['chair', 'deputy', 'member', 'liaison'] as const;
export type SeatKind = (typeof seats)[number];
/** What a seat is called: of a leading group, and of a joint meeting. */
export const seatNames: Readonly<Record<GroupForm, Readonly<Record<SeatKind, string>>>> = {
  leading: { chair: '组长', deputy: '副组长', member: '成员', liaison: '联络员' },
  joint: { chair: '召集人', deputy: '副召集人', member: '成员', liaison: '联络员' },
};

export const StandingGroupCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('standing-group.found'),
    form: z.enum(groupForms),
    name: Words(4, 60),
    /** What it is there for. */
    purpose: Words(4, 500),
    /** The place it is for. */
    area: z.uuid(),
    /** The unit that does its daily work: where its office is. */
    office: z.uuid(),
    /** The notice it rests on. */
    source: Words(2, 200),
    since: Day,
  }),
  z.object({
    kind: z.literal('standing-group.amend'),
    name: Words(4, 60),
    purpose: Words(4, 500),
    office: z.uuid(),
    source: Words(2, 200),
  }),
  z.object({
    kind: z.literal('standing-group.seat'),
    official: z.uuid(),
    seat: z.enum(seats),
    since: Day,
  }),
  z.object({ kind: z.literal('standing-group.unseat'), official: z.uuid(), until: Day, reason: Words(2, 200) }),
  z.object({ kind: z.literal('standing-group.end'), until: Day, reason: Words(2, 200) }),
]);
export type StandingGroupCommand = z.infer<typeof StandingGroupCommand>;

export interface Seat {
  readonly official: string;
  readonly seat: SeatKind;
  readonly since: string;
  readonly until: string | undefined;
}

type Founded = Omit<Extract<StandingGroupCommand, { kind: 'standing-group.found' }>, 'kind'> & {
  readonly chain: readonly string[];
};
export type StandingGroupEvent =
  | ({ kind: 'standing-group.founded' } & Founded)
  | { kind: 'standing-group.amended'; name: string; purpose: string; office: string; source: string }
  | { kind: 'standing-group.seated'; official: string; seat: SeatKind; since: string }
  | { kind: 'standing-group.unseated'; official: string; until: string; reason: string }
  | { kind: 'standing-group.ended'; until: string; reason: string };

export interface StandingGroup extends Founded {
  readonly status: 'standing' | 'ended';
  readonly seats: readonly Seat[];
  readonly until: string | undefined;
  readonly reason: string | undefined;
}
export type StandingGroupState = { readonly status: 'none' } | StandingGroup;
export interface StandingGroupFacts {
  readonly at: string;
  readonly chain: readonly string[] | undefined;
  readonly officeKnown: boolean;
  readonly personKnown: boolean;
}

// ── three layers of responsibility ─────────────────────────────────────────────────────────────────────────────────

export const layers = ['principal', 'deputy', 'liaison'] as const;
export type Layer = (typeof layers)[number];
export const layerNames: Readonly<Record<Layer, string>> = {
  principal: '第一责任人',
  deputy: '分管领导',
  liaison: '联络员',
};

/** One record for each unit and field of work. */
export const ResponsibilityCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('responsibility.assign'),
    unit: z.uuid(),
    field: z.string().max(40),
    principal: z.uuid(),
    deputy: z.uuid(),
    liaison: z.uuid(),
    since: Day,
  }),
]);
export type ResponsibilityCommand = z.infer<typeof ResponsibilityCommand>;
export type ResponsibilityEvent = {
  kind: 'responsibility.assigned';
  unit: string;
  field: string;
  principal: string;
  deputy: string;
  liaison: string;
  since: string;
  /** Every area that contains the unit's, from the county down. */
  chain: readonly string[];
};
export interface Responsibility {
  readonly status: 'assigned';
  readonly unit: string;
  readonly field: string;
  readonly chain: readonly string[];
  /** Who it was and is, the latest last. */
  readonly terms: readonly {
    readonly principal: string;
    readonly deputy: string;
    readonly liaison: string;
    readonly since: string;
    readonly by: string;
  }[];
}
export type ResponsibilityState = { readonly status: 'none' } | Responsibility;
export interface ResponsibilityFacts {
  readonly chain: readonly string[] | undefined;
  readonly fieldKnown: boolean;
  readonly people: ReadonlySet<string>;
  /** The record of this unit and field; a command to another one is a mistake. */
  readonly own: boolean;
}

export const meetingRefusals = {
  'meeting.exists': '这个会已经通知过了。',
  'meeting.unknown': '没有找到这个会。',
  'meeting.template-unknown': '没有这种会议，请重新选。',
  'meeting.unit-unknown': '没有找到这个单位，请重新选。',
  'meeting.group-unknown': '没有找到这个领导小组或联席会议，或者它已经撤销。',
  'meeting.person-unknown': '有的人没有找到，或者已经不在岗，请重新选。',
  'meeting.over': '这个会已经开过或者取消了。',
  'meeting.not-held': '这个会还没有开，先写纪要。',
  'meeting.not-yet': '会还没有到开的日子，先不写纪要。',
  'meeting.chair-away': '主持人没有到会：请在到会的人里加上主持人，或者先改期。',
  'meeting.nobody-unaccounted': '通知了的人，到会和缺席里都没有写。缺席的要写原因。',
  'meeting.only-held': '这种会只记开过、谁到了，不记谁说了什么。',
  'meeting.no-remarks': '这种会的纪要只写议题和议定事项，不记每个人的发言。',
  'meeting.who-decides': '请说明这一件是集体议定，还是分管领导定。',
  'meeting.due-past': '完成的日子要在开会那天以后。',
  'meeting.task-unknown': '没有这一件任务。',
  'meeting.task-other': '这一件是别的单位、别的人的。',
  'meeting.task-over': '这一件已经有结果了。',
  'meeting.other-series': '要在同一种会的下一次会上核，请选对会议。',
  'meeting.due-needed': '还要接着办的，请写新的日子。',
  'meeting.matter-not-on': '这件事不在议程上，请先加进议程，或者不连到这件事。',
  'meeting.matter-open': '这一件连着的事还没有办结，现在不能算落实。办结了再核，或者写“接着办”。',
  'meeting.hand-checked': '自己的任务不能自己核，请主持人或记录的人来核。',
  'standing-group.exists': '这个机构已经建了。',
  'standing-group.unknown': '没有找到这个领导小组或联席会议。',
  'standing-group.place-unknown': '没有找到这个地方，请重新选。',
  'standing-group.office-unknown': '没有找到这个单位，请重新选。',
  'standing-group.person-unknown': '没有找到这个人，或者已经不在岗。',
  'standing-group.chair-taken': '已经有一位在任，先写明前一位到哪天为止。',
  'standing-group.seated': '这个人已经在里面，先写明前一个身份到哪天为止。',
  'standing-group.not-seated': '这个人不在里面。',
  'standing-group.dates': '结束的日子不能早于开始的日子。',
  'standing-group.over': '这个机构已经撤销。',
  'responsibility.unit-unknown': '没有找到这个单位，请重新选。',
  'responsibility.field-unknown': '没有这一项工作，请重新选。',
  'responsibility.person-unknown': '有的人没有找到，或者已经不在岗，请重新选。',
  'responsibility.same-person': '三层要由三个人担：第一责任人、分管领导、联络员不能是同一个人。',
  'responsibility.unchanged': '和现在的一样，不用再存。',
  'responsibility.earlier': '新的开始日子不能早于上一次。',
} as const;
