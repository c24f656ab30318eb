import { parseArgs } from 'node:util';
import { inHouse } from '../operations/open.ts';
import { exits } from '../operations/problem.ts';
import { rebuildTelling } from '../operations/rebuild.ts';

/** `minqing rebuild`: makes the read tables again and says whether they had been right. */
export async function run(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  return await inHouse(async ({ system }) => {
    let wrong = 0;
    for (const { county, name } of await system.counties()) {
      const { events, differed } = await rebuildTelling(system, county, `重建${name}`);
      wrong += differed.length;
      process.stdout.write(
        differed.length === 0
          ? `✓ ${name}：${events} 个事件，读表与台账一致。\n`
          : `✗ ${name}：这些读表原来与台账不一致，已按台账改正：${differed.join('、')}。\n`,
      );
    }
    return wrong === 0 ? exits.good : exits.data;
  });
}
