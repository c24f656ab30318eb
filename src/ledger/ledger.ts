import { hash as digest } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type Recorded, type Refusal, fold, isRefusal } from './decider.ts';
import { flush, writeNew } from './bulk.ts';
import { followId } from './ids.ts';
import type { AnyRecordType, Policies, Query, Reach } from './record.ts';
import { GiveWay, type Turn, Turns } from './turns.ts';
import type { Vault } from './vault.ts';
import { Gathered } from './gather.ts';
import { type Stored, type Writing, addRows, joined, newWriting, statementOf } from './write.ts';

/** A command on its way: made on a device, decided here. */
export interface Order {
  readonly county: number;
  /** Made by the device; the same id sent again gets the same answer and does nothing. */
  readonly id: string;
  readonly record: string;
  readonly stream: string;
  readonly command: { kind: string };
  /** When it happened (instant). */
  readonly at: string;
  readonly actor: string;
  readonly units?: readonly string[];
  /** The version the giver had before their eyes; another one is a conflict. Without it the command goes on top. */
  readonly expected?: number;
  readonly device?: string;
  /** Whether the giver may do this to a record of that reach. */
  permit(action: string, reach: Reach): boolean;
}

export interface Accepted {
  readonly accepted: true;
  readonly stream: string;
  readonly version: number;
  /** Records made or moved in consequence, by reaction. */
  readonly followed: readonly { record: string; stream: string }[];
  readonly told: Record<string, unknown>;
}
export type Verdict = Accepted | Refusal;
type Kept = (Omit<Accepted, 'told'> & { readonly told?: string }) | Refusal;

/** A command that an event in one record causes in another. */
export interface Consequence {
  readonly record: string;
  readonly stream: string;
  readonly command: { kind: string };
}
/** What follows from an event; `key` makes ids that are the same at every retry. */
export type Reaction = (event: Recorded<{ kind: string }>, context: ReactionContext) => Consequence[];
export interface ReactionContext {
  readonly record: string;
  readonly stream: string;
  readonly state: unknown;
  /** A stable id for the n-th thing that follows from this event. */
  id(n: number): string;
}

interface Loaded {
  readonly type: AnyRecordType;
  readonly version: number;
  readonly state: unknown;
  readonly recordedAt: string;
}

/** A history already decided elsewhere (an import, the demo county), to be taken in as it is. */
export interface History {
  readonly county: number;
  /** Idempotency: a history whose id is known is passed over. */
  readonly id: string;
  readonly record: string;
  readonly stream: string;
  readonly events: readonly Recorded<{ kind: string }>[];
}

const RETRIES = 8;
/** Commands of several records that are read for, or written, in one statement at most. */
const TOGETHER = 16;

/** What a command asks first: was it given before, and what happened to its record so far. */
interface Begin {
  readonly id: string;
  readonly stream: string;
}
type Begun = EventRow & { readonly n: number; readonly verdict: Kept | null; readonly giver: string | null };

