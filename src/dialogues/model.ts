import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Live sessions (阳光热线、网上对话): leaders of units answer questions in public. Nothing that was asked is deleted: what
 * is not shown has its reason, what is not answered becomes a matter, what was promised is followed.
 * Row D6; mechanisms CHN-04, CHN-05, P7, 2:B22.
 */

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 09:00 这样');
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const Phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号');
const Place = z.int().min(1).max(9_999);

/** hotline: on air and on the telephone; online: in writing. Questions reach both by portal and telephone. */
export const Form = z.enum(['hotline', 'online']);
export type Form = z.infer<typeof Form>;

/** Why a question is not shown. Each is told to whoever asked, and counted in public. */
export const Hidden = z.enum(['personal', 'duplicate', 'names', 'insult', 'empty']);
export type Hidden = z.infer<typeof Hidden>;
export const hiddenNames: Record<Hidden, string> = {
  personal: '有个人信息，不公开，转给单位办',
  duplicate: '和另一个问题一样，答复看那一个',
  names: '说到具体的人做了什么，不公开，转给单位办',
  insult: '有骂人的话，请换个说法再问',
  empty: '没有写清问的什么',
};
/** What is only not shown, and still has to be answered or handed on. */
export const STILL_OPEN: ReadonlySet<Hidden> = new Set(['personal', 'names']);

const Guest = z.object({
  official: z.uuid(),
  unit: z.uuid(),
});
const When = { day: Day, from: Clock, to: Clock };

export const DialogueCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dialogue.announce'),
    form: Form,
    title: Words(2, 80),
    about: Words(2, 500),
    area: z.uuid(),
    ...When,
    /** The telephone of a hotline. */
    phone: Phone.optional(),
    guests: z.array(Guest).min(1, '至少请一位').max(12),
  }),
  z.object({ kind: z.literal('dialogue.change'), ...When, reason: Words(2, 300) }),
  z.object({ kind: z.literal('dialogue.cancel'), reason: Words(2, 300) }),
  z.object({
    kind: z.literal('dialogue.ask'),
    words: Words(2, 1_000),
    via: z.enum(['portal', 'phone']).default('portal'),
    name: z.string().trim().max(40).optional(),
    phone: Phone.optional(),
    /** Where it is about, for the matter it may become. */
    area: z.uuid().optional(),
  }),
  /** Shown to everybody as it was asked. */
  z.object({ kind: z.literal('dialogue.show'), question: Place }),
  z.object({
    kind: z.literal('dialogue.hide'),
    question: Place,
    reason: Hidden,
    /** The question it repeats. */
    same: Place.optional(),
  }),
  z.object({ kind: z.literal('dialogue.begin') }),
  z.object({
    kind: z.literal('dialogue.answer'),
    question: Place,
    /** Who of the guests answers. */
    official: z.uuid(),
    words: Words(4, 3_000),
    promised: z.object({ what: Words(4, 500), by: Day }).optional(),
  }),
  /** The answers are over; what is open becomes a matter each. */
  z.object({ kind: z.literal('dialogue.close') }),
  /** Given by the house: the answer to what became a matter. */
  z.object({ kind: z.literal('dialogue.hear-answer'), question: Place, words: z.string().max(5_000) }),
  z.object({ kind: z.literal('dialogue.follow'), question: Place, kept: z.boolean(), words: Words(4, 1_000) }),
  /** The record, with a word on it, stands on the portal from now on. */
  z.object({ kind: z.literal('dialogue.publish'), words: z.string().trim().max(2_000).optional() }),
]);
export type DialogueCommand = z.infer<typeof DialogueCommand>;

