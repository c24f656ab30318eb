import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import { dayOf, startOfDay } from '../calendar/days.ts';
import type { Owed } from '../owed/model.ts';
import { isAdult } from '../visits/rules.ts';
import type { Pair, PairCommand, PairEvent, PairFacts, PairState } from './model.ts';

type Command<K extends PairCommand['kind']> = Extract<PairCommand, { kind: K }>;
const MEASURES = 60;
const PARTNERS = 20;
/** What is possible when a consent is over: a new one, or the end of all of it or of a part. */
const consenting: ReadonlySet<PairCommand['kind']> = new Set([
  'pair.renew',
  'pair.take-over',
  'pair.leave',
  'pair.end',
]);

/** The rules of a pair: the household begins it, judges what came of it, and may end it; the official plans and does. */
export const pairs: Decider<PairState, PairCommand, PairEvent, PairFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'pair.made') {
      const { household, chain, official, unit, since, until, by, person, reviewDue, personal } = event;
      return {
        status: 'lasting',
        household,
        chain,
        official,
        unit,
        since,
        until,
        by,
        person,
        measures: [],
        partners: [],
        reviews: [],
        reviewDue,
        before: [],
        ended: undefined,
        key: personal?.key,
      };
    }
    if (state.status === 'none') return state;
    const on = dayOf(stamp.at);
    const put = (place: number, part: Partial<Pair['measures'][number]>): Pair => ({
      ...state,
      measures: state.measures.map((m, i) => (i === place ? { ...m, ...part } : m)),
    });
    switch (event.kind) {
      case 'pair.planned':
        return {
          ...state,
          measures: [
            ...state.measures,
            ...event.measures.map(({ give, by, partner }, i) => ({
              partner,
              give,
              by,
              what: event.personal?.what[i] ?? '',
              done: undefined,
              said: undefined,
            })),
          ],
        };
      case 'pair.joined': {
        const { sort, by, personal } = event;
        const { name = '', does = '' } = personal ?? {};
        return { ...state, partners: [...state.partners, { sort, name, does, since: on, by, left: undefined }] };
      }
      case 'pair.left': {
        const left = { on, words: event.personal?.words ?? '', asked: event.asked };
        return { ...state, partners: state.partners.map((p, i) => (i === event.partner ? { ...p, left } : p)) };
      }
      case 'pair.done':
        return put(event.measure, { done: { on, how: event.personal?.how ?? '', late: event.late } });
      case 'pair.said':
        return put(event.measure, { said: { on, words: event.personal?.words ?? '', by: event.by } });
      case 'pair.reviewed':
        return {
          ...state,
          reviewDue: event.reviewDue,
          reviews: [...state.reviews, { on, by: stamp.actor, note: event.personal?.note ?? '' }],
        };
      case 'pair.renewed':
        return { ...state, until: event.until, by: event.by };
      case 'pair.taken-over': {
        const { official, unit, until, by } = event;
        return {
          ...state,
          official,
          unit,
          until,
          by,
          before: [...state.before, { official: state.official, until: on }],
        };
      }
      case 'pair.ended':
        return { ...state, status: 'ended', ended: { on, reason: event.reason, words: event.personal?.words ?? '' } };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'pair.make') return state.status === 'none' ? make(command, facts) : refuse('pair.exists');
    if (state.status === 'none') return refuse('pair.unknown');
    if (state.status === 'ended') return refuse('pair.ended');
    // After its last day the consent carries nothing but a new one, or the end.
    if (facts.today > state.until && !consenting.has(command.kind)) return refuse('pair.consent-over');
    switch (command.kind) {
      case 'pair.plan': {
        if (facts.actor !== state.official) return refuse('pair.not-the-helper');
        const { measures } = command;
        if (measures.some(({ give }) => !facts.gives.includes(give))) return refuse('pair.give-unknown', 'measures');
        if (measures.some(({ by }) => by < facts.today)) return refuse('pair.due-past', 'measures');
        for (const { partner } of measures) {
          const fault = partner === undefined ? undefined : partnerFault(state, partner, 'measures');
          if (fault !== undefined) return fault;
        }
        if (state.measures.length + measures.length > MEASURES) return refuse('pair.plan-full', 'measures');
        return [
          {
            kind: 'pair.planned',
            measures: measures.map(({ give, by, partner }) => ({
              give,
              by,
              ...(partner === undefined ? {} : { partner }),
            })),
            personal: { what: measures.map(({ what }) => what) },
          },
        ];
      }
      case 'pair.join': {
        if (facts.actor !== state.official) return refuse('pair.not-the-helper');
        const { sort, name, does, by, signature } = command;
        if (state.partners.some((p) => p.left === undefined && p.sort === sort && p.name === name))
          return refuse('pair.partner-there', 'name');
        if (state.partners.length >= PARTNERS) return refuse('pair.partners-full');
        const fault = stranger(by, state.official, facts);
        if (fault !== undefined) return fault;
        return [{ kind: 'pair.joined', sort, by, personal: { name, does, signature } }];
      }
      case 'pair.leave': {
        const { partner, words, key } = command;
        const asked = speaksItself(facts);
        if (asked && (key === undefined || key !== state.key)) return refuse('pair.key-wrong', 'key');
        if (!asked && facts.actor !== state.official) return refuse('pair.not-the-helper');
        const fault = partnerFault(state, partner, 'partner');
        if (fault !== undefined) return fault;
        if (!asked && words.length < 2) return refuse('pair.words-missing', 'words');
        return [{ kind: 'pair.left', partner, asked, personal: { words } }];
      }
      case 'pair.do': {
        if (facts.actor !== state.official) return refuse('pair.not-the-helper');
        const measure = state.measures[command.measure];
        if (measure === undefined) return refuse('pair.measure-unknown', 'measure');
        if (measure.done !== undefined) return refuse('pair.measure-done');
        const late = facts.today > measure.by;
        return [{ kind: 'pair.done', measure: command.measure, late, personal: { how: command.how } }];
      }
      case 'pair.say':
        return say(state, command, facts);
      case 'pair.review':
        if (facts.actor === state.official) return refuse('pair.own-review');
        return [{ kind: 'pair.reviewed', reviewDue: facts.reviewDue, personal: { note: command.note } }];
      case 'pair.renew': {
        const fault = consentFault(command, state.official, facts);
        if (fault !== undefined) return fault;
        const { until, by, signature } = command;
        return [{ kind: 'pair.renewed', until, by, personal: { signature } }];
      }
      case 'pair.take-over': {
        if (facts.actor === state.official) return refuse('pair.helper-already');
        if (facts.unit === undefined) return refuse('pair.official-unknown');
        if (facts.doubled) return refuse('pair.doubled');
        // The household agreed to one person: to another it is asked again.
        const fault = consentFault(command, facts.actor, facts);
        if (fault !== undefined) return fault;
        const { until, by, signature } = command;
        return [
          { kind: 'pair.taken-over', official: facts.actor, unit: facts.unit, until, by, personal: { signature } },
        ];
      }
      case 'pair.end': {
        const { reason, words, key } = command;
        if (speaksItself(facts)) {
          if (key === undefined || key !== state.key) return refuse('pair.key-wrong', 'key');
          return [{ kind: 'pair.ended', reason: 'asked', personal: { words } }];
        }
        if (reason === 'other' && words.length < 2) return refuse('pair.words-missing', 'words');
        return [{ kind: 'pair.ended', reason, personal: { words } }];
      }
    }
  },
};

