import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Drawing, PACKED_MAX, isSignature, onto, pack, unpack } from './strokes.ts';

/** Writing by hand: each point a little further than the one before. */
const stroke = (maxLength: number) =>
  fc
    .tuple(
      fc.record({ x: fc.double({ min: 0, max: 800, noNaN: true }), y: fc.double({ min: 0, max: 360, noNaN: true }) }),
      fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), { maxLength }),
    )
    .map(([start, steps]) => {
      let { x, y } = start;
      return [start, ...steps.map(([dx, dy]) => ({ x: (x += dx), y: (y += dy) }))];
    });
const drawing = (strokes: number, points: number): fc.Arbitrary<Drawing> =>
  fc.record({ width: fc.constant(844), height: fc.constant(390), strokes: fc.array(stroke(points), { maxLength: strokes }) });

describe('[B2] a signature on glass', () => {
  test('an ordinary one comes back within half a pixel, stroke for stroke', () => {
    fc.assert(
      fc.property(drawing(12, 60), (drawn) => {
        const back = unpack(pack(drawn)!);
        expect(back.strokes).toHaveLength(drawn.strokes.length);
        for (const [i, points] of drawn.strokes.entries()) {
          const kept = back.strokes[i]!;
          for (const { x, y } of points) {
            expect(Math.min(...kept.map((p) => Math.max(Math.abs(p.x - x), Math.abs(p.y - y))))).toBeLessThanOrEqual(0.5);
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
      fc.property(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 200, max: 900 }), (strokes, points) => {
        const drawn: Drawing = {
          width: 844,
          height: 390,
          strokes: Array.from({ length: strokes }, (_, s) =>
            Array.from({ length: points }, (_, i) => ({ x: 100 + s + 80 * Math.sin(i / 7), y: 100 + 60 * Math.cos(i / 11) })),
          ),
        };
        const text = pack(drawn)!;
        expect(text.length).toBeLessThanOrEqual(PACKED_MAX);
        expect(unpack(text).strokes).toHaveLength(strokes);
      }),
      { numRuns: 10 },
    );
  });

  test('on a turned phone it stays whole and keeps its proportions', () => {
    const size = fc.record({ width: fc.integer({ min: 200, max: 900 }), height: fc.integer({ min: 200, max: 900 }) });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, size, fc.tuple(part, part, part, part), (from, to, [a, b, c, d]) => {
        const move = onto(from, to);
        const [p, q] = [{ x: a * from.width, y: b * from.height }, { x: c * from.width, y: d * from.height }];
        const [p2, q2] = [move(p), move(q)];
        for (const { x, y } of [p2, q2]) {
          expect(x).toBeGreaterThanOrEqual(-1e-9);
          expect(x).toBeLessThanOrEqual(to.width + 1e-9);
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeLessThanOrEqual(to.height + 1e-9);
        }
        expect((q2.x - p2.x) * (q.y - p.y)).toBeCloseTo((q2.y - p2.y) * (q.x - p.x), 4);
      }),
    );
  });

  test('a stray touch is none', () => {
    expect(isSignature({ width: 300, height: 200, strokes: [[{ x: 5, y: 5 }], [{ x: 9, y: 9 }, { x: 12, y: 9 }]] })).toBe(false);
    expect(isSignature({ width: 300, height: 200, strokes: [[{ x: 5, y: 5 }, { x: 45, y: 5 }], [{ x: 5, y: 9 }, { x: 30, y: 9 }]] })).toBe(true);
  });
});
