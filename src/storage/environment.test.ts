import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentExample, readEnvironment } from './environment.ts';
import { StorageProblem } from './problem.ts';

function problemsOf(source: Record<string, string>): string[] {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof StorageProblem && error.code === 'environment') return error.message.split('\n');
    throw error;
  }
  return [];
}

test('an empty environment gives the documented defaults', () => {
  expect(readEnvironment({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataFolder: resolve(import.meta.dirname, '../../data'),
    publicUrl: 'http://localhost:8080',
  });
});

test('every value is typed and tidied', () => {
  const key = Buffer.alloc(32, 7);
  const environment = readEnvironment({
    PORT: ' 9000 ',
    HOST: '::1',
    MINQING_DATA: '民情 数据',
    DATABASE_URL: 'postgresql://a:b%40c@db:5432/minqing',
    MINQING_KEY: key.toString('base64'),
    MINQING_PUBLIC_URL: 'https://mq.example/gov/',
  });
  expect(environment).toEqual({
    port: 9000,
    host: '::1',
    dataFolder: resolve('民情 数据'),
    databaseUrl: 'postgresql://a:b%40c@db:5432/minqing',
    key: new Uint8Array(key),
    publicUrl: 'https://mq.example/gov',
  });
});

describe('a bad value', () => {
  test('is never accepted as a port unless it is a whole number up to 65535', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer().map(String), fc.double().map(String), fc.string()), (PORT) => {
        const given = PORT.trim();
        const good = given === '' || (/^\d{1,5}$/.test(given) && Number(given) <= 65535);
        expect(problemsOf({ PORT }).length === 0).toBe(good);
      }),
    );
  });

  test('is a key of any length but 32 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const problems = problemsOf({ MINQING_KEY: Buffer.from(bytes).toString('base64') });
        expect(problems.length === 0).toBe(bytes.length === 32);
      }),
    );
  });

  test('is told together with all others, by its name, secrets left out', () => {
    const problems = problemsOf({
      PORT: '80800',
      HOST: 'a b',
      DATABASE_URL: 'mysql://root:secret@db/x',
      MINQING_KEY: 'secret',
      MINQING_PUBLIC_URL: 'mq.example',
      MINQING_DATE: '/data',
    });
    const names = ['PORT', 'HOST', 'DATABASE_URL', 'MINQING_KEY', 'MINQING_PUBLIC_URL', 'MINQING_DATE'];
    expect(problems.map((line) => /^环境变量 (\w+) /.exec(line)?.[1])).toEqual(names);
    expect(problems.join()).not.toContain('secret');
  });
});

test('.env.example is what the list of variables says', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../../.env.example'), 'utf8')).toBe(environmentExample());
});

test('.env in the current folder is read, and a variable really set wins over it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-env-'));
  writeFileSync(join(folder, '.env'), 'PORT=1111\nHOST=10.0.0.1\n');
  const script = `import { loadEnvironment } from ${JSON.stringify(resolve(import.meta.dirname, 'environment.ts'))}
    const { port, host } = loadEnvironment()
    console.log(JSON.stringify({ port, host }))`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env: { PORT: '2222' },
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(JSON.parse(output)).toEqual({ port: 2222, host: '10.0.0.1' });
});
