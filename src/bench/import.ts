import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { House } from '../app/operations/open.ts';
import { loadDemo } from '../demo/load.ts';
import { type Report, round, say } from './figures.ts';
import { inFolder, inHouseOf } from './house.ts';
import { type Words, numbers, wordsOfDemo } from './words.ts';

const ROWS = 100_000;

/**
 * `minqing import messages` and `minqing import households` as a person would give them, each a process of its own on
 * a file of 100,000 messages and one of 100,000 households of one to five people. The seconds are those of the whole
 * process, its start included; the memory is what the process itself holds, sampled.
 */
export const run = (quick: boolean): Promise<Report> =>
  inFolder(async (folder) => {
    const rows = quick ? ROWS / 10 : ROWS;
    const files = await inHouseOf(folder, (house) => prepare(house, folder, rows));
    const messages = await importing(folder, 'messages', files.messages, rows);
    const households = await importing(folder, 'households', files.households, rows);
    return {
      messages_per_s: messages.perSecond,
      households_per_s: households.perSecond,
      peak_mb: Math.max(messages.peak, households.peak),
      // Flat memory: the second half of the file needs no more than the first.
      messages_mb_by_half: messages.halves,
      households_mb_by_half: households.halves,
    };
  });

async function prepare(house: House, folder: string, rows: number): Promise<{ messages: string; households: string }> {
  say('making the county and the files');
  const { county } = await loadDemo({ ...house.system, database: house.database }, { full: false });
  const words = await wordsOfDemo(house, county);
  const messages = join(folder, 'messages.jsonl');
  const households = join(folder, 'households.csv');
  await write(messages, messageLines(words, rows));
  const { rows: grids } = await house.database.pool.query<{ township: string; village: string; grid: string }>(
    `select t.name as township, v.name as village, g.name as grid
       from area g join area v on v.county = g.county and v.id = g.parent join area t on t.county = v.county and t.id = v.parent
      where g.county = $1 and g.level = 'grid' order by g.id`,
    [county],
  );
  await write(households, householdLines(grids, rows));
  return { messages, households };
}

async function write(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}

function* messageLines(words: Words, rows: number): Generator<string> {
  const draw = numbers(1);
  for (let i = 0; i < rows; i++) {
    const { subject, body, answer, category } = words.pick(draw);
    const sent = Date.UTC(2025, 0, 1) + draw(500 * 86_400) * 1000;
    const answered = draw(10) < 8;
    yield JSON.stringify({
      id: `m${i}`,
      user: draw(5) === 0 ? '' : `网友${draw(1_000_000)}`,
      subject,
      body,
      category,
      likes: draw(20),
      dislikes: draw(3),
      sent_at: local(sent),
      ...(answered ? { reply: answer, replied_at: local(sent + draw(30 * 86_400) * 1000) } : {}),
    });
  }
}

const local = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

const FAMILY = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
];
const GIVEN = [...'秀英华建国明芳军强磊洋艳勇杰娟涛超兰霞平刚桂文辉鑫宇浩凯丽玲红梅雪飞鹏倩波斌海燕玉珍林荣春生根福贵'];

function* householdLines(
  grids: readonly { township: string; village: string; grid: string }[],
  rows: number,
): Generator<string> {
  yield '乡镇,村/社区,网格,门牌,户主,与户主关系,姓名,出生年份,电话';
  const draw = numbers(2);
  const name = (family: string): string =>
    `${family}${GIVEN[draw(GIVEN.length)]}${draw(3) === 0 ? '' : GIVEN[draw(GIVEN.length)]}`;
  for (let i = 0; i < rows; i++) {
    const { township, village, grid } = grids[i % grids.length]!;
    const family = FAMILY[draw(FAMILY.length)]!;
    const head = name(family);
    const people: [string, string, number][] = [['户主', head, 1940 + draw(50)]];
    if (draw(5) > 0) people.push(['妻', name(FAMILY[draw(FAMILY.length)]!), 1945 + draw(50)]);
    for (let n = draw(4); n > 0; n--) people.push([draw(2) === 0 ? '子' : '女', name(family), 1970 + draw(50)]);
    for (const [relation, person, born] of people) {
      const phone = relation === '户主' ? `13${String(draw(1_000_000_000)).padStart(9, '0')}` : '';
      yield [
        township,
        village,
        grid,
        `${1 + Math.floor(i / grids.length)}号`,
        head,
        relation,
        person,
        born,
        phone,
      ].join(',');
    }
  }
}

async function importing(
  folder: string,
  kind: string,
  file: string,
  rows: number,
): Promise<{ perSecond: number; peak: number; halves: [number, number] }> {
  const { DATABASE_URL: _, MINQING_KEY: _k, ...inherited } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../bin/minqing.js'), 'import', kind, file], {
    env: { ...inherited, MINQING_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => said.push(part));
  child.stderr.on('data', (part: Buffer) => said.push(part));
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(residentOf(child.pid!)), 200);
  const code = await new Promise((done) => child.once('exit', done));
  clearInterval(sampling);
  const seconds = (performance.now() - began) / 1000;
  const told = Buffer.concat(said).toString('utf8').trim();
  say(told);
  if (code !== 0 || !told.includes(`新导入 ${rows} `))
    throw new Error(`the import of ${kind} took not all ${rows} in (exit ${String(code)})`);
  const half = Math.ceil(samples.length / 2);
  const peak = (part: readonly number[]): number => Math.round(Math.max(0, ...part));
  return {
    perSecond: round(rows / seconds, 0),
    peak: peak(samples),
    halves: [peak(samples.slice(0, half)), peak(samples.slice(half))],
  };
}

/** MiB of memory a process holds. Linux only. */
function residentOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
