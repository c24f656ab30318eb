import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import { type ClockRule, type ClockRun, extensionFits } from '../calendar/model.ts';
import { type Refusal, type Stamp, refuse } from '../ledger/decider.ts';
import type { MatterCommand, MatterEvent, MatterFacts, MatterState, matterRefusals } from './model.ts';
import type { PetitionFacts } from './petition-model.ts';
import { endRaisings } from './raising.ts';
import {
  type IssuedPaper,
  type Paper,
  type PaperKind,
  type PaperText,
  type PastClock,
  afterService,
  drawnUp,
  noonOf,
  putRight,
  serve,
  stands,
  startClock,
  unserved,
} from '../register/model.ts';
import { endParts } from './sharing.ts';

/**
 * The petition procedure as acts of a matter (信访工作条例; row C5, PET-02): sent on with a letter and the person told
 * where to; accepted or refused in writing on a lawful ground; a written opinion; an extension that the head grants.
 * Each document is served with proof, and only the proof starts what runs from receipt. What a refusal turns away
 * comes back to the desk when the person objects: nothing here closes against their word but the lawful end.
 */

type Code = keyof typeof matterRefusals;
const no = (code: Code, field?: string): Refusal => refuse(code, field);
type Command<K extends MatterCommand['kind']> = Extract<MatterCommand, { kind: K }>;

const isPetition = (state: MatterState): boolean => state.procedure === 'petition';
/** Steps that only what was accepted can take. */
const afterAcceptance: readonly MatterCommand['kind'][] = ['matter.resolve', 'matter.suspend', 'matter.dispose'];
const onlyPetitions: readonly MatterCommand['kind'][] = [
  'matter.accept',
  'matter.refuse',
  'matter.uphold-refusal',
  'matter.correct-paper',
  'matter.revoke-opinion',
];

/** Why a step of a petition may not be taken now, whoever asks; undefined when it may, or is no affair of the procedure. */
export function blockedInPetition(state: MatterState, kind: MatterCommand['kind']): Code | undefined {
  if (!isPetition(state)) return onlyPetitions.includes(kind) ? 'petition.not-petition' : undefined;
  const accepted = state.acceptedAt !== undefined;
  switch (kind) {
    case 'matter.accept':
      if (accepted) return 'petition.accepted';
      return state.returnAsked === undefined ? undefined : 'matter.return-pending';
    case 'matter.refuse':
      if (accepted) return 'petition.accepted';
      if (state.objectedAt !== undefined) return 'petition.objected';
      return state.returnAsked === undefined ? undefined : 'matter.return-pending';
    case 'matter.uphold-refusal':
      return state.objectedAt === undefined ? 'petition.not-objected' : undefined;
    case 'matter.acknowledge':
      return state.objectedAt === undefined ? undefined : 'petition.objected';
    case 'matter.return':
      return state.objectedAt !== undefined ? 'petition.objected' : accepted ? 'petition.accepted' : undefined;
    case 'matter.revoke-opinion':
      if (state.closedBy === 'lawful-end') return 'petition.ended';
      return standingOpinion(state) === undefined ? 'petition.no-opinion' : undefined;
    case 'matter.reopen':
    case 'matter.reconsider':
      return state.closedBy === 'lawful-end' ? 'petition.ended' : undefined;
    default:
      return afterAcceptance.includes(kind) && !accepted ? 'petition.not-accepted' : undefined;
  }
}

/** The written opinion that the person may go by: one that was taken back is none. */
export const standingOpinion = (state: MatterState): Paper | undefined =>
  state.papers.findLast((p) => p.kind === 'opinion' && stands(p));

/** What the person was given on paper and may be put right; a unit is told of its letter by the next one. */
export const correctable = (state: MatterState): readonly Paper[] =>
  state.papers.filter((p) => p.toUnit === undefined && p.of === undefined && stands(p));

