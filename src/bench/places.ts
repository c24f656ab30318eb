/**
 * Which messages belong together, found without the product's own judgement, to hold that judgement against: around the
 * places most written about, the messages that name the place and speak of what is mostly spoken of there.
 *
 * By exact words alone. A name of a place is what stands before an ending such as 小区 in the subjects of several
 * writers, if what stands there is followed by such an ending more often than not (丽发 is, 投诉 is not). What is mostly
 * spoken of there are the pairs of characters that stand in its subjects several times as often as in all subjects.
 * No rarity, no cosine, no time: nothing the product weighs.
 */

export interface Message {
  readonly id: string;
  readonly user: string;
  readonly subject: string;
  readonly body: string;
}

export interface Group {
  /** Names of the place. */
  readonly names: readonly string[];
  readonly topics: readonly string[];
  readonly ids: ReadonlySet<string>;
}

/** Of housing estates, squares and villages: a road or a town runs past too many matters to make one of them. */
const ENDINGS = [
  '小区',
  '社区',
  '花园',
  '家园',
  '公寓',
  '广场',
  '新城',
  '国际',
  '城',
  '苑',
  '园',
  '府',
  '湾',
  '郡',
  '滩',
  '村',
];
const ENDING = `(?:${ENDINGS.join('|')})`;
/** Writers who name a place, at least; how many places are looked at; how many messages make a group. */
const WRITERS = 4;
const PLACES = 12;
const MEMBERS = 5;
/** A word is a place's topic that stands in its subjects so many times as often as in all, and in such a share of them. */
const LIFT = 4;
const SHARE = 0.2;
const TOPICS = 4;

/** A part of the place, or of what it is called, is no topic. */
const PART = /小区|小$|^区|期|栋|附近|[一二三四五六七八九]/;

const marks = /[A-Z]\d*[市区县]|西地省/g;
const pairsIn = (text: string): Set<string> => {
  const found = new Set<string>();
  for (const [run] of text.matchAll(/\p{Script=Han}+/gu))
    for (let i = 1; i < run.length; i++) found.add(run.slice(i - 1, i + 1));
  return found;
};

/** The groups around the places most written about, the largest place first. */
export function groupsOf(messages: readonly Message[]): Group[] {
  const subjects = messages.map(({ subject }) => subject.replace(marks, '|'));
  const everywhere = count(subjects.map(pairsIn));
  const groups: Group[] = [];
  for (const names of placesOf(messages, subjects)) {
    const named = messages.filter(({ subject, body }) => names.some((n) => subject.includes(n) || body.includes(n)));
    const inSubject = named.filter(({ subject }) => names.some((n) => subject.includes(n)));
    // A writer who writes often is one writer.
    const own = [...Map.groupBy(inSubject, ({ user }) => user).values()];
    const said = count(own.map((theirs) => pairsIn(theirs.map(({ subject }) => after(subject, names)).join('|'))));
    const topics = [...said]
      .map(([word, n]) => ({ word, n, lift: n / own.length / ((everywhere.get(word) ?? n) / messages.length) }))
      .filter(({ word, n, lift }) => n >= 3 && n >= SHARE * own.length && lift >= LIFT && !PART.test(word))
      .toSorted((a, b) => b.n * Math.log(b.lift) - a.n * Math.log(a.lift))
      .slice(0, TOPICS)
      .map(({ word }) => word);
    const ids = new Set(
      named
        .filter(({ subject, body }) => holding(subject, topics) >= 1 || holding(body, topics) >= 2)
        .map(({ id }) => id),
    );
    if (topics.length > 0 && ids.size >= MEMBERS) groups.push({ names, topics, ids });
    if (groups.length === PLACES) break;
  }
  return groups;
}

/** What a subject says after the name: before it stands where the place is and what is asked, 建议 and 投诉. */
function after(subject: string, names: readonly string[]): string {
  const at = Math.max(...names.map((name) => (subject.includes(name) ? subject.indexOf(name) + name.length : -1)));
  return subject.slice(Math.max(at, 0));
}

const holding = (text: string, words: readonly string[]): number => words.filter((word) => text.includes(word)).length;

/** Places by how many writers name them in a subject; names that mostly stand in the same subjects are one place. */
function placesOf(messages: readonly Message[], subjects: readonly string[]): string[][] {
  const writers = new Map<string, Set<string>>();
  const at = new Map<string, Set<number>>();
  const name = new RegExp(`(?=(\\p{Script=Han}{2,6}?${ENDING}))`, 'gu');
  for (const [i, subject] of subjects.entries()) {
    for (const [, found] of subject.matchAll(name)) {
      if (found === undefined) continue;
      add(writers, found, messages[i]!.user);
      add(at, found, i);
    }
  }
  const all = subjects.join('\n');
  const isName = (found: string): boolean => {
    const stem = found.replace(new RegExp(`${ENDING}$`, 'u'), '');
    if (stem.length < 2) return false;
    const said = all.split(stem).length - 1;
    return all.match(new RegExp(`${stem}${ENDING}`, 'gu'))!.length >= 0.6 * said;
  };
  const names = [...writers].filter(([, who]) => who.size >= WRITERS);
  const ranked = names
    .filter(([found]) => isName(found))
    // 力之城 is a piece of 魅力之城: what mostly stands in a longer name is none itself.
    .filter(
      ([found, who]) =>
        !names.some(([longer, its]) => longer !== found && longer.endsWith(found) && its.size >= 0.7 * who.size),
    )
    .toSorted(([a, x], [b, y]) => y.size - x.size || a.length - b.length);
  const places: { names: string[]; at: Set<number> }[] = [];
  for (const [found] of ranked) {
    const own = at.get(found)!;
    const same = places.find((place) => 2 * own.intersection(place.at).size > own.size);
    if (same === undefined) places.push({ names: [found], at: new Set(own) });
    // A longer way of saying it adds nothing to looking for the shorter.
    else if (!same.names.some((shorter) => found.includes(shorter))) same.names.push(found);
  }
  return places.map(({ names }) => names);
}

function count(sets: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

export interface Judged {
  /** Share of the members joined to another member of their group by a proposal. */
  readonly recall: number;
  /** Share of the proposals with a member in them whose other end is of the same group. */
  readonly precision: number;
}

/** Holds proposed pairs against the groups. */
export function judge(groups: readonly Group[], pairs: readonly { readonly a: string; readonly b: string }[]): Judged {
  let [members, found, right, touching] = [0, 0, 0, 0];
  for (const { ids } of groups) {
    const joined = new Set<string>();
    for (const { a, b } of pairs) {
      const [inA, inB] = [ids.has(a), ids.has(b)];
      if (!inA && !inB) continue;
      touching += 1;
      if (!inA || !inB) continue;
      right += 1;
      joined.add(a).add(b);
    }
    members += ids.size;
    found += joined.size;
  }
  return { recall: members === 0 ? 0 : found / members, precision: touching === 0 ? 0 : right / touching };
}
