import { z } from 'zod';

/**
 * Words and shapes of time: the working calendar, a rule that sets a limit, a run of that rule on one matter,
 * and the due date with the steps that lead to it. Row C5.
 */

/** A civil day in Asia/Shanghai, 'YYYY-MM-DD'. */
export const Day = z.iso.date('日期应当写成 2026-11-17 这样');
export type Day = z.infer<typeof Day>;

/** A point in time, ISO 8601 in UTC. */
export const Instant = z.iso.datetime('时刻应当是 UTC 时间，例如 2026-11-17T01:30:00Z');
export type Instant = z.infer<typeof Instant>;

const YearDays = z.object({
  /** Days off by the notice, weekend days inside a holiday included. */
  holidays: z.array(Day).readonly(),
  /** Weekend days worked to make up for a holiday (调休上班). */
  workdays: z.array(Day).readonly(),
  /** What each day off is called: '2026-10-01' → '国庆节'. A day without a name is called 法定节假日. */
  names: z.record(Day, z.string().min(1)).readonly().optional(),
  /** The notice these days were read from. */
  source: z.string().min(1, '要写明放假通知的名称和文号'),
});

/** One year of the working calendar, as an administrator edits it. An issue names the field and the entry in it. */
export const CalendarYear = YearDays.extend({ year: z.int().min(1949).max(2999) }).superRefine((value, context) => {
  const seen = new Set<Day>();
  for (const field of ['holidays', 'workdays'] as const) {
    for (const [entry, day] of value[field].entries()) {
      const path = [field, entry];
      if (!day.startsWith(`${value.year}-`)) {
        context.addIssue({ code: 'custom', path, message: `${day} 不在 ${value.year} 年内` });
      } else if (seen.has(day)) {
        context.addIssue({ code: 'custom', path, message: `${day} 重复了` });
      }
      seen.add(day);
    }
  }
  for (const day of Object.keys(value.names ?? {})) {
    if (!value.holidays.includes(day)) {
      context.addIssue({ code: 'custom', path: ['names', day], message: `${day} 有名称，却不在放假日里` });
    }
  }
});
export type CalendarYear = z.infer<typeof CalendarYear>;

/**
 * The published years. A plain value, never changed in place: the engine remembers what it derived from it.
 * A year that is missing counts by the weekly pattern, Monday to Friday.
 */
export interface Calendar {
  readonly years: Readonly<Record<number, z.infer<typeof YearDays>>>;
}

export const Unit = z.enum(['hour', 'day', 'month']);
export type Unit = z.infer<typeof Unit>;

export const DayKind = z.enum(['calendar', 'working']);
export type DayKind = z.infer<typeof DayKind>;

/** A length of time as rules and people give it. `dayKind` means something for days only. */
export const Amount = z.object({ amount: z.int().min(1).max(3660), unit: Unit, dayKind: DayKind });
export type Amount = z.infer<typeof Amount>;

/** A limit with its source: data, never a constant in code. */
export const ClockRule = Amount.extend({
  id: z.string().min(1),
  name: z.string().min(1),
  /** What starts the clock, as said in "11 月 17 日派单". Default: 开始计时. */
  startEvent: z.string().min(1).optional(),
  /** The day of the starting event is not counted. */
  startsNextDay: z.boolean(),
  /** A last day that is a legal day of rest (法定休假日: holiday or weekend, unless made up) moves to the next working day. */
  rolls: z.boolean(),
  /** The sum of extensions the source allows; 0 when it allows none; absent when it names no limit. */
  maxExtension: Amount.extend({ amount: z.int().min(0).max(3660) }).optional(),
  source: z.string().min(1),
  /** A: official page. B: secondary page or quoted article. C: to be confirmed by the county before use. */
  confidence: z.enum(['A', 'B', 'C']),
  /** What a reader of the rule must know beside its numbers. */
  note: z.string().min(1).optional(),
  validFrom: Day,
  validTo: Day.optional(),
}).superRefine((rule, context) => {
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (rule.unit !== 'day' && rule.dayKind === 'working') refuse('dayKind', '只有按天计算的时限才分自然日和工作日');
  if (rule.unit === 'hour' && rule.startsNextDay) refuse('startsNextDay', '按小时计算的时限从当时起算');
  if (rule.unit === 'hour' && rule.rolls) refuse('rolls', '按小时计算的时限昼夜连续，不顺延');
  if (rule.unit === 'month' && !rule.startsNextDay) refuse('startsNextDay', '按月计算的时限，开始的当天不算');
  if (rule.validTo !== undefined && rule.validTo < rule.validFrom) refuse('validTo', '失效日期早于生效日期');
});
export type ClockRule = z.infer<typeof ClockRule>;

