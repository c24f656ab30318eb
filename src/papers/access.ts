import { may } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import type { Dispute } from '../disputes/model.ts';
import type { MatterState } from '../matters/model.ts';
import type { Meeting } from '../meetings/model.ts';
import type { Review } from '../reviews/model.ts';
import type { PaperState } from './model.ts';
import { seesReporter } from './of-matter.ts';
import type { RegisteredRow } from '../register/numbers.ts';

/** `masked`: it may be seen without who raised the matter. */
export type Openness = 'open' | 'masked' | 'closed';

/**
 * Whether the asker may open a paper they may know of: as the record it is of lets them. One that names who asked for
 * confidence opens to who may know them, an agreement to the unit that holds it, a review's to nobody who handled the matter.
 * @param state the record, where it is read already
 */
export async function opennessOf(
  desk: Desk,
  row: Pick<RegisteredRow, 'record' | 'id' | 'kind' | 'to_unit'>,
  state?: unknown,
): Promise<Openness> {
  const read = async <S>(): Promise<S> =>
    (state ?? (await desk.ledger.read<unknown>(desk.county, row.record, row.id)).state) as S;
  switch (row.record) {
    case 'matter':
      return row.to_unit === null ? ofReporter(desk, await read<MatterState>()) : 'open';
    case 'review': {
      const review = await read<Review>();
      if (review.hands.includes(actorName(desk.actor))) return 'closed';
      const matter = await desk.ledger.read<MatterState>(desk.county, 'matter', review.matter);
      return ofReporter(desk, matter.state) === 'open' ? 'open' : 'closed';
    }
    case 'order':
      return 'open';
    case 'dispute':
      return may(desk.actor, 'dispute.confide', { units: [(await read<Dispute>()).unit] }) ? 'open' : 'closed';
    case 'meeting': {
      const { chain, unit, tasks, invited, by } = await read<Meeting>();
      const reach = { areas: chain, units: [unit, ...tasks.map((t) => t.unit)], officials: [...invited, by] };
      return may(desk.actor, 'meeting.read', reach) ? 'open' : 'closed';
    }
    default: {
      const paper = await read<PaperState>();
      if (paper.status === 'none' || paper.namesReporter !== true) return 'open';
      if (paper.of.matter === undefined) return 'closed';
      const matter = await desk.ledger.read<MatterState>(desk.county, 'matter', paper.of.matter);
      return ofReporter(desk, matter.state) === 'open' ? 'open' : 'closed';
    }
  }
}

const ofReporter = (desk: Desk, matter: MatterState): Openness =>
  matter.status !== 'none' && (!matter.confidential || seesReporter(desk.actor, matter)) ? 'open' : 'masked';
