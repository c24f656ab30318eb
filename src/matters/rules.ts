import { dueOf, mayExtend } from '../calendar/clocks.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { Amount, ClockRule } from '../calendar/model.ts';
import { type Decider, type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Bounce } from './handling-model.ts';
import {
  blockedInPetition,
  decidePetition,
  evolvePetition,
  isOfPetition,
  keepClocks,
  offeredInPetition,
  withPetition,
} from './petition.ts';
import { keepSpells } from './spells.ts';
import { closeSuspension, given, isSuspended, onClock, start, withOne } from './steps.ts';
import { aloneAgain, decideTogether, evolveTogether, heldByMerge, isInside, jointFault, takenOut } from './together.ts';
import type { matterRefusals, MatterCommand, MatterEvent, MatterFacts, MatterState, Procedure } from './model.ts';
import { forgotten } from './retention.ts';
import { decideRaising, endRaisings, evolveRaising, isRaising, isRaisingEvent, openRaising } from './raising.ts';
import { decideReturning, isReturning } from './returning.ts';
import {
  decideSharing,
  endParts,
  evolveSharing,
  isSharing,
  isSharingEvent,
  leadTakes,
  openParts,
  sharingPossible,
} from './sharing.ts';

type Code = keyof typeof matterRefusals;
const no = (code: Code, field?: string): Refusal => refuse(code, field);

const days = (amount: number): Amount => ({ amount, unit: 'day', dayKind: 'calendar' });

/** The clock a unit works against once a matter is with it, by procedure and step. */
const workClock = (procedure: Procedure, accepted: boolean, facts: MatterFacts): ClockRule | undefined => {
  const { clocks } = facts.settings;
  return facts.clocks.get(
    procedure === 'order' ? clocks.order : accepted ? clocks.resolvePetition : clocks.acceptPetition,
  );
};