/** The clock stands still from `from` until just before `to`; without `to` it still stands. */
export const Suspension = z
  .object({ from: Instant, to: Instant.optional(), reason: z.string().trim().min(1, '要写明暂停的原因') })
  .refine((s) => s.to === undefined || Date.parse(s.to) >= Date.parse(s.from), {
    path: ['to'],
    message: '恢复时间早于暂停时间',
  });
export type Suspension = z.infer<typeof Suspension>;

export const Extension = Amount.extend({ decidedAt: Instant, reason: z.string().trim().min(1, '要写明延期的原因') });
export type Extension = z.infer<typeof Extension>;

/** Whether an extension can be added to a clock: exact time to hour clocks, whole days to the others. */
export const extensionFits = (rule: Amount, extension: Amount): boolean =>
  rule.unit === 'hour'
    ? extension.unit === 'hour' || (extension.unit === 'day' && extension.dayKind === 'calendar')
    : extension.unit !== 'hour';

/** A rule at work on one matter. Suspensions and extensions are sets: their order in the list means nothing. */
export const ClockRun = z
  .object({
    rule: ClockRule,
    startedAt: Instant,
    suspensions: z.array(Suspension).readonly(),
    extensions: z.array(Extension).readonly(),
    stoppedAt: Instant.optional(),
  })
  .superRefine((run, context) => {
    for (const [entry, extension] of run.extensions.entries()) {
      if (!extensionFits(run.rule, extension)) {
        const message = '延期的单位和时限的单位不相配';
        context.addIssue({ code: 'custom', path: ['extensions', entry, 'unit'], message });
      }
    }
  });
export type ClockRun = z.infer<typeof ClockRun>;

/** One reason why the due date is what it is, in the order people tell it. */
export type Step =
  | { readonly kind: 'started'; readonly at: Instant; readonly day: Day; readonly event: string }
  /** The limit alone: where it would end had nothing else happened. */
  | (Amount & { readonly kind: 'counted'; readonly first: Day; readonly last: Day; readonly until: Instant })
  /** Working-day clocks: days off inside the count. */
  | { readonly kind: 'holiday'; readonly from: Day; readonly to: Day; readonly name: string }
  /** Working-day clocks: a weekend day inside the count that was worked. */
  | { readonly kind: 'made-up'; readonly day: Day }
  /** Day clocks: `days` is how many days of the clock's own kind were not counted; `to` is the last of them. */
  | {
      readonly kind: 'suspended';
      readonly unit: 'day';
      readonly from: Day;
      readonly to?: Day;
      readonly days: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'suspended';
      readonly unit: 'hour';
      readonly from: Instant;
      readonly to?: Instant;
      readonly minutes: number;
      readonly reason: string;
    }
  | (Extension & { readonly kind: 'extended' })
  /** `off` is the whole run of days off that the last day fell into. */
  | {
      readonly kind: 'rolled';
      readonly from: Day;
      readonly to: Day;
      readonly because: string;
      readonly off: { readonly from: Day; readonly to: Day };
    }
  /** The working calendar was asked about a year it does not hold. */
  | { readonly kind: 'unpublished'; readonly year: number }
  | { readonly kind: 'stopped'; readonly at: Instant };

interface DueBase {
  readonly unit: Unit;
  readonly dayKind: DayKind;
  readonly steps: readonly Step[];
  readonly stoppedAt?: Instant;
}

/** When a clock runs out: late means after `due`, which is the last millisecond of `day`, or the exact instant for hours. */
export interface RunningDue extends DueBase {
  readonly paused: false;
  readonly due: Instant;
  readonly day: Day;
}

/** A suspension is open: no date can be known. `left` is what will still be counted after it; hours may be a fraction. */
export interface PausedDue extends DueBase {
  readonly paused: true;
  readonly left: readonly Amount[];
}

export type Due = RunningDue | PausedDue;
