import { roleNames } from '../../access/model.ts';
import {
  type Level,
  type UnitType,
  areaTypes,
  assignmentTypeNames,
  assignmentTypes,
  levelNames,
  levels,
  unitTypeNames,
  unitTypes,
} from '../model.ts';

/** The sheets counties are used to, and how a cell of them is read. */

export type Cell = string | number | boolean | Date | null;
export interface SheetData {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

/** One cell that cannot be taken, where it stands, and what to do about it. */
export interface Fault {
  readonly sheet: string;
  /** As the spreadsheet counts, from 1. */
  readonly row: number;
  readonly column: { readonly letter: string; readonly header: string };
  readonly value: string;
  readonly message: string;
}

export interface Column {
  readonly header: string;
  readonly required?: true;
  /** What the template says about it. */
  readonly hint: string;
  readonly also?: readonly string[];
}
export type Columns = Readonly<Record<string, Column>>;

const areas = {
  code: { header: '区划代码', required: true, hint: '统计用区划代码或自编代码，不能重复', also: ['代码'] },
  name: { header: '名称', required: true, hint: '同一上级下不能重名', also: ['区划名称'] },
  parent: { header: '上级代码', hint: '县级不填，其余填上级的区划代码', also: ['上级区划代码'] },
  level: { header: '级别', hint: '县、乡镇、村、网格；不填按上级推定' },
  type: { header: '类别', hint: '县、镇、乡、街道、村、社区、网格等；不填按名称推定' },
} as const satisfies Columns;

const units = {
  code: { header: '单位代码', hint: '有代码时按代码对应，改名后仍是同一单位' },
  name: { header: '单位名称', required: true, hint: '全称', also: ['名称'] },
  shortName: { header: '简称', hint: '可不填' },
  parent: { header: '上级单位', hint: '上级单位的代码或全称；内设机构必填' },
  type: { header: '类别', required: true, hint: unitTypes.map((t) => unitTypeNames[t]).join('、') },
  area: { header: '服务区域', required: true, hint: '区划代码，或名称，如“城关镇/东街村”' },
  head: { header: '负责人', hint: '姓名，须在“干部”表或系统中' },
  reception: { header: '收件人', hint: '派单由谁接收，姓名', also: ['受理人'] },
} as const satisfies Columns;

const officials = {
  code: { header: '工号', hint: '有工号时按工号对应' },
  name: { header: '姓名', required: true, hint: '一人多岗时写多行' },
  unit: { header: '单位', required: true, hint: '单位代码或全称' },
  title: { header: '职务', hint: '印在联系卡上' },
  phone: { header: '工作电话', hint: '印在联系卡上', also: ['电话', '联系电话'] },
  role: { header: '角色', hint: `${Object.values(roleNames).join('、')}；不填则只登记` },
  area: { header: '区域', hint: '角色管哪片：区划代码或名称' },
  since: { header: '任职日期', hint: '不填按导入当天' },
} as const satisfies Columns;

const assignments = {
  official: { header: '干部', required: true, hint: '姓名' },
  phone: { header: '电话', hint: '有同名时必填' },
  type: { header: '类型', required: true, hint: assignmentTypes.map((t) => assignmentTypeNames[t]).join('、') },
  target: {
    header: '村/户',
    required: true,
    hint: '村：区划代码或名称；户：“村名/户主姓名”；定点联系也可填企事业单位',
    also: ['村户', '对象'],
  },
  unit: { header: '部门', hint: '部门包村时填部门；不填按干部所在单位' },
  role: { header: '角色', required: true, hint: '总负责、管片副职、综合联村干部、党建联村干部等' },
  since: { header: '起', required: true, hint: '如 2026-01-01', also: ['起始日期', '开始日期'] },
  until: { header: '止', hint: '还在进行的不填', also: ['结束日期'] },
} as const satisfies Columns;

export const layout = {
  areas: { sheet: '行政区划', columns: areas },
  units: { sheet: '单位', columns: units },
  officials: { sheet: '干部', columns: officials },
  assignments: { sheet: '包联', columns: assignments },
} as const;
export type Part = keyof typeof layout;
export const parts = Object.keys(layout) as Part[];

/** A row with something in it: the text of each column by field, and how to find fault with one. */
export interface Line<F extends string = string> {
  readonly row: number;
  readonly text: Readonly<Record<F, string>>;
  fault(field: F, message: string): Fault;
}

/** A line of that part's sheet. */
export type LineOf<P extends Part> = Line<keyof (typeof layout)[P]['columns'] & string>;

export interface Sheet<F extends string = string> {
  readonly lines: readonly Line<F>[];
  readonly faults: readonly Fault[];
}

/** Reads the lines of one of the organisation's sheets. */
export function readPart<P extends Part>(
  sheets: readonly SheetData[],
  part: P,
): Sheet<keyof (typeof layout)[P]['columns'] & string> {
  const { sheet, columns } = layout[part] as {
    sheet: string;
    columns: Readonly<Record<keyof (typeof layout)[P]['columns'] & string, Column>>;
  };
  return readLines(sheets, sheet, columns);
}

/** Finds the sheet of that name and its header row (a title may stand above it) and reads its lines. */
export function readLines<F extends string>(
  sheets: readonly SheetData[],
  name: string,
  columns: Readonly<Record<F, Column>>,
): Sheet<F> {
  const data = sheets.find((s) => s.sheet.trim() === name)?.data;
  if (data === undefined) return { lines: [], faults: [] };
  const top = data.findIndex((row, i) => i < 5 && row.filter((c) => fieldOf(columns, c) !== undefined).length >= 2);
  const header = data[top] ?? [];
  const at = new Map<string, number>();
  header.forEach((cell, i) => {
    const field = fieldOf(columns, cell);
    if (field !== undefined && !at.has(field)) at.set(field, i);
  });
  const faultAt = (row: number, field: string, value: string, message: string): Fault => ({
    sheet: name,
    row,
    column: { letter: at.has(field) ? letterOf(at.get(field)!) : '', header: columns[field as F].header },
    value,
    message,
  });
  const missing = Object.entries<Column>(columns).filter(([field, c]) => c.required === true && !at.has(field));
  if (missing.length > 0) {
    return {
      lines: [],
      faults: missing.map(([field, c]) => faultAt(top + 1 || 1, field, '', `缺少“${c.header}”一列，请按模板补上。`)),
    };
  }

  const lines: Line[] = [];
  const faults: Fault[] = [];
  data.slice(top + 1).forEach((cells, i) => {
    const row = top + i + 2;
    const text = Object.fromEntries(
      Object.keys(columns).map((field) => [field, textOf(cells[at.get(field) ?? -1] ?? null)]),
    );
    if (Object.values(text).every((t) => t === '')) return;
    const line: Line = { row, text, fault: (field, message) => faultAt(row, field, text[field] ?? '', message) };
    const wrong = Object.entries<Column>(columns).flatMap(([field, column]) => {
      if (column.required === true && text[field] === '')
        return line.fault(field, `“${column.header}”不能空，请补填。`);
      const limit = field === 'code' ? 40 : field === 'role' || field === 'shortName' ? 20 : 60;
      return text[field]!.length > limit ? line.fault(field, `太长了，请缩短到 ${limit} 字以内。`) : [];
    });
    faults.push(...wrong);
    if (wrong.length === 0) lines.push(line);
  });
  return { lines: lines as unknown as Line<F>[], faults };
}

function fieldOf(columns: Columns, cell: Cell): string | undefined {
  const text = textOf(cell).replace(/[\s*＊（(].*$/, '');
  return Object.entries(columns).find(([, c]) => c.header === text || c.also?.includes(text) === true)?.[0];
}

/** A cell as text. Long codes that a spreadsheet keeps as a number come back without exponent. */
function textOf(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  // Digits and letters typed in full width mean the same; other signs of a name stay as they are.
  const text = String(cell)
    .trim()
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  return /^\d(\.\d+)?E\+?\d{1,2}$/i.test(text) ? BigInt(Math.round(Number(text))).toString() : text;
}

/** A, B … Z, AA … */
export const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);

export const BAD_DAY = '日期看不懂，请写成 2026-01-01 的样子。';

/** A day written 2026-1-5, 2026/1/5, 2026.1.5 or 2026年1月5日, as 2026-01-05; undefined when it is none. */
export function dayIn(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (match === null) return undefined;
  const day = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}

export function levelIn(text: string): Level | undefined {
  const plain = text.replace(/级$/, '');
  return levels.find(
    (l) => levelNames[l] === text || areaTypes[l].includes(plain) || (l === 'township' && plain === '乡镇'),
  );
}

/** The type a name says of itself: 城关镇 is a 镇. */
export const typeOf = (name: string, level: Level): string =>
  areaTypes[level].find((t) => name.endsWith(t)) ?? areaTypes[level][0]!;

const otherUnitTypes: Readonly<Record<string, UnitType>> = {
  县直部门: 'department',
  乡镇: 'township',
  街道办: 'township',
  股室: 'section',
  站所: 'section',
  企业: 'enterprise',
  学校: 'enterprise',
  事业单位: 'enterprise',
};
export const unitTypeIn = (text: string): UnitType | undefined =>
  unitTypes.find((t) => unitTypeNames[t] === text) ??
  (Object.hasOwn(otherUnitTypes, text) ? otherUnitTypes[text] : undefined);
