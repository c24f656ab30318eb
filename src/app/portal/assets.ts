import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Desk, type Raw, raw } from '../../contract/route.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

const compact = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};:,>]) ?/g, '$1')
    .replace(/;}/g, '}');

/**
 * Before each declaration that reads a token, the same with the token's own value: browsers of before 2017,
 * which know no custom properties, then show the light theme and not a page without any colour.
 */
function withFallbacks(css: string): string {
  const root = /:root\s*\{([^}]*)\}/.exec(css)?.[1] ?? '';
  const tokens = new Map([...root.matchAll(/(--[\w-]+):([^;]+)/g)].map(([, name, value]) => [name!, value!.trim()]));
  return css.replace(
    /([;{])([a-z-]+):([^;{}]*var\([^;{}]*)(?=[;}])/g,
    (all, before: string, property: string, value: string) => {
      const plain = value.replace(/var\((--[\w-]+)\)/g, (token, name: string) => tokens.get(name) ?? token);
      return plain.includes('var(') ? all : `${before}${property}:${plain};${property}:${value}`;
    },
  );
}

interface Asset {
  readonly path: string;
  serve(desk: Desk): Raw;
}

/** A file that never changes under its address: the fingerprint of its content is part of the link to it. */
function asset(path: `/${string}`, type: string, text: string): Asset {
  const version = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const packed = gzipSync(text, { level: 9 });
  const headers = { 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' };
  return {
    path: `${path}?v=${version}`,
    serve: (desk) =>
      /\bgzip\b/.test(desk.header('accept-encoding') ?? '')
        ? raw(type, packed, { headers: { ...headers, 'content-encoding': 'gzip' } })
        : raw(type, text, { headers }),
  };
}

export const style = asset(
  '/portal.css',
  'text/css; charset=utf-8',
  withFallbacks(compact(read('../ui/tokens.css') + read('./portal.css'))),
);
/** The screen in the hall: large, and asking for what is called every moment. */
export const hallStyle = asset(
  '/hall.css',
  'text/css; charset=utf-8',
  withFallbacks(compact(read('../ui/tokens.css') + read('./hall.css'))),
);
export const hallScript = asset('/hall.js', 'text/javascript; charset=utf-8', read('./hall.js'));
export const script = asset('/portal.js', 'text/javascript; charset=utf-8', read('./portal.js'));
