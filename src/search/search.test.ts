import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { sayNumber, writeNumber } from '../matters/number.ts';
import { excerptOf } from './matters.ts';
import { numberOf, numberStart } from './number.ts';
import { correct, knownPieces, pairsOf, spell } from './spelling.ts';
import { refreshStaleWords, refreshWords } from './words.ts';

let county: TestCounty;
let countyClerk: Client;
const household = { here: '', far: '' };

async function register(
  who: string,
  subject: string,
  area: string,
  more: Record<string, unknown> = {},
): Promise<{ id: string; number: string }> {
  const id = county.newId();
  const { status, body } = await (
    await county.as(who)
  ).post(`/api/matters/${id}/register`, { channel: 'phone', subject, area, ...more });
  expect(status).toBe(200);
  return { id, number: body.told.number };
}
async function household_(who: string, area: string, names: string[]): Promise<string> {
  const id = county.newId();
  const { status, body } = await (
    await county.as(who)
  ).post(`/api/households/${id}/register`, {
    area,
    address: '1 组 3 号',
    residents: names.map((name, i) => ({ id: county.newId(), name, relation: i === 0 ? '户主' : '子' })),
  });
  expect([status, body.refused, body.message]).toEqual([200, undefined, undefined]);
  return id;
}

let canal: { id: string; number: string };
beforeAll(async () => {
  county = await startCounty();
  countyClerk = await county.as('countyclerk');
  household.here = await household_('clerk', county.places.grid, ['张桂兰', '张伟']);
  household.far = await household_('farclerk', county.places.farGrid, ['仇大明', '仇小明']);

  const { village, otherVillage, farVillage, liuhe, chengguan } = county.places;
  // 路灯 and 水渠修理 are common speech; 毒蘑 is said often but by one village only; 献血 by many but rarely.
  const far = Array.from({ length: 5 }, () => county.newId());
  const places = [village, otherVillage, farVillage, liuhe, chengguan];
  for (let n = 0; n < 25; n++) {
    await register('countyclerk', `第${n}盏路灯坏了`, places[n % 5]!);
    if (n < 22) await register('countyclerk', '有人采毒蘑菇', village);
    if (n < 8) await register('countyclerk', '想去献血车', places[n % 5]!);
  }
  canal = await register('clerk', '村东头水渠堵塞没人管', village, {
    body: '浇地的水下不来，Vivo 手机店后面那一段最厉害。',
  });
  await register('farclerk', '东关的水渠边上没有栏杆', farVillage);
  await register('farclerk', '东关幼儿园门口太挤', farVillage);
  for (let n = 0; n < 20; n++)
    await register('countyclerk', `渠道清淤，水渠${n}`, [farVillage, chengguan][n % 2]!, { household: far[n % 5] });
  for (let n = 0; n < 20; n++)
    await register('countyclerk', `托儿所缺老师${n}`, [farVillage, chengguan][n % 2]!, { household: far[n % 5] });
  await refreshWords(county.database.pool, county.county, new Date().toISOString());
}, 120_000);
afterAll(() => county.stop());

