import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import compression from 'compression';
import express from 'express';
import expressPouch from 'express-pouchdb';
import type { BrowserContext, Page } from 'playwright-core';
import PouchDB from 'pouchdb';
import memory from 'pouchdb-adapter-memory';
import { build } from 'vite';
import { launchBrowser } from '../../tools/browser.ts';
import type { House } from '../app/operations/open.ts';
import { type Disk, Phone } from '../sync/phone.ts';
import type { Pulling } from '../sync/model.ts';
import { newId } from '../ledger/ids.ts';
import { documentsOf, emptyCounty, village } from './carry.ts';
import { type Report, percentile, round, say, timed } from './figures.ts';
import { cookieOf, inFolder, openIn, sealed, startServer } from './house.ts';
import type { SyncPage } from './sync-page.ts';

/** A weak line as one meets it in the hills. */
const LINE = {
  offline: false,
  latency: 100,
  downloadThroughput: (2 * 1024 * 1024) / 8,
  uploadThroughput: (1024 * 1024) / 8,
};
/** What phones of one village share is kept for ten seconds. */
const SHARED_MS = 10_500;
const EACH = 2_000;
const VILLAGES = 5;
const unzip = promisify(gunzip);

interface First {
  readonly ours_s: number;
  readonly pouch_s: number;
  readonly floor_s: number;
  readonly ours_kb: number;
  readonly pouch_kb: number;
  readonly floor_kb: number;
}

/**
 * What it costs a phone to take its files along, in real Chromium: the product's own client (`src/app/field/engine.ts`)
 * against the product's own server over HTTP, with session, access checks, read audit and encryption; PouchDB
 * replicating the same records from express-pouchdb with gzip; and the floor, one gzip NDJSON made beforehand and put
 * into IndexedDB through Dexie.
 */
export const run = (quick: boolean): Promise<Report> =>
  inFolder(async (folder) => {
    const script = await pageScript();
    const server = await startServer(folder);
    const house = await openIn(folder);
    const browser = await launchBrowser();
    const scale = quick ? 0.1 : 1;
    try {
      const at = await emptyCounty(house);
      const first: Record<string, First> = {};
      const origin = `http://127.0.0.1:${server.port}`;
      const rest: Record<string, unknown> = {};
      for (const n of [1_000, 5_000, 20_000]) {
        const count = Math.round(n * scale);
        say(`making ${count} households`);
        const made = await village(house, at, `甲${n}`, count, 1);
        await sealed(house);
        const cookie = await cookieOf(house, at.county, made.officials[0]!);
        const others = await otherServer(script, await documentsOf(house, at.county, made.households));
        try {
          const runs = n === 5_000 ? ([`n${n}`, `slow${n}`] as const) : ([`n${n}`] as const);
          for (const name of runs) {
            const line = name.startsWith('slow') ? LINE : undefined;
            // On the fast line each three times, one after the other, and the middle one: a first phone ever meets
            // a server that has just started, and so does PouchDB.
            const times = line === undefined && !quick ? 3 : 1;
            const all: { ours: Loaded[]; pouch: Loaded[]; floor: Loaded[] } = { ours: [], pouch: [], floor: [] };
            for (let i = 0; i < times; i++) {
              // Each phone comes alone: nothing packed for the one before it is still at hand.
              await new Promise((next) => setTimeout(next, quick ? 0 : SHARED_MS));
              all.ours.push(
                await inPage(browser, origin, script, line, cookie, (page) => page.evaluate(() => bench.ours())),
              );
              all.pouch.push(
                await inPage(browser, others.origin, script, line, undefined, (page) =>
                  page.evaluate((url) => bench.pouch(url), others.database),
                ),
              );
              all.floor.push(
                await inPage(browser, others.origin, script, line, undefined, (page) =>
                  page.evaluate((url) => bench.floor(url), `${others.origin}/floor`),
                ),
              );
            }
            const [ours, pouch, floor] = [middle(all.ours), middle(all.pouch), middle(all.floor)];
            for (const { value } of Object.values(all).flat())
              if (value.households !== count) throw new Error(`${value.households} of ${count} households arrived`);
            first[name] = {
              ours_s: round(ours.value.seconds, 3),
              pouch_s: round(pouch.value.seconds, 3),
              floor_s: round(floor.value.seconds, 3),
              ours_kb: round(ours.kb, 0),
              pouch_kb: round(pouch.kb, 0),
              floor_kb: round(floor.kb, 0),
            };
            say(`${name}: ${JSON.stringify(first[name])}`);
          }
          if (n === 5_000)
            Object.assign(
              rest,
              await upAndDown(browser, house, at.county, origin, script, cookie, made.households, quick),
            );
        } finally {
          await others.stop();
        }
      }
      const crowd = await crowdOf(house, at, server.port, scale);
      return { first, ...rest, ...crowd };
    } finally {
      await browser.close();
      await house.close();
      await server.stop();
    }
  });

