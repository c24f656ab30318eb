import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Replies } from '../../matters/import.ts';
import { refreshWords } from '../../search/words.ts';
import type { Desk } from '../../contract/route.ts';
import type { County } from '../system.ts';
import { oneCounty } from '../operations/counties.ts';
import { type House, inHouse } from '../operations/open.ts';
import { Problem, exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';
import { type Fraction, objectsOf, rowsOf, sheetsOf } from '../operations/read-rows.ts';

/** Who gives the commands of an import at the command line. */
const ACTOR = 'system:import';
const FAULTS_SHOWN = 50;

type Import = (house: House, county: County, file: string, replies: Replies) => Promise<number>;
const kinds: Readonly<Record<string, Import>> = { messages, households, organisation };

/** `minqing import KIND FILE`. Broken off, it is finished by running it again: what was taken in is known. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { county: { type: 'string' }, replies: { type: 'string', default: 'kept' } },
  });
  const [kind = '', file, ...more] = positionals;
  const job = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (job === undefined || file === undefined || more.length > 0) {
    throw new Problem(
      exits.usage,
      `请写明导入什么和哪个文件：npm run minqing -- import ${Object.keys(kinds).join('|')} 文件`,
    );
  }
  const { replies } = values;
  if (replies !== 'kept' && replies !== 'call-back')
    throw new Problem(
      exits.usage,
      '--replies 写 kept（已答复的留言保持原样，不再回访，默认）或 call-back（每条都列入回访）。',
    );
  return await inHouse(async (house) => await job(house, await oneCounty(house.system, values.county), file, replies));
}

/** Counts what passes, so that the line on standard error can tell how long it still takes. */
function watched<T>(what: string, rows: (read: Fraction) => AsyncIterable<T>) {
  const bar = progress(what);
  let count = 0;
  let fraction = 0;
  return {
    bar,
    async *[Symbol.asyncIterator](): AsyncGenerator<T> {
      for await (const row of rows((f) => (fraction = f))) {
        count += 1;
        bar.at(count, fraction === 0 ? undefined : Math.round(count / fraction));
        yield row;
      }
      bar.at(count, count);
    },
  };
}

async function messages(
  { system }: House,
  { county, prefix }: County,
  file: string,
  replies: Replies,
): Promise<number> {
  const { importMessages } = await import('../../matters/import.ts');
  const [where] = await system.ledger.query<{ root: string | null; desk: string | null }>(
    'import.place',
    `select c.desk, (select id from area where county = c.county and level = 'county' and not closed limit 1) as root
       from county c where c.county = $1`,
    [county],
  );
  if (where?.root == null || where.desk === null)
    throw new Problem(exits.data, '县里还没有区划或受理单位，请先完成首次设置。');
  const { root, desk } = where;
  const rows = watched('导入留言', (read) => objectsOf(file, read));
  const policies = await system.policies(county);
  const { ledger } = system;
  const report = await importMessages(rows, {
    ledger,
    policies,
    county,
    prefix,
    place: { area: root, chain: [root] },
    desk,
    replies,
  });
  rows.bar.end();
  await freshHints(system, county);
  const { taken, known, bad } = report;
  process.stdout.write(`共 ${report.rows} 行：新导入 ${taken} 条，已有 ${known} 条，有误 ${bad.length} 行。\n`);
  return tellFaults(
    bad.length,
    bad.map((b) => `第 ${b.line} 行“${b.field}”：${b.message}（现为“${b.value}”）`),
  );
}

async function households({ system }: House, { county }: County, file: string): Promise<number> {
  const [{ importHouseholds }, { phonePrint }] = await Promise.all([
    import('../../residents/import.ts'),
    import('../../residents/print.ts'),
  ]);
  const { ledger, vault } = system;
  const rows = watched('导入住户', (read) => rowsOf(file, read));
  const by = { actor: ACTOR, at: new Date().toISOString(), print: (phone: string) => phonePrint(vault, phone) };
  const report = await importHouseholds(ledger, ledger.query, county, rows, by);
  rows.bar.end();
  if (report.missing.length > 0)
    throw new Problem(exits.data, `缺少这些列：${report.missing.join('、')}。请按模板补上表头。`);
  await freshHints(system, county);
  const { taken, known, leftOut, faults, faultCount } = report;
  process.stdout.write(`共 ${report.rows} 行：新导入 ${taken} 户，已有 ${known} 户，有误 ${leftOut} 户。\n`);
  return tellFaults(
    faultCount,
    faults.map((f) => `第 ${f.row} 行“${f.column}”：${f.message}（现为“${f.value}”）`),
  );
}

/** “Did you mean” is made from what is there: after an import that is other words, and a new name must not be among them. */
const freshHints = async ({ database }: House['system'], county: number): Promise<void> =>
  void (await refreshWords(database.pool, county, new Date().toISOString()));

async function organisation(house: House, { county }: County, file: string): Promise<number> {
  const { carryOut, planOf } = await import('../../organisation/import/run.ts');
  const sheets = extname(file).toLowerCase() === '.xlsx' ? await sheetsOf(file) : [await sheetOfCsv(file)];
  const desk = await deskOf(house, county);
  const plan = await planOf(desk, sheets);
  const refused = await carryOut(desk, plan);
  const names = { areas: '区划', units: '单位', officials: '干部', assignments: '包联' } as const;
  for (const [part, { rows, added, changed, faulty }] of Object.entries(plan.counts)) {
    if (rows > 0)
      process.stdout.write(
        `${names[part as keyof typeof names]}：${rows} 行，新增 ${added}，变更 ${changed}，有误 ${faulty}。\n`,
      );
  }
  if (Object.values(plan.counts).every((c) => c.rows === 0)) {
    throw new Problem(exits.data, `没有找到要导入的表。工作表（或 CSV 文件）请命名为：行政区划、单位、干部、包联。`);
  }
  const faults = plan.faults.map(
    (f) => `${f.sheet} 第 ${f.row} 行“${f.column.header}”：${f.message}（现为“${f.value}”）`,
  );
  return tellFaults(faults.length + refused.length, [...faults, ...refused]);
}

/** A csv is one sheet; its file is named like the sheet: 行政区划.csv. */
async function sheetOfCsv(file: string): Promise<{ sheet: string; data: string[][] }> {
  const data: string[][] = [];
  for await (const row of rowsOf(file)) data.push(row);
  return { sheet: basename(file, extname(file)), data };
}

/** Stands where a request would: the person who may run this program on this machine may do all an administrator may. */
async function deskOf({ environment, database, system }: House, county: number): Promise<Desk> {
  const { ledger, vault } = system;
  return {
    county,
    actor: {
      kind: 'official',
      id: ACTOR,
      name: '命令行导入',
      standings: [{ role: 'administrator', areas: [], everywhere: true }],
    },
    pool: database.pool,
    db: database.kysely,
    query: ledger.query,
    ledger,
    vault,
    policies: await system.policies(county),
    now: new Date().toISOString(),
    publicUrl: environment.publicUrl,
    address: 'console',
    header: () => undefined,
    cookie: () => undefined,
    setCookie: () => undefined,
  };
}

function tellFaults(count: number, sentences: readonly string[]): number {
  for (const sentence of sentences.slice(0, FAULTS_SHOWN)) process.stderr.write(`  ${sentence}\n`);
  if (count > FAULTS_SHOWN) process.stderr.write(`  ……还有 ${count - FAULTS_SHOWN} 处\n`);
  return count === 0 ? exits.good : exits.data;
}
