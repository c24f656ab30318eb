/** Strokes of a signature as drawn, in pixels of the sheet they were drawn on. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** What one visit may carry (model.ts). */
export const PACKED_MAX = 40_000;

interface Packed {
  readonly v: 1;
  readonly w: number;
  readonly h: number;
  /** Each stroke: its first point, then the steps from point to point. */
  readonly s: readonly (readonly number[])[];
}

/**
 * Writes strokes down as compact JSON: whole pixels, steps instead of places. A long signature loses points that
 * lie on the way between others, never a stroke. @returns undefined when even that does not fit
 */
export function pack(drawing: Drawing): string | undefined {
  const whole = drawing.strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })));
  for (const tolerance of [0, 0.5, 1, 2, 4, 8, 16, 32, 64, Infinity]) {
    const text = write({ ...drawing, strokes: whole.map((stroke) => thinned(stroke, tolerance)) });
    if (text.length <= PACKED_MAX) return text;
  }
  return undefined;
}

function write({ width, height, strokes }: Drawing): string {
  const packed: Packed = {
    v: 1,
    w: Math.round(width),
    h: Math.round(height),
    s: strokes
      .filter((stroke) => stroke.length > 0)
      .map((stroke) =>
        stroke.flatMap(({ x, y }, i) => {
          const before = stroke[i - 1] ?? { x: 0, y: 0 };
          return [x - before.x, y - before.y];
        }),
      ),
  };
  return JSON.stringify(packed);
}

/** Reads strokes written by `pack`. */
export function unpack(text: string): Drawing {
  const { w, h, s } = JSON.parse(text) as Packed;
  return {
    width: w,
    height: h,
    strokes: s.map((steps) => {
      let [x, y] = [0, 0];
      return Array.from({ length: steps.length / 2 }, (_, i) => ({
        x: (x += steps[2 * i]!),
        y: (y += steps[2 * i + 1]!),
      }));
    }),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Without the points that lie within `tolerance` pixels of the line between those that stay (Douglas and Peucker). */
function thinned(stroke: readonly Point[], tolerance: number): readonly Point[] {
  const moved = stroke.filter(({ x, y }, i) => i === 0 || x !== stroke[i - 1]!.x || y !== stroke[i - 1]!.y);
  if (tolerance === 0 || moved.length < 3) return moved;
  const stays = new Set([0, moved.length - 1]);
  const spans: [number, number][] = [[0, moved.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, away] = [0, tolerance];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceTo(moved[i]!, moved[from]!, moved[to]!);
      if (distance > away) [farthest, away] = [i, distance];
    }
    if (farthest === 0) continue;
    stays.add(farthest);
    spans.push([from, farthest], [farthest, to]);
  }
  return moved.filter((_, i) => stays.has(i));
}

/** From a point to the stretch between two others. */
function distanceTo(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/**
 * How what is drawn is moved to be whole on a sheet of another size, e.g. a turned phone: as little as can be,
 * smaller only when it must, never larger, so that turning to and fro does not wear it away.
 */
export function onto(
  strokes: Drawing['strokes'],
  sheet: { readonly width: number; readonly height: number },
): (p: Point) => Point {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of strokes.flat()) {
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const scale = Math.min(1, sheet.width / Math.max(right - left, 1), sheet.height / Math.max(bottom - top, 1));
  const toLeft = Math.max(0, Math.min(left, sheet.width - scale * (right - left)));
  const toTop = Math.max(0, Math.min(top, sheet.height - scale * (bottom - top)));
  return ({ x, y }) => ({ x: toLeft + scale * (x - left), y: toTop + scale * (y - top) });
}

/** Whether somebody has written something: a stray touch is no signature. */
export function isSignature({ strokes }: Drawing): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i++)
      length += Math.hypot(stroke[i]!.x - stroke[i - 1]!.x, stroke[i]!.y - stroke[i - 1]!.y);
  }
  return length >= 60;
}
