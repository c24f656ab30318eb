import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf, ruleOn } from './clocks.ts';
import { explain, remaining, sayDay, sayInstant } from './explain.ts';
import type { ClockRun } from './model.ts';
import { clockRules } from './templates.ts';
import { calendars, dayRuns, hourRuns, instants } from './testing.ts';
import { publishedCalendar } from './years.ts';

const run = (id: string, startedAt: string, more: Partial<ClockRun> = {}): ClockRun => ({
  rule: ruleOn(clockRules, id, '2026-01-01')!,
  startedAt,
  suspensions: [],
  extensions: [],
  ...more,
});
const why = (r: ClockRun) => explain(dueOf(r, publishedCalendar), r, publishedCalendar);
const left = (r: ClockRun, now: string) => remaining(dueOf(r, publishedCalendar), now, publishedCalendar);

const dispatched = '2026-11-17T01:30:00Z';
const suspension = { from: '2026-11-20T02:00:00Z', to: '2026-11-25T09:00:00Z', reason: '等鉴定' };
const extension = {
  amount: 7,
  unit: 'day',
  dayKind: 'calendar',
  decidedAt: '2026-11-28T02:00:00Z',
  reason: '等设备到货',
} as const;
const hotline = '北京市接诉即办改革意见（2020 年 11 月 5 日；《人民日报》2020 年 11 月 16 日），四级处置，7×24 小时';

