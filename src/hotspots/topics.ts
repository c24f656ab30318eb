import { ALIKE, type Rarity, type Said, type Sketch, scoreOf, sketchOf, wordsInCommon } from '../alike/score.ts';
import { pairsOf } from '../matters/text.ts';

/**
 * Topics rising in what people sent (row C17; P6, 2:B27, LED-15): matters that look alike taken together, by place and
 * time. Pure: the page and the evaluation rank with the same function. It reads what was sent to us and nothing else,
 * and says of a topic only what its own messages say.
 */

export interface Heard extends Said {
  readonly id: string;
  /** Who, as far as can be known: the same for one person's messages. */
  readonly person: string;
  /** How many agreed with it where it was written openly, less those who disagreed. */
  readonly agreed: number;
}

export interface Topic {
  readonly rank: number;
  /** The name most of its messages share; undefined where they share none. */
  readonly place: string | undefined;
  /** The smallest area all of them lie in, by id. */
  readonly area: string | undefined;
  /** The hottest days, both included. */
  readonly period: { readonly from: string; readonly to: string };
  readonly people: number;
  readonly heat: number;
  readonly messages: number;
  /** The message most like all others: it says what the topic is. */
  readonly told: string;
  /** Words most of the others share with it. */
  readonly words: readonly string[];
  /** Most typical first. */
  readonly ids: readonly string[];
}

/** The hottest stretch is looked for in so many days. */
export const STRETCH_DAYS = 60;
/** Fewer persons are no topic of many. */
const LEAST_PEOPLE = 3;
/** A message joins a topic that so much of is like it: else one thing would lead to the next. */
const LIKE_SO_MANY = 0.2;
/** A name is a topic's place that so many of its messages say. */
const MOSTLY = 0.4;
/** A pair of characters that more messages hold leads to no candidates. */
const MOST_HOLDING = 80;
const HOMES = /^.(?:小区|社区|城|苑|园|府|湾|郡|村|镇|街道|路)/u;
const LIVED = /(?:小区|社区|花园|家园|公寓|广场|国际|城|苑|园|府|湾|郡|村|镇|街道|路)$/u;
const DAY_MS = 86_400_000;

/** What heat is, for whoever asks. */
export const FORMULA =
  'heat = people × rise × weight; people = different persons in the hottest 60 days; ' +
  'rise = their share of all persons of the topic; weight = 1 + log10(1 + agreements in those days) / 4';

/** @returns the topics of at least three persons, hottest first */
export function topicsOf(heard: readonly Heard[], rarity: Rarity): Topic[] {
  const sketches = heard.map((one) => sketchOf(one, rarity));
  const links = linksOf(sketches, rarity);
  return clustersOf(heard.length, links)
    .flatMap((members) => topicOf(members, heard, sketches, links) ?? [])
    .toSorted((a, b) => b.heat - a.heat || (a.told < b.told ? -1 : 1))
    .map((topic, i) => ({ ...topic, rank: i + 1 }));
}

type Links = readonly ReadonlyMap<number, number>[];

/** Scores of all that look alike; compared are those whose headlines or names share telling pairs. */
function linksOf(sketches: readonly Sketch[], rarity: Rarity): Links {
  const holding = new Map<number, number[]>();
  const telling = sketches.map(({ words, names }) => {
    const most = rarity.most;
    // The rarest dozen and the names: what it is about and where.
    const rare = [...words]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 24)
      .map(([pair]) => pair);
    return new Set([...names.keys(), ...rare].filter((pair) => rarity.of(pair) < most));
  });
  for (const [i, pairs] of telling.entries())
    for (const pair of pairs) {
      const list = holding.get(pair);
      if (list === undefined) holding.set(pair, [i]);
      else list.push(i);
    }
  const links = sketches.map(() => new Map<number, number>());
  for (const [i, pairs] of telling.entries()) {
    const shared = new Map<number, number>();
    for (const pair of pairs) {
      const list = holding.get(pair)!;
      if (list.length > MOST_HOLDING) continue;
      for (const j of list) if (j < i) shared.set(j, (shared.get(j) ?? 0) + 1);
    }
    for (const [j, n] of shared) {
      if (n < 2) continue;
      const { score } = scoreOf(sketches[i]!, sketches[j]!);
      if (score < ALIKE) continue;
      links[i]!.set(j, score);
      links[j]!.set(i, score);
    }
  }
  return links;
}

