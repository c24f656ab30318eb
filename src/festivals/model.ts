import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';
import type { Member } from '../visits/model.ts';

/**
 * Visits before a festival (送温暖、慰问; row B8, VIS-21): who is meant is found in the register by groups the law or
 * the household itself names, never typed; that somebody was visited is the diary's word; money passes through two
 * persons and is signed for by the household.
 */
const Sentence = z.string().trim().min(2).max(300);
/** Strokes as drawn on glass: compact JSON, at most 40 KB. */
const Strokes = z.string().min(2).max(40_000);
const GroupName = z.string().trim().min(1).max(30);
const SourceName = z.string().trim().min(1).max(30);

export const FestivalCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('festival.open'),
    name: z.string().trim().min(1).max(40),
    /** The festival itself: everybody is to be visited and paid before it. */
    day: Day,
    /** From this day visits count for it. */
    starts: Day,
    area: z.uuid(),
    /** Names of groups of the festivals policy. */
    groups: z.array(GroupName).min(1).max(20),
    /** Where money comes from, each with its limit in cents; empty where only visits are made. */
    sources: z
      .array(z.object({ name: SourceName, limit: z.int().min(1).max(100_000_000_000).nullable() }))
      .max(10)
      .default([]),
  }),
  z.object({ kind: z.literal('festival.close') }),
]);
export type FestivalCommand = z.infer<typeof FestivalCommand>;

/** How the register finds a group: a service consented to, or an age the law names. */
export interface Group {
  readonly name: string;
  readonly need?: string | undefined;
  readonly age?: number | undefined;
}
export interface Source {
  readonly name: string;
  readonly limit: number | null;
}

export type FestivalEvent =
  | {
      kind: 'festival.opened';
      name: string;
      day: string;
      starts: string;
      chain: readonly string[];
      groups: readonly Group[];
      sources: readonly Source[];
    }
  | { kind: 'festival.closed' };

export interface Festival {
  readonly status: 'open' | 'closed';
  readonly name: string;
  readonly day: string;
  readonly starts: string;
  readonly chain: readonly string[];
  readonly groups: readonly Group[];
  readonly sources: readonly Source[];
}
export type FestivalState = { readonly status: 'none' } | Festival;

export interface FestivalFacts {
  readonly chain: readonly string[] | undefined;
  readonly groups: readonly Group[];
}

export const GiftCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('gift.propose'),
    festival: z.uuid(),
    household: z.uuid(),
    source: SourceName,
    /** Money in cents; 0 where only goods are given. */
    cents: z.int().min(0).max(100_000_000),
    goods: z.string().trim().max(100).default(''),
  }),
  z.object({
    kind: z.literal('gift.decide'),
    grant: z.boolean(),
    /** Needed for a no. */
    reason: z.string().trim().max(300).default(''),
  }),
  /** Handed over on a visit: the diary entry is found, not named. The household signs for it. */
  z.object({ kind: z.literal('gift.hand-over'), by: z.uuid(), signature: Strokes }),
  /** The household does not want it. */
  z.object({ kind: z.literal('gift.decline'), reason: Sentence }),
]);
export type GiftCommand = z.infer<typeof GiftCommand>;

export type GiftEvent =
  | {
      kind: 'gift.proposed';
      festival: string;
      household: string;
      chain: readonly string[];
      source: string;
      cents: number;
      goods: string;
      by: string;
    }
  | { kind: 'gift.approved'; by: string }
  | { kind: 'gift.refused'; by: string; reason: string }
  | { kind: 'gift.given'; official: string; visit: string; by: string; personal?: { signature: string } }
  | { kind: 'gift.declined'; by: string; personal?: { reason: string } };

export interface Gift {
  readonly status: 'proposed' | 'approved' | 'refused' | 'given' | 'declined';
  readonly festival: string;
  readonly household: string;
  readonly chain: readonly string[];
  readonly source: string;
  readonly cents: number;
  readonly goods: string;
  readonly proposedBy: string;
  readonly decidedBy: string | undefined;
  readonly given:
    | { readonly official: string; readonly at: string; readonly visit: string; readonly by: string }
    | undefined;
}
export type GiftState = { readonly status: 'none' } | Gift;

