import type { z } from 'zod';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { type Routes, route } from '../contract/route.ts';
import { listItem, namesFor } from '../matters/present.ts';
import { csvExport, jsonlExport, sheetFile, xlsxExport } from './exports.ts';
import { FigureFilter, pageOf } from './filter.ts';
import { LedgerQuery, ledgerIndex, ledgerOf } from './ledger.ts';
import { CUT, ledgerPage, ledgerTitle, sayTotals } from './ledger-print.ts';
import { ledgerSheet } from './ledger-sheet.ts';
import { leaderOf } from './leader.ts';
import { leaderPage } from './leader-print.ts';
import { sayDate } from './print.ts';
import { StatisticsQuery, statisticsOf } from './statistics.ts';

/** A list's filter without its pages; an export without a filter holds all the reader may see. */
const ExportQuery = FigureFilter.omit({ after: true, size: true }).extend({
  sort: FigureFilter.shape.sort.removeDefault().optional(),
});

/** A list sorted by due date shows open matters only where nothing else is asked: its export is the same. */
const asListed = ({ sort, ...filter }: z.infer<typeof ExportQuery>): Partial<FigureFilter> =>
  sort === 'due' && filter.when === undefined && filter.status === undefined && (filter.q ?? '') === ''
    ? { ...filter, when: 'open' }
    : filter;

export const figureRoutes = {
  'GET /api/ledger': route({
    action: 'matter.read',
    summary: 'The monthly ledger of a village, a township or a unit, with what is carried over',
    query: LedgerQuery,
    handle: (desk, { query }) => ledgerOf(desk, query),
  }),

  'GET /api/ledger/index': route({
    action: 'matter.read',
    summary: 'How many lines the ledger of each village and each unit has this month',
    query: LedgerQuery.pick({ month: true }),
    async handle(desk, { query }) {
      const month = query.month ?? dayOf(desk.now).slice(0, 7);
      return { month, ...(await ledgerIndex(desk, month)) };
    },
  }),

  'GET /api/ledger.xlsx': route({
    action: 'matter.read',
    summary: 'The monthly ledger as a spreadsheet in the accustomed form',
    query: LedgerQuery,
    async handle(desk, { query }) {
      const ledger = await ledgerOf(desk, query);
      const title = ledgerTitle(ledger);
      const body = await ledgerSheet({
        title,
        under: `填报单位：${ledger.of}　　情况截至 ${sayDate(dayOf(desk.now))}`,
        foot: `${sayTotals(ledger)}${ledger.cut ? CUT : ''}　　负责人签字：　　　　　　（盖章处）`,
        rows: ledger.rows,
      });
      return sheetFile(body, `${title}.xlsx`);
    },
  }),

  'GET /print/ledger': route({
    action: 'matter.read',
    summary: 'The monthly ledger for printing: A4 across',
    query: LedgerQuery,
    handle: async (desk, { query }) => ledgerPage(await ledgerOf(desk, query), dayOf(desk.now)),
  }),

  'GET /api/statistics': route({
    action: 'matter.count',
    summary: 'Counts of a period with their denominators and the question that lists their records',
    query: StatisticsQuery,
    handle: (desk, { query }) => statisticsOf(desk, query),
  }),

  'GET /api/statistics/records': route({
    action: 'matter.count',
    summary: 'The records behind a figure, page by page',
    query: FigureFilter,
    async handle(desk, { query: { after, size, sort, ...filter } }) {
      const { rows, next } = await pageOf(desk, 'matter.count', filter, { after, size, newest: sort === 'newest' });
      const names = await namesFor(desk, rows);
      const calendar = desk.policies.get<Calendar>('calendar');
      return { matters: rows.map((row) => listItem(row, names, desk.now, calendar)), next };
    },
  }),

  'GET /api/leader': route({
    action: 'matter.count',
    summary: 'One page a leader reads in a minute: this month beside the last, late by unit, what rises',
    handle: (desk) => leaderOf(desk),
  }),

  'GET /print/leader': route({
    action: 'matter.count',
    summary: 'The leader’s page for printing',
    async handle(desk) {
      const [row] = await desk.query<{ name: string }>('figures.county', 'select name from county where county = $1', [
        desk.county,
      ]);
      return leaderPage(await leaderOf(desk), row?.name ?? '');
    },
  }),

  'GET /api/matters/export.csv': route({
    action: 'matter.read',
    summary: 'All matters of a filter as CSV, streamed without a cap',
    query: ExportQuery,
    handle: (desk, { query }) => csvExport(desk, asListed(query), dayOf(desk.now)),
  }),

  'GET /api/matters/export.jsonl': route({
    action: 'matter.read',
    summary: 'All matters of a filter as one JSON object a line, streamed without a cap',
    query: ExportQuery,
    handle: (desk, { query }) => jsonlExport(desk, asListed(query), dayOf(desk.now)),
  }),

  'GET /api/matters/export.xlsx': route({
    action: 'matter.read',
    summary: 'Matters of a filter as a spreadsheet, up to what one can hold',
    query: ExportQuery,
    handle: (desk, { query }) => xlsxExport(desk, asListed(query), dayOf(desk.now)),
  }),
} satisfies Routes;
