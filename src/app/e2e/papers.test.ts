import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { newId } from '../../ledger/ids.ts';
import { done } from '../testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[L7] [C20] from a matter’s page to an issued paper: form beside the paper, both files, print, void, the whole file',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const [clerk, handler] = [await county.as('clerk'), await county.as('handler')];
    const id = newId();
    await done(
      clerk.post(`/api/matters/${id}/register`, {
        channel: 'letter',
        subject: '柳河村东头机耕路雨后积水，农机进不去',
        body: '一下雨东头那段机耕路就积水，收割机进不去，眼看要误农时。请求修一修路面，把路边的排水沟疏通。',
        area: county.places.grid,
        reporter: { name: '陈秀英', phone: '19000001234' },
      }),
    );
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await done(handler.post(`/api/matters/${id}/acknowledge`, { ...people, measures: '勘察以后修路疏沟' }));
    await done(handler.post(`/api/matters/${id}/accept`, {}));
    await done(handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '经勘察，情况属实。' }));
    await done(handler.post(`/api/matters/${id}/answer`, { text: '排水沟三处堵塞已经疏通，路面下周铺砂石。' }));

    const { page } = await stage.device(WIDE, 'handler');
    const phone = await stage.device(PHONE, 'handler');
    await watched('papers', [page, phone.page], async () => {
      await page.goto(`${url}/desk/matters/${id}`);
      await page.getByRole('link', { name: '出文书' }).click();
      await page.getByRole('link', { name: '处理意见书' }).click();
      await page.getByText('还空着：政策依据。').waitFor();
      await page.getByLabel('政策依据').fill('《农村公路养护管理办法》第十二条');
      await page.getByText('还空着').waitFor({ state: 'detached' });
      await page.locator('.preview:not(.stale) svg').first().waitFor();
      expect(await page.locator('.sheet-of-paper').first().textContent()).toContain('陈秀英：');
      await picture(page, 'papers-compose');
      await phone.page.goto(`${url}/desk/papers/new?subject=matter&id=${id}&kind=opinion`);
      await phone.page.locator('.preview svg').first().waitFor();
      await picture(phone.page, 'papers-compose-phone');

      await page.getByRole('button', { name: /发出，文号 水利局信处〔\d{4}〕1号/ }).click();
      await page.getByRole('heading', { name: /处理意见书（水利局信处〔\d{4}〕1号）/ }).waitFor();
      await page.locator('.sheet-of-paper svg').first().waitFor();
      await picture(page, 'papers-issued');
      const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()]);
      expect(pdf.suggestedFilename()).toMatch(/^处理意见书-水利局信处〔\d{4}〕1号\.pdf$/);
      expect(
        readFileSync((await pdf.path())!)
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');

      // A letter on the desk of who dispatched it, with red head.
      const desk = await stage.device(WIDE, 'clerk');
      await desk.page.goto(`${url}/desk/papers/new?subject=matter&id=${id}&kind=assign`);
      await desk.page.locator('.preview:not(.stale) svg').first().waitFor();
      await picture(desk.page, 'papers-letter');
      const [file] = await Promise.all([
        desk.page.waitForEvent('download'),
        desk.page.getByRole('link', { name: '下载一案一卷（全卷 PDF）' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^一案一卷-QH\d+\.pdf$/);

      await page.getByRole('button', { name: '作废' }).click();
      await page.getByLabel('为什么作废').fill('依据的条文写错了');
      await page.getByRole('button', { name: '作废这份文书，文号不再使用' }).click();
      await page.getByText('作废：依据的条文写错了（李强）').waitFor();
      await page.goto(`${url}/desk/papers`);
      await page.getByText('已作废').waitFor();
      await picture(page, 'papers-register');
      await phone.page.goto(`${url}/desk/papers`);
      await phone.page.getByText('已作废').waitFor();
      await picture(phone.page, 'papers-register-phone');
      await phone.page.goto(`${url}/api/papers/${(await (await handler.get('/api/papers')).body).papers[0].id}/print`);
      await phone.page.locator('svg').first().waitFor();
    });
  },
);
