import { type Raw, raw } from '../contract/route.ts';

export type Format = 'json' | 'xml';
export type Field = string | number | boolean | null | readonly Record<string, Field>[];
type Item = Readonly<Record<string, Field>>;

const escape = (text: string): string =>
  text
    // Characters XML 1.0 has no place for.
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

function element(name: string, value: Field): string {
  if (value === null || value === '') return `<${name}/>`;
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  // A list's entries are named by its singular: attributes → attribute.
  return `<${name}>${value.map((item) => fields(name.replace(/s$/, ''), item)).join('')}</${name}>`;
}

const fields = (name: string, item: Item): string =>
  `<${name}>${Object.entries(item)
    .map(([n, v]) => element(n, v))
    .join('')}</${name}>`;

/** A list the way GeoReport v2 answers: a JSON array, or XML with one element for each entry. */
export function listAs(
  format: Format,
  list: string,
  entry: string,
  items: readonly Item[],
  status: 200 | 400 | 401 | 404 = 200,
): Raw {
  const headers = { 'cache-control': 'no-store' };
  if (format === 'json') return raw('application/json; charset=utf-8', JSON.stringify(items), { status, headers });
  const body = `<?xml version="1.0" encoding="utf-8"?>\n<${list}>${items.map((item) => fields(entry, item)).join('')}</${list}>\n`;
  return raw('text/xml; charset=utf-8', body, { status, headers });
}

/** A fault as GeoReport v2 tells it: the status again and a sentence. */
export const fault = (format: Format, status: 400 | 401 | 404, description: string): Raw =>
  listAs(format, 'errors', 'error', [{ code: status, description }], status);
