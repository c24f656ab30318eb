import { dueOf } from '../calendar/clocks.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { type Refusal, type Stamp, refuse } from '../ledger/decider.ts';
import type { ClockRule, ClockRun } from '../calendar/model.ts';
import {
  type HandlingCommand,
  type HandlingEvent,
  MOST_PARTS,
  type Raising,
  type handlingRefusals,
} from './handling-model.ts';
import type { MatterEvent, MatterFacts, MatterState } from './model.ts';
import { holdsPart } from './sharing.ts';
import { isSuspended } from './steps.ts';

/*
 * Up and across (row C9, J3 PET-06): what a level cannot settle alone is handed to the team, the office, the county, a
 * joint meeting or a named body above, with the reason and the day it is asked after. The unit that has the matter keeps
 * it, its clock runs on, and the resident is told. To hand something up is never a fault: nothing counts it against anyone.
 *
 * What is handed to a joint meeting stands on that meeting's agenda by itself, and the meeting's minutes are its answer:
 * who leads, who does a part of it, by which day. Nobody writes that down a second time.
 */

type Raise = Extract<HandlingCommand, { kind: 'matter.raise' | 'matter.hear-above' | 'matter.hear-meeting' }>;
type RaiseEvent = Extract<HandlingEvent, { kind: 'matter.raised' | 'matter.heard-above' }>;

export const isRaising = (command: { kind: string }): command is Raise =>
  command.kind === 'matter.raise' || command.kind === 'matter.hear-above' || command.kind === 'matter.hear-meeting';
export const isRaisingEvent = (event: MatterEvent): event is RaiseEvent =>
  event.kind === 'matter.raised' || event.kind === 'matter.heard-above';

const no = (code: keyof typeof handlingRefusals | 'matter.no-unit', field?: string): Refusal => refuse(code, field);

/** The hand-over that waits for a word from above. */
export const openRaising = (state: MatterState): Raising | undefined =>
  state.raisings.find((raising) => raising.state === 'asked');

export function decideRaising(
  state: MatterState,
  command: Raise,
  facts: MatterFacts,
  workClock: ClockRule | undefined,
): MatterEvent[] | Refusal {
  if (command.kind === 'matter.hear-meeting') return hearMeeting(state, command, facts, workClock);
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
    if (rung.meeting === true) {
      const { joint } = facts;
      if (joint === undefined) return no('matter.no-unit', 'unit');
      const next = joint.next === undefined ? {} : { next: joint.next };
      return [
        { kind: 'matter.raised', rung: rung.id, name: joint.name, unit: joint.unit, ...next, ground, reason, askOn },
      ];
    }
    const named = body === undefined ? {} : { body };
    return [{ kind: 'matter.raised', rung: rung.id, name: rung.name, ...named, ground, reason, askOn }];
  }
  const waiting = openRaising(state);
  if (waiting === undefined) return no('matter.not-raised');
  const { outcome, words, askOn } = command;
  if (outcome === 'decided' && waiting.unit !== undefined) return no('matter.meeting-decides', 'outcome');
  const personal = { text: words };
  if (outcome !== 'waiting') return [{ kind: 'matter.heard-above', outcome, personal }];
  if (askOn === undefined) return no('matter.ask-missing', 'askOn');
  return dayFault(askOn, facts) ?? [{ kind: 'matter.heard-above', outcome, askOn, personal }];
}

/**
 * What the meeting decided comes back as the matter's own acts: it is heard, the unit that leads becomes its unit, and
 * each other unit has a part by the day set, inside the lead's clock. A petition whose acceptance was said in writing
 * stays with the organ that said so, and the unit named does a part of it. What waits no more is left as it is.
 */
function hearMeeting(
  state: MatterState,
  command: Extract<Raise, { kind: 'matter.hear-meeting' }>,
  facts: MatterFacts,
  workClock: ClockRule | undefined,
): MatterEvent[] {
  const waiting = openRaising(state);
  if (waiting?.unit === undefined || waiting.unit !== command.of) return [];
  const { meeting, task, name, words, official } = command;
  const events: MatterEvent[] = [
    { kind: 'matter.heard-above', outcome: 'decided', meeting, task, name, personal: { text: words } },
  ];
  const worked = state.status === 'dispatched' || state.status === 'handling' || state.status === 'deferred';
  const sentOn = state.status === 'registered' && state.procedure === 'order';
  if (!worked && !sentOn) return events;

  if (state.status === 'deferred') events.push({ kind: 'matter.taken-up', recheckOn: state.recheckOn!, before: true });
  else if (isSuspended(state)) events.push({ kind: 'matter.resumed', note: `${name}已定` });

  const { unit } = facts;
  const free = state.acceptedAt === undefined && state.objectedAt === undefined;
  let lead = state.unit;
  if (unit?.head !== undefined && free) {
    const people = {
      leader: unit.head,
      handler: facts.officialKnown === true ? official : (unit.reception ?? unit.head),
    };
    if (sentOn && workClock !== undefined)
      events.push({ kind: 'matter.dispatched', unit: unit.id, rule: workClock, note: `${name}定`, ...people });
    else if (worked && (unit.id !== state.unit || state.returnAsked !== undefined))
      events.push({
        kind: 'matter.adjudicated',
        from: state.unit!,
        unit: unit.id,
        ground: `${name}定：${words}`,
        ...people,
      });
    lead = unit.id;
  }
  // The lead's clock as it stands after what was said above.
  const { clock } = state;
  const from = sentOn && workClock !== undefined ? { ...EMPTY, rule: workClock, startedAt: facts.at } : clock;
  const going = from === undefined ? undefined : { ...from, suspensions: closed(from.suspensions, facts.at) };
  const due = going === undefined ? undefined : dueOf(going, facts.calendar);
  const today = dayOf(facts.at);
  const until = due === undefined || due.paused || command.due <= due.day ? command.due : due.day;
  for (const part of new Set([command.unit, ...command.parts])) {
    if (part === lead || lead === undefined || holdsPart(state, part) || facts.partUnits?.has(part) !== true) continue;
    if (state.shares.length + events.filter(({ kind }) => kind === 'matter.shared').length >= MOST_PARTS) break;
    events.push({ kind: 'matter.shared', unit: part, task: words, due: until < today ? today : until });
  }
  return events;
}

const EMPTY = { suspensions: [], extensions: [] };
const closed = (suspensions: ClockRun['suspensions'], to: string): ClockRun['suspensions'] =>
  suspensions.map((s) => (s.to === undefined ? { ...s, to } : s));

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
  const { outcome, askOn, meeting, personal } = event;
  return {
    ...state,
    raisings: state.raisings.map((raising) =>
      raising.state === 'asked'
        ? {
            ...raising,
            asked: raising.asked + 1,
            state: outcome === 'waiting' ? 'asked' : outcome,
            ...(askOn === undefined ? {} : { askOn }),
            ...(meeting === undefined ? {} : { meeting }),
            ...(personal === undefined ? {} : { words: personal.text }),
          }
        : raising,
    ),
  };
}

/** What waits above when the matter is handed on, or is over. */
export const endRaisings = (raisings: readonly Raising[], as: 'passed-on' | 'over'): readonly Raising[] =>
  raisings.map((raising) => (raising.state === 'asked' ? { ...raising, state: as } : raising));
