import { z } from 'zod';
import type { PolicyKind } from '../../policy/model.ts';

/**
 * The one-stop hall (一站式大厅): desks that departments keep there every day or on their day, and the queue in front of
 * them. What people come with is received, registered and, where it can be, settled in one place.
 * Row D2; mechanisms REC-02, REC-03, ORG-08, 2:B32, 2:B46.
 */

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 09:00 这样');
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

// ── desks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const Kept = {
  /** What stands over it and in front of its ticket numbers: 3, A. */
  code: z
    .string()
    .trim()
    .regex(/^[A-Z0-9]{1,3}$/, '写 1 到 3 个大写字母或数字'),
  unit: z.uuid(),
  /** permanent: every working day (常驻); duty: on its weekdays only (值班). */
  form: z.enum(['permanent', 'duty']),
  /** 1 is Monday; of a duty desk. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
  from: Clock,
  to: Clock,
  /** What it takes care of, as people say it. */
  duties: z.array(Words(2, 40)).min(1, '至少写一项').max(20),
  /** Who sits there by turns. */
  people: z.array(z.uuid()).min(1, '至少选一个人').max(20),
};

export const HallDeskCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hall-desk.open'), area: z.uuid(), ...Kept }),
  z.object({ kind: z.literal('hall-desk.amend'), ...Kept }),
  z.object({ kind: z.literal('hall-desk.close'), reason: Words(2, 300) }),
  /** Their own act: they sit there now; and they leave. */
  z.object({ kind: z.literal('hall-desk.sit') }),
  z.object({ kind: z.literal('hall-desk.rise') }),
]);
export type HallDeskCommand = z.infer<typeof HallDeskCommand>;
export type Form = 'permanent' | 'duty';

export interface KeptDesk {
  readonly code: string;
  readonly unit: string;
  readonly form: Form;
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly duties: readonly string[];
  readonly people: readonly string[];
}

export type HallDeskEvent =
  | ({ kind: 'hall-desk.opened'; area: string; chain: readonly string[] } & KeptDesk)
  | ({ kind: 'hall-desk.amended' } & KeptDesk)
  | { kind: 'hall-desk.closed'; reason: string }
  | { kind: 'hall-desk.sat'; official: string }
  | { kind: 'hall-desk.rose'; official: string };

export interface OpenDesk extends KeptDesk {
  readonly status: 'open' | 'closed';
  readonly openedOn: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly sitting: { readonly official: string; readonly since: string } | undefined;
  /** Days on which somebody sat there, once for each. */
  readonly manned: readonly { readonly day: string; readonly official: string }[];
}
export type HallDeskState = { readonly status: 'none' } | OpenDesk;

export interface HallDeskFacts {
  readonly actor: string;
  readonly at: string;
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  readonly people: ReadonlySet<string>;
  /** Another desk of the hall has the same sign. */
  readonly codeTaken: boolean;
}

// ── tickets ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const TicketCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ticket.take'),
    desk: z.uuid(),
    /** Old, ill or disabled, or with a small child: served first. Which of these is nobody's business. */
    first: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('ticket.call') }),
  /** They stand at the desk. */
  z.object({ kind: z.literal('ticket.receive') }),
  z.object({ kind: z.literal('ticket.miss') }),
  /** They came after all: to the end of the queue, under the same number. */
  z.object({ kind: z.literal('ticket.requeue') }),
  /** Another desk sits with them. */
  z.object({ kind: z.literal('ticket.join'), desk: z.uuid() }),
  z.object({ kind: z.literal('ticket.transfer'), desk: z.uuid(), reason: Words(2, 300) }),
  /** What a desk says to it, of several. */
  z.object({ kind: z.literal('ticket.note'), desk: z.uuid(), words: Words(2, 1_000) }),
  z.object({
    kind: z.literal('ticket.register'),
    words: Words(2, 2_000),
    name: z.string().trim().max(40).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
      .optional(),
    area: z.uuid().optional(),
    household: z.uuid().optional(),
    category: z.string().trim().max(80).optional(),
    /** Raised before: the number of the matter it is linked to, in place of a new one. */
    number: z.string().trim().min(4).max(30).optional(),
  }),
  /** answered: on the spot, nothing to follow; registered: a matter carries it on. */
  z.object({ kind: z.literal('ticket.finish'), words: z.string().trim().max(500).optional() }),
]);
export type TicketCommand = z.infer<typeof TicketCommand>;

export type TicketEvent =
  | {
      kind: 'ticket.taken';
      area: string;
      chain: readonly string[];
      day: string;
      number: string;
      desk: string;
      unit: string;
      first: boolean;
      personal?: { key: string };
    }
  | { kind: 'ticket.called'; desk: string }
  | { kind: 'ticket.received'; desk: string }
  | { kind: 'ticket.missed' }
  | { kind: 'ticket.requeued' }
  | { kind: 'ticket.joined'; desk: string; unit: string }
  | { kind: 'ticket.transferred'; from: string; desk: string; unit: string; reason: string }
  | { kind: 'ticket.noted'; desk: string; personal?: { words: string } }
  | {
      /** Carries all that a matter needs, so that one can be registered from it. */
      kind: 'ticket.registered';
      item: number;
      area: string;
      category?: string;
      household?: string;
      matter?: string;
      personal?: { words: string; name?: string; phone?: string };
    }
  | { kind: 'ticket.finished'; words?: string };

