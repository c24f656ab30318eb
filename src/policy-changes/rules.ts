import { type Decider, refuse } from '../ledger/decider.ts';
import type { PolicyChangeCommand, PolicyChangeEvent, PolicyChangeFacts, PolicyChangeState } from './model.ts';

export const policyChanges: Decider<PolicyChangeState, PolicyChangeCommand, PolicyChangeEvent, PolicyChangeFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { actor, at }) {
    if (event.kind === 'policy-change.announced') {
      const { kind: _, ...rest } = event;
      return { guide: undefined, ...rest, status: 'announced', announcedAt: at, announcedBy: actor, passedOver: [] };
    }
    if (state.status === 'none') return state;
    const { matter, reason } = event;
    return { ...state, passedOver: [...state.passedOver, { matter, reason, by: actor }] };
  },

  decide(state, command, { matter }) {
    if (command.kind === 'policy-change.announce') {
      if (state.status !== 'none') return refuse('policy-change.exists');
      const { policy, guide, what, source, validFrom } = command;
      return [
        {
          kind: 'policy-change.announced',
          policy,
          ...(guide === undefined ? {} : { guide }),
          what,
          source,
          validFrom,
        },
      ];
    }
    if (state.status === 'none') return refuse('policy-change.unknown');
    if (matter?.barred !== true) return refuse('policy-change.no-matter', 'matter');
    if (state.passedOver.some((p) => p.matter === command.matter)) return refuse('policy-change.passed');
    return [{ kind: 'policy-change.passed-over', matter: command.matter, reason: command.reason }];
  },
};