/** The acts every matter knows, whatever its procedure. */
const acts: Decider<MatterState, MatterCommand, MatterEvent, MatterFacts> = {
  initial: {
    status: 'none',
    number: '',
    channel: 'web',
    procedure: 'order',
    place: { area: '', chain: [] },
    desk: '',
    anonymous: true,
    confidential: false,
    receivedAt: '',
    registeredAt: '',
    units: [],
    returnedBy: [],
    returns: 0,
    reopenings: 0,
    unreached: 0,
    reconsidered: [],
    shares: [],
    raisings: [],
    bounces: [],
    readBy: [],
    toTell: [],
    hands: [],
    past: [],
    owed: [],
    papers: [],
    reviews: [],
    along: [],
    parts: [],
    about: [],
    repeats: 0,
    spells: [],
  },

  evolve(state, event, stamp) {
    const { actor, at } = stamp;
    if (event.kind === 'matter.registered') {
      const { kind: _, personal, rule, persons, clockFrom, overall, ...rest } = event;
      return {
        ...state,
        ...rest,
        ...given('told', personal),
        ...(persons === undefined ? {} : { joint: { persons, representatives: personal?.representatives ?? [] } }),
        status: 'registered',
        registeredAt: at,
        clock: start(rule, clockFrom ?? at),
        ...(overall === undefined ? {} : { overall: start(overall, clockFrom ?? at) }),
      };
    }
    if (state.status === 'none') return state;
    if (isSharingEvent(event)) return evolveSharing(state, event, stamp);
    if (isRaisingEvent(event)) return evolveRaising(state, event, stamp);
    switch (event.kind) {
      case 'matter.persons-named':
        return { ...state, about: event.about };
      case 'matter.classified':
        return { ...state, category: event.category, ...given('place', event.place), decidedAt: at };
      case 'matter.dispatched': {
        const { unit, category, leader, handler, rule } = event;
        return {
          ...state,
          status: 'dispatched',
          unit,
          units: withOne(state.units, unit),
          ...given('category', category),
          ...given('leader', leader),
          ...given('handler', handler),
          dispatchedAt: state.dispatchedAt ?? at,
          withUnitSince: at,
          decidedAt: at,
          clock: start(rule, at),
        };
      }
      case 'matter.acknowledged': {
        const { leader, handler, measures, rule } = event;
        return {
          ...state,
          status: 'handling',
          leader,
          handler,
          measures,
          acknowledgedAt: state.acknowledgedAt ?? at,
          hands: withOne(withOne(state.hands, handler), actor),
          ...(rule === undefined ? {} : { clock: start(rule, at) }),
        };
      }
      case 'matter.planned': {
        const { leader, handler, measures } = event;
        return { ...state, leader, handler, measures, hands: withOne(state.hands, handler) };
      }
      case 'matter.returned': {
        const { from, betterUnit, reason } = event;
        return {
          ...state,
          returns: state.returns + 1,
          returnedBy: withOne(state.returnedBy, from),
          bounces: [...state.bounces, { from, betterUnit, reason, at }],
          returnAsked: { from, betterUnit, reason, at },
        };
      }
      case 'matter.adjudicated': {
        const { returnAsked: _, ...before } = state;
        const { unit, ground, leader, handler } = event;
        const decided = { unit, ground, by: actor, at };
        const rest = { ...before, bounces: decidedBounces(state, decided) };
        if (unit === state.unit) return { ...rest, decidedAt: at };
        // The clock keeps running from the first dispatch: bouncing wins nobody time.
        const { leader: _l, handler: _h, measures: _m, ...bare } = rest;
        return {
          ...bare,
          status: 'dispatched',
          withUnitSince: at,
          decidedAt: at,
          unit,
          units: withOne(state.units, unit),
          shares: leadTakes(state.shares, unit),
          ...given('leader', leader),
          ...given('handler', handler),
        };
      }
      case 'matter.progressed':
        return { ...state, hands: withOne(state.hands, actor) };
      case 'matter.suspended':
        return onClock(state, (clock) => ({
          ...clock,
          suspensions: [...clock.suspensions, { from: at, reason: event.reason }],
        }));
      case 'matter.resumed':
        return onClock(state, (clock) => closeSuspension(clock, at));
      case 'matter.extension-asked':
        return { ...state, extensionAsked: { days: event.days, reason: event.reason, by: actor, at } };
      case 'matter.extension-granted': {
        const { extensionAsked: _, ...rest } = state;
        return {
          ...onClock(rest, (clock) => ({
            ...clock,
            extensions: [...clock.extensions, { ...days(event.days), decidedAt: at, reason: event.reason }],
          })),
          toTell: withOne(state.toTell, 'extension'),
        };
      }
      case 'matter.extension-refused': {
        const { extensionAsked: _, ...rest } = state;
        return rest;
      }
      case 'matter.told':
        return { ...state, toTell: state.toTell.filter((what) => what !== event.what) };
      case 'matter.disposed': {
        const { disposition, recheckOn } = event;
        const { recheckOn: _, policy: _p, guide: _g, cameBack: _c, ...past } = state;
        const rest = { ...past, disposedAt: at, ...given('said', event.personal?.text) };
        if (disposition === 'deferred') {
          return {
            ...onClock(rest, (clock) =>
              isSuspended(state)
                ? clock
                : { ...clock, suspensions: [...clock.suspensions, { from: at, reason: '等条件' }] },
            ),
            status: 'deferred',
            disposition,
            ...given('recheckOn', recheckOn),
            toTell: withOne(state.toTell, 'deferral'),
          };
        }
        const resumed = state.status === 'deferred' ? onClock(rest, (clock) => closeSuspension(clock, at)) : rest;
        return {
          ...resumed,
          status: 'handling',
          disposition,
          ...given('policy', event.policy),
          ...given('guide', event.guide),
        };
      }
      case 'matter.taken-up': {
        const { recheckOn: _, disposition: _d, ...rest } = state;
        return { ...onClock(rest, (clock) => closeSuspension(clock, at)), status: 'handling', cameBack: 'recheck' };
      }
      case 'matter.reconsidered': {
        const { resolvedAt: _r, closedAt: _c, closedBy: _b, score: _s, disposition: _d, ...rest } = state;
        return {
          ...rest,
          status: 'handling',
          clock: start(event.rule, at),
          cameBack: 'policy',
          reconsidered: [...state.reconsidered, event.change],
          ...given('said', event.personal?.text),
          toTell: withOne(state.toTell, 'reconsideration'),
        };
      }
      case 'matter.answered':
        return {
          ...state,
          ...given('answer', event.personal?.text),
          ...given('said', event.personal?.text),
          firstAnsweredAt: state.firstAnsweredAt ?? at,
          hands: withOne(state.hands, actor),
        };
      case 'matter.resolved': {
        const { returnAsked: _, extensionAsked: _e, delay: _d, clock: _c, ...rest } = state;
        return {
          ...rest,
          status: 'resolved',
          shares: endParts(state.shares),
          // Who asked for another unit and then did it has answered the question itself.
          bounces: decidedBounces(state, { unit: event.unit, ground: '申请退单后由本单位办结', by: actor, at }),
          ...given('answer', event.personal?.text),
          ...given('said', event.personal?.text),
          firstAnsweredAt: state.firstAnsweredAt ?? at,
          resolvedAt: at,
          ...(event.rule === undefined ? {} : { clock: start(event.rule, at) }),
          unreached: 0,
          hands: withOne(state.hands, actor),
          // An answer taken over from elsewhere was read there: nobody here owes a call about it.
          toTell: event.rule === undefined ? state.toTell : withOne(state.toTell, 'answer'),
        };
      }
      case 'matter.confirmed': {
        const { clock: _, ...rest } = state;
        return {
          ...rest,
          status: 'closed',
          closedAt: at,
          closedBy: event.by,
          raisings: endRaisings(state.raisings, 'over'),
          ...given('score', event.score),
          toTell: [],
        };
      }
      case 'matter.denied':
      case 'matter.reopened': {
        const { resolvedAt: _r, closedAt: _c, closedBy: _b, score: _s, ...rest } = state;
        return {
          ...rest,
          status: 'handling',
          reopenings: state.reopenings + 1,
          clock: start(event.rule, at),
          toTell: [],
        };
      }
      case 'matter.unreached':
        return { ...state, unreached: state.unreached + 1 };
      case 'matter.rated':
        return { ...state, score: event.score };
      case 'matter.instructed':
        return {
          ...state,
          ...given('lastInstruction', event.text),
          readBy: [...state.readBy, { by: actor, at, text: event.text }],
        };
      case 'matter.forgotten':
        return forgotten(state);
      case 'matter.delay-explained':
        return { ...state, delay: event.reason };
      case 'matter.merged':
      case 'matter.unmerged':
      case 'matter.took-along':
      case 'matter.let-go':
      case 'matter.followed':
      case 'matter.split-off':
      case 'matter.raised-again':
      case 'matter.made-joint':
        return evolveTogether(state, event, actor, at);
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'matter.register') return register(state, command, facts);
    if (state.status === 'none') return no('matter.unknown');
    const blocked = blockedBy(state, command.kind);
    if (blocked !== undefined) return no(blocked);
    if (command.kind === 'matter.forget') return [{ kind: 'matter.forgotten' }];
    if (isOfPetition(command)) return no('petition.not-petition');
    if (isSharing(command)) return decideSharing(state, command, facts);
    if (isRaising(command)) return decideRaising(state, command, facts, workClock(state.procedure, false, facts));
    if (isReturning(command)) {
      const clock = workClock(state.procedure, true, facts);
      return aloneAgain(state, decideReturning(state, command, facts, clock));
    }

    switch (command.kind) {
      case 'matter.name-persons': {
        if (facts.aboutKnown === false) return no('matter.about-unknown', 'about');
        // Whoever has it in hand is replaced first: at no moment is it without its people.
        const inHand = [state.leader, state.handler].some((who) => who !== undefined && command.about.includes(who));
        return inHand ? no('matter.about-handles', 'about') : [{ kind: 'matter.persons-named', about: command.about }];
      }
      case 'matter.classify': {
        if (command.area !== undefined && facts.place === undefined) return no('matter.no-area', 'area');
        return [{ kind: 'matter.classified', category: command.category, ...given('place', facts.place) }];
      }
      case 'matter.dispatch': {
        if (facts.unit === undefined) return no('matter.no-unit', 'unit');
        const rule =
          command.clock === undefined ? workClock(state.procedure, false, facts) : facts.clocks.get(command.clock);
        // A petition's first clock is fixed by the procedure; an order has the grade its urgency asks for.
        const { grades, clocks } = facts.settings;
        const chosen =
          command.clock === undefined ||
          (grades.includes(command.clock) &&
            (state.procedure === 'petition') === (command.clock === clocks.acceptPetition));
        if (rule === undefined || !chosen) return no('matter.no-clock', 'clock');
        const { id: unit, head, reception } = unitFor(state, facts.unit);
        // No blank: somebody by name answers for it from the first moment.
        if (head === undefined) return no('matter.unit-empty', 'unit');
        if (state.about.includes(head)) return no('matter.about-handles', 'unit');
        return [
          {
            kind: 'matter.dispatched',
            unit,
            rule,
            ...given('category', command.category),
            ...given('leader', head),
            ...given('handler', reception ?? head),
            ...given('note', command.note),
          },
        ];
      }
      case 'matter.acknowledge': {
        const stranger = notOfUnit(command, facts);
        if (stranger !== undefined) return no('matter.not-of-unit', stranger);
        const concerned = complainedOf(state, command);
        if (concerned !== undefined) return no('matter.about-handles', concerned);
        const { leader, handler, measures } = command;
        // A petition's first clock is for saying whether it is accepted, and runs on until that is said in writing.
        return [{ kind: 'matter.acknowledged', leader, handler, measures }];
      }
      case 'matter.plan': {
        const stranger = notOfUnit(command, facts);
        if (stranger !== undefined) return no('matter.not-of-unit', stranger);
        const concerned = complainedOf(state, command);
        if (concerned !== undefined) return no('matter.about-handles', concerned);
        const { leader, handler, measures } = command;
        return [{ kind: 'matter.planned', leader, handler, measures }];
      }
      case 'matter.return': {
        if (facts.unit === undefined) return no('matter.no-unit', 'betterUnit');
        if (facts.unit.id === state.unit) return no('matter.return-same', 'betterUnit');
        // Each unit is heard once, so a matter can bounce no more often than there are units.
        if (state.unit !== undefined && state.returnedBy.includes(state.unit)) return no('matter.return-twice');
        const rule = facts.clocks.get(facts.settings.clocks.return);
        if (rule !== undefined && state.withUnitSince !== undefined) {
          const due = dueOf(start(rule, state.withUnitSince), facts.calendar);
          if (!due.paused && facts.at > due.due) return no('matter.return-late');
        }
        return [
          {
            kind: 'matter.returned',
            from: state.unit ?? state.desk,
            betterUnit: facts.unit.id,
            reason: command.reason,
          },
        ];
      }
      case 'matter.adjudicate': {
        if (facts.unit === undefined) return no('matter.no-unit', 'unit');
        if (state.unit !== undefined && facts.units.includes(state.unit)) return no('matter.own-request');
        const { id: unit, head, reception } = unitFor(state, facts.unit);
        if (head === undefined) return no('matter.unit-empty', 'unit');
        if (state.about.includes(head)) return no('matter.about-handles', 'unit');
        return [
          {
            kind: 'matter.adjudicated',
            from: state.unit ?? state.desk,
            unit,
            ground: command.ground,
            ...given('leader', head),
            ...given('handler', reception ?? head),
          },
        ];
      }
      case 'matter.progress':
        return [{ kind: 'matter.progressed', personal: { text: command.note } }];
      case 'matter.suspend':
        return isSuspended(state) ? no('matter.suspended') : [{ kind: 'matter.suspended', reason: command.reason }];
      case 'matter.resume':
        return isSuspended(state)
          ? [{ kind: 'matter.resumed', ...given('note', command.note) }]
          : no('matter.not-suspended');
      case 'matter.ask-extension': {
        if (state.extensionAsked !== undefined) return no('matter.extension-pending');
        if (isSuspended(state)) return no('matter.suspended');
        if (!extensionAllowed(state, command.days, facts)) return no('matter.extension-too-long', 'days');
        return [{ kind: 'matter.extension-asked', days: command.days, reason: command.reason }];
      }
      case 'matter.decide-extension': {
        const asked = state.extensionAsked;
        if (asked === undefined) return no('matter.no-extension');
        if (asked.by === facts.actor) return no('matter.own-request');
        const { grant, reason } = command;
        if (!grant && (reason === undefined || reason === '')) return no('matter.reason-missing', 'reason');
        return [
          {
            kind: grant ? 'matter.extension-granted' : 'matter.extension-refused',
            days: asked.days,
            reason: reason === undefined || reason === '' ? asked.reason : reason,
            askedBy: asked.by,
          },
        ];
      }
      case 'matter.tell':
        return state.toTell.includes(command.what)
          ? [{ kind: 'matter.told', what: command.what, means: command.means }]
          : no('matter.nothing-to-tell', 'what');
      case 'matter.dispose': {
        const { disposition, cause, plan, recheckOn, policy } = command;
        if (disposition === 'deferred') {
          if (plan === undefined || plan === '') return no('matter.plan-missing', 'plan');
          if (recheckOn === undefined) return no('matter.recheck-missing', 'recheckOn');
          if (recheckOn <= dayOf(facts.at)) return no('matter.recheck-past', 'recheckOn');
        }
        if (disposition === 'not-permitted' && (policy === undefined || policy === ''))
          return no('matter.policy-missing', 'policy');
        return [
          {
            kind: 'matter.disposed',
            disposition,
            ...given('plan', plan),
            ...given('recheckOn', disposition === 'deferred' ? recheckOn : undefined),
            ...given('policy', policy),
            ...given('guide', disposition === 'not-permitted' ? command.guide : undefined),
            personal: { text: cause },
          },
        ];
      }
      case 'matter.answer':
        return [{ kind: 'matter.answered', personal: { text: command.text } }];
      case 'matter.resolve': {
        if (state.disposition === undefined) return no('matter.disposition-missing');
        if (state.unit === undefined) return no('matter.not-dispatched');
        const rule = facts.clocks.get(facts.settings.clocks.confirm);
        if (rule === undefined) return no('matter.no-clock');
        const open = openParts(state).length > 0;
        if (open && command.unanswered === undefined) return no('matter.parts-open', 'unanswered');
        const why = given('unanswered', open ? command.unanswered : undefined);
        return [{ kind: 'matter.resolved', unit: state.unit, rule, ...why, personal: { text: command.answer } }];
      }
      case 'matter.confirm':
        return [
          { kind: 'matter.confirmed', by: 'resident', ...given('score', command.score), ...words(command.comment) },
        ];
      case 'matter.deny':
        return backToWork('matter.denied', 'resident', command.reason, state, facts);
      case 'matter.call-back': {
        const { outcome, score, words: said } = command;
        // Whoever had a hand in it: the unit that leads, and every unit with a part.
        const own = [state.unit, ...state.shares.map((p) => p.unit)].some(
          (u) => u !== undefined && facts.units.includes(u),
        );
        if (own || state.hands.includes(facts.actor) || state.about.includes(facts.actor))
          return no('matter.not-independent');
        if (outcome === 'unreached') return [{ kind: 'matter.unreached' }];
        if (said === undefined || said === '') return no('matter.words-missing', 'words');
        if (outcome === 'denied') return backToWork('matter.denied', 'call-back', said, state, facts);
        return [{ kind: 'matter.confirmed', by: 'call-back', ...given('score', score), ...words(said) }];
      }
      case 'matter.rate':
        if (state.score !== undefined) return no('matter.already-rated');
        return [{ kind: 'matter.rated', score: command.score, ...words(command.comment) }];
      case 'matter.reopen': {
        const lastDay = addDays(dayOf(state.closedAt ?? facts.at), facts.settings.reopenDays);
        if (dayOf(facts.at) > lastDay) return no('matter.reopen-late');
        return backToWork('matter.reopened', 'resident', command.reason, state, facts);
      }
      case 'matter.instruct': {
        const { text, due } = command;
        if (due === undefined) return [{ kind: 'matter.instructed', text }];
        if (text === '') return no('matter.feedback-empty', 'text');
        if (text.length < 4) return no('matter.feedback-empty', 'text');
        if (due < dayOf(facts.at)) return no('matter.feedback-past', 'due');
        if (facts.unit === undefined) return no('matter.no-unit');
        return [{ kind: 'matter.instructed', text, due, unit: facts.unit.id, ...given('leader', facts.leader) }];
      }
      case 'matter.explain-delay': {
        const due = state.clock === undefined ? undefined : dueOf(state.clock, facts.calendar);
        if (due === undefined || due.paused || facts.at <= due.due) return no('matter.not-late');
        return [{ kind: 'matter.delay-explained', reason: command.reason }];
      }
      default:
        return decideTogether(state, command, facts);
    }
  },
};

