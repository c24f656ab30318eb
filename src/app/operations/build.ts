import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { sourceFingerprint } from '../static.ts';

const checkout = resolve(import.meta.dirname, '../../..');
const dist = join(checkout, 'dist');
const cache = join(checkout, 'node_modules/.cache/minqing');

/** The fingerprint of sources the rooms are to be built from; undefined when what stands is of these sources. */
export function staleRooms(): string | undefined {
  const now = sourceFingerprint();
  try {
    return readFileSync(join(dist, 'fingerprint'), 'utf8') === now ? undefined : now;
  } catch {
    return now;
  }
}

/**
 * Builds the rooms beside and moves them into place, so that a running server never serves half of them.
 * @param fingerprint of the sources, kept with what was built
 * @throws Error with what the builder said
 */
export async function buildRooms(fingerprint: string): Promise<void> {
  const draft = join(cache, `rooms-${process.pid}`);
  const old = `${draft}-old`;
  mkdirSync(cache, { recursive: true });
  try {
    await runVite(draft);
    writeFileSync(join(draft, 'fingerprint'), fingerprint);
    if (existsSync(dist)) move(dist, old);
    // Another starter may have been quicker; its rooms are of the same sources.
    if (!existsSync(dist)) move(draft, dist);
  } finally {
    for (const folder of [draft, old]) rmSync(folder, { recursive: true, force: true });
  }
}

function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: checkout,
    // Whatever surrounds it: under a test runner's setting it would build the slow rooms meant for finding faults.
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) =>
      code === 0
        ? done()
        : failed(new Error(withoutStack(Buffer.concat(said).toString('utf8')) || `vite ended with ${code}`)),
    );
  });
}

const withoutStack = (text: string): string => text.split(/\n\s+at /)[0]!.trim();

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true });
  }
}
