import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, refuse } from '../ledger/decider.ts';
import { isNear } from './conflict.ts';
import type {
  FindingCommand,
  FindingEvent,
  FindingFacts,
  FindingState,
  TipReporterCommand,
  TipReporterEvent,
  TipReporterFacts,
  TipReporterState,
} from './model.ts';

const HOUR = 3_600_000;
const A_MONTH = 30;

/** A box with a name in it. One asks with a reason, another agrees, and for some hours the one who asked may look. */
export const tipReporters: Decider<TipReporterState, TipReporterCommand, TipReporterEvent, TipReporterFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'tip-reporter.kept')
      return {
        status: 'kept',
        tipOff: event.personal?.tipOff ?? '',
        name: event.personal?.name,
        phone: event.personal?.phone,
        asked: undefined,
        granted: undefined,
        log: [],
      };
    if (state.status === 'none') return state;
    const words = 'personal' in event ? event.personal?.reason : undefined;
    const log = [...state.log, { at: stamp.at, by: event.by, what: event.kind, words }];
    switch (event.kind) {
      case 'tip-reporter.asked':
        return { ...state, log, asked: { by: event.by, reason: words ?? '' }, granted: undefined };
      case 'tip-reporter.granted':
        return {
          ...state,
          log,
          asked: undefined,
          granted: state.asked === undefined ? undefined : { to: state.asked.by, by: event.by, until: event.until },
        };
      case 'tip-reporter.refused':
        return { ...state, log, asked: undefined };
      case 'tip-reporter.opened':
        return { ...state, log };
      default:
        return state;
    }
  },

  decide(state, command, { actor, at, hours }) {
    if (command.kind === 'tip-reporter.keep') {
      if (state.status !== 'none') return refuse('tip-reporter.exists');
      const { tipOff, name, phone } = command;
      return [
        {
          kind: 'tip-reporter.kept',
          personal: { tipOff, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) },
        },
      ];
    }
    if (state.status === 'none') return refuse('tip-reporter.unknown');
    switch (command.kind) {
      case 'tip-reporter.ask':
        if (state.asked !== undefined) return refuse('tip-reporter.waiting');
        return [{ kind: 'tip-reporter.asked', by: actor, personal: { reason: command.reason } }];
      case 'tip-reporter.grant':
        if (state.asked === undefined) return refuse('tip-reporter.not-asked');
        if (state.asked.by === actor) return refuse('tip-reporter.alone');
        return [
          {
            kind: 'tip-reporter.granted',
            by: actor,
            until: new Date(Date.parse(at) + hours * HOUR).toISOString(),
          },
        ];
      case 'tip-reporter.refuse':
        if (state.asked === undefined) return refuse('tip-reporter.not-asked');
        if (state.asked.by === actor) return refuse('tip-reporter.alone');
        return [{ kind: 'tip-reporter.refused', by: actor, personal: { reason: command.reason } }];
      case 'tip-reporter.open': {
        const { granted } = state;
        if (granted === undefined || (granted.to !== actor && granted.by !== actor) || at > granted.until)
          return refuse('tip-reporter.closed');
        return [{ kind: 'tip-reporter.opened', by: actor }];
      }
    }
  },
};

/** A decision on a person: shown to them, open to an appeal that others decide, and gone after its time. */
export const findings: Decider<FindingState, FindingCommand, FindingEvent, FindingFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'finding.made')
      return {
        status: 'made',
        official: event.personal?.official ?? '',
        class: event.personal?.class ?? 'other',
        words: event.personal?.words ?? '',
        madeOn: dayOf(stamp.at),
        appealBy: event.appealBy,
        expiresOn: event.expiresOn,
        deciders: event.deciders,
        appeal: undefined,
        review: undefined,
      };
    if (state.status === 'none') return state;
    return event.kind === 'finding.appealed'
      ? { ...state, status: 'appealed', appeal: event.personal?.words ?? '' }
      : { ...state, status: event.uphold ? 'upheld' : 'withdrawn', review: event.personal?.words ?? '' };
  },

  decide(state, command, facts) {
    const today = dayOf(facts.at);
    if (command.kind === 'finding.make') {
      if (state.status !== 'none') return refuse('finding.exists');
      const { official, class: sort, words, deciders } = command;
      return [
        {
          kind: 'finding.made',
          appealBy: addDays(today, facts.policy.appealDays),
          expiresOn: addDays(today, facts.policy.expiresMonths * A_MONTH),
          deciders,
          personal: { official, class: sort, words },
        },
      ];
    }
    if (state.status === 'none') return refuse('finding.unknown');
    if (command.kind === 'finding.appeal') {
      if (state.status !== 'made') return refuse('finding.appealed');
      if (today > state.appealBy) return refuse('finding.late');
      return [{ kind: 'finding.appealed', personal: { words: command.words } }];
    }
    if (state.status !== 'appealed') return refuse('finding.not-appealed');
    const keeper = facts.circle.find((k) => k.official === facts.actor);
    const concerned = { about: '', words: '', officials: [state.official], units: facts.unitsOf };
    if (keeper === undefined || state.deciders.includes(facts.actor) || isNear(keeper, concerned))
      return refuse('finding.same-person');
    return [{ kind: 'finding.reviewed', uphold: command.uphold, personal: { words: command.words } }];
  },
};
