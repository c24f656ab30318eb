import { t } from './english.ts';
import { language } from './say.ts';

const locale = language === 'en' ? 'en-GB' : 'zh-CN';
const TIME_ZONE = 'Asia/Shanghai';
const exact = new Intl.DateTimeFormat(locale, {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const clock = new Intl.DateTimeFormat(locale, {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE });
const months = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-GB', { month: 'short' }).format(new Date(2026, month, 1)),
);

/** A clock that is off by less is right enough. */
const WRONG_MS = 2 * 60_000;
let ahead = 0;
/** Tells how far this device's clock is ahead of the server's (ms). */
export const clockIsAhead = (ms: number): void => {
  ahead = Math.abs(ms) < WRONG_MS ? 0 : ms;
};
/** Now, by the server's clock as far as this device knows it (ms): for days and limits, where the device's own may be a year off. */
export const rightNow = (): number => Date.now() - ahead;
/** An instant that this device's clock wrote, set right. */
export const rightly = (instant: string): string =>
  ahead === 0 ? instant : new Date(Date.parse(instant) - ahead).toISOString();

/** An instant as the field for it shows one: 2026-11-17T09:30, by the clock of the place. */
export const hereAt = (instant: string | number): string =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
/** The same back, in ms; NaN of what is none. */
export const timeHere = (value: string): number => Date.parse(`${value}:00+08:00`);

/** The civil day of an instant in Shanghai, 'YYYY-MM-DD'. */
export const dayAt = (instant: string | number | Date): string => isoDay.format(new Date(instant));

/** 2026年11月17日周二 09:30:12, or Tue, 17 November 2026 at 09:30:12, for hovering. */
export const sayExactly = (instant: string): string => exact.format(new Date(instant));

/** 11 月 17 日, or 17 Nov, with the year when it is not this one. */
export function sayDate(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number) as [number, number, number];
  const values = { year, month: language === 'en' ? months[month - 1]! : month, date };
  return year === new Date(rightNow()).getFullYear()
    ? t('{month} 月 {date} 日', values)
    : t('{year} 年 {month} 月 {date} 日', values);
}

const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });

/** A day somebody has to be somewhere: 今天 周五, 11 月 30 日 周一, 30 Nov Mon. */
export function sayDay(day: string, now: number = Date.now()): string {
  const said = daysTo(day, now) === 0 ? t('今天') : daysTo(day, now) === 1 ? t('明天') : sayDate(day);
  return `${said} ${weekday.format(new Date(`${day.slice(0, 10)}T00:00:00Z`))}`;
}

/** From today to a civil day, in days; negative when it is over. */
export const daysTo = (day: string, now: number = Date.now()): number =>
  (Date.parse(day.slice(0, 10)) - Date.parse(dayAt(now))) / 86_400_000;

/** How near a last day is, as people say it; nothing when it is more than a week away. */
export function sayLeft(day: string, now: number = Date.now()): string | undefined {
  const n = daysTo(day, now);
  if (n < 0) return t('过了 {n} 天', { n: -n });
  if (n < 2) return n === 0 ? t('就是今天') : t('就是明天');
  return n <= 7 ? t('还有 {n} 天', { n }) : undefined;
}

/** The month of a year, 'YYYY-MM', as a heading: 2026 年 11 月, November 2026. */
export const sayMonth = (month: string): string =>
  language === 'en'
    ? new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date(`${month}-15T00:00:00`))
    : `${month.slice(0, 4)} 年 ${Number(month.slice(5, 7))} 月`;

/** 今天 09:30, 昨天 17:05, 11 月 17 日 08:00. */
export function sayMoment(instant: string, now: number = rightNow()): string {
  const day = dayAt(instant);
  const time = clock.format(new Date(instant));
  if (day === dayAt(now)) return t('今天 {time}', { time });
  if (day === dayAt(now - 86_400_000)) return t('昨天 {time}', { time });
  return `${sayDate(day)} ${time}`;
}
