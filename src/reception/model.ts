import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Leaders' reception days (领导接访): who sits where on which day is planned for a month from the duty templates, told
 * in advance, booked, kept by the leader's own act, and followed to the resident's own word.
 * Row D1; mechanisms H3, REC-04 … REC-08, 2:A3, 2:B3, 2:B11.
 */

export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 09:00 这样');
export const Month = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, '月份写成 2026-12 这样');
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const Phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号');

/** Where and when somebody sits, as it is told to everyone. */
const Sitting = { day: Day, from: Clock, to: Clock, spot: Words(2, 120) };

// ── the rota ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const RotaCommand = z.discriminatedUnion('kind', [
  /** Plans a month from one duty template; again while it is a draft, and what was edited is planned anew. */
  z.object({ kind: z.literal('rota.draft'), area: z.uuid(), duty: z.string().min(1).max(61), month: Month }),
  /** One more day, of somebody. */
  z.object({ kind: z.literal('rota.put'), official: z.uuid(), ...Sitting }),
  /** Another day, time or place of an entry, or somebody else in it. */
  z.object({
    kind: z.literal('rota.move'),
    entry: z.int().min(1).max(9_999),
    official: z.uuid(),
    ...Sitting,
  }),
  z.object({ kind: z.literal('rota.drop'), entry: z.int().min(1).max(9_999) }),
  z.object({ kind: z.literal('rota.publish') }),
]);
export type RotaCommand = z.infer<typeof RotaCommand>;

export interface Sits {
  readonly official: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly spot: string;
}
export interface Entry extends Sits {
  /** Its number in the rota; one that was dropped is not given again. */
  readonly number: number;
}
/** Somebody whose days could not all be placed, and why. */
export interface Short {
  readonly official: string;
  readonly owed: number;
  readonly placed: number;
  /** away: not there on enough days; full: others sit on all of them. */
  readonly why: 'away' | 'full';
}

export type RotaEvent =
  | {
      kind: 'rota.drafted';
      area: string;
      chain: readonly string[];
      duty: string;
      dutyName: string;
      month: string;
      entries: readonly Sits[];
      short: readonly Short[];
    }
  | ({ kind: 'rota.put' } & Sits)
  | ({ kind: 'rota.moved'; entry: number } & Sits)
  | { kind: 'rota.dropped'; entry: number }
  /** Carries all days, so that each becomes a reception day. */
  | {
      kind: 'rota.published';
      area: string;
      duty: string;
      entries: readonly Sits[];
      /** Of each: how long a turn is. */
      slotMinutes: number;
    };

export interface Rota {
  readonly status: 'draft' | 'published';
  readonly area: string;
  readonly chain: readonly string[];
  readonly duty: string;
  readonly dutyName: string;
  readonly month: string;
  readonly entries: readonly Entry[];
  readonly next: number;
  readonly short: readonly Short[];
  readonly draftedBy: string;
  readonly publishedAt: string | undefined;
}
export type RotaState = { readonly status: 'none' } | Rota;

/** What speaks against an entry, in the order it is shown. */
export type Clash = 'past' | 'soon' | 'leave' | 'double' | 'crowded' | 'day-off' | 'retired';

export interface RotaFacts {
  readonly actor: string;
  readonly at: string;
  readonly self: string;
  readonly wanted: string | undefined;
  readonly chain: readonly string[] | undefined;
  readonly dutyName: string | undefined;
  readonly entries: readonly Sits[];
  readonly short: readonly Short[];
  /** Officials at work among those named. */
  readonly people: ReadonlySet<string>;
  /** By official: days they are on leave, and days they sit or go out already, elsewhere. */
  readonly leave: ReadonlyMap<string, readonly { readonly from: string; readonly until: string }[]>;
  readonly busy: ReadonlyMap<string, ReadonlySet<string>>;
  readonly policy: ReceptionPolicy;
}

// ── a reception day ────────────────────────────────────────────────────────────────────────────────────────────────

const Promised = z.object({
  what: Words(4, 500),
  /** Who answers for it. */
  unit: z.uuid(),
  by: Day,
});

