import type { Page } from 'playwright-core';

/** What people do on the phone, as touches: for every story that goes through the field room. */

/** The files are on the phone, and so is the room itself. */
export const ready = async (page: Page): Promise<void> => {
  await page.locator('.strip').getByText('对过').first().waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((next) => setTimeout(next, 50));
  });
};

/** Somebody takes the pen. */
export async function strokes(page: Page): Promise<void> {
  const glass = await page.locator('canvas').boundingBox();
  await page.mouse.move(glass!.x + 40, glass!.y + 60);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(glass!.x + 40 + i * 15, glass!.y + 60 + (i % 3) * 25);
  await page.mouse.up();
  await page.getByRole('button', { name: '签好了' }).click();
}

/** What came of a door: what was said there, or that nobody opened. */
export interface Told {
  readonly note?: string;
  readonly needs?: readonly string[];
  /** Promised for within a week, as the form proposes. */
  readonly promise?: string;
  /** Signed on the glass before leaving. */
  readonly signs?: boolean;
}

/** From whatever page with the button: a household is found, the note written, and signed or not. */
export async function visit(
  page: Page,
  head: string,
  { note, needs = [], promise, signs = false }: Told,
): Promise<void> {
  await page.getByRole('link', { name: '记一笔' }).click();
  await page.getByRole('searchbox').fill(head);
  await page.getByRole('button', { name: `${head}家` }).click();
  await page.getByText(note === undefined ? '没人在家' : '见到了').click();
  if (note === undefined) {
    await page.getByRole('button', { name: '保存' }).click();
    return;
  }
  await page.getByPlaceholder('按原话记').fill(note);
  for (const [i, need] of needs.entries()) {
    await page
      .getByText(i === 0 ? '加一件要办的事' : '再加一件')
      .first()
      .click();
    await page.keyboard.type(need);
  }
  if (promise !== undefined) {
    await page.getByText('加一件答应的事').click();
    await page.keyboard.type(promise);
  }
  await page.getByRole('button', { name: '保存，请他们签字' }).click();
  if (!signs) return await page.getByRole('link', { name: '先不签' }).click();
  await page.getByRole('button', { name: '在屏幕上签字' }).click();
  await strokes(page);
}
