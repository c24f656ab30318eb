import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[L5] the administrator connects another system: an address told of steps, and a key shown once and taken back',
  { timeout: 60_000 },
  async () => {
    const { county, url } = stage;
    const administrator = await county.as('administrator');
    await administrator.post('/api/policies/webhooks/publish', {
      document: { hosts: ['hooks.example.gov.cn'], loopback: false },
      validFrom: '2026-01-01',
      source: '县里的决定',
      reason: '接市里的平台',
    });
    await county.system.freshPolicies(county.county);
    const { page } = await stage.device(WIDE, 'administrator');
    await watched('webhooks', [page], async () => {
      await page.goto(`${url}/desk/system/webhooks`);
      await page.getByText('还没有推送地址').waitFor();
      await page.getByRole('button', { name: '加一个推送地址' }).click();
      await page.getByLabel('名称').fill('市里的平台');
      await page.getByLabel('网址').fill('https://hooks.example.gov.cn/minqing');
      await picture(page, 'desk-webhook-add');
      await page.getByRole('button', { name: '加上“市里的平台”' }).click();
      await page.getByRole('button', { name: '暂停' }).click();
      await page.getByText('已暂停', { exact: true }).waitFor();
      await page.getByRole('button', { name: '看推送' }).click();
      await page.getByText('还没有要推送的事').waitFor();
      await picture(page, 'desk-webhooks');
      await page.getByRole('button', { name: '删除' }).click();
      await page.getByLabel('为防按错').fill('别的平台');
      await page.getByRole('button', { name: '删掉这个地址' }).click();
      await page.getByText('名称对不上').waitFor();
      await page.getByLabel('为防按错').fill('市里的平台');
      await page.getByRole('button', { name: '删掉这个地址' }).click();
      await page.getByText('还没有推送地址').waitFor();

      await page.getByRole('link', { name: '接口钥匙' }).click();
      await page.getByRole('button', { name: '发一把钥匙' }).click();
      await page.getByLabel('给哪个系统').fill('12345 热线');
      await page.getByRole('button', { name: '只显示这一次' }).click();
      const key = await page.locator('.once').innerText();
      expect(key).toMatch(/^mq_[\w-]{32}$/);
      await picture(page, 'desk-keys');
      await page.getByRole('button', { name: '抄好了' }).click();
      expect(await page.content()).not.toContain(key);
      await page.getByRole('button', { name: '收回', exact: true }).click();
      await page.getByRole('button', { name: '它马上报不进来' }).click();
      await page.getByText('已收回', { exact: true }).waitFor();
    });
    expect((await administrator.get('/api/webhooks')).body.webhooks).toEqual([]);
    expect((await administrator.get('/api/api-keys')).body.keys).toMatchObject([{ name: '12345 热线', revoked: true }]);
  },
);

test(
  '[C10] while the answer is written it is looked at: what it lacks and how to mend it, and nothing is held back',
  { timeout: 60_000 },
  async () => {
    const { county, url } = stage;
    const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
    const id = county.newId();
    await clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '二组水渠堵了，浇不上地',
      area: county.places.village,
      reporter: { name: '陈秀英', phone: '19000001234' },
    });
    await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
    await (await county.as('leader')).post(`/api/matters/${id}/instruct`, { text: '请水利局三天内到现场。' });
    await handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '到现场看看',
    });
    await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '水渠确实堵了' });
    const { page } = await stage.device(WIDE, 'handler');
    await watched('reply', [page], async () => {
      await page.goto(`${url}/desk/matters/${id}`);
      await page.getByText('请水利局三天内到现场。', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: /^办结/ }).click();
      const answer = page.getByLabel('给陈秀英的答复');
      await answer.fill('您好，我单位高度重视，正在积极协调相关部门，进一步加大力度。');
      await page.getByText('没看到群众说的那件事').waitFor();
      await page.getByText('群众听不出意思').waitFor();
      await picture(page, 'desk-reply-advice');
      await answer.fill('二组水渠已经清淤三百二十米，昨天下午通水。');
      await page.getByText('四样都有，可以发了。').waitFor();
      await picture(page, 'desk-reply-good');
      await page.getByRole('button', { name: '请陈秀英认可' }).click();
      await page.getByText('办结：已记下。').waitFor();
    });
    expect((await clerk.get(`/api/matters/${id}`)).body).toMatchObject({ status: 'resolved' });
  },
);

