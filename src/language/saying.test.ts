import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filled } from './saying.ts';

describe('[L11] Chinese is set without spaces, and numbers among it with them', () => {
  test.each([
    ['{day} 前报结果', { day: '12 月 5 日' }, '12 月 5 日前报结果'],
    ['请 {unit} 接手，还没有答复', { unit: '林业局' }, '请林业局接手，还没有答复'],
    ['{n} 天没有', { n: 5 }, '5 天没有'],
    ['受理员 {name} 代写', { name: '王海军' }, '受理员王海军代写'],
    ['发出，文号 {number}', { number: '水利局信处〔2026〕1号' }, '发出，文号 水利局信处〔2026〕1号'],
    ['{unit} {title}', { unit: '水利局', title: '局长' }, '水利局 局长'],
    ['编号 {number}，查询码 {code}', { number: 'QH1', code: 'AB' }, '编号 QH1，查询码 AB'],
    ['{n} {n|day|days} left', { n: 1 }, '1 day left'],
    ['{n} {n|day|days} left', { n: 2 }, '2 days left'],
    ['{from} to {to}', { from: '柳河镇', to: '北渠村' }, '柳河镇 to 北渠村'],
    ['没有 {what} 的', {}, '没有 {what} 的'],
  ])('%s', (sentence, values, said) => {
    expect(filled(sentence, values)).toBe(said);
  });

  test('nothing else of a sentence changes: what is said is the plain filling, but for single spaces between Chinese', () => {
    const pieces = fc.array(fc.constantFrom('前', ' ', '，', 'a', '{x}', '{y}', '7'), { maxLength: 12 });
    const value = fc.constantFrom('日', 'QH', '5', '', '林业局', '5 日');
    fc.assert(
      fc.property(pieces, value, value, (parts, x, y) => {
        const sentence = parts.join('');
        const plain = sentence.replaceAll('{x}', x).replaceAll('{y}', y);
        const said = filled(sentence, { x, y });
        expect(said.replaceAll(' ', '')).toBe(plain.replaceAll(' ', ''));
        if (!/\p{Script=Han}/u.test(x + y)) expect(said).toBe(plain);
      }),
    );
  });
});
