import { type Decider, refuse } from '../ledger/decider.ts';
import type { PaperCommand, PaperEvent, PaperFacts, PaperState } from './model.ts';

/** An issued paper never changes: it stands, or it is void and says why. Its number is never given again. */
export const papers: Decider<PaperState, PaperCommand, PaperEvent, PaperFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { actor, at }) {
    if (event.kind === 'paper.issued') {
      const { kind: _, personal, ...issued } = event;
      return {
        ...issued,
        status: 'issued',
        issuedAt: at,
        issuedBy: actor,
        ...(personal === undefined ? {} : { paper: personal.paper }),
      };
    }
    return state.status === 'none'
      ? state
      : { ...state, status: 'voided', voided: { at, by: actor, reason: event.reason } };
  },

  decide(state, command, { next, year }) {
    if (command.kind === 'paper.void') {
      if (state.status === 'none') return refuse('paper.unknown');
      if (state.status === 'voided') return refuse('paper.already-void');
      return [{ kind: 'paper.voided', reason: command.reason }];
    }
    if (state.status !== 'none') return refuse('paper.exists');
    const { paper, unit, series, namesReporter, of, pages, files, hashes } = command;
    // The file bears its number, so one that was drawn with another cannot be kept.
    if (paper.number.serial !== next || paper.number.year !== year) return refuse('paper.number-taken');
    return [
      {
        kind: 'paper.issued',
        paperKind: paper.kind,
        number: paper.number,
        series,
        unit,
        dated: paper.date,
        namesReporter,
        of: place(of),
        pages,
        files,
        hashes,
        personal: { paper },
      },
    ];
  },
};

/** Without the names of what is not there. */
const place = ({ chain, units, matter, subject, record }: Extract<PaperCommand, { kind: 'paper.issue' }>['of']) => ({
  chain,
  units,
  ...(matter === undefined ? {} : { matter }),
  ...(subject === undefined ? {} : { subject }),
  ...(record === undefined ? {} : { record }),
});
