import type { Pool } from 'pg';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import type { WebhookSettings, WebhookState } from './model.ts';
import { addressAllowed } from './rules.ts';
import { type Attempt, post, signatureOf } from './send.ts';

/** First key of the advisory lock that makes the deliverer one at a time; the second is the county. */
const DELIVERER = 0x6d77;
/** How many sealed events are looked at in one step, and how many deliveries may wait before no more are queued. */
const STEP = 1_000;
const MOST_WAITING = 10_000;
/** How many deliveries one address gets in one pass. */
const PASS = 200;
/** 30 seconds, doubled each time, at most 6 hours: given up after about two and a half days. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
const MOST_ATTEMPTS = 20;
const KEEP_DAYS = 30;

/** How long to wait after the n-th failed attempt, in milliseconds. */
export const waitAfter = (attempts: number): number => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);

export interface Deliverer {
  readonly database: { readonly pool: Pool };
  readonly ledger: Ledger;
  policies(county: number): Promise<Policies>;
}

export interface Delivered {
  readonly delivered: number;
  readonly failed: number;
}

interface Address {
  readonly id: string;
  readonly address: string;
  readonly kinds: readonly string[];
}

/**
 * Tells every active address what was sealed since it was told last: in the sealed order, each event at least once,
 * under an id that stays the same however often it is sent. An address that does not answer keeps its place and is
 * tried again later; it holds up no other. Any number of processes may call it: a lock lets one at a time through.
 * @param now the clock, as an instant
 */
export async function deliverWebhooks(
  house: Deliverer,
  county: number,
  now: () => string = () => new Date().toISOString(),
): Promise<Delivered> {
  const { pool } = house.database;
  const client = await pool.connect();
  try {
    const lock = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [
      DELIVERER,
      county,
    ]);
    if (lock.rows[0]?.held !== true) return { delivered: 0, failed: 0 };
    try {
      const { rows } = await pool.query<Address>(
        `select id, address, kinds from webhook where county = $1 and state = 'active'`,
        [county],
      );
      const settings = (await house.policies(county)).get<WebhookSettings>('webhooks');
      const each = await Promise.all(
        rows.map(async (to) => {
          await queue(pool, county, to, now());
          return await send(house, county, to, settings, now);
        }),
      );
      await sweep(pool, county, now());
      return {
        delivered: each.reduce((sum, e) => sum + e.delivered, 0),
        failed: each.reduce((sum, e) => sum + e.failed, 0),
      };
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [DELIVERER, county]);
    }
  } finally {
    client.release();
  }
}

/** Queues what an address wants to know, and moves its cursor over everything else, in one statement a step. */
async function queue(pool: Pool, county: number, { id, kinds }: Address, now: string): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ seen: number }>({
      name: 'webhook.queue',
      text: `
        with start as (
          select coalesce((select seq from webhook_cursor where county = $1 and webhook = $2),
                          (select seq from seal where county = $1 and stream = $2 and version = 1)) as seq
        ), next as materialized (
          select s.seq, s.stream, s.version, e.record, e.kind, e.at
            from seal s join event e on e.county = s.county and e.stream = s.stream and e.version = s.version
           where s.county = $1 and s.seq > (select seq from start)
             and (select count(*) from webhook_delivery w where w.county = $1 and w.webhook = $2 and w.state = 'waiting') < $5
           order by s.seq limit $6
        ), queued as (
          insert into webhook_delivery (county, webhook, seq, payload, state, attempts, next_at)
          select $1, $2, n.seq,
                 jsonb_build_object('id', $2::text || ':' || n.seq, 'seq', n.seq, 'county', $1, 'kind', n.kind, 'at', n.at,
                   'record', n.record, 'stream', n.stream, 'version', n.version, 'number', m.number, 'status', m.status),
                 'waiting', 0, $4
            from next n left join matter m on m.county = $1 and m.id = n.stream
           where n.kind = any($3::text[])
          on conflict do nothing
        ), moved as (
          insert into webhook_cursor (county, webhook, seq)
          select $1, $2, max(seq) from next having max(seq) is not null
          on conflict (county, webhook) do update set seq = excluded.seq
        )
        select count(*) as seen from next`,
      values: [county, id, kinds, now, MOST_WAITING, STEP],
    });
    if (rows[0]!.seen < STEP) return;
  }
}

