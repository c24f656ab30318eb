import { framesOf, hexOf, idsIn } from './frames.ts';
import type { Cursor, Head, Looks, Part, Pulling, Settings } from './model.ts';
import { Store } from './store.ts';

/** Where a phone keeps things: named cells in named drawers. A write is whole or not at all. */
export interface Disk {
  /** @param key of the one cell that is wanted; the whole drawer, when left out */
  read(drawer: Drawer, key?: string): Promise<(readonly [string, Uint8Array])[]>;
  write(changes: readonly Change[]): Promise<void>;
}
/** `state`: how far it has followed, and what was seen of its clock. `part`: files. `item`: what waits to be sent. `draft`, `kept`: what was begun, what was read. */
export type Drawer = 'state' | 'part' | 'item' | 'draft' | 'kept';
export const drawers: readonly Drawer[] = ['state', 'part', 'item', 'draft', 'kept'];
/** Without bytes the cell is emptied; without a key the whole drawer. */
export interface Change {
  readonly drawer: Drawer;
  readonly key?: string;
  readonly bytes?: Uint8Array;
}

/** How far a phone has followed and what it was told besides files. */
export interface PhoneState {
  readonly device: string;
  readonly official: string;
  readonly cursor?: Cursor;
  readonly scope?: string;
  /** Households of the scope whose files are not here yet, 32 digits each. */
  readonly lacking: string;
  readonly settings?: Settings;
  readonly matters: readonly Record<string, unknown>[];
  readonly looks?: Looks;
  readonly warning?: Head['warning'];
  /** Last contact, by the server's clock (ms). */
  readonly contactAt?: number;
  /** How far the phone's clock is ahead of the server's (ms). */
  readonly ahead: number;
  /** Number of the next part. */
  readonly next: number;
}

export interface Line {
  /** Asks the server; the answer comes in frames' bytes. Throws when there is no way through. */
  pull(body: Pulling): Promise<AsyncIterable<Uint8Array>>;
  gunzip(bytes: Uint8Array): Promise<string>;
  /** The phone's own clock (ms). */
  clock(): number;
}

/** What one contact brought, for those who show it. */
export interface Contact {
  readonly restored: boolean;
  readonly confirmed: readonly string[];
  readonly unknown: readonly string[];
  readonly changed: boolean;
  /** The key for rescue files, told when the server made this phone's acquaintance. */
  readonly secret?: string;
  /** The order goes on beyond this contact, or files are still lacking. */
  readonly more: boolean;
}

const text = new TextEncoder();
const read = new TextDecoder();
/** So many households asked for at once when a load broke off. */
const WANTED = 4_000;
/** From so many parts on they are written together into one. */
const SMALL_PARTS = 60;

const keyOf = (number: number): string => String(number).padStart(9, '0');

/**
 * The files a phone carries and how they follow the server. Everything that comes is written down before it is
 * believed: after a crash at any moment the phone goes on from what it wrote, asking again for what it did not.
 */
export class Phone {
  readonly store = new Store();
  #state: PhoneState;
  /** Bytes of the parts on the disk, by key, for merging. */
  #parts: string[] = [];
  readonly #disk: Disk;
  readonly #line: Line;

  constructor(disk: Disk, line: Line, who: { device: string; official: string }) {
    this.#disk = disk;
    this.#line = line;
    this.#state = { ...who, lacking: '', matters: [], ahead: 0, next: 1 };
  }

  get state(): PhoneState {
    return this.#state;
  }
  /** Everything of the scope is here. */
  get complete(): boolean {
    return this.#state.cursor !== undefined && this.#state.lacking === '' && this.#state.settings !== undefined;
  }
  /** Now, by the server's clock as far as it is known (ms). */
  now(): number {
    return this.#line.clock() - this.#state.ahead;
  }

