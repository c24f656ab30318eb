import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import readExcel from 'read-excel-file/node';
import { FAULT, LINE } from './import.ts';

/** A row of a message board's file by its columns' names, and the line it stood on. */
export type FileRow = Record<string, unknown> & { readonly [LINE]: number; readonly [FAULT]?: string };

/**
 * The rows of a message board's .jsonl, .csv or .xlsx file, one after another; only a spreadsheet is read whole.
 * A line that is not a row comes as its fault, which `readMessage` reports: one bad line is not the end of the file.
 * @throws Error when the file is of another kind, cannot be read, or its text is neither UTF-8 nor GB18030
 */
export async function* rowsOfMessages(path: string): AsyncGenerator<FileRow> {
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      yield* rowsOfLines(path);
      break;
    case '.csv':
      yield* rowsOfCsv(path);
      break;
    case '.xlsx':
      yield* rowsOfSheet(path);
      break;
    default:
      throw new Error(`只能读 .jsonl、.csv 和 .xlsx 文件，这个文件是“${extname(path)}”`);
  }
}

async function* rowsOfLines(path: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({
    input: Readable.from(textOf(path)),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (text.trim() !== '') yield { ...objectOf(text), [LINE]: line };
  }
}

function objectOf(text: string): Record<string, unknown> | { [FAULT]: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return { [FAULT]: '这一行不是一条留言，应当写成 {"id": …, "subject": …}' };
  } catch {
    return { [FAULT]: '这一行不是完整的 JSON，请检查引号和括号' };
  }
}

async function* rowsOfCsv(path: string): AsyncGenerator<FileRow> {
  const parser = Readable.from(textOf(path)).pipe(
    parse({
      bom: true,
      columns: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
    }),
  );
  // The parser tells the line a record ended on; it began on the one after the record before.
  let before = 1;
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    yield { ...record, [LINE]: before + 1 };
    before = info.lines;
  }
}

async function* rowsOfSheet(path: string): AsyncGenerator<FileRow> {
  const [head, ...rows] = (await readExcel(path))[0]?.data ?? [];
  if (head === undefined) return;
  const names = head.map((cell) => String(cell ?? ''));
  for (const [i, row] of rows.entries()) {
    if (row.every((cell) => cell === null)) continue;
    yield { ...Object.fromEntries(names.map((name, at) => [name, row[at]])), [LINE]: i + 2 };
  }
}

/** A file's text as it streams: UTF-8, or GB18030 as spreadsheets in China still save it. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder((await isUtf8File(path)) ? 'utf-8' : 'gb18030', { fatal: true });
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

/** Reads the file once through: Chinese in GB18030 is never valid UTF-8 for long, but may come late. */
async function isUtf8File(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
