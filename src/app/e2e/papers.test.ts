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
  '[L7] [C5] [C20] the paper stands beside the form of the step that gives it; the step issues it; both files, print, the whole file',
  { timeout: 180_000 },
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

    const { page } = await stage.device(WIDE, 'handler');
    const phone = await stage.device(PHONE, 'handler');
    await watched('papers', [page, phone.page], async () => {
      await page.goto(`${url}/desk/matters/${id}`);
      await page.getByRole('button', { name: /^受理/ }).click();
      await page.getByText(/受理告知书，文号 水利局受告〔\d{4}〕1号/).waitFor();
      expect(await page.locator('.paper-beside .sheet-of-paper').first().textContent()).toContain('陈秀英：');
      await picture(page, 'papers-accept');
      await page.getByRole('button', { name: /受理，出受理告知书/ }).click();
      await page.getByText('还没有送到').first().waitFor();
      await done(handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '经勘察，情况属实。' }));
      await page.reload();
      await page.getByRole('button', { name: /^出处理意见书/ }).click();
      await page.getByText('填好以后，要出的文书显示在这里。').waitFor();
      await page.getByText('予以支持', { exact: true }).click();
      await page.getByLabel(/查清了什么/).fill('排水沟堵塞三处，路面低洼，情况属实。');
      await page.getByLabel('依据', { exact: true }).fill('《农村公路养护管理办法》第十二条');
      await page.getByLabel(/答复/).fill('排水沟三处堵塞已经疏通，路面下周铺砂石。');
      await page.getByText(/处理意见书，文号 水利局信处〔\d{4}〕1号/).waitFor();
      await page.locator('.paper-beside:not(.stale) svg').first().waitFor();
      await picture(page, 'papers-opinion');
      await phone.page.goto(`${url}/desk/matters/${id}`);
      await phone.page.getByRole('button', { name: /^出处理意见书/ }).click();
      await phone.page.getByText('予以支持', { exact: true }).click();
      await phone.page.getByLabel(/查清了什么/).fill('排水沟堵塞三处，路面低洼，情况属实。');
      await phone.page.getByLabel('依据', { exact: true }).fill('《农村公路养护管理办法》第十二条');
      await phone.page.getByLabel(/答复/).fill('排水沟三处堵塞已经疏通，路面下周铺砂石。');
      await phone.page.locator('.paper-beside svg').first().waitFor();
      await picture(phone.page, 'papers-opinion-phone');
      await page.getByRole('button', { name: /编上文号/ }).click();
      await page.getByRole('link', { name: '文书和卷宗' }).click();
      await page.getByText('单位签收').waitFor();
      await picture(page, 'papers-of-matter');
      await page.getByRole('link', { name: /信处〔/ }).click();
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

      const desk = await stage.device(WIDE, 'clerk');
      await desk.page.goto(`${url}/desk/papers/new?subject=matter&id=${id}`);
      const [file] = await Promise.all([
        desk.page.waitForEvent('download'),
        desk.page.getByRole('link', { name: '下载一案一卷（全卷 PDF）' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^一案一卷-QH\d+\.pdf$/);

      // The month's ledger is a paper that no step gives.
      const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
      await desk.page.goto(`${url}/desk/papers/new?subject=ledger&id=${month}_township_${county.places.liuhe}`);
      await desk.page.getByRole('button', { name: /发出，文号/ }).waitFor();
      await picture(desk.page, 'papers-ledger');
      await desk.page.getByRole('button', { name: /发出，文号/ }).click();
      await desk.page.getByRole('heading', { name: /民情台账（/ }).waitFor();
      await desk.page.getByRole('button', { name: '作废' }).click();
      await desk.page.getByLabel('为什么作废').fill('月份选错了');
      await desk.page.getByRole('button', { name: '作废这份文书，文号不再使用' }).click();
      await desk.page.getByText('作废：月份选错了（李芳）').waitFor();
      await desk.page.goto(`${url}/desk/papers`);
      await desk.page.getByText('已作废').waitFor();
      await picture(desk.page, 'papers-register');
      await phone.page.goto(`${url}/desk/papers`);
      await phone.page.getByText('信处〔').first().waitFor();
      await picture(phone.page, 'papers-register-phone');
      await phone.page.goto(`${url}/desk/papers/new?subject=matter&id=${id}`);
      await phone.page.getByText('信处〔').first().waitFor();
      await picture(phone.page, 'papers-of-matter-phone');
    });
  },
);
