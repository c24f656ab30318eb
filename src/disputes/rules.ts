import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import { drawnUp } from '../register/model.ts';
import type {
  Agreement,
  Dispute,
  DisputeCommand,
  DisputeEvent,
  DisputeFacts,
  DisputeState,
  DisputeStatus,
  Mediation,
} from './model.ts';
import { agreementOnPaper } from './model.ts';
import { answerableFault, dueFault, gradeOf, signsFault, situationOf } from './sweeps.ts';

type Command<K extends DisputeCommand['kind']> = Extract<DisputeCommand, { kind: K }>;
type Verdict = DisputeEvent[] | Refusal;

const over = new Set<DisputeStatus>(['settled', 'elsewhere', 'matter']);
export const isOver = ({ status }: Pick<Dispute, 'status'>): boolean => over.has(status);

/**
 * A dispute from being found to its end. At every moment one unit, one person and one day answer for it; mediation
 * needs every party's consent and an agreement every party's signature; what was agreed and not done opens it again.
 */
export const disputes: Decider<DisputeState, DisputeCommand, DisputeEvent, DisputeFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    const { at, version } = stamp;
    if (event.kind === 'dispute.registered') {
      const { kind: _, personal, day, sweep, ...rest } = event;
      return {
        ...rest,
        status: 'open',
        sweep,
        registeredOn: day,
        subject: personal?.subject,
        words: personal?.words,
        spot: personal?.spot,
        handOver: undefined,
        mediation: undefined,
        past: [],
        papers: [],
        ways: [],
        failure: undefined,
        settledOn: undefined,
        how: undefined,
        way: undefined,
        reopenings: 0,
        passedAt: undefined,
      };
    }
    if (state.status === 'none') return state;
    const mediation = (part: Partial<Mediation>): Dispute =>
      state.mediation === undefined ? state : { ...state, mediation: { ...state.mediation, ...part } };
    const agreement = (part: Partial<Agreement>): Dispute =>
      state.mediation?.agreement === undefined
        ? state
        : mediation({ agreement: { ...state.mediation.agreement, ...part } });
    const term = (place: number, part: Partial<Agreement['terms'][number]>): Dispute =>
      agreement({
        terms: state.mediation?.agreement?.terms.map((t, i) => (i === place ? { ...t, ...part } : t)) ?? [],
      });
    switch (event.kind) {
      case 'dispute.regraded':
        return { ...state, signs: event.signs, grade: event.grade };
      case 'dispute.assigned':
        return { ...state, person: event.person, due: event.due };
      case 'dispute.handed-over': {
        const { unit, reason, type, answerBy } = event;
        return { ...state, handOver: { unit, reason, answerBy, ...(type === undefined ? {} : { type }) } };
      }
      case 'dispute.taken': {
        const moved = { ...state, unit: event.unit, person: event.person, due: event.due, handOver: undefined };
        // What binds the parties binds on; any other mediation ends with the unit that held it.
        return state.status === 'agreed' ? moved : { ...closeMediation(moved, 'handed-over'), status: 'open' };
      }
      case 'dispute.declined':
        return { ...state, handOver: undefined };
      case 'mediation.opened': {
        const { type, mediator, parties, personal } = event;
        return {
          ...closeMediation(state, state.mediation?.outcome),
          status: 'asking',
          mediation: {
            type,
            mediator,
            unit: state.unit,
            ...(event.endBy === undefined ? {} : { endBy: event.endBy }),
            parties: Array.from({ length: parties }, (_, i) => personal?.parties[i] ?? {}),
            consents: [],
            sessions: [],
            agreement: undefined,
            outcome: undefined,
          },
        };
      }
      case 'mediation.consented': {
        const consents = [...(state.mediation?.consents ?? []), event.party];
        const all = consents.length === state.mediation?.parties.length;
        return { ...mediation({ consents }), status: all ? 'mediating' : 'asking' };
      }
      case 'mediation.refused':
        return { ...mediation({ outcome: 'refused' }), status: 'failed' };
      case 'mediation.mediator-changed':
        return mediation({ mediator: event.mediator });
      case 'mediation.held': {
        const { day, present, personal } = event;
        const { where, said = [], note } = personal ?? {};
        const session = {
          day,
          present,
          said,
          ...(where === undefined ? {} : { where }),
          ...(note === undefined ? {} : { note }),
        };
        return mediation({ sessions: [...(state.mediation?.sessions ?? []), session] });
      }
      case 'agreement.drafted':
        return mediation({
          agreement: {
            facts: event.personal?.facts,
            terms: event.terms.map(({ by, due }, i) => ({
              by,
              due,
              what: event.personal?.whats[i],
              state: 'owed',
              words: undefined,
              on: undefined,
            })),
            signed: [],
            bound: undefined,
            confirmBy: undefined,
            court: undefined,
          },
        });
      case 'agreement.signed':
        return agreement({ signed: [...(state.mediation?.agreement?.signed ?? []), event.party] });
      case 'agreement.bound': {
        const bound = agreement({ bound: event.day, confirmBy: event.confirmBy });
        const { paper, personal } = event;
        const papers = paper === undefined ? state.papers : [...state.papers, drawnUp(paper, stamp, personal?.paper)];
        return { ...bound, papers, status: 'agreed' };
      }
      case 'mediation.failed':
        return {
          ...mediation({ outcome: state.mediation?.outcome ?? 'failed' }),
          status: 'failed',
          ways: event.ways,
          failure: event.personal?.reason,
        };
      case 'court.asked':
        return agreement({ court: { court: event.court, asked: event.day } });
      case 'court.answered': {
        const { confirmed, document, day } = event;
        const court = state.mediation?.agreement?.court;
        return court === undefined ? state : agreement({ court: { ...court, confirmed, document, day } });
      }
      case 'term.performed':
        return term(event.term, { state: 'performed', words: event.personal?.words, on: event.day });
      case 'term.confirmed': {
        const words = event.personal?.words;
        return term(event.term, {
          state: 'confirmed',
          on: event.day,
          ...(words === undefined || words === '' ? {} : { words }),
        });
      }
      case 'term.broken': {
        const broken = term(event.term, { state: 'broken', words: event.personal?.words, on: event.day });
        return {
          ...closeMediation(broken, 'broken'),
          status: 'open',
          due: event.due,
          reopenings: state.reopenings + 1,
          settledOn: undefined,
        };
      }
      case 'dispute.settled': {
        const held = state.mediation?.outcome === undefined ? mediation({ outcome: 'agreed' }) : state;
        return { ...held, status: 'settled', settledOn: event.day, how: event.personal?.how, handOver: undefined };
      }
      case 'dispute.passed':
        return { ...state, status: 'matter', settledOn: dayOf(at), handOver: undefined, passedAt: version };
      case 'dispute.ended':
        return { ...state, status: 'elsewhere', way: event.way, settledOn: event.day, handOver: undefined };
      case 'dispute.reopened':
        return {
          ...closeMediation(state, state.mediation?.outcome),
          status: 'open',
          due: event.due,
          settledOn: undefined,
          how: undefined,
          way: undefined,
          reopenings: state.reopenings + 1,
        };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'dispute.register')
      return state.status === 'none' ? register(command, facts) : refuse('dispute.exists');
    if (state.status === 'none') return refuse('dispute.unknown');
    const { today, found } = facts;
    if (command.kind === 'dispute.reopen') {
      if (!isOver(state)) return refuse('dispute.not-over');
      const due = addDays(today, found.policy.days[state.grade]);
      return [{ kind: 'dispute.reopened', due, personal: { reason: command.reason } }];
    }
    if (isOver(state)) return refuse('dispute.over');
    switch (command.kind) {
      case 'dispute.take':
      case 'dispute.decline':
        return answerHandOver(state, command, facts);
      case 'dispute.consent':
        return consent(state, command, facts);
      case 'dispute.sign':
        return sign(state, command, facts);
      case 'dispute.say-term':
        return sayTerm(state, command, facts);
    }
    if (!facts.units.includes(state.unit)) return refuse('dispute.not-yours');
    switch (command.kind) {
      case 'dispute.regrade': {
        const fault = signsFault(command.signs, found.policy);
        if (fault !== undefined) return fault;
        const signs = [...new Set(command.signs)];
        const { words } = command;
        return [{ kind: 'dispute.regraded', signs, grade: gradeOf(signs, found.policy), personal: { words } }];
      }
      case 'dispute.assign': {
        if (!facts.personOfUnit) return refuse('dispute.person-unknown', 'person');
        const fault = dueFault(command.due, state.grade, today, found.policy);
        if (fault !== undefined) return fault;
        const { person, due, reason } = command;
        return [{ kind: 'dispute.assigned', person, due, reason }];
      }
      case 'dispute.hand-over': {
        if (state.handOver !== undefined) return refuse('dispute.hand-over-pending');
        if (command.unit === state.unit) return refuse('dispute.hand-over-self', 'unit');
        if (!facts.unitKnown) return refuse('dispute.unit-unknown', 'unit');
        const { unit, reason, type } = command;
        const answerBy = addDays(today, found.policy.takeDays);
        return [{ kind: 'dispute.handed-over', unit, reason, answerBy, ...(type === undefined ? {} : { type }) }];
      }
      case 'dispute.open-mediation':
        return openMediation(state, command, facts);
      case 'dispute.change-mediator': {
        if (!isUnderWay(state)) return refuse('dispute.not-mediating');
        const fault = mediatorFault(state.mediation!.type, facts);
        if (fault !== undefined) return fault;
        const { mediator, reason } = command;
        return [{ kind: 'mediation.mediator-changed', mediator, reason }];
      }
      case 'dispute.hold':
        return hold(state, command, facts);
      case 'dispute.draft': {
        if (state.status === 'agreed') return refuse('dispute.bound');
        if (state.status !== 'mediating') return notMediating(state);
        const { terms, facts: told } = command;
        const place = terms.findIndex(({ by }) => state.mediation!.parties[by] === undefined);
        if (place >= 0) return refuse('dispute.party-unknown', `terms.${place}.by`);
        const past = terms.findIndex(({ due }) => due < today);
        if (past >= 0) return refuse('dispute.due-past', `terms.${past}.due`);
        return [
          {
            kind: 'agreement.drafted',
            terms: terms.map(({ by, due }) => ({ by, due })),
            personal: { facts: told, whats: terms.map(({ what }) => what) },
          },
        ];
      }
      case 'dispute.fail': {
        if (state.status === 'agreed') return refuse('dispute.bound');
        const fault = waysFault(command.ways, facts);
        if (fault !== undefined) return fault;
        return [{ kind: 'mediation.failed', ways: [...new Set(command.ways)], personal: { reason: command.reason } }];
      }
      case 'dispute.ask-court': {
        const agreement = boundOf(state);
        if (agreement === undefined) return refuse('dispute.not-bound');
        if (agreement.court !== undefined) return refuse('dispute.court-asked');
        if (command.day > today || command.day < agreement.bound!) return refuse('dispute.day-future', 'day');
        if (command.day > agreement.confirmBy!) return refuse('dispute.court-late', 'day');
        return [{ kind: 'court.asked', court: command.court, day: command.day }];
      }
      case 'dispute.court-answers': {
        const court = boundOf(state)?.court;
        if (court === undefined || court.confirmed !== undefined) return refuse('dispute.court-not-asked');
        if (command.day > today || command.day < court.asked) return refuse('dispute.day-future', 'day');
        const { confirmed, document, day } = command;
        return [{ kind: 'court.answered', confirmed, document, day }];
      }
      case 'dispute.perform': {
        const term = termOf(state, command.term);
        if ('refused' in term) return term;
        if (command.done && term.state === 'performed') return refuse('dispute.term-over', 'term');
        if (command.done)
          return [{ kind: 'term.performed', term: command.term, day: today, personal: { words: command.words } }];
        if (term.due >= today) return refuse('dispute.term-not-due', 'term');
        return [broken(state, command.term, 'unit', command.words, facts)];
      }
      case 'dispute.settle':
        if (state.status === 'agreed') return refuse('dispute.bound');
        return [{ kind: 'dispute.settled', day: today, personal: { how: command.how } }];
      case 'dispute.to-matter': {
        if (state.status === 'agreed') return refuse('dispute.bound');
        const { subject = '', words = '', spot } = state;
        return [
          {
            kind: 'dispute.passed',
            reason: command.reason,
            personal: { subject, words, ...(spot === undefined ? {} : { spot }) },
          },
        ];
      }
      case 'dispute.end': {
        // Only where the parties were told what else they can do may it be left to the way they took.
        if (state.status !== 'failed' || state.ways.length === 0) return refuse('dispute.not-failed');
        const fault = waysFault([command.way], facts, 'way');
        if (fault !== undefined) return fault;
        return [{ kind: 'dispute.ended', way: command.way, day: today, personal: { words: command.words } }];
      }
    }
  },
};

