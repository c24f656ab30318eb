import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Font, type Point, create } from 'fontkit';

/**
 * The faces of a paper, by what the standard calls them: 仿宋 for the body, 小标宋 for titles, 楷体 and 黑体 for headings,
 * 宋体 for page numbers. There is no openly licensed 仿宋 or 小标宋 among the packages of npm; a PDF embeds Noto Serif SC
 * in the weight that comes nearest, and Noto Sans SC for 黑体 (both SIL OFL 1.1). A docx names the standard's own fonts.
 */
export type Face = 'fang' | 'title' | 'kai' | 'hei' | 'song';

const packages = {
  serif: { name: '@fontsource-variable/noto-serif-sc', files: 'noto-serif-sc', family: 'NotoSerifSC' },
  sans: { name: '@fontsource-variable/noto-sans-sc', files: 'noto-sans-sc', family: 'NotoSansSC' },
} as const;
type Family = keyof typeof packages;

const faces: Readonly<Record<Face, { family: Family; weight: number }>> = {
  fang: { family: 'serif', weight: 400 },
  title: { family: 'serif', weight: 700 },
  kai: { family: 'serif', weight: 560 },
  hei: { family: 'sans', weight: 500 },
  song: { family: 'serif', weight: 400 },
};
export const fontNameOf = (face: Face): string => `${packages[faces[face].family].family}-${faces[face].weight}`;

/** Both families are drawn on 1000 units an em; what stands above and below the line is the same for all Chinese. */
export const UNITS = 1_000;
export const ASCENT = 880;
export const DESCENT = -120;

export interface Outline {
  /** In units of the em. */
  readonly advance: number;
  /** The glyph as a TrueType table entry; empty for a space. */
  readonly glyf: Buffer;
  /** The same as the commands of an SVG path, upwards. */
  readonly path: string;
}

/** One file of a family holds some hundred characters: which, is written beside it. */
interface Slice {
  readonly file: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}
const require_ = createRequire(import.meta.url);
const slices = new Map<Family, readonly Slice[]>();
const opened = new Map<string, Font>();
const outlines = new Map<string, Outline | undefined>();

function slicesOf(family: Family): readonly Slice[] {
  let found = slices.get(family);
  if (found !== undefined) return found;
  const { name, files } = packages[family];
  const folder = dirname(require_.resolve(`${name}/package.json`));
  const listed = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  found = Object.entries(listed).map(([key, ranges]) => ({
    file: join(folder, 'files', `${files}-${key.replace(/[[\]]/g, '')}-wght-normal.woff2`),
    ranges: ranges.split(',').map((range) => {
      const [first, last] = range.trim().slice(2).split('-');
      return [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)] as const;
    }),
  }));
  slices.set(family, found);
  return found;
}

/**
 * A character's outline; undefined when the face lacks it. Each file is unpacked with its first character (about 20 ms),
 * so this belongs into a thread of its own.
 */
export function outlineOf(face: Face, codePoint: number): Outline | undefined {
  const { family, weight } = faces[face];
  const key = `${family} ${weight} ${codePoint}`;
  if (outlines.has(key)) return outlines.get(key);
  const outline = readOutline(family, weight, codePoint);
  outlines.set(key, outline);
  return outline;
}

