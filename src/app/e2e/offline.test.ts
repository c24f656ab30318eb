import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { PHONE, picture } from '../../../tools/browser.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { ready, strokes, visit } from './hands.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop());

const household = async (
  head: string,
  address: string,
  bornYear = 1956,
): Promise<{ household: string; resident: string }> => {
  const { county } = stage;
  const ids = { household: county.newId(), resident: county.newId() };
  const made = await (
    await county.as('clerk')
  ).post(`/api/households/${ids.household}/register`, {
    area: county.places.grid,
    address,
    contact: county.id('field'),
    residents: [{ id: ids.resident, name: head, relation: '户主', bornYear }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return ids;
};

/** What a day without network needs besides households has come: these answers stand on the phone. */
const along = async (page: Page, ...paths: readonly string[]): Promise<void> =>
  page.evaluate(async (wanted) => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }];
    for (const until = Date.now() + 20_000; Date.now() < until;) {
      const db = await new Promise<IDBDatabase>((done) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('success', () => done(opening.result));
      });
      const keys = await new Promise<IDBValidKey[]>((done) => {
        const asked = db.transaction('kept').objectStore('kept').getAllKeys();
        asked.addEventListener('success', () => done(asked.result));
      });
      db.close();
      if (wanted.every((path) => keys.includes(path))) return;
      await new Promise((next) => setTimeout(next, 100));
    }
    throw new Error('what goes along did not come');
  }, paths);

test(
  '[B13] [B4] [B9] [B10] [B11] everything else of the day without network, on two phones: pages never opened before, judged by the same rules, all there in the evening',
  { timeout: 180_000 },
  async () => {
    const { county, url } = stage;
    const day = dayOf(new Date().toISOString());
    const field = await county.as('field');
    const head = await county.as('head');
    const [study, outreach, guide] = [county.newId(), county.newId(), county.newId()];
    const opened = await field.post(`/api/studies/${study}/open`, {
      topic: '冬灌缺水',
      question: '二组的麦子为什么浇不上水',
      area: county.places.village,
      until: addDays(day, 60),
    });
    expect(opened.body).toMatchObject({ accepted: true });
    const published = await (
      await county.as('clerk')
    ).post(`/api/guides/${guide}/publish`, {
      title: '冬灌补助',
      gist: '每亩补助二十元，村里统一报。',
      source: '县水利局〔2026〕3 号',
      validFrom: addDays(day, -30),
    });
    expect(published.body).toMatchObject({ accepted: true });
    const arranged = await head.post(`/api/outreaches/${outreach}/arrange`, {
      form: 'case',
      area: county.places.village,
      spot: '村委会院坝',
      day,
      from: '09:00',
      to: '11:30',
      who: [county.id('field')],
      about: '看冬灌',
      matters: [await aMatter()],
    });
    expect(arranged.body).toMatchObject({ accepted: true });

    const first = await stage.device(PHONE, 'field');
    const second = await stage.device(PHONE, 'otherfield');
    await watched('offline-rest', [first.page, second.page], async () => {
      for (const { page } of [first, second]) {
        await page.goto(`${url}/field`);
        await ready(page);
      }
      await along(
        first.page,
        '/api/labours/mine',
        '/api/guides',
        '/api/occasions?limit=20',
        '/api/duties/mine',
        `/api/studies/${study}`,
        `/api/outreaches/${outreach}`,
      );
      await along(second.page, '/api/labours/mine');
      await first.context.setOffline(true);
      await second.context.setOffline(true);
      const { page } = first;
      await page.reload();
      await page.getByText('没有网络').first().waitFor();

      // Half a day of labour: in the list at once, and the same half is not written twice.
      await page.goto(`${url}/field/labour`);
      const labour = async (to: Page): Promise<void> => {
        await to.getByRole('link', { name: '记一次劳动' }).click();
        await to.getByRole('button', { name: '上午' }).click();
        await to.getByRole('button', { name: '清淤渠道' }).click();
        await to.keyboard.type('35');
        await to.getByRole('button', { name: '保存' }).click();
      };
      await labour(page);
      await page.getByText('0.5 天等村里确认').waitFor();
      await page.getByText('清淤渠道 35 米').first().waitFor();
      await picture(page, 'offline-labour');
      await labour(page);
      await page.getByText('那半天已经记过一次劳动').waitFor();
      await picture(page, 'offline-labour-refused');
      await second.page.goto(`${url}/field/labour`);
      await labour(second.page);
      await second.page.getByText('0.5 天等村里确认').waitFor();

      // A talk under the tree, and the question nobody could answer.
      await page.goto(`${url}/field/talks`);
      await page.getByRole('button', { name: '记一次宣讲' }).click();
      await page.getByRole('searchbox').fill('柳河');
      await page.getByRole('button', { name: '柳河村' }).first().click();
      await page.getByRole('button', { name: '冬灌补助' }).click();
      await page.getByLabel('来了多少人').fill('23');
      await page.getByRole('button', { name: '记下' }).click();
      await page.getByRole('link', { name: '冬灌补助' }).click();
      await page.getByRole('button', { name: '没答上的' }).click();
      await page.getByLabel('问的什么').fill('外村承包的地算不算');
      await page.getByRole('button', { name: '记下，上台账' }).click();
      await page.getByText('外村承包的地算不算').waitFor();
      await picture(page, 'offline-talk');

      // A finding where it was seen; a case taken along; a thing done; leave for tomorrow.
      await page.goto(`${url}/field/studies/${study}`);
      await page.getByRole('button', { name: '记一条发现' }).click();
      await page.getByRole('button', { name: '问题' }).click();
      await page.getByLabel('看到什么、为什么会这样').fill('支渠第三段塌了，水到不了二组');
      await page.getByRole('button', { name: '记下' }).click();
      await page.getByText('支渠第三段塌了').waitFor();
      await page.goto(`${url}/field/outreach/${outreach}`);
      await page.getByRole('button', { name: '记一件' }).click();
      await page.getByLabel('说了什么').fill('机耕路也要修一修');
      await page.getByRole('button', { name: '记下，上台账' }).click();
      await page.getByText('机耕路也要修一修').waitFor();
      await picture(page, 'offline-outreach');
      await page.goto(`${url}/field/occasion`);
      await page.getByLabel('说一句，不写人名').fill('院坝会说冬灌');
      await page.getByRole('button', { name: '记下这一场' }).click();
      await page.getByText('院坝会说冬灌').waitFor();
      await page.goto(`${url}/field/duties`);
      await page.getByRole('button', { name: '申请请假或调动' }).click();
      await page.getByLabel('写清事由').fill('孩子看病');
      await page.getByRole('button', { name: '交给负责人' }).click();
      await page.getByText('孩子看病').waitFor();
      await picture(page, 'offline-leave');
      await page.goto(`${url}/field/unsent`);
      await page.getByText('7 件存在本机').first().waitFor();
      await picture(page, 'offline-rest-unsent');

      for (const { context, page: one } of [first, second]) {
        await context.setOffline(false);
        await one.goto(`${url}/field/unsent`);
        await one.getByText('都传完了').first().waitFor();
      }
    });
    const mine = (await field.get('/api/labours/mine')).body;
    expect(mine).toMatchObject({ waiting: 0.5, entries: [{ part: 'morning', day }] });
    expect((await (await county.as('otherfield')).get('/api/labours/mine')).body).toMatchObject({ waiting: 0.5 });
    expect((await field.get('/api/talks?mine=1')).body.rows).toMatchObject([{ came: 23, asked: 1 }]);
    expect((await field.get(`/api/studies/${study}`)).body.findings).toMatchObject([
      { words: '支渠第三段塌了，水到不了二组', sort: 'problem' },
    ]);
    expect((await field.get(`/api/outreaches/${outreach}`)).body.taken).toMatchObject([{ words: '机耕路也要修一修' }]);
    expect((await field.get('/api/occasions?limit=20')).body.occasions).toMatchObject([{ title: '院坝会说冬灌' }]);
    expect((await field.get('/api/duties/mine')).body.exceptions).toMatchObject([
      { stage: 'asked', reason: '孩子看病' },
    ]);
  },
);

