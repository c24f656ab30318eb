import { parseArgs } from 'node:util';
import { loadEnvironment } from '../../storage/environment.ts';
import { StorageProblem } from '../../storage/problem.ts';
import { type Finding, examineDatabase, examineMachine } from '../operations/doctor.ts';
import { isThere, openOrShare } from '../operations/open.ts';
import { exits } from '../operations/problem.ts';

/** `minqing doctor`: looks at everything a start needs, changes nothing, says how to mend what is not well. */
export async function run(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const found: Finding[] = [];
  try {
    const environment = loadEnvironment();
    found.push(...examineMachine(environment));
    if (isThere(environment)) {
      const { database, shared } = await openOrShare(environment);
      try {
        found.push(...(await examineDatabase(database, shared)));
      } finally {
        await database.close();
      }
    } else found.push({ good: true, what: '数据库还没有，首次启动时建立' });
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    found.push({ good: false, what: '检查到这里走不下去', mend: error.message });
  }
  for (const { good, what, mend } of found) {
    process.stdout.write(
      `${good ? '✓' : '✗'} ${what}\n${mend === undefined ? '' : `    ${mend.replaceAll('\n', '\n    ')}\n`}`,
    );
  }
  return found.every((f) => f.good) ? exits.good : exits.environment;
}
