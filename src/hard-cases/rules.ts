import { addDays, startOfDay } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import type {
  Act,
  HardCase,
  HardCaseCommand,
  HardCaseEvent,
  HardCaseFacts,
  HardCaseState,
  HardCasesPolicy,
  TeamMember,
} from './model.ts';

type Command<K extends HardCaseCommand['kind']> = Extract<HardCaseCommand, { kind: K }>;
type Verdict = HardCaseEvent[] | Refusal;

/**
 * A leader owns a hard case to the end. What they did in person is told apart from what others did; it passes to
 * somebody else only by reason and acceptance, and until then it stays; and no step here ends it but the procedure's
 * own end, decided by somebody who had no hand in it. The resident's word ends the matter, and with it the case.
 */
export const hardCases: Decider<HardCaseState, HardCaseCommand, HardCaseEvent, HardCaseFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { actor }) {
    switch (event.kind) {
      case 'hard-case.proposed': {
        const { matter, chain, unit, leader, by, reason, day, backlog } = event;
        const before = state.status === 'none' ? fresh : state;
        return {
          ...before,
          status: 'proposed',
          matter,
          chain,
          unit,
          leader,
          backlog: backlog ?? before.backlog,
          proposal: { by, reason, day },
        };
      }
      case 'hard-case.adopted': {
        const { matter, chain, unit, leader, team, until, day, personal } = event;
        const before = state.status === 'none' ? fresh : state;
        return {
          ...before,
          status: 'adopted',
          matter,
          chain,
          unit,
          leader,
          team,
          until,
          plan: personal?.plan,
          adoptedOn: day,
        };
      }
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'hard-case.declined': {
        const { leader, reason, day } = event;
        return { ...state, status: 'declined', refusals: [...state.refusals, { leader, reason, day }] };
      }
      case 'hard-case.planned': {
        const { team, until, reason, personal } = event;
        return { ...state, team, until, plan: personal?.plan, changes: [...state.changes, { until, reason }] };
      }
      case 'hard-case.acted': {
        const { sort, day, by, writtenBy, personal } = event;
        const stands = by !== state.leader ? 'delegated' : writtenBy === by ? 'own' : 'said';
        const act: Act = { sort, day, by, writtenBy, state: stands, words: personal?.words, leader: state.leader };
        return { ...state, acts: [...state.acts, act] };
      }
      case 'hard-case.vouched':
        return {
          ...state,
          acts: state.acts.map((act, i) => (i === event.act ? { ...act, state: event.mine ? 'own' : 'denied' } : act)),
        };
      case 'hard-case.handed-over': {
        const { from, to, reason, day } = event;
        const waiting = { from, to, reason, day, outcome: 'waiting' as const, answeredOn: undefined, why: undefined };
        return { ...state, handOvers: [...state.handOvers, waiting] };
      }
      case 'hard-case.kept':
        return { ...state, handOvers: answered(state, 'kept', event.day, event.reason) };
      case 'hard-case.taken': {
        const { leader, team, until, day, personal } = event;
        return {
          ...state,
          leader,
          team,
          until,
          plan: personal?.plan,
          handOvers: answered(state, 'taken', day, undefined),
        };
      }
      case 'hard-case.end-asked': {
        const { ground, document, day, personal } = event;
        return { ...state, endAsked: { by: actor, ground, document, day, words: personal?.words } };
      }
      case 'hard-case.end-refused':
        return { ...state, endAsked: undefined };
      case 'hard-case.ended': {
        const { ground, document, day, reason } = event;
        return { ...state, status: 'ended', endAsked: undefined, ended: { ground, document, day, reason } };
      }
      case 'hard-case.reopened':
        return { ...state, status: 'adopted', ended: undefined };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    const { actor, today, matter } = facts;
    if (matter === undefined) return refuse('hard-case.matter-unknown', 'matter');
    const of = { chain: matter.chain, unit: matter.unit };
    switch (command.kind) {
      case 'hard-case.propose': {
        if (state.status === 'adopted') return refuse('hard-case.adopted');
        if (state.status === 'ended') return refuse('hard-case.ended');
        if (!matter.open) return refuse('hard-case.matter-closed');
        if (!facts.people.has(command.leader)) return refuse('hard-case.leader-unknown', 'leader');
        const { leader, reason, backlog } = command;
        return [
          {
            kind: 'hard-case.proposed',
            matter: command.matter,
            ...of,
            leader,
            by: actor,
            reason,
            day: today,
            ...(backlog === undefined ? {} : { backlog }),
          },
        ];
      }
      case 'hard-case.adopt': {
        if (state.status === 'adopted') return refuse('hard-case.adopted');
        if (state.status === 'ended') return refuse('hard-case.ended');
        if (!matter.open) return refuse('hard-case.matter-closed');
        const fault = undertakingFault(command, facts);
        if (fault !== undefined) return fault;
        const { team, until, plan } = command;
        return [
          {
            kind: 'hard-case.adopted',
            matter: command.matter,
            ...of,
            leader: actor,
            team,
            until,
            day: today,
            personal: { plan },
          },
        ];
      }
    }
    if (state.status === 'none') return refuse('hard-case.unknown');
    switch (command.kind) {
      case 'hard-case.decline':
        return decline(state, command, facts);
      case 'hard-case.reopen':
        return state.status === 'ended'
          ? [{ kind: 'hard-case.reopened', reason: command.reason, day: today }]
          : refuse('hard-case.not-ended');
    }
    if (state.status === 'ended') return refuse('hard-case.ended');
    if (state.status !== 'adopted') return refuse('hard-case.not-adopted');
    switch (command.kind) {
      case 'hard-case.take': {
        const waiting = waitingOf(state);
        if (waiting === undefined || waiting.to !== actor) return refuse('hard-case.not-asked');
        const fault = undertakingFault(command, facts);
        if (fault !== undefined) return fault;
        const { team, until, plan } = command;
        return [
          { kind: 'hard-case.taken', from: waiting.from, leader: actor, team, until, day: today, personal: { plan } },
        ];
      }
      case 'hard-case.act':
        return act(state, command, facts);
      case 'hard-case.decide-end': {
        const asked = state.endAsked;
        if (asked === undefined) return refuse('hard-case.no-end-asked');
        if ([asked.by, state.leader, ...state.team.map((m) => m.official)].includes(actor))
          return refuse('hard-case.own-request');
        const { ground, document } = asked;
        return command.grant
          ? [{ kind: 'hard-case.ended', ground, document, day: today, reason: command.reason }]
          : [{ kind: 'hard-case.end-refused', reason: command.reason }];
      }
    }
    if (actor !== state.leader) return refuse('hard-case.not-leader');
    switch (command.kind) {
      case 'hard-case.plan': {
        const fault = undertakingFault(command, facts);
        if (fault !== undefined) return fault;
        const { team, until, reason, plan } = command;
        return [{ kind: 'hard-case.planned', team, until, reason, personal: { plan } }];
      }
      case 'hard-case.vouch': {
        const found = state.acts[command.act];
        if (found === undefined) return refuse('hard-case.act-unknown', 'act');
        if (found.state !== 'said' || found.by !== actor) return refuse('hard-case.act-answered', 'act');
        return [{ kind: 'hard-case.vouched', act: command.act, mine: command.mine, day: today }];
      }
      case 'hard-case.hand-over': {
        if (waitingOf(state) !== undefined) return refuse('hard-case.hand-over-pending');
        if (command.leader === actor) return refuse('hard-case.hand-over-self', 'leader');
        if (!facts.people.has(command.leader)) return refuse('hard-case.leader-unknown', 'leader');
        const { leader: to, reason } = command;
        return [{ kind: 'hard-case.handed-over', from: actor, to, reason, day: today }];
      }
      case 'hard-case.ask-end': {
        if (state.endAsked !== undefined) return refuse('hard-case.end-pending');
        const { ground, document, day, words } = command;
        if (day > today) return refuse('hard-case.day-outside', 'day');
        return [{ kind: 'hard-case.end-asked', ground, document, day, personal: { words } }];
      }
    }
  },
};