/** The only writer. Decides commands, appends events and read rows in one statement, reads records back. */
export class Ledger {
  readonly #pool: Pool;
  readonly #vault: Vault;
  readonly #types: ReadonlyMap<string, AnyRecordType>;
  readonly #policies: (county: number) => Promise<Policies>;
  readonly #react: Reaction;
  #tables: ReadonlyMap<string, Stored> | undefined;
  /** By county: no statement spans two. */
  readonly #begins = new Map<number, Gathered<Begin, readonly Begun[]>>();
  readonly #writes = new Map<number, Gathered<Writing, void>>();
  /** The last command under way in this process on each record; the next one waits for it instead of losing to it. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #turns = new Turns();

  constructor(setup: {
    pool: Pool;
    vault: Vault;
    types: readonly AnyRecordType[];
    policies: (county: number) => Promise<Policies>;
    react?: Reaction;
  }) {
    this.#pool = setup.pool;
    this.#vault = setup.vault;
    this.#types = new Map(setup.types.map((t) => [t.name, t]));
    this.#policies = setup.policies;
    this.#react = setup.react ?? (() => []);
  }

  get types(): readonly AnyRecordType[] {
    return [...this.#types.values()];
  }

  /** Reads a record back: its state and version (0 when it does not exist yet, or is a record of another kind). */
  async read<S>(county: number, record: string, stream: string): Promise<{ state: S; version: number }> {
    const loaded = await this.#load(this.#pool, county, record, stream);
    return { state: (loaded?.state ?? this.#type(record).decider.initial) as S, version: loaded?.version ?? 0 };
  }

  /** Reads a record back as it was after one of its events, with the events up to it. */
  async readAt<S>(
    county: number,
    record: string,
    stream: string,
    version: number,
  ): Promise<{ state: S; events: Recorded<{ kind: string }>[] }> {
    const rows = await this.#events(this.#pool, county, stream);
    const events = rows.slice(0, version).map((row) => this.#recorded(row));
    const { decider } = this.#type(record);
    const own = rows.every((row) => row.record === record);
    return { state: (own ? fold(decider, events) : decider.initial) as S, events: own ? events : [] };
  }

  /** The record's history as the ledger holds it, personal parts opened (absent where erased). */
  async history(county: number, stream: string): Promise<Recorded<{ kind: string }>[]> {
    const rows = await this.#events(this.#pool, county, stream);
    return rows.map((row) => this.#recorded(row));
  }

  /**
   * Decides a command and, if accepted, writes what follows: its events, its read rows, and all that
   * the reactions cause in other records, in one statement.
   *
   * A refusal is remembered like an acceptance. Two writers of one record never both win: the later
   * one decides again on what the earlier one left, unless it insisted on the version it had seen.
   * Within this process they take turns; commands on other records go together with this one.
   */
  async execute(order: Order): Promise<Verdict> {
    const { stream } = order;
    const before = this.#queues.get(stream);
    const turn = before === undefined ? this.#tries(order) : before.then(() => this.#tries(order));
    // Whoever comes next waits for the end of this one, however it ends.
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#queues.set(stream, over);
    try {
      return await turn;
    } finally {
      if (this.#queues.get(stream) === over) this.#queues.delete(stream);
    }
  }

  async #tries(order: Order): Promise<Verdict> {
    let older: GiveWay | undefined;
    let age: number | undefined;
    for (let attempt = 1; ;) {
      await older?.until;
      const { known, rows } = await this.#begin(order);
      if (known !== undefined) return known;
      const taking = this.#turns.taking(age);
      try {
        return await this.#attempt(order, rows, taking.turn);
      } catch (error) {
        // Who gives way has lost nothing and grows older: it is no failed try.
        if (error instanceof GiveWay) [older, age] = [error, taking.age];
        else if (!isUniqueViolation(error) || attempt++ === RETRIES) throw error;
      } finally {
        taking.over();
      }
    }
  }

  /** The verdict if the command is known, else the record's events: one question, because every command asks it. */
  async #begin({
    county,
    id,
    stream,
    actor,
  }: Order): Promise<{ known: Verdict | undefined; rows: readonly EventRow[] }> {
    const rows = await gatheredOf(this.#begins, county, (begins) => this.#beginAll(county, begins)).ask({ id, stream });
    const [first] = rows;
    if (first?.verdict == null) return { known: undefined, rows: first?.version == null ? [] : rows };
    // A verdict tells its giver things meant for them alone, e.g. a query code: nobody else gets it by guessing the id.
    const known: Verdict = first.giver === actor ? this.#told(first.verdict) : { refused: 'ledger.id-taken' };
    return { known, rows: [] };
  }

  async #beginAll(county: number, begins: readonly Begin[]): Promise<Begun[][]> {
    // As JSON, because the planner takes its length for the same always: of an array it sees how many there are, finds
    // a plan of its own cheaper each time, and plans for longer than it reads.
    const { rows } = await this.#pool.query<Begun>({
      name: 'ledger.begin',
      text: `select one.n, c.verdict, c.actor as giver, e.record, e.version, e.kind, e.data, e.actor, e.at,
                    e.recorded_at, v.box
               from json_to_recordset($2::json) one(id uuid, stream uuid, n int)
               left join command c on c.county = $1 and c.id = one.id
               left join event e on e.county = $1 and e.stream = one.stream and c.id is null
               left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
              order by one.n, e.version`,
      values: [county, JSON.stringify(begins.map(({ id, stream }, n) => ({ id, stream, n })))],
    });
    const each = begins.map((): Begun[] => []);
    for (const row of rows) each[row.n]!.push(row);
    return each;
  }

