import { type WorkingDays, toNumber } from '../calendar/days.ts';
import type { DutyTemplate, Evidence, Excused, Person } from '../duties/model.ts';
import type { Span } from '../duties/periods.ts';
import { countOf, owedIn, progressOf, standingOf } from '../duties/rules.ts';
import { termsOf } from './hand-over.ts';
import { type Measure, type Move, type Plan, type Quota, ruleOf } from './model.ts';
import { asksFrom, breakdown, monthsOf, spanOf } from './plan.ts';

/**
 * How far a campaign is: every figure from evidence of the duties' engine, counted by that engine's own functions.
 * Pure: the same campaign, people and evidence give the same figures.
 */

/** What an official takes part as, for a time: with which party, in which group and team. */
export interface Part {
  readonly official: string;
  readonly party: string;
  readonly group: string | null;
  readonly team: string | null;
  readonly since: string;
  readonly until: string | null;
}

/** Evidence with the places above it. */
export interface Placed extends Evidence {
  readonly township: string | null;
  readonly village: string | null;
}

export interface Held {
  readonly plan: Plan;
  readonly from: string;
  /** As planned; null for a standing one. */
  readonly planned: string | null;
  /** As it stands: earlier when it was ended early. Nothing counts after it. */
  readonly until: string | null;
  readonly moves: readonly Move[];
}

export interface Month {
  readonly month: string;
  readonly target: number;
  readonly done: number;
  /** Of persons: how many owe something, and how many of them have done it. */
  readonly owing?: number;
  readonly met?: number;
}

export interface Figure {
  readonly quota: string;
  readonly measure: Measure;
  readonly of: Quota['of'];
  readonly per: Quota['per'];
  /** The group or team; null for all together. */
  readonly team: string | null;
  readonly target: number;
  readonly done: number;
  /** What is asked until the end of the month of the day asked about. */
  readonly due: number;
  readonly owing?: number;
  readonly met?: number;
  readonly months: readonly Month[];
}

/** Evidence that counts for the campaign, each with the part its official takes in it that day. */
export interface Attributed {
  readonly e: Placed;
  readonly part: Part;
}

/** Whether somebody takes part on a day. */
export const covers = (part: Pick<Part, 'since' | 'until'>, day: string): boolean =>
  part.since <= day && (part.until === null || part.until >= day);

/** What counts: within the campaign's days, by people who take part in it on that day. */
export function attribute(
  held: Held,
  parts: readonly Part[],
  evidence: readonly Placed[],
  today: string,
): Attributed[] {
  const by = Map.groupBy(parts, (p) => p.official);
  return evidence.flatMap((e) => {
    if (e.day < held.from || e.day > today || (held.until !== null && e.day > held.until)) return [];
    const part = by.get(e.official)?.find((p) => covers(p, e.day));
    return part === undefined ? [] : [{ e, part }];
  });
}

/** What is counted once, by its own name: the household, the document, the village … */
function keyOf(measure: Measure, e: Placed): string | null {
  switch (ruleOf(measure).once) {
    case 'subject':
      return e.subject;
    case 'village':
      return e.village;
    case 'township':
      return e.township;
    case 'document':
      return e.stream;
    case 'person-day':
      return `${e.official} ${e.day}`;
  }
}

