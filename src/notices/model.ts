import { z } from 'zod';
import type { Calendar, Day, Instant } from '../calendar/model.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { Policies } from '../ledger/record.ts';
import type { PolicyKind } from '../policy/model.ts';
import { type NoticeKindName, insideFields, kindOf, noticeKinds, outsideFields } from './kinds.ts';

/**
 * Notices (row L6) and reminders (row C5): who is told what, by which way, when, and how far it got.
 *
 * Three ways behind one interface: the bell inside the system, mail, and text messages. What leaves the house says a
 * number and a plain state, never a name or what somebody wrote.
 */

export const Way = z.enum(['in-app', 'mail', 'sms']);
export type Way = z.infer<typeof Way>;

export const DeliveryState = z.enum(['waiting', 'sending', 'sent', 'delivered', 'failed', 'withdrawn']);
export type DeliveryState = z.infer<typeof DeliveryState>;

// ── what an event tells ────────────────────────────────────────────────────────────────────────────────────────────

/** Whom a notice is for. Units are looked up when it is written: whoever speaks for them then. */
export type To =
  | { readonly official: string | undefined }
  /** Who takes what comes to a unit, and where nobody is named, everyone who handles or takes in there. */
  | { readonly unit: string | undefined }
  /** Everyone who takes in and sends on at a unit's desk: they share one inbox. */
  | { readonly desk: string | undefined }
  /** Who leads a unit. */
  | { readonly headOf: string | undefined }
  /** The level that supervises, by the policy `reminders`, over a place. */
  | { readonly above: readonly string[] }
  /** The one who raised the matter, by the telephone left for it. */
  | 'resident';

/** One thing to tell. `words` fill the fields of its sentence. */
export interface Telling {
  readonly kind: NoticeKindName;
  readonly to: To;
  readonly words?: NoticeWords;
}

/** What a notice says besides its sentence. `unit` is an id, named when it is read. */
export interface NoticeWords {
  readonly number?: string | undefined;
  readonly unit?: string | undefined;
  readonly day?: Day | undefined;
}

/** What follows an event, as somebody's to know: `state` is the record right after it. */
export interface Happened<State = unknown> {
  readonly record: string;
  readonly stream: string;
  readonly state: State;
  readonly calendar: Calendar;
}

export interface NoticeRules {
  /** By kind of event. */
  // Each rule knows the event and state of its own kind; the table holds all of them.
  // oxlint-disable-next-line no-explicit-any
  readonly tellings: Readonly<Record<string, (event: Recorded<any>, happened: Happened<any>) => Telling[]>>;
  /** By kind of record: the clocks that run on it, for reminders. */
  readonly deadlines: Readonly<Record<string, DeadlineRule>>;
}

export interface DeadlineRule {
  /** The clocks that run on a record as it stands; none while they stand still. */
  // oxlint-disable-next-line no-explicit-any
  of(state: any, calendar: Calendar, policies: Policies): Deadline[];
  /** Where the records that may have one stand: a read table, its column with their id, and the condition. */
  readonly open: { readonly table: string; readonly id: string; readonly where: string };
}

/** A clock that runs on a record, as reminders see it. */
export interface Deadline {
  /** Which run of which clock, without the date: the same clock moved to another date is reminded of anew. */
  readonly run: string;
  readonly due: Instant;
  /** The day in Shanghai that `due` lies on. */
  readonly day: Day;
  /** Counted in hours: reminded some hours before, and as something urgent. */
  readonly hours: boolean;
  /** When it began to run: nothing is due to be said before. */
  readonly since: Instant;
  readonly handler: To;
  readonly leader: To;
  readonly above: To;
  /** Which words: of something with a number, of a promise, of a task set at a meeting, of anything else that is owed. */
  readonly about: 'reminder' | 'promise' | 'task' | 'owed';
  readonly words: NoticeWords;
}

// ── rules a county sets ────────────────────────────────────────────────────────────────────────────────────────────

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30 这样');

