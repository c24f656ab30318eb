import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { addDays, dayOf, startOfDay } from '../../calendar/days.ts';
import { hardCaseStream } from '../../hard-cases/model.ts';
import { done } from '../testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

test(
  '[E1] [E2] found on a sweep in the village, mediated, signed on the glass and on a party’s own phone, and who has not swept',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    await done(
      (await county.as('clerk')).post(`/api/mediators/${county.newId()}/enrol`, {
        name: '吴守义',
        phone: '19000001234',
        background: 'veteran-member',
        types: ['people'],
        area: county.places.liuhe,
        unit: county.units.liuhe,
        qualification: '做过二十年村支书',
        abouts: [],
        until: addDays(today, 300),
      }),
    );
    const field = await stage.device(PHONE, 'field');
    const head = await stage.device(WIDE, 'head');
    const leader = await stage.device(WIDE, 'leader');
    const party = await stage.device(PHONE);
    await watched('disputes', [field.page, head.page, leader.page, party.page], async () => {
      await field.page.goto(`${url}/field/disputes`);
      const month = field.page.locator('li', { hasText: '每月排查' }).last();
      await month.getByRole('button', { name: '记一件' }).click();
      await field.page.getByRole('button', { name: '邻里' }).click();
      await field.page.getByLabel(/^什么事/).fill('两家为排水沟争执');
      await field.page.getByLabel(/^情况/).fill('沟从邻家墙脚过，下雨就渗水，吵了三回');
      await field.page.getByRole('button', { name: '说好了又起来' }).click();
      await picture(field.page, 'sweep-find');
      await field.page.getByRole('button', { name: '记下，由我跟到底' }).click();
      await field.page.getByText('两家为排水沟争执').waitFor();
      await month.getByRole('button', { name: '报这一期' }).click();
      await field.page.getByLabel('看了哪些地方，问了谁').fill('两个组都走了，问了组长');
      await field.page.getByRole('button', { name: '报这一期，共 1 件' }).click();
      await field.page.getByText('两家为排水沟争执').waitFor();

      // Who has not swept stands on the leader's page, first.
      await leader.page.goto(`${url}/desk/disputes/sweeps`);
      await leader.page.getByText(/1\/5 个单位报了/).waitFor();
      await picture(leader.page, 'sweep-coverage');

      await head.page.goto(`${url}/desk/disputes`);
      await head.page.getByRole('link', { name: '两家为排水沟争执' }).click();
      await head.page.getByRole('button', { name: '开始调解' }).click();
      await head.page.getByLabel(/^请谁调解/).fill('吴守义');
      await head.page.locator('.ant-select-item-option', { hasText: '吴守义' }).click();
      await head.page.getByLabel('第 1 方姓名').fill('陈家');
      await head.page.getByLabel('第 2 方姓名').fill('李家');
      await picture(head.page, 'mediation-open');
      await head.page.getByRole('button', { name: /^开始，问各方愿不愿意/ }).click();
      await head.page.getByText('还没有表态').first().waitFor();

      // One side signs on the glass, the other says yes on its own phone.
      await field.page.getByRole('link', { name: /两家为排水沟争执/ }).click();
      await field.page.getByRole('button', { name: '愿意调解，请签字' }).first().click();
      await signOn(field.page);
      await field.page.getByText('同意调解').waitFor();
      const id = /disputes\/([0-9a-f-]{36})/.exec(head.page.url())![1]!;
      const links = (await (await county.as('head')).get(`/api/disputes/${id}/link`)).body.links as { url: string }[];
      const other = url + links[1]!.url.replace(/^https?:\/\/[^/]+/, '');
      await party.page.goto(other);
      await picture(party.page, 'mediation-asked');
      await party.page.getByRole('button', { name: '愿意调解' }).first().click();
      await party.page.getByRole('heading', { name: '正在调解' }).waitFor();

      await head.page.reload();
      await head.page.getByRole('button', { name: '写协议' }).click();
      await head.page.getByLabel('事情是怎样的，争什么').fill('排水沟从李家墙脚过，雨天渗水，两家都说是对方先挖的。');
      await head.page.getByLabel('第 1 条，谁').selectOption({ label: '陈家' });
      await head.page.getByLabel('第 1 条，做什么').fill('把沟往外移半米');
      await head.page.getByLabel('第 1 条，哪天前').fill(addDays(today, 5));
      await picture(head.page, 'agreement-write');
      await head.page.getByRole('button', { name: /^写好，请各方签/ }).click();
      await head.page.getByText('协议（还没有签齐，没有生效）').waitFor();
      await party.page.goto(other);
      await party.page.getByRole('button', { name: '都对，我签' }).click();
      await party.page.getByRole('heading', { name: '您签了，在等另一方' }).waitFor();
      await field.page.reload();
      await field.page.getByRole('button', { name: '念过协议，请签字' }).click();
      await signOn(field.page);
      await field.page.getByText('有协议，看履行').waitFor();
      await party.page.goto(other);
      await party.page.getByRole('heading', { name: '协议生效了，看办得怎么样' }).waitFor();
      await picture(party.page, 'agreement-bound');
      await party.page.getByRole('button', { name: '办到了', exact: true }).click();
      await party.page.getByRole('heading', { name: '这件事已经有了结果' }).waitFor();
      await head.page.reload();
      await head.page.getByText('已化解').first().waitFor();
      await picture(head.page, 'dispute-settled');
    });
    const { rows } = (await (await county.as('leader')).get('/api/disputes?show=over')).body;
    expect(rows).toMatchObject([{ status: 'settled', mode: '每月排查', terms: 1, termsOpen: 0 }]);
  },
);

