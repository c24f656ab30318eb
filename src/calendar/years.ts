import { addDays } from './days.ts';
import type { Calendar, CalendarYear, Day } from './model.ts';

/**
 * The working calendar as the State Council published it, read notice by notice and reviewed.
 * A new year is added by an administrator as a policy document; a release only refreshes the seed.
 */

/** First and last day of a holiday as the notice writes them, 'MM-DD'. */
type Holiday = readonly [name: string, from: string, to: string];

const publish = (
  year: number,
  notice: string,
  holidays: readonly Holiday[],
  workdays: readonly string[],
): CalendarYear => {
  const names: Record<Day, string> = {};
  for (const [name, from, to] of holidays) {
    for (let day = `${year}-${from}`; day <= `${year}-${to}`; day = addDays(day, 1)) names[day] = name;
  }
  return {
    year,
    holidays: Object.keys(names),
    workdays: workdays.map((day) => `${year}-${day}`),
    names,
    source: `《国务院办公厅关于${year}年部分节假日安排的通知》（${notice}）`,
  };
};

export const publishedYears: readonly CalendarYear[] = [
  publish(
    2024,
    '国办发明电〔2023〕7号，2023-10-25',
    [
      ['元旦', '01-01', '01-01'],
      ['春节', '02-10', '02-17'],
      ['清明节', '04-04', '04-06'],
      ['劳动节', '05-01', '05-05'],
      ['端午节', '06-10', '06-10'],
      ['中秋节', '09-15', '09-17'],
      ['国庆节', '10-01', '10-07'],
    ],
    ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  ),
  publish(
    2025,
    '国办发明电〔2024〕12号，2024-11-12',
    [
      ['元旦', '01-01', '01-01'],
      ['春节', '01-28', '02-04'],
      ['清明节', '04-04', '04-06'],
      ['劳动节', '05-01', '05-05'],
      ['端午节', '05-31', '06-02'],
      ['国庆节、中秋节', '10-01', '10-08'],
    ],
    ['01-26', '02-08', '04-27', '09-28', '10-11'],
  ),
  publish(
    2026,
    '国办发明电〔2025〕7号，2025-11-04',
    [
      ['元旦', '01-01', '01-03'],
      ['春节', '02-15', '02-23'],
      ['清明节', '04-04', '04-06'],
      ['劳动节', '05-01', '05-05'],
      ['端午节', '06-19', '06-21'],
      ['中秋节', '09-25', '09-27'],
      ['国庆节', '10-01', '10-07'],
    ],
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  ),
];

/** A calendar from its years, as the policy store holds them. A year given twice is taken from its later entry. */
export const calendarOf = (years: readonly CalendarYear[]): Calendar => ({
  years: Object.fromEntries(years.map((year) => [year.year, year])),
});

/** The seed calendar. Years outside it are not published here: they count by the weekly pattern and say so. */
export const publishedCalendar: Calendar = calendarOf(publishedYears);
