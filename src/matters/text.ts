/**
 * Chinese full text without a dictionary: every pair of neighbouring characters is a word.
 * Two characters are the shortest thing people search for, and pairs never cut a place name wrongly.
 */
const RUNS = /[\p{Script=Han}]+|[a-z0-9]+/gu;

/** The words of a text, each once: character pairs (a lone character stands for itself), Latin words and numbers. */
export function wordsOf(text: string): string[] {
  const found = new Set<string>();
  for (const [run] of text.toLowerCase().normalize('NFKC').matchAll(RUNS)) {
    if (/^[a-z0-9]/.test(run)) {
      found.add(run.slice(0, 40));
      continue;
    }
    const characters = [...run];
    if (characters.length === 1) found.add(run);
    for (let i = 1; i < characters.length; i++) found.add(characters[i - 1]! + characters[i]!);
  }
  return [...found];
}

/**
 * What search finds texts by: every pair of neighbouring characters, Chinese, Latin letter or digit, as one number
 * together with the quarter of a year the matter was registered in. A word's newest matters are then found without
 * touching its older ones, however many there are; and numbers cost the index half of what words cost it.
 */
const CODES = 2 ** 21;
export const PAIRS = CODES * CODES;

/** Quarters of years since 1970 (UTC); any instant between 1715 and 2225 gives keys that a double holds exactly. */
export const quarterOf = (instant: string): number => {
  const [, year, month] = /^(\d{4})-(\d{2})/.exec(instant) ?? [];
  return (Number(year) - 1970) * 4 + Math.floor((Number(month) - 1) / 3);
};

/** The pairs of a text, each once, in ascending order. An import spends a tenth of its time here. */
export function pairsOf(text: string): number[] {
  const plain = text.toLowerCase().normalize('NFKC');
  const found = new Float64Array(plain.length);
  let count = 0;
  let before = 0;
  for (let i = 0; i < plain.length; i++) {
    const code = plain.codePointAt(i)!;
    if (code > 0xffff) i++;
    const stands = isWord(code);
    if (stands && before > 0) found[count++] = before * CODES + code;
    before = stands ? code : 0;
  }
  const pairs: number[] = [];
  for (const pair of found.subarray(0, count).sort()) if (pair !== pairs.at(-1)) pairs.push(pair);
  return pairs;
}

const EIGHT_DIGITS = 1e8;

/** The keys of a text registered at an instant, as PostgreSQL writes an array of `bigint`. */
export function keysOf(text: string, registeredAt: string): string {
  const base = quarterOf(registeredAt) * PAIRS;
  let keys = '';
  for (const pair of pairsOf(text)) {
    const key = base + pair;
    const high = Math.floor(key / EIGHT_DIGITS);
    // In two small numbers: a large one takes three times as long to write.
    keys += high > 0 ? `,${high}${String(key - high * EIGHT_DIGITS).padStart(8, '0')}` : `,${key}`;
  }
  return `{${keys.slice(1)}}`;
}

const WORD = /[\p{Script=Han}a-z0-9]/u;
/** Whether a character of the basic plane stands in words, asked once: 0 is not known yet, 1 no, 2 yes. */
const kinds = new Uint8Array(0x10000);

function isWord(code: number): boolean {
  if (code > 0xffff) return WORD.test(String.fromCodePoint(code));
  kinds[code] ||= WORD.test(String.fromCharCode(code)) ? 2 : 1;
  return kinds[code] === 2;
}

/** The pieces of what was typed that must stand in the text as they are. */
export const piecesOf = (typed: string): string[] =>
  typed
    .toLowerCase()
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((p) => p !== '');

/** What a search looks for, prepared once. */
export interface SoughtText {
  /** Patterns for LIKE on the text in lower case: all must fit. */
  readonly likes: readonly string[];
  /** Those of them that the pairs alone do not decide. */
  readonly unsure: readonly string[];
  /** Pairs a text must have. None when only single characters were typed: they are no key of the index. */
  readonly pairs: readonly number[];
  /** The same as words. */
  readonly words: readonly string[];
}

/** So many pairs narrow a search down enough; what is left is decided by the text itself. */
const ASKED = 4;

/** @returns undefined when there is nothing to search for */
export function soughtIn(typed: string): SoughtText | undefined {
  const pieces = piecesOf(typed);
  if (!pieces.some((piece) => WORD.test(piece))) return undefined;
  const all = [...new Set(pieces.flatMap((piece) => pairsOf(piece)))];
  const step = Math.max(1, all.length / ASKED);
  const pairs = Array.from({ length: Math.min(all.length, ASKED) }, (_, i) => all[Math.floor(i * step)]!);
  return {
    likes: pieces.map(likeOf),
    // A piece that is one pair stands in a text exactly when the pair does.
    unsure: pieces.filter((piece) => !/^\p{Script=Han}{2}$/u.test(piece) || all.length > ASKED).map(likeOf),
    pairs,
    words: pairs.map((pair) => String.fromCodePoint(Math.floor(pair / CODES), pair % CODES)),
  };
}

/** Escapes a piece for LIKE. */
export const likeOf = (piece: string): string => `%${piece.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
