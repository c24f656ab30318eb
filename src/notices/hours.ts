import {
  type DayNumber,
  MINUTE,
  dayNumberAt,
  instantOf,
  startTime,
  timeOf,
  toNumber,
  workingDays,
} from '../calendar/days.ts';
import type { Calendar, Day, Instant } from '../calendar/model.ts';
import type { Hours } from './model.ts';

/** Minutes of a day behind '08:30'. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The instant at a time of a day in Shanghai. */
const timeOn = (day: DayNumber, time: string): number => startTime(day) + minutesOf(time) * MINUTE;

const isOpen = ({ days }: Hours, day: DayNumber, calendar: Calendar): boolean =>
  days === 'all' || workingDays(calendar).works(day);

/**
 * The first instant at or after this one that lies inside the hours. A holiday is not inside working days, a weekend
 * day that is worked (调休) is.
 */
export function nextWithin(at: Instant, hours: Hours, calendar: Calendar): Instant {
  const time = timeOf(at);
  for (let day = dayNumberAt(time); ; day += 1) {
    if (!isOpen(hours, day, calendar) || time >= timeOn(day, hours.to)) continue;
    return instantOf(Math.max(time, timeOn(day, hours.from)));
  }
}

/** The first time of that name on a working day, at or after an instant: when a digest goes out. */
export function nextAt(at: Instant, time: string, calendar: Calendar): Instant {
  const { works } = workingDays(calendar);
  for (let day = dayNumberAt(timeOf(at)); ; day += 1) {
    const then = timeOn(day, time);
    if (works(day) && then >= timeOf(at)) return instantOf(then);
  }
}

/** When work begins `count` working days before the last working day that is not after `day`. */
export function morningBefore(day: Day, count: number, { from }: Hours, calendar: Calendar): Instant {
  const { works } = workingDays(calendar);
  let number = toNumber(day);
  while (!works(number)) number -= 1;
  for (let left = count; left > 0; left -= 1)
    do number -= 1;
    while (!works(number));
  return instantOf(timeOn(number, from));
}

/** When work begins on the `count`-th working day after a day. */
export function morningAfter(day: Day, count: number, { from }: Hours, calendar: Calendar): Instant {
  const { works } = workingDays(calendar);
  let number = toNumber(day);
  for (let left = count; left > 0; left -= 1)
    do number += 1;
    while (!works(number));
  return instantOf(timeOn(number, from));
}
