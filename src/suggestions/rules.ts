import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type { Suggestion, SuggestionCommand, SuggestionEvent, SuggestionFacts, SuggestionState } from './model.ts';

const optional = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, V>);

/** From being filed to what became of it; the unit's answer has its reasons, and the desk says thanks. */
export const suggestions: Decider<SuggestionState, SuggestionCommand, SuggestionEvent, SuggestionFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'suggestion.filed') {
      const { kind: _, personal, ...rest } = event;
      return {
        ...rest,
        status: 'filed',
        told: personal,
        filedAt: stamp.at,
        screenedOn: undefined,
        unit: undefined,
        note: undefined,
        answerBy: undefined,
        returns: [],
        aside: undefined,
        answer: undefined,
        followed: [],
        thanks: undefined,
        listed: false,
        named: false,
      };
    }
    if (state.status === 'none') return state;
    const on = dayOf(stamp.at);
    switch (event.kind) {
      case 'suggestion.sent':
        return {
          ...state,
          status: 'sent',
          unit: event.unit,
          note: event.note,
          answerBy: event.answerBy,
          screenedOn: state.screenedOn ?? on,
        };
      case 'suggestion.returned':
        return {
          ...state,
          status: 'filed',
          unit: undefined,
          answerBy: undefined,
          returns: [...state.returns, { unit: state.unit ?? '', reason: event.reason, betterUnit: event.betterUnit }],
        };
      case 'suggestion.set-aside':
        return { ...state, status: 'set-aside', aside: event.words, screenedOn: state.screenedOn ?? on };
      case 'suggestion.became-matter':
        return { ...state, status: 'matter', screenedOn: state.screenedOn ?? on };
      case 'suggestion.answered': {
        const { outcome, words, followBy } = event;
        return { ...state, status: 'answered', answer: { outcome, words, on, by: stamp.actor, followBy } };
      }
      case 'suggestion.followed':
        return {
          ...state,
          status: event.done ? 'done' : state.status,
          followed: [...state.followed, { words: event.words, on, done: event.done }],
        };
      case 'suggestion.thanked':
        return { ...state, thanks: { words: event.words, on, by: stamp.actor } };
      case 'suggestion.agreed':
        return { ...state, listed: event.listed, named: event.named };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'suggestion.file') {
      if (state.status !== 'none') return refuse('suggestion.exists');
      if (facts.chain === undefined || facts.fresh === undefined) return refuse('suggestion.place-unknown', 'area');
      const { channel, title, words, area, name, phone, share } = command;
      const nameless = name === undefined && phone === undefined;
      return [
        {
          kind: 'suggestion.filed',
          channel,
          number: facts.fresh.number,
          area,
          chain: facts.chain,
          anonymous: nameless,
          share: share && !nameless,
          screenBy: addDays(dayOf(facts.at), facts.policy.screenDays),
          by: facts.actor,
          personal: { title, words, code: facts.fresh.code, ...optional('name', name), ...optional('phone', phone) },
        },
      ];
    }
    if (state.status === 'none') return refuse('suggestion.unknown');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'suggestion.send':
        if (state.status !== 'filed') return refuse('suggestion.screened');
        if (!facts.unitKnown) return refuse('suggestion.unit-unknown', 'unit');
        return [
          {
            kind: 'suggestion.sent',
            unit: command.unit,
            ...optional('note', command.note),
            answerBy: addDays(today, facts.policy.answerDays),
          },
        ];
      case 'suggestion.set-aside':
        if (state.status !== 'filed') return refuse('suggestion.screened');
        return [{ kind: 'suggestion.set-aside', words: command.words }];
      case 'suggestion.make-matter': {
        if (state.status !== 'filed') return refuse('suggestion.screened');
        const { title = '', words = '', name, phone } = state.told ?? {};
        return [
          {
            kind: 'suggestion.became-matter',
            area: state.area,
            personal: { title, words, ...optional('name', name), ...optional('phone', phone) },
          },
        ];
      }
      case 'suggestion.return':
        if (state.status !== 'sent') return refuse('suggestion.not-sent');
        if (state.unit !== undefined && !facts.units.includes(state.unit)) return refuse('suggestion.other-unit');
        if (command.betterUnit !== undefined && !facts.unitKnown)
          return refuse('suggestion.unit-unknown', 'betterUnit');
        if (command.betterUnit === state.unit) return refuse('suggestion.same-unit', 'betterUnit');
        return [{ kind: 'suggestion.returned', reason: command.reason, ...optional('betterUnit', command.betterUnit) }];
      case 'suggestion.answer':
        if (state.status !== 'sent' && state.status !== 'answered') return refuse('suggestion.not-sent');
        if (state.unit !== undefined && !facts.units.includes(state.unit)) return refuse('suggestion.other-unit');
        return [
          {
            kind: 'suggestion.answered',
            outcome: command.outcome,
            words: command.words,
            followBy: addDays(today, facts.policy.followDays),
          },
        ];
      case 'suggestion.follow':
        if (state.answer === undefined) return refuse('suggestion.not-answered');
        if (state.unit !== undefined && !facts.units.includes(state.unit)) return refuse('suggestion.other-unit');
        if (state.answer.outcome === 'not') return refuse('suggestion.not-adopted');
        return [{ kind: 'suggestion.followed', words: command.words, done: command.done }];
      case 'suggestion.thank':
        if (state.answer === undefined) return refuse('suggestion.not-answered');
        if (state.thanks !== undefined) return refuse('suggestion.thanked');
        return [{ kind: 'suggestion.thanked', words: command.words }];
      case 'suggestion.agree':
        if (command.named && state.told?.name === undefined) return refuse('suggestion.nameless', 'named');
        return [{ kind: 'suggestion.agreed', listed: command.listed, named: command.listed && command.named }];
    }
  },
};

/** What could be asked of it, before anybody's posts are looked at. */
export function possible(state: SuggestionState): SuggestionCommand['kind'][] {
  if (state.status === 'none') return ['suggestion.file'];
  const agree = ['suggestion.agree' as const];
  switch (state.status) {
    case 'filed':
      return ['suggestion.send', 'suggestion.make-matter', 'suggestion.set-aside', ...agree];
    case 'sent':
      return ['suggestion.answer', 'suggestion.return', ...agree];
    case 'answered':
    case 'done':
      return [
        ...(state.answer?.outcome === 'not' ? [] : (['suggestion.follow'] as const)),
        ...(state.status === 'answered' ? (['suggestion.answer'] as const) : []),
        ...(state.thanks === undefined ? (['suggestion.thank'] as const) : []),
        ...agree,
      ];
    default:
      return [];
  }
}

/** Whether the public list may show it: adopted, wholly or in part, and whoever made it said yes. */
export const isListed = ({ answer, listed }: Suggestion): boolean =>
  listed && answer !== undefined && answer.outcome !== 'not';

/** What is owed: an answer by the day, and of what was adopted, how far it is. */
export function suggestionsOwed(state: SuggestionState): Owed[] {
  if (state.status === 'none' || state.unit === undefined) return [];
  const { unit, number, answer, answerBy, filedAt: since } = state;
  const title = state.told?.title;
  if (state.status === 'sent' && answerBy !== undefined)
    return [{ run: `answer ${unit}`, kind: 'suggestion', unit, due: answerBy, since, number, title }];
  if (answer === undefined || answer.outcome === 'not' || state.followed.some(({ done }) => done)) return [];
  return [{ run: 'follow', kind: 'follow', unit, due: answer.followBy, since: startOfDay(answer.on), number, title }];
}
