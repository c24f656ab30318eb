import {
  dayNumberAt,
  dayOf,
  daysBetween,
  HOUR,
  MINUTE,
  startTime,
  timeOf,
  toNumber,
  weekday,
  workingDaysBetween,
  yearOf,
} from './days.ts';
import type { Amount, Calendar, ClockRun, Day, Due, Instant, Step } from './model.ts';

/** Dates, remaining time and "why this date" in the words people use. */

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

const dateIn = (day: Day, year: string): string => {
  const [y, month, date] = day.split('-').map(Number);
  return `${day.startsWith(year) ? '' : `${y} 年 `}${month} 月 ${date} 日`;
};

/** 今天, 明天, 昨天, 11 月 17 日; with the year when it is not this year's. */
export const sayDay = (day: Day, today: Day): string => {
  const near = ['昨天', '今天', '明天'][daysBetween(today, day) + 1];
  return near ?? dateIn(day, today.slice(0, 4));
};

const clockTime = (instant: Instant): string => {
  const time = timeOf(instant);
  const minutes = Math.floor((time - startTime(dayNumberAt(time))) / MINUTE);
  return [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
};

/** 今天 17:30, 11 月 17 日 09:05, in Shanghai time. */
export const sayInstant = (instant: Instant, now: Instant): string =>
  `${sayDay(dayOf(instant), dayOf(now))} ${clockTime(instant)}`;

/** 15 个自然日, 2 个工作日, 24 小时, 3 个月, 1 小时 20 分钟. */
export const sayAmount = ({ amount, unit, dayKind }: Amount): string => {
  if (unit === 'month') return `${amount} 个月`;
  if (unit === 'day') return `${amount} 个${dayKind === 'working' ? '工作日' : '自然日'}`;
  return sayMinutes(Math.ceil(amount * 60));
};

const sayMinutes = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 || hours === 0 ? `${rest} 分钟` : ''].filter(Boolean).join(' ');
};

// ── how much time is left ──────────────────────────────────────────────────────────────────────────────────────────

export interface Remaining {
  readonly late: boolean;
  /** Calendar days from today to the due day, or since it when late; the days still to count when paused. */
  readonly days: number;
  /** The same in working days. */
  readonly workingDays: number;
  readonly text: string;
}

/**
 * Time left, or overdue, as people say it. A stopped clock is judged at the moment it stopped, whatever `now` is.
 * Lateness is told in calendar days for every clock: that is how long the resident has waited.
 */
export const remaining = (due: Due, now: Instant, calendar: Calendar): Remaining => {
  if (due.paused) {
    const sum = (kind: Amount['dayKind']) =>
      due.left.reduce((days, a) => (a.unit === 'day' && a.dayKind === kind ? days + a.amount : days), 0);
    return { late: false, days: sum('calendar'), workingDays: sum('working'), text: '已暂停' };
  }
  const at = due.stoppedAt ?? now;
  const today = dayOf(at);
  const over = timeOf(at) - timeOf(due.due);
  if (over > 0) {
    const days = daysBetween(due.day, today);
    const length = over < 24 * HOUR && due.unit === 'hour' ? sayMinutes(Math.ceil(over / MINUTE)) : `${days} 天`;
    const text = due.stoppedAt === undefined ? `超 ${length}` : `已停止计时，超 ${length}`;
    return { late: true, days, workingDays: workingDaysBetween(due.day, today, calendar), text };
  }
  const left = {
    late: false,
    days: daysBetween(today, due.day),
    workingDays: workingDaysBetween(today, due.day, calendar),
  };
  if (due.stoppedAt !== undefined) return { ...left, text: '已停止计时，没有超期' };
  if (due.unit === 'hour') return { ...left, text: `${sayInstant(due.due, now)} 前` };
  if (left.days === 0) return { ...left, text: '今天截止' };
  return { ...left, text: due.dayKind === 'working' ? `还剩 ${left.workingDays} 个工作日` : `还剩 ${left.days} 天` };
};

// ── why this date ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Why a clock ends when it does: one sentence for each step, for a reader who knows no rule. */
export const explain = (due: Due, run: ClockRun, calendar: Calendar): string[] => {
  const year = dayOf(run.startedAt).slice(0, 4);
  const moved = due.steps.some((s) => s.kind === 'suspended' || s.kind === 'extended');
  const sentences = due.steps.map((step) => tell(step, { run, year, moved }));
  return [...sentences, ending(due, year, moved), basis(due, run, calendar)].filter((sentence) => sentence !== '');
};

