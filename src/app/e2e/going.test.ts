import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { idOf } from '../../ledger/ids.ts';
import { strokes } from './hands.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  stage = await openStage();
  await stage.county.give('assignment', idOf('assignment', 'neighbour'), {
    kind: 'assignment.make',
    official: stage.county.id('otherfield'),
    type: 'village',
    area: stage.county.places.village,
    household: null,
    unit: null,
    role: '综合联村干部',
    since: '2025-01-01',
  });
}, 120_000);
afterAll(() => stage.stop());

async function house(head: string, age: number): Promise<string> {
  const { county } = stage;
  const household = county.newId();
  const made = await (
    await county.as('clerk')
  ).post(`/api/households/${household}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    contact: county.id('field'),
    residents: [
      {
        id: county.newId(),
        name: head,
        relation: '户主',
        bornYear: Number(today.slice(0, 4)) - age,
        phone: '19000001234',
      },
    ],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return household;
}

test(
  '[B4] half a day of labour in under a minute on the phone; a colleague of the village says that it was so',
  { timeout: 90_000 },
  async () => {
    const { url } = stage;
    const { page } = await stage.device(PHONE, 'field');
    const neighbour = await stage.device(PHONE, 'otherfield');
    const desk = await stage.device(WIDE, 'head');
    await watched('labour', [page, neighbour.page, desk.page], async () => {
      await page.goto(`${url}/field/me`);
      await page.getByText('半天也记').click();
      const began = Date.now();
      await page.getByRole('link', { name: '记一次劳动' }).click();
      await page.getByRole('button', { name: '昨天' }).click();
      await page.getByRole('button', { name: '清淤渠道' }).click();
      await page.keyboard.type('35');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('等村里确认', { exact: true }).waitFor();
      expect(Date.now() - began).toBeLessThan(60_000);
      // [B12] The phone itself measured how long that form took.
      await expect
        .poll(async () => {
          const { rows } = await stage.county.database.pool.query<{ seconds: number | null }>(
            `select seconds from form_use where form = 'labour.record'`,
          );
          return rows.map(({ seconds }) => seconds !== null && seconds <= (Date.now() - began) / 1_000 + 1);
        })
        .toEqual([true]);
      await neighbour.page.goto(`${url}/field/labour`);
      await neighbour.page.getByText('王建军').waitFor();
      await neighbour.page.getByRole('button', { name: '是这样' }).click();
      await neighbour.page.getByRole('button', { name: '是这样' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByText('赵小兰确认了').waitFor();
      await picture(page, 'going-labour');
      await desk.page.goto(`${url}/desk/going?by=official`);
      await desk.page.getByText('清淤渠道 35 米').first().waitFor();
      await picture(desk.page, 'going-labour-desk');
    });
  },
);

test(
  '[B7] a household signs, the plan is written, done, and answered in its own words; the head looks at it',
  { timeout: 90_000 },
  async () => {
    const { url, county } = stage;
    const household = await house('陈秀英', 60);
    const { page } = await stage.device(PHONE, 'field');
    const desk = await stage.device(WIDE, 'head');
    await watched('pair', [page, desk.page], async () => {
      await page.goto(`${url}/field/household/${household}`);
      await page.getByRole('button', { name: '和这家结对' }).click();
      await page.getByRole('button', { name: '请他们签字' }).click();
      await strokes(page);
      await page.getByText('王建军结对').waitFor();
      await page.getByRole('button', { name: '加一条' }).click();
      await page.getByRole('button', { name: '送技术' }).click();
      await page.getByPlaceholder('做什么').fill('请农技员来看柑橘');
      await page.getByRole('button', { name: '记下' }).click();
      await page.getByRole('button', { name: '办了' }).click();
      await page.getByPlaceholder('怎么办的').fill('农技站老李来看过');
      await page.getByRole('button', { name: '记下' }).click();
      await page.getByRole('button', { name: '请他们说' }).click();
      await page.getByPlaceholder('他们怎么说').fill('撒了药，叶子绿了');
      await page.getByRole('button', { name: '请他们签字' }).click();
      await strokes(page);
      await page.getByText('他们说：撒了药，叶子绿了').waitFor();
      await picture(page, 'going-pair');
      await desk.page.goto(`${url}/desk/going/pairs`);
      await desk.page.getByRole('link', { name: '陈秀英' }).click();
      await desk.page.getByLabel('写检查意见').fill('问过秀英，药有用。');
      await desk.page.getByRole('button', { name: '记下检查' }).click();
      await desk.page.getByText('问过秀英，药有用。').first().waitFor();
      await picture(desk.page, 'going-pair-desk');
    });
    const { pairs } = (await (await county.as('head')).get('/api/pairs')).body;
    expect(pairs).toMatchObject([{ head: '陈秀英', measures: 1, done: 1, said: 1 }]);
  },
);

test(
  '[B8] [B1] the old woman stands on the day’s list before the festival; visited by the diary, paid and signed for',
  { timeout: 120_000 },
  async () => {
    const { url, county } = stage;
    const household = await house('刘桂香', 86);
    const clerk = await county.as('clerk');
    const [festival, gift] = [county.newId(), county.newId()];
    await clerk.post(`/api/festivals/${festival}/open`, {
      name: '春节',
      day: addDays(today, 20),
      starts: today,
      area: county.places.liuhe,
      groups: ['高龄老人'],
      sources: [{ name: '县财政', limit: null }],
    });
    await clerk.post(`/api/gifts/${gift}/propose`, { festival, household, source: '县财政', cents: 60_000 });
    const { page } = await stage.device(PHONE, 'field');
    const desk = await stage.device(WIDE, 'head');
    await watched('festival', [page, desk.page], async () => {
      await page.goto(`${url}/field`);
      await page.getByText('节前要慰问的').waitFor();
      await page.getByText('春节慰问（高龄老人）').waitFor();
      await picture(page, 'going-today');
      await desk.page.goto(`${url}/desk/going/festivals/${festival}`);
      await desk.page.getByRole('button', { name: '批准' }).click();
      await desk.page.getByText('批准了，待送').waitFor();
      await page.getByText('刘桂香').first().click();
      await page.getByRole('heading', { name: '刘桂香家' }).waitFor();
      await page.getByRole('link', { name: '记一笔', exact: true }).click();
      await page.getByText('见到了').click();
      await page.getByPlaceholder('按原话记').fill('都好，棉被够了。');
      await page.getByRole('button', { name: '保存，请他们签字' }).click();
      await page.getByText('谁来签').waitFor();
      await page.goto(`${url}/field/household/${household}`);
      await page.getByRole('button', { name: '送到了，请签收' }).click();
      await page.getByRole('button', { name: '请签收' }).last().click();
      await strokes(page);
      await page.getByText('送到了，已签收').waitFor();
      await picture(page, 'going-gift');
      await desk.page.goto(`${url}/desk/going/festivals`);
      await desk.page.getByText('都做完了').waitFor();
      await picture(desk.page, 'going-festivals');
      await desk.page.goto(`${url}/desk/going/burden`);
      await desk.page.getByText('没有一格问系统已经知道的事').waitFor();
      await picture(desk.page, 'going-burden');
    });
    const { festivals } = (await (await county.as('head')).get('/api/festivals')).body;
    expect(festivals).toMatchObject([{ all: 1, visited: 1, paid: 1, done: 1, sources: [{ given: 60_000 }] }]);
  },
);
