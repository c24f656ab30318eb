import { Phone } from './model.ts';

/** The accustomed layout of a households list: one row for each resident, the household's rows together. */
export const columns = {
  township: '乡镇',
  head: '户主',
  relation: '与户主关系',
  name: '姓名',
  born: '出生年份',
  phone: '电话',
  village: '村/社区',
  grid: '网格',
  address: '门牌',
  contact: '联系干部',
} as const;
export type Column = keyof typeof columns;

const required: readonly Column[] = ['head', 'relation', 'name', 'village', 'address'];
/** Other headings the same columns go by. */
const aliases: Readonly<Record<string, Column>> = {
  村: 'village',
  社区: 'village',
  '村（社区）': 'village',
  关系: 'relation',
  联系电话: 'phone',
  手机号: 'phone',
  地址: 'address',
  门牌号: 'address',
  出生年: 'born',
  户主姓名: 'head',
};

export type Layout = Readonly<Partial<Record<Column, number>>>;

/** Where each column stands. @returns the missing required columns when the heading does not fit */
export function layoutOf(heading: readonly string[]): Layout | { readonly missing: readonly string[] } {
  const byName = new Map<string, Column>([
    ...Object.entries(aliases),
    ...Object.entries(columns).map(([column, name]) => [name, column as Column] as const),
  ]);
  const layout: Partial<Record<Column, number>> = {};
  for (const [place, cell] of heading.entries()) {
    const column = byName.get(cell.replace(/\s/g, ''));
    if (column !== undefined) layout[column] ??= place;
  }
  const missing = required.filter((c) => layout[c] === undefined).map((c) => columns[c]);
  return missing.length > 0 ? { missing } : layout;
}

/** One cell that does not fit: shown beside the cell it is about. */
export interface Fault {
  /** Row of the file, counted from 1 with the heading. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

export type Line = Readonly<Record<Column, string>>;

const names = Object.keys(columns) as Column[];
/** Cells that spreadsheets leave empty (merged) on the further rows of a household. */
const ofHousehold: readonly Column[] = ['township', 'head', 'village', 'grid', 'address', 'contact'];

/** Characters that NFKC leaves as they are, alone and beside each other. */
const PLAIN = /^[\x20-\x7e\u4e00-\u9fa5]*$/;

/** The row's cells by column; a row without 户主 belongs to the household above it. */
export function lineOf(cells: readonly string[], layout: Layout, above: Line | undefined): Line {
  const line = {} as Record<Column, string>;
  for (const c of names) {
    const cell = layout[c] === undefined ? '' : (cells[layout[c]] ?? '').trim();
    // Most cells are plain already, and to see that is three times as quick as to normalise them.
    line[c] = PLAIN.test(cell) ? cell : cell.normalize('NFKC');
  }
  if (line.head === '' && above !== undefined) for (const c of ofHousehold) if (line[c] === '') line[c] = above[c];
  return line;
}

export interface Person {
  readonly name: string;
  readonly relation: string;
  readonly bornYear?: number;
  readonly phone?: string;
}

type Say = (column: Column, message: string) => void;

/** What a row says of its resident. Faults go to `say`; undefined when there was one. */
export function personOf(line: Line, year: number, say: Say): Person | undefined {
  let sound = true;
  const fault = (column: Column, message: string) => {
    sound = false;
    say(column, message);
  };
  if (line.name === '') fault('name', '姓名没有填');
  else if (line.name.length > 50) fault('name', '姓名太长，最多 50 个字');
  if (line.relation === '') fault('relation', '与户主关系没有填');
  else if (line.relation.length > 20) fault('relation', '与户主关系太长，最多 20 个字');

  const born = /^(\d{4})(?:$|[^\d])/.exec(line.born)?.[1];
  const bornYear = born === undefined ? undefined : Number(born);
  if (line.born !== '' && (bornYear === undefined || bornYear < 1900 || bornYear > year)) {
    fault('born', `出生年份应当是 1900 到 ${year} 之间的四位数`);
  }
  const phone = line.phone.replace(/[\s-]/g, '');
  if (phone !== '' && !Phone.safeParse(phone).success) fault('phone', '电话应当是 11 位手机号，或者带区号的座机');
  if (!sound) return undefined;
  return {
    name: line.name,
    relation: line.relation,
    ...(bornYear === undefined ? {} : { bornYear }),
    ...(phone === '' ? {} : { phone }),
  };
}
