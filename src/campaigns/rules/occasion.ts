import { type Decider, refuse } from '../../ledger/decider.ts';
import type { OccasionCommand, OccasionEvent, OccasionFacts, OccasionState } from '../model.ts';

/** Something done besides visits, written once for all who took part (J2, J13, 2:M23). */
export const occasions: Decider<OccasionState, OccasionCommand, OccasionEvent, OccasionFacts> = {
  initial: {
    stage: 'none',
    type: 'symposium',
    area: '',
    chain: [],
    day: '',
    title: '',
    officials: [],
    people: 0,
    amount: 0,
    unit: null,
  },

  evolve(state, event) {
    switch (event.kind) {
      case 'occasion.recorded': {
        const { kind: _, ...fields } = event;
        return { ...fields, stage: 'held' };
      }
      case 'occasion.withdrawn':
        return { ...state, stage: 'withdrawn' };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'occasion.record') {
      if (state.stage !== 'none') return refuse('occasion.exists');
      const { type, area, day, title, colleagues, people, amount, unit = null } = command;
      if (facts.chain.length === 0) return refuse('occasion.no-area', 'area');
      if (day > facts.today) return refuse('occasion.in-future', 'day');
      if (!facts.colleaguesKnown) return refuse('occasion.no-colleague', 'colleagues');
      if (type === 'aid' && amount === 0) return refuse('occasion.amount-missing', 'amount');
      if (type === 'firm' && (unit === null || !facts.enterpriseKnown)) return refuse('occasion.unit-missing', 'unit');
      const officials = [...new Set([facts.actor, ...colleagues])];
      const { chain } = facts;
      return [{ kind: 'occasion.recorded', type, area, chain, day, title, officials, people, amount, unit }];
    }
    if (state.stage === 'none') return refuse('occasion.missing');
    if (state.stage === 'withdrawn') return refuse('occasion.withdrawn');
    return [{ kind: 'occasion.withdrawn', reason: command.reason }];
  },
};
