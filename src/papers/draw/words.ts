/** 成文日期 in Arabic figures without leading noughts (GB/T 9704-2012, 7.3.5.4): 2026年11月6日. */
export function sayChineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
