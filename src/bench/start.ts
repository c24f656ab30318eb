import { buildRooms, staleRooms } from '../app/operations/build.ts';
import { type Report, round, say, timed } from './figures.ts';
import { inFolder, memoryOf, startServer } from './house.ts';

/**
 * Seconds from process start to the first answered page. Cold: a new data folder, so that the database is made, the
 * tables are laid and, for the demo, the county is filled; warm: the second start on that folder. The screens' files
 * are built beforehand and told apart: they are built once for each version of the program.
 */
export async function run(quick: boolean): Promise<Report> {
  const build = await rooms();
  const empty = await pair('start', quick);
  const demo = await pair('demo', quick);
  return {
    empty_cold_s: empty.cold,
    empty_warm_s: empty.warm,
    demo_cold_s: demo.cold,
    demo_warm_s: demo.warm,
    rss_mb: demo.memory,
    empty_rss_mb: empty.memory,
    rooms_build_s: build,
  };
}

/** @returns seconds, or null where what stands is of these sources */
async function rooms(): Promise<number | null> {
  const fingerprint = staleRooms();
  if (fingerprint === undefined) return null;
  say('building the rooms');
  const { seconds } = await timed(() => buildRooms(fingerprint));
  return round(seconds);
}

const pair = (command: 'start' | 'demo', quick: boolean) =>
  inFolder(async (folder) => {
    const measure = async (what: string): Promise<{ seconds: number; memory: number }> => {
      const server = await startServer(folder, [command]);
      const memory = memoryOf(server.pid);
      await server.stop();
      say(`${command} ${what}: ${server.firstPage.toFixed(2)} s, ${Math.round(memory)} MiB`);
      return { seconds: server.firstPage, memory };
    };
    const cold = await measure('cold');
    const warm: { seconds: number; memory: number }[] = [];
    // One start is a matter of luck on a busy machine; the middle of three is told.
    for (let i = 0; i < (quick ? 1 : 3); i++) warm.push(await measure('warm'));
    const middle = warm.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(warm.length / 2)]!;
    return { cold: round(cold.seconds), warm: round(middle.seconds), memory: Math.round(middle.memory) };
  });
