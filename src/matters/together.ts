import type { Recorded, Refusal } from '../ledger/decider.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import type { Consequence, ReactionContext } from '../ledger/ledger.ts';
import type { matterRefusals, MatterCommand, MatterEvent, MatterFacts, MatterState } from './model.ts';
import { openRaising } from './raising.ts';
import { openParts } from './sharing.ts';
import { closeSuspension, given, isSuspended, onClock, start, withOne } from './steps.ts';

/*
 * One matter raised by several, and several matters raised in one (row C3; mechanisms P6 PET-01).
 *
 * Merged matters are handled once: what is done on the main one reaches each of them as an event of its own, so that
 * each person keeps their number, their notices and their word. Nobody's matter is closed by another's word, and who says
 * no takes their matter out again. Taking it out undoes the merge.
 */

type Code = keyof typeof matterRefusals;
const no = (code: Code, field?: string): Refusal => refuse(code, field);

/** Commands that only follow from what was done to another matter: nobody gives them from outside. */
export const insideKinds = ['matter.take-along', 'matter.let-go', 'matter.follow'] as const;
type Inside = (typeof insideKinds)[number];
type TogetherKind =
  | Inside
  | 'matter.merge'
  | 'matter.unmerge'
  | 'matter.split'
  | 'matter.raise-again'
  | 'matter.make-joint';
type TogetherCommand = Extract<MatterCommand, { kind: TogetherKind }>;
export type Followed = Extract<MatterEvent, { kind: 'matter.followed' }>;
type TogetherEvent = Extract<
  MatterEvent,
  {
    kind:
      | 'matter.merged'
      | 'matter.unmerged'
      | 'matter.took-along'
      | 'matter.let-go'
      | 'matter.followed'
      | 'matter.split-off'
      | 'matter.raised-again'
      | 'matter.made-joint';
  }
>;

export const isInside = (kind: string): kind is Inside => insideKinds.some((inside) => inside === kind);

/** How far a matter in work has come: only what is not further than the main matter can be merged into it. */
const progressOf: Partial<Record<MatterState['status'], number>> = {
  registered: 0,
  dispatched: 1,
  handling: 2,
  deferred: 2,
};

/** What is done on the main matter while another is merged into it. */
const onTheMain: ReadonlySet<MatterCommand['kind']> = new Set([
  'matter.dispatch',
  'matter.acknowledge',
  'matter.plan',
  'matter.return',
  'matter.adjudicate',
  'matter.progress',
  'matter.suspend',
  'matter.resume',
  'matter.ask-extension',
  'matter.decide-extension',
  'matter.dispose',
  'matter.answer',
  'matter.resolve',
  'matter.classify',
  'matter.merge',
  'matter.split',
  'matter.share',
  'matter.answer-part',
  'matter.decline-part',
  'matter.decide-part',
  'matter.ask-part-again',
  'matter.drop-part',
  'matter.raise',
  'matter.hear-above',
  'matter.take-up',
]);

/** Why a step cannot be taken because of what a matter is merged with. */
export function heldByMerge(state: MatterState, kind: MatterCommand['kind']): Code | undefined {
  if (state.merged !== undefined && onTheMain.has(kind)) return 'matter.merged';
  if (kind === 'matter.unmerge' && state.merged === undefined) return 'matter.not-merged';
  if (kind === 'matter.merge' && state.along.length > 0) return 'matter.has-along';
  return undefined;
}

/** What follows from a command of this file, or why nothing may. */
export function decideTogether(
  state: MatterState,
  command: TogetherCommand,
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  switch (command.kind) {
    case 'matter.merge': {
      const { main } = facts;
      if (main === undefined || command.into === facts.self) return no('matter.no-main', 'into');
      if (main.mergedInto !== undefined) return no('matter.main-merged', 'into');
      // In the petition procedure each person gets papers of their own, served with proof.
      if (main.procedure === 'petition' || state.procedure === 'petition') return no('matter.petition-alone', 'into');
      const asked = state.returnAsked !== undefined || state.extensionAsked !== undefined;
      if (asked) return no('matter.word-pending');
      // A part given out, or a word awaited from above, is brought to its end first.
      if (openParts(state).length > 0 || openRaising(state) !== undefined) return no('matter.word-pending');
      const far = progressOf[main.status];
      if (far === undefined) return no('matter.main-done', 'into');
      if (far < progressOf[state.status]!) return no('matter.main-behind', 'into');
      return [{ kind: 'matter.merged', into: command.into, number: main.number }];
    }
    case 'matter.unmerge':
      return [{ kind: 'matter.unmerged', from: state.merged!.into, cause: 'asked', reason: command.reason }];
    case 'matter.split': {
      const { part, subject, body, spot } = command;
      if (facts.partTaken === true || part === facts.self) return no('matter.exists', 'part');
      if (command.area !== undefined && facts.place === undefined) return no('matter.no-area', 'area');
      return [
        {
          kind: 'matter.split-off',
          part,
          area: command.area ?? state.place.area,
          personal: { subject, ...given('body', body), ...given('spot', spot) },
        },
      ];
    }
    case 'matter.raise-again':
      return [
        {
          kind: 'matter.raised-again',
          channel: command.channel,
          ...(command.words === undefined || command.words === '' ? {} : { personal: { text: command.words } }),
        },
      ];
    case 'matter.make-joint': {
      const refused = jointFault(command.joint, facts);
      if (refused !== undefined) return refused;
      const { persons, representatives } = command.joint;
      return [{ kind: 'matter.made-joint', persons, personal: { representatives } }];
    }
    default:
      return follow(state, command);
  }
}

