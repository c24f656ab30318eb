#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node.js must be able to read this far, to hand over or to say what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// 24.7 is the first that hashes passwords with argon2 by itself.
if (major > 24 || (major === 24 && minor >= 7)) {
  const { enableCompileCache } = await import('node:module');
  // Compiled code is kept beside the packages: a start is half a second shorter. Without the right to write there it is not.
  enableCompileCache?.(join(root, 'node_modules/.cache/minqing'));
  await import('../src/app/cli.ts');
} else {
  const shipped = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(shipped)) {
    const child = spawn(shipped, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
  } else {
    process.stderr.write(
      `民情需要 Node.js 24.7 或更高版本，现在是 ${process.versions.node}。请在程序文件夹里执行 npm install（会带来合适的 Node.js），再用 npm start 启动；` +
        'macOS 上请先安装 Node.js 24。\n',
    );
    process.exit(3);
  }
}
