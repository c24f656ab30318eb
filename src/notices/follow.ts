import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Calendar } from '../calendar/model.ts';
import { type Recorded, fold } from '../ledger/decider.ts';
import type { AnyRecordType, Policies } from '../ledger/record.ts';
import type { DeadlineRule, NoticeRules, NoticeSettings, ReminderSettings } from './model.ts';
import { type NoticeHouse, type Posting, type ResidentReach, poster } from './post.ts';
import { clockOf, saidOf, stepsOf } from './remind.ts';
import type { Carriers } from './ways.ts';

/** First key of the advisory lock that makes following and reminding one at a time; the second is the county. */
const FOLLOWER = 0x6d6e;
/** How many sealed events are looked at in one step, and how many clocks in one. */
const STEP = 500;
/** What was written down so long after it happened, and by so much before now, is history that was brought in. */
const BROUGHT_IN_MS = 7 * 86_400_000;
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface Followed {
  /** Notices written. */
  readonly notices: number;
  /** Reminders among them. */
  readonly reminders: number;
}

/**
 * Looks through what was sealed since the last time and writes down who is to be told of it; plans the reminders of
 * every clock that began, moved or ended, takes back those whose clock did; and says the reminders that are due.
 *
 * Any number of processes may call it: a lock lets one at a time through. Ids follow from causes, so what was broken off
 * is done again and tells nobody twice.
 */
export async function followEvents(
  house: NoticeHouse,
  county: number,
  rules: NoticeRules,
  carriers: Carriers,
  now: string = new Date().toISOString(),
): Promise<Followed> {
  return (
    (await alone(house.database.pool, county, async () => {
      const policies = await house.policies(county);
      const pass = new Pass(house, county, rules, carriers, policies, now);
      const notices = await pass.follow();
      await pass.planAll();
      const reminders = await pass.remind();
      await pass.forget();
      return { notices: notices + reminders, reminders };
    })) ?? { notices: 0, reminders: 0 }
  );
}

/** Runs something one process at a time; undefined when another is at it. */
export async function alone<T>(
  pool: Pool,
  county: number,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect();
  try {
    const lock = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [
      FOLLOWER,
      county,
    ]);
    if (lock.rows[0]?.held !== true) return undefined;
    try {
      return await work(client);
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [FOLLOWER, county]);
    }
  } finally {
    client.release();
  }
}

class Pass {
  readonly #house: NoticeHouse;
  readonly #pool: Pool;
  readonly #county: number;
  readonly #rules: NoticeRules;
  readonly #policies: Policies;
  readonly #calendar: Calendar;
  readonly #settings: NoticeSettings;
  readonly #reminders: ReminderSettings;
  readonly #post: ReturnType<typeof poster>['post'];
  readonly #now: string;

  constructor(
    house: NoticeHouse,
    county: number,
    rules: NoticeRules,
    carriers: Carriers,
    policies: Policies,
    now: string,
  ) {
    this.#house = house;
    this.#pool = house.database.pool;
    this.#county = county;
    this.#rules = rules;
    this.#policies = policies;
    this.#calendar = policies.get('calendar');
    this.#settings = policies.get('notices');
    this.#reminders = policies.get('reminders');
    this.#post = poster(house, county, carriers, policies, now).post;
    this.#now = now;
  }

