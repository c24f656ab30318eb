import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codesIn, count } from './rows.ts';

const titles = JSON.parse(readFileSync(resolve(import.meta.dirname, 'rows.json'), 'utf8')) as Record<string, string>;

test('there are 112 rows, each with its name', () => {
  expect(Object.keys(titles)).toHaveLength(112);
  expect(Object.values(titles).every((title) => title.length > 1)).toBe(true);
});

test('a test counts once for each row its name carries, and for none that is not there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.constantFrom(...Object.keys(titles)), { minLength: 1, maxLength: 3 })),
      (tests) => {
        const rows = count(
          tests.map((codes) => `the clock [${codes.join(' ')}] [Z99] runs on`),
          Object.keys(titles),
        );
        for (const code of Object.keys(titles))
          expect(rows[code] ?? 0).toBe(tests.filter((codes) => codes.includes(code)).length);
        expect(rows).not.toHaveProperty('Z99');
      },
    ),
  );
});

test('codes are read in brackets only, one or several', () => {
  expect([...codesIn('[C5] a date [C5 C7] and [L1, L4]; not C9, [x1] or [c2]')]).toEqual(['C5', 'C7', 'L1', 'L4']);
});
