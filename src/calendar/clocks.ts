import {
  countWorking,
  dayNumberAt,
  endTime,
  HOUR,
  instantOf,
  isPublished,
  MINUTE,
  monthsAfter,
  timeOf,
  toDay,
  workingDays,
  yearOf,
} from './days.ts';
import type { DayNumber, WorkingDays } from './days.ts';
import { extensionFits } from './model.ts';
import type { Amount, Calendar, ClockRule, ClockRun, Day, Due, Extension, Step } from './model.ts';
import { suspendedDays, suspendedTimes } from './spans.ts';
import type { Span } from './spans.ts';

/**
 * When a clock runs out, and why: a pure function of the rule, the events and the calendar.
 *
 * Days: the rule's days are counted one after another; a suspended day is not counted; extensions follow in the order
 * they were decided; a last day of rest moves to the next working day if the rule rolls. Hours run round the clock,
 * the suspended time left out exactly.
 *
 * @throws RangeError when an instant cannot be read or an extension does not fit the rule's unit.
 */
export const dueOf = (run: ClockRun, calendar: Calendar): Due => {
  const extensions = run.extensions.length === 0 ? [] : run.extensions.toSorted(byDecision);
  const misfit = extensions.find((extension) => !extensionFits(run.rule, extension));
  if (misfit !== undefined) throw new RangeError(`an extension in ${misfit.unit} does not fit ${run.rule.id}`);
  const times = suspendedTimes(run.suspensions, run.stoppedAt);
  return run.rule.unit === 'hour' ? dueInHours(run, extensions, times) : dueInDays(run, extensions, times, calendar);
};

const byDecision = (a: Extension, b: Extension): number => {
  const later = timeOf(a.decidedAt) - timeOf(b.decidedAt);
  if (later !== 0) return later;
  const [left, right] = [a, b].map((e) => [e.unit, e.dayKind, e.amount, e.reason].join());
  return left === right ? 0 : left! < right! ? -1 : 1;
};

const extended = (extensions: readonly Extension[]): Step[] => extensions.map((e) => ({ kind: 'extended', ...e }));

const stopped = ({ stoppedAt }: ClockRun): Step[] =>
  stoppedAt === undefined ? [] : [{ kind: 'stopped', at: stoppedAt }];

const started = ({ rule, startedAt }: ClockRun): Step => ({
  kind: 'started',
  at: startedAt,
  day: toDay(dayNumberAt(timeOf(startedAt))),
  event: rule.startEvent ?? '开始计时',
});

const common = ({ rule, stoppedAt }: ClockRun) => ({
  unit: rule.unit,
  dayKind: rule.dayKind,
  ...(stoppedAt === undefined ? {} : { stoppedAt }),
});

// ── hours ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const dueInHours = (run: ClockRun, extensions: readonly Extension[], times: readonly Span[]): Due => {
  const { rule } = run;
  const start = timeOf(run.startedAt);
  const extra = extensions.reduce((sum, e) => sum + e.amount * (e.unit === 'hour' ? HOUR : 24 * HOUR), 0);
  const plain = start + rule.amount * HOUR;

  let now = start;
  let left = rule.amount * HOUR + extra;
  const suspended: Step[] = [];
  for (const { from, to, reasons } of times) {
    if (to <= now) continue;
    if (from >= now + left) break;
    left -= Math.max(0, from - now);
    const begin = Math.max(from, now);
    suspended.push({
      kind: 'suspended',
      unit: 'hour',
      from: instantOf(from),
      ...(to === Infinity ? {} : { to: instantOf(to) }),
      minutes: to === Infinity ? 0 : Math.round((to - begin) / MINUTE),
      reason: reasons.join('、'),
    });
    now = to;
  }

  const steps: Step[] = [
    started(run),
    {
      kind: 'counted',
      amount: rule.amount,
      unit: 'hour',
      dayKind: rule.dayKind,
      first: toDay(dayNumberAt(start)),
      last: toDay(dayNumberAt(plain)),
      until: instantOf(plain),
    },
    ...suspended,
    ...extended(extensions),
    ...stopped(run),
  ];
  if (now === Infinity) {
    return { paused: true, ...common(run), left: [{ amount: left / HOUR, unit: 'hour', dayKind: 'calendar' }], steps };
  }
  const due = now + left;
  return { paused: false, ...common(run), due: instantOf(due), day: toDay(dayNumberAt(due)), steps };
};

