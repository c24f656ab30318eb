import type { Scope } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { EACH_TIME, type Query } from '../ledger/record.ts';
import { matterColumns } from '../matters/tables.ts';
import { PAIRS, pairsOf, quarterOf } from '../matters/text.ts';
import {
  ALIKE,
  type Likeness,
  type Rarity,
  type Said,
  type Sketch,
  rarityOf,
  scoreOf,
  sketchOf,
  wordsInCommon,
} from './score.ts';

/*
 * Which matters are compared with one: those of its village or household in the last months, and those of the last year
 * that say one of its rarest words. Each question is bounded by an index and by how many it may bring, so that the
 * answer costs the same however many matters there are.
 */

/** A matter that was found to be like another. */
export interface Alike extends Likeness {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly status: string;
  readonly unit: string;
  readonly village: string | null;
  readonly township: string | null;
  readonly registeredAt: string;
  readonly household: string | null;
  readonly mergedInto: string | null;
}

/** So many of the newest texts say how rare a pair is. */
const LEARNED = 4_000;
/** A county with fewer matters is taken to have so many: what five of ten say is not common speech yet. */
const FEWEST = 1_000;
/** How long that is believed; meanwhile it is learned again beside the asking. */
const FRESH_MS = 10 * 60_000;
/** Words looked for, and how many matters each may bring. */
const WORDS = 6;
const EACH = 40;
/** A word's newest matters are looked for back over as many quarters of a year as will hold about so many. */
const ENTRIES = 400;
const QUARTERS = 5;
/** So many of the newest matters of the same village or household, and how far back. */
const NEAR = 60;
const NEAR_DAYS = 180;

interface Known {
  readonly at: number;
  readonly rarity: Rarity;
  readonly texts: number;
  readonly counts: ReadonlyMap<number, number>;
  /** Matters of a quarter of a year, as many as there were in the last. */
  readonly perQuarter: number;
}

/** What each process has learned of a county's words. Derived: another process learns the same. */
const known = new Map<number, Promise<Known>>();

async function learn(query: Query, county: number): Promise<Known> {
  const [pairs, [size]] = await Promise.all([
    query<{ pair: number; n: number }>(
      'alike.rarity',
      `select pair, count(*)::int as n from (
         select (unnest(t.pairs) & ${PAIRS - 1}) as pair
           from (select id from matter where county = $1 order by registered_at desc limit ${LEARNED}) m
           join matter_text t on t.county = $1 and t.id = m.id
       ) p group by pair having count(*) > 1`,
      [county],
    ),
    query<{ texts: number; quarter: number }>(
      'alike.size',
      `select (select count(*)::int from (select from matter where county = $1 limit ${LEARNED}) m) as texts,
              (select count(*)::int from matter where county = $1
                  and registered_at > (select max(registered_at) from matter where county = $1) - interval '91 days') as quarter`,
      [county],
    ),
  ]);
  const counts = new Map(pairs.map(({ pair, n }) => [Number(pair), n]));
  const texts = Math.max(FEWEST, size!.texts);
  return { at: Date.now(), rarity: rarityOf(counts, texts), texts, counts, perQuarter: size!.quarter };
}

/** What is known of a county's words; learned at the first asking, and anew beside it when it has grown old. */
async function knownOf(query: Query, county: number): Promise<Known> {
  const held = known.get(county);
  if (held !== undefined) {
    const words = await held;
    if (Date.now() - words.at < FRESH_MS) return words;
  }
  const learning = learn(query, county);
  learning.catch(() => known.delete(county));
  if (held === undefined) known.set(county, learning);
  else void learning.then((words) => known.set(county, Promise.resolve(words)));
  return await (held ?? learning);
}

/** After many matters came in at once: the next asking learns anew. */
export const forgetWords = (county: number): void => void known.delete(county);

/** Three characters, as the two pairs they are made of, and about how many matters a quarter say them. */
interface Run {
  readonly pairs: readonly [number, number];
  readonly entries: number;
}

/** The rarest runs of three characters: those of the headline first, since it says what it is about. */
function runsOf({ said }: Sketch, { counts, texts, perQuarter }: Known): Run[] {
  const found = new Map<string, Run & { readonly head: boolean }>();
  for (const [text, head] of [
    [`${said.subject}\n${said.spot}`, true],
    [said.body.slice(0, 600), false],
  ] as const) {
    const characters = [...text.toLowerCase().normalize('NFKC')];
    for (let i = 2; i < characters.length; i++) {
      const [first] = pairsOf(characters[i - 2]! + characters[i - 1]!);
      const [second] = pairsOf(characters[i - 1]! + characters[i]!);
      if (first === undefined || second === undefined || first === second) continue;
      const n = Math.min(counts.get(first) ?? 0, counts.get(second) ?? 0);
      // What only this text says leads to nothing: so does what every other says.
      if (n < 2 || n * 30 > texts) continue;
      const key = `${first} ${second}`;
      if (!found.has(key)) found.set(key, { pairs: [first, second], entries: (n / texts) * perQuarter, head });
    }
  }
  const ranked = [...found.values()].toSorted((a, b) => Number(b.head) - Number(a.head) || a.entries - b.entries);
  // Neighbours lead to the same matters: every other one is enough.
  const chosen: Run[] = [];
  for (const run of ranked) {
    if (chosen.length === WORDS) break;
    if (!chosen.some((c) => c.pairs.some((pair) => run.pairs.includes(pair)))) chosen.push(run);
  }
  return chosen;
}

interface Row {
  readonly id: string;
  readonly number: string;
  readonly subject: string | null;
  readonly text: string;
  readonly status: string;
  readonly unit: string;
  readonly category: string | null;
  readonly area: string;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly household: string | null;
  readonly registered_at: string;
  readonly merged_into: string | null;
}

