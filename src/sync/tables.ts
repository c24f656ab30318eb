import type { Actor, Scope } from '../access/model.ts';
import { scopeOf } from '../access/access.ts';
import { EACH_TIME, type Query } from '../ledger/record.ts';

/** Whom a phone's content is packed for: every condition that decides which households it may carry. */
export interface Carrying {
  readonly official: string;
  /** Where this official may record visits. */
  readonly scope: Scope;
  readonly today: string;
  /** Only those the official answers for in person: the whole scope would be too much for a phone. */
  readonly ownOnly: boolean;
}

export const carryingOf = (actor: Actor, official: string, today: string, ownOnly = false): Carrying => ({
  official,
  scope: scopeOf(actor, 'visit.record'),
  today,
  ownOnly,
});

/** Places and single households an official answers for in person, and households an open promise ties to. */
const BOUND = `
  with bound as (
    select area, household from assignment
     where county = $1 and official = $2 and since <= $3::date and (until is null or until >= $3::date)
       and kind in ('village', 'household')
  ), single as (
    select id from household where county = $1 and contact = $2
    union select household from bound where household is not null
    union select household from promise where county = $1 and official = $2 and kept_on is null
  )`;

/** What decides which households a phone may carry. */
export interface Reach {
  /** The whole county. */
  readonly everywhere: boolean;
  /** Places of the scope, with all below them. */
  readonly areas: readonly string[];
  /** Places answered for in person. */
  readonly own: readonly string[];
  /** Single households, wherever they lie. */
  readonly single: readonly string[];
}

export async function reachOf(query: Query, county: number, carrying: Carrying): Promise<Reach> {
  const { official, scope, today, ownOnly } = carrying;
  const [row] = await query<{ own: string[]; single: string[] }>(
    'sync.reach',
    `${BOUND}
     select array(select distinct area from bound where area is not null order by area)::text[] as own,
            array(select id from single order by id)::text[] as single`,
    [county, official, today],
  );
  return {
    everywhere: scope.all && !ownOnly,
    areas: ownOnly ? [] : scope.areas.toSorted(),
    own: row!.own,
    single: row!.single,
  };
}

/**
 * The households of a reach, as 32 digits each, in the order of a walk.
 * @param only of these alone; without it all
 */
export async function idsInReach(
  query: Query,
  county: number,
  { everywhere, areas, own, single }: Reach,
  only: readonly string[] | null = null,
): Promise<string> {
  const [row] = await query<{ hex: string }>(
    EACH_TIME,
    `select coalesce(string_agg(encode(uuid_send(id), 'hex'), '' order by village, grid, address, id), '') as hex
       from household
      where county = $1 and not moved and ($6::uuid[] is null or id = any($6))
        and ($2 or county_area = any($3::uuid[]) or township = any($3) or village = any($3) or grid = any($3)
             or village = any($4::uuid[]) or grid = any($4) or id = any($5::uuid[]))`,
    [county, everywhere, areas, own, single, only],
  );
  return row!.hex;
}

/**
 * Some households with everything on them, packed into one text by the database: nothing of it passes through objects
 * here. The ids decide the content alone, so the same text serves whoever may carry all of them.
 */
export async function packedPart(query: Query, county: number, ids: readonly string[], since: string): Promise<string> {
  const [row] = await query<{ part: string }>(EACH_TIME, PART, [county, ids, since]);
  return row!.part;
}

