import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import { lettersOf } from './letters.ts';
import {
  ERASED,
  type HouseholdCommand,
  type HouseholdEvent,
  type HouseholdFacts,
  type HouseholdState,
} from './model.ts';
import { headOf, households, possible, present } from './rules.ts';
import { residentRecords } from './tables.ts';

const ids = Array.from({ length: 4 }, (_, i) => `b0000000-0000-4000-8000-00000000000${i}`);
const official = 'a0000000-0000-4000-8000-000000000001';
const today = '2026-11-21';
const facts: HouseholdFacts = {
  chain: ['county', 'township', 'village', 'grid'],
  officialKnown: true,
  services: ['独居老人关照', '助学'],
  lastDay: '2028-11-20',
  today,
};
const phone = fc.constantFrom('13800000001', '13800000002', undefined);
const person = fc
  .record({
    id: fc.constantFrom(...ids),
    name: fc.constantFrom('张桂兰', '单雄'),
    relation: fc.constantFrom('户主', '子'),
    phone,
  })
  .map((p) => ({
    ...p,
    phonePrint: p.phone === undefined ? undefined : `print ${p.phone}`,
  }));
const who = fc.constantFrom(...ids);
const command: fc.Arbitrary<HouseholdCommand> = fc.oneof(
  fc
    .array(person, { minLength: 1, maxLength: 3 })
    .map((residents) => ({ kind: 'household.register' as const, area: ids[0]!, address: '12 号', residents })),
  fc
    .record({ address: fc.constantFrom('12 号', '13 号'), moved: fc.boolean() })
    .map((f) => ({ kind: 'household.amend' as const, ...f })),
  fc.constantFrom(official, null).map((o) => ({ kind: 'household.contact' as const, official: o })),
  person.map((resident) => ({ kind: 'resident.add' as const, resident })),
  fc
    .record({ resident: who, name: fc.constantFrom('张桂兰', '李四'), phone: fc.constantFrom('13800000003', null) })
    .map((f) => ({
      kind: 'resident.amend' as const,
      ...f,
      phonePrint: f.phone === null ? null : `print ${f.phone}`,
    })),
  who.map((resident) => ({ kind: 'resident.leave' as const, resident, reason: 'moved' as const })),
  fc
    .record({
      resident: who,
      what: fc.constantFrom('needs' as const, 'sms' as const),
      until: fc.constantFrom(null, '2026-11-20', '2027-01-01', '2029-01-01'),
    })
    .map((f) => ({ kind: 'resident.consent' as const, ...f, ...(f.what === 'needs' ? { needs: ['助学'] } : {}) })),
);
const steps = fc.array(command, { maxLength: 16 });

function play(given: readonly HouseholdCommand[]) {
  let state: HouseholdState = households.initial;
  const events: Recorded<HouseholdEvent>[] = [];
  const accepted: { command: HouseholdCommand; before: HouseholdState }[] = [];
  for (const step of given) {
    const verdict = households.decide(state, step, facts);
    if (isRefusal(verdict)) continue;
    if (verdict.length > 0) accepted.push({ command: step, before: state });
    for (const event of verdict) {
      const stamped = { ...event, stamp: { actor: official, at: '2026-11-21T02:00:00Z', version: events.length + 1 } };
      events.push(stamped);
      state = households.evolve(state, stamped, stamped.stamp);
    }
  }
  return { state, events, accepted };
}
/** The events as they stand once the personal parts are gone. */
const erased = (events: readonly Recorded<HouseholdEvent>[]) =>
  events.map(
    (e) =>
      Object.fromEntries(
        Object.entries(e).filter(([key]) => key !== 'personal'),
      ) as unknown as Recorded<HouseholdEvent>,
  );
const rowsOf = (state: HouseholdState) => residentRecords[0].rows(1, 'household', state);

