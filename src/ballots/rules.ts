import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import {
  type Ballot,
  type BallotCommand,
  type BallotEvent,
  type BallotFacts,
  type BallotState,
  type Cast,
  type Subject,
  type Sums,
  halfOf,
} from './model.ts';

type Command<K extends BallotCommand['kind']> = Extract<BallotCommand, { kind: K }>;

/** Whether somebody has nothing to do with those who are rated: not one of them, and of none of their units. */
export const isFree = (subjects: readonly Subject[], who: string, units: readonly string[]): boolean =>
  subjects.every(({ official, units: theirs }) => official !== who && !theirs.some((unit) => units.includes(unit)));

/** Whether votes are taken on that day. */
export const isOn = ({ status, ended, until }: Pick<Ballot, 'status' | 'ended' | 'until'>, day: string): boolean =>
  status === 'open' && !ended && day <= until;

/** Whether an elector's one ballot is used up, on the web or on paper. */
export const isUsed = (state: Ballot, elector: number): boolean =>
  state.drawn[elector] !== undefined || state.taken.includes(elector);

/** open → (the last day, or ended before) → closed; or void. One ballot for each elector, drawn on the web or on paper. */
export const ballots: Decider<BallotState, BallotCommand, BallotEvent, BallotFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'ballot.opened') {
      const { kind: _, personal, electors, ...opened } = event;
      return {
        ...opened,
        status: 'open',
        openedAt: stamp.at,
        ended: false,
        size: electors,
        electors: personal?.electors ?? [],
        signing: personal?.signing,
        secret: personal?.secret,
        drawn: {},
        taken: [],
        printed: 0,
        slips: undefined,
        papers: undefined,
        closedAt: undefined,
        outcome: undefined,
        reason: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'ballot.slips-printed':
        return { ...state, slips: { by: stamp.actor, at: stamp.at } };
      case 'ballot.papers-printed':
        return {
          ...state,
          printed: state.printed + event.sheets,
          papers: { by: stamp.actor, at: stamp.at, first: state.printed },
        };
      case 'ballot.paper-taken':
        return { ...state, taken: [...state.taken, event.elector] };
      case 'ballot.drawn':
        return { ...state, drawn: { ...state.drawn, [event.elector]: event.blinded } };
      case 'ballot.ended':
        return { ...state, ended: true, reason: event.reason };
      case 'ballot.closed': {
        const { enough, receipts = [], papers, personal } = event;
        return {
          ...over(state),
          status: 'closed',
          closedAt: stamp.at,
          outcome: { enough, receipts, papers, sums: personal?.sums ?? {} },
        };
      }
      case 'ballot.voided':
        return { ...over(state), status: 'void', closedAt: stamp.at, reason: event.reason };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'ballot.open') return state.status === 'none' ? open(command, facts) : refuse('ballot.exists');
    if (state.status === 'none') return refuse('ballot.unknown');
    if (state.status !== 'open') return refuse('ballot.not-open');
    const day = dayOf(facts.at);
    if (command.kind === 'ballot.draw') {
      if (!isOn(state, day)) return refuse('ballot.over');
      if (command.elector >= state.electors.length) return refuse('ballot.elector-unknown');
      if (isUsed(state, command.elector)) return refuse('ballot.used');
      return [{ kind: 'ballot.drawn', elector: command.elector, blinded: command.blinded }];
    }
    if (!isFree(state.subjects, facts.actor, facts.units)) return refuse('ballot.rated');
    switch (command.kind) {
      case 'ballot.print-slips':
        return isOn(state, day) ? [{ kind: 'ballot.slips-printed' }] : refuse('ballot.over');
      case 'ballot.print-papers':
        if (!isOn(state, day)) return refuse('ballot.over');
        if (state.printed + command.sheets > 2 * state.size) return refuse('ballot.papers-enough', 'sheets');
        return [{ kind: 'ballot.papers-printed', sheets: command.sheets }];
      case 'ballot.take-paper':
        if (!isOn(state, day)) return refuse('ballot.over');
        if (command.elector >= state.electors.length) return refuse('ballot.elector-unknown', 'elector');
        if (isUsed(state, command.elector)) return refuse('ballot.used', 'elector');
        if (state.taken.length >= state.printed) return refuse('ballot.no-papers');
        return [{ kind: 'ballot.paper-taken', elector: command.elector }];
      case 'ballot.end':
        return isOn(state, day) ? [{ kind: 'ballot.ended', reason: command.reason }] : refuse('ballot.over');
      case 'ballot.close':
        return isOn(state, day) ? refuse('ballot.still-on') : close(state, command, facts);
      case 'ballot.void':
        return [{ kind: 'ballot.voided', reason: command.reason }];
    }
  },
};

