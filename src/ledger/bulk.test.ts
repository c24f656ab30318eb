import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { copyRows, flush } from './bulk.ts';
import { newId } from './ids.ts';
import type { History, Ledger } from './ledger.ts';
import { importMessages } from '../matters/import.ts';
import { connect } from '../storage/database.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());
const pool = () => county.database.pool;

// What a line of COPY could be broken by, and what an array or a JSON value could.
const text = fc
  .array(fc.constantFrom(...'水a\t\n\r\\"{},\'N. ', '\\N', '\\.', '𠮷', 'null', ''), { maxLength: 12 })
  .map((parts) => parts.join(''));
const cells = fc.record({
  t: fc.option(text),
  j: fc.option(fc.record({ a: text, b: fc.array(text, { maxLength: 3 }) })),
  b: fc.option(fc.uint8Array({ maxLength: 20 })),
  a: fc.option(fc.array(text, { maxLength: 4 })),
  i: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  l: fc.option(fc.boolean()),
  n: fc.option(fc.array(fc.maxSafeInteger(), { maxLength: 4 })),
  u: fc.option(fc.uuid()),
});

test('whatever stands in a row, COPY writes it and nothing else', async () => {
  const client = await pool().connect();
  try {
    await client.query(
      'create temp table copied (k int4, t text, j jsonb, b bytea, a text[], i int4, l bool, n int8[], u uuid)',
    );
    const columns = new Map(
      Object.entries({
        k: 'int4',
        t: 'text',
        j: 'jsonb',
        b: 'bytea',
        a: '_text',
        i: 'int4',
        l: 'bool',
        n: '_int8',
        u: 'uuid',
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 12 }), async (drawn) => {
        const written = drawn.map((row, k) => ({
          ...row,
          k,
          b: row.b === null ? null : `\\x${Buffer.from(row.b).toString('hex')}`,
          n: row.n === null ? null : `{${row.n.join(',')}}`,
        }));
        await copyRows(client, 'copied', columns, written);
        const { rows } = await client.query('select * from copied order by k');
        await client.query('truncate copied');
        expect(rows).toEqual(drawn.map((row, k) => ({ ...row, k, b: row.b === null ? null : Buffer.from(row.b) })));
      }),
      { numRuns: 60 },
    );
  } finally {
    client.release(true);
  }
});

const registered = (stream: string): History => ({
  county: county.county,
  id: newId(),
  record: 'household',
  stream,
  events: [
    {
      kind: 'household.registered',
      chain: [county.root],
      contact: null,
      residents: [],
      personal: { address: '1 号', residents: [] },
      stamp: { actor: 'test', at: '2026-11-01T00:00:00.000Z', version: 1 },
    } as History['events'][number],
  ],
});

test('a batch that cannot be written leaves nothing of itself and the connection whole', async () => {
  const [once, twice] = [registered(newId()), registered(newId())];
  expect(await county.ledger.take(county.county, [once])).toBe(1);
  expect(await county.ledger.take(county.county, [once])).toBe(0);
  // Another id for a record that is there already: the event's key refuses it, and the sound one beside it with it.
  await expect(county.ledger.take(county.county, [twice, { ...once, id: newId() }])).rejects.toMatchObject({
    code: '23505',
  });
  const { rows } = await pool().query('select stream from event where stream = $1', [twice.stream]);
  expect(rows).toEqual([]);
  expect(await county.ledger.take(county.county, [twice])).toBe(1);
});

test('[L4] what an import says it has taken stands on the disk', async () => {
  // Test databases wait for no disk unless they are told to, as the product's own does.
  const { rows: here } = await pool().query<{ name: string }>('select current_database() as name');
  await pool().query(`alter database ${here[0]!.name} set synchronous_commit to on`);
  const waiting = await connect(county.database.connection);
  try {
    await county.ledger.take(county.county, [registered(newId())], { later: true });
    const { rows } = await waiting.pool.query('select pg_current_wal_insert_lsn() as at');
    await flush(waiting.pool);
    const flushed = await waiting.pool.query('select pg_current_wal_flush_lsn() >= $1::pg_lsn as so', [rows[0].at]);
    expect(flushed.rows).toEqual([{ so: true }]);
  } finally {
    await waiting.close();
  }

  // An import waits for it after its last batch and before it tells.
  const calls: string[] = [];
  const watched = new Proxy(county.ledger, {
    get(ledger, name) {
      const value = Reflect.get(ledger, name, ledger) as unknown;
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        const result: unknown = await value.apply(ledger, given);
        calls.push(String(name));
        return result;
      };
    },
  }) as Ledger;
  await importMessages(
    (async function* () {
      for (let i = 0; i < 2_500; i++) yield { id: `b${i}`, subject: '路灯坏了', sent_at: '2026-10-01 08:00:00' };
    })(),
    {
      ledger: watched,
      policies: await county.system.policies(county.county),
      county: county.county,
      prefix: 'QH',
      place: { area: county.root, chain: [county.root] },
      desk: county.desk,
    },
  );
  calls.push('told');
  expect(calls.filter((call) => call !== 'query')).toEqual(['take', 'take', 'take', 'flush', 'told']);
});
