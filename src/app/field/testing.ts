import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type CommandVerdict, RESCUE_INFO, type Rescue, WORDS } from '../../sync/model.ts';
import { type Change, type Disk, type Drawer, Phone } from '../../sync/phone.ts';
import type { Client, TestCounty } from '../testing.ts';
import { Offline, Refused, newId } from '../ui/client.ts';
import { type Kept, Local } from './local.ts';
import { followOnce } from './meet.ts';
import { type Carry, type Command, type Item, Outbox, sentOf } from './outbox.ts';
import { Watch } from './watch.ts';

const unzip = promisify(gunzip);
const text = new TextEncoder();
const decoder = new TextDecoder();

/** A disk in memory. Power may fail before a write reaches it: then the write never was. */
class MemoryDisk implements Disk {
  readonly cells = new Map<string, Uint8Array>();
  /** The next write is lost, and the page with it. */
  failing = false;
  /** So many writes reach it before the power fails. */
  lasts = Number.POSITIVE_INFINITY;

  async read(drawer: Drawer): Promise<(readonly [string, Uint8Array])[]> {
    const start = `${drawer}/`;
    return [...this.cells].flatMap(([key, bytes]) =>
      key.startsWith(start) ? [[key.slice(start.length), bytes] as const] : [],
    );
  }

  async write(changes: readonly Change[]): Promise<void> {
    if (--this.lasts < 0) this.failing = true;
    if (this.failing) throw new Error('power failed');
    for (const { drawer, key, bytes } of changes) {
      if (key === undefined) {
        for (const name of this.cells.keys()) if (name.startsWith(`${drawer}/`)) this.cells.delete(name);
      } else if (bytes === undefined) this.cells.delete(`${drawer}/${key}`);
      else this.cells.set(`${drawer}/${key}`, bytes);
    }
  }
}

/** What the line does to the next request. `cut`: the answer breaks off in the middle. */
export type Fate = 'ok' | 'lost-going' | 'lost-coming' | 'cut';

/** A phone on the desk of a test: the room's own files, rules and outbox, with the real server behind a bad line. */
export class TestPhone {
  readonly disk = new MemoryDisk();
  readonly device = newId();
  /** How far its clock is ahead (ms), where the whole process does not run by it. */
  ahead = 0;
  /** Its monotonic clock (ms). */
  mono: () => number = () => Math.round(performance.now());
  /** Goes around all that the server does: a game sets the server's clock there, and lets it die. */
  onServer: <T>(job: () => Promise<T>) => Promise<T> = (job) => job();
  /** Which state of the words it speaks. */
  words = WORDS;
  /** It was ordered to forget, and has. */
  wiped = false;
  fates: Fate[] = [];
  /** The key of its rescue files, once the server has told it. */
  secret: string | undefined;
  phone!: Phone;
  outbox!: Outbox;
  local!: Local;
  /** Answers the server gave last, by path. */
  readonly kept = new Map<string, Kept>();
  /** Every answer to an upload, as the phone saw it. */
  readonly seen: CommandVerdict[] = [];
  /** Every upload it made, to be delivered again by a careless network. */
  readonly uploads: unknown[] = [];
  #client: Client;
  readonly #county: TestCounty;
  readonly #official: string;

  constructor(county: TestCounty, client: Client) {
    this.#county = county;
    this.#client = client;
    this.#official = client.official!;
  }

  /** Its holder signs in once more: the session had ended. */
  signIn(client: Client): void {
    this.#client = client;
  }

