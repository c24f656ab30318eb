import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GiveWay, Turns } from './turns.ts';

test('[L7] whatever series many commands take in whatever order, all come to an end, and no number is missing or given twice', async () => {
  const commands = fc.array(fc.array(fc.constantFrom('转', '交', '受', '答'), { minLength: 1, maxLength: 5 }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(commands, fc.scheduler(), async (orders, s) => {
      const turns = new Turns();
      const written = new Map<string, number[]>();
      const run = async (order: readonly string[]): Promise<void> => {
        let older: GiveWay | undefined;
        for (let age: number | undefined; ;) {
          await older?.until;
          const taking = turns.taking(age);
          try {
            const mine: [string, number][] = [];
            for (const series of order) {
              const before = await taking.turn(series);
              await s.schedule(Promise.resolve());
              mine.push([series, (written.get(series)?.length ?? 0) + before + 1]);
            }
            for (const [series, number] of mine) written.set(series, [...(written.get(series) ?? []), number]);
            return;
          } catch (error) {
            if (!(error instanceof GiveWay)) throw error;
            age = taking.age;
            older = error;
          } finally {
            taking.over();
          }
        }
      };
      const all = Promise.all(orders.map(run));
      await s.waitFor(all);
      for (const numbers of written.values()) expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      expect([...written.values()].flat()).toHaveLength(orders.flat().length);
    }),
    { numRuns: 300 },
  );
});
