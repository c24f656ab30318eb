import type { Face } from './fonts.ts';

/** What is drawn on a page. Lengths are millimetres from the upper left corner, sizes of type are points. */
export type Ink = 'black' | 'red' | 'grey';
export type Item =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly size: number;
      readonly face: Face;
      readonly ink: Ink;
      /** Added after each character, in millimetres; less than nothing on the standard's grid. */
      readonly gap: number;
      readonly width: number;
    }
  | {
      readonly kind: 'rule';
      readonly x: number;
      readonly y: number;
      readonly toX: number;
      readonly toY: number;
      readonly weight: number;
      readonly ink: Ink;
    }
  | {
      readonly kind: 'picture';
      /** JPEG. */
      readonly bytes: Uint8Array;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  /** Where the seal goes: shown beside the form, on no paper. */
  | { readonly kind: 'seal'; readonly x: number; readonly y: number; readonly radius: number };

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

/** A line of the reader's table of contents. */
export interface Mark {
  readonly title: string;
  /** From nought. */
  readonly page: number;
}

export const MM_PER_POINT = 25.4 / 72;

/** GB/T 9704-2012, sections 5 and 6: A4, the text's place on it, 22 lines of 28 characters, red and black. */
export const A4 = { width: 210, height: 297 } as const;
export const TEXT = { left: 28, top: 37, width: 156, height: 225, lines: 22, characters: 28 } as const;
export const LINE = TEXT.height / TEXT.lines;
/** 三号, 二号, 四号 in points. */
export const SIZE = { body: 16, title: 22, small: 14 } as const;
/** From one character to the next is a 28th of the text's width: a little less than 三号 is wide. */
export const BODY_GAP = TEXT.width / TEXT.characters - SIZE.body * MM_PER_POINT;
/** The seal of a county's organ is 42 mm across. */
export const SEAL_RADIUS = 21;
