import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { PHONE, picture } from '../../../tools/browser.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

const household = async (head: string, address: string): Promise<{ household: string; resident: string }> => {
  const { county } = stage;
  const ids = { household: county.newId(), resident: county.newId() };
  const made = await (
    await county.as('clerk')
  ).post(`/api/households/${ids.household}/register`, {
    area: county.places.grid,
    address,
    contact: county.id('field'),
    residents: [{ id: ids.resident, name: head, relation: '户主', bornYear: 1956 }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return ids;
};

/** The files are on the phone, and so is the room itself. */
const ready = async (page: Page): Promise<void> => {
  await page.locator('.strip').getByText('对过').first().waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((next) => setTimeout(next, 50));
  });
};

const write = async (page: Page, head: string, note: string, need?: string): Promise<void> => {
  await page.getByRole('link', { name: '记一笔' }).click();
  await page.getByRole('searchbox').fill(head);
  await page.getByRole('button', { name: `${head}家` }).click();
  await page.getByText('见到了').click();
  await page.getByPlaceholder('按原话记').fill(note);
  if (need !== undefined) {
    await page.getByText('加一件要办的事').click();
    await page.keyboard.type(need);
  }
  await page.getByRole('button', { name: '保存，请他们签字' }).click();
};

const sign = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '在屏幕上签字' }).click();
  const glass = await page.locator('canvas').boundingBox();
  await page.mouse.move(glass!.x + 40, glass!.y + 60);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(glass!.x + 40 + i * 15, glass!.y + 60 + (i % 3) * 25);
  await page.mouse.up();
  await page.getByRole('button', { name: '签好了' }).click();
};

test(
  '[B13] a whole day without network on two phones: written, signed, found again; in the evening both see all of it',
  { timeout: 180_000 },
  async () => {
    const { county, url } = stage;
    await county.give('assignment', county.newId(), {
      kind: 'assignment.make',
      official: county.id('otherfield'),
      type: 'village',
      area: county.places.village,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
    const shared = await household('陈秀英', '二组 12 号');
    await household('刘大有', '二组 14 号');
    const closed = await household('张桂兰', '三组 3 号');
    const first = await stage.device(PHONE, 'field');
    const second = await stage.device(PHONE, 'otherfield');
    await watched('offline', [first.page, second.page], async () => {
      for (const { page } of [first, second]) {
        await page.goto(`${url}/field`);
        await page.getByText('陈秀英').first().waitFor();
        await ready(page);
      }
      await first.context.setOffline(true);
      await second.context.setOffline(true);
      // Seven in the morning, no network: the room opens, and knows today's list.
      await first.page.reload();
      await first.page.getByText('陈秀英').first().waitFor();
      await first.page.getByText('没有网络').first().waitFor();
      await picture(first.page, 'offline-today');

      await write(first.page, '陈秀英', '渠堵了快俩月了，二组十几户的麦子都浇不上。', '二组水渠堵了，浇不上地');
      await sign(first.page);
      await first.page.getByText('已签字').first().waitFor();
      await write(first.page, '刘大有', '低保的事问到哪一步了。');
      await first.page.getByRole('link', { name: '先不签' }).click();
      // Nobody at home.
      await first.page.getByRole('link', { name: '记一笔' }).click();
      await first.page.getByRole('searchbox').fill('zgl');
      await first.page.getByRole('button', { name: '张桂兰家' }).click();
      await first.page.getByText('没人在家').click();
      await first.page.getByRole('button', { name: '保存' }).click();
      await first.page.getByText('4 件存在本机').first().waitFor();
      await first.page.goto(`${url}/field/household/${shared.household}`);
      await first.page.getByText('渠堵了快俩月了').first().waitFor();
      await picture(first.page, 'offline-household');
      await first.page.goto(`${url}/field/diary`);
      await first.page.getByText('低保的事问到哪一步了').first().waitFor();
      await first.page.goto(`${url}/field/unsent`);
      await first.page.getByText('已存本机').first().waitFor();
      await picture(first.page, 'offline-unsent');

      // The colleague sees the same household the same morning.
      await write(second.page, '陈秀英', '孙子的学费还差一点。');
      await second.page.getByRole('link', { name: '先不签' }).click();
      await second.page.reload();
      await second.page.getByText('1 件存在本机').first().waitFor();

      await first.context.setOffline(false);
      await second.context.setOffline(false);
      for (const { page } of [first, second]) {
        await page.goto(`${url}/field/unsent`);
        await page.getByText('都传完了').first().waitFor();
      }
      // Each sees the other's visit once it has looked again.
      for (const { page } of [first, second]) {
        await page.goto(`${url}/field/household/${shared.household}`);
        await page.getByText('孙子的学费还差一点').first().waitFor();
        await page.getByText('渠堵了快俩月了').first().waitFor();
      }
      await picture(second.page, 'offline-evening');
    });
    const clerk = await county.as('clerk');
    expect((await clerk.get('/api/matters?channel=visit&sort=newest')).body.matters).toMatchObject([
      { subject: '二组水渠堵了，浇不上地', status: 'registered' },
    ]);
    const field = await county.as('field');
    const seen = (await field.get(`/api/households/${shared.household}/visits`)).body.visits;
    expect(seen.map((v: { note: string; status: string }) => [v.note, v.status]).toSorted()).toEqual([
      ['孙子的学费还差一点。', 'unsigned'],
      ['渠堵了快俩月了，二组十几户的麦子都浇不上。', 'signed'],
    ]);
    const missed = (await field.get(`/api/households/${closed.household}/visits`)).body.visits;
    expect(missed).toMatchObject([{ contact: 'not-at-home' }]);
  },
);
