import { dayOf } from '../calendar/days.ts';
import type { ClockRule } from '../calendar/model.ts';
import { type Refusal, refuse } from '../ledger/decider.ts';
import type { HandlingCommand, handlingRefusals } from './handling-model.ts';
import type { MatterEvent, MatterFacts, MatterState } from './model.ts';

/*
 * What comes back (row C7, J6 LED-06): what was put off comes back to its unit by itself on the day set for looking
 * again, with its clock going on; what a policy stood in the way of is taken up again, by a person and told to the
 * resident, when that policy changes.
 */

type Return = Extract<HandlingCommand, { kind: 'matter.take-up' | 'matter.reconsider' }>;

export const isReturning = (command: { kind: string }): command is Return =>
  command.kind === 'matter.take-up' || command.kind === 'matter.reconsider';

const no = (code: keyof typeof handlingRefusals | 'matter.no-clock', field?: string): Refusal => refuse(code, field);

export function decideReturning(
  state: MatterState,
  command: Return,
  facts: MatterFacts,
  workClock: ClockRule | undefined,
): MatterEvent[] | Refusal {
  if (command.kind === 'matter.take-up') {
    if (state.status !== 'deferred' || state.recheckOn === undefined) return no('matter.not-deferred');
    if (dayOf(facts.at) < state.recheckOn) return no('matter.recheck-early');
    return [{ kind: 'matter.taken-up', recheckOn: state.recheckOn }];
  }
  if (state.disposition !== 'not-permitted') return no('matter.not-barred');
  if (facts.change === undefined || state.reconsidered.includes(command.change))
    return no('matter.no-change', 'change');
  if (workClock === undefined) return no('matter.no-clock');
  return [
    {
      kind: 'matter.reconsidered',
      change: command.change,
      policy: facts.change.policy,
      what: facts.change.what,
      rule: workClock,
      personal: { text: command.words },
    },
  ];
}
