import { dayOf, daysBetween } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import { doubtsOf } from './advice.ts';
import type {
  InformantCommand,
  InformantEvent,
  InformantFacts,
  InformantState,
  NeedReport,
  NeedReportCommand,
  NeedReportEvent,
  NeedReportFacts,
  NeedReportState,
} from './model.ts';

/** Somebody who offered; what they offered ends by itself. */
export const informants: Decider<InformantState, InformantCommand, InformantEvent, InformantFacts> = {
  initial: { status: 'none' },
  evolve(state, event) {
    if (event.kind === 'informant.enrolled') {
      const { area, chain, agreedOn, until, asks, personal } = event;
      const { name = '', phone = '', key } = personal ?? {};
      return { status: 'active', area, chain, agreedOn, until, agreed: asks !== true, name, phone, key };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'informant.renewed':
        return { ...state, agreedOn: event.agreedOn, until: event.until, agreed: event.asks !== true };
      case 'informant.agreed':
        return { ...state, agreed: true };
      case 'informant.ended':
      case 'informant.left':
        // Who it was is not needed any more.
        return { ...state, status: 'ended', name: '', phone: '', key: undefined };
      default:
        return state;
    }
  },
  decide(state, command, facts) {
    const days = (agreedOn: string, until: string): Refusal | undefined => {
      if (agreedOn > dayOf(facts.at) || until <= agreedOn) return refuse('informant.days-wrong', 'until');
      return daysBetween(agreedOn, until) > facts.longestDays ? refuse('informant.too-long', 'until') : undefined;
    };
    if (command.kind === 'informant.enrol') {
      if (state.status !== 'none') return refuse('informant.exists');
      const { area, agreedOn, until, name, phone } = command;
      if (facts.chain === undefined) return refuse('informant.place-unknown', 'area');
      const wrong = days(agreedOn, until);
      if (wrong !== undefined) return wrong;
      const personal = { name, phone, key: facts.key };
      return [{ kind: 'informant.enrolled', area, chain: facts.chain, agreedOn, until, asks: true, personal }];
    }
    if (state.status === 'none') return refuse('informant.unknown');
    if (state.status === 'ended') return refuse('informant.ended');
    switch (command.kind) {
      case 'informant.renew':
        return (
          days(command.agreedOn, command.until) ?? [
            { kind: 'informant.renewed', agreedOn: command.agreedOn, until: command.until, asks: true },
          ]
        );
      case 'informant.end':
        return [{ kind: 'informant.ended', reason: command.reason }];
      case 'informant.agree':
        return state.agreed ? refuse('informant.agreed-already') : [{ kind: 'informant.agreed' }];
      case 'informant.leave':
        return [{ kind: 'informant.left' }];
    }
  },
};

