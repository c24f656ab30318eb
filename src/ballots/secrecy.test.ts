import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { openVault } from '../ledger/vault.ts';
import { type Drawn, households, inside, opened, phoneAt, receiptOf } from './testing.ts';

let county: TestCounty;
let inspector: Client;
/** Everything the process said during a play. */
const said: string[] = [];

beforeAll(async () => {
  county = await startCounty();
  inspector = await county.as('inspector');
  await households(county, county.places.grid, 12);
}, 60_000);
afterAll(() => county.stop());
afterEach(() => vi.restoreAllMocks());

const listen = (): void => {
  said.length = 0;
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, way).mockImplementation((...words: unknown[]) => void said.push(JSON.stringify(words)));
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((words: unknown) => {
      said.push(String(words));
      return true;
    });
};

/** Every row of every table as the disk orders them, with the transaction that wrote it. */
async function everything(): Promise<string[]> {
  const { pool } = county.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema() order by 1',
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select '${name} ' || t.xmin::text || ' ' || row_to_json(t)::text as row from "${name}" t order by t.ctid`,
    );
    all.push(...rows.map(({ row }) => row));
  }
  return all;
}

/** Everything, once the house has written what it still had to. */
async function settled(): Promise<string[]> {
  for (let before = await everything(); ;) {
    await new Promise((next) => setTimeout(next, 150));
    const after = await everything();
    if (after.join('\n') === before.join('\n')) return after;
    before = after;
  }
}

const post = (id: string, verb: string, body: object = {}) => inspector.post(`/api/ballots/${id}/${verb}`, body);
const boxOf = async (id: string): Promise<Buffer> =>
  (await county.database.pool.query<{ box: Buffer }>('select box from ballot_urn where ballot = $1', [id])).rows[0]!
    .box;

async function draws(id: string, count: number) {
  const { state, code } = await inside(county, id);
  const phone = await phoneAt(county, id, state.key);
  const ballots: Drawn[] = [];
  for (let n = 0; n < count; n += 1) ballots.push((await phone.draw(code(n))) as Drawn);
  return { state, phone, ballots };
}

describe('a cast', () => {
  test('[G2] changes one box and nothing else: no row, no order, no transaction of another table, no log line, no size', async () => {
    const id = await opened(county, inspector, county.places.village);
    const empty = (await boxOf(id)).length;
    const { phone, ballots } = await draws(id, 6);
    listen();
    // The house goes on with its own work meanwhile and may write just then: what a cast leaves behind, each one leaves.
    let alone = 0;
    for (const [n, ballot] of ballots.entries()) {
      const before = await settled();
      expect((await phone.cast(ballot, String(n % 3))).status).toBe(200);
      const after = await everything();
      const changed = [before.filter((row) => !after.includes(row)), after.filter((row) => !before.includes(row))];
      for (const rows of changed) expect(rows.some((row) => row.startsWith('ballot_urn '))).toBe(true);
      if (changed.every((rows) => rows.length === 1)) alone += 1;
      expect((await boxOf(id)).length).toBe(empty);
    }
    expect(alone).toBeGreaterThanOrEqual(4);
    expect(said).toEqual([]);
    await done(post(id, 'void', { reason: '试完了作废' }));
  }, 60_000);

  test('[G2] leaves the same bytes in the urn whatever the order they came in', async () => {
    const id = await opened(county, inspector, county.places.village);
    const empty = await boxOf(id);
    const { state, phone, ballots } = await draws(id, 8);
    const inUrn = async (order: readonly number[]): Promise<string> => {
      await county.database.pool.query('update ballot_urn set box = $2 where ballot = $1', [id, empty]);
      for (const n of order) expect((await phone.cast(ballots[n]!, String(n % 3))).status).toBe(200);
      return openVault(Buffer.from(state.secret!, 'base64'))
        .openBytes(await boxOf(id))
        .toString('utf8');
    };
    const first = await inUrn([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await inUrn([7, 3, 5, 1, 0, 6, 2, 4])).toBe(first);
    // What is in it: hashes and choices; no elector, no household, no code.
    for (const elector of state.electors) expect(first).not.toContain(elector);
    expect(first).toMatch(/^\[\[(\["[0-9a-f]{32}","[0-9a-f]{32}","[0-2-]"\],?){8}\],\[\],\[\]\] +$/);
    await done(post(id, 'void', { reason: '试完了作废' }));
  }, 60_000);
});

describe('a whole play', () => {
  /** Ten electors draw and cast; the first two cast these choices. */
  async function play(choices: readonly [string, string]) {
    const id = await opened(county, inspector, county.places.village);
    const from = (await everything()).length;
    const { state, phone, ballots } = await draws(id, 10);
    for (const [n, ballot] of ballots.entries())
      expect((await phone.cast(ballot, choices[n] ?? String(n % 3))).status).toBe(200);
    await done(post(id, 'end', { reason: '各户都投完了' }));
    // What the house keeps while it runs, the sealed parts opened as its owner can.
    const rows = await county.database.pool.query<{ kind: string; data: object; actor: string; box: Buffer | null }>(
      `select e.version, e.kind, e.data, e.actor, v.box from event e
         left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
        where e.stream = $1 order by e.version`,
      [id],
    );
    const during = rows.rows.map((row) => ({
      ...row,
      box: row.box === null ? null : county.system.vault.open(row.box),
    }));
    await done(post(id, 'close', { notReturned: 0, spoiled: 0 }));
    const stored = await everything();
    const closed = (await inside(county, id)).state.outcome!;
    return { id, from, state, ballots, during, stored, closed };
  }

  const RANDOM =
    /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|\+\d\d:\d\d)?|[0-9a-f]{12,}|[A-Za-z0-9+/]{40,}={0,2}/g;
  const TIME = /^\d{4}-\d\d-\d\d[T ]|^\d{12,14}$/;
  /**
   * What is random becomes the number of its first appearance, and every time a time: two plays of one shape read the
   * same, and which two things fell into one millisecond is the machine's doing.
   */
  function shapeOf(value: unknown): string {
    const seen = new Map<string, string>();
    return JSON.stringify(value).replaceAll(RANDOM, (found) => {
      if (TIME.test(found)) return '#time';
      const known = seen.get(found) ?? `#${seen.size}`;
      seen.set(found, known);
      return known;
    });
  }

  test('[G2] with the choices of two electors swapped everything stored is the same, in the same order', async () => {
    listen();
    const first = await play(['0', '2']);
    await county.database.pool.query('delete from ballot where id = $1', [first.id]);
    const second = await play(['2', '0']);
    expect(shapeOf(first.during)).toBe(shapeOf(second.during));
    expect(first.closed.sums).toEqual(second.closed.sums);
    const own = ({ stored, id }: typeof first): string[] =>
      stored
        .filter((row) => row.includes(id))
        .map((row) => row.replace(/^(\S+) \d+ /, '$1 '))
        // By what they say of their order: on which page the disk had room is its own doing.
        .toSorted((one, other) => one.split(' ', 1)[0]!.localeCompare(other.split(' ', 1)[0]!) || at(one) - at(other));
    const at = (row: string): number => Number(/"version": ?(\d+)/.exec(row)?.[1] ?? 0);
    // Rows of the review itself, after the close: events, verdicts, its read row, boxes (noise, of the same length).
    const boxless = (row: string): string => row.replace(/"box":"([^"]*)"/, (_, box: string) => `"box":${box.length}`);
    expect(own(first).length).toBeGreaterThan(25);
    expect(shapeOf(own(first).map(boxless))).toBe(shapeOf(own(second).map(boxless)));
    expect(said).toEqual([]);
    // And what was cast stands nowhere: no token, no signature, no blinded or unblinded number; receipts in the close alone,
    // in the order of themselves.
    for (const [{ id, ballots, stored, closed }, given] of [
      [first, ['0', '2']],
      [second, ['2', '0']],
    ] as const) {
      const all = stored.join('\n');
      const receipts = ballots.map((ballot, n) => receiptOf(ballot, id, given[n] ?? String(n % 3)));
      for (const { token, signature } of ballots)
        for (const secret of [token, signature])
          for (const text of [secret, Buffer.from(secret, 'base64').toString('hex'), secret.slice(0, 24)])
            expect(all).not.toContain(text);
      for (const receipt of receipts)
        for (const row of stored.filter((one) => one.includes(receipt)))
          expect(row).toContain('"kind":"ballot.closed"');
      expect(closed.receipts).toEqual(receipts.toSorted());
      expect(stored.some((row) => row.startsWith('ballot_urn '))).toBe(false);
      // Who was asked and what opened their right are erased.
      expect(stored.some((row) => row.startsWith('vault ') && row.includes(id) && row.includes('"version":1,'))).toBe(
        false,
      );
    }
  }, 90_000);

  test('[G2] of each draw the house keeps the elector and the hash of what was blinded, and nothing of what was unblinded', async () => {
    await county.database.pool.query('delete from ballot where status = $1', ['closed']);
    const { during } = await play(['0', '2']);
    const drawn = during.filter(({ kind }) => kind === 'ballot.drawn');
    expect(drawn).toHaveLength(10);
    for (const { data, actor, box } of drawn) {
      expect(Object.keys(data).toSorted()).toEqual(['blinded', 'elector']);
      expect([actor, box]).toEqual([expect.stringMatching(/^resident:/), null]);
    }
  }, 60_000);
});
