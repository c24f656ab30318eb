import { type DayNumber, toNumber, type WorkingDays, workingDays } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { DutyTemplate, Evidence, Excused, Fixed, HeldPost, Market, Person, Whom } from './model.ts';
import { numberOf, periodsIn, type Span, textOf } from './periods.ts';

/**
 * What is owed, what counts, and how far somebody is: pure, the same for one visit and for a county's year.
 * Amounts are kept in halves inside, so that proportions are exact until the one rounding at the end.
 */

/** The days an evidence rule counts over, with what it counts. Campaigns count their quotas by the same function. */
export type EvidenceRule = DutyTemplate['evidence'];

// ── evidence ───────────────────────────────────────────────────────────────────────────────────────────────────────

const qualifies = (rule: EvidenceRule, e: Pick<Evidence, 'kind' | 'confirmed'>): boolean =>
  rule.kinds.includes(e.kind) && (e.confirmed || !rule.confirmed);

/** What qualifying evidence amounts to, of whomever it is. One household seen by two officials is one subject. */
export function countOf(rule: EvidenceRule, evidence: readonly Evidence[]): number {
  const good = evidence.filter((e) => qualifies(rule, e));
  switch (rule.count) {
    case 'entries':
      return good.length;
    case 'days':
      // Two who went out on one day are two days.
      return new Set(good.map((e) => `${e.official} ${e.day}`)).size;
    case 'subjects':
      return new Set(good.flatMap((e) => e.subject ?? [])).size;
    case 'amount': {
      const perDay = new Map<string, number>();
      for (const e of good) {
        const key = `${e.official} ${e.day}`;
        perDay.set(key, (perDay.get(key) ?? 0) + e.amount);
      }
      const most = rule.perDay ?? Infinity;
      // In hundredths, so that the order things came in never shows in the last digit.
      return [...perDay.values()].reduce((sum, a) => sum + Math.round(Math.min(a, most) * 100), 0) / 100;
    }
  }
}

// ── who ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const oneOf = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value);

/** Whether the title holds the word and not its deputy's. */
export function titled(title: string, word: string): boolean {
  for (let at = title.indexOf(word); at >= 0; at = title.indexOf(word, at + 1)) if (title[at - 1] !== '副') return true;
  return false;
}

const fits = (who: Whom, person: Person, post: HeldPost): boolean =>
  oneOf(who.officials, person.id) &&
  oneOf(who.roles, post.role) &&
  oneOf(who.unitTypes, post.unitType) &&
  oneOf(who.units, post.unit) &&
  oneOf(who.levels, post.level) &&
  (who.leads === undefined || post.leads) &&
  (who.areas === undefined || who.areas.some((a) => post.areas.includes(a))) &&
  (who.titles === undefined || who.titles.some((t) => titled(post.title, t) || titled(person.title, t)));

interface Lasting {
  readonly since: string;
  readonly until: string | null;
}

const clip = ({ since, until }: Lasting, { from, until: end }: Span): Span => ({
  from: Math.max(from, toNumber(since)),
  until: until === null ? end : Math.min(end, toNumber(until)),
});

/** For each day of the span whether the person is meant. */
function meantOn(who: Whom, person: Person, span: Span): Uint8Array {
  const days = new Uint8Array(span.until - span.from + 1);
  const mark = (into: Uint8Array, lasting: Lasting): void => {
    const { from, until } = clip(lasting, span);
    if (from <= until) into.fill(1, from - span.from, until - span.from + 1);
  };
  for (const post of person.posts) if (fits(who, person, post)) mark(days, post);
  for (const post of person.acting) if (fits(who, person, post)) mark(days, post);
  const { assignments } = who;
  if (assignments === undefined || !days.includes(1)) return days;
  const bound = new Uint8Array(days.length);
  for (const a of person.assignments) if (assignments.includes(a.type)) mark(bound, a);
  return days.map((day, i) => day & bound[i]!);
}

/** Not meant on that day, or meant but excused; else what a whole period would owe by that day's terms, in halves. */
const NOT_MEANT = -1;
const EXCUSED = -2;

/** How a person stands to a duty, day by day. */
export interface Standing {
  readonly span: Span;
  readonly halves: Int32Array;
  /** Granted exceptions that free from this duty inside the span. */
  readonly excused: readonly Excused[];
}