/** The evidence a measure counts, each thing once: the first time it was done. In the order of days. */
export function counted(measure: Measure, attributed: readonly Attributed[]): Attributed[] {
  const { kinds } = ruleOf(measure);
  const seen = new Set<string>();
  return attributed
    .filter(({ e }) => kinds.includes(e.kind))
    .toSorted((a, b) => compare(a.e.day, b.e.day) || compare(a.e.stream, b.e.stream) || a.e.place - b.e.place)
    .filter(({ e }) => {
      const key = keyOf(measure, e);
      return key !== null && !seen.has(key) && seen.add(key) !== undefined;
    });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How much that is, by the engine's own count. */
export function amountOf(measure: Measure, attributed: readonly Attributed[]): number {
  const { kinds, count } = ruleOf(measure);
  const once = counted(measure, attributed).map(({ e }) => ({ ...e, subject: keyOf(measure, e) }));
  return countOf({ kinds, count, confirmed: false }, once);
}

/** A figure asked of a group, a team or all together: its shares by month, and what was done in each. */
function shared(held: Held, quota: Quota, team: string | null, mine: readonly Attributed[], today: string): Figure {
  const end = held.planned ?? (held.until !== null && held.until < today ? held.until : today);
  const shares = breakdown(quota, { from: held.from, until: end }, held.moves, team);
  const first = asksFrom(quota, held.from);
  const asked = mine.filter(({ e }) => e.day >= first);
  const once =
    quota.per === 'whole' ? Map.groupBy(counted(quota.measure, asked), ({ e }) => e.day.slice(0, 7)) : undefined;
  const by = Map.groupBy(asked, ({ e }) => e.day.slice(0, 7));
  const months = [...shares].map(([month, target]) => ({
    month,
    target,
    done: amountOf(quota.measure, (once ?? by).get(month) ?? []),
  }));
  const sum = (of: readonly Month[], what: 'target' | 'done'): number => of.reduce((n, m) => n + m[what], 0);
  return {
    quota: quota.code,
    measure: quota.measure,
    of: quota.of,
    per: quota.per,
    team,
    target: sum(months, 'target'),
    done: sum(months, 'done'),
    due: sum(
      months.filter((m) => m.month <= today.slice(0, 7)),
      'target',
    ),
    months,
  };
}

/** The engine's duty that a quota of persons is while the campaign runs. */
const dutyOf = (quota: Quota, held: Held): DutyTemplate => {
  const { kinds, count } = ruleOf(quota.measure);
  return {
    ...termsOf(quota),
    id: quota.code,
    who: {},
    evidence: { kinds: [...kinds], count, confirmed: false },
    validFrom: asksFrom(quota, held.from),
    ...(held.until === null ? {} : { validTo: held.until }),
  };
};

/** One person's share of a quota in one period: a month, or the whole campaign. */
export interface Owing {
  readonly official: string;
  readonly name: string;
  /** `2026-11`; `whole` for the whole campaign. */
  readonly period: string;
  readonly owed: number;
  readonly done: number;
  readonly missing: number;
  /** Fixed dates that were kept and not kept, as days. */
  readonly fixed: readonly { readonly day: string; readonly kept: boolean }[];
}

/** What each person of a party owes and has done, in each period up to the month of the day. */
export function owingOf(
  held: Held,
  quota: Quota,
  parts: readonly Part[],
  attributed: readonly Attributed[],
  people: ReadonlyMap<string, { readonly name: string; readonly exceptions: readonly Excused[] }>,
  today: string,
  working: WorkingDays,
): Owing[] {
  const duty = dutyOf(quota, held);
  const first = asksFrom(quota, held.from);
  const last = held.planned ?? (held.until !== null && held.until < today ? held.until : today);
  if (first > last || first > today) return [];
  const end = last < today ? last : today;
  const periods =
    quota.per === 'whole'
      ? [{ name: 'whole', from: first, until: last }]
      : monthsOf(first, end).map((month) => ({ name: month, ...spanOf(month) }));
  const span: Span = { from: toNumber(periods[0]!.from), until: toNumber(periods.at(-1)!.until) };
  const mine = Map.groupBy(
    parts.filter((p) => p.party === quota.party),
    (p) => p.official,
  );
  const theirs = Map.groupBy(
    attributed.filter(({ part }) => part.party === quota.party),
    ({ e }) => e.official,
  );
  const found: Owing[] = [];
  for (const [official, stays] of mine) {
    const known = people.get(official);
    const person: Person = {
      id: official,
      name: known?.name ?? '',
      title: '',
      posts: stays.map(({ since, until }) => ({ ...ANY_POST, since, until })),
      assignments: [],
      exceptions: known?.exceptions ?? [],
      acting: [],
    };
    const standing = standingOf(duty, person, span);
    const all = theirs.get(official) ?? [];
    for (const period of periods) {
      const days: Span = { from: toNumber(period.from), until: toNumber(period.until) };
      const owed = owedIn(duty, standing, days, working);
      const here = all.filter(({ e }) => e.day >= period.from && e.day <= period.until && e.day >= first);
      const once = counted(quota.measure, here).map(({ e }) => ({ ...e, subject: keyOf(quota.measure, e) }));
      const { done, missing, fixed } = progressOf(duty, person, standing, owed, once, toNumber(today), working);
      if (owed.owed === 0 && done === 0) continue;
      found.push({
        official,
        name: person.name,
        period: period.name,
        owed: owed.owed,
        done,
        missing,
        fixed: fixed.map((f) => ({ day: dayName(f.day ?? f.original), kept: f.metOn !== undefined })),
      });
    }
  }
  return found;
}

const dayName = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** A stay as the engine looks at a post: whoever takes part is meant. */
const ANY_POST = {
  role: 'field',
  title: '',
  unit: '',
  unitType: 'department',
  leads: false,
  areas: [],
  level: 'county',
} as const;

function ofPersons(quota: Quota, owing: readonly Owing[], team: string | null): Figure {
  const months = [...Map.groupBy(owing, (o) => o.period)].map(([month, all]): Month => {
    const owes = all.filter((o) => o.owed > 0);
    return {
      month,
      target: owes.reduce((n, o) => n + o.owed, 0),
      done: all.reduce((n, o) => n + o.done, 0),
      owing: owes.length,
      met: owes.filter((o) => o.missing === 0).length,
    };
  });
  const sum = (what: (m: Month) => number): number => months.reduce((n, m) => n + what(m), 0);
  const target = sum((m) => m.target);
  return {
    quota: quota.code,
    measure: quota.measure,
    of: quota.of,
    per: quota.per,
    team,
    target,
    done: sum((m) => m.done),
    due: target,
    owing: sum((m) => m.owing ?? 0),
    met: sum((m) => m.met ?? 0),
    months: months.toSorted((a, b) => compare(a.month, b.month)),
  };
}

export interface TeamOf {
  readonly id: string;
  readonly parent: string | null;
}

/**
 * Every figure of a campaign on a day: of all, of each team, of each group.
 * What persons owe is given for all, and for each team by the team they were in last.
 */
export function figuresOf(
  held: Held,
  teams: readonly TeamOf[],
  parts: readonly Part[],
  attributed: readonly Attributed[],
  people: ReadonlyMap<string, { readonly name: string; readonly exceptions: readonly Excused[] }>,
  today: string,
  working: WorkingDays,
): Figure[] {
  const byGroup = Map.groupBy(attributed, ({ part }) => part.group);
  const byTeam = Map.groupBy(attributed, ({ part }) => part.team);
  return held.plan.quotas.flatMap((quota): Figure[] => {
    switch (quota.of) {
      case 'campaign':
        return [shared(held, quota, null, attributed, today)];
      case 'team':
        return teams
          .filter((t) => t.parent === null)
          .map((t) => shared(held, quota, t.id, byTeam.get(t.id) ?? [], today));
      case 'group':
        return teams
          .filter((t) => t.parent !== null)
          .map((t) => shared(held, quota, t.id, byGroup.get(t.id) ?? [], today));
      case 'person': {
        const owing = owingOf(held, quota, parts, attributed, people, today, working);
        const last = new Map<string, string | null>();
        for (const p of parts.toSorted((a, b) => compare(a.since, b.since))) last.set(p.official, p.team);
        const byTeamOf = Map.groupBy(owing, (o) => last.get(o.official) ?? null);
        return [
          ofPersons(quota, owing, null),
          ...teams.filter((t) => t.parent === null).map((t) => ofPersons(quota, byTeamOf.get(t.id) ?? [], t.id)),
        ];
      }
    }
  });
}
