import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { doubtsOf } from './advice.ts';
import { InformantCommand, NeedReportCommand } from './model.ts';

let county: TestCounty;
let field: Client;
let clerk: Client;
let head: Client;
let nobody: Client;
let informant: string;
let household: string;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [field, clerk, head, nobody] = await Promise.all([
    county.as('field'),
    county.as('clerk'),
    county.as('head'),
    county.as(),
  ]);
  household = await home('欧阳德福');
  await home('张桂兰');
  informant = await enrolled();
});
afterAll(() => county.stop());

async function home(name: string): Promise<string> {
  const id = newId();
  await county.give('household', id, {
    kind: 'household.register',
    area: county.places.grid,
    address: id,
    contact: county.id('field'),
    residents: [{ id: newId(), name, relation: '户主' }],
  });
  return id;
}
async function enrolled(more: object = {}): Promise<string> {
  const id = newId();
  const agreed = { name: '陈热心', phone: '13800138000', area: county.places.village, agreedOn: today };
  await done(field.post(`/api/informants/${id}/enrol`, { ...agreed, until: addDays(today, 180), ...more }));
  const { url } = (await field.get(`/api/informants/${id}/link`)).body;
  await form(`/informant/${id}`, { k: keyIn(url), act: 'agree' });
  return id;
}
const file = (by: Client, more: object = {}, id = newId()) =>
  by.post(`/api/need-reports/${id}/file`, {
    informant,
    about: 'place',
    area: county.places.grid,
    spot: '村口石桥',
    words: '桥面裂了，夜里走要摔',
    ...more,
  });
