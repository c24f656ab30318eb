import { type Block, type Paper, type Table, sayPaperNumber } from '../model.ts';
import {
  type Box,
  type Type,
  baseLine,
  blank,
  centred,
  drawLine,
  paragraph,
  ruled,
  tableBoxes,
  textWidth,
} from './boxes.ts';
import { type Sign, signsOf } from './breaks.ts';
import type { Face } from './fonts.ts';
import { A4, BODY_GAP, type Item, LINE, MM_PER_POINT, type Page, SEAL_RADIUS, SIZE, TEXT } from './page.ts';
import { sayChineseDay } from './words.ts';

/*
 * A paper on its pages, by GB/T 9704-2012. The numbers in brackets are the standard's sections. Body text stands on a grid
 * of 22 lines of 28 characters; whatever is higher than a line takes whole lines of it.
 */

const body: Type = { size: SIZE.body, gap: BODY_GAP, line: LINE };
const small: Type = { size: SIZE.small, gap: 0, line: 7.4 };
const tableType: Type = { size: 12, gap: 0, line: 6.6 };
const CHARACTER = TEXT.width / TEXT.characters;
/** The text's place on a page, and how much of its first page is taken already. */
interface Place {
  readonly page: { readonly width: number; readonly height: number };
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
const upright: Place = { page: A4, left: TEXT.left, top: TEXT.top, width: TEXT.width, height: TEXT.height };
/** The same page turned: what was at the top is at the right (6.3: a table across is bound at its head). */
const across: Place = {
  page: { width: A4.height, height: A4.width },
  left: 35,
  top: TEXT.left,
  width: TEXT.height,
  height: TEXT.width,
};

export function layOut(paper: Paper): Page[] {
  const place = paper.form === 'sheet' ? across : upright;
  const top = { document: documentTop, letter: letterTop, minutes: minutesTop, served: servedTop, sheet: sheetTop }[
    paper.form
  ](paper, place);
  const sheets = [
    ...top.boxes,
    ...bodyBoxes(paper, place),
    ...attachmentBoxes(paper, place),
    ...signed(paper, place, paper.form === 'sheet'),
    ...noteBoxes(paper, place),
  ];
  const { pages, footAlone } = paginate(sheets, place, footOf(paper, place));
  // A letter's first page bears no number (10.1), nor does a page that holds the foot alone (7.5).
  const numbered = (i: number): boolean =>
    !(paper.form === 'letter' && i === 0) && !(footAlone && i === pages.length - 1);
  return pages.map((items, i) => ({
    ...place.page,
    items: [...(i === 0 ? top.fixed : []), ...items, ...(numbered(i) ? pageNumber(i + 1, place) : [])],
  }));
}

interface Top {
  /** Where it stands whatever follows. */
  readonly fixed: readonly Item[];
  /** What flows: how many lines the fixed part takes, and the title. */
  readonly boxes: readonly Box[];
}

/** 发文机关标志 in red in the middle (7.2.4), as large as fits; its upper edge is there. */
function redHead(text: string, top: number, most: number, place: Place): { items: Item[]; bottom: number } {
  const natural = textWidth(signsOf(text, 'title'), { size: most, gap: 0, line: 0 });
  const room = place.width - 4;
  const size = natural > room ? (most * room) / natural : most;
  const line = size * MM_PER_POINT;
  const type: Type = { size, gap: 0, line, ink: 'red' };
  const signs = signsOf(text, 'title');
  const width = textWidth(signs, type);
  return {
    items: drawLine(signs, place.left + (place.width - width) / 2, baseLine(top, type), type),
    bottom: top + line,
  };
}

/** How many whole lines of the grid lie above there. */
const linesAbove = (y: number, place: Place): number => Math.ceil((y - place.top) / LINE - 0.001);

const titleBoxes = (paper: Paper, place: Place): Box[] =>
  paper.title
    .split('\n')
    .flatMap((line) => centred(line, 'title', place.left, place.width, { ...body, size: SIZE.title, gap: 0 }));

/** 主送机关: one line below the title, from the margin, with a full-width colon (7.3.2). */
const addresseeBoxes = ({ addressee }: Paper, place: Place): Box[] =>
  addressee === undefined || addressee === ''
    ? []
    : [blank(), ...paragraph(signsOf(`${addressee}：`, 'fang'), place.left, place.width, body, { keep: true })];

/** A document: red head 35 mm below the text's edge, number two lines below, red rule 4 mm below that, title two below. */
function documentTop(paper: Paper, place: Place): Top {
  const head = redHead(paper.head ?? '', place.top + 35, 44, place);
  const numberLine = linesAbove(head.bottom, place) + 2;
  const top = place.top + numberLine * LINE;
  const number = signsOf(paper.number === undefined ? '' : sayPaperNumber(paper.number), 'fang');
  const y = baseLine(top, body);
  const width = textWidth(number, body);
  const rule = top + (LINE + SIZE.body * MM_PER_POINT) / 2 + 4;
  const { issuer } = paper;
  // What goes up names who signed: the number moves to the left, both one character from the edge (7.2.6).
  const numberItems =
    issuer === undefined
      ? drawLine(number, place.left + (place.width - width) / 2, y, body)
      : [
          ...drawLine(number, place.left + CHARACTER, y, body),
          ...fromRight([...signsOf('签发人：', 'fang'), ...signsOf(issuer, 'kai')], place, y, CHARACTER),
        ];
  return {
    fixed: [
      ...urgencyItems(paper, place, place.top),
      ...head.items,
      ...numberItems,
      ruled(place.left, rule, place.left + place.width, rule, 0.7, 'red'),
    ],
    boxes: [
      blank((linesAbove(rule, place) + 2 - 1) * LINE),
      ...titleBoxes(paper, place),
      ...addresseeBoxes(paper, place),
    ],
  };
}

/** 紧急程度 in 三号黑体 at the upper left corner (7.2.3). */
const urgencyItems = ({ urgency }: Paper, place: Place, top: number): Item[] =>
  urgency === undefined ? [] : drawLine(signsOf(urgency, 'hei'), place.left, baseLine(top, body), body);

const fromRight = (signs: readonly Sign[], place: Place, y: number, margin: number, type: Type = body): Item[] =>
  drawLine(signs, place.left + place.width - margin - textWidth(signs, type) + type.gap, y, type);

/** Red double rules of a letter are 170 mm long and stand in the middle (10.1). */
const letterRules = (y: number, thickAbove: boolean, place: Place): Item[] => {
  const left = (place.page.width - 170) / 2;
  const [first, second] = thickAbove ? [1, 0.35] : [0.35, 1];
  return [ruled(left, y, left + 170, y, first, 'red'), ruled(left, y + 1.4, left + 170, y + 1.4, second, 'red')];
};

/** A letter: red head 30 mm from the page's edge, double rule 4 mm below, number at the right under it. */
function letterTop(paper: Paper, place: Place): Top {
  const head = redHead(paper.head ?? '', 30, 40, place);
  const rule = head.bottom + 4;
  const em = SIZE.body * MM_PER_POINT;
  // Seven eighths of a character under the rule.
  const top = rule + 1.4 + (em * 7) / 8;
  const type: Type = { ...body, line: em };
  const number = signsOf(paper.number === undefined ? '' : sayPaperNumber(paper.number), 'fang');
  return {
    fixed: [
      ...head.items,
      ...letterRules(rule, true, place),
      ...urgencyItems(paper, place, rule + 1.4),
      ...fromRight(number, place, baseLine(top, type), 0, type),
      ...letterRules(place.page.height - 20 - 1.4, false, place),
    ],
    boxes: [
      blank((linesAbove(top + em, place) + 2) * LINE),
      ...titleBoxes(paper, place),
      ...addresseeBoxes(paper, place),
    ],
  };
}

/** Minutes: a red head like a document's, unit and day below, no seal (10.3). */
function minutesTop(paper: Paper, place: Place): Top {
  const head = redHead(paper.head ?? paper.title, place.top + 35, 40, place);
  const top = place.top + (linesAbove(head.bottom, place) + 1) * LINE;
  const number = signsOf(paper.number === undefined ? '' : sayPaperNumber(paper.number), 'fang');
  const y = baseLine(top, body);
  const width = textWidth(number, body);
  const under = baseLine(top + LINE, body);
  const rule = top + LINE + (LINE + SIZE.body * MM_PER_POINT) / 2 + 4;
  return {
    fixed: [
      ...head.items,
      ...drawLine(number, place.left + (place.width - width) / 2, y, body),
      ...drawLine(signsOf(paper.unit ?? '', 'fang'), place.left + CHARACTER, under, body),
      ...fromRight(signsOf(sayChineseDay(paper.date), 'fang'), place, under, CHARACTER),
      ruled(place.left, rule, place.left + place.width, rule, 0.7, 'red'),
    ],
    boxes: [blank((linesAbove(rule, place) + 1) * LINE), ...titleBoxes(paper, place), blank()],
  };
}

/** A served paper: no red head; the number at the right under the title. */
function servedTop(paper: Paper, place: Place): Top {
  const number = signsOf(paper.number === undefined ? '' : sayPaperNumber(paper.number), 'fang');
  return {
    fixed: [],
    boxes: [
      ...titleBoxes(paper, place),
      ...(number.length === 0
        ? []
        : [{ height: LINE, keep: true, draw: (top: number) => fromRight(number, place, baseLine(top, body), 0) }]),
      ...addresseeBoxes(paper, place),
    ],
  };
}

const sheetTop = (paper: Paper, place: Place): Top => ({
  fixed: [],
  boxes: centred(paper.title, 'title', place.left, place.width, { size: 18, gap: 0, line: 12 }),
});

/** How a paragraph's place in the order of headings is written, and the face it then has (7.3.3). */
const levels: readonly { readonly begins: RegExp; readonly face: Face }[] = [
  { begins: /^[一二三四五六七八九十]+、/, face: 'hei' },
  { begins: /^（[一二三四五六七八九十]+）/, face: 'kai' },
];
/** Who was there, in minutes (10.3). */
const PRESENT = /^(出席|请假|列席|主持|记录)(人员|人)?：/;

/** A paragraph with its faces: a heading's whole sentence has its own, what follows it is text. */
export function faced(text: string): Sign[] {
  const label = PRESENT.exec(text)?.[0];
  if (label !== undefined) return [...signsOf(label, 'hei'), ...signsOf(text.slice(label.length), 'fang')];
  const level = levels.find(({ begins }) => begins.test(text));
  if (level === undefined) return signsOf(text, 'fang');
  const end = text.indexOf('。');
  // A full stop at its end belongs to a sentence, which is a heading only when more follows it.
  if (end === -1) return signsOf(text, level.face);
  return [...signsOf(text.slice(0, end + 1), level.face), ...signsOf(text.slice(end + 1), 'fang')];
}

const isHeading = (text: string): boolean => !text.includes('。') && levels.some(({ begins }) => begins.test(text));

function bodyBoxes(paper: Paper, place: Place): Box[] {
  return paper.blocks.flatMap((block) => blockBoxes(block, place, paper.form === 'sheet'));
}

function blockBoxes(block: Block, place: Place, sheet: boolean): Box[] {
  switch (block.kind) {
    case 'text':
      return block.text
        .split('\n')
        .filter((text) => text.trim() !== '')
        .flatMap((text) =>
          sheet
            ? paragraph(signsOf(text, 'fang'), place.left, place.width, { size: 10.5, gap: 0, line: 6 })
            : paragraph(faced(text), place.left, place.width, body, { indent: 2 * CHARACTER, keep: isHeading(text) }),
        );
    case 'table':
      return tableWithTitle(block.table, place, sheet ? { size: 9, gap: 0, line: 4.6 } : tableType);
    case 'signatures':
      return [
        blank(),
        ...block.labels.map((label) => ({
          height: LINE * 1.5,
          draw: (top: number): Item[] => {
            const y = baseLine(top, { ...body, line: LINE * 1.5 });
            const signs = signsOf(label, 'fang');
            const from = place.left + 2 * CHARACTER + textWidth(signs, body);
            return [
              ...drawLine(signs, place.left + 2 * CHARACTER, y, body),
              ruled(from, y + 1, place.left + 18 * CHARACTER, y + 1, 0.2),
            ];
          },
        })),
      ];
  }
}

/** A table whose head stands again on each page it runs over. */
const heads = new WeakMap<Box, Box>();
function tableWithTitle(table: Table, place: Place, type: Type): Box[] {
  const { head, rows } = tableBoxes(table, place.left, place.width, type, place.height - 30);
  for (const row of rows) heads.set(row, head);
  return [
    ...(table.title === undefined
      ? []
      : centred(table.title, 'hei', place.left, place.width, { ...type, size: type.size + 2, line: LINE })),
    head,
    ...rows,
    blank(3),
  ];
}

/** 附件说明: one line below the text, names without full stops, following lines under the name's first sign (7.3.4). */
function attachmentBoxes({ attachments }: Paper, place: Place): Box[] {
  if (attachments.length === 0) return [];
  const before = 5 * CHARACTER;
  return [
    blank(),
    ...attachments.flatMap((name, i) => {
      const number = attachments.length === 1 ? '' : `${i + 1}．`;
      const lead = i === 0 ? `附件：${number}` : number;
      const indent = i === 0 ? 2 * CHARACTER : before;
      return paragraph([...signsOf(lead, 'fang'), ...signsOf(name, 'fang')], place.left, place.width, body, {
        indent,
        hanging: before + textWidth(signsOf(number, 'fang'), body),
      });
    }),
  ];
}

/**
 * 署名, 成文日期 and the seal's place (7.3.5). With a seal: the day four characters from the edge, the unit in the middle above
 * it, two lines free above for the seal. Without: the unit two characters from the edge, the day two further in.
 */
function signed(paper: Paper, place: Place, sheet: boolean): Box[] {
  if (paper.unit === undefined || paper.form === 'minutes') return [];
  if (sheet) {
    const type: Type = { size: 10.5, gap: 0, line: 8 };
    return [
      {
        height: 12,
        draw: (top) => {
          const y = baseLine(top + 4, type);
          return [
            ...drawLine(signsOf(`填报单位：${paper.unit}`, 'fang'), place.left, y, type),
            ...drawLine(signsOf('负责人签字：', 'fang'), place.left + place.width * 0.45, y, type),
            ...fromRight(signsOf(`（盖章处）${sayChineseDay(paper.date)}`, 'fang'), place, y, 0, type),
          ];
        },
      },
    ];
  }
  const unit = signsOf(paper.unit, 'fang');
  const day = signsOf(sayChineseDay(paper.date), 'fang');
  const unitWidth = textWidth(unit, body);
  const dayWidth = textWidth(day, body);
  const right = place.left + place.width;
  const [unitX, dayX] = paper.sealed ? sealedAt(right, unitWidth, dayWidth) : unsealedAt(right, unitWidth, dayWidth);
  const free = paper.sealed ? 2 : 1;
  const middle = dayX + dayWidth / 2;
  return [
    ...Array.from({ length: free }, () => ({ ...blank(), keep: true })),
    {
      height: 2 * LINE,
      draw: (top) => [
        ...drawLine(unit, unitX, baseLine(top, body), body),
        ...drawLine(day, dayX, baseLine(top + LINE, body), body),
        // Unit and day lie a little below the seal's middle, its top within a line of the text.
        ...(paper.sealed ? [{ kind: 'seal', x: middle, y: top + LINE - 4, radius: SEAL_RADIUS } as const] : []),
      ],
    },
  ];
}

function sealedAt(right: number, unit: number, day: number): [unitX: number, dayX: number] {
  const dayX = right - 4 * CHARACTER - day;
  const unitX = dayX + (day - unit) / 2;
  // A name too long for the middle ends at the margin, and the day goes under its middle.
  if (unitX + unit <= right) return [unitX, dayX];
  return [right - unit, right - unit + (unit - day) / 2];
}

function unsealedAt(right: number, unit: number, day: number): [unitX: number, dayX: number] {
  const unitX = right - 2 * CHARACTER - unit;
  const dayX = unitX + 2 * CHARACTER;
  if (dayX + day <= right - 2 * CHARACTER) return [unitX, dayX];
  // A day longer than the name: the day is two characters from the edge and the name further in.
  return [right - 4 * CHARACTER - day, right - 2 * CHARACTER - day];
}

/** 附注, in brackets, two characters in, under the day (7.3.6). */
const noteBoxes = ({ note }: Paper, place: Place): Box[] =>
  note === undefined || note === ''
    ? []
    : paragraph(signsOf(`（${note}）`, 'fang'), place.left, place.width, body, { indent: 2 * CHARACTER });

/** 版记 (7.4): copies and printing in 四号, between rules, at the foot of the text's place on the last page. */
function footOf(paper: Paper, place: Place): Box | undefined {
  const { copies, printed } = paper;
  const shown = paper.form === 'letter' ? undefined : printed;
  if (copies.length === 0 && shown === undefined) return undefined;
  const em = SIZE.small * MM_PER_POINT;
  const lines =
    copies.length === 0
      ? []
      : paragraph(signsOf(`抄送：${copies.join('，')}。`, 'fang'), place.left + em, place.width - 2 * em, small, {
          hanging: 3 * em,
        });
  const height = lines.length * small.line + (shown === undefined ? 0 : small.line);
  const right = place.left + place.width;
  const rules = paper.form !== 'letter';
  return {
    height,
    draw: (top) => [
      ...(rules ? [ruled(place.left, top, right, top, 0.35)] : []),
      ...lines.flatMap((line, i) => line.draw(top + i * small.line)),
      ...(shown === undefined
        ? []
        : [
            ...(lines.length === 0
              ? []
              : [ruled(place.left, top + lines.length * small.line, right, top + lines.length * small.line, 0.25)]),
            ...drawLine(
              signsOf(shown.unit, 'fang'),
              place.left + em,
              baseLine(top + lines.length * small.line, small),
              small,
            ),
            ...fromRight(
              signsOf(`${sayChineseDay(shown.date)}印发`, 'fang'),
              place,
              baseLine(top + lines.length * small.line, small),
              em,
              small,
            ),
          ]),
      ...(rules ? [ruled(place.left, top + height, right, top + height, 0.35)] : []),
    ],
  };
}

/** 页码 (7.5): 四号 half-width figures between dashes, 7 mm under the text, outside: right on odd pages, left on even ones. */
export function pageNumber(number: number, place: Pick<Place, 'left' | 'top' | 'width' | 'height'> = upright): Item[] {
  const em = SIZE.small * MM_PER_POINT;
  const type: Type = { size: SIZE.small, gap: 0, line: em };
  const signs = signsOf(`— ${number} —`, 'song');
  // A dash's upper edge lies about 0.43 em above the base line.
  const y = place.top + place.height + 7 + 0.43 * em;
  const x = number % 2 === 1 ? place.left + place.width - em - textWidth(signs, type) : place.left + em;
  return drawLine(signs, x, y, type);
}

/**
 * Strips on pages. What must stay together goes on together; a signature never stands on a page without text: the last
 * two lines before it go with it.
 */
export function paginate(
  boxes: readonly Box[],
  place: Pick<Place, 'top' | 'height'>,
  foot?: Box,
  headAgain: (box: Box) => Box | undefined = (box) => heads.get(box),
): { pages: Item[][]; footAlone: boolean } {
  const pages: Item[][] = [[]];
  let used = 0;
  const bottom = place.height + 0.01;
  for (let i = 0; i < boxes.length; i++) {
    let together = 1;
    while (boxes[i + together - 1]?.keep === true && i + together < boxes.length) together += 1;
    const group = boxes.slice(i, i + together);
    const height = group.reduce((sum, box) => sum + box.height, 0);
    // The line before a group that is kept (a signature) belongs to it, if that line is text.
    const lookAhead = group.length === 1 ? keptAfter(boxes, i) : 0;
    if (used > 0 && used + height + lookAhead > bottom && height + lookAhead <= bottom) {
      pages.push([]);
      used = 0;
      const again = headAgain(group[0]!);
      if (again !== undefined) {
        pages.at(-1)!.push(...again.draw(place.top));
        used += again.height;
      }
    }
    for (const box of group) {
      if (used > 0 && used + box.height > bottom) {
        pages.push([]);
        used = 0;
      }
      box.placed?.(pages.length - 1);
      pages.at(-1)!.push(...box.draw(place.top + used));
      used += box.height;
    }
    i += together - 1;
  }
  const footAlone = foot !== undefined && used + foot.height + 2 > bottom;
  if (footAlone) pages.push([]);
  if (foot !== undefined) pages.at(-1)!.push(...foot.draw(place.top + place.height - foot.height));
  return { pages, footAlone };
}

/** Height of the kept group that comes right after this strip or the one after it, when there is one. */
function keptAfter(boxes: readonly Box[], i: number): number {
  for (const ahead of [1, 2]) {
    const first = boxes[i + ahead];
    if (first === undefined) return 0;
    if (first.keep !== true || first.draw(0).length > 0) continue;
    // Free lines that are kept begin a signature.
    let height = ahead === 2 ? boxes[i + 1]!.height : 0;
    for (let at = i + ahead; at < boxes.length; at++) {
      height += boxes[at]!.height;
      if (boxes[at]!.keep !== true) break;
    }
    return height;
  }
  return 0;
}