/** Whether a step is worth offering: what `blockedInPetition` rules out, and what has nothing to work on. */
export function offeredInPetition(state: MatterState, kind: MatterCommand['kind']): boolean {
  if (kind === 'matter.serve' || kind === 'matter.receive') return unserved(state.papers).length > 0;
  if (kind === 'matter.correct-paper' && correctable(state).length === 0) return false;
  if (kind === 'matter.refuse' && state.mustAccept === true) return false;
  return blockedInPetition(state, kind) === undefined;
}

/** The document a command draws up, if it is carried out. */
export function paperOf(state: MatterState, command: MatterCommand): PaperKind | undefined {
  if (state.status === 'none' || !isPetition(state)) return undefined;
  switch (command.kind) {
    case 'matter.dispatch':
      return command.letter ?? 'forwarding';
    case 'matter.accept':
      return 'acceptance';
    case 'matter.refuse':
      return 'refusal';
    case 'matter.decide-extension':
      return command.grant ? 'extension' : undefined;
    case 'matter.resolve':
      return 'opinion';
    case 'matter.correct-paper':
      return 'correction';
    case 'matter.revoke-opinion':
      return 'revocation';
    default:
      return undefined;
  }
}

/** The document that a command puts right. */
export const rightedBy = (state: MatterState, command: MatterCommand): Paper | undefined =>
  command.kind === 'matter.correct-paper'
    ? state.papers.find((p) => p.version === command.paper)
    : command.kind === 'matter.revoke-opinion'
      ? standingOpinion(state)
      : undefined;

/**
 * In whose name a document goes out: a letter is the desk's, what the person gets the handling unit's, and what puts another
 * right is whose that was.
 */
export const paperUnit = (state: MatterState, kind: PaperKind, of?: Paper): string =>
  of?.unit ?? (kind === 'forwarding' || kind === 'assignment' ? state.desk : (state.unit ?? state.desk));