const fresh: HardCase = {
  status: 'proposed',
  matter: '',
  chain: [],
  unit: '',
  backlog: undefined,
  leader: '',
  proposal: undefined,
  refusals: [],
  adoptedOn: undefined,
  team: [],
  plan: undefined,
  until: undefined,
  changes: [],
  acts: [],
  handOvers: [],
  endAsked: undefined,
  ended: undefined,
};

/** A hand-over that has not been answered: the leader is still the one before. */
export const waitingOf = (state: HardCase) => state.handOvers.find(({ outcome }) => outcome === 'waiting');

/**
 * What is owed: the word of a leader who was asked; by whoever has it, its end by the day they set, and something done in
 * person within the days of the policy. What the team does is the leader's to see to.
 */
export function hardCasesOwed(state: HardCaseState, { quietDays }: Pick<HardCasesPolicy, 'quietDays'>): Owed[] {
  if (state.status !== 'proposed' && state.status !== 'adopted') return [];
  const { leader, matter, proposal, adoptedOn, until } = state;
  if (state.status === 'proposed')
    return proposal === undefined
      ? []
      : [
          {
            run: `adopt ${leader} ${proposal.day}`,
            kind: 'adopt',
            official: leader,
            since: startOfDay(proposal.day),
            matter,
          },
        ];
  const waiting = waitingOf(state);
  if (adoptedOn === undefined) return [];
  const since = startOfDay(adoptedOn);
  const acted = state.acts
    .flatMap((act) => (act.state === 'own' && act.leader === leader ? act.day : []))
    .toSorted()
    .at(-1);
  const quiet = acted ?? adoptedOn;
  return [
    ...(until === undefined
      ? []
      : [{ run: 'end', kind: 'hard-case' as const, official: leader, due: until, since, matter }]),
    {
      run: `act ${quiet}`,
      kind: 'own-act',
      official: leader,
      due: addDays(quiet, quietDays),
      since: startOfDay(quiet),
      matter,
    },
    ...(waiting === undefined
      ? []
      : [
          {
            run: `adopt ${waiting.to} ${waiting.day}`,
            kind: 'adopt' as const,
            official: waiting.to,
            since: startOfDay(waiting.day),
            matter,
          },
        ]),
  ];
}

