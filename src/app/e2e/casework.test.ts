import { afterAll, beforeAll, expect, test } from 'vitest';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { forgetWords } from '../../alike/find.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { forgetTopics } from '../../hotspots/api.ts';
import { sealAll } from '../../ledger/seal.ts';
import { followEvents } from '../../notices/follow.ts';
import { sendDue } from '../../notices/outbox.ts';
import { smsFolder } from '../../notices/sms.ts';
import { textFolder } from '../../notices/testing.ts';
import { unready } from '../../notices/ways.ts';
import { noticeRules } from '../notices.ts';
import { done } from '../testing.ts';
import { type Stage, openStage, watched } from './standing.ts';

let stage: Stage;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  // Before the county begins: whoever registers is asked about texts only where there is a way for them.
  process.env['SMS_FOLDER'] = 'yes';
  stage = await openStage();
}, 120_000);
afterAll(async () => {
  delete process.env['SMS_FOLDER'];
  await stage.stop();
});

/** Registered by the township's clerk. @returns the matter, its number and code */
async function register(subject: string, reporter: { name: string; phone: string }, area: string) {
  const { county } = stage;
  const id = county.newId();
  const { body } = await done(
    (await county.as('clerk')).post(`/api/matters/${id}/register`, { channel: 'phone', subject, area, reporter }),
  );
  return { id, ...(body.told as { number: string; code: string }), subject };
}
const matter = async (id: string) => (await (await stage.county.as('clerk')).get(`/api/matters/${id}`)).body;
/** Words of a county, so that what is rare among them can be told from what is not. */
const others = ['低保怎么申请', '路灯坏了几盏', '养老保险没有到账', '孩子转学要什么手续', '垃圾没有人来收'];

test(
  '[C3] a clerk types, sees what is alike and why, merges three after a look at them, takes one out again: everybody is kept',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const { village } = county.places;
    for (const subject of others) await register(subject, { name: '别人', phone: '19000000011' }, village);
    const said = [
      await register('二组北头水渠堵了，浇不上地', { name: '陈大娘', phone: '19000000021' }, village),
      await register('北头闸口那段水渠堵死了，地里浇不上水', { name: '刘二叔', phone: '19000000022' }, village),
      await register('水渠在北头闸口堵了半个月，秧苗浇不上水', { name: '孙三姐', phone: '19000000023' }, village),
    ] as const;
    forgetWords(county.county);
    const { page } = await stage.device(WIDE, 'clerk');
    await watched('alike', [page], async () => {
      await page.goto(`${url}/desk/register`);
      await page.getByLabel(/^什么事/).fill('北头闸口水渠又堵了，浇不上地');
      await page.getByLabel(/^在哪里/).fill('柳河村');
      await page
        .locator('.ant-select-item-option', { hasText: /^柳河村/ })
        .first()
        .click();
      // Beside the form, each with its reason in words, and nobody's name.
      const beside = page.locator('[data-field=alike]');
      await beside.getByRole('link', { name: said[0].subject }).waitFor();
      await beside
        .getByText(/同一个村.*同样的话/)
        .first()
        .waitFor();
      expect(await beside.innerText()).not.toMatch(/陈大娘|1900000/);
      const form = (await page.getByLabel(/^具体位置/).boundingBox())!;
      expect((await beside.boundingBox())!.x).toBeGreaterThan(form.x + form.width);
      await picture(page, 'alike-typing');

      await page.goto(`${url}/desk`);
      await page.getByRole('link', { name: /像是同一件事/ }).click();
      const group = page.locator('.alike-group', { hasText: said[0].subject });
      await group.getByRole('button', { name: '把这 3 件并成一件办' }).click();
      await group.getByRole('button', { name: /^先看一遍/ }).click();
      // Looked at first: nothing is written yet.
      await group.getByText('2 件可以办').waitFor();
      for (const { id } of said) expect(await matter(id)).toMatchObject({ related: { main: null, along: [] } });
      await picture(page, 'alike-preview');
      await group.getByRole('button', { name: '办这 2 件' }).click();
      await page.getByText('办了 2 件').waitFor();

      await page.goto(`${url}/desk/matters/${said[0].id}`);
      await page.getByText('并进来的').waitFor();
      for (const { subject } of said.slice(1)) await page.getByRole('link', { name: subject }).waitFor();
      await picture(page, 'alike-main');

      await page.goto(`${url}/desk/matters/${said[2].id}`);
      await page.getByText('主件').first().waitFor();
      const out = page.getByRole('button', { name: /^拆出来/ });
      if (!(await out.isVisible())) await page.getByRole('button', { name: '更多' }).click();
      await out.click();
      await page.locator('.act-form textarea, .act-form input').first().fill('在另一条支渠上，不是一处');
      await page.keyboard.press('Control+Enter');
      await page
        .getByText(/拆出来/)
        .first()
        .waitFor();
    });
    // Every person still has their own matter, number and telephone, wherever it stands now.
    const along = async () => (await matter(said[0].id)).related.along.map(({ id }: { id: string }) => id);
    await expect.poll(along, { timeout: 10_000 }).toEqual([said[1].id]);
    expect((await matter(said[1].id)).related.main).toMatchObject({ id: said[0].id });
    expect((await matter(said[2].id)).related).toMatchObject({ main: null });
    for (const [at, name] of ['陈大娘', '刘二叔', '孙三姐'].entries()) {
      const own = await matter(said[at]!.id);
      expect(own).toMatchObject({ reporter: { name } });
      expect(own.number.replaceAll(' ', '')).toBe(said[at]!.number);
      const anyone = await county.as();
      const opened = await anyone.send('GET', `/p/${said[at]!.number}?c=${said[at]!.code}`, {
        redirect: 'manual',
      });
      expect(opened.headers.get('set-cookie'), name).toBeTruthy();
    }
  },
);

