import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readDocument } from '../policy/model.ts';
import { policyKinds } from './features.ts';

/**
 * A document that is published stays published: whatever a schema accepted once must be read for ever. `published.txt`
 * holds, by kind and place, every word a document may have chosen from and every field it may have left out. A word or a
 * field that is new is added to it; none is taken from it.
 */
interface Shape {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

function placesOf(kind: (typeof policyKinds)[number]): string[] {
  const root = z.toJSONSchema(kind.schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape;
  const found = new Set<string>();
  const walk = (shape: Shape, place: string): void => {
    const words = (shape.enum ?? []).filter((word) => typeof word === 'string');
    if (words.length > 0) found.add(`${place} = ${words.join(' | ')}`);
    for (const [name, field] of Object.entries(shape.properties ?? {})) {
      if (shape.required?.includes(name) !== true) found.add(`${place}.${name} ?`);
      walk(field, `${place}.${name}`);
    }
    if (shape.items !== undefined) walk(shape.items, `${place}.*`);
    if (typeof shape.additionalProperties === 'object') walk(shape.additionalProperties, `${place}.*`);
    for (const one of [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])]) walk(one, place);
  };
  walk(root, kind.name);
  return [...found].toSorted();
}

const recorded = readFileSync(new URL('published.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** Every place of a document that a path with stars names, with what stands there. */
function placesIn(document: unknown, path: readonly string[]): { holder: Record<string, unknown>; key: string }[] {
  const [first, ...rest] = path;
  if (first === undefined || typeof document !== 'object' || document === null) return [];
  const holder = document as Record<string, unknown>;
  const keys = first === '*' ? Object.keys(holder) : [first];
  return keys.flatMap((key) => (rest.length === 0 ? [{ holder, key }] : placesIn(holder[key], rest)));
}

/** The standard document with one thing changed as an earlier schema took it; undefined where it has no such place. */
function changed(kind: (typeof policyKinds)[number], path: string, word: string | undefined): unknown {
  const { kept } = structuredClone({ kept: kind.standard.document });
  const place = placesIn(kept, path.split('.').slice(1)).find(({ holder, key }) => Object.hasOwn(holder, key));
  if (place === undefined) return undefined;
  if (word === undefined) delete place.holder[place.key];
  else place.holder[place.key] = word;
  return kept;
}

describe('[C5] documents that were published', () => {
  test.each(policyKinds.map((kind) => [kind.name, kind] as const))(
    '%s: what it took once it still reads',
    (_, kind) => {
      const mine = recorded.filter((line) => line.startsWith(`${kind.name}.`) || line.startsWith(`${kind.name} `));
      const now = placesOf(kind);
      const words = (lines: readonly string[]) => {
        const by = new Map<string, string[]>();
        for (const line of lines) {
          const [place, said] = line.split(' = ');
          if (said !== undefined) by.set(place!, [...(by.get(place!) ?? []), ...said.split(' | ')]);
        }
        return by;
      };
      const optional = (lines: readonly string[]): string[] => lines.filter((line) => line.endsWith(' ?'));
      const [then, today] = [words(mine), words(now)];
      // What is new is written down, so that it is held to from now on.
      expect(optional(now).filter((line) => !mine.includes(line))).toEqual([]);
      expect([...today].filter(([place, list]) => list.some((w) => then.get(place)?.includes(w) !== true))).toEqual([]);
      for (const [place, list] of then) {
        for (const word of list) {
          if (today.get(place)?.includes(word) === true) continue;
          const document = changed(kind, place, word);
          expect(document, `${place} = ${word}: the standard has no such place to try it at`).toBeDefined();
          expect(readDocument(kind, document), `${place} = ${word} is not read any more`).toBeDefined();
        }
      }
      for (const line of optional(mine)) {
        if (now.includes(line)) continue;
        const document = changed(kind, line.slice(0, -2), undefined);
        // A field that is gone altogether, or that the standard leaves out, cannot be missed.
        if (document !== undefined)
          expect(readDocument(kind, document), `${line} may not be left out any more`).toBeDefined();
      }
    },
  );
});
