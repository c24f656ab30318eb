import type { Calendar, Day, Instant } from './model.ts';

/**
 * Civil days of Asia/Shanghai and the working days among them. China keeps one zone, UTC+8, all year:
 * a day is arithmetic, no time-zone table is asked.
 */
/** Lengths of time in milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFSET = 8 * HOUR;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 in Shanghai: the engine counts in these and writes `Day` only at its edges. */
export type DayNumber = number;

/** Milliseconds since 1970 of an instant. @throws RangeError when it is no date. */
export const timeOf = (instant: Instant): number => {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new RangeError(`not an instant: ${instant}`);
  return time;
};

export const instantOf = (time: number): Instant => new Date(time).toISOString();

export const dayNumberAt = (time: number): DayNumber => Math.floor((time + OFFSET) / DAY);

/** Lists, ledgers and imports write the same few thousand days over and over: each is written once. */
const writtenDays = new Map<DayNumber, Day>();
const WRITTEN = 40_000;

export const toDay = (number: DayNumber): Day => {
  let day = writtenDays.get(number);
  if (day === undefined) {
    day = new Date(number * DAY).toISOString().slice(0, 10);
    if (writtenDays.size >= WRITTEN) writtenDays.clear();
    writtenDays.set(number, day);
  }
  return day;
};

/** @throws RangeError when the text is no day of the Gregorian calendar. */
export const toNumber = (day: Day): DayNumber => {
  const [, year, month, date] = PATTERN.exec(day) ?? [];
  const number = Date.UTC(Number(year), Number(month) - 1, Number(date)) / DAY;
  // Date.UTC rolls 30 February over into March: only a day that comes back unchanged exists.
  if (Number.isNaN(number) || toDay(number) !== day) throw new RangeError(`not a day: ${day}`);
  return number;
};

export const startTime = (number: DayNumber): number => number * DAY - OFFSET;
export const endTime = (number: DayNumber): number => startTime(number + 1) - 1;

/** The day in Shanghai at an instant. */
export const dayOf = (instant: Instant): Day => toDay(dayNumberAt(timeOf(instant)));

/** The first millisecond of a day. */
export const startOfDay = (day: Day): Instant => instantOf(startTime(toNumber(day)));

/** The last millisecond of a day, so that `dayOf(endOfDay(day)) === day`. */
export const endOfDay = (day: Day): Instant => instantOf(endTime(toNumber(day)));

/** The day `count` calendar days later; earlier when negative. */
export const addDays = (day: Day, count: number): Day => toDay(toNumber(day) + count);

/** Calendar days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => toNumber(to) - toNumber(from);

/** The same date some months later; where the month is too short, its last day (民法典第二百零二条). */
export const monthsAfter = (number: DayNumber, months: number): DayNumber => {
  const from = new Date(number * DAY);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lengthOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lengthOfMonth)) / DAY;
};

// Day 0, 1 January 1970, was a Thursday.
const weekdayOf = (number: DayNumber): number => ((((number + 3) % 7) + 7) % 7) + 1;

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: Day): number => weekdayOf(toNumber(day));

export const yearOf = (number: DayNumber): number => new Date(number * DAY).getUTCFullYear();

export interface WorkingDays {
  readonly works: (number: DayNumber) => boolean;
  /** What a day off by the notice is called; undefined on other days. */
  readonly holiday: (number: DayNumber) => string | undefined;
  /** A weekend day that is worked. */
  readonly madeUp: (number: DayNumber) => boolean;
}

const UNNAMED = '法定节假日';
// Odd kinds are worked.
const REST = 0;
const WORK = 1;
const HOLIDAY = 2;
const MADE_UP = 3;

const byWeek = (number: DayNumber) => (weekdayOf(number) <= 5 ? WORK : REST);

/** One byte for each day of the years held, so that counting a day is one look into an array. */
const indexOf = (calendar: Calendar): WorkingDays => {
  const years = Object.keys(calendar.years).map(Number);
  const first = years.length === 0 ? 0 : toNumber(`${Math.min(...years)}-01-01`);
  const last = years.length === 0 ? -1 : toNumber(`${Math.max(...years)}-12-31`);
  const kinds = Uint8Array.from({ length: last - first + 1 }, (_, n) => byWeek(first + n));
  const names = new Map<DayNumber, string>();
  for (const year of Object.values(calendar.years)) {
    for (const day of year.holidays) {
      kinds[toNumber(day) - first] = HOLIDAY;
      names.set(toNumber(day), year.names?.[day] ?? UNNAMED);
    }
    for (const day of year.workdays) kinds[toNumber(day) - first] = weekday(day) > 5 ? MADE_UP : WORK;
  }
  const kind = (number: DayNumber) => kinds[number - first] ?? byWeek(number);
  return {
    works: (number) => (kind(number) & WORK) === WORK,
    holiday: (number) => (kind(number) === HOLIDAY ? names.get(number) : undefined),
    madeUp: (number) => kind(number) === MADE_UP,
  };
};

const indexes = new WeakMap<Calendar, WorkingDays>();

/** The calendar as questions about day numbers; the index behind it is made once for each calendar. */
export const workingDays = (calendar: Calendar): WorkingDays => {
  const known = indexes.get(calendar);
  if (known !== undefined) return known;
  const made = indexOf(calendar);
  indexes.set(calendar, made);
  return made;
};

/** Whether the calendar holds the State Council's arrangement for a year; otherwise the weekly pattern is used. */
export const isPublished = (year: number, calendar: Calendar): boolean => calendar.years[year] !== undefined;

export const isWorkingDay = (day: Day, calendar: Calendar): boolean => workingDays(calendar).works(toNumber(day));

/** The first working day after `day`. */
export const nextWorkingDay = (day: Day, calendar: Calendar): Day => {
  const { works } = workingDays(calendar);
  let number = toNumber(day) + 1;
  while (!works(number)) number += 1;
  return toDay(number);
};

/** Working days after `from`, up to and including `to`; 0 when `to` is not later. */
export const workingDaysBetween = (from: Day, to: Day, calendar: Calendar): number =>
  countWorking(toNumber(from) + 1, toNumber(to), workingDays(calendar));

/** Working days from `first` to `last`, both included. */
export const countWorking = (first: DayNumber, last: DayNumber, { works }: WorkingDays): number => {
  let count = 0;
  for (let number = first; number <= last; number += 1) if (works(number)) count += 1;
  return count;
};