const sharing = [
  'matter.share',
  'matter.answer-part',
  'matter.decline-part',
  'matter.decide-part',
  'matter.ask-part-again',
  'matter.drop-part',
] as const;
const raising = ['matter.raise', 'matter.hear-above'] as const;
/** While a matter is in work it can be joined with another, parted, and raised again. */
const together = [
  'matter.merge',
  'matter.unmerge',
  'matter.split',
  'matter.raise-again',
  'matter.make-joint',
] as const satisfies readonly MatterCommand['kind'][];

/**
 * The matter's rules. At every moment a matter has one unit that answers for it, a clock, and a next step; nothing but
 * the resident's word closes it, save the lawful end after a re-review, and what the resident denies goes back to work.
 */
export const matters: Decider<MatterState, MatterCommand, MatterEvent, MatterFacts> = {
  initial: acts.initial,
  evolve: (state, event, stamp) =>
    keepSpells(
      state,
      keepClocks(state, evolvePetition(state, event, stamp) ?? acts.evolve(state, event, stamp), event, stamp),
      stamp.at,
    ),
  decide(state, command, facts) {
    // Registering says itself why not.
    const blocked =
      state.status === 'none' || command.kind === 'matter.register' ? undefined : blockedBy(state, command.kind);
    if (blocked !== undefined) return no(blocked);
    const decided = decidePetition(state, command, facts) ?? acts.decide(state, command, facts);
    return isRefusal(decided) ? decided : withPetition(state, command, decided, facts);
  },
};

