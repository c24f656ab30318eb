import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * A suggestion (献计献策): somebody says how the county could do something better. It is screened, goes to a unit, and
 * is adopted, adopted in part or not, with the reasons in plain words; what became of it is told, and thanks are said.
 * Row C18; mechanism 2:B1 (a city-wide gathering of suggestions, whose adoption is followed).
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

export const suggestionChannels = ['portal', 'desk', 'letter', 'meeting'] as const;
export type SuggestionChannel = (typeof suggestionChannels)[number];
export const suggestionChannelNames: Readonly<Record<SuggestionChannel, string>> = {
  portal: '网上提的',
  desk: '当面或电话提的',
  letter: '写信提的',
  meeting: '座谈会上提的',
};

export const Outcome = z.enum(['adopted', 'partly', 'not']);
export type Outcome = z.infer<typeof Outcome>;
export const outcomeNames: Readonly<Record<Outcome, string>> = {
  adopted: '采纳',
  partly: '部分采纳',
  not: '没有采纳',
};

export const suggestionStatuses = ['filed', 'sent', 'answered', 'done', 'set-aside', 'matter'] as const;
export type SuggestionStatus = (typeof suggestionStatuses)[number];
export const suggestionStatusNames: Readonly<Record<SuggestionStatus, string>> = {
  filed: '等看一遍',
  sent: '单位在研究',
  answered: '已答复',
  done: '办成了',
  'set-aside': '没有往下转',
  matter: '转成诉求在办',
};

export const SuggestionCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('suggestion.file'),
    channel: z.enum(suggestionChannels).default('portal'),
    /** In a line: what it is about. */
    title: Words(4, 60),
    words: Words(10, 5_000),
    /** The place it is for. */
    area: z.uuid(),
    name: z.string().trim().max(40).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
      .optional(),
    /** The unit that looks into it may know who it was and ask them. Otherwise only the desk knows. */
    share: z.boolean().default(false),
  }),
  /** It goes to the unit that can say yes. */
  z.object({ kind: z.literal('suggestion.send'), unit: z.uuid(), note: z.string().trim().max(300).optional() }),
  z.object({ kind: z.literal('suggestion.return'), reason: Words(4, 500), betterUnit: z.uuid().optional() }),
  /** It goes no further; the words are told to whoever made it. */
  z.object({ kind: z.literal('suggestion.set-aside'), words: Words(10, 1_000) }),
  /** It asks for something to be done for somebody: it goes on the ledger. */
  z.object({ kind: z.literal('suggestion.make-matter') }),
  z.object({ kind: z.literal('suggestion.answer'), outcome: Outcome, words: Words(10, 3_000) }),
  /** What became of what was adopted. */
  z.object({ kind: z.literal('suggestion.follow'), words: Words(4, 1_000), done: z.boolean() }),
  z.object({ kind: z.literal('suggestion.thank'), words: Words(10, 1_000) }),
  /** Whoever made it says whether it may stand on the public list, and whether by their name. */
  z.object({ kind: z.literal('suggestion.agree'), listed: z.boolean(), named: z.boolean() }),
]);
export type SuggestionCommand = z.infer<typeof SuggestionCommand>;

export type SuggestionEvent =
  | {
      kind: 'suggestion.filed';
      channel: SuggestionChannel;
      number: string;
      area: string;
      chain: readonly string[];
      anonymous: boolean;
      share: boolean;
      /** Days by policy within which it is looked at and sent on, and answered. */
      screenBy: string;
      by: string;
      personal?: { title: string; words: string; code: string; name?: string; phone?: string };
    }
  | { kind: 'suggestion.sent'; unit: string; note?: string; answerBy: string }
  | { kind: 'suggestion.returned'; reason: string; betterUnit?: string }
  | { kind: 'suggestion.set-aside'; words: string }
  | {
      kind: 'suggestion.became-matter';
      area: string;
      personal?: { title: string; words: string; name?: string; phone?: string };
    }
  | { kind: 'suggestion.answered'; outcome: Outcome; words: string; followBy: string }
  | { kind: 'suggestion.followed'; words: string; done: boolean }
  | { kind: 'suggestion.thanked'; words: string }
  | { kind: 'suggestion.agreed'; listed: boolean; named: boolean };

