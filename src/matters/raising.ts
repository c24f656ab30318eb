import { addDays, dayOf } from '../calendar/days.ts';
import { type Refusal, type Stamp, refuse } from '../ledger/decider.ts';
import type { HandlingCommand, HandlingEvent, Raising, handlingRefusals } from './handling-model.ts';
import type { MatterEvent, MatterFacts, MatterState } from './model.ts';

/*
 * Up and across (row C9, J3 PET-06): what a level cannot settle alone is handed to the team, the office, the county, a
 * joint meeting or a named body above, with the reason and the day it is asked after. The unit that has the matter keeps
 * it, its clock runs on, and the resident is told. To hand something up is never a fault: nothing counts it against anyone.
 */

type Raise = Extract<HandlingCommand, { kind: 'matter.raise' | 'matter.hear-above' }>;
type RaiseEvent = Extract<HandlingEvent, { kind: 'matter.raised' | 'matter.heard-above' }>;

export const isRaising = (command: { kind: string }): command is Raise =>
  command.kind === 'matter.raise' || command.kind === 'matter.hear-above';
export const isRaisingEvent = (event: MatterEvent): event is RaiseEvent =>
  event.kind === 'matter.raised' || event.kind === 'matter.heard-above';

const no = (code: keyof typeof handlingRefusals, field?: string): Refusal => refuse(code, field);

/** The hand-over that waits for a word from above. */
export const openRaising = (state: MatterState): Raising | undefined =>
  state.raisings.find((raising) => raising.state === 'asked');

export function decideRaising(state: MatterState, command: Raise, facts: MatterFacts): MatterEvent[] | Refusal {
  if (command.kind === 'matter.raise') {
    const { ground, reason, askOn } = command;
    const rung = facts.raising.rungs.find(({ id }) => id === command.rung);
    if (rung === undefined) return no('matter.no-rung', 'rung');
    const body = command.body === undefined || command.body === '' ? undefined : command.body;
    if (rung.outside && body === undefined) return no('matter.body-missing', 'body');
    if (rung.after !== undefined && !state.raisings.some((before) => rung.after!.includes(before.rung)))
      return no('matter.rung-skipped', 'rung');
    const fault = dayFault(askOn, facts);
    if (fault !== undefined) return fault;
    const named = body === undefined ? {} : { body };
    return [{ kind: 'matter.raised', rung: rung.id, name: rung.name, ...named, ground, reason, askOn }];
  }
  if (openRaising(state) === undefined) return no('matter.not-raised');
  const { outcome, words, askOn } = command;
  const personal = { text: words };
  if (outcome !== 'waiting') return [{ kind: 'matter.heard-above', outcome, personal }];
  if (askOn === undefined) return no('matter.ask-missing', 'askOn');
  return dayFault(askOn, facts) ?? [{ kind: 'matter.heard-above', outcome, askOn, personal }];
}

function dayFault(askOn: string, facts: MatterFacts): Refusal | undefined {
  const today = dayOf(facts.at);
  if (askOn <= today) return no('matter.ask-past', 'askOn');
  return askOn > addDays(today, facts.raising.mostDays) ? no('matter.ask-far', 'askOn') : undefined;
}

export function evolveRaising(state: MatterState, event: RaiseEvent, { actor, at }: Stamp): MatterState {
  if (event.kind === 'matter.raised') {
    const { kind: _, ...rest } = event;
    return {
      ...state,
      raisings: [...endRaisings(state.raisings, 'passed-on'), { ...rest, at, by: actor, state: 'asked', asked: 0 }],
      toTell: state.toTell.includes('raising') ? state.toTell : [...state.toTell, 'raising'],
    };
  }
  const { outcome, askOn, personal } = event;
  return {
    ...state,
    raisings: state.raisings.map((raising) =>
      raising.state === 'asked'
        ? {
            ...raising,
            asked: raising.asked + 1,
            state: outcome === 'waiting' ? 'asked' : outcome,
            ...(askOn === undefined ? {} : { askOn }),
            ...(personal === undefined ? {} : { words: personal.text }),
          }
        : raising,
    ),
  };
}

/** What waits above when the matter is handed on, or is over. */
export const endRaisings = (raisings: readonly Raising[], as: 'passed-on' | 'over'): readonly Raising[] =>
  raisings.map((raising) => (raising.state === 'asked' ? { ...raising, state: as } : raising));
