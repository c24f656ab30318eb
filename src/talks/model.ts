import { z } from 'zod';
import { Day } from '../calendar/model.ts';

/**
 * Policies explained to people (政策宣讲): a small library of texts (`guide`), and meetings where they are explained
 * (`talk`). What is explained at a household's door stands in the visit's own entry.
 * Row B10; mechanisms 2:B39 (ways), 2:B40 (how far a policy reaches by level), VIS-22, 2:L2.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/** What people are told of a policy, in the words they are told it in. */
const Text = {
  title: Words(4, 80),
  /** Who it is for, what they get, where to go: what fits on one sheet. */
  gist: Words(10, 3_000),
  /** The document it rests on: its name and number. */
  source: Words(4, 300),
  validFrom: Day,
  /** Last day it holds; open where the document sets none. */
  validUntil: Day.optional(),
};

export const GuideCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guide.publish'), ...Text }),
  z.object({ kind: z.literal('guide.amend'), ...Text, reason: Words(2, 300) }),
  z.object({ kind: z.literal('guide.withdraw'), reason: Words(2, 300) }),
]);
export type GuideCommand = z.infer<typeof GuideCommand>;

export interface GuideText {
  readonly title: string;
  readonly gist: string;
  readonly source: string;
  readonly validFrom: string;
  readonly validUntil?: string | undefined;
}

export type GuideEvent =
  | ({ kind: 'guide.published' } & GuideText)
  | ({ kind: 'guide.amended'; reason: string } & GuideText)
  | { kind: 'guide.withdrawn'; reason: string };

export type GuideState =
  | { readonly status: 'none' }
  | ({
      readonly status: 'open' | 'withdrawn';
      readonly version: number;
      readonly reason: string | undefined;
    } & GuideText);

export const Way = z.enum(['meeting', 'group', 'market', 'media']);
export type Way = z.infer<typeof Way>;
export const wayNames: Record<Way, string> = {
  meeting: '开会讲',
  group: '院坝、小组讲',
  market: '赶场、下乡活动',
  media: '广播、微信群',
};

export const TalkCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('talk.hold'),
    /** A village, a group, a township: whom it was told to. */
    area: z.uuid(),
    way: Way,
    day: Day,
    where: Words(2, 120),
    guides: z.array(z.uuid()).min(1, '至少选一条政策').max(10),
    /** How many came, counted in the room; left out where nobody can be counted. */
    came: z.int().min(0).max(100_000).optional(),
  }),
  /** A question nobody there could answer. */
  z.object({
    kind: z.literal('talk.ask'),
    words: Words(4, 1_000),
    guide: z.uuid().optional(),
    name: z.string().trim().max(40).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
      .optional(),
  }),
  /** The matter a question became was answered. Given by the house itself, never by a person. */
  z.object({ kind: z.literal('talk.hear-answer'), question: z.int().min(0), words: z.string() }),
  /** The answer was told to whoever asked. */
  z.object({ kind: z.literal('talk.tell-back'), question: z.int().min(0).max(499), how: Words(2, 300) }),
]);
export type TalkCommand = z.infer<typeof TalkCommand>;

export type TalkEvent =
  | {
      kind: 'talk.held';
      area: string;
      chain: readonly string[];
      official: string;
      way: Way;
      day: string;
      where: string;
      guides: readonly string[];
      came?: number;
    }
  | {
      /** Carries all that a matter needs. */
      kind: 'talk.asked';
      index: number;
      area: string;
      official: string;
      guide?: string;
      personal?: { words: string; name?: string; phone?: string };
    }
  | { kind: 'talk.answer-heard'; question: number; personal?: { words: string } }
  | { kind: 'talk.told-back'; question: number; how: string };

export interface Question {
  readonly version: number;
  readonly words: string;
  readonly guide: string | undefined;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  readonly answer: string | undefined;
  readonly told: { readonly how: string; readonly at: string } | undefined;
}

export interface Talk {
  readonly status: 'held';
  readonly area: string;
  readonly chain: readonly string[];
  readonly official: string;
  readonly way: Way;
  readonly day: string;
  readonly where: string;
  readonly guides: readonly string[];
  readonly came: number | undefined;
  readonly questions: readonly Question[];
}
export type TalkState = { readonly status: 'none' } | Talk;

export interface TalkFacts {
  readonly actor: string;
  readonly at: string;
  readonly chain: readonly string[] | undefined;
  /** Texts in force on the day of the talk, among those named. */
  readonly guides: ReadonlySet<string>;
}

export const talkRefusals = {
  'guide.exists': '这条政策已经上架了。',
  'guide.unknown': '没有找到这条政策。',
  'guide.withdrawn': '这条政策已经下架了。',
  'guide.days-wrong': '失效的日子要在生效以后。',
  'talk.exists': '这次宣讲已经记过了。',
  'talk.unknown': '没有找到这次宣讲。',
  'talk.place-unknown': '没有找到这个地方，请重新选。',
  'talk.in-future': '还没有讲，讲过以后再记。',
  'talk.guide-unknown': '有一条政策那天还没有生效，或者已经失效、下架了，请重新选。',
  'talk.guide-not-told': '这次没有讲这一条政策。',
  'talk.question-unknown': '没有这个问题。',
  'talk.not-answered': '单位还没有答复，答复了再告诉问的人。',
  'talk.told-already': '已经告诉过了。',
};
