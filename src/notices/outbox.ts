import type { Pool } from 'pg';
import type { Calendar } from '../calendar/model.ts';
import { instantOf, timeOf } from '../calendar/days.ts';
import { filled } from '../language/saying.ts';
import { newId } from '../ledger/ids.ts';
import { bellCarrier } from './bell.ts';
import { alone, reachOf } from './follow.ts';
import { nextWithin } from './hours.ts';
import { isKind } from './kinds.ts';
import {
  type Hours,
  type NoticeChoiceState,
  type NoticeSettings,
  type NoticeTemplates,
  type NoticeWords,
  type TextingState,
  type Way,
  templateOf,
} from './model.ts';
import { type NoticeHouse, plainDay } from './post.ts';
import { mayText } from './rules.ts';
import { choiceStream, textingStream } from './tables.ts';
import type { Carrier, Carriers, Message, Outcome } from './ways.ts';

/** A minute, doubled each time, at most six hours. */
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** How long a process that claimed a message has to say how it went; then another one takes it for dead. */
export const CLAIM_MS = 5 * 60_000;
const CLAIMED = 50;
const MOST_IN_LETTER = 200;
const AT_ONCE = 4;

/** How long to wait after the n-th failed attempt, in milliseconds. */
export const waitAfter = (attempts: number): number => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);

export interface Sent {
  readonly sent: number;
  readonly failed: number;
}

interface Claimed {
  readonly notice: string;
  readonly way: Way;
  readonly attempts: number;
  readonly batch: string | null;
  readonly official: string | null;
  readonly record: string;
  readonly stream: string;
  readonly kind: string;
  readonly urgent: boolean;
  readonly words: NoticeWords;
  readonly taken: boolean;
  /** A resident was told something newer of it meanwhile, or will be. */
  readonly newer: boolean;
  readonly claim: string;
}

/**
 * Sends what is due, by every way that is set up. Any number of processes may call it at once: each claims rows of its
 * own (`skip locked`), and a row whose process died is claimed again after some minutes.
 *
 * How often a message can arrive: at the bell once, whatever happens. By text folder once on one machine. By mail once,
 * but for a process that dies between the server's yes and the note of it: then a second letter goes with the same
 * Message-ID.
 */
export async function sendDue(
  house: NoticeHouse,
  county: number,
  carriers: Carriers,
  now: () => string = () => new Date().toISOString(),
): Promise<Sent> {
  const outbox = await openOutbox(house, county, carriers, now);
  const done = { sent: 0, failed: 0 };
  const add = ({ sent, failed }: Sent): void => {
    done.sent += sent;
    done.failed += failed;
  };
  for (;;) {
    const rows = await outbox.claim();
    if (rows.length === 0) break;
    // A few at a time: a mail server is not to be run over.
    for (let from = 0; from < rows.length; from += AT_ONCE)
      for (const one of await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => outbox.send([row])))) add(one);
    if (rows.length < CLAIMED) break;
  }
  // A letter of several notices is made up by one process at a time, or two would share them out between two letters.
  await alone(house.database.pool, county, async () => {
    for (;;) {
      const rows = await outbox.claimBatch();
      if (rows.length === 0) break;
      add(await outbox.send(rows));
    }
  });
  await takeReceipts(house.database.pool, county, carriers.sms);
  return done;
}

