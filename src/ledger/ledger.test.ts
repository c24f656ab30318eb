import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { isRefusal } from './decider.ts';
import { newId } from './ids.ts';
import type { Order } from './ledger.ts';
import { fingerprint, rebuild } from './rebuild.ts';
import { canonical, checkpoint, sealAll, sealCounty, verifyCounty } from './seal.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

const order = (
  stream: string,
  command: { kind: string } & Record<string, unknown>,
  more: Partial<Order> = {},
): Order => ({
  county: county.county,
  id: newId(),
  record: 'matter',
  stream,
  command,
  at: new Date().toISOString(),
  actor: 'system:test',
  permit: () => true,
  ...more,
});
const registered = (subject = '水渠堵了') => ({
  kind: 'matter.register',
  channel: 'phone',
  subject,
  area: county.places.village,
});
const register = async (): Promise<string> => {
  const stream = newId();
  await county.ledger.execute(order(stream, registered()));
  return stream;
};
const pool = () => county.database.pool;

describe('the ledger', () => {
  test('answers a command sent again as it did the first time, whatever that was, and does it once', async () => {
    const stream = newId();
    const first = order(stream, registered());
    const [a, b, c] = await Promise.all([first, first, first].map((o) => county.ledger.execute(o)));
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    const { rows } = await pool().query('select verdict::text from command where id = $1', [first.id]);
    expect(rows[0].verdict).not.toContain((a as unknown as { told: { code: string } }).told.code);
    const refused = order(stream, registered());
    expect(await county.ledger.execute(refused)).toEqual({ refused: 'matter.exists' });
    expect(await county.ledger.execute(refused)).toEqual({ refused: 'matter.exists' });
    expect((await county.ledger.read(county.county, 'matter', stream)).version).toBe(1);
  });

  test('gives a verdict to nobody but who gave the command', async () => {
    const first = order(newId(), registered());
    await county.ledger.execute(first);
    expect(await county.ledger.execute({ ...first, actor: 'system:other' })).toEqual({ refused: 'ledger.id-taken' });
  });

  test('lets many writers of one record through one after another and loses none', async () => {
    const stream = await register();
    const verdicts = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        county.ledger.execute(order(stream, { kind: 'matter.instruct', text: `第 ${i} 条` })),
      ),
    );
    expect(verdicts.filter((v) => !isRefusal(v))).toHaveLength(6);
    const history = await county.ledger.history(county.county, stream);
    expect(history.map((e) => e.stamp.version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('refuses a writer who insists on a version that is gone', async () => {
    const stream = await register();
    await county.ledger.execute(order(stream, { kind: 'matter.instruct', text: '先来' }));
    expect(
      await county.ledger.execute(order(stream, { kind: 'matter.instruct', text: '后到' }, { expected: 1 })),
    ).toEqual({ refused: 'ledger.conflict' });
  });

  test('keeps personal words out of the event and reads them back', async () => {
    const stream = newId();
    await county.ledger.execute(
      order(stream, { ...registered('只有本人知道的话'), reporter: { name: '陈秀英', phone: '19000001234' } }),
    );
    const { rows } = await pool().query(
      'select data::text, encode(personal, $2) as hash from event where stream = $1',
      [stream, 'hex'],
    );
    expect(rows[0].data).not.toContain('本人');
    expect(rows[0].data).not.toContain('陈秀英');
    expect(rows[0].hash).toMatch(/^[0-9a-f]{64}$/);
    const { state } = await county.ledger.read<{ told: { name: string } }>(county.county, 'matter', stream);
    expect(state.told.name).toBe('陈秀英');
  });
});

describe('the chain', () => {
  test('[L2] follows writers without gaps, however slow one of them is', async () => {
    await sealAll(pool(), county.county);
    const slow = await pool().connect();
    const late = newId();
    await slow.query('begin');
    const insert = (stream: string) =>
      `insert into event values (${county.county}, '${stream}', 1, 'matter', 'matter.instructed', '{"text":"慢"}', null, 'system:test', now(), now(), '${newId()}', null)`;
    await slow.query(insert(late));
    await slow.query('insert into unsealed values ($1, $2, 1, 1)', [county.county, late]);
    const quick = await register();
    await sealAll(pool(), county.county);
    const sealed = async (stream: string) =>
      (await pool().query('select seq from seal where county = $1 and stream = $2', [county.county, stream])).rows
        .length;
    expect(await sealed(quick)).toBe(1);
    expect(await sealed(late)).toBe(0);
    await slow.query('commit');
    slow.release();
    await sealAll(pool(), county.county);
    expect(await sealed(late)).toBe(1);
    const { rows } = await pool().query('select count(*) as n, max(seq) as last from seal where county = $1', [
      county.county,
    ]);
    expect(rows[0].n).toBe(rows[0].last);
    await pool().query('delete from event where stream = $1', [late]);
    await pool().query('delete from seal where stream = $1', [late]);
  });

  test('[L2] seals everything once while many write and several seal, each record in its own order', async () => {
    const fresh = await startCounty();
    try {
      let writing = true;
      const sealers = [0, 1].map(async () => {
        while (writing) await sealCounty(fresh.database.pool, fresh.county);
      });
      const streams = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const stream = newId();
          for (let i = 0; i < 6; i++) {
            const command =
              i === 0
                ? { kind: 'matter.register', channel: 'phone', subject: '水渠堵了', area: fresh.places.village }
                : { kind: 'matter.instruct', text: String(i) };
            await fresh.ledger.execute({ ...order(stream, command), county: fresh.county });
          }
          return stream;
        }),
      );
      writing = false;
      await Promise.all(sealers);
      await sealAll(fresh.database.pool, fresh.county);
      const { rows } = await fresh.database.pool.query<{ stream: string; version: number }>(
        'select stream, version from seal where county = $1 order by seq',
        [fresh.county],
      );
      for (const stream of streams) {
        expect(rows.filter((r) => r.stream === stream).map((r) => r.version)).toEqual([1, 2, 3, 4, 5, 6]);
      }
      expect(await verifyCounty(fresh.database.pool, fresh.county)).toMatchObject({ unsealed: 0, faults: [] });
    } finally {
      await fresh.stop();
    }
  });

  test('[L2] a changed row, a changed box, a missing row and a slipped-in row are each found and named', async () => {
    const streams = [await register(), await register(), await register()];
    await sealAll(pool(), county.county);
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await checkpoint(pool(), county.county, '2026-11-21', new Date().toISOString(), privateKey);
    expect((await verifyCounty(pool(), county.county, { publicKey })).faults).toEqual([]);

    await pool().query(`update event set data = jsonb_set(data, '{number}', '"QH0"') where stream = $1`, [streams[0]]);
    await pool().query(`update vault set box = set_byte(box, 20, get_byte(box, 20) # 1) where stream = $1`, [
      streams[1],
    ]);
    await pool().query('delete from event where stream = $1', [streams[2]]);
    await pool().query(
      `insert into event values ($1, $2, 1, 'matter', 'matter.instructed', '{}', null, 'x', now(), now(), $2, null)`,
      [county.county, newId()],
    );
    const { faults } = await verifyCounty(pool(), county.county, { publicKey });
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ stream: streams[0], version: 1, what: 'changed' }),
        expect.objectContaining({ stream: streams[1], version: 1, what: 'box-changed' }),
        expect.objectContaining({ stream: streams[2], version: 1, what: 'missing' }),
        expect.objectContaining({ what: 'unchained' }),
      ]),
    );
    expect(faults).toHaveLength(4);
  });

  test('[L2] a chain rewritten from some point on does not fit its checkpoint', async () => {
    const fresh = await startCounty();
    try {
      await sealAll(fresh.database.pool, fresh.county);
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      await checkpoint(fresh.database.pool, fresh.county, '2026-11-21', new Date().toISOString(), privateKey);
      await fresh.database.pool.query(
        `update event set data = data || '{"name":"别的县"}' where kind = 'area.added' and version = 1`,
      );
      await fresh.database.pool.query('insert into unsealed select county, stream, version, version from event');
      await fresh.database.pool.query('delete from seal');
      await sealAll(fresh.database.pool, fresh.county);
      const { faults } = await verifyCounty(fresh.database.pool, fresh.county, { publicKey });
      expect(faults).toEqual([{ seq: expect.any(Number), what: 'checkpoint' }]);
    } finally {
      await fresh.stop();
    }
  });

  test('the same value is always written with the same bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const shuffled = JSON.parse(JSON.stringify(value), (_, v: unknown) =>
          v !== null && typeof v === 'object' && !Array.isArray(v)
            ? Object.fromEntries(Object.entries(v).toReversed())
            : v,
        ) as unknown;
        expect(canonical(shuffled)).toBe(canonical(value));
      }),
    );
  });
});

