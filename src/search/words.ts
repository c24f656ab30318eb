import type { Pool } from 'pg';
import { spell } from './spelling.ts';

/** First key of the advisory lock that makes the refresh one at a time; the second is the county. */
const REFRESHER = 0x6d73;
/** How many of the newest texts the words are taken from. */
const NEWEST = 20_000;
/** A word in fewer matters, or from fewer sources, could tell of one of them. */
const LEAST_MATTERS = 20;
const LEAST_SOURCES = 5;
const MOST_WORDS = 20_000;
const STALE_MS = 24 * 3_600_000;

/**
 * Remakes a county's words from its newest matters.
 *
 * A word is kept only when it stands in at least 20 matters from at least 5 sources, and never when it is a resident's
 * name or has letters or digits in it. A source is the household; where none is known, the village, so that someone
 * who files often without a name counts once. What passes is common speech of the county and no secret of any matter.
 * @returns how many words there are; undefined when another process is at it
 */
export async function refreshWords(pool: Pool, county: number, now: string): Promise<number | undefined> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const lock = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1, $2) as held', [
      REFRESHER,
      county,
    ]);
    if (lock.rows[0]?.held !== true) {
      await client.query('rollback');
      return undefined;
    }
    const { rows } = await client.query<{ word: string; n: number }>(
      // A pair is two code points of 21 bits; both Chinese, of the basic plane.
      `with newest as (
         select t.pairs, coalesce(m.household, m.village, m.township, m.area) as source
           from (select * from matter where county = $1 order by registered_at desc limit $2) m
           join matter_text t using (county, id)
       ), said as (
         select p & 4398046511103 as pair, source, count(*) as n from newest cross join lateral unnest(pairs) p group by 1, 2
       ), common as (
         select chr((pair >> 21)::int) || chr((pair & 2097151)::int) as word, sum(n)::int as n from said
          group by pair having sum(n) >= $3 and count(*) >= $4
       )
       select word, n from common c
        where word ~ '^[㐀-䶿一-鿿]+$' and not exists (select from resident r where r.county = $1 and r.name = c.word)
        order by n desc, word limit $5`,
      [county, NEWEST, LEAST_MATTERS, LEAST_SOURCES, MOST_WORDS],
    );
    const words = rows.map(({ word, n }) => ({ county, word, n, ...spell(word) }));
    await client.query('delete from search_word where county = $1', [county]);
    await client.query(
      `insert into search_word (county, word, pinyin, sound, initials, n)
       select county, word, pinyin, sound, initials, n from jsonb_populate_recordset(null::search_word, $1::jsonb)`,
      [JSON.stringify(words)],
    );
    await client.query(
      'insert into search_refresh values ($1, $2) on conflict (county) do update set at = excluded.at',
      [county, now],
    );
    await client.query('commit');
    return words.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Remakes the words when they are a day old: what a serving process does now and then. @returns whether it did */
export async function refreshStaleWords(pool: Pool, county: number, now: string): Promise<boolean> {
  const { rows } = await pool.query<{ at: string }>('select at from search_refresh where county = $1', [county]);
  if (rows[0] !== undefined && Date.parse(now) - Date.parse(rows[0].at) < STALE_MS) return false;
  return (await refreshWords(pool, county, now)) !== undefined;
}