interface Loaded {
  readonly value: { readonly seconds: number; readonly households: number };
  readonly kb: number;
}
const middle = (runs: readonly Loaded[]): Loaded =>
  runs.toSorted((a, b) => a.value.seconds - b.value.seconds)[Math.floor(runs.length / 2)]!;

/** In the page. */
declare const bench: SyncPage;

/** The measuring page, built the way the room is. */
async function pageScript(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'minqing-bench-page-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
      // Its build for browsers, with all it needs in it.
      resolve: { alias: { pouchdb: join(import.meta.dirname, '../../node_modules/pouchdb/dist/pouchdb.js') } },
      build: {
        outDir: out,
        emptyOutDir: true,
        target: 'es2022',
        lib: { entry: join(import.meta.dirname, 'sync-page.ts'), formats: ['es'], fileName: 'page' },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    });
    const file = readdirSync(out).find((name) => /\.m?js$/.test(name));
    return readFileSync(join(out, file!), 'utf8');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

let named = 0;
/** PouchDB's server with these records, the floor's file, and a page to measure from. */
async function otherServer(
  script: string,
  documents: readonly object[],
): Promise<{ origin: string; database: string; stop(): Promise<void> }> {
  const Local = PouchDB.plugin(memory).defaults({ adapter: 'memory' });
  // Databases in memory outlive the server that named them.
  const name = `files${named++}`;
  await new Local(name).bulkDocs(documents);
  const floor = gzipSync(documents.map((doc) => JSON.stringify(doc)).join('\n'), { level: 6 });
  const app = express();
  app.get('/page', (_, answer) => answer.type('html').send(pageOf(script)));
  app.get('/floor', (_, answer) => answer.type('application/x-ndjson').set('content-encoding', 'gzip').send(floor));
  app.use(compression());
  app.use('/db', expressPouch(Local, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }));
  const server = await new Promise<HttpServer>((up) => {
    const started: HttpServer = app.listen(0, '127.0.0.1', () => up(started));
  });
  const { port } = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    database: `http://127.0.0.1:${port}/db/${name}`,
    stop: () => new Promise((down) => (server.closeAllConnections(), server.close(() => down()))),
  };
}

const pageOf = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;

/** A phone of its own: empty, signed in, on that line. @returns what the job gave, and the KiB that came down meanwhile */
async function inPage<T>(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  origin: string,
  script: string,
  line: typeof LINE | undefined,
  cookie: string | undefined,
  job: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<{ value: T; kb: number }> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    if (cookie !== undefined)
      await context.addCookies([
        { name: cookie.slice(0, cookie.indexOf('=')), value: cookie.slice(cookie.indexOf('=') + 1), url: origin },
      ]);
    const page = await context.newPage();
    page.on('pageerror', (error) => say(String(error)));
    await page.route('**/measure', (route) => route.fulfill({ contentType: 'text/html', body: pageOf(script) }));
    await page.goto(`${origin}/measure`);
    // From here on no request passes through the measuring process.
    await page.unroute('**/measure');
    await page.waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 10_000 });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    if (line !== undefined) await cdp.send('Network.emulateNetworkConditions', line);
    // What came over the line: as the protocol counts it, or the body's own length where it came unpacked (streams are
    // told of too late).
    const came = new Map<string, { line: number; body: number; packed: boolean }>();
    const of = (id: string) => came.get(id) ?? came.set(id, { line: 0, body: 0, packed: false }).get(id)!;
    cdp.on('Network.responseReceived', ({ requestId, response }) => {
      of(requestId).packed = Object.keys(response.headers).some((name) => name.toLowerCase() === 'content-encoding');
    });
    cdp.on('Network.dataReceived', ({ requestId, dataLength }) => void (of(requestId).body += dataLength));
    cdp.on(
      'Network.loadingFinished',
      ({ requestId, encodedDataLength }) => void (of(requestId).line = encodedDataLength),
    );
    const value = await job(page, context);
    // The protocol tells of the last bytes a moment after the page has them.
    await page.waitForTimeout(500);
    const bytes = [...came.values()].reduce((sum, c) => sum + Math.max(c.line, c.packed ? 0 : c.body), 0);
    return { value, kb: bytes / 1024 };
  } finally {
    await context.close();
  }
}

/** Two hundred notes written without network go up; fifty changes by others come down. */
async function upAndDown(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  house: House,
  county: number,
  origin: string,
  script: string,
  cookie: string,
  households: readonly string[],
  quick: boolean,
): Promise<{ up200_s: number; down50_s: number }> {
  const up = quick ? 20 : 200;
  const down = quick ? 5 : 50;
  const { value } = await inPage(browser, origin, script, undefined, cookie, async (page, context) => {
    await page.evaluate(() => bench.ours());
    await context.setOffline(true);
    const kept = await page.evaluate(([count, ids]) => bench.write(count, ids), [up, households.slice(0, up)] as const);
    if (kept !== up) throw new Error(`${kept} of ${up} notes were kept`);
    await context.setOffline(false);
    const sent = await page.evaluate(() => bench.up());
    if (sent.accepted !== up) throw new Error(`${sent.accepted} of ${up} notes were accepted`);
    await page.evaluate(() => bench.down());
    const clerk = {
      county,
      record: 'household',
      actor: 'system:bench',
      at: new Date().toISOString(),
      permit: () => true,
    };
    for (const [i, stream] of households.slice(0, down).entries())
      await house.system.ledger.execute({
        ...clerk,
        id: newId(),
        stream,
        command: { kind: 'household.amend', address: `改过的地址 ${i} 号` } as { kind: string },
      });
    await sealed(house);
    return { up: sent.seconds, down: await page.evaluate(() => bench.down()) };
  });
  say(`up ${value.up.toFixed(2)} s, down ${value.down.toFixed(2)} s`);
  return { up200_s: round(value.up, 3), down50_s: round(value.down, 3) };
}