/**
 * Why a joint matter cannot be taken so: more representatives than may come, or more than there are persons.
 * 信访工作条例 asks for representatives where several come in person, five at the most; a county sets its number.
 */
export function jointFault(
  { persons, representatives }: { readonly persons: number; readonly representatives: readonly unknown[] },
  facts: MatterFacts,
): Refusal | undefined {
  if (representatives.length > facts.settings.mostRepresentatives)
    return no('matter.too-many-representatives', 'joint');
  return representatives.length > persons ? no('matter.more-than-persons', 'joint') : undefined;
}

/** Consequences are never refused: what no longer holds has no effect. */
function follow(state: MatterState, command: Extract<TogetherCommand, { kind: Inside }>): MatterEvent[] {
  switch (command.kind) {
    case 'matter.take-along':
      return state.along.includes(command.matter) ? [] : [{ kind: 'matter.took-along', matter: command.matter }];
    case 'matter.let-go':
      return state.along.includes(command.matter) ? [{ kind: 'matter.let-go', matter: command.matter }] : [];
    case 'matter.follow': {
      const { from, event } = command;
      if (state.merged?.into !== from || state.status === 'closed') return [];
      return [event as Followed];
    }
  }
}

/** Whoever says that it is not done speaks for their own matter, which goes its own way from there. */
export const takenOut = (
  { merged }: MatterState,
  said: Extract<MatterEvent, { kind: 'matter.denied' | 'matter.reopened' }>,
): MatterEvent[] =>
  merged === undefined
    ? [said]
    : [
        said,
        { kind: 'matter.unmerged', from: merged.into, cause: said.kind === 'matter.denied' ? 'denied' : 'reopened' },
      ];

/** What a changed policy lets be worked on again is that person's own matter from then on. */
export const aloneAgain = ({ merged }: MatterState, verdict: MatterEvent[] | Refusal): MatterEvent[] | Refusal =>
  merged === undefined || isRefusal(verdict) || !verdict.some(({ kind }) => kind === 'matter.reconsidered')
    ? verdict
    : [...verdict, { kind: 'matter.unmerged', from: merged.into, cause: 'reopened' }];

/** What a merge changes and taking out gives back. */
const givenBack: readonly (keyof MatterState)[] = [
  'status',
  'unit',
  'units',
  'leader',
  'handler',
  'measures',
  'dispatchedAt',
  'withUnitSince',
  'acknowledgedAt',
  'firstAnsweredAt',
  'resolvedAt',
  'clock',
  'overall',
  'past',
  'disposition',
  'recheckOn',
  'answer',
  'said',
  'toTell',
  'unreached',
];

/** The state after an event of this file. */
export function evolveTogether(state: MatterState, event: TogetherEvent, actor: string, at: string): MatterState {
  switch (event.kind) {
    case 'matter.merged': {
      const before = Object.fromEntries(givenBack.flatMap((key) => (key in state ? [[key, state[key]]] : [])));
      return { ...state, merged: { into: event.into, number: event.number, at, before } };
    }
    case 'matter.unmerged': {
      const { merged, ...rest } = state;
      if (event.cause !== 'asked' || merged === undefined) return rest;
      const bare = Object.fromEntries(
        Object.entries(rest).filter(([key]) => !givenBack.some((given) => given === key)),
      );
      return { ...bare, ...merged.before } as unknown as MatterState;
    }
    case 'matter.took-along':
      return { ...state, along: withOne(state.along, event.matter) };
    case 'matter.let-go':
      return { ...state, along: state.along.filter((id) => id !== event.matter) };
    case 'matter.followed':
      return followed(state, event, actor, at);
    case 'matter.split-off':
      return { ...state, parts: withOne(state.parts, event.part) };
    case 'matter.raised-again':
      return { ...state, repeats: state.repeats + 1 };
    case 'matter.made-joint':
      return { ...state, joint: { persons: event.persons, representatives: event.personal?.representatives ?? [] } };
  }
}