  /** A verdict as it is kept: what the giver alone was told (a query code) is sealed like a personal part. */
  #kept(verdict: Verdict): Kept {
    if (isRefusal(verdict)) return verdict;
    const { told, ...rest } = verdict;
    return Object.keys(told).length === 0 ? rest : { ...rest, told: this.#vault.seal(told).toString('base64') };
  }

  #told(kept: Kept): Verdict {
    if (isRefusal(kept)) return kept;
    const told =
      kept.told === undefined ? {} : (this.#vault.open(Buffer.from(kept.told, 'base64')) as Record<string, unknown>);
    return { ...kept, told };
  }

  async #attempt(order: Order, rows: readonly EventRow[], turn: Turn): Promise<Verdict> {
    const now = new Date().toISOString();
    const writing = newWriting(order.county);
    const records = new Map<string, Loaded>();
    const loaded = this.#loadedOf(order.record, rows);
    if (loaded !== undefined) records.set(order.stream, loaded);
    const verdict = await this.#decide(order, writing, records, now, true, turn);
    writing.commands.push({ id: order.id, verdict: this.#kept(verdict), actor: order.actor, recorded_at: now });
    await gatheredOf(this.#writes, order.county, (writings) => this.#writeAll(writings)).ask(writing);
    return verdict;
  }

  /**
   * What a command would do: the events it would write in its own record, and nothing is written. What follows in other
   * records is not worked out.
   */
  async rehearse(
    order: Omit<Order, 'id'>,
  ): Promise<{ events: Recorded<{ kind: string }>[]; before: unknown; state: unknown } | Refusal> {
    const { county, record, stream, command, actor, at } = order;
    const loaded = await this.#load(this.#pool, county, record, stream);
    if (loaded === undefined) return { refused: 'access.denied' };
    const { type, state: before, version } = loaded;
    const facts: unknown = await type.facts({
      county,
      stream,
      state: before,
      command,
      actor,
      units: order.units ?? [],
      at,
      query: this.query,
      policies: await this.#policies(county),
      turn: () => Promise.resolve(0),
    });
    if (!order.permit(command.kind, type.reach(before, command, facts))) return { refused: 'access.denied' };
    const decided = type.decider.decide(before, command, facts) as { kind: string }[] | Refusal;
    if (isRefusal(decided)) return decided;
    const events = decided.map((event, i) => ({ ...event, stamp: { actor, at, version: version + i + 1 } }));
    const state = events.reduce<unknown>((s, e) => type.decider.evolve(s, e, e.stamp), before);
    return { events, before, state };
  }

  async #decide(
    order: Order,
    writing: Writing,
    records: Map<string, Loaded>,
    now: string,
    outermost: boolean,
    turn: Turn,
  ): Promise<Verdict> {
    const { county, record, stream, command } = order;
    const policies = await this.#policies(county);
    // What follows from a command may come back to a record that it, or something before, has changed already.
    const again = !outermost && records.has(stream);
    const loaded = records.get(stream) ?? (await this.#load(this.#pool, county, record, stream));
    if (loaded === undefined || loaded.type.name !== record) return { refused: 'access.denied' };
    const { type } = loaded;
    const facts: unknown = await type.facts({
      county,
      stream,
      state: loaded.state,
      command,
      actor: order.actor,
      units: order.units ?? [],
      at: order.at,
      query: this.query,
      policies,
      turn,
    });
    if (outermost && !order.permit(command.kind, type.reach(loaded.state, command, facts))) {
      return { refused: 'access.denied' };
    }
    // Only who may act on it learns which version it has.
    if (order.expected !== undefined && order.expected !== loaded.version) return { refused: 'ledger.conflict' };
    const decided = type.decider.decide(loaded.state, command, facts) as { kind: string }[] | Refusal;
    if (isRefusal(decided)) return decided;

    const recordedAt = now > loaded.recordedAt ? now : loaded.recordedAt;
    const events = decided.map((event, i) => ({
      ...event,
      stamp: { actor: order.actor, at: order.at, version: loaded.version + i + 1 },
    }));
    const state = events.reduce<unknown>((s, e) => type.decider.evolve(s, e, e.stamp), loaded.state);
    this.#addEvents(writing, { county, record, stream, command: order.id, device: order.device, recordedAt }, events);
    addRows(
      writing,
      type,
      loaded.version === 0 ? {} : type.rows(county, stream, loaded.state, policies),
      type.rows(county, stream, state, policies),
      again,
    );
    const version = loaded.version + events.length;
    records.set(stream, { type, state, version, recordedAt });

    const followed: { record: string; stream: string }[] = [];
    for (const event of events) {
      const context: ReactionContext = {
        record,
        stream,
        state,
        id: (n) => followId(stream, event.stamp.version, n),
      };
      for (const [n, consequence] of this.#react(event, context).entries()) {
        const { expected: _, ...caused } = { ...order, ...consequence, id: context.id(1000 + n) };
        const next = await this.#decide(caused, writing, records, now, false, turn);
        if (isRefusal(next))
          throw new Error(`${consequence.command.kind} that follows from ${event.kind} was refused: ${next.refused}`);
        followed.push({ record: consequence.record, stream: consequence.stream }, ...next.followed);
      }
    }
    return { accepted: true, stream, version, followed, told: type.told?.(state, command) ?? {} };
  }

  /**
   * Takes decided histories of new records in, many at once. Those already known are passed over.
   * @param options `later`: as in {@link writeNew}; call {@link flush} before anyone is told that they are in
   * @returns how many were taken
   */
  async take(
    county: number,
    histories: readonly History[],
    options: { readonly later: boolean } = { later: false },
  ): Promise<number> {
    const policies = await this.#policies(county);
    const now = new Date().toISOString();
    const { rows } = await this.#pool.query<{ id: string }>({
      name: 'ledger.known',
      text: 'select id from command where county = $1 and id = any($2::uuid[])',
      values: [county, histories.map((h) => h.id)],
    });
    const known = new Set(rows.map((r) => r.id));
    const writing = newWriting(county);
    let taken = 0;
    for (const history of histories) {
      if (known.has(history.id) || history.events.length === 0) continue;
      known.add(history.id);
      const type = this.#type(history.record);
      const { stream, record, events } = history;
      this.#addEvents(
        writing,
        { county, record, stream, command: history.id, device: undefined, recordedAt: now },
        events,
      );
      // The record is new, so all its rows are.
      for (const [table, rows] of Object.entries(type.rows(county, stream, fold(type.decider, events), policies))) {
        const list = writing.put.get(table);
        if (list === undefined) writing.put.set(table, [...rows]);
        else list.push(...rows);
      }
      const verdict = this.#kept({ accepted: true, stream, version: events.length, followed: [], told: {} });
      writing.commands.push({ id: history.id, verdict, actor: events[0]!.stamp.actor, recorded_at: now });
      taken += 1;
    }
    if (taken > 0) await writeNew(this.#pool, writing, await this.tables(), options);
    return taken;
  }