  /** Opens the room from what the disk holds: at first, and after a crash. */
  async open(): Promise<this> {
    this.disk.failing = false;
    this.disk.lasts = Number.POSITIVE_INFINITY;
    this.phone = new Phone(
      this.disk,
      {
        clock: () => Date.now() + this.ahead,
        gunzip: async (bytes) => (await unzip(bytes)).toString('utf8'),
        pull: (body) => this.#pull(body),
      },
      { device: this.device, official: this.#official },
    );
    const page = newId();
    const watch = new Watch(() => ({ page, mono: this.mono(), wall: Date.now() + this.ahead }));
    this.outbox = new Outbox(this.#carry, watch);
    this.outbox.online = false;
    // It looks for the line when the test says so.
    this.outbox.soon = () => undefined;
    const outbox = this.outbox;
    this.local = new Local(
      this.phone,
      () => outbox.all(),
      (path) => this.kept.get(path),
    );
    this.local.online = () => false;
    await this.phone.open();
    await this.outbox.open(
      {
        load: async () => (await this.disk.read('item')).map(([, bytes]) => JSON.parse(decoder.decode(bytes)) as Item),
        save: (items, gone) =>
          this.disk.write([
            ...items.map((item) => ({
              drawer: 'item' as const,
              key: item.id,
              bytes: text.encode(JSON.stringify(item)),
            })),
            ...gone.map((key) => ({ drawer: 'item' as const, key })),
          ]),
      },
      { judge: this.local.judge },
    );
    await watch.open(this.disk, this.outbox.all(), this.phone.state);
    return this;
  }

  /** Writes without looking for the line. */
  write(command: {
    kind: string;
    stream: string;
    data: object;
    expected?: number;
    clocked?: readonly string[];
  }): Promise<Item> {
    return this.outbox.send({ title: command.kind, ...command } as unknown as Command);
  }

  /** Sends and follows, as the room does at every look. @returns whether there was a way through to the end */
  async contact(): Promise<boolean> {
    try {
      await this.outbox.flush();
      for (let more = true; more;) {
        const told = await followOnce(this, {
          app: 'test',
          name: '测试手机',
          persisted: false,
          keyless: this.secret === undefined,
        });
        if (told.secret !== undefined) this.secret = told.secret;
        more = told.more;
      }
      await this.outbox.flush();
      return true;
    } catch (error) {
      if (error instanceof Offline || this.disk.failing) return false;
      if (error instanceof Refused && error.code === 'sync.device-locked') await this.#wipe();
      else if (error instanceof Refused && error.status === 401) await this.#askWhy();
      else if (!(error instanceof Refused) || error.status < 500) throw error;
      return false;
    }
  }

  /** Without a session it still learns whether it was locked. */
  async #askWhy(): Promise<void> {
    const { body } = await this.onServer(async () =>
      (await this.#county.as()).post('/api/sync/standing', { device: this.device }),
    );
    if ((body as { locked: boolean }).locked) await this.#wipe();
    else this.signIn(await this.onServer(() => this.#county.as(this.#county.keyOf(this.#official), { anew: true })));
  }

  async #wipe(): Promise<void> {
    await this.phone.wipe();
    await this.outbox.forgetAll();
    this.kept.clear();
    this.wiped = true;
    await this.onServer(async () =>
      (await this.#county.as()).post('/api/sync/standing', { device: this.device, wiped: true }),
    );
  }

  /** The file of what waits here; undefined when the server never made its acquaintance. */
  rescueFile(secret = this.secret): Rescue | undefined {
    if (secret === undefined) return undefined;
    const nonce = randomBytes(12);
    const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', RESCUE_INFO, 32));
    const box = createCipheriv('aes-256-gcm', key, nonce);
    box.setAAD(Buffer.from(this.device));
    const commands = this.outbox
      .all()
      .filter((item) => item.state !== 'accepted')
      .map((item) => sentOf(item, this.outbox.watch));
    const inside = JSON.stringify({ clock: Date.now() + this.ahead, app: 'test', words: this.words, commands });
    const sealed = Buffer.concat([box.update(inside, 'utf8'), box.final(), box.getAuthTag()]);
    return {
      format: 'minqing-rescue',
      version: 1,
      device: this.device,
      made: new Date().toISOString(),
      nonce: nonce.toString('base64'),
      box: sealed.toString('base64'),
    };
  }

  /** Fetches along what a day without network needs besides households, as the room does after a contact. */
  async fetchAlong(): Promise<void> {
    for (const _ of [1, 2])
      for (const { path } of this.local.wanted()) {
        const count = this.outbox.count();
        const { status, body } = await this.onServer(() => this.#client.get(path));
        if (status === 200) this.kept.set(path, { at: Date.now() + this.ahead, count, answer: body });
      }
  }

  /** Delivers an upload of long ago once more. */
  async deliverAgain(n: number): Promise<void> {
    const upload = this.uploads.at(n % Math.max(1, this.uploads.length));
    if (upload !== undefined) await this.onServer(() => this.#client.post('/api/sync/commands', upload));
  }

  answer<A = Record<string, unknown>>(
    address: string,
    params: Record<string, string> = {},
    query: Record<string, unknown> = {},
  ): A {
    return this.local.answer(address, params, query) as A;
  }

  readonly #carry: Carry = async (items) => {
    const body = {
      device: this.device,
      app: 'test',
      words: this.words,
      clock: Date.now() + this.ahead,
      commands: items.map((item) => JSON.stringify(sentOf(item, this.outbox.watch))),
    };
    this.uploads.push(body);
    const fate = this.fates.shift() ?? 'ok';
    if (fate === 'lost-going') throw new Offline();
    const answer = await this.onServer(() => this.#client.post('/api/sync/commands', body));
    if (answer.status !== 200) throw new Refused(answer.status, answer.body as object);
    if (fate !== 'ok') throw new Offline();
    const { verdicts } = answer.body as { verdicts: CommandVerdict[] };
    this.seen.push(...verdicts);
    return verdicts;
  };

  async #pull(body: object): Promise<AsyncIterable<Uint8Array>> {
    const fate = this.fates.shift() ?? 'ok';
    if (fate === 'lost-going') throw new Offline();
    const answer = await this.onServer(() => this.#client.post('/api/sync/pull', body));
    if (answer.status !== 200) throw new Refused(answer.status, answer.body as object);
    if (fate === 'lost-coming') throw new Offline();
    const bytes = answer.body as Uint8Array;
    return (async function* () {
      if (fate === 'cut') {
        yield bytes.subarray(0, Math.floor(bytes.length * 0.6));
        throw new Offline();
      }
      // As networks deliver: in pieces that know nothing of frames.
      for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997);
    })();
  }

  get county(): TestCounty {
    return this.#county;
  }
}

/**
 * What a backup would hold, kept beside the tables, to be put back as a restore does. As with a real one everything is
 * of one moment, also while phones go on writing: half a command in it would be a fault that no backup has.
 */
export async function keepBackup({ database }: TestCounty, name = 'kept'): Promise<() => Promise<void>> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema()
       and tablename not in ('session', 'migration', 'limit_count') and tablename not like '%\\_beside'`,
  );
  const names = rows.map((r) => r.name);
  const beside = (n: string): string => `"${name}_${n}_beside"`;
  await database.pool.query(
    `begin isolation level repeatable read; ${names.map((n) => `drop table if exists ${beside(n)}; create table ${beside(n)} as table "${n}"`).join('; ')}; commit`,
  );
  return async () => {
    await database.pool.query(
      `begin; lock table ${names.map((n) => `"${n}"`).join(', ')} in access exclusive mode;
       ${names.map((n) => `delete from "${n}"; insert into "${n}" select * from ${beside(n)}`).join('; ')}; commit`,
    );
  };
}
