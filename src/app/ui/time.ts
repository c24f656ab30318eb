const exact = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const shortDay = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' });
const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The civil day of an instant in Shanghai, 'YYYY-MM-DD'. */
export const dayAt = (instant: string | number | Date): string => isoDay.format(new Date(instant));

/** 2026年11月17日周二 09:30:12, for hovering. */
export const sayExactly = (instant: string): string => exact.format(new Date(instant));

/** 11 月 17 日, with the year when it is not this one. */
export function sayDate(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return `${year === new Date().getFullYear() ? '' : `${year} 年 `}${month} 月 ${date} 日`;
}

/** 今天 09:30, 昨天 17:05, 11/17 08:00. */
export function sayMoment(instant: string, now: number = Date.now()): string {
  const day = dayAt(instant);
  const time = clock.format(new Date(instant));
  if (day === dayAt(now)) return `今天 ${time}`;
  if (day === dayAt(now - 86_400_000)) return `昨天 ${time}`;
  return `${shortDay.format(new Date(instant))} ${time}`;
}
