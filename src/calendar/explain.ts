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
import { language } from '../language/saying.ts';
import { t } from './english.ts';

/** Dates, remaining time and "why this date" in the words people use. */

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dateIn = (day: Day, year: string): string => {
  const [y, month, date] = day.split('-').map(Number);
  return t('{what}{month} 月 {date} 日', {
    what: day.startsWith(year) ? '' : t('{y} 年 ', { y }),
    month: language() === 'en' ? MONTHS[month! - 1] : month,
    date,
  });
};

/** 一 … 日; 1 is Monday. */
export const weekdayName = (weekdayNumber: number): string => t(WEEKDAYS[weekdayNumber - 1]!);

/** 11 月 17 日; with the year when it is not that of the other day. */
export const sayDate = (day: Day, today: Day): string => dateIn(day, today.slice(0, 4));

/** 今天, 明天, 昨天, 11 月 17 日; with the year when it is not this year's. */
export const sayDay = (day: Day, today: Day): string => {
  const near = [t('昨天'), t('今天'), t('明天')][daysBetween(today, day) + 1];
  return near ?? sayDate(day, today);
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
const sayAmount = ({ amount, unit, dayKind }: Amount): string => {
  if (unit === 'month') return t('{amount} 个月', { amount });
  if (unit === 'day')
    return t('{amount} 个{what}', { amount, what: dayKind === 'working' ? t('工作日') : t('自然日') });
  return sayMinutes(Math.ceil(amount * 60));
};

const sayMinutes = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? t('{hours} 小时', { hours }) : '', rest > 0 || hours === 0 ? t('{rest} 分钟', { rest }) : '']
    .filter(Boolean)
    .join(' ');
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
    return { late: false, days: sum('calendar'), workingDays: sum('working'), text: t('已暂停') };
  }
  const at = due.stoppedAt ?? now;
  const today = dayOf(at);
  const over = timeOf(at) - timeOf(due.due);
  if (over > 0) {
    const days = daysBetween(due.day, today);
    const length =
      over < 24 * HOUR && due.unit === 'hour' ? sayMinutes(Math.ceil(over / MINUTE)) : t('{days} 天', { days });
    const text = due.stoppedAt === undefined ? t('超 {length}', { length }) : t('已停止计时，超 {length}', { length });
    return { late: true, days, workingDays: workingDaysBetween(due.day, today, calendar), text };
  }
  const left = {
    late: false,
    days: daysBetween(today, due.day),
    workingDays: workingDaysBetween(today, due.day, calendar),
  };
  if (due.stoppedAt !== undefined) return { ...left, text: t('已停止计时，没有超期') };
  if (due.unit === 'hour') return { ...left, text: t('{due} 前', { due: sayInstant(due.due, now) }) };
  if (left.days === 0) return { ...left, text: t('今天截止') };
  return {
    ...left,
    text:
      due.dayKind === 'working'
        ? t('还剩 {workingDays} 个工作日', { workingDays: left.workingDays })
        : t('还剩 {days} 天', { days: left.days }),
  };
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
  const doubt = rule.confidence === 'C' ? t('（这条规则待本县确认）') : '';
  return t('依据：{all}。', { all: [rule.source + doubt, ...notices].join(t('；')) });
};

interface Telling {
  readonly run: ClockRun;
  /** The year the clock started in; other years are named. */
  readonly year: string;
  /** Something changed the plain end. */
  readonly moved: boolean;
}

const named = (day: Day, year: string): string =>
  t('{dateIn}（周{n}）', { dateIn: dateIn(day, year), n: t(WEEKDAYS[weekday(day) - 1]!) });

const timed = (instant: Instant, year: string): string => `${dateIn(dayOf(instant), year)} ${clockTime(instant)}`;

/** 10 月 1 日到 8 日; 9 月 29 日到 10 月 2 日; 1 月 1 日. */
const range = (from: Day, to: Day, year: string): string => {
  if (from === to) return dateIn(from, year);
  const end =
    from.slice(0, 7) === to.slice(0, 7) && language() === 'zh'
      ? `${Number(to.slice(8))} 日`
      : dateIn(to, from.slice(0, 4));
  return t('{dateIn}到 {end}', { dateIn: dateIn(from, year), end });
};

