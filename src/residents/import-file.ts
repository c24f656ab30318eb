import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import readExcel from 'read-excel-file/node';

/**
 * The rows of an .xlsx or .csv file as text. A csv is read as it streams; its encoding is UTF-8 or, as
 * spreadsheets in China still save it, GB18030.
 * @throws Error when the file is neither
 */
export async function* rowsOfFile(bytes: Uint8Array): AsyncGenerator<string[]> {
  // Every xlsx is a zip archive and begins with PK.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const sheets = await readExcel(Buffer.from(bytes));
    for (const row of sheets[0]?.data ?? []) yield row.map(textOf);
    return;
  }
  const parser = Readable.from(decoded(bytes)).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: false, trim: true }),
  );
  for await (const row of parser) yield row as string[];
}

const CHUNK = 1 << 16;

function* decoded(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'gb18030', { fatal: true });
  for (let at = 0; at < bytes.length; at += CHUNK)
    yield decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
  yield decoder.decode();
}

const textOf = (cell: unknown): string =>
  cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
