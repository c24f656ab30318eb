import type { Recorded } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History, Ledger } from '../ledger/ledger.ts';
import type { Query } from '../ledger/record.ts';
import { type Column, type Fault, type Layout, type Line, columns, layoutOf, lineOf, personOf } from './layout.ts';
import type { HouseholdEvent } from './model.ts';
import { type Directory, directoryOf } from './places.ts';

export interface ImportReport {
  /** Households taken in now, and those an earlier import had brought. */
  readonly taken: number;
  readonly known: number;
  /** Households left out because a cell of theirs does not fit. */
  readonly leftOut: number;
  readonly rows: number;
  /** At most `FAULTS_SHOWN`; `faultCount` is all. */
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  /** Required columns the heading lacks; nothing was read then. */
  readonly missing: readonly string[];
}

export interface ImportBy {
  readonly actor: string;
  readonly at: string;
  /** Print of a phone number, made with the county's key. */
  print(phone: string): string;
}

const BATCH = 500;
/** One batch is written while the next is read. */
const IN_FLIGHT = 2;
const FAULTS_SHOWN = 1_000;
const LARGEST = 30;

/**
 * Takes a households list in, row by row. A household with a faulty cell is left out whole and its faults are told;
 * the others are taken. The same list again does nothing: ids follow from place, door and householder.
 *
 * @param rows the file's rows as text, the heading first
 */
export async function importHouseholds(
  ledger: Ledger,
  query: Query,
  county: number,
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  by: ImportBy,
): Promise<ImportReport> {
  const directory = await directoryOf(query, county);
  const reader = new ListReader(county, directory, by);
  const writing: Promise<number>[] = [];
  let batch: History[] = [];
  let [taken, sent] = [0, 0];
  const write = async (): Promise<void> => {
    if (batch.length === 0) return;
    const task = ledger.take(county, batch, { later: true });
    // Awaited below in its turn; a failure that comes before its turn is not unobserved.
    task.catch(() => undefined);
    writing.push(task);
    sent += batch.length;
    batch = [];
    if (writing.length >= IN_FLIGHT) taken += await writing.shift()!;
  };
  for await (const cells of rows) {
    const history = reader.read(cells);
    if (reader.missing.length > 0) break;
    if (history !== undefined && batch.push(history) >= BATCH) await write();
  }
  const last = reader.end();
  if (last !== undefined) batch.push(last);
  await write();
  for (const task of writing) taken += await task;
  // Batches did not wait for the disk one by one: a crash would only have made the list be given again. Now they must stand.
  await ledger.flush();
  const { rows: count, leftOut, faults, faultCount, missing } = reader;
  return { taken, known: sent - taken, leftOut, rows: count, faults, faultCount, missing };
}

/** Reads lines one after the other and hands a household over when its last line has been seen. */
class ListReader {
  rows = 0;
  leftOut = 0;
  faultCount = 0;
  readonly faults: Fault[] = [];
  missing: readonly string[] = [];
  readonly #county: number;
  readonly #directory: Directory;
  readonly #by: ImportBy;
  readonly #seen = new Set<string>();
  #layout: Layout | undefined;
  #above: Line | undefined;
  #open: { key: string; lines: { row: number; line: Line }[] } | undefined;

  constructor(county: number, directory: Directory, by: ImportBy) {
    this.#county = county;
    this.#directory = directory;
    this.#by = by;
  }

  /** @returns the household that this row shows to be complete, if one is and it is sound */
  read(cells: readonly string[]): History | undefined {
    this.rows += 1;
    if (cells.every((c) => c.trim() === '')) return undefined;
    if (this.#layout === undefined) {
      const layout = layoutOf(cells);
      if ('missing' in layout) this.missing = layout.missing as readonly string[];
      else this.#layout = layout;
      return undefined;
    }
    const line = lineOf(cells, this.#layout, this.#above);
    this.#above = line;
    const key = [line.township, line.village, line.grid, line.address, line.head].join('\u0000');
    if (this.#open?.key === key) {
      this.#open.lines.push({ row: this.rows, line });
      return undefined;
    }
    const history = this.end();
    this.#open = { key, lines: [{ row: this.rows, line }] };
    return history;
  }

  /** Closes the household being read. */
  end(): History | undefined {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return undefined;
    const history = this.#historyOf(open.lines);
    if (history === undefined) this.leftOut += 1;
    return history;
  }

  #historyOf(lines: readonly { row: number; line: Line }[]): History | undefined {
    let sound = true;
    const say = (row: number, line: Line, column: Column, message: string): void => {
      sound = false;
      this.faultCount += 1;
      if (this.faults.length < FAULTS_SHOWN)
        this.faults.push({ row, column: columns[column], value: line[column], message });
    };
    const { row, line } = lines[0]!;
    if (line.head === '') say(row, line, 'head', '户主没有填');
    if (line.address === '') say(row, line, 'address', '门牌没有填');
    else if (line.address.length > 200) say(row, line, 'address', '门牌太长，最多 200 个字');
    if (lines.length > LARGEST) say(row, line, 'head', `这一户超过 ${LARGEST} 人，请核对`);
    const area = this.#directory.area(line);
    if ('fault' in area) say(row, line, area.column ?? 'village', area.fault);
    const chain = 'found' in area ? area.found.chain : [];
    const contact = line.contact === '' ? undefined : this.#directory.official(line.contact, chain);
    if (contact !== undefined && 'fault' in contact) say(row, line, 'contact', contact.fault);

    const year = Number(this.#by.at.slice(0, 4));
    const people = lines.map((l) => personOf(l.line, year, (column, message) => say(l.row, l.line, column, message)));
    const id = idOf('household', String(this.#county), chain.at(-1) ?? '', line.address, line.head);
    if (sound && this.#seen.has(id)) say(row, line, 'head', '这一户前面出现过，请把同一户的人排在一起');
    if (!sound) return undefined;
    this.#seen.add(id);

    const residents = people.map((p, place) => ({ id: idOf('resident', id, String(place)), ...p! }));
    const registered: Recorded<HouseholdEvent> = {
      kind: 'household.registered',
      chain,
      contact: contact !== undefined && 'found' in contact ? contact.found : null,
      residents: residents.map((r) => ({
        id: r.id,
        ...(r.phone === undefined ? {} : { phonePrint: this.#by.print(r.phone) }),
      })),
      personal: { address: line.address, residents },
      stamp: { actor: this.#by.actor, at: this.#by.at, version: 1 },
    };
    return { county: this.#county, id: idOf('import', id), record: 'household', stream: id, events: [registered] };
  }
}
