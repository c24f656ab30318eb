import { dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type { GuideCommand, GuideEvent, GuideState, TalkCommand, TalkEvent, TalkFacts, TalkState } from './model.ts';

const textOf = ({ title, gist, source, validFrom, validUntil }: Extract<GuideCommand, { title: string }>) => ({
  title,
  gist,
  source,
  validFrom,
  ...(validUntil === undefined ? {} : { validUntil }),
});

/** A text of the library: amended in the open, never silently. */
export const guides: Decider<GuideState, GuideCommand, GuideEvent, unknown> = {
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.kind) {
      case 'guide.published': {
        const { kind: _, ...text } = event;
        return { ...text, status: 'open', version: 1, reason: undefined };
      }
      case 'guide.amended': {
        if (state.status === 'none') return state;
        const { kind: _, ...text } = event;
        return { ...text, status: 'open', version: state.version + 1 };
      }
      case 'guide.withdrawn':
        return state.status === 'none' ? state : { ...state, status: 'withdrawn', reason: event.reason };
      default:
        return state;
    }
  },
  decide(state, command) {
    if (command.kind !== 'guide.withdraw' && command.validUntil !== undefined && command.validUntil < command.validFrom)
      return refuse('guide.days-wrong', 'validUntil');
    if (command.kind === 'guide.publish')
      return state.status === 'none' ? [{ kind: 'guide.published', ...textOf(command) }] : refuse('guide.exists');
    if (state.status === 'none') return refuse('guide.unknown');
    if (state.status === 'withdrawn') return refuse('guide.withdrawn');
    return command.kind === 'guide.amend'
      ? [{ kind: 'guide.amended', reason: command.reason, ...textOf(command) }]
      : [{ kind: 'guide.withdrawn', reason: command.reason }];
  },
};

/** A talk, and the questions that could not be answered in the room until their answers are told back. */
export const talks: Decider<TalkState, TalkCommand, TalkEvent, TalkFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'talk.held') {
      const { kind: _, came, ...rest } = event;
      return { ...rest, came, status: 'held', questions: [] };
    }
    if (state.status === 'none') return state;
    const change = (at: number, part: object): TalkState => ({
      ...state,
      questions: state.questions.map((q, i) => (i === at ? { ...q, ...part } : q)),
    });
    switch (event.kind) {
      case 'talk.asked': {
        const { words = '', name, phone } = event.personal ?? {};
        const asked = {
          version: stamp.version,
          words,
          guide: event.guide,
          name,
          phone,
          answer: undefined,
          told: undefined,
        };
        return { ...state, questions: [...state.questions, asked] };
      }
      case 'talk.answer-heard':
        return change(event.question, { answer: event.personal?.words ?? '' });
      case 'talk.told-back':
        return change(event.question, { told: { how: event.how, at: stamp.at } });
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'talk.hold') {
      if (state.status !== 'none') return refuse('talk.exists');
      const { area, way, day, where, came } = command;
      if (facts.chain === undefined) return refuse('talk.place-unknown', 'area');
      if (day > dayOf(facts.at)) return refuse('talk.in-future', 'day');
      const told = [...new Set(command.guides)];
      if (told.some((id) => !facts.guides.has(id))) return refuse('talk.guide-unknown', 'guides');
      const { chain, actor: official } = facts;
      return [
        {
          kind: 'talk.held',
          area,
          chain,
          official,
          way,
          day,
          where,
          guides: told,
          ...(came === undefined ? {} : { came }),
        },
      ];
    }
    // What the house tells itself is never refused: nobody could mend it.
    if (command.kind === 'talk.hear-answer')
      return state.status === 'none' || state.questions[command.question] === undefined
        ? []
        : [{ kind: 'talk.answer-heard', question: command.question, personal: { words: command.words } }];
    if (state.status === 'none') return refuse('talk.unknown');
    if (command.kind === 'talk.ask') {
      const { words, guide, name, phone } = command;
      // A place that was closed since can hold no new matter.
      if (facts.chain === undefined) return refuse('talk.place-unknown', 'area');
      if (guide !== undefined && !state.guides.includes(guide)) return refuse('talk.guide-not-told', 'guide');
      return [
        {
          kind: 'talk.asked',
          index: state.questions.length,
          area: state.area,
          official: facts.actor,
          ...(guide === undefined ? {} : { guide }),
          personal: {
            words,
            ...(name === undefined || name === '' ? {} : { name }),
            ...(phone === undefined ? {} : { phone }),
          },
        },
      ];
    }
    const question = state.questions[command.question];
    if (question === undefined) return refuse('talk.question-unknown', 'question');
    if (question.answer === undefined) return refuse('talk.not-answered', 'question');
    if (question.told !== undefined) return refuse('talk.told-already');
    return [{ kind: 'talk.told-back', question: command.question, how: command.how }];
  },
};

/** What could be asked of a talk as it stands. */
export function possible(state: TalkState): TalkCommand['kind'][] {
  if (state.status === 'none') return ['talk.hold'];
  const owed = state.questions.some((q) => q.answer !== undefined && q.told === undefined);
  return ['talk.ask', ...(owed ? (['talk.tell-back'] as const) : [])];
}

/** An answer that came is owed to whoever asked, by who held the talk, until it was told. */
export const talksOwed = (state: TalkState): Owed[] =>
  state.status === 'none'
    ? []
    : state.questions.flatMap(({ words, answer, told }, place) =>
        answer !== undefined && told === undefined
          ? [
              {
                run: `tell-back ${place}`,
                kind: 'tell-back' as const,
                official: state.official,
                since: startOfDay(state.day),
                title: words === '' ? undefined : words,
              },
            ]
          : [],
      );
