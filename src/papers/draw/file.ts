import type { Paper } from '../model.ts';
import { type Box, type Type, baseLine, blank, centred, drawLine, paragraph, tableBoxes, textWidth } from './boxes.ts';
import { signsOf } from './breaks.ts';
import { layOut, paginate } from './layout.ts';
import { A4, type Item, type Mark, type Page, TEXT } from './page.ts';
import { jpegSize } from './pdf.ts';

/**
 * 一案一卷 (C20, PET-04): the whole file of a matter as one document. Everything on it was chosen before it comes here: what
 * its reader may not see is not in it, and `leftOut` says so.
 */
export interface CaseFile {
  /** 立卷单位. */
  readonly unit: string;
  readonly number: string;
  readonly title: string;
  /** The day the file was drawn. */
  readonly day: string;
  /** For whom, as the reader is called. */
  readonly reader: string;
  /** What is known of the matter, one line each. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly entries: readonly FileEntry[];
  /** What this reader does not get to see, and why. */
  readonly leftOut: readonly string[];
  readonly proof: Proof;
}

/** 件: what happened, an issued paper, a picture. */
export interface FileEntry {
  readonly title: string;
  readonly day: string;
  /** 责任者. */
  readonly by: string;
  /** 文号. */
  readonly number: string;
  readonly paragraphs: readonly string[];
  readonly paper?: Paper;
  readonly picture?: Uint8Array;
}

export interface Proof {
  /** Each event with its place in the county's chain and the chain's hash there; null while it is not sealed yet. */
  readonly events: readonly {
    readonly what: string;
    readonly at: string;
    readonly place: number | null;
    readonly hash: string | null;
  }[];
  readonly files: readonly { readonly what: string; readonly hash: string }[];
  /** The first signed checkpoint at or after the last sealed event. */
  readonly checkpoint: {
    readonly day: string;
    readonly place: number;
    readonly hash: string;
    readonly signature: string;
  } | null;
  readonly how: readonly string[];
}

const place = { top: TEXT.top, height: TEXT.height } as const;
const { left, width } = TEXT;
const text: Type = { size: 12, gap: 0, line: 7.2 };
const fine: Type = { size: 9, gap: 0, line: 4.8 };
const tiny: Type = { size: 6.5, gap: 0, line: 3.6 };

/** A strip that says on which page it came to stand. */
const noted = (boxes: readonly Box[], note: (page: number) => void): Box[] =>
  boxes.map((box, i) => (i === 0 ? { ...box, placed: note } : box));

const heading = (title: string): Box[] => [
  ...paragraph(signsOf(title, 'hei'), left, width, { size: 14, gap: 0, line: 9 }, { keep: true }),
];

export function fileOf(file: CaseFile): { pages: Page[]; marks: Mark[] } {
  const at: number[] = [];
  const body: Item[][] = [];
  const add = (boxes: readonly Box[]): void => {
    const from = body.length;
    const { pages } = paginate(
      boxes.map((box) => {
        const { placed } = box;
        return placed === undefined ? box : { ...box, placed: (page: number) => placed(page + from) };
      }),
      place,
    );
    body.push(...pages);
  };

  add([...heading('基本情况'), ...table(['项目', '内容'], file.facts, [1, 4], text)]);
  let flowing: Box[] = [];
  const flow = (): void => {
    if (flowing.length > 0) add(flowing);
    flowing = [];
  };
  for (const [i, entry] of file.entries.entries()) {
    if (entry.paper !== undefined) {
      flow();
      at[i] = body.length;
      body.push(...layOut(entry.paper).map(({ items }) => [...items]));
    } else if (entry.picture !== undefined) {
      flow();
      add(noted(pictureBoxes(entry, entry.picture), (page) => (at[i] = page)));
    } else flowing.push(...noted(entryBoxes(entry, i + 2), (page) => (at[i] = page)));
  }
  flow();
  const proofAt = body.length;
  add(proofBoxes(file));
  const leftOutAt = body.length;
  add(leftOutBoxes(file));

  const rows = (front: number): string[][] => [
    ['1', '', file.unit, '基本情况', file.day, String(front + 1)],
    ...file.entries.map(({ title, day, by, number }, i) => [
      String(i + 2),
      number,
      by,
      title,
      day,
      String(front + at[i]! + 1),
    ]),
    [String(file.entries.length + 2), '', file.unit, '完整性证明', file.day, String(front + proofAt + 1)],
    [String(file.entries.length + 3), '', file.unit, '没有收入本卷的内容', file.day, String(front + leftOutAt + 1)],
  ];
  const indexOf = (front: number): Item[][] =>
    paginate(
      [
        ...centred('卷内文件目录', 'title', left, width, { size: 18, gap: 0, line: 13 }),
        ...table(['顺序号', '文号', '责任者', '题名', '日期', '页号'], rows(front), [1.3, 2.4, 2.2, 4.8, 1.8, 1], fine),
      ],
      place,
    ).pages;
  // A page's number has no more digits than the widest cell has room for: the index is as long whatever they are.
  const front = 1 + indexOf(0).length;
  const sheets = [coverOf(file, front + body.length), ...indexOf(front), ...body];
  const marks: Mark[] = [
    { title: '封面', page: 0 },
    { title: '卷内文件目录', page: 1 },
    { title: '基本情况', page: front },
    ...file.entries.map(({ title }, i) => ({ title, page: front + at[i]! })),
    { title: '完整性证明', page: front + proofAt },
    { title: '没有收入本卷的内容', page: front + leftOutAt },
  ];
  return {
    pages: sheets.map((items, i) => ({ ...A4, items: [...items, ...stamped(i + 1, sheets.length, file)] })),
    marks,
  };
}

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  type: Type,
): Box[] => {
  const { head: top, rows: below } = tableBoxes({ head, rows, widths }, left, width, type, TEXT.height - 30);
  return [top, ...below, blank(4)];
};