/** A picture with something on it, as large as a phone makes them. */
const photo = async (colours: readonly [string, string]) => ({
  name: 'IMG_2001.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 3_000, height: 2_000, channels: 3, background: colours[0] } })
    .composite([
      { input: { create: { width: 1_200, height: 900, channels: 3, background: colours[1] } }, left: 600, top: 700 },
    ])
    .jpeg()
    .toBuffer(),
});

test(
  '[C1] a resident says it with two pictures on the phone; they see them again, and so does the desk',
  { timeout: 60_000 },
  async () => {
    const { county, url } = stage;
    const { page } = await stage.device(PHONE);
    const { page: desk } = await stage.device(WIDE, 'clerk');
    await watched('photos', [page, desk], async () => {
      await page.goto(`${url}/say?village=${county.places.village}`);
      await page.getByLabel('什么事').fill('水渠闸口塌了一块，水都漏到路上了。');
      await page
        .locator('#photos')
        .setInputFiles([await photo(['#7a8b5c', '#c8b890']), await photo(['#8aa0b0', '#5a4a3a'])]);
      await page.getByText('选了 2 张').waitFor();
      await page.locator('#photo-field').scrollIntoViewIfNeeded();
      await picture(page, 'portal-say-photos');
      await page.getByRole('button', { name: '说出来' }).click();
      await page.getByRole('link', { name: '看进度' }).click();
      await page.locator('.pictures img').nth(1).scrollIntoViewIfNeeded();
      await page.waitForFunction(() =>
        Array.from(document.querySelectorAll<HTMLImageElement>('.pictures img')).every(
          (image) => image.naturalWidth > 0,
        ),
      );
      await picture(page, 'portal-progress-photos');
      await desk.goto(`${url}/desk/matters`);
      await desk.getByText('水渠闸口塌了一块').first().click();
      await desk.locator('.pictures img').nth(1).waitFor();
      await desk.waitForFunction(() =>
        Array.from(document.querySelectorAll<HTMLImageElement>('.pictures img')).every(
          (image) => image.naturalWidth > 0,
        ),
      );
      await picture(desk, 'desk-photos');
      expect(await desk.locator('.pictures img').count()).toBe(2);
    });
  },
);

test(
  '[L3] at the counter: a household’s file found by name, corrected, and who looked at it',
  { timeout: 60_000 },
  async () => {
    const { county, url } = stage;
    const id = county.newId();
    await (
      await county.as('field')
    ).post(`/api/households/${id}/register`, {
      area: county.places.grid,
      address: '二组 12 号',
      contact: county.id('field'),
      residents: [
        { id: county.newId(), name: '陈秀英', relation: '户主', bornYear: 1956, phone: '19000001234' },
        { id: county.newId(), name: '张小军', relation: '孙子', bornYear: 2015 },
      ],
    });
    const { page } = await stage.device(WIDE, 'clerk');
    await watched('household', [page], async () => {
      await page.goto(`${url}/desk/search?q=陈秀英`);
      await page
        .getByRole('option', { name: /陈秀英/ })
        .first()
        .click();
      await page.getByRole('heading', { name: '陈秀英家' }).waitFor();
      await page.getByRole('button', { name: '更正 张小军' }).click();
      await page.getByLabel('姓名').fill('张晓军');
      await picture(page, 'desk-household-correct');
      await page.getByRole('button', { name: '改成这样' }).click();
      await page.getByText('张晓军').waitFor();
      await page.getByText('住户档案').first().waitFor();
      await page.getByLabel('谁来查').fill('户主本人，看了身份证');
      const [sheet] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: '打印本户全部信息' }).click(),
      ]);
      await sheet.getByRole('heading', { name: '本户信息' }).waitFor();
      await picture(sheet, 'desk-household-held');
      await page.reload();
      await page.getByText('户主本人，看了身份证').waitFor();
      await picture(page, 'desk-household');
    });
    const { body } = await (await county.as('clerk')).get(`/api/households/${id}`);
    expect(body.residents.map(({ name }: { name: string }) => name)).toEqual(['陈秀英', '张晓军']);

    const { page: phone } = await stage.device(PHONE);
    await watched('done', [phone], async () => {
      await phone.goto(`${url}/done?township=${county.places.liuhe}`);
      await picture(phone, 'portal-done');
    });
  },
);
