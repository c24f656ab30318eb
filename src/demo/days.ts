/**
 * Days of the demo county, counted in Shanghai time (UTC+8, no daylight saving). Only for telling
 * believable stories: a matter's due date is the calendar's business, not decided here.
 */
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const MINUTE = 60_000;

/** First days of the lunar year; before and after it the county pauses, before it wages are asked for. */
const NEW_YEARS = [
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
];

/** Days since 1970-01-01, in Shanghai. */
export const dayOf = (ms: number): number => Math.floor((ms + 8 * HOUR) / DAY);
/** Midnight at the beginning of a day, as epoch milliseconds. */
export const startOf = (day: number): number => day * DAY - 8 * HOUR;
export const at = (day: number, hour: number, minute = 0, second = 0): number =>
  startOf(day) + hour * HOUR + minute * MINUTE + second * 1_000;

export const iso = (ms: number): string => new Date(ms).toISOString();
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export const monthOf = (day: number): number => new Date(day * DAY).getUTCMonth() + 1;
/** 0 is Sunday. */
export const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

const newYearDays = NEW_YEARS.map((date) => Date.parse(date) / DAY);

/** Days until the nearest lunar new year not more than ten days past; large when none is near. */
export const daysToNewYear = (day: number): number => {
  for (const first of newYearDays) if (first - day >= -10) return first - day;
  return 365;
};

/** The long holidays, on which offices rest: the lunar new year's week and the first week of October. */
export const isHoliday = (day: number): boolean => {
  const left = daysToNewYear(day);
  if (left <= 1 && left >= -6) return true;
  const [month, date] = [monthOf(day), new Date(day * DAY).getUTCDate()];
  return (month === 10 && date <= 7) || (month === 5 && date <= 3) || (month === 1 && date === 1);
};

const isOfficeDay = (day: number): boolean => weekday(day) !== 0 && weekday(day) !== 6 && !isHoliday(day);

/** The same instant if offices are open, else early in the next office hours. */
export const inOffice = (ms: number, minuteOfMorning: number): number => {
  let day = dayOf(ms);
  const hour = (ms - startOf(day)) / HOUR;
  if (isOfficeDay(day)) {
    if (hour >= 8.5 && hour < 17.8) return ms;
    if (hour < 8.5) return at(day, 8, 35 + (minuteOfMorning % 80));
  }
  do day++;
  while (!isOfficeDay(day));
  return at(day, 8, 35 + (minuteOfMorning % 80));
};

/** A day (told until 09:00 of it) or an instant, as epoch milliseconds. */
export const endOfStory = (today: string): number => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(today) ? at(Date.parse(today) / DAY, 9) : Date.parse(today);
  if (Number.isNaN(ms)) throw new RangeError(`neither a day nor an instant: ${today}`);
  return ms;
};
