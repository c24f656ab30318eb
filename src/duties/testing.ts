import fc from 'fast-check';
import type { Calendar } from '../calendar/model.ts';
import { worksByList } from '../calendar/testing.ts';
import type { DutyTemplate, Evidence, Excused, HeldPost, Market, Person, PeriodKind, Whom } from './model.ts';

/**
 * For tests only: duties counted the slow way, day by day over texts, sharing nothing with the engine but the words;
 * and random duties, officials and years to try both on.
 */

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const plus = (day: string, n: number): string => {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + n);
  return date.toISOString().slice(0, 10);
};
const weekdayOf = (day: string): number => noon(day).getUTCDay() || 7;

/** What names the period a day lies in: days with the same name are one period. */
export function nameOf(kind: PeriodKind, day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  switch (kind) {
    case 'day':
      return day;
    case 'week':
      return plus(day, 1 - weekdayOf(day));
    case 'ten-days':
      return `${day.slice(0, 7)} ${date <= 10 ? 'a' : date <= 20 ? 'b' : 'c'}`;
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${year} ${month <= 3 ? 1 : month <= 6 ? 2 : month <= 9 ? 3 : 4}`;
    case 'half-year':
      return `${year} ${month <= 6 ? 1 : 2}`;
    case 'year':
      return String(year);
  }
}

/** All days of the period a day lies in. */
export function daysAround(kind: PeriodKind, day: string): string[] {
  const name = nameOf(kind, day);
  let first = day;
  while (nameOf(kind, plus(first, -1)) === name) first = plus(first, -1);
  const days = [];
  for (let d = first; nameOf(kind, d) === name; d = plus(d, 1)) days.push(d);
  return days;
}

const covers = (day: string, { since, until }: { since: string; until: string | null }): boolean =>
  since <= day && (until === null || day <= until);

function meant(who: Whom, person: Person, day: string): boolean {
  if (
    who.assignments !== undefined &&
    !person.assignments.some((a) => covers(day, a) && who.assignments!.includes(a.type))
  )
    return false;
  if (who.officials !== undefined && !who.officials.includes(person.id)) return false;
  return [...person.posts, ...person.acting]
    .filter((post) => covers(day, post))
    .some((post) => {
      if (who.roles !== undefined && !who.roles.includes(post.role)) return false;
      if (who.levels !== undefined && !who.levels.includes(post.level)) return false;
      if (who.units !== undefined && !who.units.includes(post.unit)) return false;
      if (who.unitTypes !== undefined && !who.unitTypes.includes(post.unitType)) return false;
      if (who.leads === true && !post.leads) return false;
      if (who.areas !== undefined && post.areas.every((a) => !who.areas!.includes(a))) return false;
      if (who.titles !== undefined) {
        const said = [post.title, person.title].map((t) => t.replaceAll(/副(县长|局长)/g, ''));
        if (!who.titles.some((t) => said.some((s) => s.includes(t)))) return false;
      }
      return true;
    });
}

export interface Counted {
  readonly owed: number;
  readonly done: number;
  readonly filled: number;
  readonly missing: number;
  /** Original dates that must be among the days done, each with whether it was kept. */
  readonly fixed: readonly string[];
}

/** One duty of one official in the period around a day; undefined where it is none of theirs. */
export function countSlowly(
  duty: DutyTemplate,
  person: Person,
  around: string,
  evidence: readonly Evidence[],
  calendar: Calendar,
  markets: readonly Market[] = [],
): Counted | undefined {
  const days = daysAround(duty.period, around);
  const works = (day: string): boolean => worksByList(day, calendar);
  const amounts = new Map<string, number | 'excused'>();
  for (const day of days) {
    if (!meant(duty.who, person, day) || day < duty.validFrom || day > (duty.validTo ?? '9999')) continue;
    if (person.exceptions.some((e) => (e.duty ?? duty.id) === duty.id && e.from <= day && day <= e.until)) {
      amounts.set(day, 'excused');
      continue;
    }
    const said = duty.differences.find((d) => meant(d.who, person, day))?.amount ?? duty.amount;
    amounts.set(day, duty.of === 'households' ? Math.ceil((said * person.households!.length) / 100) : said);
  }
  const inBase = days.filter((d) => duty.base === 'calendar' || works(d));
  if (inBase.every((d) => !amounts.has(d))) return undefined;

  const there = [...amounts.values()].filter((a) => a !== 'excused');
  const paid = inBase.map((d) => amounts.get(d)).filter((a) => typeof a === 'number');
  const most = Math.max(0, ...there);
  const normal = duty.base === 'calendar' ? days.length : days.filter((d) => weekdayOf(d) <= 5).length;
  let owed: number;
  if (there.length === 0 || normal === 0) owed = 0;
  else if (duty.partial === 'full') owed = most;
  else if (paid.length === 0) owed = 0;
  else if (duty.partial === 'waived' && paid.length < inBase.length) owed = 0;
  else {
    const total = paid.reduce((sum, a) => sum + a, 0);
    // The steps are climbed one by one: how many fit under the share, and whether the next is nearer.
    let steps = 0;
    while ((steps + 1) * duty.step * normal <= total) steps += 1;
    const rest = total - steps * duty.step * normal;
    if (rest > 0 && (duty.rounding === 'up' || (duty.rounding === 'nearest' && 2 * rest >= duty.step * normal)))
      steps += 1;
    owed = total >= most * normal ? most : Math.min(most, steps * duty.step);
  }

  // Fixed dates. The market is that of the place of the post begun last among those held in the period.
  const town = person.posts
    .filter((p) => days.some((d) => covers(d, p)))
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .at(-1)
    ?.areas.at(-1);
  const dates: { original: string; day: string | undefined }[] = [];
  for (const day of days) {
    const hits = duty.fixed.filter((f) => {
      if (f.on === 'weekday') return weekdayOf(day) === f.weekday;
      if (f.on === 'market') return markets.find((m) => m.area === town)?.digits.includes(Number(day.at(-1))) ?? false;
      const last = plus(day, 1).endsWith('-01');
      return Number(day.slice(8)) === f.date || (last && Number(day.slice(8)) < f.date);
    });
    for (let i = 0; i < hits.length; i++) {
      let moved: string | undefined = day;
      // A market is held on days off as well.
      const stays = works(day) || hits[i]!.on === 'market';
      if (!stays && duty.dayOff === 'waive') moved = undefined;
      if (!stays && duty.dayOff === 'move')
        moved = days.find((d) => d > day && works(d)) ?? days.findLast((d) => d < day && works(d));
      if (moved === undefined || !dates.some((d) => d.day === moved)) dates.push({ original: day, day: moved });
    }
  }
  const stands = ({ day }: { day: string | undefined }): boolean => {
    const amount = day === undefined ? undefined : amounts.get(day);
    return typeof amount === 'number' && amount > 0;
  };
  const kept = dates.filter(stands);
  const only = duty.fixed.length > 0 && duty.fixedRule === 'only';
  const among = dates.length > 0 && !only;
  if (among) owed = Math.min(owed, Math.max(0, most - (dates.length - kept.length)));
  if (only && duty.evidence.count === 'days') owed = Math.min(owed, kept.length);
  if (only && kept.length === 0) owed = 0;
  const must = among ? kept.slice(0, Math.floor(owed)) : kept;

  // Evidence.
  const good = evidence.filter((e) => {
    if (e.official !== person.id || !days.includes(e.day) || !duty.evidence.kinds.includes(e.kind)) return false;
    if (duty.evidence.confirmed && !e.confirmed) return false;
    if (duty.validFrom > e.day || (duty.validTo ?? '9999') < e.day) return false;
    if (duty.of === 'households' && !person.households!.includes(e.subject ?? '')) return false;
    return !only || must.some((d) => d.day === e.day || d.original === e.day);
  });
  let done = 0;
  if (duty.evidence.count === 'entries') done = good.length;
  if (duty.evidence.count === 'days') done = days.filter((d) => good.some((e) => e.day === d)).length;
  if (duty.evidence.count === 'subjects')
    done = [...new Set(good.map((e) => e.subject))].filter((s) => s !== null).length;
  if (duty.evidence.count === 'amount') {
    for (const d of days) {
      const hundredths = good.filter((e) => e.day === d).reduce((s, e) => s + Math.round(e.amount * 100), 0);
      done += Math.min(hundredths, (duty.evidence.perDay ?? 1e9) * 100);
    }
    done /= 100;
  }
  let filled = Math.min(done, owed);
  const went = (d: { original: string; day: string | undefined }): boolean =>
    good.some((e) => e.day === d.day || e.day === d.original);
  if (among) {
    const hit = must.filter(went).length;
    filled = hit + Math.min(done - hit, owed - must.length);
  }
  return { owed, done, filled, missing: Math.max(0, owed - filled), fixed: must.map((d) => d.original) };
}

// ── arbitraries ────────────────────────────────────────────────────────────────────────────────────────────────────

export const YEAR = 2026;
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ids = { person: id(1), other: id(2), units: [id(11), id(12)], areas: [id(21), id(22), id(23)] } as const;
const households = Array.from({ length: 12 }, (_, n) => id(100 + n));

const dayIn = fc.integer({ min: 0, max: 364 }).map((n) => plus(`${YEAR}-01-01`, n));
const lasting = fc
  .tuple(fc.integer({ min: -200, max: 364 }), fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }))
  .map(([start, length]) => ({
    since: plus(`${YEAR}-01-01`, start),
    until: length === null ? null : plus(`${YEAR}-01-01`, start + length),
  }));

const held: fc.Arbitrary<HeldPost> = fc
  .tuple(
    fc.record({
      role: fc.constantFrom('field', 'head', 'leader', 'handler'),
      title: fc.constantFrom('', '县长', '副县长', '局长', '副局长'),
      unit: fc.constantFrom(...ids.units),
      unitType: fc.constantFrom('department', 'township'),
      leads: fc.boolean(),
      areas: fc.constantFrom([ids.areas[0]], [ids.areas[0], ids.areas[1]], [ids.areas[0], ids.areas[2]]),
      level: fc.constantFrom('county', 'township', 'village'),
    }),
    lasting,
  )
  .map(([post, time]) => ({ ...post, ...time }) as HeldPost);

const excused: fc.Arbitrary<Excused> = fc
  .tuple(dayIn, fc.integer({ min: 0, max: 40 }), fc.constantFrom('leave', 'transfer', 'training', 'waiver'), fc.nat(3))
  .map(([from, length, type, n]) => ({
    id: id(500 + n),
    type,
    from,
    until: plus(from, length),
    duty: type === 'waiver' ? 'this' : n === 0 ? 'another' : null,
    reason: '事由',
  }));

export const personArbitrary: fc.Arbitrary<Person> = fc.record({
  id: fc.constant(ids.person),
  name: fc.constant('某人'),
  title: fc.constantFrom('', '县长', '副县长'),
  posts: fc.array(held, { minLength: 1, maxLength: 3 }),
  assignments: fc.array(
    fc.tuple(fc.constantFrom('village', 'household'), lasting).map(([type, time]) => ({ type, ...time })),
    { maxLength: 2 },
  ),
  exceptions: fc.array(excused, { maxLength: 4 }),
  acting: fc.array(
    held.map((post) => ({ ...post, of: ids.other })),
    { maxLength: 1 },
  ),
  households: fc.subarray(households),
}) as fc.Arbitrary<Person>;

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const whom: fc.Arbitrary<Whom> = fc
  .record({
    roles: optional(fc.subarray(['field', 'head', 'leader', 'handler'], { minLength: 1 })),
    levels: optional(fc.subarray(['county', 'township', 'village'], { minLength: 1 })),
    areas: optional(fc.subarray([...ids.areas], { minLength: 1 })),
    units: optional(fc.subarray([...ids.units], { minLength: 1 })),
    titles: optional(fc.subarray(['县长', '局长', '副县长'].slice(0, 2), { minLength: 1 })),
    assignments: optional(fc.subarray(['village', 'household'], { minLength: 1 })),
    leads: optional(fc.constant(true)),
  })
  // Each condition now and then: all of them at once would mean nobody.
  .chain((who) => fc.subarray(Object.keys(who), { maxLength: 2 }).map((keys) => pick(who, keys))) as fc.Arbitrary<Whom>;

const pick = (from: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(from).filter(([k, v]) => keys.includes(k) && v !== undefined));

export const dutyArbitrary: fc.Arbitrary<DutyTemplate> = fc
  .record({
    who: whom,
    kinds: fc.subarray(['visit', 'labour', 'call'], { minLength: 1 }),
    confirmed: fc.boolean(),
    count: fc.constantFrom('days', 'days', 'entries', 'subjects', 'amount'),
    perDay: fc.constantFrom(undefined, 1),
    halves: fc.nat(16),
    differences: fc.array(
      fc.tuple(whom, fc.nat(10)).map(([who, halves]) => ({ who, amount: halves / 2, why: '另有规定' })),
      { maxLength: 2 },
    ),
    period: fc.constantFrom('day', 'week', 'ten-days', 'month', 'quarter', 'half-year', 'year'),
    fixed: fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 31 }).map((date) => ({ on: 'date', date })),
        fc.integer({ min: 1, max: 7 }).map((weekday) => ({ on: 'weekday', weekday })),
        fc.constant({ on: 'market' }),
      ),
      { maxLength: 2 },
    ),
    fixedRule: fc.constantFrom('among', 'only'),
    dayOff: fc.constantFrom('move', 'keep', 'waive'),
    partial: fc.constantFrom('proportional', 'proportional', 'full', 'waived'),
    base: fc.constantFrom('calendar', 'working'),
    rounding: fc.constantFrom('up', 'down', 'nearest'),
    step: fc.constantFrom(1, 0.5),
    households: fc.boolean(),
    validFrom: fc.oneof(fc.constant('2020-01-01'), dayIn),
    validTo: fc.option(dayIn, { nil: undefined, freq: 3 }),
  })
  .map(({ kinds, confirmed, count, perDay, halves, households: byHouseholds, ...rest }) => {
    const of = byHouseholds && count === 'subjects' ? 'households' : 'number';
    const fixed = rest.fixed.filter(
      (f) =>
        rest.period !== 'day' &&
        (rest.fixedRule === 'only' || count === 'days') &&
        (f.on !== 'date' || !['week', 'ten-days'].includes(rest.period)),
    );
    return {
      ...rest,
      id: 'this',
      name: '任务',
      evidence: { kinds, confirmed, count, ...(perDay === undefined ? {} : { perDay }) },
      amount: of === 'households' ? halves * 5 : halves / 2,
      of,
      fixed,
      noMeetings: false,
      joint: false,
      inUse: true,
      source: '来源',
      confidence: 'C',
    } as unknown as DutyTemplate;
  });

export const evidenceArbitrary: fc.Arbitrary<Evidence[]> = fc
  .array(
    fc.record({
      official: fc.constantFrom(ids.person, ids.person, ids.person, ids.other),
      kind: fc.constantFrom('visit' as const, 'labour' as const, 'call' as const, 'meeting' as const),
      day: dayIn,
      amount: fc.constantFrom(0.5, 1, 2),
      area: fc.constant(null),
      subject: fc.option(fc.constantFrom(...households), { nil: null, freq: 6 }),
      confirmed: fc.boolean(),
    }),
    { maxLength: 200, size: 'max' },
  )
  .map((list) => list.map((e, n) => ({ ...e, stream: id(1000 + n), place: 0 })));

/** The towns' markets by the common calendar; the county itself has none. */
export const marketsArbitrary: fc.Arbitrary<Market[]> = fc
  .tuple(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }), fc.uniqueArray(fc.nat(9), { minLength: 1 }))
  .map((all) => all.map((digits, n) => ({ area: ids.areas[n + 1]!, name: '集', digits, lunar: false })));

/** A year's working calendar: some days off, some weekend days worked for them. */
export const calendarArbitrary: fc.Arbitrary<Calendar> = fc
  .tuple(fc.uniqueArray(dayIn, { maxLength: 30 }), fc.uniqueArray(dayIn, { maxLength: 20 }))
  .map(([off, worked]) => ({
    years: {
      [YEAR]: {
        holidays: off,
        workdays: worked.filter((d) => weekdayOf(d) > 5 && !off.includes(d)),
        source: '测试用的放假通知',
      },
    },
  }));
