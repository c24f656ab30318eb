import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import {
  type DialogueCommand,
  type DialogueEvent,
  type DialogueFacts,
  type DialogueState,
  type Question,
  STILL_OPEN,
  type Session,
} from './model.ts';

type Command<K extends DialogueCommand['kind']> = Extract<DialogueCommand, { kind: K }>;
type Decided = DialogueEvent[] | Refusal;

/** The rules of a live session: nothing that was asked is lost. */
export const dialogues: Decider<DialogueState, DialogueCommand, DialogueEvent, DialogueFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'dialogue.announced') {
      const { kind: _, phone, ...rest } = event;
      return {
        ...rest,
        phone,
        status: 'announced',
        announcedBy: stamp.actor,
        reason: undefined,
        beganAt: undefined,
        closedAt: undefined,
        words: undefined,
        questions: [],
      };
    }
    if (state.status === 'none') return state;
    const onQuestion = (question: number, part: Partial<Question>): Session => ({
      ...state,
      questions: state.questions.map((q) => (q.question === question ? { ...q, ...part } : q)),
    });
    switch (event.kind) {
      case 'dialogue.changed': {
        const { day, from, to, reason } = event;
        return { ...state, day, from, to, reason };
      }
      case 'dialogue.cancelled':
        return { ...state, status: 'cancelled', reason: event.reason };
      case 'dialogue.asked': {
        const { question, via, area, personal } = event;
        const one: Question = {
          question,
          via,
          area,
          askedAt: stamp.at,
          words: personal?.words ?? '',
          name: personal?.name,
          phone: personal?.phone,
          code: personal?.code ?? '',
          state: 'new',
          hidden: undefined,
          answer: undefined,
          followed: undefined,
          handedOn: undefined,
          heard: undefined,
        };
        return { ...state, questions: [...state.questions, one] };
      }
      case 'dialogue.shown':
        return onQuestion(event.question, { state: 'shown', hidden: undefined });
      case 'dialogue.hidden':
        return onQuestion(event.question, { state: 'hidden', hidden: { reason: event.reason, same: event.same } });
      case 'dialogue.began':
        return { ...state, status: 'live', beganAt: stamp.at };
      case 'dialogue.answered': {
        const { official, unit, words, live, promised } = event;
        return onQuestion(event.question, { answer: { official, unit, words, at: stamp.at, live, promised } });
      }
      case 'dialogue.left-open':
        return onQuestion(event.question, { handedOn: stamp.version });
      case 'dialogue.closed':
        return { ...state, status: 'closed', closedAt: stamp.at };
      case 'dialogue.answer-heard':
        return onQuestion(event.question, { heard: { words: event.personal?.words ?? '', at: stamp.at } });
      case 'dialogue.followed':
        return onQuestion(event.question, { followed: { kept: event.kept, words: event.words, at: stamp.at } });
      case 'dialogue.published':
        return { ...state, status: 'published', words: event.words };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'dialogue.announce')
      return state.status === 'none' ? announce(command, facts) : refuse('dialogue.exists');
    // What the house tells itself is never refused: nobody could mend it.
    if (command.kind === 'dialogue.hear-answer')
      return state.status === 'none' || !state.questions.some((q) => q.question === command.question)
        ? []
        : [{ kind: 'dialogue.answer-heard', question: command.question, personal: { words: command.words } }];
    if (state.status === 'none') return refuse('dialogue.unknown');
    if (state.status === 'cancelled') return refuse('dialogue.over');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'dialogue.change': {
        const { day, from, to, reason } = command;
        if (state.status === 'live') return refuse('dialogue.begun');
        if (state.status !== 'announced') return refuse('dialogue.over');
        if (from >= to) return refuse('dialogue.times-wrong', 'to');
        if (day < today) return refuse('dialogue.past', 'day');
        return [{ kind: 'dialogue.changed', day, from, to, reason }];
      }
      case 'dialogue.cancel': {
        if (state.status === 'live') return refuse('dialogue.begun');
        if (state.status !== 'announced') return refuse('dialogue.over');
        // What was asked for a session that does not take place still has to be answered.
        return [...handOn(state), { kind: 'dialogue.cancelled', reason: command.reason }];
      }
      case 'dialogue.ask':
        return ask(state, command, facts);
      case 'dialogue.begin':
        if (state.status !== 'announced') return refuse(state.status === 'live' ? 'dialogue.begun' : 'dialogue.over');
        return state.day === today ? [{ kind: 'dialogue.began' }] : refuse('dialogue.not-today');
      case 'dialogue.close':
        if (state.status !== 'live')
          return refuse(state.status === 'announced' ? 'dialogue.not-live' : 'dialogue.over');
        // Somebody has looked at each: a repeated question is not made a second matter, an insult none at all.
        if (state.questions.some((q) => q.state === 'new')) return refuse('dialogue.unsorted');
        return [...handOn(state), { kind: 'dialogue.closed' }];
      case 'dialogue.publish':
        if (state.status === 'published') return refuse('dialogue.published-already');
        if (state.status !== 'closed') return refuse('dialogue.not-closed');
        return [
          {
            kind: 'dialogue.published',
            ...(command.words === undefined || command.words === '' ? {} : { words: command.words }),
          },
        ];
      default: {
        const question = state.questions.find((q) => q.question === command.question);
        return question === undefined
          ? refuse('dialogue.question-unknown', 'question')
          : toQuestion(state, question, command, facts);
      }
    }
  },
};