async function openOutbox(house: NoticeHouse, county: number, carriers: Carriers, now: () => string) {
  const { pool } = house.database;
  const policies = await house.policies(county);
  const settings = policies.get<NoticeSettings>('notices');
  const templates = policies.get<NoticeTemplates>('notice-templates');
  const [place] = (await pool.query<{ name: string }>('select name from county where county = $1', [county])).rows;
  const all: Readonly<Record<Way, Carrier>> = { ...carriers, 'in-app': bellCarrier(pool, county) };
  const ways = Object.values(all).flatMap(({ way, ready }) => (ready ? [way] : []));

  const claiming = async (most: number, where: string): Promise<Claimed[]> => {
    const { rows } = await pool.query<Claimed>(
      `with mine as (
         update notice_delivery d set state = 'sending', attempts = attempts + 1, claim = $2, claimed_until = $3
          where (d.county, d.notice, d.way) in (
            select county, notice, way from notice_delivery
             where county = $1 and ((state = 'waiting' and next_at <= $4) or (state = 'sending' and claimed_until < $4)) and ${where}
             order by next_at, notice limit ${most} for update skip locked)
         returning d.*
       )
       select m.notice, m.way, m.attempts, m.batch, m.claim, n.official, n.record, n.stream, n.kind, n.urgent, n.words, n.taken_at is not null as taken,
              n.official is null and exists (select from notice l where l.county = n.county and l.stream = n.stream
                and l.official is null and (l.at, l.id) > (n.at, n.id)) as newer
         from mine m join notice n on n.county = m.county and n.id = m.notice order by n.at, n.id`,
      [county, newId(), instantOf(timeOf(now()) + CLAIM_MS), now(), ways],
    );
    return rows;
  };

  const textOf = ({ kind, words }: Claimed): string => {
    if (!isKind(kind)) return '';
    return filled(templateOf(templates, kind).outside, {
      county: place?.name ?? '',
      number: words.number ?? '',
      day: words.day === undefined ? '' : plainDay(words.day),
      site: house.publicUrl,
    }).trim();
  };

  /** Where it goes, looked up at the last moment: an address changed, a no said, or a file erased since then counts. */
  const addressOf = async ({
    way,
    official,
    stream,
    record,
  }: Claimed): Promise<{ to: string } | { not: string; final: 'withdrawn' | 'failed' }> => {
    if (official === null) {
      const said = await house.ledger.read<TextingState>(county, 'texting', textingStream(stream));
      const { phone, confidential } = reachOf((await house.ledger.read(county, record, stream)).state);
      if (!mayText(settings.textResidents, confidential, said.state.allowed))
        return { not: '本人不要短信', final: 'withdrawn' };
      return phone === undefined ? { not: '没有留下的电话', final: 'failed' } : { to: phone };
    }
    if (way === 'in-app') return { to: official };
    if (way === 'mail') {
      const { state } = await house.ledger.read<NoticeChoiceState>(
        county,
        'notice-choice',
        choiceStream(county, official),
      );
      return state.mail === undefined ? { not: '没有留邮箱', final: 'withdrawn' } : { to: state.mail };
    }
    const [row] = (
      await pool.query<{ phone: string }>('select phone from official where county = $1 and id = $2 and not retired', [
        county,
        official,
      ])
    ).rows;
    return row === undefined || row.phone === '' ? { not: '没有工作电话', final: 'failed' } : { to: row.phone };
  };

  const messageOf = (rows: readonly Claimed[], to: string): Message => {
    const [first] = rows;
    const lines = rows.map(textOf);
    const notices = rows.map(({ notice }) => notice);
    if (first!.way !== 'mail') return { id: first!.notice, to, subject: '', text: lines[0]!, notices };
    return {
      id: first!.batch ?? first!.notice,
      to,
      subject: first!.batch === null ? lines[0]! : `${place?.name ?? ''}民情：${rows.length} 件事等您看`,
      text: `${lines.join('\n')}\n\n请登录查看：${house.publicUrl}/desk/notices\n不想收信，在那里的“怎么通知我”里改。`,
      notices,
    };
  };

  const note = async (
    rows: readonly Claimed[],
    outcome: Outcome | { withdrawn: string } | { failed: string },
  ): Promise<Sent> => {
    const [first] = rows;
    const over = 'withdrawn' in outcome || 'failed' in outcome;
    const sent = !over && outcome.sent;
    const final = over || (!outcome.sent && (outcome.final || first!.attempts >= settings.mostAttempts));
    const fault =
      'withdrawn' in outcome
        ? outcome.withdrawn
        : 'failed' in outcome
          ? outcome.failed
          : outcome.sent
            ? null
            : outcome.fault;
    const state = sent ? 'sent' : 'withdrawn' in outcome ? 'withdrawn' : final ? 'failed' : 'waiting';
    const retry = instantOf(timeOf(now()) + waitAfter(first!.attempts));
    await pool.query({
      name: 'notice.note',
      // Only who claimed it says how it went: one taken for dead comes too late.
      text: `update notice_delivery set state = $5, fault = $6, claim = null, claimed_until = null,
                    sent_at = case when $5 = 'sent' then $7::timestamptz else sent_at end,
                    next_at = case when $5 = 'waiting' then $8::timestamptz else next_at end
              where county = $1 and notice = any($2::uuid[]) and way = $3 and claim = $4`,
      values: [
        county,
        rows.map(({ notice }) => notice),
        first!.way,
        first!.claim,
        state,
        fault,
        now(),
        first!.way === 'in-app'
          ? retry
          : nextWithin(retry, hoursOf(settings, first!), policies.get<Calendar>('calendar')),
      ],
    });
    return { sent: sent ? rows.length : 0, failed: sent ? 0 : rows.length };
  };

  return {
    claim: () => claiming(CLAIMED, 'batch is null and way = any($5::text[])'),
    /** All rows of the oldest letter of several that is due. */
    claimBatch: () =>
      claiming(
        MOST_IN_LETTER,
        `way = any($5::text[]) and batch = (
           select batch from notice_delivery
            where county = $1 and batch is not null and way = any($5::text[])
              and ((state = 'waiting' and next_at <= $4) or (state = 'sending' and claimed_until < $4))
            order by next_at, batch limit 1)`,
      ),
    async send(rows: readonly Claimed[]): Promise<Sent> {
      const taken = rows.filter((row) => row.taken);
      if (taken.length > 0) await note(taken, { withdrawn: '不用再提醒' });
      // Steps that followed each other in the night are one message in the morning.
      const passed = rows.filter((row) => !row.taken && row.newer);
      if (passed.length > 0) await note(passed, { withdrawn: '后面有更新的一条' });
      const left = rows.filter((row) => !row.taken && !row.newer);
      const [first] = left;
      if (first === undefined) return { sent: 0, failed: 0 };
      const address = await addressOf(first);
      if ('not' in address)
        return await note(left, address.final === 'withdrawn' ? { withdrawn: address.not } : { failed: address.not });
      return await note(left, await all[first.way].send(messageOf(left, address.to), now()));
    },
  };
}

/** The hours something may leave in. */
const hoursOf = (settings: NoticeSettings, { official, urgent }: Pick<Claimed, 'official' | 'urgent'>): Hours =>
  official === null ? settings.residents : urgent ? settings.urgent : settings.officials;

/** What the text gateway says became of messages. */
async function takeReceipts(pool: Pool, county: number, carrier: Carrier): Promise<void> {
  await carrier.receipts?.(async ({ id, delivered, at, fault }) => {
    await pool.query({
      name: 'notice.receipt',
      text: `update notice_delivery set state = $3, fault = $4, delivered_at = case when $3 = 'delivered' then $5::timestamptz end
              where county = $1 and notice = $2 and way = 'sms' and state in ('sending', 'sent')`,
      values: [
        county,
        id,
        delivered ? 'delivered' : 'failed',
        // A gateway's words may name the number it could not reach.
        delivered ? null : (fault ?? '短信网关没有送到').replace(/\d{5,}/g, '…'),
        at,
      ],
    });
  });
}
