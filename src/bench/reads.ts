import type { House } from '../app/operations/open.ts';
import { type Report, percentile, round, say } from './figures.ts';
import { cookieOf, facesOf, openIn, sealed, startServer } from './house.ts';
import { drive } from './http.ts';
import { atBothSizes } from './stock.ts';
import { numbers } from './words.ts';

const CLIENTS = 8;

/**
 * Reads through HTTP at two sizes of the same county: five years' matters spread over its 12 townships, about one in
 * thirty-five not closed. The small stock is taken in through the ledger's bulk path, the large one made of it by copying
 * rows (see stock.ts). Between the sizes nothing else differs.
 */
export const run = async (quick: boolean): Promise<Report> => {
  const seconds = quick ? 0.8 : 8;
  return await atBothSizes(
    quick,
    (folder, county) => measure(folder, county, seconds),
    (folder, county) => measure(folder, county, seconds),
  );
};

type Ask = (n: number) => { path: string; as: string };

export async function measure(folder: string, county: number, seconds: number): Promise<Report> {
  const server = await startServer(folder);
  const house = await openIn(folder);
  try {
    const {
      rows: [count],
    } = await house.database.pool.query<{ n: number }>('select count(*) as n from matter where county = $1', [county]);
    await sealed(house);
    const cookies = new Map<string, string>();
    const faces = await facesOf(house, county);
    for (const role of ['clerk', 'handler', 'head', 'leader'])
      cookies.set(role, await cookieOf(house, county, faces(role).official));
    const report: Record<string, unknown> = { matters: count!.n };
    for (const [name, ask] of Object.entries(await questions(house, county))) {
      let n = 0;
      const next = () => {
        const { path, as } = ask(n++);
        return { method: 'GET', path, cookie: cookies.get(as)! };
      };
      await drive(server.port, CLIENTS, seconds / 4, next);
      const { times, perSecond } = await drive(server.port, CLIENTS, seconds, next);
      report[`${name}_p50_ms`] = round(percentile(times, 0.5));
      report[`${name}_p95_ms`] = round(percentile(times, 0.95));
      say(
        `${count!.n} matters, ${name}: p50 ${String(report[`${name}_p50_ms`])} ms, p95 ${String(report[`${name}_p95_ms`])} ms, ${Math.round(perSecond)}/s`,
      );
    }
    return report;
  } finally {
    await house.close();
    await server.stop();
  }
}

export async function questions(house: House, county: number): Promise<Record<string, Ask>> {
  const { pool } = house.database;
  const draw = numbers(11);
  const faces = await facesOf(house, county);
  const { rows: ids } = await pool.query<{ id: string }>(
    'select id from matter where county = $1 order by md5(id::text) limit 2000',
    [county],
  );
  const { rows: villages } = await pool.query<{ id: string }>(
    `select id from area where county = $1 and level = 'village'`,
    [county],
  );
  const units = (
    await pool.query<{ unit: string }>(
      'select unit from matter where county = $1 and open group by unit order by count(*) desc limit 20',
      [county],
    )
  ).rows;
  const words = await wordsBySpread(house, county);
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)]!;
  const town = faces('clerk').area!;
  const lists: Ask[] = [
    () => ({ as: 'leader', path: `/api/matters?unit=${pick(units).unit}&status=handling&sort=due&size=20` }),
    () => ({ as: 'leader', path: `/api/matters?unit=${pick(units).unit}&when=open&sort=due&size=20` }),
    () => ({ as: 'handler', path: '/api/matters?status=handling&sort=due&size=20' }),
    () => ({ as: 'clerk', path: `/api/matters?township=${town}&status=resolved&sort=due&size=20` }),
    () => ({ as: 'clerk', path: '/api/matters?when=late&sort=due&size=20' }),
    () => ({ as: 'head', path: '/api/matters?sort=newest&size=20' }),
    () => ({ as: 'leader', path: '/api/matters?status=registered&sort=due&size=20' }),
  ];
  const search =
    (list: readonly string[]): Ask =>
    (n) => ({ as: n % 2 === 0 ? 'leader' : 'clerk', path: `/api/matters?q=${encodeURIComponent(pick(list))}&size=20` });
  const { common, middling, rare } = words;
  return {
    matter: () => ({ as: 'leader', path: `/api/matters/${pick(ids).id}` }),
    inbox: (n) => lists[n % lists.length]!(n),
    search: (n) => search([common, middling, rare][n % 3]!)(n),
    ledger: () => ({
      as: 'leader',
      path: `/api/ledger?village=${pick(villages).id}&month=${monthBefore(draw(58) + 1)}`,
    }),
    today: (n) => ({ as: pick(['clerk', 'handler', 'leader', 'head']), path: `/api/today?${n}` }),
    search_common: search(common),
    search_middling: search(middling),
    search_rare: search(rare),
  };
}

const monthBefore = (months: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15)).toISOString().slice(0, 7);
};

/** Words of two characters by the share of the texts they stand in: a fifth or more, about one in a hundred, less than one in two thousand. */
async function wordsBySpread(
  { database: { pool } }: House,
  county: number,
): Promise<Record<'common' | 'middling' | 'rare', string[]>> {
  const { rows } = await pool.query<{ word: string; share: number }>(
    `select word, count(*)::float8 / 2000 as share
       from (select pairs from matter_text where county = ${Number(county)} order by md5(id::text) limit 2000) t
       cross join lateral unnest(pairs) p
       cross join lateral (select chr((p >> 21 & 2097151)::int) || chr((p & 2097151)::int) as word) w
      where word !~ '[a-z0-9]' group by word`,
  );
  const between = (least: number, most: number): string[] =>
    rows
      .filter((r) => r.share >= least && r.share <= most)
      .toSorted((a, b) => (a.word < b.word ? -1 : 1))
      .slice(0, 40)
      .map((r) => r.word);
  return { common: between(0.2, 1), middling: between(0.008, 0.012), rare: between(0, 0.0005) };
}