export function standingOf(duty: DutyTemplate, person: Person, span: Span): Standing {
  const halvesOf = (amount: number): number =>
    duty.of === 'households' ? 2 * Math.ceil((amount * (person.households?.length ?? 0)) / 100) : 2 * amount;
  const halves = new Int32Array(span.until - span.from + 1).fill(NOT_MEANT);
  const meant = meantOn(duty.who, person, span);
  if (!meant.includes(1)) return { span, halves, excused: [] };
  const valid = clip({ since: duty.validFrom, until: duty.validTo ?? null }, span);
  const usual = halvesOf(duty.amount);
  for (let day = valid.from; day <= valid.until; day++) {
    if (meant[day - span.from] === 1) halves[day - span.from] = usual;
  }
  // The first difference that fits decides, so the later ones are laid on before it.
  for (const other of duty.differences.toReversed()) {
    const theirs = halvesOf(other.amount);
    for (const [i, day] of meantOn(other.who, person, span).entries())
      if (day === 1 && halves[i] !== NOT_MEANT) halves[i] = theirs;
  }
  const excused = person.exceptions.filter((e) => {
    if (e.duty !== null && e.duty !== duty.id) return false;
    const { from, until } = clip({ since: e.from, until: e.until }, span);
    for (let day = from; day <= until; day++) {
      if (halves[day - span.from] !== NOT_MEANT) halves[day - span.from] = EXCUSED;
    }
    return from <= until;
  });
  return { span, halves, excused };
}

// ── fixed dates ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A date of a rule, and where it lies when the rule's own date is a day off. */
export interface FixedDate {
  readonly rule: Fixed;
  readonly original: DayNumber;
  /** Undefined when it falls away. */
  readonly day: DayNumber | undefined;
  /** What the day off is called: 国庆节, 周末. */
  readonly off: string | undefined;
}

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', day: 'numeric' });
const lunarDates = new Map<DayNumber, number>();
/** The date in the lunar month, from 1. */
function lunarDate(day: DayNumber): number {
  const known = lunarDates.get(day);
  if (known !== undefined) return known;
  const date = Number(lunar.formatToParts(day * 86_400_000).find((p) => p.type === 'day')!.value);
  lunarDates.set(day, date);
  return date;
}

const isMarketDay = (market: Market, day: DayNumber): boolean =>
  market.digits.includes((market.lunar ? lunarDate(day) : Number(textOf(day).slice(8))) % 10);

/** The market of the smallest place that has one. */
export const marketOf = (areas: readonly string[], markets: readonly Market[]): Market | undefined =>
  areas
    .toReversed()
    .map((area) => markets.find((m) => m.area === area))
    .find((m) => m !== undefined);

function falls(rule: Fixed, day: DayNumber, market: Market | undefined): boolean {
  switch (rule.on) {
    case 'weekday':
      return ((((day + 3) % 7) + 7) % 7) + 1 === rule.weekday;
    case 'date': {
      const date = Number(textOf(day).slice(8));
      return date === rule.date || (date < rule.date && textOf(day + 1).slice(8) === '01');
    }
    case 'market':
      return market !== undefined && isMarketDay(market, day);
  }
}

/** The fixed dates of a duty in a period, in order. A market is held on days off as well. */
export function fixedDates(
  duty: Pick<DutyTemplate, 'fixed' | 'dayOff'>,
  period: Span,
  { works, holiday }: WorkingDays,
  market?: Market,
): FixedDate[] {
  const found: FixedDate[] = [];
  for (const rule of duty.fixed) {
    for (let day = period.from; day <= period.until; day++) {
      if (!falls(rule, day, market)) continue;
      const off = works(day) || rule.on === 'market' ? undefined : (holiday(day) ?? '周末');
      const moved =
        off === undefined || duty.dayOff === 'keep'
          ? day
          : duty.dayOff === 'waive'
            ? undefined
            : nearestWorking(day, period, works);
      found.push({ rule, original: day, day: moved, off });
    }
  }
  // Two rules that meet on one day ask for that day once.
  const seen = new Set<DayNumber>();
  return found
    .toSorted((a, b) => a.original - b.original)
    .filter(({ day }) => day === undefined || (!seen.has(day) && seen.add(day)));
}

function nearestWorking(day: DayNumber, { from, until }: Span, works: (day: DayNumber) => boolean) {
  for (let later = day + 1; later <= until; later++) if (works(later)) return later;
  for (let earlier = day - 1; earlier >= from; earlier--) if (works(earlier)) return earlier;
  return undefined;
}

