import { newId } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Policies } from '../ledger/record.ts';
import type { RetentionPolicy } from './model.ts';
import { keptSince, lapsed, pastKeeping } from './tables.ts';

const BATCH = 500;

/**
 * Forgets households whose time is over: the event that says so first, then the boxes of the record. Events and chain
 * stay; `verify` counts what is erased. Broken off between the two, the next run erases what is left.
 * @returns how many were forgotten
 */
export async function forgetHouseholds(
  ledger: Ledger,
  policies: Policies,
  county: number,
  today: string,
  now: string,
): Promise<number> {
  const goneBefore = keptSince(today, policies.get<RetentionPolicy>('retention'));
  let forgotten = 0;
  for (;;) {
    const due = await pastKeeping(ledger.query, county, goneBefore, BATCH);
    let done = 0;
    for (const { id } of due) {
      const verdict = await ledger.execute({
        county,
        id: newId(),
        record: 'household',
        stream: id,
        command: { kind: 'household.forget' },
        at: now,
        actor: 'system:retention',
        permit: () => true,
      });
      // Something was raised in its name meanwhile: it is looked at again tomorrow.
      if (!isRefusal(verdict)) done += 1;
    }
    forgotten += done;
    if (due.length < BATCH || done === 0) break;
  }
  await ledger.query(
    'residents.erase',
    `delete from vault v using household h
      where h.county = $1 and h.forgotten and v.county = h.county and v.stream = h.id`,
    [county],
  );
  return forgotten;
}

/**
 * Ends every consent whose last day is past, so that what was agreed for a time is gone after it. Run it daily;
 * running it twice does nothing the second time.
 * @returns how many ended
 */
export async function endConsents(ledger: Ledger, county: number, today: string, now: string): Promise<number> {
  let ended = 0;
  for (;;) {
    const due = await lapsed(ledger.query, county, today, BATCH);
    for (const { household, resident, what } of due) {
      const verdict = await ledger.execute({
        county,
        id: newId(),
        record: 'household',
        stream: household,
        command: { kind: 'resident.consent', resident, what, until: null } as { kind: string },
        at: now,
        actor: 'system:retention',
        permit: () => true,
      });
      if (isRefusal(verdict)) throw new Error(`a consent in ${household} could not be ended: ${verdict.refused}`);
      ended += 1;
    }
    if (due.length < BATCH) return ended;
  }
}
