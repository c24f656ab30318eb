import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { english as signIn } from '../../accounts/english.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { newId } from '../../ledger/ids.ts';
import { type TestCounty, done, startCounty } from '../testing.ts';
import { english } from './english.ts';
import { type Page, type Phone, hidden, phone, wordsOf } from './testing.ts';

let county: TestCounty;
let names: string[];
beforeAll(async () => {
  county = await startCounty();
  const { rows } = await county.database.pool.query(`
    select name from area union select name from unit union select short_name from unit union select name from official
    union select title from official union select title from post union select role from post union select role from assignment`);
  names = rows
    .map(({ name }) => String(name))
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length);
});
afterAll(() => county.stop());

const HAN = /[\p{Script=Han}，。：；、？！（）]+/gu;
/** Chinese that is neither a name — out of the records, or the house's own — nor the way back to Chinese. */
const leftover = (page: Page): string[] => {
  const shown = [
    wordsOf(page),
    ...[...page.text.matchAll(/(?:aria-label|placeholder|title)="([^"]*)"/g)].map(([, text]) => text!),
  ].join('\n');
  return (
    names
      .concat('中文', '民情')
      .reduce((text, name) => text.replaceAll(name, ''), shown)
      .match(HAN) ?? []
  );
};

let houses = 0;
async function reader(): Promise<Phone> {
  const at = phone(county, `10.2.0.${++houses}`);
  await at.get('/look?lang=en&to=/');
  return at;
}

