import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { oneCounty } from '../operations/counties.ts';
import {
  type Exportable,
  type Row,
  csvOf,
  exportables,
  jsonLinesOf,
  readable,
  recordExport,
  rowsFor,
} from '../operations/export.ts';
import { inHouse } from '../operations/open.ts';
import { Problem, exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';

/** A workbook is made in memory, all of it; beyond this a county's machine is better served by csv. */
const XLSX_ROWS = 100_000;
/** What one cell of a workbook holds. */
const XLSX_CELL = 32_000;

/** `minqing export WHAT`: every row, streamed, to a file or to standard output. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'jsonl' }, out: { type: 'string' }, county: { type: 'string' } },
  });
  const [kind = '', ...more] = positionals;
  const what = Object.hasOwn(exportables, kind) ? exportables[kind] : undefined;
  const { format, out } = values;
  if (what === undefined || more.length > 0 || !['jsonl', 'csv', 'xlsx'].includes(format)) {
    const all = Object.keys(exportables).join('|');
    throw new Problem(
      exits.usage,
      `请写明导出什么：npm run minqing -- export ${all} [--format jsonl|csv|xlsx] [--out 文件]`,
    );
  }
  if (format === 'xlsx' && out === undefined) throw new Problem(exits.usage, 'xlsx 请用 --out 写明文件名。');
  return await inHouse(async ({ system }) => {
    const { county } = await oneCounty(system, values.county);
    const { pool } = system.database;
    const {
      rows: [total],
    } = await pool.query<{ n: number }>(what.count, [county]);
    if (format === 'xlsx' && total!.n > XLSX_ROWS) {
      throw new Problem(exits.data, `共 ${total!.n} 行，xlsx 最多 ${XLSX_ROWS} 行。请改用 --format csv。`);
    }
    await recordExport(pool, county, what, new Date().toISOString());
    const bar = progress(`导出${what.name}`);
    const counted = async function* (): AsyncGenerator<Row[]> {
      let done = 0;
      for await (const batch of rowsFor(system, county, what)) {
        done += batch.length;
        bar.at(done, total!.n);
        yield batch;
      }
    };
    if (format === 'xlsx') await writeWorkbook(counted(), what, out!);
    else await write(format === 'csv' ? csvOf(counted(), what) : jsonLinesOf(counted()), out);
    bar.end();
    return exits.good;
  });
}

async function write(text: AsyncIterable<string>, out: string | undefined): Promise<void> {
  // Standard output is the shell's: it is not ours to end.
  if (out === undefined) return await pipeline(Readable.from(text), process.stdout, { end: false });
  await whole(out, (draft) => pipeline(Readable.from(text), createWriteStream(draft, { mode: 0o600 })));
}

async function writeWorkbook(rows: AsyncIterable<Row[]>, what: Exportable, out: string): Promise<void> {
  const { default: writeExcel } = await import('write-excel-file/node');
  const columns = Object.keys(what.columns);
  const data: ({ value: string; fontWeight?: 'bold' } | string | number | null)[][] = [
    Object.values(what.columns).map((value) => ({ value, fontWeight: 'bold' })),
  ];
  for await (const batch of rows) {
    for (const row of batch) data.push(columns.map((c) => cellOf(readable(what, row, c))));
  }
  await whole(out, (draft) => writeExcel(data, { sheet: what.name, stickyRowsCount: 1 }).toFile(draft));
}

const cellOf = (value: string | number): string | number | null =>
  value === '' ? null : typeof value === 'number' ? value : value.slice(0, XLSX_CELL);

/** The file appears under its name only when it is whole. */
async function whole(out: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${out}.part`;
  try {
    await make(draft);
    renameSync(draft, out);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
