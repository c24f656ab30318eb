import writeExcel, { type CellObject, type Row } from 'write-excel-file/node';
import { printed, rowHeight } from '../contract/spreadsheet.ts';
import { type Statistics, flowName } from './figures.ts';
import { t } from './english.ts';
import { flows } from './measures.ts';
import { byName, columnsOf, namesOf, sayChange, sayData, sayTarget } from './words.ts';

const EDGE = { borderStyle: 'thin', borderColor: '#8f887b' } as const;
const HEAD = {
  ...EDGE,
  fontWeight: 'bold',
  align: 'center',
  alignVertical: 'center',
  wrap: true,
  backgroundColor: '#f3efe7',
} as const;
const PERCENT = '0.0%';
/** How wide the columns are, in digits. */
const OF_FIGURES = [16, 26, 10, 10, 9, 12, 10, 12, 20, 10, 20, 12];
const OF_SAYINGS = [18, 24, 80, 14];

const text = (value: string, more: object = {}): CellObject => ({
  ...EDGE,
  type: String,
  value,
  wrap: true,
  alignVertical: 'top',
  ...more,
});
const number = (value: number | null | undefined, format?: string): CellObject =>
  value == null
    ? text('')
    : { ...EDGE, type: Number, value, alignVertical: 'top', ...(format === undefined ? {} : { format }) };
/** Rows as high as their texts need under columns of these widths. */
const high = (rows: readonly Row[], widths: readonly number[]): Row[] =>
  rows.map(([first, ...rest]) => {
    const texts = [first, ...rest].map(
      (cell, at) => [cell == null ? '' : String((cell as CellObject).value ?? ''), widths[at] ?? 12] as const,
    );
    return [{ ...(first as CellObject), height: rowHeight(texts) }, ...rest];
  });
const head = (...titles: string[]): Row => titles.map((value): CellObject => ({ ...HEAD, type: String, value }));

/** Three sheets of plain values: the figures, the groups, and how each figure is worked out. */
export async function statisticsSheet(
  found: Statistics,
  county: string,
  today: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { period, compared, sections, durations, flow, groups, by, since } = found;
  const title: Row = [
    {
      type: String,
      value: `${t('{county}信访和民情诉求统计', { county })}　${period.name}`,
      fontWeight: 'bold',
      fontSize: 14,
    },
  ];
  const under: Row = [
    {
      type: String,
      value: `${t('（{from} 至 {to}）', { from: period.from, to: period.to })}　${t('情况截至 {day}', { day: today })}　${sayData('year', compared.year, since)}${sayData('before', compared.before, since)}`,
    },
  ];
  const figures: Row[] = sections.flatMap(({ name, figures: all }) =>
    all.map((figure): Row => [
      text(name),
      text(figure.name),
      figure.suppressed === true ? text(t('人数太少，不公布')) : number(figure.value),
      number(figure.of),
      number(figure.share, PERCENT),
      text(figure.ofName ?? ''),
      number(figure.year?.value),
      number(figure.year?.share, PERCENT),
      text(sayChange(figure, figure.year)),
      number(figure.before?.value),
      text(sayChange(figure, figure.before)),
      text(sayTarget(figure)),
    ]),
  );
  const stock: Row[] = flows.map((part) => [text(t('存量和流量')), text(flowName(part)), number(flow[part])]);
  const days: Row[] = durations.flatMap((d): Row[] => [
    [text(t('用了多久')), text(`${d.name}${t('：')}${t('中位数（天）')}`), number(d.median, '0.0'), number(d.n)],
    [
      text(t('用了多久')),
      text(`${d.name}${t('：')}${t('十件里九件不超过（天）')}`),
      number(d.ninetieth, '0.0'),
      number(d.n),
    ],
    [text(t('用了多久')), text(`${d.name}${t('：')}${t('中位数（工作日）')}`), number(d.medianWorking), number(d.n)],
    [
      text(t('用了多久')),
      text(`${d.name}${t('：')}${t('十件里九件不超过（工作日）')}`),
      number(d.ninetiethWorking),
      number(d.n),
    ],
  ]);
  const columns = columnsOf(by);
  const body = groups.map((group): Row => [
    text(group.name),
    ...columns.flatMap((column): CellObject[] => {
      const told = column.figure === undefined ? undefined : group.figures[column.figure];
      if (told?.of !== undefined)
        return [
          told.value === null ? text(t('人数太少，不公布')) : number(told.value),
          number(told.of),
          number(told.share, PERCENT),
        ];
      return [number(column.value(group), column.id.startsWith('days-') ? '0.0' : undefined)];
    }),
  ]);
  const titles = columns.flatMap(({ id, name, figure }) => {
    const [main] = namesOf(name);
    return figure !== undefined && groups[0]?.figures[figure]?.of !== undefined
      ? [main, `${main}${t('：')}${t('分母')}`, `${main}${t('：')}${t('占比')}`]
      : [id.startsWith('days-') ? `${main}${t('：')}${t('中位数（天）')}` : name];
  });
  const sayings: Row[] = [
    ...sections.flatMap(({ name, figures: all }) =>
      all.map((figure): Row => [
        text(name),
        text(figure.name),
        text(figure.says),
        text(figure.ofName === undefined ? '' : t('占{of}的', { of: figure.ofName })),
      ]),
    ),
    ...durations.map((d): Row => [text(t('用了多久')), text(d.name), text(d.says), text('')]),
    [text(t('存量和流量')), text(t('收支平衡')), text(flow.says), text('')],
  ];
  const ofGroups = [22, ...titles.map(() => 12)];
  const wide = (...widths: number[]) => widths.map((width) => ({ width }));
  const buffer = await writeExcel(
    [
      {
        sheet: t('统计'),
        data: [
          title,
          under,
          head(
            t('分组'),
            t('指标'),
            t('数'),
            t('分母'),
            t('占比'),
            t('占什么的'),
            t('上年同期'),
            t('上年同期占比'),
            t('同比'),
            t('上一期'),
            t('环比'),
            t('说明'),
          ),
          ...high([...figures, ...stock, ...days], OF_FIGURES),
        ],
        columns: wide(...OF_FIGURES),
        orientation: 'landscape',
        stickyRowsCount: 3,
      },
      {
        sheet: t('按{what}', { what: byName[by]!() }).replaceAll(/[\\/?*[\]:]/g, ' '),
        data: [title, under, ...high([head(byName[by]!(), ...titles), ...body], ofGroups)],
        columns: wide(...ofGroups),
        orientation: 'landscape',
        stickyRowsCount: 3,
      },
      {
        sheet: t('怎么算的'),
        data: [head(t('分组'), t('指标'), t('怎么算的'), t('分母')), ...high(sayings, OF_SAYINGS)],
        columns: wide(...OF_SAYINGS),
        orientation: 'landscape',
        stickyRowsCount: 1,
      },
    ],
    {
      fontFamily: '宋体',
      fontSize: 10,
      features: [
        { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform: (xml: string) => printed(xml, 0) } } } },
      ],
    },
  ).toBuffer();
  return new Uint8Array(buffer);
}
