import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { command } from '../app/county.ts';
import type { House } from '../app/operations/open.ts';
import { loadDemo } from '../demo/load.ts';
import { newId } from '../ledger/ids.ts';
import { type Report, percentile, round, say } from './figures.ts';
import { cookieOf, facesOf, inFolder, inHouseOf, openIn, sealed, startServer } from './house.ts';
import { type Load, drive } from './http.ts';

/**
 * Commands through HTTP, with everything on: sessions, access, validation, rules, reactions, vault, read tables,
 * sealing. The mix: of four commands two are progress notes on matters in hand, one is a matter taken in, one a visit
 * written down (of ten visits one raises a need, which becomes a matter by reaction).
 */
const MIX = ['progress', 'register', 'progress', 'visit'] as const;
type Kind = (typeof MIX)[number];
const CLIENTS = 16;
const IN_HAND = 2_000;

interface Stage {
  readonly port: number;
  readonly cookies: Record<Kind, readonly string[]>;
  readonly matters: readonly string[];
  readonly areas: readonly string[];
  readonly households: readonly string[];
}

export const run = (quick: boolean): Promise<Report> =>
  inFolder(async (folder) => {
    const { county, matters } = await inHouseOf(folder, (house) => prepare(house, quick ? IN_HAND / 10 : IN_HAND));
    const server = await startServer(folder);
    const house = await openIn(folder);
    try {
      const stage = await stageOf(house, county, server.port, matters);
      await sealed(house);
      // The preparation's dust (old statistics, dead rows of the emptied queue) is not the measured load's either.
      await house.database.pool.query('vacuum analyze');
      const share = quick ? 0.1 : 1;
      const yardstick = (): Promise<number> => yardstickOf(house, 6 * share);
      const load = async (what: string, clients: number, seconds: number, kind?: Kind): Promise<Load> => {
        const result = await drive(server.port, clients, seconds * share, requests(stage, kind));
        say(`${what}: ${Math.round(result.perSecond)}/s, p95 ${percentile(result.times, 0.95).toFixed(1)} ms`);
        return result;
      };
      await load('warm-up', CLIENTS, 5);
      const one = await load('mix, 1 client', 1, 8);
      // The machine is shared: the yardstick is taken before and after, as near as can be to what it measures.
      const before = await yardstick();
      const many = await load('mix, 16 clients', CLIENTS, 15);
      const after = await yardstick();
      const measure = (before + after) / 2;
      say(`yardstick: ${Math.round(before)}/s before, ${Math.round(after)}/s after`);
      const kinds: Record<string, number> = {};
      for (const kind of ['progress', 'register', 'visit'] as const) {
        const result = await load(`${kind}, 16 clients`, CLIENTS, 5, kind);
        kinds[`${kind}16_per_s`] = Math.round(result.perSecond);
        kinds[`${kind}16_p95_ms`] = round(percentile(result.times, 0.95));
      }
      return {
        c1_per_s: Math.round(one.perSecond),
        c1_p50_ms: round(percentile(one.times, 0.5)),
        c1_p95_ms: round(percentile(one.times, 0.95)),
        c16_per_s: Math.round(many.perSecond),
        c16_p50_ms: round(percentile(many.times, 0.5)),
        c16_p95_ms: round(percentile(many.times, 0.95)),
        yardstick16_per_s: Math.round(measure),
        ratio16: round(many.perSecond / measure, 3),
        ...kinds,
      };
    } finally {
      await house.close();
      await server.stop();
    }
  });

/** The demo county of one township, and matters in the hands of one unit. */
async function prepare(house: House, count: number): Promise<{ county: number; matters: string[] }> {
  say('making the demo county');
  const { county } = await loadDemo({ ...house.system, database: house.database }, { full: false });
  const faces = await facesOf(house, county);
  const clerk = faces('clerk');
  const handler = faces('handler');
  const { ledger } = house.system;
  const matters = Array.from({ length: count }, () => newId());
  let next = 0;
  const work = async (): Promise<void> => {
    for (let id = matters[next++]; id !== undefined; id = matters[next++]) {
      const stream = id;
      const give = (actor: string, given: { kind: string } & Record<string, unknown>) =>
        command(ledger, county, 'matter', stream, given, { actor });
      await give(clerk.official, {
        kind: 'matter.register',
        channel: 'phone',
        subject: '水渠堵了，地里浇不上水',
        body: SAID,
        area: clerk.area!,
      });
      await give(clerk.official, { kind: 'matter.dispatch', unit: handler.unit, category: '农田水利' });
      await give(handler.official, {
        kind: 'matter.acknowledge',
        leader: handler.official,
        handler: handler.official,
        measures: '本周内到现场清淤',
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { county, matters };
}

async function stageOf(house: House, county: number, port: number, matters: readonly string[]): Promise<Stage> {
  const faces = await facesOf(house, county);
  const field = faces('field');
  const cookies = async (role: string): Promise<string[]> => {
    const made: string[] = [];
    for (let i = 0; i < CLIENTS; i++) made.push(await cookieOf(house, county, faces(role).official));
    return made;
  };
  const { rows: areas } = await house.database.pool.query<{ id: string }>(
    `select id from area where county = $1 and level in ('village', 'grid') and $2::uuid = any(chain)`,
    [county, faces('clerk').area],
  );
  const { rows: households } = await house.database.pool.query<{ id: string }>(
    `select h.id from household h where h.county = $1 and not h.moved
        and (h.contact = $2 or h.village in (select area from assignment where county = $1 and official = $2 and until is null))`,
    [county, field.official],
  );
  return {
    port,
    cookies: { progress: await cookies('handler'), register: await cookies('clerk'), visit: await cookies('field') },
    matters,
    areas: areas.map((row) => row.id),
    households: households.map((row) => row.id),
  };
}

const SAID =
  '村东头的水渠堵了有一个多月了，玉米正是要水的时候，前后找过村里两回，都说等镇上派人来清，到现在也没有见着人。';
const NOTE = '已到现场看过，淤堵约四十米，挖机明天上午进场，预计两天清完，已告诉反映人。';
const TALK = '老人身体还好，药按时吃，儿子在外打工，过年回来。屋里收拾得干净，灶房的电线老化，提醒换一换。';

function requests(stage: Stage, only: Kind | undefined) {
  let count = 0;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
  return (client: number) => {
    count += 1;
    const kind = only ?? MIX[count % MIX.length]!;
    const cookie = stage.cookies[kind][client]!;
    const post = (path: string, body: unknown) => ({ method: 'POST', path, cookie, body });
    switch (kind) {
      case 'progress':
        return post(`/api/matters/${pick(stage.matters)}/progress`, { note: NOTE, command: newId() });
      case 'register':
        return post(`/api/matters/${newId()}/register`, {
          channel: 'phone',
          subject: '水渠堵了，地里浇不上水',
          body: SAID,
          area: pick(stage.areas),
          command: newId(),
          reporter: { name: '王秀英', phone: '13000000000' },
        });
      case 'visit':
        return post(`/api/visits/${newId()}/record`, {
          household: pick(stage.households),
          contact: 'met',
          note: TALK,
          metAt: new Date().toISOString(),
          command: newId(),
          needs: count % 40 < MIX.length ? [{ words: '村口的路灯不亮，晚上出门看不见' }] : [],
        });
    }
  };
}

async function yardstickOf(house: House, seconds: number): Promise<number> {
  const { host, port, user, database } = house.database.connection;
  const config = JSON.stringify({ host, port, user, database });
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'yardstick.ts'),
    config,
    String(CLIENTS),
    String(seconds),
  ]);
  return Number(stdout);
}
