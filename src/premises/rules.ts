import { dayOf } from '../calendar/days.ts';
import { type Decider, refuse } from '../ledger/decider.ts';
import type { PremiseCommand, PremiseEvent, PremiseFacts, PremiseItem, PremiseState } from './model.ts';

const UNSEEN: PremiseItem = {
  state: undefined,
  on: undefined,
  note: '',
  by: undefined,
  official: undefined,
  due: undefined,
};

/** The list of one place: what was seen last stands, whatever order it was written down in. */
export const premises: Decider<PremiseState, PremiseCommand, PremiseEvent, PremiseFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    const { list, area, chain, item } = event;
    const { items, looks } = state.status === 'none' ? { items: {} as Record<string, PremiseItem>, looks: [] } : state;
    const before = items[item] ?? UNSEEN;
    const put = (next: PremiseItem, seen = looks): PremiseState => ({
      status: 'open',
      list,
      area,
      chain,
      items: { ...items, [item]: next },
      looks: seen,
    });
    if (event.kind === 'premise.charged') return put({ ...before, official: event.official, due: event.due });
    const { on } = event;
    const known = looks.some((l) => l.official === stamp.actor && l.on === on);
    const seen = known ? looks : [...looks, { official: stamp.actor, on }];
    // An older look written down late does not undo a newer one.
    if (before.on !== undefined && on < before.on) return put(before, seen);
    return put({ ...before, state: event.state, on, note: event.note, by: stamp.actor }, seen);
  },

  decide(_state, command, { at, chain, fits, atWork }) {
    const { list, area, item } = command;
    if (chain === undefined || !fits) return refuse('premise.unknown', 'item');
    if (command.kind === 'premise.check') {
      if (command.on > dayOf(at)) return refuse('premise.in-future', 'on');
      const { state, on, note } = command;
      return [{ kind: 'premise.checked', list, area, chain, item, state, on, note }];
    }
    if (!atWork) return refuse('premise.person-unknown', 'official');
    if (command.due <= dayOf(at)) return refuse('premise.due-past', 'due');
    return [{ kind: 'premise.charged', list, area, chain, item, official: command.official, due: command.due }];
  },
};
