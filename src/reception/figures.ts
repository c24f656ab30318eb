import { scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf, toDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import { DUTIES_POLICY, type DutiesPolicy } from '../duties/model.ts';
import { periodsIn, spanOf } from '../duties/periods.ts';
import { progressIn, sharedBy } from '../duties/rules.ts';
import { evidenceOf, officialsIn, personsOf } from '../duties/tables.ts';
import { RECEPTION_ROW, type ReceptionRow, receptionScope } from './tables.ts';

/** What a figure of the page counts; each opens to its records. */
export const whats = [
  'held',
  'substituted',
  'nobody',
  'cancelled',
  'batches',
  'taken',
  'answered',
  'confirmed',
  'promises',
  'due',
  'kept',
] as const;
export type What = (typeof whats)[number];

interface Span {
  readonly from: string;
  readonly to: string;
}

type Counts = Record<What | 'planned' | 'people', number>;
export interface ReceptionFigure extends Counts {
  readonly official: string;
  readonly name: string | null;
  readonly unit: string | null;
  readonly title: string | null;
  readonly rank: string | null;
  /** Days owed in the periods that begin in the span, and those done, as the duties' engine counts them. */
  readonly owed: number;
  readonly done: number;
  /** Days they sat for somebody else. */
  readonly heldFor: number;
}

/** Days as they were planned and what became of them; items by who received. Nothing is counted twice. */
const DAY: Readonly<Record<'held' | 'substituted' | 'nobody' | 'cancelled', string>> = {
  held: `r.status = 'ended' and r.official = r.planned`,
  substituted: `r.status in ('begun', 'ended') and r.official <> r.planned`,
  nobody: `r.status = 'announced' and r.day < $4::date`,
  cancelled: `r.status = 'cancelled'`,
};
const ITEM: Readonly<Record<Exclude<What, keyof typeof DAY>, string>> = {
  batches: 'true',
  taken: 'not n.linked',
  answered: 'm.first_answered_at is not null',
  confirmed: `m.status = 'closed'`,
  promises: 'n.promised is not null',
  due: 'n.promised is not null and n.due < $4::date',
  kept: 'n.kept',
};

const count = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of)
    .map(([what, when]) => `(count(*) filter (where ${when}))::int as ${what}`)
    .join(', ');

/**
 * Form beside substance for each official: what they owed and held, and what came of it for people. By unit and name,
 * never by figures: nobody stands lower because more people came, or because they were not content.
 */
