import { pairsOf } from '../matters/text.ts';

/**
 * How alike two matters are, from what was said, where, when and by whom; pure, so that the desk, the portal and the
 * evaluation answer with the same function.
 *
 * Words are pairs of neighbouring characters, each weighing the more the rarer it is. Most matters use the same words
 * for different places, so words alone never make two matters alike: there must be a place that both name, or that both
 * lie in, or the same person.
 */

/** How rare a pair is among a county's matters. */
export interface Rarity {
  /** @returns the natural logarithm of how many texts there are for each that holds the pair */
  of(pair: number): number;
  /** What a pair weighs that no known text holds. */
  readonly most: number;
}

/** @param counts in how many of `texts` texts a pair stands; what is missing stands in fewer than any that is there */
export function rarityOf(counts: ReadonlyMap<number, number>, texts: number): Rarity {
  const of = (n: number): number => Math.log((texts + 1) / (n + 0.5));
  // Asked for every pair of every text compared: worked out once for each count.
  const known: number[] = [];
  const held = (n: number): number => (known[n] ??= of(n));
  return { of: (pair) => held(counts.get(pair) ?? 0), most: of(0) };
}

/** What is known of a matter, written down or still being typed. */
export interface Said {
  readonly subject: string;
  readonly body: string;
  readonly spot: string;
  /** When it was raised (instant). */
  readonly at: string;
  /** Every area that contains it, from the county down; the county alone says nothing. */
  readonly chain: readonly string[];
  /** Who raised it, in any form that is equal for the same person: never shown. */
  readonly who?: string | undefined;
  readonly category?: string | undefined;
}

/** A text prepared for comparing. */
export interface Sketch {
  readonly said: Said;
  /** Weight by pair. */
  readonly words: ReadonlyMap<number, number>;
  readonly norm: number;
  /** Pairs within names of places, by how rare they are. */
  readonly names: ReadonlyMap<number, number>;
  /** The same of its headline alone: two headlines that name different places are about different places. */
  readonly headline: ReadonlyMap<number, number>;
}

/** What names of places end in. Longer endings stand first. */
const ENDINGS =
  /小区|社区|花园|家园|公寓|广场|新城|国际|学校|中学|小学|学院|大学|幼儿园|医院|公园|市场|工地|水库|大道|大桥|水渠|灌渠|路|街|巷|桥|村|组|屯|寨|坪|城|苑|园|府|湾|郡|里|庭|滩|站|厂|河|沟|塘|湖|渠|坝/gu;
/** So many characters before an ending, at most, are its name. */
const NAME = 5;
const NUMERAL = /[一二三四五六七八九十\d]$/u;
/** A pair that stands in more than one text in thirty says nothing about a place. */
const TELLING = Math.log(30);
/** In a headline words count so many times as much as below it. */
const HEADLINE = 2;
/** Rare words weigh more than in proportion: two texts that share one are likelier about one thing. */
const SHARPNESS = 1.5;

export function sketchOf(said: Said, rarity: Rarity): Sketch {
  const words = new Map<number, number>();
  let square = 0;
  const weigh = (text: string, times: number): void => {
    for (const pair of pairsOf(text)) {
      if (words.has(pair)) continue;
      const weight = rarity.of(pair) ** SHARPNESS * times;
      words.set(pair, weight);
      square += weight * weight;
    }
  };
  weigh(`${said.subject}\n${said.spot}`, HEADLINE);
  weigh(said.body, 1);
  const headline = namesIn(`${said.subject}\n${said.spot}`, rarity);
  const names = headline.size > 0 ? headline : namesIn(said.body, rarity);
  return { said, words, norm: Math.sqrt(square), names, headline };
}

/** Telling pairs of what stands before the endings that names of places have. */
function namesIn(text: string, rarity: Rarity): Map<number, number> {
  const found = new Map<number, number>();
  const plain = text.toLowerCase().normalize('NFKC');
  let last = 0;
  for (const { index, 0: ending } of plain.matchAll(ENDINGS)) {
    // 临街 after 小区 names nothing; 二组 does.
    const named = index - last >= 2 || NUMERAL.test(plain.slice(last, index));
    const from = Math.max(last - 1, index - NAME, 0);
    if (!named) continue;
    last = index + ending.length;
    for (const pair of pairsOf(plain.slice(from, last))) {
      const rare = rarity.of(pair);
      if (rare >= TELLING) found.set(pair, rare);
    }
  }
  return found;
}

/** Why two matters look alike, for a person to judge. */
export interface Reasons {
  /** The names both say, or that both lie in the same village. */
  readonly place: 'named' | 'village' | 'grid' | undefined;
  readonly days: number;
  readonly samePerson: boolean;
  readonly sameCategory: boolean;
  /** Words both say, the most telling first; they stand in both texts as they are. */
  readonly names: readonly string[];
  readonly phrases: readonly string[];
}

export interface Likeness {
  /** 0 to 1; from `ALIKE` on a person should look at the two. */
  readonly score: number;
  readonly reasons: Reasons;
}

/** From this score on two matters are shown to a person as look-alikes. */
export const ALIKE = 0.5;

/** What is left of a text but names, when it is less than this share, is the error of reckoning. */
const NOTHING = 1e-9;
const DAY_MS = 86_400_000;
/** What has to be common when both name the same place. All other measures are multiples of it. */
const ENOUGH = 0.24;
/** Without a place in common the words must be nearly the same; so must they where only the village is. */
const NO_PLACE = 0.25;
const SAME_VILLAGE = 0.6;
/** Of two headlines' names so much must be common, or each is about a place of its own. */
const COMMON_NAME = 0.4;
/** Where each names a place and not the other's. */
const PLACES_APART = 0.25;
/** The same person is believed sooner to mean the same thing. */
const SAME_PERSON = 1.2;
/** What is a year apart counts so much less. */
const YEAR_APART = 0.7;

