import { dayOf } from '../calendar/days.ts';
import { figuresOf } from '../duties/api.ts';
import { DUTIES_POLICY, type DutiesPolicy } from '../duties/model.ts';
import { dutiesOn } from '../duties/tables.ts';
import type { LabourAsked } from '../labour/print.ts';

/** How much labour a year asked of somebody, by the duties' engine: put together here, because the sheet is of both. */
export const labourAsked: LabourAsked = async (desk, official, year) => {
  const today = dayOf(desk.now);
  const day = `${year}-12-31` < today ? `${year}-12-31` : today;
  const policy =
    day < today ? await dutiesOn(desk.query, desk.county, day) : desk.policies.get<DutiesPolicy>(DUTIES_POLICY);
  const duties = policy.duties.filter((d) => d.period === 'year' && d.evidence.kinds.includes('labour'));
  const [own] = await figuresOf(desk, [official], day, { ...policy, duties });
  return (own?.progress ?? [])
    .filter(({ outlook }) => outlook !== 'none')
    .map(({ duty, owed, filled, missing }) => ({
      days: owed.owed,
      whole: owed.whole,
      filled,
      missing,
      source: duty.source,
    }));
};
