import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Contrast by WCAG 2.2, computed from the tokens themselves: 1.4.3 for text, 1.4.11 for controls and signs. */
const TEXT = 4.5;
const CONTROL = 3;

type Colours = ReadonlyMap<string, string>;

const src = resolve(import.meta.dirname, '../..');
const plain = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');
const tokens = plain(readFileSync(join(src, 'app/ui/tokens.css'), 'utf8'));

const coloursIn = (selector: string): [string, string][] => {
  const start = tokens.indexOf(`${selector} {`);
  const block = tokens.slice(start, tokens.indexOf('}', start));
  return [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]);
};
const light: Colours = new Map(coloursIn(':root'));
const themes = { light, dark: new Map([...light, ...coloursIn(":root[data-theme='dark']")]) as Colours };

/** Relative luminance of an sRGB colour, 0 … 1. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/** Where text and controls stand when nothing else is said. */
const grounds = ['paper', 'sheet', 'wash'];
const pairs: readonly (readonly [on: string, ground: string, least: number])[] = [
  ...['ink', 'ink-2', 'act', 'act-strong', 'seal', 'yes', 'soon'].flatMap((on) =>
    grounds.map((ground) => [on, ground, TEXT] as const),
  ),
  ...['act', 'seal', 'yes', 'soon'].flatMap((of) =>
    [of, 'ink', 'ink-2'].map((on) => [on, `${of}-wash`, TEXT] as const),
  ),
  ['on-act', 'act', TEXT],
  ['on-act', 'act-strong', TEXT],
  ['on-yes', 'yes', TEXT],
  // The edge of what is typed into, the ring of what has the keyboard, the mark of what is late.
  ...['line-strong', 'act', 'seal'].flatMap((on) =>
    grounds.slice(0, 2).map((ground) => [on, ground, CONTROL] as const),
  ),
];

const sheets = (readdirSync(src, { recursive: true }) as string[]).filter((file) => file.endsWith('.css')).toSorted();

/** Every rule of a sheet that sets both what is read and what it stands on. */
const ownPairs = (css: string): { selector: string; on: string; ground: string }[] =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector, body]) => {
    const on = /(?:^|[;\s])color:\s*var\(--([\w-]+)\)/.exec(body!)?.[1];
    const ground = /(?:^|[;\s])background(?:-color)?:\s*var\(--([\w-]+)\)/.exec(body!)?.[1];
    return on === undefined || ground === undefined ? [] : [{ selector: selector!.trim(), on, ground }];
  });

describe.each(Object.entries(themes))('%s', (_, colours) => {
  test.each(pairs)('[L11] %s on %s reaches %d : 1', (on, ground, least) => {
    expect(contrast(colours.get(on)!, colours.get(ground)!)).toBeGreaterThanOrEqual(least);
  });

  test.each(sheets)('[L11] %s sets no text on a ground it cannot be read on', (file) => {
    const faint = ownPairs(plain(readFileSync(join(src, file), 'utf8'))).filter(
      ({ on, ground }) => contrast(colours.get(on)!, colours.get(ground)!) < TEXT,
    );
    expect(faint).toEqual([]);
  });
});

test('[L11] dark names every colour of light anew, so that none is left behind by chance', () => {
  const dark = coloursIn(":root[data-theme='dark']").map(([name]) => name);
  expect(dark.toSorted()).toEqual([...light.keys()].toSorted());
  expect(light.size).toBeGreaterThan(15);
});

test('[L11] no sheet has a text colour of its own beside the tokens, but for what is printed on paper', () => {
  const own = sheets
    .filter((file) => !file.endsWith('tokens.css') && !file.endsWith('print.css'))
    .flatMap((file) =>
      [...plain(readFileSync(join(src, file), 'utf8')).matchAll(/(?:^|[;\s{])color:\s*(#\w+|rgb[^;]*|hsl[^;]*)/g)].map(
        (m) => `${file} ${m[1]}`,
      ),
    );
  expect(own).toEqual([]);
});

test('the measure itself: black on white is 21, a colour on itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrast('#b3261e', '#b3261e')).toBe(1);
});
