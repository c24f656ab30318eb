import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber, sayNumber, writeNumber } from '../../matters/number.ts';
import type { Recorded } from '../../ledger/decider.ts';
import type { MatterEvent } from '../../matters/model.ts';
import { answerTime } from './home.ts';
import { covered } from './overdue.ts';
import { numberFault } from './progress.ts';
import { storyOf } from './story.ts';
import { byDay, subjectOf } from './words.ts';

describe('words', () => {
  test('a heading is the beginning of what was written, never empty and never too long', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }).filter((t) => t.trim() !== ''),
        (written) => {
          const subject = subjectOf(written.trim());
          expect(subject.length).toBeGreaterThan(0);
          expect(subject.length).toBeLessThanOrEqual(120);
          expect(written.trim().startsWith(subject.replace(/…$/, '')) || written.trim() === subject).toBe(true);
        },
      ),
    );
  });

  test('a digit read out wrong is named as such, and a right number has no fault', () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.nat(8), fc.integer({ min: 1, max: 9 }), (count, at, by) => {
        const right = writeNumber('QH', '2611', count);
        const digits = right.slice(2).split('');
        digits[at] = String((Number(digits[at]) + by) % 10);
        const wrong = `QH${digits.join('')}`;
        expect(readNumber(sayNumber(right).toLowerCase())).toBe(right);
        expect(readNumber(wrong)).toBeUndefined();
        expect(numberFault(wrong, 'QH')).toContain('听错或写错');
      }),
    );
    expect(numberFault('QH 2611', 'QH')).toContain('少了数字');
    expect(numberFault('261104823', 'QH')).toContain('字母 QH');
    expect(numberFault('QH 26II 0482 3', 'QH')).toContain('写成');
  });

  test('[C14] no name, phone or long number of the resident is left in a reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('陈秀英', '王芳', '欧阳建国'),
        fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }),
        fc.constantFrom('', ' ', '-'),
        (name, number, gap) => {
          const phoneNumber = String(number);
          const spaced = [phoneNumber.slice(0, 3), phoneNumber.slice(3, 7), phoneNumber.slice(7)].join(gap);
          const text = covered(`${name}（${spaced}）家的渠，等挖机`, {
            subject: '',
            code: '',
            name,
            phone: phoneNumber,
          });
          expect(text).not.toContain(name);
          expect(text.replace(/\D/g, '')).toBe('');
          expect(text).toContain('等挖机');
        },
      ),
    );
  });

  test('a middle of few is not told, nor one that most still wait for', () => {
    const figures = fc.record({
      told: fc.nat(60),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      middle: fc.double({ min: 0, max: 90, noNaN: true }),
    });
    fc.assert(
      fc.property(figures, ({ told, part, middle }) => {
        const answered = Math.floor(told * part);
        const sentence = answerTime({
          told,
          answered,
          done: 0,
          middleDays: answered * 2 < told ? null : middle,
          overdue: 0,
        });
        expect(/一半的事在.*内有了回音/.test(sentence)).toBe(told >= 10 && answered * 2 >= told);
      }),
    );
  });

  test('a last day is said as people say it', () => {
    const now = '2026-11-20T02:00:00Z';
    expect(['2026-11-20', '2026-11-21', '2026-12-02', '2027-01-03'].map((day) => byDay(day, now))).toEqual([
      '今天之内',
      '明天之内',
      '12 月 2 日前',
      '2027 年 1 月 3 日前',
    ]);
  });

  test('[C11] the resident’s story leaves out instructions and what the unit asks its leaders', () => {
    const stamp = { actor: 'x', at: '2026-11-20T02:00:00Z', version: 1 };
    const inside: Recorded<MatterEvent>[] = [
      { kind: 'matter.instructed', text: '内部的话', stamp },
      { kind: 'matter.extension-asked', days: 7, reason: '内部的话', stamp },
      { kind: 'matter.extension-refused', days: 7, reason: '内部的话', askedBy: 'x', stamp },
      { kind: 'matter.classified', category: '内部的话', stamp },
      { kind: 'matter.returned', from: 'a', betterUnit: 'b', reason: '内部的话', stamp },
    ];
    const lines = storyOf(inside, (id) => (id === 'b' ? '城管局' : null), stamp.at);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.what).toContain('城管局');
    expect(JSON.stringify(lines)).not.toContain('内部的话');
  });
});