export const ReceptionCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reception-day.announce'),
    official: z.uuid(),
    area: z.uuid(),
    ...Sitting,
    /** The duty it is planned for. */
    duty: z.string().max(61).optional(),
    slotMinutes: z.int().min(5).max(120).optional(),
  }),
  z.object({ kind: z.literal('reception-day.change'), ...Sitting, reason: Words(2, 300) }),
  z.object({ kind: z.literal('reception-day.cancel'), reason: Words(2, 300) }),
  z.object({ kind: z.literal('reception-day.substitute'), official: z.uuid(), reason: Words(2, 300) }),
  z.object({
    kind: z.literal('reception-day.book'),
    /** When the turn begins; the first free one when left out. */
    slot: Clock.optional(),
    phone: Phone.optional(),
    /** The number of a matter raised before, in place of a telephone. */
    number: z.string().trim().min(4).max(30).optional(),
    name: z.string().trim().max(40).optional(),
    about: z.string().trim().max(500).optional(),
  }),
  z.object({
    kind: z.literal('reception-day.unbook'),
    turn: z.int().min(1).max(9_999),
    code: z.string().trim().max(20),
  }),
  /** The leader's own act: they sit there now. */
  z.object({ kind: z.literal('reception-day.begin') }),
  z.object({
    kind: z.literal('reception-day.receive'),
    /** The turn of whoever booked: name and telephone come from there. */
    turn: z.int().min(1).max(9_999).optional(),
    /** How many came with it. */
    people: z.int().min(1).max(200).default(1),
    words: Words(2, 2_000),
    name: z.string().trim().max(40).optional(),
    phone: Phone.optional(),
    /** Where the matter lies; the place of the reception when left out. */
    area: z.uuid().optional(),
    household: z.uuid().optional(),
    category: z.string().trim().max(80).optional(),
    /** Raised before: the number of the matter it is linked to, in place of a new one. */
    number: z.string().trim().min(4).max(30).optional(),
    promised: Promised.optional(),
  }),
  z.object({ kind: z.literal('reception-day.promise'), item: z.int().min(1).max(9_999), promised: Promised }),
  /** What became of what was promised, as the unit or the desk sees it; whether it is so, the resident says. */
  z.object({
    kind: z.literal('reception-day.follow'),
    item: z.int().min(1).max(9_999),
    kept: z.boolean(),
    words: Words(4, 1_000),
  }),
  z.object({ kind: z.literal('reception-day.miss'), turn: z.int().min(1).max(9_999) }),
  z.object({ kind: z.literal('reception-day.end'), words: z.string().trim().max(1_000).optional() }),
]);
export type ReceptionCommand = z.infer<typeof ReceptionCommand>;

export interface PromiseMade {
  readonly what: string;
  readonly unit: string;
  readonly by: string;
}

export type ReceptionEvent =
  | ({
      kind: 'reception-day.announced';
      area: string;
      chain: readonly string[];
      rank: string;
      duty?: string;
      slotMinutes: number;
    } & Sits)
  | { kind: 'reception-day.changed'; day: string; from: string; to: string; spot: string; reason: string }
  | { kind: 'reception-day.cancelled'; reason: string }
  | { kind: 'reception-day.substituted'; instead: string; official: string; reason: string; rank: string }
  | {
      kind: 'reception-day.booked';
      turn: number;
      slot: string;
      personal?: { code: string; name?: string; phone?: string; number?: string; about?: string };
    }
  | { kind: 'reception-day.unbooked'; turn: number }
  | { kind: 'reception-day.began'; official: string }
  | {
      /** Carries all that a matter needs, so that one can be registered from it; `matter` where it is raised again. */
      kind: 'reception-day.received';
      item: number;
      area: string;
      official: string;
      people: number;
      turn?: number;
      category?: string;
      household?: string;
      matter?: string;
      personal?: { words: string; name?: string; phone?: string };
    }
  | ({ kind: 'reception-day.promised'; item: number } & PromiseMade)
  | { kind: 'reception-day.followed'; item: number; kept: boolean; personal?: { words: string } }
  | { kind: 'reception-day.missed'; turn: number }
  | { kind: 'reception-day.ended'; words?: string };