export interface GiftFacts {
  readonly actor: string;
  readonly today: string;
  readonly festival:
    | { readonly open: boolean; readonly chain: readonly string[]; readonly sources: readonly Source[] }
    | undefined;
  readonly household:
    | { readonly chain: readonly string[]; readonly contact: string | null; readonly residents: readonly Member[] }
    | undefined;
  /** Something from that source stands for this household in this round already. */
  readonly doubled: boolean;
  /** Cents of that source promised so far in this round: approved and given. */
  readonly spent: number;
  /** The actor's latest real contact with the household since the round began. */
  readonly visit: string | undefined;
}

export const festivalRefusals = {
  'festival.exists': '这一轮慰问已经开始了。',
  'festival.unknown': '没有找到这一轮慰问。',
  'festival.area-unknown': '没有这个地区，或者已经停用。请重新选择。',
  'festival.group-unknown': '没有这一类慰问对象。请从清单里选；清单由管理员维护。',
  'festival.days': '开始的日子要在节日以前，请核对两个日期。',
  'festival.source-twice': '同一个资金来源写了两次，请合成一行。',
  'festival.closed': '这一轮慰问已经结束。',
  'gift.exists': '这一笔已经报过了。',
  'gift.unknown': '没有找到这一笔慰问。',
  'gift.household-unknown': '没有找到这一户，或者已经搬走。请重新选择。',
  'gift.outside': '这一户不在这一轮慰问的地区里。',
  'gift.source-unknown': '这一轮没有这个资金来源。请从清单里选。',
  'gift.nothing': '钱和东西至少写一样。',
  'gift.doubled': '这一户在这一轮里已经有一笔同样来源的慰问。',
  'gift.own-approval': '自己报的慰问不能自己批准，请另一个人来批。',
  'gift.over-limit': '超出这个来源的总额，不能批准。请换来源或者减少金额。',
  'gift.reason-missing': '不批准要写一句为什么。',
  'gift.not-approved': '还没有批准，不能送。请先等批准。',
  'gift.decided': '这一笔已经定过了。',
  'gift.approver-hands-over': '批准的人不能自己经手送，请另一个人去送。',
  'gift.not-visited': '还没有记这次走访。请先记一笔“见到了”，再来登记送到。',
  'gift.not-of-household': '只能由这一户登记在册的人签收。请从名单里选。',
  'gift.not-adult': '未成年人不能替家里签收。请找一位成年人。',
  'gift.settled': '这一笔已经送到，或者已经了结。',
} as const;

/** What a county decides about festival visits: which groups there are, and by what the register finds them. */
export const FestivalsPolicy = z.object({
  groups: z
    .array(
      z
        .object({
          name: GroupName,
          /** A service of the residents policy that the household consented to. */
          need: z.string().trim().min(1).max(30).optional(),
          /** From this age; of what the register holds, only the year of birth is asked. */
          age: z.int().min(1).max(120).optional(),
          /** The law or rule that names the group. */
          source: z.string().trim().min(2).max(200),
        })
        .refine((g) => (g.need === undefined) !== (g.age === undefined), '每一类要么按服务找，要么按年龄找'),
    )
    .min(1)
    .max(30),
});
export type FestivalsPolicy = z.infer<typeof FestivalsPolicy>;

export const festivalPolicies: readonly PolicyKind[] = [
  {
    name: 'festivals',
    title: '节前慰问',
    schema: FestivalsPolicy,
    standard: {
      source:
        '节前慰问的通行对象（可信度 B），按本户同意登记的服务或法律规定的年龄找；党员、干部身份不登记，由组织按自己的名册慰问。使用前请按本地规定核对',
      document: {
        groups: [
          { name: '高龄老人', age: 80, source: '老年人权益保障法第三十三条：高龄津贴（可信度 B）' },
          { name: '低保户', need: '低保救助', source: '社会救助暂行办法（可信度 B）；本户同意登记' },
          { name: '优抚对象', need: '优抚', source: '军人抚恤优待条例（可信度 B）；本户同意登记' },
          { name: '残疾人家庭', need: '残疾人康复', source: '残疾人保障法（可信度 B）；本户同意登记' },
          { name: '病灾户', need: '慢病随访', source: '通行做法（可信度 B）；本户同意登记' },
          { name: '困难家庭学生', need: '助学', source: '通行做法（可信度 B）；本户同意登记' },
        ],
      },
    },
  },
];

/** Cents as people write money: 1,500 元, 0.50 元. */
export const sayMoney = (cents: number): string =>
  `${(cents / 100).toLocaleString('zh-CN', { minimumFractionDigits: cents % 100 === 0 ? 0 : 2 })} 元`;
