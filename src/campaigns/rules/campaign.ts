import { addDays } from '../../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import type { CampaignCommand, CampaignEvent, CampaignFacts, CampaignState, Plan } from '../model.ts';
import { breakdown, isMovable, lastDayOf } from '../plan.ts';

/** A campaign from its start to its end (row B5). Its plan is copied when it starts: a template changed later changes nothing. */
export const campaigns: Decider<CampaignState, CampaignCommand, CampaignEvent, CampaignFacts> = {
  initial: {
    stage: 'none',
    name: '',
    area: '',
    chain: [],
    from: '',
    until: null,
    plan: undefined,
    moves: [],
    ended: undefined,
    before: null,
  },

  evolve(state, event, stamp) {
    switch (event.kind) {
      case 'campaign.started': {
        const { kind: _, ...fields } = event;
        return { ...fields, stage: 'started', moves: [], ended: undefined };
      }
      case 'campaign.moved': {
        const { kind: _, ...move } = event;
        return { ...state, moves: [...state.moves, { ...move, by: stamp.actor, at: stamp.at }] };
      }
      case 'campaign.ended':
        return { ...state, until: event.on, ended: { on: event.on, reason: event.reason } };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'campaign.start') {
      if (state.stage !== 'none') return refuse('campaign.exists');
      if (facts.template === undefined) return refuse('campaign.no-template', 'template');
      if (facts.chain.length === 0 || facts.chain.length > 2) return refuse('campaign.no-area', 'area');
      const { name, area, from, amounts } = command;
      const plan = withAmounts(facts.template, amounts);
      if (plan === undefined) return refuse('campaign.no-quota', 'amounts');
      const { chain } = facts;
      return [{ kind: 'campaign.started', name, area, chain, from, until: lastDayOf(plan, from), plan, before: null }];
    }
    if (command.kind === 'campaign.continue') return goOn(state, command.campaign, facts);
    if (state.stage === 'none' || state.plan === undefined) return refuse('campaign.missing');
    if (command.kind === 'campaign.end') {
      const { on, reason } = command;
      if (state.ended !== undefined) return refuse('campaign.ended');
      if (on < state.from) return refuse('campaign.ends-early', 'on');
      if (state.until !== null && on > state.until) return refuse('campaign.ends-late', 'on');
      return [{ kind: 'campaign.ended', on, reason }];
    }
    return move(state, state.plan, command, facts);
  },
};

type MoveCommand = Extract<CampaignCommand, { kind: 'campaign.move' }>;

function move(state: CampaignState, plan: Plan, command: MoveCommand, facts: CampaignFacts) {
  const { quota: code, team, from, to, amount, reason } = command;
  if (state.until !== null && facts.today > state.until) return refuse('campaign.ended');
  const quota = plan.quotas.find((q) => q.code === code);
  if (quota === undefined) return refuse('campaign.no-quota', 'quota');
  // Ended early, its figures stay where the plan had them: only what was moved moves.
  const until = lastDayOf(plan, state.from);
  if (!isMovable(quota) || until === null) return refuse('campaign.fixed', 'quota');
  const fits = quota.of === 'campaign' ? team === null : team !== null && facts.team?.group === (quota.of === 'group');
  if (!fits) return refuse('campaign.no-team', 'team');
  if (from === to) return refuse('campaign.same-month', 'to');
  const shares = breakdown(quota, { from: state.from, until }, state.moves, team);
  const had = shares.get(from);
  if (had === undefined) return refuse('campaign.no-month', 'from');
  if (!shares.has(to)) return refuse('campaign.no-month', 'to');
  const month = facts.today.slice(0, 7);
  if (from < month) return refuse('campaign.month-over', 'from');
  if (to < month) return refuse('campaign.month-over', 'to');
  if (amount > had) return refuse('campaign.too-much', 'amount');
  return [{ kind: 'campaign.moved' as const, quota: code, team, from, to, amount, reason }];
}

function goOn(state: CampaignState, before: string, facts: CampaignFacts): CampaignEvent[] | Refusal {
  if (state.stage !== 'none') return refuse('campaign.exists');
  const old = facts.before;
  if (old === undefined) return refuse('campaign.missing', 'campaign');
  const { plan, until, area, chain } = old;
  if (plan.handOver === null) return refuse('campaign.nothing-after');
  if (old.continued) return refuse('campaign.handed-over');
  if (until === null || until >= facts.today) return refuse('campaign.running');
  const { title, quotas } = plan.handOver;
  const standing: Plan = {
    ...plan,
    title,
    standing: true,
    stages: [{ code: 'standing', title: '长期坚持', months: 1, what: `接着“${plan.title}”做。` }],
    quotas,
    handOver: null,
  };
  const from = addDays(until, 1);
  return [{ kind: 'campaign.started', name: title, area, chain, from, until: null, plan: standing, before }];
}

function withAmounts(plan: Plan, amounts: Readonly<Record<string, number>>): Plan | undefined {
  const known = new Set(plan.quotas.map((q) => q.code));
  if (Object.keys(amounts).some((code) => !known.has(code))) return undefined;
  return { ...plan, quotas: plan.quotas.map((q) => ({ ...q, amount: amounts[q.code] ?? q.amount })) };
}