/** Why a partner named by its place cannot be meant. */
function partnerFault(state: Pair, partner: number, field: string): Refusal | undefined {
  const found = state.partners[partner];
  if (found === undefined) return refuse('pair.partner-unknown', field);
  return found.left === undefined ? undefined : refuse('pair.partner-left', field);
}

const speaksItself = ({ actor }: PairFacts): boolean => actor.startsWith('resident:');

/** What this official could ask of a pair as it stands, before their posts are looked at. */
export function possible(state: Pair, official: string, today: string): PairCommand['kind'][] {
  if (state.status === 'ended') return [];
  const own = official === state.official;
  if (today > state.until) return [own ? 'pair.renew' : 'pair.take-over', 'pair.end'];
  return [
    ...(own ? (['pair.plan', 'pair.join'] as const) : []),
    ...(own && state.partners.some((p) => p.left === undefined) ? (['pair.leave'] as const) : []),
    ...(own && state.measures.some((m) => m.done === undefined) ? (['pair.do'] as const) : []),
    ...(own && state.measures.some((m) => m.done !== undefined && m.said === undefined) ? (['pair.say'] as const) : []),
    ...(own ? [] : (['pair.review', 'pair.take-over'] as const)),
    'pair.renew',
    'pair.end',
  ];
}

/** Why somebody cannot speak for the household. */
function stranger(by: string, official: string, { household, today }: PairFacts): Refusal | undefined {
  if (by === official) return refuse('pair.own-consent', 'by');
  const member = household?.residents.find((r) => r.id === by);
  if (member === undefined) return refuse('pair.not-of-household', 'by');
  return isAdult(member.bornYear, Number(today.slice(0, 4))) ? undefined : refuse('pair.not-adult', 'by');
}