const filed = async (more: object = {}): Promise<string> => {
  const id = newId();
  await done(file(field, more, id));
  return id;
};
const form = (path: string, fields: Record<string, string>) =>
  nobody.send('POST', path, {
    body: new URLSearchParams(fields),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const keyIn = (url: string): string => new URL(url).searchParams.get('k')!;

describe('who offers', () => {
  test('[A8] is enrolled as agreed, for a time that ends, and may leave from their own phone without a word', async () => {
    const agreed = { name: '陈热心', phone: '13800138000', area: county.places.village, agreedOn: today };
    const enrol = (more: object) =>
      field.post(`/api/informants/${newId()}/enrol`, { ...agreed, until: addDays(today, 30), ...more });
    expect((await enrol({ until: addDays(today, 366) })).body.refused).toBe('informant.too-long');
    expect((await enrol({ until: today })).body.refused).toBe('informant.days-wrong');
    expect((await enrol({ agreedOn: addDays(today, 1), until: addDays(today, 9) })).body.refused).toBe(
      'informant.days-wrong',
    );
    const id = await enrolled();
    const { url } = (await field.get(`/api/informants/${id}/link`)).body;
    expect((await nobody.get(`/informant/${id}?k=wrongwrongwrongwrong`)).status).toBe(404);
    expect((await nobody.get(new URL(url).pathname + new URL(url).search)).body).toContain('报一个需要');
    await form(`/informant/${id}`, { k: keyIn(url), act: 'leave' });
    expect((await nobody.get(new URL(url).pathname + new URL(url).search)).status).toBe(404);
    const [row] = await county.ledger.query<{ name: string | null; active: boolean }>(
      'test.informant',
      'select name, active from informant where county = $1 and id = $2',
      [county.county, id],
    );
    expect(row).toEqual({ name: null, active: false });
    expect((await file(field, { informant: id })).body.refused).toBe('need-report.informant-over');
  });

  test('[A8] speaks for their own village only; villages with somebody are counted of all villages', async () => {
    expect((await file(clerk, { area: county.places.otherVillage })).body.refused).toBe('need-report.outside');
    expect((await head.get('/api/informants')).body.villages).toEqual({ covered: 1, all: 2 });
    expect((await (await county.as('farfield')).get('/api/informants')).body.rows).toEqual([]);
  });
});

describe('their own word', () => {
  test('[A8] is asked on their own phone by the code shown to them; before it nothing is reported in their name, by nobody', async () => {
    const id = newId();
    const until = addDays(today, 60);
    await done(
      field.post(`/api/informants/${id}/enrol`, {
        name: '石大妈',
        phone: '13800138001',
        area: county.places.village,
        agreedOn: today,
        until,
      }),
    );
    const covered = async (): Promise<{ covered: number }> => (await head.get('/api/informants')).body.villages;
    const listed = async () =>
      (await field.get('/api/informants')).body.rows.find((row: { id: string }) => row.id === id);
    expect(await listed()).toMatchObject({ agreed: false });
    expect((await file(field, { informant: id })).body.refused).toBe('need-report.informant-not-agreed');
    // No official says yes for them.
    for (const by of [field, clerk, head])
      expect((await by.post(`/api/informants/${id}/agree`, {})).body.accepted).toBeUndefined();
    const { url, qr } = (await field.get(`/api/informants/${id}/link`)).body;
    expect(qr).toMatch(/^<svg/);
    const theirs = new URL(url).pathname + new URL(url).search;
    const asked = (await nobody.get(theirs)).body as string;
    expect(asked).toContain('我愿意');
    expect(asked).not.toContain('报上去');
    // Reporting before the answer asks again instead.
    const early = await form(`/informant/${id}`, { k: keyIn(url), act: 'file', spot: '村口', words: '灯坏了两盏' });
    expect(early.body).toContain('我愿意');
    await form(`/informant/${id}`, { k: 'x'.repeat(22), act: 'agree' });
    expect(await listed()).toMatchObject({ agreed: false });
    await form(`/informant/${id}`, { k: keyIn(url), act: 'agree' });
    expect(await listed()).toMatchObject({ agreed: true });
    expect((await nobody.get(theirs)).body).toContain('报上去');
    await done(file(field, { informant: id }));
    // Asked again for another year, it is theirs to say once more.
    await done(field.post(`/api/informants/${id}/renew`, { agreedOn: today, until: addDays(today, 120) }));
    expect(await listed()).toMatchObject({ agreed: false });
    expect((await file(field, { informant: id })).body.refused).toBe('need-report.informant-not-agreed');
    const before = await covered();
    // Who would rather not is gone from every table at once.
    await form(`/informant/${id}`, { k: keyIn(url), act: 'leave' });
    expect(await listed()).toBeUndefined();
    expect(await covered()).toEqual(before);
  });
});

describe('what a place needs', () => {
  test('[A8] becomes a matter at once, from the informant’s own phone too, and the matter does not tell who said it', async () => {
    const id = await filed();
    const row = (await clerk.get('/api/need-reports')).body.rows.find((r: { id: string }) => r.id === id);
    expect(row).toMatchObject({ status: 'passed', words: '桥面裂了，夜里走要摔', spot: '村口石桥' });
    const matter = (await clerk.get(`/api/matters/${row.matter}`)).body;
    expect(JSON.stringify(matter)).toContain('桥面裂了');
    expect(JSON.stringify(matter)).not.toContain('陈热心');
    const { url } = (await field.get(`/api/informants/${informant}/link`)).body;
    const sent = {
      k: keyIn(url),
      act: 'file',
      about: 'place',
      area: county.places.grid,
      spot: '三组路口',
      words: '路灯不亮，孩子放学看不见',
    };
    expect(String((await form(`/informant/${informant}`, sent)).body)).toContain('已经上台账');
    const refused = String((await form(`/informant/${informant}`, { ...sent, words: '老李家天天赌博' })).body);
    expect(refused).toContain('像是在说某个人做了什么');
  });

  test('[A8] needs a spot and no household', async () => {
    expect((await file(field, { spot: '' })).body).toMatchObject({
      refused: 'need-report.spot-missing',
      field: 'spot',
    });
    expect((await file(field, { household })).body.refused).toBe('need-report.household-of-place');
  });
});

describe('what a household needs', () => {
  const asked = { about: 'household', spot: '三组 7 号', words: '门槛太高，轮椅出不了门，想修个坡道' };
  const linkOf = async (id: string) => (await field.get(`/api/need-reports/${id}/link`)).body.url as string;

  test('[A8] is nobody’s to read until the household agreed by its own key; then it becomes its matter', async () => {
    const id = await filed({ ...asked, household });
    const seen = async () =>
      JSON.stringify([(await clerk.get('/api/need-reports')).body, (await clerk.get(`/api/need-reports/${id}`)).body]);
    expect(await seen()).not.toContain('轮椅');
    const tables = async () =>
      JSON.stringify(
        await county.ledger.query('test.rows', 'select * from need_report where county = $1 and id = $2', [
          county.county,
          id,
        ]),
      );
    expect(await tables()).not.toContain('轮椅');
    // Nobody but the household agrees for it, and only who filed it with them hands the link over.
    for (const by of [field, clerk, head, nobody])
      expect((await by.post(`/api/need-reports/${id}/consent`, {})).body.accepted).toBeUndefined();
    expect((await clerk.get(`/api/need-reports/${id}/link`)).status).toBe(404);
    const url = await linkOf(id);
    expect((await nobody.get(`/need-report/${id}?k=wrongwrongwrongwrong`)).status).toBe(404);
    expect(String((await nobody.get(new URL(url).pathname + new URL(url).search)).body)).toContain('轮椅');
    const agreed = String(
      (await form(`/need-report/${id}`, { k: keyIn(url), act: 'consent', name: '欧阳德福', phone: '13900001111' }))
        .body,
    );
    expect(agreed).toContain('已经上台账');
    expect(await seen()).toContain('轮椅');
    const { matter } = (await clerk.get(`/api/need-reports/${id}`)).body;
    expect(JSON.stringify((await clerk.get(`/api/matters/${matter}`)).body)).toContain('欧阳德福');
    const readings = (await clerk.get(`/api/households/${household}/readings`)).body.readings;
    expect(readings.map((r: { what: string }) => r.what)).toContain('信息员报的需要');
  });

  test('[A8] is taken back at any time: the words are gone from tables and vault, the chain stays whole', async () => {
    const id = await filed({ ...asked, household });
    const url = await linkOf(id);
    await form(`/need-report/${id}`, { k: keyIn(url), act: 'consent' });
    expect((await clerk.get(`/api/need-reports/${id}`)).body.words).toContain('轮椅');
    await form(`/need-report/${id}`, { k: keyIn(url), act: 'withdraw' });
    expect((await clerk.get('/api/need-reports')).body.rows.map((r: { id: string }) => r.id)).not.toContain(id);
    expect((await clerk.get(`/api/need-reports/${id}`)).body).toMatchObject({ words: null, spot: null });
    const history = await county.ledger.history(county.county, id);
    expect(JSON.stringify(history)).not.toContain('轮椅');
    const { database } = county;
    await sealAll(database.pool, county.county);
    expect((await verifyCounty(database.pool, county.county)).faults).toEqual([]);
  });

  test('[A8] a household that is elsewhere is not reported for', async () => {
    expect((await file(field, { ...asked, household: newId() })).body.refused).toBe('need-report.household-not-there');
  });
});

describe('never people', () => {
  test('[A8] there is no field and no column for a third person', () => {
    const fields = (commands: z.ZodDiscriminatedUnion): string[] =>
      (commands.options as unknown as z.ZodObject[]).flatMap((option) => Object.keys(option.shape));
    expect([...new Set(fields(NeedReportCommand))].toSorted()).toEqual(
      [
        'about',
        'area',
        'household',
        'informant',
        'kind',
        'name',
        'phone',
        'reason',
        'spot',
        'sure',
        'words',
      ].toSorted(),
    );
    // Name and telephone are the household's own, given with its consent and with nothing else.
    const withName = (NeedReportCommand.options as unknown as z.ZodObject<{ kind: z.ZodLiteral<string> }>[]).filter(
      (o) => 'name' in o.shape,
    );
    expect(withName.map((o) => o.shape.kind.value)).toEqual(['need-report.consent']);
    expect(fields(InformantCommand)).not.toContain('about');
  });

  test('[A8] [red line] no table of informants has a column in which somebody could stand', async () => {
    const rows = await county.ledger.query<{ column_name: string }>(
      'test.columns',
      `select column_name from information_schema.columns where table_schema = current_schema() and table_name = 'need_report'`,
      [],
    );
    for (const { column_name } of rows)
      expect(column_name).not.toMatch(/resident|person|subject|target|label|name|phone|suspect|household/);
  });

  test('[A8] a resident’s name in the place is refused, in the words it is sent back', async () => {
    expect((await file(field, { spot: '张桂兰家门口' })).body).toMatchObject({
      refused: 'need-report.names-somebody',
      field: 'spot',
    });
    expect((await file(field, { spot: '张 桂 兰家门口' })).body.refused).toBe('need-report.names-somebody');
    expect((await file(field, { words: '张桂兰门前的沟盖板坏了' })).body).toMatchObject({
      refused: 'need-report.about-people',
      field: 'words',
    });
    // The household whose own need it is may stand under its own name.
    await done(file(field, { about: 'household', household, spot: '欧阳德福家', words: '屋顶漏雨，想申请修' }));
  });

  test('[A8] words that may be about somebody wait for another person, who decides with a reason; what is returned is not kept', async () => {
    const words = '河边有人偷东西一样把护栏拆了，缺十米护栏';
    expect((await file(clerk, { words })).body.refused).toBe('need-report.about-people');
    const id = newId();
    const held = await done(file(clerk, { words, sure: true }, id));
    expect(held.body.followed).toEqual([]);
    expect((await clerk.get(`/api/need-reports/${id}`)).body).toMatchObject({ status: 'held', can: [] });
    expect((await clerk.post(`/api/need-reports/${id}/let-through`, { reason: '我自己看的' })).body.refused).toBe(
      'need-report.own-decision',
    );
    const passed = await done(head.post(`/api/need-reports/${id}/let-through`, { reason: '说的是护栏，不是人' }));
    expect(passed.body.followed).toMatchObject([{ record: 'matter' }]);

    const other = newId();
    await done(file(clerk, { words: '老李又去北京了，家里灯也坏了', sure: true }, other));
    await done(head.post(`/api/need-reports/${other}/return`, { reason: '说的是人的去向' }));
    expect((await head.get(`/api/need-reports/${other}`)).body).toMatchObject({ status: 'returned', words: null });
    expect(
      (await head.get('/api/need-reports')).body.rows.find((r: { id: string }) => r.id === other).words,
    ).toBeNull();
  });

  test('[A8] whatever else a text says, a word of conduct, opinion or whereabouts is seen; plain needs are left alone', () => {
    const about = [
      '赌博',
      '打架',
      '上访',
      '信教',
      '不满',
      '发牢骚',
      '群里说',
      '去北京',
      '行踪',
      '跟外人来往',
      '告状',
      '可疑',
    ];
    const needs = [
      '桥面裂了，夜里走要摔',
      '三组路灯不亮',
      '水渠堵了，浇不上地',
      '门槛太高，轮椅出不了门，想修个坡道',
      '卫生室没有降压药',
      '校车站没有雨棚',
      '老人独居，想装一个呼叫铃',
      '低保年审不知道怎么办，想请人上门办',
    ];
    for (const need of needs) expect(doubtsOf(need, false), need).toEqual([]);
    fc.assert(
      fc.property(
        fc.constantFrom(...about),
        fc.constantFrom(...needs),
        fc.constantFrom(...needs),
        fc.boolean(),
        (word, before, after, spaced) => {
          const said = spaced ? [...word].join(' ') : word;
          expect(doubtsOf(`${before}，${said}，${after}`, false).length).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('[A8] a rebuild gives the same rows', async () => {
    const before = (await clerk.get('/api/need-reports')).body;
    const { database, ledger, system } = county;
    await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
    expect((await clerk.get('/api/need-reports')).body).toEqual(before);
  });
});