/**
 * What may happen next, by status: the buttons on every screen and the server's answer both read it.
 * A command that is absent here for a status is refused with the reason of `blockedBy`.
 */
export const nextSteps: Readonly<Record<MatterState['status'], readonly MatterCommand['kind'][]>> = {
  none: ['matter.register'],
  registered: [
    'matter.dispatch',
    'matter.refuse',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.classify',
    'matter.name-persons',
    'matter.raise',
    'matter.hear-above',
    'matter.tell',
    'matter.instruct',
    'matter.explain-delay',
    ...together,
  ],
  dispatched: [
    'matter.acknowledge',
    'matter.refuse',
    'matter.uphold-refusal',
    'matter.return',
    'matter.adjudicate',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.classify',
    'matter.name-persons',
    ...sharing,
    ...raising,
    'matter.instruct',
    'matter.explain-delay',
    'matter.tell',
    ...together,
  ],
  handling: [
    'matter.accept',
    'matter.refuse',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.progress',
    'matter.answer',
    'matter.dispose',
    'matter.resolve',
    'matter.return',
    'matter.adjudicate',
    'matter.plan',
    'matter.suspend',
    'matter.resume',
    'matter.ask-extension',
    'matter.decide-extension',
    'matter.tell',
    'matter.classify',
    'matter.name-persons',
    ...sharing,
    ...raising,
    'matter.reconsider',
    'matter.instruct',
    'matter.explain-delay',
    ...together,
  ],
  deferred: [
    'matter.take-up',
    'matter.dispose',
    'matter.progress',
    'matter.answer',
    'matter.tell',
    'matter.plan',
    // A part already given out is worked on while the whole waits; none is given out anew, for no clock runs.
    'matter.answer-part',
    'matter.decline-part',
    'matter.decide-part',
    'matter.drop-part',
    ...raising,
    'matter.instruct',
    'matter.classify',
    'matter.name-persons',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    ...together,
  ],
  resolved: [
    'matter.revoke-opinion',
    'matter.confirm',
    'matter.deny',
    'matter.call-back',
    'matter.adjudicate',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.follow-review',
    'matter.tell',
    'matter.instruct',
    'matter.unmerge',
    'matter.raise-again',
  ],
  reviewing: [
    'matter.follow-review',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.tell',
    'matter.instruct',
  ],
  closed: [
    'matter.revoke-opinion',
    'matter.forget',
    'matter.reopen',
    'matter.rate',
    'matter.reconsider',
    'matter.serve',
    'matter.receive',
    'matter.correct-paper',
    'matter.instruct',
    'matter.tell',
  ],
};

