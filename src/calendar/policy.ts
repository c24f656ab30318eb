import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';
import { CalendarYear } from './model.ts';
import { calendarOf, publishedYears } from './years.ts';

/** The working calendar as a county publishes it: its years, each with the notice it was read from. */
export const calendarPolicy: PolicyKind = {
  name: 'calendar',
  title: '工作日历',
  schema: z.object({ years: z.array(CalendarYear).max(60) }).transform(({ years }) => calendarOf(years)),
  standard: { document: { years: publishedYears }, source: '国务院办公厅历年节假日安排通知' },
};