/** Words in brackets end without the stop they were written with. */
const within = (words: string): string => words.replace(/[。.；;]+$/u, '');

const tell = (step: Step, { run, year, moved }: Telling): string => {
  switch (step.kind) {
    // Told together with the count that follows it.
    case 'started':
      return '';
    case 'counted': {
      const event = run.rule.startEvent ?? t('开始计时');
      const to = moved ? t('本来到') : t('到');
      if (step.unit === 'hour') {
        return t('{startedAt} {event}，{step}，昼夜连着算，{to} {until}。', {
          startedAt: timed(run.startedAt, year),
          event,
          step: sayAmount(step),
          to,
          until: timed(step.until, year),
        });
      }
      const first = run.rule.startsNextDay ? t('从第二天算起') : t('从当天算起');
      return t('{dateIn}{event}，{first}，{step}，{to} {dateIn2}。', {
        dateIn: dateIn(dayOf(run.startedAt), year),
        event,
        first,
        step: sayAmount(step),
        to,
        dateIn2: dateIn(step.last, year),
      });
    }
    case 'holiday':
      return t('{range}{name}放假，不算工作日。', { range: range(step.from, step.to, year), name: step.name });
    case 'made-up':
      return t('{named}调休上班，算工作日。', { named: named(step.day, year) });
    case 'suspended':
      if (step.to === undefined) {
        const from = step.unit === 'hour' ? timed(step.from, year) : dateIn(step.from, year);
        return t('{from}起暂停（{reason}），还没有恢复。', { from, reason: within(step.reason) });
      }
      if (step.unit === 'hour') {
        return t('{from} 到 {to} 暂停（{reason}），这 {minutes}不算。', {
          from: timed(step.from, year),
          to: timed(step.to, year),
          reason: within(step.reason),
          minutes: sayMinutes(step.minutes),
        });
      }
      return step.from === step.to
        ? t('{dateIn}暂停过（{reason}），这一天不算。', {
            dateIn: dateIn(step.from, year),
            reason: within(step.reason),
          })
        : t('{range}暂停（{reason}），这几天不算。', {
            range: range(step.from, step.to, year),
            reason: within(step.reason),
          });
    case 'extended':
      return t('{dateIn}同意延期 {step}（{reason}）。', {
        dateIn: dateIn(dayOf(step.decidedAt), year),
        step: sayLength(step),
        reason: within(step.reason),
      });
    case 'rolled': {
      const off = range(step.off.from, step.off.to, year);
      const why =
        step.because === '周末' ? t('{off}是周末', { off }) : t('{off}{because}放假', { off, because: step.because });
      return t('{why}，最后一天顺延到 {named}。', { why, named: named(step.to, year) });
    }
    case 'unpublished':
      return t('日历里没有 {year} 年的放假安排，那一年先按周一到周五上班算，公布以后可能会变。', { year: step.year });
    case 'stopped':
      return t('{at} 停止计时。', { at: timed(step.at, year) });
  }
};

/** An extension by calendar days is said in plain days. */
const sayLength = (amount: Amount): string =>
  amount.unit === 'day' && amount.dayKind === 'calendar'
    ? t('{amount} 天', { amount: amount.amount })
    : sayAmount(amount);

/** The last word where the first sentence no longer holds. */
const ending = (due: Due, year: string, moved: boolean): string => {
  if (due.paused) {
    const left = due.left.map(sayAmount).join(t('，再加 '));
    return left === '' ? t('恢复以后的第一个工作日是最后一天。') : t('恢复以后接着算，还有 {left}。', { left });
  }
  if (!moved) return '';
  return due.unit === 'hour'
    ? t('所以到 {due} 为止。', { due: timed(due.due, year) })
    : t('所以最后一天是 {named}。', { named: named(due.day, year) });
};