test('[L2] what is rebuilt from the ledger is what was written live', async () => {
  const fresh = await startCounty();
  try {
    const clerk = await fresh.as('clerk');
    for (let i = 0; i < 5; i++) {
      const id = newId();
      await clerk.post(`/api/matters/${id}/register`, {
        channel: 'phone',
        subject: `第 ${i} 件事`,
        area: fresh.places.village,
      });
      if (i % 2 === 0) await clerk.post(`/api/matters/${id}/dispatch`, { unit: fresh.units.water });
    }
    const before = await fingerprint(fresh.database.pool, fresh.ledger, fresh.county);
    await fresh.database.pool.query(`update matter set subject = '被改过'`);
    await fresh.database.pool.query('delete from unit where kind = $1', ['department']);
    await rebuild(fresh.database.pool, fresh.ledger, fresh.county, await fresh.system.policies(fresh.county));
    expect(await fingerprint(fresh.database.pool, fresh.ledger, fresh.county)).toEqual(before);
  } finally {
    await fresh.stop();
  }
});

test('no key in the database is without the county', async () => {
  const { rows } = await pool().query<{ name: string }>(
    `select i.relname as name from pg_index x
       join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
       join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = current_schema() and t.relname <> 'migration' and x.indisunique
        and (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = x.indkey[0]) <> 'county'`,
  );
  expect(rows).toEqual([]);
  const plain = await pool().query<{ name: string }>(
    `select t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = current_schema() and t.relkind = 'r' and t.relname <> 'migration'
        and not exists (select from pg_index x where x.indrelid = t.oid and x.indisprimary)
     union all
     select t.relname from pg_trigger g join pg_class t on t.oid = g.tgrelid where not g.tgisinternal`,
  );
  expect(plain.rows).toEqual([]);
});
