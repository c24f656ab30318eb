import { z } from 'zod';
import { type Role, Role as RoleShape } from '../access/model.ts';
import { Day } from '../calendar/model.ts';
import type { Row } from '../ledger/record.ts';
import {
  type AssignmentType,
  assignmentTypes,
  type Level,
  levels,
  type UnitType,
  unitTypes,
} from '../organisation/model.ts';
import type { PolicyKind } from '../policy/model.ts';
import { dutyTemplates } from './templates.ts';

export { outKinds } from './templates.ts';

/**
 * Duties: who owes what, how much, by when, and what counts as evidence (row B3; Y1, Y2, VIS-02, VIS-09, J4).
 *
 * A duty is a template in a policy document; evidence is a read row that other features write about their own
 * records. Progress is worked out from the two and never typed.
 */

// ── evidence ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** What may count, each with what people call it and what it is counted in. The one list every feature takes from; each is written by some record. */
export const evidenceKinds = {
  visit: { name: '入户走访', measure: '次' },
  call: { name: '电话联系', measure: '次' },
  labour: { name: '参加劳动', measure: '天' },
  reception: { name: '接访', measure: '次' },
  outreach: { name: '下访接待', measure: '次' },
  'study-day': { name: '蹲点调研', measure: '天' },
  'study-report': { name: '调研报告', measure: '篇' },
  'hard-problem': { name: '解决疑难问题', measure: '件' },
  'policy-talk': { name: '政策宣讲', measure: '场' },
  'festival-visit': { name: '节前慰问', measure: '次' },
  'place-check': { name: '场所走访', measure: '次' },
  meeting: { name: '会议', measure: '次' },
  'review-meeting': { name: '驻村点评会', measure: '次' },
  'weekly-meeting': { name: '周例会', measure: '次' },
  'study-session': { name: '旬学习', measure: '次' },
  'month-summary': { name: '月小结', measure: '次' },
  'joint-meeting': { name: '联席会议', measure: '次' },
  symposium: { name: '座谈会', measure: '场' },
  branch: { name: '帮支部', measure: '次' },
  deed: { name: '办实事', measure: '件' },
  mediation: { name: '调解纠纷', measure: '次' },
  firm: { name: '帮企业', measure: '次' },
  aid: { name: '帮扶款物', measure: '元' },
} as const satisfies Record<string, { name: string; measure: string }>;
export type EvidenceKind = keyof typeof evidenceKinds;

/**
 * Kinds a published document may still name and no record writes any more. A duty goes on by the other kinds it names;
 * where it names no other it owes nothing, and says why.
 */
const formerKinds: Readonly<Record<string, string>> = { 'pair-contact': '结对联系', sweep: '矛盾排查', report: '报告' };

/** A published document as today's schema takes it. @param document of any shape */
function withoutFormerKinds(document: unknown): unknown {
  const found = Published.safeParse(document);
  if (!found.success) return document;
  const duties = found.data.duties.map((duty) => {
    const gone = duty.evidence.kinds.filter((kind) => kind in formerKinds);
    if (gone.length === 0) return duty;
    const kinds = duty.evidence.kinds.filter((kind) => !(kind in formerKinds));
    const names = gone.map((kind) => `“${formerKinds[kind]}”`).join('、');
    const said = kinds.length === 0 ? `${names}已不再记，这一项不再要求。` : `${names}已不再记，只算其余的。`;
    return {
      ...duty,
      evidence: { ...duty.evidence, kinds },
      ...(kinds.length === 0 ? { inUse: false } : {}),
      note: [said, duty.note ?? ''].join('').slice(0, 500),
    };
  });
  return { ...found.data, duties };
}
/** As much of any document of duties as has to be known to bring it up to date. */
const Published = z.looseObject({
  duties: z.array(
    z.looseObject({ evidence: z.looseObject({ kinds: z.array(z.string()) }), note: z.string().optional() }),
  ),
});

/**
 * One thing an official did, as its own record says it: what a feature writes beside its read rows.
 * Nothing here tells where anybody's phone was or how long a screen was open.
 */
