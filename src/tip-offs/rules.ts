import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import { type Concerned, isNear, readersOf } from './conflict.ts';
import type {
  TipCircle,
  TipCircleCommand,
  TipCircleEvent,
  TipCircleFacts,
  TipOff,
  TipOffCommand,
  TipOffEvent,
  TipOffFacts,
  TipOffState,
} from './model.ts';

type Command<K extends TipOffCommand['kind']> = Extract<TipOffCommand, { kind: K }>;

/** Who is named to read tip-offs. One proposes, another confirms; anybody of them is taken off by one. */
export const tipCircles: Decider<TipCircle, TipCircleCommand, TipCircleEvent, TipCircleFacts> = {
  initial: { proposed: [], keepers: [] },

  evolve(state, event, stamp) {
    switch (event.kind) {
      case 'tip-circle.proposed': {
        const { official, seat, reason, by } = event;
        return { ...state, proposed: [...state.proposed, { official, seat, reason, by }] };
      }
      case 'tip-circle.confirmed': {
        const asked = state.proposed.find((p) => p.official === event.official);
        if (asked === undefined) return state;
        const { official, seat } = asked;
        return {
          proposed: state.proposed.filter((p) => p !== asked),
          keepers: [
            ...state.keepers,
            { official, seat, since: dayOf(stamp.at), proposedBy: asked.by, confirmedBy: event.by },
          ],
        };
      }
      case 'tip-circle.removed':
        return {
          proposed: state.proposed.filter((p) => p.official !== event.official),
          keepers: state.keepers.filter((k) => k.official !== event.official),
        };
      default:
        return state;
    }
  },

  decide(state, command, { actor, fit }) {
    const { official } = command;
    const asked = state.proposed.find((p) => p.official === official);
    const there = state.keepers.some((k) => k.official === official);
    switch (command.kind) {
      case 'tip-circle.propose':
        if (!fit) return refuse('tip-circle.unfit', 'official');
        if (there || asked !== undefined) return refuse('tip-circle.there', 'official');
        if (official === actor) return refuse('tip-circle.alone', 'official');
        return [{ kind: 'tip-circle.proposed', official, seat: command.seat, reason: command.reason, by: actor }];
      case 'tip-circle.confirm':
        if (asked === undefined) return refuse('tip-circle.not-proposed', 'official');
        if (asked.by === actor || official === actor) return refuse('tip-circle.alone', 'official');
        // Whoever took up a post in between that bars them is not confirmed.
        if (!fit) return refuse('tip-circle.unfit', 'official');
        return [{ kind: 'tip-circle.confirmed', official, by: actor }];
      case 'tip-circle.remove':
        if (!there && asked === undefined) return refuse('tip-circle.not-there', 'official');
        return [{ kind: 'tip-circle.removed', official, reason: command.reason, by: actor }];
    }
  },
};

const OVER = new Set<string>(['substantiated', 'partly', 'not', 'elsewhere']);