/** Ends the mediation at hand and keeps it with those before. */
function closeMediation(state: Dispute, outcome: Mediation['outcome']): Dispute {
  const { mediation } = state;
  if (mediation === undefined) return state;
  return { ...state, mediation: undefined, past: [...state.past, { ...mediation, outcome: outcome ?? 'failed' }] };
}

const isUnderWay = ({ status }: Dispute): boolean => status === 'asking' || status === 'mediating';
const boundOf = (state: Dispute): Agreement | undefined =>
  state.status === 'agreed' ? state.mediation?.agreement : undefined;
const notMediating = ({ status }: Dispute): Refusal =>
  refuse(status === 'asking' ? 'dispute.consent-missing' : 'dispute.not-mediating');
const speaksItself = ({ actor }: DisputeFacts): boolean => actor.startsWith('resident:');

function register(command: Command<'dispute.register'>, facts: DisputeFacts): Verdict {
  const { subject, words, spot, unit, person, due, origin } = command;
  const situation = situationOf(command, facts.found);
  if ('refused' in situation) return situation;
  const fault = answerableFault(command, situation.grade, facts.today, facts.found);
  if (fault !== undefined) return fault;
  return [
    {
      kind: 'dispute.registered',
      mode: origin?.mode ?? 'any',
      ...(origin === undefined ? {} : { sweep: origin.sweep }),
      day: facts.today,
      ...situation,
      unit,
      person,
      due,
      personal: { subject, words, ...(spot === undefined || spot === '' ? {} : { spot }) },
    },
  ];
}

