import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PHONE, WIDE } from '../../../tools/browser.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { type Stage, openStage, watched } from './standing.ts';

// A whole browser on a machine that may be busy with other tests; the rooms may have to be built first.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

/** Whoever has no mouse: presses keys, and sees at every stop where they are. */
class Hands {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(`${stage.url}${address}`);
    await this.page.locator('h1').first().waitFor({ state: 'attached' });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types what a person types, into what has the focus. */
  async type(words: string): Promise<void> {
    expect(await this.page.evaluate(() => document.activeElement?.matches('input, textarea') ?? false)).toBe(true);
    await this.page.keyboard.type(words);
  }

  /** The name of what has the focus; there must be a ring around it, or around the box it stands in, and all in sight. */
  async here(): Promise<string> {
    const stop = () =>
      this.page.evaluate(() => {
        const e = document.activeElement as HTMLElement;
        const ringed = (of: Element): boolean => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(of);
          return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
        };
        const { top, bottom } = e.getBoundingClientRect();
        const labelled = (e as HTMLInputElement).labels?.[0]?.textContent ?? '';
        return {
          name: (e.getAttribute('aria-label') ?? (labelled || e.textContent || e.id || e.tagName)).trim(),
          ring: [e, e.closest('label'), e.closest('.ant-select')].some((of) => of !== null && ringed(of)),
          inSight: bottom > 0 && top < innerHeight,
          body: e === document.body,
        };
      });
    // A ring may fade in, and what got the focus may still be scrolled to.
    await expect
      .poll(async () => {
        const { name, ring, inSight, body } = await stop();
        return body || (ring && inSight) ? 'seen' : `${name}: ${ring ? 'out of sight' : 'no ring'}`;
      })
      .toBe('seen');
    const { name, body } = await stop();
    return body ? 'nowhere' : name;
  }

  /** Goes on with Tab until a stop of that name; each stop on the way must be seen. */
  async to(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < 90; i++) {
      const at = await this.here();
      if (name.test(at)) return;
      passed.push(at);
      await this.press(key);
    }
    throw new Error(`no stop called ${String(name)}; there were ${passed.join(' | ')}`);
  }

  /** Chooses in a list that one types into. */
  async choose(typed: string, wanted: string): Promise<void> {
    await this.type(typed);
    await this.page.locator('.ant-select-item-option', { hasText: wanted }).first().waitFor();
    await this.press('Enter');
    await expect.poll(() => this.page.locator('.ant-select', { hasText: wanted }).count()).toBeGreaterThan(0);
  }

  shows = (words: string): Promise<void> => this.page.getByText(words).first().waitFor();
}

const handsOf = async (size: { width: number; height: number }, who?: string): Promise<Hands> =>
  new Hands((await stage.device(size, who)).page);

