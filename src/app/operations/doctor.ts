import { existsSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocument } from '../../policy/model.ts';
import type { Database } from '../../storage/database.ts';
import type { Environment } from '../../storage/environment.ts';
import { readKey } from '../../storage/key.ts';
import { policyKinds } from '../features.ts';
import { staleRooms } from './build.ts';
import { lastBackup } from './last-backup.ts';
import { pendingMigrations } from './open.ts';

/** One thing looked at: how it stands and, where it is not well, what to do. */
export interface Finding {
  readonly good: boolean;
  readonly what: string;
  readonly mend?: string;
}

const finding = (good: boolean, what: string, mend: string): Finding => (good ? { good, what } : { good, what, mend });

const FREE_BYTES = 1e9;
const DAY_MS = 86_400_000;
const BACKUP_DAYS = 7;
const SKEW_MS = 2_000;
/** A running server seals within seconds; what waits longer than this waits for something broken. */
const BACKLOG_MS = 60_000;

/** What can be said without the database. */
export function examineMachine(environment: Environment): Finding[] {
  const { dataFolder } = environment;
  let there = dataFolder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  const found: Finding[] = [
    { good: true, what: `Node.js ${process.versions.node}` },
    { good: true, what: `设置无误：数据文件夹 ${dataFolder}，网址 ${environment.publicUrl}` },
    finding(
      free > FREE_BYTES,
      `磁盘剩余 ${(free / 1e9).toFixed(1)} GB`,
      '磁盘快满了，请清理或换到更大的磁盘；磁盘写满后系统会停止接收。',
    ),
  ];
  found.push(
    staleRooms() === undefined
      ? { good: true, what: '页面与程序版本一致' }
      : { good: true, what: '页面与程序版本不一致，下次 npm start 会自动重新生成' },
  );
  if (environment.key !== undefined || existsSync(join(dataFolder, 'key'))) {
    readKey(environment);
    found.push({ good: true, what: '密钥可用。请确认已另存一份' });
  } else found.push({ good: true, what: '密钥还没有，首次启动时生成' });
  const last = lastBackup(dataFolder);
  const age = last === undefined ? Infinity : (Date.now() - Date.parse(last.at)) / DAY_MS;
  found.push(
    finding(
      age <= BACKUP_DAYS,
      last === undefined ? '没有备份过' : `上次备份在 ${Math.floor(age)} 天前：${last.file}`,
      '请执行 npm run minqing -- backup 文件，并把文件存到另一台机器上。',
    ),
  );
  return found;
}

/** What the database says of itself and of the ledger in it. */
export async function examineDatabase(database: Database, running: boolean): Promise<Finding[]> {
  const { pool } = database;
  const found: Finding[] = [
    { good: true, what: `数据库 PostgreSQL ${database.serverVersion}${running ? '，系统正在运行' : ''}` },
  ];
  const asked = Date.now();
  const {
    rows: [clock],
  } = await pool.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::int8 as now');
  const skew = Math.abs(clock!.now - (asked + Date.now()) / 2);
  found.push(
    finding(skew < SKEW_MS, `时钟与数据库相差 ${Math.round(skew)} 毫秒`, '两台机器的时钟不一致，请开启 NTP 对时。'),
  );

  const pending = await pendingMigrations(database);
  found.push(
    finding(
      pending.length === 0,
      pending.length === 0 ? '数据库结构是最新的' : `有 ${pending.length} 个迁移还没有应用`,
      '重新启动系统就会应用：npm start。',
    ),
  );
  if (pending.length > 0) return found;

  const {
    rows: [waiting],
  } = await pool.query<{ locks: number; idle: number }>(
    `select (select count(*) from pg_locks where not granted) as locks,
            (select count(*) from pg_stat_activity
              where datname = current_database() and state = 'idle in transaction' and now() - state_change > interval '1 minute') as idle`,
  );
  found.push(
    finding(
      waiting!.locks === 0 && waiting!.idle === 0,
      `等待锁的连接 ${waiting!.locks} 个，停在事务中的连接 ${waiting!.idle} 个`,
      '有人占着数据库不放：若不是正在备份或重建，请重新启动系统。',
    ),
  );
  const { rows: documents } = await pool.query<{ name: string; document: unknown }>(
    `select distinct on (county, name) name, document from policy
      where valid_from <= (now() at time zone 'Asia/Shanghai')::date order by county, name, version desc`,
  );
  const unread = policyKinds.filter((kind) =>
    documents.some((d) => d.name === kind.name && readDocument(kind, d.document) === undefined),
  );
  found.push(
    finding(
      unread.length === 0,
      unread.length === 0 ? '规则文件都读得了' : `读不了的规则文件：${unread.map((kind) => kind.title).join('、')}`,
      '现在用的是它们的上一版。请在“规则”里照现在的写法重新发布。',
    ),
  );
  const { rows: counties } = await pool.query<{
    name: string;
    sealed: number;
    unsealed: number;
    waited: number | null;
    day: string | null;
    ahead: number | null;
  }>(
    `select c.name, coalesce((select max(seq) from seal s where s.county = c.county), 0) as sealed,
            coalesce((select sum(last - first + 1) from unsealed u where u.county = c.county), 0)::int8 as unsealed,
            (select extract(epoch from now() - min(e.recorded_at)) * 1000 from unsealed u
               join event e on e.county = u.county and e.stream = u.stream and e.version = u.first
              where u.county = c.county)::int8 as waited,
            (select max(day) from checkpoint k where k.county = c.county) as day,
            (select extract(epoch from max(e.recorded_at) - now()) * 1000 from seal s
               join event e on e.county = s.county and e.stream = s.stream and e.version = s.version
              where s.county = c.county and s.seq > (select max(seq) - 100 from seal where county = c.county))::int8 as ahead
       from county c order by c.county`,
  );
  if (counties.length === 0) found.push({ good: true, what: '还没有县，等待首次设置' });
  for (const { name, sealed, unsealed, waited, day, ahead } of counties) {
    found.push({ good: true, what: `${name}：已封存 ${sealed} 个事件，最近的检查点 ${day ?? '还没有'}` });
    found.push(
      finding(
        !running || (waited ?? 0) < BACKLOG_MS,
        `${name}：${unsealed} 个事件等待封存`,
        '封存落后了：请看运行窗口里的出错信息，或执行 npm run minqing -- verify 补上。',
      ),
    );
    if ((ahead ?? 0) > SKEW_MS) {
      found.push(finding(false, `${name}：最近的事件记在将来`, '这台机器的时钟倒退过，请开启 NTP 对时。'));
    }
  }
  return found;
}
