import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sentences, sentencesInEnglish } from '../app/features.ts';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { inputWords } from './input-words.ts';
import { speaking } from './language.ts';
import { commonInEnglish, faultInEnglish, faultsInEnglish } from './refusals-english.ts';
import { commonRefusals } from './refusals.ts';
import { filled, language, sayingBy } from '../language/saying.ts';

const HAN = /\p{Script=Han}/u;

describe('a sentence', () => {
  const t = sayingBy({ '还剩 {n} 天': '{n} {n|day|days} left' });
  test('[L11] is said in the language of the request, and never in that of another one at the same time', async () => {
    const later = (wanted: 'zh' | 'en', n: number) =>
      speaking(wanted, async () => {
        await new Promise((done) => setTimeout(done, (n * 7) % 5));
        return t('还剩 {n} 天', { n });
      });
    const said = await Promise.all(Array.from({ length: 40 }, (_, n) => later(n % 2 === 0 ? 'zh' : 'en', n)));
    for (const [n, sentence] of said.entries())
      expect(sentence).toBe(n % 2 === 0 ? `还剩 ${n} 天` : n === 1 ? '1 day left' : `${n} days left`);
    expect(language()).toBe('zh');
  });

  test('[L11] takes its values as they are, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (what, n) => {
        expect(filled('“{what}”，{n} 件', { what, n })).toBe(`“${what}”，${n} 件`);
        expect(filled('{n} {n|matter|matters}', { n })).toBe(`${n} ${n === 1 ? 'matter' : 'matters'}`);
      }),
    );
  });
});

describe('a refusal', () => {
  let county: TestCounty;
  beforeAll(async () => {
    county = await startCounty();
  });
  afterAll(() => county.stop());

  test('[L11] has its sentence in both languages, none left in Chinese', () => {
    const english = { ...commonInEnglish, ...sentencesInEnglish };
    expect(Object.keys(english).toSorted()).toEqual(Object.keys({ ...commonRefusals, ...sentences }).toSorted());
    // The heading of an import file is Chinese as the file is.
    const { 'import.header': header, ...others } = english;
    expect(header).toContain('户主');
    expect(Object.values(others).filter((sentence) => HAN.test(sentence))).toEqual([]);
  });

  test('[L11] is told in the language of the cookie', async () => {
    const ask = async (cookie: string, path: string, accept = 'application/json') =>
      await (await county.app.request(path, { headers: { cookie, accept } }, { incoming: { socket: {} } })).text();
    expect(JSON.parse(await ask('', '/api/matters')).message).toBe(commonRefusals['access.sign-in']);
    expect(JSON.parse(await ask('lang=en', '/api/matters')).message).toBe(commonInEnglish['access.sign-in']);
    expect(await ask('lang=en', '/nowhere', 'text/html')).toContain(commonInEnglish['route.unknown']);
    expect(await ask('lang=en', '/nowhere', 'text/html')).toContain('<html lang="en">');
    const wrong = await county.app.request(
      '/api/session',
      { method: 'POST', headers: { cookie: 'lang=en', 'content-type': 'application/json' }, body: '{"login":1}' },
      { incoming: { socket: {} } },
    );
    expect(((await wrong.json()) as { message: string }).message).not.toMatch(HAN);
  });
});

describe('what schemas say', () => {
  const root = join(import.meta.dirname, '..');
  const sources = globSync('{*/model,matters/shapes,matters/handling-model,calendar/policy,figures/ledger}.ts', {
    cwd: root,
  })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

  test('[L11] in Chinese of their own is known in English, and nothing is known that none says', () => {
    const told = [
      ...sources.matchAll(
        /\.(?:min|max|regex|date|datetime|refine|url)\((?:[^'\n]*,)? ?'([^'\n]*\p{Script=Han}[^'\n]*)'\)/gu,
      ),
      ...sources.matchAll(/message(?::| =) ['`]([^'`\n]*\p{Script=Han}[^'`\n]*)['`]/gu),
      ...sources.matchAll(/(?:refuse|fault)\([^'\n]*'\w+', ['`]([^'`\n]*\p{Script=Han}[^'`\n]*)['`]\)/gu),
    ].map(([, words]) => words!.replace(/\$\{[^}]*\}/g, '{}'));
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((words) => words.length > 3 && !(words in faultsInEnglish))).toEqual([]);
    const plain = sources.replace(/\$\{[^}]*\}/g, '{}');
    for (const [chinese, english] of Object.entries(faultsInEnglish)) {
      expect(plain, chinese).toContain(chinese);
      expect(english).not.toMatch(HAN);
      expect(english.split('{}').length).toBe(chinese.split('{}').length);
    }
  });

  test('[L11] is put into English with its values', () => {
    expect(faultInEnglish('2026-10-01 不在 2027 年内')).toBe('2026-10-01 is not in the year 2027');
    expect(faultInEnglish('类别编号“a{}b”重复')).toBe('category id “a{}b” stands there twice');
    expect(faultInEnglish('Invalid input')).toBe('Invalid input');
  });

  test('[L11] the house’s own words for an input are English in English', () => {
    z.config(inputWords);
    const told = (schema: z.ZodType, input: unknown) =>
      speaking('en', () => schema.safeParse(input).error?.issues[0]?.message);
    expect(told(z.string().min(2), 'x')).toBe('at least 2 characters');
    expect(told(z.string().min(1), '')).toBe('not filled in yet');
    expect(told(z.array(z.int()).max(1), [1, 2])).toBe('at most 1 item');
    expect(told(z.int().max(90), 200)).toBe('no more than 90');
    for (const [schema, input] of [
      [z.boolean(), 'x'],
      [z.url(), 'x'],
      [z.enum(['a']), 'b'],
      [z.strictObject({}), { a: 1 }],
    ] as const)
      expect(told(schema, input)).not.toMatch(HAN);
  });
});