function followed(state: MatterState, event: Followed, actor: string, at: string): MatterState {
  const { what, unit, leader, handler, measures, disposition, recheckOn, rule, extension, personal } = event;
  const own: MatterState = {
    ...state,
    ...given('unit', unit),
    ...given('leader', leader),
    ...given('handler', handler),
    ...given('measures', measures),
    ...(unit === undefined ? {} : { units: withOne(state.units, unit) }),
    hands: [handler, actor].filter((who) => who !== undefined).reduce(withOne<string>, state.hands),
  };
  const stopped = (reason: string): MatterState =>
    isSuspended(own)
      ? own
      : onClock(own, (clock) => ({ ...clock, suspensions: [...clock.suspensions, { from: at, reason }] }));
  const going = (from: MatterState): MatterState =>
    isSuspended(from) ? onClock(from, (clock) => closeSuspension(clock, at)) : from;
  switch (what) {
    case 'unit': {
      // Its own clock runs on, if a unit's was running; what only waited for dispatch begins the unit's now.
      const first = own.status === 'registered';
      const next: MatterState = {
        ...own,
        status: event.status ?? own.status,
        dispatchedAt: own.dispatchedAt ?? at,
        withUnitSince: at,
        ...given('disposition', disposition),
        ...given('recheckOn', recheckOn),
        ...(event.status === 'dispatched' ? {} : { acknowledgedAt: own.acknowledgedAt ?? at }),
        ...(rule !== undefined && (first || event.fresh === true) ? { clock: start(rule, at) } : {}),
      };
      if (event.paused === undefined) return next;
      return isSuspended(next)
        ? next
        : onClock(next, (clock) => ({
            ...clock,
            suspensions: [...clock.suspensions, { from: at, reason: event.paused! }],
          }));
    }
    case 'pause':
      return stopped(event.paused ?? '');
    case 'go-on': {
      if (event.status !== 'handling' || own.status !== 'deferred') return going(own);
      const { recheckOn: _, disposition: _d, ...rest } = own;
      return { ...going(rest), status: 'handling', cameBack: 'recheck' };
    }
    case 'extension':
      return extension === undefined
        ? own
        : {
            ...onClock(own, (clock) => ({
              ...clock,
              extensions: [
                ...clock.extensions,
                { amount: extension.days, unit: 'day', dayKind: 'calendar', decidedAt: at, reason: extension.reason },
              ],
            })),
            toTell: withOne(own.toTell, 'extension'),
          };
    case 'disposition': {
      const { recheckOn: _, ...rest } = own;
      const said = { ...rest, ...given('disposition', disposition), ...given('said', personal?.text) };
      if (disposition !== 'deferred') return { ...going(said), status: 'handling' };
      const held = isSuspended(said)
        ? said
        : onClock(said, (clock) => ({ ...clock, suspensions: [...clock.suspensions, { from: at, reason: '等条件' }] }));
      return { ...held, status: 'deferred', ...given('recheckOn', recheckOn), toTell: withOne(own.toTell, 'deferral') };
    }
    case 'answer':
      return {
        ...own,
        ...given('answer', personal?.text),
        ...given('said', personal?.text),
        firstAnsweredAt: own.firstAnsweredAt ?? at,
      };
    case 'result': {
      const { clock: _, delay: _d, ...rest } = own;
      return {
        ...rest,
        status: 'resolved',
        ...given('disposition', disposition),
        ...given('answer', personal?.text),
        ...given('said', personal?.text),
        firstAnsweredAt: own.firstAnsweredAt ?? at,
        resolvedAt: at,
        ...(rule === undefined ? {} : { clock: start(rule, at) }),
        unreached: 0,
        toTell: withOne(own.toTell, 'answer'),
      };
    }
  }
}

