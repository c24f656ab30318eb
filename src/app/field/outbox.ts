import { useSyncExternalStore } from 'react';
import type { CommandVerdict, Sent } from '../../sync/model.ts';
import { type CommandData, type CommandKind, Offline, Refused, newId } from '../ui/client.ts';
import { t } from './english.ts';
import { takeFilling } from './filling.ts';
import { type Known, type Reading, Watch } from './watch.ts';

/**
 * How far a command has come. `stored`: on this device only. `sent`: the server has it and could not say yes or no
 * yet. `accepted` and `refused` are verdicts.
 */
export type State = 'stored' | 'sent' | 'accepted' | 'refused';
export const stateNames: Record<State, string> = {
  stored: t('已存本机'),
  sent: t('已上传'),
  accepted: t('已受理'),
  refused: t('被退回'),
};

/** A command as a screen hands it over. */
export interface Command<K extends CommandKind = CommandKind> {
  readonly kind: K;
  readonly stream: string;
  readonly data: CommandData<K>;
  /** What it is, for the list of unsent things: 陈秀英家，记一笔. */
  readonly title: string;
  /** Fields of `data` taken from this device's clock, not chosen by a person: set right where the clock was wrong. */
  readonly clocked?: readonly string[];
  /** The version the giver had before their eyes; another one is a conflict that a person decides. */
  readonly expected?: number;
  /** How long the form was open, for the figures of groups; measured by the room itself where the form does not say. */
  readonly seconds?: number | undefined;
}

export interface Item extends Omit<Command, 'data'> {
  /** The command's id: the same in every attempt, so that the server does it once. */
  readonly id: string;
  /** Place in the order of writing. */
  readonly place: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
  /** The page that wrote it and its monotonic clock then (ms). */
  readonly mono: readonly [page: string, ms: number];
  /** What was known of this device's clock then; nothing before the first contact. */
  readonly known?: Known;
  /** When it was, as its writer said who was asked because the clock had been set (ms, by a right clock). */
  readonly chosen?: number;
  /** It was taken in from a file on the day this device's clock showed, which may be the wrong one. */
  readonly undated?: true;
  readonly state: State;
  /** On its way at this moment. */
  readonly busy: boolean;
  /** Why it was refused or not decided, in a sentence; and the field to mend. */
  readonly why?: string;
  readonly field?: string;
  /** The refusal's code: a conflict is decided, other refusals are mended. */
  readonly code?: string;
  readonly told?: Readonly<Record<string, unknown>>;
  /** By the server's clock once it is confirmed, by this phone's before. */
  readonly acceptedAt?: string;
  /** When this phone learned that it was accepted, by its own count: an answer asked for later knows of it. */
  readonly learned?: number;
  /** The matters it became. */
  readonly matters?: readonly string[];
  /** The storage refused it: it stands in this page only and is gone with it, until it is kept or accepted. */
  readonly unkept?: true;
  /** Sealed on the server, and what it did is in this phone's files. */
  readonly confirmed?: true;
}

/** Carries commands to the server, in this order. @returns a verdict for each, by id; one without is asked again */
export type Carry = (items: readonly Item[]) => Promise<readonly CommandVerdict[]>;

/** Where commands outlive the page. A change is whole or not at all. */
export interface Keep {
  load(): Promise<readonly Item[]>;
  save(changed: readonly Item[], gone: readonly string[]): Promise<void>;
}

/** Answers at once what can be answered here: a refusal, or that nothing speaks against it. */
export type Judge = (command: Command) => { refused: string; why: string; field?: string } | undefined;

/** Accepted things stay in sight for a look: a long day's. */
const SHOWN = 60;
/** Commands carried at once. */
const LOAD = 50;
const LOAD_CHARACTERS = 300_000;
const isOpen = ({ state }: Item): boolean => state === 'stored' || state === 'sent';
/** Whether a command of this kind is the first of its record. */
const begins = (kind: string): boolean => /\.(record|register|make)$|^(talk\.hold|exception\.ask)$/.test(kind);
/** An earlier one of the same record was refused: a person decides that one first. */
export const isHeld = (item: Item, all: readonly Item[]): boolean =>
  isOpen(item) &&
  all.some((other) => other.stream === item.stream && other.place < item.place && other.state === 'refused');
export const isUnkept = ({ unkept }: Item): boolean => unkept === true;
/** The device's clock was set, and nobody but the writer can say when it was. */
export const isUndated = (item: Item): boolean => item.state === 'refused' && item.code === 'sync.when-unknown';
export const isConflict = (item: Item): boolean => item.state === 'refused' && item.code === 'ledger.conflict';