export interface Booking {
  readonly turn: number;
  readonly slot: string;
  readonly stands: boolean;
  readonly missed: boolean;
  readonly code: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  readonly number: string | undefined;
  readonly about: string | undefined;
}

export interface Item {
  readonly item: number;
  /** The version of the event it came from: by it the matter is found that it became. */
  readonly version: number;
  readonly turn: number | undefined;
  readonly people: number;
  readonly words: string;
  /** The matter it was linked to; undefined where a new one was made. */
  readonly linked: string | undefined;
  readonly by: string;
  readonly promised: PromiseMade | undefined;
  readonly followed: { readonly kept: boolean; readonly words: string; readonly at: string } | undefined;
}

export interface Announced extends Sits {
  readonly status: 'announced' | 'begun' | 'ended' | 'cancelled';
  readonly area: string;
  readonly chain: readonly string[];
  /** The rank of whoever sits, in the words of its time. */
  readonly rank: string;
  readonly duty: string | undefined;
  readonly slotMinutes: number;
  /** Whose day it was first. */
  readonly planned: string;
  readonly substitutions: readonly { readonly instead: string; readonly official: string; readonly reason: string }[];
  readonly announcedBy: string;
  /** Why day, time or place were changed last, or why it was called off. */
  readonly reason: string | undefined;
  readonly beganAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly words: string | undefined;
  readonly bookings: readonly Booking[];
  readonly items: readonly Item[];
}
export type ReceptionState = { readonly status: 'none' } | Announced;

export interface ReceptionFacts {
  readonly actor: string;
  readonly at: string;
  /** Areas that contain the place named, or the reception's own. */
  readonly chain: readonly string[] | undefined;
  /** The official named: at work, and of which rank. */
  readonly official: { readonly rank: string } | undefined;
  /** The matter that has the number given. */
  readonly matter: string | undefined;
  /** The unit of a promise is there. */
  readonly unitKnown: boolean;
  readonly policy: ReceptionPolicy;
  /** Fresh randomness for a booking. */
  readonly code: string;
}

export const receptionRefusals = {
  'rota.exists': '这个月的接访表已经公布，不能重排。要改哪一天，请到那一天里改。',
  'rota.unknown': '没有找到这张接访表。',
  'reception.span': '时间段要从前往后选，最长三年。',
  'rota.place-unknown': '没有找到这个地方，请重新选。',
  'rota.duty-unknown': '没有这项接访任务，请从列出的里面选。',
  'rota.month-past': '这个月已经过去了，请排以后的月份。',
  'rota.nobody': '按这项任务，这个月没有人要排。请看看“任务定量”里写的是谁。',
  'rota.people-unknown': '这个人不在岗，请换一位。',
  'rota.entry-unknown': '没有这一条，可能刚被别人删了。请刷新看看。',
  'rota.other-month': '日子不在这个月里，请换一天。',
  'rota.times-wrong': '结束时间要晚于开始时间。',
  'rota.full': '这张表已经排得太满了，先删掉几条。',
  'rota.empty': '表里一条也没有，先排上再公布。',
  'rota.short-notice': '有的日子离今天太近，来不及提前公布。请往后挪，或者删掉。',
  'rota.leave': '有人那天请了假。请换一天，或者换一个人。',
  'rota.double': '有人一天排了两次，或者那天已经有别的接访、下访。请改一下。',
  'rota.published': '接访表已经公布了。要改哪一天，请到那一天里改。',
  'reception-day.exists': '这一天已经排过了。',
  'reception-day.unknown': '没有找到这次接访。',
  'reception-day.place-unknown': '没有找到这个地方，请重新选。',
  'reception-day.people-unknown': '这个人不在岗，请换一位。',
  'reception-day.times-wrong': '结束时间要晚于开始时间，中间至少够接待一个人。',
  'reception-day.short-notice': '接访要提前公布，日子太近了，请往后排。',
  'reception-day.past': '日子已经过了，不能再改。',
  'reception-day.over': '这次接访已经结束或者取消了。',
  'reception-day.begun': '已经开始接访了，不能再改。',
  'reception-day.same-person': '本来就是这个人接访，不用代。',
  'reception-day.booking-closed': '这一场不能约了，请看下一场。',
  'reception-day.full': '这一场的号已经约满了。可以约下一场，或者直接在网上说事。',
  'reception-day.slot-taken': '这个时间刚被别人约走了，请换一个。',
  'reception-day.slot-unknown': '没有这个时间，请从列出的里面选。',
  'reception-day.reach-missing': '请留一个电话，或者写以前那件事的编号，好通知您变动。',
  'reception-day.number-unknown': '没有这个编号，请对一下再写。',
  'reception-day.booked-already': '这个电话或编号已经约过这一场了。',
  'reception-day.turn-unknown': '没有这个号。',
  'reception-day.turn-used': '这个号已经接待过，或者已经记了没来。',
  'reception-day.code-wrong': '取消码不对，请看预约成功时给您的那一串。',
  'reception-day.not-today': '不是今天的接访，到了那天再点开始。',
  'reception-day.not-yours': '开始和结束要由接访的领导本人点。不是本人来，请先记谁代替、为什么。',
  'reception-day.not-begun': '接访还没有开始，请接访的领导先点“开始接访”。',
  'reception-day.item-unknown': '没有这一件。',
  'reception-day.promised-already': '这一件已经写过答应的事了。',
  'reception-day.promise-missing': '这一件没有答应过什么，没有可跟的。',
  'reception-day.followed-already': '这一件已经写过结果了。',
  'reception-day.unit-unknown': '没有这个单位，请重新选。',
  'reception-day.promise-past': '答应的日子要在今天以后。',
  'reception-day.waiting': '还有约了的人没有接待。来了的请接待，没来的请记“没来”。',
} as const;

