import { scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import { listMatters } from './queries.ts';
import type { MatterRow } from './tables.ts';

/** So many open matters go along on a phone, the most urgent first. */
const CARRIED = 500;

/** Open matters a phone carries: of the places its official may read, and those they raised. */
export async function openMattersFor(desk: Desk): Promise<readonly MatterCarried[]> {
  const { rows } = await listMatters(
    desk,
    scopeOf(desk.actor, 'matter.read'),
    { when: 'open', sort: 'due', size: CARRIED },
    actorName(desk.actor),
  );
  return rows as MatterCarried[];
}
export type MatterCarried = MatterRow & Record<string, unknown>;