/** An item as it is sent. */
export const sentOf = (item: Item, watch: Watch): Sent => ({
  id: item.id,
  kind: item.kind,
  stream: item.stream,
  data: item.seconds === undefined ? item.data : { ...item.data, seconds: item.seconds },
  at: Date.parse(item.at),
  ...watch.tellOf(item),
  ...(item.chosen === undefined ? {} : { chosen: item.chosen }),
  ...(item.clocked === undefined ? {} : { clocked: [...item.clocked] }),
  ...(item.expected === undefined ? {} : { expected: item.expected }),
});

const PAGE = newId();
const browserClocks = (): Reading => ({ page: PAGE, mono: Math.round(performance.now()), wall: Date.now() });

/**
 * All that this room writes goes through here: a command is judged by the rules on the phone, kept, and sent then.
 * Commands of one record go up in their order; another record's trouble holds up nothing.
 */
export class Outbox {
  #items: readonly Item[] = [];
  #pass: Promise<void> = Promise.resolve();
  #keep: Keep | undefined;
  #judge: Judge = () => undefined;
  #carry: Carry;
  #saving: Promise<void> = Promise.resolve();
  /** The last number given out. */
  #last = 0;
  readonly #listeners = new Set<() => void>();
  #tellsSoon = false;
  /** The last attempt found a way through. */
  online = true;
  /** Looks for the line in a moment. */
  soon: (look: () => void) => void = (look) => {
    setTimeout(look, SOON_MS);
  };
  /** What could not be kept, in words. */
  onTrouble: (error: unknown) => void = () => undefined;

  readonly watch: Watch;

  constructor(carry: Carry, watch = new Watch(browserClocks)) {
    this.#carry = carry;
    this.watch = watch;
  }

  /** Takes up what was left before. Called once it is known whose device this is. */
  async open(keep: Keep, setup: { carry?: Carry; judge?: Judge } = {}): Promise<void> {
    const left = await keep.load();
    this.#keep = keep;
    if (setup.carry !== undefined) this.#carry = setup.carry;
    if (setup.judge !== undefined) this.#judge = setup.judge;
    const here = new Set(this.#items.map((item) => item.id));
    this.#items = [
      ...left.filter((item) => !here.has(item.id)).map((item) => ({ ...item, busy: false })),
      ...this.#items,
    ].sort((a, b) => a.place - b.place);
    this.atLeast(countedIn(this.#items));
    this.#tell();
  }

  /** The next number of this phone's own count: it never goes back, whatever its clock does. */
  count(): number {
    return (this.#last = Math.max(Date.now(), this.#last + 1));
  }
  /** What is kept elsewhere was counted up to here. */
  atLeast(count: number): void {
    this.#last = Math.max(this.#last, count);
  }

  /** Everything kept, sent or not: what the phone's own view of things is made with. */
  readonly all = (): readonly Item[] => this.#items;
  /** What is shown: all that is open, and the latest accepted. */
  readonly items = (): readonly Item[] => this.#shown;
  #shown: readonly Item[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  find(id: string): Item | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /**
   * Judges a command, keeps it and tries to send it.
   * @returns how it stands when it is kept and, where there is a line, after a short wait for the verdict
   */
  async send<K extends CommandKind>(command: Command<K>): Promise<Item> {
    const item = this.#itemOf(command as unknown as Command);
    const no = this.#judge(command as unknown as Command);
    if (no !== undefined)
      return {
        ...item,
        state: 'refused',
        code: no.refused,
        why: no.why,
        ...(no.field === undefined ? {} : { field: no.field }),
      };
    await this.#put([item], []);
    return await this.#verdictSoon(item);
  }

  /** Sends a refused command again with other data: a new command in the old one's place. */
  async mend(
    id: string,
    data: Readonly<Record<string, unknown>>,
    expected?: number,
    title?: string,
  ): Promise<Item | undefined> {
    const old = this.find(id);
    if (old === undefined) return undefined;
    const { expected: _, ...rest } = bare(old);
    return await this.#again(old, {
      ...rest,
      data,
      ...(expected === undefined ? {} : { expected }),
      ...(title === undefined ? {} : { title }),
    });
  }

  /** Sends a refused command again, said by its writer to be of that time (ms, by a right clock). */
  async date(id: string, chosen: number): Promise<Item | undefined> {
    const old = this.find(id);
    return old && (await this.#again(old, { ...bare(old), chosen }));
  }

  async #again(old: Item, now: Item): Promise<Item> {
    const next: Item = { ...now, id: newId(), state: 'stored' };
    await this.#put([next], [old.id]);
    return await this.#verdictSoon(next);
  }

  /** Takes a refused command off the list. What was to follow on a record that so never began goes with it; else it goes up. */
  async drop(id: string): Promise<void> {
    const dropped = this.find(id);
    if (dropped?.state !== 'refused') return;
    const after = begins(dropped.kind)
      ? this.#items.filter((item) => item.stream === dropped.stream && item.place > dropped.place && isOpen(item))
      : [];
    await this.#put([], [id, ...after.map((item) => item.id)]);
    await this.flush();
  }

  /** Forgets everything: the person signs out, or the phone was locked. */
  async forgetAll(): Promise<void> {
    await this.#put(
      [],
      this.#items.map((item) => item.id),
    );
    this.#keep = undefined;
    this.watch.close();
  }

