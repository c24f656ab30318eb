import type { Pool } from 'pg';
import type { Calendar } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import { nextAt, nextWithin } from './hours.ts';
import {
  type NoticeSettings,
  type NoticeTemplates,
  type ReminderSettings,
  type Telling,
  type TextingState,
  templateOf,
} from './model.ts';
import { peopleFinder } from './people.ts';
import { mayText } from './rules.ts';
import { textingStream } from './tables.ts';
import type { Carriers } from './ways.ts';

/** What notices need of the house. */
export interface NoticeHouse {
  readonly database: { readonly pool: Pool };
  readonly ledger: Ledger;
  readonly publicUrl: string;
  policies(county: number): Promise<Policies>;
}

/** A telling with what it was caused by: the same cause tells nobody twice. */
export interface Posting {
  readonly telling: Telling;
  readonly record: string;
  readonly stream: string;
  /** Names the cause: an event's version and the place of the telling in it, or a clock and its step. */
  readonly cause: string;
  /** A reminder: the clock it belongs to. */
  readonly clock?: string;
  /** When it came about. */
  readonly at: string;
  /** Who did it: nobody is told what they did themselves. */
  readonly actor?: string;
}

/** How the one who raised a matter can be reached, and whether they may be. */
export interface ResidentReach {
  readonly phone: string | undefined;
  readonly confidential: boolean;
}

interface Row {
  readonly id: string;
  readonly official: string | null;
  readonly record: string;
  readonly stream: string;
  readonly kind: string;
  readonly urgent: boolean;
  readonly words: object;
  readonly clock: string | null;
  readonly at: string;
  readonly deliveries: readonly { way: string; next_at: string; batch: string | null }[];
}

/** Everything that is the same for all that is posted in one pass. */
export function poster(house: NoticeHouse, county: number, carriers: Carriers, policies: Policies, now: string) {
  const settings = policies.get<NoticeSettings>('notices');
  const templates = policies.get<NoticeTemplates>('notice-templates');
  const calendar = policies.get<Calendar>('calendar');
  const find = peopleFinder(house.ledger.query, county, now, policies.get<ReminderSettings>('reminders').above);

  const forOfficial = (posting: Posting, official: Reached): Row => {
    const { telling, record, stream, cause, clock, at } = posting;
    const { urgent } = templateOf(templates, telling.kind);
    const deliveries: { way: string; next_at: string; batch: string | null }[] = [
      { way: 'in-app', next_at: now, batch: null },
    ];
    if (official.mail && carriers.mail.ready) {
      if (urgent || !official.digest) {
        const hours = urgent ? settings.urgent : settings.officials;
        deliveries.push({ way: 'mail', next_at: nextWithin(now, hours, calendar), batch: null });
      } else {
        const next_at = nextAt(now, settings.digestAt, calendar);
        deliveries.push({ way: 'mail', next_at, batch: idOf('digest', String(county), official.id, next_at) });
      }
    }
    if (urgent && settings.textOfficials && carriers.sms.ready && official.phone !== '')
      deliveries.push({ way: 'sms', next_at: nextWithin(now, settings.urgent, calendar), batch: null });
    return {
      id: idOf('notice', stream, cause, telling.kind, official.id),
      official: official.id,
      record,
      stream,
      kind: telling.kind,
      urgent,
      words: telling.words ?? {},
      clock: clock ?? null,
      at,
      deliveries,
    };
  };

  const forResident = ({ telling, record, stream, cause, at }: Posting): Row => ({
    id: idOf('notice', stream, cause, telling.kind, 'resident'),
    official: null,
    record,
    stream,
    kind: telling.kind,
    urgent: false,
    words: telling.words ?? {},
    clock: null,
    at,
    deliveries: [{ way: 'sms', next_at: nextWithin(now, settings.residents, calendar), batch: null }],
  });

  return {
    /**
     * Writes down who is told what; what was written before is left as it is.
     * @param resident how the one who raised the matter is reached, asked only where a telling is for them
     */
    async post(postings: readonly Posting[], resident: (stream: string) => ResidentReach): Promise<number> {
      const meant: { posting: Posting; official: string }[] = [];
      const rows: Row[] = [];
      for (const posting of postings) {
        const { to } = posting.telling;
        if (to === 'resident') {
          const { phone, confidential } = resident(posting.stream);
          if (phone === undefined || !carriers.sms.ready) continue;
          const said = await house.ledger.read<TextingState>(county, 'texting', textingStream(posting.stream));
          if (mayText(settings.textResidents, confidential, said.state.allowed)) rows.push(forResident(posting));
          continue;
        }
        for (const official of await find(to)) if (official !== posting.actor) meant.push({ posting, official });
      }
      const apart = await apartFrom(house.database.pool, county, meant);
      const reached = await reachedOf(
        house.database.pool,
        county,
        meant.map(({ official }) => official),
      );
      for (const { posting, official } of meant) {
        const who = reached.get(official);
        if (who !== undefined && !apart.has(`${posting.stream} ${official}`)) rows.push(forOfficial(posting, who));
      }
      return await write(house.database.pool, county, rows);
    },
  };
}