const answered = (state: HardCase, outcome: 'taken' | 'kept', day: string, why: string | undefined) =>
  state.handOvers.map((h) => (h.outcome === 'waiting' ? { ...h, outcome, answeredOn: day, why } : h));

function undertakingFault(
  { team, until }: { team: readonly TeamMember[]; until: string },
  { people, today }: HardCaseFacts,
): Refusal | undefined {
  if (!team.every(({ official }) => people.has(official))) return refuse('hard-case.team-unknown', 'team');
  return until <= today ? refuse('hard-case.until-past', 'until') : undefined;
}

/** Said no to, the proposal is over; a hand-over that is not taken leaves the case where it was. */
function decline(state: HardCase, { reason }: Command<'hard-case.decline'>, { actor, today }: HardCaseFacts): Verdict {
  if (state.status === 'proposed' && state.leader === actor)
    return [{ kind: 'hard-case.declined', leader: actor, reason, day: today }];
  const waiting = state.status === 'adopted' ? waitingOf(state) : undefined;
  if (waiting === undefined || waiting.to !== actor) return refuse('hard-case.not-asked');
  return [{ kind: 'hard-case.kept', from: waiting.from, to: actor, reason, day: today }];
}

/** What was done in person is the leader's to say: written down by somebody else it waits for their word. */
function act(state: HardCase, command: Command<'hard-case.act'>, { actor, today }: HardCaseFacts): Verdict {
  const team = state.team.map(({ official }) => official);
  if (actor !== state.leader && !team.includes(actor)) return refuse('hard-case.not-of-team');
  const { sort, day, words, by = state.leader } = command;
  if (by !== state.leader && !team.includes(by)) return refuse('hard-case.team-unknown', 'by');
  if (day > today || day < state.adoptedOn!) return refuse('hard-case.day-outside', 'day');
  return [{ kind: 'hard-case.acted', sort, day, by, writtenBy: actor, personal: { words } }];
}

/** What somebody could ask of the case next, before their posts are looked at. */
export function possible(state: HardCaseState, actor: string, open: boolean): HardCaseCommand['kind'][] {
  if (state.status === 'none') return open ? ['hard-case.adopt', 'hard-case.propose'] : [];
  if (state.status === 'ended') return ['hard-case.reopen'];
  if (state.status !== 'adopted') {
    const asked = state.status === 'proposed' && state.leader === actor;
    return [
      ...(open && (asked || state.status === 'declined') ? (['hard-case.adopt'] as const) : []),
      ...(asked ? (['hard-case.decline'] as const) : []),
      ...(open && !asked ? (['hard-case.propose'] as const) : []),
    ];
  }
  const waiting = waitingOf(state);
  const team = state.team.some(({ official }) => official === actor);
  const leads = state.leader === actor;
  const kinds: readonly (HardCaseCommand['kind'] | false)[] = [
    waiting?.to === actor && 'hard-case.take',
    waiting?.to === actor && 'hard-case.decline',
    (leads || team) && 'hard-case.act',
    leads && state.acts.some((a) => a.state === 'said' && a.by === actor) && 'hard-case.vouch',
    leads && 'hard-case.plan',
    leads && waiting === undefined && 'hard-case.hand-over',
    leads && state.endAsked === undefined && 'hard-case.ask-end',
    !leads && !team && state.endAsked !== undefined && state.endAsked.by !== actor && 'hard-case.decide-end',
  ];
  return kinds.filter((kind) => kind !== false);
}