// ── days and months ────────────────────────────────────────────────────────────────────────────────────────────────

/** Where a count ended: the last day counted, or what is left of it when an open suspension was reached. */
type Count = { readonly last: DayNumber } | { readonly left: readonly Amount[] };

/** Counts `parts` one after another, beginning with the day after `before`. */
const count = (parts: readonly Amount[], before: DayNumber, pauses: readonly Span[], { works }: WorkingDays): Count => {
  let day = before;
  let next = 0;
  for (const [done, part] of parts.entries()) {
    // A month is as many days as it has from here; then it is counted like any other days, so that a pause moves it.
    let left = part.unit === 'month' ? monthsAfter(day, part.amount) - day : part.amount;
    while (left > 0) {
      day += 1;
      while (next < pauses.length && pauses[next]!.to <= day) next += 1;
      const pause = pauses[next];
      if (pause !== undefined && pause.from <= day) {
        if (pause.to === Infinity) {
          return { left: addUp([{ amount: left, unit: 'day', dayKind: part.dayKind }, ...parts.slice(done + 1)]) };
        }
        day = pause.to - 1;
      } else if (part.dayKind === 'calendar' || works(day)) {
        left -= 1;
      }
    }
  }
  return { last: day };
};

/** Neighbouring days of one kind are one amount: 13 days and 7 days are 20. Months differ in length and stay apart. */
const addUp = (parts: readonly Amount[]): Amount[] => {
  const sums: Amount[] = [];
  for (const part of parts) {
    const last = sums.at(-1);
    if (part.unit === 'day' && last?.unit === 'day' && last.dayKind === part.dayKind) last.amount += part.amount;
    else sums.push(amountOf(part));
  }
  return sums;
};

const amountOf = ({ amount, unit, dayKind }: Amount): Amount => ({ amount, unit, dayKind });

/** The first day from `last` on that is worked and not suspended, or nothing while a suspension is open. */
const roll = (last: DayNumber, pauses: readonly Span[], { works }: WorkingDays): DayNumber | undefined => {
  if (works(last)) return last;
  let day = last + 1;
  for (;;) {
    const pause = pauses.find((p) => p.from <= day && day < p.to);
    if (pause?.to === Infinity) return undefined;
    if (pause !== undefined) day = pause.to;
    else if (works(day)) return day;
    else day += 1;
  }
};

const dueInDays = (
  run: ClockRun,
  extensions: readonly Extension[],
  times: readonly Span[],
  calendar: Calendar,
): Due => {
  const { rule } = run;
  const week = workingDays(calendar);
  const pauses = suspendedDays(times);
  const startDay = dayNumberAt(timeOf(run.startedAt));
  const before = rule.startsNextDay ? startDay : startDay - 1;

  const counted = count([rule, ...extensions], before, pauses, week);
  const last = 'last' in counted ? counted.last : undefined;
  const final = last === undefined || !rule.rolls ? last : roll(last, pauses, week);

  // What has been looked at so far when the end is not known: up to the open suspension.
  const horizon = final ?? pauses.at(-1)!.from - 1;
  const steps: Step[] = [
    started(run),
    base(rule, before, week),
    ...(rule.dayKind === 'working' ? exceptions(before + 1, last ?? horizon, week) : []),
    ...suspended(rule, pauses, before + 1, final ?? Infinity, week),
    ...extended(extensions),
    ...(last === undefined || final === undefined || last === final ? [] : [rolled(last, final, week)]),
    ...unpublished(run, before + 1, last ?? horizon, horizon, calendar),
    ...stopped(run),
  ];
  if (final === undefined) {
    return { paused: true, ...common(run), left: 'left' in counted ? counted.left : [], steps };
  }
  return { paused: false, ...common(run), due: instantOf(endTime(final)), day: toDay(final), steps };
};