/** The unit that was asked takes it or says no; until then nothing has moved. */
function answerHandOver(
  state: Dispute,
  command: Command<'dispute.take'> | Command<'dispute.decline'>,
  facts: DisputeFacts,
): Verdict {
  const { handOver } = state;
  if (handOver === undefined || !facts.units.includes(handOver.unit)) return refuse('dispute.no-hand-over');
  if (command.kind === 'dispute.decline')
    return [{ kind: 'dispute.declined', unit: handOver.unit, reason: command.reason }];
  if (!facts.personOfUnit) return refuse('dispute.person-unknown', 'person');
  const fault = dueFault(command.due, state.grade, facts.today, facts.found.policy);
  if (fault !== undefined) return fault;
  const { person, due } = command;
  return [{ kind: 'dispute.taken', unit: handOver.unit, from: state.unit, person, due }];
}

function mediatorFault(type: Mediation['type'], { mediator }: DisputeFacts): Refusal | undefined {
  if (mediator === undefined) return refuse('dispute.mediator-unknown', 'mediator');
  return mediator.types.includes(type) ? undefined : refuse('dispute.mediator-type', 'mediator');
}

function openMediation(state: Dispute, command: Command<'dispute.open-mediation'>, facts: DisputeFacts): Verdict {
  if (isUnderWay(state)) return refuse('dispute.mediating-already');
  if (state.status === 'agreed') return refuse('dispute.bound');
  const fault = mediatorFault(command.type, facts);
  if (fault !== undefined) return fault;
  const { type, mediator, parties } = command;
  return [
    {
      kind: 'mediation.opened',
      type,
      mediator,
      endBy: addDays(facts.today, facts.found.policy.mediationDays),
      parties: parties.length,
      personal: {
        parties: parties.map(({ name, phone }, i) => ({
          name,
          key: facts.keys[i]!,
          ...(phone === undefined ? {} : { phone }),
        })),
      },
    },
  ];
}

