import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { done } from '../testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[B11] a reception is arranged at the desk, booked on an old phone, and what is said on the day becomes a matter',
  { timeout: 90_000 },
  async () => {
    const { county, url } = stage;
    const head = await county.as('head');
    const arrange = (id: string, more: object) =>
      done(
        head.post(`/api/outreaches/${id}/arrange`, {
          form: 'case',
          area: county.places.village,
          spot: '柳河村文化广场',
          day: today,
          from: '09:00',
          to: '11:30',
          who: [county.id('head'), county.id('field')],
          about: '看水渠清淤的进度',
          ...more,
        }),
      );
    const matter = county.newId();
    await done(
      (await county.as('clerk')).post(`/api/matters/${matter}/register`, {
        channel: 'hall',
        subject: '二组水渠堵了，浇不上地',
        area: county.places.village,
      }),
    );
    const case_ = county.newId();
    await arrange(case_, { matters: [matter] });
    const desk = await stage.device(WIDE, 'head');
    const resident = await stage.device(PHONE);
    const field = await stage.device(PHONE, 'field');
    await watched('outreach', [desk.page, resident.page, field.page], async () => {
      await desk.page.goto(`${url}/desk/outreach`);
      await desk.page.getByRole('button', { name: '排一次下访' }).click();
      await desk.page.getByLabel('哪个地方').fill('柳河村');
      await desk.page.locator('.ant-select-item-option', { hasText: '柳河村' }).first().click();
      await desk.page.getByLabel('具体在哪儿').fill('柳河村文化广场');
      await desk.page.getByLabel(/^哪天/).fill(addDays(today, 5));
      await desk.page.getByLabel('谁去').fill('张敏');
      await desk.page.locator('.ant-select-item-option', { hasText: '张敏' }).click();
      await desk.page.getByLabel('谁去').fill('王建军');
      await desk.page.locator('.ant-select-item-option', { hasText: '王建军' }).click();
      await desk.page.getByLabel(/^什么事/).fill('听大家说说过冬的事：取暖、低保、道路');
      await picture(desk.page, 'outreach-arrange');
      await desk.page.getByRole('button', { name: /^安排并上群众页面/ }).click();
      await desk.page.getByText('听大家说说过冬的事').first().waitFor();

      await resident.page.goto(`${url}/`);
      await resident.page.getByText('时间地点、约一个号').click();
      await picture(resident.page, 'outreach-portal');
      await resident.page.getByRole('link', { name: '约一个号', exact: true }).click();
      await resident.page.getByLabel('电话').fill('138 0013 8000');
      await resident.page.getByLabel('怎么称呼').fill('刘大有');
      await picture(resident.page, 'outreach-book');
      await resident.page.getByRole('button', { name: '约上' }).click();
      await resident.page.getByText('约上了，请记下').waitFor();
      await picture(resident.page, 'outreach-booked');

      await field.page.goto(`${url}/field/outreach`);
      await field.page.getByText('看水渠清淤的进度').waitFor();
      await picture(field.page, 'outreach-field');
      await field.page.getByText('看水渠清淤的进度').click();
      await field.page.getByRole('button', { name: '记一件' }).click();
      await field.page.getByLabel('说了什么').fill('渠清了一半就停了，下游还是没水');
      await field.page.getByLabel('怎么称呼').fill('陈秀英');
      await picture(field.page, 'outreach-take');
      await field.page.getByRole('button', { name: '记下，上台账' }).click();
      await field.page.getByText('渠清了一半就停了').first().waitFor();
      await picture(field.page, 'outreach-field-one');

      await desk.page.reload();
      await picture(desk.page, 'outreach-desk');
      await desk.page.getByText('看水渠清淤的进度').click();
      await desk.page.getByRole('button', { name: '写结果' }).click();
      await desk.page.getByLabel('这一次怎么样').fill('到现场看了三处堵点，定了施工队');
      await desk.page.getByLabel('“二组水渠堵了，浇不上地”去看了怎么样').fill('周五前清完下游 200 米');
      await picture(desk.page, 'outreach-conclude');
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByText('周五前清完下游 200 米').waitFor();
      await picture(desk.page, 'outreach-one');
    });
    const rows = (await head.get('/api/outreaches')).body.rows as object[];
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ form: 'reception', booked: 1, status: 'arranged' }),
        expect.objectContaining({ id: case_, status: 'held', taken: 1 }),
      ]),
    );
  },
);