export interface Evidence {
  /** The record it is read from, and its place among that record's evidence: one click back to the document. */
  readonly stream: string;
  readonly place: number;
  readonly official: string;
  readonly kind: EvidenceKind;
  readonly day: string;
  /** In the kind's measure; half a day is 0.5. */
  readonly amount: number;
  /** The smallest area known. */
  readonly area: string | null;
  /** The household, firm … it was about: what 'subjects' counts. */
  readonly subject: string | null;
  /** The other side vouched for it: the household signed, the village confirmed. */
  readonly confirmed: boolean;
}

/** The read table every record type with evidence names among its `tables`. */
export const evidenceTable = { name: 'evidence', key: ['county', 'stream', 'place'] } as const;

/** Rows for it, made in the record's own `rows`: `evidence: evidenceRows(county, stream, [...])`. */
export const evidenceRows = (
  county: number,
  stream: string,
  evidence: readonly Omit<Evidence, 'stream' | 'place'>[],
): Row[] => evidence.map((e, place) => ({ county, stream, place, ...e }));

// ── templates ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const periods = ['day', 'week', 'ten-days', 'month', 'quarter', 'half-year', 'year'] as const;
export type PeriodKind = (typeof periods)[number];
export const periodNames = {
  day: '每天',
  week: '每周',
  'ten-days': '每旬',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
} as const satisfies Readonly<Record<PeriodKind, string>>;

export const counted = ['days', 'entries', 'subjects', 'amount'] as const;
export type Counted = (typeof counted)[number];

const some = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(500).readonly().optional();

/** Who is meant: every line that is given must fit, within a line one of its values. Nothing given means every official. */
export const Whom = z
  .object({
    roles: some(RoleShape),
    /** Words in the title of the post or the official: 县委书记, 班子成员. A deputy is not meant: 县长 is not 副县长. */
    titles: some(z.string().min(1).max(40)),
    unitTypes: some(z.enum(unitTypes)),
    units: some(z.uuid()),
    /** The post's area lies in one of these. */
    areas: some(z.uuid()),
    /** How high the post's area stands. */
    levels: some(z.enum(levels)),
    /** Leads the unit of the post. */
    leads: z.literal(true).optional(),
    /** Holds a binding of that kind. */
    assignments: some(z.enum(assignmentTypes)),
    officials: some(z.uuid()),
  })
  .readonly();
export type Whom = z.infer<typeof Whom>;

/** A multiple of a half from 0: half-days are counted, quarters are not. */
const Amount = z.number().min(0).max(10_000).multipleOf(0.5);

export const Fixed = z.discriminatedUnion('on', [
  /** A date of every month; 31 is the last day where the month is shorter. */
  z.object({ on: z.literal('date'), date: z.int().min(1).max(31) }),
  /** 1 is Monday. */
  z.object({ on: z.literal('weekday'), weekday: z.int().min(1).max(7) }),
  /** Days of the place's market, from the document's `markets`. */
  z.object({ on: z.literal('market') }),
]);
export type Fixed = z.infer<typeof Fixed>;

