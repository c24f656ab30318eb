import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { accepted, letter, ok, opinion, paperOf, today } from '../../reviews/testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[C5] at the desk a petition is accepted in writing, answered with an opinion, and served with proof',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const told = await letter(county);
    const clerk = await county.as('clerk');
    const handler = await county.as('handler');
    await ok(clerk.post(`/api/matters/${told.id}/dispatch`, { unit: county.units.water, letter: 'assignment' }));
    await ok(
      handler.post(`/api/matters/${told.id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '到现场量地，查补偿台账',
      }),
    );
    const bureau = await stage.device(WIDE, 'handler');
    const { page } = bureau;
    await watched('petition', [page], async () => {
      await page.goto(`${url}/desk/matters/${told.id}`);
      await page.getByRole('button', { name: /^受理/ }).click();
      await picture(page, 'petition-accept');
      await page.getByRole('button', { name: /受理，出受理告知书/ }).click();
      await page.getByText('还没有送到').first().waitFor();
      await page.getByRole('button', { name: /^送达受理告知书/ }).click();
      await page.getByLabel('谁签收的').fill('陈秀英');
      await picture(page, 'petition-serve');
      await page.getByRole('button', { name: /已送达/ }).click();
      await expect
        .poll(async () => (await handler.get(`/api/matters/${told.id}`)).body.owed.length, { timeout: 10_000 })
        .toBe(1);
      await handler.post(`/api/matters/${told.id}/dispose`, { disposition: 'unfounded', cause: '台账里有签收的补偿' });
      await page.reload();
      await page.getByRole('button', { name: /^出处理意见书/ }).click();
      await page.getByText('不予支持', { exact: true }).click();
      await page.getByLabel(/查清了什么/).fill('补偿台账有签收记录，金额与面积相符。');
      await page.getByLabel('依据', { exact: true }).fill('县水利工程占地补偿办法第六条');
      await page.getByLabel(/答复/).fill('经查，补偿款去年十月已经打到您家账上，凭证附后。');
      await picture(page, 'petition-opinion');
      await page.getByRole('button', { name: /编上文号/ }).click();
      await page
        .getByText(/信处〔/)
        .first()
        .waitFor();
      await page.getByText('全程：从收到到处理意见').first().waitFor();
      await page.getByText('全程：从收到到处理意见').first().click();
      await picture(page, 'petition-facts');
    });
    const phone = await stage.device(PHONE, 'handler');
    await phone.page.goto(`${url}/desk/matters/${told.id}`);
    await phone.page
      .getByText(/信处〔/)
      .first()
      .waitFor();
    await phone.page.locator('.facts .clocks').scrollIntoViewIfNeeded();
    await picture(phone.page, 'petition-facts-phone');
  },
);

test(
  '[C13] on the portal a person asks one level up, sees who looks at it and until when, and hears the end in plain words',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const told = await letter(county);
    await accepted(county, told);
    await opinion(county, told);
    const phone = await stage.device(PHONE);
    const desk = await stage.device(WIDE, 'leader');
    const countyclerk = await county.as('countyclerk');
    const leader = await county.as('leader');
    const { page } = phone;
    await watched('review', [page, desk.page], async () => {
      await page.goto(`${url}/progress`);
      await page.locator('input[name=number]').fill(told.number);
      await page.locator('input[name=code]').fill(told.code);
      await page.locator('main button[type=submit]').first().click();
      await page.getByText('不服这个意见，请上一级复查').click();
      await page.getByLabel('哪里不服，为什么').fill('台账上的签名不是我签的');
      await page.locator('#remedy').scrollIntoViewIfNeeded();
      await picture(page, 'portal-ask-review');
      await page.getByRole('button', { name: '请求复查' }).click();
      await page.getByText('上一级正在复查').waitFor();
      await picture(page, 'portal-reviewing');
      const { review } = (await (await county.as('clerk')).get(`/api/matters/${told.id}`)).body;

      await desk.page.goto(`${url}/desk/reviews`);
      await desk.page.getByText('水渠改道占了我家的地').first().waitFor();
      await picture(desk.page, 'desk-reviews');
      await desk.page
        .getByRole('link', { name: /水渠改道/ })
        .first()
        .click();
      await desk.page.getByText('台账上的签名不是我签的').waitFor();
      await desk.page.getByRole('button', { name: '受理', exact: true }).click();
      await picture(desk.page, 'desk-review-accept');
      await ok(countyclerk.post(`/api/reviews/${review}/accept`, { reviewer: county.id('countyclerk') }));
      await ok(
        countyclerk.post(`/api/reviews/${review}/answer`, {
          outcome: 'upheld',
          findings: '笔迹当面核对过',
          basis: '县水利工程占地补偿办法第六条',
          text: '补偿款确已由您丈夫代领，维持原处理意见。',
        }),
      );
      await page.reload();
      await page.getByText('补偿款确已由您丈夫代领').waitFor();
      await page.locator('#review').scrollIntoViewIfNeeded();
      await picture(page, 'portal-review-answer');
      await page.locator('#review').getByRole('button', { name: '我收到了' }).click();
      await page.getByText('不服这个意见，请上一级复核').waitFor();

      const second = county.newId();
      await ok(
        (await county.as('clerk')).post(`/api/reviews/${second}/ask`, { matter: told.id, words: '我丈夫当时在外地' }),
      );
      await ok(leader.post(`/api/reviews/${second}/accept`, { reviewer: county.id('leader') }));
      const day = new Date(Date.now() + 3 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
      await desk.page.goto(`${url}/desk/reviews/${second}`);
      await desk.page.getByRole('button', { name: '定听证' }).click();
      await desk.page.getByLabel('哪天').fill(day);
      await desk.page.getByLabel('在哪儿').fill('县信访局二楼');
      await desk.page.getByLabel('谁主持').fill('何书记');
      await desk.page.getByLabel('请谁来').fill('陈秀英，水利局');
      await desk.page.getByRole('button', { name: '定下来，群众页面上看得到' }).click();
      await desk.page.getByText('听证的日子不算在期限里').waitFor();
      await picture(desk.page, 'desk-review-hearing');
      await page.reload();
      await page.getByText('县信访局二楼').first().waitFor();
      await page.locator('#review').scrollIntoViewIfNeeded();
      await picture(page, 'portal-hearing');
      await ok(leader.post(`/api/reviews/${second}/cancel-hearing`, { reason: '双方同意书面审理' }));
      await ok(
        leader.post(`/api/reviews/${second}/answer`, {
          outcome: 'upheld',
          findings: '车票日期与领款日期不是同一天。',
          basis: '县水利工程占地补偿办法第六条',
          text: '领款当天您丈夫在村里，维持复查意见。',
        }),
      );
      const paper = await paperOf(leader, `/api/reviews/${second}`, 're-review');
      await ok(leader.post(`/api/reviews/${second}/serve`, { paper, way: 'handed', on: today(), receiver: '陈秀英' }));
      await page.reload();
      await page.getByText('复核以后信访程序终结了').waitFor();
      await page.getByText('有新的事实，另外提出').click();
      await picture(page, 'portal-lawful-end');
      await page.getByLabel('新的事实或者理由是什么').fill('找到了银行流水，那个月没有进账');
      await page.getByRole('button', { name: '提出' }).click();
      await page.getByText('收到了，请记下编号').waitFor();
      await desk.page.reload();
      await desk.page.getByText('信访程序就到头了').waitFor();
      await picture(desk.page, 'desk-review-end');
    });
    const { rows } = await county.database.pool.query('select id from petition where after = $1', [told.id]);
    expect(rows).toHaveLength(1);
  },
);
