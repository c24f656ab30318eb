import { Dexie } from 'dexie';
import PouchDB from 'pouchdb';
import { contact, openRoom, statusNow } from '../app/field/engine.ts';
import { outbox } from '../app/field/outbox.ts';
import { newId } from '../app/ui/client.ts';

/** What the page of the sync measurement can do. Built for the browser; the product's own client does our part of it. */
const bench = {
  /** Opens the room on an empty phone until every file is usable (s). */
  async ours(): Promise<{ seconds: number; households: number }> {
    const began = performance.now();
    await openRoom();
    await contact();
    if (!statusNow().complete) throw new Error(`the first load did not end: ${JSON.stringify(statusNow())}`);
    return { seconds: (performance.now() - began) / 1000, households: statusNow().households };
  },
  /** Writes so many notes without network. */
  async write(count: number, households: readonly string[]): Promise<number> {
    outbox.online = false;
    for (let i = 0; i < count; i++)
      await outbox.send({
        kind: 'visit.record',
        stream: newId(),
        title: '记一笔',
        data: {
          household: households[i % households.length]!,
          contact: 'met',
          note: `第 ${i} 户说，渠修好了，水来得比去年早，想问问补贴什么时候发。`,
          needs: [],
          promises: [],
          metAt: new Date().toISOString(),
          withWhom: [],
        },
      });
    return outbox.all().filter((item) => item.state === 'stored').length;
  },
  /** Sends what waits until each has its verdict (s). */
  async up(): Promise<{ seconds: number; accepted: number }> {
    const began = performance.now();
    await outbox.flush();
    const accepted = outbox.all().filter((item) => item.state === 'accepted').length;
    return { seconds: (performance.now() - began) / 1000, accepted };
  },
  /** Follows what others changed (s). */
  async down(): Promise<number> {
    const began = performance.now();
    await contact();
    return (performance.now() - began) / 1000;
  },
  /** PouchDB with its defaults, from a server's database of the same records (s). */
  async pouch(url: string): Promise<{ seconds: number; households: number }> {
    const began = performance.now();
    const local = new PouchDB('files', { adapter: 'idb' });
    await local.replicate.from(new PouchDB(url));
    const seconds = (performance.now() - began) / 1000;
    return { seconds, households: (await local.info()).doc_count };
  },
  /** One gzip NDJSON put into IndexedDB through Dexie (s). */
  async floor(url: string): Promise<{ seconds: number; households: number }> {
    const began = performance.now();
    const db = new Dexie('floor');
    db.version(1).stores({ files: '_id' });
    const lines = (await (await fetch(url)).text()).split('\n').filter((line) => line !== '');
    await db.table('files').bulkPut(lines.map((line) => JSON.parse(line) as object));
    const seconds = (performance.now() - began) / 1000;
    return { seconds, households: await db.table('files').count() };
  },
};
export type SyncPage = typeof bench;
Object.assign(globalThis, { bench });