test(
  '[D3] [D4] an old matter is found by its age, adopted, worked on in person, and counted in a campaign',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const matter = county.newId();
    await county.give(
      'matter',
      matter,
      { kind: 'matter.register', channel: 'phone', subject: '水渠年年清、年年堵', area: county.places.village },
      startOfDay(addDays(today, -400)),
    );
    const leader = await stage.device(WIDE, 'leader');
    const field = await stage.device(PHONE, 'field');
    await watched('hard-cases', [leader.page, field.page], async () => {
      const { page } = leader;
      await page.goto(`${url}/desk/hard-cases/backlog`);
      await page.getByText('水渠年年清、年年堵').waitFor();
      await page.getByRole('button', { name: '我来包' }).click();
      await page.getByLabel(/^打算怎么解决/).fill('先把三次答复对一遍，再请两家单位到现场定口子。');
      await page.getByLabel('哪天前办结').fill(addDays(today, 60));
      await page.getByRole('button', { name: '加一个人' }).click();
      await page.getByLabel('第 1 人', { exact: true }).fill('王建军');
      await page.locator('.ant-select-item-option', { hasText: '王建军' }).click();
      await page.getByLabel('第 1 人做什么').fill('跑现场');
      await picture(page, 'hard-case-adopt');
      await page.getByRole('button', { name: /^我来包，包到底/ }).click();
      await page.getByRole('button', { name: '记一笔' }).waitFor();

      // Staff write down on the spot what the leader did; it counts once the leader says so.
      await field.page.goto(`${url}/field/hard-cases`);
      await field.page.getByText('水渠年年清、年年堵').click();
      await field.page.getByRole('button', { name: '记一笔' }).click();
      await field.page.getByRole('button', { name: '到现场' }).click();
      await field.page.getByLabel('怎么样').fill('何书记到渠首看了三处堵点');
      await picture(field.page, 'hard-case-act');
      await field.page.getByRole('button', { name: '记下' }).click();
      await field.page.getByText('等本人确认').waitFor();
      await page.reload();
      await page.getByText('待确认 1').waitFor();
      await page.getByRole('button', { name: '是我做的' }).click();
      await page.getByText('本人做的').waitFor();
      await picture(page, 'hard-case');

      await page.goto(`${url}/desk/hard-cases/campaigns`);
      await page.getByRole('button', { name: '开一个清案行动' }).click();
      await page.getByLabel('叫什么').fill('年底清案行动');
      await page.getByLabel('哪个地方的').fill('清河县');
      await page.locator('.ant-select-item-option', { hasText: '清河县' }).first().click();
      await page.getByLabel('到哪天').fill(addDays(today, 40));
      await page.getByLabel('依据哪个通知').fill('县委办通知');
      await page.getByRole('button', { name: /^开始，今天定名单/ }).click();
      await page.getByRole('heading', { name: '存量和增量' }).waitFor();
      await page.locator('a.figure').first().click();
      await page.getByRole('heading', { name: '存量：1 件' }).waitFor();
      await picture(page, 'backlog-campaign');
    });
    const one = (await (await county.as('leader')).get(`/api/hard-cases/${hardCaseStream(matter)}`)).body;
    expect(one).toMatchObject({ own: 1, said: 0, delegated: 0 });
  },
);

/** A stroke on the glass, and done. */
async function signOn(page: Page): Promise<void> {
  const glass = page.locator('canvas').first();
  await glass.waitFor();
  const box = (await glass.boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let i = 1; i < 12; i += 1) await page.mouse.move(box.x + 40 + i * 14, box.y + 40 + (i % 3) * 22);
  await page.mouse.up();
  await page.getByRole('button', { name: '签好了' }).click();
}
