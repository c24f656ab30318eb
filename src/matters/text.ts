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

/** The words as PostgreSQL's tsvector writes them. */
export const tsvectorOf = (text: string): string => wordsOf(text).join(' ');

/**
 * A query for what a person typed: every word must be there. A single character finds pairs that begin with it.
 * @returns undefined when nothing can be searched for
 */
export function tsqueryOf(typed: string): string | undefined {
  const words = wordsOf(typed);
  if (words.length === 0) return undefined;
  return words.map((w) => ([...w].length === 1 || /^[a-z0-9]/.test(w) ? `${w}:*` : w)).join(' & ');
}

/** The pieces of what was typed that must stand in the text as they are. */
export const piecesOf = (typed: string): string[] =>
  typed
    .toLowerCase()
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((p) => p !== '');

/** Escapes a piece for LIKE. */
export const likeOf = (piece: string): string => `%${piece.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
