import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reach } from '../ledger/record.ts';
import { may, mayAtAll, scopeOf, seesNothing } from './access.ts';
import type { Actor, Standing } from './model.ts';
import { rules } from './table.ts';
import { expected, lets, roles } from './testing.ts';

// A small world, so that askers and records meet often.
const places = ['county', 'town', 'other town', 'village', 'grid'];
const units = ['water', 'works', 'desk'];
const people = ['wang', 'li', 'zhang'];
const some = (all: string[]) => fc.subarray(all);

const standing: fc.Arbitrary<Standing> = fc
  .record({
    role: fc.constantFrom(...roles),
    unit: fc.option(fc.constantFrom(...units), { nil: undefined }),
    areas: some(places),
    everywhere: fc.boolean(),
  })
  .map(({ unit, ...rest }) => (unit === undefined ? rest : { ...rest, unit }));
const official: fc.Arbitrary<Actor & { kind: 'official' }> = fc.record({
  kind: fc.constant('official' as const),
  id: fc.constantFrom(...people),
  name: fc.constant('某人'),
  standings: fc.array(standing, { maxLength: 3 }),
});
const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: official },
  fc.record({ kind: fc.constant('resident' as const), record: fc.constantFrom('m1', 'm2') }),
  fc.constant({ kind: 'anyone' as const }),
);
const action = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...expected.keys()) },
  fc.constantFrom('matter.burn', '', '__proto__', 'constructor', 'toString', 'matter'),
);
/** Of some records a kind of belonging is not known at all. */
const reach: fc.Arbitrary<Reach> = fc.record(
  { areas: some(places), units: some(units), officials: some(people), record: fc.constantFrom('m1', 'm2', 'm3') },
  { requiredKeys: [] },
);

const meet = (a: readonly string[], b: readonly string[] | undefined): boolean => a.some((x) => b?.includes(x));

/** What the second table says, worked out the long way. */
function should(who: Actor, what: string, of: Reach): boolean {
  const line = expected.get(what);
  if (line === undefined) return false;
  if (who.kind === 'anyone') return lets(line.anyone, '');
  if (who.kind === 'resident') return lets(line.resident, of.record === who.record ? 'k' : '');
  return who.standings.some((post) => {
    const inArea = post.everywhere === true || meet(post.areas, of.areas);
    const ofUnit = post.unit !== undefined && meet([post.unit], of.units);
    const inPerson = meet([who.id], of.officials);
    return lets(line[post.role], `${inArea ? 'a' : ''}${ofUnit ? 'u' : ''}${inPerson ? 's' : ''}`);
  });
}

describe('who may do what where', () => {
  test('[L1] the table and its second writing name the same actions', () => {
    expect(Object.keys(rules).toSorted()).toEqual([...expected.keys()].toSorted());
  });

  test('[L1] a record is opened to exactly those the second table names', () => {
    fc.assert(
      fc.property(actor, action, reach, (who, what, of) => {
        expect(may(who, what, of)).toBe(should(who, what, of));
      }),
      { numRuns: 20_000 },
    );
  });

  test('[L1] a list shows an official exactly the records they may open one by one', () => {
    fc.assert(
      fc.property(official, action, reach, (who, what, of) => {
        const scope = scopeOf(who, what);
        const listed =
          scope.all ||
          meet(scope.areas, of.areas) ||
          meet(scope.units, of.units) ||
          meet(scope.officials, of.officials);
        expect(listed).toBe(should(who, what, of));
        if (seesNothing(scope)) expect(listed).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  test('[L1] a list of what a key opens is nobody’s: a resident has one record, not a list', () => {
    fc.assert(
      fc.property(fc.constantFrom('m1', 'm2'), action, (record, what) => {
        expect(scopeOf({ kind: 'resident', record }, what).all).toBe(lets(expected.get(what)?.resident ?? '', ''));
      }),
    );
  });

  test('[L1] whoever may open any record passes the first gate, and nobody else', () => {
    fc.assert(
      fc.property(actor, action, reach, (who, what, of) => {
        if (should(who, what, of)) expect(mayAtAll(who, what)).toBe(true);
        const line = expected.get(what);
        const named =
          who.kind === 'official' ? who.standings.some((post) => line?.[post.role] !== '-') : line?.[who.kind] !== '-';
        expect(mayAtAll(who, what)).toBe(line !== undefined && named);
      }),
      { numRuns: 5_000 },
    );
  });

  test('[L1] one more post never takes anything away', () => {
    fc.assert(
      fc.property(official, standing, action, reach, (who, more, what, of) => {
        if (may(who, what, of)) expect(may({ ...who, standings: [...who.standings, more] }, what, of)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