/** From, inclusive, to, exclusive, on working days of the calendar or on all days. */
export const Hours = z
  .object({ from: time, to: time, days: z.enum(['working', 'all']) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: '结束要晚于开始' });
export type Hours = z.infer<typeof Hours>;

export const NoticeSettings = z.object({
  /** When officials may be written to. */
  officials: Hours,
  /** When officials may be written to about what is urgent. */
  urgent: Hours,
  /** When residents may be texted. */
  residents: Hours,
  /** When the daily letter goes out, on working days. */
  digestAt: time,
  /** Whether text messages go to residents who left a telephone for the matter and did not say no. */
  textResidents: z.boolean(),
  /** Whether urgent notices also go to the official's work phone by text message. */
  textOfficials: z.boolean(),
  /** After so many failed attempts a message is given up. */
  mostAttempts: z.int().min(1).max(50),
  /** Days after which a notice and how it was delivered are forgotten. */
  keepDays: z.int().min(30).max(3650),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

export const ReminderSettings = z.object({
  /** Working days before the last one; 0 is the last day itself. */
  before: z.array(z.int().min(0).max(60)).max(10),
  /** The same for clocks counted in hours. */
  beforeHours: z.array(z.int().min(1).max(240)).max(10),
  /** Working days after the due date, and who is told then. 0: as soon as work begins again. */
  late: z
    .array(z.object({ days: z.int().min(0).max(250), to: z.enum(['handler', 'leader', 'above']) }))
    .max(20)
    .refine((steps) => new Set(steps.map(({ days, to }) => `${to} ${days}`)).size === steps.length, '有一步重复了'),
  /** Who supervises: inspectors of the place, its leaders, or the heads of townships. */
  above: z.enum(['inspector', 'leader', 'head']),
});
export type ReminderSettings = z.infer<typeof ReminderSettings>;

const fieldsIn = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);

/** A sentence with named fields: only fields that are known, braces that close, and nothing that looks like a number to call. */
const sentence = (fields: readonly string[], max: number) =>
  z
    .string()
    .trim()
    .min(4, '至少写 4 个字')
    .max(max, `最多 ${max} 个字`)
    .superRefine((text, context) => {
      const known = fields.join('、');
      for (const name of fieldsIn(text))
        if (!fields.includes(name))
          context.addIssue({
            code: 'custom',
            message: `没有“${name}”这一栏，能用的有：${known}`,
          });
      if (/[{}]/.test(text.replace(/\{[^{}]*\}/g, ''))) context.addIssue({ code: 'custom', message: '大括号没有配好' });
    });

/** A text message of two parts at most. */
const OUTSIDE_MAX = 130;

export const NoticeTemplate = z.object({
  inside: sentence(insideFields, 80).optional(),
  outside: sentence(outsideFields, OUTSIDE_MAX),
  urgent: z.boolean(),
});
export type NoticeTemplate = z.infer<typeof NoticeTemplate>;

const kindNames = Object.keys(noticeKinds) as NoticeKindName[];

/** What a kind says until somebody writes it otherwise. */
export const standardTemplate = (name: NoticeKindName): NoticeTemplate => {
  const { inside, outside, urgent } = kindOf(name);
  return { ...(inside === undefined ? {} : { inside }), outside, urgent: urgent === true };
};

/** Kinds that were added after a county wrote its own say what they say by themselves. */
export const NoticeTemplates = z.object(
  Object.fromEntries(kindNames.map((name) => [name, NoticeTemplate.optional()])) as Record<
    NoticeKindName,
    z.ZodOptional<typeof NoticeTemplate>
  >,
);
export type NoticeTemplates = z.infer<typeof NoticeTemplates>;

export const templateOf = (templates: NoticeTemplates, name: NoticeKindName): NoticeTemplate =>
  templates[name] ?? standardTemplate(name);

export const noticePolicies: readonly PolicyKind[] = [
  {
    name: 'notices',
    title: '通知的时间和方式',
    schema: NoticeSettings,
    standard: {
      document: {
        officials: { from: '08:30', to: '17:30', days: 'working' },
        urgent: { from: '07:30', to: '21:00', days: 'all' },
        residents: { from: '08:00', to: '20:00', days: 'all' },
        digestAt: '08:30',
        textResidents: true,
        textOfficials: false,
        mostAttempts: 12,
        keepDays: 365,
      } satisfies NoticeSettings,
      source: '本系统的默认值，由县里确认或修改',
    },
  },
  {
    name: 'reminders',
    title: '到期提醒和超期上报',
    schema: ReminderSettings,
    standard: {
      document: {
        before: [2, 0],
        beforeHours: [4, 1],
        late: [
          { days: 0, to: 'handler' },
          { days: 2, to: 'leader' },
          { days: 5, to: 'above' },
        ],
        above: 'inspector',
      } satisfies ReminderSettings,
      source: '本系统的默认值，由县里确认或修改',
    },
  },
  {
    name: 'notice-templates',
    title: '通知的说法',
    schema: NoticeTemplates,
    standard: {
      document: Object.fromEntries(kindNames.map((name) => [name, standardTemplate(name)])),
      source: '随系统提供的说法',
    },
  },
];

// ── what people choose ─────────────────────────────────────────────────────────────────────────────────────────────

/** How an official wants to be told besides in the system. */
export const NoticeChoiceCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('notice.choose'),
    /** A work address; none: no letters. */
    mail: z.email('邮箱写成 name@example.gov.cn 这样').max(120).nullable(),
    /** What is not urgent comes in one letter a working day. */
    digest: z.boolean(),
  }),
]);
export type NoticeChoiceCommand = z.infer<typeof NoticeChoiceCommand>;
export type NoticeChoiceEvent = { kind: 'notice.chosen'; digest: boolean; personal?: { mail: string } };
export interface NoticeChoiceState {
  readonly official: string;
  readonly mail: string | undefined;
  readonly digest: boolean;
}

