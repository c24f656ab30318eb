import { createReadStream, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { LINE } from '../../matters/import.ts';
import { systemCode } from '../../storage/problem.ts';
import { Problem, exits } from './problem.ts';

/** How far a file has been read, from 0 to 1. */
export type Fraction = (fraction: number) => void;

/**
 * The rows of an .xlsx (first sheet) or .csv file as text, the heading first. A csv is read as it streams, in
 * UTF-8 or, as spreadsheets in China still save it, GB18030.
 */
export async function* rowsOf(file: string, read: Fraction = () => undefined): AsyncGenerator<string[]> {
  checkReadable(file);
  if (extname(file).toLowerCase() === '.xlsx') {
    for (const row of (await sheetsOf(file))[0]?.data ?? []) yield row.map(textOf);
    return;
  }
  try {
    yield* rowsOfCsv(textIn(file, await encodingOf(file), read));
  } catch (error) {
    if (!systemCode(error).startsWith('CSV_') && !(error instanceof TypeError)) throw error;
    throw new Problem(
      exits.data,
      `${file} 读不下去：${(error as Error).message}。请在表格软件里另存为 CSV（UTF-8）再导入。`,
    );
  }
}

/**
 * The rows of a csv. Lists are mostly plain lines, and taking those apart by their commas takes a fifth of what the
 * parser takes: it reads on from the first block in which there is something for it, a quotation mark or an old line end.
 */
export async function* rowsOfCsv(blocks: AsyncIterable<string>): AsyncGenerator<string[]> {
  const texts = blocks[Symbol.asyncIterator]();
  let waiting = '';
  let first = true;
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
    waiting += next.value;
    if (first && waiting !== '') {
      if (waiting.startsWith('\uFEFF')) waiting = waiting.slice(1);
      first = false;
    }
    if (/"|\r(?!\n|$)/.test(waiting)) {
      const { parse } = await import('csv-parse');
      const parser = Readable.from(following(waiting, texts)).pipe(parse({ relax_column_count: true, trim: true }));
      for await (const row of parser) yield row as string[];
      return;
    }
    const end = waiting.lastIndexOf('\n');
    if (end < 0) continue;
    for (const line of waiting.slice(0, end).split('\n')) yield cellsOf(line);
    waiting = waiting.slice(end + 1);
  }
  if (waiting.trim() !== '') yield cellsOf(waiting);
}

const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.trim());

async function* following(text: string, texts: AsyncIterator<string>): AsyncGenerator<string> {
  yield text;
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) yield next.value;
}

/** The rows of an .xlsx, .csv or .jsonl file by column name, each with the row it stood on. */
export async function* objectsOf(
  file: string,
  read: Fraction = () => undefined,
): AsyncGenerator<Record<string, unknown>> {
  if (['.jsonl', '.ndjson'].includes(extname(file).toLowerCase())) {
    checkReadable(file);
    const lines = createInterface({ input: Readable.from(textIn(file, 'utf-8', read)), crlfDelay: Infinity });
    let line = 0;
    for await (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      yield { ...objectIn(text, file, line), [LINE]: line };
    }
    return;
  }
  let header: readonly string[] | undefined;
  let line = 0;
  for await (const cells of rowsOf(file, read)) {
    line += 1;
    if (header === undefined) header = cells;
    else if (cells.some((c) => c !== '')) {
      yield { ...Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])), [LINE]: line };
    }
  }
}

/** All sheets of a workbook. */
export async function sheetsOf(
  file: string,
): Promise<{ sheet: string; data: (string | number | boolean | Date | null)[][] }[]> {
  checkReadable(file);
  const { default: readExcel } = await import('read-excel-file/node');
  try {
    // Numbers stay as they are written: a code of eighteen digits is no number.
    return (await readExcel<string>(readFileSync(file), { parseNumber: (text) => text })) as never;
  } catch (error) {
    throw new Problem(
      exits.data,
      `${file} 不是有效的 xlsx 文件（${(error as Error).message}）。请在表格软件里重新保存。`,
    );
  }
}

function checkReadable(file: string): void {
  try {
    if (statSync(file).isFile()) return;
  } catch {
    // Said below in the same words.
  }
  throw new Problem(exits.usage, `读不了 ${file}，请检查文件名和权限。`);
}

async function* textIn(file: string, encoding: string, read: Fraction): AsyncGenerator<string> {
  const { size } = statSync(file);
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytes = 0;
  for await (const block of createReadStream(file, { highWaterMark: 1 << 18 })) {
    bytes += (block as Buffer).length;
    read(bytes / size);
    yield decoder.decode(block as Buffer, { stream: true });
  }
  yield decoder.decode();
}

const LOOK_AT = 1 << 20;

async function encodingOf(file: string): Promise<'utf-8' | 'gb18030'> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_AT), 0, LOOK_AT, 0);
    new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  } finally {
    await handle.close();
  }
}

function objectIn(text: string, file: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below in the same words.
  }
  throw new Problem(exits.data, `${file} 第 ${line} 行不是 JSON 对象，请改正后再导入；前面的行已经导入。`);
}

const textOf = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ''
    : cell instanceof Date
      ? cell.toISOString().slice(0, 19).replace('T', ' ')
      : String(cell).trim();