describe('English', () => {
  const addresses = [
    '/',
    '/say',
    '/progress',
    '/officials',
    '/officials?q=zz',
    '/overdue',
    '/receptions',
    '/help',
    '/sign-in',
  ];
  test.each(addresses)('[L11] of %s nothing is left in Chinese but names', async (address) => {
    const page = await (await reader()).get(address);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="en"');
    expect(leftover(page)).toEqual([]);
  });

  test('[L11] a village’s board, a card, and what is written to its official', async () => {
    const at = await reader();
    for (const address of [
      `/officials?village=${county.places.village}`,
      `/officials?township=${county.places.liuhe}`,
      `/card/${county.id('field')}`,
      `/say?official=${county.id('field')}`,
    ])
      expect(leftover(await at.get(address)), address).toEqual([]);
  });

  test('[L11] what is missing in a form is said in English, and the words typed stay as they are', async () => {
    const at = await reader();
    const asked = await at.form('/say', {
      ...hidden(await at.get('/say')),
      what: '堵',
      township: '',
      phone: 'x',
      act: 'say',
    });
    expect(asked.status).toBe(422);
    expect(leftover(asked)).toEqual(['堵']);
    for (const number of ['', '2611', 'QH 12', 'QH 2611 0482 O', 'QH 2611 0482 4'])
      expect(leftover(await at.form('/progress', { number, code: '12' })), number).toEqual([]);
  });

  test('[L11] a matter is filed in English, and its receipt is English with the day it is promised for', async () => {
    const at = await reader();
    const page = await at.form('/say', {
      ...hidden(await at.get('/say')),
      what: 'The canal is blocked.',
      township: county.places.liuhe,
      act: 'say',
    });
    expect(wordsOf(page)).toMatch(/ by (\d\d:\d\d on )?\d+ \w+ pass it to the office in charge/);
    expect(leftover(page)).toEqual([]);
  });

  test('[L11] a wrong password is told in English', async () => {
    const page = await (await reader()).form('/sign-in', { login: 'nobody', password: 'not-the-password' });
    expect(wordsOf(page)).toContain(signIn['登录名或密码不对，请检查后再试。忘记密码的话，请联系本单位管理员重置。']);
    expect(leftover(page)).toEqual([]);
  });

  const today = dayOf(new Date().toISOString());
  const SIGNATURE = '[[[1,2],[30,40]]]';
  const within = (url: string): string => new URL(url).pathname + new URL(url).search;
  const keyIn = (url: string): string => new URL(url).searchParams.get('k')!;
  /** What people typed is English here, so that whatever is left in Chinese is the house's. */
  async function home(): Promise<{ household: string; resident: string }> {
    const [household, resident] = [newId(), newId()];
    await county.give('household', household, {
      kind: 'household.register',
      area: county.places.grid,
      address: 'No. 12',
      contact: county.id('field'),
      residents: [{ id: resident, name: 'Chen', relation: '户主', bornYear: 1980 }],
    });
    return { household, resident };
  }

  test('[L11] the plan of help, from before it is written to after it ended, and what is refused there', async () => {
    const [field, at] = [await county.as('field'), await reader()];
    const { household, resident } = await home();
    const made = newId();
    const make = { household, by: resident, until: addDays(today, 90), signature: SIGNATURE };
    await done(field.post(`/api/pairs/${made}/make`, make));
    const id = (await field.get(`/api/households/${household}/pairs`)).body.pairs[0].id as string;
    const { url } = (await field.get(`/api/pairs/${id}/link`)).body as { url: string };
    expect(leftover(await at.get(`/pair/${id}?k=${'x'.repeat(22)}`))).toEqual([]);
    expect(leftover(await at.get(within(url)))).toEqual([]);
    const measures = [
      { give: '送技术', what: 'Somebody looks at the trees', by: addDays(today, 3) },
      { give: '送技术', what: 'A course', by: addDays(today, 30) },
    ];
    await done(field.post(`/api/pairs/${id}/plan`, { measures }));
    await done(field.post(`/api/pairs/${id}/do`, { measure: 0, how: 'Came and looked' }));
    // The kinds of help are the county's own words.
    const rest = (page: Page): string[] => leftover(page).filter((words) => words !== '送技术');
    expect(rest(await at.get(within(url)))).toEqual([]);
    const fields = { k: keyIn(url), measure: '0', by: resident, act: 'say' };
    expect(rest(await at.form(`/pair/${id}`, { ...fields, words: 'x' }))).toEqual([]);
    expect(rest(await at.form(`/pair/${id}`, { ...fields, measure: '9', words: 'It helped' }))).toEqual([]);
    const said = await at.form(`/pair/${id}`, { ...fields, words: 'It helped' });
    expect(wordsOf(said)).toContain('It helped');
    expect(rest(said)).toEqual([]);
    const ended = await at.form(`/pair/${id}`, { k: keyIn(url), act: 'end', words: '' });
    expect(wordsOf(ended)).toContain('the household asked for it');
    expect(rest(ended)).toEqual([]);
  });

  test('[L11] an informant’s page, what it refuses, and what the household reads and answers', async () => {
    const [field, at] = [await county.as('field'), await reader()];
    const id = newId();
    await done(
      field.post(`/api/informants/${id}/enrol`, {
        name: 'Li',
        phone: '13800138000',
        area: county.places.village,
        agreedOn: today,
        until: addDays(today, 180),
      }),
    );
    const { url } = (await field.get(`/api/informants/${id}/link`)).body as { url: string };
    expect(leftover(await at.get(new URL(url).pathname + new URL(url).search))).toEqual([]);
    expect(leftover(await at.form(`/informant/${id}`, { k: keyIn(url), act: 'agree' }))).toEqual([]);
    expect(leftover(await at.get(`/informant/${id}?k=${'x'.repeat(22)}`))).toEqual([]);
    expect(leftover(await at.get(within(url)))).toEqual([]);
    const fields = { k: keyIn(url), act: 'file', about: 'place', area: county.places.grid, spot: 'the bridge' };
    expect(leftover(await at.form(`/informant/${id}`, { ...fields, words: '' }))).toEqual([]);
    expect(
      leftover(await at.form(`/informant/${id}`, { ...fields, spot: '', words: 'The bridge is cracked' })),
    ).toEqual([]);
    const doubted = await at.form(`/informant/${id}`, { ...fields, words: 'He 赌博 all day' });
    expect(wordsOf(doubted)).toContain('This seems to say what somebody did.');
    expect(leftover(doubted)).toEqual(['赌博']);
    expect(leftover(await at.form(`/informant/${id}`, { ...fields, words: 'The bridge is cracked' }))).toEqual([]);
    const asked = await at.form(`/informant/${id}`, { ...fields, about: 'household', words: 'A ramp at the door' });
    expect(leftover(asked)).toEqual([]);
    const link = /href="([^"]*\/need-report\/[^"]*)"/.exec(asked.text)![1]!.replaceAll('&amp;', '&');
    const report = new URL(link).pathname;
    expect(leftover(await at.get(within(link)))).toEqual([]);
    expect(leftover(await at.form(report, { k: keyIn(link), act: 'consent', name: '', phone: '1' }))).toEqual([]);
    const agreed = await at.form(report, { k: keyIn(link), act: 'consent', name: '', phone: '' });
    expect(wordsOf(agreed)).toContain('It is a matter now, number');
    expect(leftover(agreed)).toEqual([]);
    expect(leftover(await at.form(report, { k: keyIn(link), act: 'withdraw' }))).toEqual([]);
    expect(leftover(await at.form(`/informant/${id}`, { k: keyIn(url), act: 'leave' }))).toEqual([]);
  });

  test('[L11] a mediation as its parties read it, from being asked to a term that was kept, and one that failed', async () => {
    const [field, clerk, at] = [await county.as('field'), await county.as('clerk'), await reader()];
    const mediator = newId();
    await done(
      clerk.post(`/api/mediators/${mediator}/enrol`, {
        name: 'Wu',
        phone: '19000001234',
        background: 'veteran-member',
        types: ['people'],
        area: county.places.liuhe,
        unit: county.units.liuhe,
        qualification: 'Trained in 2025',
        abouts: ['water'],
        until: addDays(today, 300),
      }),
    );
    const opened = async (): Promise<{ id: string; links: string[] }> => {
      const id = newId();
      await done(
        field.post(`/api/disputes/${id}/register`, {
          about: 'water',
          subject: 'Two groups over water',
          words: 'The ditch was blocked upstream',
          area: county.places.village,
          signs: [],
          unit: county.units.liuhe,
          person: county.id('field'),
          due: addDays(today, 10),
        }),
      );
      const parties = [{ name: 'Zhou' }, { name: 'Chen' }];
      await done(field.post(`/api/disputes/${id}/open-mediation`, { type: 'people', mediator, parties }));
      const { links } = (await field.get(`/api/disputes/${id}/link`)).body as { links: { url: string }[] };
      return { id, links: links.map(({ url }) => url) };
    };
    const { id, links } = await opened();
    const show = async (): Promise<void> => {
      for (const url of links) expect(leftover(await at.get(within(url)))).toEqual([]);
    };
    const act = async (party: number, fields: Record<string, string>): Promise<void> =>
      expect(leftover(await at.form(`/mediation/${id}`, { k: keyIn(links[party]!), ...fields }))).toEqual([]);
    expect(leftover(await at.get(`/mediation/${id}?k=${'x'.repeat(22)}`))).toEqual([]);
    await show();
    await act(0, { act: 'sign' });
    await act(0, { act: 'agree' });
    await act(1, { act: 'agree' });
    await done(
      field.post(`/api/disputes/${id}/hold`, {
        day: today,
        where: 'the village hall',
        present: [0, 1],
        said: [{ party: 0, words: 'It was blocked last year' }],
      }),
    );
    await show();
    const terms = [
      { by: 0, what: 'Take the stones away', due: today },
      { by: 1, what: 'Help to clear it', due: addDays(today, 20) },
    ];
    await done(field.post(`/api/disputes/${id}/draft`, { facts: 'The outlet was blocked', terms }));
    await show();
    await act(0, { act: 'sign' });
    await act(1, { act: 'sign' });
    await done(field.post(`/api/disputes/${id}/ask-court`, { court: 'Court', day: today }));
    await done(field.post(`/api/disputes/${id}/court-answers`, { confirmed: true, document: 'No. 7', day: today }));
    await done(field.post(`/api/disputes/${id}/perform`, { term: 0, done: true, words: 'Done this morning' }));
    await show();
    await act(0, { act: 'done', term: '0' });
    await act(1, { act: 'done', term: '0' });

    const other = await opened();
    const refused = await at.form(`/mediation/${other.id}`, { k: keyIn(other.links[0]!), act: 'refuse' });
    expect(wordsOf(refused)).toContain('Mediation did not succeed');
    // Which ways remain is the county's own text.
    const house = { ...refused, text: refused.text.replace(/<ul class="plain">[\s\S]*?<\/ul>/, '') };
    expect(leftover(house)).toEqual([]);
  });

  test('[L11] Chinese comes first, English by choice, and back; on the sign-in page as well', async () => {
    const at = phone(county, '10.2.1.1');
    expect((await at.get('/')).text).toContain('<html lang="zh-CN"');
    const there = await at.get('/look?lang=en&to=/sign-in');
    expect(there.text).toContain('<html lang="en"');
    expect(there.text).toContain('name="password"');
    const back = await at.get('/look?lang=zh&to=/help');
    expect(back.text).toContain('<html lang="zh-CN"');
    expect(wordsOf(back)).toContain('信息怎么保管');
  });
});

