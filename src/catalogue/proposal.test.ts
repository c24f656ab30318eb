import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ROUTES } from './default-routes.ts';
import { DEFAULT_TREE } from './default-tree.ts';
import { add, type Example, learn, propose } from './proposal.ts';
import { categoryTags, wordsOfRoutes } from './routes.ts';
import { restore, save } from './saved.ts';
import { COMPLAINTS } from './testing.ts';
import { wordsOfTree } from './tree.ts';

const words = wordsOfTree(DEFAULT_TREE, 2);
const text = (subject: string, body = '') => ({ subject, body });
const share = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;

const examples = fc.array(fc.constantFrom(...COMPLAINTS), { maxLength: 30 });
const anyText = fc.oneof(
  fc.constantFrom(...COMPLAINTS).map((c) => c.text),
  fc.record({ subject: fc.string({ unit: 'grapheme' }), body: fc.string({ unit: 'grapheme' }) }),
  fc.record({ subject: fc.constantFrom('停水', '没人管', '物业、医院和学校'), body: fc.string() }),
);

describe('a proposal', () => {
  test('[C2] has a confidence between 0 and 1, all labels together 1, likeliest first, for whatever was learned and asked', () => {
    fc.assert(
      fc.property(examples, anyText, fc.integer({ min: 0, max: 5 }), (learned, asked, k) => {
        const model = learn(learned, words);
        const all = propose(model, asked, model.labels.length);
        for (const { confidence } of all) expect(confidence >= 0 && confidence <= 1).toBe(true);
        if (all.length > 0) expect(all.reduce((sum, p) => sum + p.confidence, 0)).toBeCloseTo(1, 9);
        expect(all.map((p) => p.confidence)).toEqual(all.map((p) => p.confidence).sort((a, b) => b - a));
        expect(propose(model, asked, k)).toEqual(all.slice(0, k));
      }),
      { numRuns: 50 },
    );
  });

  test('[C2] gives as its reasons words that stand in the text', () => {
    fc.assert(
      fc.property(anyText, (asked) => {
        for (const { because } of propose(learn(COMPLAINTS, words), asked)) {
          expect(because.length).toBeLessThanOrEqual(5);
          for (const word of because) expect(`${asked.subject}\n${asked.body}`).toContain(word);
        }
      }),
      { numRuns: 30 },
    );
    const [first] = propose(learn([], words), text('单位不给办养老保险'));
    expect(first).toMatchObject({ label: '0503' });
    expect(first?.because[0]).toBe('养老保险');
  });

  test('[C2] is not made where nothing is known of the text', () => {
    const model = learn(COMPLAINTS, words);
    for (const asked of [text(''), text('  ', '\n'), text('hello', '12345 !?'), text('㐀㐁㐂')])
      expect(propose(model, asked)).toEqual([]);
    expect(propose(learn([]), text('停水'))).toEqual([]);
  });
});

describe('the learner', () => {
  test('[C2] proposes from the tree alone before anything was decided', () => {
    const model = learn([], words);
    expect(share(COMPLAINTS.map((c) => propose(model, c.text).some((p) => p.label === c.label)))).toBeGreaterThan(0.7);
    expect(propose(model, text('天然气初装费太高'))[0]?.label).toBe('0903');
  });

  test('[C2] is right more often once it has seen decisions, on complaints it has not seen', () => {
    const right = (use: boolean) =>
      share(
        [0, 1, 2, 3].flatMap((fold) => {
          const model = learn(use ? COMPLAINTS.filter((_, i) => i % 4 !== fold) : [], words);
          return COMPLAINTS.filter((_, i) => i % 4 === fold).map(
            (c) => propose(model, c.text, 1)[0]?.label === c.label,
          );
        }),
      );
    expect(right(true)).toBeGreaterThan(right(false));
    expect(right(true)).toBeGreaterThan(0.75);
  });

  test('[C2] the product proposes category and unit with its confidence and learns from corrections', () => {
    const categories = learn(COMPLAINTS, words);
    const asked = text('跳蚤市场占了篮球场', '每到周末跳蚤市场摆满篮球场，孩子没处打球。');
    const [before] = propose(categories, asked);
    const decided = '0105';
    expect(before?.label).not.toBe(decided);
    for (const [subject, body] of [
      ['跳蚤市场又占篮球场', '篮球场周末不能用。'],
      ['篮球场被跳蚤市场占用', '年轻人没处打球。'],
      ['请还我们篮球场', '跳蚤市场搬到别处去。'],
      ['篮球场周末被占', '跳蚤市场摆满了，孩子没处打球。'],
    ] as const) {
      add(categories, { text: { subject, body }, label: decided });
    }
    const [after] = propose(categories, asked);
    expect(after?.label).toBe(decided);
    expect(after?.confidence).toBeGreaterThan(0.5);
    expect(after?.because.join()).toContain('篮球场');

    const told = (category: string) => ({ ...asked, tags: categoryTags(DEFAULT_TREE, category) });
    const units = learn(
      COMPLAINTS.map((c) => ({ text: { ...c.text, tags: categoryTags(DEFAULT_TREE, c.label) }, label: c.unit })),
      wordsOfRoutes(DEFAULT_ROUTES),
    );
    expect(propose(units, told(decided))[0]?.label).toBe('city');
    for (let times = 0; times < 4; times++) add(units, { text: told(decided), label: 'culture' });
    const [unit] = propose(units, told(decided));
    expect(unit?.label).toBe('culture');
    expect(unit?.confidence).toBeGreaterThan(0.5);
  });

  test('[C2] proposes the unit the routing catalogue names before anything was decided', () => {
    const units = learn([], wordsOfRoutes(DEFAULT_ROUTES));
    const asked = { subject: '请帮帮我', body: '', tags: categoryTags(DEFAULT_TREE, '0903') };
    expect(propose(units, asked)[0]).toMatchObject({ label: 'gas', because: ['category:0903'] });
  });

  test('[C2] is as sure as it is right: complaints held back', () => {
    const sure: number[] = [];
    const hits: boolean[] = [];
    for (const fold of [0, 1, 2, 3]) {
      const model = learn(
        COMPLAINTS.filter((_, i) => i % 4 !== fold),
        words,
      );
      for (const c of COMPLAINTS.filter((_, i) => i % 4 === fold)) {
        const [first] = propose(model, c.text, 1);
        sure.push(first?.confidence ?? 0);
        hits.push(first?.label === c.label);
      }
    }
    const mean = sure.reduce((a, b) => a + b, 0) / sure.length;
    expect(Math.abs(mean - share(hits))).toBeLessThan(0.15);
  });

  test('[C2] learns a decision the same whether at once or one after the other, and the same every time', () => {
    const some: Example[] = COMPLAINTS.slice(0, 3);
    const grown = learn([], words);
    for (const example of some) add(grown, example);
    expect(save(learn(some, words))).toEqual(save(grown));
    expect(JSON.stringify(save(learn(COMPLAINTS, words)))).toBe(JSON.stringify(save(learn(COMPLAINTS, words))));
  });

  test('[C2] survives being written down and read again, and goes on learning', () => {
    fc.assert(
      fc.property(examples, anyText, fc.constantFrom(...COMPLAINTS), (learned, asked, next) => {
        const model = learn(learned, words);
        const copy = restore(JSON.parse(JSON.stringify(save(model))));
        expect(propose(copy, asked)).toEqual(propose(model, asked));
        add(model, next);
        add(copy, next);
        expect(propose(copy, asked)).toEqual(propose(model, asked));
      }),
      { numRuns: 30 },
    );
    expect(() => restore({ version: 2 })).toThrow();
  });
});
