import { type Decider, refuse } from '../../ledger/decider.ts';
import type { FormCommand, FormEvent, FormFacts, FormState } from '../model.ts';

/** What one visit says for its campaigns: only what they ask, and only where somebody was met (row B5; J13). */
export const forms: Decider<FormState, FormCommand, FormEvent, FormFacts> = {
  initial: { visit: '', official: '', day: '', answers: {} },

  evolve: (state, event) =>
    event.kind === 'form.filled'
      ? {
          visit: event.visit,
          official: event.official,
          day: event.day,
          answers: { ...state.answers, ...event.answers },
        }
      : state,

  decide(state, { visit, answers }, facts) {
    if (state.visit !== '' && state.visit !== visit) return refuse('form.other-visit', 'visit');
    if (facts.visit === undefined) return refuse('form.no-visit', 'visit');
    if (facts.filled) return refuse('form.filled');
    for (const [fact, option] of Object.entries(answers)) {
      const options = Object.hasOwn(facts.asked, fact) ? facts.asked[fact] : undefined;
      if (options?.includes(option) !== true) return refuse('form.not-asked', 'answers');
    }
    const { official, day } = facts.visit;
    return [{ kind: 'form.filled', visit, official, day, answers }];
  },
};