export const DutyTemplate = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/),
    name: z.string().trim().min(2).max(60),
    who: Whom,
    evidence: z.object({
      kinds: z.array(z.enum(Object.keys(evidenceKinds) as [EvidenceKind, ...EvidenceKind[]])).readonly(),
      /** Only what the other side vouched for. */
      confirmed: z.boolean().default(false),
      count: z.enum(counted),
      /** Of amounts, at most so much of one day counts. */
      perDay: Amount.optional(),
    }),
    /** One of those meant is enough: what any of them does counts for all. */
    joint: z.boolean().default(false),
    /** Shipped for counties that have it; owed only once it is switched on. */
    inUse: z.boolean().default(true),
    /** What is owed in a whole period. Of households: the percentage of those one answers for. */
    amount: Amount,
    of: z.enum(['number', 'households']).default('number'),
    /** Where the source gives a range, its upper end: nothing is owed above `amount`. */
    upTo: Amount.optional(),
    /** Others owe otherwise; the first that fits decides. 0 frees them. */
    differences: z
      .array(z.object({ who: Whom, amount: Amount, why: z.string().trim().min(2).max(300) }))
      .max(50)
      .readonly()
      .default([]),
    period: z.enum(periods),
    /** Fixed dates: `among` are part of the amount and the rest is free; with `only`, nothing counts on other days. */
    fixed: z.array(Fixed).max(10).readonly().default([]),
    fixedRule: z.enum(['among', 'only']).default('among'),
    /** A fixed date on a day off: moves to the nearest working day of the period (later ones first), stays, or falls away. */
    dayOff: z.enum(['move', 'keep', 'waive']).default('move'),
    /** On fixed dates no meetings are called. */
    noMeetings: z.boolean().default(false),
    /** Where somebody is there for a part only: in proportion, in full, or nothing. */
    partial: z.enum(['proportional', 'full', 'waived']).default('proportional'),
    /** The days the proportion is reckoned in. */
    base: z.enum(['calendar', 'working']).default('calendar'),
    rounding: z.enum(['up', 'down', 'nearest']).default('up'),
    /** What is rounded to. */
    step: z.union([z.literal(1), z.literal(0.5)]).default(1),
    source: z.string().trim().min(2).max(500),
    /** A: official page. B: secondary page. C: to be confirmed by the county before use. */
    confidence: z.enum(['A', 'B', 'C']),
    note: z.string().trim().min(1).max(500).optional(),
    validFrom: Day,
    validTo: Day.optional(),
  })
  .superRefine((duty, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    // What counts nothing any more stands as it was, and nobody owes it.
    if (duty.evidence.kinds.length === 0 && duty.inUse) refuse('evidence', '要用的任务至少有一种证据算数');
    if (duty.validTo !== undefined && duty.validTo < duty.validFrom) refuse('validTo', '失效日期早于生效日期');
    if (duty.fixed.length > 0 && duty.fixedRule === 'among' && duty.evidence.count !== 'days')
      refuse('fixed', '固定日子只能用在按天计算的任务里');
    if (duty.fixed.length > 0 && duty.period === 'day') refuse('fixed', '每天的任务不用再定固定日子');
    if (duty.fixed.some((f) => f.on === 'date') && ['week', 'ten-days'].includes(duty.period))
      refuse('fixed', '每月的某一天不能用在每周、每旬的任务里');
    if (duty.of === 'households' && duty.evidence.count !== 'subjects')
      refuse('evidence', '按户数比例的任务，证据要按户数计');
    if (duty.of === 'households' && duty.amount > 100) refuse('amount', '户数比例不能超过 100%');
    if (duty.upTo !== undefined && duty.upTo < duty.amount) refuse('upTo', '上限低于下限');
  });
export type DutyTemplate = z.infer<typeof DutyTemplate>;
/** As it is written down: what has a default may be left out. */
export type DutyDraft = z.input<typeof DutyTemplate>;

/** Where a market is held: on dates with these last digits (逢三逢八), by the common or the lunar calendar. */
export const Market = z.object({
  area: z.uuid(),
  name: z.string().trim().min(1).max(40),
  digits: z.array(z.int().min(0).max(9)).min(1).max(10).readonly(),
  lunar: z.boolean(),
});
export type Market = z.infer<typeof Market>;

export const DutiesPolicy = z
  .object({
    duties: z.array(DutyTemplate).max(200).readonly(),
    markets: z.array(Market).max(500).readonly(),
  })
  .superRefine(({ duties }, context) => {
    const seen = new Set<string>();
    for (const [place, { id }] of duties.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: ['duties', place, 'id'], message: `${id} 重复了` });
      seen.add(id);
    }
  });
export type DutiesPolicy = z.infer<typeof DutiesPolicy>;

export const DUTIES_POLICY = 'duties';
export const dutyPolicies: readonly PolicyKind[] = [
  {
    name: DUTIES_POLICY,
    title: '任务定量',
    schema: DutiesPolicy,
    standard: {
      source: '各地公开文件中的定量要求，每项各有出处，使用前请按本地规定核对',
      document: { duties: dutyTemplates, markets: [] },
    },
    upcast: withoutFormerKinds,
  },
];

// ── persons ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A post as a duty looks at it. Days are included; `until` null while it lasts. */
export interface HeldPost {
  readonly role: Role;
  readonly title: string;
  readonly unit: string;
  readonly unitType: UnitType;
  /** The unit names this official as its head. */
  readonly leads: boolean;
  /** Every area that contains the post's own, from the county down, with itself last. */
  readonly areas: readonly string[];
  readonly level: Level;
  readonly since: string;
  readonly until: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly posts: readonly HeldPost[];
  readonly assignments: readonly {
    readonly type: AssignmentType;
    readonly since: string;
    readonly until: string | null;
  }[];
  /** Granted ones only. */
  readonly exceptions: readonly Excused[];
  /** Posts of those this official acts for, each with the days of it as `since` and `until`. */
  readonly acting: readonly (HeldPost & { readonly of: string })[];
  /** Households answered for today; undefined where no duty asks. */
  readonly households?: readonly string[];
}