/** How alike two matters are, and what speaks for it but the words; symmetric. */
export function scoreOf(a: Sketch, b: Sketch): { score: number } & Omit<Reasons, 'names' | 'phrases'> {
  const days = Math.abs(Date.parse(a.said.at) - Date.parse(b.said.at)) / DAY_MS;
  const samePerson = a.said.who !== undefined && a.said.who === b.said.who;
  const sameCategory = a.said.category !== undefined && a.said.category === b.said.category;
  const said = common(a, b);
  const [, , village, grid] = a.said.chain;
  const place = namesAgree(a, b)
    ? 'named'
    : grid !== undefined && grid === b.said.chain[3]
      ? 'grid'
      : village !== undefined && village === b.said.chain[2]
        ? 'village'
        : undefined;
  const near = place === 'named' ? 1 : place === undefined ? NO_PLACE : SAME_VILLAGE;
  const then = days <= 31 ? 1 : Math.max(YEAR_APART, 1 - ((1 - YEAR_APART) * (days - 31)) / 334);
  const apart = place === undefined && a.headline.size > 0 && b.headline.size > 0;
  const strength =
    (said.all + 2 * said.besidesNames) * near * (samePerson ? SAME_PERSON : then) * (apart ? PLACES_APART : 1);
  return {
    score: Math.round((1_000 * strength) / (strength + ENOUGH)) / 1_000,
    place,
    days: Math.floor(days),
    samePerson,
    sameCategory,
  };
}

/** The same with the words both say. */
export function likenessOf(a: Sketch, b: Sketch): Likeness {
  const { score, ...reasons } = scoreOf(a, b);
  return { score, reasons: { ...reasons, ...(score < ALIKE ? { names: [], phrases: [] } : wordsInCommon(a, b)) } };
}

/** Cosines of the two texts: of all words, and of those that are not names of places. */
function common(a: Sketch, b: Sketch): { all: number; besidesNames: number } {
  const [fewer, more] = a.words.size <= b.words.size ? [a.words, b.words] : [b.words, a.words];
  let all = 0;
  for (const [pair, weight] of fewer) {
    const other = more.get(pair);
    if (other !== undefined) all += weight * other;
  }
  // Names are few: what they weigh is taken off, instead of asking of every word whether it is one.
  let besides = all;
  let ofA = a.norm ** 2;
  let ofB = b.norm ** 2;
  const off = (pair: number): void => {
    const [wa, wb] = [a.words.get(pair) ?? 0, b.words.get(pair) ?? 0];
    besides -= wa * wb;
    ofA -= wa * wa;
    ofB -= wb * wb;
  };
  for (const pair of a.names.keys()) off(pair);
  for (const pair of b.names.keys()) if (!a.names.has(pair)) off(pair);
  const [nothingA, nothingB] = [ofA <= NOTHING * a.norm ** 2, ofB <= NOTHING * b.norm ** 2];
  return {
    all: all === 0 ? 0 : all / (a.norm * b.norm),
    besidesNames: nothingA || nothingB ? 0 : Math.max(0, besides) / Math.sqrt(ofA * ofB),
  };
}

/** Whether the place one names is also spoken of by the other. */
function namesAgree(a: Sketch, b: Sketch): boolean {
  return [held(a, b), held(b, a)].some(({ sum, of, pairs }) => pairs >= 2 && sum >= COMMON_NAME * of);
}

function held(a: Sketch, b: Sketch): { sum: number; of: number; pairs: number } {
  let [sum, of, pairs] = [0, 0, 0];
  for (const [pair, rare] of a.names) {
    of += rare;
    if (!b.words.has(pair)) continue;
    sum += rare;
    pairs += 1;
  }
  return { sum, of, pairs };
}

const WORDS_SHOWN = 3;

/** The longest pieces that stand in both, the most telling first: names of places apart from what is said of them. */
export function wordsInCommon(a: Sketch, b: Sketch): { names: string[]; phrases: string[] } {
  const text = `${a.said.subject}\n${a.said.spot}\n${a.said.body}`;
  const other = `${b.said.subject}\n${b.said.spot}\n${b.said.body}`;
  const found = new Map<string, { weight: number; name: boolean }>();
  let run = '';
  let weight = 0;
  let named = 0;
  const end = (): void => {
    if ([...run].length >= 2 && run.length <= 16) found.set(run, { weight, name: named * 2 > weight });
    run = '';
    weight = 0;
    named = 0;
  };
  let before = '';
  for (const character of text) {
    const [pair] = pairsOf(before + character);
    const shared = pair === undefined ? undefined : b.words.get(pair);
    if (shared === undefined || !other.includes(run === '' ? before + character : run + character)) end();
    else {
      run = run === '' ? before + character : run + character;
      weight += shared;
      if (a.names.has(pair!) || b.names.has(pair!)) named += shared;
    }
    before = character;
  }
  end();
  const ranked = [...found].toSorted(([, x], [, y]) => y.weight - x.weight);
  const top = (name: boolean, most: number): string[] => {
    const words: string[] = [];
    for (const [word, of] of ranked)
      if (of.name === name && words.length < most && !words.some((w) => w.includes(word))) words.push(word);
    return words;
  };
  return { names: top(true, 1), phrases: top(false, WORDS_SHOWN) };
}
