import { chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Environment, loadEnvironment } from '../../storage/environment.ts';
import { readKey } from '../../storage/key.ts';
import type { Header } from '../operations/backup.ts';
import { checkpointKey, keyPrint } from '../operations/checkpoint-key.ts';
import { openHouse } from '../operations/open.ts';
import { Problem, exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';
import { rebuildCounty } from '../operations/rebuild.ts';
import { isEmpty, load, readHeader } from '../operations/restore.ts';
import { verify } from '../operations/verify.ts';

/** `minqing restore FILE`: fills an empty house, makes its read tables and proves its chain. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { key: { type: 'string' } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new Problem(exits.usage, '请写明从哪个文件恢复，例如：npm run minqing -- restore 民情备份.gz');
  }
  const header = await readHeader(file);
  const environment = loadEnvironment();
  const found = keyFor(environment, header, values.key);
  const house = await openHouse({ ...environment, key: found.key }, { create: true });
  try {
    const { system } = house;
    if (!(await isEmpty(system))) {
      const where =
        environment.databaseUrl === undefined ? `数据文件夹 ${environment.dataFolder}` : 'DATABASE_URL 的数据库';
      throw new Problem(
        exits.usage,
        `${where}里已经有数据，不能恢复到上面。请换一个空的（例如 MINQING_DATA=新文件夹）。`,
      );
    }
    const loading = progress('恢复');
    const { rows } = await load(system, file, loading.at);
    loading.end();
    if (found.write) keepKey(environment, found.key);
    let faults = 0;
    for (const { county, name } of await system.counties()) {
      const building = progress(`重建${name}`, '个事件');
      await rebuildCounty(system, county, (done) => building.at(done, rows['event']));
      building.end();
      const { sentences, sealed } = await verify(system, county, checkpointKey(found.key).open);
      faults += sentences.length;
      process.stdout.write(
        sentences.length === 0
          ? `✓ ${name}：${sealed} 个事件，链完整（备份于 ${header.madeAt}）。\n`
          : `✗ ${name}：数据已恢复，但链上有 ${sentences.length} 处问题：\n${sentences.map((s) => `  ${s}\n`).join('')}`,
      );
    }
    return faults === 0 ? exits.good : exits.data;
  } finally {
    await house.close();
  }
}

/** The master key the archive was made with: named, set, lying in the folder, or inside the archive. */
function keyFor(
  environment: Environment,
  header: Header,
  named: string | undefined,
): { key: Uint8Array; write: boolean } {
  const given = candidate(environment, header, named);
  if (given === undefined) {
    throw new Problem(
      exits.usage,
      '恢复需要原来的密钥，备份里没有。请用 --key 指出保存的 key 文件，或把它放进新的数据文件夹，或设置 MINQING_KEY。',
    );
  }
  if (keyPrint(given.key) !== header.keyPrint) {
    throw new Problem(exits.usage, '密钥不是做这份备份时用的那一个。请找到原来的 key 文件，用 --key 指出。');
  }
  return given;
}

function candidate(
  environment: Environment,
  header: Header,
  named: string | undefined,
): { key: Uint8Array; write: boolean } | undefined {
  const write = environment.key === undefined && !existsSync(join(environment.dataFolder, 'key'));
  // What the restored house will start with: another key beside it would never be used.
  if (!write) return { key: readKey(environment), write };
  if (named !== undefined) return { key: readNamed(named), write };
  return header.key === undefined ? undefined : { key: Buffer.from(header.key, 'base64'), write };
}

function readNamed(file: string): Uint8Array {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    if (key.length === 32) return key;
  } catch {
    throw new Problem(exits.usage, `读不了密钥文件 ${file}。`);
  }
  throw new Problem(exits.usage, `${file} 不是密钥文件：里面应是 44 个字符的 base64。`);
}

function keepKey({ dataFolder }: Environment, key: Uint8Array): void {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'key');
  writeFileSync(file, `${Buffer.from(key).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  // Restored under sudo, the house is still started by the folder's owner.
  const { uid, gid } = statSync(dataFolder);
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}
