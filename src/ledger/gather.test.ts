import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Gathered } from './gather.ts';

const soon = (): Promise<void> => new Promise((next) => setImmediate(next));

describe('questions that go together', () => {
  test('each gets its own answer, whatever met whom', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ask: fc.integer(), wait: fc.integer({ min: 0, max: 3 }) }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (asked, most) => {
          const sizes: number[] = [];
          const doubled = new Gathered<number, number>(async (asks) => {
            sizes.push(asks.length);
            await soon();
            return asks.map((n) => n * 2);
          }, most);
          const answers = await Promise.all(
            asked.map(async ({ ask, wait }) => {
              for (let i = 0; i < wait; i++) await soon();
              return await doubled.ask(ask);
            }),
          );
          expect(answers).toEqual(asked.map(({ ask }) => ask * 2));
          expect(sizes.every((n) => n <= most)).toBe(true);
          expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(asked.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('those who ask at once go as one', async () => {
    const sizes: number[] = [];
    const gathered = new Gathered<number, number>((asks) => {
      sizes.push(asks.length);
      return Promise.resolve(asks);
    }, 16);
    await Promise.all([1, 2, 3, 4, 5].map((n) => gathered.ask(n)));
    expect(sizes).toEqual([5]);
  });

  test('one that fails fails alone', async () => {
    const gathered = new Gathered<number, number>(
      (asks) => (asks.includes(3) ? Promise.reject(new Error('three')) : Promise.resolve(asks)),
      16,
    );
    const settled = await Promise.allSettled([1, 2, 3, 4].map((n) => gathered.ask(n)));
    expect(settled.map((s) => (s.status === 'fulfilled' ? s.value : (s.reason as Error).message))).toEqual([
      1,
      2,
      'three',
      4,
    ]);
    expect(await gathered.ask(5)).toBe(5);
  });
});
