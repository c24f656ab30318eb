import { HOUR, dayOf, instantOf, timeOf } from '../calendar/days.ts';
import type { Calendar, Instant } from '../calendar/model.ts';
import { morningAfter, morningBefore, nextWithin } from './hours.ts';
import type { NoticeKindName } from './kinds.ts';
import type { Deadline, NoticeSettings, ReminderSettings, To } from './model.ts';

/** One reminder of a clock: what, when, to whom. */
export interface Step {
  /** The same for one clock however often it is worked out: `before 2`, `hours 4`, `handler 0`. */
  readonly name: string;
  readonly at: Instant;
  readonly kind: NoticeKindName;
  readonly to: To;
  /** Before it is late; or late, and whom that is told. */
  readonly rung: 'before' | 'handler' | 'leader' | 'above';
}

/** A run of a clock with the date it has: another date is another clock to be reminded of. */
export const clockOf = ({ run, due }: Deadline): string => `${run} ${due}`;

/**
 * All reminders of a clock, in order: pure in the clock, the rules and the calendar.
 *
 * Days: before the due day at the beginning of work, counted in working days back from the last working day that is not
 * after it; late ones when work begins again after it. Hours: so many hours before the end, and at the end, as far as
 * somebody may be disturbed then. Nothing is said before the clock began to run.
 */
export function stepsOf(
  deadline: Deadline,
  rules: ReminderSettings,
  settings: Pick<NoticeSettings, 'officials' | 'urgent'>,
  calendar: Calendar,
): Step[] {
  const { due, day, hours, since, handler, about } = deadline;
  const kind = (name: 'before' | 'last' | 'late'): NoticeKindName => `${about}.${name}`;
  const before = hours
    ? [...new Set(rules.beforeHours)].map((count) => ({
        name: `hours ${count}`,
        at: nextWithin(instantOf(timeOf(due) - count * HOUR), settings.urgent, calendar),
        kind: kind('last'),
      }))
    : [...new Set(rules.before)].map((count) => ({
        name: `before ${count}`,
        at: morningBefore(day, count, settings.officials, calendar),
        kind: kind(count === 0 ? 'last' : 'before'),
      }));
  const late = rules.late.map(({ days, to }): Step => ({
    name: `${to} ${days}`,
    at: lateAt(due, hours, days, settings, calendar),
    kind:
      to === 'handler' || about === 'promise' || about === 'task'
        ? kind('late')
        : to === 'leader'
          ? `${about}.late-leader`
          : `${about}.late-above`,
    to: deadline[to],
    rung: to,
  }));
  return [...before.map((step): Step => ({ ...step, to: handler, rung: 'before' })), ...late]
    .filter(({ at, rung }) => at > since && (rung !== 'before' || at < due))
    .toSorted((a, b) => (a.at === b.at ? (a.name < b.name ? -1 : 1) : a.at < b.at ? -1 : 1));
}

/** Late begins when the clock has run out and somebody is there to do something about it. */
function lateAt(
  due: Instant,
  hours: boolean,
  days: number,
  { officials, urgent }: Pick<NoticeSettings, 'officials' | 'urgent'>,
  calendar: Calendar,
): Instant {
  const after = instantOf(timeOf(due) + 1);
  if (days === 0) return nextWithin(after, hours ? urgent : officials, calendar);
  return morningAfter(dayOf(nextWithin(after, officials, calendar)), days, officials, calendar);
}

/**
 * Which of the steps that are due now are said: of those before the end only the last, and none once it is late; of
 * those after it the last for each who is told. Whoever looks once a week is not told the same three times at once.
 */
export function saidOf(due: readonly Step[]): Step[] {
  const last = new Map<Step['rung'], Step>();
  for (const step of due) last.set(step.rung, step);
  if (last.size > 1) last.delete('before');
  return [...last.values()];
}