/** A disk that forgets: in the crowd the server is measured, not the phones. */
const nowhere: Disk = { read: async () => [], write: async () => undefined };

/**
 * Ten and fifty phones at once with 2,000 households each, ten officials to a village: the product's own client logic
 * over HTTP, without a browser, because fifty browsers on this machine would measure themselves. The floor is fifty
 * downloads of the gzip NDJSON made beforehand, from the same kind of process. Meanwhile somebody else works.
 */
async function crowdOf(
  house: House,
  at: Awaited<ReturnType<typeof emptyCounty>>,
  port: number,
  scale: number,
): Promise<Record<string, number>> {
  const phones: string[] = [];
  let documents: object[] = [];
  const each = Math.round(EACH * scale);
  for (let v = 0; v < VILLAGES; v++) {
    say(`making village ${v + 1} of ${VILLAGES}`);
    const made = await village(house, at, `乙${v}`, each, 10);
    for (const official of made.officials) phones.push(await cookieOf(house, at.county, official));
    if (v === 0) documents = await documentsOf(house, at.county, made.households);
  }
  const other = await village(house, at, '丙', Math.round(300 * scale) + 20, 1);
  const worker = await cookieOf(house, at.county, other.officials[0]!);
  await sealed(house);
  // Spread over the villages, as ten phones of ten villages would be.
  const order = Array.from({ length: 50 }, (_, i) => phones[(i % VILLAGES) * 10 + Math.floor(i / VILLAGES)]!);
  /** Somebody works beside the crowd. @returns ends the work and gives its times (s) */
  const work = (): (() => Promise<number[]>) => {
    const thread = new Worker(new URL('./others.ts', import.meta.url), { workerData: { port, cookie: worker } });
    return async () => {
      const told = once(thread, 'message') as Promise<[number[]]>;
      // A thread, not a window: it has no target.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      thread.postMessage('over');
      return (await told)[0];
    };
  };
  const first = async (cookie: string): Promise<void> => {
    const device = newId();
    const phone = new Phone(
      nowhere,
      {
        clock: () => Date.now(),
        gunzip: async (bytes) => (await unzip(bytes)).toString('utf8'),
        async pull(body: Pulling) {
          const answer = await fetchAs(port, cookie, 'POST', '/api/sync/pull', body);
          if (!answer.ok) throw new Error(`the pull was refused: ${await answer.text()}`);
          return answer.body as unknown as AsyncIterable<Uint8Array>;
        },
      },
      { device, official: newId() },
    );
    await phone.contact({});
    if (phone.store.size !== each) throw new Error(`${phone.store.size} of ${each} households arrived`);
  };
  await first(order[0]!);
  const endIdle = work();
  await new Promise((next) => setTimeout(next, 3_000));
  const idleP95 = percentile(await endIdle(), 0.95);

  const ten = await timed(() => Promise.all(order.slice(0, 10).map(first)));
  const endBusy = work();
  // The thread takes a moment to stand; the crowd must not be over by then.
  await new Promise((next) => setTimeout(next, 300));
  const fifty = await timed(() => Promise.all(order.map(first)));
  const busyP95 = percentile(await endBusy(), 0.95);

  const floor = await otherServer('', documents);
  const floorTime = await timed(() =>
    Promise.all(
      order.map(async () => {
        const text = await (await fetch(`${floor.origin}/floor`)).text();
        const rows = text.split('\n').map((line) => JSON.parse(line) as object);
        if (rows.length !== each) throw new Error('the floor is not whole');
      }),
    ),
  );
  await floor.stop();
  say(
    `10 phones ${ten.seconds.toFixed(2)} s, 50 phones ${fifty.seconds.toFixed(2)} s, floor ${floorTime.seconds.toFixed(2)} s; p95 ${(idleP95 * 1000).toFixed(1)} → ${(busyP95 * 1000).toFixed(1)} ms`,
  );
  return {
    devices10_s: round(ten.seconds, 3),
    devices50_s: round(fifty.seconds, 3),
    devices50_floor_s: round(floorTime.seconds, 3),
    others_p95_ratio: round(busyP95 / idleP95, 2),
  };
}

const fetchAs = (port: number, cookie: string, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