  /** Waits until what was taken in without waiting for the disk stands there. */
  async flush(): Promise<void> {
    await flush(this.#pool);
  }

  /** A named statement with its rows: what facts and read models use. */
  readonly query: Query = async <R extends object>(name: string, text: string, values: readonly unknown[]) =>
    (await this.#pool.query<R>({ name, text, values: [...values] })).rows;

  /** Folds rows of `event` (joined with vault) that belong to one record. */
  foldRows(record: string, rows: readonly EventRow[]): unknown {
    return fold(
      this.#type(record).decider,
      rows.map((row) => this.#recorded(row)),
    );
  }

  async #writeAll(writings: readonly Writing[]): Promise<void[]> {
    await this.#write(joined(writings));
    return writings.map(() => undefined);
  }

  async #write(writing: Writing): Promise<void> {
    const tables = await this.tables();
    await this.#pool.query(statementOf(writing, tables));
  }

  /** The registered read tables with their columns as the database knows them. */
  async tables(): Promise<ReadonlyMap<string, Stored>> {
    if (this.#tables !== undefined) return this.#tables;
    const { rows } = await this.#pool.query<{ table_name: string; columns: [string, string][] }>(
      `select table_name, jsonb_agg(jsonb_build_array(column_name, udt_name) order by ordinal_position) as columns
         from information_schema.columns where table_schema = current_schema() group by table_name`,
    );
    const columns = new Map(rows.map((r) => [r.table_name, new Map(r.columns)]));
    const found = new Map<string, Stored>();
    for (const type of this.#types.values()) {
      for (const table of type.tables) {
        const has = columns.get(table.name);
        if (has === undefined) throw new Error(`read table "${table.name}" of ${type.name} is not in the database`);
        found.set(table.name, { ...table, columns: has });
      }
    }
    this.#tables = found;
    return found;
  }

  #addEvents(
    writing: Writing,
    of: {
      county: number;
      record: string;
      stream: string;
      command: string;
      device: string | undefined;
      recordedAt: string;
    },
    events: readonly Recorded<{ kind: string }>[],
  ): void {
    if (events.length === 0) return;
    const { county, stream } = of;
    for (const { stamp, ...event } of events) {
      const { kind, personal, ...data } = event as { kind: string; personal?: unknown };
      let hash: string | null = null;
      if (personal !== undefined) {
        const box = this.#vault.seal(personal);
        hash = `\\x${digest('sha256', box, 'hex')}`;
        writing.boxes.push({ county, stream, version: stamp.version, box: hex(box) });
      }
      writing.events.push({
        county,
        stream,
        version: stamp.version,
        record: of.record,
        kind,
        data,
        personal: hash,
        actor: stamp.actor,
        at: stamp.at,
        recorded_at: of.recordedAt,
        command: of.command,
        device: of.device ?? null,
      });
    }
    writing.unsealed.push({ county, stream, first: events[0]!.stamp.version, last: events.at(-1)!.stamp.version });
  }

