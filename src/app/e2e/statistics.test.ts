import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { drawn, foundCommittee, live } from '../../statistics/testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await foundCommittee(stage.county);
  await live(stage.county, fc.sample(drawn, { numRuns: 300, seed: 3 }), new Date().toISOString(), '看数');
}, 120_000);
afterAll(() => stage.stop());

/** How many lines the list has, read to its end. */
async function linesOn(page: Page): Promise<number> {
  await page.locator('table.lines tbody tr').first().waitFor();
  const more = page.getByRole('button', { name: '接着看下面的' });
  for (;;) {
    const before = await page.locator('table.lines tbody tr').count();
    if (!(await more.isVisible())) return before;
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll('table.lines tbody tr').length > n, before);
  }
}

test(
  '[C16] a figure is clicked and lands on as many lines: what it counts, what it is of, stock, one group',
  { timeout: 120_000 },
  async () => {
    const { url } = stage;
    const { page } = await stage.device(WIDE, 'leader');
    await watched('statistics', [page], async () => {
      await page.goto(`${url}/desk/statistics/detail?period=year`);
      await page.locator('table.told').waitFor();
      await picture(page, 'statistics-wide');
      const row = (name: string) => page.locator('table.told tr', { has: page.getByText(name, { exact: true }) });
      const opened = async (link: ReturnType<Page['locator']>): Promise<void> => {
        const shown = Number(await link.innerText());
        expect(shown).toBeGreaterThan(0);
        await link.click();
        await page
          .getByRole('heading', { level: 1 })
          .filter({ hasText: `：${shown} 件` })
          .waitFor();
        expect(await linesOn(page)).toBe(shown);
        await page.getByRole('button', { name: '回到统计' }).click();
        await page.locator('table.told').waitFor();
      };
      await opened(row('按期办结').getByRole('link').nth(0));
      await opened(row('按期办结').getByRole('link').nth(1));
      await opened(page.locator('.flow li').last().getByRole('link'));
      await page.getByLabel('怎么分').selectOption('category');
      await page.locator('table.by tbody tr', { hasText: '城乡建设' }).getByRole('link').first().waitFor();
      await opened(page.locator('table.by tbody tr', { hasText: '城乡建设' }).getByRole('link').first());

      // How it is worked out stands behind its name, and the table sorts by the column chosen.
      await row('按期办结').locator('summary').click();
      await page.getByText('办结时没有超过当时那一段的时限').waitFor();
      await page.getByRole('button', { name: '批次', exact: true }).click();
      const counts = await page.locator('table.by tbody tr td:nth-child(2)').allInnerTexts();
      expect(counts.map(Number)).toEqual(counts.map(Number).toSorted((a, b) => b - a));
      expect(await page.locator('main').innerText()).not.toMatch(/排名|名次/);
    });
  },
);

test('[C16] a period is stepped back on a phone, and the figures follow', { timeout: 60_000 }, async () => {
  const { url } = stage;
  const { page } = await stage.device(PHONE, 'leader');
  await watched('statistics-phone', [page], async () => {
    await page.goto(`${url}/desk/statistics/detail`);
    const name = page.locator('.stepper b');
    await page.locator('table.told').waitFor();
    const before = await name.innerText();
    await page.getByRole('button', { name: '往前一段' }).click();
    await page.waitForFunction((was) => document.querySelector('.stepper b')?.textContent !== was, before);
    await picture(page, 'statistics-phone');
    // Nothing but the tables of their own moves sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1)).toBe(true);
  });
});
