import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Tip-offs (举报): somebody says that an official or a unit did wrong. Kept apart from matters, read by a named few only,
 * verified before anything is written about anybody, and answered. Row I7; mechanisms 2:H23 (channels), 2:H25 (registered
 * apart, handled, set up for supervision from above, found true or not, told).
 *
 * Who reported stands in a record of its own (`tip-reporter`), opened by two persons with a reason. No state, list or
 * figure here says anything about a person; a claim found untrue leaves no mark on whoever made it.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/** The four classes that are always pursued (2:B52), and the rest. */
export const tipClasses = ['dereliction', 'public-interest', 'benefit-funds', 'rough', 'discipline', 'other'] as const;
export type TipClass = (typeof tipClasses)[number];
export const tipClassNames: Readonly<Record<TipClass, string>> = {
  dereliction: '失职渎职造成重大损失',
  'public-interest': '侵占、损害公共利益',
  'benefit-funds': '贪污、克扣、挪用惠民资金',
  rough: '态度粗暴、打骂欺压群众',
  discipline: '其他违反纪律的事',
  other: '说不清是哪一类',
};

// ── who may read them ──────────────────────────────────────────────────────────────────────────────────────────────

/** A keeper handles tip-offs; an alternate only where fewer than two keepers are free of the matter. */
export const keeperSeats = ['keeper', 'alternate'] as const;
export type KeeperSeat = (typeof keeperSeats)[number];

/** One record for the county: who is named. Naming takes two persons; taking somebody off takes one. */
export const TipCircleCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tip-circle.propose'),
    official: z.uuid(),
    seat: z.enum(keeperSeats),
    reason: Words(2, 200),
  }),
  z.object({ kind: z.literal('tip-circle.confirm'), official: z.uuid() }),
  z.object({ kind: z.literal('tip-circle.remove'), official: z.uuid(), reason: Words(2, 200) }),
]);
export type TipCircleCommand = z.infer<typeof TipCircleCommand>;
export type TipCircleEvent =
  | { kind: 'tip-circle.proposed'; official: string; seat: KeeperSeat; reason: string; by: string }
  | { kind: 'tip-circle.confirmed'; official: string; by: string }
  | { kind: 'tip-circle.removed'; official: string; reason: string; by: string };
export interface TipCircle {
  readonly proposed: readonly {
    readonly official: string;
    readonly seat: KeeperSeat;
    readonly reason: string;
    readonly by: string;
  }[];
  readonly keepers: readonly {
    readonly official: string;
    readonly seat: KeeperSeat;
    readonly since: string;
    readonly proposedBy: string;
    readonly confirmedBy: string;
  }[];
}
export interface TipCircleFacts {
  readonly actor: string;
  /** Whether the one named is at work, holds a post of an inspector (an alternate: or of a leader), and runs no system. */
  readonly fit: boolean;
}

// ── a tip-off ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const tipChannels = ['portal', 'phone', 'letter', 'visit', 'above'] as const;
export type TipChannel = (typeof tipChannels)[number];
export const tipChannelNames: Readonly<Record<TipChannel, string>> = {
  portal: '网上',
  phone: '举报电话',
  letter: '来信',
  visit: '当面',
  above: '上级转来',
};

export const tipStatuses = ['received', 'verifying', 'found', 'substantiated', 'partly', 'not', 'elsewhere'] as const;
export type TipStatus = (typeof tipStatuses)[number];
export const tipStatusNames: Readonly<Record<TipStatus, string>> = {
  received: '已收到',
  verifying: '核实中',
  found: '有了结论，等另一人核',
  substantiated: '查实',
  partly: '部分查实',
  not: '没有查实',
  elsewhere: '转有权的机关',
};
export const TipFinding = z.enum(['substantiated', 'partly', 'not', 'elsewhere']);
export type TipFinding = z.infer<typeof TipFinding>;

/** A decision on a person, only of what was found true after they were heard. */
const TipDecision = z.object({ official: z.uuid(), words: Words(4, 500) });

