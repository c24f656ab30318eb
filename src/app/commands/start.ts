import { parseArgs } from 'node:util';
import { loadEnvironment } from '../../storage/environment.ts';
import { type Running, serveUntilStopped } from '../operations/serve.ts';

/** `minqing start`: serves until it is told to stop. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { county: { type: 'string' }, 'no-build': { type: 'boolean' } } });
  const options = {
    build: values['no-build'] !== true,
    county: values.county === undefined ? undefined : Number(values.county),
  };
  return await serveUntilStopped(loadEnvironment(), options, (running) => void process.stdout.write(welcome(running)));
}

function welcome({ url, setupLink }: Running): string {
  if (setupLink === undefined) {
    return `民情已启动：${url}\n  干部登录  ${url}/sign-in\n  按 Ctrl-C 停止\n`;
  }
  return `民情已启动：${url}\n还没有设置。请打开这个链接完成首次设置（24 小时内有效，只能用一次）：\n  ${setupLink}\n`;
}