/** Sets joined from the strongest link down, where enough of the one set is like the other. */
function clustersOf(count: number, links: Links): number[][] {
  const edges = links.flatMap((of, i) => [...of].filter(([j]) => j < i).map(([j, score]) => ({ i, j, score })));
  edges.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j);
  const cluster = Array.from({ length: count }, (_, i) => [i]);
  const of = Array.from({ length: count }, (_, i) => i);
  for (const { i, j } of edges) {
    const [a, b] = [of[i]!, of[j]!];
    if (a === b) continue;
    const [x, y] = [cluster[a]!, cluster[b]!];
    let linked = 0;
    for (const one of x) for (const other of y) if (links[one]!.has(other)) linked += 1;
    if (linked < LIKE_SO_MANY * x.length * y.length) continue;
    for (const one of y) of[one] = a;
    cluster[a] = [...x, ...y];
    cluster[b] = [];
  }
  return cluster.filter((members) => members.length > 1);
}

function topicOf(
  members: readonly number[],
  heard: readonly Heard[],
  sketches: readonly Sketch[],
  links: Links,
): Topic | undefined {
  const persons = new Set(members.map((i) => heard[i]!.person));
  if (persons.size < LEAST_PEOPLE) return undefined;
  const within = (i: number): number => members.reduce((sum, j) => sum + (links[i]!.get(j) ?? 0), 0);
  const typical = members.toSorted((a, b) => within(b) - within(a) || a - b);
  const hottest = hottestOf(members.map((i) => heard[i]!));
  const agreed = hottest.messages.reduce((sum, one) => sum + Math.max(0, one.agreed), 0);
  const people = hottest.people;
  const heat = people * (people / persons.size) * (1 + Math.log10(1 + agreed) / 4);
  const [first] = typical as [number];
  const place = placeOf(typical, sketches);
  const words = wordsShared(first, typical.slice(1), sketches);
  const chains = members.map((i) => heard[i]!.chain);
  const area = chains[0]!.findLast((id) => id !== '' && chains.every((chain) => chain.includes(id)));
  const days = hottest.messages.map(({ at }) => dayIn(at)).toSorted();
  return {
    rank: 0,
    place,
    area,
    period: { from: days[0]!, to: days.at(-1)! },
    people,
    heat: Math.round(heat * 100) / 100,
    messages: members.length,
    told: heard[first]!.id,
    words,
    ids: typical.map((i) => heard[i]!.id),
  };
}

/** Days in Shanghai. */
const dayIn = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** The stretch of so many days in which most persons spoke; the latest of several. */
function hottestOf(messages: readonly Heard[]): { people: number; messages: readonly Heard[] } {
  const sorted = messages.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  let best: { people: number; messages: readonly Heard[] } = { people: 0, messages: [] };
  for (const { at } of sorted) {
    const from = Date.parse(at);
    const inside = sorted.filter(
      (one) => Date.parse(one.at) >= from && Date.parse(one.at) <= from + STRETCH_DAYS * DAY_MS,
    );
    const people = new Set(inside.map(({ person }) => person)).size;
    if (people >= best.people) best = { people, messages: inside };
  }
  return best;
}

/** Words that most of the others share with the most typical one. */
function wordsShared(first: number, others: readonly number[], sketches: readonly Sketch[]): string[] {
  const counts = new Map<string, number>();
  for (const other of others.slice(0, 30))
    for (const phrase of wordsInCommon(sketches[first]!, sketches[other]!).phrases)
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return [...counts]
    .filter(([word]) => word.length >= 2 && word.length <= 10)
    .toSorted((a, b) => b[1] - a[1] || b[0].length - a[0].length)
    .slice(0, 4)
    .map(([word]) => word);
}

/** The name of a place that most of a topic's messages say, as the most typical one writes it. */
function placeOf(members: readonly number[], sketches: readonly Sketch[]): string | undefined {
  const said = new Map<number, number>();
  for (const i of members) for (const pair of sketches[i]!.names.keys()) said.set(pair, (said.get(pair) ?? 0) + 1);
  let best: { name: string; weight: number } | undefined;
  for (const i of members.slice(0, 5)) {
    const { subject, spot } = sketches[i]!.said;
    const text = `${subject}\n${spot}\n`;
    let from = 0;
    let weight = 0;
    for (let at = 1; at < text.length; at++) {
      const [pair] = pairsOf(text.slice(at - 1, at + 1));
      const n = pair === undefined ? 0 : (said.get(pair) ?? 0);
      if (n >= MOSTLY * members.length) {
        if (weight === 0) from = at - 1;
        weight += n * (sketches[i]!.names.get(pair!) ?? 0);
        continue;
      }
      if (weight > 0) {
        // What many names end with is too common to be told by, and belongs to the name all the same.
        const ending = HOMES.exec(text.slice(at - 1, at + 3))?.[0].slice(1) ?? '';
        const name = `${text.slice(from, at)}${ending}`.replace(/^.*?[a-z0-9][市区县]|^[市区县的在]/iu, '');
        // Where people live says better where it is than what stands there.
        const told = weight * (LIVED.test(name) ? 2 : 1);
        if (name.length >= 3 && (best === undefined || told > best.weight)) best = { name, weight: told };
      }
      weight = 0;
    }
  }
  return best?.name;
}