const search = async (who: string, q: string) => {
  const { status, body } = await (await county.as(who)).get(`/api/search?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return body;
};
const known = async (): Promise<string[]> =>
  (await county.database.pool.query<{ word: string }>('select word from search_word')).rows.map((r) => r.word);

test('[L10] Chinese words find matters, with the place where they fit', async () => {
  const { matters } = await search('clerk', '堵塞');
  expect(matters.map((m: { id: string }) => m.id)).toEqual([canal.id]);
  expect(matters[0].why).toEqual({
    how: '原文',
    excerpt: { before: '村东头水渠', hit: '堵塞', after: '没人管 浇地的水下不来，Vi…' },
  });
  expect((await search('clerk', '水渠 vivo')).matters[0].id).toBe(canal.id);
  expect((await search('clerk', '没有这种话')).matters).toEqual([]);
});

test('[L10] a number in any spelling finds its matter', async () => {
  const said = sayNumber(canal.number);
  const digits = canal.number.slice(2);
  const chinese = [...digits].map((d) => '零一二三四五六七八九'[Number(d)]).join('');
  const wide = [...said].map((c) => (c === ' ' ? c : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join('');
  for (const spelling of [
    said,
    canal.number.toLowerCase(),
    digits,
    `编号：${canal.number}`,
    said.replace(/ /g, '-'),
    chinese,
    wide,
  ]) {
    const { matters } = await search('clerk', spelling);
    expect(matters[0]?.id, spelling).toBe(canal.id);
    expect(matters[0].why.how).toBe('编号');
  }
  const start = await search('clerk', canal.number.slice(0, 8));
  expect(start.matters.length).toBeGreaterThan(0);
  expect(
    start.matters.every((m: { number: string }) => m.number.replace(/ /g, '').startsWith(canal.number.slice(0, 8))),
  ).toBe(true);
});

test('[L10] a number is found however it is grouped, and never a misread one', () => {
  const count = fc.integer({ min: 1, max: 9_999_999 });
  const gap = fc.constantFrom('', ' ', '-', '－', '·', '　');
  fc.assert(
    fc.property(count, gap, fc.boolean(), fc.boolean(), (n, between, lower, bare) => {
      const number = writeNumber('QH', '2611', n);
      const plain = bare ? number.slice(2) : number;
      const typed = [...plain].join(between);
      expect(numberOf(lower ? typed.toLowerCase() : typed, 'QH')).toBe(number);
    }),
  );
  fc.assert(
    fc.property(count, fc.nat(20), fc.integer({ min: 1, max: 9 }), (n, where, by) => {
      const number = writeNumber('QH', '2611', n);
      const at = 2 + (where % (number.length - 2));
      const misread = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
      expect(numberOf(misread, 'QH')).toBe(undefined);
    }),
  );
  expect(numberStart('路灯', 'QH')).toBe(undefined);
});

test('[L10] pinyin and initials find matters by the words they stand for', async () => {
  for (const typed of ['shuiqu', 'sq', 'SHUI QU', 'suiqu']) {
    const { matters, suggestions } = await search('clerk', typed);
    expect(suggestions, typed).toContain('水渠');
    expect(
      matters.map((m: { id: string }) => m.id),
      typed,
    ).toContain(canal.id);
    expect(matters[0].why.how).toBe('拼音');
  }
});

test('[L10] a wrong character is forgiven: what sounds the same is found, and said so', async () => {
  for (const [typed, meant] of [
    ['水蕖', '水渠'],
    ['陆灯', '路灯'],
    ['水蕖堵塞', '水渠堵塞'],
  ] as const) {
    const { matters, suggestions } = await search('clerk', typed);
    expect(suggestions, typed).toEqual([meant]);
    expect(matters.length).toBeGreaterThan(0);
    expect(matters[0].why.how).toBe('同音');
  }
  const { matters } = await search('clerk', '水渠赌住');
  expect(matters.map((m: { id: string }) => m.id)).toContain(canal.id);
  expect(matters[0].why.how).toBe('部分相同');
});

test('[L10] nothing outside the reader’s scope is found or hinted at', async () => {
  const inTheWhole = await search('countyclerk', 'tuoer');
  expect(inTheWhole.suggestions).toContain('托儿');
  // 托儿 is a common word, but this reader has no matter with it.
  const here = await search('clerk', 'tuoer');
  expect([here.suggestions, here.matters]).toEqual([[], []]);
  expect((await search('clerk', '托而')).suggestions).toEqual([]);
  expect((await search('clerk', '幼儿园')).matters).toEqual([]);
  expect((await search('farclerk', '幼儿园')).matters.length).toBe(1);
  expect((await search('clerk', canal.number)).matters.length).toBe(1);
  expect((await search('farclerk', canal.number)).matters).toEqual([]);
  expect((await search('farclerk', canal.number.slice(0, 8))).matters.map((m: { id: string }) => m.id)).not.toContain(
    canal.id,
  );
  expect((await search('otherhandler', '路灯')).matters).toEqual([]);
});

test('[L10] a word is kept only when many said it, in many places, and never a resident’s name', async () => {
  const words = await known();
  expect(words).toEqual(expect.arrayContaining(['路灯', '灯坏']));
  // Said 22 times in one village, and eight times in all.
  expect(words).not.toContain('毒蘑');
  expect(words).not.toContain('献血');
  expect(words.every((w) => /^\p{Script=Han}{2}$/u.test(w))).toBe(true);
  // Common, but somebody is called so.
  await household_('clerk', county.places.grid, ['路灯']);
  await refreshWords(county.database.pool, county.county, new Date().toISOString());
  expect(await known()).not.toContain('路灯');
});

test('[L10] words are remade when a day old', async () => {
  const at = new Date().toISOString();
  const later = new Date(Date.now() + 25 * 3_600_000).toISOString();
  expect(await refreshStaleWords(county.database.pool, county.county, at)).toBe(false);
  expect(await refreshStaleWords(county.database.pool, county.county, later)).toBe(true);
  expect(await refreshStaleWords(county.database.pool, county.county, later)).toBe(false);
});

test('[L10] people are found by name, pinyin, initials and sound, by those who may read of them', async () => {
  const names = async (who: string, q: string) =>
    ((await search(who, q)).people as { name: string; why: string }[]).map((p) => `${p.name} ${p.why}`);
  expect(await names('clerk', '张桂')).toEqual(['张桂兰 名称']);
  expect(await names('clerk', 'zhangguilan')).toEqual(['张桂兰 拼音']);
  expect(await names('clerk', 'zgl')).toEqual(['张桂兰 首字母']);
  expect(await names('clerk', '章桂兰')).toEqual(['张桂兰 同音']);
  expect(await names('farclerk', '张桂兰')).toEqual([]);
  for (const who of ['handler', 'leader', 'auditor', 'administrator']) expect(await names(who, '张桂兰')).toEqual([]);
});

test('[L10] places, officials and units are found by everyone who works here', async () => {
  for (const q of ['北渠', 'beiqu', 'bqc', '990101101202', '北区村']) {
    expect(
      ((await search('handler', q)).places as { name: string }[]).map((p) => p.name),
      q,
    ).toContain('北渠村');
  }
  expect((await search('handler', '柳河')).places[0]).toMatchObject({ name: '柳河镇', level: 'township', why: '名称' });
  expect((await search('handler', 'lifang')).officials).toMatchObject([
    { name: '李芳', unit: '柳河镇人民政府', why: '拼音' },
  ]);
  expect((await search('handler', 'slj')).units).toMatchObject([{ name: '水利局', why: '首字母' }]);
  expect((await (await county.as()).get('/api/search?q=ab')).status).toBe(401);
});

test('[L10] whatever is typed, an answer comes', async () => {
  for (const q of [
    "'; drop table matter; --",
    '%',
    '\\',
    '_',
    '&|!()',
    ':*',
    '😀😀',
    '路'.repeat(60),
    'a'.repeat(60),
    '〇',
    '编号',
    '\u0000x',
    '路 灯 路 灯',
  ]) {
    const { status } = await countyClerk.get(`/api/search?q=${encodeURIComponent(q)}`);
    expect([200, 422], q).toContain(status);
  }
});

const hanzi = fc.constantFrom(...'水渠路灯坏了堵塞没人管村东头');
const text = fc.array(hanzi, { minLength: 2, maxLength: 8 }).map((c) => c.join(''));
const dictionary = (words: readonly string[]) => {
  const all = words.map((word) => ({ word, n: 1, sound: spell(word).sound }));
  return [new Map(all.map((w) => [w.word, w])), Map.groupBy(all, (w) => w.sound)] as const;
};

test('[L10] what is made of known words only is never corrected, and a correction keeps the length', () => {
  fc.assert(
    fc.property(text, fc.array(text), (typed, others) => {
      expect(correct(typed, ...dictionary(pairsOf(typed).map((p) => p.word)))).toBe(typed);
      expect([...correct(typed, ...dictionary(others.flatMap((o) => pairsOf(o).map((p) => p.word))))].length).toBe(
        [...typed].length,
      );
    }),
  );
  expect(correct('水蕖堵塞', ...dictionary(['水渠', '堵塞']))).toBe('水渠堵塞');
  expect(knownPieces('水渠毒住', dictionary(['水渠'])[0])).toBe('水渠');
});

test('[L10] an excerpt is a piece of the text around the words', () => {
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const found = excerptOf(a + b + c, b)!;
      expect(found.hit).toBe(b);
      expect((a + b + c).includes((found.before + found.hit + found.after).replace(/…/g, ''))).toBe(true);
    }),
  );
  expect(excerptOf('水渠', '路灯')).toBe(undefined);
});
