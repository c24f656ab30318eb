import { z } from 'zod';
import { type Relation, Role, roleNames } from '../access/model.ts';
import { type Who, rules } from '../access/table.ts';
import type { Route, Routes } from '../contract/route.ts';

/** A JSON value of the description. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** One route as a reader of the description sees it. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  /** Who may, in Chinese: 受理员（本辖区）. */
  readonly access: readonly string[];
  readonly open: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: JsonObject | undefined;
  /** Whether the body carries a file and is sent as a form. */
  readonly upload: boolean;
  readonly answer: JsonObject | undefined;
  readonly perMinute: number | undefined;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonObject;
}

const relationNames: Readonly<Record<Relation, string>> = {
  all: '全县',
  area: '本辖区',
  unit: '本单位',
  self: '本人的',
  key: '凭编号和查询码',
};
const whoNames: Readonly<Record<Who, string>> = { ...roleNames, resident: '群众', anyone: '任何人' };
const ORDER: readonly Who[] = ['anyone', 'resident', ...Role.options];

/** Who may do an action and how they must stand to the record, as the access table has it. */
function accessInWords(action: string): string[] {
  const rule = rules[action] ?? {};
  if (rule.anyone !== undefined) return [whoNames.anyone];
  return ORDER.flatMap((who) => {
    const relation = rule[who];
    if (relation === undefined) return [];
    const names = (typeof relation === 'string' ? [relation] : relation).map((r) => relationNames[r]);
    return [`${whoNames[who]}（${names.join('、')}）`];
  });
}

/** What a schema takes in (or gives out) as JSON Schema 2020-12. What JSON Schema cannot say is left open, never guessed. */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonObject {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    cycles: 'ref',
  });
  return made as JsonObject;
}

/** Names of the fields that are files. */
const filesOf = (schema: z.ZodType | undefined): string[] =>
  schema instanceof z.ZodObject
    ? Object.entries(schema.shape).flatMap(([name, of]) =>
        of instanceof z.ZodFile || of instanceof z.ZodCustom ? [name] : [],
      )
    : [];

function bodyOf(schema: z.ZodType): JsonObject {
  const made = jsonSchemaOf(schema);
  const files = filesOf(schema);
  if (files.length === 0) return made;
  const binary = Object.fromEntries(files.map((name) => [name, { type: 'string', format: 'binary' }]));
  return { ...made, properties: { ...propertiesOf(made), ...binary } };
}

const propertiesOf = (schema: JsonObject): Readonly<Record<string, JsonObject>> =>
  (schema['properties'] ?? {}) as Record<string, JsonObject>;
const requiredOf = (schema: JsonObject): readonly string[] => (schema['required'] ?? []) as string[];

/** Path parameters as they stand in an address of ours: `/api/matters/:id`. */
const pathParameters = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((m) => m[1]!);

const groupOf = (path: string): string => {
  const [first = '', second = ''] = path.slice(1).split('/');
  return first === 'api' ? second.split('.')[0] || 'api' : first === 'open311' ? 'open311' : 'pages';
};

function describe(address: string, route: Route): Described {
  const space = address.indexOf(' ');
  const method = address.slice(0, space);
  const path = address.slice(space + 1);
  const params = route.params === undefined ? {} : jsonSchemaOf(route.params);
  const query = route.query === undefined ? {} : jsonSchemaOf(route.query);
  const fromPath = pathParameters(path).map((name): Parameter => ({
    name,
    in: 'path',
    required: true,
    schema: propertiesOf(params)[name] ?? { type: 'string' },
  }));
  const fromQuery = Object.entries(propertiesOf(query)).map(([name, schema]): Parameter => ({
    name,
    in: 'query',
    required: requiredOf(query).includes(name),
    schema,
  }));
  return {
    method,
    path,
    group: groupOf(path),
    summary: route.summary,
    access: accessInWords(route.action),
    open: rules[route.action]?.anyone !== undefined,
    parameters: [...fromPath, ...fromQuery],
    body: route.body === undefined ? undefined : bodyOf(route.body),
    upload: filesOf(route.body).length > 0,
    answer: route.answer === undefined ? undefined : jsonSchemaOf(route.answer, 'output'),
    perMinute: route.perMinute,
  };
}