test('[L11] by keyboard alone: a matter is registered, sent out, acknowledged, done and called back', async () => {
  const clerk = await handsOf(WIDE, 'clerk');
  const handler = await handsOf(WIDE, 'handler');
  await watched('keyboard', [clerk.page, handler.page], async () => {
    await clerk.open('/desk');
    await clerk.press('n');
    await clerk.page.waitForURL('**/desk/register');
    // What seldom comes this way is one key away, and the place is where it opened.
    await clerk.to(/^其余 11 种/);
    await clerk.press('Enter');
    await clerk.press('Space');
    expect(await clerk.page.getByRole('radio', { name: '网上说事' }).isChecked()).toBe(true);
    await clerk.page.getByText('其余 11 种').waitFor({ state: 'detached' });
    await clerk.to(/^什么事/);
    await clerk.type('北渠闸口漏水');
    await clerk.to(/^在哪里/);
    await clerk.choose('beiqu', '北渠村');
    await clerk.to(/^姓名/);
    await clerk.type('刘大有');
    await clerk.to(/^电话/);
    await clerk.type('19000001235');
    await clerk.press('Control+Enter');
    await clerk.shows('查询码');

    // What a form offers may come late; whoever is writing meanwhile loses neither the words nor the place.
    let offer: () => void = () => undefined;
    const offered = new Promise<void>((resolve) => (offer = resolve));
    await clerk.page.route('**/api/policies/matters', async (route) => {
      await offered;
      await route.continue();
    });
    await clerk.open('/desk');
    await clerk.to(/北渠闸口漏水/);
    await clerk.press('Enter');
    await clerk.to(/^派单/);
    await clerk.press('Enter');
    await clerk.to(/^派给谁/);
    await clerk.to(/^交代一句/);
    await clerk.type('赶在插秧前');
    offer();
    await clerk.shows('多久办完');
    expect(await clerk.here()).toMatch(/^交代一句/);
    expect(await clerk.page.getByLabel('交代一句').inputValue()).toBe('赶在插秧前');
    // The form closes by Esc and the focus is where it was opened.
    await clerk.press('Escape');
    expect(await clerk.here()).toMatch(/^派单/);
    // The table of keys takes none for the page below it, and closes by Esc too.
    await clerk.press('?', '2');
    await clerk.page.locator('dialog:modal').waitFor();
    expect(await clerk.page.locator('.act-form').count()).toBe(0);
    await clerk.press('Escape');
    await clerk.page.locator('dialog').waitFor({ state: 'detached' });
    expect(await clerk.here()).toMatch(/^派单/);
    await clerk.press('Enter');
    await clerk.to(/^派给谁/);
    await clerk.choose('shuili', '水利局');
    await clerk.press('Control+Enter');
    await clerk.shows('派给水利局');

    await handler.open('/desk');
    await handler.to(/北渠闸口漏水/);
    await handler.press('Enter');
    await handler.to(/^签收/);
    await handler.press('Enter');
    await handler.to(/领导/);
    await handler.choose('陈', '陈局');
    await handler.to(/^(谁来办|承办|具体)/);
    await handler.choose('李', '李强');
    await handler.to(/措施/);
    await handler.type('换止水，今天就去');
    await handler.press('Control+Enter');
    await handler.to(/^更多/);
    await handler.press('Enter');
    // The first of what came is where one goes on.
    expect(await handler.here()).not.toBe('nowhere');
    await handler.to(/^先答复/);
    await handler.press('Enter');
    await handler.to(/答复$/);
    await handler.type('已经派人去看，今天换止水橡皮。');
    await handler.press('Control+Enter');
    await handler.shows('已经派人去看');
    await handler.to(/^定处置/);
    await handler.press('Enter');
    await handler.to(/^为什么/);
    await handler.type('止水老化，换新的');
    await handler.press('Control+Enter');
    await handler.to(/^办结/);
    await handler.press('Enter');
    await handler.to(/答复/);
    await handler.type('闸口的止水橡皮老化了，今天换了新的，已经不漏了。');
    await handler.press('Control+Enter');
    await handler.shows('今天换了新的');

    await clerk.open('/desk/call-backs');
    await clerk.shows('北渠闸口漏水');
    await clerk.to(/^办好了，认可/);
    await clerk.press('Space');
    await clerk.press('Control+Enter');
    // What is missing is said, and the focus stands where it is.
    await clerk.shows('请记下群众说的话');
    expect(await clerk.here()).toMatch(/^原话/);
    await clerk.type('不漏了，谢谢');
    await clerk.press('Control+Enter');
    await clerk.shows('没有等回访的');
    const { matters } = (await (await stage.county.as('clerk')).get('/api/matters?sort=newest')).body;
    expect(matters).toMatchObject([{ subject: '北渠闸口漏水', status: 'closed' }]);
  });
});