// ── owed ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What somebody owes in a period, with all that led to the figure. Amounts in the evidence's measure. */
export interface Owed {
  readonly period: Span;
  readonly owed: number;
  /** By the terms of the days alone, before anything was taken off for days not there. */
  readonly whole: number;
  /** Before rounding: `sum / normal`, equal to `whole` when nothing was missed. */
  readonly exact: number;
  /** Days of the base a full period has; those this official was there; excused; not (yet, any more) meant. */
  readonly normal: number;
  readonly present: number;
  readonly excused: number;
  readonly outside: number;
  /** Fixed dates that must be among the days done. */
  readonly fixed: readonly FixedDate[];
  /** Fixed dates that fall away: a day off, or an exception on that day. */
  readonly waived: readonly FixedDate[];
  readonly free: number;
}

/** @param standing must cover the whole period */
export function owedIn(
  duty: DutyTemplate,
  standing: Standing,
  period: Span,
  working: WorkingDays,
  market?: Market,
): Owed {
  const { halves, span } = standing;
  const inBase = (day: DayNumber): boolean => duty.base === 'calendar' || working.works(day);
  let [sum, present, excused, outside, most, there] = [0, 0, 0, 0, 0, 0];
  for (let day = period.from; day <= period.until; day++) {
    const here = halves[day - span.from]!;
    if (here >= 0) {
      most = Math.max(most, here);
      there += 1;
    }
    if (!inBase(day)) continue;
    if (here === NOT_MEANT) outside += 1;
    else if (here === EXCUSED) excused += 1;
    else {
      present += 1;
      sum += here;
    }
  }
  // A period's normal number of working days is its number of Mondays to Fridays: holidays make it shorter, and
  // a weekend day made up for elsewhere never makes anybody owe more than the whole.
  const normal = duty.base === 'calendar' ? period.until - period.from + 1 : weekdaysIn(period);
  const missed = excused + outside > 0;
  const stepHalves = duty.step * 2;
  let owedHalves: number;
  let exact: number;
  if (there === 0 || normal === 0 || (present === 0 && duty.partial !== 'full')) {
    [owedHalves, exact] = [0, 0];
  } else if (duty.partial === 'full') {
    [owedHalves, exact] = [most, most / 2];
  } else if (duty.partial === 'waived' && missed) {
    [owedHalves, exact] = [0, 0];
  } else {
    exact = Math.min(sum / normal, most) / 2;
    // Nothing missed and nothing shortened: the amount itself, however it would round.
    owedHalves =
      sum >= most * normal ? most : Math.min(most, rounded(sum, normal * stepHalves, duty.rounding) * stepHalves);
  }

  const dates = fixedDates(duty, period, working, market);
  const standsOn = (d: FixedDate): boolean => d.day !== undefined && (halves[d.day - span.from] ?? NOT_MEANT) > 0;
  const kept = dates.filter(standsOn);
  const waived = dates.filter((d) => !standsOn(d));
  const among = duty.fixedRule === 'among' && dates.length > 0;
  let owed = owedHalves / 2;
  // The date that falls away is not made a free day instead; where nothing counts on other days, no more is owed than dates are left.
  const only = duty.fixedRule === 'only' && duty.fixed.length > 0;
  if (among) owed = Math.min(owed, Math.max(0, most / 2 - waived.length));
  else if (only && duty.evidence.count === 'days') owed = Math.min(owed, kept.length);
  else if (only && kept.length === 0) owed = 0;
  const fixed = among ? kept.slice(0, Math.floor(owed)) : kept;
  return {
    period,
    owed,
    whole: most / 2,
    exact,
    normal,
    present,
    excused,
    outside,
    fixed,
    waived,
    free: among ? owed - fixed.length : owed,
  };
}

const rounded = (value: number, by: number, rounding: DutyTemplate['rounding']): number =>
  rounding === 'up' ? Math.ceil(value / by) : rounding === 'down' ? Math.floor(value / by) : Math.round(value / by);

function weekdaysIn({ from, until }: Span): number {
  const days = until - from + 1;
  let count = Math.floor(days / 7) * 5;
  for (let day = from + Math.floor(days / 7) * 7; day <= until; day++) if ((((day + 3) % 7) + 7) % 7 < 5) count += 1;
  return count;
}

// ── progress ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** 'none': nothing owed. 'met': done. 'open': can be met at this pace. 'behind': more is needed a day than so far. 'late': can no longer be met. 'missed': over. */
export type Outlook = 'none' | 'met' | 'open' | 'behind' | 'late' | 'missed' | 'ahead-of-time';

