import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { namingBy } from '../language/saying.ts';
import type { PolicyKind } from '../policy/model.ts';
import type { Member } from '../visits/model.ts';

/**
 * A pair: one official, one household, one plan (row B7; 一户一策一干部, 结对帮扶 with its five gives, aid pairs for
 * children). It begins with the household's signature and an end date, and the household may end it at any time.
 * Nothing is said about what kind of people they are: only what is done, and what they say came of it.
 */
const Sentence = z.string().trim().min(2).max(500);
/** Strokes as drawn on glass: compact JSON, at most 40 KB. */
const Strokes = z.string().min(2).max(40_000);
const Key = z.string().max(64);

/** Why a pair ended. */
export const EndReason = z.enum(['reached', 'asked', 'moved', 'official-moved', 'other']);
export type EndReason = z.infer<typeof EndReason>;
export const endReasonNames: Record<EndReason, string> = {
  reached: '说好的都办到了',
  asked: '这家人要求结束',
  moved: '这家人搬走了',
  'official-moved': '干部调动',
  other: '其他原因',
};

/** Why a pair ended, in the language of the moment. */
export const endReasonName = namingBy(endReasonNames, {
  reached: 'all that was agreed is done',
  asked: 'the household asked for it',
  moved: 'the household moved',
  'official-moved': 'the official moved on',
  other: 'another reason',
});

/** Who helps a household produce besides its official (2:B28, 公司+农户+基地). */
export const PartnerSort = z.enum(['firm', 'base', 'association']);
export type PartnerSort = z.infer<typeof PartnerSort>;
export const partnerSortNames: Record<PartnerSort, string> = {
  firm: '公司',
  base: '基地',
  association: '合作社、协会',
};

/** What sort of partner, in the language of the moment. */
export const partnerSortName = namingBy(partnerSortNames, {
  firm: 'firm',
  base: 'base',
  association: 'cooperative or association',
});

const Measure = z.object({
  /** What kind of help: a name of the pairs policy, e.g. 送技术. */
  give: z.string().trim().min(1).max(20),
  what: Sentence,
  by: Day,
  /** Which of the pair's partners does it, from 0; the official, when left out. */
  partner: z.int().min(0).max(19).optional(),
});

export const PairCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pair.make'),
    household: z.uuid(),
    /** Who helps; whoever writes it down, when left out. */
    official: z.uuid().optional(),
    /** Last day of the household's consent. */
    until: Day,
    /** The adult who consents for the household; for a child, the guardian among them. */
    by: z.uuid(),
    signature: Strokes,
    /** Whom the help is meant for, when it is one person, e.g. a child. */
    person: z.uuid().optional(),
  }),
  z.object({ kind: z.literal('pair.plan'), measures: z.array(Measure).min(1).max(20) }),
  /** A firm, a base or an association helps along: what it does for them is told, and the household signs for it. */
  z.object({
    kind: z.literal('pair.join'),
    sort: PartnerSort,
    name: z.string().trim().min(2).max(60),
    does: Sentence,
    by: z.uuid(),
    signature: Strokes,
  }),
  /** It helps along no longer; the household says so without a reason. */
  z.object({
    kind: z.literal('pair.leave'),
    /** Place among the pair's partners, from 0. */
    partner: z.int().min(0).max(19),
    words: z.string().trim().max(500).default(''),
    key: Key.optional(),
  }),
  z.object({
    kind: z.literal('pair.do'),
    /** Place in the plan, from 0. */
    measure: z.int().min(0).max(59),
    how: Sentence,
  }),
  z.object({
    kind: z.literal('pair.say'),
    measure: z.int().min(0).max(59),
    /** What came of it, in the household's own words. */
    words: Sentence,
    by: z.uuid(),
    /** On the official's glass; the household's own phone has the key instead. */
    signature: Strokes.optional(),
    key: Key.optional(),
  }),
  z.object({ kind: z.literal('pair.review'), note: Sentence }),
  z.object({ kind: z.literal('pair.renew'), until: Day, by: z.uuid(), signature: Strokes }),
  /** Whoever gives it is the helper from now on, because the household signed that it agrees; the plan goes along. */
  z.object({ kind: z.literal('pair.take-over'), until: Day, by: z.uuid(), signature: Strokes }),
  z.object({
    kind: z.literal('pair.end'),
    reason: EndReason,
    words: z.string().trim().max(500).default(''),
    key: Key.optional(),
  }),
]);
export type PairCommand = z.infer<typeof PairCommand>;

export type PairEvent =
  | {
      kind: 'pair.made';
      household: string;
      chain: readonly string[];
      official: string;
      unit: string;
      since: string;
      until: string;
      by: string;
      person?: string;
      reviewDue: string;
      personal?: { signature: string; key: string };
    }
  | {
      kind: 'pair.planned';
      measures: readonly { give: string; by: string; partner?: number }[];
      personal?: { what: readonly string[] };
    }
  | {
      kind: 'pair.joined';
      sort: PartnerSort;
      by: string;
      personal?: { name: string; does: string; signature: string };
    }
  | { kind: 'pair.left'; partner: number; asked: boolean; personal?: { words: string } }
  | { kind: 'pair.done'; measure: number; late: boolean; personal?: { how: string } }
  | { kind: 'pair.said'; measure: number; by: string; personal?: { words: string; signature?: string } }
  | { kind: 'pair.reviewed'; reviewDue: string; personal?: { note: string } }
  | { kind: 'pair.renewed'; until: string; by: string; personal?: { signature: string } }
  | {
      kind: 'pair.taken-over';
      official: string;
      unit: string;
      until: string;
      by: string;
      personal?: { signature: string };
    }
  | { kind: 'pair.ended'; reason: EndReason; personal?: { words: string } };

