import { describe, expect, test } from 'vitest';
import { isWorkingDay, weekday } from './days.ts';
import { CalendarYear, ClockRule } from './model.ts';
import { clockRules, norms } from './templates.ts';
import { calendarOf, publishedCalendar, publishedYears } from './years.ts';

const year = { year: 2027, holidays: ['2027-01-01'], workdays: ['2027-01-03'], source: '试验' };
const issue = (more: object) => CalendarYear.safeParse({ ...year, ...more }).error?.issues[0];

describe('a calendar year', () => {
  test('[C5] with a day twice or outside the year is refused, naming the field and the entry', () => {
    expect(CalendarYear.safeParse(year).success).toBe(true);
    expect(issue({ holidays: ['2027-01-01', '2027-01-01'] })).toMatchObject({
      path: ['holidays', 1],
      message: '2027-01-01 重复了',
    });
    expect(issue({ workdays: ['2027-01-01'] })).toMatchObject({ path: ['workdays', 0], message: '2027-01-01 重复了' });
    expect(issue({ workdays: ['2026-12-31'] })).toMatchObject({
      path: ['workdays', 0],
      message: '2026-12-31 不在 2027 年内',
    });
    expect(issue({ holidays: ['2027-02-29'] })?.path).toEqual(['holidays', 0]);
    expect(issue({ names: { '2027-05-01': '劳动节' } })?.path).toEqual(['names', '2027-05-01']);
    expect(issue({ source: '' })?.path).toEqual(['source']);
  });

  test('edited by an administrator replaces the seed without touching it', () => {
    const edited = calendarOf([...publishedYears, CalendarYear.parse(year)]);
    expect(isWorkingDay('2027-01-03', edited)).toBe(true);
    expect(isWorkingDay('2027-01-03', publishedCalendar)).toBe(false);
  });
});

describe('the published years', () => {
  test.each(publishedYears.map((y) => [y.year, y] as const))(
    '%i is a valid document with a numbered notice',
    (_, y) => {
      expect(CalendarYear.parse(y)).toEqual(y);
      expect(y.source).toMatch(/国办发明电〔\d{4}〕\d+号/);
    },
  );

  // The law gives 11 days off, 13 from 2025; a make-up day only moves a weekday off. So the two must balance.
  test.each([
    [2024, 11],
    [2025, 13],
    [2026, 13],
  ])('%i: weekdays off less days made up are the %i days of the law', (n, legal) => {
    const y = publishedYears.find((one) => one.year === n)!;
    expect(y.workdays.every((day) => weekday(day) > 5)).toBe(true);
    expect(y.holidays.filter((day) => weekday(day) <= 5).length - y.workdays.length).toBe(legal);
  });

  // Read from the notices a second time, as the pages print them: day and weekday.
  test.each([
    ['2024-02-04', 7],
    ['2024-02-18', 7],
    ['2024-04-07', 7],
    ['2024-04-28', 7],
    ['2024-05-11', 6],
    ['2024-09-14', 6],
    ['2024-09-29', 7],
    ['2024-10-12', 6],
    ['2025-01-26', 7],
    ['2025-02-08', 6],
    ['2025-04-27', 7],
    ['2025-09-28', 7],
    ['2025-10-11', 6],
    ['2026-01-04', 7],
    ['2026-02-14', 6],
    ['2026-02-28', 6],
    ['2026-05-09', 6],
    ['2026-09-20', 7],
    ['2026-10-10', 6],
  ])('[C5] %s is made up', (day, on) => {
    expect(weekday(day)).toBe(on);
    expect(isWorkingDay(day, publishedCalendar)).toBe(true);
  });
});

describe('the shipped rules', () => {
  test.each(clockRules.map((rule) => [rule.id, rule] as const))('%s is valid', (_, rule) => {
    expect(ClockRule.parse(rule)).toEqual(rule);
  });

  test('carry ids that name one rule or norm each', () => {
    const ids = [...clockRules, ...norms].map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    [{ unit: 'hour', dayKind: 'calendar', startsNextDay: true, rolls: false }, 'startsNextDay'],
    [{ unit: 'hour', dayKind: 'calendar', startsNextDay: false, rolls: true }, 'rolls'],
    [{ unit: 'hour', dayKind: 'working', startsNextDay: false, rolls: false }, 'dayKind'],
    [{ unit: 'month', dayKind: 'calendar', startsNextDay: false, rolls: false }, 'startsNextDay'],
    [{ validTo: '2000-01-01' }, 'validTo'],
  ])('%j is refused', (more, field) => {
    expect(ClockRule.safeParse({ ...clockRules[0], ...more }).error?.issues.map((i) => i.path[0])).toContain(field);
  });
});
