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

test(
  '[B9] [B10] a topic is taken up and found out about in the village; a policy is explained and a question taken down',
  { timeout: 90_000 },
  async () => {
    const { county, url } = stage;
    const head = await county.as('head');
    const [guide, study, topic] = [county.newId(), county.newId(), '水渠为什么年年清、年年堵'];
    await done(
      head.post(`/api/guides/${guide}/publish`, {
        title: '冬季取暖补贴怎么领',
        gist: '低保户、五保户每户每年 600 元。\n带身份证和低保证，到村委会填一张表，十天内打到卡上。',
        source: '县民政局〔2026〕8 号',
        validFrom: addDays(today, -30),
      }),
    );
    await done(
      head.post(`/api/studies/${study}/open`, {
        topic,
        question: '管护的人、钱、办法各缺什么',
        area: county.places.liuhe,
        until: addDays(today, 45),
      }),
    );
    await done(head.post(`/api/studies/${study}/find`, { words: '每组每年只有 300 元管护费，没有专人' }));
    await done(
      head.post(`/api/studies/${study}/propose`, {
        finding: 0,
        words: '按亩定管护费，每组聘一名渠长',
        unit: county.units.water,
        due: addDays(today, 30),
      }),
    );
    await done(
      (await county.as('field')).post(`/api/studies/${county.newId()}/open`, {
        topic: '村里的老人怎么看病',
        question: '从家到卫生院要多久，谁陪着去',
        area: county.places.village,
        until: addDays(today, 45),
      }),
    );
    const desk = await stage.device(WIDE, 'head');
    const field = await stage.device(PHONE, 'field');
    await watched('talks', [desk.page, field.page], async () => {
      await field.page.goto(`${url}/field/me`);
      await picture(field.page, 'going-me');
      await field.page.getByText('讲了什么、给谁讲、没答上的').click();
      await field.page.getByRole('button', { name: '记一次宣讲' }).click();
      await field.page.getByPlaceholder('村名、拼音或首字母').fill('柳河村');
      await field.page.getByRole('button', { name: /^柳河村第一网格/ }).click();
      await field.page.getByRole('button', { name: '冬季取暖补贴怎么领' }).click();
      await field.page.getByLabel(/来了多少人/).fill('26');
      await picture(field.page, 'talk-hold');
      await field.page.getByRole('button', { name: '记下' }).click();
      await field.page.getByText('来了 26 人').click();
      await field.page.getByRole('button', { name: '没答上的' }).click();
      await field.page.getByLabel('问的什么').fill('租房住的能不能领');
      await picture(field.page, 'talk-ask');
      await field.page.getByRole('button', { name: '记下，上台账' }).click();
      await field.page.getByText('单位还没答复').waitFor();
      await picture(field.page, 'talk-field');
      await field.page.goto(`${url}/field/studies`);
      await field.page.getByText('村里的老人怎么看病').click();
      await field.page.getByRole('button', { name: '记一条发现' }).click();
      await field.page.getByRole('button', { name: '政策执行' }).click();
      await field.page.getByLabel('看到什么、为什么会这样').fill('七十岁以上的多半自己走，一趟两个钟头');
      await field.page.getByRole('button', { name: '记下' }).click();
      await field.page.getByText('一趟两个钟头').waitFor();
      await picture(field.page, 'study-field');

      await desk.page.goto(`${url}/desk/outreach/talks`);
      await desk.page.getByText('来了').first().waitFor();
      await picture(desk.page, 'talks-desk');
      await desk.page.getByRole('link', { name: '冬季取暖补贴怎么领' }).first().click();
      await desk.page.getByText('讲到了哪一级').waitFor();
      await picture(desk.page, 'guide-desk');
      await desk.page.goto(`${url}/desk/outreach/studies`);
      await desk.page.getByRole('link', { name: topic }).waitFor();
      await picture(desk.page, 'studies-desk');
      await desk.page.getByRole('link', { name: topic }).click();
      await desk.page.getByRole('button', { name: '写报告' }).click();
      await desk.page.getByLabel(/^报告题目/).fill('水渠管护的人、钱和办法');
      await desk.page
        .getByLabel(/^正文/)
        .fill('今年走了四个村十一个组，问了三十多户。渠不是没人清，是清了没人管。'.repeat(3));
      await desk.page.keyboard.press('Control+Enter');
      await desk.page.getByRole('heading', { name: '水渠管护的人、钱和办法' }).waitFor();
      await picture(desk.page, 'study-desk');
    });
    const reach = (await head.get(`/api/guides/${guide}/reach`)).body.rows as object[];
    expect(reach).toMatchObject([{ name: '柳河镇', groupsReached: 1, came: 26 }]);
  },
);