/** Who was asked, and every key, is needed no more. */
const over = (state: Ballot): Ballot => ({
  ...state,
  electors: [],
  signing: undefined,
  secret: undefined,
  drawn: {},
  taken: [],
  slips: undefined,
  papers: undefined,
});

function open(command: Command<'ballot.open'>, facts: BallotFacts): BallotEvent[] | Refusal {
  const { place, office, subjects, households, policy, keys, seed, at } = facts;
  if (place === undefined || (place.level !== 'village' && place.level !== 'township'))
    return refuse('ballot.place-wrong', 'area');
  if (office === undefined) return refuse('ballot.no-office');
  if (subjects.length === 0) return refuse('ballot.nobody-stationed', 'area');
  if (!isFree(subjects, facts.actor, facts.units)) return refuse('ballot.rated');
  if (facts.held) return refuse('ballot.held', 'area');
  const today = dayOf(at);
  const { until } = command;
  if (until < addDays(today, policy.days.shortest) || until > addDays(today, policy.days.longest))
    return refuse('ballot.days-wrong', 'until');
  const electors = households.slice(0, Math.min(policy.most, Math.ceil(households.length * policy.share)));
  if (electors.length < policy.least || keys === undefined) return refuse('ballot.too-few-households', 'area');
  return [
    {
      kind: 'ballot.opened',
      area: command.area,
      chain: place.chain,
      half: halfOf(today),
      until,
      office,
      subjects,
      grades: policy.grades,
      least: policy.least,
      households: households.length,
      electors: electors.length,
      seed,
      key: keys.key,
      personal: { electors, signing: keys.signing, secret: keys.secret },
    },
  ];
}

function close(state: Ballot, command: Command<'ballot.close'>, { urn }: BallotFacts): BallotEvent[] | Refusal {
  // Nothing was ever drawn or taken: there was nothing to put in.
  const drawn = Object.keys(state.drawn).length;
  if (urn === undefined && drawn + state.taken.length > 0) return refuse('ballot.urn-lost');
  const { web, papers, halves } = urn ?? { web: [], papers: [], halves: [] };
  if (halves.length > 0) return refuse('ballot.papers-halfway');
  const { spoiled, notReturned } = command;
  const taken = state.taken.length;
  if (taken !== papers.length + spoiled + notReturned) return refuse('ballot.papers-mismatch', 'notReturned');
  if (web.length > drawn) return refuse('ballot.too-many');
  const cast = [...web, ...papers];
  if (cast.length < state.least) return [{ kind: 'ballot.closed', enough: false }];
  return [
    {
      kind: 'ballot.closed',
      enough: true,
      receipts: cast.map(({ receipt }) => receipt).toSorted(),
      papers: { printed: state.printed, taken, entered: papers.length, spoiled, notReturned },
      personal: { sums: sumsOf(state, cast) },
    },
  ];
}

/** How often each grade was given to each official; of whom too few rated, nothing. */
function sumsOf({ subjects, grades, least }: Ballot, cast: readonly Cast[]): Sums {
  return Object.fromEntries(
    subjects.map(({ official }, i) => {
      const given = grades.map((_, grade) => cast.filter(({ choices }) => choices[i] === String(grade)).length);
      return [official, given.reduce((a, b) => a + b, 0) < least ? null : given];
    }),
  );
}

/** What could be asked of a review as it stands. */
export function possibleOf(state: Ballot, day: string, free: boolean): BallotCommand['kind'][] {
  if (state.status !== 'open' || !free) return [];
  return isOn(state, day)
    ? ['ballot.print-slips', 'ballot.print-papers', 'ballot.take-paper', 'ballot.end', 'ballot.void']
    : ['ballot.close', 'ballot.void'];
}
