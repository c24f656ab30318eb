import type { Recorded } from '../ledger/decider.ts';
import type { Consequence, Reaction, ReactionContext } from '../ledger/ledger.ts';
import type { VisitEvent } from '../visits/model.ts';

/**
 * What follows from what: an event in one feature that causes a command in another.
 * Reading this file is reading how the county works.
 */
export const reactions: Reaction = (event, context) => {
  switch (event.kind) {
    case 'need.raised':
      return [needBecomesMatter(event as Recorded<Extract<VisitEvent, { kind: 'need.raised' }>>, context)];
    default:
      return [];
  }
};

/** What a household says it needs becomes a matter of its own, in the words it was said in (rows B2, C1). */
function needBecomesMatter(
  need: Recorded<Extract<VisitEvent, { kind: 'need.raised' }>>,
  context: ReactionContext,
): Consequence {
  const words = need.personal?.words ?? '';
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'visit',
      subject: words.length > 40 ? `${words.slice(0, 39)}…` : words,
      body: words,
      area: need.area,
      household: need.household,
      official: need.official,
      origin: `visit ${context.stream} ${need.index}`,
      receivedAt: need.metAt,
      ...(need.resident === undefined ? {} : { resident: need.resident }),
      ...(need.category === undefined ? {} : { category: need.category }),
    } as { kind: string },
  };
}
