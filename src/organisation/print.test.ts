import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Board, BoardPerson, Card, Plate } from './cards.ts';
import { boardPage, cardsPage, platePage } from './print.ts';

const person = (n: number): BoardPerson => ({
  official: `o${n}`,
  name: `干部${n}号`,
  title: '副镇长',
  phone: `1900000000${n}`,
  qr: `<svg id="q${n}"></svg>`,
});
const boards = fc
  .array(fc.uniqueArray(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((links): Board => ({
    area: 'a',
    name: '柳河村',
    within: '清河县柳河镇',
    links: links.map((people, i) => ({ role: `r${i}`, title: `职责${i}`, people: people.map(person) })),
  }));
const times = (text: string, part: string): number => text.split(part).length - 1;

test('[A4] a board shows each person once with all they answer for, every duty, and every gap', () => {
  fc.assert(
    fc.property(boards, (board) => {
      const page = boardPage(board, '2026-11-22');
      const everyone = new Set(board.links.flatMap((l) => l.people.map((p) => p.official)));
      for (const id of everyone) expect(times(page, `id="q${id.slice(1)}"`)).toBe(1);
      for (const { title, people } of board.links) expect(times(page, title)).toBe(Math.max(1, people.length));
      expect(times(page, '待定')).toBe(board.links.filter((l) => l.people.length === 0).length);
      expect(page).toContain('2026 年 11 月 22 日');
    }),
  );
});

test('[A4] a plate of many people is several sheets, each with the name of the unit', () => {
  fc.assert(
    fc.property(fc.nat(20), (count) => {
      const plate: Plate = {
        unit: 'u',
        name: '柳河镇人民政府',
        people: Array.from({ length: count }, (_, n) => ({ ...person(n), photo: null, duties: '副镇长、农业' })),
      };
      const page = platePage(plate);
      expect(times(page, 'class="page plate"')).toBe(Math.max(1, Math.ceil(count / 6)));
      expect(times(page, '<h1>柳河镇人民政府</h1>')).toBe(Math.max(1, Math.ceil(count / 6)));
      // What the title says is not said again as a charge.
      expect(times(page, '分管：农业')).toBe(count);
    }),
  );
});

test('a card names a few villages whole, and counts the rest', () => {
  const card = (villages: string[]): Card => ({
    official: 'o',
    name: '李浩',
    title: '书记',
    unit: '柳河镇',
    phone: '1',
    photo: null,
    villages,
    link: '',
    qr: '',
  });
  expect(cardsPage('联系卡', [card(['甲村', '乙村', '丙村', '丁村', '戊村'])])).toContain(
    '联系：甲村、乙村、丙村、丁村、戊村<',
  );
  expect(cardsPage('联系卡', [card(['甲村', '乙村', '丙村', '丁村', '戊村', '己村'])])).toContain(
    '联系：甲村、乙村、丙村、丁村等 6 个村（社区）<',
  );
});
