import { randomInt } from 'node:crypto';
import { dayOf } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';
import { writeNumber } from './number.ts';

/** How many numbers of a month and letter there are: none follows another, so that no gap tells of one not seen. */
const MANY = 900_000;

/**
 * A number of a matter's shape whose count is drawn at random, with its check digit.
 * @param letter set behind the county's own letters
 */
export const newTicket = (prefix: string, letter: string, at: string): string =>
  writeNumber(`${prefix.slice(0, 3)}${letter}`, dayOf(at).slice(2, 7).replace('-', ''), 100_000 + randomInt(MANY));

export const prefixOf = async (query: Query, county: number): Promise<string> =>
  (await query<{ prefix: string }>('tickets.prefix', 'select prefix from county where county = $1', [county]))[0]
    ?.prefix ?? '';