const issued = (
  kind: PaperKind,
  state: MatterState,
  facts: MatterFacts,
  petition: PetitionFacts,
  fields: Record<string, string | undefined>,
  of?: Paper,
): IssuedPaper => ({
  kind,
  ...petition.taken,
  on: dayOf(facts.at),
  unit: paperUnit(state, kind, of),
  ...(of === undefined ? {} : { of: of.version }),
  fields: Object.fromEntries(
    Object.entries({ matter: state.number, received: dayOf(state.receivedAt), ...fields }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  ),
});

/** The words of a document, those left out that were not written. */
const words = (state: MatterState, text: Record<string, string | undefined>): PaperText =>
  Object.fromEntries(
    Object.entries({ to: state.told?.name, subject: state.told?.subject, ...text }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    ),
  );

const dueDay = (clock: ClockRun | undefined, facts: MatterFacts): string | undefined => {
  const due = clock === undefined ? undefined : dueOf(clock, facts.calendar);
  return due === undefined || due.paused ? undefined : due.day;
};

/** How many days a limit has, for a paper that tells it. */
const daysOf = (rule: ClockRule | undefined): string | undefined =>
  rule === undefined ? undefined : String(rule.amount);

/** The acts that are the procedure's own. */
type Own = Command<
  | 'matter.accept'
  | 'matter.refuse'
  | 'matter.uphold-refusal'
  | 'matter.correct-paper'
  | 'matter.revoke-opinion'
  | 'matter.serve'
  | 'matter.receive'
  | 'matter.follow-review'
>;
const ownKinds: readonly string[] = [
  'matter.accept',
  'matter.refuse',
  'matter.uphold-refusal',
  'matter.correct-paper',
  'matter.revoke-opinion',
  'matter.serve',
  'matter.receive',
  'matter.follow-review',
] satisfies Own['kind'][];
export const isOfPetition = (command: MatterCommand): command is Own => ownKinds.includes(command.kind);

/** Decides the acts that are the procedure's own; undefined for every other. */
export function decidePetition(
  state: MatterState,
  command: MatterCommand,
  facts: MatterFacts,
): MatterEvent[] | Refusal | undefined {
  if (!isOfPetition(command)) return undefined;
  if (state.status === 'none') return no('matter.unknown');
  return facts.petition === undefined ? no('petition.not-petition') : own(state, command, facts, facts.petition);
}

function own(state: MatterState, command: Own, facts: MatterFacts, petition: PetitionFacts): MatterEvent[] | Refusal {
  const { clocks } = facts.settings;
  switch (command.kind) {
    case 'matter.accept': {
      const rule = facts.clocks.get(clocks.resolvePetition);
      if (rule === undefined) return no('matter.no-clock');
      const until = dueDay(startClock(rule, facts.at), facts);
      const paper = issued('acceptance', state, facts, petition, { until, due: dueDay(state.clock, facts) });
      const text = words(state, { note: command.note });
      return [{ kind: 'matter.accepted', rule, paper, personal: { paper: text } }];
    }
    case 'matter.refuse':
      return refuseIt(state, command, facts, petition);
    case 'matter.uphold-refusal': {
      if (state.unit !== undefined && facts.units.includes(state.unit)) return no('matter.own-request');
      const rule = facts.clocks.get(clocks.confirm);
      if (rule === undefined) return no('matter.no-clock');
      return [{ kind: 'matter.refusal-upheld', rule, personal: { text: command.reason } }];
    }
    case 'matter.correct-paper': {
      const { correction, reason } = command;
      const of = rightedBy(state, command);
      if (of === undefined || of.toUnit !== undefined || of.of !== undefined) return no('served.unknown', 'paper');
      if (!stands(of)) return no('petition.paper-revoked', 'paper');
      const paper = issued('correction', state, facts, petition, fieldsOf(of), of);
      // Where no stage runs any more, bringing it has a limit of its own.
      const limit = state.clock === undefined ? facts.clocks.get(clocks.confirm) : undefined;
      return [
        {
          kind: 'matter.paper-corrected',
          ...(limit === undefined ? {} : { limit }),
          paper,
          personal: { text: reason, paper: words(state, { correction, reason }) },
        },
      ];
    }
    case 'matter.revoke-opinion': {
      const of = standingOpinion(state);
      if (of === undefined) return no('petition.no-opinion');
      if (!petition.heads) return no('petition.revoke-not-head');
      const rule = facts.clocks.get(clocks.resolvePetition);
      if (rule === undefined) return no('matter.no-clock');
      const until = dueDay(startClock(rule, facts.at), facts);
      const paper = issued('revocation', state, facts, petition, { ...fieldsOf(of), until }, of);
      const { reason } = command;
      return [
        { kind: 'matter.opinion-revoked', rule, paper, personal: { text: reason, paper: words(state, { reason }) } },
      ];
    }
    case 'matter.serve': {
      const { kind: _, ...given } = command;
      const found = serve(state.papers, given, facts.at, petition.settings.announceDays);
      if ('fault' in found) return no(found.fault, found.field);
      return [
        {
          kind: 'matter.served',
          ...found.served,
          ...remedyAfter(state, found.served, facts),
          personal: found.personal,
        },
      ];
    }
    case 'matter.receive': {
      const paper = state.papers.find((p) => p.version === command.paper && p.toUnit === undefined);
      if (paper === undefined) return no('served.unknown', 'paper');
      if (paper.receivedOn !== undefined) return no('served.served', 'paper');
      if (!stands(paper)) return no('served.revoked', 'paper');
      const today = dayOf(facts.at);
      const served = { paper: command.paper, way: 'portal' as const, on: today, receivedOn: today };
      return [{ kind: 'matter.served', ...served, ...remedyAfter(state, served, facts) }];
    }
    case 'matter.follow-review':
      return follow(state, command, facts);
  }
}

/** How a document names the one it puts right. */
const fieldsOf = ({ kind, number, on }: Paper): Record<string, string> => ({
  ofKind: kind,
  ofNumber: number,
  ofOn: on,
});

/** Receipt of the written opinion starts the person's time to ask for a review. */
const remedyAfter = (
  state: MatterState,
  served: { paper: number; receivedOn?: string },
  facts: MatterFacts,
): { remedy?: ClockRule } => {
  const opinion = standingOpinion(state);
  const rule = facts.clocks.get(facts.settings.clocks.askReview);
  return served.receivedOn !== undefined && opinion?.version === served.paper && rule !== undefined
    ? { remedy: rule }
    : {};
};

function refuseIt(
  state: MatterState,
  command: Command<'matter.refuse'>,
  facts: MatterFacts,
  petition: PetitionFacts,
): MatterEvent[] | Refusal {
  const ground = petition.settings.grounds.find(({ id }) => id === command.ground);
  if (ground === undefined) return no('petition.ground-unknown', 'ground');
  const final = ground.asks === 'review';
  if (state.mustAccept === true && !final) return no('petition.must-accept', 'ground');
  const { where, reason } = command;
  if (ground.asks === 'where' && (where === undefined || where === '')) return no('petition.where-missing', 'where');
  if (final && petition.ended === undefined) return no('petition.review-missing', 'earlier');
  const rule = facts.clocks.get(facts.settings.clocks.confirm);
  if (!final && rule === undefined) return no('matter.no-clock');
  const paper = issued('refusal', state, facts, petition, {
    ground: ground.name,
    source: ground.source,
    where: where === '' ? undefined : where,
    review: petition.ended?.number,
  });
  return [
    {
      kind: 'matter.refused',
      unit: state.unit ?? state.desk,
      ground: ground.id,
      name: ground.name,
      ...(where === undefined || where === '' ? {} : { where }),
      final,
      ...(final && petition.ended !== undefined ? { review: petition.ended.review } : {}),
      ...(final || rule === undefined ? {} : { rule }),
      paper,
      personal: { text: reason, paper: words(state, { reason }) },
    },
  ];
}

function follow(
  state: MatterState,
  command: Command<'matter.follow-review'>,
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  const { clocks } = facts.settings;
  const { kind: _, rule: given, ...told } = command;
  const event = { kind: 'matter.review-followed' as const, ...told } as Extract<
    MatterEvent,
    { kind: 'matter.review-followed' }
  >;
  if (command.what === 'asked') {
    if (state.status !== 'resolved' || state.remedy?.level !== command.level) return no('petition.review-over');
    return [{ ...event, rule: given as ClockRule }];
  }
  if (state.status !== 'reviewing' || state.review !== command.review) return no('petition.review-over');
  if (command.what !== 'over') return [event];
  const back = command.outcome === 'changed' || command.outcome === 'sent-back';
  const final = command.outcome === 'upheld' && command.level === 're-review';
  const rule = final ? undefined : facts.clocks.get(back ? clocks.resolvePetition : clocks.confirm);
  if (!final && rule === undefined) return no('matter.no-clock');
  const next = facts.clocks.get(clocks.askReReview);
  const remedy = command.outcome === 'upheld' && !final && next !== undefined ? { remedy: next } : {};
  return [{ ...event, ...(rule === undefined ? {} : { rule }), ...remedy }];
}

/**
 * What the procedure adds to acts that every matter knows: the letter with a dispatch, the written opinion with the
 * result, the notice with an extension; and from when and how long the whole may take.
 */
export function withPetition(
  state: MatterState,
  command: MatterCommand,
  events: MatterEvent[],
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  const [first] = events;
  if (first?.kind === 'matter.registered') {
    const { clocks } = facts.settings;
    const petition = first.procedure === 'petition';
    const overall = facts.clocks.get(petition ? clocks.overallPetition : clocks.overallOrder);
    return [
      {
        ...first,
        // The petition's first limit runs from receipt, whenever the desk got round to writing it down.
        ...(petition ? { clockFrom: first.receivedAt } : {}),
        ...(overall === undefined ? {} : { overall }),
      },
    ];
  }
  const { petition } = facts;
  if (petition === undefined || !isPetition(state)) return events;
  switch (first?.kind) {
    case 'matter.dispatched': {
      const kind = command.kind === 'matter.dispatch' ? (command.letter ?? 'forwarding') : 'forwarding';
      const until = dueDay(startClock(first.rule, facts.at), facts);
      const paper = { ...issued(kind, state, facts, petition, { until, note: first.note }), toUnit: first.unit };
      return [{ ...first, paper, personal: { paper: words(state, { body: state.told?.body }) } }];
    }
    case 'matter.adjudicated': {
      // Nobody's time ran while the person was asked: the unit has the whole limit to accept it.
      const rule = facts.clocks.get(facts.settings.clocks.acceptPetition);
      return state.status === 'resolved' && rule !== undefined ? [{ ...first, rule }] : events;
    }
    case 'matter.extension-refused':
      return petition.heads ? events : no('petition.not-head');
    case 'matter.extension-granted': {
      if (!petition.heads) return no('petition.not-head');
      const { clock } = state;
      const longer =
        clock === undefined
          ? undefined
          : {
              ...clock,
              extensions: [
                ...clock.extensions,
                {
                  amount: first.days,
                  unit: 'day' as const,
                  dayKind: 'calendar' as const,
                  decidedAt: facts.at,
                  reason: first.reason,
                },
              ],
            };
      const paper = issued('extension', state, facts, petition, {
        days: String(first.days),
        before: dueDay(clock, facts),
        until: dueDay(longer, facts),
      });
      return [{ ...first, paper, personal: { paper: words(state, { reason: first.reason }) } }];
    }
    case 'matter.resolved': {
      if (command.kind !== 'matter.resolve') return events;
      const { outcome, findings, basis, answer } = command;
      if (outcome === undefined) return no('petition.outcome-missing', 'outcome');
      if (findings === undefined || findings === '') return no('petition.findings-missing', 'findings');
      if (basis === undefined || basis === '') return no('petition.basis-missing', 'basis');
      const taken = state.papers.findLast((p) => p.kind === 'opinion' && !stands(p));
      const paper = issued('opinion', state, facts, petition, {
        ...(taken === undefined ? {} : { insteadOf: taken.number, insteadOn: taken.on }),
        outcome,
        accepted: state.acceptedAt === undefined ? undefined : dayOf(state.acceptedAt),
        remedy: petition.reviewedBy,
        remedyDays: daysOf(facts.clocks.get(facts.settings.clocks.askReview)),
      });
      const text = words(state, { body: state.told?.body, findings, basis, decision: answer });
      return [{ ...first, outcome, paper, personal: { ...first.personal, text: answer, paper: text } }];
    }
    default:
      return events;
  }
}

const without = <S extends object, K extends keyof S>(state: S, ...keys: K[]): Omit<S, K> => {
  const rest = { ...state };
  for (const key of keys) delete rest[key];
  return rest;
};
const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one];

