import { type Bench, say } from './figures.ts';

/** `npm run -s bench -- NAME [--quick]`: progress on stderr, one line of JSON on stdout. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  start: () => import('./start.ts'),
  casework: () => import('./casework.ts'),
  commands: () => import('./commands.ts'),
  reads: () => import('./reads.ts'),
  import: () => import('./import.ts'),
  rebuild: () => import('./rebuild.ts'),
  duties: () => import('./duties.ts'),
  page: () => import('./page.ts'),
  sync: () => import('./sync.ts'),
  field: () => import('./field.ts'),
  documents: () => import('./documents.ts'),
};

const [name = '', ...options] = process.argv.slice(2);
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
const unknown = options.filter((o) => o !== '--quick');
if (load === undefined || unknown.length > 0) {
  say(`usage: npm run -s bench -- ${Object.keys(benches).join('|')} [--quick]`);
  process.exitCode = 2;
} else {
  const bench = await load();
  const report = await bench.run(options.includes('--quick'));
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
