import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { records, routesOf } from '../app/features.ts';
import type { Routes } from '../contract/route.ts';
import { speaking } from '../contract/language.ts';
import { fieldName, formName, recordName, t } from './english.ts';
import { fieldNames, formNames, recordNames } from './words.ts';
import { agreed, askedTwice, factOf, faultsOf, formsOf } from './facts.ts';

const forms = formsOf(records);

/** A form as somebody might add it tomorrow. */
const added = (record: string, kind: string, shape: z.ZodRawShape) =>
  formsOf([
    ...records,
    { name: record, commands: z.discriminatedUnion('kind', [z.object({ kind: z.literal(kind), ...shape })]) },
  ]);
const faultsWith = (record: string, kind: string, shape: z.ZodRawShape) =>
  faultsOf(added(record, kind, shape), agreed)
    .faults.filter((f) => f.form === kind)
    .map(({ field, fact }) => `${field} ${fact}`);

const HAN = /\p{Script=Han}/u;

describe('names', () => {
  test('[B12] every form is called something in both languages, no two the same, and no name outlives its form', () => {
    const kinds = [...new Set(forms.map((f) => f.kind))].toSorted();
    expect(Object.keys(formNames).toSorted()).toEqual(kinds);
    const named = Object.keys(formNames) as (keyof typeof formNames)[];
    for (const language of ['zh', 'en'] as const)
      speaking(language, () => {
        const names = named.map(formName);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) {
          expect(HAN.test(name), name).toBe(language === 'zh');
          expect(name.length, name).toBeLessThanOrEqual(language === 'zh' ? 14 : 40);
        }
      });
  });

  test('[B12] so is every field that looks as if it asked twice, the record it is known from, and the reason', () => {
    const { kept } = faultsOf(forms, agreed);
    expect(kept.length).toBeGreaterThan(20);
    for (const { field, record, why } of kept) {
      expect(Object.keys(fieldNames)).toContain(field);
      if (record !== undefined) expect(Object.keys(recordNames)).toContain(record);
      speaking('en', () => {
        const said = [
          fieldName(field as keyof typeof fieldNames),
          ...(record === undefined ? [] : [recordName(record as keyof typeof recordNames)]),
          t(why),
        ];
        for (const words of said) expect(words).not.toMatch(HAN);
      });
    }
  });
});

/**
 * What people are asked for by ways in that are no command of a record: they are forms as well. Not asked of an official
 * are what residents send, what another system sends, and what a phone says of itself.
 */
const asides = () => {
  const kinds = new Map(forms.map((f) => [f.kind as string, f.fields.map((path) => path.split('.')[0]!)]));
  const routes = routesOf(() => Promise.reject(new Error('not founded'))) as Routes;
  const asked: { name: string; commands: z.ZodType }[] = [];
  for (const [way, { action, body }] of Object.entries(routes)) {
    const [method, path] = way.split(' ') as [string, string];
    if (method === 'GET' || !(body instanceof z.ZodObject)) continue;
    const carried = new Set(['command', 'expected', 'device', 'seconds', 'resident', ...(kinds.get(action) ?? [])]);
    if (kinds.has(action) && Object.keys(body.shape).every((field) => carried.has(field))) continue;
    // What a form that is being filled in already holds is asked about on its own: nobody fills that in.
    if (action === 'alike.read' || action === 'portal.use' || action === 'sync.use' || path.startsWith('/open311'))
      continue;
    const fields = z.object({ kind: z.literal(way) }).extend(body.omit({}).shape);
    asked.push({ name: path.split('/')[2] ?? path, commands: fields });
  }
  return asked;
};

describe('one fact, one field', () => {
  test('[B12] whatever else asks something of an official stands behind the same wall', () => {
    const asked = asides();
    expect(asked.length).toBeGreaterThan(4);
    const own = new Set(asked.map((a) => (a.commands as z.ZodObject<{ kind: z.ZodLiteral<string> }>).shape.kind.value));
    const all = formsOf([...records, ...asked]);
    expect(faultsOf(all, agreed).faults.filter((f) => own.has(f.form))).toEqual([]);
    // The wall is there: an import that asked how many were visited would not pass.
    const counting = z.object({ kind: z.literal('POST /api/x'), visitCount: z.int(), recordedBy: z.string() });
    expect(faultsOf(formsOf([...records, { name: 'x', commands: counting }]), agreed).faults).toHaveLength(2);
  });

  test('[B12] every field of every form asks for a fact that is known by name', () => {
    expect(forms.length).toBeGreaterThan(80);
    for (const form of forms)
      for (const field of form.fields)
        expect(factOf(form, field).fact, `${form.kind} ${field}`).toMatch(/^[a-z-]+\.\w+$/);
  });

  test('[B12] no form asks for what the system has already, and no exception outlives its use', () => {
    const { faults, idle } = faultsOf(forms, agreed);
    expect(faults).toEqual([]);
    expect(idle).toEqual([]);
  });

  test('[B12] a form that asks a second time is found: of the household it names', () => {
    expect(
      faultsWith('well', 'well.report', {
        household: z.uuid(),
        address: z.string(),
        tel: z.string().optional(),
        depth: z.number(),
        note: z.string(),
      }),
    ).toEqual(['address well.address', 'tel well.phone']);
  });

  test('[B12] … of the record it is given to, and by another name', () => {
    expect(faultsWith('matter', 'matter.log', { channel: z.string(), mobile: z.string(), words: z.string() })).toEqual([
      'channel matter.channel',
      'mobile matter.phone',
    ]);
  });

  test('[B12] … of whoever fills it in, and of figures the entries give', () => {
    expect(
      faultsWith('week', 'week.report', {
        recordedBy: z.string(),
        unitName: z.string(),
        visitCount: z.int(),
        groups: z.array(z.object({ householdsMet: z.int(), words: z.string() })),
      }),
    ).toEqual([
      'recordedBy actor.writer',
      'unitName actor.writerUnit',
      'visitCount figure.visitCount',
      'groups.householdsMet figure.householdsMet',
    ]);
  });

  test('[B12] a form with nothing but new facts passes, and one made to change a fact may ask for it', () => {
    expect(faultsWith('well', 'well.report', { household: z.uuid(), depth: z.number(), note: z.string() })).toEqual([]);
    expect(askedTwice(forms).some((f) => f.form === 'household.amend')).toBe(false);
  });
});
