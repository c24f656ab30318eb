import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * 群众评议干部: each half-year the residents of a place rate the officials stationed there (row G2; mechanisms H6 H9
 * EVA-04). Who was asked and who drew a ballot is known while it runs; what anybody chose is known to nobody, because
 * it is never written beside them (README.md).
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const Why = Words(4, 300);
const Count = z.int().min(0).max(5_000);

/** What the office does, by a route for each. */
export const OfficeCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ballot.open'),
    /** A village or a township. */
    area: z.uuid(),
    /** Last day to vote. */
    until: Day,
  }),
  /** Slips with the electors' codes were printed: who did is kept. */
  z.object({ kind: z.literal('ballot.print-slips') }),
  z.object({ kind: z.literal('ballot.print-papers'), sheets: z.int().min(1).max(2_000) }),
  /** An elector took a paper out of the bag; which one nobody notes. */
  z.object({ kind: z.literal('ballot.take-paper'), elector: z.int().min(0) }),
  z.object({ kind: z.literal('ballot.end'), reason: Why }),
  z.object({
    kind: z.literal('ballot.close'),
    /** Papers taken out of the hall and not put into the box. */
    notReturned: Count,
    /** Papers in the box that nobody can read a choice from. */
    spoiled: Count,
  }),
  z.object({ kind: z.literal('ballot.void'), reason: Why }),
]);
export type OfficeCommand = z.infer<typeof OfficeCommand>;