  /** Undefined when the stream is a record of another kind: to whoever asks for this kind it does not exist. */
  async #load(on: Pool | PoolClient, county: number, record: string, stream: string): Promise<Loaded | undefined> {
    return this.#loadedOf(record, await this.#events(on, county, stream));
  }

  /** A record as its events leave it; nothing when they are another kind of record's. */
  #loadedOf(record: string, rows: readonly EventRow[]): Loaded | undefined {
    const type = this.#type(record);
    if (rows.some((row) => row.record !== record)) return undefined;
    return {
      type,
      version: rows.length,
      state: fold(
        type.decider,
        rows.map((row) => this.#recorded(row)),
      ),
      recordedAt: rows.at(-1)?.recorded_at ?? '',
    };
  }

  async #events(on: Pool | PoolClient, county: number, stream: string): Promise<EventRow[]> {
    const { rows } = await on.query<EventRow>({
      name: 'ledger.events',
      text: `select e.record, e.version, e.kind, e.data, e.actor, e.at, e.recorded_at, v.box
               from event e left join vault v using (county, stream, version)
              where e.county = $1 and e.stream = $2 order by e.version`,
      values: [county, stream],
    });
    return rows;
  }

  #recorded(row: EventRow): Recorded<{ kind: string }> {
    const event: Recorded<{ kind: string }> = {
      ...row.data,
      kind: row.kind,
      stamp: { actor: row.actor, at: row.at, version: row.version },
    };
    return row.box === null ? event : withPersonal(event, row.box, this.#vault);
  }

  #type(record: string): AnyRecordType {
    const type = this.#types.get(record);
    if (type === undefined) throw new Error(`no kind of record "${record}" is registered`);
    return type;
  }
}

export interface EventRow {
  readonly record: string;
  readonly version: number;
  readonly kind: string;
  readonly data: Record<string, unknown>;
  readonly actor: string;
  readonly at: string;
  readonly recorded_at: string;
  readonly box: Buffer | null;
}

/**
 * The event with its personal part, which is opened when it is first looked at: to decide on a matter, most of what was
 * said about it need not be read, and opening boxes was a quarter of a command's work.
 */
function withPersonal<E extends object>(event: E, box: Buffer, vault: Vault): E {
  let personal: unknown;
  let open = false;
  return Object.defineProperty(event, 'personal', {
    enumerable: true,
    configurable: true,
    get() {
      if (!open) {
        personal = vault.open(box);
        open = true;
      }
      return personal;
    },
  });
}

const gatheredOf = <A, B>(
  of: Map<number, Gathered<A, B>>,
  county: number,
  together: (asks: readonly A[]) => Promise<readonly B[]>,
): Gathered<A, B> => {
  const gathered = of.get(county) ?? new Gathered(together, TOGETHER);
  of.set(county, gathered);
  return gathered;
};

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