/** The limit alone, as if nothing had been suspended or extended. */
const base = (rule: ClockRule, before: DayNumber, week: WorkingDays): Step => {
  const plain = count([rule], before, [], week);
  const last = 'last' in plain ? plain.last : before;
  return {
    kind: 'counted',
    ...amountOf(rule),
    first: toDay(before + 1),
    last: toDay(last),
    until: instantOf(endTime(last)),
  };
};

/** Holidays and make-up days that a count of working days met. */
const exceptions = (first: DayNumber, last: DayNumber, { holiday, madeUp }: WorkingDays): Step[] => {
  const steps: Step[] = [];
  for (let day = first; day <= last; day += 1) {
    const name = holiday(day);
    if (name !== undefined) {
      const from = day;
      while (day < last && holiday(day + 1) === name) day += 1;
      steps.push({ kind: 'holiday', from: toDay(from), to: toDay(day), name });
    } else if (madeUp(day)) {
      steps.push({ kind: 'made-up', day: toDay(day) });
    }
  }
  return steps;
};

/** The suspensions that touched the count, with the days of the rule's kind that each took out of it. */
const suspended = (
  rule: ClockRule,
  pauses: readonly Span[],
  first: DayNumber,
  final: DayNumber,
  week: WorkingDays,
): Step[] =>
  pauses
    .filter((pause) => pause.to > first && pause.from < final)
    .map(({ from, to, reasons }) => {
      const reason = reasons.join('、');
      if (to === Infinity) return { kind: 'suspended', unit: 'day', from: toDay(from), days: 0, reason };
      const begin = Math.max(from, first);
      const days = rule.dayKind === 'working' ? countWorking(begin, to - 1, week) : to - begin;
      return { kind: 'suspended', unit: 'day', from: toDay(from), to: toDay(to - 1), days, reason };
    });

const rolled = (from: DayNumber, to: DayNumber, { works, holiday }: WorkingDays): Step => {
  let [first, last] = [from, from];
  while (!works(first - 1)) first -= 1;
  while (!works(last + 1)) last += 1;
  const names = new Set<string>();
  for (let day = first; day <= last; day += 1) {
    const name = holiday(day);
    if (name !== undefined) names.add(name);
  }
  const because = names.size === 0 ? '周末' : [...names].join('、');
  return { kind: 'rolled', from: toDay(from), to: toDay(to), because, off: { from: toDay(first), to: toDay(last) } };
};

/** Years the working calendar was asked about but does not hold: all of a working count, else only where it rolled. */
const unpublished = (
  run: ClockRun,
  first: DayNumber,
  last: DayNumber,
  final: DayNumber,
  calendar: Calendar,
): Step[] => {
  const working = [run.rule, ...run.extensions].some((part) => part.dayKind === 'working');
  if (!working && !run.rule.rolls) return [];
  const steps: Step[] = [];
  for (let year = yearOf(working ? first : last); year <= yearOf(final); year += 1) {
    if (!isPublished(year, calendar)) steps.push({ kind: 'unpublished', year });
  }
  return steps;
};

// ── rules in force ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The version of a rule in force on a day; where validity overlaps, the one that began last. */
export const ruleOn = (rules: readonly ClockRule[], id: string, day: Day): ClockRule | undefined =>
  rules
    .filter((rule) => rule.id === id && rule.validFrom <= day && (rule.validTo === undefined || day <= rule.validTo))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .at(-1);

/**
 * Whether a further extension stays inside what the rule allows. A rule without `maxExtension` names no limit: then it
 * is the deciding person's judgement. Lengths of different kinds cannot be added up and are refused.
 */
export const mayExtend = (rule: ClockRule, granted: readonly Amount[], asked: Amount): boolean => {
  if (!extensionFits(rule, asked)) return false;
  const max = rule.maxExtension;
  if (max === undefined) return true;
  const all = [...granted, asked];
  const alike = all.every((e) => e.unit === max.unit && e.dayKind === max.dayKind);
  return alike && all.reduce((sum, e) => sum + e.amount, 0) <= max.amount;
};