test(
  '[B13] [B8] before a festival without network: not handed over before somebody was met, signed for at the door, paid in the evening',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const day = dayOf(new Date().toISOString());
    const { household: home } = await household('孙福来', '四组 1 号', 1938);
    const [festival, gift] = [county.newId(), county.newId()];
    const [clerk, head] = [await county.as('clerk'), await county.as('head')];
    await clerk.post(`/api/festivals/${festival}/open`, {
      name: '春节',
      day: addDays(day, 20),
      starts: day,
      area: county.places.liuhe,
      groups: ['高龄老人'],
      sources: [{ name: '县财政', limit: null }],
    });
    await clerk.post(`/api/gifts/${gift}/propose`, { festival, household: home, source: '县财政', cents: 60_000 });
    expect((await head.post(`/api/gifts/${gift}/decide`, { grant: true })).body).toMatchObject({ accepted: true });
    const { page, context } = await stage.device(PHONE, 'field');
    await watched('offline-festival', [page], async () => {
      await page.goto(`${url}/field`);
      await ready(page);
      await along(page, `/api/households/${home}/gifts`);
      await context.setOffline(true);
      await page.goto(`${url}/field/household/${home}`);
      const signFor = async (): Promise<void> => {
        await page.getByRole('button', { name: '送到了，请签收' }).click();
        await page.getByRole('button', { name: '请签收' }).last().click();
        await strokes(page);
      };
      await signFor();
      await page.getByText('还没有记这次走访').waitFor();
      await picture(page, 'offline-festival-refused');
      await page.goto(`${url}/field`);
      await visit(page, '孙福来', { note: '都好，棉被够了。' });
      await page.goto(`${url}/field/household/${home}`);
      await signFor();
      await page.getByText('送到了，已签收').waitFor();
      await picture(page, 'offline-festival');
      await context.setOffline(false);
      await page.goto(`${url}/field/unsent`);
      await page.getByText('都传完了').first().waitFor();
    });
    const { festivals } = (await head.get('/api/festivals')).body;
    expect(festivals).toMatchObject([{ visited: 1, paid: 1, sources: [{ given: 60_000 }] }]);
  },
);

async function aMatter(): Promise<string> {
  const { county } = stage;
  const matter = county.newId();
  const made = await (
    await county.as('clerk')
  ).post(`/api/matters/${matter}/register`, {
    channel: 'phone',
    area: county.places.grid,
    subject: '二组冬灌一直缺水',
  });
  expect(made.body).toMatchObject({ accepted: true });
  return matter;
}
