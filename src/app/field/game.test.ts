import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../testing.ts';
import { Chance } from './game/chance.ts';
import { judge } from './game/invariants.ts';
import { type Move, days, kinds, never, openings } from './game/moves.ts';
import { type Ground, layGround, play } from './game/world.ts';

/** Printed with every failure, with its path; set both to play that one game again, and it is made small then. */
const SEED = Number(process.env['SYNC_SEED'] ?? 20_261_126);
const PATH = process.env['SYNC_PATH'];
const RUNS = Number(process.env['SYNC_RUNS'] ?? 12);
const MOVES = Number(process.env['SYNC_MOVES'] ?? 30);

const chance = new Chance();
let county: TestCounty;
let ground: Ground;
beforeAll(async () => {
  chance.begin();
  county = await startCounty();
  ground = await layGround(county, chance);
}, 120_000);
afterAll(async () => {
  chance.end();
  await county.stop();
});

async function played(seed: number, moves: readonly Move[]): Promise<void> {
  const world = await play(ground, seed, moves);
  await judge(world);
  for (const { kind, phone, id, asked, undated } of world.noted) {
    if (asked === true) count('asked when');
    if (undated === true) count('undated');
    count(`${kind} ${phone.outbox.find(id)?.state ?? (phone.wiped ? 'wiped' : 'dropped')}`);
  }
  for (const { do: what } of moves) count(what);
}

/** How often what was played came to what end. */
const tally = new Map<string, number>();
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

test(
  '[B13] a game of phones, lines, crashes, scopes and a restored server: nothing accepted is lost, nothing done twice, all converge',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), days(MOVES), played), {
      seed: SEED,
      ...(PATH === undefined ? {} : { path: PATH }),
      numRuns: RUNS,
      examples: openings.map((moves): [number, Move[]] => [SEED, [...moves]]),
      endOnFailure: process.env['SYNC_SHRINK'] === undefined,
    });
    if (PATH === undefined)
      expect(
        kinds.filter((kind) => !tally.has(`${kind} accepted`)),
        'kinds that were never accepted',
      ).toEqual(kinds.filter((kind) => kind in never));
    if (PATH === undefined) expect(tally.has('asked when')).toBe(true);
    if (process.env['SYNC_TALLY'] !== undefined) console.log(Object.fromEntries([...tally].toSorted()));
  },
);