/** What the procedure's own events make of a matter; undefined where the matter's common rules say it. */
export function evolvePetition(state: MatterState, event: MatterEvent, { actor, at }: Stamp): MatterState | undefined {
  switch (event.kind) {
    case 'matter.accepted':
      return {
        ...(without(state, 'refusal', 'mustAccept') as MatterState),
        acceptedAt: at,
        clock: startClock(event.rule, at),
        hands: withOne(state.hands, actor),
      };
    case 'matter.refused': {
      const { ground, name, where, final, review } = event;
      const text = event.personal?.text;
      const said = text === undefined ? {} : { answer: text, said: text };
      const refusal = {
        ground,
        name,
        ...(where === undefined ? {} : { where }),
        ...(review === undefined ? {} : { review }),
        at,
      };
      const base = {
        ...(without(state, 'clock', 'returnAsked', 'extensionAsked') as MatterState),
        ...said,
        refusal,
        shares: endParts(state.shares),
        firstAnsweredAt: state.firstAnsweredAt ?? at,
        resolvedAt: at,
        unreached: 0,
        hands: withOne(state.hands, actor),
      };
      if (final) {
        const raisings = endRaisings(state.raisings, 'over');
        return { ...base, raisings, status: 'closed', closedAt: at, closedBy: 'lawful-end' };
      }
      return {
        ...base,
        status: 'resolved',
        ...(event.rule === undefined ? {} : { clock: startClock(event.rule, at) }),
      };
    }
    case 'matter.refusal-upheld':
      return {
        ...(without(state, 'objectedAt') as MatterState),
        ...(event.personal?.text === undefined ? {} : { answer: event.personal.text, said: event.personal.text }),
        status: 'resolved',
        resolvedAt: at,
        ...(state.refusal === undefined ? {} : { refusal: { ...state.refusal, upheldAt: at } }),
        clock: startClock(event.rule, at),
        hands: withOne(state.hands, actor),
      };
    case 'matter.paper-corrected':
      return { ...state, hands: withOne(state.hands, actor) };
    case 'matter.opinion-revoked': {
      const rest = without(state, 'resolvedAt', 'closedAt', 'closedBy', 'score', 'answer') as MatterState;
      return {
        ...rest,
        status: 'handling',
        ...(event.personal?.text === undefined ? {} : { said: event.personal.text }),
        reopenings: state.reopenings + 1,
        clock: startClock(event.rule, at),
        toTell: [],
        hands: withOne(state.hands, actor),
      };
    }
    case 'matter.served': {
      const { kind: _, personal, remedy, ...served } = event;
      const papers = afterService(state.papers, served, personal, { actor, at });
      if (remedy === undefined || served.receivedOn === undefined || state.status !== 'resolved')
        return { ...state, papers };
      return {
        ...state,
        papers,
        remedy: { level: 'review', clock: startClock(remedy, noonOf(served.receivedOn)) },
      };
    }
    case 'matter.review-followed':
      return followed(state, event, at);
    // Whoever does not take no for an answer is heard by the desk, not by the unit that said it.
    case 'matter.denied':
    case 'matter.reopened': {
      if (state.refusal === undefined) return undefined;
      const rest = without(state, 'resolvedAt', 'closedAt', 'closedBy', 'score', 'returnAsked') as MatterState;
      const back = { ...rest, reopenings: state.reopenings + 1, clock: startClock(event.rule, at), toTell: [] };
      return state.unit === undefined
        ? { ...(without(back, 'refusal') as MatterState), status: 'registered' }
        : { ...back, status: 'dispatched', objectedAt: at };
    }
    default:
      return undefined;
  }
}

