import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * An outreach (下访): officials go down to a place on a day that was arranged. In three forms: concentrated in a set
 * period, with a case in hand, or as a reception on site that is announced and can be booked.
 * Row B11; mechanisms VIS-13, VIS-14, VIS-16, 2:B4, 2:B18.
 */
export const Form = z.enum(['concentrated', 'case', 'reception']);
export type Form = z.infer<typeof Form>;

export const formNames: Record<Form, string> = {
  concentrated: '集中下访',
  case: '带案下访',
  reception: '现场接访',
};

export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 09:00 这样');
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const People = z.array(z.uuid()).min(1, '至少选一个人').max(20);
const Phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号');

export const OutreachCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('outreach.arrange'),
    form: Form,
    area: z.uuid(),
    /** Where exactly, so that a resident finds it. */
    spot: Words(2, 120),
    day: Day,
    from: Clock,
    to: Clock,
    who: People,
    /** What it is about, in a sentence. */
    about: Words(2, 200),
    /** The set period it belongs to; of a concentrated one. */
    period: z.string().max(40).optional(),
    /** The matters taken along; of one with a case in hand. */
    matters: z.array(z.uuid()).max(10).default([]),
    /** How many can be received; the policy's figure when left out. */
    places: z.int().min(1).max(200).optional(),
  }),
  z.object({
    kind: z.literal('outreach.change'),
    day: Day,
    from: Clock,
    to: Clock,
    spot: Words(2, 120),
    reason: Words(2, 300),
  }),
  z.object({ kind: z.literal('outreach.cancel'), reason: Words(2, 300) }),
  z.object({
    kind: z.literal('outreach.book'),
    phone: Phone.optional(),
    /** The number of a matter raised before, in place of a telephone. */
    number: z.string().trim().min(4).max(30).optional(),
    name: z.string().trim().max(40).optional(),
    about: z.string().trim().max(500).optional(),
  }),
  z.object({ kind: z.literal('outreach.unbook'), turn: z.int().min(1).max(9_999), code: z.string().trim().max(20) }),
  z.object({
    kind: z.literal('outreach.take'),
    words: Words(2, 1_000),
    category: z.string().trim().max(80).optional(),
    /** The turn of whoever booked: name and telephone come from there. */
    turn: z.int().min(1).max(9_999).optional(),
    name: z.string().trim().max(40).optional(),
    phone: Phone.optional(),
    household: z.uuid().optional(),
    /** What was done about it on the spot; whether that is so the resident says. */
    solved: z.string().trim().min(4, '至少写 4 个字').max(1_000).optional(),
  }),
  z.object({
    kind: z.literal('outreach.conclude'),
    went: People,
    /** Why somebody who was to go did not. */
    absence: z.string().trim().max(300).optional(),
    result: Words(4, 2_000),
    /** What came of each case taken along. */
    cases: z
      .array(z.object({ matter: z.uuid(), result: Words(4, 1_000) }))
      .max(10)
      .default([]),
  }),
]);
export type OutreachCommand = z.infer<typeof OutreachCommand>;

/** When and where, as it is told to everyone. */
export interface Appointment {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly spot: string;
}

export type OutreachEvent =
  | ({
      kind: 'outreach.arranged';
      form: Form;
      area: string;
      chain: readonly string[];
      who: readonly string[];
      about: string;
      period?: string;
      matters: readonly string[];
      places: number;
    } & Appointment)
  | ({ kind: 'outreach.changed'; reason: string } & Appointment)
  | { kind: 'outreach.cancelled'; reason: string }
  | {
      kind: 'outreach.booked';
      turn: number;
      personal?: { code: string; name?: string; phone?: string; number?: string; about?: string };
    }
  | { kind: 'outreach.unbooked'; turn: number }
  | {
      /** Carries all that a matter needs, so that one can be registered from it. */
      kind: 'outreach.taken';
      index: number;
      area: string;
      official: string;
      turn?: number;
      category?: string;
      household?: string;
      solved: boolean;
      personal?: { words: string; name?: string; phone?: string; how?: string };
    }
  | { kind: 'outreach.concluded'; went: readonly string[]; absence?: string; result: string }
  | { kind: 'outreach.case-answered'; matter: string; result: string };

export interface Booking {
  readonly turn: number;
  readonly stands: boolean;
  readonly code: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  readonly number: string | undefined;
  readonly about: string | undefined;
}

export interface Taken {
  /** The version of the event it came from: by it the matter is found that it became. */
  readonly version: number;
  readonly turn: number | undefined;
  readonly words: string;
  readonly solved: boolean;
  readonly how: string | undefined;
  readonly by: string;
}

