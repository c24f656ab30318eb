import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type { PremiseCommand, PremiseEvent, PremiseFacts, PremiseState } from './model.ts';
import { premises } from './rules.ts';

const facts: PremiseFacts = { at: '2026-11-20T02:00:00.000Z', chain: ['county', 'village'], fits: true, atWork: true };
const check: PremiseCommand = {
  kind: 'premise.check',
  list: 'service-point',
  area: 'village',
  item: 'staff',
  state: 'there',
  on: '2026-11-20',
  note: '两人轮值',
};
const charge: PremiseCommand = {
  kind: 'premise.charge',
  list: 'service-point',
  area: 'village',
  item: 'staff',
  official: 'field',
  due: '2026-11-21',
};
const refused = (command: PremiseCommand, change: Partial<PremiseFacts> = {}): unknown => {
  const verdict = premises.decide({ status: 'none' }, command, { ...facts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of premises', () => {
  test('[A5] an item of a list that is asked there is looked at on a day that came, and given to somebody at work', () => {
    for (const command of [check, charge]) {
      expect(refused(command), command.kind).toBe(undefined);
      expect(refused(command, { chain: undefined })).toEqual(['premise.unknown', 'item']);
      expect(refused(command, { fits: false })).toEqual(['premise.unknown', 'item']);
    }
    expect(refused({ ...check, on: '2026-11-21' })).toEqual(['premise.in-future', 'on']);
    expect(refused(check, { atWork: false })).toBe(undefined);
    expect(refused(charge, { atWork: false })).toEqual(['premise.person-unknown', 'official']);
    expect(refused({ ...charge, due: '2026-11-20' })).toEqual(['premise.due-past', 'due']);
  });

  test('[A5] whatever order looks are written down in, the newest stands, and each day out counts once', () => {
    const look = fc.record({
      item: fc.constantFrom('staff', 'sign'),
      state: fc.constantFrom('there' as const, 'partly' as const, 'missing' as const),
      day: fc.integer({ min: 1, max: 20 }),
      actor: fc.constantFrom('field', 'head'),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 12 }), (looks) => {
        const on = (day: number): string => `2026-11-${String(day).padStart(2, '0')}`;
        let state: PremiseState = { status: 'none' };
        for (const [i, { item, state: is, day, actor }] of looks.entries()) {
          const event: PremiseEvent = {
            kind: 'premise.checked',
            list: 'service-point',
            area: 'village',
            chain: facts.chain!,
            item,
            state: is,
            on: on(day),
            note: `第 ${i} 次`,
          };
          state = premises.evolve(state, event, { actor, at: facts.at, version: i + 1 });
        }
        const after = state as Extract<PremiseState, { status: 'open' }>;
        for (const item of ['staff', 'sign']) {
          const of = looks.filter((l) => l.item === item);
          // Of two looks on one day the later word stands.
          const newest = of.reduce<(typeof of)[number] | undefined>(
            (a, b) => (a === undefined || b.day >= a.day ? b : a),
            undefined,
          );
          expect(after.items[item]?.state).toBe(newest?.state);
          expect(after.items[item]?.on).toBe(newest === undefined ? undefined : on(newest.day));
          expect(after.items[item]?.by).toBe(newest?.actor);
        }
        const days = new Set(looks.map((l) => `${l.actor} ${on(l.day)}`));
        expect(after.looks.map((l) => `${l.official} ${l.on}`).toSorted()).toEqual([...days].toSorted());
      }),
    );
  });

  test('[A5] who answers for an item stays so when it is looked at, and what was seen when it is given to somebody', () => {
    const at = (actor: string, version: number) => ({ actor, at: facts.at, version });
    const [charged] = premises.decide({ status: 'none' }, charge, facts) as PremiseEvent[];
    const [checked] = premises.decide({ status: 'none' }, check, facts) as PremiseEvent[];
    const one = premises.evolve(premises.evolve({ status: 'none' }, charged!, at('head', 1)), checked!, at('field', 2));
    const other = premises.evolve(
      premises.evolve({ status: 'none' }, checked!, at('field', 1)),
      charged!,
      at('head', 2),
    );
    for (const state of [one, other])
      expect(state).toMatchObject({ items: { staff: { state: 'there', official: 'field', due: '2026-11-21' } } });
  });
});