function coverOf(file: CaseFile, pages: number): Item[] {
  const big = { size: 30, gap: 2, line: 18 };
  const days = file.entries.map(({ day }) => day).toSorted();
  const lines: [string, string][] = [
    ['编　　号', file.number],
    ['题　　名', file.title],
    ['立卷单位', file.unit],
    ['起止日期', days.length === 0 ? '' : `${days[0]} 至 ${days.at(-1)}`],
    ['件数页数', `${file.entries.length + 3} 件，${pages} 页`],
    ['打印日期', file.day],
    ['打 印 人', file.reader],
  ];
  const boxes = [
    blank(36),
    ...centred('一案一卷', 'title', left, width, big),
    blank(26),
    ...table(['项目', '内容'], lines, [1, 4], { size: 14, gap: 0, line: 9 }),
  ];
  return paginate(boxes, place).pages[0]!;
}

function entryBoxes(entry: FileEntry, number: number): Box[] {
  const lead = `${number}．${entry.title}`;
  const under = [entry.day, entry.by, entry.number].filter((part) => part !== '').join('　');
  return [
    ...paragraph(signsOf(lead, 'hei'), left, width, text, { keep: true }),
    ...paragraph(signsOf(under, 'kai'), left, width, fine, { keep: entry.paragraphs.length > 0 }),
    ...entry.paragraphs
      .flatMap((words) => words.split('\n'))
      .filter((words) => words.trim() !== '')
      .flatMap((words) => paragraph(signsOf(words, 'fang'), left, width, text, { indent: 8.5 })),
    blank(4),
  ];
}

function pictureBoxes(entry: FileEntry, picture: Uint8Array): Box[] {
  const size = jpegSize(picture);
  const scale = Math.min(width / size.width, (TEXT.height - 24) / size.height);
  const shown = { width: size.width * scale, height: size.height * scale };
  return [
    ...paragraph(signsOf(entry.title, 'hei'), left, width, text, { keep: true }),
    ...paragraph(signsOf(`${entry.day}　${entry.by}`, 'kai'), left, width, fine, { keep: true }),
    {
      height: shown.height + 3,
      draw: (top) => [{ kind: 'picture', bytes: picture, x: left + (width - shown.width) / 2, y: top + 2, ...shown }],
    },
  ];
}

function proofBoxes({ proof }: CaseFile): Box[] {
  const mark = proof.checkpoint;
  return [
    ...heading('完整性证明'),
    ...proof.how.flatMap((words) => paragraph(signsOf(words, 'fang'), left, width, text, { indent: 8.5 })),
    blank(3),
    ...table(
      ['序', '记录', '时间', '链上位置', '链上的值（SHA-256）'],
      proof.events.map(({ what, at, place: seat, hash }, i) => [
        String(i + 1),
        what,
        at,
        seat === null ? '还没有封' : String(seat),
        hash ?? '',
      ]),
      [0.7, 3, 2.3, 1.3, 6.4],
      tiny,
    ),
    ...(proof.files.length === 0
      ? []
      : table(
          ['序', '文件', '加密存放的文件的值（SHA-256）'],
          proof.files.map(({ what, hash }, i) => [String(i + 1), what, hash]),
          [0.7, 5, 8],
          tiny,
        )),
    ...(mark === null
      ? paragraph(signsOf('这些记录之后还没有签过检查点；明天再打印，就会带上。', 'fang'), left, width, text, {
          indent: 8.5,
        })
      : table(
          ['检查点', '内容'],
          [
            ['日期', mark.day],
            ['链上位置', String(mark.place)],
            ['链上的值', mark.hash],
            ['签名', mark.signature],
          ],
          [1, 6],
          fine,
        )),
  ];
}

const leftOutBoxes = ({ leftOut, reader }: CaseFile): Box[] => [
  ...heading('没有收入本卷的内容'),
  ...(leftOut.length === 0
    ? [`本卷打印给${reader}，全部内容都在卷内。`]
    : [`本卷打印给${reader}，下列内容按权限没有收入：`, ...leftOut]
  ).flatMap((words) => paragraph(signsOf(words, 'fang'), left, width, text, { indent: 8.5 })),
];

/** The file's own count at the upper outer corner, as archives stamp it; papers in it keep theirs at the foot. */
function stamped(page: number, of: number, file: CaseFile): Item[] {
  const type: Type = { size: 9, gap: 0, line: 5, ink: 'grey' };
  const y = baseLine(14, type);
  const signs = signsOf(`第 ${page} 页 共 ${of} 页`, 'song');
  const number = signsOf(file.number, 'song');
  const x = page % 2 === 1 ? left + width - textWidth(signs, type) : left;
  const other = page % 2 === 1 ? left : left + width - textWidth(number, type);
  return [...drawLine(signs, x, y, type), ...drawLine(number, other, y, type)];
}