export interface Ticket {
  readonly status: 'waiting' | 'called' | 'serving' | 'missed' | 'done';
  readonly area: string;
  readonly chain: readonly string[];
  readonly day: string;
  readonly number: string;
  readonly key: string;
  /** The desk it waits for or is at, and those that sit with it. */
  readonly desk: string;
  readonly desks: readonly string[];
  readonly units: readonly string[];
  readonly first: boolean;
  readonly takenAt: string;
  /** By which it stands in the queue: a transfer keeps its place, who did not come goes to the end. */
  readonly queuedAt: string;
  readonly calledAt: string | undefined;
  /** When they first stood at a desk. */
  readonly receivedAt: string | undefined;
  readonly finishedAt: string | undefined;
  readonly misses: number;
  readonly transfers: number;
  readonly notes: readonly { readonly desk: string; readonly words: string; readonly at: string }[];
  readonly matters: readonly { readonly version: number; readonly linked: string | undefined }[];
}
export type TicketState = { readonly status: 'none' } | Ticket;

export interface TicketFacts {
  readonly actor: string;
  readonly at: string;
  /** The desk the command names, if it is open. */
  readonly desk:
    | {
        readonly id: string;
        readonly unit: string;
        readonly code: string;
        readonly area: string;
        readonly chain: readonly string[];
      }
    | undefined;
  /** The place a matter is registered for, or the hall's. */
  readonly placeKnown: boolean;
  readonly matter: string | undefined;
  /** take: the next number of the hall's day, and a key to look at one's place in the queue. */
  readonly fresh: { readonly count: number; readonly key: string } | undefined;
  readonly policy: HallPolicy;
}

export const hallRefusals = {
  'hall-desk.exists': '这个窗口已经设过了。',
  'hall-desk.unknown': '没有找到这个窗口。',
  'hall-desk.place-unknown': '没有找到这个地方，请重新选。',
  'hall-desk.unit-unknown': '没有这个单位，请重新选。',
  'hall-desk.people-unknown': '名单里有人不在岗，请重新选。',
  'hall-desk.code-taken': '大厅里已经有这个窗口号，请换一个。',
  'hall-desk.times-wrong': '结束时间要晚于开始时间。',
  'hall-desk.weekdays-missing': '值班窗口要选星期几来。',
  'hall-desk.closed': '这个窗口已经撤了。',
  'hall-desk.not-listed': '您不在这个窗口的值守名单里，请先请管理窗口的人加上。',
  'hall-desk.occupied': '已经有人坐在这个窗口，请他先离开。',
  'hall-desk.empty': '现在没有人坐在这个窗口。',
  'hall-desk.not-you': '坐在这个窗口的不是您。',
  'hall-desk.nobody-waiting': '现在没有人在等这个窗口。',
  'ticket.exists': '这个号已经取过了。',
  'ticket.unknown': '没有找到这个号。',
  'ticket.desk-unknown': '没有这个窗口，或者已经撤了，请重新选。',
  'ticket.other-hall': '这个窗口不在同一个大厅，请重新选。',
  'ticket.day-over': '这个号是以前的，请重新取号。',
  'ticket.not-waiting': '这个号已经叫过或者办完了。',
  'ticket.not-called': '还没有叫这个号。',
  'ticket.not-serving': '人还没有到窗口，请先点“来了”。',
  'ticket.not-missed': '这个号没有过号。',
  'ticket.same-desk': '本来就在这个窗口。',
  'ticket.desk-not-here': '这个窗口没有参加接待，请先请它来。',
  'ticket.place-unknown': '没有找到这个地方，请重新选。',
  'ticket.number-unknown': '没有这个编号，请对一下再写。',
  'ticket.done': '这个号已经办完了。',
} as const;

export const HallPolicy = z.object({
  /** So many served first in a row, then one who has waited longest; 0: nobody is served first. */
  firstInRow: z.int().min(0).max(20),
  /** Who is served first, as it is told at the entrance. */
  firstFor: z.array(Words(2, 20)).max(10),
  /** How many calls the hall's screen shows. */
  shown: z.int().min(1).max(12),
  /** Spoken and shown: what the hall is called. */
  name: Words(2, 40),
});
export type HallPolicy = z.infer<typeof HallPolicy>;

export const HALL_POLICY = 'hall';
export const hallPolicies: readonly PolicyKind[] = [
  {
    name: HALL_POLICY,
    title: '接访大厅',
    schema: HallPolicy,
    standard: {
      source: '一站式接待、联合接访；叫号和优先的办法文件没有写，为系统初始设置，使用前请按本地安排改',
      document: {
        firstInRow: 3,
        firstFor: ['老年人', '残疾人', '病人', '带小孩的'],
        shown: 6,
        name: '群众来访接待大厅',
      },
    },
  },
];