  /** Takes up what another page of this room wrote. */
  async reload(): Promise<void> {
    const keep = this.#keep;
    if (keep === undefined) return;
    await this.#saving;
    const stored = await keep.load();
    const busy = new Map(this.#items.filter((item) => item.busy).map((item) => [item.id, item]));
    this.#items = [...stored.map((item) => busy.get(item.id) ?? item), ...this.#items.filter(isUnkept)].sort(
      (a, b) => a.place - b.place,
    );
    this.atLeast(countedIn(this.#items));
    this.#tell();
  }

  /**
   * What a contact told of accepted commands: sealed for good, or unknown to a server that was restored.
   * @param at the server's time (instant)
   */
  async settle(confirmed: readonly string[], unknown: readonly string[], restored: boolean, at: string): Promise<void> {
    const sure = new Set(confirmed);
    const lost = new Set(unknown);
    const changed = this.#items.flatMap((item): Item[] => {
      if (item.state !== 'accepted') return [];
      const { confirmed: _, ...unsure } = item;
      if (restored || lost.has(item.id)) return [{ ...unsure, state: 'sent' }];
      return sure.has(item.id) && item.confirmed === undefined ? [{ ...item, confirmed: true, acceptedAt: at }] : [];
    });
    if (changed.length > 0) await this.#put(changed, []);
  }

