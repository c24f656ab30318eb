import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../tools/browser.ts';
import { buildRooms, staleRooms } from '../app/operations/build.ts';
import { type Report, round, say } from './figures.ts';
import { cookieOf, facesOf, inFolder, openIn, startServer } from './house.ts';

/** A slow 3G line as test laboratories set it, and a processor four times slower than this one. */
const LINE = { offline: false, latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 };
const SLOWER = 4;
/** The page is quiet when neither a long task nor a request came for so long. */
const QUIET_MS = 1_500;
const PATIENCE_MS = 180_000;

const rooms = [
  { name: 'portal', path: '/', as: undefined, width: 360 },
  { name: 'field', path: '/field', as: 'field', width: 360 },
  { name: 'desk', path: '/desk', as: 'clerk', width: 1440 },
] as const;

/**
 * What each room's first page costs. KiB: JavaScript and CSS it loads until it is quiet, each file gzipped by itself;
 * for the portal its HTML too. Seconds to interactive: from navigation, nothing cached, until the first screen stands
 * and the last long task (over 50 ms) is over.
 */
export const run = (quick: boolean): Promise<Report> =>
  inFolder(async (folder) => {
    const fingerprint = staleRooms();
    if (fingerprint !== undefined) {
      say('building the rooms');
      await buildRooms(fingerprint);
    }
    say('making the demo county');
    const server = await startServer(folder, ['demo', '--no-build']);
    const house = await openIn(`${folder}/demo`);
    const browser = await launchBrowser();
    try {
      const [county] = await house.system.counties();
      const faces = await facesOf(house, county!.county);
      const report: Record<string, unknown> = {};
      for (const room of rooms) {
        const cookie =
          room.as === undefined ? undefined : await cookieOf(house, county!.county, faces(room.as).official);
        const runs: { seconds: number; kib: number }[] = [];
        for (let i = 0; i < (quick ? 1 : 3); i++) {
          const seen = await visit(browser, `http://127.0.0.1:${server.port}`, room, cookie);
          say(`${room.name}: ${seen.seconds.toFixed(2)} s, ${seen.kib.toFixed(1)} KiB`);
          runs.push(seen);
        }
        const middle = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)]!;
        report[`${room.name}_kib`] = round(middle.kib, 1);
        report[`${room.name}_tti_s`] = round(middle.seconds);
      }
      return report;
    } finally {
      await browser.close();
      await house.close();
      await server.stop();
    }
  });

async function visit(
  browser: Browser,
  origin: string,
  room: (typeof rooms)[number],
  cookie: string | undefined,
): Promise<{ seconds: number; kib: number }> {
  const context = await browser.newContext({ viewport: { width: room.width, height: 800 }, serviceWorkers: 'block' });
  try {
    if (cookie !== undefined) {
      const at = cookie.indexOf('=');
      await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin }]);
    }
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', LINE);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(watch);
    const bodies: Promise<number>[] = [];
    let last = performance.now();
    let open = 0;
    page.on('request', () => {
      open += 1;
      last = performance.now();
    });
    const over = (): void => {
      open -= 1;
      last = performance.now();
    };
    page.on('requestfailed', over);
    page.on('requestfinished', (request) => {
      over();
      const counted =
        ['script', 'stylesheet'].includes(request.resourceType()) ||
        (room.name === 'portal' && request.resourceType() === 'document');
      if (counted)
        bodies.push(
          request.response().then(async (r) => (r === null ? 0 : gzipSync(await r.body(), { level: 9 }).length)),
        );
    });
    await page.goto(`${origin}${room.path}`, { waitUntil: 'commit', timeout: PATIENCE_MS });
    const began = performance.now();
    for (;;) {
      await new Promise((next) => setTimeout(next, 250));
      const seen = await page.evaluate(() => {
        const { stands, busy } = (globalThis as unknown as { watched: { stands: number; busy: number } }).watched;
        return { stands, busy, now: performance.now() };
      });
      const quiet = open === 0 && performance.now() - last > QUIET_MS && seen.now - seen.busy > QUIET_MS;
      if (seen.stands > 0 && quiet) {
        const sizes = await Promise.all(bodies);
        return { seconds: Math.max(seen.stands, seen.busy) / 1000, kib: sizes.reduce((sum, n) => sum + n, 0) / 1024 };
      }
      if (performance.now() - began > PATIENCE_MS)
        throw new Error(`${room.path} does not come to rest: ${JSON.stringify(seen)}`);
    }
  } finally {
    await context.close();
  }
}

/** Runs in the page: when the first screen stands (words, and no skeleton left) and when the last long task ended. */
function watch(): void {
  const watched = { stands: 0, busy: 0 };
  (globalThis as unknown as { watched: typeof watched }).watched = watched;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) watched.busy = Math.max(watched.busy, task.startTime + task.duration);
  }).observe({ type: 'longtask', buffered: true });
  const look = (): void => {
    const words = document.body?.innerText.trim().length ?? 0;
    const waiting = document.querySelector('[aria-busy="true"], .ant-skeleton, [class*="skeleton"]') !== null;
    if (words > 40 && !waiting) {
      if (watched.stands === 0) watched.stands = performance.now();
    } else watched.stands = 0;
    setTimeout(look, 50);
  };
  look();
}
