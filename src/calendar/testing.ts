import fc from 'fast-check';
import type { Calendar, ClockRule, ClockRun, Day, Extension, Suspension } from './model.ts';

/** What the property tests draw from, and a counter that shares nothing with the engine. */

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Every day from 2022 to 2034 as text, with its weekday by the platform's own calendar. */
const DAYS: readonly { day: Day; weekend: boolean }[] = Array.from({ length: 13 * 365 }, (_, n) => {
  const noon = new Date(Date.UTC(2022, 0, 1 + n, 4));
  return { day: shanghai.format(noon), weekend: noon.getUTCDay() === 0 || noon.getUTCDay() === 6 };
});

const WEEKENDS: ReadonlySet<Day> = new Set(DAYS.filter((d) => d.weekend).map((d) => d.day));

export const worksByList = (day: Day, calendar: Calendar): boolean => {
  const year = calendar.years[Number(day.slice(0, 4))];
  if (year?.workdays.includes(day)) return true;
  if (year?.holidays.includes(day)) return false;
  return !WEEKENDS.has(day);
};

const suspendedOn = (day: Day, suspensions: readonly Suspension[]): boolean => {
  if (suspensions.length === 0) return false;
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  return suspensions.some(({ from, to }) => {
    const [begin, end] = [Date.parse(from), to === undefined ? Infinity : Date.parse(to)];
    return begin < end && begin < midnight + 86_400_000 && end > midnight;
  });
};

/** The due day found by ticking days off a list, or 'paused'. Days only; extensions in the order they were decided. */
export const dueByList = (run: ClockRun, calendar: Calendar): Day | 'paused' => {
  const { rule, suspensions, extensions } = run;
  const openFrom = suspensions.filter((s) => s.to === undefined).map((s) => shanghai.format(new Date(s.from)));
  const tickets = [rule, ...extensions.toSorted((a, b) => a.decidedAt.localeCompare(b.decidedAt))].flatMap((part) =>
    Array.from({ length: part.amount }, () => part.dayKind),
  );
  const start = shanghai.format(new Date(run.startedAt));
  let over = false;
  for (const { day } of DAYS) {
    if (day < start || (rule.startsNextDay && day === start)) continue;
    if (openFrom.some((open) => open <= day)) return 'paused';
    if (suspendedOn(day, suspensions)) continue;
    const works = worksByList(day, calendar);
    if (over) {
      if (works) return day;
      continue;
    }
    if (tickets[0] === 'calendar' || works) tickets.shift();
    if (tickets.length > 0) continue;
    if (works || !rule.rolls) return day;
    over = true;
  }
  throw new Error('the list of days is too short');
};

/** The due instant of an hour clock found by ticking minutes, or 'paused'. */
export const dueByMinutes = (run: ClockRun): string | 'paused' => {
  const hours = [run.rule, ...run.extensions].reduce((sum, e) => sum + e.amount * (e.unit === 'hour' ? 1 : 24), 0);
  const spans = run.suspensions.map(
    (s) => [Date.parse(s.from), s.to === undefined ? Infinity : Date.parse(s.to)] as const,
  );
  let minute = Date.parse(run.startedAt);
  for (let left = hours * 60; left > 0; minute += 60_000) {
    const still = spans.filter(([from, to]) => from <= minute && minute < to);
    if (still.some(([, to]) => to === Infinity)) return 'paused';
    if (still.length === 0) left -= 1;
  }
  return new Date(minute).toISOString();
};

// ── arbitraries ────────────────────────────────────────────────────────────────────────────────────────────────────

const minutesFrom = (day: string, days: number) =>
  fc
    .integer({ min: 0, max: days * 1440 })
    .map((m) => new Date(Date.parse(`${day}T00:00:00+08:00`) + m * 60_000).toISOString());

/** Whole days and odd minutes alike, so that midnight is met often. */
export const instants = fc.oneof(
  minutesFrom('2023-01-01', 8 * 365),
  fc
    .integer({ min: 0, max: 8 * 365 })
    .map((d) => new Date(Date.parse('2023-01-01T00:00:00+08:00') + d * 86_400_000).toISOString()),
);