  /** Takes up what the disk holds. */
  async open(): Promise<void> {
    const [states, parts] = await Promise.all([this.#disk.read('state'), this.#disk.read('part')]);
    const state = states.find(([key]) => key === 'phone');
    this.store.clear();
    this.#parts = [];
    if (state !== undefined) this.#state = JSON.parse(read.decode(state[1])) as PhoneState;
    const ordered = parts.toSorted(([a], [b]) => (a < b ? -1 : 1));
    const texts = await Promise.all(ordered.map(([, bytes]) => this.#line.gunzip(bytes)));
    for (const [i, json] of texts.entries()) {
      const kept = JSON.parse(json) as Part | { forget: string };
      if ('forget' in kept) this.store.forget(idsIn(kept.forget));
      else this.store.apply(kept);
      this.#parts.push(ordered[i]![0]);
    }
  }

  /**
   * One contact. @param tell what the phone says of itself and asks about
   * @throws whatever the line throws, or Broken: what came until then is kept
   */
  async contact(
    tell: Omit<Pulling, 'clock' | 'cursor' | 'scope' | 'want' | 'device' | 'held'>,
    progress?: (done: number, of: number) => void,
  ): Promise<Contact> {
    const { device, cursor, scope, lacking } = this.#state;
    const asked = this.#line.clock();
    const frames = framesOf(
      await this.#line.pull({
        ...tell,
        device,
        clock: asked,
        held: this.store.size,
        ...(cursor === undefined ? {} : { cursor }),
        ...(scope === undefined ? {} : { scope }),
        ...(this.#state.looks === undefined ? {} : { day: this.#state.looks.day }),
        ...(lacking === '' ? {} : { want: lacking.slice(0, WANTED * 32) }),
      }),
    );
    const first = await frames.next();
    if (first.done === true) return { restored: false, confirmed: [], unknown: [], changed: false, more: false };
    const head = JSON.parse(await this.#line.gunzip(first.value)) as Head;

    const forget = new Set(idsIn(head.forget));
    // Of another history: everything held is of it, and goes.
    if (head.restored === true) for (const id of this.store.ids()) forget.add(id);
    let missing = new Set(idsIn(this.#state.lacking));
    if (head.ids !== undefined) {
      const all = new Set(idsIn(head.ids));
      for (const id of this.store.ids()) if (!all.has(id)) forget.add(id);
      if (head.restored === true || cursor === undefined) missing = all;
      else {
        missing = new Set([...missing].filter((id) => all.has(id)));
        for (const id of all) if (!this.store.has(id)) missing.add(id);
      }
    }
    for (const id of forget) if (head.ids === undefined) missing.delete(id);
    const serverNow = Date.parse(head.now);
    const told = {
      cursor: head.cursor,
      scope: head.scope,
      ...(head.settings === undefined ? {} : { settings: head.settings }),
      ...(head.matters === undefined ? {} : { matters: head.matters }),
      ...(head.looks === undefined ? {} : { looks: head.looks }),
      contactAt: serverNow,
      // Half of the way there and back is the answer's.
      ahead: Math.round((asked + this.#line.clock()) / 2 - serverNow),
    };
    const { warning: _, ...before } = this.#state;
    // The head is believed only with all its parts: a cursor ahead of files that never came would leave a gap. What a
    // first load or a grown scope lacks is named as lacking instead, and the cursor may stand.
    const loading = cursor === undefined || head.restored === true;
    const begun: PhoneState = {
      ...before,
      ...told,
      ...(head.warning === undefined ? {} : { warning: head.warning }),
      lacking: hexOf([...missing]),
    };
    if (loading) {
      const all = head.restored === true ? [{ drawer: 'part' as const }] : [];
      if (head.restored === true) {
        this.store.clear();
        this.#parts = [];
      }
      await this.#put(begun, all);
    }

    let done = 0;
    let forgot = false;
    const waiting: { part: Part; bytes: Uint8Array }[] = [];
    for await (const bytes of frames) {
      const part = JSON.parse(await this.#line.gunzip(bytes)) as Part;
      done += part.n.length;
      progress?.(done, head.coming);
      if (!loading) {
        waiting.push({ part, bytes });
        continue;
      }
      for (const id of idsIn(part.id)) missing.delete(id);
      await this.#take([{ part, bytes }], { ...this.#state, lacking: hexOf([...missing]) });
    }
    if (!loading) {
      // What is to be forgotten leaves the disk now, not when the parts are next put together.
      const gone = [...forget].filter((id) => this.store.has(id));
      forgot = gone.length > 0;
      for (const { part } of waiting) for (const id of idsIn(part.id)) missing.delete(id);
      await this.#take(waiting, { ...begun, lacking: hexOf([...missing]) }, gone);
    } else if (missing.size > 0 && done >= head.coming) {
      // Named in the list and gone before its part was made: the next changes say what became of it.
      await this.#put({ ...this.#state, lacking: '' }, []);
    }
    if (this.#parts.length > SMALL_PARTS || forgot) await this.#merge();
    return {
      restored: head.restored === true,
      more: head.more || this.#state.lacking !== '',
      confirmed: head.confirmed,
      ...(head.secret === undefined ? {} : { secret: head.secret }),
      unknown: head.unknown,
      changed:
        done > 0 ||
        forget.size > 0 ||
        head.settings !== undefined ||
        head.matters !== undefined ||
        head.looks !== undefined,
    };
  }

  /** Writes parts and the state they lead to in one go, then believes them. */
  async #take(
    parts: readonly { part: Part; bytes: Uint8Array }[],
    state: PhoneState,
    gone: readonly string[] = [],
  ): Promise<void> {
    let next = state.next;
    const changes: Change[] = [];
    const keys: string[] = [];
    if (gone.length > 0) {
      const key = keyOf(next++);
      keys.push(key);
      changes.push({ drawer: 'part', key, bytes: await gzip(JSON.stringify({ forget: hexOf(gone) })) });
    }
    for (const { bytes } of parts) {
      const key = keyOf(next++);
      keys.push(key);
      changes.push({ drawer: 'part', key, bytes });
    }
    await this.#put({ ...state, next }, changes);
    this.#parts.push(...keys);
    this.store.forget(gone);
    for (const { part } of parts) this.store.apply(part);
  }

  async #put(state: PhoneState, changes: readonly Change[]): Promise<void> {
    await this.#disk.write([...changes, { drawer: 'state', key: 'phone', bytes: text.encode(JSON.stringify(state)) }]);
    this.#state = state;
  }

  /** Many small parts become few, and what was replaced or forgotten leaves the disk for good. */
  async #merge(): Promise<void> {
    const merged = this.store.repacked();
    let next = this.#state.next;
    const keys: string[] = [];
    const changes: Change[] = [{ drawer: 'part' }];
    for (const part of merged) {
      const key = keyOf(next++);
      keys.push(key);
      changes.push({ drawer: 'part', key, bytes: await gzip(JSON.stringify(part)) });
    }
    await this.#put({ ...this.#state, next }, changes);
    this.#parts = keys;
  }

  /** Removes the files and what was told with them; what waits to be sent stays. */
  async forgetFiles(): Promise<void> {
    const { device, official, ahead } = this.#state;
    await this.#put({ device, official, lacking: '', matters: [], ahead, next: 1 }, [{ drawer: 'part' }]);
    this.store.clear();
    this.#parts = [];
  }

  /** Forgets everything: the phone was locked, or its holder signs out. */
  async wipe(): Promise<void> {
    await this.#disk.write(drawers.map((drawer) => ({ drawer })));
    this.store.clear();
    this.#parts = [];
    const { device, official } = this.#state;
    this.#state = { device, official, lacking: '', matters: [], ahead: this.#state.ahead, next: 1 };
  }
}

async function gzip(json: string): Promise<Uint8Array> {
  const stream = new Blob([json]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
