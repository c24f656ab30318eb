import type { Query } from '../ledger/record.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { type Actor, actorName } from './model.ts';

/** Who asks, and when: any desk of a route is one. */
export interface Reader {
  readonly county: number;
  readonly actor: Actor;
  readonly query: Query;
  /** The instant of the request. */
  readonly now: string;
}

/**
 * Notes that the asker reads a household's file. Call it before the answer leaves: what cannot be noted is not read.
 * @param subject the household
 * @param what the part read, in words a resident understands, e.g. 走访记录
 * @param why the reason given, where one is asked for
 */
export async function recordReading(desk: Reader, subject: string, what: string, why?: string): Promise<void> {
  await desk.query(
    'residents.note-reading',
    'insert into read_audit (county, id, at, reader, subject, what, why) values ($1, $2, $3, $4, $5, $6, $7)',
    [desk.county, newId(Date.parse(desk.now)), desk.now, actorName(desk.actor), subject, what, why ?? null],
  );
}

/**
 * The same for many files at once, as an export reads them. A file named twice is one reading.
 * @param subjects households, and matters of which no household is known
 */
export async function recordReadings(
  desk: Reader,
  subjects: readonly string[],
  what: string,
  why?: string,
): Promise<void> {
  await desk.query(
    'residents.note-readings',
    `insert into read_audit (county, id, at, reader, subject, what, why)
     select distinct on (s) $1::int, gen_random_uuid(), $2::timestamptz, $3, s, $5, $6 from unnest($4::uuid[]) s`,
    [desk.county, desk.now, actorName(desk.actor), subjects, what, why ?? null],
  );
}

/**
 * The same, but once in a while: several pictures of one page that are fetched one after another are one reading.
 * @param minutes within which the same reader reads the same part again
 */
export async function recordReadingOnce(desk: Reader, subject: string, what: string, minutes: number): Promise<void> {
  await desk.query(
    'residents.note-reading-once',
    `insert into read_audit (county, id, at, reader, subject, what)
     select $1, $2, $3, $4, $5, $6
      where not exists (select from read_audit where county = $1 and subject = $5 and reader = $4 and what = $6
                           and at > $3::timestamptz - make_interval(mins => $7))`,
    [desk.county, newId(Date.parse(desk.now)), desk.now, actorName(desk.actor), subject, what, minutes],
  );
}

/**
 * Notes that files went to a phone together, for work without network: one entry for a phone, a bundle and a day,
 * however often it is sent. Call it before they leave: what cannot be noted is not sent.
 * @param bundle the households, in an order of the caller's that is the same for the same bundle: a name that only these
 *   have, and their ids, which are asked for only where the bundle is not known yet
 */
export async function recordCarried(
  { county, actor, query, now }: Reader,
  { device, day }: { readonly device: string; readonly day: string },
  bundle: { readonly name: string; readonly subjects: () => readonly string[] },
): Promise<void> {
  const part = idOf('carried', bundle.name);
  const [told] = await query<{ known: boolean }>(
    'residents.note-carried',
    `with known as (select id from carried_part where county = $1 and id = $2),
          noted as (insert into carried (county, part, device, day, at, reader)
                    select $1, id, $3, $4::date, $5::timestamptz, $6 from known on conflict do nothing)
     select exists (select from known) as known`,
    [county, part, device, day, now, actorName(actor)],
  );
  if (told!.known) return;
  await query(
    'residents.note-bundle',
    `with part as (insert into carried_part (county, id, subjects) values ($1, $2, $3) on conflict do nothing)
     insert into carried (county, part, device, day, at, reader) values ($1, $2, $4, $5, $6, $7) on conflict do nothing`,
    [county, part, bundle.subjects(), device, day, now, actorName(actor)],
  );
}

export interface Reading {
  readonly at: string;
  readonly reader: string;
  /** Undefined for a resident who read by their own key. */
  readonly name: string | null;
  readonly title: string | null;
  readonly unit: string | null;
  readonly what: string;
  readonly why: string | null;
}

/** Who read this file (a household's, and a matter's of its own), newest first: the answer to a resident who asks. */
export async function readingsOf(desk: Reader, subjects: readonly string[], limit: number): Promise<Reading[]> {
  return await desk.query<Reading>(
    'residents.readings',
    `select a.at, a.reader, o.name, nullif(o.title, '') as title, u.name as unit, a.what, a.why
       from (select id::text as tie, at, reader, what, why from read_audit where county = $1 and subject = any($2::uuid[])
             union all
             select min(c.part::text), min(c.at), c.reader, '住户档案（存入手机备用）', null
               from carried_part p join carried c on c.county = $1 and c.part = p.id
              where p.county = $1 and p.subjects && $2::uuid[] group by c.reader, c.device, c.day) a
       left join official o on o.county = $1 and o.id::text = a.reader
       left join unit u on u.county = o.county and u.id = o.unit
      order by a.at desc, a.tie desc limit $3`,
    [desk.county, subjects, limit],
  );
}