function consentFault(
  { until, by }: { until: string; by: string },
  official: string,
  facts: PairFacts,
): Refusal | undefined {
  const fault = stranger(by, official, facts);
  if (fault !== undefined) return fault;
  if (until <= facts.today) return refuse('pair.until-past', 'until');
  return until > facts.lastDay ? refuse('pair.until-too-long', 'until') : undefined;
}

function make(command: Command<'pair.make'>, facts: PairFacts): PairEvent[] | Refusal {
  const { household, until, by, signature, person } = command;
  if (facts.household === undefined) return refuse('pair.household-unknown', 'household');
  if (facts.unit === undefined) return refuse('pair.official-unknown', 'official');
  if (facts.doubled) return refuse('pair.doubled', 'household');
  if (person !== undefined && !facts.household.residents.some((r) => r.id === person))
    return refuse('pair.not-of-household', 'person');
  const fault = consentFault(command, facts.helper, facts);
  if (fault !== undefined) return fault;
  return [
    {
      kind: 'pair.made',
      household,
      chain: facts.household.chain,
      official: facts.helper,
      unit: facts.unit,
      since: facts.today,
      until,
      by,
      reviewDue: facts.reviewDue,
      ...(person === undefined ? {} : { person }),
      personal: { signature, key: facts.key },
    },
  ];
}

function say(state: Pair, command: Command<'pair.say'>, facts: PairFacts): PairEvent[] | Refusal {
  const { measure, words, by, signature, key } = command;
  const planned = state.measures[measure];
  if (planned === undefined) return refuse('pair.measure-unknown', 'measure');
  if (planned.done === undefined) return refuse('pair.not-done', 'measure');
  const fault = stranger(by, state.official, facts);
  if (fault !== undefined) return fault;
  if (speaksItself(facts)) {
    if (key === undefined || key !== state.key) return refuse('pair.key-wrong', 'key');
    return [{ kind: 'pair.said', measure, by, personal: { words } }];
  }
  // What they said themselves is not written over by somebody else's hand.
  if (planned.said !== undefined) return refuse('pair.said');
  if (signature === undefined) return refuse('pair.signature-missing', 'signature');
  return [{ kind: 'pair.said', measure, by, personal: { words, signature } }];
}

/**
 * What a pair owes: each measure by its day, the question whether the household wants to go on before its consent ends,
 * and a look by somebody else, which is the unit's.
 */
export function pairsOwed(state: PairState): Owed[] {
  if (state.status !== 'lasting') return [];
  const { official, unit, until, reviewDue, measures } = state;
  const since = startOfDay(state.since);
  return [
    ...measures.flatMap(({ what, by, done }, place) =>
      done === undefined
        ? [
            {
              run: `measure ${place}`,
              kind: 'pair-measure' as const,
              unit,
              official,
              due: by,
              since,
              title: what === '' ? undefined : what,
            },
          ]
        : [],
    ),
    { run: 'consent', kind: 'pair-consent', unit, official, due: until, since },
    { run: 'review', kind: 'pair-review', unit, due: reviewDue, since },
  ];
}
