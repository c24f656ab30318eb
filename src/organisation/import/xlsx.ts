import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile, { type CellObject, type SheetData as WrittenSheet } from 'write-excel-file/node';
import { type Cell, type Columns, type Fault, type SheetData, layout, letterOf, parts } from './layout.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADER = { fontWeight: 'bold', backgroundColor: '#f3efe7', borderStyle: 'thin', borderColor: '#e4ded3' } as const;
const WRONG = { backgroundColor: '#fbeceb', textColor: '#b3261e', wrap: true } as const;

/** All sheets of a file, numbers as they are written; undefined when it is not an xlsx file. */
export async function readSheets(file: Buffer): Promise<SheetData[] | undefined> {
  try {
    const sheets = await readXlsxFile<string>(file, { parseNumber: (text) => text });
    return sheets.map(({ sheet, data }) => ({ sheet, data: data as Cell[][] }));
  } catch {
    // Whatever the reader stumbles over, a broken zip or a missing part, the person can only save the file anew.
    return undefined;
  }
}

/** An empty file in the accustomed layout. */
export const templateFile = (): Promise<Buffer> => emptyFile(parts.map((part) => layout[part]));

/** An empty file with these sheets, and one that says what belongs into each column. */
export const emptyFile = (sheets: readonly { readonly sheet: string; readonly columns: Columns }[]): Promise<Buffer> =>
  writeXlsxFile([
    ...sheets.map(({ sheet, columns }) => {
      const all = Object.values(columns);
      const header = all.map((c): CellObject => ({
        value: c.required === true ? `${c.header} *` : c.header,
        ...HEADER,
      }));
      return { sheet, data: [header], columns: all.map(() => ({ width: 18 })), stickyRowsCount: 1 };
    }),
    {
      sheet: '填写说明',
      data: [
        ['表', '列', '怎么填'].map((value): CellObject => ({ value, ...HEADER })),
        ...sheets.flatMap(({ sheet, columns }) => Object.values(columns).map((c) => [sheet, c.header, c.hint])),
      ] as WrittenSheet,
      columns: [{ width: 12 }, { width: 14 }, { width: 60 }],
    },
  ]).toBuffer();

/** The rows that were not taken, in their own layout, the cells at fault coloured and said why: mend it and import it. */
export function faultsFile(sheets: readonly SheetData[], faults: readonly Fault[]): Promise<Buffer> {
  const written = sheets.flatMap(({ sheet, data }) => {
    const here = faults.filter((f) => f.sheet === sheet.trim());
    if (here.length === 0) return [];
    const byRow = Map.groupBy(here, (f) => f.row);
    const width = Math.max(0, ...data.map((row) => row.length));
    const first = data.findIndex((row) => row.filter((c) => c !== null).length >= 2);
    const header = [...Array.from({ length: width }, (_, i) => data[first]?.[i] ?? null), '原行号', '怎样改正'];
    const rows = [...byRow].map(([row, wrong]) => [
      ...Array.from({ length: width }, (_, i): CellObject | null => {
        const value = plain(data[row - 1]?.[i] ?? null);
        const isWrong = wrong.some((f) => f.column.letter === letterOf(i));
        return isWrong ? { value: value ?? '', ...WRONG } : value === null ? null : { value };
      }),
      row,
      { value: wrong.map((f) => `${f.column.header}：${f.message}`).join('\n'), ...WRONG } satisfies CellObject,
    ]);
    return {
      sheet: sheet.trim(),
      data: [header.map((cell): CellObject => ({ value: plain(cell) ?? '', ...HEADER })), ...rows] as WrittenSheet,
      columns: [...Array.from({ length: width }, () => ({ width: 18 })), { width: 8 }, { width: 60 }],
      stickyRowsCount: 1,
    };
  });
  const nothing = { sheet: '导入结果', data: [['没有需要改正的行。']] as WrittenSheet };
  return writeXlsxFile(written.length === 0 ? [nothing] : written).toBuffer();
}

const plain = (cell: Cell): string | null =>
  cell === null ? null : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
