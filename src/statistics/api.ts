import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { listItem, namesFor } from '../matters/present.ts';
import { type Which, linesOf, lookingOf, narrowing } from './counting.ts';
import { flowName, statisticsOf, timingName } from './figures.ts';
import { type Sum, flows, masks, measuresOf, timings } from './measures.ts';
import { LinesQuery, PeriodQuery, type StatisticsPolicy } from './model.ts';
import { periodsOf } from './period.ts';
import { statisticsPage } from './print.ts';
import { statisticsSheet } from './sheet.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Found {
  readonly which: Which;
  /** What it is called, the records it counts or those it is a share of. */
  readonly name: string;
  /** What it adds up of them. */
  readonly sum?: Sum;
}

/** Which rows a figure or one side of it counts; undefined where there is no such figure. */
function foundOf({ figure, side }: LinesQuery, policy: StatisticsPolicy): Found | undefined {
  const flow = flows.find((part) => figure === `flow-${part}`);
  if (flow !== undefined) return { which: { flow }, name: flowName(flow) };
  const timing = timings.find((one) => figure === `days-${one}`);
  if (timing !== undefined) return { which: { timing }, name: timingName(timing) };
  const measure = measuresOf(policy).find(({ id }) => id === figure);
  // Who rated is listed; who rated how is not.
  if (measure === undefined || (measure.id === 'pleased' && side === 'value')) return undefined;
  const { name, value, sum, of, ofName } = measure;
  if (side === 'value') return { which: { test: masks(value) }, name, ...(sum === undefined ? {} : { sum }) };
  return of === undefined ? undefined : { which: { test: masks(of) }, name: ofName ?? name };
}

const countyName = async (desk: Desk): Promise<string> =>
  (await desk.query<{ name: string }>('figures.county', 'select name from county where county = $1', [desk.county]))[0]
    ?.name ?? '';

export const statisticsRoutes = {
  'GET /api/statistics/period': route({
    action: 'matter.count',
    summary:
      'Statistics of a month, quarter, half-year, year or free period, with denominators, comparisons, stock and flow',
    query: PeriodQuery,
    handle: (desk, { query }) => statisticsOf(desk, query),
  }),

  'GET /api/statistics/lines': route({
    action: 'matter.count',
    summary: 'Exactly the records behind one figure of a period, or behind what it is a share of',
    query: LinesQuery,
    async handle(desk, { query }) {
      const looking = await lookingOf(desk);
      const found = foundOf(query, looking.policy);
      if (found === undefined) return refuse('statistics.no-figure', 'figure');
      const group = query.by === undefined || query.key === undefined ? undefined : { by: query.by, key: query.key };
      const periods = periodsOf(query, desk.now);
      const { lines, next, total } = await linesOf(
        desk,
        await narrowing(desk, query),
        looking,
        periods.now,
        found.which,
        group,
        { after: query.after, size: query.size },
      );
      const names = await namesFor(
        desk,
        lines.map(({ row }) => row),
      );
      const calendar = desk.policies.get<Calendar>('calendar');
      return {
        name: found.name,
        period: periods.name,
        total,
        lines: lines.map(({ spell, row }) => ({
          ...listItem(row, names, desk.now, calendar),
          /** A matter that came back stands once for each time. */
          line: `${row.id}/${spell.place}`,
          /** What the figure adds up of it; 1 where it counts matters. */
          adds: found.sum === undefined ? 1 : spell[found.sum],
        })),
        sum: found.sum ?? null,
        next,
      };
    },
  }),

  'GET /api/statistics/period.xlsx': route({
    action: 'matter.count',
    summary: 'The same as a spreadsheet: figures, groups, and how each is worked out',
    query: PeriodQuery,
    async handle(desk, { query }) {
      const found = await statisticsOf(desk, query);
      const body = await statisticsSheet(found, await countyName(desk), dayOf(desk.now));
      return raw(XLSX, body, {
        headers: {
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`统计-${found.period.from}-${found.period.to}.xlsx`)}`,
          'cache-control': 'no-store',
        },
      });
    },
  }),

  'GET /print/statistics': route({
    action: 'matter.count',
    summary: 'The same for printing',
    query: PeriodQuery,
    handle: async (desk, { query }) =>
      statisticsPage(await statisticsOf(desk, query), await countyName(desk), dayOf(desk.now)),
  }),
} satisfies Routes;
