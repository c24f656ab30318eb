import { addDays, daysBetween } from '../../calendar/days.ts';
import type { Contact } from '../model.ts';

/** How an official says it of their own day. */
export const contactWords: Record<Contact, string> = {
  met: '见到了',
  phone: '打了电话',
  'not-at-home': '没人在家',
  leaflet: '留了单子',
};

/** What the household said of a note; nothing where nobody was talked to. */
export const statusWords: Record<string, string> = {
  signed: '已签字',
  unsigned: '没签',
  declined: '不认可',
  silent: '',
};

/** Days a promise is usually given for. The end of the month is the next one's when this one is as good as over. */
export function promiseDays(today: string): readonly { readonly name: string; readonly day: string }[] {
  const end = monthEnd(today);
  const near = daysBetween(today, end) < 2;
  return [
    { name: '明天', day: addDays(today, 1) },
    { name: '一周内', day: addDays(today, 7) },
    { name: near ? '下月底' : '月底', day: near ? monthEnd(addDays(end, 1)) : end },
  ];
}

/** The last day of a day's month. */
export const monthEnd = (day: string): string => addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/** Until when, as one says it: 过期 3 天, 今天, 明天, 还有 5 天. */
export function sayUntil(by: string, today: string): string {
  const days = daysBetween(today, by);
  if (days < 0) return `过期 ${-days} 天`;
  return days === 0 ? '就是今天' : days === 1 ? '明天' : `还有 ${days} 天`;
}
