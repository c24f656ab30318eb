import type { County, System } from '../system.ts';
import { Problem, exits } from './problem.ts';

/** The county a job is about: the one that was named, or the only one. */
export async function oneCounty(system: System, named: string | undefined): Promise<County> {
  const counties = await system.counties();
  const list = counties.map((c) => `${c.county} ${c.name}`).join('、');
  if (named !== undefined) {
    const county = counties.find((c) => String(c.county) === named);
    if (county === undefined)
      throw new Problem(exits.usage, `没有 ${named} 这个县。${list === '' ? '' : `现有：${list}。`}`);
    return county;
  }
  const [only, ...more] = counties;
  if (only === undefined) throw new Problem(exits.usage, '还没有县。请先 npm start，按打印的链接完成首次设置。');
  if (more.length > 0) throw new Problem(exits.usage, `有几个县（${list}），请用 --county 代码 说明是哪一个。`);
  return only;
}
