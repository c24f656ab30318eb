import { type Decider, refuse } from '../ledger/decider.ts';
import type { BacklogCommand, BacklogEvent, BacklogFacts, BacklogState } from './model.ts';

/** What one campaign holds at most: the stock stands in one event. */
export const MOST_STOCK = 3_000;

/** A campaign to clear old cases: its stock is what met the criteria on the first day, for good. */
export const backlogs: Decider<BacklogState, BacklogCommand, BacklogEvent, BacklogFacts> = {
  initial: { status: 'none' },

  evolve(state, event) {
    if (event.kind === 'backlog.opened') {
      const { kind: _, ...rest } = event;
      return { ...rest, status: 'running', shares: {}, endedOn: undefined, words: undefined };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'backlog.shared':
        return {
          ...state,
          shares: { ...state.shares, ...Object.fromEntries(event.matters.map((matter) => [matter, event.leader])) },
        };
      case 'backlog.ended':
        return { ...state, status: 'ended', endedOn: event.day, words: event.words };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    const { today } = facts;
    if (command.kind === 'backlog.open') {
      if (state.status !== 'none') return refuse('backlog.exists');
      if (facts.chain === undefined) return refuse('backlog.place-unknown', 'area');
      if (command.until <= today) return refuse('backlog.until-past', 'until');
      if (facts.stock.length === 0) return refuse('backlog.nothing', 'olderThan');
      if (facts.stock.length > MOST_STOCK) return refuse('backlog.too-many', 'olderThan');
      const { kind: _, ...rest } = command;
      return [{ kind: 'backlog.opened', ...rest, chain: facts.chain, from: today, stock: facts.stock }];
    }
    if (state.status === 'none') return refuse('backlog.unknown');
    if (state.status === 'ended') return refuse('backlog.over');
    if (command.kind === 'backlog.end') return [{ kind: 'backlog.ended', day: today, words: command.words }];
    if (!facts.leaderKnown) return refuse('hard-case.leader-unknown', 'leader');
    const { leader } = command;
    const matters = [...new Set(command.matters)];
    if (!matters.every((matter) => facts.open.has(matter))) return refuse('backlog.not-in', 'matters');
    const taken = (matter: string) => {
      const held = facts.adopted.get(matter);
      return held?.status === 'adopted' || held?.status === 'ended' ? held : undefined;
    };
    // Whoever adopted a case hands it over themselves, with the reason; a campaign does not take it from them.
    if (matters.some((matter) => (taken(matter)?.leader ?? leader) !== leader))
      return refuse('hard-case.adopted', 'matters');
    return [
      {
        kind: 'backlog.shared',
        leader,
        by: facts.actor,
        matters,
        asked: matters.filter((matter) => taken(matter) === undefined),
        name: state.name,
      },
    ];
  },
};
