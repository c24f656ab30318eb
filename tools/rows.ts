/**
 * `npm run -s rows`: which rows of the plan are proved, and by how many tests.
 *
 * A test that proves a row carries its code in its name: `[C5] …`. What counts is that it passed in the last run of
 * `npm test`; where there was none, the names written in the test files are counted and the table says so.
 * Ends with one line of JSON on stdout: `total`, `claimed`, `rows` (code → tests).
 */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** Written by the last whole run of the tests. */
export const REPORT = resolve(root, 'node_modules/.cache/minqing/tests.json');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The codes in a test's name; one name may carry several, each once. */
export const codesIn = (name: string): Set<string> =>
  new Set(
    [...name.matchAll(/\[([A-Z]\d+(?:[\s,、·]+[A-Z]\d+)*)\]/g)].flatMap(([, codes]) => codes!.split(/[\s,、·]+/)),
  );

/** Tests that carry each of the codes. Codes that are no row are left out. */
export function count(names: readonly string[], codes: readonly string[]): Record<string, number> {
  const found = new Map(codes.map((code) => [code, 0]));
  for (const code of names.flatMap((name) => [...codesIn(name)]))
    if (found.has(code)) found.set(code, found.get(code)! + 1);
  return Object.fromEntries([...found].filter(([, n]) => n > 0));
}

const passed = (report: Report): string[] =>
  report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'passed').map((test) => test.fullName),
  );

/** Names as they stand in the test files, with the describe blocks' names left out. */
const writtenNames = (): string[] =>
  globSync(['src/**/*.test.ts', 'tools/**/*.test.ts'], { cwd: root })
    .flatMap((file) => [
      ...readFileSync(resolve(root, file), 'utf8').matchAll(
        /\btest(?:\.\w+)*(?:\([^()]*\))?\(\s*(['"`])((?:(?!\1).)*)\1/g,
      ),
    ])
    .map(([, , name]) => name!);

function main(): void {
  const titles = JSON.parse(readFileSync(resolve(root, 'tools/rows.json'), 'utf8')) as Record<string, string>;
  const codes = Object.keys(titles);
  const ran = existsSync(REPORT);
  const rows = count(ran ? passed(JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : writtenNames(), codes);
  const source = ran
    ? `tests that passed in the run of ${statSync(REPORT).mtime.toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : 'names in the test files (no run of the tests is known: npm test)';
  console.error(`Rows and ${source}\n`);
  for (const code of codes) console.error(`${code.padEnd(4)}${String(rows[code] ?? '·').padStart(4)}  ${titles[code]}`);
  console.error(`\n${Object.keys(rows).length} of ${codes.length} rows are claimed.`);
  console.log(JSON.stringify({ total: codes.length, claimed: Object.keys(rows).length, rows }));
}

if (import.meta.main) main();
