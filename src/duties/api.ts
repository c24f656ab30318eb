import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { Role } from '../access/model.ts';
import { dayOf, daysBetween, toDay, toNumber, workingDays, yearOf } from '../calendar/days.ts';
import { type Calendar, Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import {
  amountName,
  evidenceName,
  exceptionName,
  explainDone,
  explainOutlook,
  explainOwed,
  measureOf,
  periodName,
  sayAmount,
  sayFixed,
} from './explain.ts';
import {
  DUTIES_POLICY,
  DutiesPolicy,
  type DutyTemplate,
  type Evidence,
  ExceptionCommand,
  type Person,
  periods,
} from './model.ts';
import { periodAt, sayPeriod, type Span, spanOf } from './periods.ts';
import { type FixedDate, fixedDates, marketOf, type Outlook, type Progress, progressIn, sharedBy } from './rules.ts';
import { dutiesOn, evidenceOf, exceptionsIn, inRoles, officialsIn, officialsLed, personsOf } from './tables.ts';

/** Figures can be asked for so far back. */
const MAX_DAYS = 1_100;
const EVIDENCE_SHOWN = 400;

/** The days that the periods around a day take in, over all these duties. */
function reachOf(duties: readonly DutyTemplate[], day: number): Span {
  const spans = duties.map((d) => periodAt(d.period, day));
  return { from: Math.min(day, ...spans.map((s) => s.from)), until: Math.max(day, ...spans.map((s) => s.until)) };
}

interface Counted {
  readonly person: Person;
  readonly progress: readonly Progress[];
  readonly evidence: readonly Evidence[];
}

/** Every one of these duties in its period around the day, for each official. */
export async function figuresOf(
  desk: Pick<Desk, 'query' | 'county' | 'policies' | 'now'>,
  officials: readonly string[],
  day: string,
  policy: DutiesPolicy,
): Promise<Counted[]> {
  const { duties, markets } = policy;
  const number = toNumber(day);
  const reach = reachOf(duties, number);
  const [from, to] = [toDay(reach.from), toDay(reach.until)];
  const today = dayOf(desk.now);
  const [persons, evidence] = await Promise.all([
    personsOf(
      desk.query,
      desk.county,
      officials,
      { from, to },
      today,
      duties.some((d) => d.of === 'households'),
    ),
    evidenceOf(desk.query, desk.county, officials, from, to),
  ]);
  const terms = { duties, markets, calendar: desk.policies.get<Calendar>('calendar'), today };
  const byOfficial = Map.groupBy(evidence, (e) => e.official);
  const joint = duties.filter((d) => d.joint && d.inUse);
  const shared = joint.length === 0 ? undefined : await sharedOf(desk, joint, { from, to });
  return persons.map((person) => {
    const own = byOfficial.get(person.id) ?? [];
    return { person, evidence: own, progress: progressIn(terms, person, { from: number, until: number }, own, shared) };
  });
}

/** What all those a joint duty means did, and those who acted for them. */
async function sharedOf(
  desk: Pick<Desk, 'query' | 'county' | 'now'>,
  joint: readonly DutyTemplate[],
  span: { from: string; to: string },
) {
  const roles = [...new Set(joint.flatMap((d) => d.who.roles ?? Role.options))];
  const officials = await inRoles(desk.query, desk.county, roles, span.from, span.to);
  const [persons, evidence] = await Promise.all([
    personsOf(desk.query, desk.county, officials, span, dayOf(desk.now), false),
    evidenceOf(desk.query, desk.county, officials, span.from, span.to),
  ]);
  return sharedBy(joint, persons, evidence, spanOf(span.from, span.to));
}

const policyOf = (desk: Pick<Desk, 'policies'>): DutiesPolicy => desk.policies.get<DutiesPolicy>(DUTIES_POLICY);

/** The rules of the day asked about. */
const policyFor = async (desk: Desk, day: string): Promise<DutiesPolicy> =>
  day >= dayOf(desk.now) ? policyOf(desk) : await dutiesOn(desk.query, desk.county, day);

const presentFigure = ({ duty, owed, done, filled, missing, outlook, daysLeft, perDay, projected }: Progress) => ({
  duty: duty.id,
  name: duty.name,
  measure: measureOf(duty),
  period: {
    kind: duty.period,
    from: toDay(owed.period.from),
    until: toDay(owed.period.until),
    name: sayPeriod(duty.period, owed.period),
  },
  owed: owed.owed,
  done,
  filled,
  missing,
  outlook,
  daysLeft,
  perDay,
  projected: projected ?? null,
});

const presentOwn = (p: Progress, today: string) => ({
  ...presentFigure(p),
  rule: sayAmount(p.duty),
  source: p.duty.source,
  confidence: p.duty.confidence,
  note: p.duty.note ?? null,
  why: explainOwed(p, today),
  counted: explainDone(p, today),
  forecast: explainOutlook(p, today),
  fixed: p.fixed.map((d) => ({
    day: toDay(d.day!),
    original: toDay(d.original),
    met: d.metOn === undefined ? null : toDay(d.metOn),
  })),
  evidence: p.evidence
    .slice(-EVIDENCE_SHOWN)
    .toReversed()
    .map((e) => ({
      stream: e.stream,
      kind: e.kind,
      name: evidenceName(e.kind),
      day: e.day,
      amount: e.amount,
      measure: amountName(e.kind),
      subject: e.subject,
      confirmed: e.confirmed,
    })),
  excused: p.excused.map((e) => ({
    id: e.id,
    type: e.type,
    name: exceptionName(e.type),
    from: e.from,
    until: e.until,
  })),
});

/** The month around a day: days off, fixed dates, days without meetings, and how often one was out. */
function monthOf(desk: Desk, day: string, { person, evidence }: Counted) {
  const { duties, markets } = policyOf(desk);
  const month = periodAt('month', toNumber(day));
  const calendar = desk.policies.get<Calendar>('calendar');
  const working = workingDays(calendar);
  const now = person.posts.filter((p) => p.since <= day && (p.until === null || p.until >= day));
  const market = marketOf(now.at(-1)?.areas ?? [], markets);
  const mine = progressIn(
    { duties: duties.filter((d) => d.fixed.length > 0), markets, calendar, today: dayOf(desk.now) },
    person,
    month,
    evidence,
  );
  const fixed = new Map<number, string[]>();
  /** Days without meetings and fixed dates, each with the date it was moved from. */
  const moved = new Map<number, number>();
  const quiet = new Set<number>();
  const note = (date: FixedDate): void => {
    if (date.day !== undefined && date.day !== date.original) moved.set(date.day, date.original);
  };
  for (const duty of duties.filter((d) => d.noMeetings && d.inUse)) {
    for (const date of fixedDates(duty, month, working, market)) {
      if (date.day !== undefined) quiet.add(date.day);
      note(date);
    }
  }
  for (const p of mine) {
    for (const date of p.fixed) {
      fixed.set(date.day!, [...(fixed.get(date.day!) ?? []), p.duty.name]);
      note(date);
    }
  }
  return Array.from({ length: month.until - month.from + 1 }, (_, i) => {
    const number = month.from + i;
    const text = toDay(number);
    const out = evidence.filter((e) => e.day === text);
    return {
      day: text,
      works: working.works(number),
      holiday: working.holiday(number) ?? null,
      madeUp: working.madeUp(number),
      noMeetings: quiet.has(number),
      fixed: fixed.get(number) ?? [],
      movedFrom: moved.has(number) ? toDay(moved.get(number)!) : null,
      done: out.length,
      excused: person.exceptions.some((e) => e.duty === null && e.from <= text && text <= e.until),
    };
  });
}

const OUTLOOKS: readonly Outlook[] = ['met', 'open', 'behind', 'late', 'missed', 'ahead-of-time', 'none'];
const short = (outlook: Outlook): boolean => outlook === 'behind' || outlook === 'late' || outlook === 'missed';

const DayAsked = z.object({ day: Day.optional() });

/** The day asked about, if figures can be had for it. */
function askedDay(desk: Desk, day: string | undefined): string | undefined {
  const today = dayOf(desk.now);
  const asked = day ?? today;
  return Math.abs(daysBetween(asked, today)) > MAX_DAYS ? undefined : asked;
}

export const dutyRoutes = {
  'GET /api/duties/mine': route({
    action: 'duty.read',
    summary: 'What I owe in the periods around a day, what counts for it, and how it will end, each figure explained',
    query: DayAsked,
    async handle(desk, { query }) {
      if (desk.actor.kind !== 'official') return refuse('access.denied');
      const day = askedDay(desk, query.day);
      if (day === undefined) return refuse('input.invalid', 'day');
      const today = dayOf(desk.now);
      const [mine] = await figuresOf(desk, [desk.actor.id], day, await policyFor(desk, day));
      if (mine === undefined) return refuse('access.denied');
      const asked = await exceptionsIn(
        desk.query,
        desk.county,
        { all: false, areas: [], officials: [desk.actor.id] },
        today,
      );
      const month = periodAt('month', toNumber(day));
      const year = yearOf(month.from);
      return {
        day,
        today,
        duties: mine.progress.map((p) => presentOwn(p, today)),
        month: { name: sayPeriod('month', month), days: monthOf(desk, day, mine) },
        published: desk.policies.get<Calendar>('calendar').years[year] !== undefined,
        exceptions: asked.map(presentException(desk)),
      };
    },
  }),
  'GET /api/duties/progress': route({
    action: 'duty.supervise',
    summary: 'How far the officials of my places are in a kind of period: figures and reasons, no documents',
    query: z.object({ day: Day.optional(), period: z.enum(periods).default('month') }),
    handle: async (desk, { query }) =>
      await progressOf(desk, query, await officialsIn(desk.query, desk.county, scopeOf(desk.actor, 'duty.supervise'))),
  }),
  'GET /api/duties/led': route({
    action: 'duty.lead',
    summary: 'The same for the staff of the units I lead: figures and reasons, no documents; empty for who leads none',
    query: z.object({ day: Day.optional(), period: z.enum(periods).default('month') }),
    handle: async (desk, { query }) =>
      await progressOf(
        desk,
        query,
        await officialsLed(desk.query, desk.county, scopeOf(desk.actor, 'duty.lead').officials),
      ),
  }),
  'GET /api/duties/exceptions': route({
    action: 'duty.supervise',
    summary: 'Leave, transfers and other reasons in my places; those that wait for a decision first',
    query: DayAsked,
    async handle(desk, { query }) {
      const since = query.day ?? toDay(toNumber(dayOf(desk.now)) - 31);
      const rows = await exceptionsIn(desk.query, desk.county, scopeOf(desk.actor, 'duty.supervise'), since);
      return { since, rows: rows.map(presentException(desk)) };
    },
  }),
  'GET /api/duties/officials': route({
    action: 'duty.supervise',
    summary: 'Officials of my places, to note an exception for',
    async handle(desk) {
      const rows = await officialsIn(desk.query, desk.county, scopeOf(desk.actor, 'duty.supervise'));
      return { rows: rows.map(({ id, name, title, unitName }) => ({ id, name, title, unit: unitName })) };
    },
  }),
  'GET /api/duties/templates': route({
    action: 'policy.read',
    summary: 'Every duty in force: who owes what, by which source',
    handle(desk) {
      const { duties } = policyOf(desk);
      return {
        duties: duties
          .filter((d) => d.inUse)
          .map((d) => ({
            id: d.id,
            name: d.name,
            rule: [sayAmount(d), sayFixed(d)].filter((part) => part !== '').join('，'),
            period: periodName(d.period),
            evidence: d.evidence.kinds.map(evidenceName),
            differences: d.differences.map(({ amount, why }) => ({ amount, why })),
            source: d.source,
            confidence: d.confidence,
            note: d.note ?? null,
            validFrom: d.validFrom,
            validTo: d.validTo ?? null,
          })),
      };
    },
  }),
  'POST /api/duties/preview': route({
    action: 'policy.publish',
    summary: 'What a changed document would change: who owes how much in the present periods, before and after',
    body: z.object({ document: z.unknown() }),
    async handle(desk, { body }) {
      const parsed = DutiesPolicy.safeParse(body.document);
      if (!parsed.success)
        return refuse('policy.malformed', ['document', ...(parsed.error.issues[0]?.path ?? [])].join('.'));
      const today = dayOf(desk.now);
      const everybody = { all: true, areas: [], units: [], officials: [] };
      const ids = (await officialsIn(desk.query, desk.county, everybody)).map((o) => o.id);
      const [before, after] = await Promise.all([
        figuresOf(desk, ids, today, policyOf(desk)),
        figuresOf(desk, ids, today, parsed.data),
      ]);
      const tally = (figures: readonly Counted[], id: string) => {
        const of = figures.flatMap((f) => f.progress).filter((p) => p.duty.id === id && p.owed.owed > 0);
        return {
          people: of.length,
          owed: sum(of, (p) => p.owed.owed),
          met: of.filter((p) => p.outlook === 'met').length,
          behind: of.filter((p) => short(p.outlook)).length,
        };
      };
      const named = new Map([...policyOf(desk).duties, ...parsed.data.duties].map((d) => [d.id, d.name]));
      return {
        duties: [...named].map(([id, name]) => {
          const [was, will] = [tally(before, id), tally(after, id)];
          return { duty: id, name, before: was, after: will, changed: JSON.stringify(was) !== JSON.stringify(will) };
        }),
      };
    },
  }),
  ...(commandRoutes('exception', '/api/exceptions', ExceptionCommand, {
    'exception.ask': 'Ask for leave or another reason not to owe, for oneself',
    'exception.grant': 'A head notes leave, a transfer or somebody acting, for another',
    'exception.decide': 'Grant or refuse what was asked; never one’s own',
    'exception.shorten': 'It ended earlier, or was not used at all',
  }) as object),
} satisfies Routes;

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

/** How far some officials are in a kind of period: aggregates, exceptions, and each one's figures without documents. */
async function progressOf(
  desk: Desk,
  query: { readonly day?: string | undefined; readonly period: (typeof periods)[number] },
  officials: Awaited<ReturnType<typeof officialsIn>>,
) {
  const day = askedDay(desk, query.day);
  if (day === undefined) return refuse('input.invalid', 'day');
  const policy = await policyFor(desk, day);
  const duties = policy.duties.filter((d) => d.period === query.period);
  const figures = new Map(
    (
      await figuresOf(
        desk,
        officials.map((o) => o.id),
        day,
        { ...policy, duties },
      )
    ).map((f) => [f.person.id, f]),
  );
  const all = [...figures.values()].flatMap((f) => f.progress);
  const period = periodAt(query.period, toNumber(day));
  return {
    day,
    period: {
      kind: query.period,
      name: sayPeriod(query.period, period),
      from: toDay(period.from),
      until: toDay(period.until),
    },
    totals: duties.flatMap((duty) => {
      const of = all.filter((p) => p.duty.id === duty.id && p.outlook !== 'none');
      if (of.length === 0) return [];
      return [
        {
          duty: duty.id,
          name: duty.name,
          rule: [sayAmount(duty), sayFixed(duty)].filter((part) => part !== '').join('，'),
          measure: measureOf(duty),
          people: of.length,
          owed: sum(of, (p) => p.owed.owed),
          filled: sum(of, (p) => p.filled),
          outlooks: Object.fromEntries(OUTLOOKS.map((o) => [o, of.filter((p) => p.outlook === o).length])),
        },
      ];
    }),
    staff: officials.length,
    behind: new Set(all.filter((p) => short(p.outlook)).map((p) => p.official)).size,
    officials: officials.flatMap((o) => {
      const counted = figures.get(o.id);
      const owing = counted?.progress.filter((p) => p.owed.whole > 0) ?? [];
      if (counted === undefined || owing.length === 0) return [];
      return [
        {
          id: o.id,
          name: o.name,
          title: o.title,
          unit: o.unitName,
          township: o.township,
          duties: owing.map(presentFigure),
          behind: owing.some((p) => short(p.outlook)),
          reasons: counted.person.exceptions
            .filter((e) => e.from <= toDay(period.until) && e.until >= toDay(period.from))
            .map((e) => ({ type: e.type, name: exceptionName(e.type), from: e.from, until: e.until })),
        },
      ];
    }),
  };
}

function presentException(desk: Desk) {
  const names = new Map(policyOf(desk).duties.map((d) => [d.id, d.name]));
  return (e: Awaited<ReturnType<typeof exceptionsIn>>[number]) => {
    const reach = { areas: e.areas, officials: [e.official] };
    const mine = desk.actor.kind === 'official' && desk.actor.id === e.official;
    const can = (action: 'exception.decide' | 'exception.shorten'): boolean => !mine && may(desk.actor, action, reach);
    return {
      id: e.id,
      official: e.official,
      name: e.name,
      unit: e.unit,
      type: e.type,
      typeName: exceptionName(e.type),
      from: e.from,
      until: e.until,
      duty: e.duty === null ? null : (names.get(e.duty) ?? e.duty),
      actingFor: e.actingFor,
      stage: e.stage,
      reason: e.reason,
      askedBy: e.askedBy,
      decidedBy: e.decidedBy,
      decision: e.decision,
      can: [
        ...(e.stage === 'asked' && can('exception.decide') ? (['exception.decide'] as const) : []),
        ...(e.stage === 'granted' && can('exception.shorten') ? (['exception.shorten'] as const) : []),
      ],
    };
  };
}