function readOutline(family: Family, weight: number, codePoint: number): Outline | undefined {
  for (const { file, ranges } of slicesOf(family)) {
    if (!ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue;
    // An opened font stays at the weight it was first asked at.
    let font = opened.get(`${weight} ${file}`);
    if (font === undefined) {
      opened.set(`${weight} ${file}`, (font = create(readFileSync(file))));
      font.variationCoords = [weight];
    }
    if (!font.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = font.glyphForCodePoint(codePoint);
    const points = (glyph._decode()?.points ?? []).map((point) => point.copy());
    if (points.length > 0) {
      const [first] = points;
      // Four points that no outline has carry the metrics through a variation.
      const phantoms = Array.from({ length: 4 }, () => Object.assign(first!.copy(), { x: 0, y: 0, endContour: true }));
      const all = [...points, ...phantoms];
      font._variationProcessor?.transformPoints(glyph.id, all);
    }
    return {
      advance: Math.round(glyph.advanceWidth * (UNITS / font.unitsPerEm)),
      glyf: encode(points),
      path: pathOf(points),
    };
  }
  return undefined;
}

/** Width of a character in parts of its size; one that the face lacks is as wide as what is drawn in its place. */
export const widthOf = (face: Face, character: string): number =>
  (outlineOf(face, character.codePointAt(0)!)?.advance ?? UNITS) / UNITS;

/** A TrueType outline as a path: between two points off the curve lies one on it. */
function pathOf(points: readonly Point[]): string {
  let path = '';
  for (let from = 0; from < points.length;) {
    let to = from;
    while (to < points.length - 1 && !points[to]!.endContour) to++;
    const contour = points
      .slice(from, to + 1)
      .map(({ x, y, onCurve }) => ({ x: Math.round(x), y: Math.round(y), onCurve }));
    const middle = (a: (typeof contour)[number], b: (typeof contour)[number]) => ({
      x: Math.round((a.x + b.x) / 2),
      y: Math.round((a.y + b.y) / 2),
    });
    const begin = contour.findIndex(({ onCurve }) => onCurve);
    const ring = begin === -1 ? contour : [...contour.slice(begin), ...contour.slice(0, begin)];
    const start = begin === -1 ? middle(ring.at(-1)!, ring[0]!) : ring[0]!;
    path += `M${start.x} ${start.y}`;
    for (let i = begin === -1 ? 0 : 1; i < ring.length; i++) {
      const point = ring[i]!;
      const next = ring[(i + 1) % ring.length]!;
      if (point.onCurve) path += `L${point.x} ${point.y}`;
      else {
        const end = i === ring.length - 1 ? start : next.onCurve ? next : middle(point, next);
        path += `Q${point.x} ${point.y} ${end.x} ${end.y}`;
        if (next.onCurve && i < ring.length - 1) i++;
      }
    }
    path += 'Z';
    from = to + 1;
  }
  return path;
}

/** A simple glyph of the `glyf` table. */
function encode(points: readonly Point[]): Buffer {
  if (points.length === 0) return Buffer.alloc(0);
  const xs = points.map(({ x }) => Math.round(x));
  const ys = points.map(({ y }) => Math.round(y));
  const ends = points.flatMap(({ endContour }, i) => (endContour ? [i] : []));
  const header = Buffer.alloc(10 + ends.length * 2 + 2);
  header.writeInt16BE(ends.length, 0);
  header.writeInt16BE(Math.min(...xs), 2);
  header.writeInt16BE(Math.min(...ys), 4);
  header.writeInt16BE(Math.max(...xs), 6);
  header.writeInt16BE(Math.max(...ys), 8);
  for (const [i, end] of ends.entries()) header.writeUInt16BE(end, 10 + i * 2);
  const flags: number[] = [];
  const across: number[] = [];
  const up: number[] = [];
  const step = (by: number, bytes: number[], short: number, same: number): number => {
    if (by === 0) return same;
    if (Math.abs(by) < 256) {
      bytes.push(Math.abs(by));
      return by > 0 ? short | same : short;
    }
    bytes.push((by >> 8) & 0xff, by & 0xff);
    return 0;
  };
  for (const [i, { onCurve }] of points.entries())
    flags.push(
      (onCurve ? 1 : 0) |
        step(xs[i]! - (xs[i - 1] ?? 0), across, 0x02, 0x10) |
        step(ys[i]! - (ys[i - 1] ?? 0), up, 0x04, 0x20),
    );
  const body = Buffer.concat([header, Buffer.from(flags), Buffer.from(across), Buffer.from(up)]);
  return body.length % 4 === 0 ? body : Buffer.concat([body, Buffer.alloc(4 - (body.length % 4))]);
}

/**
 * A TrueType font of these glyphs and no others, in this order after the empty first one. PDF addresses them by their
 * place, so it needs no table of characters.
 */
export function subsetOf(glyphs: readonly Outline[]): Buffer {
  const all: readonly Outline[] = [{ advance: UNITS, glyf: Buffer.alloc(0), path: '' }, ...glyphs];
  const loca = Buffer.alloc((all.length + 1) * 4);
  const hmtx = Buffer.alloc(all.length * 4);
  let at = 0;
  for (const [i, { advance, glyf }] of all.entries()) {
    loca.writeUInt32BE(at, i * 4);
    hmtx.writeUInt16BE(advance, i * 4);
    if (glyf.length > 0) hmtx.writeInt16BE(glyf.readInt16BE(2), i * 4 + 2);
    at += glyf.length;
  }
  loca.writeUInt32BE(at, all.length * 4);
  const head = Buffer.alloc(54);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt32BE(0x00010000, 4);
  head.writeUInt32BE(0x5f0f3cf5, 12);
  head.writeUInt16BE(3, 16);
  head.writeUInt16BE(UNITS, 18);
  head.writeInt16BE(-200, 36);
  head.writeInt16BE(-400, 38);
  head.writeInt16BE(1_200, 40);
  head.writeInt16BE(1_200, 42);
  head.writeUInt16BE(8, 46);
  head.writeInt16BE(2, 48);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.alloc(36);
  hhea.writeUInt32BE(0x00010000, 0);
  hhea.writeInt16BE(ASCENT, 4);
  hhea.writeInt16BE(DESCENT, 6);
  hhea.writeUInt16BE(UNITS, 10);
  hhea.writeInt16BE(1, 18);
  hhea.writeUInt16BE(all.length, 34);
  const maxp = Buffer.alloc(32);
  maxp.writeUInt32BE(0x00010000, 0);
  maxp.writeUInt16BE(all.length, 4);
  maxp.writeUInt16BE(4_000, 6);
  maxp.writeUInt16BE(200, 8);
  maxp.writeUInt16BE(1, 14);
  const tables: readonly (readonly [string, Buffer])[] = [
    ['glyf', Buffer.concat(all.map(({ glyf }) => glyf))],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
  ];
  const directory = Buffer.alloc(12 + tables.length * 16);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(64, 6);
  directory.writeUInt16BE(2, 8);
  directory.writeUInt16BE(tables.length * 16 - 64, 10);
  let offset = directory.length;
  const bodies: Buffer[] = [];
  for (const [i, [tag, table]] of tables.entries()) {
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    directory.write(tag, 12 + i * 16, 'latin1');
    directory.writeUInt32BE(sumOf(padded), 12 + i * 16 + 4);
    directory.writeUInt32BE(offset, 12 + i * 16 + 8);
    directory.writeUInt32BE(table.length, 12 + i * 16 + 12);
    bodies.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([directory, ...bodies]);
}

function sumOf(table: Buffer): number {
  let sum = 0;
  for (let i = 0; i < table.length; i += 4) sum = (sum + table.readUInt32BE(i)) >>> 0;
  return sum;
}
