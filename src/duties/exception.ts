import { daysBetween } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { ExceptionCommand, ExceptionEvent, ExceptionFacts, ExceptionState } from './model.ts';

const LONGEST_DAYS = 366;

/** Days on which somebody does not owe, or takes over for another: asked and decided by two, or noted by a head for somebody else. */
export const exceptions: Decider<ExceptionState, ExceptionCommand, ExceptionEvent, ExceptionFacts> = {
  initial: { stage: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'exception.asked' || event.kind === 'exception.granted') {
      const { official, type, from, until, duty, actingFor, personal } = event;
      const granted = event.kind === 'exception.granted';
      return {
        stage: granted ? 'granted' : 'asked',
        official,
        type,
        from,
        until,
        duty,
        actingFor,
        reason: personal?.reason ?? '',
        askedBy: stamp.actor,
        askedAt: stamp.at,
        decidedBy: granted ? stamp.actor : null,
        decidedAt: granted ? stamp.at : null,
        decision: null,
      };
    }
    if (state.stage === 'none') return state;
    switch (event.kind) {
      case 'exception.decided':
        return {
          ...state,
          stage: event.approved ? 'granted' : 'refused',
          decidedBy: stamp.actor,
          decidedAt: stamp.at,
          decision: event.personal?.reason ?? '',
        };
      case 'exception.shortened':
        return { ...state, until: event.until };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    switch (command.kind) {
      case 'exception.ask':
      case 'exception.grant':
        return state.stage === 'none' ? want(command, facts) : refuse('exception.exists');
      case 'exception.decide': {
        if (state.stage === 'none') return refuse('exception.missing');
        if (state.stage !== 'asked') return refuse('exception.decided');
        // Nobody decides on what is theirs, whether they asked for it or gain by it.
        if (facts.actor === state.official || facts.actor === state.askedBy) return refuse('exception.own');
        return [{ kind: 'exception.decided', approved: command.approve, personal: { reason: command.reason } }];
      }
      case 'exception.shorten': {
        if (state.stage === 'none') return refuse('exception.missing');
        if (state.stage !== 'granted') return refuse('exception.not-granted');
        if (facts.actor === state.official) return refuse('exception.own');
        if (command.until >= state.until) return refuse('exception.no-longer', 'until');
        return [{ kind: 'exception.shortened', until: command.until, personal: { reason: command.reason } }];
      }
    }
  },
};

function want(
  command: Extract<ExceptionCommand, { kind: 'exception.ask' | 'exception.grant' }>,
  facts: ExceptionFacts,
): ExceptionEvent[] | Refusal {
  const { official, type, from, until, reason, duty = null, actingFor = null } = command;
  if (facts.areas === undefined) return refuse('exception.no-official', 'official');
  if (command.kind === 'exception.ask' && facts.actor !== official) return refuse('exception.for-others', 'official');
  if (command.kind === 'exception.grant' && facts.actor === official) return refuse('exception.own');
  if (until < from) return refuse('exception.ends-early', 'until');
  if (daysBetween(from, until) > LONGEST_DAYS) return refuse('exception.too-long', 'until');
  if (type === 'acting' && (actingFor === null || actingFor === official || !facts.actedKnown))
    return refuse('exception.acting-missing', 'actingFor');
  if (type === 'waiver' && duty === null) return refuse('exception.duty-missing', 'duty');
  if (duty !== null && !facts.dutyKnown) return refuse('exception.duty-unknown', 'duty');
  return [
    {
      kind: command.kind === 'exception.ask' ? 'exception.asked' : 'exception.granted',
      official,
      type,
      from,
      until,
      duty,
      actingFor: type === 'acting' ? actingFor : null,
      personal: { reason },
    },
  ];
}