/** A report of a need: it passes to the ledger only as a place's need, or as a household's own word. */
export const needReports: Decider<NeedReportState, NeedReportCommand, NeedReportEvent, NeedReportFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'need-report.filed') {
      const { informant, about, area, chain, household, filedBy, doubts, personal } = event;
      return {
        status: about === 'household' ? 'asking' : 'held',
        informant,
        about,
        area,
        chain,
        household,
        filedBy,
        filedAt: stamp.at,
        doubts,
        words: personal?.words ?? '',
        spot: personal?.spot,
        key: personal?.key,
        consented: false,
        reason: undefined,
        passedAt: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'need-report.let-through':
        return { ...state, doubts: [], reason: event.reason };
      case 'need-report.returned':
        return { ...state, status: 'returned', words: '', spot: undefined, reason: event.reason };
      case 'need-report.consented':
        return { ...state, status: 'held', consented: true };
      case 'need-report.passed':
        return { ...state, status: 'passed', passedAt: stamp.version };
      case 'need-report.withdrawn':
        return { ...state, status: 'withdrawn', words: '', spot: undefined };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'need-report.file')
      return state.status === 'none' ? file(command, facts) : refuse('need-report.exists');
    if (state.status === 'none') return refuse('need-report.unknown');
    if (state.status === 'withdrawn') return refuse('need-report.withdrawn');
    switch (command.kind) {
      case 'need-report.let-through':
      case 'need-report.return':
        if (state.status !== 'held') return refuse('need-report.not-held');
        if (facts.actor === state.filedBy) return refuse('need-report.own-decision');
        // A place that was closed since can hold no new matter.
        if (command.kind === 'need-report.let-through' && facts.chain === undefined)
          return refuse('need-report.place-unknown', 'area');
        return command.kind === 'need-report.return'
          ? [{ kind: 'need-report.returned', reason: command.reason }]
          : [{ kind: 'need-report.let-through', reason: command.reason }, passed(state)];
      case 'need-report.consent': {
        if (state.status !== 'asking') return refuse('need-report.not-asked');
        if (facts.chain === undefined) return refuse('need-report.place-unknown', 'area');
        const { name, phone } = command;
        const left = {
          ...(name === undefined || name === '' ? {} : { name }),
          ...(phone === undefined ? {} : { phone }),
        };
        const consented: NeedReportEvent = {
          kind: 'need-report.consented',
          ...(Object.keys(left).length === 0 ? {} : { personal: left }),
        };
        // Words in doubt are looked at by a person even then: they may be about somebody else.
        return state.doubts.length > 0 ? [consented] : [consented, passed(state, left)];
      }
      case 'need-report.withdraw':
        return [{ kind: 'need-report.withdrawn' }];
    }
  },
};

const passed = (state: NeedReport, left: { name?: string; phone?: string } = {}): NeedReportEvent => ({
  kind: 'need-report.passed',
  area: state.area,
  ...(state.household === undefined ? {} : { household: state.household }),
  personal: { words: state.words, ...(state.spot === undefined ? {} : { spot: state.spot }), ...left },
});

function file(
  command: Extract<NeedReportCommand, { kind: 'need-report.file' }>,
  facts: NeedReportFacts,
): NeedReportEvent[] | Refusal {
  const { informant, about, area, words, household, sure } = command;
  const spot = command.spot === '' ? undefined : command.spot;
  const { chain } = facts;
  if (facts.informant === undefined) return refuse('informant.unknown', 'informant');
  if (!facts.informant.active || facts.informant.until < dayOf(facts.at)) return refuse('need-report.informant-over');
  if (!facts.informant.agreed) return refuse('need-report.informant-not-agreed', 'informant');
  if (chain === undefined) return refuse('need-report.place-unknown', 'area');
  if (!chain.includes(facts.informant.area)) return refuse('need-report.outside', 'area');
  if (about === 'place') {
    if (household !== undefined) return refuse('need-report.household-of-place', 'household');
    if (spot === undefined) return refuse('need-report.spot-missing', 'spot');
  } else if (household !== undefined && !facts.householdThere) {
    return refuse('need-report.household-not-there', 'household');
  }
  if (facts.namedInSpot) return refuse('need-report.names-somebody', 'spot');
  const doubts = doubtsOf([words, spot ?? ''].join(' '), facts.namedInWords);
  if (doubts.length > 0 && sure !== true) return refuse('need-report.about-people', 'words');
  const filed: NeedReportEvent = {
    kind: 'need-report.filed',
    informant,
    about,
    area,
    chain,
    ...(household === undefined ? {} : { household }),
    filedBy: facts.actor,
    doubts,
    personal: { words, ...(spot === undefined ? {} : { spot }), key: facts.key },
  };
  if (about === 'household' || doubts.length > 0) return [filed];
  return [filed, { kind: 'need-report.passed', area, personal: { words, ...(spot === undefined ? {} : { spot }) } }];
}

/** Whether somebody besides the household and the filer may read the words: a household's only once it agreed. */
export const readable = (state: NeedReport): boolean =>
  state.about === 'place'
    ? state.status === 'held' || state.status === 'passed'
    : state.consented && state.words !== '';

/** What could be asked of a report as it stands. */
export const possibleOf = (state: NeedReport, actor: string): NeedReportCommand['kind'][] =>
  state.status === 'held' && actor !== state.filedBy ? ['need-report.let-through', 'need-report.return'] : [];
