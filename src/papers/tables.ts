import { placedAt } from '../access/directory.ts';
import type { Reach } from '../ledger/record.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  type PaperCommand as Command,
  PaperCommand,
  type PaperEvent,
  type PaperFacts,
  type PaperState,
} from './model.ts';
import { papers } from './rules.ts';

export interface PaperRow {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly series: string;
  readonly year: number;
  readonly serial: number;
  readonly word: string;
  readonly subject: string | null;
  readonly record: string | null;
  readonly matter: string | null;
  readonly county_area: string | null;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly units: readonly string[];
  readonly dated: string;
  readonly issued_at: string;
  readonly issued_by: string;
  readonly names_reporter: boolean;
  readonly pages: number;
  readonly pdf_hash: string;
  readonly docx_hash: string;
  readonly voided_at: string | null;
  readonly voided_by: string | null;
  readonly void_reason: string | null;
}

/** The number that comes next of a unit's series in a year: numbers have no gaps, a void one counts. */
export async function nextSerial(
  query: Query,
  county: number,
  unit: string,
  series: string,
  year: number,
): Promise<number | undefined> {
  const [row] = await query<{ next: number | null }>(
    'papers.next',
    `select coalesce((select max(serial) from paper p where p.county = $1 and p.unit = u.id and p.series = $3 and p.year = $4), 0) + 1 as next
       from unit u where u.county = $1 and u.id = $2 and not u.closed`,
    [county, unit, series, year],
  );
  return row?.next ?? undefined;
}

export const reachOfPaper = (state: PaperState): Reach =>
  state.status === 'none' ? {} : { areas: state.of.chain, units: state.of.units, matter: state.of.matter };

export const ownUnit = (state: PaperState): Reach =>
  state.status === 'none' ? {} : { units: [state.unit], matter: state.of.matter };

export const paperRecord: RecordType<PaperState, Command, PaperEvent, PaperFacts> = {
  name: 'paper',
  decider: papers,
  commands: PaperCommand,
  tables: [{ name: 'paper', key: ['county', 'id'] }],
  async facts({ county, command, query }) {
    if (command.kind !== 'paper.issue') return { next: undefined, year: 0 };
    const year = Number(command.paper.date.slice(0, 4));
    return { next: await nextSerial(query, county, command.unit, command.series, year), year };
  },
  // Only the unit in whose name it goes out issues it and takes it back; it is read where its affair lies.
  reach: (state, command) =>
    command?.kind === 'paper.issue'
      ? { units: [command.unit] }
      : command === undefined
        ? reachOfPaper(state)
        : ownUnit(state),
  rows: (county, id, state) =>
    state.status === 'none'
      ? {}
      : {
          paper: [
            {
              county,
              id,
              kind: state.paperKind,
              unit: state.unit,
              series: state.series,
              year: state.number.year,
              serial: state.number.serial,
              word: state.number.word,
              subject: state.of.subject ?? null,
              record: state.of.record ?? null,
              matter: state.of.matter ?? null,
              ...placedAt(state.of.chain),
              units: [...state.of.units],
              dated: state.dated,
              issued_at: state.issuedAt,
              issued_by: state.issuedBy,
              names_reporter: state.namesReporter,
              pages: state.pages,
              pdf: state.files[0]!.id,
              docx: state.files[1]!.id,
              pdf_hash: state.hashes.pdf,
              docx_hash: state.hashes.docx,
              voided_at: state.voided?.at ?? null,
              voided_by: state.voided?.by ?? null,
              void_reason: state.voided?.reason ?? null,
            },
          ],
        },
  told: (state) => (state.status === 'none' ? {} : { number: state.number }),
};
