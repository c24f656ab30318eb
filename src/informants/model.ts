import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { namingBy } from '../language/saying.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Informants (信息员): residents who offered to say what a place needs, for a time they agreed to.
 * Row A8; mechanism ORG-10; red line: never a report about people.
 *
 * There is no field for a third person: not their name, not what they did, said or thought, not where they are. What a
 * household needs is reported only as its own word, and is nobody's to read until it agreed.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const Phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号');

export const InformantCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('informant.enrol'),
    name: Words(1, 40),
    phone: Phone,
    /** The village or group they speak for. */
    area: z.uuid(),
    /** The day they agreed. */
    agreedOn: Day,
    /** Last day it holds. */
    until: Day,
  }),
  z.object({ kind: z.literal('informant.renew'), agreedOn: Day, until: Day }),
  z.object({ kind: z.literal('informant.end'), reason: Words(2, 200) }),
  /** Their own word, by the link on their own phone: only now they report. */
  z.object({ kind: z.literal('informant.agree') }),
  /** They themselves have had enough, or never wanted to; no reason is asked. */
  z.object({ kind: z.literal('informant.leave') }),
]);
export type InformantCommand = z.infer<typeof InformantCommand>;

export type InformantEvent =
  | {
      kind: 'informant.enrolled';
      area: string;
      chain: readonly string[];
      agreedOn: string;
      until: string;
      /** Their own word is waited for; those enrolled before it was asked for had given it on paper. */
      asks?: true;
      personal?: { name: string; phone: string; key: string };
    }
  | { kind: 'informant.renewed'; agreedOn: string; until: string; asks?: true }
  | { kind: 'informant.agreed' }
  | { kind: 'informant.ended'; reason: string }
  | { kind: 'informant.left' };

export interface Informant {
  readonly status: 'active' | 'ended';
  readonly area: string;
  readonly chain: readonly string[];
  readonly agreedOn: string;
  readonly until: string;
  /** By their own word, on their own phone. */
  readonly agreed: boolean;
  readonly name: string;
  readonly phone: string;
  /** Opens their page without an account; dead once they ended. */
  readonly key: string | undefined;
}
export type InformantState = { readonly status: 'none' } | Informant;

export interface InformantFacts {
  readonly at: string;
  readonly id: string;
  readonly chain: readonly string[] | undefined;
  readonly longestDays: number;
  readonly key: string;
}

/** What a report is about: a place, or what one household itself asks for. There is no third. */
export const About = z.enum(['place', 'household']);
export type About = z.infer<typeof About>;

export const NeedReportCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('need-report.file'),
    informant: z.uuid(),
    about: About,
    area: z.uuid(),
    /** Where, for people to find it: a bridge, a lamp, a house number. Never a name. */
    spot: z.string().trim().max(80).optional(),
    /** What is needed. */
    words: Words(4, 500),
    /** The household whose own need it is, where the register has it. */
    household: z.uuid().optional(),
    /** The advice about the words was read, and they are right as they are; a person decides. */
    sure: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('need-report.let-through'), reason: Words(4, 300) }),
  z.object({ kind: z.literal('need-report.return'), reason: Words(4, 300) }),
  /** The household says yes: only now anybody reads it. How to reach them is theirs to leave. */
  z.object({
    kind: z.literal('need-report.consent'),
    name: z.string().trim().max(40).optional(),
    phone: Phone.optional(),
  }),
  z.object({ kind: z.literal('need-report.withdraw') }),
]);
export type NeedReportCommand = z.infer<typeof NeedReportCommand>;

/** Why a report waits for a person's decision. */
export const Doubt = z.enum(['conduct', 'opinion', 'whereabouts', 'name']);
export type Doubt = z.infer<typeof Doubt>;

export const doubtNames: Record<Doubt, string> = {
  conduct: '像是在说某个人做了什么。只写缺什么、要修什么、要帮什么。',
  opinion: '像是在说某个人怎么想、怎么说。别人的想法和话不能报。',
  whereabouts: '像是在说某个人去了哪里、跟谁来往。谁的行踪都不能报。',
  name: '里面有一个居民的名字。请去掉名字，只写地方和需要。',
};

/** The same in the language of the moment. */
export const doubtSaid = namingBy(doubtNames, {
  conduct: 'This seems to say what somebody did. Write only what is missing, to be mended or to be helped with.',
  opinion: 'This seems to say what somebody thinks or says. Other people’s thoughts and words cannot be reported.',
  whereabouts: 'This seems to say where somebody went or whom they met. Nobody’s whereabouts can be reported.',
  name: 'There is a resident’s name in it. Please take it out and write only the place and the need.',
});