export const TipOffCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tip-off.file'),
    channel: z.enum(tipChannels).default('portal'),
    /** Whom or what unit it is about, in the reporter's words. */
    about: Words(2, 200),
    words: Words(10, 5_000),
    class: z.enum(tipClasses).default('other'),
    /** Whether a name or telephone was left: they stand elsewhere. */
    named: z.boolean().default(false),
  }),
  /** Whom it is about, from the directory: they and their units see nothing of it. */
  z.object({
    kind: z.literal('tip-off.concern'),
    officials: z.array(z.uuid()).max(20),
    units: z.array(z.uuid()).max(20),
  }),
  /** Somebody too near to it leaves it (回避). */
  z.object({ kind: z.literal('tip-off.step-back'), reason: Words(2, 200) }),
  z.object({ kind: z.literal('tip-off.admit'), official: z.uuid() }),
  z.object({ kind: z.literal('tip-off.start'), plan: Words(4, 1_000) }),
  z.object({ kind: z.literal('tip-off.note'), words: Words(2, 2_000) }),
  /** Set up for supervision from above, with its date (立项督查). */
  z.object({ kind: z.literal('tip-off.raise'), by: Words(2, 60), due: Day }),
  /** Somebody it is about was heard. */
  z.object({ kind: z.literal('tip-off.hear'), official: z.uuid(), on: Day, words: Words(4, 3_000) }),
  z.object({
    kind: z.literal('tip-off.conclude'),
    finding: TipFinding,
    /** How it was verified, for the file. */
    words: Words(10, 5_000),
    /** What the reporter is told, in plain words. */
    answer: Words(10, 2_000),
    decisions: z.array(TipDecision).max(20).default([]),
  }),
  /** Another of the few agrees, or sends it back to be verified again. */
  z.object({ kind: z.literal('tip-off.approve'), agree: z.boolean(), words: z.string().trim().max(500).optional() }),
  /** The reporter adds something, with number and code. */
  z.object({ kind: z.literal('tip-off.add'), words: Words(4, 2_000) }),
]);
export type TipOffCommand = z.infer<typeof TipOffCommand>;

export type TipOffEvent =
  | {
      kind: 'tip-off.filed';
      channel: TipChannel;
      number: string;
      named: boolean;
      due: string;
      /** Fewer than two of the named few are free of it: it belongs a level up. */
      upward: boolean;
      personal?: { about: string; words: string; class: TipClass; code: string; readers: readonly string[] };
    }
  | {
      kind: 'tip-off.concerned';
      upward: boolean;
      personal?: { officials: readonly string[]; units: readonly string[]; readers: readonly string[] };
    }
  | {
      kind: 'tip-off.stepped-back';
      personal?: { official: string; reason: string; readers: readonly string[] };
      upward: boolean;
    }
  | { kind: 'tip-off.admitted'; personal?: { readers: readonly string[] } }
  | { kind: 'tip-off.started'; personal?: { plan: string } }
  | { kind: 'tip-off.noted'; personal?: { words: string } }
  | { kind: 'tip-off.raised'; due: string; personal?: { by: string } }
  | { kind: 'tip-off.heard'; personal?: { official: string; on: string; words: string } }
  | {
      kind: 'tip-off.concluded';
      personal?: {
        finding: TipFinding;
        words: string;
        answer: string;
        decisions: readonly z.infer<typeof TipDecision>[];
      };
    }
  | { kind: 'tip-off.sent-back'; personal?: { words: string } }
  | {
      kind: 'tip-off.closed';
      finding: TipFinding;
      class: TipClass;
      /** What follows for persons, of what was found true: each becomes a finding of its own. */
      personal?: { decisions: readonly z.infer<typeof TipDecision>[] };
    }
  | { kind: 'tip-off.added'; personal?: { words: string } };

export interface TipOff {
  readonly status: TipStatus;
  readonly channel: TipChannel;
  readonly number: string;
  readonly named: boolean;
  readonly filedAt: string;
  readonly due: string;
  readonly upward: boolean;
  readonly about: string | undefined;
  readonly words: string | undefined;
  readonly class: TipClass;
  readonly code: string | undefined;
  readonly readers: readonly string[];
  readonly officials: readonly string[];
  readonly units: readonly string[];
  readonly raised: { readonly by: string; readonly due: string } | undefined;
  readonly heard: readonly { readonly official: string; readonly on: string; readonly words: string }[];
  readonly concluded:
    | {
        readonly by: string;
        readonly finding: TipFinding;
        readonly words: string;
        readonly answer: string;
        readonly decisions: readonly z.infer<typeof TipDecision>[];
      }
    | undefined;
  readonly closedOn: string | undefined;
  readonly story: readonly {
    readonly at: string;
    readonly by: string;
    readonly what: TipOffEvent['kind'];
    readonly words: string | undefined;
  }[];
}
export type TipOffState = { readonly status: 'none' } | TipOff;

