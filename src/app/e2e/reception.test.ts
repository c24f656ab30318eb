import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { dayOf } from '../../calendar/days.ts';
import { newId } from '../../ledger/ids.ts';
import { receptionPolicies } from '../../reception/model.ts';
import { done } from '../testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
const today = dayOf(new Date().toISOString());
const [year, month] = today.split('-').map(Number) as [number, number];
const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);
beforeAll(async () => {
  stage = await openStage();
  await stage.county.publish('reception', { ...(receptionPolicies[0]!.standard.document as object), noticeDays: 0 });
}, 120_000);
afterAll(() => stage.stop());

test(
  '[D1] a month is planned and published at the desk, a time booked on a phone, the leader begins, receives and ends',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const clerk = await county.as('countyclerk');
    const id = county.newId();
    await done(
      clerk.post(`/api/reception-days/${id}/announce`, {
        official: county.id('leader'),
        area: county.places.root,
        spot: '县信访接待中心',
        day: today,
        from: '09:00',
        to: '11:30',
      }),
    );
    const desk = await stage.device(WIDE, 'countyclerk');
    const resident = await stage.device(PHONE);
    const leader = await stage.device(WIDE, 'leader');
    await watched('reception', [desk.page, resident.page, leader.page], async () => {
      await desk.page.goto(`${url}/desk/reception/rotas?month=${next}`);
      await desk.page.getByText('领导接访日').first().waitFor();
      await picture(desk.page, 'reception-rotas');
      await desk.page
        .getByRole('row', { name: /^领导接访日/ })
        .getByRole('button', { name: '按任务排好' })
        .click();
      await desk.page.getByRole('button', { name: /^公布 2 天/ }).waitFor();
      await picture(desk.page, 'reception-rota');
      await desk.page.getByRole('button', { name: '改', exact: true }).first().click();
      await desk.page.getByLabel('在哪里').fill('县信访接待中心一楼');
      await picture(desk.page, 'reception-rota-edit');
      await desk.page
        .getByRole('button', { name: /^改Ctrl|^改 Ctrl|^改/ })
        .first()
        .click();
      await desk.page.getByText('县信访接待中心一楼').waitFor();
      await desk.page.getByRole('button', { name: /^公布 2 天/ }).click();
      await desk.page.getByText('已经公布').waitFor();

      await resident.page.goto(`${url}/`);
      await resident.page.getByText('哪天是谁、约一个号').click();
      await picture(resident.page, 'reception-portal');
      await resident.page.getByRole('link', { name: '约一个时间' }).first().click();
      await resident.page.getByLabel('什么时候来').selectOption('09:30');
      await resident.page.getByLabel('电话').fill('138 0013 8000');
      await resident.page.getByLabel('怎么称呼').fill('刘大有');
      await picture(resident.page, 'reception-book');
      await resident.page.getByRole('button', { name: '约上' }).click();
      await resident.page.getByText('约上了，请记下').waitFor();
      await picture(resident.page, 'reception-booked');

      await leader.page.goto(`${url}/desk/reception`);
      await leader.page.getByText('（我）').first().waitFor();
      await picture(leader.page, 'reception-days');
      await leader.page.getByRole('link', { name: '何书记（我）' }).first().click();
      await leader.page.getByRole('button', { name: '我到了，开始接访' }).click();
      await leader.page.getByRole('button', { name: '接完了，结束' }).waitFor();
      await leader.page.getByRole('button', { name: '接待一位' }).click();
      await leader.page.getByLabel('约过的号').click();
      await leader.page.locator('.ant-select-item-option', { hasText: '刘大有' }).click();
      await leader.page.getByLabel(/^说了什么/).fill('低保停了两个月，不知道为什么');
      await leader.page.getByText('答应了', { exact: true }).click();
      await leader.page.getByLabel('答应了什么', { exact: true }).fill('十天内查清，补发到卡上');
      await leader.page.getByLabel('哪个单位办').fill('住建局');
      await leader.page.locator('.ant-select-item-option', { hasText: '住建局' }).first().click();
      await leader.page.getByLabel('到哪天').fill(`${next}-20`);
      await picture(leader.page, 'reception-receive');
      await leader.page.keyboard.press('Control+Enter');
      await leader.page.getByRole('cell', { name: '低保停了两个月，不知道为什么' }).waitFor();
      await picture(leader.page, 'reception-day');
      await leader.page.getByRole('button', { name: '接完了，结束' }).click();
      await leader.page.getByText('本人点的结束').waitFor();
      await leader.page.goto(`${url}/desk/reception/figures`);
      await leader.page.getByText('坐没坐（天）').waitFor();
      await picture(leader.page, 'reception-figures');
      await leader.page.setViewportSize(PHONE);
      await picture(leader.page, 'reception-figures-phone');
      await leader.page.setViewportSize(WIDE);
      await leader.page
        .getByRole('row', { name: /何书记/ })
        .getByRole('link')
        .first()
        .click();
      await leader.page.getByRole('link', { name: /月/ }).first().waitFor();
      await picture(leader.page, 'reception-records');
      await desk.page.goto(`${url}/api/rotas/${(await clerk.get(`/api/rotas?month=${next}`)).body.rows[0].id}/sheet`);
      await picture(desk.page, 'reception-print');
    });
    const whole = (await clerk.get(`/api/reception-days/${id}`)).body;
    expect(whole).toMatchObject({ outcome: 'held', items: [{ people: 1, promised: { unit: '住建局' } }] });
  },
);

