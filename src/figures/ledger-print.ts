import { html } from 'hono/html';
import type { Raw } from '../contract/route.ts';
import { LINES, type Ledger } from './ledger.ts';
import { type Column, columns, statusOf } from './ledger-sheet.ts';
import { sayDate, sayMonth, seal, sheetPage } from './print.ts';

/** What a long text is cut to on paper; the whole stands in the matter. */
const LONG = 80;

export const ledgerTitle = ({ of, month }: Ledger): string => `${of}民情台账（${sayMonth(month)}）`;

export const sayTotals = ({ totals: t }: Ledger): string =>
  `合计 ${t.lines} 件：本月登记 ${t.registered} 件，上月结转 ${t.carried} 件；已销号 ${t.closed} 件，办结待群众认可 ${t.resolved} 件，没有销号的 ${t.open} 件，其中超期 ${t.late} 件。`;

export const CUT = `只列出前 ${LINES} 件。其余的请按村（社区）或科室分开看，或在诉求台账里导出。`;

/** The ledger on paper: A4 across, its title and head on every page, a place for the seal. */
export function ledgerPage(ledger: Ledger, today: string): Raw {
  const title = ledgerTitle(ledger);
  const wide = columns.length + 1;
  const groups = columns.filter(({ group }, i) => columns[i - 1]?.group !== group).map(({ group }) => group);
  return sheetPage(
    title,
    true,
    html`
<table>
  <thead>
    <tr class="top"><th colspan="${wide}"><h1>${title}</h1><p class="under"><span>${ledger.of}</span><span>情况截至 ${sayDate(today)}</span></p></th></tr>
    <tr><th rowspan="2">序号</th>${groups.map((group) => html`<th colspan="${columns.filter((c) => c.group === group).length}">${group}</th>`)}</tr>
    <tr>${columns.map(({ title: name, width }) => html`<th style="width: ${share(width)}">${name}</th>`)}</tr>
  </thead>
  <tbody>${
    ledger.rows.length === 0
      ? html`<tr><td class="middle" colspan="${wide}">这个月没有登记，也没有结转。</td></tr>`
      : ledger.rows.map(
          (row) => html`<tr><td class="middle">${row.serial}</td>${columns.map((column) => cell(row, column))}</tr>`,
        )
  }</tbody>
  <tfoot><tr><td colspan="${wide}">${sayTotals(ledger)}${ledger.cut ? CUT : ''}</td></tr></tfoot>
</table>
${seal(ledger.of, today)}`,
  );
}

function cell(row: Ledger['rows'][number], { key }: Column) {
  const text = key === 'status' ? statusOf(row) : String(row[key]);
  const short = text.length > LONG ? `${text.slice(0, LONG)}……` : text;
  return html`<td class="${key === 'number' || key === 'registered' || key === 'due' ? 'number' : ''} ${row.late && (key === 'due' || key === 'status') ? 'late' : ''}">${short}</td>`;
}

const WIDTH = columns.reduce((sum, { width }) => sum + width, 5);
const share = (width: number): string => `${((width / WIDTH) * 100).toFixed(1)}%`;