export interface Arranged extends Appointment {
  readonly status: 'arranged' | 'cancelled' | 'held';
  readonly form: Form;
  readonly area: string;
  readonly chain: readonly string[];
  readonly who: readonly string[];
  readonly about: string;
  readonly period: string | undefined;
  readonly matters: readonly string[];
  readonly places: number;
  readonly arrangedBy: string;
  readonly arrangedOn: string;
  /** Why day, time or place were changed last, or why it was called off. */
  readonly reason: string | undefined;
  readonly bookings: readonly Booking[];
  readonly taken: readonly Taken[];
  readonly went: readonly string[];
  readonly absence: string | undefined;
  readonly result: string | undefined;
  readonly cases: Readonly<Record<string, string>>;
}
export type OutreachState = { readonly status: 'none' } | Arranged;

export interface OutreachFacts {
  readonly actor: string;
  readonly at: string;
  /** Areas that contain the place; undefined when there is none. */
  readonly chain: readonly string[] | undefined;
  /** Officials at work among those the command names. */
  readonly people: ReadonlySet<string>;
  /** Matters among those the command names. */
  readonly matters: ReadonlySet<string>;
  /** Whether the matter number given stands for a matter. */
  readonly numberKnown: boolean;
  readonly policy: OutreachPolicy;
  /** Fresh randomness for a booking. */
  readonly code: string;
}

export const outreachRefusals = {
  'outreach.exists': '这次下访已经排过了。',
  'outreach.unknown': '没有找到这次下访。',
  'outreach.place-unknown': '没有找到这个地方，请重新选。',
  'outreach.people-unknown': '名单里有人不在岗，请重新选。',
  'outreach.times-wrong': '结束时间要晚于开始时间。',
  'outreach.period-missing': '集中下访要选是哪一个时段的。时段在“规则”里定。',
  'outreach.outside-period': '这一天不在所选的时段里，请改日子或者换一个时段。',
  'outreach.case-missing': '带案下访要带上至少一件事，请从台账里选。',
  'outreach.case-unknown': '有一件事没有找到，请重新选。',
  'outreach.short-notice': '现场接访要提前公告，日子太近了，请往后排。',
  'outreach.long-past': '这一天过去太久了，不能再补记。',
  'outreach.past': '日子已经过了，不能再改。可以写结果，或者说明没有去的原因。',
  'outreach.over': '这次下访已经结束或者取消了。',
  'outreach.not-bookable': '只有现场接访可以预约。',
  'outreach.booking-closed': '这次接访的日子已经过了，请看下一次。',
  'outreach.full': '这次的号已经约满了。可以约下一次，或者直接在网上说事。',
  'outreach.reach-missing': '请留一个电话，或者写以前那件事的编号，好通知您变动。',
  'outreach.number-unknown': '没有这个编号，请对一下再写，或者留电话。',
  'outreach.booked-already': '这个电话或编号已经约过这一次了。',
  'outreach.turn-unknown': '没有这个号。',
  'outreach.code-wrong': '取消码不对，请看预约成功时给您的那一串。',
  'outreach.not-yet': '还没到日子，到了那天再记。',
  'outreach.absence-missing': '有人原定要去没有去，请写明原因和谁代替。',
  'outreach.case-result-missing': '带去的每一件事都要写结果。',
} as const;

/** What a county decides about going down. */
export const OutreachPolicy = z.object({
  /** A reception is announced at least so many days ahead. */
  noticeDays: z.int().min(0).max(30),
  /** Places of a reception where nothing else is said. */
  places: z.int().min(1).max(200),
  /** One that was not a reception may be written down so many days later. */
  recordDays: z.int().min(0).max(90),
  /** The set periods of concentrated outreach. */
  periods: z.array(z.object({ id: z.string().min(1).max(40), name: z.string().min(2).max(40), from: Day, to: Day })),
});
export type OutreachPolicy = z.infer<typeof OutreachPolicy>;

export const outreachPolicies: readonly PolicyKind[] = [
  {
    name: 'outreach',
    title: '下访',
    schema: OutreachPolicy,
    standard: {
      source:
        '集中下访制度（重大节日等时段集中下访）、现场接访；提前天数、名额和各时段起止文件没有写，为初始设置，使用前请按本地安排改',
      document: {
        noticeDays: 3,
        places: 20,
        recordDays: 31,
        periods: [
          { id: '2026-autumn', name: '2026 年中秋国庆', from: '2026-09-20', to: '2026-10-08' },
          { id: '2027-new-year', name: '2027 年元旦', from: '2026-12-20', to: '2027-01-05' },
          { id: '2027-spring', name: '2027 年春节前后', from: '2027-01-22', to: '2027-02-20' },
        ],
      },
    },
  },
];