export async function figuresIn(
  desk: Desk,
  { from, to }: Span,
): Promise<{ rows: ReceptionFigure[]; total: Omit<ReceptionFigure, 'official' | 'name' | 'unit' | 'title' | 'rank'> }> {
  const today = dayOf(desk.now);
  const scope = scopeOf(desk.actor, 'reception-day.count');
  const values = [desk.county, from, to, today, ...scopeValues(scope)];
  const [days, items, stood, owed] = await Promise.all([
    desk.query<Counts & { official: string; rank: string }>(
      'reception.figure-days',
      `select r.planned as official, (array_agg(r.rank order by r.day desc))[1] as rank, count(*)::int as planned, ${count(DAY)}
         from reception_day r where r.county = $1 and r.day between $2 and $3 and ${withinSql(5, receptionScope)} group by 1`,
      values,
    ),
    desk.query<Counts & { official: string }>(
      'reception.figure-items',
      `select n.official, coalesce(sum(n.people), 0)::int as people, ${count(ITEM)}
         from reception_item n join reception_day r on r.county = n.county and r.id = n.reception
         left join matter m on m.county = n.county and m.id = n.matter
        where n.county = $1 and n.day between $2 and $3 and ${withinSql(5, receptionScope)} group by 1`,
      values,
    ),
    desk.query<{ official: string; n: number }>(
      'reception.figure-stood-in',
      `select r.official, count(*)::int as n from reception_day r
        where r.county = $1 and r.day between $2 and $3 and $4::date is not null and r.status = 'ended'
          and r.official <> r.planned and ${withinSql(5, receptionScope)} group by 1`,
      values,
    ),
    owedIn(desk, { from, to }),
  ]);
  const byDay = new Map(days.map((d) => [d.official, d]));
  const byItem = new Map(items.map((i) => [i.official, i]));
  const stoodIn = new Map(stood.map((s) => [s.official, s.n]));
  const officials = [...new Set([...byDay.keys(), ...byItem.keys(), ...stoodIn.keys(), ...owed.keys()])];
  const people = await desk.query<{ id: string; name: string; title: string; unit: string }>(
    'reception.figure-people',
    `select o.id, o.name, o.title, u.short_name as unit from official o
       join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and o.id = any($2::uuid[]) order by u.code nulls last, u.short_name, o.name, o.id`,
    [desk.county, officials],
  );
  const rows = people.map(({ id, name, title, unit }): ReceptionFigure => {
    const [d, i, o] = [byDay.get(id), byItem.get(id), owed.get(id)];
    return {
      official: id,
      name,
      unit,
      title,
      rank: d?.rank ?? null,
      owed: o?.owed ?? 0,
      done: o?.done ?? 0,
      planned: d?.planned ?? 0,
      held: d?.held ?? 0,
      substituted: d?.substituted ?? 0,
      nobody: d?.nobody ?? 0,
      cancelled: d?.cancelled ?? 0,
      heldFor: stoodIn.get(id) ?? 0,
      batches: i?.batches ?? 0,
      people: i?.people ?? 0,
      taken: i?.taken ?? 0,
      answered: i?.answered ?? 0,
      confirmed: i?.confirmed ?? 0,
      promises: i?.promises ?? 0,
      due: i?.due ?? 0,
      kept: i?.kept ?? 0,
    };
  });
  const sum = (of: (row: ReceptionFigure) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return {
    rows,
    total: {
      owed: sum((r) => r.owed),
      done: sum((r) => r.done),
      planned: sum((r) => r.planned),
      held: sum((r) => r.held),
      substituted: sum((r) => r.substituted),
      nobody: sum((r) => r.nobody),
      cancelled: sum((r) => r.cancelled),
      heldFor: sum((r) => r.heldFor),
      batches: sum((r) => r.batches),
      people: sum((r) => r.people),
      taken: sum((r) => r.taken),
      answered: sum((r) => r.answered),
      confirmed: sum((r) => r.confirmed),
      promises: sum((r) => r.promises),
      due: sum((r) => r.due),
      kept: sum((r) => r.kept),
    },
  };
}

/** What each official of the scope owes and has done of reception duties, in the periods that begin in the span. */
async function owedIn(desk: Desk, { from, to }: Span): Promise<Map<string, { owed: number; done: number }>> {
  const policy = desk.policies.get<DutiesPolicy>(DUTIES_POLICY);
  const duties = policy.duties.filter((d) => d.inUse && d.evidence.kinds.includes('reception'));
  const span = spanOf(from, to);
  const officials = (await officialsIn(desk.query, desk.county, scopeOf(desk.actor, 'reception-day.count'))).map(
    (o) => o.id,
  );
  const touched = duties.flatMap((d) => periodsIn(d.period, span));
  const [first, last] = [
    toDay(Math.min(span.from, ...touched.map((p) => p.from))),
    toDay(Math.max(span.until, ...touched.map((p) => p.until))),
  ];
  const today = dayOf(desk.now);
  const [persons, evidence] = await Promise.all([
    personsOf(desk.query, desk.county, officials, { from: first, to: last }, today, false),
    evidenceOf(desk.query, desk.county, officials, first, last),
  ]);
  const byOfficial = Map.groupBy(evidence, (e) => e.official);
  const shared = sharedBy(duties, persons, evidence, spanOf(first, last));
  const terms = { duties, markets: policy.markets, calendar: desk.policies.get<Calendar>('calendar'), today };
  return new Map(
    persons.flatMap((person) => {
      const progress = progressIn(terms, person, span, byOfficial.get(person.id) ?? [], shared).filter(
        (p) => p.owed.period.from >= span.from && p.owed.period.from <= span.until && p.owed.owed > 0,
      );
      if (progress.length === 0) return [];
      const owed = progress.reduce((all, p) => all + p.owed.owed, 0);
      return [[person.id, { owed, done: progress.reduce((all, p) => all + p.filled, 0) }] as const];
    }),
  );
}

const RECORDS = 500;
const isDay = (what: What): what is keyof typeof DAY => what in DAY;

/** The records behind one figure: reception days, or what was received on them with the matter it became. */
export async function figureRecords(desk: Desk, { from, to }: Span, what: What, official: string | null) {
  const values = [
    desk.county,
    from,
    to,
    dayOf(desk.now),
    official,
    ...scopeValues(scopeOf(desk.actor, 'reception-day.count')),
  ];
  const rows = isDay(what)
    ? await desk.query<ReceptionRow & { matter: null; number: null; promised: null; due: null; m_status: null }>(
        `reception.records-${what}`,
        `${RECEPTION_ROW} where r.county = $1 and r.day between $2 and $3 and $4::date is not null
            and ($5::uuid is null or r.planned = $5) and ${withinSql(6, receptionScope)} and ${DAY[what]}
          order by r.day, r.starts, r.id limit ${RECORDS}`,
        values,
      )
    : await desk.query<
        ReceptionRow & {
          matter: string;
          number: string | null;
          promised: string | null;
          due: string | null;
          m_status: string | null;
        }
      >(
        `reception.records-${what}`,
        `select r.id, r.official, r.planned, r.day, r.spot, r.status, r.rank, n.people, n.matter, m.number, n.promised, n.due,
                m.status as m_status
           from reception_item n join reception_day r on r.county = n.county and r.id = n.reception
           left join matter m on m.county = n.county and m.id = n.matter
          where n.county = $1 and n.day between $2 and $3 and $4::date is not null and ($5::uuid is null or n.official = $5)
            and ${withinSql(6, receptionScope)} and ${ITEM[what]}
          order by n.day, r.starts, r.id, n.place limit ${RECORDS}`,
        values,
      );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((r) => [r.official, r.planned]),
  );
  return rows.map((r) => ({
    id: r.id,
    day: r.day,
    spot: r.spot,
    status: r.status,
    official: names(r.official),
    planned: names(r.planned),
    people: r.people,
    matter: r.matter ?? null,
    number: r.number ?? null,
    matterStatus: r.m_status ?? null,
    promised: r.promised ?? null,
    due: r.due ?? null,
  }));
}