/** The next steps that make sense now: the table above less what the record's details rule out. */
export const possible = (state: MatterState): MatterCommand['kind'][] =>
  nextSteps[state.status].filter((kind) => {
    if (!offeredInPetition(state, kind)) return false;
    if (heldByMerge(state, kind) !== undefined) return false;
    switch (kind) {
      case 'matter.share':
      case 'matter.answer-part':
      case 'matter.decline-part':
      case 'matter.decide-part':
      case 'matter.ask-part-again':
      case 'matter.drop-part':
        return sharingPossible(state, kind);
      case 'matter.hear-above':
        return openRaising(state) !== undefined;
      case 'matter.reconsider':
        return state.disposition === 'not-permitted';
      case 'matter.return':
        return state.returnAsked === undefined;
      case 'matter.adjudicate':
        return mayAdjudicate(state);
      case 'matter.suspend':
        return !isSuspended(state);
      case 'matter.resume':
        return isSuspended(state);
      case 'matter.ask-extension':
        return state.extensionAsked === undefined && !isSuspended(state);
      case 'matter.decide-extension':
        return state.extensionAsked !== undefined;
      case 'matter.tell':
        return state.toTell.length > 0;
      case 'matter.resolve':
        return state.disposition !== undefined && state.disposition !== 'deferred';
      case 'matter.rate':
        return state.score === undefined;
      default:
        return true;
    }
  });

