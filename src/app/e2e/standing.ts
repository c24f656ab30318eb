import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newDevice, picture } from '../../../tools/browser.ts';
import { buildRooms, staleRooms } from '../operations/build.ts';
import { SESSION_COOKIE } from '../server.ts';
import { serveRooms } from '../static.ts';
import { type System, openSystem } from '../system.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { accountStream } from '../../accounts/model.ts';
import { openSession } from '../../accounts/sessions.ts';
import { loadDemo } from '../../demo/load.ts';
import { freshDatabase } from '../../storage/testing.ts';

/** A county served over HTTP, and devices to look at it with: what every browser test stands on. */
export interface Stage {
  readonly county: TestCounty;
  readonly url: string;
  /** A device of its own: signed in as that official, or nobody's. */
  device(size: { width: number; height: number }, key?: string): Promise<{ page: Page; context: BrowserContext }>;
  /** What stands before the server: answers in its place, or lets a request through (undefined). */
  front: (request: Request) => Response | undefined | Promise<Response | undefined>;
  stop(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const [county, served] = await Promise.all([startCounty(), serving()]);
  const stage: Stage = {
    county,
    url: '',
    device: () => Promise.reject(new Error('not yet')),
    front: () => undefined,
    async stop() {
      await close();
      await county.stop();
    },
  };
  const { url, device, close } = await served(
    county.app,
    async (key) => (await county.as(key)).cookie!,
    (request) => stage.front(request),
  );
  return Object.assign(stage, { url, device });
}

/** The demo county served over HTTP: every page of it has something to show. */
export interface DemoStage extends Pick<Stage, 'url' | 'device' | 'stop'> {
  readonly system: System;
  readonly code: number;
}

export async function openDemo(): Promise<DemoStage> {
  const database = await freshDatabase();
  const system = openSystem(database, { key: randomBytes(32), publicUrl: 'http://localhost:8080' });
  const [{ county: code }, served] = await Promise.all([loadDemo(system, { full: false }), serving()]);
  const { url, device, close } = await served(await system.serve(code), async (login) => {
    const { rows } = await database.pool.query<{ official: string }>(
      `select official from account where county = $1 and login = $2 and state = 'open'`,
      [code, login],
    );
    const { official } = rows[0]!;
    const { token } = await openSession(
      system.ledger.query,
      code,
      { account: accountStream(official), official, device: '测试', address: '127.0.0.1' },
      new Date().toISOString(),
      { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 },
    );
    return token;
  });
  return {
    system,
    code,
    url,
    device,
    async stop() {
      await close();
      await database.drop();
    },
  };
}

/** A browser and the rooms, built where they are stale; what comes back serves a county to devices. */
async function serving() {
  const stale = staleRooms();
  const [browser] = await Promise.all([launchBrowser(), stale === undefined ? undefined : buildRooms(stale)]);
  return async (
    app: TestCounty['app'],
    session: (key: string) => Promise<string>,
    front: Stage['front'] = () => undefined,
  ) => {
    serveRooms(app);
    const server = await new Promise<ServerType>((up) => {
      const fetch: typeof app.fetch = async (request, ...more) =>
        (await front(request)) ?? (await app.fetch(request, ...more));
      const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => up(started));
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url,
      async device(size: { width: number; height: number }, key?: string) {
        const context = await newDevice(browser, size);
        context.setDefaultTimeout(15_000);
        if (key !== undefined) await context.addCookies([{ name: SESSION_COOKIE, value: await session(key), url }]);
        const page = await context.newPage();
        page.setDefaultNavigationTimeout(20_000);
        return { page, context };
      },
      async close() {
        await browser.close();
        await new Promise((down) => server.close(down));
      },
    };
  };
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
