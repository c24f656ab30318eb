import { dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import { type SweepsPolicy, sweepStream } from './model.ts';
import { periodsOn } from './sweeps.ts';

/**
 * What a day asks of every unit that sweeps: a record for each period that has begun, so that the return stands among
 * what the unit owes and is called to mind (row E1; DIS-02: each month, daily in set periods). Any number of processes
 * may do so: a unit is asked once for each period, and one that has begun by itself is not asked again.
 * @returns how many were asked
 */
export async function askSweeps(ledger: Ledger, policies: Policies, county: number, now: string): Promise<number> {
  const policy = policies.get<SweepsPolicy>('sweeps');
  const periods = periodsOn(dayOf(now), policy);
  const units = await ledger.query<{ id: string }>(
    'sweeps.asked-units',
    'select id from unit where county = $1 and not closed and parent is null and kind = any($2::text[]) order by id',
    [county, policy.kinds],
  );
  const asked = units.flatMap(({ id: unit }) =>
    periods.map(({ mode, period }) => ({ unit, mode, period, stream: sweepStream(county, unit, mode, period) })),
  );
  const begun = await ledger.query<{ id: string }>(
    'sweeps.begun',
    'select id from sweep where county = $1 and id = any($2::uuid[])',
    [county, asked.map(({ stream }) => stream)],
  );
  const known = new Set(begun.map(({ id }) => id));
  let count = 0;
  for (const { stream, ...of } of asked.filter((one) => !known.has(one.stream))) {
    const verdict = await ledger.execute({
      county,
      id: idOf('ask-sweep', stream),
      record: 'sweep',
      stream,
      command: { kind: 'sweep.ask', ...of },
      at: now,
      actor: 'system:sweeps',
      permit: () => true,
    });
    if (!isRefusal(verdict)) count += 1;
  }
  return count;
}