function followed(
  state: MatterState,
  event: Extract<MatterEvent, { kind: 'matter.review-followed' }>,
  at: string,
): MatterState {
  const { review, level, what, rule, outcome, receivedOn, remedy } = event;
  switch (what) {
    case 'asked':
      return {
        ...(without(state, 'resolvedAt') as MatterState),
        status: 'reviewing',
        review,
        reviews: [...state.reviews, { id: review, level }],
        toTell: state.toTell.filter((told) => told !== 'answer'),
        ...(rule === undefined ? {} : { clock: startClock(rule, at) }),
      };
    case 'paused':
      return onClock(state, (clock) => ({
        ...clock,
        suspensions: [...clock.suspensions, { from: at, reason: event.reason ?? '听证' }],
      }));
    case 'resumed':
      return onClock(state, (clock) => resumed(clock, at));
    case 'answered':
      return state;
    case 'over': {
      const reviews = state.reviews.map((r) =>
        r.id === review ? { ...r, ...(outcome === undefined ? {} : { outcome }) } : r,
      );
      const rest = { ...(without(state, 'review', 'clock') as MatterState), reviews };
      const clock = rule === undefined ? {} : { clock: startClock(rule, at) };
      if (outcome === 'changed' || outcome === 'sent-back')
        return {
          ...(without(rest, 'remedy') as MatterState),
          ...clock,
          status: 'handling',
          reopenings: state.reopenings + 1,
        };
      if (outcome === 'upheld' && level === 're-review')
        return {
          ...(without(rest, 'remedy') as MatterState),
          status: 'closed',
          closedAt: at,
          closedBy: 'lawful-end',
          raisings: endRaisings(state.raisings, 'over'),
          toTell: [],
        };
      return {
        ...rest,
        ...clock,
        status: 'resolved',
        resolvedAt: at,
        unreached: 0,
        ...(remedy === undefined || receivedOn === undefined
          ? {}
          : { remedy: { level: 're-review', clock: startClock(remedy, noonOf(receivedOn)), of: review } }),
      };
    }
  }
}

