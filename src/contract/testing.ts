/** For tests only: values made from a route's own schema, as they should be and as they should not. */
import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that zod writes. */
interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Texts that have broken systems before, each for a reason of its own. */
const hostile: readonly string[] = [
  '',
  ' ',
  '\0',
  '甲\0乙',
  '\ud800',
  '\udfff\ud83d',
  '‮倒\u200b写',
  '😀'.repeat(50),
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  "'; drop table event; --",
  '%',
  '_%\\',
  '\\',
  '"',
  '{}',
  '[object Object]',
  '__proto__',
  'constructor',
  'undefined',
  'null',
  'NaN',
  '-1',
  '0',
  '1e309',
  '99999999999999999999',
  '2147483648',
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  '2026-13',
  '0000-00',
  '2026-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '<!--',
  '&',
  '|',
  '!',
  ':*',
  '& !',
  '(',
  "'",
  'ＱＨ２０２６',
  '长'.repeat(30_000),
];

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '水渠堵了，稻田进不了水。',
      '请水利局派人来看看。',
      '张桂兰',
      '东关路 3 号',
      '已经联系施工队，三天内清理完毕。',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** Values a schema describes. Uuids are drawn from `known` besides new ones, so that they meet what is there. */
export function valuesOf(schema: z.ZodType, known: readonly string[]): fc.Arbitrary<unknown> {
  return shaped(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, known);
}

function shaped(shape: Shape, known: readonly string[]): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either !== undefined) return fc.oneof(...either.map((option) => shaped(option, known)));
  if (shape.allOf !== undefined) return shaped(Object.assign({}, ...shape.allOf) as Shape, known);
  switch (shape.type) {
    case 'string':
      return sentence(shape, known);
    case 'integer':
      return fc.integer({
        min: Math.max(shape.minimum ?? -5, -(2 ** 53) + 1),
        max: Math.min(shape.maximum ?? 5, 2 ** 53 - 1),
      });
    case 'number':
      return fc.oneof(fc.integer({ min: shape.minimum ?? -5, max: shape.maximum ?? 5 }), fc.constant(0.5));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(shaped(shape.items ?? {}, known), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 3, (shape.minItems ?? 0) + 3),
      });
    case 'object': {
      const properties = Object.entries(shape.properties ?? {}).map(
        ([key, inner]) => [key, shaped(inner, known)] as const,
      );
      const required = (shape.required ?? []).filter((key) => shape.properties?.[key] !== undefined);
      return fc.record(Object.fromEntries(properties), { requiredKeys: [...required] });
    }
    default:
      return fc.oneof(fc.constant({}), text, fc.integer());
  }
}

function sentence(
  { format, pattern, minLength = 0, maxLength = 200 }: Shape,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const day = fc.constantFrom('2026-11-20', '2026-01-31', '2025-02-28', '2024-02-29', '1900-01-01', '2999-12-31');
  switch (format) {
    case 'uuid':
      return fc.oneof(fc.constantFrom(...known), fc.uuid({ version: 4 }));
    case 'date':
      return day;
    case 'date-time':
      return day.map((d) => `${d}T08:30:00.000Z`);
  }
  const fits = (s: string): boolean => s.trim().length >= minLength && s.length <= maxLength;
  if (pattern !== undefined) {
    const wanted = new RegExp(pattern, 'u');
    const usual = ['2026-11-20', '2026-11', '2026-W47', '13800000001', 'wangjj', '990101101301', 'a'.repeat(22)].filter(
      (s) => wanted.test(s),
    );
    if (usual.length > 0) return fc.constantFrom(...usual);
    try {
      return fc.stringMatching(wanted);
    } catch {
      // A pattern fast-check cannot read is left to chance.
    }
  }
  return text
    .map((s) => (s.trim().length < minLength ? s.padEnd(minLength, '水') : s).slice(0, maxLength))
    .map((s) => (fits(s) ? s : '水'.repeat(minLength)));
}

/** The same values with one thing wrong: a part missing, of another type, too long, not text, or under a name objects have. */
export function spoiltOf(schema: z.ZodType, known: readonly string[]): fc.Arbitrary<unknown> {
  const junk = fc.oneof(
    fc.constantFrom(...hostile),
    fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], [null], { a: 1 }, ''),
    fc.string({ unit: 'binary' }),
    fc.constant(Array.from({ length: 2_000 }, () => '水')),
  );
  return fc
    .tuple(valuesOf(schema, known), fc.nat(), junk, fc.constantFrom('replace', 'drop', 'proto', 'whole', 'wrap'))
    .map(([value, at, wrong, how]) => {
      if (how === 'whole') return wrong;
      if (how === 'wrap') return [value];
      const copy = structuredClone(value);
      const places = placesIn(copy);
      const place = places[at % Math.max(places.length, 1)];
      if (place === undefined) return wrong;
      if (how === 'drop') delete place.of[place.key];
      // Written as JSON such a key is the object's own: what readers copy carelessly becomes a prototype.
      else if (how === 'proto')
        Object.defineProperty(place.of, '__proto__', { value: { admin: true }, enumerable: true });
      else place.of[place.key] = wrong;
      return copy;
    });
}

interface Place {
  readonly of: Record<string, unknown>;
  readonly key: string;
}

const placesIn = (value: unknown): Place[] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.keys(value).flatMap((key) => {
        const of = value as Record<string, unknown>;
        return [{ of, key }, ...placesIn(of[key])];
      });
