import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { routesOf } from '../app/features.ts';
import { type TestCounty, startCounty } from '../app/testing.ts';
import type { Routes } from '../contract/route.ts';
import { type JsonObject, describeAll, exampleOf } from './openapi.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

const routes: Routes = routesOf(() => Promise.reject(new Error('no set-up here')));

interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: JsonObject }[];
  requestBody?: { content: Record<string, { schema: JsonObject }> };
  operationId: string;
  security: unknown[];
  'x-access': string[];
}
const operations = async (): Promise<[address: string, operation: Operation][]> => {
  const { body } = await (await county.as()).get('/api/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  return Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, Operation],
    ),
  );
};

test('[L5] every route is described, no more and no fewer', async () => {
  const described = (await operations()).map(([address]) => address).toSorted();
  expect(described).toEqual(
    Object.keys(routes)
      .map((a) => a.replace(/:(\w+)/g, '{$1}'))
      .toSorted(),
  );
  expect(described.length).toBeGreaterThan(80);
});

test('[L5] each operation has its own name, and its parameters are those of its address and its query', async () => {
  const all = await operations();
  expect(new Set(all.map(([, o]) => o.operationId)).size).toBe(all.length);
  for (const [address, operation] of all) {
    const own = [...address.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
    expect(
      operation.parameters.filter((p) => p.in === 'path').map((p) => p.name),
      address,
    ).toEqual(own);
    expect(
      operation.parameters.filter((p) => p.in === 'path').every((p) => p.required),
      address,
    ).toBe(true);
    const { query } = routes[address.replace(/\{(\w+)\}/g, ':$1') as keyof Routes]!;
    const asked = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    expect(
      operation.parameters.filter((p) => p.in === 'query').map((p) => p.name),
      address,
    ).toEqual(asked);
    expect(operation['x-access'].length, address).toBeGreaterThan(0);
  }
});

/** What JSON Schema 2020-12 demands of the words we use; anything else is a word we did not mean to use. */
const KNOWN = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'default',
  'description',
  'title',
  '$ref',
  '$defs',
  'not',
  'id',
  'examples',
  'contentEncoding',
  'contentMediaType',
]);
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

function check(schema: JsonObject, where: string): void {
  for (const word of Object.keys(schema)) expect(KNOWN.has(word), `${where}: ${word}`).toBe(true);
  const { type, properties, required, items, pattern, enum: choices } = schema as Record<string, never>;
  if (type !== undefined)
    expect(
      [type].flat().every((t) => TYPES.has(t)),
      `${where} type`,
    ).toBe(true);
  if (pattern !== undefined) expect(() => new RegExp(pattern, 'u'), where).not.toThrow();
  if (choices !== undefined) expect(new Set(choices as string[]).size, where).toBe((choices as string[]).length);
  for (const name of (required ?? []) as string[])
    expect(Object.hasOwn(properties ?? {}, name), `${where}.${name}`).toBe(true);
  for (const [name, of] of Object.entries((properties ?? {}) as Record<string, JsonObject>))
    check(of, `${where}.${name}`);
  if (items !== undefined) check(items, `${where}[]`);
  for (const word of ['anyOf', 'oneOf', 'allOf'] as const) {
    for (const [i, of] of ((schema[word] ?? []) as JsonObject[]).entries()) check(of, `${where}.${word}${i}`);
  }
}

test('[L5] every schema is valid JSON Schema and can be read back', async () => {
  let schemas = 0;
  for (const [address, { parameters, requestBody }] of await operations()) {
    const body = Object.values(requestBody?.content ?? {})[0]?.schema;
    for (const schema of [...parameters.map((p) => p.schema), ...(body === undefined ? [] : [body])]) {
      check(schema, address);
      expect(() => z.fromJSONSchema(schema as never), address).not.toThrow();
      schemas += 1;
    }
  }
  expect(schemas).toBeGreaterThan(100);
});

test('[L5] what the description says is taken, is taken: the example of a body has the shape its schema asks for', async () => {
  const checked: string[] = [];
  for (const { method, path, body: schema, upload } of describeAll(routes)) {
    const address = `${method} ${path}`;
    const { body } = routes[address as keyof Routes]!;
    if (body === undefined || schema === undefined || upload) continue;
    // What a person fills in (a length, a pattern, a rule between fields) an example cannot know; its shape it must.
    const filled = new Set(['too_small', 'invalid_format', 'custom']);
    const issues = body.safeParse(exampleOf(schema)).error?.issues ?? [];
    expect(
      issues.filter(({ code }) => !filled.has(code)),
      address,
    ).toEqual([]);
    checked.push(address);
  }
  expect(checked).toContain('POST /api/matters/:id/call-back');
  expect(checked.length).toBeGreaterThan(40);
});

test('[L5] what is sent as a file is described as a form', async () => {
  const [, upload] = (await operations()).find(([address]) => address === 'POST /api/households/import')!;
  expect(Object.keys(upload.requestBody!.content)).toEqual(['multipart/form-data']);
});

test('[L5] the page for people stands without a sign-in and says who may', async () => {
  const { status, body } = await (await county.as()).get('/api');
  expect(status).toBe(200);
  expect(body).toContain('/api/matters/:id/dispatch');
  expect(body).toContain('受理员（本辖区）');
  expect(body).toContain('curl -X POST');
  expect(body).not.toContain('<script');
});