/** A return is undecided, or a refusal is: the person's objection to it waits, or the desk itself thinks better of it. */
const mayAdjudicate = (state: MatterState): boolean =>
  state.status === 'resolved'
    ? state.refusal !== undefined && state.unit !== undefined
    : state.returnAsked !== undefined || state.objectedAt !== undefined;

function blockedBy(state: MatterState, kind: MatterCommand['kind']): Code | undefined {
  if (isInside(kind) || kind === 'matter.hear-meeting') return undefined;
  if (kind === 'matter.forget' && state.status !== 'closed') return 'matter.kept';
  if (!nextSteps[state.status].includes(kind)) {
    switch (state.status) {
      case 'registered':
        return 'matter.not-dispatched';
      case 'dispatched':
        return kind === 'matter.dispatch'
          ? 'matter.already-dispatched'
          : closing.has(kind)
            ? 'matter.not-resolved'
            : 'matter.not-acknowledged';
      case 'handling':
        if (kind === 'matter.dispatch') return 'matter.already-dispatched';
        return kind === 'matter.acknowledge'
          ? 'matter.already-acknowledged'
          : closing.has(kind)
            ? 'matter.not-resolved'
            : 'matter.not-closed';
      case 'deferred':
        return closing.has(kind) ? 'matter.not-resolved' : 'matter.deferred';
      case 'resolved':
        return kind === 'matter.reopen' || kind === 'matter.rate' ? 'matter.not-closed' : 'matter.resolved';
      case 'reviewing':
        return 'petition.in-review';
      default:
        return 'matter.closed';
    }
  }
  const held = heldByMerge(state, kind);
  if (held !== undefined) return held;
  if (kind === 'matter.return' && state.returnAsked !== undefined) return 'matter.return-pending';
  if (kind === 'matter.adjudicate' && !mayAdjudicate(state)) return 'matter.no-return';
  if (kind === 'matter.resolve' && state.disposition === 'deferred') return 'matter.deferred';
  return blockedInPetition(state, kind);
}