/** received → verifying → found → (another agrees) substantiated · partly · not · elsewhere. Nobody decides alone. */
export const tipOffs: Decider<TipOffState, TipOffCommand, TipOffEvent, TipOffFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'tip-off.filed') {
      const { kind: _, personal, ...rest } = event;
      return {
        ...rest,
        status: 'received',
        filedAt: stamp.at,
        about: personal?.about,
        words: personal?.words,
        class: personal?.class ?? 'other',
        code: personal?.code,
        readers: personal?.readers ?? [],
        officials: [],
        units: [],
        raised: undefined,
        heard: [],
        concluded: undefined,
        closedOn: undefined,
        story: [],
      };
    }
    if (state.status === 'none') return state;
    const told = (words?: string): TipOff => ({
      ...state,
      story: [...state.story, { at: stamp.at, by: stamp.actor, what: event.kind, words }],
    });
    switch (event.kind) {
      case 'tip-off.concerned':
        return {
          ...told(),
          officials: event.personal?.officials ?? [],
          units: event.personal?.units ?? [],
          readers: event.personal?.readers ?? [],
          upward: event.upward,
        };
      case 'tip-off.stepped-back':
        return { ...told(event.personal?.reason), readers: event.personal?.readers ?? [], upward: event.upward };
      case 'tip-off.admitted': {
        const readers = event.personal?.readers ?? [];
        return { ...told(), readers, upward: readers.length < 2 };
      }
      case 'tip-off.started':
        return { ...told(event.personal?.plan), status: 'verifying' };
      case 'tip-off.noted':
        return told(event.personal?.words);
      case 'tip-off.added':
        return told(event.personal?.words);
      case 'tip-off.raised':
        return { ...told(event.personal?.by), raised: { by: event.personal?.by ?? '', due: event.due } };
      case 'tip-off.heard':
        return event.personal === undefined ? told() : { ...told(), heard: [...state.heard, event.personal] };
      case 'tip-off.concluded':
        return event.personal === undefined
          ? told()
          : { ...told(event.personal.words), status: 'found', concluded: { by: stamp.actor, ...event.personal } };
      case 'tip-off.sent-back':
        return { ...told(event.personal?.words), status: 'verifying', concluded: undefined };
      case 'tip-off.closed':
        return { ...told(), status: event.finding, closedOn: dayOf(stamp.at) };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'tip-off.file')
      return state.status === 'none' ? file(command, facts) : refuse('tip-off.exists');
    if (state.status === 'none') return refuse('tip-off.unknown');
    if (OVER.has(state.status)) return refuse('tip-off.over');
    const { readers } = facts;
    switch (command.kind) {
      case 'tip-off.add':
        return [{ kind: 'tip-off.added', personal: { words: command.words } }];
      case 'tip-off.concern': {
        if (!facts.known) return refuse('tip-off.person-unknown', 'officials');
        const { officials, units } = command;
        const concerned = concernedBy(state, officials, [...units, ...facts.unitsOf]);
        // Only those who could read it before are asked again, and alternates where too few are left.
        const kept = facts.circle.filter((k) => readers.includes(k.official) || k.seat === 'alternate');
        return [
          {
            kind: 'tip-off.concerned',
            ...split(readersOf(kept, concerned), (after) => ({ officials, units, readers: after })),
          },
        ];
      }
      case 'tip-off.step-back': {
        const concerned = concernedBy(state, state.officials, [...state.units, ...facts.unitsOf]);
        const kept = facts.circle.filter((k) => readers.includes(k.official) || k.seat === 'alternate');
        return [
          {
            kind: 'tip-off.stepped-back',
            ...split(readersOf(kept, concerned, [facts.actor]), (after) => ({
              official: facts.actor,
              reason: command.reason,
              readers: after,
            })),
          },
        ];
      }
      case 'tip-off.admit': {
        const keeper = facts.circle.find((k) => k.official === command.official);
        const concerned = concernedBy(state, state.officials, [...state.units, ...facts.unitsOf]);
        const left = state.story.some((s) => s.what === 'tip-off.stepped-back' && s.by === command.official);
        if (keeper === undefined || isNear(keeper, concerned) || left)
          return refuse('tip-off.unfit-reader', 'official');
        if (readers.includes(command.official)) return [];
        return [{ kind: 'tip-off.admitted', personal: { readers: [...readers, command.official] } }];
      }
      case 'tip-off.start':
        if (state.status !== 'received') return refuse('tip-off.started');
        return [{ kind: 'tip-off.started', personal: { plan: command.plan } }];
      case 'tip-off.note':
        return [{ kind: 'tip-off.noted', personal: { words: command.words } }];
      case 'tip-off.raise':
        return [{ kind: 'tip-off.raised', due: command.due, personal: { by: command.by } }];
      case 'tip-off.hear': {
        if (state.status !== 'verifying') return refuse('tip-off.not-verifying');
        if (!state.officials.includes(command.official)) return refuse('tip-off.not-concerned', 'official');
        const { official, on, words } = command;
        return [{ kind: 'tip-off.heard', personal: { official, on, words } }];
      }
      case 'tip-off.conclude':
        return conclude(state, command);
      case 'tip-off.approve': {
        const { concluded } = state;
        if (state.status !== 'found' || concluded === undefined) return refuse('tip-off.nothing-found');
        if (concluded.by === facts.actor) return refuse('tip-off.alone');
        if (!command.agree) return [{ kind: 'tip-off.sent-back', personal: { words: command.words ?? '' } }];
        const { finding, decisions } = concluded;
        return [
          {
            kind: 'tip-off.closed',
            finding,
            class: state.class,
            ...(decisions.length === 0 ? {} : { personal: { decisions } }),
          },
        ];
      }
    }
  },
};

/** Readers and whether they are too few, with the readers among the personal parts. */
const split = <P>({ readers, upward }: { readers: string[]; upward: boolean }, personal: (readers: string[]) => P) => ({
  upward,
  personal: personal(readers),
});

const concernedBy = (state: TipOff, officials: readonly string[], units: readonly string[]): Concerned => ({
  about: state.about ?? '',
  words: state.words ?? '',
  officials,
  units,
});

function file(command: Command<'tip-off.file'>, facts: TipOffFacts): TipOffEvent[] | Refusal {
  const { channel, about, words, class: sort, named } = command;
  const { readers, upward } = readersOf(facts.circle, { about, words, officials: [], units: [] });
  return [
    {
      kind: 'tip-off.filed',
      channel,
      number: facts.fresh!.number,
      named,
      due: addDays(dayOf(facts.at), facts.policy.answerDays),
      upward,
      personal: { about, words, class: sort, code: facts.fresh!.code, readers },
    },
  ];
}

function conclude(state: TipOff, command: Command<'tip-off.conclude'>): TipOffEvent[] | Refusal {
  if (state.status !== 'verifying') return refuse('tip-off.not-verifying');
  const { finding, words, answer, decisions } = command;
  const isTrue = finding === 'substantiated' || finding === 'partly';
  if (!isTrue && decisions.length > 0) return refuse('tip-off.nothing-true', 'decisions');
  for (const [i, { official }] of decisions.entries()) {
    if (!state.officials.includes(official)) return refuse('tip-off.not-concerned', `decisions.${i}.official`);
    if (!state.heard.some((h) => h.official === official)) return refuse('tip-off.unheard', `decisions.${i}.official`);
  }
  if (isTrue && state.officials.some((who) => !state.heard.some((h) => h.official === who)))
    return refuse('tip-off.unheard', 'finding');
  return [{ kind: 'tip-off.concluded', personal: { finding, words, answer, decisions } }];
}

/** What could be asked of it by one of those who read it. */
export function possible(state: TipOffState): TipOffCommand['kind'][] {
  if (state.status === 'none') return ['tip-off.file'];
  if (OVER.has(state.status)) return [];
  return [
    ...(state.status === 'received' ? (['tip-off.start'] as const) : []),
    ...(state.status === 'verifying' ? (['tip-off.hear', 'tip-off.conclude'] as const) : []),
    ...(state.status === 'found' ? (['tip-off.approve'] as const) : []),
    'tip-off.concern',
    'tip-off.note',
    'tip-off.raise',
    'tip-off.admit',
    'tip-off.step-back',
  ];
}