/** The rule's source, and the notices of the holidays that played a part. */
const basis = (due: Due, { rule }: ClockRun, calendar: Calendar): string => {
  const years = due.steps.flatMap((step) => {
    if (step.kind === 'holiday') return [yearOf(toNumber(step.from))];
    if (step.kind === 'made-up') return [yearOf(toNumber(step.day))];
    return step.kind === 'rolled' && step.because !== '周末'
      ? [yearOf(toNumber(step.from)), yearOf(toNumber(step.to))]
      : [];
  });
  const notices = [...new Set(years)].flatMap((year) => calendar.years[year]?.source ?? []);
  const doubt = rule.confidence === 'C' ? '（这条规则待本县确认）' : '';
  return `依据：${[rule.source + doubt, ...notices].join('；')}。`;
};

interface Telling {
  readonly run: ClockRun;
  /** The year the clock started in; other years are named. */
  readonly year: string;
  /** Something changed the plain end. */
  readonly moved: boolean;
}

const named = (day: Day, year: string): string => `${dateIn(day, year)}（周${WEEKDAYS[weekday(day) - 1]}）`;

const timed = (instant: Instant, year: string): string => `${dateIn(dayOf(instant), year)} ${clockTime(instant)}`;

/** 10 月 1 日到 8 日; 9 月 29 日到 10 月 2 日; 1 月 1 日. */
const range = (from: Day, to: Day, year: string): string => {
  if (from === to) return dateIn(from, year);
  const end = from.slice(0, 7) === to.slice(0, 7) ? `${Number(to.slice(8))} 日` : dateIn(to, from.slice(0, 4));
  return `${dateIn(from, year)}到 ${end}`;
};

const tell = (step: Step, { run, year, moved }: Telling): string => {
  switch (step.kind) {
    // Told together with the count that follows it.
    case 'started':
      return '';
    case 'counted': {
      const event = run.rule.startEvent ?? '开始计时';
      const to = moved ? '本来到' : '到';
      if (step.unit === 'hour') {
        return `${timed(run.startedAt, year)} ${event}，${sayAmount(step)}，昼夜连着算，${to} ${timed(step.until, year)}。`;
      }
      const first = run.rule.startsNextDay ? '从第二天算起' : '从当天算起';
      return `${dateIn(dayOf(run.startedAt), year)}${event}，${first}，${sayAmount(step)}，${to} ${dateIn(step.last, year)}。`;
    }
    case 'holiday':
      return `${range(step.from, step.to, year)}${step.name}放假，不算工作日。`;
    case 'made-up':
      return `${named(step.day, year)}调休上班，算工作日。`;
    case 'suspended':
      if (step.to === undefined) {
        const from = step.unit === 'hour' ? timed(step.from, year) : dateIn(step.from, year);
        return `${from}起暂停（${step.reason}），还没有恢复。`;
      }
      if (step.unit === 'hour') {
        return `${timed(step.from, year)} 到 ${timed(step.to, year)} 暂停（${step.reason}），这 ${sayMinutes(step.minutes)}不算。`;
      }
      return step.from === step.to
        ? `${dateIn(step.from, year)}暂停过（${step.reason}），这一天不算。`
        : `${range(step.from, step.to, year)}暂停（${step.reason}），这几天不算。`;
    case 'extended':
      return `${dateIn(dayOf(step.decidedAt), year)}同意延期 ${sayLength(step)}（${step.reason}）。`;
    case 'rolled': {
      const off = range(step.off.from, step.off.to, year);
      const why = step.because === '周末' ? `${off}是周末` : `${off}${step.because}放假`;
      return `${why}，最后一天顺延到 ${named(step.to, year)}。`;
    }
    case 'unpublished':
      return `日历里没有 ${step.year} 年的放假安排，那一年先按周一到周五上班算，公布以后可能会变。`;
    case 'stopped':
      return `${timed(step.at, year)} 停止计时。`;
  }
};

/** An extension by calendar days is said in plain days. */
const sayLength = (amount: Amount): string =>
  amount.unit === 'day' && amount.dayKind === 'calendar' ? `${amount.amount} 天` : sayAmount(amount);

/** The last word where the first sentence no longer holds. */
const ending = (due: Due, year: string, moved: boolean): string => {
  if (due.paused) {
    const left = due.left.map(sayAmount).join('，再加 ');
    return left === '' ? '恢复以后的第一个工作日是最后一天。' : `恢复以后接着算，还有 ${left}。`;
  }
  if (!moved) return '';
  return due.unit === 'hour' ? `所以到 ${timed(due.due, year)} 为止。` : `所以最后一天是 ${named(due.day, year)}。`;
};