test(
  '[C3] several ticked in the ledger: the act is looked at for each, then done at once, on a phone too',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const two = [
      await register('东头桥面裂了缝，晚上走要摔', { name: '赵四', phone: '19000000031' }, county.places.otherVillage),
      await register('广播响得太早，孩子睡不好', { name: '钱五', phone: '19000000032' }, county.places.otherVillage),
    ];
    const { page } = await stage.device(PHONE, 'clerk');
    await watched('bulk', [page], async () => {
      await page.goto(`${url}/desk/matters?sort=newest`);
      for (const { subject } of two) await page.locator('tr', { hasText: subject }).getByRole('checkbox').check();
      await page.getByRole('button', { name: '派单', exact: true }).click();
      await page.getByLabel(/^派给谁/).fill('住建');
      await page.locator('.ant-select-item-option', { hasText: '住建局' }).first().click();
      await page.getByRole('button', { name: /^先看一遍/ }).click();
      await page.getByText('2 件可以办').waitFor();
      await picture(page, 'bulk-preview-phone');
      for (const { id } of two) expect(await matter(id)).toMatchObject({ status: 'registered' });
      await page.getByRole('button', { name: '办这 2 件' }).click();
      await page.getByText('办了 2 件').waitFor();
    });
    for (const { id } of two)
      expect(await matter(id)).toMatchObject({ status: 'dispatched', unit: county.units.works });
  },
);

test(
  '[C17] a topic that rises is taken up, gets one fix for all, and everybody who raised it is asked whether it holds',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const { otherVillage } = county.places;
    const said = [
      '北渠新村楼下烧烤店油烟太呛，窗户不敢开',
      '北渠新村一楼烧烤店油烟呛人，孩子咳嗽',
      '北渠新村楼下烧烤店油烟太呛人，夜里也不停',
    ];
    for (const [at, subject] of said.entries())
      await register(subject, { name: `住户${at}`, phone: `1900000004${at}` }, otherVillage);
    forgetTopics();
    const clerk = await stage.device(WIDE, 'clerk');
    const leader = await stage.device(WIDE, 'leader');
    const handler = await stage.device(WIDE, 'handler');
    await watched('hotspot', [clerk.page, leader.page, handler.page], async () => {
      await clerk.page.goto(`${url}/desk/hotspots`);
      const topic = clerk.page.locator('.topics > li', { hasText: '油烟' });
      expect(await topic.locator('.people').innerText()).toMatch(/^3\s*人/);
      for (const subject of said) await topic.getByRole('link', { name: subject }).waitFor();
      await topic.getByRole('button', { name: '立为热点' }).click();
      await clerk.page.getByLabel('叫什么').fill('烧烤店油烟');
      await picture(clerk.page, 'hotspot-raise');
      await clerk.page.keyboard.press('Control+Enter');
      await clerk.page.getByRole('heading', { name: '烧烤店油烟' }).waitFor();
      const address = clerk.page.url();
      await clerk.page.getByRole('button', { name: '写原因' }).click();
      await clerk.page.getByLabel(/^为什么会这样/).fill('楼下门面没有公共烟道，谁都排到外面');
      await clerk.page.keyboard.press('Control+Enter');
      await clerk.page.getByText('谁都排到外面').waitFor();

      // One fix for all is a leader's to decide.
      await leader.page.goto(`${url}/desk/hotspots`);
      await leader.page.getByRole('table').getByRole('link', { name: '烧烤店油烟' }).click();
      await leader.page.getByRole('button', { name: '定办法' }).click();
      await leader.page.getByLabel(/^怎么改/).fill('临街餐馆统一装排烟管道');
      await leader.page.getByLabel(/^哪个单位改/).fill('水利');
      await leader.page.locator('.ant-select-item-option', { hasText: '水利局' }).first().click();
      await leader.page.getByLabel(/^什么时候改完/).fill(addDays(today, 20));
      await leader.page.keyboard.press('Control+Enter');
      await leader.page.getByText('临街餐馆统一装排烟管道').waitFor();

      await handler.page.goto(address);
      await handler.page.getByRole('button', { name: '报进展' }).click();
      await handler.page.getByLabel(/^改到哪一步了/).fill('管道都装好了');
      await handler.page.getByText('是，请受理员一个个问').click();
      await handler.page.keyboard.press('Control+Enter');
      await handler.page.getByText('管道都装好了').waitFor();

      await clerk.page.goto(address);
      await clerk.page.getByText('（0/3）').waitFor();
      for (let asked = 1; asked <= said.length; asked++) {
        await clerk.page
          .getByRole('row', { name: /还没问/ })
          .first()
          .getByRole('button', { name: /^问/ })
          .click();
        await clerk.page.getByText('管用了', { exact: true }).last().click();
        await clerk.page.getByLabel(/^原话/).fill('现在闻不到了');
        if (asked === 1) await picture(clerk.page, 'hotspot-ask');
        await clerk.page.keyboard.press('Control+Enter');
        await clerk.page.getByText(`（${asked}/3）`).waitFor();
        // Who came by keyboard is where they were, not at the top of the page.
        expect(await clerk.page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
      }
      await clerk.page.getByRole('button', { name: '了结' }).click();
      await clerk.page.keyboard.press('Control+Enter');
      await clerk.page.goto(`${url}/desk/hotspots`);
      await clerk.page
        .getByRole('row', { name: /烧烤店油烟/ })
        .locator('.yes')
        .waitFor();
      await picture(clerk.page, 'hotspot-settled');
    });
    const { rows } = await county.database.pool.query('select status, matters, heard, holds from hotspot');
    expect(rows).toEqual([{ status: 'settled', matters: 3, heard: 3, holds: 3 }]);
  },
);