/** Whether people may ask now: from the announcement until the answers are over. */
export const isOpen = (state: Pick<Session, 'status' | 'day'>, today: string): boolean =>
  state.status === 'live' || (state.status === 'announced' && state.day >= today);

/** Whether a question still waits for an answer of its own. */
export const isWaiting = (q: Question): boolean =>
  q.answer === undefined &&
  q.handedOn === undefined &&
  (q.state !== 'hidden' || (q.hidden !== undefined && STILL_OPEN.has(q.hidden.reason)));

/** What could be asked of a session as it stands, before anybody's posts are looked at. */
export function possible(state: DialogueState, today: string): DialogueCommand['kind'][] {
  if (state.status === 'none') return ['dialogue.announce'];
  if (state.status === 'cancelled') return [];
  const [announced, live] = [state.status === 'announced', state.status === 'live'];
  const sorting = (announced || live) && state.questions.some((q) => q.answer === undefined);
  const owed = state.questions.some((q) => q.answer?.promised !== undefined && q.followed?.kept !== true);
  const offered: [DialogueCommand['kind'], boolean][] = [
    ['dialogue.begin', announced && state.day === today],
    ['dialogue.answer', live && state.questions.some((q) => q.answer === undefined)],
    ['dialogue.show', sorting],
    ['dialogue.hide', sorting],
    ['dialogue.ask', isOpen(state, today)],
    ['dialogue.close', live],
    ['dialogue.publish', state.status === 'closed'],
    ['dialogue.follow', owed],
    ['dialogue.change', announced],
    ['dialogue.cancel', announced],
  ];
  return offered.filter(([, is]) => is).map(([kind]) => kind);
}

function announce(command: Command<'dialogue.announce'>, facts: DialogueFacts): Decided {
  const { form, title, about, area, day, from, to, phone, guests } = command;
  const { chain, policy } = facts;
  if (chain === undefined) return refuse('dialogue.place-unknown', 'area');
  if (guests.some((g) => !facts.guests.has(`${g.official} ${g.unit}`)))
    return refuse('dialogue.guest-unknown', 'guests');
  if (from >= to) return refuse('dialogue.times-wrong', 'to');
  if (day < addDays(dayOf(facts.at), policy.noticeDays)) return refuse('dialogue.short-notice', 'day');
  if (form === 'hotline' && phone === undefined) return refuse('dialogue.phone-missing', 'phone');
  return [
    {
      kind: 'dialogue.announced',
      form,
      title,
      about,
      area,
      chain,
      day,
      from,
      to,
      guests,
      ...(phone === undefined ? {} : { phone }),
    },
  ];
}

