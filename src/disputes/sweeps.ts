import { addDays, monthsAfter, startOfDay, toDay, toNumber } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import {
  type DisputesPolicy,
  type Grade,
  type SituationFacts,
  type SweepCommand,
  type SweepEvent,
  type SweepFacts,
  type SweepPeriod,
  type SweepState,
  type SweepsPolicy,
  grades,
} from './model.ts';

/** One unit's sweep in one period: what it found, each with who answers for it, and its return, which may be nil. */
export const sweeps: Decider<SweepState, SweepCommand, SweepEvent, SweepFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { version }) {
    if (event.kind === 'sweep.begun') {
      const { kind: _, ...rest } = event;
      return { ...rest, status: 'begun', findings: [], returned: undefined };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'sweep.found': {
        const { into, about, grade, day, personal } = event;
        const finding = { into, about, grade, day, subject: personal?.subject, version };
        return { ...state, findings: [...state.findings, finding] };
      }
      case 'sweep.returned': {
        const { day, official, looked, late } = event;
        return { ...state, status: 'returned', returned: { day, official, looked, late } };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    const { period, unitChain, today, actor } = facts;
    if (period === undefined) return refuse('sweep.period-unknown', 'period');
    if (unitChain === undefined) return refuse('sweep.unit-unknown', 'unit');
    if (command.kind !== 'sweep.ask' && !facts.units.includes(command.unit)) return refuse('sweep.not-yours', 'unit');
    if (today < period.from) return refuse('sweep.not-begun');
    if (state.status === 'returned') return refuse('sweep.returned');
    const begun: SweepEvent[] =
      state.status === 'none' ? [{ kind: 'sweep.begun', unit: command.unit, chain: unitChain, ...period }] : [];
    if (command.kind === 'sweep.ask') return begun;
    if (command.kind === 'sweep.return') {
      const found = state.status === 'none' ? 0 : state.findings.length;
      const { looked } = command;
      return [
        ...begun,
        { kind: 'sweep.returned', day: today, official: actor, looked, found, late: today > period.due },
      ];
    }
    const { into, by, subject, words, spot } = command;
    if (into === 'dispute' && by === undefined) return refuse('sweep.answerable-missing', 'by');
    const situation = situationOf(command, facts.found);
    if ('refused' in situation) return situation;
    const fault = into === 'dispute' ? answerableFault(by!, situation.grade, today, facts.found, 'by.') : undefined;
    if (fault !== undefined) return fault;
    return [
      ...begun,
      {
        kind: 'sweep.found',
        into,
        day: today,
        official: actor,
        ...situation,
        ...(into === 'dispute' ? { by: by! } : {}),
        personal: { subject, words, ...(spot === undefined || spot === '' ? {} : { spot }) },
      },
    ];
  },
};

/** The return of a sweep that has begun is its unit's to give, by the day of the period. */
export const sweepsOwed = (state: SweepState): Owed[] =>
  state.status === 'begun'
    ? [
        {
          run: 'return',
          kind: state.mode === 'day' ? ('sweep-day' as const) : ('sweep' as const),
          unit: state.unit,
          due: state.due,
          since: startOfDay(state.from),
          title: state.name,
        },
      ]
    : [];

/** How pressing a situation is: as its most pressing sign. */
export const gradeOf = (signs: readonly string[], policy: DisputesPolicy): Grade =>
  grades[
    Math.max(0, ...policy.signs.filter(({ id }) => signs.includes(id)).map(({ grade }) => grades.indexOf(grade)))
  ]!;

/** The situation as events keep it, or why it cannot be told like that. */
export function situationOf(
  { about, area, signs }: { about: string; area: string; signs: readonly string[] },
  { chain, policy }: SituationFacts,
): { about: string; area: string; chain: readonly string[]; signs: readonly string[]; grade: Grade } | Refusal {
  if (chain === undefined) return refuse('dispute.place-unknown', 'area');
  if (!policy.abouts.some(({ id }) => id === about)) return refuse('dispute.about-unknown', 'about');
  const fault = signsFault(signs, policy);
  if (fault !== undefined) return fault;
  const once = [...new Set(signs)];
  return { about, area, chain, signs: once, grade: gradeOf(once, policy) };
}

export const signsFault = (signs: readonly string[], policy: DisputesPolicy): Refusal | undefined =>
  signs.every((sign) => policy.signs.some(({ id }) => id === sign))
    ? undefined
    : refuse('dispute.sign-unknown', 'signs');

/** Why these cannot answer for a situation of that grade. */
export function answerableFault(
  { due }: { due: string },
  grade: Grade,
  today: string,
  { unitKnown, personOfUnit, policy }: SituationFacts,
  at = '',
): Refusal | undefined {
  if (!unitKnown) return refuse('dispute.unit-unknown', `${at}unit`);
  if (!personOfUnit) return refuse('dispute.person-unknown', `${at}person`);
  return dueFault(due, grade, today, policy, `${at}due`);
}

export function dueFault(
  due: string,
  grade: Grade,
  today: string,
  policy: DisputesPolicy,
  field = 'due',
): Refusal | undefined {
  if (due < today) return refuse('dispute.due-past', field);
  return due > addDays(today, policy.days[grade]) ? refuse('dispute.due-too-late', field) : undefined;
}

const firstOf = (month: string): string => `${month}-01`;
const nextMonth = (month: string): string => toDay(monthsAfter(toNumber(firstOf(month)), 1)).slice(0, 7);

/** A period by its name, as the policy has it; undefined when nobody sweeps then. */
export function periodOf(mode: string, period: string, policy: SweepsPolicy): SweepPeriod | undefined {
  if (mode === 'month') {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period) || period < policy.since) return undefined;
    const next = nextMonth(period);
    return {
      mode,
      period,
      name: `${Number(period.slice(0, 4))} 年 ${Number(period.slice(5))} 月`,
      from: firstOf(period),
      to: addDays(firstOf(next), -1),
      due: `${next}-${String(policy.monthDue).padStart(2, '0')}`,
    };
  }
  if (mode === 'day') {
    const within = policy.periods.find(({ from, to }) => from <= period && period <= to);
    if (within === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(period)) return undefined;
    return { mode, period, name: `${within.name} ${period.slice(5)}`, from: period, to: period, due: period };
  }
  const phase = policy.phases.find(({ id }) => id === period);
  if (mode !== 'phase' || phase === undefined) return undefined;
  return { mode, period, name: phase.name, from: phase.from, to: phase.to, due: phase.due };
}

/** How many days of a set period that are over a unit still finds in its list. */
const DAYS_BACK = 7;

/** What is to be swept on a day: this month and the one before, the phases that run, and the days of a set period. */
export function periodsOn(today: string, policy: SweepsPolicy): SweepPeriod[] {
  const month = today.slice(0, 7);
  const before = addDays(firstOf(month), -1).slice(0, 7);
  const days = Array.from({ length: DAYS_BACK }, (_, n) => addDays(today, -n));
  return [
    ...days.map((day) => periodOf('day', day, policy)),
    ...policy.phases
      .filter(({ from, due }) => from <= today && today <= due)
      .map(({ id }) => periodOf('phase', id, policy)),
    periodOf('month', before, policy),
    periodOf('month', month, policy),
  ].filter((period) => period !== undefined);
}