  /** From where the last pass ended to the end of what is sealed. Begins at the end: what was before is nobody's news. */
  async follow(): Promise<number> {
    let written = 0;
    for (let from = await this.#begin(); ;) {
      const { rows } = await this.#pool.query<Sealed>({
        name: 'notice.next',
        text: `with next as materialized (
                 select seq, stream, version from seal where county = $1 and seq > $2 order by seq limit ${STEP}
               )
               select n.seq, n.stream, n.version, e.record, e.kind, e.at, e.recorded_at, (select max(seq) from next) as until
                 from next n join event e on e.county = $1 and e.stream = n.stream and e.version = n.version
                where n.seq = (select max(seq) from next) or e.kind = any($3::text[]) or e.record = any($4::text[])
                order by n.seq`,
        values: [this.#county, from, Object.keys(this.#rules.tellings), Object.keys(this.#rules.deadlines)],
      });
      const until = rows[0]?.until;
      if (until === undefined) return written;
      written += await this.#step(rows);
      await this.#pool.query(`update notice_cursor set seq = $2 where county = $1 and name = 'follow'`, [
        this.#county,
        until,
      ]);
      from = until;
    }
  }

  async #begin(): Promise<number> {
    const { rows: known } = await this.#pool.query<{ seq: number }>({
      name: 'notice.cursor',
      text: `select seq from notice_cursor where county = $1 and name = 'follow'`,
      values: [this.#county],
    });
    if (known[0] !== undefined) return known[0].seq;
    const { rows } = await this.#pool.query<{ seq: number }>(
      `insert into notice_cursor (county, name, seq, mark)
       values ($1, 'follow', coalesce((select max(seq) from seal where county = $1), 0), '') returning seq`,
      [this.#county],
    );
    return rows[0]!.seq;
  }

  async #step(sealed: readonly Sealed[]): Promise<number> {
    const streams = new Map<string, Sealed[]>();
    for (const event of sealed) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    const clocked = await this.#clocked(streams);
    let written = 0;
    for (const [stream, events] of streams) {
      const { record } = events[0]!;
      const heard = events.filter((event) => this.#isNews(event));
      const planned = clocked.has(stream);
      if (heard.length === 0 && !planned) continue;
      const type = this.#typeOf(record);
      const history = await this.#house.ledger.history(this.#county, stream);
      const postings = heard.flatMap(({ version }) => this.#postingsOf(type, stream, history.slice(0, version)));
      const state = fold(type.decider, history);
      written += await this.#post(postings, () => reachOf(state));
      if (planned) await this.#plan(record, stream, state);
    }
    return written;
  }

  /** Which of these records have a clock or had one that was planned; what was brought in and is over costs nothing more. */
  async #clocked(streams: ReadonlyMap<string, readonly Sealed[]>): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const [record, { open }] of Object.entries(this.#rules.deadlines)) {
      const ids = [...streams].flatMap(([stream, [first]]) => (first!.record === record ? [stream] : []));
      if (ids.length === 0) continue;
      const { rows } = await this.#pool.query<{ id: string }>({
        name: `reminder.clocked ${record}`,
        text: `select ${open.id} as id from ${open.table} where county = $1 and ${open.where} and ${open.id} = any($2::uuid[])
               union select stream from reminder where county = $1 and stream = any($2::uuid[])`,
        values: [this.#county, ids],
      });
      for (const { id } of rows) found.add(id);
    }
    return found;
  }

  #isNews({ kind, at, recorded_at }: Sealed): boolean {
    return (
      Object.hasOwn(this.#rules.tellings, kind) &&
      Date.parse(recorded_at) - Date.parse(at) < BROUGHT_IN_MS &&
      Date.parse(this.#now) - Date.parse(recorded_at) < BROUGHT_IN_MS
    );
  }

  /** What the last event of a history tells, with the record as it was right after it. */
  #postingsOf(type: AnyRecordType, stream: string, history: readonly Recorded<{ kind: string }>[]): Posting[] {
    const event = history.at(-1)!;
    const happened = { record: type.name, stream, state: fold(type.decider, history), calendar: this.#calendar };
    return this.#rules.tellings[event.kind]!(event, happened).map((telling, n) => ({
      telling,
      record: type.name,
      stream,
      cause: `${event.stamp.version} ${n}`,
      at: event.stamp.at,
      actor: event.stamp.actor,
    }));
  }

  #typeOf(record: string): AnyRecordType {
    const type = this.#house.ledger.types.find(({ name }) => name === record);
    if (type === undefined) throw new Error(`no kind of record "${record}" is registered`);
    return type;
  }

  // ── reminders ──────────────────────────────────────────────────────────────────────────────────────────────────

  #stepsOf(deadline: Parameters<typeof stepsOf>[0]) {
    return stepsOf(deadline, this.#reminders, this.#settings, this.#calendar);
  }

  /** The clocks of a record as they run now: new ones are planned, those that are no more take their reminders back. */
  async #plan(record: string, stream: string, state: unknown): Promise<void> {
    const deadlines = this.#rules.deadlines[record]!.of(state, this.#calendar, this.#policies);
    const { rows } = await this.#pool.query<{ clock: string; done: string[] }>({
      name: 'reminder.of',
      text: 'select clock, done from reminder where county = $1 and stream = $2',
      values: [this.#county, stream],
    });
    const done = new Map(rows.map((row) => [row.clock, row.done]));
    const wanted = deadlines.map((deadline) => {
      const clock = clockOf(deadline);
      const next = this.#stepsOf(deadline).find(({ name }) => !(done.get(clock) ?? []).includes(name));
      return { clock, next_at: next?.at ?? null };
    });
    if (wanted.length === 0 && rows.length === 0) return;
    await this.#pool.query({
      name: 'reminder.plan',
      text: `with wanted as (
               select * from jsonb_to_recordset($4::jsonb) w(clock text, next_at timestamptz)
             ), gone as (
               delete from reminder r where county = $1 and stream = $2
                  and not exists (select from wanted w where w.clock = r.clock) returning r.clock
             ), taken as (
               update notice n set taken_at = $5
                where n.county = $1 and n.stream = $2 and n.taken_at is null and n.clock in (select clock from gone)
               returning n.id
             ), stopped as (
               update notice_delivery d set state = 'withdrawn', fault = '不用再提醒'
                where d.county = $1 and d.state = 'waiting' and d.notice in (select id from taken)
             )
             insert into reminder (county, stream, clock, record, next_at, done)
             select $1::int, $2::uuid, clock, $3, next_at, '{}' from wanted
             on conflict (county, stream, clock) do update set next_at = excluded.next_at`,
      values: [this.#county, stream, record, JSON.stringify(wanted), this.#now],
    });
  }

  async #isOpen({ record, stream }: { record: string; stream: string }): Promise<boolean> {
    const { table, id, where } = this.#rules.deadlines[record]!.open;
    const { rowCount } = await this.#pool.query({
      name: `reminder.open ${record}`,
      text: `select from ${table} where county = $1 and ${where} and ${id} = $2 limit 1`,
      values: [this.#county, stream],
    });
    return rowCount === 1;
  }

  async #forgetClocks(stream: string): Promise<void> {
    await this.#pool.query({
      name: 'reminder.forget-clocks',
      text: 'delete from reminder where county = $1 and stream = $2',
      values: [this.#county, stream],
    });
  }

  /** Says what is due. The clock is worked out anew from the record: what is not sealed yet counts as well. */
  async remind(): Promise<number> {
    let written = 0;
    for (;;) {
      const { rows } = await this.#pool.query<{ stream: string; clock: string; record: string; done: string[] }>({
        name: 'reminder.due',
        text: `select stream, clock, record, done from reminder where county = $1 and next_at <= $2 order by next_at, stream limit ${STEP}`,
        values: [this.#county, this.#now],
      });
      for (const row of rows) written += await this.#say(row);
      if (rows.length < STEP) return written;
    }
  }

  async #say(row: { stream: string; clock: string; record: string; done: string[] }): Promise<number> {
    const { state } = await this.#house.ledger.read(this.#county, row.record, row.stream);
    const deadline = this.#rules.deadlines[row.record]
      ?.of(state, this.#calendar, this.#policies)
      .find((one) => clockOf(one) === row.clock);
    // What it hangs on may be over without a word in the record itself: nothing is called to mind any more.
    if (deadline !== undefined && !(await this.#isOpen(row))) {
      await this.#forgetClocks(row.stream);
      return 0;
    }
    if (deadline === undefined) {
      await this.#plan(row.record, row.stream, state);
      return 0;
    }
    const steps = this.#stepsOf(deadline);
    const left = steps.filter(({ name }) => !row.done.includes(name));
    const due = left.filter(({ at }) => at <= this.#now);
    // What was due a week before anybody looked is found in the lists; told now it would bury what is new.
    const fresh = due.filter(({ at }) => Date.parse(this.#now) - Date.parse(at) < BROUGHT_IN_MS);
    const written = await this.#post(
      saidOf(fresh).map(({ name, at, kind, to }) => ({
        telling: { kind, to, words: deadline.words },
        record: row.record,
        stream: row.stream,
        cause: `${row.clock} ${name}`,
        clock: row.clock,
        at,
      })),
      () => ({ phone: undefined, confidential: true }),
    );
    await this.#pool.query(
      'update reminder set done = $4, next_at = $5 where county = $1 and stream = $2 and clock = $3',
      [
        this.#county,
        row.stream,
        row.clock,
        [...row.done, ...due.map(({ name }) => name)],
        left[due.length]?.at ?? null,
      ],
    );
    return written;
  }

  /**
   * When the rules of reminders or the calendar are others than those the plan was made by, every record with a clock is
   * planned anew, some hundred in a pass: at the first start, after a restore, and when somebody publishes a document.
   */
  async planAll(): Promise<void> {
    const { officials, urgent } = this.#settings;
    const mark = createHash('sha256')
      .update(JSON.stringify([this.#reminders, officials, urgent, this.#policies.get('calendar')]))
      .digest('base64url');
    for (const [record, { open }] of Object.entries(this.#rules.deadlines)) await this.#planSome(record, open, mark);
  }

  async #planSome(record: string, open: DeadlineRule['open'], mark: string): Promise<void> {
    const name = `plan ${record}`;
    const { rows } = await this.#pool.query<{ mark: string; place: string | null }>(
      'select mark, place from notice_cursor where county = $1 and name = $2',
      [this.#county, name],
    );
    const known = rows[0]?.mark === mark ? rows[0] : undefined;
    if (known !== undefined && known.place === null) return;
    const { rows: next } = await this.#pool.query<{ id: string }>(
      `select distinct ${open.id} as id from ${open.table}
        where county = $1 and ${open.where} and ${open.id} > $2::uuid order by id limit $3`,
      [this.#county, known?.place ?? FIRST, STEP],
    );
    for (const { id } of next) {
      const { state } = await this.#house.ledger.read(this.#county, record, id);
      await this.#plan(record, id, state);
    }
    await this.#pool.query(
      `insert into notice_cursor (county, name, seq, mark, place) values ($1, $2, 0, $3, $4)
       on conflict (county, name) do update set mark = excluded.mark, place = excluded.place`,
      [this.#county, name, mark, next.length < STEP ? null : next.at(-1)!.id],
    );
  }

  /** What is long past is forgotten, a little at a time. */
  async forget(): Promise<void> {
    await this.#pool.query({
      name: 'notice.forget',
      text: `with old as (
               delete from notice where county = $1 and id in (
                 select id from notice where county = $1 and at < $2::timestamptz - make_interval(days => $3) limit 500) returning id
             )
             delete from notice_delivery where county = $1 and notice in (select id from old)`,
      values: [this.#county, this.#now, this.#settings.keepDays],
    });
  }
}

interface Sealed {
  readonly seq: number;
  readonly stream: string;
  readonly version: number;
  readonly record: string;
  readonly kind: string;
  readonly at: string;
  readonly recorded_at: string;
  readonly until: number;
}

/** How whoever raised a record is reached: by what they left with it, for it alone. */
export const reachOf = (state: unknown): ResidentReach => {
  const { told, confidential } = state as { told?: { phone?: string }; confidential?: boolean };
  return { phone: told?.phone, confidential: confidential ?? false };
};
