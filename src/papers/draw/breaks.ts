import type { Face } from './fonts.ts';

/** A character with the face it is set in. */
export interface Sign {
  readonly text: string;
  readonly face: Face;
}

/** A line: its characters, how wide they are, and by how much each is moved apart to reach the margin. */
export interface Line {
  readonly signs: readonly Sign[];
  readonly width: number;
  readonly stretch: number;
}

/** What never stands at the beginning of a line (GB/T 15834-2011, 5.1) and what never ends one. */
export const NOT_FIRST = new Set('，。、；：？！）》〉】〕」』”’…—·％%℃°,.;:?!)]}〗〞‰');
export const NOT_LAST = new Set('（《〈【〔「『“‘([{〖〝#￥$');
/** Signs that are written twice and not torn apart: …… and ——. */
const PAIRED = new Set('…—');

const isWordSign = (text: string): boolean => /^[A-Za-z0-9À-ɏ.,:/@_+\u00a0-]$/.test(text) && !/^[,:]$/.test(text);

/** Characters that go together: a number, a word, a pair of dashes. */
function unitsOf(signs: readonly Sign[]): Sign[][] {
  const units: Sign[][] = [];
  for (const sign of signs) {
    const last = units.at(-1);
    const before = last?.at(-1)?.text;
    if (last !== undefined && before !== undefined && joins(before, sign.text, last.length)) last.push(sign);
    else units.push([sign]);
  }
  return units;
}

const joins = (before: string, next: string, length: number): boolean =>
  (isWordSign(before) && isWordSign(next)) || (PAIRED.has(before) && before === next && length % 2 === 1);

/** Slack up to so many characters is spread over the line; more would tear it apart. */
const MOST_SLACK = 2.2;

/**
 * Breaks a paragraph into lines. No character is lost or added: the lines' signs in a row are the paragraph's.
 * @param widthOf a sign's width with its gap, in the unit of the widths
 * @param first width of the first line, which may be indented
 * @param rest width of the others
 * @param em width of one full character, for what slack is spread
 */
export function breakLines(
  signs: readonly Sign[],
  widthOf: (sign: Sign) => number,
  first: number,
  rest: number,
  em: number,
): Line[] {
  const lines: Sign[][] = [[]];
  const room = (): number => (lines.length === 1 ? first : rest);
  const widthOfAll = (some: readonly Sign[]): number => some.reduce((sum, sign) => sum + widthOf(sign), 0);
  let used = 0;
  const put = (unit: readonly Sign[], width: number): void => {
    lines.at(-1)!.push(...unit);
    used += width;
  };
  const newLine = (begin: readonly Sign[]): void => {
    lines.push([...begin]);
    used = widthOfAll(begin);
  };
  for (const unit of unitsOf(signs)) {
    const width = widthOfAll(unit);
    // A rounding of the sum is not a character too many.
    if (used + width <= room() + 0.01 || unit[0]!.text === ' ') {
      put(unit, width);
      continue;
    }
    const line = lines.at(-1)!;
    if (line.length === 0 || width > rest) {
      // Longer than a line: it is cut where the line ends.
      for (const sign of unit) {
        if (used + widthOf(sign) > room() + 0.01 && lines.at(-1)!.length > 0) newLine([]);
        put([sign], widthOf(sign));
      }
      continue;
    }
    newLine(takeDown(line, unit[0]!));
    put(unit, width);
  }
  return lines.map((line, i) => {
    const width = widthOfAll(line);
    const slack = (i === 0 ? first : rest) - width;
    const spread = i < lines.length - 1 && slack > 0.01 && slack <= MOST_SLACK * em && line.length > 1;
    return { signs: line, width, stretch: spread ? slack / (line.length - 1) : 0 };
  });
}

/** Takes from a line's end what has to go down with the sign that begins the next. Never the whole line. */
function takeDown(line: Sign[], next: Sign): Sign[] {
  const taken: Sign[] = [];
  const begins = (): Sign => taken[0] ?? next;
  const must = (): boolean => {
    // Spaces at the end hang over: what is before them ends the line.
    const last = line.findLast(({ text }) => text !== ' ') ?? line.at(-1)!;
    return (
      NOT_FIRST.has(begins().text) ||
      NOT_LAST.has(last.text) ||
      (taken.length > 0 && joins(last.text, begins().text, 1) && isWordSign(last.text))
    );
  };
  const kept = [...line];
  while (line.length > 1 && must()) taken.unshift(line.pop()!);
  // A line of nothing but such signs is broken anyhow.
  if (line.length === 1 && must() && kept.length > 1) {
    line.push(...kept.slice(1));
    return [];
  }
  return taken;
}

/** Signs of a text, one for each character as people count them. */
export const signsOf = (text: string, face: Face): Sign[] => [...text].map((one) => ({ text: one, face }));
