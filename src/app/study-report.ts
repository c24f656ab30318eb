import { docxOf } from '../papers/draw/docx.ts';
import { drawn } from '../papers/draw/workshop.ts';
import type { Paper } from '../papers/model.ts';
import type { ReportDrawer, ReportSheet } from '../studies/print.ts';

/** A study's report in the form of the county's papers: title first, no red head and no number, for it is its author's own. */
const paperOf = ({ title, author, date, text, tables }: ReportSheet): Paper => ({
  kind: 'minutes',
  form: 'served',
  title,
  blocks: [
    { kind: 'text', text },
    ...tables.map(({ title: name, head, widths, rows }) => ({
      kind: 'table' as const,
      table: { title: name, head: [...head], widths: [...widths], rows: rows.map((row) => [...row]) },
    })),
  ],
  attachments: [],
  unit: author,
  date,
  sealed: false,
  copies: [],
});

export const studyReports: ReportDrawer = {
  async pdf(sheet) {
    const { pdf } = await drawn({ kind: 'pdf', paper: paperOf(sheet) });
    return pdf!;
  },
  docx: (sheet) => docxOf(paperOf(sheet)),
};
