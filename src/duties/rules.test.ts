import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay, workingDays } from '../calendar/days.ts';
import { explainDone, explainOutlook, explainOwed } from './explain.ts';
import { DutiesPolicy, DutyTemplate, dutyPolicies, type Person } from './model.ts';
import { periodAt, periodsIn, spanOf } from './periods.ts';
import { countOf, fixedDates, marketOf, progressIn, sharedBy } from './rules.ts';
import {
  calendarArbitrary,
  countSlowly,
  daysAround,
  dutyArbitrary,
  evidenceArbitrary,
  marketsArbitrary,
  ids,
  nameOf,
  personArbitrary,
  YEAR,
} from './testing.ts';

const year = spanOf(`${YEAR}-01-01`, `${YEAR}-12-31`);
const kinds = ['day', 'week', 'ten-days', 'month', 'quarter', 'half-year', 'year'] as const;
const today = fc.integer({ min: year.from, max: year.until });

describe('periods', () => {
  test('[B3] a period holds exactly the days that share its name, and periods follow each other without a gap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.integer({ min: 18_000, max: 24_000 }), (kind, day) => {
        const { from, until } = periodAt(kind, day);
        const days = daysAround(kind, toDay(day));
        expect([toDay(from), toDay(until)]).toEqual([days[0], days.at(-1)]);
        expect(nameOf(kind, toDay(until + 1))).not.toBe(nameOf(kind, toDay(day)));
        const two = periodsIn(kind, { from, until: until + 1 });
        expect(two.map((p) => p.from)).toEqual([from, until + 1]);
      }),
      { numRuns: 600 },
    );
  });
});

