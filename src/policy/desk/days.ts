import type { Calendar } from '../../calendar/model.ts';

export type Year = Calendar['years'][number];
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const without = (days: readonly string[], day: string): string[] => days.filter((d) => d !== day);

/** A click turns a working day into a day off, and a weekend day into one that is worked; a second click turns it back. */
export function toggled(year: Year, day: string): Year {
  if (year.workdays.includes(day)) return { ...year, workdays: without(year.workdays, day) };
  if (year.holidays.includes(day)) {
    const { [day]: _, ...names } = year.names ?? {};
    const holidays = without(year.holidays, day);
    return { ...year, holidays, names, ...(isWeekend(day) ? { workdays: [...year.workdays, day].toSorted() } : {}) };
  }
  return isWeekend(day)
    ? { ...year, workdays: [...year.workdays, day].toSorted() }
    : { ...year, holidays: [...year.holidays, day].toSorted() };
}

/** The days of a month in rows of a week, Monday first; blank before the first. */
export function weeksOf(year: number, month: number): (string | undefined)[][] {
  const blank = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const cells = [
    ...Array.from({ length: blank }, () => undefined),
    ...Array.from(
      { length: count },
      (_, day) => `${year}-${String(month).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`,
    ),
  ];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
