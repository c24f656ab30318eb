import { dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type { Hotspot, HotspotCommand, HotspotEvent, HotspotFacts, HotspotState } from './model.ts';

const no = refuse;

/** Whether somebody's word was asked for as often as it has to be. */
export const isAsked = (state: Hotspot, matter: string, tries: number): boolean => {
  const heard = state.heard[matter];
  return heard !== undefined && (heard.outcome !== 'unreached' || heard.times >= tries);
};

/**
 * A hot spot's rules: a cause before a measure, one measure for all, and nothing settled before everyone who raised it
 * was asked. Whoever says it does not hold opens the work again.
 */
export const hotspots: Decider<HotspotState, HotspotCommand, HotspotEvent, HotspotFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { actor, at }) {
    const day = dayOf(at);
    if (event.kind === 'hotspot.raised') {
      const { kind: _, ...rest } = event;
      const none = { cause: undefined, fix: undefined, reports: [], heard: {}, reason: undefined };
      return { status: 'raised', ...rest, raisedOn: day, ...none };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'hotspot.took-in':
        return { ...state, matters: [...new Set([...state.matters, ...event.matters])] };
      case 'hotspot.explained':
        return { ...state, cause: event.cause, status: state.status === 'raised' ? 'explained' : state.status };
      case 'hotspot.fix-decided': {
        const { measure, unit, due } = event;
        return { ...state, status: 'fixing', fix: { measure, unit, due, decidedBy: actor }, heard: {} };
      }
      case 'hotspot.reported': {
        const reports = [...state.reports, { day, words: event.words, done: event.done, by: actor }];
        return event.done ? { ...state, status: 'fixed', reports, heard: {} } : { ...state, reports };
      }
      case 'hotspot.heard': {
        const { matter, outcome, personal } = event;
        const times = (state.heard[matter]?.times ?? 0) + 1;
        const heard = { ...state.heard, [matter]: { outcome, words: personal?.words, day, times } };
        return { ...state, heard, status: outcome === 'not' ? 'fixing' : state.status };
      }
      case 'hotspot.settled':
        return { ...state, status: 'settled' };
      case 'hotspot.dropped':
        return { ...state, status: 'dropped', reason: event.reason };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'hotspot.raise') {
      if (state.status !== 'none') return no('hotspot.exists');
      if (facts.chain === undefined) return no('hotspot.place-unknown', 'area');
      const matters = [...new Set(command.matters)];
      if (matters.some((id) => !facts.known.has(id))) return no('hotspot.matter-unknown', 'matters');
      return [{ kind: 'hotspot.raised', title: command.title, area: command.area, chain: facts.chain, matters }];
    }
    if (state.status === 'none') return no('hotspot.unknown');
    if (state.status === 'settled' || state.status === 'dropped') return no('hotspot.over');
    switch (command.kind) {
      case 'hotspot.take-in': {
        const fresh = [...new Set(command.matters)].filter((id) => !state.matters.includes(id));
        if (fresh.some((id) => !facts.known.has(id))) return no('hotspot.matter-unknown', 'matters');
        return fresh.length === 0 ? [] : [{ kind: 'hotspot.took-in', matters: fresh }];
      }
      case 'hotspot.explain':
        return [{ kind: 'hotspot.explained', cause: command.cause }];
      case 'hotspot.fix': {
        const { measure, unit, due } = command;
        if (state.cause === undefined) return no('hotspot.no-cause');
        if (!facts.unitKnown) return no('hotspot.unit-unknown', 'unit');
        if (due <= dayOf(facts.at)) return no('hotspot.due-past', 'due');
        return [{ kind: 'hotspot.fix-decided', measure, unit, due }];
      }
      case 'hotspot.report': {
        const { fix } = state;
        if (fix === undefined) return no('hotspot.no-fix');
        if (!facts.units.includes(fix.unit)) return no('hotspot.other-unit');
        return [{ kind: 'hotspot.reported', unit: fix.unit, words: command.words, done: command.done }];
      }
      case 'hotspot.hear': {
        const { matter, outcome, words } = command;
        if (state.status !== 'fixed') return no('hotspot.not-done');
        if (facts.units.includes(state.fix!.unit)) return no('hotspot.own-work');
        if (!state.matters.includes(matter)) return no('hotspot.not-of-it', 'matter');
        if (outcome !== 'unreached' && (words === undefined || words === ''))
          return no('hotspot.words-missing', 'words');
        const personal = words === undefined || words === '' ? {} : { personal: { words } };
        return [{ kind: 'hotspot.heard', matter, outcome, ...personal }];
      }
      case 'hotspot.settle': {
        if (state.status !== 'fixed') return no('hotspot.not-done');
        if (state.matters.some((id) => state.heard[id]?.outcome === 'not')) return no('hotspot.still-not');
        if (state.matters.some((id) => !isAsked(state, id, facts.settings.tries))) return no('hotspot.not-all-heard');
        return [{ kind: 'hotspot.settled' }];
      }
      case 'hotspot.drop':
        return [{ kind: 'hotspot.dropped', reason: command.reason }];
    }
  },
};

/** The steps that make sense now, whoever asks. */
export function possible(state: HotspotState): HotspotCommand['kind'][] {
  switch (state.status) {
    case 'none':
      return ['hotspot.raise'];
    case 'raised':
      return ['hotspot.explain', 'hotspot.take-in', 'hotspot.drop'];
    case 'explained':
      return ['hotspot.fix', 'hotspot.explain', 'hotspot.take-in', 'hotspot.drop'];
    case 'fixing':
      return ['hotspot.report', 'hotspot.fix', 'hotspot.explain', 'hotspot.take-in', 'hotspot.drop'];
    case 'fixed':
      return ['hotspot.hear', 'hotspot.settle', 'hotspot.fix', 'hotspot.take-in'];
    default:
      return [];
  }
}

/** What is owed: the one fix for all, by its unit. */
export const hotspotsOwed = (state: HotspotState): Owed[] =>
  state.status !== 'fixing' || state.fix === undefined
    ? []
    : [
        {
          run: `fix ${state.fix.unit}`,
          kind: 'hotspot',
          unit: state.fix.unit,
          due: state.fix.due,
          since: startOfDay(state.raisedOn),
          title: state.title,
        },
      ];
