import { type AxeResults, source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PHONE, WIDE } from '../../../tools/browser.ts';
import { type Stage, openStage } from './standing.ts';

// A whole browser on a machine that may be busy with other tests; the rooms may have to be built first.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WORDS = '柳河村二组水渠堵了，浇不上地。渠堵了快俩月了，找过村里两回。';

let stage: Stage;
let matter: string;
beforeAll(async () => {
  stage = await openStage();
  ({ matter } = await lived(stage));
});
afterAll(() => stage.stop());

/** A county in which something has happened: a household was visited, one matter is under way and one is late. */
async function lived({ county }: Stage): Promise<{ matter: string }> {
  const [field, clerk, handler] = await Promise.all([county.as('field'), county.as('clerk'), county.as('handler')]);
  const [household, resident, visit] = [county.newId(), county.newId(), county.newId()];
  await clerk.post(`/api/households/${household}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    contact: county.id('field'),
    residents: [{ id: resident, name: '陈秀英', relation: '户主', bornYear: 1958, phone: '19000001234' }],
  });
  const recorded = await field.post(`/api/visits/${visit}/record`, {
    household,
    contact: 'met',
    note: '渠堵了快俩月了。',
    metAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
    needs: [{ words: '二组水渠堵了，浇不上地', resident }],
    promises: [],
    withWhom: [resident],
  });
  const id: string = recorded.body.followed[0].stream;
  expect(
    (await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water, category: '0301' })).body,
  ).toMatchObject({ accepted: true });
  await handler.post(`/api/matters/${id}/acknowledge`, {
    leader: county.id('waterhead'),
    handler: county.id('handler'),
    measures: '安排挖机清淤',
  });
  const late = county.newId();
  await clerk.post(`/api/matters/${late}/register`, {
    channel: '窗口',
    subject: '路灯不亮',
    area: county.places.village,
  });
  await county.database.pool.query(`update matter set due = now() - interval '3 days' where id = $1`, [late]);
  return { matter: id };
}

type Look = 'plain' | 'dark' | 'large';

/** A device with its look chosen, where the portal reads it and where the rooms do, and somebody signed in. */
async function device(size: { width: number; height: number }, look: Look = 'plain', who?: string) {
  const opened = await stage.device(size, who);
  const chosen = { plain: [], dark: [{ name: 'theme', value: 'dark' }], large: [{ name: 'type', value: 'large' }] }[
    look
  ];
  await opened.context.addCookies(chosen.map((cookie) => ({ ...cookie, url: stage.url })));
  await opened.context.addInitScript((entries) => {
    for (const { name, value } of entries) localStorage.setItem(name, value);
  }, chosen);
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
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], .choose-coming') === null);
}

/**
 * What axe finds against WCAG 2.2 AA, each with where it is. Dark changes colours and large type sizes, and nothing
 * else of a page: there only the rules about these are asked again.
 */
async function violations(page: Page, look: Look = 'plain'): Promise<string[]> {
  // Given to the browser from outside: the pages' own policy lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
    {
      runOnly: look === 'plain' ? WCAG : ['color-contrast', 'target-size', 'link-in-text-block'],
      resultTypes: ['violations'],
    },
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((n) => `${id}: ${n.html.slice(0, 160)} (${n.any[0]?.message ?? n.all[0]?.message ?? ''})`),
  );
}

interface Room {
  readonly who?: string;
  readonly pages: () => readonly string[];
}
const rooms = {
  portal: { pages: () => ['/', '/say', '/progress', '/officials', '/overdue', '/done', '/help', '/sign-in'] },
  desk: {
    who: 'clerk',
    pages: () => [
      '/desk',
      '/desk/matters',
      `/desk/matters/${matter}`,
      '/desk/register',
      '/desk/duties',
      '/desk/going',
      '/desk/going/pairs',
      '/desk/going/festivals',
      '/desk/going/burden',
      '/desk/campaigns?template=villages-firms',
      '/desk/teams',
      '/desk/team-gaps',
    ],
  },
  field: {
    who: 'field',
    pages: () => [
      '/field',
      '/field/write',
      '/field/me',
      '/field/duties',
      '/field/labour',
      '/field/labour/write',
      '/field/campaigns',
      '/field/occasion',
    ],
  },
} satisfies Record<string, Room>;
type RoomName = keyof typeof rooms;

const cases = (Object.keys(rooms) as RoomName[]).flatMap((room) =>
  ([PHONE, WIDE] as const).map((size) => ({ room, ...size })),
);

test.each(cases)(
  '[L11] WCAG 2.2 AA: axe finds nothing in the $room room at $width px, light, dark and large',
  async ({ room, ...size }) => {
    const { who, pages }: Room = rooms[room];
    const { page, context } = await device(size, 'plain', who);
    const found: Record<string, string[]> = {};
    for (const address of pages()) {
      await open(page, address);
      for (const look of ['plain', 'dark', 'large'] as const) {
        await turn(page, look);
        const faults = await violations(page, look);
        if (faults.length > 0) found[`${address} ${look}`] = faults;
      }
    }
    await context.close();
    expect(found).toEqual({});
  },
);

test('[L11] WCAG 2.2 AA: axe finds nothing in English, and the script speaks it too', async () => {
  const { page, context } = await device(PHONE);
  await context.addCookies([{ name: 'lang', value: 'en', url: stage.url }]);
  for (const address of ['/', '/say', '/sign-in']) {
    await open(page, address);
    expect(await violations(page), address).toEqual([]);
  }
  await open(page, '/say');
  expect(await page.locator('#place').innerText()).toContain('Village, in Chinese or pinyin');
  expect(await page.locator('#place').innerText()).not.toMatch(/\p{Script=Han}/u);
  await context.close();
});

const NARROW = { width: 320, height: 640 };
test.each(['portal', 'field'] as const)(
  '[L11] large type at 320 px: nothing of the %s room runs out of the screen',
  async (room) => {
    const { who, pages }: Room = rooms[room];
    const { page, context } = await device(NARROW, 'large', who);
    const wider: string[] = [];
    for (const address of pages()) {
      await open(page, address);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > NARROW.width) wider.push(`${address}: ${width} px`);
    }
    await context.close();
    expect(wider).toEqual([]);
  },
);

describe('by keyboard alone', () => {
  test('[L11] Tab reaches everything on the form, in its order, always with a ring around it', async () => {
    const { page, context } = await device(PHONE);
    await open(page, '/say');
    const all = await page.evaluate(() => {
      const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')];
      return controls
        .filter(
          (e) =>
            e.checkVisibility() &&
            e.closest('[aria-hidden=true]') === null &&
            (e as HTMLInputElement).type !== 'hidden',
        )
        .map((e) => (e.id === '' ? (e.textContent || e.getAttribute('name') || '').trim() : e.id));
    });
    const reached: string[] = [];
    for (let i = 0; i < all.length; i++) {
      await page.keyboard.press('Tab');
      const { name, ring } = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(e);
        return {
          name: (e.id === '' ? e.textContent || e.getAttribute('name') || '' : e.id).trim(),
          ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        };
      });
      expect(ring, `a ring around ${name}`).toBe(true);
      reached.push(name);
    }
    expect(reached).toEqual(all);
    await context.close();
  });

  test('[L11] a matter is filed and its number and code stand on the page', async () => {
    const { page, context } = await device(WIDE);
    await open(page, '/');
    const to = async (selector: string): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    await to('a[href="/say"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/say');
    await to('#what');
    await page.keyboard.type(WORDS);
    await to('#place-find');
    await page.keyboard.type('liuhe');
    await page.locator('#place-hits button').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (document.querySelector('#village') as HTMLSelectElement).value !== '');
    await to('button.main');
    await page.keyboard.press('Enter');
    await page.locator('.ticket .number').first().waitFor();
    expect((await page.locator('.ticket .number').first().innerText()).replace(/\s/g, '')).toMatch(/^QH\d+$/);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});