export interface GuestOf {
  readonly official: string;
  readonly unit: string;
}
interface Announced {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

export type DialogueEvent =
  | ({
      kind: 'dialogue.announced';
      form: Form;
      title: string;
      about: string;
      area: string;
      chain: readonly string[];
      phone?: string;
      guests: readonly GuestOf[];
    } & Announced)
  | ({ kind: 'dialogue.changed'; reason: string } & Announced)
  | { kind: 'dialogue.cancelled'; reason: string }
  | {
      kind: 'dialogue.asked';
      question: number;
      via: 'portal' | 'phone';
      area: string;
      personal?: { words: string; name?: string; phone?: string; code: string };
    }
  | { kind: 'dialogue.shown'; question: number }
  | { kind: 'dialogue.hidden'; question: number; reason: Hidden; same?: number }
  | { kind: 'dialogue.began' }
  | {
      kind: 'dialogue.answered';
      question: number;
      official: string;
      unit: string;
      live: boolean;
      words: string;
      promised?: { what: string; by: string };
    }
  | {
      /** Carries all that a matter needs, so that one can be registered from it. */
      kind: 'dialogue.left-open';
      question: number;
      via: 'portal' | 'phone';
      area: string;
      personal?: { words: string; name?: string; phone?: string };
    }
  | { kind: 'dialogue.closed' }
  | { kind: 'dialogue.answer-heard'; question: number; personal?: { words: string } }
  | { kind: 'dialogue.followed'; question: number; kept: boolean; words: string }
  | { kind: 'dialogue.published'; words?: string };

export interface Question {
  readonly question: number;
  readonly via: 'portal' | 'phone';
  readonly area: string;
  readonly askedAt: string;
  readonly words: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  /** With it whoever asked sees what became of it. */
  readonly code: string;
  readonly state: 'new' | 'shown' | 'hidden';
  readonly hidden: { readonly reason: Hidden; readonly same: number | undefined } | undefined;
  readonly answer:
    | {
        readonly official: string;
        readonly unit: string;
        readonly words: string;
        readonly at: string;
        readonly live: boolean;
        readonly promised: { readonly what: string; readonly by: string } | undefined;
      }
    | undefined;
  readonly followed: { readonly kept: boolean; readonly words: string; readonly at: string } | undefined;
  /** The version of the event by which it became a matter. */
  readonly handedOn: number | undefined;
  readonly heard: { readonly words: string; readonly at: string } | undefined;
}

export interface Session extends Announced {
  readonly status: 'announced' | 'live' | 'closed' | 'published' | 'cancelled';
  readonly form: Form;
  readonly title: string;
  readonly about: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly phone: string | undefined;
  readonly guests: readonly GuestOf[];
  readonly announcedBy: string;
  readonly reason: string | undefined;
  readonly beganAt: string | undefined;
  readonly closedAt: string | undefined;
  readonly words: string | undefined;
  readonly questions: readonly Question[];
}
export type DialogueState = { readonly status: 'none' } | Session;

export interface DialogueFacts {
  readonly actor: string;
  readonly at: string;
  readonly chain: readonly string[] | undefined;
  /** Guests named that are at work, each with a unit that is there. */
  readonly guests: ReadonlySet<string>;
  readonly code: string;
  readonly policy: DialoguePolicy;
}

export const dialogueRefusals = {
  'dialogue.exists': '这一场已经排过了。',
  'dialogue.unknown': '没有找到这一场。',
  'dialogue.place-unknown': '没有找到这个地方，请重新选。',
  'dialogue.guest-unknown': '请来的人不在岗，或者单位不对，请重新选。',
  'dialogue.times-wrong': '结束时间要晚于开始时间。',
  'dialogue.short-notice': '要提前公布，让人有时间提问。日子太近了，请往后排。',
  'dialogue.phone-missing': '热线要写上电话号码。',
  'dialogue.past': '日子已经过了，不能再改。',
  'dialogue.over': '这一场已经结束或者取消了。',
  'dialogue.not-today': '不是今天的，到了那天再开始。',
  'dialogue.begun': '已经开始了，不能再改。',
  'dialogue.not-live': '还没有开始，开始以后再答。',
  'dialogue.asking-closed': '这一场已经不收问题了。有事可以在网上说，一样有编号、有答复。',
  'dialogue.full': '这一场的问题已经收满了。有事可以在网上说，一样有编号、有答复。',
  'dialogue.question-unknown': '没有这个问题。',
  'dialogue.shown-already': '已经公开了。',
  'dialogue.answered-already': '已经答复过了。',
  'dialogue.same-missing': '请写明和哪一个问题一样。',
  'dialogue.not-guest': '答复的人要在请来的嘉宾里选。',
  'dialogue.promise-past': '答应的日子要在今天以后。',
  'dialogue.promise-missing': '这一个没有答应过什么。',
  'dialogue.followed-already': '已经兑现了，不用再记。',
  'dialogue.unsorted': '还有问题没有看过：请一个一个定公开还是不公开，不公开的选原因。',
  'dialogue.not-closed': '先结束答问，再公布记录。',
  'dialogue.published-already': '记录已经公布了。',
} as const;

export const DialoguePolicy = z.object({
  /** A session is announced at least so many days ahead, so that people can ask before. */
  noticeDays: z.int().min(0).max(30),
  /** So many questions a session takes. */
  most: z.int().min(1).max(2_000),
});
export type DialoguePolicy = z.infer<typeof DialoguePolicy>;

export const DIALOGUE_POLICY = 'dialogues';
export const dialoguePolicies: readonly PolicyKind[] = [
  {
    name: DIALOGUE_POLICY,
    title: '热线和网上对话',
    schema: DialoguePolicy,
    standard: {
      source: '阳光政务热线、网上对话；提前天数和一场收多少问题文件没有写，为系统初始设置',
      document: { noticeDays: 3, most: 300 },
    },
  },
];