const closing = new Set<MatterCommand['kind']>([
  'matter.confirm',
  'matter.deny',
  'matter.call-back',
  'matter.rate',
  'matter.reopen',
]);

function register(
  state: MatterState,
  command: Extract<MatterCommand, { kind: 'matter.register' }>,
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  if (state.status !== 'none') return no('matter.exists');
  const { place, fresh, settings } = facts;
  if (place === undefined || fresh === undefined) return no('matter.no-area', 'area');
  const receivedAt = command.receivedAt ?? facts.at;
  if (receivedAt > facts.at) return no('matter.too-early', 'receivedAt');
  const procedure = command.procedure ?? (settings.petitionChannels.includes(command.channel) ? 'petition' : 'order');
  const rule = facts.clocks.get(
    procedure === 'petition' ? settings.clocks.dispatchPetition : settings.clocks.dispatchOrder,
  );
  if (rule === undefined) return no('matter.no-clock');
  const wanted = new Set(command.photos);
  const files = (facts.photos ?? []).filter(({ id }) => wanted.has(id));
  if (files.length < wanted.size) return no('matter.photo-unknown', 'photos');
  if (command.after !== undefined && facts.afterKnown !== true) return no('matter.after-unknown', 'after');
  const { name, phone, confidential } = command.reporter ?? {};
  const { joint } = command;
  const crowded = joint === undefined ? undefined : jointFault(joint, facts);
  if (crowded !== undefined) return crowded;
  const about = command.about ?? [];
  if (about.length > 0 && facts.aboutKnown === false) return no('matter.about-unknown', 'about');
  return [
    {
      kind: 'matter.registered',
      number: fresh.number,
      channel: command.channel,
      procedure,
      place,
      desk: fresh.desk,
      anonymous: name === undefined && phone === undefined && command.resident === undefined && joint === undefined,
      confidential: confidential ?? false,
      ...given('household', command.household),
      ...given('resident', command.resident),
      ...given('official', command.official),
      ...given('category', command.category),
      ...given('origin', command.origin),
      ...given('after', command.after),
      receivedAt,
      rule,
      ...given('files', files.length === 0 ? undefined : files),
      ...given('persons', joint?.persons),
      ...given('about', about.length === 0 ? undefined : about),
      personal: {
        subject: command.subject,
        ...given('body', command.body),
        ...given('spot', command.spot),
        ...given('name', name),
        ...given('phone', phone),
        ...given('representatives', joint?.representatives),
        code: fresh.code,
      },
    },
  ];
}

