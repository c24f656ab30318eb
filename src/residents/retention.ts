import { newId } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isRefusal } from '../ledger/decider.ts';
import { lapsed } from './tables.ts';

const BATCH = 500;

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