export interface Progress {
  readonly duty: DutyTemplate;
  readonly official: string;
  readonly owed: Owed;
  /** All that qualifies, and what of it fills the amount (fixed dates kept apart from free days). */
  readonly done: number;
  readonly filled: number;
  readonly missing: number;
  /** Fixed dates with the day that met each, if one did. */
  readonly fixed: readonly (FixedDate & { readonly metOn: DayNumber | undefined })[];
  readonly evidence: readonly Evidence[];
  readonly outlook: Outlook;
  /** Days of the base that are left, today among them while nothing was done today; needed a day on each of them. */
  readonly daysLeft: number;
  readonly perDay: number;
  /** What it comes to at the end at the pace so far; undefined before the first day. */
  readonly projected: number | undefined;
  readonly excused: readonly Excused[];
}

/** A person's evidence of one duty, oldest first; what 'subjects' of households counts are the person's own. */
function evidenceFor(duty: DutyTemplate, person: Person, evidence: readonly Evidence[]): Evidence[] {
  const own = duty.of === 'households' ? new Set(person.households) : undefined;
  return evidence.filter(
    (e) =>
      e.official === person.id &&
      qualifies(duty.evidence, e) &&
      // What was done before a duty began, or after it ended, was done for something else.
      e.day >= duty.validFrom &&
      (duty.validTo === undefined || e.day <= duty.validTo) &&
      (own === undefined || own.has(e.subject ?? '')),
  );
}

/**
 * How far somebody is with one duty in one period.
 * @param evidence of this duty, within the period, by `evidenceFor`
 * @param today day number of today
 */
export function progressOf(
  duty: DutyTemplate,
  person: Person,
  standing: Standing,
  owed: Owed,
  evidence: readonly Evidence[],
  today: DayNumber,
  working: WorkingDays,
): Progress {
  const only = duty.fixed.length > 0 && duty.fixedRule === 'only';
  const onDate = new Set(owed.fixed.flatMap((d) => [textOf(d.day!), textOf(d.original)]));
  const counting = only ? evidence.filter((e) => onDate.has(e.day)) : evidence;
  const done = countOf(duty.evidence, counting);
  const days = new Set(counting.map((e) => e.day));
  // Somebody who went out on the date itself, though it was a day off, has kept it as well.
  const fixed = owed.fixed.map((d) => ({
    ...d,
    metOn: days.has(textOf(d.day!)) ? d.day! : days.has(textOf(d.original)) ? d.original : undefined,
  }));
  const met = only ? 0 : fixed.filter((d) => d.metOn !== undefined).length;
  const filled = only ? Math.min(done, owed.owed) : met + Math.min(done - met, owed.free);
  const missing = Math.max(0, owed.owed - filled);

  const { from, until } = owed.period;
  const base = (day: DayNumber): boolean =>
    standing.halves[day - standing.span.from]! >= 0 && (duty.base === 'calendar' || working.works(day));
  const between = (first: DayNumber, last: DayNumber): number => {
    let count = 0;
    for (let day = Math.max(first, from); day <= Math.min(last, until); day++) if (base(day)) count += 1;
    return count;
  };
  const started = today >= from;
  const doneToday = days.has(textOf(today));
  const gone = between(from, doneToday ? today : today - 1);
  const daysLeft = today > until ? 0 : between(doneToday ? today + 1 : today, until);
  const projected = gone === 0 ? undefined : done + Math.floor((done * daysLeft) / gone);
  const state = { duty, owed, done, missing, fixed, daysLeft, today, gone };
  return {
    duty,
    official: person.id,
    owed,
    done,
    filled,
    missing,
    fixed,
    evidence: counting,
    outlook: outlookOf(state, started, standing),
    daysLeft,
    perDay: daysLeft === 0 ? 0 : missing / daysLeft,
    projected,
    excused: standing.excused.filter((e) => toNumber(e.from) <= until && toNumber(e.until) >= from),
  };
}

