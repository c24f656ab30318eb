import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { type Candidate, groups, listFor } from './today.ts';

const today = '2026-11-21';
const policy = { revisitDays: 7, longUnseenDays: 60, dailyList: 20, signDays: 30 };
const weights = new Map([
  ['独居老人关照', 10],
  ['助学', 3],
]);
const ago = (days: number) => addDays(today, -days);
const home: Candidate = {
  household: 'h',
  head: '张桂兰',
  address: '12 号',
  village: '柳河村',
  grid: '第一网格',
  residents: 1,
  eldestBorn: 1944,
  needs: [],
  lastMet: ago(5),
  tries: 0,
  lastTry: null,
  revisitBy: null,
  promises: [],
  reasons: [],
};
const day = fc.integer({ min: -10, max: 120 }).map(ago);
const candidates = fc
  .array(
    fc.record({
      lastMet: fc.option(fc.nat(120).map(ago)),
      tries: fc.nat(3),
      needs: fc.subarray(['独居老人关照', '助学']),
      promises: fc.array(fc.record({ what: fc.constant('修渠'), due: day }), { maxLength: 2 }),
      reasons: fc.constantFrom([], ['水渠一事办结了，看看通没通']),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map((r, i): Candidate => ({
      ...home,
      ...r,
      household: `h${i}`,
      ...(r.tries > 0 ? { lastTry: ago(3), revisitBy: addDays(today, 4) } : {}),
    })),
  );

describe('today’s list', () => {
  test('[B1] goes from promises over revisits and needs to those unseen longest; every row says why', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const rows = listFor(all, today, policy, weights);
        const places = rows.map((r) => groups.indexOf(r.group));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(rows.length).toBeLessThanOrEqual(policy.dailyList);
        for (const row of rows) expect(row.why.length).toBeGreaterThan(0);
      }),
    );
  });

  test('[B1] who was met today is gone from it, unless a promise is due; who was never met or long unseen is on it', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const listed = new Map(
          listFor(all, today, { ...policy, dailyList: 200 }, weights).map((r) => [r.household, r.group]),
        );
        for (const c of all) {
          const due = c.promises.some((p) => p.due <= addDays(today, 2));
          if (due) expect(listed.get(c.household)).toBe('promise');
          else if (c.lastMet === today) expect(listed.has(c.household)).toBe(false);
          else if (c.tries > 0) expect(listed.get(c.household)).toBe('revisit');
          else if (c.lastMet === null || c.lastMet <= ago(60)) expect(listed.has(c.household)).toBe(true);
        }
      }),
    );
  });

  test.each<[string, Partial<Candidate>, string[]]>([
    ['unseen', { lastMet: ago(62) }, ['62 天没见着', '82 岁，一个人住']],
    ['unseen', { lastMet: null, residents: 3 }, ['还没见过', '家里有 82 岁的老人']],
    ['need', { lastMet: ago(30), needs: ['独居老人关照'] }, ['30 天没见着', '82 岁，一个人住', '登记了独居老人关照']],
    [
      'revisit',
      { tries: 1, lastTry: '2026-11-09', revisitBy: '2026-11-28', residents: 2, eldestBorn: 1980 },
      ['上次（11 月 9 日）没人在家，要补访', '5 天没见着'],
    ],
    [
      'revisit',
      { tries: 2, lastTry: '2026-11-09', revisitBy: '2026-11-16', residents: 2, eldestBorn: null },
      ['去了 2 次都没人，上次是 11 月 9 日，补访过期 5 天', '5 天没见着'],
    ],
    [
      'promise',
      {
        promises: [
          { what: '问低保', due: today },
          { what: '修灯', due: ago(3) },
        ],
        residents: 2,
        eldestBorn: null,
      },
      ['答应的“修灯”过期 3 天', '今天要兑现“问低保”', '5 天没见着'],
    ],
  ])('[B1] says why in words: %s', (group, change, why) => {
    expect(listFor([{ ...home, ...change }], today, policy, weights)).toMatchObject([{ group, why }]);
  });

  test('a household seen lately that needs nothing is left in peace', () => {
    expect(listFor([home, { ...home, household: 'i', lastMet: ago(59) }], today, policy, weights)).toEqual([]);
  });
});
