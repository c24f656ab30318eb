import { placedAt } from '../access/directory.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Reach, RecordType } from '../ledger/record.ts';
import {
  NO_NUMBER,
  type PaperCommand as Command,
  PaperCommand,
  type PaperEvent,
  type PaperFacts,
  type PaperState,
  sayPaperNumber,
} from './model.ts';
import { type RegisteredRow, registerTable, takeNumber } from '../register/numbers.ts';
import { papers } from './rules.ts';

export const reachOfPaper = (state: PaperState): Reach =>
  state.status === 'none' ? {} : { areas: state.of.chain, units: state.of.units, matter: state.of.matter };

export const ownUnit = (state: PaperState): Reach =>
  state.status === 'none' ? {} : { units: [state.unit], matter: state.of.matter };

/** Kinds in events of before one word stood for one thing. */
const called: Readonly<Record<string, string>> = {
  accepted: 'acceptance',
  'not-accepted': 'refusal',
  forward: 'forwarding',
  assign: 'assignment',
};
export const kindOf = (kind: string): string => called[kind] ?? kind;

export const paperRecord: RecordType<PaperState, Command, PaperEvent, PaperFacts> = {
  name: 'paper',
  decider: papers,
  commands: PaperCommand,
  tables: [{ name: 'paper', key: ['county', 'id'] }, registerTable],
  async facts(situation) {
    const { state, command } = situation;
    const none: PaperFacts = { taken: NO_NUMBER };
    // A number is taken only for what will stand.
    if (command.kind !== 'paper.issue' || isRefusal(papers.decide(state, command, none))) return none;
    const { paper, unit } = command;
    return { taken: await takeNumber(situation, paper.kind, unit, paper.date) };
  },
  // Only the unit in whose name it goes out issues it and takes it back; it is read where its affair lies.
  reach: (state, command) =>
    command?.kind === 'paper.issue'
      ? { units: [command.unit] }
      : command === undefined
        ? reachOfPaper(state)
        : ownUnit(state),
  rows(county, id, state) {
    if (state.status === 'none') return {};
    const { number, series, unit, of, dated, issuedAt, issuedBy, drawing, voided } = state;
    const kind = kindOf(state.paperKind);
    const shared = {
      county,
      id,
      kind,
      unit,
      series,
      year: number.year,
      serial: number.serial,
      matter: of.matter ?? null,
      ...placedAt(of.chain),
      units: [...of.units],
      issued_at: issuedAt,
      issued_by: issuedBy,
    };
    const registered: RegisteredRow = {
      ...shared,
      version: 1,
      paper: id,
      record: 'paper',
      number: sayPaperNumber(number),
      issued_on: dated,
      to_unit: null,
      officials: [],
      barred: [],
      due: null,
      received_on: null,
      way: null,
      righted: null,
      righted_by: null,
      righted_on: null,
    };
    return {
      paper: [
        {
          ...shared,
          word: number.word,
          subject: of.subject ?? null,
          record: of.record ?? null,
          act: of.act ?? null,
          dated,
          names_reporter: state.namesReporter ?? false,
          pages: drawing?.pages ?? null,
          pdf: drawing?.files[0]!.id ?? null,
          docx: drawing?.files[1]!.id ?? null,
          pdf_hash: drawing?.hashes.pdf ?? null,
          docx_hash: drawing?.hashes.docx ?? null,
          voided_at: voided?.at ?? null,
          voided_by: voided?.by ?? null,
          void_reason: voided?.reason ?? null,
        },
      ],
      // The act it is of stands in the register already.
      served_paper: of.act === undefined ? [{ ...registered }] : [],
    };
  },
  told: (state) => (state.status === 'none' ? {} : { number: state.number }),
};
