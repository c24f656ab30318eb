import type { Desk } from '../../contract/route.ts';

/** Names of units, areas and officials by id, joined when read. */
export async function namesOf(desk: Desk, ids: readonly (string | undefined)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  if (wanted.length === 0) return new Map();
  const rows = await desk.query<{ id: string; name: string }>(
    'portal.names',
    `select id, short_name as name from unit where county = $1 and id = any($2::uuid[])
     union all select id, name from area where county = $1 and id = any($2::uuid[])
     union all select id, name from official where county = $1 and id = any($2::uuid[])`,
    [desk.county, wanted],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
