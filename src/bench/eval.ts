import { parseArgs } from 'node:util';
import type { Report } from './figures.ts';

/** `npm run -s eval -- NAME …`: the product's own judgement held against given files; one line of JSON on stdout. */
const evals: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<Report>>>> = {
  categories: async () => {
    const { evalCategories } = await import('./eval-categories.ts');
    return async (args) => ({ ...(await evalCategories(args)) });
  },
  clocks: async () => {
    const { evalClocks } = await import('./eval-clocks.ts');
    return async (args) => {
      const { values } = parseArgs({
        args: [...args],
        options: { file: { type: 'string' }, quick: { type: 'boolean' } },
      });
      if (values.file === undefined) throw new Error('usage: clocks --file FILE');
      return { ...(await evalClocks({ file: values.file, quick: values.quick === true })) };
    };
  },
  lookalikes: async () => {
    const { evalLookalikes } = await import('./eval-lookalikes.ts');
    return async (args) => ({ ...(await evalLookalikes(args)) });
  },
  replies: async () => {
    const { evalReplies } = await import('./eval-replies.ts');
    return async (args) => ({ ...(await evalReplies(args)) });
  },
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(evals, name) ? evals[name] : undefined;
if (load === undefined) {
  process.stderr.write(`usage: npm run -s eval -- ${Object.keys(evals).join('|')} …\n`);
  process.exitCode = 2;
} else {
  const judge = await load();
  process.stdout.write(`${JSON.stringify(await judge(args))}\n`);
}