/** Whether the one who raised a matter wants text messages about it. */
export const TextingCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('texting.allow'), matter: z.uuid() }),
  z.object({ kind: z.literal('texting.stop'), matter: z.uuid() }),
]);
export type TextingCommand = z.infer<typeof TextingCommand>;
export type TextingEvent = { kind: 'texting.allowed'; matter: string } | { kind: 'texting.stopped'; matter: string };
export interface TextingState {
  readonly matter: string;
  /** Undefined: nothing was said, the county's rule stands. */
  readonly allowed: boolean | undefined;
}
export interface TextingFacts {
  /** The matter named, where the record is the one kept for it. */
  readonly matter: { readonly number: string; readonly chain: readonly string[] } | undefined;
}

/** What a matter's page says of who was told. */
export interface ToldOfMatter {
  readonly deliveries: readonly {
    readonly to: string;
    readonly resident: boolean;
    readonly what: string;
    readonly kind: string;
    readonly way: Way;
    readonly wayName: string;
    readonly state: DeliveryState;
    readonly stateName: string;
    readonly fault: string | null;
    readonly attempts: number;
    readonly taken: boolean;
    readonly at: string;
    /** When it went or arrived; while it waits, when it is due. */
    readonly when: string;
  }[];
  readonly texting: {
    /** Whether a telephone was left for the matter. */
    readonly there: boolean;
    readonly allowed: boolean;
    /** What the resident said; null: nothing. */
    readonly said: boolean | null;
    /** What the asker may put down for them. */
    readonly can: 'allow' | 'stop' | null;
  };
}

export const noticeRefusals = {
  'notice.unchanged': '和原来一样，没有要改的。',
  'notice.nothing-failed': '没有要重新发的邮件。',
  'texting.unknown': '没有找到这件事。',
  'texting.unchanged': '已经是这样了。',
} as const;
