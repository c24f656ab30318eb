import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { MediatorCommand, MediatorEvent, MediatorFacts, MediatorState } from './model.ts';

/** The register of those who mediate, veterans among them: what they are fit for, where, and until when. */
export const mediators: Decider<MediatorState, MediatorCommand, MediatorEvent, MediatorFacts> = {
  initial: { status: 'none' },

  evolve(state, event) {
    switch (event.kind) {
      case 'mediator.enrolled':
      case 'mediator.amended': {
        const { kind: _, personal, ...rest } = event;
        const since = 'since' in event ? event.since : state.status === 'none' ? '' : state.since;
        return {
          ...rest,
          since,
          status: 'enrolled',
          name: personal?.name,
          phone: personal?.phone,
          reason: undefined,
        };
      }
      case 'mediator.left':
        return state.status === 'none' ? state : { ...state, status: 'left', reason: event.reason };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'mediator.enrol' && state.status === 'enrolled') return refuse('mediator.exists');
    if (command.kind !== 'mediator.enrol' && state.status === 'none') return refuse('mediator.unknown');
    if (command.kind === 'mediator.leave')
      return state.status === 'left'
        ? refuse('mediator.left')
        : [{ kind: 'mediator.left', reason: command.reason, day: facts.today }];
    if (command.kind === 'mediator.amend' && state.status === 'left') return refuse('mediator.left');
    const fault = faultOf(command, facts);
    if (fault !== undefined) return fault;
    const { kind, name, phone, types, abouts, official, ...rest } = command;
    const told = {
      ...rest,
      types: [...new Set(types)],
      abouts: [...new Set(abouts)],
      chain: facts.chain!,
      ...(official === undefined ? {} : { official }),
      personal: { name, phone },
    };
    return kind === 'mediator.enrol'
      ? [{ kind: 'mediator.enrolled', since: facts.today, ...told }]
      : [{ kind: 'mediator.amended', ...told }];
  },
};

function faultOf(
  command: Exclude<MediatorCommand, { kind: 'mediator.leave' }>,
  { chain, unitKnown, officialKnown, abouts, today }: MediatorFacts,
): Refusal | undefined {
  if (chain === undefined) return refuse('mediator.place-unknown', 'area');
  if (!unitKnown) return refuse('mediator.unit-unknown', 'unit');
  if (!officialKnown) return refuse('mediator.official-unknown', 'official');
  if (!command.abouts.every((about) => abouts.has(about))) return refuse('dispute.about-unknown', 'abouts');
  return command.until <= today ? refuse('mediator.until-past', 'until') : undefined;
}