/**
 * What is owed: the day set for it, a mediation's end, the word of a unit that was asked to take it over, and what was
 * agreed, until the other side says it was done.
 */
export function disputesOwed(state: DisputeState): Owed[] {
  if (state.status === 'none' || isOver(state)) return [];
  const { unit, person: official, subject: title, handOver, mediation } = state;
  const since = startOfDay(state.registeredOn);
  const own = { unit, official, since, title };
  const terms = state.status === 'agreed' ? (mediation?.agreement?.terms ?? []) : [];
  return [
    ...(state.status === 'agreed' ? [] : [{ run: 'settle', kind: 'dispute' as const, due: state.due, ...own }]),
    ...(isUnderWay(state) && mediation?.endBy !== undefined
      ? [{ run: `mediation ${state.past.length}`, kind: 'mediation' as const, due: mediation.endBy, ...own }]
      : []),
    ...(handOver === undefined
      ? []
      : [
          {
            run: `take ${handOver.unit}`,
            kind: 'take' as const,
            unit: handOver.unit,
            due: handOver.answerBy,
            since,
            title,
          },
        ]),
    ...terms.flatMap((term, place) =>
      term.state === 'owed' || term.state === 'performed'
        ? [{ run: `term ${state.past.length} ${place}`, kind: 'term' as const, due: term.due, ...own }]
        : [],
    ),
  ];
}

