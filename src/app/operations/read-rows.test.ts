import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOfCsv } from './read-rows.ts';

const cell = fc
  .array(fc.constantFrom('甲', 'a', ' ', '　', '1', '\t', '-'), { maxLength: 4 })
  .map((parts) => parts.join(''));
const quoted = fc
  .array(fc.constantFrom('乙', ',', '\n', '""', '\r\n', ' '), { maxLength: 4 })
  .map((parts) => `"${parts.join('')}"`);

test('[L4] a csv is read as its parser reads it, wherever its blocks end and whatever its lines end with', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.oneof({ weight: 12, arbitrary: cell }, { weight: 1, arbitrary: quoted }), { minLength: 1 })),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '\uFEFF'),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }),
      async (lines, end, mark, ended, cuts) => {
        // A parser that has not seen a line end yet guesses it; the quotation marks would have to wait for one.
        const text = `${mark}门牌,户主${end}${lines.map((cells) => cells.join(',')).join(end)}${ended ? end : ''}`;
        async function* blocks() {
          let at = 0;
          for (const cut of cuts) yield text.slice(at, (at += cut));
          yield text.slice(at);
        }
        const rows: string[][] = [];
        for await (const row of rowsOfCsv(blocks())) rows.push(row);
        expect(rows).toEqual(parse(text, { bom: true, relax_column_count: true, trim: true }));
      },
    ),
    { numRuns: 500 },
  );
});
