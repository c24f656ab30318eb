import { addDays, weekday } from '../calendar/days.ts';

/** The week a day lies in, Monday to Sunday. */
export const weekOf = (day: string): { readonly from: string; readonly to: string } => {
  const from = addDays(day, 1 - weekday(day));
  return { from, to: addDays(from, 6) };
};
