import { type AxeResults, source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PHONE, WIDE } from '../../../tools/browser.ts';
import { type RoomName, type Visited, patterns, visitedPages } from './pages.ts';
import { type DemoStage, openDemo } from './standing.ts';

// A whole browser on a machine that may be busy with other tests; the rooms and the county have to be made first.
vi.setConfig({ testTimeout: 480_000, hookTimeout: 400_000 });

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What may change with the width of the screen or the look; the other rules ask the same of the same elements. */
const OF_LOOKS = ['color-contrast', 'target-size', 'link-in-text-block'];

let stage: DemoStage;
let pages: Record<RoomName, Visited[]>;
beforeAll(async () => {
  stage = await openDemo();
  pages = await visitedPages(stage);
});
afterAll(() => stage?.stop());

type Look = 'plain' | 'dark' | 'large';
const chosen: Record<Look, readonly { name: string; value: string }[]> = {
  plain: [],
  dark: [{ name: 'theme', value: 'dark' }],
  large: [{ name: 'type', value: 'large' }],
};

/** A device with its look chosen, where the portal reads it and where the rooms do, and somebody signed in. */
async function device(size: { width: number; height: number }, look: Look = 'plain', who?: string) {
  const opened = await stage.device(size, who);
  await opened.context.addCookies(chosen[look].map((cookie) => ({ ...cookie, url: stage.url })));
  await opened.context.addInitScript((entries) => {
    for (const { name, value } of entries) localStorage.setItem(name, value);
  }, chosen[look]);
  return opened;
}

/** Turns the look of an open page: on the page itself, and as another window of the rooms would. */
const turn = (page: Page, look: Look): Promise<void> =>
  page.evaluate((wanted) => {
    for (const [name, on] of [
      ['theme', 'dark'],
      ['type', 'large'],
    ] as const) {
      if (wanted === on) localStorage.setItem(name, on);
      else localStorage.removeItem(name);
      if (wanted === on) document.documentElement.dataset[name] = on;
      else delete document.documentElement.dataset[name];
    }
    dispatchEvent(new StorageEvent('storage'));
  }, look);

/** Opens a page and waits until it shows what it is about and nothing of it is still on its way. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${stage.url}${address}`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await settled(page);
}
const settled = async (page: Page): Promise<void> =>
  void (await page.waitForFunction(() => document.querySelector('[aria-busy=true], .choose-coming') === null));

/** What axe finds, each with where it is. */
async function violations(page: Page, rules: readonly string[] = WCAG): Promise<string[]> {
  // Given to the browser from outside: the pages' own policy lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
    { runOnly: [...rules], resultTypes: ['violations'] },
  );
  // One of each kind with how many there are: a list repeats its fault in each row.
  return found.map(({ id, nodes }) => {
    const { html, any, all } = nodes[0]!;
    return `${id}, ${nodes.length} times: ${html.slice(0, 160)} (${any[0]?.message ?? all[0]?.message ?? ''})`;
  });
}

/** What runs out of the screen sideways. */
const overflow = async (page: Page): Promise<string[]> => {
  const { wide, screen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  return wide > screen ? [`${wide} px on a screen of ${screen}`] : [];
};

/** A page that did not come is no page without faults. */
const missing = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.trouble')].map((trouble) => `did not come: ${trouble.textContent}`),
  );

/** Walks pages with several devices at once: axe and the server take turns. */
async function walk(
  visited: readonly Visited[],
  size: { width: number; height: number },
  look: (page: Page, one: Visited) => Promise<string[]>,
  language?: 'en',
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const rest = visited.toSorted((a, b) => (a.who ?? '').localeCompare(b.who ?? ''));
  const one = async (): Promise<void> => {
    let at: { who: string | undefined; page: Page; close(): Promise<void> } | undefined;
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      if (at === undefined || at.who !== next.who) {
        await at?.close();
        const { page, context } = await device(size, 'plain', next.who);
        if (language !== undefined) await context.addCookies([{ name: 'lang', value: language, url: stage.url }]);
        at = { who: next.who, page, close: () => context.close() };
      }
      const faults = await look(at.page, next).catch((error: Error) => [error.message]);
      if (faults.length > 0) found[next.pattern] = faults;
    }
    await at?.close();
  };
  await Promise.all([one(), one(), one()]);
  return found;
}

const rooms = Object.keys(patterns) as RoomName[];

describe('every page', () => {
  test.each(rooms)('[L11] of the %s room is looked at: a page added without an address here fails', (room) => {
    expect(patterns[room].length).toBeGreaterThan(15);
    expect(pages[room].map(({ pattern }) => pattern)).toEqual(patterns[room]);
  });

  test.each(rooms)(
    '[L11] WCAG 2.2 AA: axe finds nothing on any page of the %s room, and none runs out of a phone or a wide screen',
    async (room) => {
      // The room's own width first; at the other one only what a width can change.
      const [first, second] = room === 'desk' ? [WIDE, PHONE] : [PHONE, WIDE];
      const found = await walk(pages[room], first, async (page, { address }) => {
        await page.setViewportSize(first);
        await open(page, address);
        const faults = [...(await missing(page)), ...(await violations(page)), ...(await overflow(page))];
        await page.setViewportSize(second);
        await settled(page);
        const there = [...(await violations(page, ['target-size'])), ...(await overflow(page))];
        return [...faults, ...there.map((fault) => `at ${second.width} px: ${fault}`)];
      });
      expect(found).toEqual({});
    },
  );
});

/**
 * Dark changes colours, large type sizes, English the length of words, and nothing else of a page. They are looked at
 * on one page of each make: a list with rows and marks, a record with its story, a form, figures with a drawing, a
 * calendar, a tree, a rule document, and on the portal every page that stands alone.
 */