describe('the dictionary', () => {
  const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
  const source = (folder: string): string =>
    readdirSync(folder)
      .filter((file) => /^(?!english|.*\.test)[\w-]+\.ts$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
  const accounts = join(import.meta.dirname, '../../accounts');

  test.each([
    ['portal', english, import.meta.dirname],
    ['sign-in', signIn, accounts],
  ] as const)(
    '[L11] of the %s has no sentence that nobody says, none left in Chinese, and the same values in both',
    (_, dictionary, folder) => {
      const said = source(folder);
      for (const [chinese, words] of Object.entries(dictionary)) {
        expect(said, chinese).toContain(chinese);
        expect(words).not.toMatch(HAN);
        expect(holes(words)).toEqual(holes(chinese));
      }
    },
  );

  test('[L11] the script’s words are all there', () => {
    const script = readFileSync(join(import.meta.dirname, 'portal.js'), 'utf8');
    const [, listed] = /var english = \{([\s\S]*?)\};/.exec(script)!;
    const asked = [...script.matchAll(/'([^'\n]*\p{Script=Han}[^'\n]*)'(?!:)/gu)].map(([, words]) => words!);
    expect(asked.length).toBeGreaterThan(5);
    for (const words of asked) expect(listed, words).toContain(`'${words}':`);
  });
});
