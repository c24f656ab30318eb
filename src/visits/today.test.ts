import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { type Candidate, doorIn, groups, listFor } from './today.ts';

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
  trier: null,
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
      promises: fc.array(fc.record({ what: fc.constant('修渠'), due: day, giver: fc.constantFrom(null, '李明') }), {
        maxLength: 2,
      }),
      reasons: fc.constantFrom([], ['水渠一事办结了，看看通没通']),
      revisitBy: day,
      trier: fc.constantFrom(null, '李明'),
      residents: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map((r, i): Candidate => ({
      ...home,
      ...r,
      household: `h${i}`,
      ...(r.tries > 0 ? { lastTry: addDays(r.revisitBy, -7) } : { revisitBy: null }),
    })),
  );

describe('today’s list', () => {
  test('[B1] goes from promises over matters, revisits and needs to those unseen longest; every row says why', () => {
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
          else if (c.reasons.length > 0) expect(listed.get(c.household)).toBe('reason');
          else if (c.tries > 0 && c.revisitBy! >= ago(30)) expect(listed.get(c.household)).toBe('revisit');
          else if (c.tries > 0) expect(['need', 'unseen']).toContain(listed.get(c.household));
          else if (c.lastMet === null || c.lastMet <= ago(60)) expect(listed.has(c.household)).toBe(true);
        }
      }),
    );
  });

  test('[B1] no group fills the day while another waits; promises alone go before all', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 30 }), (all, places) => {
        const whole = Map.groupBy(listFor(all, today, { ...policy, dailyList: 200 }, weights), (r) => r.group);
        const rows = listFor(all, today, { ...policy, dailyList: places }, weights);
        const kept = Map.groupBy(rows, (r) => r.group);
        const size = (of: typeof whole, group: (typeof groups)[number]) => of.get(group)?.length ?? 0;
        const total = groups.reduce((sum, group) => sum + size(whole, group), 0);
        expect(rows).toHaveLength(Math.min(places, total));
        expect(size(kept, 'promise')).toBe(Math.min(places, size(whole, 'promise')));
        const cut = groups.filter((g) => g !== 'promise' && size(kept, g) < size(whole, g));
        for (const group of groups) {
          // What is kept of a group is its beginning.
          expect(kept.get(group) ?? []).toEqual((whole.get(group) ?? []).slice(0, size(kept, group)));
          if (group === 'promise') continue;
          for (const short of cut) expect(size(kept, group)).toBeLessThanOrEqual(size(kept, short) + 1);
        }
      }),
    );
  });

  test('[B1] the list of a day grows shorter as it is walked, but keeps every promise', () => {
    fc.assert(
      fc.property(candidates, fc.nat(25), (all, gone) => {
        const promised = listFor(all, today, policy, weights).filter((r) => r.group === 'promise').length;
        const rows = listFor(all, today, policy, weights, gone);
        expect(rows.filter((r) => r.group === 'promise')).toHaveLength(promised);
        expect(rows.length).toBeLessThanOrEqual(Math.max(promised, policy.dailyList - gone));
      }),
    );
  });

  test('[B1] red is only what is overdue and one’s own to keep', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const of = new Map(all.map((c) => [c.household, c]));
        for (const row of listFor(all, today, { ...policy, dailyList: 200 }, weights)) {
          const c = of.get(row.household)!;
          const mine = c.promises.some((p) => p.giver === null && p.due < today);
          const missed = c.tries > 0 && c.trier === null && c.revisitBy! < today && c.revisitBy! >= ago(30);
          expect(row.late).toBe((row.group === 'promise' && mine) || (row.group === 'revisit' && missed));
        }
      }),
    );
  });

  test.each<[string, Partial<Candidate>, string[]]>([
    ['unseen', { lastMet: ago(62) }, ['82 岁，一个人住', '62 天没见着']],
    ['unseen', { lastMet: null, residents: 3 }, ['家里有 82 岁的老人', '还没见过']],
    ['need', { lastMet: ago(30), needs: ['独居老人关照'] }, ['82 岁，一个人住', '30 天没见着', '登记了独居老人关照']],
    [
      'revisit',
      { tries: 1, lastTry: '2026-11-09', revisitBy: '2026-11-28', residents: 2, eldestBorn: 1980 },
      ['11 月 9 日没人在家，11 月 28 日前补访', '5 天没见着'],
    ],
    [
      'revisit',
      { tries: 2, lastTry: '2026-11-09', revisitBy: '2026-11-16', residents: 2, eldestBorn: null },
      ['去了 2 次都没人，上次是 11 月 9 日，补访晚了 5 天', '5 天没见着'],
    ],
    [
      'revisit',
      { tries: 2, lastTry: today, revisitBy: addDays(today, 7), residents: 2, eldestBorn: null },
      ['去了 2 次都没人，上次是今天，11 月 28 日前补访', '5 天没见着'],
    ],
    [
      'revisit',
      { tries: 1, lastTry: '2026-11-09', revisitBy: '2026-11-16', trier: '李明', residents: 2, eldestBorn: null },
      ['11 月 9 日没人在家（李明去的），补访晚了 5 天', '5 天没见着'],
    ],
    [
      'unseen',
      { tries: 1, lastTry: '2026-04-03', revisitBy: '2026-04-10', lastMet: null, residents: 4, eldestBorn: 1980 },
      ['还没见过', '4 月 3 日没人在家，一直没补上'],
    ],
    [
      'promise',
      {
        promises: [
          { what: '问低保', due: today, giver: '李明' },
          { what: '修灯', due: ago(3), giver: null },
        ],
        residents: 2,
        eldestBorn: null,
      },
      ['答应的“修灯”过期 3 天', '今天要兑现李明答应的“问低保”', '5 天没见着'],
    ],
  ])('[B1] says why in words: %s', (group, change, why) => {
    expect(listFor([{ ...home, ...change }], today, policy, weights)).toMatchObject([{ group, why }]);
  });

  test('a household seen lately that needs nothing is left in peace', () => {
    expect(listFor([home, { ...home, household: 'i', lastMet: ago(59) }], today, policy, weights)).toEqual([]);
  });

  test('[B1] who is old and alone comes before who was only not seen as long', () => {
    const young = { ...home, household: 'young', residents: 3, eldestBorn: 1980, lastMet: ago(200) };
    const alone = { ...home, household: 'alone', lastMet: ago(90) };
    expect(listFor([young, alone], today, policy, weights).map((r) => r.household)).toEqual(['alone', 'young']);
  });

  test('an address is said as one says it in the village', () => {
    expect(doorIn('清河县柳河镇柳河村三组12号', '柳河村')).toBe('三组12号');
    expect(doorIn('三组12号', '柳河村')).toBe('三组12号');
    expect(doorIn('柳河村', '柳河村')).toBe('柳河村');
    expect(doorIn('三组12号', null)).toBe('三组12号');
  });
});
