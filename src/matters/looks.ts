import { remaining, sayDay } from '../calendar/explain.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import { t } from './english.ts';

export interface Look {
  household: string;
  subject: string | null;
  status: string;
  due: string | null;
  to_tell: string[];
  papers_owed?: number | undefined;
  recheck_on: string | null;
}

/**
 * Why the open matters of households call for a visit, in words for the day's list: something to tell them, a result
 * to look at, a date coming near. Nothing is said of a matter that simply takes its course.
 */
export async function matterReasons(
  desk: Desk,
  households: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await desk.query<Look>(
    'matter.looks',
    `select household, subject, status, due, to_tell, papers_owed, recheck_on from matter
      where county = $1 and household = any($2::uuid[]) and open order by due nulls last`,
    [desk.county, [...households]],
  );
  const calendar = desk.policies.get<Calendar>('calendar');
  const reasons = new Map<string, string[]>();
  for (const row of rows) {
    const reason = reasonOf(row, desk.now, calendar);
    if (reason === undefined) continue;
    reasons.set(row.household, [...(reasons.get(row.household) ?? []), reason]);
  }
  return reasons;
}

/** Pure: the phone says the same without network. */
export function reasonOf(row: Look, now: string, calendar: Calendar): string | undefined {
  const what = `「${row.subject ?? t('一件事')}」`;
  if (row.to_tell.includes('extension')) return t('{what}延期了，要当面告知', { what });
  if (row.to_tell.includes('whereabouts')) return t('{what}转给了哪个单位，要告诉本人', { what });
  if ((row.papers_owed ?? 0) > 0) return t('{what}有文书要送到本人手里', { what });
  if (row.to_tell.includes('deferral')) return t('{what}暂时办不了，要说明原因', { what });
  if (row.status === 'resolved') return t('{what}说办好了，去看看办好没有', { what });
  if (row.recheck_on !== null && row.recheck_on <= dayOf(now))
    return t('{what}到了回头再看的日子（{recheck_on}）', { what, recheck_on: sayDay(row.recheck_on, dayOf(now)) });
  if (row.due === null) return undefined;
  const { late, text } = remaining(
    { paused: false, due: row.due, day: dayOf(row.due), unit: 'day', dayKind: 'calendar', steps: [] },
    now,
    calendar,
  );
  if (late) return t('{what}{text}，去解释一声', { what, text });
  return Date.parse(row.due) - Date.parse(now) < 3 * 86_400_000 ? `${what}${text}` : undefined;
}
