import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Proof, sealAll, verifyCounty } from '../../ledger/seal.ts';
import type { System } from '../system.ts';

/** A running server may hold the sealer for a moment; it then seals for us. */
const SEAL_PATIENCE_MS = 5_000;

export interface Judged extends Proof {
  /** Each fault as a sentence that names the row. */
  readonly sentences: readonly string[];
}

/** Seals what is waiting, then proves a county's chain and its checkpoints. */
export async function verify(
  system: System,
  county: number,
  publicKey: KeyObject,
  progress?: (done: number, of: number) => void,
): Promise<Judged> {
  const { pool } = system.database;
  const until = performance.now() + SEAL_PATIENCE_MS;
  for (;;) {
    await sealAll(pool, county);
    const { rows } = await pool.query('select from unsealed where county = $1 limit 1', [county]);
    if (rows.length === 0 || performance.now() > until) break;
    await sleep(100);
  }
  const proof = await verifyCounty(pool, county, { publicKey, ...(progress === undefined ? {} : { progress }) });
  const sentences: string[] = [];
  for (const fault of proof.faults.slice(0, 1000)) sentences.push(await sentenceOf(system, county, fault));
  return { ...proof, sentences };
}

const what: Record<Fault['what'], string> = {
  changed: '内容在封存之后被改动过',
  missing: '事件不见了',
  unchained: '不在链上：绕过程序写入，或封存的记录被删',
  'box-changed': '个人信息的密文被改动过',
  'file-changed': '照片的密文被改动过',
  gap: '链上的次序断开',
  checkpoint: '检查点与链不符，或签名不对：链被整段改写或截断过',
};

async function sentenceOf(system: System, county: number, fault: Fault): Promise<string> {
  const where: string[] = [];
  if (fault.seq !== undefined) where.push(`序号 ${fault.seq}`);
  if (fault.stream !== undefined) where.push(`记录 ${fault.stream}`);
  if (fault.version !== undefined) where.push(`第 ${fault.version} 版`);
  if (fault.stream !== undefined && fault.version !== undefined) {
    const { rows } = await system.database.pool.query<{ record: string; kind: string }>(
      'select record, kind from event where county = $1 and stream = $2 and version = $3',
      [county, fault.stream, fault.version],
    );
    if (rows[0] !== undefined) where.push(`${rows[0].record} ${rows[0].kind}`);
  }
  return `${where.join('，')}：${what[fault.what]}`;
}
