import { type Gram, pairAt, runsRead, tagGram, type Text } from './grams.ts';

/** How many reasons a person takes in at a glance, and how long one may grow. */
const REASONS = 5;
const LONGEST = 8;

/** Two neighbours are one word unless one is this many times as loud: 保险 alone says less than 养老, and belongs to it. */
const APART = 8;

/**
 * The words of a text that speak for a proposal, strongest first: characters whose grams speak loudly and touch
 * are read as one word, so that a person sees 养老保险 and not 养老, 老保, 保险.
 * @param loudness how much one gram of the text speaks for the proposal; 0 when it does not
 */
export function reasons(text: Text, loudness: (gram: Gram) => number): string[] {
  const loud = new Map<string, number>();
  const hear = (word: string, value: number) => {
    if (value > 0) loud.set(word, Math.max(value, loud.get(word) ?? 0));
  };
  for (const tag of text.tags ?? []) hear(tag, loudness(tagGram(tag)));
  for (const run of runsRead(text).flat()) {
    for (const [word, value] of loudWords(run, loudness)) hear(word, value);
  }
  const chosen: string[] = [];
  for (const [word] of [...loud].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    if (chosen.length === REASONS) break;
    if (!chosen.some((better) => better.includes(word) || word.includes(better))) chosen.push(word);
  }
  return chosen;
}

/** The pairs of a run, joined while they are about as loud as the loudest of the word so far. */
function* loudWords(run: string, loudness: (gram: Gram) => number): Generator<[string, number]> {
  let start = 0;
  let peak = 0;
  let sum = 0;
  for (let at = 0; at + 2 <= run.length; at++) {
    const value = loudness(pairAt(run, at));
    if (peak > 0 && (value * APART < peak || value > peak * APART || at + 2 - start > LONGEST)) {
      yield [run.slice(start, at + 1), sum];
      peak = 0;
    }
    if (value === 0) continue;
    if (peak === 0) [start, sum] = [at, 0];
    peak = Math.max(peak, value);
    sum += value;
  }
  if (peak > 0) yield [run.slice(start), sum];
}
