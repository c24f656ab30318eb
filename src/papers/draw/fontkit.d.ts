/** The little of fontkit 2 that is used here; the package brings no types. */
declare module 'fontkit' {
  export interface Point {
    onCurve: boolean;
    endContour: boolean;
    x: number;
    y: number;
    copy(): Point;
  }
  interface Glyph {
    readonly id: number;
    readonly advanceWidth: number;
    /** Decoded outline; null for an empty glyph. */
    _decode(): { numberOfContours: number; points?: Point[] } | null;
  }
  export interface Font {
    readonly unitsPerEm: number;
    /** Where on each axis of a variable font its glyphs are asked for. */
    variationCoords: readonly number[] | null;
    readonly _variationProcessor: { transformPoints(glyph: number, points: Point[]): void } | null;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
  }
  export function create(file: Uint8Array): Font;
}