test(
  '[L6] quiet hours are set on the screen; a text waits for them, and the matter says whether it arrived',
  { timeout: 120_000 },
  async () => {
    const { county, url } = stage;
    const texts = textFolder();
    const carriers = { mail: unready('mail'), sms: smsFolder(texts.folder) };
    const at = (days: number, time: string): string =>
      new Date(`${addDays(today, days)}T${time}:00+08:00`).toISOString();
    /** What a serving process does in one go. */
    const pass = async (now: string): Promise<void> => {
      await sealAll(county.database.pool, county.county);
      await followEvents(county.system, county.county, noticeRules, carriers, now);
      await sendDue(county.system, county.county, carriers, () => now);
    };
    const administrator = await stage.device(WIDE, 'administrator');
    const clerk = await stage.device(WIDE, 'clerk');
    await watched('quiet', [administrator.page, clerk.page], async () => {
      const { page } = administrator;
      await page.goto(`${url}/desk/system/notices`);
      await page.getByRole('link', { name: '什么时候能发' }).click();
      await page.getByLabel('给群众的短信几点以后').fill('09:30');
      await page.getByLabel('给群众的短信几点以前').fill('11:00');
      await page.getByRole('button', { name: '发布为新版' }).click();
      await page.getByLabel(/^依据/).fill('县政府办通知〔2026〕3 号');
      await page.getByLabel(/^为什么现在改/).fill('群众说中午来短信吵着休息');
      await picture(page, 'quiet-hours');
      await page.keyboard.press('Control+Enter');
      await page.getByText('县政府办通知〔2026〕3 号').waitFor();
      await page.setViewportSize(PHONE);
      await picture(page, 'quiet-hours-phone');

      // A process goes on with the rules it has read for two seconds.
      await page.waitForTimeout(2_200);
      // Done with what the other tests left to be told.
      await pass(at(1, '10:00'));
      for (const { id } of texts.messages()) texts.take(id);
      const told = await register(
        '村口路灯坏了一个月',
        { name: '张桂兰', phone: '13900001234' },
        county.places.village,
      );
      await done((await county.as('clerk')).post(`/api/matters/${told.id}/dispatch`, { unit: county.units.water }));
      const shown = clerk.page.locator('.told li', { hasText: '短信' });
      const look = async (state: string): Promise<void> => {
        await clerk.page.goto(`${url}/desk/matters/${told.id}`);
        await shown.filter({ hasText: state }).first().waitFor();
      };
      await pass(at(1, '13:00'));
      expect(texts.messages()).toEqual([]);
      await look('等着发');
      await picture(clerk.page, 'told-waits');
      await pass(at(1, '23:59'));
      expect(texts.messages()).toEqual([]);
      await pass(at(2, '09:30'));
      const sent = texts.messages().filter(({ to }) => to === '13900001234');
      expect(sent).toHaveLength(1);
      await look('已发出');
      texts.take(sent[0]!.id);
      texts.drop(sent[0]!.id, { id: sent[0]!.id, state: 'delivered', at: at(2, '09:31') });
      await pass(at(2, '09:40'));
      await look('已收到');
      await picture(clerk.page, 'told-arrived');
    });
    texts.clear();
  },
);