export interface Partner {
  readonly sort: PartnerSort;
  readonly name: string;
  readonly does: string;
  readonly since: string;
  readonly by: string;
  /** Since when it helps no longer, why, and whether the household asked for it. */
  readonly left: { readonly on: string; readonly words: string; readonly asked: boolean } | undefined;
}

export interface Planned {
  /** Which partner does it; the official, when undefined. */
  readonly partner: number | undefined;
  readonly give: string;
  readonly what: string;
  readonly by: string;
  readonly done: { readonly on: string; readonly how: string; readonly late: boolean } | undefined;
  readonly said: { readonly on: string; readonly words: string; readonly by: string } | undefined;
}

export interface Pair {
  readonly status: 'lasting' | 'ended';
  readonly household: string;
  readonly chain: readonly string[];
  readonly official: string;
  readonly unit: string;
  readonly since: string;
  readonly until: string;
  readonly by: string;
  readonly person: string | undefined;
  readonly measures: readonly Planned[];
  readonly partners: readonly Partner[];
  readonly reviews: readonly { readonly on: string; readonly by: string; readonly note: string }[];
  readonly reviewDue: string;
  /** Who helped before, and until which day. */
  readonly before: readonly { readonly official: string; readonly until: string }[];
  readonly ended: { readonly on: string; readonly reason: EndReason; readonly words: string } | undefined;
  readonly key: string | undefined;
}
export type PairState = { readonly status: 'none' } | Pair;

export interface PairFacts {
  /** An official, or `resident:<pair>` who holds the pair's key. */
  readonly actor: string;
  readonly today: string;
  readonly pair: string;
  /** Of the household named or bound; undefined when unknown or moved away. */
  readonly household:
    | { readonly chain: readonly string[]; readonly contact: string | null; readonly residents: readonly Member[] }
    | undefined;
  /** The unit of the official who is to help; undefined when there is none of that id at work. */
  readonly unit: string | undefined;
  readonly helper: string;
  /** Whether the two are bound to each other already. */
  readonly doubled: boolean;
  readonly gives: readonly string[];
  /** Last possible day of a consent. */
  readonly lastDay: string;
  readonly reviewDue: string;
  readonly key: string;
}

export const pairRefusals = {
  'pair.exists': '这一对已经结好了。',
  'pair.unknown': '没有找到这一对结对。',
  'pair.household-unknown': '没有找到这一户，或者已经搬走。请重新选择。',
  'pair.official-unknown': '没有这位干部，或者已经离任。请重新选择。',
  'pair.doubled': '这位干部已经和这一户结对。请在原来的结对里加措施。',
  'pair.not-of-household': '只能由这一户登记在册的人同意。请从名单里选。',
  'pair.not-adult': '未成年人不能替家里同意。请监护人或家里的成年人签字。',
  'pair.own-consent': '同意要由这家人自己签，不能由干部代签。',
  'pair.until-past': '同意的截止日期要在今天以后。',
  'pair.until-too-long': '同意的期限太长。请按规定的最长期限选一个更近的日期，到期可以再问。',
  'pair.consent-over': '这家人的同意已经到期。请先问清楚、续签，或者结束结对。',
  'pair.give-unknown': '没有这一种帮扶。请从清单里选；清单由管理员维护。',
  'pair.due-past': '措施的日期不能早于今天。',
  'pair.plan-full': '一户的计划最多 60 条。请先把做完的收尾，或者另结一对。',
  'pair.partner-there': '它已经在这一对里了。',
  'pair.partners-full': '一对里最多记 20 家。请先把不再参加的去掉，或者另结一对。',
  'pair.partner-unknown': '这一对里没有这一家。请先请它参加。',
  'pair.partner-left': '它已经不参加了。请换一家，或者由您自己办。',
  'pair.measure-unknown': '计划里没有这一条。',
  'pair.measure-done': '这一条已经记为做完了。',
  'pair.not-done': '这一条还没有做，等做了再请这家人说。',
  'pair.said': '这家人已经说过这一条了。要改，请他们用自己的链接再说一次。',
  'pair.signature-missing': '请这家人在屏幕上签字，或者用自己手机上的链接说。',
  'pair.key-wrong': '链接无效。请联系和您家结对的干部重新出示。',
  'pair.own-review': '自己的结对不能自己检查。请负责人来看。',
  'pair.ended': '这一对已经结束。',
  'pair.helper-already': '您已经是这一户的结对干部，不用接手。',
  'pair.not-the-helper': '只有结对的干部可以写计划和做了什么。',
  'pair.words-missing': '请写一句为什么结束。',
} as const;

/** What a county decides about pairs. */
export const PairsPolicy = z.object({
  /** Kinds of help a plan is made of. */
  gives: z.array(z.string().trim().min(1).max(20)).min(1).max(20),
  /** A consent ends after this many days at the latest; then it is asked again. */
  consentDays: z.int().min(1).max(3_660),
  /** A plan is looked at by somebody else every so many days. */
  reviewDays: z.int().min(1).max(730),
});
export type PairsPolicy = z.infer<typeof PairsPolicy>;

export const pairPolicies: readonly PolicyKind[] = [
  {
    name: 'pairs',
    title: '结对帮扶',
    schema: PairsPolicy,
    standard: {
      source:
        '“五送”（思路、信息、技术、物资、温暖）和“一户一策一干部”的生产、市场服务（可信度 B）；同意期限和检查间隔为系统初始设置，使用前请按本地规定核对',
      document: {
        gives: ['送思路', '送信息', '送技术', '送物资', '送温暖', '生产服务', '市场服务'],
        consentDays: 365,
        reviewDays: 90,
      },
    },
  },
];
