import { type Decider, refuse } from '../ledger/decider.ts';
import type { PolicyCommand, PolicyEvent, PolicyFacts, PolicyState } from './model.ts';

export const policies: Decider<PolicyState, PolicyCommand, PolicyEvent, PolicyFacts> = {
  initial: { name: '', versions: [] },

  evolve(state, event, stamp) {
    const { document, validFrom, source, reason } = event;
    const version = state.versions.length + 1;
    return {
      name: event.name,
      versions: [
        ...state.versions,
        { version, document, validFrom, source, reason, publishedAt: stamp.at, publishedBy: stamp.actor },
      ],
    };
  },

  decide(state, command, { fault }) {
    if (fault !== undefined) return refuse(fault.code, fault.field);
    const { name, document, validFrom, source, reason } = command;
    const last = state.versions.at(-1);
    if (
      last !== undefined &&
      last.validFrom === validFrom &&
      JSON.stringify(last.document) === JSON.stringify(document)
    ) {
      return refuse('policy.unchanged');
    }
    return [{ kind: 'policy.published', name, document, validFrom, source, reason }];
  },
};
