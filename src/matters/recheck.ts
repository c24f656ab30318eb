import { dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** So many come back in one pass; the next pass takes the rest. */
const AT_ONCE = 500;

/**
 * What was put off comes back on the day set for looking again, by itself (row C7): it is with its unit once more and
 * its clock goes on. Any number of processes may do so; a matter comes back once for each day that was set.
 * @returns how many came back
 */
export async function takeUpDue(ledger: Ledger, county: number, now: string): Promise<number> {
  const due = await ledger.query<{ id: string; recheck_on: string }>(
    'matter.recheck-due',
    `select id, recheck_on from matter
      where county = $1 and status = 'deferred' and recheck_on <= $2::date order by recheck_on, id limit ${AT_ONCE}`,
    [county, dayOf(now)],
  );
  let back = 0;
  for (const { id, recheck_on } of due) {
    const verdict = await ledger.execute({
      county,
      id: idOf('recheck', id, recheck_on),
      record: 'matter',
      stream: id,
      command: { kind: 'matter.take-up' },
      at: now,
      actor: 'system:recheck',
      permit: () => true,
    });
    if (!isRefusal(verdict)) back += 1;
  }
  return back;
}
