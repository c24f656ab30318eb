import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MatterState } from './model.ts';
import { matters } from './rules.ts';
import { keepSpells } from './spells.ts';

const statuses = ['registered', 'dispatched', 'handling', 'deferred', 'resolved', 'reviewing', 'closed'] as const;

test('[C16] spells never overlap, each begins once and ends at most once, and the last is open while it is in hand', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ status: fc.constantFrom(...statuses), merged: fc.boolean(), at: fc.integer({ min: 0, max: 500 }) }),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      (steps) => {
        let state: MatterState = matters.initial;
        for (const { status, merged, at } of steps) {
          const { merged: _, ...rest } = state;
          const next = {
            ...rest,
            status,
            ...(merged ? { merged: { into: 'x', number: '', at: '', before: {} } } : {}),
          };
          // Instants as they come, out of order too.
          state = keepSpells(state, next, new Date(at * 1_000_000).toISOString());
        }
        const { spells } = state;
        for (const [i, spell] of spells.entries()) {
          if (spell.wentAt !== undefined) expect(spell.cameAt <= spell.wentAt).toBe(true);
          if (i > 0) expect(spells[i - 1]!.wentAt! <= spell.cameAt).toBe(true);
          if (i < spells.length - 1) expect(spell.went).toBeDefined();
        }
        const open = spells.at(-1) !== undefined && spells.at(-1)!.went === undefined;
        expect(open).toBe(state.status !== 'closed' && state.merged === undefined);
      },
    ),
  );
});
