import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../testing.ts';
import { toldApart } from './done.ts';
import { type Phone, hidden, phone, ticketOf, wordsOf } from './testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
}, 60_000);
afterAll(() => county.stop());
let phones = 0;
const resident = (): Phone => phone(county, `10.8.0.${++phones}`);

const WORDS = '二组水渠堵了两个月';

/** A matter of that village, told to its end or to its handling. */
async function matter(village: string, end: 'handling' | 'done'): Promise<void> {
  const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
  const id = county.newId();
  await clerk.post(`/api/matters/${id}/register`, {
    channel: 'phone',
    subject: WORDS,
    area: village,
    reporter: { name: '欧阳夜莺', phone: '13900001234' },
  });
  await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
  await handler.post(`/api/matters/${id}/acknowledge`, {
    leader: county.id('waterhead'),
    handler: county.id('handler'),
    measures: '到现场看看',
  });
  if (end === 'handling') return;
  await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '水渠确实堵了' });
  await handler.post(`/api/matters/${id}/resolve`, { answer: '二组水渠已经清淤，昨天下午通水。' });
  const { body } = await (
    await county.as('countyclerk')
  ).post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '通水了' });
  expect(body).toMatchObject({ accepted: true });
}

describe('what was promised and done', () => {
  test('kinds are told apart only where there are enough of them; nothing is lost in the sum', () => {
    const kind = fc.record({
      category: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      told: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(kind, { selector: ({ category }) => category, minLength: 1 }), (kinds) => {
        const rows = kinds.map(({ category, told }) => ({ category, told, done: Math.floor(told / 2) }));
        const shown = toldApart(rows, (id) => id ?? '', '其他');
        const sum = (of: readonly { told: number; done: number }[], part: 'told' | 'done') =>
          of.reduce((total, row) => total + row[part], 0);
        expect([sum(shown, 'told'), sum(shown, 'done')]).toEqual([sum(rows, 'told'), sum(rows, 'done')]);
        // Fewer than five stand alone only where all there are is fewer than five.
        const all = sum(rows, 'told');
        for (const { told } of shown) expect(told >= 5 || told === all).toBe(true);
      }),
    );
  });

  test('[C14] by township and village, with what is not done counted as well, nothing of anyone, and few not counted', async () => {
    for (let n = 0; n < 11; n++) await matter(county.places.village, n < 7 ? 'done' : 'handling');
    for (let n = 0; n < 3; n++) await matter(county.places.otherVillage, 'done');
    const at = resident();
    expect((await at.get('/')).text).toContain('href="/done"');
    expect((await at.get('/done')).text).toContain(`/done?township=${county.places.liuhe}`);

    const town = await at.get(`/done?township=${county.places.liuhe}`);
    expect(wordsOf(town)).toMatch(/14件事说出来 ?14件定了日子 ?10件您说办好了/);
    expect(wordsOf(town)).toContain('0 件单位说办好了，等本人看；4 件还在办');
    expect(town.text.match(/本人说办好了/g)).toHaveLength(10);
    const village = await at.get(`/done?village=${county.places.village}`);
    expect(wordsOf(village)).toMatch(/11件事说出来 ?11件定了日子 ?7件您说办好了/);
    const few = await at.get(`/done?village=${county.places.otherVillage}`);
    expect(wordsOf(few)).toContain('不到 10 件，不分开数');
    expect(few.text).not.toMatch(/<b>3<\/b>/);
    for (const page of [town, village, few]) expect(page.text).not.toMatch(/欧阳|13900001234|水渠|QH ?\d/);
    expect((await at.get('/done?township=nonsense&village=5')).status).toBe(200);
  });
});

describe('who looked at my data', () => {
  test('[L1] [L3] whoever holds number and code is told who looked, with office, day and part; nobody else is', async () => {
    const at = resident();
    const form = await at.get('/say');
    const said = await at.form('/say', {
      ...hidden(form),
      what: '路灯坏了，天黑看不见路。',
      township: county.places.liuhe,
      name: '陈秀英',
      phone: '13900005678',
      act: 'say',
    });
    const { number } = ticketOf(said);
    expect(wordsOf(await at.get(`/progress/${number}/readers`))).toContain('到现在还没有人看过');
    const clerk = await county.as('clerk');
    const { body } = await clerk.get('/api/matters?channel=web');
    await clerk.get(`/api/matters/${body.matters[0].id}`);
    const page = wordsOf(await at.get(`/progress/${number}/readers`));
    expect(page).toContain('柳河镇人民政府 李芳 看了反映人和联系方式');
    expect((await at.get(`/progress/${number}`)).text).toContain(`/progress/${number}/readers`);
    // A phone that never showed the code is asked for it.
    const stranger = await resident().only(`/progress/${number}/readers`);
    expect([stranger.status, stranger.text]).toEqual([303, '']);
  });

  test('[L1] [L3] a household with the link to a visit’s note is told the same; the asking is limited', async () => {
    const [household, visit, person] = [county.newId(), county.newId(), county.newId()];
    const field = await county.as('field');
    await field.post(`/api/households/${household}/register`, {
      area: county.places.grid,
      address: '二组 12 号',
      contact: county.id('field'),
      residents: [{ id: person, name: '陈秀英', relation: '户主', bornYear: 1950 }],
    });
    await field.post(`/api/visits/${visit}/record`, {
      household,
      contact: 'met',
      note: '渠水不到田头。',
      needs: [],
      promises: [],
      metAt: new Date().toISOString(),
      withWhom: [person],
    });
    await field.get(`/api/households/${household}`);
    const { url } = (await field.get(`/api/visits/${visit}/link`)).body as { url: string };
    const k = new URL(url).searchParams.get('k')!;
    const at = resident();
    expect((await at.get(`/sign/${visit}?k=${k}`)).text).toContain(`/sign/${visit}/readers`);
    const page = wordsOf(await at.get(`/sign/${visit}/readers?k=${k}`));
    expect(page).toContain('柳河镇人民政府 王建军 看了住户档案');
    expect(page).toContain('您自己（凭编号或签字链接） 看了用签字链接看走访记录');
    expect((await at.get(`/sign/${visit}/readers?k=${'x'.repeat(22)}`)).status).toBe(404);
    const statuses = [];
    for (let n = 0; n < 12; n++) statuses.push((await at.get(`/sign/${visit}/readers?k=${k}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