/**
 * Of those meant, who must not be told: the matter, or the matter an order, a case, a review or a task belongs to,
 * complains of them. As `stream official`.
 */
async function apartFrom(
  pool: Pool,
  county: number,
  meant: readonly { readonly posting: Posting; readonly official: string }[],
): Promise<ReadonlySet<string>> {
  if (meant.length === 0) return new Set();
  const { rows } = await pool.query<{ stream: string; official: string }>({
    name: 'notice.apart',
    text: `select w.stream, w.official
             from unnest($2::uuid[], $3::uuid[]) as w(stream, official)
            where exists (
              select from matter m
               where m.county = $1 and m.about @> array[w.official]
                 and (m.id = w.stream
                      or m.id in (select o.matter from owed o where o.county = $1 and o.stream = w.stream)
                      or m.id in (select g.matter from given_order g where g.county = $1 and g.id = w.stream)))`,
    values: [county, meant.map(({ posting }) => posting.stream), meant.map(({ official }) => official)],
  });
  return new Set(rows.map(({ stream, official }) => `${stream} ${official}`));
}

interface Reached {
  readonly id: string;
  readonly phone: string;
  readonly mail: boolean;
  readonly digest: boolean;
}

/** Officials at work, with how they may be reached. */
async function reachedOf(pool: Pool, county: number, ids: readonly string[]): Promise<ReadonlyMap<string, Reached>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<Reached>({
    name: 'notice.reached',
    text: `select o.id, o.phone, coalesce(c.mail, false) as mail, coalesce(c.digest, true) as digest
             from official o left join notice_choice c on c.county = o.county and c.official = o.id
            where o.county = $1 and o.id = any($2::uuid[]) and not o.retired`,
    values: [county, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Notices and what is to be sent of them, in one statement: there is none of which nothing would ever be sent. */
async function write(pool: Pool, county: number, rows: readonly Row[]): Promise<number> {
  if (rows.length === 0) return 0;
  const { rows: done } = await pool.query<{ n: number }>({
    name: 'notice.write',
    text: `with given as (
             select * from jsonb_to_recordset($2::jsonb) r(id uuid, official uuid, record text, stream uuid, kind text,
               urgent boolean, words jsonb, clock text, at timestamptz, deliveries jsonb)
           ), written as (
             insert into notice (county, id, official, record, stream, kind, urgent, words, clock, at)
             select distinct on (id) $1::int, id, official, record, stream, kind, urgent, words, clock, at from given
             on conflict do nothing returning id
           ), queued as (
             insert into notice_delivery (county, notice, way, state, next_at, attempts, batch)
             select distinct on (g.id, d.way) $1::int, g.id, d.way, 'waiting', d.next_at, 0, d.batch
               from given g join written using (id),
                    jsonb_to_recordset(g.deliveries) d(way text, next_at timestamptz, batch uuid)
             on conflict do nothing
           )
           select count(*)::int as n from written`,
    values: [county, JSON.stringify(rows)],
  });
  return done[0]!.n;
}

/** A day as a message that may be read on any day says it: 11 月 30 日. */
export const plainDay = (day: string): string => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;
