import { daysTo, sayDate, sayLeft } from './time.ts';

/**
 * A last day, and how near it is: 12 月 5 日 还有 3 天; red once it is over.
 * @param still whether anything is still owed by then; a day that was kept is only a day
 */
export function Due({ day, still = true }: { day: string; still?: boolean }) {
  const left = still ? sayLeft(day) : undefined;
  const n = daysTo(day);
  return (
    <span className={still && n < 0 ? 'nowrap late' : 'nowrap'}>
      {sayDate(day)}
      {left !== undefined && <small className={n < 0 ? 'late' : n < 3 ? 'soon' : undefined}> {left}</small>}
    </span>
  );
}