const onClock = (state: MatterState, change: (clock: ClockRun) => ClockRun): MatterState =>
  state.clock === undefined ? state : { ...state, clock: change(state.clock) };

const resumed = (clock: ClockRun, at: string): ClockRun => ({
  ...clock,
  suspensions: clock.suspensions.map((s) => (s.to === undefined ? { ...s, to: at } : s)),
});

const sameRun = (a: ClockRun | undefined, b: ClockRun | undefined): boolean =>
  a !== undefined && b !== undefined && a.startedAt === b.startedAt && a.rule.id === b.rule.id;

/** After these a person has no review to ask for: they are content, or it is worked on again. */
const leavesNothing = new Set<MatterEvent['kind']>([
  'matter.denied',
  'matter.reopened',
  'matter.confirmed',
  'matter.reconsidered',
  'matter.opinion-revoked',
]);

const waits = (status: MatterState['status']): boolean => status === 'resolved' || status === 'reviewing';
/** Why the whole's clock stands still while the unit is not at work. */
const THEIR_WORD = '等群众的话';

/**
 * Keeps every clock that ever ran, draws up and owes documents, and carries the clock of the whole along: the stage's
 * clock may begin anew when a matter goes back, the whole's never does.
 */
export function keepClocks(before: MatterState, after: MatterState, event: MatterEvent, stamp: Stamp): MatterState {
  // Taken out of a merge it is as it was, its clocks included; those of the main matter are on record there.
  if (after === before || after.status === 'none' || event.kind === 'matter.unmerged') return after;
  const { at, version } = stamp;
  let state = after;

  const paper = 'paper' in event && typeof event.paper === 'object' ? event.paper : undefined;
  if (paper !== undefined) {
    const text =
      'personal' in event && event.personal !== undefined && 'paper' in event.personal
        ? event.personal.paper
        : undefined;
    state = { ...state, papers: [...state.papers, drawnUp(paper, stamp, text)] };
    const of = state.papers.find((p) => p.version === paper.of);
    if (of !== undefined) {
      const how = paper.kind === 'revocation' ? 'revoked' : 'corrected';
      state = { ...state, papers: putRight(state.papers, of.version, { how, by: version, on: paper.on }) };
      // Nobody is brought what was taken back.
      if (how === 'revoked') state = paid(state, of.version, at, event.kind);
    }
    // A unit signs for its letter in the system; a person has to be brought theirs, within the stage it belongs to.
    const limit = event.kind === 'matter.paper-corrected' ? event.limit : undefined;
    const within = before.clock ?? state.clock ?? (limit === undefined ? undefined : startClock(limit, at));
    if (within !== undefined && !state.anonymous && event.kind !== 'matter.dispatched')
      state = { ...state, owed: [...state.owed, { paper: version, clock: within }] };
    // What a document tells, nobody has to be told a second time.
    if (event.kind === 'matter.resolved' || event.kind === 'matter.extension-granted')
      state = { ...state, toTell: before.toTell };
    if (event.kind === 'matter.dispatched' && !state.anonymous && before.clock !== undefined)
      state = {
        ...state,
        toTell: [...state.toTell, 'whereabouts'],
        owed: [...state.owed, { paper: 0, clock: before.clock }],
      };
  }
  if (event.kind === 'matter.acknowledged') {
    // Signing for it is the unit's receipt of its letter; older records accepted with the same word.
    const letter = state.papers.findLast((p) => p.toUnit === state.unit && p.receivedOn === undefined);
    if (letter !== undefined) {
      const day = dayOf(at);
      const served = { paper: letter.version, way: 'acknowledged' as const, on: day, receivedOn: day };
      state = { ...state, papers: afterService(state.papers, served, undefined, stamp) };
    }
    if (event.rule !== undefined && state.procedure === 'petition') state = { ...state, acceptedAt: at };
  }
  if (event.kind === 'matter.told' && event.what === 'whereabouts') state = paid(state, 0, at, event.kind);
  if (event.kind === 'matter.served' && event.receivedOn !== undefined)
    state = paid(state, event.paper, event.receivedOn < dayOf(at) ? noonOf(event.receivedOn) : at, event.kind);
  if (event.kind === 'matter.adjudicated' && before.refusal !== undefined) {
    const said = state.papers.findLast((p) => p.kind === 'refusal');
    if (said !== undefined) {
      const papers = putRight(state.papers, said.version, { how: 'overruled', by: version, on: dayOf(at) });
      state = paid({ ...state, papers }, said.version, at, event.kind);
    }
    // Whoever said no has to take it, or another unit does: that is not asked a second time.
    state = {
      ...(without(state, 'objectedAt', 'refusal', 'resolvedAt') as MatterState),
      ...(event.rule === undefined ? {} : { clock: startClock(event.rule, at) }),
      status: 'dispatched',
      mustAccept: true,
    };
  }
  // What the person accepted, or what went back to work, leaves nothing to be reviewed.
  if (leavesNothing.has(event.kind) && state.remedy !== undefined) state = without(state, 'remedy') as MatterState;

  // A stage that ended stays on record with the moment it ended.
  if (before.clock !== undefined && !sameRun(before.clock, state.clock))
    state = { ...state, past: [...state.past, { clock: { ...before.clock, stoppedAt: at }, endedBy: event.kind }] };
  return { ...state, ...whole(before, state, at) };
}