export const BallotCommand = z.discriminatedUnion('kind', [
  ...OfficeCommand.options,
  /** By the elector's own phone, with the code: the right to one ballot is used up. */
  z.object({
    kind: z.literal('ballot.draw'),
    elector: z.int().min(0),
    /** SHA-256 of the blinded message: random, and nothing of the token can be worked out from it. */
    blinded: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type BallotCommand = z.infer<typeof BallotCommand>;

export const Grade = z.object({ code: z.string().regex(/^[a-z]{2,20}$/), title: z.string().min(1).max(10) });
export type Grade = z.infer<typeof Grade>;

export interface Subject {
  readonly official: string;
  /** Units the official belongs to, and all above them: who works there runs nothing of this review. */
  readonly units: readonly string[];
}

/** Papers of a review as they were reckoned up at the close. */
export interface Reckoned {
  readonly printed: number;
  readonly taken: number;
  readonly entered: number;
  readonly spoiled: number;
  readonly notReturned: number;
}

/** How often each grade was given, in the order of the grades; null where too few rated this one. */
export type Sums = Readonly<Record<string, readonly number[] | null>>;

export type BallotEvent =
  | {
      kind: 'ballot.opened';
      area: string;
      chain: readonly string[];
      half: string;
      until: string;
      office: string;
      subjects: readonly Subject[];
      grades: readonly Grade[];
      least: number;
      /** How the electors were found: of so many households, so many, in the order of the hashes with this seed. */
      households: number;
      electors: number;
      seed: string;
      /** SPKI, base64: ballots are signed with its other half. */
      key: string;
      personal?: { electors: readonly string[]; signing: string; secret: string };
    }
  | { kind: 'ballot.slips-printed' }
  | { kind: 'ballot.papers-printed'; sheets: number }
  | { kind: 'ballot.paper-taken'; elector: number }
  | { kind: 'ballot.drawn'; elector: number; blinded: string }
  | { kind: 'ballot.ended'; reason: string }
  | {
      kind: 'ballot.closed';
      enough: boolean;
      /** Left out where too few took part. */
      receipts?: readonly string[];
      papers?: Reckoned;
      personal?: { sums: Sums };
    }
  | { kind: 'ballot.voided'; reason: string };

export interface Ballot {
  readonly status: 'open' | 'closed' | 'void';
  readonly area: string;
  readonly chain: readonly string[];
  readonly half: string;
  readonly openedAt: string;
  readonly until: string;
  readonly ended: boolean;
  readonly office: string;
  readonly subjects: readonly Subject[];
  readonly grades: readonly Grade[];
  readonly least: number;
  readonly households: number;
  readonly size: number;
  readonly seed: string;
  readonly key: string;
  /** Households asked, by their place in the drawing; empty once it is over. */
  readonly electors: readonly string[];
  readonly signing: string | undefined;
  readonly secret: string | undefined;
  /** By elector: SHA-256 of what was signed blind. */
  readonly drawn: Readonly<Record<number, string>>;
  readonly taken: readonly number[];
  readonly printed: number;
  /** Who printed what last, and when: for a while they may look at it. */
  readonly slips: { readonly by: string; readonly at: string } | undefined;
  readonly papers: { readonly by: string; readonly at: string; readonly first: number } | undefined;
  readonly closedAt: string | undefined;
  readonly outcome:
    | {
        readonly enough: boolean;
        readonly receipts: readonly string[];
        readonly papers: Reckoned | undefined;
        readonly sums: Sums;
      }
    | undefined;
  readonly reason: string | undefined;
}
export type BallotState = { readonly status: 'none' } | Ballot;

/** One ballot as the urn holds it. */
export interface Cast {
  /** SHA-256 of what may be put in once: the token, or the number of a paper. */
  readonly spent: string;
  /** What the rater keeps and finds published. */
  readonly receipt: string;
  /** One sign for each official: the number of the grade, or `-`. */
  readonly choices: string;
}
/** A paper that one of two has entered. */
export interface Half {
  readonly spent: string;
  readonly choices: string;
  readonly by: string;
}
export interface Urn {
  readonly web: readonly Cast[];
  readonly papers: readonly Cast[];
  readonly halves: readonly Half[];
}

export interface BallotFacts {
  readonly actor: string;
  readonly at: string;
  readonly id: string;
  /** Units of whoever gives the command. */
  readonly units: readonly string[];
  readonly place: { readonly chain: readonly string[]; readonly level: string } | undefined;
  readonly office: string | undefined;
  readonly held: boolean;
  readonly subjects: readonly Subject[];
  /** Every household of the place, in the order of its hash with the seed. */
  readonly households: readonly string[];
  readonly seed: string;
  readonly keys: { readonly key: string; readonly signing: string; readonly secret: string } | undefined;
  readonly policy: BallotsPolicy;
  readonly urn: Urn | undefined;
}

export const ballotRefusals = {
  'ballot.exists': '这次评议已经开了。',
  'ballot.unknown': '没有找到这次评议。',
  'ballot.place-wrong': '评议按村（社区）或者乡镇开，请选一个村或者乡镇。',
  'ballot.held': '这个地方这半年已经有一次评议，半年只评一次。',
  'ballot.no-office': '还没有设群众工作部门，请管理员先设好。',
  'ballot.nobody-stationed': '这个地方没有在岗的驻村干部，没有人可评。',
  'ballot.too-few-households': '这里的户数不够：少于可以公布的最少票数，评了也不能公布。请按乡镇开。',
  'ballot.days-wrong': '最后一天不对：太近大家来不及投，太远拖得太久。请按规则里写的天数选。',
  'ballot.rated': '您是被评的干部，或者跟被评的干部同一个单位，这次评议的事要由别的单位的人来办。',
  'ballot.over': '投票已经结束了。',
  'ballot.not-open': '这次评议已经封箱或者作废了。',
  'ballot.still-on': '还没有到最后一天，大家还能投。要提前停，请先写明原因“停止投票”。',
  'ballot.papers-enough': '印的纸票比评议户还多，请少印一些。',
  'ballot.no-papers': '还没有印纸票，或者袋子里的票都领完了，请先印。',
  'ballot.elector-unknown': '名单上没有这一户。',
  'ballot.used': '这一户已经领过一次了，一户只能领一次。',
  'ballot.code-wrong': '这个投票码不对，请照着条子上的再输一遍。',
  'ballot.token-wrong': '这张选票没有签过字，不能投。请重新打开条子上的网址。',
  'ballot.choices-wrong': '有一项没有看懂，请重新选。',
  'ballot.blank': '一位也没有评，请至少评一位。',
  'ballot.cast': '这张选票已经投过了，不能改。',
  'ballot.urn-lost': '票箱不在了：系统从备份恢复过，已投的票没有存在备份里。请作废这一次，重新开。',
  'ballot.counting': '正在封箱点票，请过一分钟再试。',
  'ballot.paper-unknown': '没有印过这个号的纸票，请照着票上的号再输一遍。',
  'ballot.paper-entered': '这张纸票两个人都录过了。',
  'ballot.paper-own-second': '这张票的第一遍是您录的，第二遍要由另一个人照着票再录。',
  'ballot.paper-differs': '两个人录的不一样，两遍都没有算。请一起看着票，各自重新录一遍。',
  'ballot.papers-halfway': '有的纸票只录了一遍，请另一个人录完再封箱。',
  'ballot.papers-mismatch': '纸票对不上：领走的张数，要等于录入的、废票、没交回的三样加起来。请重新点一遍。',
  'ballot.too-many': '网上投的比领的还多，这次评议不能算。请作废，查清楚再重新开。',
} as const;

export const BallotsPolicy = z.object({
  /** No figure is shown of fewer ballots than this, for one official as for all. */
  least: z.int().min(5).max(100),
  /** What share of the households of a place is asked, drawn by lot. */
  share: z.number().gt(0).max(1),
  /** At most so many; so many at least where there are as many. */
  most: z.int().min(10).max(2_000),
  /** How long it stays open, in days. */
  days: z.object({ shortest: z.int().min(1).max(60), longest: z.int().min(1).max(120) }),
  grades: z.array(Grade).min(2).max(5),
});
export type BallotsPolicy = z.infer<typeof BallotsPolicy>;

export const ballotPolicies: readonly PolicyKind[] = [
  {
    name: 'ballots',
    title: '群众评议',
    schema: BallotsPolicy,
    standard: {
      source:
        '“两评”之一：群众每半年评一次驻村干部；村（社区）每半年组织群众代表评议包村干部。几档照人大民生实事无记名测评（满意、基本满意、不满意）。最少 10 票才公布、全村各户都请、最多 600 户、开 7 到 31 天为初始设置（置信度 C），请按本地规定核对',
      document: {
        least: 10,
        share: 1,
        most: 600,
        days: { shortest: 7, longest: 31 },
        grades: [
          { code: 'satisfied', title: '满意' },
          { code: 'fairly', title: '基本满意' },
          { code: 'dissatisfied', title: '不满意' },
        ],
      },
    },
  },
];

/** The half-year of a day: 2026-2 from July on. */
export const halfOf = (day: string): string => `${day.slice(0, 4)}-${day.slice(5, 7) <= '06' ? 1 : 2}`;

/** First and last day of a half-year. */
export const spanOfHalf = (half: string): { from: string; until: string } => {
  const [year = '', which] = half.split('-');
  return which === '1'
    ? { from: `${year}-01-01`, until: `${year}-06-30` }
    : { from: `${year}-07-01`, until: `${year}-12-31` };
};
