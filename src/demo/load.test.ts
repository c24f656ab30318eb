import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSystem } from '../app/system.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { type TestDatabase, freshDatabase } from '../storage/testing.ts';
import { type Loaded, loadDemo } from './load.ts';

let database: TestDatabase<unknown>;
let loaded: Loaded;
beforeAll(async () => {
  database = await freshDatabase();
  const system = openSystem(database, { key: new Uint8Array(32).fill(7), publicUrl: 'http://localhost' });
  loaded = await loadDemo(system, { full: false, today: '2026-11-21' });
}, 120_000);
afterAll(() => database.drop());

const one = async <R>(sql: string): Promise<R> => (await database.pool.query(sql)).rows[0] as R;

test('a township of the demo county is taken in whole, through the rules of life', async () => {
  expect(loaded.households).toBeGreaterThan(3_000);
  expect(loaded.visits).toBeGreaterThan(6_000);
  expect(loaded.signIns.map((s) => s.role)).toEqual(
    expect.arrayContaining(['field', 'clerk', 'handler', 'head', 'leader', 'inspector', 'administrator', 'auditor']),
  );
  const { n } = await one<{ n: number }>('select count(*) as n from event');
  expect(n).toBe(loaded.events);
});

test('it shows the faults a county has: late, returned, reopened, put off, refused at the door', async () => {
  const faults = await one<Record<string, number>>(`
    select count(*) filter (where open and due < '2026-11-21T01:00:00Z') as late, count(*) filter (where returns > 0) as returned,
           count(*) filter (where reopenings > 0) as reopened, count(*) filter (where status = 'deferred') as deferred,
           (select count(*) from visit where status = 'declined') as declined,
           (select count(*) from visit where revisit_by is not null) as revisits from matter`);
  for (const [fault, count] of Object.entries(faults)) expect(count, fault).toBeGreaterThan(0);
});

test('[L2] its chain is whole', async () => {
  await sealAll(database.pool, loaded.county);
  expect(await verifyCounty(database.pool, loaded.county)).toMatchObject({
    sealed: loaded.events,
    unsealed: 0,
    faults: [],
  });
}, 60_000);

test('[C5] [C13] petitions are accepted, refused, served, reviewed, and one has come to its lawful end', async () => {
  const up = await one<Record<string, number>>(`
    select (select count(*) from petition where accepted_at is not null) as accepted,
           (select count(*) from served_paper where received_on is not null and kind = 'opinion') as opinions,
           (select count(*) from served_paper where received_on is null and kind in ('acceptance', 'opinion')) as owed,
           (select count(*) from petition where refused is not null) as refused,
           (select count(*) from review where open) as reviews,
           (select count(*) from review where hearing_on > '2026-11-21') as hearings,
           (select count(*) from matter where closed_by = 'lawful-end') as ended`);
  for (const [what, count] of Object.entries(up)) expect(count, what).toBeGreaterThan(0);
});

test('[B4] [B7] [B8] officials labour, pairs have plans, and a round before the next festival is under way', async () => {
  const going = await one<Record<string, number>>(`
    select (select count(*) from labour where status = 'confirmed') as confirmed,
           (select count(*) from labour where status = 'open') as waiting,
           (select count(*) from labour where status = 'returned') as returned,
           (select count(*) from pair where status = 'lasting') as pairs,
           (select count(*) from pair_measure where done_on is null and due < '2026-11-21') as overdue,
           (select count(*) from pair_measure where said <> '') as said,
           (select count(*) from gift where status = 'given') as given,
           (select count(*) from gift where status = 'proposed') as proposed`);
  for (const [what, count] of Object.entries(going)) expect(count, what).toBeGreaterThan(0);
});