export type NeedReportEvent =
  | {
      kind: 'need-report.filed';
      informant: string;
      about: About;
      area: string;
      chain: readonly string[];
      household?: string;
      filedBy: string;
      doubts: readonly Doubt[];
      personal?: { words: string; spot?: string; key: string };
    }
  | { kind: 'need-report.let-through'; reason: string }
  | { kind: 'need-report.returned'; reason: string }
  | { kind: 'need-report.consented'; personal?: { name?: string; phone?: string } }
  | { kind: 'need-report.withdrawn' }
  /** It may be read now, and carries all a matter needs. */
  | {
      kind: 'need-report.passed';
      area: string;
      household?: string;
      personal?: { words: string; spot?: string; name?: string; phone?: string };
    };

export type ReportStatus = 'asking' | 'held' | 'passed' | 'returned' | 'withdrawn';
export const statusNames: Record<ReportStatus, string> = {
  asking: '等这一户同意',
  held: '等人看一眼',
  passed: '已上台账',
  returned: '已退回',
  withdrawn: '这一户撤回了',
};

export interface NeedReport {
  readonly status: ReportStatus;
  readonly informant: string;
  readonly about: About;
  readonly area: string;
  readonly chain: readonly string[];
  readonly household: string | undefined;
  readonly filedBy: string;
  readonly filedAt: string;
  readonly doubts: readonly Doubt[];
  readonly words: string;
  readonly spot: string | undefined;
  readonly key: string | undefined;
  readonly consented: boolean;
  readonly reason: string | undefined;
  /** Version of the event that became a matter. */
  readonly passedAt: number | undefined;
}
export type NeedReportState = { readonly status: 'none' } | NeedReport;

export interface NeedReportFacts {
  readonly actor: string;
  readonly at: string;
  readonly id: string;
  readonly chain: readonly string[] | undefined;
  readonly informant:
    | { readonly area: string; readonly until: string; readonly active: boolean; readonly agreed: boolean }
    | undefined;
  /** Whether the household is registered in that place. */
  readonly householdThere: boolean;
  /** Whether a resident of the village, not of the household concerned, is named in the text. */
  readonly namedInSpot: boolean;
  readonly namedInWords: boolean;
  readonly key: string;
}

export const informantRefusals = {
  'informant.exists': '这位信息员已经登记了。',
  'informant.unknown': '没有找到这位信息员。',
  'informant.place-unknown': '没有找到这个地方，请重新选。',
  'informant.days-wrong': '到期的日子要在同意的日子以后，同意的日子不能晚于今天。',
  'informant.too-long': '一次同意的时间太长了，请写短一些，到期再问本人。',
  'informant.ended': '这位信息员已经不做了。',
  'informant.agreed-already': '已经同意过了，不用再点。',
  'need-report.informant-not-agreed': '这位信息员还没有在自己手机上同意。请把链接给本人看，点了“我愿意”才能报。',
  'need-report.exists': '这一条已经报过了。',
  'need-report.unknown': '没有找到这一条。',
  'need-report.informant-over': '这位信息员的约定已经到期或者结束，请先问本人愿不愿意续。',
  'need-report.outside': '这个地方不是这位信息员的村、组。',
  'need-report.place-unknown': '没有找到这个地方，请重新选。',
  'need-report.spot-missing': '请写是哪里，让人找得到：哪座桥、哪盏灯、哪段路。',
  'need-report.household-not-there': '这一户不在这个地方。',
  'need-report.household-of-place':
    '报地方的需要，不能写是哪一户。要报这一户自己的需要，请选“一户人家自己的需要”，他们同意了才算。',
  'need-report.names-somebody': '“在哪里”一格不能写别人的名字。请写地点或者门牌。',
  'need-report.about-people':
    '这段话像是在说人，不是在说需要。请改成缺什么、要修什么、要帮什么；确实就是需要的话，可以请镇里的人看一眼再决定。',
  'need-report.own-decision': '自己报的，要由别人来看。',
  'need-report.not-held': '这一条不用看了。',
  'need-report.not-asked': '这一条不用再同意了。',
  'need-report.withdrawn': '这一条已经撤回了。',
} as const;

export const InformantsPolicy = z.object({
  /** The longest time one agreement holds. */
  longestDays: z.int().min(1).max(1_096),
});
export type InformantsPolicy = z.infer<typeof InformantsPolicy>;

export const informantPolicies: readonly PolicyKind[] = [
  {
    name: 'informants',
    title: '信息员',
    schema: InformantsPolicy,
    standard: {
      source: '群众信息员队伍只写了村、社区、楼、组都要有，没有写期限；一次最长一年为初始设置，请按本地规定核对',
      document: { longestDays: 365 },
    },
  },
];