test(
  '[A5] [A8] a village’s list is checked with one touch, its gaps stand at the desk; a need is reported, a person is not',
  { timeout: 90_000 },
  async () => {
    const { county, url } = stage;
    const informant = county.newId();
    await done(
      (await county.as('clerk')).post(`/api/informants/${informant}/enrol`, {
        name: '陈热心',
        phone: '19000002000',
        area: county.places.village,
        agreedOn: today,
        until: addDays(today, 180),
      }),
    );
    const desk = await stage.device(WIDE, 'clerk');
    const field = await stage.device(PHONE, 'field');
    const phone = await stage.device(PHONE);
    await watched('premises', [desk.page, field.page, phone.page], async () => {
      await field.page.goto(`${url}/field/premises`);
      await field.page.getByText('有人员').first().waitFor();
      await picture(field.page, 'premises-field');
      await field.page.getByText('有人员').first().click();
      await field.page.getByRole('button', { name: '有', exact: true }).click();
      await field.page.getByLabel('看到什么').fill('两个人轮流值班，名单贴在墙上');
      await picture(field.page, 'premises-check');
      await field.page.getByRole('button', { name: '记下' }).click();
      await field.page.getByText('两个人轮流值班').waitFor();

      await desk.page.goto(`${url}/desk/premises`);
      await desk.page.getByText('村级群众工作服务点“三有”').waitFor();
      await picture(desk.page, 'premises-desk');
      await desk.page.getByText('村级群众工作服务点“三有”').click();
      await desk.page.getByText('还缺的').waitFor();
      await picture(desk.page, 'premises-list');
      await desk.page.goto(`${url}/print/premises/${county.places.village}`);
      await picture(desk.page, 'premises-board');

      const link = (await (await county.as('clerk')).get(`/api/informants/${informant}/link`)).body.url as string;
      await phone.page.goto(`${url}${new URL(link).pathname}${new URL(link).search}`);
      await phone.page.getByText('愿意当信息员吗').first().waitFor();
      await picture(phone.page, 'informant-asked');
      await field.page.goto(`${url}/field/informants`);
      await field.page.getByText('等本人同意').click();
      await field.page.getByRole('img', { name: '请本人同意' }).waitFor();
      await picture(field.page, 'informant-code');
      await phone.page.getByRole('button', { name: '我愿意' }).click();
      await phone.page.getByText('报上去').waitFor();
      await picture(phone.page, 'informant-form');
      await phone.page.getByLabel(/^在哪里/).fill('三组路口');
      await phone.page.getByLabel('缺什么、要修什么、要帮什么').fill('老李家天天赌博，路灯也坏了');
      await phone.page.getByRole('button', { name: '报上去' }).click();
      await phone.page.getByText('像是在说某个人做了什么').waitFor();
      await picture(phone.page, 'informant-advice');
      await phone.page.getByLabel('缺什么、要修什么、要帮什么').fill('路灯坏了，孩子放学看不见');
      await phone.page.getByRole('button', { name: '报上去' }).click();
      await phone.page.getByText('报上了，已经上台账').waitFor();
      await desk.page.goto(`${url}/desk/premises/informants`);
      await desk.page.getByText('路灯坏了，孩子放学看不见').waitFor();
      await picture(desk.page, 'informants-desk');
    });
    const reports = (await (await county.as('clerk')).get('/api/need-reports')).body.rows as object[];
    expect(reports).toMatchObject([{ status: 'passed', words: '路灯坏了，孩子放学看不见' }]);
    expect(JSON.stringify(reports)).not.toContain('老李');
  },
);