test('[L11] by keyboard alone: what was typed outlives Escape, a dispute is written down and followed, an order is given', async () => {
  const clerk = await handsOf(WIDE, 'clerk');
  const inspector = await handsOf(WIDE, 'inspector');
  await watched('keyboard-casework', [clerk.page, inspector.page], async () => {
    await clerk.open('/desk/disputes');
    await clerk.to(/^记一件纠纷/);
    await clerk.press('Enter');
    await clerk.to(/^什么事/);
    await clerk.type('两家为排水沟争执');
    await clerk.press('Escape');
    // The form is gone, the hands are where they opened it, and the words are not lost.
    expect(await clerk.here()).toMatch(/^记一件纠纷/);
    await clerk.press('Enter');
    await clerk.shows('接着上次没办完的写');
    expect(await clerk.page.getByLabel(/^什么事/).inputValue()).toBe('两家为排水沟争执');
    await clerk.to(/^哪一类/);
    await clerk.choose('邻里', '邻里');
    await clerk.to(/^情况/);
    await clerk.type('沟从邻家墙脚过，下雨就渗水，吵了三回');
    await clerk.to(/^在哪儿/);
    await clerk.choose('beiqu', '北渠村');
    await clerk.to(/^哪个单位负责/);
    await clerk.choose('柳河镇', '柳河镇人民政府');
    await clerk.to(/^谁负责/);
    await clerk.choose('王建', '王建军');
    await clerk.to(/^什么时候办结/);
    // In which order a browser asks for day, month and year is the machine's.
    await clerk.page.locator(':focus').fill(addDays(dayOf(new Date().toISOString()), 5));
    await clerk.press('Control+Enter');
    await clerk.page.waitForURL(/\/desk\/disputes\/[0-9a-f-]{36}/);
    await clerk.shows('沟从邻家墙脚过');

    await inspector.open('/desk/orders');
    await inspector.to(/^登记一件/);
    await inspector.press('Enter');
    await inspector.to(/^要办什么/);
    await inspector.type('三起超期的路面塌陷，说明原因，定下办完的日子');
    await inspector.to(/^责任单位/);
    await inspector.choose('zhujian', '住建局');
    await inspector.press('Control+Enter');
    await inspector.page.waitForURL(/\/desk\/orders\/[0-9a-f-]{36}/);
    await inspector.shows('三起超期的路面塌陷');
  });
  const { rows } = (await (await stage.county.as('clerk')).get('/api/disputes')).body;
  expect(rows).toMatchObject([{ subject: '两家为排水沟争执', person: '王建军' }]);
});

test('[L11] by keyboard alone: a household is opened in the field room, a note is written and kept', async () => {
  const { county } = stage;
  const household = county.newId();
  const made = await (
    await county.as('clerk')
  ).post(`/api/households/${household}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    contact: county.id('field'),
    residents: [{ id: county.newId(), name: '陈秀英', relation: '户主', bornYear: 1956, phone: '19000001234' }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  const hands = await handsOf(PHONE, 'field');
  await watched('keyboard-field', [hands.page], async () => {
    await hands.open('/field');
    await hands.shows('陈秀英');
    await hands.to(/陈秀英/);
    await hands.press('Enter');
    await hands.page.waitForURL('**/field/household/*');
    await hands.shows('二组 12 号');
    await hands.to(/^记一笔/);
    await hands.press('Enter');
    await hands.page.waitForURL('**/field/write*');
    await hands.to(/见到了/);
    await hands.press('Space');
    await hands.to(/^他们说了什么/);
    await hands.type('渠堵了快俩月了，二组十几户的麦子都浇不上。');
    await hands.to(/^保存/);
    await hands.press('Enter');
    await hands.page.waitForURL(/\/field\/(sign|household|visit)/);
  });
  const diary = (await (await county.as('field')).get('/api/diary')).body;
  expect(JSON.stringify(diary)).toContain('二组十几户的麦子都浇不上');
});

test('[L11] Tab reaches everything on the form, in its order, always with a ring around it', async () => {
  const { page, context } = await stage.device(PHONE);
  await page.goto(`${stage.url}/say`);
  const all = await page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')];
    return controls
      .filter(
        (e) =>
          e.checkVisibility() && e.closest('[aria-hidden=true]') === null && (e as HTMLInputElement).type !== 'hidden',
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

test('[L11] by keyboard alone: a matter is filed on the portal and its number and code stand on the page', async () => {
  const hands = await handsOf(WIDE);
  const { page } = hands;
  await watched('keyboard-portal', [page], async () => {
    await hands.open('/');
    for (let i = 0; i < 40 && !(await page.evaluate(() => document.activeElement?.matches('a[href="/say"]'))); i++) {
      await hands.press('Tab');
      await hands.here();
    }
    await hands.press('Enter');
    await page.waitForURL('**/say');
    const to = async (selector: string): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await hands.press('Tab');
        await hands.here();
        if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    await to('#what');
    await hands.type('柳河村二组水渠堵了，浇不上地。渠堵了快俩月了，找过村里两回。');
    await to('#place-find');
    await hands.type('liuhe');
    await page.locator('#place-hits button').first().waitFor();
    await hands.press('ArrowDown', 'Enter');
    await page.waitForFunction(() => (document.querySelector('#village') as HTMLSelectElement).value !== '');
    await to('button.main');
    await hands.press('Enter');
    await page.locator('.ticket .number').first().waitFor();
    expect((await page.locator('.ticket .number').first().innerText()).replace(/\s/g, '')).toMatch(/^QH\d+$/);
  });
});
