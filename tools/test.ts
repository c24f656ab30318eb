/**
 * `npm test`: types, lint, then every test; the time of each step, and at the end one line that says what passed.
 * Arguments go to vitest: `npm test -- src/matters`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { REPORT } from './rows.ts';

const root = resolve(import.meta.dirname, '..');
/** What a whole run may need in memory: the test server's databases are the largest part. */
const ROOM_BYTES = 3_000_000_000;
const MEMORY = '/dev/shm';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Databases of a test run live in memory where there is room: each is made three times as fast. */
function temporary(): string | undefined {
  if (process.env['TMPDIR'] !== undefined || !existsSync(MEMORY)) return process.env['TMPDIR'];
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_BYTES ? MEMORY : undefined;
}

/** Runs one of the house's own tools, its output as it comes. */
function step(name: string, tool: string, args: readonly string[]): boolean {
  const started = Date.now();
  const place = temporary();
  const { status } = spawnSync(process.execPath, [resolve(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(place === undefined ? {} : { TMPDIR: place }) },
  });
  const passed = status === 0;
  console.log(`${name}: ${passed ? 'passed' : 'failed'} in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
  return passed;
}

function closing(report: Report | undefined, stepsPassed: boolean): { line: string; failed: boolean } {
  if (report === undefined) return { line: '0 passed, 1 failed', failed: true };
  // A file that could not even be read has no test that failed; it counts as one.
  const unread = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((t) => t.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + unread + (stepsPassed ? 0 : 1);
  const skipped = report.numPendingTests + report.numTodoTests;
  return {
    line: `${report.numPassedTests} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
    failed: failed > 0 || report.numPassedTests === 0,
  };
}

function main(): void {
  const only = process.argv.slice(2);
  // A run of some tests says nothing of all rows, so it leaves the last whole run's report alone.
  const file = only.length === 0 ? REPORT : REPORT.replace('.json', '-some.json');
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  const types = step('types', 'typescript/bin/tsc', ['--noEmit']);
  const format = step('format', 'oxfmt/bin/oxfmt', ['--check', 'src', 'tools']);
  const lint = step('lint', 'oxlint/bin/oxlint', ['--deny-warnings']);
  const tests = step('tests', 'vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...only,
  ]);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
  const skipped =
    report?.testResults.flatMap((file) =>
      file.assertionResults.filter((t) => t.status !== 'passed' && t.status !== 'failed'),
    ) ?? [];
  // What a test needs to run stands in its name.
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  const { line, failed } = closing(report, types && format && lint);
  console.log(line);
  process.exitCode = failed || !types || !lint || !tests ? 1 : 0;
}

main();
