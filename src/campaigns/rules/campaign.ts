import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import { handedInto } from '../hand-over.ts';
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
    handed: undefined,
  },

  evolve(state, event, stamp) {
    switch (event.kind) {
      case 'campaign.started': {
        const { kind: _, ...fields } = event;
        return { ...fields, stage: 'started', moves: [], ended: undefined, handed: undefined };
      }
      case 'campaign.moved': {
        const { kind: _, ...move } = event;
        return { ...state, moves: [...state.moves, { ...move, by: stamp.actor, at: stamp.at }] };
      }
      case 'campaign.ended':
        return { ...state, until: event.on, ended: { on: event.on, reason: event.reason } };
      case 'campaign.handed-over':
        return { ...state, handed: { on: event.on, duties: event.duties } };
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
    if (state.stage === 'none' || state.plan === undefined) return refuse('campaign.missing');
    if (command.kind === 'campaign.continue') return handOver(state, state.plan, facts);
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

/** Its lasting quotas become duties, in the document in force and in those published for days to come. */
function handOver(state: CampaignState, plan: Plan, { today, handing }: CampaignFacts): CampaignEvent[] | Refusal {
  const { name, area, from, until } = state;
  if (plan.handOver === null) return refuse('campaign.nothing-after');
  if (state.handed !== undefined || handing!.continued) return refuse('campaign.handed-over');
  if (until === null || until >= today) return refuse('campaign.running');
  const { campaign, policy } = handing!;
  let duties: readonly string[] = [];
  const documents = [];
  for (const { document, validFrom } of handing!.documents) {
    const into = handedInto(document, { campaign, name, area, plan, from, until, since: today });
    if (into === undefined) return refuse('campaign.no-duty');
    if (documents.length === 0) duties = into.ids;
    documents.push({ document: into.document, validFrom });
  }
  // Where what it asks is asked already by all the versions, there is nothing to publish.
  const known = handing!.documents.every(({ document }) =>
    duties.every((id) => document.duties.some((d) => d.id === id)),
  );
  return [
    {
      kind: 'campaign.handed-over',
      on: today,
      duties,
      policy,
      documents: known ? [] : documents,
      source: `活动“${name}”（${from} 至 ${until}）：${plan.source}`.slice(0, 500),
      reason: `活动已经结束，接着做的“${plan.handOver.title}”转为任务。`,
    },
  ];
}

function withAmounts(plan: Plan, amounts: Readonly<Record<string, number>>): Plan | undefined {
  const known = new Set(plan.quotas.map((q) => q.code));
  if (Object.keys(amounts).some((code) => !known.has(code))) return undefined;
  const own = <Q extends { readonly code: string; readonly amount: number }>(q: Q): Q => ({
    ...q,
    amount: amounts[q.code] ?? q.amount,
  });
  // What goes on afterwards is the same quota: the county's own amount lives on as well.
  const handOver = plan.handOver === null ? null : { ...plan.handOver, quotas: plan.handOver.quotas.map(own) };
  return { ...plan, quotas: plan.quotas.map(own), handOver };
}
