import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * A field study (调研): an official takes a question to the places it is about, finds things, and has measures follow
 * that units answer for; and writes the report with their own hand.
 * Row B9; mechanisms VIS-05 (2–3 topics each), VIS-18 (2 months, 1–2 own reports a year), H12, 2:B10, 2:F1, 2:M11.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

export const MeasureStep = z.enum(['taken-up', 'done', 'not-taken']);
export type MeasureStep = z.infer<typeof MeasureStep>;
export type MeasureState = 'proposed' | MeasureStep;

export const measureNames: Record<MeasureState, string> = {
  proposed: '等单位答复',
  'taken-up': '在办',
  done: '已落实',
  'not-taken': '没有采纳',
};

/** What a finding is of (VIS-05): how a policy is carried out, what the grassroots do well, or what stands in the way. */
export const FindingSort = z.enum(['policy', 'practice', 'problem']);
export type FindingSort = z.infer<typeof FindingSort>;

export const StudyCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('study.open'),
    topic: Words(4, 100),
    /** What is to be found out. */
    question: Words(4, 500),
    /** The place it is about; going there counts. */
    area: z.uuid(),
    /** Last day for the report. */
    until: Day,
  }),
  /** A day in the field that nothing else tells of: at an enterprise, another county, a department. */
  z.object({
    kind: z.literal('study.note-day'),
    day: Day,
    amount: z.union([z.literal(0.5), z.literal(1)]),
    where: Words(2, 120),
    seen: Words(2, 1_000),
  }),
  /** A day the records tell of that was not for this study. */
  z.object({ kind: z.literal('study.leave-out'), day: Day }),
  /** A phone of an earlier version says no kind; its author can say it later. */
  z.object({ kind: z.literal('study.find'), words: Words(4, 1_000), sort: FindingSort.optional() }),
  /** Of which kind a finding is, said or mended afterwards. */
  z.object({ kind: z.literal('study.classify'), finding: z.int().min(0).max(99), sort: FindingSort }),
  z.object({
    kind: z.literal('study.propose'),
    /** The finding it answers, from 0. */
    finding: z.int().min(0).max(99),
    words: Words(4, 1_000),
    unit: z.uuid(),
    due: Day,
  }),
  z.object({
    kind: z.literal('study.answer-measure'),
    /** Its place among the study's measures, from 0. */
    measure: z.int().min(0).max(199),
    step: MeasureStep,
    words: Words(4, 1_000),
  }),
  z.object({ kind: z.literal('study.report'), title: Words(4, 120), text: Words(20, 100_000) }),
  z.object({ kind: z.literal('study.drop'), reason: Words(4, 300) }),
]);
export type StudyCommand = z.infer<typeof StudyCommand>;

export type StudyEvent =
  | {
      kind: 'study.opened';
      author: string;
      topic: string;
      question: string;
      area: string;
      chain: readonly string[];
      from: string;
      until: string;
    }
  | { kind: 'study.day-noted'; day: string; amount: number; where: string; seen: string }
  | { kind: 'study.day-left-out'; day: string }
  | { kind: 'study.found'; words: string; sort?: FindingSort }
  | { kind: 'study.classified'; finding: number; sort: FindingSort }
  | { kind: 'measure.proposed'; finding: number; words: string; unit: string; due: string }
  | { kind: 'measure.answered'; measure: number; step: MeasureStep; words: string; unit: string; late: boolean }
  | {
      kind: 'study.reported';
      title: string;
      text: string;
      day: string;
      /** Days in the field the author's visits and outreaches told of by then. */
      days: readonly string[];
    }
  | { kind: 'study.dropped'; reason: string };

export interface Finding {
  readonly words: string;
  readonly sort: FindingSort | undefined;
  readonly day: string;
}

export interface Measure {
  readonly finding: number;
  readonly words: string;
  readonly unit: string;
  readonly due: string;
  readonly state: MeasureState;
  readonly answer: string | undefined;
  readonly answeredOn: string | undefined;
}

export interface Study {
  readonly status: 'open' | 'reported' | 'dropped';
  readonly author: string;
  readonly topic: string;
  readonly question: string;
  readonly area: string;
  readonly chain: readonly string[];
  /** From when days in the field count. */
  readonly from: string;
  readonly until: string;
  readonly days: readonly {
    readonly day: string;
    readonly amount: number;
    readonly where: string;
    readonly seen: string;
  }[];
  readonly leftOut: readonly string[];
  readonly findings: readonly Finding[];
  readonly measures: readonly Measure[];
  readonly report:
    | {
        readonly title: string;
        readonly text: string;
        readonly day: string;
        readonly days: readonly string[];
        readonly revisions: number;
      }
    | undefined;
  readonly reason: string | undefined;
}
export type StudyState = { readonly status: 'none' } | Study;

export interface StudyFacts {
  readonly actor: string;
  readonly at: string;
  /** Units the actor holds a post in. */
  readonly units: readonly string[];
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  /** All days the records tell of, when the report is handed in. */
  readonly days: readonly string[];
  /** Whether the author's visits and outreaches tell of the day already. */
  readonly dayKnown: boolean;
}

export const studyRefusals = {
  'study.exists': '这个题目已经立了。',
  'study.unknown': '没有找到这个调研题目。',
  'study.place-unknown': '没有找到这个地方，请重新选。',
  'study.until-past': '交报告的日子要在今天以后。',
  'study.not-author': '只有出题的人自己能写。调研和报告不能由别人代。',
  'study.over': '这个题目已经放下了。',
  'study.day-outside': '这一天不在调研期间里，或者还没有到。',
  'study.day-known': '这一天的走访或下访记录里已经有了，会自己算进来，不用再填。',
  'study.day-noted': '这一天已经记过了。',
  'study.day-not-known': '记录里没有这一天，不用去掉。',
  'study.finding-unknown': '没有这一条发现，请先写下发现。',
  'study.unit-unknown': '没有找到这个单位，请重新选。',
  'study.due-past': '落实的日子要在今天以后。',
  'study.measure-unknown': '没有这一条措施。',
  'study.measure-other-unit': '这一条措施是别的单位的。',
  'study.measure-over': '这一条措施已经有结果了。',
  'study.nothing-found': '还没有写发现。报告之前先写下发现了什么。',
} as const;

/** What is asked of whom, so that a screen can say how far somebody is. Nobody is refused anything by it. */
export const StudiesPolicy = z.object({
  topics: z.object({ min: z.int().min(0).max(20), max: z.int().min(0).max(20) }),
  days: z.int().min(0).max(366),
  reports: z.object({ min: z.int().min(0).max(20), max: z.int().min(0).max(20) }),
});
export type StudiesPolicy = z.infer<typeof StudiesPolicy>;

export const studyPolicies: readonly PolicyKind[] = [
  {
    name: 'studies',
    title: '调研',
    schema: StudiesPolicy,
    standard: {
      source:
        '每位领导定两三个题目；每年用 2 个月下基层调研、亲自写 1–2 篇报告。2 个月按 60 天算，为初始设置，请按本地规定核对',
      document: { topics: { min: 2, max: 3 }, days: 60, reports: { min: 1, max: 2 } },
    },
  },
];