export const describeAll = (routes: Routes): Described[] =>
  Object.entries(routes).map(([address, route]) => describe(address, route));

const SIGNED_IN = 'session';
const refusals = { '4XX': { $ref: '#/components/responses/Refused' } };

function operation(d: Described): JsonObject {
  const type = d.group === 'pages' ? 'text/html' : 'application/json';
  return {
    operationId: `${d.method.toLowerCase()}${d.path.replace(/[^a-zA-Z0-9]+/g, '_')}`,
    tags: [d.group],
    summary: d.summary,
    description: `谁可以：${d.access.join('、')}。${d.perMinute === undefined ? '' : `每个来源每分钟最多 ${d.perMinute} 次。`}`,
    'x-access': d.access,
    security: d.open ? [] : [{ [SIGNED_IN]: [] }],
    parameters: d.parameters.map((p) => ({ name: p.name, in: p.in, required: p.required, schema: p.schema })),
    ...(d.body === undefined
      ? {}
      : {
          requestBody: {
            required: requiredOf(d.body).length > 0,
            content: { [d.upload ? 'multipart/form-data' : 'application/json']: { schema: d.body } },
          },
        }),
    responses: {
      '200': { description: '办到了', content: { [type]: { schema: d.answer ?? {} } } },
      ...refusals,
    },
  };
}

/** The OpenAPI 3.1 description of every route, made from the very schemas the routes check with. */
export function openApiOf(routes: Routes, { title, url }: { title: string; url: string }): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const described of describeAll(routes)) {
    const path = described.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[described.method.toLowerCase()] = operation(described);
  }
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description: '接口说明由程序自己的路由生成，与实际接受的输入一致。没有权限和没有这条记录的回答相同。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    paths,
    components: {
      securitySchemes: { [SIGNED_IN]: { type: 'apiKey', in: 'cookie', name: 'mq', description: '登录后的会话' } },
      responses: {
        Refused: {
          description: '没有办：原因、要改的那一项和一句话',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
        },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['refused', 'message'],
          properties: {
            refused: { type: 'string', description: '固定不变的代码，给程序看' },
            field: { type: 'string', description: '要改的那一项' },
            message: { type: 'string', description: '一句话，给人看' },
          },
        },
      },
    },
  };
}

/** The smallest value that shows the shape of a schema, for examples. */
export function exampleOf(schema: JsonObject, depth = 0): Json {
  if (schema['default'] !== undefined) return schema['default'];
  if (schema['const'] !== undefined) return schema['const'];
  const choices = (schema['enum'] ?? schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (schema['enum'] !== undefined) return choices![0]!;
  if (choices !== undefined) return exampleOf(choices[0] as JsonObject, depth);
  switch (schema['type']) {
    case 'object': {
      const required = requiredOf(schema);
      const shown = Object.entries(propertiesOf(schema)).filter(([name]) => required.includes(name));
      return depth > 3 ? {} : Object.fromEntries(shown.map(([name, of]) => [name, exampleOf(of, depth + 1)]));
    }
    case 'array':
      return schema['minItems'] === undefined ? [] : [exampleOf((schema['items'] ?? {}) as JsonObject, depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return true;
    case 'string':
      if (schema['format'] === 'uuid') return '0197a1b2-0000-7000-8000-000000000000';
      if (schema['format'] === 'date') return '2026-11-17';
      if (schema['format'] === 'date-time') return '2026-11-17T01:30:00.000Z';
      if (schema['format'] === 'uri') return 'https://example.gov.cn/';
      return '……';
    default:
      return null;
  }
}