/** What follows for other matters from an event of one: who is merged hears what was done on the main matter. */
export function togetherFollows(event: Recorded<{ kind: string }>, context: ReactionContext): Consequence[] {
  if (context.record !== 'matter') return [];
  const matter = event as Recorded<MatterEvent>;
  const state = context.state as MatterState;
  const to = (stream: string, command: object): Consequence => ({
    record: 'matter',
    stream,
    command: command as { kind: string },
  });
  switch (matter.kind) {
    case 'matter.merged':
      return [to(matter.into, { kind: 'matter.take-along', matter: context.stream })];
    case 'matter.unmerged':
      return [to(matter.from, { kind: 'matter.let-go', matter: context.stream })];
    case 'matter.took-along':
      return [to(matter.matter, { kind: 'matter.follow', from: context.stream, event: asItStands(state) })];
    case 'matter.split-off':
      return [to(matter.part, partOf(matter, context.stream, state))];
    default: {
      if (state.along.length === 0) return [];
      const heard = heardOf(matter, state);
      if (heard === undefined) return [];
      return state.along.map((stream) => to(stream, { kind: 'matter.follow', from: context.stream, event: heard }));
    }
  }
}

const handledBy = ({ unit, leader, handler, measures }: MatterState) => ({
  ...given('unit', unit),
  ...given('leader', leader),
  ...given('handler', handler),
  ...given('measures', measures),
});

/** The main matter as it is when another is merged into it. */
function asItStands(state: MatterState): Followed {
  const base = { kind: 'matter.followed' as const, ...handledBy(state), ...given('disposition', state.disposition) };
  if (state.status === 'registered' || state.status === 'none') return { ...base, what: 'go-on' };
  if (state.status === 'resolved' || state.status === 'reviewing' || state.status === 'closed')
    return {
      ...base,
      what: 'result',
      ...given('rule', state.clock?.rule),
      ...(state.answer === undefined ? {} : { personal: { text: state.answer } }),
    };
  return {
    ...base,
    what: 'unit',
    status: state.status,
    ...given('rule', state.clock?.rule),
    ...given('recheckOn', state.recheckOn),
    ...(isSuspended(state) ? { paused: state.clock!.suspensions.at(-1)!.reason } : {}),
  };
}

/** What an event of the main matter is to those merged into it; undefined where it is nothing. */
function heardOf(event: MatterEvent, state: MatterState): Followed | undefined {
  const heard = (more: Omit<Followed, 'kind'>): Followed => ({ kind: 'matter.followed', ...more });
  const words =
    'personal' in event && event.personal !== undefined && 'text' in event.personal
      ? { personal: { text: event.personal.text } }
      : {};
  switch (event.kind) {
    case 'matter.dispatched':
      return heard({ what: 'unit', status: 'dispatched', ...handledBy(state), rule: event.rule });
    case 'matter.adjudicated':
      return heard({
        what: 'unit',
        ...given('status', state.status === 'dispatched' ? ('dispatched' as const) : undefined),
        ...handledBy(state),
      });
    case 'matter.acknowledged':
      return heard({
        what: 'unit',
        status: 'handling',
        ...handledBy(state),
        ...(event.rule === undefined ? {} : { rule: event.rule, fresh: true }),
      });
    case 'matter.planned':
      return heard({ what: 'unit', ...handledBy(state) });
    case 'matter.suspended':
      return heard({ what: 'pause', paused: event.reason });
    case 'matter.resumed':
      return heard({ what: 'go-on' });
    case 'matter.taken-up':
      return heard({ what: 'go-on', status: 'handling' });
    case 'matter.extension-granted':
      return heard({ what: 'extension', extension: { days: event.days, reason: event.reason } });
    case 'matter.disposed':
      return heard({
        what: 'disposition',
        disposition: event.disposition,
        ...given('recheckOn', event.recheckOn),
        ...words,
      });
    case 'matter.answered':
      return heard({ what: 'answer', ...words });
    case 'matter.resolved':
      return heard({
        what: 'result',
        ...handledBy(state),
        ...given('disposition', state.disposition),
        ...given('rule', event.rule),
        ...words,
      });
    default:
      return undefined;
  }
}

/** A part becomes a matter of its own, of the same person, on the day the whole was raised. */
function partOf(event: Extract<MatterEvent, { kind: 'matter.split-off' }>, whole: string, state: MatterState): object {
  const { told } = state;
  const reporter = {
    ...given('name', told?.name),
    ...given('phone', told?.phone),
    ...(state.confidential ? { confidential: true } : {}),
  };
  return {
    kind: 'matter.register',
    channel: state.channel,
    procedure: state.procedure,
    subject: event.personal?.subject ?? '',
    ...given('body', event.personal?.body),
    ...given('spot', event.personal?.spot),
    area: event.area,
    ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
    ...given('household', state.household),
    ...given('resident', state.resident),
    ...given('official', state.official),
    // Whoever the whole complains of sees no part of it either.
    ...given('about', state.about.length === 0 ? undefined : [...state.about]),
    origin: `split ${whole}`,
    receivedAt: state.receivedAt,
  };
}
