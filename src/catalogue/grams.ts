/**
 * What a text is made of, for a learner: pairs of neighbouring Chinese characters, each with its weight.
 * Chinese has no spaces; pairs need no dictionary and know tomorrow's words as well as today's. Triples beside them
 * doubled the work and changed nothing (0.896 against 0.897 correct).
 */

/** What can be known of a matter before anybody has decided about it. */
export interface Text {
  readonly subject: string;
  readonly body: string;
  /** What is certain rather than said, as `category:0301`: each is one strong word. */
  readonly tags?: readonly string[];
}

/** A pair as 30 bits, a tag as a negative number: small whole numbers are three times as fast as strings here. */
export type Gram = number;

/**
 * A resident writes the matter into the subject and the story into the body. Cross-validated, all else equal:
 * 1 → 0.87, 3 → 0.89, 5 → 0.90, 8 → 0.88 correct.
 */
const SUBJECT_WEIGHT = 5;

/** Further on a letter tells its history: 200 characters → 0.87, 400 → 0.90, all → 0.89 correct. */
const BODY_READ = 400;

/** A tag weighs about as much as half a subject line. */
const TAG_WEIGHT = 20;

/** Runs of Chinese characters: punctuation, digits and Latin letters (place codes, plates, phones) part them. */
const RUNS = /\p{Script=Han}+/gu;

const runsOf = (text: string): string[] => text.match(RUNS) ?? [];

/** What is read of a text: the runs of its subject, then those of its body. */
export const runsRead = ({ subject, body }: Text): [subject: string[], body: string[]] => [
  runsOf(subject),
  runsOf(body.slice(0, BODY_READ)),
];

/** Fifteen bits tell all Chinese characters of Unicode's basic plane apart: they run from 3400 to 9FFF. */
export const pairAt = (run: string, at: number): Gram =>
  ((run.charCodeAt(at) & 0x7fff) << 15) | (run.charCodeAt(at + 1) & 0x7fff);

/** FNV-1a, cut to 30 bits. */
export function tagGram(tag: string): Gram {
  let hash = 0x811c9dc5;
  for (let at = 0; at < tag.length; at++) hash = Math.imul(hash ^ tag.charCodeAt(at), 0x01000193);
  return -1 - (hash & 0x3fffffff);
}

function count(runs: readonly string[], weight: number, grams: Map<Gram, number>): void {
  for (const run of runs) {
    for (let at = 0; at + 2 <= run.length; at++) {
      const pair = pairAt(run, at);
      grams.set(pair, (grams.get(pair) ?? 0) + weight);
    }
  }
}

/** Counts of the grams of words and tags, unweighted: for the names of a category, which are all subject. */
export function gramsOfWords(words: readonly string[], tags: readonly string[] = []): Map<Gram, number> {
  const grams = new Map<Gram, number>();
  count(words.flatMap(runsOf), 1, grams);
  for (const tag of tags) grams.set(tagGram(tag), 1);
  return grams;
}

/**
 * The grams of a text as a vector of length 1, so that a long complaint teaches no more than a short one.
 * Without this the learner was right in 0.86 of the cases instead of 0.90.
 */
export function gramsOf(text: Text): Map<Gram, number> {
  const grams = new Map<Gram, number>();
  const [subject, body] = runsRead(text);
  count(subject, SUBJECT_WEIGHT, grams);
  count(body, 1, grams);
  for (const tag of text.tags ?? []) grams.set(tagGram(tag), TAG_WEIGHT);

  let square = 0;
  for (const weight of grams.values()) square += weight * weight;
  const length = Math.sqrt(square);
  for (const [gram, weight] of grams) grams.set(gram, weight / length);
  return grams;
}