/** One of the named few, with what could bar them: their name, their units and all units above those. */
export interface Keeper {
  readonly official: string;
  readonly seat: KeeperSeat;
  readonly name: string;
  readonly units: readonly string[];
  readonly unitNames: readonly string[];
}

export interface TipOffFacts {
  readonly actor: string;
  readonly at: string;
  /** The named few as they are now. */
  readonly circle: readonly Keeper[];
  /** Units of the persons named in the command or the record. */
  readonly unitsOf: readonly string[];
  /** Of those who may read it, those still named and running no system. */
  readonly readers: readonly string[];
  readonly known: boolean;
  readonly policy: TipOffsPolicy;
  readonly fresh: { readonly number: string; readonly code: string } | undefined;
}

// ── who reported ───────────────────────────────────────────────────────────────────────────────────────────────────

export const TipReporterCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tip-reporter.keep'),
    tipOff: z.uuid(),
    name: z.string().trim().max(40).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
      .optional(),
  }),
  z.object({ kind: z.literal('tip-reporter.ask'), reason: Words(6, 500) }),
  z.object({ kind: z.literal('tip-reporter.grant') }),
  z.object({ kind: z.literal('tip-reporter.refuse'), reason: Words(2, 300) }),
  z.object({ kind: z.literal('tip-reporter.open') }),
]);
export type TipReporterCommand = z.infer<typeof TipReporterCommand>;
export type TipReporterEvent =
  | { kind: 'tip-reporter.kept'; personal?: { tipOff: string; name?: string; phone?: string } }
  | { kind: 'tip-reporter.asked'; by: string; personal?: { reason: string } }
  | { kind: 'tip-reporter.granted'; by: string; until: string }
  | { kind: 'tip-reporter.refused'; by: string; personal?: { reason: string } }
  | { kind: 'tip-reporter.opened'; by: string };
export interface TipReporter {
  readonly status: 'kept';
  readonly tipOff: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  /** What somebody asks for now. */
  readonly asked: { readonly by: string; readonly reason: string } | undefined;
  readonly granted: { readonly to: string; readonly by: string; readonly until: string } | undefined;
  /** Every request, answer and opening, the latest last. */
  readonly log: readonly {
    readonly at: string;
    readonly by: string;
    readonly what: TipReporterEvent['kind'];
    readonly words: string | undefined;
  }[];
}
export type TipReporterState = { readonly status: 'none' } | TipReporter;
export interface TipReporterFacts {
  readonly actor: string;
  readonly at: string;
  readonly readers: readonly string[];
  readonly hours: number;
}

// ── a finding on a person ──────────────────────────────────────────────────────────────────────────────────────────

/** The first thing that is ever written about a person: after verification, hearing and two persons' word. */
export const FindingCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('finding.make'),
    official: z.uuid(),
    class: z.enum(tipClasses),
    words: z.string(),
    deciders: z.array(z.string()).max(20),
  }),
  z.object({ kind: z.literal('finding.appeal'), words: Words(10, 3_000) }),
  z.object({ kind: z.literal('finding.review'), uphold: z.boolean(), words: Words(10, 2_000) }),
]);
export type FindingCommand = z.infer<typeof FindingCommand>;
export type FindingEvent =
  | {
      kind: 'finding.made';
      appealBy: string;
      expiresOn: string;
      /** Who decided; they do not decide on the appeal. */
      deciders: readonly string[];
      personal?: { official: string; class: TipClass; words: string };
    }
  | { kind: 'finding.appealed'; personal?: { words: string } }
  | { kind: 'finding.reviewed'; uphold: boolean; personal?: { words: string } };