test(
  '[D1] [D2] a number is taken and printed, called to the hall’s screen, joined by another desk and registered there',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const clerk = await county.as('countyclerk');
    const kept = { area: county.places.root, form: 'permanent', from: '08:30', to: '17:30' };
    const [water, works] = [newId(), newId()];
    const people = (key: string) => [county.id(key)];
    await done(
      clerk.post(`/api/hall-desks/${water}/open`, {
        ...kept,
        code: '1',
        unit: county.units.water,
        duties: ['水渠', '自来水'],
        people: people('handler'),
      }),
    );
    await done(
      clerk.post(`/api/hall-desks/${works}/open`, {
        ...kept,
        code: '2',
        unit: county.units.works,
        duties: ['房屋', '道路'],
        people: people('otherhandler'),
      }),
    );
    for (let n = 0; n < 3; n++) await done(clerk.post(`/api/tickets/${newId()}/take`, { desk: water }));
    const desk = await stage.device(WIDE, 'countyclerk');
    const handler = await stage.device(WIDE, 'handler');
    const screen = await stage.device(WIDE);
    const phone = await stage.device(PHONE);
    await watched('hall', [desk.page, handler.page, screen.page, phone.page], async () => {
      await screen.page.goto(`${url}/hall/${county.places.root}`);
      await screen.page.getByText('还没有叫号').waitFor();
      await desk.page.goto(`${url}/desk/reception/hall`);
      await desk.page.getByText('优先（').click();
      await desk.page.getByRole('button', { name: '1 号 水利局' }).click();
      await desk.page.getByText('取好了').waitFor();
      await picture(desk.page, 'hall-desk-list');
      const number = (await desk.page.locator('.once').textContent())!;
      const slip = await desk.page.getByRole('link', { name: '打印小票' }).getAttribute('href');

      await handler.page.goto(`${url}/desk/reception/hall/${water}`);
      await handler.page.getByRole('button', { name: '我来了，开始值守' }).click();
      await handler.page.getByRole('button', { name: `叫下一位：${number}` }).click();
      await handler.page.getByRole('button', { name: '来了', exact: true }).waitFor();
      await screen.page.getByText(number).first().waitFor({ timeout: 8_000 });
      await handler.page.getByRole('button', { name: '来了', exact: true }).click();
      await handler.page.getByRole('button', { name: '请别的窗口一起接待' }).click();
      await handler.page.getByLabel('哪个窗口').click();
      await handler.page.locator('.ant-select-item-option', { hasText: '住建局' }).click();
      await handler.page.keyboard.press('Control+Enter');
      await handler.page.getByText('1 水利局、2 住建局').waitFor();
      await picture(handler.page, 'hall-desk');
      await handler.page.getByRole('button', { name: '登记上台账' }).click();
      await handler.page.getByLabel(/^说了什么/).fill('自来水停了五天，路也挖开没填');
      await picture(handler.page, 'hall-register');
      await handler.page.keyboard.press('Control+Enter');
      await handler.page.getByText('上了台账：').waitFor();
      await handler.page.getByRole('button', { name: '办完了', exact: true }).click();
      await handler.page.getByRole('button', { name: /^叫下一位/ }).click();
      await handler.page.getByRole('button', { name: '没来，过号' }).waitFor();
      await handler.page.getByRole('button', { name: '没来，过号' }).click();
      await handler.page.getByRole('button', { name: /^叫下一位/ }).click();
      await screen.page.waitForTimeout(2_500);
      await picture(screen.page, 'hall-screen');
      await screen.page.setViewportSize(PHONE);
      await picture(screen.page, 'hall-screen-phone');

      await desk.page.goto(`${url}${slip}`);
      await desk.page.getByText(number).waitFor();
      await picture(desk.page, 'hall-slip');
      await phone.page.goto(`${url}/ticket/${slip!.split('/').at(-2)}?k=wrong`);
      await picture(phone.page, 'hall-ticket-wrong');
      await desk.page.goto(`${url}/desk/reception/hall/figures`);
      await desk.page.getByText('一半的人').waitFor();
      await picture(desk.page, 'hall-figures');
      await handler.page.setViewportSize(PHONE);
      await picture(handler.page, 'hall-desk-phone');
    });
    const shown = (await (await county.as()).get(`/api/halls/${county.places.root}/screen`)).body;
    expect(shown.calls[0]).toMatchObject({ number: '1002', desk: '1' });
    expect(JSON.stringify(shown)).not.toContain('停了五天');
  },
);

