import type { Kysely } from 'kysely';
import { scopeOf } from '../access/access.ts';
import { within } from '../access/scope-sql.ts';
import type { Desk } from '../contract/route.ts';
import { statusName, t } from './english.ts';
import type { MatterState, Status } from './model.ts';
import { sayNumber } from './number-words.ts';
import { type MatterTables, matterColumns } from './tables.ts';

/** Another matter that this one is joined with; what it says only to who may read it. */
export interface Related {
  readonly id: string;
  readonly number: string;
  readonly statusName: string;
  /** Null where the reader may not read it. */
  readonly subject: string | null;
}

/** What a matter is joined with: its main matter, those handled with it, what it was split from and into. */
export async function relatedOf(
  desk: Desk,
  state: MatterState,
): Promise<{ main: Related | null; along: Related[]; whole: Related | null; parts: Related[] }> {
  const whole = /^split ([0-9a-f-]{36})$/.exec(state.origin ?? '')?.[1];
  const ids = [state.merged?.into, whole, ...state.along, ...state.parts].filter((id) => id !== undefined);
  if (ids.length === 0) return { main: null, along: [], whole: null, parts: [] };
  const db = desk.db as Kysely<MatterTables>;
  const [rows, seen] = await Promise.all([
    db
      .selectFrom('matter')
      .select(['id', 'number', 'status', 'subject'])
      .where('county', '=', desk.county)
      .where('id', 'in', ids)
      .execute(),
    db
      .selectFrom('matter')
      .select('id')
      .where('county', '=', desk.county)
      .where('id', 'in', ids)
      .where((eb) => within(eb, scopeOf(desk.actor, 'matter.read'), matterColumns))
      .execute(),
  ]);
  const mine = new Set(seen.map(({ id }) => id));
  const found = new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        number: sayNumber(row.number),
        statusName: statusName(row.status as Status),
        subject: mine.has(row.id) ? (row.subject ?? t('（内容已按规定删除）')) : null,
      },
    ]),
  );
  const one = (id: string | undefined): Related | null => (id === undefined ? null : (found.get(id) ?? null));
  const many = (list: readonly string[]): Related[] => list.flatMap((id) => found.get(id) ?? []);
  return { main: one(state.merged?.into), along: many(state.along), whole: one(whole), parts: many(state.parts) };
}
