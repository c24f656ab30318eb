import { type Line, NOT_FIRST, NOT_LAST, type Sign, breakLines, signsOf } from './breaks.ts';
import { type Face, widthOf } from './fonts.ts';
import { type Ink, type Item, LINE, MM_PER_POINT } from './page.ts';

/** A strip of a page with all its width and a height of its own, not yet on any page. */
export interface Box {
  readonly height: number;
  /** Must stand on the same page as the next one. */
  readonly keep?: boolean;
  /** Is told on which page it came to stand, from nought. */
  placed?(page: number): void;
  /** Items as they stand when the strip's upper edge is there. */
  draw(top: number): readonly Item[];
}

export const blank = (height: number = LINE): Box => ({ height, draw: () => [] });

export interface Type {
  readonly size: number;
  readonly gap: number;
  /** Height of a line. */
  readonly line: number;
  readonly ink?: Ink;
}

const em = (size: number): number => size * MM_PER_POINT;
export const textWidth = (signs: readonly Sign[], { size, gap }: Type): number =>
  signs.reduce((sum, sign) => sum + widthOf(sign.face, sign.text) * em(size) + gap, 0);

/** The base line of type in a line of that height whose upper edge is there: full characters stand in its middle. */
export const baseLine = (top: number, { size, line }: Type): number => top + (line - em(size)) / 2 + 0.88 * em(size);

/** A line's text as items, one for each run of one face. */
export function drawLine(signs: readonly Sign[], x: number, y: number, type: Type, stretch: number = 0): Item[] {
  const items: Item[] = [];
  const gap = type.gap + stretch;
  let at = x;
  let from = 0;
  for (let i = 1; i <= signs.length; i++) {
    if (i < signs.length && signs[i]!.face === signs[from]!.face) continue;
    const run = signs.slice(from, i);
    if (run.length === 0) continue;
    const width = textWidth(run, { ...type, gap });
    items.push({
      kind: 'text',
      text: run.map(({ text }) => text).join(''),
      x: at,
      y,
      size: type.size,
      face: run[0]!.face,
      ink: type.ink ?? 'black',
      gap,
      width,
    });
    at += width;
    from = i;
  }
  return items;
}

export const linesOf = (
  signs: readonly Sign[],
  type: Type,
  width: number,
  indent: number,
  hanging: number = 0,
): Line[] =>
  breakLines(
    signs,
    (sign) => widthOf(sign.face, sign.text) * em(type.size) + type.gap,
    width - indent,
    width - hanging,
    em(type.size),
  );

/**
 * A paragraph as one strip for each line.
 * @param indent of its first line, and of the others (hanging)
 */
export function paragraph(
  signs: readonly Sign[],
  left: number,
  width: number,
  type: Type,
  { indent = 0, hanging = 0, keep = false }: { indent?: number; hanging?: number; keep?: boolean } = {},
): Box[] {
  return linesOf(signs, type, width, indent, hanging).map((line, i) => ({
    height: type.line,
    keep,
    draw: (top) => drawLine(line.signs, left + (i === 0 ? indent : hanging), baseLine(top, type), type, line.stretch),
  }));
}

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * Lines in the middle, of about the same length: a title is broken between words (GB/T 9704-2012, 7.3.1).
 */
export function centred(
  text: string,
  face: Face,
  left: number,
  width: number,
  type: Type,
  keep: boolean = true,
): Box[] {
  return evenLines(text, (part) => textWidth(signsOf(part, face), type), width).map((line) => {
    const signs = signsOf(line, face);
    return {
      height: type.line,
      keep,
      draw: (top) => drawLine(signs, left + (width - textWidth(signs, type) + type.gap) / 2, baseLine(top, type), type),
    };
  });
}

/** Breaks a title between words into as few lines as fit, as even as they can be. */
export function evenLines(text: string, widthOfText: (part: string) => number, width: number): string[] {
  const parts: string[] = [];
  for (const { segment } of words.segment(text)) {
    const before = parts.at(-1);
    // Signs that may not begin a line stay with the word before, a word longer than a line is cut.
    if (before !== undefined && (NOT_FIRST.has(segment[0]!) || NOT_LAST.has(before.at(-1)!)))
      parts[parts.length - 1] = before + segment;
    else if (widthOfText(segment) > width) parts.push(...segment);
    else parts.push(segment);
  }
  for (let count = Math.max(1, Math.ceil(widthOfText(text) / width - 0.001)); ; count++) {
    const lines: string[] = [''];
    let rest = widthOfText(text);
    for (const part of parts) {
      const share = rest / (count - lines.length + 1);
      const line = lines.at(-1)!;
      const longer = widthOfText(line + part);
      // The break nearest to the even share, within the width.
      const breaks = line !== '' && lines.length < count && longer - share > share - widthOfText(line);
      if (line !== '' && (breaks || longer > width)) {
        rest -= widthOfText(line);
        lines.push(part);
      } else lines[lines.length - 1] = line + part;
    }
    if (lines.length <= count || count > parts.length) return lines;
  }
}

export const ruled = (x: number, y: number, toX: number, toY: number, weight: number, ink: Ink = 'black'): Item => ({
  kind: 'rule',
  x,
  y,
  toX,
  toY,
  weight,
  ink,
});

/** Space between a cell's edge and its text, in millimetres. */
const PADDING = 1.2;

/** A table's rows as strips, each with its lines around; a row that is taller than a page is torn between its lines. */
export function tableBoxes(
  table: { head: readonly string[]; rows: readonly (readonly string[])[]; widths?: readonly number[] | undefined },
  left: number,
  width: number,
  type: Type,
  most: number,
): { head: Box; rows: Box[] } {
  const parts = table.head.map((_, i) => table.widths?.[i] ?? 1);
  const sum = parts.reduce((a, b) => a + b, 0);
  const widths = parts.map((part) => (part / sum) * width);
  const edges = [left];
  for (const w of widths) edges.push(edges.at(-1)! + w);
  const row = (cells: readonly string[], face: Face, middle: boolean, keep: boolean): Box[] => {
    const lines = widths.map((w, i) =>
      (cells[i] ?? '')
        .split('\n')
        .flatMap((part) => linesOf(signsOf(part, face), type, w - 2 * PADDING, 0))
        .filter((line, n, all) => line.signs.length > 0 || (n > 0 && n < all.length - 1)),
    );
    const tallest = Math.max(1, ...lines.map((l) => l.length));
    const fits = Math.max(1, Math.floor((most - 2 * PADDING) / type.line));
    const boxes: Box[] = [];
    for (let from = 0; from < tallest; from += fits) {
      const many = Math.min(fits, tallest - from);
      const height = many * type.line + 2 * PADDING;
      boxes.push({
        height,
        keep,
        draw: (top) => [
          ruled(left, top, left + width, top, 0.2),
          ruled(left, top + height, left + width, top + height, 0.2),
          ...edges.map((x) => ruled(x, top, x, top + height, 0.2)),
          ...lines.flatMap((cell, i) => {
            const shown = cell.slice(from, from + many);
            const start = middle ? top + (height - shown.length * type.line) / 2 : top + PADDING;
            return shown.flatMap((line, n) =>
              drawLine(
                line.signs,
                edges[i]! + (middle ? (widths[i]! - line.width) / 2 : PADDING),
                baseLine(start + n * type.line, type),
                type,
              ),
            );
          }),
        ],
      });
    }
    return boxes;
  };
  const [head] = row(table.head, 'hei', true, true);
  return { head: head!, rows: table.rows.flatMap((cells) => row(cells, 'fang', false, false)) };
}
