import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import { type Refusal, type Stamp, refuse } from '../ledger/decider.ts';
import type { HandlingCommand, HandlingEvent, Part, handlingRefusals } from './handling-model.ts';
import { MOST_PARTS } from './handling-model.ts';
import type { MatterEvent, MatterFacts, MatterState } from './model.ts';

/*
 * Lead and co-handlers (row C8, ORG-14). The lead unit answers for the whole and gives the one reply; a co-handler
 * answers for its part by a day inside the lead's clock. A co-handler may say once that the part is not its own; until
 * somebody else has decided it stays with it, so that no part is without a unit.
 */

type Sharing = Extract<
  HandlingCommand,
  {
    kind:
      | 'matter.share'
      | 'matter.answer-part'
      | 'matter.decline-part'
      | 'matter.decide-part'
      | 'matter.ask-part-again'
      | 'matter.drop-part';
  }
>;
type SharingEvent = Extract<HandlingEvent, { kind: `matter.shared` | `matter.part-${string}` }>;

const sharingKinds = new Set<string>([
  'matter.share',
  'matter.answer-part',
  'matter.decline-part',
  'matter.decide-part',
  'matter.ask-part-again',
  'matter.drop-part',
]);
export const isSharing = (command: { kind: string }): command is Sharing => sharingKinds.has(command.kind);
export const isSharingEvent = (event: MatterEvent): event is SharingEvent =>
  event.kind === 'matter.shared' || event.kind.startsWith('matter.part-');

/** What a co-handling unit itself does. Everything else of a matter is its lead's. */
export const ofCoHandlers: ReadonlySet<string> = new Set(['matter.answer-part', 'matter.decline-part']);

type Code =
  | keyof typeof handlingRefusals
  | 'matter.suspended'
  | 'matter.no-unit'
  | 'matter.own-request'
  | 'matter.return-same'
  | 'matter.return-late';
const no = (code: Code, field?: string): Refusal => refuse(code, field);

/** A part that waits for its unit, or for somebody to decide whose it is. */
export const isOpenPart = ({ state }: Part): boolean => state === 'asked' || state === 'declined';
export const openParts = (state: MatterState): readonly Part[] => state.shares.filter(isOpenPart);

/** Units that work on it beside the lead, or did: they see the matter. */
export const coUnits = (state: MatterState): string[] => [
  ...new Set(state.shares.filter((p) => p.state !== 'dropped').map((p) => p.unit)),
];

/** What the parts let happen now; the rest is decided by the status alone. */
export const sharingPossible = (state: MatterState, kind: Sharing['kind']): boolean => {
  switch (kind) {
    case 'matter.share':
      return state.shares.length < MOST_PARTS;
    case 'matter.answer-part':
      return state.shares.some(isOpenPart);
    case 'matter.decline-part':
      return state.shares.some((p) => p.state === 'asked' && !p.declinedBy.includes(p.unit));
    case 'matter.decide-part':
      return state.shares.some((p) => p.state === 'declined');
    case 'matter.ask-part-again':
      return state.shares.some((p) => p.state === 'answered' || p.state === 'left');
    case 'matter.drop-part':
      return state.shares.some(isOpenPart);
  }
};

export function decideSharing(state: MatterState, command: Sharing, facts: MatterFacts): MatterEvent[] | Refusal {
  if (command.kind === 'matter.share') return share(state, command, facts);
  const part = state.shares[command.part];
  if (part === undefined) return no('matter.no-part', 'part');
  if (part.state === 'dropped') return no('matter.part-not-open', 'part');
  const { unit } = part;
  const which = { part: command.part, unit };
  switch (command.kind) {
    case 'matter.answer-part':
      if (!facts.units.includes(unit)) return no('matter.part-not-yours', 'part');
      if (!isOpenPart(part)) return no('matter.part-answered', 'part');
      return [{ kind: 'matter.part-answered', ...which, personal: { text: command.text } }];
    case 'matter.decline-part': {
      if (!facts.units.includes(unit)) return no('matter.part-not-yours', 'part');
      if (part.state === 'declined') return no('matter.part-waits', 'part');
      if (part.state !== 'asked') return no('matter.part-answered', 'part');
      if (part.declinedBy.includes(unit)) return no('matter.part-declined-once', 'part');
      if (command.betterUnit !== undefined && facts.unit === undefined) return no('matter.no-unit', 'betterUnit');
      if (command.betterUnit === unit) return no('matter.return-same', 'betterUnit');
      // The same two working days as a unit that leads has.
      const rule = facts.clocks.get(facts.settings.clocks.return);
      if (rule !== undefined) {
        const due = dueOf({ rule, startedAt: part.since, suspensions: [], extensions: [] }, facts.calendar);
        if (!due.paused && facts.at > due.due) return no('matter.return-late');
      }
      const better = command.betterUnit === undefined ? {} : { betterUnit: command.betterUnit };
      return [{ kind: 'matter.part-declined', ...which, reason: command.reason, ...better }];
    }
    case 'matter.decide-part': {
      if (part.state !== 'declined') return no('matter.part-not-declined', 'part');
      if (facts.unit === undefined) return no('matter.no-unit', 'unit');
      if (facts.units.includes(unit)) return no('matter.own-request');
      if (facts.unit.id === state.unit) return no('matter.part-own', 'unit');
      if (facts.unit.id !== unit && holdsPart(state, facts.unit.id)) return no('matter.part-twice', 'unit');
      return [
        { kind: 'matter.part-decided', part: command.part, from: unit, unit: facts.unit.id, ground: command.ground },
      ];
    }
    case 'matter.ask-part-again': {
      if (isOpenPart(part)) return no('matter.part-not-answered', 'part');
      if (unit === state.unit) return no('matter.part-own', 'part');
      if (state.shares.some((p, i) => i !== command.part && p.unit === unit && isOpenPart(p)))
        return no('matter.part-twice', 'part');
      const fault = dayFault(state, command.due, facts);
      if (fault !== undefined) return fault;
      return [{ kind: 'matter.part-asked-again', ...which, reason: command.reason, due: command.due }];
    }
    case 'matter.drop-part':
      if (!isOpenPart(part)) return no('matter.part-answered', 'part');
      return [{ kind: 'matter.part-dropped', ...which, reason: command.reason }];
  }
}

