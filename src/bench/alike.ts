import { findAlike, forgetWords } from '../alike/find.ts';
import { EVERYTHING } from './board.ts';
import { type Report, percentile, round, say } from './figures.ts';
import { openIn } from './house.ts';
import { atBothSizes } from './stock.ts';
import { numbers, wordsOfDemo } from './words.ts';

const ASKED = 400;

/**
 * Look-alikes proposed for a new matter, asked one after another as a desk asks while somebody types: the question to
 * the database and the comparing, at two sizes of the same county. The stocks are those of `reads`: a large one repeats
 * the texts of the small, so that every word has many times the look-alikes it has in life.
 */
export const run = (quick: boolean): Promise<Report> => atBothSizes(quick, measure, measure);

async function measure(folder: string, county: number): Promise<Report> {
  const house = await openIn(folder);
  try {
    const { pool } = house.database;
    const { query } = house.system.ledger;
    const words = await wordsOfDemo(house, county);
    const draw = numbers(5);
    const { rows: grids } = await pool.query<{ chain: string[] }>(
      `select chain from area where county = $1 and level = 'grid' order by id`,
      [county],
    );
    const { rows: count } = await pool.query<{ n: number }>('select count(*) as n from matter where county = $1', [
      county,
    ]);
    const ask = async (): Promise<number> => {
      const { subject, body } = words.pick(draw);
      const { chain } = grids[draw(grids.length)]!;
      const sought = { subject, body, spot: '', at: new Date().toISOString(), chain };
      return (await findAlike(query, county, sought, EVERYTHING, { most: 5 })).length;
    };
    // Both sizes are of one county: what was learned of the small one says nothing of the large one.
    forgetWords(county);
    const began = performance.now();
    await ask();
    const first = performance.now() - began;
    for (let i = 0; i < 20; i++) await ask();
    const times: number[] = [];
    let found = 0;
    for (let i = 0; i < ASKED; i++) {
      const at = performance.now();
      found += await ask();
      times.push(performance.now() - at);
    }
    const report = {
      matters: count[0]!.n,
      // The first asking also learns how rare words are.
      first_ms: round(first),
      propose_p50_ms: round(percentile(times, 0.5)),
      propose_p95_ms: round(percentile(times, 0.95)),
      found: round(found / ASKED),
    };
    say(JSON.stringify(report));
    return report;
  } finally {
    await house.close();
  }
}