describe('a household', () => {
  test('keeps each resident once, and only of residents who live there what they consented to', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, accepted } = play(given);
        expect(new Set(state.residents.map((r) => r.id)).size).toBe(state.residents.length);
        for (const r of state.residents) {
          if (r.left) expect(r.consents).toEqual([]);
          for (const c of r.consents) expect(c.until >= today && c.until <= facts.lastDay).toBe(true);
        }
        for (const { command: step, before } of accepted) expect(possible(before)).toContain(step.kind);
      }),
      { numRuns: 2_000 },
    );
  });

  test('shows no phone number in a read table, and its print exactly where there is a number', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = play(given);
        const rows = rowsOf(state);
        expect(JSON.stringify(rows).replaceAll(/print \d+/g, '')).not.toMatch(/138\d{8}/);
        for (const r of state.residents)
          expect(r.phonePrint).toBe(r.phone === undefined ? undefined : `print ${r.phone}`);
        expect(JSON.stringify(erased(events)).replaceAll(/print \d+/g, '')).not.toMatch(
          /138\d{8}|张桂兰|单雄|12 号|助学/,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('folds without its personal parts: erased, nothing of the person is left', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const state = fold(households, erased(play(given).events));
        for (const r of state.residents)
          expect(r).toMatchObject({ name: ERASED, phone: undefined, phonePrint: undefined });
      }),
    );
  });

  test('needs are those in force of whoever lives there', () => {
    const { state } = play([
      {
        kind: 'household.register',
        area: ids[0]!,
        address: '12 号',
        residents: [
          { id: ids[0]!, name: '单雄', relation: '户主' },
          { id: ids[1]!, name: '张桂兰', relation: '母' },
        ],
      },
      {
        kind: 'resident.consent',
        resident: ids[1]!,
        what: 'needs',
        needs: ['独居老人关照', '助学'],
        until: '2027-01-01',
      },
      { kind: 'resident.consent', resident: ids[0]!, what: 'sms', until: '2027-01-01' },
    ]);
    expect(rowsOf(state)).toMatchObject({
      household: [
        { head: '单雄', pinyin: 'shanxiong', initials: 'sx', needs: ['助学', '独居老人关照'].sort(), residents: 2 },
      ],
      resident_need: [{ what: 'sms', need: '' }, { need: '独居老人关照' }, { need: '助学' }],
    });
    expect(headOf(state)?.id).toBe(ids[0]);
    const left = households.evolve(
      state,
      { kind: 'resident.left', resident: ids[1]!, reason: 'died' },
      { actor: official, at: '', version: 9 },
    );
    expect(rowsOf(left)).toMatchObject({ household: [{ needs: [], residents: 1 }] });
    expect(present(left)).toHaveLength(1);
  });

  test.each<[string, HouseholdCommand]>([
    ['resident.consent-over', { kind: 'resident.consent', resident: ids[0]!, what: 'sms', until: '2026-11-20' }],
    ['resident.consent-too-long', { kind: 'resident.consent', resident: ids[0]!, what: 'sms', until: '2028-11-21' }],
    ['resident.needs-missing', { kind: 'resident.consent', resident: ids[0]!, what: 'needs', until: '2027-01-01' }],
    [
      'resident.need-unknown',
      { kind: 'resident.consent', resident: ids[0]!, what: 'needs', needs: ['上访'], until: '2027-01-01' },
    ],
    ['resident.unknown', { kind: 'resident.leave', resident: ids[3]!, reason: 'moved' }],
    ['resident.twice', { kind: 'resident.add', resident: { id: ids[0]!, name: '某', relation: '子' } }],
    [
      'household.exists',
      {
        kind: 'household.register',
        area: ids[0]!,
        address: '1',
        residents: [{ id: ids[0]!, name: '某', relation: '子' }],
      },
    ],
  ])('refuses: %s', (code, given) => {
    const { state } = play([
      {
        kind: 'household.register',
        area: ids[0]!,
        address: '12 号',
        residents: [{ id: ids[0]!, name: '单雄', relation: '户主' }],
      },
    ]);
    expect(households.decide(state, given, facts)).toMatchObject({ refused: code });
  });
});

test.each([
  ['单雄信', 'shanxiongxin', 'sxx'],
  ['吕欧阳', 'lvouyang', 'loy'],
  ['欧阳锋', 'ouyangfeng', 'oyf'],
  ['', '', ''],
])('[L10] %s is typed as %s or %s', (name, pinyin, initials) => {
  expect(lettersOf(name)).toEqual({ pinyin, initials });
});
