import type { Query } from '../ledger/record.ts';

/** What every feature asks of the organisation: where a place lies, who is at work, what things are called. */

/** The areas that contain a place, from the county down to itself; undefined when there is no such place now. */
export const chainOf = async (query: Query, county: number, area: string): Promise<readonly string[] | undefined> =>
  (
    await query<{ chain: string[] }>(
      'directory.chain',
      'select chain from area where county = $1 and id = $2 and not closed',
      [county, area],
    )
  )[0]?.chain;

/** Which of these officials are at work. */
export async function atWork(query: Query, county: number, officials: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await query<{ id: string }>(
    'directory.at-work',
    'select id from official where county = $1 and id = any($2::uuid[]) and not retired',
    [county, officials],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The name of an area, a unit or an official; null where there is none. */
export type NameOf = (id: string | null | undefined) => string | null;

/** Names of areas, units and officials by id: joined when read, never copied into a record. */
export async function namesOf(query: Query, county: number, ids: Iterable<string | null | undefined>): Promise<NameOf> {
  const asked = [...new Set([...ids].filter((id) => id != null))];
  if (asked.length === 0) return () => null;
  const rows = await query<{ id: string; name: string }>(
    'directory.names',
    `select id, name from area where county = $1 and id = any($2::uuid[])
     union all select id, short_name from unit where county = $1 and id = any($2::uuid[])
     union all select id, name from official where county = $1 and id = any($2::uuid[])`,
    [county, asked],
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => (id == null ? null : (names.get(id) ?? null));
}

/** A place in words, its levels from the largest down; one without a name is passed over. */
export const placeOf = (nameOf: NameOf, levels: readonly (string | null)[]): string =>
  levels
    .map(nameOf)
    .filter((name) => name !== null)
    .join(' ');

/** Where a row lies, one column for each level. */
export interface Placed {
  readonly county_area: string | null;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
}

/** The chain of a place as columns of a read row. */
export const placedAt = (chain: readonly string[]): Placed => {
  const [county_area = null, township = null, village = null, grid = null] = chain;
  return { county_area, township, village, grid };
};
