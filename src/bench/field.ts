import type { Page } from 'playwright-core';
import { PHONE, launchBrowser } from '../../tools/browser.ts';
import { buildRooms, staleRooms } from '../app/operations/build.ts';
import { emptyCounty, village } from './carry.ts';
import { type Report, round, say } from './figures.ts';
import { cookieOf, inFolder, openIn, sealed, startServer } from './house.ts';

const HOUSEHOLDS = 5_000;
const SLOWER = 4;
const TIMES = 7;
/** A line of today's list: the page before has lines of its own. */
const HOME = '.rows a.row[href^="/field/household/"]';

/**
 * The phone room at 5,000 households in Chromium slowed down four times, in flight mode: from the touch to what was
 * asked for standing on the screen. Opening is a whole new page from the worker's cache and the sealed files.
 */
export const run = (quick: boolean): Promise<Report> =>
  inFolder(async (folder) => {
    const stale = staleRooms();
    if (stale !== undefined) {
      say('building the rooms');
      await buildRooms(stale);
    }
    const server = await startServer(folder);
    const house = await openIn(folder);
    const browser = await launchBrowser();
    try {
      const at = await emptyCounty(house);
      const count = quick ? HOUSEHOLDS / 10 : HOUSEHOLDS;
      say(`making ${count} households`);
      const made = await village(house, at, '甲', count, 1);
      await sealed(house);
      const origin = `http://127.0.0.1:${server.port}`;
      const cookie = await cookieOf(house, at.county, made.officials[0]!);
      const context = await browser.newContext({ viewport: PHONE });
      const cut = cookie.indexOf('=');
      await context.addCookies([{ name: cookie.slice(0, cut), value: cookie.slice(cut + 1), url: origin }]);
      const page = await context.newPage();
      await page.goto(`${origin}/field`);
      await page.locator(HOME).first().waitFor({ timeout: 60_000 });
      await page.locator('.strip').getByText('对过').first().waitFor({ timeout: 60_000 });
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        while (navigator.serviceWorker.controller === null) await new Promise((next) => setTimeout(next, 50));
      });
      await context.setOffline(true);
      const cdp = await context.newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      const opens: number[] = [];
      for (let i = 0; i < (quick ? 2 : 3); i++) {
        await page.goto(`${origin}/field`);
        await page.locator(HOME).first().waitFor();
        opens.push(await page.evaluate(() => performance.getEntriesByName('今天').at(-1)!.startTime));
        say(`opened in ${opens.at(-1)!.toFixed(0)} ms`);
      }
      const lists: number[] = [];
      const searches: number[] = [];
      const saves: number[] = [];
      for (let i = 0; i < (quick ? 3 : TIMES); i++) {
        await page.locator('nav a[href="/field/me"]').click();
        await page.getByRole('heading', { name: '我的' }).waitFor();
        await page.waitForTimeout(200);
        lists.push(await from(page, 'nav a[href="/field"]', HOME));
        await page.locator('.foot a[href="/field/write"]').click();
        await page.locator('.find .row.pick').first().waitFor();
        await page.waitForTimeout(300);
        searches.push(await typed(page, ['w', 'l', 'z'][i % 3]!));
        await page.locator('.find .row.pick').first().click();
        await page.getByText('见到了').click();
        await page.getByPlaceholder('按原话记').fill('渠修好了，水来得比去年早。');
        await page.waitForTimeout(300);
        saves.push(await from(page, '.foot button[type=submit]', '.ways .button'));
        await page.goto(`${origin}/field`);
        await page.locator(HOME).first().waitFor();
        await page.waitForTimeout(500);
      }
      say(
        `list ${lists.map((n) => n.toFixed(0)).join(' ')}; search ${searches.map((n) => n.toFixed(0)).join(' ')}; save ${saves.map((n) => n.toFixed(0)).join(' ')}`,
      );
      return {
        open_ms: round(middle(opens), 0),
        list_ms: round(middle(lists), 0),
        search_ms: round(middle(searches), 0),
        save_ms: round(middle(saves), 0),
      };
    } finally {
      await browser.close();
      await house.close();
      await server.stop();
    }
  });

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** From touching one thing until another stands on the screen (ms), by the page's own clock. */
const from = (page: Page, touched: string, awaited: string): Promise<number> =>
  page.evaluate(
    ([touch, wait]) =>
      new Promise<number>((done) => {
        const began = performance.now();
        const watch = new MutationObserver(look);
        function look(): void {
          if (document.querySelector(wait) === null) return;
          watch.disconnect();
          requestAnimationFrame(() => done(performance.now() - began));
        }
        watch.observe(document.body, { childList: true, subtree: true });
        document.querySelector<HTMLElement>(touch)!.click();
      }),
    [touched, awaited] as const,
  );

/** From a letter typed into the search until the answer to it stands there (ms). */
const typed = (page: Page, letter: string): Promise<number> =>
  page.evaluate(
    (text) =>
      new Promise<number>((done) => {
        const input = document.querySelector<HTMLInputElement>('.find input')!;
        const list = document.querySelector('.find .rows')!.textContent;
        const began = performance.now();
        const watch = new MutationObserver(() => {
          if (document.querySelector('.find .rows')?.textContent === list) return;
          watch.disconnect();
          requestAnimationFrame(() => done(performance.now() - began));
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, text);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    letter,
  );
