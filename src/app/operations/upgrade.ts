import { createHash } from 'node:crypto';
import type { System } from '../system.ts';
import { rebuildTelling } from './rebuild.ts';

/** Prints the read tables with their columns and types. */
async function shapeOf({ ledger }: System): Promise<string> {
  const tables = [...(await ledger.tables())]
    .map(([name, { columns }]) => [name, [...columns].toSorted(([a], [b]) => (a < b ? -1 : 1))] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(tables)).digest('hex');
}

/**
 * Makes the read tables of every county again where this version of the program keeps others than the one before it:
 * a migration gives them their columns, and only the ledger can fill them. Broken off, it begins anew at the next start.
 */
export async function followUpgrade(system: System): Promise<void> {
  const { pool } = system.database;
  const shape = await shapeOf(system);
  const { rows } = await pool.query<{ read_shape: string; any: boolean }>(
    `select (select read_shape from migration where read_shape is not null) as read_shape, exists (select from event) as any`,
  );
  if (rows[0]!.read_shape === shape) return;
  if (rows[0]!.any)
    for (const { county, name } of await system.counties())
      await rebuildTelling(system, county, `新版本：重建${name}的读表`);
  await pool.query(
    `update migration set read_shape = case when number = (select max(number) from migration) then $1 end
      where read_shape is not null or number = (select max(number) from migration)`,
    [shape],
  );
}