const PART = `
  with given as materialized (
    select (q.ord - 1)::int as i, h.* from unnest($2::uuid[]) with ordinality q(id, ord)
      join household h on h.county = $1 and h.id = q.id
  ), wanted as materialized (
    select (row_number() over (order by i) - 1)::int as i, id, head, address, county_area, township, village, grid, contact,
           pinyin, initials, array_remove(array[county_area, township, village, grid], null) as chain
      from given
  ), chains as materialized (
    select chain, (row_number() over (order by chain) - 1)::int as c from wanted group by chain
  ), people as materialized (
    select w.i, r.id, r.name, r.relation, r.born_year, r.phone_print is not null as phone, r.pinyin, r.initials,
           (row_number() over (order by w.i, r.place) - 1)::int as k
      from wanted w join resident r on r.county = $1 and r.household = w.id and not r."left"
  ), met as (
    select w.i, max(v.met_at) as at, max(v.met_on) as "on" from wanted w
      join visit v on v.county = $1 and v.household = w.id and v.contact = 'met' group by w.i
  ), tried as (
    select w.i, count(*)::int as tries, max(v.met_on) as "on",
           (array_agg(v.revisit_by order by v.met_at desc, v.id desc))[1] as revisit_by,
           (array_agg(v.official order by v.met_at desc, v.id desc))[1] as official
      from wanted w join visit v on v.county = $1 and v.household = w.id and v.contact = 'not-at-home'
      left join met on met.i = w.i where met.at is null or v.met_at > met.at group by w.i
  ), counts as (
    select i, count(*)::int as n from people group by i
  ), households as (
    -- What wants the same order is gathered in one pass, so that it is sorted once.
    select json_agg(head order by i) as head, json_agg(address order by i) as address, json_agg(village order by i) as village,
           json_agg(grid order by i) as grid, json_agg(c order by i) as chain, json_agg(contact order by i) as contact,
           json_agg(pinyin order by i) as pinyin, json_agg(initials order by i) as initials, json_agg(version order by i) as version,
           json_agg(n order by i) as n, string_agg(encode(uuid_send(id), 'hex'), '' order by i) as id
      from (select w.*, c, coalesce(n, 0) as n,
                   (select max(version) from event e where e.county = $1 and e.stream = w.id) as version
              from wanted w join chains using (chain) left join counts on counts.i = w.i) q
  ), residents as (
    select json_agg(name order by k) as name, json_agg(relation order by k) as relation, json_agg(born_year order by k) as born,
           json_agg(phone::int order by k) as phone, json_agg(pinyin order by k) as pinyin, json_agg(initials order by k) as initials,
           string_agg(encode(uuid_send(id), 'hex'), '' order by k) as id
      from people
  )
  select json_build_object(
    'head', coalesce(h.head, '[]'),
    'address', coalesce(h.address, '[]'),
    'village', coalesce(h.village, '[]'),
    'grid', coalesce(h.grid, '[]'),
    'chain', coalesce(h.chain, '[]'),
    'chains', (select coalesce(json_agg(chain order by c), '[]') from chains),
    'contact', coalesce(h.contact, '[]'),
    'pinyin', coalesce(h.pinyin, '[]'),
    'initials', coalesce(h.initials, '[]'),
    'version', coalesce(h.version, '[]'),
    'n', coalesce(h.n, '[]'),
    'rname', coalesce(r.name, '[]'),
    'rrelation', coalesce(r.relation, '[]'),
    'rborn', coalesce(r.born, '[]'),
    'rphone', coalesce(r.phone, '[]'),
    'rpinyin', coalesce(r.pinyin, '[]'),
    'rinitials', coalesce(r.initials, '[]'),
    'needs', (select coalesce(json_agg(json_build_array(p.k, n.what, n.need, n.until) order by p.k, n.what, n.need), '[]')
                from people p join wanted w using (i)
                join resident_need n on n.county = $1 and n.household = w.id and n.resident = p.id),
    'standing', (select coalesce(json_agg(json_build_array(w.i, met."on", coalesce(tried.tries, 0), tried."on", tried.revisit_by, tried.official) order by w.i), '[]')
                   from wanted w left join met using (i) left join tried using (i) where met.i is not null or tried.i is not null),
    'visits', (select coalesce(json_agg(json_build_array(w.i, v.id, v.official, v.contact, v.met_at, v.note, v.status, v.means,
                        v.answered_at, v.corrections, v.needs, v.revisit_by,
                        (select max(version) from event e where e.county = $1 and e.stream = v.id)) order by w.i, v.met_at desc, v.id), '[]')
                 from wanted w join visit v on v.county = $1 and v.household = w.id and v.met_on >= $3::date),
    'promises', (select coalesce(json_agg(json_build_array(w.i, p.visit, p.place, p.official, p.what, p.made_on, p.due, p.kept_on, p.late, p.told) order by w.i, p.due, p.visit, p.place), '[]')
                   from wanted w join promise p on p.county = $1 and p.household = w.id
                  where p.kept_on is null or p.kept_on >= $3::date),
    'id', coalesce(h.id, ''),
    'rid', coalesce(r.id, '')
  )::text as part from households h, residents r`;

/** Notes files opened on a phone without network. */
export const noteOpened = (
  query: Query,
  county: number,
  of: { reader: string; device: string },
  opened: readonly (readonly [string, string])[],
): Promise<unknown[]> =>
  query(
    'sync.note-opened',
    `insert into read_audit (county, id, at, reader, subject, what, why)
     select $1, md5($2 || o.at::text || o.id)::uuid, o.at::timestamptz, $3, o.id::uuid, '住户档案（在手机上看）', null
       from unnest($4::text[], $5::text[]) o(id, at)
     on conflict do nothing`,
    [county, of.device, of.reader, opened.map(([id]) => id), opened.map(([, at]) => at)],
  );

