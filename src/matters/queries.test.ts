import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../access/model.ts';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { refreshWords } from '../search/words.ts';
import { importMessages } from './import.ts';
import { MatterFilter, listMatters, textsSaying } from './queries.ts';
import type { MatterTables } from './tables.ts';
import { PAIRS, keysOf, pairsOf, quarterOf } from './text.ts';

interface Text {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly township: string | null;
}

let county: TestCounty;
let texts: Text[];

// Few characters, so that chance makes words of every frequency, with everything a text is cut at.
const character = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...'水渠路灯坏了没人管村东头𠮷') },
  { weight: 3, arbitrary: fc.constantFrom(...'Abc12') },
  { weight: 1, arbitrary: fc.constantFrom(...'，。（\\%_"{}') },
);
const written = fc.array(character, { minLength: 1, maxLength: 25 }).map((c) => c.join(''));

beforeAll(async () => {
  county = await startCounty();
  const { root, liuhe, village } = county.places as unknown as Record<string, string>;
  const policies = await county.system.policies(county.county);
  const drawn = fc.sample(written, { numRuns: 900, seed: 5 });
  const chains = [[county.root], [county.root, liuhe!, village!]];
  expect(root ?? county.root).toBe(county.root);
  for (const [n, chain] of chains.entries()) {
    await importMessages(
      (async function* () {
        for (let i = n; i < drawn.length; i += 2) {
          // Eleven years, the later the denser, some at the same second.
          const day = Math.floor(4_000 * Math.sqrt(i / drawn.length));
          const sent = new Date(Date.UTC(2014, 3, 1 + day, 9, 0, 0)).toISOString().slice(0, 19).replace('T', ' ');
          // 另外 stands in nearly all: a common word.
          yield { id: `m${i}`, user: '', subject: drawn[i]!, body: i % 10 === 0 ? '' : '另外', sent_at: sent };
        }
      })(),
      {
        ledger: county.ledger,
        policies,
        county: county.county,
        prefix: 'QH',
        place: { area: chain.at(-1)!, chain },
        desk: county.desk,
      },
    );
  }
  await refreshWords(county.database.pool, county.county, new Date().toISOString());
  const { rows } = await county.database.pool.query<Text>(
    'select m.id, m.registered_at as at, m.township, t.text from matter m join matter_text t using (county, id) where m.county = $1',
    [county.county],
  );
  texts = rows;
  expect(texts.length).toBeGreaterThan(800);
}, 120_000);
afterAll(() => county.stop());

/** What was typed, looked for in every text as it stands. */
const plainly = (typed: string, of: readonly Text[]): string[] => {
  const pieces = typed.normalize('NFKC').toLowerCase().trim().split(/\s+/);
  return of
    .filter(({ text }) => pieces.every((piece) => text.toLowerCase().includes(piece)))
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
    .map(({ id }) => id);
};

const typed = fc
  .array(
    fc.oneof(
      fc.array(character, { minLength: 1, maxLength: 2 }),
      fc.array(character, { minLength: 2, maxLength: 7 }),
      fc.constant(['另外']),
      fc
        .tuple(fc.nat(850), fc.nat(20), fc.integer({ min: 2, max: 9 }))
        .map(([n, from, long]) => [...texts[n % texts.length]!.text.replaceAll('\n', ' ')].slice(from, from + long)),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((pieces) => pieces.map((c) => c.join('')).join(' '))
  .filter((q) => /[\p{Script=Han}a-z0-9]/iu.test(q) && q.trim().length <= 60);

const everywhere: Scope = { all: true, areas: [], units: [], officials: [] };
const db = () => county.database.kysely as unknown as Kysely<MatterTables>;
const asked = () => ({
  db: db(),
  query: county.ledger.query,
  county: county.county,
  now: new Date().toISOString(),
});

describe('search', () => {
  test('[L10] finds exactly the matters a look into every text finds, newest first, however it is paged and whoever reads', async () => {
    await fc.assert(
      fc.asyncProperty(typed, fc.boolean(), fc.integer({ min: 1, max: 40 }), async (q, narrow, size) => {
        const township = (county.places as unknown as Record<string, string>)['liuhe']!;
        const scope = narrow ? { ...everywhere, all: false, areas: [township] } : everywhere;
        const expected = plainly(q, narrow ? texts.filter((t) => t.township === township) : texts);
        const found: string[] = [];
        let after: string | undefined;
        for (let page = 0; page < 4; page++) {
          const filter = MatterFilter.parse({ q, size, ...(after === undefined ? {} : { after }) });
          const { rows, next } = await listMatters(asked(), scope, filter, '');
          found.push(...rows.map((row) => row.id));
          after = next;
          if (next === undefined) break;
        }
        expect(found).toEqual(expected.slice(0, after === undefined ? undefined : 4 * size));
      }),
      { numRuns: 100 },
    );
  });

  test('[L4] an export by words holds all of them', async () => {
    await fc.assert(
      fc.asyncProperty(typed, async (q) => {
        const { rows } = await textsSaying(county.county, q).execute(db());
        expect((rows as { id: string }[]).map(({ id }) => id).toSorted()).toEqual(plainly(q, texts).toSorted());
      }),
      { numRuns: 60 },
    );
  });

  test('[L10] a narrower list is searched whole', async () => {
    await fc.assert(
      fc.asyncProperty(typed, async (q) => {
        const filter = MatterFilter.parse({ q, size: 100, from: '2018-01-01', to: '2021-06-30', channel: 'board' });
        const { rows } = await listMatters(asked(), everywhere, filter, '');
        const within = texts.filter(({ at }) => at >= '2017-12-31T16:00' && at < '2021-06-30T16:00');
        expect(rows.map(({ id }) => id)).toEqual(plainly(q, within).slice(0, 100));
      }),
      { numRuns: 40 },
    );
  });

  test('[L10] the keys of a text are its pairs in its quarter, exact as numbers and each once', () => {
    const instant = fc.date({ min: new Date('1900-01-01'), max: new Date('2224-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(written, instant, (text, date) => {
        const at = date.toISOString();
        const keys = JSON.parse(keysOf(text, at).replace('{', '[').replace('}', ']')) as number[];
        expect(keys.every(Number.isSafeInteger)).toBe(true);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.map((key) => key - quarterOf(at) * PAIRS)).toEqual(pairsOf(text));
        const plain = [...text.toLowerCase().normalize('NFKC')];
        const isWord = (c: string): boolean => /[\p{Script=Han}a-z0-9]/u.test(c);
        const said = plain.slice(1).flatMap((c, i) => (isWord(plain[i]!) && isWord(c) ? [plain[i]! + c] : []));
        expect(keys.length).toBe(new Set(said).size);
      }),
    );
  });
});