function outlookOf(
  p: Pick<Progress, 'duty' | 'owed' | 'done' | 'missing' | 'fixed' | 'daysLeft'> & { today: DayNumber; gone: number },
  started: boolean,
  standing: Standing,
): Outlook {
  const { owed, missing, today, duty } = p;
  if (owed.owed === 0) return 'none';
  if (missing === 0) return 'met';
  if (today > owed.period.until) return 'missed';
  if (!started) return 'ahead-of-time';
  const only = duty.fixed.length > 0 && duty.fixedRule === 'only';
  const lost = p.fixed.filter((d) => d.metOn === undefined && d.day! < today && d.original < today);
  if (!only && lost.length > 0) return 'late';
  if (duty.evidence.count === 'days') {
    // Any day one is there can still be used, a weekend too; with 'only', the dates that are left.
    let left = 0;
    for (let day = today; day <= owed.period.until; day++) {
      const usable = only
        ? p.fixed.some((d) => d.metOn === undefined && d.day === day)
        : standing.halves[day - standing.span.from]! >= 0;
      if (usable) left += 1;
    }
    if (missing > left) return 'late';
  }
  if (only) return 'open';
  // By now so much would be done at an even pace; a share of one thing is not asked for before the last day.
  const even = Math.floor((owed.owed * p.gone) / Math.max(1, p.gone + p.daysLeft));
  return p.done < even ? 'behind' : 'open';
}

/** Everything the figures rest on beside persons and evidence. */
export interface Terms {
  readonly duties: readonly DutyTemplate[];
  readonly markets: readonly Market[];
  readonly calendar: Calendar;
  readonly today: string;
}

/** Where somebody worked in a period: who moved in the middle of the year kept the old place's market days until then. */
const areasIn = (person: Person, period: Span): readonly string[] =>
  person.posts.reduce<HeldPost | undefined>((last, post) => {
    const { from, until } = clip(post, period);
    return from <= until && (last === undefined || post.since >= last.since) ? post : last;
  }, undefined)?.areas ?? [];

/**
 * All duties of one person in every period that has a day in the span.
 * @param evidence of this person, over the periods that touch the span, in any order
 * @param shared of joint duties, by their id: evidence of all those meant, by `sharedBy`
 */
export function progressIn(
  terms: Terms,
  person: Person,
  span: Span,
  evidence: readonly Evidence[],
  shared: ReadonlyMap<string, readonly Evidence[]> = new Map(),
): Progress[] {
  const working = workingDays(terms.calendar);
  const today = toNumber(terms.today);
  const sorted = inOrder(evidence);
  return terms.duties.flatMap((duty) => {
    if (!duty.inUse) return [];
    const spans = periodsIn(duty.period, span);
    const standing = standingOf(duty, person, { from: spans[0]!.from, until: spans.at(-1)!.until });
    if (!standing.halves.some((h) => h !== NOT_MEANT)) return [];
    const rows = evidenceFor(
      duty,
      person,
      // Counted as one's own, so that a day on which two of them received is one day.
      duty.joint ? inOrder((shared.get(duty.id) ?? []).map((e) => ({ ...e, official: person.id }))) : sorted,
    );
    let at = 0;
    return spans.flatMap((period) => {
      while (at < rows.length && numberOf(rows[at]!.day) < period.from) at += 1;
      const start = at;
      while (at < rows.length && numberOf(rows[at]!.day) <= period.until) at += 1;
      const owed = owedIn(duty, standing, period, working, marketOf(areasIn(person, period), terms.markets));
      if (owed.present + owed.excused === 0) return [];
      return [progressOf(duty, person, standing, owed, rows.slice(start, at), today, working)];
    });
  });
}

const inOrder = (evidence: readonly Evidence[]): Evidence[] =>
  evidence
    .map((e) => ({ e, day: numberOf(e.day) }))
    .toSorted(
      (a, b) =>
        a.day - b.day || (a.e.stream < b.e.stream ? -1 : a.e.stream > b.e.stream ? 1 : 0) || a.e.place - b.e.place,
    )
    .map(({ e }) => e);

/** For each joint duty what those meant did, each on days they were meant. */
export function sharedBy(
  duties: readonly DutyTemplate[],
  persons: readonly Person[],
  evidence: readonly Evidence[],
  span: Span,
): Map<string, Evidence[]> {
  const own = Map.groupBy(evidence, (e) => e.official);
  return new Map(
    duties
      .filter((duty) => duty.joint && duty.inUse)
      .map((duty) => [
        duty.id,
        persons.flatMap((person) => {
          const { halves } = standingOf(duty, person, span);
          return (own.get(person.id) ?? []).filter((e) => {
            const day = numberOf(e.day);
            return day >= span.from && day <= span.until && halves[day - span.from] !== NOT_MEANT;
          });
        }),
      ]),
  );
}
