import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { dayOf, isWorkingDay } from '../../calendar/days.ts';
import { calendarOf, publishedYears } from '../../calendar/years.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[B3] [B6] a visit fills the duty on the phone, leave is asked there and granted by the head at the desk',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const [household, visit] = [county.newId(), county.newId()];
    const clerk = await county.as('clerk');
    const made = await clerk.post(`/api/households/${household}/register`, {
      area: county.places.grid,
      address: '二组 3 号',
      contact: county.id('field'),
      residents: [{ id: county.newId(), name: '钱有田', relation: '户主', bornYear: 1950 }],
    });
    expect(made.status).toBe(200);
    const field = await county.as('field');
    const went = await field.post(`/api/visits/${visit}/record`, {
      household,
      contact: 'met',
      note: '今年玉米收成好。',
      metAt: new Date().toISOString(),
    });
    expect(went.status).toBe(200);

    const phone = await stage.device(PHONE, 'field');
    const desk = await stage.device(WIDE, 'head');
    await watched('duties', [phone.page, desk.page], async () => {
      await phone.page.goto(`${url}/field/me`);
      await phone.page.getByText('我的任务').click();
      const duty = phone.page.locator('details.duty', { hasText: '留乡驻村' });
      await duty.getByText('1/').waitFor();
      await duty.click();
      await duty.getByText('规定每周 4 天。').waitFor();
      await picture(phone.page, 'duties-mine');
      // The record behind the figure is one click away.
      await duty.getByRole('link', { name: /入户走访/ }).click();
      await phone.page.getByText('今年玉米收成好。').waitFor();
      await phone.page.goto(`${url}/field/duties`);
      await phone.page.getByRole('button', { name: /^入户率/ }).click();
      await phone.page.getByRole('link', { name: /钱有田家/ }).waitFor();
      await picture(phone.page, 'duties-rates-mine');
      await phone.page.getByRole('button', { name: '申请请假或调动' }).click();
      const last = phone.page.getByLabel('到哪天');
      const today = dayOf(new Date().toISOString());
      await last.fill(today);
      await phone.page.getByLabel('写清事由').fill('孩子家长会');
      await phone.page.getByRole('button', { name: '交给负责人' }).click();
      await phone.page.getByText('等负责人批').waitFor();

      await desk.page.goto(`${url}/desk/duties?period=week`);
      await desk.page.getByText('王建军').waitFor();
      await picture(desk.page, 'duties-progress');
      await desk.page.getByRole('link', { name: '请假和调动' }).click();
      await desk.page.getByText('孩子家长会').waitFor();
      await desk.page.getByRole('button', { name: '批准', exact: true }).click();
      await desk.page.getByLabel('写一句理由').fill('同意');
      await desk.page.getByRole('button', { name: /批准这段请假/ }).click();
      await desk.page.getByText('张敏批准：同意').waitFor();
      await picture(desk.page, 'duties-exceptions');

      await phone.page.reload();
      await phone.page.getByText('已批准').waitFor();
      if (isWorkingDay(today, calendarOf(publishedYears))) {
        await phone.page.locator('details.duty', { hasText: '留乡驻村' }).click();
        await phone.page
          .getByText(/请假，在岗/)
          .first()
          .waitFor();
      }

      await desk.page.getByRole('link', { name: '走访率' }).click();
      const row = desk.page.getByRole('row', { name: /柳河村/ }).first();
      await row.getByRole('link', { name: '1' }).first().click();
      await desk.page.getByText('钱有田家 二组 3 号').first().waitFor();
      await picture(desk.page, 'duties-rates');
    });
  },
);

test('[B3] the list of duties is changed after a look at what would change', { timeout: 60_000 }, async () => {
  const { url } = stage;
  const { page } = await stage.device(WIDE, 'administrator');
  await watched('templates', [page], async () => {
    await page.goto(`${url}/desk/policies`);
    await page.getByRole('link', { name: '任务定量' }).click();
    await page.getByLabel('留乡驻村，多少').fill('3');
    await page.getByRole('button', { name: '看会改变什么' }).click();
    await page.getByText('发布后会这样（按今天所在的这一期算）').waitFor();
    await page.getByRole('cell', { name: /→/ }).first().waitFor();
    await picture(page, 'duties-templates');
    await page.getByRole('button', { name: '发布为新版' }).click();
    await page.getByLabel('依据').last().fill('县委办〔2026〕9 号');
    await page.getByLabel('为什么现在改').fill('农忙时节');
    await page.getByRole('button', { name: /发布新版任务定量/ }).click();
    await page.getByText('县委办〔2026〕9 号').first().waitFor();
    const { body } = await (await stage.county.as('administrator')).get('/api/policies');
    expect(body.find((p: { name: string }) => p.name === 'duties').versions).toHaveLength(1);
  });
});