/** How a party speaks: on the official's glass with its signature, or from its own phone with its key. */
function voiceOf(
  state: Dispute,
  { party, signature, key }: { party: number; signature?: string | undefined; key?: string | undefined },
  facts: DisputeFacts,
): { how: 'glass' | 'key'; signature?: string } | Refusal {
  const of = state.mediation?.parties[party];
  if (of === undefined) return refuse('dispute.party-unknown', 'party');
  if (speaksItself(facts))
    return key !== undefined && key === of.key ? { how: 'key' } : refuse('dispute.key-wrong', 'key');
  if (!facts.units.includes(state.unit)) return refuse('dispute.not-yours');
  return signature === undefined ? refuse('dispute.signature-missing', 'signature') : { how: 'glass', signature };
}

const drawn = ({ signature }: { signature?: string }): { personal?: { signature: string } } =>
  signature === undefined ? {} : { personal: { signature } };

/** Mediation is voluntary: a party that says no ends it, before or while it lasts, and hears what else there is. */
function consent(state: Dispute, command: Command<'dispute.consent'>, facts: DisputeFacts): Verdict {
  if (!isUnderWay(state)) return state.status === 'agreed' ? refuse('dispute.bound') : refuse('dispute.not-mediating');
  const { party, agrees } = command;
  // A no needs no signature: nobody is kept in a mediation for want of one.
  const voice = agrees || speaksItself(facts) ? voiceOf(state, command, facts) : { how: 'glass' as const };
  if ('refused' in voice) return voice;
  if (state.mediation?.parties[party] === undefined) return refuse('dispute.party-unknown', 'party');
  if (!agrees) {
    if (!speaksItself(facts) && !facts.units.includes(state.unit)) return refuse('dispute.not-yours');
    return [
      { kind: 'mediation.refused', party, how: voice.how },
      { kind: 'mediation.failed', ways: facts.found.policy.ways.map(({ id }) => id) },
    ];
  }
  if (state.mediation.consents.includes(party)) return refuse('dispute.consented', 'party');
  return [{ kind: 'mediation.consented', party, how: voice.how, ...drawn(voice) }];
}

function hold(state: Dispute, command: Command<'dispute.hold'>, facts: DisputeFacts): Verdict {
  if (state.status !== 'mediating') return notMediating(state);
  const { day, where, said, note } = command;
  const present = [...new Set(command.present)].toSorted((a, b) => a - b);
  if (day > facts.today) return refuse('dispute.day-future', 'day');
  const known = (party: number): boolean => state.mediation?.parties[party] !== undefined;
  if (!present.every(known)) return refuse('dispute.party-unknown', 'present');
  if (!said.every(({ party }) => known(party))) return refuse('dispute.party-unknown', 'said');
  return [
    {
      kind: 'mediation.held',
      day,
      present,
      personal: { where, said, ...(note === undefined || note === '' ? {} : { note }) },
    },
  ];
}

/** The agreement binds with the last party's signature, and not before. */
function sign(state: Dispute, command: Command<'dispute.sign'>, facts: DisputeFacts): Verdict {
  if (state.status === 'agreed') return refuse('dispute.bound');
  const agreement = state.status === 'mediating' ? state.mediation?.agreement : undefined;
  if (agreement === undefined) return refuse('dispute.no-draft');
  const voice = voiceOf(state, command, facts);
  if ('refused' in voice) return voice;
  const { party } = command;
  if (agreement.signed.includes(party)) return refuse('dispute.signed', 'party');
  const signed: DisputeEvent = { kind: 'agreement.signed', party, how: voice.how, ...drawn(voice) };
  if (agreement.signed.length + 1 < state.mediation!.parties.length) return [signed];
  const confirmBy = addDays(facts.today, facts.found.policy.confirmDays);
  return [
    signed,
    {
      kind: 'agreement.bound',
      day: facts.today,
      confirmBy,
      ...agreementOnPaper(state, agreement, { ...facts, confirmBy }),
    },
  ];
}

