import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
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
    residents: [{ id: ids.resident, name: head, relation: '户主', bornYear: 1956, phone: '19000001234' }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return ids;
};

test(
  '[B1] [B2] seven in the morning at the door: a note in a minute, signed on glass, on the ledger at once',
  { timeout: 90_000 },
  async () => {
    const { county, url } = stage;
    await household('陈秀英', '二组 12 号');
    const { page } = await stage.device(PHONE, 'field');
    await watched('door', [page], async () => {
      await page.goto(`${url}/field`);
      await page.getByText('陈秀英').first().waitFor();
      await picture(page, 'field-today');
      await page.getByText('陈秀英').first().click();
      await page.getByText('记一笔').first().click();
      await page.getByText('见到了').click();
      await page.getByPlaceholder('按原话记').fill('渠堵了快俩月了，二组十几户的麦子都浇不上。');
      await page.getByText('加一件要办的事').click();
      await page.keyboard.type('二组水渠堵了，浇不上地');
      await picture(page, 'field-write');
      await page.getByRole('button', { name: '保存，请他们签字' }).click();
      await page.getByRole('button', { name: '在屏幕上签字' }).click();
      const glass = await page.locator('canvas').boundingBox();
      await page.mouse.move(glass!.x + 40, glass!.y + 60);
      await page.mouse.down();
      for (let i = 1; i <= 12; i++) await page.mouse.move(glass!.x + 40 + i * 15, glass!.y + 60 + (i % 3) * 25);
      await page.mouse.up();
      await picture(page, 'field-sign');
      await page.getByRole('button', { name: '签好了' }).click();
      await page.getByText('已签字').first().waitFor();
      await picture(page, 'field-done');
    });
    const clerk = await county.as('clerk');
    const { matters } = (await clerk.get('/api/matters?channel=visit&sort=newest')).body;
    expect(matters).toMatchObject([{ subject: '二组水渠堵了，浇不上地', status: 'registered' }]);
    const diary = (await (await county.as('field')).get('/api/diary')).body;
    expect(JSON.stringify(diary)).toContain('signed');
  },
);

test(
  '[C4] [C6] [C11] the desk sends it to the water bureau, the bureau does it, the resident says so on an old phone',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const id = county.newId();
    const clerk = await county.as('clerk');
    const registered = await clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '北渠闸口漏水',
      body: '夜里都听得见水声。',
      area: county.places.village,
      reporter: { name: '刘大有', phone: '19000001235' },
    });
    const desk = await stage.device(WIDE, 'clerk');
    const bureau = await stage.device(WIDE, 'handler');
    const phone = await stage.device(PHONE);
    await watched('closing', [desk.page, bureau.page, phone.page], async () => {
      await desk.page.goto(`${url}/desk`);
      await desk.page.getByText('北渠闸口漏水').first().click();
      await picture(desk.page, 'desk-today');
      await desk.page.getByRole('button', { name: /^派单/ }).click();
      const unit = desk.page.getByLabel('派给谁');
      await unit.fill('水利');
      await desk.page.locator('.ant-select-item-option', { hasText: '水利局' }).click();
      await picture(desk.page, 'desk-dispatch');
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('派给水利局').first().waitFor();

      await bureau.page.goto(`${url}/desk`);
      await bureau.page.getByText('北渠闸口漏水').first().click();
      await bureau.page.getByRole('button', { name: /^签收/ }).first().waitFor();
      await picture(bureau.page, 'bureau-matter');
      const handler = await county.as('handler');
      const done = await handler.post(`/api/matters/${id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '换止水，今天就去',
      });
      expect(done.body).toMatchObject({ accepted: true });
      await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '止水老化，换新的' });
      await bureau.page.reload();
      await bureau.page.getByText('北渠闸口漏水').first().click();
      await bureau.page.getByRole('button', { name: /^办结/ }).click();
      await bureau.page.getByLabel(/答复/).fill('闸口的止水橡皮老化了，今天换了新的，已经不漏了。');
      await bureau.page.keyboard.press('Control+Enter');
      await expect
        .poll(async () => (await clerk.get(`/api/matters/${id}`)).body.status, { timeout: 10_000 })
        .toBe('resolved');

      await phone.page.goto(`${url}/progress`);
      await phone.page.locator('input[name=number]').fill(registered.body.told.number);
      await phone.page.locator('input[name=code]').fill(registered.body.told.code);
      await phone.page.locator('main button[type=submit]').first().click();
      await phone.page.getByText('已经不漏了').first().waitFor();
      await picture(phone.page, 'portal-progress');
      await phone.page
        .getByRole('button', { name: /办好了/ })
        .first()
        .click();
      await expect
        .poll(async () => (await clerk.get(`/api/matters/${id}`)).body.status, { timeout: 10_000 })
        .toBe('closed');
    });
  },
);

test(
  '[C1] [C5] [C11] no smartphone: told on the telephone, called back, said not done, back to work',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const desk = await stage.device(WIDE, 'clerk');
    const clerk = await county.as('clerk');
    const handler = await county.as('handler');
    await watched('telephone', [desk.page], async () => {
      await desk.page.goto(`${url}/desk`);
      await desk.page.getByText('登记诉求').first().click();
      await desk.page.getByLabel('什么事').fill('机井电表箱漏电');
      const area = desk.page.getByLabel('在哪里');
      await area.fill('柳河村');
      await desk.page.locator('.ant-select-item-option', { hasText: '柳河村' }).first().click();
      await desk.page.getByLabel('姓名', { exact: true }).fill('周小军');
      await desk.page.locator('input[type=tel]').fill('19000001236');
      await picture(desk.page, 'desk-register');
      await desk.page.keyboard.press('Control+Enter');
      await desk.page
        .getByText(/QH \d{4} \d{4,} \d/)
        .first()
        .waitFor();
      await picture(desk.page, 'desk-receipt');
      const { matters } = (await clerk.get('/api/matters?channel=phone&sort=newest')).body;
      const { id } = matters.find((m: { subject: string }) => m.subject === '机井电表箱漏电');
      await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
      await handler.post(`/api/matters/${id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '换漏电保护',
      });
      await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '漏电保护坏了' });
      await handler.post(`/api/matters/${id}/resolve`, { answer: '已经换了新的漏电保护，试过三次都正常。' });

      await desk.page.goto(`${url}/desk`);
      await desk.page.getByText('机井电表箱漏电').first().click();
      await desk.page
        .getByText('为什么', { exact: false })
        .first()
        .waitFor({ timeout: 3_000 })
        .catch(() => undefined);
      await desk.page.getByRole('button', { name: /回访/ }).first().click();
      await picture(desk.page, 'desk-call-back');
      await desk.page
        .getByText(/没办好|不认可/)
        .first()
        .click();
      await desk.page.locator('form textarea').first().fill('还是麻手，下雨天更厉害');
      await desk.page.keyboard.press('Control+Enter');
      await expect
        .poll(async () => (await clerk.get(`/api/matters/${id}`)).body, { timeout: 10_000 })
        .toMatchObject({ status: 'handling', reopenings: 1 });
    });
  },
);
