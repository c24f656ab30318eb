import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { inputWords } from './input-words.ts';

beforeAll(() => void z.config(inputWords));
afterAll(() => void z.config(z.locales.en()));

const told = (schema: z.ZodType, input: unknown): string | undefined =>
  schema.safeParse(input).error?.issues[0]?.message;

test.each([
  [z.int().max(90), 200, '不能超过 90'],
  [z.int().min(1), 0, '不能少于 1'],
  [z.string().max(3), '太长的话', '最多 3 个字'],
  [z.string().min(1), '', '还没有填'],
  [z.string().min(2), '短', '至少 2 个字'],
  [z.array(z.int()).max(1), [1, 2], '最多 1 项'],
  [z.string(), undefined, '还没有填'],
  [z.enum(['phone']), 'fax', '没有这个选项，请重新选'],
  [z.uuid(), 'x', '没有选对，请重新选'],
  [z.iso.date(), '明天', '日期写成 2026-11-17 这样'],
] as const)('[L4] what is wrong with an input is said in plain Chinese: %#', (schema, input, words) => {
  expect(told(schema, input)).toBe(words);
});

test('[L4] a schema’s own sentence goes before the house’s', () => {
  expect(told(z.string().min(2, '至少写两个字'), '短')).toBe('至少写两个字');
});
