import { parseArgs } from 'node:util';
import { readKey } from '../../storage/key.ts';
import { checkpointKey } from '../operations/checkpoint-key.ts';
import { inHouse } from '../operations/open.ts';
import { exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';
import { verify } from '../operations/verify.ts';

/** `minqing verify`: proves the ledger from its first event to its last. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { key: { type: 'boolean' } } });
  return await inHouse(async ({ environment, system }) => {
    const { open } = checkpointKey(readKey(environment));
    if (values.key === true) process.stdout.write(open.export({ format: 'pem', type: 'spki' }));
    let faults = 0;
    const counties = await system.counties();
    if (counties.length === 0) process.stdout.write('还没有县，台账是空的。\n');
    for (const { county, name } of counties) {
      const bar = progress(`验证${name}`, '个事件');
      const proof = await verify(system, county, open, bar.at);
      bar.at(proof.sealed, proof.sealed);
      bar.end();
      const { sealed, unsealed, checkpoints, erased, sentences } = proof;
      faults += proof.faults.length;
      process.stdout.write(
        proof.faults.length === 0
          ? `✓ ${name}：${sealed} 个事件首尾相接，${checkpoints} 个检查点签名正确，${erased} 处个人信息已依规清除，${unsealed} 个待封存。\n`
          : `✗ ${name}：发现 ${proof.faults.length} 处问题。\n${sentences.map((s) => `  ${s}\n`).join('')}`,
      );
    }
    return faults === 0 ? exits.good : exits.data;
  });
}