export interface Sought extends Said {
  readonly household?: string | undefined;
  /** Until when others are looked for; what is being written down has only what came before. */
  readonly until?: string;
}

/**
 * Matters like this one that the asker may see, the likeliest first.
 * @param options `self`: the matter itself, where it is registered; `most`: how many at most; `open`: only what is not
 * closed
 */
export async function findAlike(
  query: Query,
  county: number,
  sought: Sought,
  scope: Scope,
  options: {
    readonly self?: string;
    readonly most: number;
    readonly open?: boolean;
    /** Only what was not said in confidence. */
    readonly public?: boolean;
  },
): Promise<Alike[]> {
  const words = await knownOf(query, county);
  const sketch = sketchOf(sought, words.rarity);
  const runs = runsOf(sketch, words);
  const until = sought.until ?? sought.at;
  const newest = quarterOf(until);
  const keys = runs.map(({ pairs, entries }) => {
    const back = Math.max(1, Math.min(QUARTERS, Math.floor(ENTRIES / (entries + 1))));
    const quarters = Array.from({ length: back }, (_, i) => newest - i);
    return pairs.map((pair) => quarters.map((quarter) => quarter * PAIRS + pair));
  });
  const [, , village] = sought.chain;
  const scoped = 8;
  const firstKey = scoped + 4;
  const looks = keys.map(
    (_, i) => `(select t.id from matter_text t where t.county = $1 and t.pairs && $${firstKey + 2 * i}::bigint[]
        and t.pairs && $${firstKey + 2 * i + 1}::bigint[] and t.registered_at <= $2::timestamptz
      order by t.registered_at desc limit ${EACH})`,
  );
  const rows = await query<Row>(
    EACH_TIME,
    `with near as materialized (
       ${[
         ...looks,
         `(select id from matter where county = $1 and village = $4::uuid and registered_at <= $2::timestamptz
             and registered_at > $2::timestamptz - interval '${NEAR_DAYS} days' order by registered_at desc limit ${NEAR})`,
         `(select id from matter where county = $1 and household = $5::uuid limit ${NEAR})`,
       ].join(' union ')}
     )
     select m.id, m.number, m.subject, t.text, m.status, m.unit, m.category, m.area, m.township, m.village, m.grid,
            m.household, m.registered_at, m.merged_into
       from near n join matter m on m.county = $1 and m.id = n.id join matter_text t on t.county = $1 and t.id = n.id
      where m.id is distinct from $3::uuid and m.registered_at <= $2::timestamptz and ($6::boolean is false or m.open)
        and ($7::boolean is false or not exists (
           select from matter_note x where x.county = $1 and x.id = m.id and x.confidential)) and ${withinSql(scoped, matterScope)}`,
    [
      county,
      until,
      options.self ?? null,
      village ?? null,
      sought.household ?? null,
      options.open ?? false,
      options.public ?? false,
      ...scopeValues(scope),
      ...keys.flat(),
    ],
  );
  // Words in common are looked for in those alone that are shown: they cost more than all the comparing.
  const close = rows
    .map((row) => {
      const other = sketchOf(saidOf(row), words.rarity);
      return { row, other, ...scoreOf(sketch, other) };
    })
    .filter(({ score }) => score >= ALIKE)
    .toSorted((a, b) => b.score - a.score || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, options.most);
  return close.map(({ row, other, score, ...reasons }) => ({
    ...named(row),
    score,
    reasons: { ...reasons, ...wordsInCommon(sketch, other) },
  }));
}

const matterScope = {
  areas: matterColumns.areas.map((column) => `m.${column}`),
  units: matterColumns.units.map((column) => `m.${column}`),
  officials: matterColumns.officials.map((column) => `m.${column}`),
};

/** What is told of a matter, but how alike it is. */
const named = (row: Row): Omit<Alike, keyof Likeness> => ({
  id: row.id,
  number: row.number,
  subject: row.subject ?? '',
  status: row.status,
  unit: row.unit,
  village: row.village,
  township: row.township,
  registeredAt: row.registered_at,
  household: row.household,
  mergedInto: row.merged_into,
});

function saidOf(row: Row): Said {
  const body = row.subject !== null && row.text.startsWith(row.subject) ? row.text.slice(row.subject.length) : row.text;
  return {
    subject: row.subject ?? '',
    body,
    spot: '',
    at: row.registered_at,
    // The county's own place in the chain does not matter, only the levels below it.
    chain: ['', row.township ?? '', ...[row.village, row.grid].filter((id) => id !== null)],
    who: row.household ?? undefined,
    category: row.category ?? undefined,
  };
}

/** The newest matters that wait to be dispatched and are merged with none, as they are looked at and compared. */
export async function newestWaiting(
  query: Query,
  county: number,
  scope: Scope,
  most: number,
): Promise<(Omit<Alike, keyof Likeness> & { readonly sought: Sought })[]> {
  const rows = await query<Row>(
    'alike.waiting',
    `select m.id, m.number, m.subject, t.text, m.status, m.unit, m.category, m.area, m.township, m.village, m.grid,
            m.household, m.registered_at, m.merged_into
       from (select * from matter m where county = $1 and open and status = 'registered' and merged_into is null
                and ${withinSql(3, matterScope)} order by due desc nulls last limit $2) m
       join matter_text t on t.county = $1 and t.id = m.id`,
    [county, most, ...scopeValues(scope)],
  );
  return rows.map((row) => ({
    ...named(row),
    sought: { ...saidOf(row), household: row.household ?? undefined },
  }));
}
