import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speaking } from '../contract/language.ts';
import { markReply } from './reply.ts';

const asked = '柳河村二组水渠堵了，浇不上地，麦子快旱死了。';

describe('[C10] an answer is looked at before it goes out', () => {
  test('one that says what was done about what was asked needs nothing', () => {
    expect(markReply(asked, '二组水渠已经清淤三百二十米，昨天下午通水，浇地有困难可以打水利站电话。')).toMatchObject({
      answered: true,
      complete: true,
      reasoned: true,
      plain: true,
      advice: [],
    });
  });
  test('one that speaks of something else, or of nothing, is told so', () => {
    expect(markReply(asked, '您好，您反映的幼儿园门口停车问题已安排交警疏导。').answered).toBe(false);
    const empty = markReply(
      asked,
      '您好，我单位高度重视，正在积极协调相关部门，进一步加大力度，感谢您对我们工作的支持。',
    );
    expect(empty).toMatchObject({ complete: false, plain: false });
    expect(empty.advice).toHaveLength(4);
  });
  test('each sign says what it saw', () => {
    const { signs } = markReply(asked, '二组水渠今年无法重修，因为资金没到，下个月再看。');
    const seen = Object.fromEntries(signs.map((sign) => [sign.key, sign.seen]));
    expect(seen).toMatchObject({ answered: ['二组水渠'], reasoned: ['无法', '因为'], plain: [] });
    expect(seen['complete']).toContain('下个月');
  });
  test('a no needs its reason', () => {
    expect(markReply(asked, '水渠今年无法重修。').reasoned).toBe(false);
    expect(markReply(asked, '水渠今年无法重修，因为资金要等明年的项目，计划明年三月开工。')).toMatchObject({
      reasoned: true,
      complete: true,
    });
  });
  test('passing it on, a date, or thanks are no answer, whatever they are wrapped in', () => {
    for (const nothing of [
      '您好，您反映的问题已转水利站核查、办复，感谢您的留言。2026 年 4 月 12 日',
      '您的留言收悉，已批转有关部门调查核处，办理情况将及时反馈，谢谢！',
      '书记高度重视，已作出批示，交由相关单位办理，办理情况我们将第一时间回复。',
      '此事正在调查处理中。',
      '2026 年 1 月 14 日',
    ]) {
      expect([nothing, markReply(asked, nothing)]).toMatchObject([
        nothing,
        { answered: false, complete: false, reasoned: false },
      ]);
    }
    // Passed on, and then answered: the answer counts.
    expect(markReply(asked, '已转水利站处理。经现场查看，二组水渠被淤泥堵住，6 月 3 日已清淤通水。')).toMatchObject({
      answered: true,
      complete: true,
      reasoned: true,
    });
  });
  test('three things asked are three things to answer', () => {
    const three = '1、水渠什么时候清？2、清淤的钱谁出？3、以后谁管水渠？';
    expect(markReply(three, '水渠已于 6 月 3 日清淤。').complete).toBe(false);
    expect(
      markReply(three, '1、水渠已于 6 月 3 日清淤。2、钱由镇里出，根据小型水利管护办法。3、以后由村里的管水员管水渠。')
        .complete,
    ).toBe(true);
  });
  test('[L11] [C10] says in English what to mend, and still reads Chinese answers', () => {
    speaking('en', () => {
      const nothing = markReply('二组水渠堵了', '您好，您反映的问题高度重视，正在积极协调相关部门。').advice;
      const barred = markReply('二组水渠堵了', '二组水渠今年不能重修。').advice;
      expect(nothing).toHaveLength(4);
      expect(barred.join()).toContain('It says “不能” and not why');
      for (const line of [...nothing, ...barred]) expect(line.replace(/“[^”]*”/g, '')).not.toMatch(/\p{Script=Han}/u);
    });
  });
  test('it has an answer for any two texts, and advice exactly where a mark is missing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        (a, b) => {
          const { advice, signs, ...marks } = markReply(a, b);
          expect(advice.length).toBe(Object.values(marks).filter((m) => !m).length);
          expect(Object.fromEntries(signs.map(({ key, holds }) => [key, holds]))).toEqual(marks);
          // What is shown as seen stands in the answer, word for word.
          for (const word of signs.flatMap(({ seen }) => seen)) expect(b).toContain(word);
        },
      ),
    );
  });
});