// ── exceptions ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why somebody does not owe for some days. No illness is named: leave is leave. */
export const exceptionTypes = ['leave', 'transfer', 'secondment', 'training', 'acting', 'waiver'] as const;
export type ExceptionType = (typeof exceptionTypes)[number];
export const exceptionNames = {
  leave: '请假',
  transfer: '调动交接',
  secondment: '借调',
  training: '培训',
  acting: '代理他人',
  waiver: '免去一项',
} as const satisfies Readonly<Record<ExceptionType, string>>;

/** Days, both included, on which an official does not owe; one duty where it is named, else all. */
export interface Excused {
  readonly id: string;
  readonly type: Exclude<ExceptionType, 'acting'>;
  readonly from: string;
  readonly until: string;
  readonly duty: string | null;
  readonly reason: string;
}

const Wanted = {
  official: z.uuid(),
  type: z.enum(exceptionTypes),
  from: Day,
  until: Day,
  reason: z.string().trim().min(2).max(300),
  /** The one duty it frees from. */
  duty: z.string().max(61).optional(),
  /** Whose posts are taken over. */
  actingFor: z.uuid().optional(),
};

export const ExceptionCommand = z.discriminatedUnion('kind', [
  /** An official asks for themselves. */
  z.object({ kind: z.literal('exception.ask'), ...Wanted }),
  /** A head notes one for somebody else, and answers for it. */
  z.object({ kind: z.literal('exception.grant'), ...Wanted }),
  z.object({
    kind: z.literal('exception.decide'),
    approve: z.boolean(),
    reason: z.string().trim().min(2).max(300),
  }),
  /** It ended earlier, or was never used: `until` before `from` takes it back whole. */
  z.object({ kind: z.literal('exception.shorten'), until: Day, reason: z.string().trim().min(2).max(300) }),
]);
export type ExceptionCommand = z.infer<typeof ExceptionCommand>;

interface Asked {
  official: string;
  type: ExceptionType;
  from: string;
  until: string;
  duty: string | null;
  actingFor: string | null;
  personal?: { reason: string };
}
export type ExceptionEvent =
  | ({ kind: 'exception.asked' } & Asked)
  | ({ kind: 'exception.granted' } & Asked)
  | { kind: 'exception.decided'; approved: boolean; personal?: { reason: string } }
  | { kind: 'exception.shortened'; until: string; personal?: { reason: string } };

export type ExceptionState =
  | { readonly stage: 'none' }
  | {
      readonly stage: 'asked' | 'granted' | 'refused';
      readonly official: string;
      readonly type: ExceptionType;
      readonly from: string;
      readonly until: string;
      readonly duty: string | null;
      readonly actingFor: string | null;
      readonly reason: string;
      readonly askedBy: string;
      readonly askedAt: string;
      readonly decidedBy: string | null;
      readonly decidedAt: string | null;
      readonly decision: string | null;
    };

export interface ExceptionFacts {
  readonly actor: string;
  /** Where the official's unit stands: the areas that contain it; undefined when there is no such official. */
  readonly areas: readonly string[] | undefined;
  /** The official acted for is there. */
  readonly actedKnown: boolean;
  readonly dutyKnown: boolean;
}

export const dutyRefusals = {
  'exception.exists': '这条已经记过了。',
  'exception.missing': '没有找到这条请假或调动记录。',
  'exception.no-official': '没有找到这位干部，请重新选择。',
  'exception.ends-early': '结束日期早于开始日期，请改日期。',
  'exception.too-long': '一次最多一年，更长的请分开记。',
  'exception.for-others': '申请只能为自己提；替别人记，请由负责人登记。',
  'exception.own': '不能批自己的申请，请由别的负责人批。',
  'exception.decided': '这条已经有结论了。',
  'exception.not-granted': '只有已经批准的才能缩短。',
  'exception.no-longer': '只能缩短，不能延长。要延长请另记一条。',
  'exception.duty-unknown': '没有这项任务，请从列表里选。',
  'exception.acting-missing': '请写明代理的是谁。',
  'exception.duty-missing': '请写明免去哪一项任务。',
} as const;
