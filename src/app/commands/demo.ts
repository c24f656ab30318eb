import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Role, roleNames } from '../../access/model.ts';
import { type Environment, loadEnvironment } from '../../storage/environment.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { Problem, exits } from '../operations/problem.ts';
import { progress } from '../operations/progress.ts';
import { type Running, type ServeOptions, serveUntilStopped } from '../operations/serve.ts';

/** `minqing demo`: a county to look at, in a data folder of its own. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { full: { type: 'boolean' }, fresh: { type: 'boolean' }, 'no-build': { type: 'boolean' } },
  });
  const environment = demoEnvironment(loadEnvironment());
  const full = values.full === true;
  const made = values.fresh === true ? undefined : readMark(environment);
  if (made !== undefined && full && !made.full) {
    throw new Problem(
      exits.usage,
      '演示县已按一个乡镇的规模生成。要全县规模请加 --fresh 重新生成：npm run demo -- --full --fresh',
    );
  }
  // What was broken off half-way is of no use to anyone.
  if (made === undefined) await clear(environment);
  const { DEMO_PASSWORD, loadDemo } = await import('../../demo/load.ts');
  const options: ServeOptions = {
    build: values['no-build'] !== true,
    async prepare(system) {
      if (made !== undefined) return;
      process.stderr.write(`正在生成演示县（${full ? '全县' : '一个乡镇'}的规模）……\n`);
      const bar = progress('生成演示县', '个事件');
      const { events } = await loadDemo(system, { full, progress: bar.at });
      bar.at(events, events);
      bar.end();
      writeFileSync(markOf(environment), `${JSON.stringify({ full } satisfies Mark)}\n`);
    },
  };
  return await serveUntilStopped(environment, options, async (running) => {
    process.stdout.write(await guide(running, DEMO_PASSWORD));
  });
}

/** The demo never touches a real county's data, neither its folder nor its server, and does not go by its address. */
function demoEnvironment(environment: Environment): Environment {
  const { databaseUrl: _, key: _key, ...rest } = environment;
  return {
    ...rest,
    dataFolder: join(environment.dataFolder, 'demo'),
    publicUrl: `http://localhost:${environment.port}`,
  };
}

/** Written when the county stands whole. */
interface Mark {
  readonly full: boolean;
}
const markOf = ({ dataFolder }: Environment): string => join(dataFolder, 'demo.json');

function readMark(environment: Environment): Mark | undefined {
  try {
    return JSON.parse(readFileSync(markOf(environment), 'utf8')) as Mark;
  } catch {
    return undefined;
  }
}

async function clear(environment: Environment): Promise<void> {
  if (!existsSync(environment.dataFolder)) return;
  // Opening it proves that nobody uses it.
  const database = await openDatabase(environment);
  await database.close();
  rmSync(environment.dataFolder, { recursive: true });
}

interface SignIn {
  readonly role: Role;
  readonly name: string;
  readonly unit: string;
  readonly login: string;
}

async function signIns({ pool }: Database): Promise<SignIn[]> {
  const { rows } = await pool.query<SignIn>(
    `select distinct on (p.role) p.role, o.name, u.name as unit, a.login
       from account a
       join official o on o.county = a.county and o.id = a.official and not o.retired
       join post p on p.county = a.county and p.official = a.official and p.until is null
       join unit u on u.county = p.county and u.id = p.unit
      where a.state = 'open' and not a.must_change
      order by p.role, length(a.login), a.login`,
  );
  return Object.keys(roleNames).flatMap((role) => rows.find((r) => r.role === role) ?? []);
}

async function guide({ url, database }: Running, password: string): Promise<string> {
  const people = await signIns(database);
  if (people.length === 0) throw new Problem(exits.data, '演示县里没有能登录的人。请加 -- --fresh 重新生成。');
  const rows = people.map((p) => [roleNames[p.role], p.name, p.unit, p.login]);
  return [
    `演示县已启动，按 Ctrl-C 停止。点这里看：`,
    `  群众页面    ${url}/`,
    `  下乡手机    ${url}/field`,
    `  办公桌面    ${url}/desk`,
    '',
    `登录 ${url}/sign-in，密码都是 ${password}`,
    ...table([['角色', '姓名', '单位', '登录名'], ...rows]),
    '',
  ].join('\n');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const wide = (text: string): number => [...text].reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => wide(row[i]!))));
  return rows.map((row) =>
    `  ${row.map((cell, i) => cell + ' '.repeat(widths[i]! - wide(cell))).join('  ')}`.trimEnd(),
  );
}