/** A thing that was owed is done: its clock stops and stays on record. */
function paid(state: MatterState, paper: number, at: string, endedBy: string): MatterState {
  const done = state.owed.filter((o) => o.paper === paper);
  if (done.length === 0) return state;
  const past: PastClock[] = done.map(({ clock }) => ({
    clock: { ...clock, stoppedAt: at < clock.startedAt ? clock.startedAt : at },
    endedBy,
  }));
  return { ...state, owed: state.owed.filter((o) => o.paper !== paper), past: [...state.past, ...past] };
}

/** The clock of the whole after a step: it takes over what stopped or lengthened the stage, and rests while others are asked. */
function whole(before: MatterState, after: MatterState, at: string): { overall?: ClockRun } {
  let overall = after.overall;
  if (overall === undefined || before.status === 'none') return {};
  if (sameRun(before.clock, after.clock)) {
    const [was, is] = [before.clock!, after.clock!];
    const more = is.suspensions.slice(was.suspensions.length);
    const open = (run: ClockRun): boolean => run.suspensions.some((s) => s.to === undefined);
    if (more.length > 0) overall = { ...overall, suspensions: [...overall.suspensions, ...more] };
    else if (open(was) && !open(is)) overall = resumed(overall, at);
    const longer = is.extensions.slice(was.extensions.length).filter((e) => extensionFits(overall!.rule, e));
    if (longer.length > 0) overall = { ...overall, extensions: [...overall.extensions, ...longer] };
  } else if (before.clock?.suspensions.some((s) => s.to === undefined) === true) overall = resumed(overall, at);
  if (!waits(before.status) && waits(after.status)) {
    overall = {
      ...resumed(overall, at),
      suspensions: [...resumed(overall, at).suspensions, { from: at, reason: THEIR_WORD }],
    };
  } else if (waits(before.status) && !waits(after.status)) overall = resumed(overall, at);
  if (before.status !== 'closed' && after.status === 'closed') overall = { ...overall, stoppedAt: at };
  if (before.status === 'closed' && after.status !== 'closed') {
    const { stoppedAt, ...rest } = overall;
    overall = {
      ...rest,
      suspensions: [...rest.suspensions, { from: stoppedAt ?? at, to: at, reason: '销号以后' }],
    };
  }
  return { overall };
}
