import { randomInt } from 'node:crypto';
import { dayOf } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';

/** How many numbers a process takes at once: writers queue for the counter once in so many matters. */
const BLOCK = 50;

const blocks = new Map<string, { next: number; end: number }>();
const waiting = new Map<string, Promise<void>>();

/**
 * The next free number of a county's month, e.g. `QH 2611 0482 3`: prefix, year and month, count, check digit.
 * Digits only after the prefix, in groups, so that it can be read out on the phone; the check digit
 * finds every single misheard digit and every swap of neighbours (ISO 7064 MOD 11,10).
 */
export async function nextNumber(query: Query, county: number, prefix: string, at: string): Promise<string> {
  const month = dayOf(at).slice(2, 7).replace('-', '');
  const series = `matter ${month}`;
  const key = `${county} ${series}`;
  for (;;) {
    const block = blocks.get(key);
    if (block !== undefined && block.next < block.end) return writeNumber(prefix, month, block.next++);
    // One asker takes the block, the others of this process wait for it.
    const taking = waiting.get(key) ?? takeBlock(query, county, series, key).finally(() => waiting.delete(key));
    waiting.set(key, taking);
    await taking;
  }
}

async function takeBlock(query: Query, county: number, series: string, key: string): Promise<void> {
  const next = await takeNumbers(query, county, series, BLOCK);
  blocks.set(key, { next, end: next + BLOCK });
}

/** Takes a run of numbers of a series. Returns the first. */
async function takeNumbers(query: Query, county: number, series: string, many: number): Promise<number> {
  return (await takeRuns(query, county, new Map([[series, many]]))).get(series)!;
}

/** Takes a run of numbers of each series at once, for imports. Returns the first of each. */
export async function takeRuns(
  query: Query,
  county: number,
  many: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  // In one order, so that two that take several series never wait for each other.
  const rows = await query<{ name: string; next: number }>(
    'counter.take',
    `insert into counter (county, name, next)
     select $1::int, name, 1 + many from unnest($2::text[], $3::int8[]) as t(name, many) order by name
     on conflict (county, name) do update set next = counter.next + excluded.next - 1 returning name, next`,
    [county, [...many.keys()], [...many.values()]],
  );
  return new Map(rows.map(({ name, next }) => [name, next - many.get(name)!]));
}

export const writeNumber = (prefix: string, month: string, count: number): string => {
  const digits = String(count).padStart(4, '0');
  return `${prefix}${month}${digits}${checkDigit(month + digits)}`;
};

export { sayNumber } from './number-words.ts';

/** What was typed or read out, as it is stored; undefined when the check digit does not fit. */
export function readNumber(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .normalize('NFKC')
    .replace(/[\s\-–—_.]/g, '');
  const parts = /^([A-Z]{1,4})(\d{4})(\d{4,9})(\d)$/.exec(plain);
  if (parts === null) return undefined;
  return checkDigit(parts[2]! + parts[3]!) === Number(parts[4]) ? plain : undefined;
}

function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}

/** The code that, with the number, opens a matter without an account: six digits. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');