function termOf(state: Dispute, place: number): Agreement['terms'][number] | Refusal {
  const agreement = boundOf(state);
  if (agreement === undefined) return refuse('dispute.not-bound');
  const term = agreement.terms[place];
  if (term === undefined) return refuse('dispute.term-unknown', 'term');
  return term.state === 'confirmed' || term.state === 'broken' ? refuse('dispute.term-over', 'term') : term;
}

/** The other side says whether a term was done: the last yes settles the dispute, a no opens it again. */
function sayTerm(state: Dispute, command: Command<'dispute.say-term'>, facts: DisputeFacts): Verdict {
  const { term: place, party, done, words } = command;
  const term = termOf(state, place);
  if ('refused' in term) return term;
  const voice = voiceOf(state, command, facts);
  if ('refused' in voice) return voice;
  if (term.by === party) return refuse('dispute.term-own', 'party');
  if (!done) {
    if (term.state === 'owed' && term.due >= facts.today) return refuse('dispute.term-not-due', 'term');
    return [broken(state, place, 'party', words, facts)];
  }
  const { signature } = voice;
  const confirmed: DisputeEvent = {
    kind: 'term.confirmed',
    term: place,
    party,
    day: facts.today,
    personal: { words, ...(signature === undefined ? {} : { signature }) },
  };
  const last = boundOf(state)!.terms.every((t, i) => i === place || t.state === 'confirmed');
  return last ? [confirmed, { kind: 'dispute.settled', day: facts.today }] : [confirmed];
}

const broken = (
  state: Dispute,
  term: number,
  by: 'party' | 'unit',
  words: string,
  { today, found }: DisputeFacts,
): DisputeEvent => ({
  kind: 'term.broken',
  term,
  day: today,
  due: addDays(today, found.policy.days[state.grade]),
  by,
  personal: { words },
});

function waysFault(ways: readonly string[], { found }: DisputeFacts, field = 'ways'): Refusal | undefined {
  const known = ways.every((way) => found.policy.ways.some(({ id }) => id === way));
  return known ? undefined : refuse('dispute.way-unknown', field);
}

/** What may be asked next, before anybody's posts are looked at. `units` are those of whoever asks. */
export function possible(state: DisputeState, units: readonly string[]): DisputeCommand['kind'][] {
  if (state.status === 'none') return ['dispute.register'];
  if (isOver(state)) return state.status === 'matter' ? [] : ['dispute.reopen'];
  const asked: DisputeCommand['kind'][] =
    state.handOver !== undefined && units.includes(state.handOver.unit) ? ['dispute.take', 'dispute.decline'] : [];
  if (!units.includes(state.unit)) return asked;
  const agreement = state.mediation?.agreement;
  const court = agreement?.court;
  const own: readonly (DisputeCommand['kind'] | false)[] = [
    // While it lasts a party may also take its consent back.
    isUnderWay(state) && 'dispute.consent',
    state.status === 'mediating' && 'dispute.hold',
    state.status === 'mediating' && 'dispute.draft',
    state.status === 'mediating' && agreement !== undefined && 'dispute.sign',
    state.status === 'agreed' && 'dispute.say-term',
    state.status === 'agreed' && 'dispute.perform',
    state.status === 'agreed' && court === undefined && 'dispute.ask-court',
    state.status === 'agreed' && court !== undefined && court.confirmed === undefined && 'dispute.court-answers',
    (state.status === 'open' || state.status === 'failed') && 'dispute.open-mediation',
    state.status !== 'agreed' && 'dispute.settle',
    state.handOver === undefined && 'dispute.hand-over',
    isUnderWay(state) && 'dispute.change-mediator',
    'dispute.assign',
    'dispute.regrade',
    state.status !== 'agreed' && 'dispute.fail',
    state.status === 'failed' && state.ways.length > 0 && 'dispute.end',
    state.status !== 'agreed' && 'dispute.to-matter',
  ];
  return [...asked, ...own.filter((kind) => kind !== false)];
}
