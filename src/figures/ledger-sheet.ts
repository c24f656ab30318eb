import writeExcel, { type CellObject, type Row } from 'write-excel-file/node';
import { printed, rowHeight } from '../contract/spreadsheet.ts';
import type { LedgerRow } from './ledger-row.ts';

/** The accustomed columns of a ledger, in the order they are read: their group, their title, and how wide they are. */
export interface Column {
  readonly key: keyof LedgerRow;
  readonly title: string;
  readonly group: '登记' | '反映的事' | '谁来办' | '办得怎样';
  /** In characters. */
  readonly width: number;
}
export const columns: readonly Column[] = [
  { key: 'number', title: '编号', group: '登记', width: 17 },
  { key: 'registered', title: '登记日期', group: '登记', width: 11 },
  { key: 'place', title: '村（社区）', group: '登记', width: 13 },
  { key: 'reporter', title: '反映人', group: '反映的事', width: 7 },
  { key: 'channel', title: '来源', group: '反映的事', width: 9 },
  { key: 'subject', title: '主要内容', group: '反映的事', width: 26 },
  { key: 'category', title: '类别', group: '反映的事', width: 17 },
  { key: 'unit', title: '责任单位', group: '谁来办', width: 13 },
  { key: 'leader', title: '包案领导', group: '谁来办', width: 9 },
  { key: 'handler', title: '承办人', group: '谁来办', width: 9 },
  { key: 'measures', title: '办理措施', group: '谁来办', width: 24 },
  { key: 'due', title: '办结时限', group: '谁来办', width: 12 },
  { key: 'result', title: '办理结果', group: '办得怎样', width: 48 },
  { key: 'opinion', title: '群众意见', group: '办得怎样', width: 10 },
  { key: 'status', title: '状态', group: '办得怎样', width: 15 },
];

export interface Sheet {
  readonly title: string;
  /** Under the title: whose, when, by whom it was drawn up. */
  readonly under: string;
  /** Under the last line. */
  readonly foot: string;
  readonly rows: readonly (LedgerRow & { readonly carried?: boolean })[];
}

const EDGE = { borderStyle: 'thin', borderColor: '#8f887b' } as const;
const HEAD = {
  ...EDGE,
  fontWeight: 'bold',
  align: 'center',
  alignVertical: 'center',
  wrap: true,
  backgroundColor: '#f3efe7',
} as const;
/** A cell of a spreadsheet holds so many characters. */
const CELL = 32_000;
/** A row of a spreadsheet is at most so high, in points. */
const HIGHEST = 409;
/** Rows that stand on every printed page: title, line under it, and the two of the head. */
const TOP = 4;

/** The ledger as an .xlsx in the accustomed form: title, two-line head, lines, foot; A4 across, the head on every page. */
export async function ledgerSheet({ title, under, foot, rows }: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const wide = columns.length + 1;
  const across = (cell: CellObject): Row => [
    { ...cell, columnSpan: wide },
    ...Array.from({ length: wide - 1 }, () => null),
  ];
  const groups = columns.map(({ group }, i): CellObject | null =>
    columns[i - 1]?.group === group
      ? null
      : { ...HEAD, value: group, type: String, columnSpan: columns.filter((c) => c.group === group).length },
  );
  const body = rows.map((row, i): Row => {
    const texts = columns.map(({ key, width }) => {
      const text = key === 'status' ? statusOf(row) : String(row[key]);
      return [text.slice(0, CELL), width] as const;
    });
    return [
      {
        ...EDGE,
        value: i + 1,
        type: Number,
        align: 'center',
        alignVertical: 'top',
        height: Math.min(HIGHEST, rowHeight(texts)),
      },
      ...columns.map(({ key }, at): CellObject => ({
        ...EDGE,
        type: String,
        value: texts[at]![0],
        wrap: true,
        alignVertical: 'top',
        ...(row.late && key === 'due' ? { textColor: '#b3261e' } : {}),
      })),
    ];
  });
  const buffer = await writeExcel(
    [
      across({
        value: title,
        type: String,
        fontSize: 18,
        fontWeight: 'bold',
        align: 'center',
        alignVertical: 'center',
        height: 32,
      }),
      across({ value: under, type: String, align: 'right' }),
      [{ ...HEAD, value: '序号', type: String, rowSpan: 2 }, ...groups],
      [null, ...columns.map((column): CellObject => ({ ...HEAD, value: column.title, type: String }))],
      ...body,
      across({ value: foot, type: String, height: 24, alignVertical: 'center' }),
    ],
    {
      sheet: '民情台账',
      orientation: 'landscape',
      stickyRowsCount: TOP,
      columns: [{ width: 5 }, ...columns.map(({ width }) => ({ width }))],
    },
    {
      fontFamily: '宋体',
      fontSize: 10,
      features: [
        {
          files: {
            transform: {
              // The library says A4 already.
              'xl/worksheets/sheet{id}.xml': {
                transform: (xml: string) => printed(xml, TOP),
              },
              'xl/workbook.xml': {
                transform: (xml: string) =>
                  xml.replace(
                    '<definedNames/>',
                    `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'民情台账'!$1:$${TOP}</definedName></definedNames>`,
                  ),
              },
            },
          },
        },
      ],
    },
  ).toBuffer();
  return new Uint8Array(buffer);
}

export const statusOf = (row: LedgerRow & { readonly carried?: boolean }): string =>
  [row.status, row.carried === true ? '结转' : undefined, row.late ? '超期' : undefined]
    .filter((part) => part !== undefined)
    .join('，');
