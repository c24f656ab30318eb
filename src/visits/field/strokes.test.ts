import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Drawing, PACKED_MAX, isSignature, onto, pack, unpack } from './strokes.ts';

/** Writing by hand: each point a little further than the one before. */
const stroke = (maxLength: number) =>
  fc
    .tuple(
      fc.record({ x: fc.double({ min: 0, max: 800, noNaN: true }), y: fc.double({ min: 0, max: 360, noNaN: true }) }),
      fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), {
        maxLength,
      }),
    )
    .map(([start, steps]) => {
      let { x, y } = start;
      return [start, ...steps.map(([dx, dy]) => ({ x: (x += dx), y: (y += dy) }))];
    });
const drawing = (strokes: number, points: number): fc.Arbitrary<Drawing> =>
  fc.record({
    width: fc.constant(844),
    height: fc.constant(390),
    strokes: fc.array(stroke(points), { maxLength: strokes }),
  });

describe('[B2] a signature on glass', () => {
  test('an ordinary one comes back within half a pixel, stroke for stroke', () => {
    fc.assert(
      fc.property(drawing(12, 60), (drawn) => {
        const back = unpack(pack(drawn)!);
        expect(back.strokes).toHaveLength(drawn.strokes.length);
        for (const [i, points] of drawn.strokes.entries()) {
          const kept = back.strokes[i]!;
          for (const { x, y } of points) {
            expect(Math.min(...kept.map((p) => Math.max(Math.abs(p.x - x), Math.abs(p.y - y))))).toBeLessThanOrEqual(
              0.5,
            );
          }
        }
      }),
    );
  });

  test('written down again it is the same, letter for letter', () => {
    fc.assert(fc.property(drawing(12, 60), (drawn) => void expect(pack(unpack(pack(drawn)!))).toBe(pack(drawn))));
  });

  test('a very long one still fits, and loses no stroke', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 200, max: 500 }), (strokes, points) => {
        const drawn: Drawing = {
          width: 844,
          height: 390,
          strokes: Array.from({ length: strokes }, (_, s) =>
            Array.from({ length: points }, (_, i) => ({
              x: 100 + s + 80 * Math.sin(i / 7),
              y: 100 + 60 * Math.cos(i / 11),
            })),
          ),
        };
        const text = pack(drawn)!;
        expect(text.length).toBeLessThanOrEqual(PACKED_MAX);
        expect(unpack(text).strokes).toHaveLength(strokes);
      }),
      { numRuns: 5 },
    );
  });

  test('on a turned phone it is whole, in proportion, and left alone where it fits', () => {
    const sheet = fc.record({ width: fc.integer({ min: 100, max: 900 }), height: fc.integer({ min: 100, max: 900 }) });
    fc.assert(
      fc.property(drawing(6, 30), sheet, ({ strokes }, to) => {
        const move = onto(strokes, to);
        const moved = strokes.map((points) => points.map(move));
        for (const { x, y } of moved.flat()) {
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(x).toBeLessThanOrEqual(to.width + 1e-6);
          expect(y).toBeGreaterThanOrEqual(-1e-6);
          expect(y).toBeLessThanOrEqual(to.height + 1e-6);
        }
        const [[p, q] = [], [p2, q2] = []] = [strokes.flat(), moved.flat()];
        if (q !== undefined) expect((q2!.x - p2!.x) * (q.y - p!.y)).toBeCloseTo((q2!.y - p2!.y) * (q.x - p!.x), 4);
        const again = onto(moved, to);
        for (const point of moved.flat()) {
          expect(again(point).x).toBeCloseTo(point.x, 4);
          expect(again(point).y).toBeCloseTo(point.y, 4);
        }
      }),
    );
  });

  test('a stray touch is none', () => {
    expect(
      isSignature({
        width: 300,
        height: 200,
        strokes: [
          [{ x: 5, y: 5 }],
          [
            { x: 9, y: 9 },
            { x: 12, y: 9 },
          ],
        ],
      }),
    ).toBe(false);
    expect(
      isSignature({
        width: 300,
        height: 200,
        strokes: [
          [
            { x: 5, y: 5 },
            { x: 45, y: 5 },
          ],
          [
            { x: 5, y: 9 },
            { x: 30, y: 9 },
          ],
        ],
      }),
    ).toBe(true);
  });
});
