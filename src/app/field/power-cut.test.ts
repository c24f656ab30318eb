import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../storage/database.ts';
import { type EmbeddedServer, startEmbedded } from '../../storage/embedded.ts';
import { migrate } from '../../storage/migrate.ts';
import { serversOf } from '../../storage/processes.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { Chance } from './game/chance.ts';
import { judge } from './game/invariants.ts';
import { blackout } from './game/moves.ts';
import { type Ground, layGround, play } from './game/world.ts';

/** A game on a database server of its own, with the settings it is delivered with: it can be killed, and comes up again. */
const folder = mkdtempSync(join(tmpdir(), 'minqing-power-'));
const chance = new Chance();
let server: EmbeddedServer;
let county: TestCounty;
let ground: Ground;
let kills = 0;

beforeAll(async () => {
  server = await startEmbedded(folder, { signals: false });
  const database = await connect<unknown>({ connectionString: server.url });
  await migrate(database.pool);
  chance.begin();
  county = await startCounty({ database: { ...database, drop: () => database.close() } });
  ground = await layGround(county, chance, async () => {
    for (const pid of serversOf(join(folder, 'postgres'))) process.kill(pid, 'SIGKILL');
    kills += 1;
    for (;;) {
      const answers = await county.database.pool.query('select 1').then(
        () => true,
        () => false,
      );
      if (answers) return;
      await sleep(100);
    }
  });
}, 120_000);
afterAll(async () => {
  chance.end();
  await county.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test(
  '[B13] PostgreSQL itself is killed while phones hand up what they hold: nothing accepted is lost, nothing done twice, all converge',
  { timeout: 120_000 },
  async () => {
    const world = await play(ground, 20_261_127, blackout);
    await judge(world);
    expect(kills).toBe(blackout.filter((move) => move.do === 'power-cut').length);
    const stands = world.noted.map(({ phone, id, kind }) => `${kind} ${phone.outbox.find(id)?.state}`);
    expect(stands).toEqual(world.noted.map(({ kind }) => `${kind} accepted`));
  },
);