  /** Drops what was confirmed before that instant of the server's clock: no server is restored from so old a backup. */
  async prune(before: string): Promise<void> {
    const old = this.#items.filter(
      (i) => i.state === 'accepted' && i.confirmed === true && (i.acceptedAt ?? i.at) < before,
    );
    if (old.length > 0)
      await this.#put(
        [],
        old.map((i) => i.id),
      );
  }

  /** Tries all that has no verdict, after whatever is being tried now. */
  flush(): Promise<void> {
    return (this.#pass = this.#pass.then(() => this.#try()));
  }

  async #try(): Promise<void> {
    for (const tried = new Set<string>(); ;) {
      const load = lightest(this.#sendable(tried).slice(0, LOAD));
      if (load.length === 0) return;
      for (const { id } of load) tried.add(id);
      this.#mark(load, true);
      let verdicts: readonly CommandVerdict[] = [];
      let error: unknown;
      try {
        verdicts = await this.#carry(load);
        this.online = true;
      } catch (thrown) {
        error = thrown;
        if (thrown instanceof Offline) this.online = false;
      }
      const by = new Map(verdicts.map((v) => [v.id, v]));
      if (error instanceof Offline) return this.#mark(load, false);
      const learned = this.count();
      const changed = load.map((item) => after(this.find(item.id) ?? item, by.get(item.id), error, learned));
      await this.#put(changed, []);
      if (error !== undefined) return;
    }
  }

  /** In the order of writing; behind one that was refused, or that the server could not decide in this pass, nothing of its record. */
  #sendable(tried: ReadonlySet<string>): Item[] {
    const held = new Set<string>();
    return this.#items.filter((item) => {
      if (item.state === 'accepted' || held.has(item.stream)) return false;
      if (item.state === 'refused' || tried.has(item.id)) {
        held.add(item.stream);
        return false;
      }
      return true;
    });
  }

  async #verdictSoon(item: Item): Promise<Item> {
    // Whoever stands at the door is not kept waiting for a line that was not there a moment ago: it is tried when the
    // next page stands.
    if (!this.online) this.soon(() => void this.flush());
    else await Promise.race([this.flush(), new Promise((go) => setTimeout(go, SOON_MS))]);
    return this.find(item.id) ?? item;
  }

  #itemOf({ kind, stream, data, title, clocked, expected, ...known }: Command): Item {
    const filling = takeFilling();
    const seconds = known.seconds ?? filling;
    return {
      id: newId(),
      place: this.count(),
      kind,
      stream,
      data: data as unknown as Readonly<Record<string, unknown>>,
      title,
      ...this.watch.stamp(),
      state: 'stored',
      busy: false,
      ...(clocked === undefined ? {} : { clocked }),
      ...(expected === undefined ? {} : { expected }),
      ...(seconds === undefined ? {} : { seconds }),
    };
  }

  #mark(items: readonly Item[], busy: boolean): void {
    const ids = new Set(items.map((item) => item.id));
    this.#items = this.#items.map((item) => (ids.has(item.id) ? { ...item, busy } : item));
    this.#tell();
  }

  /** Tries to keep what the storage refused before: room may have been made meanwhile. */
  async keepAgain(): Promise<void> {
    if (this.#items.some(isUnkept)) await this.#put([], []);
  }

  /** Kept first, then believed; what cannot be kept is still sent from memory, and the person is told. */
  async #put(changed: readonly Item[], gone: readonly string[]): Promise<void> {
    const keep = this.#keep;
    const without = new Set(gone);
    const given = new Set(changed.map((item) => item.id));
    // What found no room before tries again with every write.
    const again = this.#items.filter((item) => isUnkept(item) && !given.has(item.id) && !without.has(item.id));
    let isKept = true;
    if (keep !== undefined) {
      const stored = [...changed, ...again].map((item) => ({ ...kept(item), busy: false }));
      const saving = this.#saving
        .then(() => keep.save(stored, gone))
        .then(
          () => true,
          (error: unknown) => {
            this.onTrouble(error);
            return false;
          },
        );
      this.#saving = saving.then(() => undefined);
      // Nothing is shown as kept that a page closed at this moment would lose.
      isKept = await saving;
    }
    const known = new Map(this.#items.map((item) => [item.id, item]));
    // What was kept once is on the disk, if only as it stood before: opened again it asks for its verdict again.
    const stands = (item: Item): Item => {
      const before = known.get(item.id);
      const safe = isKept || item.state === 'accepted' || (before !== undefined && !isUnkept(before));
      return safe ? kept(item) : { ...item, unkept: true };
    };
    const by = new Map(changed.map((item) => [item.id, stands(item)]));
    const tried = new Set(again.map((item) => item.id));
    this.#items = [
      ...this.#items
        .filter((item) => !without.has(item.id))
        .map((item) => by.get(item.id) ?? (tried.has(item.id) ? stands(item) : item)),
      ...[...by.values()].filter((item) => !known.has(item.id)),
    ].sort((one, other) => one.place - other.place);
    this.#tell();
  }

  #tell(): void {
    const accepted = this.#items.filter((item) => item.state === 'accepted');
    const old = new Set(accepted.slice(0, Math.max(0, accepted.length - SHOWN)));
    this.#shown = this.#items.filter((item) => !old.has(item));
    // Whoever wrote goes on first: where that leads to another page, the one left behind is not drawn once more.
    if (this.#tellsSoon) return;
    this.#tellsSoon = true;
    setTimeout(() => {
      this.#tellsSoon = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** The highest number that was given to something kept. */
const countedIn = (items: readonly Item[]): number =>
  items.reduce((most, { place, learned = 0 }) => Math.max(most, place, learned), 0);

const kept = (item: Item): Item => {
  const { unkept: _, ...rest } = item;
  return rest;
};

/** An item without what the last attempt left on it. */
const bare = ({ why: _w, field: _f, told: _t, code: _c, ...item }: Item): Item => ({ ...item, busy: false });

function after(item: Item, verdict: CommandVerdict | undefined, error: unknown, learned: number): Item {
  const clean = bare(item);
  if (verdict === undefined) {
    if (error === undefined) return clean;
    const state = stateAfter(error, item.state);
    return { ...clean, state, why: error instanceof Error ? error.message : '' };
  }
  if (verdict.verdict === 'accepted') {
    const { told, matters, undated } = verdict;
    const became = {
      ...(matters === undefined ? {} : { matters }),
      ...(undated === undefined ? {} : { undated }),
    };
    return { ...clean, state: 'accepted', told, acceptedAt: new Date().toISOString(), learned, ...became };
  }
  const { code, message: why } = verdict;
  if (verdict.verdict === 'held') return clean;
  if (verdict.verdict === 'later') return { ...clean, state: 'sent', code, why };
  return { ...clean, state: 'refused', code, why, ...(verdict.field === undefined ? {} : { field: verdict.field }) };
}

/** As many of the first as one request carries: signatures are long. */
function lightest(items: readonly Item[]): Item[] {
  let size = 0;
  return items.filter((item, i) => (size += JSON.stringify(item.data).length) <= LOAD_CHARACTERS || i === 0);
}

/** What an attempt that did not succeed makes of the commands it carried: only a verdict is a verdict. */
export function stateAfter(error: unknown, before: State): State {
  if (!(error instanceof Refused)) return before;
  return error.status >= 500 ? 'sent' : before;
}

const SOON_MS = 700;

export const outbox = new Outbox(() => Promise.reject(new Offline()));

export const useOutbox = (): readonly Item[] => useSyncExternalStore(outbox.subscribe, outbox.items);

/** What still waits for a verdict or for the writer, and is not under way at this moment. */
export const unsent = (items: readonly Item[]): Item[] =>
  items.filter((item) => item.state !== 'accepted' && !item.busy);