interface Waiting {
  readonly seq: number;
  readonly payload: { kind: string; id: string };
  readonly attempts: number;
  readonly next_at: string;
}

async function send(
  { database: { pool }, ledger }: Deliverer,
  county: number,
  to: Address,
  settings: WebhookSettings,
  now: () => string,
): Promise<Delivered> {
  const done = { delivered: 0, failed: 0 };
  const { secret } = (await ledger.read<WebhookState>(county, 'webhook', to.id)).state;
  for (let n = 0; n < PASS; n++) {
    const { rows } = await pool.query<Waiting>({
      name: 'webhook.next',
      // Paused meanwhile: the next one already waits.
      text: `select d.seq, d.payload, d.attempts, d.next_at from webhook_delivery d
               join webhook w on w.county = d.county and w.id = d.webhook and w.state = 'active'
              where d.county = $1 and d.webhook = $2 and d.state = 'waiting' order by d.seq limit 1`,
      values: [county, to.id],
    });
    const next = rows[0];
    if (next === undefined || next.next_at > now()) break;
    const attempt = await tryOnce(to, next.payload, secret, settings, now());
    const fine = 'status' in attempt && attempt.status >= 200 && attempt.status < 300;
    await note(pool, county, to.id, next, attempt, fine, now());
    if (fine) done.delivered += 1;
    else {
      done.failed += 1;
      // Order before speed: nothing overtakes what could not be delivered yet.
      if (next.attempts + 1 < MOST_ATTEMPTS) break;
    }
  }
  return done;
}

async function tryOnce(
  to: Address,
  payload: Waiting['payload'],
  secret: string | undefined,
  settings: WebhookSettings,
  now: string,
): Promise<Attempt> {
  if (secret === undefined) return { fault: '没有密钥，请重新设置' };
  // The list may have been made shorter since the address was added.
  if (!addressAllowed(to.address, settings)) return { fault: '这个网址已经不在允许的地址里' };
  const body = JSON.stringify(payload);
  return await post(
    to.address,
    body,
    {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'minqing',
      'minqing-event': payload.kind,
      'minqing-delivery': payload.id,
      'minqing-signature': signatureOf(secret, Math.floor(Date.parse(now) / 1000), body),
    },
    settings.loopback,
  );
}

async function note(
  pool: Pool,
  county: number,
  webhook: string,
  { seq, attempts }: Waiting,
  attempt: Attempt,
  fine: boolean,
  now: string,
): Promise<void> {
  const tried = attempts + 1;
  const state = fine ? 'delivered' : tried >= MOST_ATTEMPTS ? 'failed' : 'waiting';
  const status = 'status' in attempt ? attempt.status : null;
  const fault = fine ? null : 'fault' in attempt ? attempt.fault : `对方回答 ${status}`;
  const nextAt = new Date(Date.parse(now) + waitAfter(tried)).toISOString();
  await pool.query({
    name: 'webhook.note',
    text: `update webhook_delivery set state = $4, attempts = $5, answered = $6, fault = $7, next_at = $8, delivered_at = $9
            where county = $1 and webhook = $2 and seq = $3`,
    values: [county, webhook, seq, state, tried, status, fault, nextAt, fine ? now : null],
  });
}

/** What was delivered a month ago and what belongs to an address that is gone is of no use. */
async function sweep(pool: Pool, county: number, now: string): Promise<void> {
  await pool.query(
    `delete from webhook_delivery where county = $1 and state = 'delivered' and delivered_at < $2::timestamptz - make_interval(days => $3)`,
    [county, now, KEEP_DAYS],
  );
  for (const table of ['webhook_delivery', 'webhook_cursor']) {
    await pool.query(
      `delete from ${table} d where d.county = $1 and not exists (select from webhook w where w.county = d.county and w.id = d.webhook)`,
      [county],
    );
  }
}

/** Puts what was given up back into its place. @returns how many */
export async function retryFailed(pool: Pool, county: number, webhook: string, now: string): Promise<number> {
  const { rowCount } = await pool.query(
    `update webhook_delivery set state = 'waiting', attempts = 0, next_at = $3 where county = $1 and webhook = $2 and state = 'failed'`,
    [county, webhook, now],
  );
  return rowCount ?? 0;
}