describe('what is owed and done', () => {
  test('[B3] every figure of a random year is what the slow count says: leave, transfers, acting, holidays, made-up days, markets', () => {
    let owing = 0;
    fc.assert(
      fc.property(
        dutyArbitrary,
        personArbitrary,
        evidenceArbitrary,
        calendarArbitrary,
        marketsArbitrary,
        today,
        (duty, person, evidence, calendar, markets, now) => {
          const terms = { duties: [duty], markets, calendar, today: toDay(now) };
          const progress = progressIn(terms, person, year, evidence);
          const counted = new Map(progress.map((p) => [toDay(p.owed.period.from), p]));
          for (const { from } of periodsIn(duty.period, year)) {
            const slow = countSlowly(duty, person, toDay(from), evidence, calendar, markets);
            const fast = counted.get(toDay(from));
            expect(
              fast && {
                owed: fast.owed.owed,
                done: fast.done,
                filled: fast.filled,
                missing: fast.missing,
                fixed: fast.fixed.map((d) => toDay(d.original)),
              },
              `${duty.period} from ${toDay(from)}`,
            ).toEqual(slow);
            if (slow !== undefined && slow.owed > 0) owing += 1;
          }
        },
      ),
      { numRuns: 400 },
    );
    // The generators are of no use if nobody ever owed anything.
    expect(owing).toBeGreaterThan(1_000);
  });

  test('[B3] one more piece of evidence never makes anybody owe more or stand further back', () => {
    fc.assert(
      fc.property(
        dutyArbitrary,
        personArbitrary,
        evidenceArbitrary.filter((e) => e.length > 0),
        calendarArbitrary,
        today,
        (duty, person, evidence, calendar, now) => {
          const terms = { duties: [duty], markets: [], calendar, today: toDay(now) };
          const before = progressIn(terms, person, year, evidence.slice(1));
          const after = progressIn(terms, person, year, evidence);
          expect(after.map((p) => p.owed.owed)).toEqual(before.map((p) => p.owed.owed));
          for (const [i, p] of after.entries()) {
            expect(p.filled).toBeGreaterThanOrEqual(before[i]!.filled);
            expect(p.missing).toBeLessThanOrEqual(before[i]!.missing);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('[B3] the order evidence comes in means nothing', () => {
    fc.assert(
      fc.property(
        dutyArbitrary,
        personArbitrary,
        evidenceArbitrary,
        calendarArbitrary,
        (duty, person, evidence, calendar) => {
          const terms = { duties: [duty], markets: [], calendar, today: `${YEAR}-06-15` };
          const figures = (list: typeof evidence) =>
            progressIn(terms, person, year, list).map((p) => [p.owed.owed, p.done, p.filled, p.outlook, p.projected]);
          expect(figures(evidence.toReversed())).toEqual(figures(evidence));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('[B3] the outlook fits the figures, and every figure is explained in whole sentences', () => {
    fc.assert(
      fc.property(
        dutyArbitrary,
        personArbitrary,
        evidenceArbitrary,
        calendarArbitrary,
        today,
        (duty, person, evidence, calendar, now) => {
          const terms = { duties: [duty], markets: [], calendar, today: toDay(now) };
          for (const p of progressIn(terms, person, year, evidence)) {
            if (p.outlook === 'met') expect(p.missing).toBe(0);
            if (p.outlook === 'missed') expect(now).toBeGreaterThan(p.owed.period.until);
            if (p.outlook === 'none') expect(p.owed.owed).toBe(0);
            if (p.missing > 0 && now > p.owed.period.until) expect(p.outlook).toBe('missed');
            const said = [
              ...explainOwed(p, toDay(now)),
              ...explainDone(p, toDay(now)),
              ...explainOutlook(p, toDay(now)),
            ];
            for (const sentence of said) expect(sentence).toMatch(/^[^。]+(。|；[^。]+。)([^。]*。)*$/);
            expect(said.join('')).not.toMatch(/NaN|undefined|null|Infinity/);
            expect(said.join('')).toContain(`应完成 ${p.owed.owed} `);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

// ── the documents' own numbers ─────────────────────────────────────────────────────────────────────────────────────

const shipped = DutiesPolicy.parse(dutyPolicies[0]!.standard.document).duties;
const duty = (id: string): DutyTemplate => shipped.find((d) => d.id === id)!;
const published = { years: {} };
const post = {
  unit: ids.units[0],
  unitType: 'township',
  leads: false,
  since: '2020-01-01',
  until: null,
  title: '',
} as const;
const person = (over: Partial<Person['posts'][number]>, more: Partial<Person> = {}): Person => ({
  id: ids.person,
  name: '某人',
  title: '',
  posts: [{ ...post, role: 'field', areas: [ids.areas[0], ids.areas[1]], level: 'township', ...over }],
  assignments: [],
  exceptions: [],
  acting: [],
  households: [],
  ...more,
});
const officer = person({ role: 'handler', level: 'county', unitType: 'department', areas: [ids.areas[0]] });
const leader = (title: string) => person({ role: 'leader', level: 'county', title, areas: [ids.areas[0]] });
/** One visit or reception on a day. */
const done = (kind: 'visit' | 'reception', day: string, official: string = ids.person, stream: string = ids.other) => ({
  stream,
  place: 0,
  official,
  kind,
  day,
  amount: 1,
  area: null,
  subject: null,
  confirmed: false,
});
const owing = (id: string, who: Person, day: string, now = day) =>
  progressIn({ duties: [duty(id)], markets: [], calendar: published, today: now }, who, spanOf(day, day), [])[0]?.owed
    .owed;

describe('[B3] the duties the documents name', () => {
  test.each([
    ['village-days', person({}), 4, 'week'],
    ['grassroots-days', officer, 2, 'month'],
    ['labour', officer, 10, 'year'],
    ['labour', person({}), 24, 'year'],
    ['reception-leaders', leader('县委书记'), 1, 'month'],
    ['reception-leaders', leader('县长'), 1, 'month'],
    ['reception-leaders', leader('副县长'), 2, 'month'],
    ['reception-leaders', leader('市长'), undefined, 'month'],
    ['reception-city', leader('市长'), 1, 'quarter'],
    ['reception-heads', person({ leads: true }), 1, 'week'],
    ['field-study', leader('副县长'), 60, 'year'],
    ['study-report', person({ role: 'head' }), 1, 'year'],
    ['hard-problems', leader('副县长'), 2, 'year'],
    ['diary-day', person({}), 1, 'day'],
    ['diary-week', person({}), 1, 'week'],
    ['diary-month', person({}), 1, 'month'],
    ['coverage', person({}, { households: ['a', 'b', 'c'] }), 3, 'year'],
  ] as const)('%s', (id, who, amount, period) => {
    expect(duty(id).period).toBe(period);
    // A Wednesday, in a year nobody published yet: the weekly pattern.
    expect(owing(id, who, '2031-03-12') ?? 0).toBe(amount ?? 0);
  });

  test('upper ends of ranges are told, not owed', () => {
    expect([duty('study-report').upTo, duty('hard-problems').upTo]).toEqual([2, 3]);
  });

  test('whoever is not meant owes nothing', () => {
    expect(owing('village-days', officer, '2031-03-12')).toBeUndefined();
    expect(owing('grassroots-days', person({}), '2031-03-12')).toBeUndefined();
    expect(owing('reception-heads', person({}), '2031-03-12')).toBeUndefined();
  });

  test('every duty names its source and how sure it is', () => {
    for (const d of shipped)
      expect([d.id, d.source.length > 10, 'ABC'.includes(d.confidence)]).toEqual([d.id, true, true]);
  });
});

describe('[B3] the 28th (Y2)', () => {
  const at = (days: string[], now: string, around = now) =>
    progressIn(
      { duties: [duty('grassroots-days')], markets: [], calendar: published, today: now },
      officer,
      spanOf(around, around),
      days.map((day) => done('visit', day)),
    )[0]!;

  test('two free days do not make up for it', () => {
    const p = at(['2031-05-06', '2031-05-07'], '2031-05-20');
    expect([p.owed.owed, p.done, p.filled, p.missing, p.outlook]).toEqual([2, 2, 1, 1, 'open']);
    expect(explainOutlook(p, '2031-05-20').join('')).toContain('5 月 28 日（周三）是固定的日子');
  });

  test('the 28th and one other day are enough, and the day itself holds no meetings', () => {
    expect(at(['2031-05-06', '2031-05-28'], '2031-05-29').outlook).toBe('met');
    expect(duty('grassroots-days').noMeetings).toBe(true);
  });

  test('a 28th that was missed is said while there is still time to ask for an exception', () => {
    const p = at(['2031-05-06'], '2031-05-29');
    expect(p.outlook).toBe('late');
    expect(explainDone(p, '2031-05-29').join('')).toContain('28 日：没有去，别的日子不能顶。');
  });

  test('on a weekend it moves to the nearest working day of the month; who went on the day itself kept it', () => {
    // 28 June 2031 is a Saturday, 30 June a Monday; 28 December a Sunday.
    const moved = at([], '2031-06-10');
    expect(moved.fixed.map((d) => toDay(d.day!))).toEqual(['2031-06-30']);
    expect(explainOwed(moved, '2031-06-10').join('')).toContain('28 日逢周末，改到 6 月 30 日；当天去了也算。');
    expect(at(['2031-06-28', '2031-06-03'], '2031-06-30').outlook).toBe('met');
    // February 2026: the 28th is a Saturday and the month's last day; the Friday before.
    expect(at([], '2026-02-10').fixed.map((d) => toDay(d.day!))).toEqual(['2026-02-27']);
  });

  test('on leave on the 28th it falls away and is not made up', () => {
    const away = {
      id: ids.other,
      type: 'leave' as const,
      from: '2031-05-28',
      until: '2031-05-28',
      duty: null,
      reason: '休假',
    };
    const [p] = progressIn(
      { duties: [duty('grassroots-days')], markets: [], calendar: published, today: '2031-05-20' },
      { ...officer, exceptions: [away] },
      spanOf('2031-05-20', '2031-05-20'),
      [],
    );
    expect([p!.owed.owed, p!.fixed.length]).toEqual([1, 0]);
    expect(explainOwed(p!, '2031-05-20').join('')).toContain('28 日不在岗，这一天免去，不另补。');
  });
});

describe('[B3] partial periods', () => {
  test('who came in the middle of the year owes in proportion, to the half-day', () => {
    const late = person({ since: '2031-07-01' });
    const [p] = progressIn(
      { duties: [duty('labour')], markets: [], calendar: published, today: '2031-08-01' },
      late,
      spanOf('2031-08-01', '2031-08-01'),
      [],
    );
    // 184 of 365 days: 24 × 184 ÷ 365 = 12.098…, rounded up to the next half.
    expect(p!.owed.owed).toBe(12.5);
    expect(explainOwed(p!, '2031-08-01').join('')).toContain(
      '181 天还没任职或已离任，在岗 184 天，按比例是 12.1 天，往上取 12.5 天',
    );
  });

  test('a week with a holiday asks for less, a made-up Saturday never for more', () => {
    const calendar = {
      years: { 2031: { holidays: ['2031-05-01', '2031-05-02'], workdays: ['2031-05-10'], source: '测试' } },
    };
    const week = (day: string) =>
      progressIn(
        { duties: [duty('village-days')], markets: [], calendar, today: day },
        person({}),
        spanOf(day, day),
        [],
      )[0]!;
    // Three of five working days: 2.4, rounded up.
    expect(week('2031-04-28').owed.owed).toBe(3);
    expect(explainOwed(week('2031-04-28'), '2031-04-28').join('')).toContain('2 天放假');
    expect(week('2031-05-06').owed.owed).toBe(4);
  });

  test('whoever acts for another owes the other’s reception day', () => {
    const acting = { ...leader('县长').posts[0]!, since: '2031-05-01', until: '2031-05-31', of: ids.other };
    expect(owing('reception-leaders', officer, '2031-05-12')).toBeUndefined();
    expect(owing('reception-leaders', { ...officer, acting: [acting] }, '2031-05-12')).toBe(1);
    expect(owing('reception-leaders', { ...officer, acting: [acting] }, '2031-06-12')).toBeUndefined();
  });
});

describe('[B3] fixed dates', () => {
  const working = workingDays(published);
  test('a Tuesday, the last day of a short month, market days by both calendars', () => {
    const on = (fixed: DutyTemplate['fixed'], from: string, until: string, lunar?: boolean) =>
      fixedDates(
        { fixed, dayOff: 'keep' },
        spanOf(from, until),
        working,
        lunar === undefined ? undefined : { area: ids.areas[0], name: '集', digits: [3, 8], lunar },
      ).map((d) => toDay(d.day!));
    expect(on([{ on: 'weekday', weekday: 2 }], '2026-11-23', '2026-11-29')).toEqual(['2026-11-24']);
    expect(on([{ on: 'date', date: 31 }], '2026-02-01', '2026-02-28')).toEqual(['2026-02-28']);
    expect(on([{ on: 'market' }], '2026-11-01', '2026-11-15', false)).toEqual([
      '2026-11-03',
      '2026-11-08',
      '2026-11-13',
    ]);
    // Spring Festival 2026, the first of the first lunar month, is 17 February.
    expect(on([{ on: 'market' }], '2026-02-17', '2026-02-28', true)).toEqual(['2026-02-19', '2026-02-24']);
    expect(on([{ on: 'market' }], '2026-11-01', '2026-11-15')).toEqual([]);
  });

  test('with "only", nothing counts on other days: a head’s reception on Mondays', () => {
    const at = (day: string) =>
      progressIn(
        { duties: [duty('reception-heads')], markets: [], calendar: published, today: '2031-05-16' },
        person({ leads: true }),
        spanOf('2031-05-14', '2031-05-14'),
        [done('reception', day)],
      )[0]!;
    expect(at('2031-05-12').outlook).toBe('met');
    expect([at('2031-05-13').done, at('2031-05-13').outlook]).toEqual([0, 'late']);
  });
});

describe('the document', () => {
  test('[B3] what cannot be counted is refused with its field', () => {
    const fault = (over: object) => {
      const parsed = DutyTemplate.safeParse({ ...duty('grassroots-days'), ...over });
      return parsed.success ? undefined : parsed.error.issues[0]!.path[0];
    };
    expect(fault({})).toBeUndefined();
    expect(fault({ validTo: '2019-01-01' })).toBe('validTo');
    expect(fault({ evidence: { kinds: ['visit'], count: 'entries' } })).toBe('fixed');
    expect(fault({ period: 'week' })).toBe('fixed');
    expect(fault({ upTo: 1 })).toBe('upTo');
    expect(fault({ fixed: [], of: 'households' })).toBe('evidence');
    expect(fault({ amount: 0.3 })).toBe('amount');
    expect(DutiesPolicy.safeParse({ duties: [duty('labour'), duty('labour')], markets: [] }).success).toBe(false);
  });
});

describe('[B3] one of them each day', () => {
  test('what any of those meant does counts for all, a day once; switched off nobody owes it', () => {
    const turns = { ...duty('reception-turns'), inUse: true, period: 'week' as const, amount: 3 };
    const [me, other] = [leader('副县长'), { ...leader('副县长'), id: ids.other }];
    const evidence = [
      done('reception', '2031-05-12', ids.person, ids.units[0]),
      done('reception', '2031-05-12', ids.other, ids.units[1]),
      done('reception', '2031-05-13', ids.other, ids.areas[0]),
      // Somebody who is not meant.
      done('reception', '2031-05-14', ids.units[0], ids.areas[1]),
    ];
    const span = spanOf('2031-05-12', '2031-05-18');
    const shared = sharedBy([turns], [me, other, { ...officer, id: ids.units[0] }], evidence, span);
    const terms = { duties: [turns], markets: [], calendar: published, today: '2031-05-14' };
    const own = (who: Person) => progressIn(terms, who, span, [], shared)[0]!;
    expect([own(me).owed.owed, own(me).done, own(other).done]).toEqual([3, 2, 2]);
    expect(progressIn({ ...terms, duties: [duty('reception-turns')] }, me, span, [], shared)).toEqual([]);
    expect(duty('reception-turns').period).toBe('day');
    expect([duty('reception-turns-city').period, duty('reception-turns-city').joint]).toEqual(['week', true]);
  });
});

describe('[B3] what any number of officials did', () => {
  test('two who went on one day are two days, two who saw one household saw one', () => {
    const [mine, theirs] = [ids.person, ids.other].map((who, i) => ({
      ...done('visit', '2031-05-12', who, ids.units[i]!),
      subject: ids.areas[0],
    }));
    const rule = { kinds: ['visit' as const], confirmed: false };
    const both = [mine!, theirs!, { ...mine!, place: 1 }];
    expect(countOf({ ...rule, count: 'days' }, both)).toBe(2);
    expect(countOf({ ...rule, count: 'subjects' }, both)).toBe(1);
    expect(countOf({ ...rule, count: 'entries' }, both)).toBe(3);
  });

  test('a market is that of the smallest place that has one', () => {
    const market = (area: string, digit: number) => ({ area, name: '集', digits: [digit], lunar: false });
    const markets = [market(ids.areas[0], 1), market(ids.areas[1], 2)];
    expect(marketOf([ids.areas[0], ids.areas[1]], markets)?.digits).toEqual([2]);
    expect(marketOf([ids.areas[0], ids.areas[2]], markets)?.digits).toEqual([1]);
    expect(marketOf([ids.areas[2]], markets)).toBeUndefined();
  });
});
