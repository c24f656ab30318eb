import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readKey } from '../../storage/key.ts';
import { backup } from '../operations/backup.ts';
import { noteBackup } from '../operations/last-backup.ts';
import { inHouse } from '../operations/open.ts';
import { Problem, exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';

/** `minqing backup FILE`: the whole house in one file, also while it is running. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'with-key': { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new Problem(exits.usage, '请写明备份到哪个文件，例如：npm run minqing -- backup 民情备份.gz');
  }
  return await inHouse(async ({ environment, system }) => {
    // An empty archive would pass for a backup until the day it is needed.
    if ((await system.counties()).length === 0)
      throw new Problem(exits.data, '还没有县，没有可备份的数据。请检查 MINQING_DATA 或 DATABASE_URL 是否写对。');
    const bar = progress('备份');
    const withKey = values['with-key'] === true;
    const { rows } = await backup(system, file, {
      key: readKey(environment),
      withKey,
      force: values.force === true,
      progress: bar.at,
    });
    noteBackup(environment.dataFolder, file);
    const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
    bar.at(total, total);
    bar.end();
    process.stdout.write(
      `✓ 已备份到 ${file}：${rows['event'] ?? 0} 个事件，共 ${total} 行，${(statSync(file).size / 1e6).toFixed(1)} MB。\n` +
        (withKey
          ? '  密钥在备份里面：拿到这个文件的人能读出全部个人信息，请锁好它。\n'
          : '  密钥不在备份里面。没有密钥，个人信息无法恢复：请把数据文件夹里的 key 文件（或 MINQING_KEY）另存一处。\n'),
    );
    return exits.good;
  });
}
