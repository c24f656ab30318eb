import { StorageProblem } from '../storage/problem.ts';
import { Problem, exits } from './operations/problem.ts';

interface Command {
  readonly usage: string;
  readonly does: string;
  /** Loaded only when called: `start` must not wait for what an export needs. */
  load(): Promise<{ run(args: string[]): Promise<number> }>;
}

const commands: Readonly<Record<string, Command>> = {
  start: { usage: 'start', does: '启动，按 Ctrl-C 停止', load: () => import('./commands/start.ts') },
  demo: {
    usage: 'demo [--full] [--fresh]',
    does: '用单独的数据文件夹启动演示县',
    load: () => import('./commands/demo.ts'),
  },
  doctor: { usage: 'doctor', does: '检查运行环境，说明怎样处理', load: () => import('./commands/doctor.ts') },
  verify: {
    usage: 'verify [--key]',
    does: '验证台账未被改动；--key 显示检查点公钥',
    load: () => import('./commands/verify.ts'),
  },
  rebuild: { usage: 'rebuild', does: '由台账重建读表，并与原来的比对', load: () => import('./commands/rebuild.ts') },
  backup: {
    usage: 'backup 文件 [--with-key] [--force]',
    does: '备份，运行中也可以',
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    usage: 'restore 文件 [--key 密钥文件]',
    does: '恢复到空的数据文件夹或数据库',
    load: () => import('./commands/restore.ts'),
  },
  export: {
    usage: 'export matters|households|events [--format jsonl|csv|xlsx] [--out 文件]',
    does: '导出全部数据',
    load: () => import('./commands/export.ts'),
  },
  import: {
    usage: 'import messages|households|organisation 文件',
    does: '导入留言、住户、机构（xlsx、csv、jsonl）',
    load: () => import('./commands/import.ts'),
  },
};

function help(): string {
  const width = Math.max(...Object.values(commands).map((c) => columns(c.usage)));
  const lines = Object.values(commands).map((c) => `  ${c.usage}${' '.repeat(width - columns(c.usage))}  ${c.does}`);
  return `用法：npm run minqing -- 命令\n\n${lines.join('\n')}\n\n退出码：0 正常，1 数据有问题，2 用法不对，3 环境有问题。\n`;
}

/** Columns a terminal uses: Chinese characters take two. */
const columns = (text: string): number => [...text].reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name) || args.includes('--help')) {
    process.stdout.write(help());
    return exits.good;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`没有“${name}”这个命令。\n\n${help()}`);
    return exits.usage;
  }
  try {
    const { run } = await command.load();
    return await run(args);
  } catch (error) {
    if (error instanceof Problem) {
      process.stderr.write(`${error.message}\n`);
      return error.exit;
    }
    if (error instanceof StorageProblem) {
      process.stderr.write(`${error.message}\n`);
      return exits.environment;
    }
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`参数不对：${error.message}\n用法：npm run minqing -- ${command.usage}\n`);
      return exits.usage;
    }
    throw error;
  }
}

// Whoever reads our output may stop reading (| head): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exits.good);
});
process.exitCode = await main(process.argv.slice(2));
