import { addDays, daysBetween } from '../../calendar/days.ts';
import type { Contact } from '../model.ts';
import { t } from './english.ts';

/** How an official says it of their own day. */
export const contactWords: Record<Contact | 'withdrawn', string> = {
  met: t('见到了'),
  phone: t('打了电话'),
  'not-at-home': t('没人在家'),
  leaflet: t('留了单子'),
  withdrawn: t('已撤回'),
};

/** What the household said of a note; nothing where nobody was talked to. */
export const statusWords: Record<string, string> = {
  signed: t('已签字'),
  unsigned: t('没签'),
  declined: t('不认可'),
  silent: '',
};

/** Days a promise is usually given for. The end of the month is the next one's when this one is as good as over. */
export function promiseDays(today: string): readonly { readonly name: string; readonly day: string }[] {
  const end = monthEnd(today);
  const near = daysBetween(today, end) < 2;
  return [
    { name: t('明天'), day: addDays(today, 1) },
    { name: t('一周内'), day: addDays(today, 7) },
    { name: near ? t('下月底') : t('月底'), day: near ? monthEnd(addDays(end, 1)) : end },
  ];
}

/** The last day of a day's month. */
export const monthEnd = (day: string): string => addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/** Until when, as one says it: 过期 3 天, 今天, 明天, 还有 5 天. */
export function sayUntil(by: string, today: string): string {
  const days = daysBetween(today, by);
  if (days < 0) return t('过期 {n} 天', { n: -days });
  return days === 0 ? t('就是今天') : days === 1 ? t('明天') : t('还有 {days} 天', { days });
}
