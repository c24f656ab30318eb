import { useSyncExternalStore } from 'react';
import { type CommandData, type CommandKind, Offline, Refused, type Verdict, give, newId } from '../ui/client.ts';
import { tell } from '../ui/toast.tsx';
import { t } from './english.ts';

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
}

export interface Item extends Omit<Command, 'data'> {
  /** The command's id: the same in every attempt, so that the server does it once. */
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly state: State;
  /** On its way at this moment. */
  readonly busy: boolean;
  /** Why it was refused or not decided, in a sentence; and the field to mend. */
  readonly why?: string;
  readonly field?: string;
  readonly told?: Readonly<Record<string, unknown>>;
}

/** Carries one command to the server. */
export type Carry = (kind: CommandKind, stream: string, data: never, options: { command: string }) => Promise<Verdict>;

/** Where what has no verdict yet outlives the page. */
export interface Keep {
  load(): Item[];
  save(items: readonly Item[]): void;
}

/** Accepted things stay in the list for a look, this many. */
const ACCEPTED_SHOWN = 20;
const isOpen = ({ state }: Item): boolean => state === 'stored' || state === 'sent';

/**
 * All that this room writes goes through here: a command is kept first and sent then. Commands of one record go up
 * in their order; another record's trouble holds up nothing.
 */
export class Outbox {
  #items: readonly Item[] = [];
  #pass: Promise<void> = Promise.resolve();
  #keep: Keep | undefined;
  readonly #carry: Carry;
  readonly #listeners = new Set<() => void>();

  constructor(carry: Carry) {
    this.#carry = carry;
  }

  /** Takes up what was left unsent before. Called once it is known whose device this is. */
  open(keep: Keep): void {
    this.#keep = keep;
    const left = keep.load().filter(({ id }) => this.find(id) === undefined);
    this.#put([...left.map((item) => ({ ...item, busy: false })), ...this.#items]);
  }

  readonly items = (): readonly Item[] => this.#items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  find(id: string): Item | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /** Keeps a command and tries to send it. @returns how it stands after the first attempt */
  async send<K extends CommandKind>({ kind, stream, data, title }: Command<K>): Promise<Item> {
    const item: Item = {
      id: newId(),
      kind,
      stream,
      data,
      title,
      at: new Date().toISOString(),
      state: 'stored',
      busy: false,
    };
    this.#put([...this.#items, item]);
    await this.flush();
    return this.find(item.id) ?? item;
  }

  /** Sends a refused command again with other data: a new command in the old one's place. */
  async mend(id: string, data: Readonly<Record<string, unknown>>): Promise<Item | undefined> {
    const next = newId();
    this.#put(
      this.#items.map((item) => (item.id === id ? { ...bare(item), id: next, data, state: 'stored' as const } : item)),
    );
    await this.flush();
    return this.find(next);
  }

  /** Takes a refused command off the list, and what was to follow on a record that so never began. */
  drop(id: string): void {
    const dropped = this.find(id);
    if (dropped?.state !== 'refused') return;
    const last = this.#items.indexOf(dropped);
    this.#put(
      this.#items.filter(
        (item, i) => item !== dropped && !(i > last && item.stream === dropped.stream && isOpen(item)),
      ),
    );
  }

  /** Forgets everything: the person signs out. */
  clear(): void {
    this.#put([]);
  }

  /** Tries all that has no verdict, after whatever is being tried now. */
  flush(): Promise<void> {
    return (this.#pass = this.#pass.then(() => this.#try()));
  }

  async #try(): Promise<void> {
    const held = new Set<string>();
    for (const { id } of this.#items) {
      const item = this.find(id);
      if (item === undefined || item.state === 'accepted') continue;
      if (item.state === 'refused') held.add(item.stream);
      if (held.has(item.stream)) continue;
      const { state, online } = await this.#sendOne(item);
      if (!online) return;
      if (state !== 'accepted') held.add(item.stream);
    }
  }

  async #sendOne(item: Item): Promise<{ state: State; online: boolean }> {
    const { id, kind, stream, data } = item;
    const become = (change: Partial<Item>): void =>
      this.#put(this.#items.map((it) => (it.id === id ? { ...bare(it), ...change } : it)));
    become({ busy: true });
    try {
      const { told } = await this.#carry(kind, stream, data as never, { command: id });
      become({ state: 'accepted', told });
      return { state: 'accepted', online: true };
    } catch (error) {
      const state = stateAfter(error, item.state);
      const why = error instanceof Error ? error.message : '';
      const field = error instanceof Refused ? error.field : undefined;
      become({ state, ...(error instanceof Offline ? {} : { why, ...(field === undefined ? {} : { field }) }) });
      return { state, online: !(error instanceof Offline) };
    }
  }

  #put(items: readonly Item[]): void {
    const accepted = items.filter((item) => item.state === 'accepted');
    const old = new Set(accepted.slice(0, Math.max(0, accepted.length - ACCEPTED_SHOWN)));
    this.#items = items.filter((item) => !old.has(item));
    this.#keep?.save(this.#items.filter((item) => item.state !== 'accepted'));
    for (const listener of this.#listeners) listener();
  }
}

/** An item without what the last attempt left on it. */
const bare = ({ why: _why, field: _field, told: _told, ...item }: Item): Item => ({ ...item, busy: false });

/** What an attempt that did not succeed makes of a command. */
export function stateAfter(error: unknown, before: State): State {
  if (!(error instanceof Refused)) return before;
  // Signed out, or too many at once: the server did not look at the command.
  if (error.status === 401 || error.status === 429) return before;
  return error.status >= 500 ? 'sent' : 'refused';
}

const PATIENCE_MS = 20_000;
/** A request that hangs on a weak signal counts as unsent; sent again it carries the same id and is done once. */
const patiently: Carry = (kind, stream, data, options) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Offline()), PATIENCE_MS);
    give(kind, stream, data, options)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });

export const outbox = new Outbox(patiently);

export const useOutbox = (): readonly Item[] => useSyncExternalStore(outbox.subscribe, outbox.items);

/** What still waits for a verdict or for the writer, and is not under way at this moment. */
export const unsent = (items: readonly Item[]): Item[] =>
  items.filter((item) => item.state !== 'accepted' && !item.busy);

const AGAIN_MS = 30_000;

/** Opens the outbox of this official and sends when the network comes back, the page is looked at, or time has passed. */
export function openOutbox(official: string): () => void {
  const name = `field:${official}:outbox`;
  outbox.open({
    load: () => JSON.parse(localStorage.getItem(name) ?? '[]') as Item[],
    save(items) {
      try {
        if (items.length === 0) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(items));
      } catch {
        // What does not fit on the phone is still sent from memory; the person must know not to close the page.
        tell(t('手机存不下了，请不要关掉这一页，到有信号的地方先传完。'));
      }
    },
  });
  const again = (): void => {
    if (document.visibilityState === 'visible' && outbox.items().some((item) => isOpen(item) && !item.busy))
      void outbox.flush();
  };
  const timer = setInterval(again, AGAIN_MS);
  addEventListener('online', again);
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    clearInterval(timer);
    removeEventListener('online', again);
    document.removeEventListener('visibilitychange', again);
  };
}