/** The resident says it is not done: it goes back to the unit that had it, with a fresh clock. */
function backToWork(
  kind: 'matter.denied' | 'matter.reopened',
  by: 'resident' | 'call-back',
  text: string,
  state: MatterState,
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  const { clocks } = facts.settings;
  // What was never accepted has that to be decided first; what the desk itself turned away goes back to the desk.
  const rule =
    state.refusal !== undefined && state.unit === undefined
      ? facts.clocks.get(clocks.dispatchPetition)
      : workClock(state.procedure, state.refusal === undefined, facts);
  if (rule === undefined) return no('matter.no-clock');
  return takenOut(
    state,
    kind === 'matter.denied' ? { kind, by, rule, personal: { text } } : { kind, rule, personal: { text } },
  );
}

const words = (text: string | undefined): { personal?: { text: string } } =>
  text === undefined || text === '' ? {} : { personal: { text } };

const decidedBounces = (state: MatterState, decided: NonNullable<Bounce['decided']>): readonly Bounce[] =>
  state.bounces.map((bounce) => (bounce.decided === undefined ? { ...bounce, decided } : bounce));

/** A unit as this matter sees it: what comes to it is not taken in by somebody the matter complains of. */
function unitFor(state: MatterState, unit: NonNullable<MatterFacts['unit']>): NonNullable<MatterFacts['unit']> {
  const { reception, ...rest } = unit;
  return reception === undefined || state.about.includes(reception) ? rest : unit;
}

const complainedOf = (
  { about }: MatterState,
  { leader, handler }: { leader: string; handler: string },
): 'leader' | 'handler' | undefined =>
  about.includes(leader) ? 'leader' : about.includes(handler) ? 'handler' : undefined;

function notOfUnit(command: { leader: string; handler: string }, facts: MatterFacts): 'leader' | 'handler' | undefined {
  if (facts.people?.has(command.leader) !== true) return 'leader';
  if (facts.people.has(command.handler) !== true) return 'handler';
  return undefined;
}

function extensionAllowed(state: MatterState, amount: number, facts: MatterFacts): boolean {
  const { clock } = state;
  if (clock === undefined) return false;
  if (clock.rule.maxExtension !== undefined) return mayExtend(clock.rule, clock.extensions, days(amount));
  const before = clock.extensions.reduce((sum, e) => sum + e.amount, 0);
  return before + amount <= facts.settings.maxExtensionDays;
}
