import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf, mayExtend, ruleOn } from './clocks.ts';
import { dayOf, isWorkingDay } from './days.ts';
import { ClockRun } from './model.ts';
import type { Amount, ClockRule, Due, RunningDue } from './model.ts';
import { clockRules } from './templates.ts';
import { calendars, dayExtensions, dayRuns, dueByList, dueByMinutes, hourRuns } from './testing.ts';
import { publishedCalendar } from './years.ts';

const rule = (id: string): ClockRule => ruleOn(clockRules, id, '2026-01-01')!;
const run = (id: string, startedAt: string, more: Partial<ClockRun> = {}): ClockRun => ({
  rule: rule(id),
  startedAt,
  suspensions: [],
  extensions: [],
  ...more,
});
const running = (due: Due): RunningDue => {
  if (due.paused) throw new Error('paused');
  return due;
};
const dayDue = (r: ClockRun) => running(dueOf(r, publishedCalendar)).day;
const working = (amount: number): ClockRule => ({ ...rule('hotline.return'), amount });
const anyRun = fc.oneof(dayRuns, hourRuns);
/** A due date on a line where a clock that stands still is later than any date. */
const position = (due: Due): number => (due.paused ? Infinity : Date.parse(due.due));

describe('a due date', () => {
  test('[C5] in calendar or working days is what ticking days off a list gives, 2023–2030', () => {
    fc.assert(
      fc.property(dayRuns, calendars, (r, calendar) => {
        const due = dueOf(r, calendar);
        expect(due.paused ? 'paused' : due.day).toBe(dueByList(r, calendar));
      }),
      { numRuns: 1500 },
    );
  });

  test('in hours is what ticking minutes gives', () => {
    fc.assert(
      fc.property(hourRuns, (r) => {
        const due = dueOf(r, publishedCalendar);
        expect(due.paused ? 'paused' : due.due).toBe(dueByMinutes(r));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same in whatever order events are listed, steps and all', () => {
    const shuffled = anyRun.chain((r) =>
      fc.record({
        r: fc.constant(r),
        suspensions: fc.shuffledSubarray([...r.suspensions], { minLength: r.suspensions.length }),
        extensions: fc.shuffledSubarray([...r.extensions], { minLength: r.extensions.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, calendars, ({ r, ...order }, calendar) => {
        expect(dueOf({ ...r, ...order }, calendar)).toEqual(dueOf(r, calendar));
      }),
    );
  });

  test('[C5] never comes earlier through a suspension', () => {
    fc.assert(
      fc.property(anyRun, calendars, (r, calendar) => {
        for (const one of r.suspensions) {
          const without = { ...r, suspensions: r.suspensions.filter((s) => s !== one) };
          expect(position(dueOf(r, calendar))).toBeGreaterThanOrEqual(position(dueOf(without, calendar)));
        }
      }),
    );
  });

  test('[C5] never comes earlier through an extension, and later when nothing rolls', () => {
    fc.assert(
      fc.property(dayRuns, dayExtensions, calendars, (r, extension, calendar) => {
        const before = position(dueOf(r, calendar));
        const after = position(dueOf({ ...r, extensions: [...r.extensions, extension] }, calendar));
        expect(after).toBeGreaterThanOrEqual(before);
        // Two ends inside one holiday roll to the same day, and so may a calendar day given before a working day:
        // only an unrolled end moved by days of one kind must move.
        const oneKind = r.extensions.every((e) => e.dayKind === extension.dayKind);
        if (!r.rule.rolls && oneKind && before < Infinity) expect(after).toBeGreaterThan(before);
      }),
    );
  });

  test('is a working day when the rule rolls or counts working days', () => {
    fc.assert(
      fc.property(dayRuns, calendars, (r, calendar) => {
        const due = dueOf({ ...r, extensions: [] }, calendar);
        if (!due.paused && (r.rule.rolls || r.rule.dayKind === 'working'))
          expect(isWorkingDay(due.day, calendar)).toBe(true);
      }),
    );
  });

  test('is the last millisecond of its day in Shanghai, whatever the hour it began', () => {
    fc.assert(
      fc.property(dayRuns, (r) => {
        const due = dueOf(r, publishedCalendar);
        if (due.paused) return;
        expect(dayOf(due.due)).toBe(due.day);
        expect(due.due.endsWith('T15:59:59.999Z')).toBe(true);
      }),
    );
  });

  test('an open suspension keeps every remaining day', () => {
    fc.assert(
      fc.property(dayRuns, calendars, (r, calendar) => {
        const due = dueOf(r, calendar);
        if (!due.paused || r.extensions.length > 0) return;
        const open = r.suspensions.find((s) => s.to === undefined)!;
        const left = due.left.reduce((sum, a) => sum + a.amount, 0);
        expect(left).toBeLessThanOrEqual(r.rule.amount);
        // Resumed long after, the clock must run exactly what was left.
        const to = '2031-06-01T00:00:00+08:00';
        const resumed = { ...r, suspensions: r.suspensions.map((s) => (s === open ? { ...s, to } : s)) };
        const rest: ClockRun = {
          ...r,
          rule: { ...r.rule, amount: left, startsNextDay: false },
          startedAt: to,
          suspensions: [],
        };
        if (left > 0) expect(running(dueOf(resumed, calendar)).day).toBe(running(dueOf(rest, calendar)).day);
      }),
    );
  });
});

describe('examples', () => {
  test('[C5] a calendar clock and a working-day clock run on one matter', () => {
    const dispatched = '2026-09-30T01:00:00Z';
    expect(dayDue(run('hotline.15-days', dispatched))).toBe('2026-10-15');
    // 1–7 October are off: the two working days are the 8th and the 9th.
    expect(dayDue(run('hotline.return', dispatched))).toBe('2026-10-09');
  });

  test('[C5] make-up days are working days', () => {
    // Friday; Saturday 28 February 2026 is worked for the Spring Festival.
    expect(dayDue({ ...run('hotline.return', '2026-02-27T01:00:00Z'), rule: working(1) })).toBe('2026-02-28');
    expect(dayDue(run('hotline.return', '2026-02-13T01:00:00Z'))).toBe('2026-02-24');
  });

  test('[C5] a suspension has a reason and its days are not counted', () => {
    const from = '2026-11-20T02:00:00Z';
    const suspensions = [{ from, to: '2026-11-25T09:00:00Z', reason: '等鉴定' }];
    const r = run('hotline.15-days', '2026-11-17T01:00:00Z', { suspensions });
    expect(dayDue(r)).toBe('2026-12-08');
    expect(dueOf(r, publishedCalendar).steps).toContainEqual({
      kind: 'suspended',
      unit: 'day',
      from: '2026-11-20',
      to: '2026-11-25',
      days: 6,
      reason: '等鉴定',
    });
    expect(ClockRun.safeParse({ ...r, suspensions: [{ from, reason: ' ' }] }).error?.issues[0]?.path).toEqual([
      'suspensions',
      0,
      'reason',
    ]);
  });

  test('[C5] while suspended there is no due date, only what is left', () => {
    const suspensions = [{ from: '2026-11-20T02:00:00Z', reason: '等鉴定' }];
    const due = dueOf(run('hotline.15-days', '2026-11-17T01:00:00Z', { suspensions }), publishedCalendar);
    expect(due).toMatchObject({ paused: true, left: [{ amount: 13, unit: 'day', dayKind: 'calendar' }] });
  });

  test('a suspension after the clock ran out changes nothing', () => {
    const suspensions = [{ from: '2026-12-03T02:00:00Z', reason: '等鉴定' }];
    expect(dayDue(run('hotline.15-days', '2026-11-17T01:00:00Z', { suspensions }))).toBe('2026-12-02');
  });

  test('an open suspension ends when the clock is stopped', () => {
    const suspensions = [{ from: '2026-11-20T02:00:00Z', reason: '等鉴定' }];
    const stoppedAt = '2026-11-21T02:00:00Z';
    expect(dayDue(run('hotline.15-days', '2026-11-17T01:00:00Z', { suspensions, stoppedAt }))).toBe('2026-12-04');
  });

  test('suspensions that overlap are told as one, those that only touch keep their own reasons', () => {
    const told = (to: string) =>
      dueOf(
        run('hotline.15-days', '2026-11-17T01:00:00Z', {
          suspensions: [
            { from: '2026-11-19T16:00:00Z', to: '2026-11-21T16:00:00Z', reason: '等听证' },
            { from: '2026-11-18T01:00:00Z', to, reason: '等鉴定' },
          ],
        }),
        publishedCalendar,
      ).steps.flatMap((s) => (s.kind === 'suspended' ? [[s.reason, s.from, s.to]] : []));
    expect(told('2026-11-19T16:00:00Z')).toEqual([
      ['等鉴定', '2026-11-18', '2026-11-19'],
      ['等听证', '2026-11-20', '2026-11-21'],
    ]);
    expect(told('2026-11-20T02:00:00Z')).toEqual([['等鉴定、等听证', '2026-11-18', '2026-11-21']]);
  });

  test('resumed at midnight, the new day counts', () => {
    const until = (to: string) =>
      dayDue(
        run('hotline.7-days', '2026-11-17T01:00:00Z', {
          suspensions: [{ from: '2026-11-18T01:00:00Z', to, reason: '等材料' }],
        }),
      );
    expect(until('2026-11-18T16:00:00Z')).toBe('2026-11-25');
    expect(until('2026-11-18T16:00:00.001Z')).toBe('2026-11-26');
  });

  test('[C5] an extension adds its days and keeps when and why it was decided', () => {
    const extension = {
      amount: 7,
      unit: 'day',
      dayKind: 'calendar',
      decidedAt: '2026-11-28T02:00:00Z',
      reason: '等设备到货',
    } as const;
    const r = run('hotline.15-days', '2026-11-17T01:00:00Z', { extensions: [extension] });
    expect(dayDue(r)).toBe('2026-12-09');
    expect(dueOf(r, publishedCalendar).steps).toContainEqual({ kind: 'extended', ...extension });
  });

  test('[C5] a petition is extended by at most 30 days in all', () => {
    const days = (amount: number): Amount => ({ amount, unit: 'day', dayKind: 'calendar' });
    expect(mayExtend(rule('petition.resolve'), [], days(30))).toBe(true);
    expect(mayExtend(rule('petition.resolve'), [], days(31))).toBe(false);
    expect(mayExtend(rule('petition.resolve'), [days(20)], days(11))).toBe(false);
    expect(mayExtend(rule('petition.resolve'), [], { ...days(5), dayKind: 'working' })).toBe(false);
    expect(mayExtend(rule('petition.review'), [], days(1))).toBe(false);
    expect(mayExtend(rule('hotline.7-days'), [], days(7))).toBe(true);
    expect(mayExtend(rule('hotline.7-days'), [], { ...days(7), unit: 'hour' })).toBe(false);
  });

  test('[C5] a last day in the National Day holiday rolls behind it', () => {
    const r = run('petition.accept', '2026-09-18T01:00:00Z');
    expect(dayDue(r)).toBe('2026-10-08');
    expect(dueOf(r, publishedCalendar).steps).toContainEqual({
      kind: 'rolled',
      from: '2026-10-03',
      to: '2026-10-08',
      because: '国庆节',
      off: { from: '2026-10-01', to: '2026-10-07' },
    });
  });

  test('a last day on a plain weekend rolls to Monday, on a made-up weekend it stays', () => {
    expect(dayDue(run('petition.accept', '2026-11-14T01:00:00Z'))).toBe('2026-11-30');
    // 15 days after 25 September 2026 is Saturday 10 October, which is worked.
    expect(dayDue(run('petition.accept', '2026-09-25T01:00:00Z'))).toBe('2026-10-10');
  });

  test('beyond the published years the weekly pattern counts, and a step says so', () => {
    const due = dueOf({ ...run('hotline.return', '2026-12-31T01:00:00Z') }, publishedCalendar);
    expect(due).toMatchObject({ paused: false, day: '2027-01-04' });
    expect(due.steps).toContainEqual({ kind: 'unpublished', year: 2027 });
    // A calendar clock that does not roll asks the working calendar nothing.
    expect(
      dueOf(run('hotline.15-days', '2026-12-31T01:00:00Z'), publishedCalendar).steps.map((s) => s.kind),
    ).not.toContain('unpublished');
  });

  test('a calendar clock that rolls depends on the year it ends in, not on the one it began in', () => {
    const kinds = (startedAt: string) =>
      dueOf(run('petition.accept', startedAt), publishedCalendar).steps.map((s) => s.kind);
    expect(kinds('2023-12-20T01:00:00Z')).not.toContain('unpublished');
    expect(kinds('2026-12-20T01:00:00Z')).toContain('unpublished');
  });

  test('months end on the same date, or on the last day of a short month', () => {
    const month = (startedAt: string) =>
      dayDue({ ...run('hotline.15-days', startedAt), rule: { ...rule('hotline.15-days'), amount: 1, unit: 'month' } });
    expect(month('2026-11-17T01:00:00Z')).toBe('2026-12-17');
    expect(month('2026-01-31T01:00:00Z')).toBe('2026-02-28');
  });

  test('one minute around midnight in Shanghai is another day', () => {
    expect(dayDue(run('hotline.7-days', '2026-11-17T15:59:00Z'))).toBe('2026-11-24');
    expect(dayDue(run('hotline.7-days', '2026-11-17T16:00:00Z'))).toBe('2026-11-25');
  });

  test('what cannot be read or does not fit is an error, not a date', () => {
    expect(() => dueOf(run('hotline.7-days', 'gestern'), publishedCalendar)).toThrow(RangeError);
    const extensions = [
      { amount: 2, unit: 'hour', dayKind: 'calendar', decidedAt: '2026-11-28T02:00:00Z', reason: '等材料' },
    ] as const;
    const r = run('hotline.7-days', '2026-11-17T01:00:00Z', { extensions });
    expect(() => dueOf(r, publishedCalendar)).toThrow(RangeError);
    expect(ClockRun.safeParse(r).error?.issues[0]?.path).toEqual(['extensions', 0, 'unit']);
  });
});

describe('the shipped rules', () => {
  // From 1 March 2026 10:00, so that no holiday and no weekend interferes but where the case says so.
  test.each([
    ['petition.register', '2026-03-16T15:59:59.999Z'],
    ['petition.accept', '2026-03-16T15:59:59.999Z'],
    ['petition.resolve', '2026-04-30T15:59:59.999Z'],
    ['petition.ask-review', '2026-03-31T15:59:59.999Z'],
    ['petition.review', '2026-03-31T15:59:59.999Z'],
    ['petition.ask-re-review', '2026-03-31T15:59:59.999Z'],
    ['petition.re-review', '2026-03-31T15:59:59.999Z'],
    ['hotline.2-hours', '2026-03-01T04:00:00.000Z'],
    ['hotline.24-hours', '2026-03-02T02:00:00.000Z'],
    ['hotline.7-days', '2026-03-08T15:59:59.999Z'],
    ['hotline.15-days', '2026-03-16T15:59:59.999Z'],
    ['hotline.return', '2026-03-03T15:59:59.999Z'],
  ])('[C5] %s ends at %s', (id, due) => {
    expect(running(dueOf(run(id, '2026-03-01T02:00:00Z'), publishedCalendar)).due).toBe(due);
  });

  test('[C5] the time of a hearing is not counted for a re-review', () => {
    const suspensions = [{ from: '2026-03-10T01:00:00Z', to: '2026-03-12T01:00:00Z', reason: '听证' }];
    expect(dayDue(run('petition.re-review', '2026-03-01T02:00:00Z', { suspensions }))).toBe('2026-04-03');
  });

  test('a petition rule extended in full ends 90 days after acceptance', () => {
    const extensions = [
      { amount: 30, unit: 'day', dayKind: 'calendar', decidedAt: '2026-04-20T01:00:00Z', reason: '案情复杂' },
    ] as const;
    // The 90th day is Saturday 30 May.
    expect(dayDue(run('petition.resolve', '2026-03-01T02:00:00Z', { extensions }))).toBe('2026-06-01');
  });

  test('the version in force is taken, none before the first', () => {
    const old = { ...rule('hotline.7-days'), amount: 5, validTo: '2026-06-30' };
    const next = { ...rule('hotline.7-days'), validFrom: '2026-07-01' };
    expect(ruleOn([next, old], old.id, '2026-06-30')?.amount).toBe(5);
    expect(ruleOn([next, old], old.id, '2026-07-01')?.amount).toBe(7);
    expect(ruleOn(clockRules, 'petition.resolve', '2022-04-30')).toBeUndefined();
  });
});

test('50,000 due dates of a 60-day rule with its events take less than a second', () => {
  const extensions = [
    { amount: 30, unit: 'day', dayKind: 'calendar', decidedAt: '2026-04-20T01:00:00Z', reason: '案情复杂' },
  ] as const;
  const suspensions = [{ from: '2026-03-10T01:00:00Z', to: '2026-03-12T01:00:00Z', reason: '听证' }];
  const r = run('petition.resolve', '2026-03-01T02:00:00Z', { extensions, suspensions });
  const measure = (): number => {
    // Processor time: what else the machine does meanwhile does not count.
    const begin = process.cpuUsage();
    for (let n = 0; n < 10_000; n += 1) dueOf(r, publishedCalendar);
    return process.cpuUsage(begin).user / 1_000;
  };
  // The best of five: the machine may be busy with something else.
  expect(Math.min(...Array.from({ length: 5 }, measure))).toBeLessThan(200);
});
