import { type Change, type Disk, type Drawer, drawers } from '../../sync/phone.ts';

/**
 * The phone's own storage: IndexedDB, every cell sealed with AES-256-GCM under a key that WebCrypto holds and gives to
 * nobody, not even to this page. Each official has a database of their own. Signing out deletes it with its key.
 *
 * This keeps out whoever copies the files of the browser or restores them elsewhere, and whoever signs in after
 * another. It does not keep out someone who holds the unlocked phone with the room open: that is what the phone's own
 * lock, locking it from the desk, and the days without contact are for.
 */
export interface Safe extends Disk {
  /** Seals the phone's rescue file under what the server issued; undefined where it was never issued. */
  sealRescue(text: string, device: string): Promise<{ nonce: string; box: string } | undefined>;
  keepSecret(secret: string): Promise<void>;
  hasSecret(): Promise<boolean>;
  /** Deletes the database with its key. */
  destroy(): Promise<void>;
}

/** Whether this browser can keep anything safely: over plain HTTP it offers neither encryption nor work without network. */
export const canKeep = (): boolean => globalThis.crypto?.subtle !== undefined && globalThis.indexedDB !== undefined;

const NONCE = 12;
const text = new TextEncoder();
const RESCUE_INFO = 'minqing rescue 1';

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.addEventListener('success', () => done(request.result));
    request.addEventListener('error', () => failed(request.error ?? new Error('the storage refused')));
  });
const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((done, failed) => {
    transaction.addEventListener('complete', () => done());
    const no = (): void => failed(transaction.error ?? new Error('the storage refused'));
    transaction.addEventListener('abort', no);
    transaction.addEventListener('error', no);
  });

const nameOf = (official: string): string => `minqing-${official}`;

/** Opens an official's storage, making it with a new key where there is none. */
export async function openSafe(official: string): Promise<Safe> {
  const opening = indexedDB.open(nameOf(official), 1);
  opening.addEventListener('upgradeneeded', () => {
    for (const drawer of ['key', ...drawers]) opening.result.createObjectStore(drawer);
  });
  const db = await asked(opening);
  db.addEventListener('versionchange', () => db.close());
  const keyOf = (name: string): Promise<CryptoKey | undefined> =>
    asked(db.transaction('key').objectStore('key').get(name) as IDBRequest<CryptoKey | undefined>);
  const putKey = async (name: string, key: CryptoKey): Promise<void> => {
    const transaction = db.transaction('key', 'readwrite');
    transaction.objectStore('key').put(key, name);
    await finished(transaction);
  };
  let key = await keyOf('box');
  if (key === undefined) {
    key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await putKey('box', key);
  }
  const boxKey = key;
  // A cell moved into another's place, or another official's, does not open.
  const place = (drawer: Drawer, name: string) => text.encode(`${official} ${drawer} ${name}`);
  const seal = async (drawer: Drawer, name: string, bytes: Uint8Array): Promise<Uint8Array> => {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const box = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: place(drawer, name) },
      boxKey,
      bytes as BufferSource,
    );
    const out = new Uint8Array(NONCE + box.byteLength);
    out.set(iv);
    out.set(new Uint8Array(box), NONCE);
    return out;
  };
  const open = async (drawer: Drawer, name: string, box: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(
      await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: box.subarray(0, NONCE) as BufferSource, additionalData: place(drawer, name) },
        boxKey,
        box.subarray(NONCE) as BufferSource,
      ),
    );

  return {
    async read(drawer, name) {
      const store = db.transaction(drawer).objectStore(drawer);
      const [names, boxes] = await Promise.all([
        asked(store.getAllKeys(name)),
        asked(store.getAll(name) as IDBRequest<Uint8Array[]>),
      ]);
      const opened = await Promise.all(
        boxes.map(async (box, i) => {
          try {
            return [[String(names[i]), await open(drawer, String(names[i]), box)] as const];
          } catch {
            // A damaged cell is as good as gone; what it held is asked for again.
            return [];
          }
        }),
      );
      return opened.flat();
    },
    async write(changes: readonly Change[]) {
      const sealed = await Promise.all(
        changes.map(async ({ drawer, key: name, bytes }) =>
          name === undefined || bytes === undefined ? undefined : await seal(drawer, name, bytes),
        ),
      );
      const transaction = db.transaction([...new Set(changes.map((c) => c.drawer))], 'readwrite', {
        // What a person wrote must be on the disk; what the server can send again need not be at once.
        durability: changes.some((c) => c.drawer === 'item') ? 'strict' : 'relaxed',
      });
      for (const [i, { drawer, key: name }] of changes.entries()) {
        const store = transaction.objectStore(drawer);
        if (name === undefined) store.clear();
        else if (sealed[i] === undefined) store.delete(name);
        else store.put(sealed[i], name);
      }
      // Said at once: left to itself it commits only after every request has been answered here.
      transaction.commit();
      await finished(transaction);
    },
    async keepSecret(secret) {
      const bytes = Uint8Array.from(atob(secret), (c) => c.charCodeAt(0));
      await putKey('rescue', await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']));
    },
    hasSecret: async () => (await keyOf('rescue')) !== undefined,
    async sealRescue(words, device) {
      const secret = await keyOf('rescue');
      if (secret === undefined) return undefined;
      const rescue = await crypto.subtle.deriveKey(
        { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode(RESCUE_INFO) },
        secret,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt'],
      );
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      const box = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: text.encode(device) },
        rescue,
        text.encode(words),
      );
      return { nonce: base64(iv), box: base64(new Uint8Array(box)) };
    },
    async destroy() {
      db.close();
      await destroyFiles(official);
    },
  };
}

/** All that is kept for an official goes; a page that has it open lets go of it. */
export async function destroyFiles(official: string): Promise<void> {
  await asked(indexedDB.deleteDatabase(nameOf(official)) as IDBRequest<unknown>);
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