describe('why this date', () => {
  test('[C5] a plain clock is one sentence and its source', () => {
    expect(why(run('hotline.15-days', dispatched))).toEqual([
      '11 月 17 日派单，从第二天算起，15 个自然日，到 12 月 2 日。',
      `依据：${hotline}。`,
    ]);
  });

  test('[C5] a suspension and an extension are told with their reasons, then the date', () => {
    expect(why(run('hotline.15-days', dispatched, { suspensions: [suspension], extensions: [extension] }))).toEqual([
      '11 月 17 日派单，从第二天算起，15 个自然日，本来到 12 月 2 日。',
      '11 月 20 日到 25 日暂停（等鉴定），这几天不算。',
      '11 月 28 日同意延期 7 天（等设备到货）。',
      '所以最后一天是 12 月 15 日（周二）。',
      `依据：${hotline}。`,
    ]);
  });

  test('[C5] a holiday at the end is named, with the notice', () => {
    expect(why(run('petition.accept', '2026-09-18T01:00:00Z'))).toEqual([
      '9 月 18 日收到，从第二天算起，15 个自然日，到 10 月 3 日。',
      '10 月 1 日到 7 日国庆节放假，最后一天顺延到 10 月 8 日（周四）。',
      '依据：《信访工作条例》（2022 年 5 月 1 日起施行）；《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号，2025-11-04）。',
    ]);
    expect(why(run('petition.accept', '2026-11-14T01:00:00Z'))[1]).toBe(
      '11 月 28 日到 29 日是周末，最后一天顺延到 11 月 30 日（周一）。',
    );
  });

  test('[C5] make-up days and holidays inside a working count are told', () => {
    const rule = { ...ruleOn(clockRules, 'hotline.return', '2026-01-01')!, amount: 4, confidence: 'C' as const };
    expect(why({ ...run('hotline.return', '2026-09-30T01:00:00Z'), rule })).toEqual([
      '9 月 30 日派单，从第二天算起，4 个工作日，到 10 月 12 日。',
      '10 月 1 日到 7 日国庆节放假，不算工作日。',
      '10 月 10 日（周六）调休上班，算工作日。',
      '依据：各地 12345 工单办理办法的通行规定（这条规则待本县确认）；《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号，2025-11-04）。',
    ]);
  });

  test('[C5] an unpublished year is admitted, and another year is named', () => {
    expect(why(run('hotline.return', '2026-12-31T01:00:00Z')).slice(0, 2)).toEqual([
      '12 月 31 日派单，从第二天算起，2 个工作日，到 2027 年 1 月 4 日。',
      '日历里没有 2027 年的放假安排，那一年先按周一到周五上班算，公布以后可能会变。',
    ]);
  });

  test('[C5] a clock that stands still says since when, why, and what is left', () => {
    const { to: _, ...open } = suspension;
    expect(
      why(run('hotline.15-days', dispatched, { suspensions: [open], extensions: [extension] })).slice(1, 4),
    ).toEqual([
      '11 月 20 日起暂停（等鉴定），还没有恢复。',
      '11 月 28 日同意延期 7 天（等设备到货）。',
      '恢复以后接着算，还有 20 个自然日。',
    ]);
  });

  test('hours are told by the minute', () => {
    const suspensions = [{ from: '2026-11-17T02:00:00Z', to: '2026-11-17T02:20:00Z', reason: '联系不上' }];
    expect(why(run('hotline.2-hours', dispatched, { suspensions })).slice(0, 3)).toEqual([
      '11 月 17 日 09:30 派单，2 小时，昼夜连着算，本来到 11 月 17 日 11:30。',
      '11 月 17 日 10:00 到 11 月 17 日 10:20 暂停（联系不上），这 20 分钟不算。',
      '所以到 11 月 17 日 11:50 为止。',
    ]);
  });

  test('every clock gets whole sentences, and nothing unreadable', () => {
    fc.assert(
      fc.property(fc.oneof(dayRuns, hourRuns), calendars, (r, calendar) => {
        const sentences = explain(dueOf(r, calendar), r, calendar);
        expect(sentences.length).toBeGreaterThanOrEqual(2);
        for (const sentence of sentences) expect(sentence).toMatch(/^(?!.*(undefined|NaN|\[object)).+。$/);
      }),
    );
  });
});

describe('time left', () => {
  test('[C5] is said as people say it, for both kinds of days', () => {
    const calendarDays = run('hotline.15-days', dispatched);
    expect(left(calendarDays, '2026-11-27T02:00:00Z')).toEqual({
      late: false,
      days: 5,
      workingDays: 3,
      text: '还剩 5 天',
    });
    expect(left(calendarDays, '2026-12-02T15:00:00Z').text).toBe('今天截止');
    expect(left(calendarDays, '2026-12-06T02:00:00Z')).toEqual({
      late: true,
      days: 4,
      workingDays: 2,
      text: '超 4 天',
    });
    const workingDays = run('hotline.return', '2026-09-30T01:00:00Z');
    expect(left(workingDays, '2026-09-30T02:00:00Z')).toEqual({
      late: false,
      days: 9,
      workingDays: 2,
      text: '还剩 2 个工作日',
    });
  });

  test('of hour clocks is a time of day', () => {
    const two = run('hotline.2-hours', '2026-11-17T07:30:00Z');
    expect(left(two, '2026-11-17T08:00:00Z').text).toBe('今天 17:30 前');
    expect(left(two, '2026-11-17T09:30:00Z').late).toBe(false);
    expect(left(two, '2026-11-17T09:30:00.001Z')).toMatchObject({ late: true, text: '超 1 分钟' });
    expect(left(two, '2026-11-17T10:50:00Z')).toMatchObject({ late: true, text: '超 1 小时 20 分钟' });
    expect(left(two, '2026-11-19T10:00:00Z')).toMatchObject({ late: true, days: 2, text: '超 2 天' });
    expect(left(run('hotline.24-hours', '2026-11-17T07:30:00Z'), '2026-11-17T08:00:00Z').text).toBe('明天 15:30 前');
  });

  test('[C5] of a suspended clock is not a date', () => {
    const { to: _, ...open } = suspension;
    expect(left(run('hotline.15-days', dispatched, { suspensions: [open] }), '2027-01-01T00:00:00Z')).toEqual({
      late: false,
      days: 13,
      workingDays: 0,
      text: '已暂停',
    });
  });

  test('of a stopped clock is judged when it stopped', () => {
    const stopped = (stoppedAt: string) =>
      left(run('hotline.15-days', dispatched, { stoppedAt }), '2027-05-01T00:00:00Z');
    expect(stopped('2026-12-02T15:59:59Z')).toMatchObject({ late: false, text: '已停止计时，没有超期' });
    expect(stopped('2026-12-04T02:00:00Z')).toMatchObject({ late: true, days: 2, text: '已停止计时，超 2 天' });
  });

  test('is late exactly after the due instant', () => {
    fc.assert(
      fc.property(fc.oneof(dayRuns, hourRuns), instants, calendars, (r, now, calendar) => {
        const due = dueOf(r, calendar);
        const { late, days, workingDays } = remaining(due, now, calendar);
        expect(late).toBe(!due.paused && now > due.due);
        expect(days >= 0 && workingDays >= 0).toBe(true);
      }),
    );
  });
});

describe('a date in words', () => {
  test.each([
    ['2026-11-21', '昨天'],
    ['2026-11-22', '今天'],
    ['2026-11-23', '明天'],
    ['2026-11-17', '11 月 17 日'],
    ['2025-03-02', '2025 年 3 月 2 日'],
  ])('%s is %s', (day, words) => expect(sayDay(day, '2026-11-22')).toBe(words));

  test('an instant is told in Shanghai time', () => {
    expect(sayInstant('2026-11-22T09:30:00Z', '2026-11-21T16:00:00Z')).toBe('今天 17:30');
    expect(sayInstant('2026-11-21T15:59:59Z', '2026-11-21T16:00:00Z')).toBe('昨天 23:59');
  });
});