const ofEachMake: Record<RoomName, (pattern: string) => boolean> = {
  portal: (pattern) => !pattern.includes(':') || /^\/(progress|sign|pair)\/:\w+$/.test(pattern),
  desk: (pattern) =>
    [
      '/desk',
      '/desk/matters/$id',
      '/desk/register',
      '/desk/statistics',
      '/desk/duties',
      '/desk/campaigns/$id',
      '/desk/premises',
      '/desk/phones',
      '/desk/organisation',
      '/desk/policies/calendar',
      '/desk/policies/$name',
      // Casework: each list, a record of each kind, what is set and what is counted.
      '/desk/matters',
      '/desk/alike',
      '/desk/hotspots',
      '/desk/hotspots/$id',
      '/desk/notices',
      '/desk/policies/notices',
      '/desk/orders',
      '/desk/orders/check',
      '/desk/routing/bounces',
      '/desk/routing/policies',
      '/desk/reviews',
      '/desk/reviews/$id',
      '/desk/papers',
      '/desk/reception',
      '/desk/reception/rotas/$id',
      '/desk/reception/hall',
      '/desk/reception/hall/$id',
      '/desk/reception/dialogues',
      '/desk/disputes',
      '/desk/disputes/$id',
      '/desk/disputes/sweeps',
      '/desk/hard-cases',
      '/desk/hard-cases/backlog',
      '/desk/hard-cases/campaigns/$id',
      '/desk/suggestions',
      '/desk/suggestions/$id',
      '/desk/tip-offs',
      '/desk/tip-offs/$id',
      '/desk/meetings',
      '/desk/meetings/$id',
      '/desk/meetings/responsibility',
    ].includes(pattern),
  field: (pattern) =>
    [
      '/field',
      '/field/household/:id',
      '/field/write',
      '/field/sign/:visit',
      '/field/visit/:id',
      '/field/duties',
      '/field/labour',
      '/field/me',
    ].includes(pattern),
};
const someOf = (room: RoomName): Visited[] => pages[room].filter(({ pattern }) => ofEachMake[room](pattern));

test.each(rooms)('[L11] in dark colours and in large type: axe finds nothing in the %s room', async (room) => {
  expect(someOf(room).length).toBeGreaterThan(7);
  const found = await walk(someOf(room), room === 'desk' ? WIDE : PHONE, async (page, { address }) => {
    await open(page, address);
    const faults: string[] = [];
    for (const look of ['dark', 'large'] as const) {
      await turn(page, look);
      const these = [...(await violations(page, OF_LOOKS)), ...(await overflow(page))];
      faults.push(...these.map((fault) => `${look}: ${fault}`));
    }
    await turn(page, 'plain');
    return faults;
  });
  expect(found).toEqual({});
});

test.each(rooms)(
  '[L11] in English: axe finds nothing in the %s room, and nothing runs out of a phone',
  async (room) => {
    const found = await walk(
      someOf(room),
      PHONE,
      async (page, { address }) => {
        await open(page, address);
        const lang = await page.evaluate(() => document.documentElement.lang);
        return [
          ...(await violations(page)),
          ...(await overflow(page)),
          ...(lang === 'en' ? [] : [`says that it is in ${lang}`]),
        ];
      },
      'en',
    );
    expect(found).toEqual({});
  },
);

test('[L11] the script of the portal speaks English too', async () => {
  const { page, context } = await device(PHONE);
  await context.addCookies([{ name: 'lang', value: 'en', url: stage.url }]);
  await open(page, '/say');
  expect(await page.locator('#place').innerText()).toContain('Village, in Chinese or pinyin');
  await context.close();
});

/** What can be pressed or filled in, and does not lie in sight when one goes to it: out of the screen, or under something. */
const hidden = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, select, textarea)')];
    return controls.flatMap((control) => {
      // A choice is pressed by its words.
      const e = control.matches('[type=radio], [type=checkbox], [type=file]') ? control.closest('label') : control;
      if (e === null || !e.checkVisibility() || e.closest('[aria-hidden=true], .skip') !== null) return [];
      e.scrollIntoView({ block: 'center', inline: 'nearest' });
      const { left, right, top, bottom, width } = e.getClientRects()[0] ?? e.getBoundingClientRect();
      if (width === 0 || (e as HTMLInputElement).type === 'hidden') return [];
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen = at !== null && (e.contains(at) || at.contains(e));
      const within = left >= -1 && right <= innerWidth + 1;
      const name = (e.textContent || e.getAttribute('name') || e.id).trim().slice(0, 30);
      return seen && within ? [] : [`${within ? 'under something' : 'out of the screen'}: ${name}`];
    });
  });

/** Half the width of a phone is what stays of it at 200 %. */
const situations = [
  { said: 'at 200 %', size: { width: 195, height: 422 }, look: 'plain' },
  { said: 'in large type at 390 px', size: PHONE, look: 'large' },
  { said: 'in large type at 320 px', size: { width: 320, height: 640 }, look: 'large' },
] as const;
test.each(['portal', 'field'] as const)(
  '[L11] at 200 % and in large type: nothing of the %s room is lost, and every control can be got at',
  async (room) => {
    const found = await walk(pages[room], PHONE, async (page, { address }) => {
      await open(page, address);
      const faults: string[] = [];
      for (const { said, size, look } of situations) {
        await page.setViewportSize(size);
        await turn(page, look);
        const these = [...(await overflow(page)), ...(await hidden(page))];
        faults.push(...these.map((fault) => `${said}: ${fault}`));
      }
      await turn(page, 'plain');
      return faults;
    });
    expect(found).toEqual({});
  },
);
