import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import { isAdult } from '../visits/rules.ts';
import type {
  FestivalCommand,
  FestivalEvent,
  FestivalFacts,
  FestivalState,
  Gift,
  GiftCommand,
  GiftEvent,
  GiftFacts,
  GiftState,
} from './model.ts';

/** One round of visits: opened with its groups as they are found that day, closed by hand. */
export const festivals: Decider<FestivalState, FestivalCommand, FestivalEvent, FestivalFacts> = {
  initial: { status: 'none' },

  evolve(state, event) {
    if (event.kind === 'festival.opened') {
      const { name, day, starts, chain, groups, sources } = event;
      return { status: 'open', name, day, starts, chain, groups, sources };
    }
    return state.status !== 'none' && event.kind === 'festival.closed' ? { ...state, status: 'closed' } : state;
  },

  decide(state, command, facts) {
    if (command.kind === 'festival.close') {
      if (state.status === 'none') return refuse('festival.unknown');
      return state.status === 'closed' ? refuse('festival.closed') : [{ kind: 'festival.closed' }];
    }
    if (state.status !== 'none') return refuse('festival.exists');
    const { name, day, starts, sources } = command;
    if (facts.chain === undefined) return refuse('festival.area-unknown', 'area');
    if (starts >= day) return refuse('festival.days', 'starts');
    const known = new Map(facts.groups.map((g) => [g.name, g]));
    const wanted = [...new Set(command.groups)];
    if (wanted.some((g) => !known.has(g))) return refuse('festival.group-unknown', 'groups');
    if (new Set(sources.map((s) => s.name)).size < sources.length) return refuse('festival.source-twice', 'sources');
    const groups = wanted.map((g) => {
      const { need, age } = known.get(g)!;
      return { name: g, ...(need === undefined ? {} : { need }), ...(age === undefined ? {} : { age }) };
    });
    return [{ kind: 'festival.opened', name, day, starts, chain: facts.chain, groups, sources }];
  },
};

/** What is given to one household: three steps, at least two persons, and the household's hand under it. */
export const gifts: Decider<GiftState, GiftCommand, GiftEvent, GiftFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'gift.proposed') {
      const { festival, household, chain, source, cents, goods, by } = event;
      return {
        status: 'proposed',
        festival,
        household,
        chain,
        source,
        cents,
        goods,
        proposedBy: by,
        decidedBy: undefined,
        given: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'gift.approved':
        return { ...state, status: 'approved', decidedBy: event.by };
      case 'gift.refused':
        return { ...state, status: 'refused', decidedBy: event.by };
      case 'gift.given': {
        const { official, visit, by } = event;
        return { ...state, status: 'given', given: { official, at: stamp.at, visit, by } };
      }
      case 'gift.declined':
        return { ...state, status: 'declined' };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'gift.propose') {
      if (state.status !== 'none') return refuse('gift.exists');
      return propose(command, facts);
    }
    if (state.status === 'none') return refuse('gift.unknown');
    if (state.status === 'given' || state.status === 'declined' || state.status === 'refused')
      return refuse('gift.settled');
    switch (command.kind) {
      case 'gift.decide': {
        if (state.status !== 'proposed') return refuse('gift.decided');
        if (facts.actor === state.proposedBy) return refuse('gift.own-approval');
        if (!command.grant)
          return command.reason.length < 2
            ? refuse('gift.reason-missing', 'reason')
            : [{ kind: 'gift.refused', by: facts.actor, reason: command.reason }];
        const limit = facts.festival?.sources.find((s) => s.name === state.source)?.limit ?? null;
        if (limit !== null && facts.spent + state.cents > limit) return refuse('gift.over-limit');
        return [{ kind: 'gift.approved', by: facts.actor }];
      }
      case 'gift.hand-over': {
        if (state.status !== 'approved') return refuse('gift.not-approved');
        if (facts.actor === state.decidedBy) return refuse('gift.approver-hands-over');
        if (facts.visit === undefined) return refuse('gift.not-visited');
        const { by, signature } = command;
        const member = facts.household?.residents.find((r) => r.id === by);
        if (member === undefined || by === facts.actor) return refuse('gift.not-of-household', 'by');
        if (!isAdult(member.bornYear, Number(facts.today.slice(0, 4)))) return refuse('gift.not-adult', 'by');
        return [{ kind: 'gift.given', official: facts.actor, visit: facts.visit, by, personal: { signature } }];
      }
      case 'gift.decline':
        return [{ kind: 'gift.declined', by: facts.actor, personal: { reason: command.reason } }];
    }
  },
};

function propose(
  { festival, household, source, cents, goods }: Extract<GiftCommand, { kind: 'gift.propose' }>,
  facts: GiftFacts,
): GiftEvent[] | Refusal {
  if (facts.festival === undefined) return refuse('festival.unknown', 'festival');
  if (!facts.festival.open) return refuse('festival.closed', 'festival');
  if (facts.household === undefined) return refuse('gift.household-unknown', 'household');
  const { chain } = facts.household;
  if (!facts.festival.chain.every((area) => chain.includes(area))) return refuse('gift.outside', 'household');
  if (!facts.festival.sources.some((s) => s.name === source)) return refuse('gift.source-unknown', 'source');
  if (cents === 0 && goods === '') return refuse('gift.nothing', 'cents');
  if (facts.doubled) return refuse('gift.doubled', 'source');
  return [{ kind: 'gift.proposed', festival, household, chain, source, cents, goods, by: facts.actor }];
}

/** What this official could ask of a gift as it stands, before their posts are looked at. */
export function possible(gift: Gift, official: string): GiftCommand['kind'][] {
  if (gift.status === 'proposed')
    return official === gift.proposedBy ? ['gift.decline'] : ['gift.decide', 'gift.decline'];
  if (gift.status === 'approved')
    return official === gift.decidedBy ? ['gift.decline'] : ['gift.hand-over', 'gift.decline'];
  return [];
}
