import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newDevice, picture } from '../../../tools/browser.ts';
import { buildRooms, staleRooms } from '../operations/build.ts';
import { SESSION_COOKIE } from '../server.ts';
import { serveRooms } from '../static.ts';
import { type TestCounty, startCounty } from '../testing.ts';

/** A county served over HTTP, and devices to look at it with: what every browser test stands on. */
export interface Stage {
  readonly county: TestCounty;
  readonly url: string;
  /** A device of its own: signed in as that official, or nobody's. */
  device(size: { width: number; height: number }, key?: string): Promise<{ page: Page; context: BrowserContext }>;
  stop(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const stale = staleRooms();
  const [county, browser] = await Promise.all([
    startCounty(),
    launchBrowser(),
    stale === undefined ? undefined : buildRooms(stale),
  ]);
  serveRooms(county.app);
  const server = await new Promise<ServerType>((up) => {
    const started = serve({ fetch: county.app.fetch, port: 0, hostname: '127.0.0.1' }, () => up(started));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    county,
    url,
    device: (size, key) => deviceOf(browser, county, url, size, key),
    async stop() {
      await browser.close();
      await new Promise((down) => server.close(down));
      await county.stop();
    },
  };
}

async function deviceOf(
  browser: Browser,
  county: TestCounty,
  url: string,
  size: { width: number; height: number },
  key?: string,
) {
  const context = await newDevice(browser, size);
  context.setDefaultTimeout(15_000);
  if (key !== undefined) {
    const { cookie } = await county.as(key);
    await context.addCookies([{ name: SESSION_COOKIE, value: cookie!, url }]);
  }
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(20_000);
  return { page, context };
}

/** Runs a situation; where it stops, a picture of what the person saw is kept. */
export async function watched(name: string, pages: readonly Page[], situation: () => Promise<void>): Promise<void> {
  try {
    await situation();
  } catch (error) {
    for (const [i, page] of pages.entries()) await picture(page, `${name}-stopped-${i + 1}`).catch(() => undefined);
    throw error;
  }
}
