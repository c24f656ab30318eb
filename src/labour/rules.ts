import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { LabourCommand, LabourEvent, LabourFacts, LabourState, Part, Written } from './model.ts';

type Command<K extends LabourCommand['kind']> = Extract<LabourCommand, { kind: K }>;

/** Whether two entries of one day lie over each other. */
export const overlaps = (a: Part, b: Part): boolean => a === 'day' || b === 'day' || a === b;

/** The rules of a labour entry: the worker's until the village has said it was so; then it stands. */
export const labours: Decider<LabourState, LabourCommand, LabourEvent, LabourFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'labour.recorded') {
      const { official, unit } = event;
      return { status: 'recorded', official, unit, ...writtenOf(event), standing: { is: 'open' } };
    }
    if (state.status !== 'recorded') return state;
    switch (event.kind) {
      case 'labour.corrected':
        // What was put right is looked at again.
        return { ...state, ...writtenOf(event), standing: { is: 'open' } };
      case 'labour.withdrawn':
        return { status: 'withdrawn' };
      case 'labour.confirmed': {
        const by = event.means === 'account' ? event.by : undefined;
        const who = event.means === 'signature' ? event.personal : undefined;
        const signer = who === undefined ? '' : `${who.office} ${who.signer}`;
        return { ...state, standing: { is: 'confirmed', at: stamp.at, by, signer } };
      }
      case 'labour.returned':
        return { ...state, standing: { is: 'returned', reason: event.reason, by: event.by } };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'labour.record') {
      if (state.status !== 'none') return refuse('labour.exists');
      if (facts.unit === undefined) return refuse('access.denied');
      const written = fit(command, facts);
      if ('refused' in written) return written;
      return [{ kind: 'labour.recorded', official: facts.actor, unit: facts.unit, ...written }];
    }
    if (state.status !== 'recorded') return refuse('labour.unknown');
    if (state.standing.is === 'confirmed') return refuse('labour.confirmed');
    const own = facts.actor === state.official;
    switch (command.kind) {
      case 'labour.correct': {
        if (!own) return refuse('labour.not-the-worker');
        const written = fit(command, facts);
        if ('refused' in written) return written;
        return [{ kind: 'labour.corrected', ...written }];
      }
      case 'labour.withdraw':
        return own ? [{ kind: 'labour.withdrawn' }] : refuse('labour.not-the-worker');
      case 'labour.confirm':
        if (own) return refuse('labour.own-confirmation');
        if (state.standing.is === 'returned') return refuse('labour.returned');
        return [{ kind: 'labour.confirmed', means: 'account', by: facts.actor }];
      case 'labour.sign': {
        if (!own) return refuse('labour.not-the-worker');
        const { signer, office, signature } = command;
        if (signer === facts.actorName) return refuse('labour.own-confirmation', 'signer');
        if (state.standing.is === 'returned') return refuse('labour.returned');
        return [{ kind: 'labour.confirmed', means: 'signature', personal: { signer, office, signature } }];
      }
      case 'labour.return':
        if (own) return refuse('labour.own-confirmation');
        if (state.standing.is === 'returned') return refuse('labour.returned');
        return [{ kind: 'labour.returned', by: facts.actor, reason: command.reason }];
    }
  },
};

const writtenOf = ({ day, part, chain, outputs, note }: Written): Written => ({ day, part, chain, outputs, note });

/** What was written down, if it may stand so. */
function fit(command: Command<'labour.record' | 'labour.correct'>, facts: LabourFacts): Written | Refusal {
  const { day, part, outputs, note } = command;
  if (facts.chain === undefined) return refuse('labour.village-unknown', 'village');
  if (day > facts.today) return refuse('labour.in-future', 'day');
  if (day < facts.earliest) return refuse('labour.too-late', 'day');
  if (outputs.some(({ kind }) => !facts.kinds.includes(kind))) return refuse('labour.kind-unknown', 'outputs');
  if (outputs.some(({ amount }) => amount < 0.1)) return refuse('labour.amount', 'outputs');
  if (new Set(outputs.map(({ kind }) => kind)).size < outputs.length) return refuse('labour.kind-twice', 'outputs');
  if (facts.taken.some((other) => overlaps(other, part))) return refuse('labour.half-taken', 'part');
  return {
    day,
    part,
    chain: facts.chain,
    outputs: outputs.map(({ kind, amount }) => ({ kind, amount: Math.round(amount * 10) / 10 })),
    note,
  };
}
