import { PaperKind } from '../register/model.ts';
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

test('[L7] the register has papers of every kind, numbered without gaps, and the newest of each kind is drawn', async () => {
  const { rows } = await database.pool.query<{ kind: string; drawn: number }>(
    `select s.kind, count(p.pdf)::int as drawn from served_paper s left join paper p on p.county = s.county and p.id = s.paper
      group by s.kind order by s.kind`,
  );
  expect(rows.map(({ kind }) => kind)).toEqual([...PaperKind.options].toSorted());
  for (const { kind, drawn } of rows) expect(drawn, kind).toBeGreaterThan(0);
  const gaps = await one<{ gaps: number }>(`
    select count(*)::int as gaps from (
      select unit, series, year from served_paper where serial is not null
       group by unit, series, year having count(*) <> max(serial) or min(serial) <> 1) g`);
  expect(gaps.gaps).toBe(0);
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

test('[K1] [A2] [C18] [I7] meetings with tasks, groups with seats, suggestions at every step, and tip-offs being verified', async () => {
  const voices = await one<Record<string, number>>(`
    select (select count(*) from meeting where status = 'held') as held,
           (select count(*) from meeting where status = 'called') as called,
           (select count(*) from meeting_task where state = 'kept') as kept,
           (select count(*) from meeting_task where open) as open,
           (select count(*) from standing_seat where seat = 'chair') as chairs,
           (select count(*) from responsibility) as named,
           (select count(*) from suggestion where status = 'filed') as filed,
           (select count(*) from suggestion where outcome = 'adopted' and listed) as listed,
           (select count(*) from suggestion where outcome = 'not') as refused,
           (select count(*) from tip_keeper) as keepers,
           (select count(*) from tip_off where status = 'verifying') as verifying,
           (select count(*) from tip_off where status = 'not') as unfounded`);
  for (const [what, count] of Object.entries(voices)) expect(count, what).toBeGreaterThan(0);
});

test('[C8] [C9] [C15] [I2] [C7] units work on matters together, some were handed up, orders are followed, a bulletin is out', async () => {
  const among = await one<Record<string, number>>(`
    select (select count(*) from matter_part where state = 'answered') as answered,
           (select count(*) from matter_part where state = 'asked') as asked,
           (select count(*) from matter_raising where state = 'asked') as raised,
           (select count(*) from matter_raising where meeting is not null) as decided_at_meetings,
           (select count(*) from meeting_task where matter is not null and open) as tasks_on_matters,
           (select count(*) from given_order where status = 'done') as done,
           (select count(*) from given_order where status = 'open' and due < '2026-11-21') as late,
           (select count(*) from given_order where status = 'reported') as reported,
           (select count(*) from bulletin) as bulletins,
           (select count(*) from matter_bounce where decided_unit = better_unit) as upheld,
           (select count(*) from policy_change) as changes`);
  for (const [what, count] of Object.entries(among)) expect(count, what).toBeGreaterThan(0);
});

test('[D1] [D2] [D6] leaders receive by a rota, a hall is at work this morning, a live session has its record', async () => {
  const receiving = await one<Record<string, number>>(`
    select (select count(*) from reception_day where status = 'ended') as held,
           (select count(*) from reception_day where status = 'ended' and official <> planned) as substituted,
           (select count(*) from reception_day where status = 'announced' and day < '2026-11-21') as nobody,
           (select count(*) from reception_day where status = 'announced' and day > '2026-11-21') as coming,
           (select count(*) from reception_item where kept) as kept,
           (select count(*) from ticket where status = 'waiting') as waiting,
           (select count(*) from ticket where status in ('called', 'serving')) as called,
           (select count(*) from dialogue where status = 'published') as published,
           (select count(*) from dialogue_question where matter is not null) as passed_on`);
  for (const [what, count] of Object.entries(receiving)) expect(Number(count), what).toBeGreaterThan(0);
});

test('[E1] [E2] [D3] [D4] units sweep, disputes are mediated, leaders own hard cases, and old ones are being cleared', async () => {
  const told = await one<Record<string, number>>(`
    select (select count(*) from sweep where returned_on is not null and found = 0) as nil,
           (select count(*) from sweep_finding) as found,
           (select count(*) from dispute where status = 'agreed') as agreed,
           (select count(*) from dispute where status = 'mediating') as mediating,
           (select count(*) from dispute where hand_to is not null) as handed,
           (select count(*) from mediator where background like 'veteran%') as veterans,
           (select count(*) from hard_case where status = 'adopted' and own > 0) as own,
           (select count(*) from hard_case where status = 'proposed') as proposed,
           (select count(*) from hard_case where delegated > 0) as delegated,
           (select count(*) from backlog_item where stock) as stock`);
  for (const [what, count] of Object.entries(told)) expect(count, what).toBeGreaterThan(0);
});
