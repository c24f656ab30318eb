const MONTHS = { month: 1, quarter: 3, half: 6, year: 12, free: 0 } as const;

/** A day in the period before or after the one that begins on a day. */
export function stepped(kind: keyof typeof MONTHS, from: string, by: 1 | -1): string {
  const months = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + by * MONTHS[kind];
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}
