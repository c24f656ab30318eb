import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { WORDS } from '../../sync/model.ts';
import { commandRoutesByKind } from '../../sync/upload.ts';
import type { Routes } from '../../contract/route.ts';
import { routesOf } from '../features.ts';

/** What can be said in a command: every field with its place, and every value a field may only have. */
function said(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items, anyOf = [], oneOf = [], prefixItems = [], enum: values = [] } = schema as Shape;
  return [
    ...Object.entries(properties).flatMap(([name, of]) => [`${at}.${name}`, ...said(of, `${at}.${name}`)]),
    ...values.map((value) => `${at}=${String(value)}`),
    ...[...anyOf, ...oneOf, ...prefixItems, items].flatMap((of) => said(of, at)),
  ];
}
interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly prefixItems?: readonly unknown[];
  readonly enum?: readonly unknown[];
}

/**
 * An older server keeps what a phone of more words says until it is upgraded; of one with as many words it takes an
 * unknown field for a mistake. So whatever is added must raise the number.
 */
test('[B13] whoever adds a kind, a field or a value that a phone may send raises the number of the words', () => {
  const routes = routesOf(() => Promise.reject(new Error('nothing is founded here'))) as Routes;
  const all = [...commandRoutesByKind(routes)].flatMap(([kind, { body }]) => [
    kind,
    ...(body === undefined ? [] : said(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }), kind)),
  ]);
  expect(all).toContain('visit.record.needs.words');
  expect(all).toContain('visit.record.contact=met');
  const fingerprint = createHash('sha256')
    .update([...new Set(all)].toSorted().join('\n'))
    .digest('hex')
    .slice(0, 16);
  // Changed? Raise WORDS in src/sync/model.ts by one, and write both down here.
  expect({ words: WORDS, fingerprint }).toEqual({ words: 1, fingerprint: '4e26ced1c1c56666' });
});