// ── what a county decides ──────────────────────────────────────────────────────────────────────────────────────────

/** A rank, by words in the title, the role or the kind of unit; the first that fits decides. */
const Rank = z.object({
  name: z.string().min(2).max(20),
  titles: z.array(z.string().min(1).max(20)).max(20).default([]),
  roles: z.array(z.string().max(20)).max(10).default([]),
  unitTypes: z.array(z.string().max(20)).max(10).default([]),
});

export const ReceptionPolicy = z.object({
  /** A reception day is told at least so many days ahead. */
  noticeDays: z.int().min(0).max(60),
  from: Clock,
  to: Clock,
  /** Minutes for each who booked. */
  slotMinutes: z.int().min(5).max(120),
  /** So many leaders at most sit on one day where the duty leaves the day free. */
  perDay: z.int().min(1).max(50),
  /** An end that was forgotten may be written down so many days later. */
  recordDays: z.int().min(0).max(31),
  /** Where one receives when nothing else is said: county leaders by this name, others in their own unit's room. */
  countySpot: Words(2, 120),
  townshipSpot: Words(2, 120),
  departmentSpot: Words(2, 120),
  ranks: z.array(Rank).min(1).max(20),
});
export type ReceptionPolicy = z.infer<typeof ReceptionPolicy>;

export const RECEPTION_POLICY = 'reception';
export const receptionPolicies: readonly PolicyKind[] = [
  {
    name: RECEPTION_POLICY,
    title: '领导接访',
    schema: ReceptionPolicy,
    standard: {
      source:
        '领导定期接访制度：谁接几天在“任务定量”里；提前几天公布、时间、每人多久文件没有写，为系统初始设置，使用前请按本地安排改',
      document: {
        noticeDays: 3,
        from: '09:00',
        to: '11:30',
        slotMinutes: 15,
        perDay: 1,
        recordDays: 7,
        countySpot: '县信访接待中心',
        townshipSpot: '群众工作服务室',
        departmentSpot: '接待室',
        ranks: [
          { name: '市级领导', titles: ['市委书记', '市长', '市委常委'], roles: [], unitTypes: [] },
          { name: '书记县长', titles: ['县委书记', '区委书记', '县长', '区长'], roles: [], unitTypes: [] },
          { name: '其他县领导', titles: [], roles: ['leader'], unitTypes: [] },
          { name: '乡镇负责人', titles: [], roles: [], unitTypes: ['township'] },
          { name: '部门负责人', titles: [], roles: [], unitTypes: ['department', 'enterprise', 'section'] },
        ],
      },
    },
  },
];
