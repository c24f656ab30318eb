import type { Desk } from '../contract/route.ts';
import type { Query } from '../ledger/record.ts';
import type { Vault } from '../ledger/vault.ts';
import type { CommandVerdict, SyncPolicy } from './model.ts';

/** What a phone said that this version does not know, kept whole until one does. */
export interface Deferred {
  readonly id: string;
  readonly official: string;
  readonly device: string;
  readonly stream: string;
  readonly kind: string;
  /** When it was written, by the server's clock. */
  readonly at: string;
  readonly words: number;
  readonly app: string;
  readonly unknown: readonly string[];
  readonly data: Record<string, unknown>;
  readonly expected?: number | undefined;
}

/** Keeps a command until an upgrade; one that is kept already stays as it came first. */
export async function defer({ query, county, vault, now }: Desk, one: Deferred): Promise<void> {
  const { data, expected } = one;
  await query(
    'sync.defer',
    `insert into command_deferred (county, id, n, official, device, stream, kind, happened_at, received_at, words, app, unknown, box)
     select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 from command_deferred where county = $1
     on conflict do nothing`,
    [
      county,
      one.id,
      one.official,
      one.device,
      one.stream,
      one.kind,
      one.at,
      now,
      one.words,
      one.app,
      one.unknown,
      vault.seal(expected === undefined ? { data } : { data, expected }),
    ],
  );
}

/** How a command that was kept stands, or one that another version of this server has decided. */
export interface Kept {
  readonly verdict: 'accepted' | 'refused';
  readonly code: string | null;
  readonly field: string | null;
  readonly version: number | null;
}

/** A verdict that stands already, of the ledger or of what was kept: asked only for what cannot be decided here. */
export async function findVerdict(query: Query, county: number, id: string, actor: string): Promise<Kept | undefined> {
  const [found] = await query<Kept>(
    'sync.verdict',
    `select case when verdict ? 'accepted' then 'accepted' else 'refused' end as verdict, verdict->>'refused' as code,
            verdict->>'field' as field, (verdict->>'version')::int as version
       from command where county = $1 and id = $2 and actor = $3
     union all
     select verdict, code, field, null from command_deferred where county = $1 and id = $2 and verdict is not null
     limit 1`,
    [county, id, actor],
  );
  return found;
}

/** What of this phone waits for an upgrade. */
export const waitingOf = (query: Query, county: number, device: string): Promise<{ id: string; stream: string }[]> =>
  query(
    'sync.deferred-of',
    'select id, stream from command_deferred where county = $1 and device = $2 and verdict is null',
    [county, device],
  );

/** What waits, in the order it came, of phones that spoke the words up to here. */
export async function openDeferred(
  query: Query,
  vault: Vault,
  county: number,
  words: number,
  limit: number,
): Promise<Deferred[]> {
  const rows = await query<Omit<Deferred, 'data' | 'expected'> & { box: Buffer }>(
    'sync.deferred-open',
    `select id, official, device, stream, kind, happened_at as at, words, app, unknown, box from command_deferred d
      where county = $1 and verdict is null and words <= $2
        -- What came before it of the same record and phone, and must still wait, holds it up.
        and not exists (select from command_deferred b where b.county = $1 and b.device = d.device and b.stream = d.stream
                           and b.n < d.n and b.verdict is null and b.words > $2)
      order by n limit $3`,
    [county, words, limit],
  );
  return rows.map(({ box, ...row }) => ({ ...row, ...(vault.open(box) as { data: Record<string, unknown> }) }));
}

/** Writes down what became of one. Of an accepted one the ledger has the words; a refused one can still be read. */
export async function settleDeferred(
  { query, county, now }: Pick<Desk, 'query' | 'county' | 'now'>,
  verdict: CommandVerdict,
): Promise<void> {
  const { id } = verdict;
  const accepted = verdict.verdict === 'accepted';
  await query(
    'sync.settle-deferred',
    `update command_deferred set verdict = $3, code = $4, field = $5, decided_at = $6, box = case when $7 then null else box end
      where county = $1 and id = $2 and verdict is null`,
    [
      county,
      id,
      accepted ? 'accepted' : 'refused',
      accepted ? null : verdict.code,
      accepted ? null : (verdict.field ?? null),
      now,
      accepted,
    ],
  );
}

/** Their writer has been told that these were refused: from then on the words are kept for a while only. */
export const noteTold = (
  { query, county, now }: Pick<Desk, 'query' | 'county' | 'now'>,
  official: string,
  ids: readonly string[],
): Promise<unknown[]> =>
  query(
    'sync.note-told',
    `update command_deferred set told_at = $4 where county = $1 and official = $2 and id = any($3::uuid[]) and told_at is null`,
    [county, official, ids, now],
  );

/**
 * The words of what was refused go when its writer was told long enough ago, or never looked for longer still; that it was
 * there, and why it was refused, stays.
 * @returns how many
 */
export async function forgetRefused(
  query: Query,
  county: number,
  { toldDays, untoldDays }: Pick<SyncPolicy, 'toldDays' | 'untoldDays'>,
  now: string,
): Promise<number> {
  const gone = await query(
    'sync.forget-refused',
    `update command_deferred set box = null
      where county = $1 and verdict = 'refused' and box is not null
        and (told_at is not null and greatest(told_at, decided_at) < $2::timestamptz - make_interval(days => $3)
             or decided_at < $2::timestamptz - make_interval(days => $4))
      returning id`,
    [county, now, toldDays, untoldDays],
  );
  return gone.length;
}

export interface DeferredRow {
  readonly id: string;
  readonly official: string;
  readonly official_name: string | null;
  readonly device_name: string | null;
  readonly kind: string;
  readonly at: string;
  readonly received_at: string;
  readonly words: number;
  readonly app: string;
  readonly unknown: readonly string[];
  readonly verdict: 'accepted' | 'refused' | null;
  readonly code: string | null;
  readonly decided_at: string | null;
  readonly told_at: string | null;
  readonly kept: boolean;
}

/** What waits and what became of it, of one official or of all: what waits first, then the latest. */
export const deferredOf = (query: Query, county: number, official: string | null): Promise<DeferredRow[]> =>
  query<DeferredRow>(
    'sync.deferred-list',
    `select c.id, c.official, o.name as official_name, d.name as device_name, c.kind, c.happened_at as at, c.received_at,
            c.words, c.app, c.unknown, c.verdict, c.code, c.decided_at, c.told_at, c.box is not null as kept
       from command_deferred c
       left join official o on o.county = c.county and o.id = c.official
       left join device d on d.county = c.county and d.id = c.device
      where c.county = $1 and ($2::uuid is null or c.official = $2)
      order by c.verdict is not null, c.n desc limit 200`,
    [county, official],
  );

/** Names of what was given and is not in what was read of it, with their places: `needs.0.mood`. */
export function unknownIn(given: unknown, read: unknown, at = ''): string[] {
  if (Array.isArray(given) && Array.isArray(read))
    return given.flatMap((one, i) => unknownIn(one, read[i], `${at}${i}.`));
  if (!isPlain(given) || !isPlain(read)) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : name in read ? unknownIn(value, read[name], `${at}${name}.`) : [`${at}${name}`],
  );
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
