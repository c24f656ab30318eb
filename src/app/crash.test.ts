import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { loadEnvironment } from '../storage/environment.ts';
import { openOrShare } from './operations/open.ts';
import { COUNTY, Machine, type Server, writers } from './process-testing.ts';

const machine = new Machine();
afterAll(() => machine.clear());

/** More for a long night: CRASH_ROUNDS=100. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 2);

/** Commands of these ids the ledger knows, and whether each left its events. */
async function kept(folder: string, ids: Iterable<string>): Promise<{ commands: number; events: number }> {
  const { database } = await openOrShare({ ...loadEnvironment(), dataFolder: folder });
  try {
    const { rows } = await database.pool.query<{ commands: number; events: number }>(
      `select (select count(*) from command where county = $1 and id = any($2::uuid[])) as commands,
              (select count(distinct command) from event where county = $1 and command = any($2::uuid[])) as events`,
      [COUNTY, [...ids]],
    );
    return rows[0]!;
  } finally {
    await database.close();
  }
}

const until = async (condition: () => boolean, server: Server): Promise<void> => {
  const end = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited a minute; the server said ${JSON.stringify(server.said())}`);
    await sleep(10);
  }
};

test(
  '[L2] killed in the middle of 16 writers, the server or the database loses nothing it acknowledged',
  { timeout: 120_000 * ROUNDS },
  async () => {
    const folder = machine.folder('crash');
    let server: Server = await machine.start({ folder });
    await server.setUp();
    const clients = writers(() => server, 16);
    const { acknowledged } = clients;
    for (let round = 0; round < ROUNDS; round++) {
      let before = acknowledged.size;
      await until(() => acknowledged.size >= before + 100, server);
      await server.kill();
      server = await machine.start({ folder });

      // The supervisor starts the database again under the same process; its clients' writes go on.
      before = acknowledged.size;
      await until(() => acknowledged.size >= before + 100, server);
      server.killDatabase();
      before = acknowledged.size;
      await until(() => acknowledged.size >= before + 100, server);
    }
    await clients.stop();
    const all = acknowledged.size;
    expect(all).toBeGreaterThanOrEqual(ROUNDS * 300);
    expect(await kept(folder, acknowledged)).toEqual({ commands: all, events: all });
    const proof = await machine.run(['verify'], { folder });
    expect(proof).toMatchObject({ code: 0, out: expect.stringContaining('首尾相接') });
    expect(await machine.run(['rebuild'], { folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('读表与台账一致'),
    });
    expect(await server.stop()).toBe(0);
  },
);
