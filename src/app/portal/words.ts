import { dueOf } from '../../calendar/clocks.ts';
import { dayOf, daysBetween } from '../../calendar/days.ts';
import { sayDay, sayInstant } from '../../calendar/explain.ts';
import type { Calendar, ClockRun } from '../../calendar/model.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';

/** Longest heading made from what a resident wrote, in characters. */
const SUBJECT_CHARS = 48;

/**
 * The first sentence of what was written, as the matter's heading: people write a story, not a title.
 * Always the beginning of the text; cut short with … when the sentence is long.
 */
export function subjectOf(written: string): string {
  const sentence = /^[^\n。！？!?；;]+/u.exec(written)?.[0]?.trim() ?? written.trim();
  const characters = [...(sentence === '' ? written.trim() : sentence)];
  return characters.length <= SUBJECT_CHARS ? characters.join('') : `${characters.slice(0, SUBJECT_CHARS).join('')}…`;
}

/** The parts that are there, with something between them. */
export const joined = (between: string, ...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(between);

/** Numbers read out over a phone arrive with spaces, dashes and full-width figures. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '');

export const phoneOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[–—－]/g, '-')
    .trim();

/** 12 月 2 日前, or to the minute where the clock counts hours. Undefined while no date can be known. */
export function promisedBy(clock: ClockRun | undefined, calendar: Calendar, now: string): string | undefined {
  const due = clock === undefined ? undefined : dueOf(clock, calendar);
  if (due === undefined || due.paused) return undefined;
  if (due.unit !== 'hour') return byDay(due.day, now);
  return language() === 'en' ? `by ${instantInEnglish(due.due)}` : `${sayInstant(due.due, now)} 前`;
}

/** A day as English says it, in Shanghai time. */
export const dayInEnglish = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  timeZone: 'Asia/Shanghai',
});
const timeInEnglish = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Shanghai',
});

/** 14:30 on 2 December, in Shanghai time. */
export const instantInEnglish = (instant: string): string =>
  `${timeInEnglish.format(new Date(instant))} on ${dayInEnglish.format(new Date(instant))}`;

/** 今天, 12 月 2 日. */
export const dayAlone = (day: string, now: string): string =>
  language() === 'en' ? dayInEnglish.format(new Date(`${day}T12:00:00+08:00`)) : sayDay(day, dayOf(now));

/** The last day as a promise: 今天之内, 12 月 2 日前. */
export function byDay(day: string, now: string): string {
  const said = dayAlone(day, now);
  if (language() === 'en') return `by ${said}`;
  if (said === '昨天') return said;
  return `${said}${said.endsWith('日') ? '前' : '之内'}`;
}

/** With the space that Chinese type sets between characters and figures. */
export const spaced = (said: string): string => (/^\d/.test(said) ? ` ${said}` : said);

export const JUST_LATE = '今天刚超期';

/** How long a clock has been over, in days as people count them. Undefined while in time. */
export function lateBy(due: string, now: string): string | undefined {
  if (due >= now) return undefined;
  const days = daysBetween(dayOf(due), dayOf(now));
  return days === 0 ? t(JUST_LATE) : t('{days} 天', { days });
}