function share(
  state: MatterState,
  { task, due }: Extract<Sharing, { kind: 'matter.share' }>,
  facts: MatterFacts,
): MatterEvent[] | Refusal {
  if (facts.unit === undefined) return no('matter.no-unit', 'unit');
  const { id: unit } = facts.unit;
  if (unit === state.unit) return no('matter.part-own', 'unit');
  if (holdsPart(state, unit)) return no('matter.part-twice', 'unit');
  if (state.shares.length >= MOST_PARTS) return no('matter.parts-many');
  return dayFault(state, due, facts) ?? [{ kind: 'matter.shared', unit, task, due }];
}

/** Whether a unit has a part that is open. */
export const holdsPart = (state: MatterState, unit: string): boolean =>
  state.shares.some((p) => p.unit === unit && isOpenPart(p));

/** A part ends inside the lead's clock: the one reply can only be given once its parts are there. */
function dayFault(state: MatterState, day: string, facts: MatterFacts): Refusal | undefined {
  if (day < dayOf(facts.at)) return no('matter.part-past', 'due');
  const due = state.clock === undefined ? undefined : dueOf(state.clock, facts.calendar);
  if (due?.paused === true) return no('matter.suspended');
  // A clock that is over already binds nobody any more; a part may still be asked for, at once.
  if (due !== undefined && day > due.day && day > dayOf(facts.at)) return no('matter.part-late', 'due');
  return undefined;
}

export function evolveSharing(state: MatterState, event: SharingEvent, { actor, at }: Stamp): MatterState {
  if (event.kind === 'matter.shared') {
    const { unit, task, due } = event;
    return {
      ...state,
      shares: [...state.shares, { unit, task, due, state: 'asked', since: at, askedAt: at, declinedBy: [] }],
    };
  }
  const change = (to: (part: Part) => Part): MatterState => ({
    ...state,
    shares: state.shares.map((part, i) => (i === event.part ? to(part) : part)),
  });
  switch (event.kind) {
    case 'matter.part-answered':
      return {
        ...change((part) => ({
          ...part,
          state: 'answered',
          answeredAt: at,
          ...(event.personal === undefined ? {} : { answer: event.personal.text }),
        })),
        hands: state.hands.includes(actor) ? state.hands : [...state.hands, actor],
      };
    case 'matter.part-declined':
      return change((part) => ({
        ...part,
        state: 'declined',
        declinedBy: [...part.declinedBy, event.unit],
        declined: {
          reason: event.reason,
          at,
          ...(event.betterUnit === undefined ? {} : { betterUnit: event.betterUnit }),
        },
      }));
    case 'matter.part-decided':
      return change((before) => {
        const { declined: _, ...part } = before;
        return { ...part, state: 'asked', unit: event.unit, since: event.unit === event.from ? part.since : at };
      });
    case 'matter.part-asked-again':
      return change((before) => {
        const { answeredAt: _, ...part } = before;
        return { ...part, state: 'asked', due: event.due, askedAt: at };
      });
    case 'matter.part-dropped':
      return change((part) => ({ ...part, state: 'dropped' }));
  }
}

/** What becomes of open parts when the lead ends its work, or becomes another unit. */
export const endParts = (parts: readonly Part[]): readonly Part[] =>
  parts.some(isOpenPart) ? parts.map((part) => (isOpenPart(part) ? { ...part, state: 'left' } : part)) : parts;
/** A unit that takes the lead has its own part in the whole. */
export const leadTakes = (parts: readonly Part[], lead: string): readonly Part[] =>
  parts.map((part) => (part.unit === lead && isOpenPart(part) ? { ...part, state: 'dropped' } : part));
