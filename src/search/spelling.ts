import { pinyin } from 'pinyin-pro';

/** How a word is found by ear: typed in letters, by first letters, or written with a character that sounds the same. */
export interface Spelling {
  readonly pinyin: string;
  readonly initials: string;
  /** The pinyin with sounds made equal that are often confused: zh/z, ch/c, sh/s, -ng/-n. */
  readonly sound: string;
}

export const soundOf = (letters: string): string => letters.replace(/([zcs])h/g, '$1').replace(/ng(?![aeiouv])/g, 'n');

export function spell(word: string): Spelling {
  const syllables = pinyin(word, { toneType: 'none', type: 'array', v: true }).map((s) =>
    s.toLowerCase().replace(/[^a-z0-9]/g, ''),
  );
  const letters = syllables.join('');
  return {
    pinyin: letters,
    initials: syllables.map((s) => s[0] ?? '').join(''),
    sound: syllables.map(soundOf).join(''),
  };
}

/** A word many matters share. */
export interface KnownWord {
  readonly word: string;
  readonly n: number;
}

const HAN = /^\p{Script=Han}$/u;

/** Every pair of neighbouring Chinese characters with its place. */
export function pairsOf(typed: string): { readonly at: number; readonly word: string }[] {
  const characters = [...typed];
  return characters
    .slice(1)
    .flatMap((c, at) => (HAN.test(characters[at]!) && HAN.test(c) ? [{ at, word: characters[at]! + c }] : []));
}

/**
 * What was probably meant: pairs that nobody writes give way to the commonest one that sounds the same, from left to right.
 * Property: a text made of known pairs only is left as it is, and the length never changes.
 * @param byWord known words by themselves
 * @param bySound known words by sound, the commonest first
 */
export function correct(
  typed: string,
  byWord: ReadonlyMap<string, KnownWord>,
  bySound: ReadonlyMap<string, readonly KnownWord[]>,
): string {
  let characters = [...typed];
  for (const { at } of pairsOf(typed)) {
    const pair = characters[at]! + characters[at + 1]!;
    if (byWord.has(pair)) continue;
    // A pair that stands between two known ones is where words meet, and no mistake.
    const left = at > 0 && byWord.has(characters[at - 1]! + characters[at]!);
    const right = at + 2 < characters.length && byWord.has(characters[at + 1]! + characters[at + 2]!);
    if (left && (right || at + 2 === characters.length)) continue;
    const better = bySound.get(spell(pair).sound)?.find(({ word }) => !left || word.startsWith(characters[at]!));
    if (better !== undefined) characters = characters.with(at, [...better.word][0]!).with(at + 1, [...better.word][1]!);
  }
  return characters.join('');
}

/**
 * The parts of a text that are made of known pairs, as a query of several pieces: what is left when the mistake is taken
 * out. Undefined when nothing of it is known or nothing is left out.
 */
export function knownPieces(typed: string, byWord: ReadonlyMap<string, KnownWord>): string | undefined {
  const characters = [...typed];
  const keep = characters.map(() => false);
  for (const { at, word } of pairsOf(typed)) if (byWord.has(word)) keep[at] = keep[at + 1] = true;
  if (keep.every((k) => k) || keep.every((k) => !k)) return undefined;
  return characters
    .map((c, i) => (keep[i]! ? c : ' '))
    .join('')
    .trim()
    .replace(/\s+/g, ' ');
}