const holidayWeeks = (year: number) => {
  const days = DAYS.filter((d) => d.day.startsWith(`${year}-`));
  const of = (n: number) => days[n]!;
  return fc
    .tuple(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 350 }), fc.integer({ min: 1, max: 10 })), { maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 12 }),
    )
    .map(([weeks, extra]) => {
      const holidays = [
        ...new Set(weeks.flatMap(([from, length]) => Array.from({ length }, (_, i) => of(from + i).day))),
      ];
      const workdays = [
        ...new Set(
          extra
            .map(of)
            .filter((d) => d.weekend && !holidays.includes(d.day))
            .map((d) => d.day),
        ),
      ];
      return [year, { holidays, workdays, source: '随机' }] as const;
    });
};

/** Random holidays and make-up days for 2023–2028; 2029 and later stay unpublished. */
export const calendars: fc.Arbitrary<Calendar> = fc
  .tuple(...[2023, 2024, 2025, 2026, 2027, 2028].map(holidayWeeks))
  .map((years) => ({ years: Object.fromEntries(years) }));

const dayKinds = fc.constantFrom('calendar' as const, 'working' as const);

const dayRules: fc.Arbitrary<ClockRule> = fc.record({
  id: fc.constant('test'),
  name: fc.constant('时限'),
  amount: fc.integer({ min: 1, max: 70 }),
  unit: fc.constant('day' as const),
  dayKind: dayKinds,
  startsNextDay: fc.boolean(),
  rolls: fc.boolean(),
  source: fc.constant('试验'),
  confidence: fc.constant('C' as const),
  validFrom: fc.constant('2020-01-01'),
});

const reasons = fc.constantFrom('等鉴定', '等听证', '等材料');

/** Suspensions near the start of a run, overlapping as often as not; at times empty, at times still open. */
const suspensionsAfter = (start: string, unit: number): fc.Arbitrary<Suspension[]> => {
  const at = (n: number) => new Date(Date.parse(start) + n * unit).toISOString();
  const closed = fc
    .tuple(fc.integer({ min: -200, max: 2000 }), fc.integer({ min: 0, max: 400 }), reasons)
    .map(([from, length, reason]) => ({ from: at(from), to: at(from + length), reason }));
  const open = fc
    .tuple(fc.integer({ min: -50, max: 3000 }), reasons)
    .map(([from, reason]) => ({ from: at(from), reason }));
  return fc
    .tuple(fc.array(closed, { maxLength: 4 }), fc.option(open, { freq: 4 }))
    .map(([all, one]) => (one ? [...all, one] : all));
};

export const dayExtensions: fc.Arbitrary<Extension> = fc.record({
  amount: fc.integer({ min: 1, max: 30 }),
  unit: fc.constant('day' as const),
  dayKind: dayKinds,
  decidedAt: instants,
  reason: reasons,
});

const hour = 3_600_000;

/** A rule in days at work, with everything that can happen to it. */
export const dayRuns: fc.Arbitrary<ClockRun> = fc.tuple(dayRules, instants).chain(([rule, startedAt]) =>
  fc.record({
    rule: fc.constant(rule),
    startedAt: fc.constant(startedAt),
    suspensions: suspensionsAfter(startedAt, hour),
    extensions: fc.uniqueArray(dayExtensions, { maxLength: 3, selector: (e) => e.decidedAt }),
  }),
);

const hourExtensions = fc
  .tuple(dayExtensions, fc.constantFrom('hour' as const, 'day' as const))
  .map(([extension, unit]): Extension => ({
    ...extension,
    unit,
    dayKind: 'calendar',
    amount: Math.min(extension.amount, 5),
  }));

/** The same for a rule in hours. */
export const hourRuns: fc.Arbitrary<ClockRun> = fc.tuple(dayRules, instants).chain(([rule, startedAt]) =>
  fc.record({
    rule: fc.constant({
      ...rule,
      unit: 'hour' as const,
      dayKind: 'calendar' as const,
      startsNextDay: false,
      rolls: false,
    }),
    startedAt: fc.constant(startedAt),
    suspensions: suspensionsAfter(startedAt, 180_000),
    extensions: fc.array(hourExtensions, { maxLength: 2 }),
  }),
);
