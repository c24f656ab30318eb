import { dayOf, startOfDay } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type { Measure, Study, StudyCommand, StudyEvent, StudyFacts, StudyState } from './model.ts';

type Command<K extends StudyCommand['kind']> = Extract<StudyCommand, { kind: K }>;

/** A study is its author's own from the first day to the report; its measures are the units'. */
export const studies: Decider<StudyState, StudyCommand, StudyEvent, StudyFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'study.opened') {
      const { kind: _, ...rest } = event;
      return {
        ...rest,
        status: 'open',
        days: [],
        leftOut: [],
        findings: [],
        measures: [],
        report: undefined,
        reason: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'study.day-noted': {
        const { day, amount, where, seen } = event;
        return { ...state, days: [...state.days, { day, amount, where, seen }] };
      }
      case 'study.day-left-out':
        return { ...state, leftOut: [...state.leftOut, event.day] };
      case 'study.found':
        return {
          ...state,
          findings: [...state.findings, { words: event.words, sort: event.sort, day: dayOf(stamp.at) }],
        };
      case 'study.classified':
        return {
          ...state,
          findings: state.findings.map((f, i) => (i === event.finding ? { ...f, sort: event.sort } : f)),
        };
      case 'measure.proposed': {
        const { finding, words, unit, due } = event;
        const measure: Measure = {
          finding,
          words,
          unit,
          due,
          state: 'proposed',
          answer: undefined,
          answeredOn: undefined,
        };
        return { ...state, measures: [...state.measures, measure] };
      }
      case 'measure.answered': {
        const answered = { state: event.step, answer: event.words, answeredOn: dayOf(stamp.at) };
        return { ...state, measures: state.measures.map((m, i) => (i === event.measure ? { ...m, ...answered } : m)) };
      }
      case 'study.reported': {
        const { title, text, day, days } = event;
        const revisions = state.report === undefined ? 0 : state.report.revisions + 1;
        return { ...state, status: 'reported', report: { title, text, day, days, revisions } };
      }
      case 'study.dropped':
        return { ...state, status: 'dropped', reason: event.reason };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'study.open') return state.status === 'none' ? open(command, facts) : refuse('study.exists');
    if (state.status === 'none') return refuse('study.unknown');
    if (state.status === 'dropped') return refuse('study.over');
    if (command.kind === 'study.answer-measure') return answerMeasure(state, command, facts);
    if (facts.actor !== state.author) return refuse('study.not-author');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'study.note-day': {
        const { day, amount, where, seen } = command;
        if (day < state.from || day > today) return refuse('study.day-outside', 'day');
        if (facts.dayKnown && !state.leftOut.includes(day)) return refuse('study.day-known', 'day');
        if (state.days.some((d) => d.day === day)) return refuse('study.day-noted', 'day');
        return [{ kind: 'study.day-noted', day, amount, where, seen }];
      }
      case 'study.leave-out':
        if (!facts.dayKnown) return refuse('study.day-not-known', 'day');
        return state.leftOut.includes(command.day) ? [] : [{ kind: 'study.day-left-out', day: command.day }];
      case 'study.find':
        return [
          { kind: 'study.found', words: command.words, ...(command.sort === undefined ? {} : { sort: command.sort }) },
        ];
      case 'study.classify': {
        const { finding, sort } = command;
        const found = state.findings[finding];
        if (found === undefined) return refuse('study.finding-unknown', 'finding');
        return found.sort === sort ? [] : [{ kind: 'study.classified', finding, sort }];
      }
      case 'study.propose': {
        const { finding, words, unit, due } = command;
        if (state.findings[finding] === undefined) return refuse('study.finding-unknown', 'finding');
        if (!facts.unitKnown) return refuse('study.unit-unknown', 'unit');
        if (due <= today) return refuse('study.due-past', 'due');
        return [{ kind: 'measure.proposed', finding, words, unit, due }];
      }
      case 'study.report':
        if (state.findings.length === 0) return refuse('study.nothing-found');
        return [
          {
            kind: 'study.reported',
            title: command.title,
            text: command.text,
            // Mended afterwards it stays the report of that day.
            day: state.report?.day ?? today,
            days: state.report?.days ?? facts.days.filter((day) => !state.leftOut.includes(day)),
          },
        ];
      case 'study.drop':
        return state.status === 'reported' ? refuse('study.over') : [{ kind: 'study.dropped', reason: command.reason }];
    }
  },
};

/** Whether a measure waits for its unit. */
export const isOpen = ({ state }: Measure): boolean => state === 'proposed' || state === 'taken-up';

/** What this official could ask of the study, before their posts are looked at. */
export function possible(state: StudyState, actor: string): StudyCommand['kind'][] {
  if (state.status === 'none') return ['study.open'];
  if (state.status === 'dropped') return [];
  const own: StudyCommand['kind'][] =
    actor === state.author
      ? [
          'study.note-day',
          'study.leave-out',
          'study.find',
          ...(state.findings.length > 0 ? (['study.classify', 'study.propose', 'study.report'] as const) : []),
          ...(state.status === 'open' ? (['study.drop'] as const) : []),
        ]
      : [];
  return [...own, ...(state.measures.some(isOpen) ? (['study.answer-measure'] as const) : [])];
}

function open(command: Command<'study.open'>, facts: StudyFacts): StudyEvent[] | Refusal {
  const { topic, question, area, until } = command;
  const today = dayOf(facts.at);
  if (facts.chain === undefined) return refuse('study.place-unknown', 'area');
  if (until <= today) return refuse('study.until-past', 'until');
  return [{ kind: 'study.opened', author: facts.actor, topic, question, area, chain: facts.chain, from: today, until }];
}

function answerMeasure(
  state: Study,
  { measure, step, words }: Command<'study.answer-measure'>,
  facts: StudyFacts,
): StudyEvent[] | Refusal {
  const found = state.measures[measure];
  if (found === undefined) return refuse('study.measure-unknown', 'measure');
  if (!facts.units.includes(found.unit)) return refuse('study.measure-other-unit', 'measure');
  if (!isOpen(found)) return refuse('study.measure-over', 'measure');
  const late = step === 'done' && dayOf(facts.at) > found.due;
  return [{ kind: 'measure.answered', measure, step, words, unit: found.unit, late }];
}

/** A measure is owed by its unit until it has said what becomes of it. */
export const studiesOwed = (state: StudyState): Owed[] =>
  state.status === 'none' || state.status === 'dropped'
    ? []
    : state.measures.flatMap((measure, place) =>
        isOpen(measure)
          ? [
              {
                run: `measure ${place}`,
                kind: 'measure' as const,
                unit: measure.unit,
                due: measure.due,
                since: startOfDay(state.from),
                title: measure.words,
              },
            ]
          : [],
      );
