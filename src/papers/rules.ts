import { type Decider, refuse } from '../ledger/decider.ts';
import {
  type PaperCommand,
  type PaperEvent,
  type PaperFacts,
  type PaperOf,
  type PaperState,
  readPaperNumber,
} from './model.ts';

/**
 * A paper is numbered once: by the act that gives it, or, where no act does, when it is issued here. Then it is drawn, and
 * what was drawn is kept and never changes. One that was issued here may be void and says why; its number is never given again.
 */
export const papers: Decider<PaperState, PaperCommand, PaperEvent, PaperFacts> = {
  initial: { status: 'none' },

  evolve(state, event, { actor, at }) {
    if (event.kind === 'paper.issued') {
      const { kind: _, personal, pages, files, hashes, ...issued } = event;
      return {
        ...issued,
        ...(pages === undefined || files === undefined || hashes === undefined
          ? {}
          : { drawing: { pages, files, hashes } }),
        status: 'issued',
        issuedAt: at,
        issuedBy: actor,
        ...(personal === undefined ? {} : { paper: personal.paper }),
      };
    }
    if (state.status === 'none') return state;
    if (event.kind === 'paper.drawn') {
      const { kind: _, ...drawing } = event;
      return { ...state, drawing };
    }
    return { ...state, status: 'voided', voided: { at, by: actor, reason: event.reason } };
  },

  decide(state, command, { taken }) {
    switch (command.kind) {
      case 'paper.void':
        if (state.status === 'none') return refuse('paper.unknown');
        if (state.of.act !== undefined) return refuse('paper.act-stands');
        if (state.status === 'voided') return refuse('paper.already-void');
        return [{ kind: 'paper.voided', reason: command.reason }];
      case 'paper.issue': {
        if (state.status !== 'none') return refuse('paper.exists');
        const { paper, unit, of } = command;
        const { series } = taken.place;
        // Only asked whether it may be issued: no number was taken for it.
        const number = readPaperNumber(taken.number) ?? { word: '—', year: Number(paper.date.slice(0, 4)), serial: 1 };
        const numbered = { ...paper, number };
        const { kind: paperKind, date: dated } = paper;
        return [
          {
            kind: 'paper.issued',
            paperKind,
            number,
            series,
            unit,
            dated,
            of: present(of),
            personal: { paper: numbered },
          },
        ];
      }
      case 'paper.keep': {
        const { given, pages, files, hashes } = command;
        const drawing = { pages, files, hashes };
        if (state.status !== 'none')
          return state.drawing === undefined ? [{ kind: 'paper.drawn', ...drawing }] : refuse('paper.exists');
        if (given === undefined) return refuse('paper.unknown');
        const { paper, series, unit, of } = given;
        const { kind: paperKind, number, date: dated } = paper;
        return [
          {
            kind: 'paper.issued',
            paperKind,
            number,
            series,
            unit,
            dated,
            of: present(of),
            ...drawing,
            personal: { paper },
          },
        ];
      }
    }
  },
};

/** Fields that may be there and empty. */
type Loose<T> = { readonly [K in keyof T]: T[K] | undefined } & Pick<T, Extract<keyof T, 'chain' | 'units'>>;

/** Without the names of what is not there. */
const present = ({ chain, units, matter, subject, record, act }: Loose<PaperOf>): PaperOf => ({
  chain,
  units,
  ...(matter === undefined ? {} : { matter }),
  ...(subject === undefined ? {} : { subject }),
  ...(record === undefined ? {} : { record }),
  ...(act === undefined ? {} : { act }),
});
