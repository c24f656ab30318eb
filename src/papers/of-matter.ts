import { may } from '../access/access.ts';
import type { Actor } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { Reach } from '../ledger/record.ts';
import type { MatterEvent, MatterState } from '../matters/model.ts';

export type Known = {
  readonly state: MatterState;
  readonly events: readonly Recorded<MatterEvent>[];
  readonly reach: Reach;
};

/** A matter with its history, for who may read it. */
export async function matterFor(desk: Desk, id: string): Promise<Known | undefined> {
  const [{ state }, events] = await Promise.all([
    desk.ledger.read<MatterState>(desk.county, 'matter', id).catch(() => ({ state: undefined })),
    desk.ledger.history(desk.county, id),
  ]);
  if (state === undefined || state.status === 'none') return undefined;
  const reach = reachOfMatter(state);
  return may(desk.actor, 'matter.read', reach)
    ? { state, events: events as Recorded<MatterEvent>[], reach }
    : undefined;
}

export const reachOfMatter = (state: MatterState): Reach => ({
  areas: state.place.chain,
  units: [state.unit ?? state.desk],
  officials: [state.official, state.handler, state.leader].filter((o) => o !== undefined),
  record: state.number,
});

/** Who spoke in confidence is known to those who may call back, never to the unit that handles it. */
export const seesReporter = (actor: Actor, state: MatterState): boolean => {
  const reach = reachOfMatter(state);
  return may(actor, 'matter.contact', reach) && (!state.confidential || may(actor, 'matter.call-back', reach));
};