/** What the sealed order says between two places. */
export interface Moved {
  readonly households: readonly string[];
  /** Kinds of record that moved at all. */
  readonly records: readonly string[];
  readonly seq: number;
  readonly hash: string;
  /** There is more after this. */
  readonly more: boolean;
}

/** One answer follows so many sealed events at most. */
const STEP = 5_000;

export async function endOfChain(query: Query, county: number): Promise<{ seq: number; hash: string }> {
  const [row] = await query<{ seq: number; hash: string }>(
    'sync.end',
    `select seq, encode(hash, 'hex') as hash from seal where county = $1 order by seq desc limit 1`,
    [county],
  );
  return row ?? { seq: 0, hash: '' };
}

/** Whether that hash stands at that place: a server restored from an older backup has another, or none. */
export async function stands(
  query: Query,
  county: number,
  { seq, hash }: { seq: number; hash: string },
): Promise<boolean> {
  if (seq === 0) return hash === '';
  const rows = await query(
    'sync.stands',
    `select from seal where county = $1 and seq = $2 and hash = decode($3, 'hex')`,
    [county, seq, /^[0-9a-f]{64}$/.test(hash) ? hash : ''],
  );
  return rows.length > 0;
}

/** Households touched after a place in the sealed order: their own records, visits to them, promises among those. */
export async function movedSince(query: Query, county: number, after: number): Promise<Moved> {
  const [row] = await query<{
    households: string[];
    records: string[];
    seq: number;
    hash: string | null;
    more: boolean;
  }>(
    'sync.moved',
    `with step as materialized (
       select seq, stream, version, hash from seal where county = $1 and seq > $2 order by seq limit ${STEP}
     ), told as materialized (
       select distinct e.record, e.stream from step s join event e on e.county = $1 and e.stream = s.stream and e.version = s.version
     ), last as (select seq, hash from step order by seq desc limit 1)
     select array(select stream from told where record = 'household'
                  union select v.household from told t join visit v on v.county = $1 and v.id = t.stream where t.record = 'visit')::text[] as households,
            array(select distinct record from told)::text[] as records,
            coalesce((select seq from last), $2::int8) as seq, (select encode(hash, 'hex') from last) as hash,
            exists (select from seal where county = $1 and seq > (select seq from last)) as more`,
    [county, after],
  );
  return { ...row!, hash: row!.hash ?? '' };
}

/**
 * Of some commands that were accepted once: which are sealed up to that place for good, and which are not known here as
 * accepted. A restored server may have refused what was delivered to it a second time: the phone asks and is told.
 */
export async function standingOf(
  query: Query,
  county: number,
  commands: readonly string[],
  seq: number,
): Promise<{ confirmed: string[]; unknown: string[] }> {
  if (commands.length === 0) return { confirmed: [], unknown: [] };
  const rows = await query<{ id: string; known: boolean; sealed: boolean }>(
    'sync.standing',
    `select q.id::text, c.id is not null as known,
            c.id is not null and not exists (
              select from event e left join seal s on s.county = $1 and s.stream = e.stream and s.version = e.version
               where e.county = $1 and e.stream = (c.verdict->>'stream')::uuid and e.command = c.id and (s.seq is null or s.seq > $3)
            ) as sealed
       from unnest($2::uuid[]) q(id)
       left join command c on c.county = $1 and c.id = q.id and c.verdict @> '{"accepted": true}'`,
    [county, commands, seq],
  );
  return {
    confirmed: rows.filter((r) => r.sealed).map((r) => r.id),
    unknown: rows.filter((r) => !r.known).map((r) => r.id),
  };
}

export interface DeviceRow {
  readonly id: string;
  readonly official: string;
  readonly official_name: string | null;
  readonly name: string;
  readonly secret: Buffer;
  readonly session: Buffer | null;
  readonly opened_at: string;
  readonly seen_at: string;
  readonly app: string;
  readonly households: number;
  readonly unsent: number;
  readonly persisted: boolean;
  readonly clock_ms: number;
  readonly locked_at: string | null;
  readonly wiped_at: string | null;
}

const DEVICE = `select d.*, o.name as official_name from device d
  left join official o on o.county = d.county and o.id = d.official`;

export const findDevice = async (query: Query, county: number, id: string): Promise<DeviceRow | undefined> =>
  (await query<DeviceRow>('sync.device', `${DEVICE} where d.county = $1 and d.id = $2`, [county, id]))[0];

/** Phones, those of one official or all; the last seen first. */
export const devicesOf = (query: Query, county: number, official: string | null): Promise<DeviceRow[]> =>
  query<DeviceRow>(
    'sync.devices',
    `${DEVICE} where d.county = $1 and ($2::uuid is null or d.official = $2) order by d.seen_at desc, d.id limit 2000`,
    [county, official],
  );
