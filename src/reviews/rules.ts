import { dueOf } from '../calendar/clocks.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { Calendar, ClockRun } from '../calendar/model.ts';
import { type Decider, type Refusal, type Stamp, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import { type ServedWords, afterService, drawnUp, noonOf, serve, startClock } from '../matters/model.ts';
import type { Hearing, Review, ReviewCommand, ReviewEvent, ReviewFacts, ReviewState, reviewRefusals } from './model.ts';

type Code = keyof typeof reviewRefusals;
const no = (code: Code, field?: string): Refusal => refuse(code, field);
type Command<K extends ReviewCommand['kind']> = Extract<ReviewCommand, { kind: K }>;

const pending = (state: Review): Hearing | undefined =>
  state.hearings.find((h) => h.held === undefined && h.cancelled === undefined);

/** What may be done now, whoever asks. */
export function possible(state: ReviewState): ReviewCommand['kind'][] {
  switch (state.status) {
    case 'none':
      return ['review.ask'];
    case 'asked':
      return ['review.accept', 'review.refuse', 'review.withdraw'];
    case 'reviewing':
      return pending(state) === undefined
        ? ['review.answer', 'review.arrange-hearing', 'review.accept', 'review.withdraw']
        : ['review.hold-hearing', 'review.cancel-hearing', 'review.accept', 'review.withdraw'];
    case 'answered':
      return ['review.serve', 'review.receive'];
    default:
      return [];
  }
}

/** What is owed: the opinion by its clock, and then that it reaches the person. */
export function reviewsOwed(state: ReviewState, calendar: Calendar): Owed[] {
  if (state.status === 'none') return [];
  const { keeper: unit, reviewer: official, matterNumber: number, subject: title, matter, clock } = state;
  const line = (kind: Owed['kind'], run: ClockRun): Owed => {
    const due = dueOf(run, calendar);
    const day = due.paused ? undefined : due.day;
    return {
      run: `${run.rule.id} ${run.startedAt}`,
      kind,
      unit,
      official,
      due: day,
      since: run.startedAt,
      number,
      title,
      matter,
    };
  };
  if (state.status === 'asked' || state.status === 'reviewing')
    return clock === undefined ? [] : [line('review', clock)];
  return state.status === 'answered' ? state.owed.map((owed) => line('serve', owed.clock)) : [];
}

/** Why a step may not be taken in this status. */
function blockedBy(state: Review, kind: ReviewCommand['kind']): Code | undefined {
  if (kind === 'review.ask') return 'review.exists';
  if (possible(state).includes(kind)) return undefined;
  switch (state.status) {
    case 'asked':
      return kind === 'review.serve' || kind === 'review.receive' ? 'review.not-answered' : 'review.not-accepted';
    case 'reviewing':
      if (kind === 'review.refuse') return 'review.accepted';
      if (kind === 'review.serve' || kind === 'review.receive') return 'review.not-answered';
      return pending(state) === undefined ? 'review.no-hearing' : 'review.hearing-pending';
    default:
      return 'review.closed';
  }
}

/** Acts of those who review: nobody among them has handled it. */
const reviewing: readonly ReviewCommand['kind'][] = [
  'review.accept',
  'review.refuse',
  'review.arrange-hearing',
  'review.hold-hearing',
  'review.cancel-hearing',
  'review.answer',
];

/** The rules of a review: asked in time, by people who never handled it, heard, answered in writing, served. */
export const reviews: Decider<ReviewState, ReviewCommand, ReviewEvent, ReviewFacts> = {
  initial: { status: 'none' },
  evolve,
  decide(state, command, facts) {
    if (state.status === 'none') return command.kind === 'review.ask' ? ask(command, facts) : no('review.unknown');
    const blocked = blockedBy(state, command.kind);
    if (blocked !== undefined) return no(blocked);
    if (reviewing.includes(command.kind) && state.hands.includes(facts.actor)) return no('review.not-independent');
    switch (command.kind) {
      case 'review.ask':
        return no('review.exists');
      case 'review.accept':
        if (state.hands.includes(command.reviewer)) return no('review.not-independent', 'reviewer');
        if (!facts.reviewerOfUnit) return no('review.not-of-unit', 'reviewer');
        return [{ kind: 'review.accepted', reviewer: command.reviewer }];
      case 'review.refuse': {
        const ground = facts.policy.grounds.find(({ id }) => id === command.ground);
        if (ground === undefined) return no('review.ground-unknown', 'ground');
        return [{ kind: 'review.refused', ground: ground.id, name: ground.name, personal: { text: command.reason } }];
      }
      case 'review.arrange-hearing': {
        const today = dayOf(facts.at);
        if (command.day <= today) return no('review.hearing-past', 'day');
        if (command.day > addDays(today, facts.policy.hearingWithinDays)) return no('review.hearing-far', 'day');
        if (command.to <= command.from) return no('review.hearing-times', 'to');
        const { kind: _, persons, ...rest } = command;
        return [{ kind: 'review.hearing-arranged', ...rest, personal: { persons } }];
      }
      case 'review.hold-hearing': {
        if (dayOf(facts.at) < pending(state)!.day) return no('review.hearing-early');
        const { present, minutes } = command;
        return [{ kind: 'review.hearing-held', personal: { present, minutes } }];
      }
      case 'review.cancel-hearing':
        return [{ kind: 'review.hearing-cancelled', reason: command.reason }];
      case 'review.answer':
        return answer(state, command, facts);
      case 'review.serve': {
        const { kind: _, ...given } = command;
        const found = serve(state.papers, given, facts.at, facts.announceDays);
        if ('fault' in found) return refuse(found.fault, found.field);
        return [{ kind: 'review.served', ...found.served, personal: found.personal }];
      }
      case 'review.receive': {
        const paper = state.papers.find((p) => p.version === command.paper);
        if (paper === undefined) return refuse('served.unknown', 'paper');
        const today = dayOf(facts.at);
        return [{ kind: 'review.served', paper: command.paper, way: 'portal', on: today, receivedOn: today }];
      }
      case 'review.withdraw':
        return [{ kind: 'review.withdrawn', personal: { text: command.reason ?? '' } }];
    }
  },
};

function ask(command: Command<'review.ask'>, facts: ReviewFacts): ReviewEvent[] | Refusal {
  const { petition, rule } = facts;
  if (petition === undefined) return no('review.no-petition', 'matter');
  if (petition.level === undefined || petition.until === undefined) return no('review.not-served', 'matter');
  if (petition.status !== 'resolved') return no('review.not-now', 'matter');
  if (rule === undefined) return no('review.no-clock');
  const late = facts.at > petition.until;
  const { lateReason } = command;
  if (late && (lateReason === undefined || lateReason === '')) return no('review.late', 'lateReason');
  return [
    {
      kind: 'review.asked',
      level: petition.level,
      matter: command.matter,
      matterNumber: petition.number,
      ...(petition.before === undefined ? {} : { before: petition.before }),
      chain: petition.chain,
      keeper: petition.keeper,
      body: petition.body,
      hands: petition.hands,
      late,
      rule,
      hearingStops: facts.policy.hearingStops[petition.level],
      personal: {
        words: command.words,
        ...(late && lateReason !== undefined ? { lateReason } : {}),
        ...(petition.subject === null ? {} : { subject: petition.subject }),
      },
    },
  ];
}

function answer(state: Review, command: Command<'review.answer'>, facts: ReviewFacts): ReviewEvent[] {
  const { outcome, findings, basis, text } = command;
  const due = state.clock === undefined ? undefined : dueOf(state.clock, facts.calendar);
  const hearing = state.hearings.findLast((h) => h.held !== undefined);
  return [
    {
      kind: 'review.answered',
      outcome,
      paper: {
        kind: state.level,
        ...facts.taken,
        on: dayOf(facts.at),
        unit: state.keeper,
        fields: {
          matter: state.matterNumber,
          body: state.body,
          asked: dayOf(state.askedAt),
          outcome,
          ...(due === undefined || due.paused ? {} : { due: due.day }),
          ...(hearing === undefined ? {} : { hearing: hearing.day }),
          // After the re-review the same facts and reasons are not taken up again; the paper must say so.
          ...(state.level === 're-review' && outcome === 'upheld' ? { final: 'true' } : {}),
          ...(facts.reviewedBy === undefined || outcome !== 'upheld' ? {} : { remedy: facts.reviewedBy }),
          ...(facts.remedyDays === undefined ? {} : { remedyDays: String(facts.remedyDays) }),
        },
      },
      personal: {
        text,
        paper: { subject: state.subject ?? '', words: state.words, findings, basis, decision: text },
      },
    },
  ];
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one];
const lastHearing = (state: Review, part: Partial<Hearing>): readonly Hearing[] =>
  state.hearings.map((h, n) => (n === state.hearings.length - 1 ? { ...h, ...part } : h));

function evolve(state: ReviewState, event: ReviewEvent, stamp: Stamp): ReviewState {
  const { actor, at } = stamp;
  if (event.kind === 'review.asked') {
    const { kind: _, personal, rule, ...rest } = event;
    return {
      ...rest,
      status: 'asked',
      askedBy: actor,
      askedAt: at,
      words: personal?.words ?? '',
      ...(personal?.lateReason === undefined ? {} : { lateReason: personal.lateReason }),
      ...(personal?.subject === undefined ? {} : { subject: personal.subject }),
      acted: [],
      clock: startClock(rule, at),
      past: [],
      owed: [],
      hearings: [],
      papers: [],
    };
  }
  if (state.status === 'none') return state;
  const done: Review = { ...state, acted: actor.startsWith('resident:') ? state.acted : withOne(state.acted, actor) };
  switch (event.kind) {
    case 'review.accepted':
      return { ...done, status: 'reviewing', reviewer: event.reviewer, acted: withOne(done.acted, event.reviewer) };
    case 'review.refused':
      return stopped(
        { ...done, status: 'refused', refusal: { name: event.name, text: event.personal?.text ?? '' } },
        event,
        at,
      );
    case 'review.hearing-arranged': {
      const { day, from, to, place, chair, personal } = event;
      const hearing: Hearing = { day, from, to, place, chair, persons: personal?.persons ?? '', arrangedAt: at };
      return onClock({ ...done, hearings: [...state.hearings, hearing] }, (clock) => ({
        ...clock,
        suspensions: [...clock.suspensions, { from: at, reason: '听证' }],
      }));
    }
    case 'review.hearing-held': {
      const held = { at, present: event.personal?.present ?? '', minutes: event.personal?.minutes ?? '' };
      return onClock({ ...done, hearings: lastHearing(state, { held }) }, (clock) => resumed(clock, at));
    }
    case 'review.hearing-cancelled':
      return onClock({ ...done, hearings: lastHearing(state, { cancelled: event.reason }) }, (clock) =>
        resumed(clock, at),
      );
    case 'review.answered': {
      const papers = [...state.papers, drawnUp(event.paper, stamp, event.personal?.paper)];
      const owed = state.clock === undefined ? [] : [{ paper: stamp.version, clock: state.clock }];
      return stopped(
        {
          ...done,
          status: 'answered',
          outcome: event.outcome,
          answeredAt: at,
          papers,
          owed,
          ...(event.personal?.text === undefined ? {} : { opinion: event.personal.text }),
        },
        event,
        at,
      );
    }
    case 'review.served': {
      const { kind: _, personal, ...served } = event;
      const papers = afterService(state.papers, served, personal as ServedWords | undefined, stamp);
      if (served.receivedOn === undefined) return { ...state, papers };
      const end = served.receivedOn < dayOf(at) ? noonOf(served.receivedOn) : at;
      return {
        ...state,
        status: 'over',
        papers,
        owed: [],
        past: [
          ...state.past,
          ...state.owed.map(({ clock }) => ({
            clock: { ...clock, stoppedAt: end < clock.startedAt ? clock.startedAt : end },
            endedBy: event.kind,
          })),
        ],
      };
    }
    case 'review.withdrawn':
      return stopped({ ...state, status: 'withdrawn' }, event, at);
    default:
      return state;
  }
}

/** The clock of the answer ends and stays on record. */
function stopped(state: Review, event: ReviewEvent, at: string): Review {
  const { clock, ...rest } = state;
  return clock === undefined
    ? state
    : { ...rest, past: [...state.past, { clock: { ...clock, stoppedAt: at }, endedBy: event.kind }] };
}

/** A hearing stops the clock where its time is not counted. */
const onClock = (state: Review, change: (clock: ClockRun) => ClockRun): Review =>
  state.hearingStops && state.clock !== undefined ? { ...state, clock: change(state.clock) } : state;

const resumed = (clock: ClockRun, at: string): ClockRun => ({
  ...clock,
  suspensions: clock.suspensions.map((s) => (s.to === undefined ? { ...s, to: at } : s)),
});