test(
  '[D6] questions come in from a phone and by telephone, are sorted and answered at the desk, the open ones become matters, the record is read',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const clerk = await county.as('countyclerk');
    await county.publish('dialogues', { noticeDays: 0, most: 300 });
    const id = newId();
    await done(
      clerk.post(`/api/dialogues/${id}/announce`, {
        form: 'hotline',
        title: '水利局长在线：水渠和自来水',
        about: '有关用水的都可以问',
        area: county.places.root,
        day: today,
        from: '09:00',
        to: '10:30',
        phone: '0999-12345',
        guests: [{ official: county.id('waterhead'), unit: county.units.water }],
      }),
    );
    const desk = await stage.device(WIDE, 'countyclerk');
    const phone = await stage.device(PHONE);
    await watched('dialogues', [desk.page, phone.page], async () => {
      await phone.page.goto(`${url}/`);
      await phone.page.getByText('谁来答、我要问').click();
      await picture(phone.page, 'dialogue-list-phone');
      await phone.page.getByText('水利局长在线').click();
      await phone.page.getByLabel('问什么').fill('二组的渠什么时候通水');
      await picture(phone.page, 'dialogue-ask');
      await phone.page.getByRole('button', { name: '提问' }).click();
      await phone.page.getByText('问上了，请记下').waitFor();
      await done((await county.as()).post(`/api/dialogues/${id}/ask`, { words: '自来水为什么发黄' }));

      await desk.page.goto(`${url}/desk/reception/dialogues/${id}`);
      await desk.page.getByRole('button', { name: '开始答' }).click();
      await desk.page.getByRole('button', { name: '记一个电话问的' }).click();
      await desk.page.getByLabel('问什么').fill('我家 201 的水表坏了');
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('我家 201 的水表坏了').first().waitFor();
      await picture(desk.page, 'dialogue-desk');
      const row = (words: string) => desk.page.locator('.ev', { hasText: words });
      await row('二组的渠').getByRole('button', { name: '记答复' }).click();
      await row('二组的渠').getByLabel('怎么答的').fill('管护队已经进场，月底前通水');
      await row('二组的渠').getByText('答应了', { exact: true }).click();
      await row('二组的渠').getByLabel('答应了什么', { exact: true }).fill('月底前通水');
      await row('二组的渠').getByLabel('到哪天').fill(`${next}-20`);
      await picture(desk.page, 'dialogue-answer');
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('水利局 陈局：管护队已经进场').waitFor();
      await row('自来水为什么发黄').getByRole('button', { name: '公开', exact: true }).click();
      await row('水表坏了').getByRole('button', { name: '不公开' }).click();
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('没公开：有个人信息').waitFor();
      await desk.page.getByRole('button', { name: '结束，2 个没答的上台账' }).click();
      await desk.page.getByRole('button', { name: '公布记录' }).waitFor();
      await picture(desk.page, 'dialogue-closed');
      await desk.page.getByRole('button', { name: '公布记录' }).click();
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('记录公布了').first().waitFor();
      await desk.page.goto(`${url}/desk/reception/dialogues`);
      await desk.page.getByText('记录公布了').waitFor();
      await picture(desk.page, 'dialogue-list');
      await phone.page.goto(`${url}/dialogues/${id}`);
      await phone.page.getByText('管护队已经进场').waitFor();
      await picture(phone.page, 'dialogue-record');
    });
    const [row] = (await clerk.get('/api/dialogues')).body.rows as object[];
    expect(row).toMatchObject({ asked: 3, live: 1, handedOn: 2, hidden: 1, promises: 1 });
  },
);