export interface Finding {
  readonly status: 'made' | 'appealed' | 'upheld' | 'withdrawn';
  readonly official: string;
  readonly class: TipClass;
  readonly words: string;
  readonly madeOn: string;
  readonly appealBy: string;
  readonly expiresOn: string;
  readonly deciders: readonly string[];
  readonly appeal: string | undefined;
  readonly review: string | undefined;
}
export type FindingState = { readonly status: 'none' } | Finding;
export interface FindingFacts {
  readonly actor: string;
  readonly at: string;
  readonly circle: readonly Keeper[];
  /** Units of the person it is about. */
  readonly unitsOf: readonly string[];
  readonly policy: TipOffsPolicy;
}

export const tipOffRefusals = {
  'tip-circle.unfit': '举报专人要是在岗的督查人员，替补也可以是县领导；管系统的人不能兼。',
  'tip-circle.there': '这个人已经在名单里，或者已经提了名。',
  'tip-circle.not-proposed': '没有人提过这个人。',
  'tip-circle.alone': '提名和同意要由两个人做，也不能同意自己。',
  'tip-circle.not-there': '名单里没有这个人。',
  'tip-off.exists': '这件举报已经收下了。',
  'tip-off.unknown': '没有找到，或者不在您的权限范围内。',
  'tip-off.over': '这件举报已经有了结论。',
  'tip-off.not-verifying': '先开始核实，再写结论。',
  'tip-off.started': '已经在核实了。',
  'tip-off.unfit-reader': '这个人不在举报专人名单里，或者和这件事有牵连，不能看。',
  'tip-off.person-unknown': '有的人或单位没有找到，请重新选。',
  'tip-off.not-concerned': '只能对写明被举报的人作出处理，请先写明举报的是谁。',
  'tip-off.unheard': '还没有听被举报的人说，不能写查实。先听，再下结论。',
  'tip-off.nothing-true': '没有查实的，对人不作任何处理、不留任何记录。',
  'tip-off.alone': '结论要由另一个人核，不能一个人说了算。',
  'tip-off.nothing-found': '还没有结论可以核。',
  'tip-reporter.exists': '举报人的信息已经另外存好。',
  'tip-reporter.unknown': '这件举报没有留姓名电话。',
  'tip-reporter.waiting': '已经有人申请打开，等另一个人同意。',
  'tip-reporter.not-asked': '现在没有人申请打开。',
  'tip-reporter.alone': '要由另一个人同意，自己不能同意自己。',
  'tip-reporter.closed': '没有打开，或者时间已经过了。要看请重新申请，写明原因，由另一个人同意。',
  'finding.exists': '这条决定已经作出。',
  'finding.unknown': '没有找到这条决定。',
  'finding.late': '申诉的期限已经过了。',
  'finding.appealed': '已经申诉过了，等复核。',
  'finding.not-appealed': '没有申诉，不用复核。',
  'finding.same-person': '原来作决定的人、有牵连的人不能复核。',
} as const;

export const TipOffsPolicy = z.object({
  /** Days to tell the reporter what was found. */
  answerDays: z.int().min(1).max(365),
  /** Hours for which a reporter's name stays open once two persons agreed. */
  openHours: z.int().min(1).max(168),
  /** Days for an appeal against a finding. */
  appealDays: z.int().min(1).max(180),
  /** Months after which a finding is no longer shown. */
  expiresMonths: z.int().min(1).max(120),
  /** Where to turn a level up. */
  above: Words(2, 200),
});
export type TipOffsPolicy = z.infer<typeof TipOffsPolicy>;

export const tipOffPolicies: readonly PolicyKind[] = [
  {
    name: 'tip-offs',
    title: '举报',
    schema: TipOffsPolicy,
    standard: {
      source:
        '专门登记、专门办理，查实处理、结果告知（办理天数来源未写）；60 天告知、24 小时查看、30 天申诉、24 个月到期为初始设置，请按现行纪检监察规定核对',
      document: {
        answerDays: 60,
        openHours: 24,
        appealDays: 30,
        expiresMonths: 24,
        above: '上一级纪检监察机关，举报电话 12388；选人用人方面的打 12380',
      },
    },
  },
];
