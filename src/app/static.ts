import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Hono } from 'hono';

const dist = resolve(import.meta.dirname, '../../dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const packed = new Map<string, Buffer>();

/** Serves the built rooms: hashed files for ever, the pages themselves fresh. Every path inside a room is the room's page. */
export function serveRooms(app: Hono): void {
  // Pages name their own icon; browsers ask for this one beside it.
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.get('/assets/:file', (c) => {
    const file = join(dist, 'assets', c.req.param('file'));
    if (!file.startsWith(join(dist, 'assets') + sep) || !existsSync(file)) return c.notFound();
    c.header('content-type', types[extname(file)] ?? 'application/octet-stream');
    c.header('cache-control', 'public, max-age=31536000, immutable');
    if (/\.(js|css|svg|json)$/.test(file) && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
      let body = packed.get(file);
      if (body === undefined) packed.set(file, (body = gzipSync(readFileSync(file), { level: 9 })));
      c.header('content-encoding', 'gzip');
      return c.body(body as unknown as ArrayBuffer);
    }
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream);
  });
  app.get('/field-sw.js', (c) => {
    const file = join(dist, 'field-sw.js');
    if (!existsSync(file)) return c.notFound();
    c.header('content-type', 'text/javascript; charset=utf-8');
    // Asked for at every look for a newer build: it must never be an old one.
    c.header('cache-control', 'no-cache');
    return c.body(readFileSync(file, 'utf8'));
  });
  for (const room of ['desk', 'field']) {
    const page = (): string => readFileSync(join(dist, room, 'index.html'), 'utf8');
    for (const path of [`/${room}`, `/${room}/*`]) {
      app.get(path, (c) => {
        if (!existsSync(join(dist, room, 'index.html'))) {
          return c.text('页面还没有生成，请运行 npm run build 后刷新。', 503);
        }
        c.header('cache-control', 'no-cache');
        return c.html(page());
      });
    }
  }
}

/** A file of the build that has no fingerprint in its name, as text; undefined while nothing is built. */
export function built(name: string): string | undefined {
  const file = join(dist, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What the rooms are built from, as one fingerprint: when it changed, they are built anew. */
export function sourceFingerprint(): string {
  const hash = createHash('sha256');
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(tsx?|js|css|html|svg|webmanifest)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  walk(resolve(import.meta.dirname, '..'));
  return hash.digest('hex');
}
