import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { english as signIn } from '../../accounts/english.ts';
import { type TestCounty, startCounty } from '../testing.ts';
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

  test('[L11] a matter’s own page stays whole in Chinese and says so to the screen reader', async () => {
    const at = await reader();
    const page = await at.form('/say', {
      ...hidden(await at.get('/say')),
      what: '水渠堵了，浇不上地。',
      township: county.places.liuhe,
      act: 'say',
    });
    const address = /href="(\/progress\/\w+)"/.exec(page.text)![1]!;
    const own = await at.get(address);
    expect(own.text).toContain('<html lang="zh-CN"');
    expect(own.text).toContain('<p class="hint" lang="en">This page is in Chinese only');
    expect(own.text).not.toContain('hreflang="en"');
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
