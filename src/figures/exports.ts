import { recordReadings } from '../access/readings.ts';
import type { Desk, Raw } from '../contract/route.ts';
import { raw } from '../contract/route.ts';
import { type FigureFilter, pageOf } from './filter.ts';
import { type LedgerRow, ledgerRows, withNotes } from './ledger-row.ts';
import { columns, ledgerSheet } from './ledger-sheet.ts';
import { sayDate } from './print.ts';

/** Matters read at once. */
const PAGE = 1_000;
/** A spreadsheet of more lines opens too slowly to be of use; the other two forms have no end. */
const SHEET_LINES = 50_000;

/** The rows of an export, oldest first, page by page: memory does not grow with their number. */
async function* rowsOf(desk: Desk, filter: Partial<FigureFilter>): AsyncGenerator<LedgerRow[]> {
  let after: string | undefined;
  do {
    const page = await pageOf(desk, 'matter.read', filter, { after, size: PAGE, newest: false });
    // What somebody said leaves the house with the file: each of them is told of it who asks.
    await recordReadings(
      desk,
      page.rows.map(({ id, household }) => household ?? id),
      '导出的台账',
    );
    yield await ledgerRows(desk, await withNotes(desk, page.rows));
    after = page.next;
  } while (after !== undefined);
}

async function* csvOf(desk: Desk, filter: Partial<FigureFilter>): AsyncGenerator<string> {
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  yield `\uFEFF${columns.map(({ title }) => title).join(',')}\r\n`;
  for await (const rows of rowsOf(desk, filter))
    yield rows.map((row) => `${columns.map(({ key }) => quoted(String(row[key]))).join(',')}\r\n`).join('');
}

/** A cell that begins like a formula would be run by the spreadsheet that opens it. */
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

async function* jsonlOf(desk: Desk, filter: Partial<FigureFilter>): AsyncGenerator<string> {
  for await (const rows of rowsOf(desk, filter)) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** A stream that reads on only as its reader does, and stops reading when the reader goes away. */
function streamed(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}

const attached = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'cache-control': 'no-store',
});

export const csvExport = (desk: Desk, filter: Partial<FigureFilter>, today: string): Raw =>
  raw('text/csv; charset=utf-8', streamed(csvOf(desk, filter)), { headers: attached(`民情台账-${today}.csv`) });

export const jsonlExport = (desk: Desk, filter: Partial<FigureFilter>, today: string): Raw =>
  raw('text/plain; charset=utf-8', streamed(jsonlOf(desk, filter)), { headers: attached(`民情台账-${today}.jsonl`) });

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const sheetFile = (body: Uint8Array<ArrayBuffer>, name: string): Raw =>
  raw(XLSX, body, { headers: attached(name) });

/** @param most lines at most; what is beyond is not lost silently: the last line says so */
export async function xlsxExport(
  desk: Desk,
  filter: Partial<FigureFilter>,
  today: string,
  most: number = SHEET_LINES,
): Promise<Raw> {
  const rows: LedgerRow[] = [];
  for await (const page of rowsOf(desk, filter)) {
    rows.push(...page);
    if (rows.length > most) break;
  }
  const cut = rows.length > most;
  const body = await ledgerSheet({
    title: '民情台账',
    under: `导出日期：${sayDate(today)}`,
    foot: cut ? `只导出了前 ${most} 件，后面还有。要全部，请导出 CSV。` : `共 ${rows.length} 件。`,
    rows: rows.slice(0, most),
  });
  return sheetFile(body, `民情台账-${today}.xlsx`);
}