export interface Suggestion {
  readonly status: SuggestionStatus;
  readonly channel: SuggestionChannel;
  readonly number: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly anonymous: boolean;
  readonly share: boolean;
  readonly filedAt: string;
  readonly by: string;
  /** Undefined once it was erased. */
  readonly told: { title: string; words: string; code: string; name?: string; phone?: string } | undefined;
  readonly screenBy: string;
  readonly screenedOn: string | undefined;
  readonly unit: string | undefined;
  readonly note: string | undefined;
  readonly answerBy: string | undefined;
  readonly returns: readonly {
    readonly unit: string;
    readonly reason: string;
    readonly betterUnit: string | undefined;
  }[];
  readonly aside: string | undefined;
  readonly answer:
    | {
        readonly outcome: Outcome;
        readonly words: string;
        readonly on: string;
        readonly by: string;
        readonly followBy: string;
      }
    | undefined;
  readonly followed: readonly { readonly words: string; readonly on: string; readonly done: boolean }[];
  readonly thanks: { readonly words: string; readonly on: string; readonly by: string } | undefined;
  readonly listed: boolean;
  readonly named: boolean;
}
export type SuggestionState = { readonly status: 'none' } | Suggestion;

export interface SuggestionFacts {
  readonly actor: string;
  readonly at: string;
  readonly units: readonly string[];
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  readonly policy: SuggestionsPolicy;
  readonly fresh: { readonly number: string; readonly code: string } | undefined;
}

export const suggestionRefusals = {
  'suggestion.exists': '这条建议已经收下了。',
  'suggestion.unknown': '没有找到这条建议。',
  'suggestion.place-unknown': '没有找到这个地方，请重新选。',
  'suggestion.unit-unknown': '没有找到这个单位，请重新选。',
  'suggestion.screened': '这条建议已经看过、转过了。',
  'suggestion.not-sent': '这条建议不在单位手里。',
  'suggestion.other-unit': '这条建议转给了别的单位。',
  'suggestion.not-adopted': '没有采纳的建议不用写后来怎么样；要改答复，请重新答复。',
  'suggestion.not-answered': '还没有答复，先等单位研究出结果。',
  'suggestion.thanked': '已经谢过了。',
  'suggestion.nameless': '没有留称呼，名单上只能不写名字。',
  'suggestion.same-unit': '就是现在这个单位，请选别的单位。',
} as const;

const days = (most: number) => z.int().min(1).max(most);
export const SuggestionsPolicy = z.object({
  /** Days to look at it and send it on. */
  screenDays: days(60),
  /** Days for the unit to answer. */
  answerDays: days(180),
  /** Days after an adoption by which it is told what became of it. */
  followDays: days(400),
  /** The letter of thanks; {title} and {unit} are filled in. */
  letter: Words(10, 1_000),
});
export type SuggestionsPolicy = z.infer<typeof SuggestionsPolicy>;

export const suggestionPolicies: readonly PolicyKind[] = [
  {
    name: 'suggestions',
    title: '献计献策',
    schema: SuggestionsPolicy,
    standard: {
      source: '献计献策活动；来源没有写几天，5 天看、30 天答复、90 天内回头说办得怎样为初始设置，请按本地规定核对',
      document: {
        screenDays: 5,
        answerDays: 30,
        followDays: 90,
        letter: '您提的“{title}”，{unit}认真研究过了。谢谢您为大家的事花心思。不管这一次采纳了多少，都请您接着说。',
      },
    },
  },
];

/** The day a figure counts from. */
export const SuggestionSpan = z.object({ from: Day.optional(), until: Day.optional() });
