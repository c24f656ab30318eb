import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { records } from '../app/features.ts';
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

describe('one fact, one field', () => {
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