function ask(state: Session, command: Command<'dialogue.ask'>, facts: DialogueFacts): Decided {
  if (!isOpen(state, dayOf(facts.at))) return refuse('dialogue.asking-closed');
  if (state.questions.length >= facts.policy.most) return refuse('dialogue.full');
  // A place that was closed since can hold no new matter.
  if (facts.chain === undefined) return refuse('dialogue.place-unknown', 'area');
  const { words, name, phone, area } = command;
  // Only whoever sits at the telephone can say that it came by telephone.
  const via = facts.actor === 'anyone' ? 'portal' : command.via;
  return [
    {
      kind: 'dialogue.asked',
      question: state.questions.length + 1,
      via,
      area: area ?? state.area,
      personal: {
        words,
        code: facts.code,
        ...(name === undefined || name === '' ? {} : { name }),
        ...(phone === undefined ? {} : { phone }),
      },
    },
  ];
}

/** Every question that still waits becomes a matter, in the words it was asked in. */
const handOn = (state: Session): DialogueEvent[] =>
  state.questions.filter(isWaiting).map(({ question, via, area, words, name, phone }) => ({
    kind: 'dialogue.left-open',
    question,
    via,
    area,
    personal: { words, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) },
  }));

type Of = Command<'dialogue.show' | 'dialogue.hide' | 'dialogue.answer' | 'dialogue.follow'>;

function toQuestion(state: Session, question: Question, command: Of, facts: DialogueFacts): Decided {
  const over = state.status === 'closed' || state.status === 'published';
  switch (command.kind) {
    case 'dialogue.show':
      if (over) return refuse('dialogue.over');
      return question.state === 'shown'
        ? refuse('dialogue.shown-already', 'question')
        : [{ kind: 'dialogue.shown', question: question.question }];
    case 'dialogue.hide': {
      if (over) return refuse('dialogue.over');
      if (question.answer !== undefined) return refuse('dialogue.answered-already', 'question');
      const { reason, same } = command;
      if (reason !== 'duplicate') return [{ kind: 'dialogue.hidden', question: question.question, reason }];
      const other = state.questions.find((q) => q.question === same);
      // Of two that repeat each other one has to stand.
      if (
        same === undefined ||
        same === question.question ||
        other === undefined ||
        other.hidden?.reason === 'duplicate'
      )
        return refuse('dialogue.same-missing', 'same');
      // What others were sent to is not itself sent on.
      if (state.questions.some((q) => q.hidden?.same === question.question))
        return refuse('dialogue.same-missing', 'same');
      return [{ kind: 'dialogue.hidden', question: question.question, reason, same }];
    }
    case 'dialogue.answer': {
      if (state.status === 'announced') return refuse('dialogue.not-live');
      if (over) return refuse('dialogue.over');
      if (question.answer !== undefined) return refuse('dialogue.answered-already', 'question');
      const guest = state.guests.find((g) => g.official === command.official);
      if (guest === undefined) return refuse('dialogue.not-guest', 'official');
      const { words, promised } = command;
      if (promised !== undefined && promised.by < dayOf(facts.at))
        return refuse('dialogue.promise-past', 'promised.by');
      return [
        // What is answered is shown, unless somebody decided otherwise.
        ...(question.state === 'new' ? [{ kind: 'dialogue.shown' as const, question: question.question }] : []),
        {
          kind: 'dialogue.answered',
          question: question.question,
          official: guest.official,
          unit: guest.unit,
          live: true,
          words,
          ...(promised === undefined ? {} : { promised }),
        },
      ];
    }
    case 'dialogue.follow':
      if (question.answer?.promised === undefined) return refuse('dialogue.promise-missing', 'question');
      if (question.followed?.kept === true) return refuse('dialogue.followed-already', 'question');
      return [{ kind: 'dialogue.followed', question: question.question, kept: command.kept, words: command.words }];
  }
}
