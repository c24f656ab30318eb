import type { Scope } from '../access/model.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { documentOn } from '../policy/tables.ts';
import { exceptions } from './exception.ts';
import {
  DUTIES_POLICY,
  type DutiesPolicy,
  dutyPolicies,
  type Evidence,
  ExceptionCommand,
  type ExceptionEvent,
  type ExceptionFacts,
  type ExceptionState,
  type ExceptionType,
  type Excused,
  type HeldPost,
  type Person,
} from './model.ts';

export const exceptionRecord: RecordType<ExceptionState, ExceptionCommand, ExceptionEvent, ExceptionFacts> = {
  name: 'exception',
  decider: exceptions,
  commands: ExceptionCommand,
  tables: [{ name: 'exception', key: ['county', 'id'] }],

  async facts({ county, state, command, actor, query, policies }) {
    const wanted = command.kind === 'exception.ask' || command.kind === 'exception.grant' ? command : undefined;
    const official = wanted?.official ?? (state.stage === 'none' ? null : state.official);
    const [row] = await query<{ areas: string[] | null; acted: boolean }>(
      'duties.exception-facts',
      `select (select a.chain from official o
                 join unit u on u.county = o.county and u.id = o.unit
                 join area a on a.county = u.county and a.id = u.area
                where o.county = $1 and o.id = $2 and not o.retired) as areas,
              exists (select from official where county = $1 and id = $3) as acted`,
      [county, official, wanted?.actingFor ?? null],
    );
    return {
      actor,
      areas: row!.areas ?? undefined,
      actedKnown: row!.acted,
      dutyKnown: policies.get<DutiesPolicy>(DUTIES_POLICY).duties.some((d) => d.id === wanted?.duty),
    };
  },

  reach(state, command, facts) {
    const asked = command !== undefined && 'official' in command ? command.official : undefined;
    const official = state.stage === 'none' ? asked : state.official;
    return { areas: facts?.areas ?? [], officials: official === undefined ? [] : [official] };
  },

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { official, type, from, until, duty, actingFor, stage, reason } = state;
    return {
      exception: [
        {
          county,
          id: stream,
          official,
          type,
          from,
          until,
          duty,
          acting_for: actingFor,
          stage,
          reason,
          asked_by: state.askedBy,
          asked_at: state.askedAt,
          decided_by: state.decidedBy,
          decided_at: state.decidedAt,
          decision: state.decision,
        },
      ],
    };
  },
};

/**
 * The duties in force on a day: what was owed is told by the rules of its time, not by today's.
 * Before a county published any, the shipped ones stood.
 */
export const dutiesOn = (query: Query, county: number, day: string): Promise<DutiesPolicy> =>
  documentOn<DutiesPolicy>(query, county, dutyPolicies[0]!, day);

export interface Supervised {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly township: string | null;
}

/** Officials at work whose unit lies in the scope, by unit and name: never by how much they did. */
export const officialsIn = async (query: Query, county: number, { all, areas }: Scope): Promise<Supervised[]> =>
  await query<Supervised>(
    'duties.officials',
    `select o.id, o.name, o.title, o.unit, u.name as "unitName", t.name as township
       from official o
       join unit u on u.county = $1 and u.id = o.unit
       join area a on a.county = $1 and a.id = u.area
       left join area t on t.county = $1 and t.id = a.chain[2]
      where o.county = $1 and not o.retired and ($2 or a.chain && $3::uuid[])
      order by a.code, u.name, u.id, o.name, o.id`,
    [county, all, areas],
  );

/** Officials of the units somebody leads and of the sections below them; the one who leads is not their own staff. */
export const officialsLed = async (query: Query, county: number, leaders: readonly string[]): Promise<Supervised[]> =>
  await query<Supervised>(
    'duties.led',
    `with recursive led as (
       select id from unit where county = $1 and head = any($2::uuid[]) and not closed
       union select u.id from unit u join led on u.parent = led.id where u.county = $1 and not u.closed
     )
     select o.id, o.name, o.title, o.unit, u.name as "unitName", t.name as township
       from official o
       join unit u on u.county = $1 and u.id = o.unit
       join area a on a.county = $1 and a.id = u.area
       left join area t on t.county = $1 and t.id = a.chain[2]
      where o.county = $1 and not o.retired and o.unit in (select id from led) and o.id <> all($2::uuid[])
      order by u.name, u.id, o.name, o.id`,
    [county, leaders],
  );

/**
 * Persons as duties look at them.
 * @param span days on which exceptions matter
 * @param households whether any duty asks which households they answer for
 */
export async function personsOf(
  query: Query,
  county: number,
  officials: readonly string[],
  span: { readonly from: string; readonly to: string },
  today: string,
  households: boolean,
): Promise<Person[]> {
  const [people, excused, bound] = await Promise.all([
    query<{ id: string; name: string; title: string }>(
      'duties.people',
      'select id, name, title from official where county = $1 and id = any($2::uuid[]) order by id',
      [county, officials],
    ),
    query<{
      id: string;
      official: string;
      type: ExceptionType;
      from: string;
      until: string;
      duty: string | null;
      acting_for: string | null;
      reason: string;
    }>(
      'duties.excused',
      `select id, official, type, "from", until, duty, acting_for, reason from exception
        where county = $1 and official = any($2::uuid[]) and stage = 'granted'
          and "from" <= $4::date and until >= $3::date and until >= "from" order by "from", id`,
      [county, officials, span.from, span.to],
    ),
    query<Person['assignments'][number] & { official: string }>(
      'duties.bound',
      `select official, kind as type, since, until from assignment
        where county = $1 and official = any($2::uuid[]) order by since, id`,
      [county, officials],
    ),
  ]);
  const acted = excused.flatMap((e) => e.acting_for ?? []);
  const posts = await query<HeldPost & { official: string }>(
    'duties.posts',
    `select p.official, p.role, p.title, p.unit, u.kind as "unitType", coalesce(u.head = p.official, false) as leads,
            a.chain as areas, a.level, p.since, p.until
       from post p
       join unit u on u.county = $1 and u.id = p.unit
       join area a on a.county = $1 and a.id = coalesce(p.area, u.area)
      where p.county = $1 and p.official = any($2::uuid[]) order by p.official, p.place`,
    [county, [...officials, ...acted]],
  );
  const answered = households ? await answeredBy(query, county, officials, today) : undefined;
  const postsOf = Map.groupBy(posts, (p) => p.official);
  const excusedOf = Map.groupBy(excused, (e) => e.official);
  const boundOf = Map.groupBy(bound, (b) => b.official);
  return people.map(({ id, name, title }) => ({
    id,
    name,
    title,
    posts: postsOf.get(id) ?? [],
    assignments: boundOf.get(id) ?? [],
    exceptions: (excusedOf.get(id) ?? []).flatMap(({ type, ...e }): Excused[] =>
      type === 'acting' ? [] : [{ id: e.id, type, from: e.from, until: e.until, duty: e.duty, reason: e.reason }],
    ),
    acting: (excusedOf.get(id) ?? []).flatMap((e) =>
      (postsOf.get(e.acting_for ?? '') ?? []).flatMap((post) => {
        // Only while the other holds the post, and only on the days it was taken over.
        const since = post.since > e.from ? post.since : e.from;
        const until = post.until !== null && post.until < e.until ? post.until : e.until;
        return since > until ? [] : [{ ...post, since, until, of: e.acting_for! }];
      }),
    ),
    ...(answered === undefined ? {} : { households: answered.get(id) ?? [] }),
  }));
}

/** Households each official answers for today, as their list of the day has it: as contact, or by assignment. */
async function answeredBy(query: Query, county: number, officials: readonly string[], today: string) {
  const rows = await query<{ official: string; households: string[] }>(
    'duties.answered',
    `with bound as (
       select official, area, household from assignment
        where county = $1 and official = any($2::uuid[]) and since <= $3::date and (until is null or until >= $3::date)
          and kind in ('village', 'household')
     ), own as (
       select contact as official, id from household where county = $1 and contact = any($2::uuid[]) and not moved
       union select b.official, h.id from bound b join household h on h.county = $1 and h.id = b.household and not h.moved
       union select b.official, h.id from bound b join household h on h.county = $1 and h.village = b.area and not h.moved
       union select b.official, h.id from bound b join household h on h.county = $1 and h.grid = b.area and not h.moved
     )
     select official, array_agg(id) as households from own group by official`,
    [county, officials, today],
  );
  return new Map(rows.map((r) => [r.official, r.households]));
}

/** Officials who held a post in one of these roles in a span of days, and all who acted for somebody then. */
export const inRoles = async (
  query: Query,
  county: number,
  roles: readonly string[],
  from: string,
  to: string,
): Promise<string[]> =>
  (
    await query<{ official: string }>(
      'duties.in-roles',
      `select distinct official from post
        where county = $1 and role = any($2) and since <= $4::date and (until is null or until >= $3::date)
       union
       select official from exception
        where county = $1 and type = 'acting' and stage = 'granted' and "from" <= $4::date and until >= $3::date`,
      [county, roles, from, to],
    )
  ).map((row) => row.official);

/** Evidence of these officials in a span of days, oldest first. */
export const evidenceOf = async (
  query: Query,
  county: number,
  officials: readonly string[],
  from: string,
  to: string,
): Promise<Evidence[]> =>
  await query<Evidence>(
    'duties.evidence',
    `select stream, place, official, kind, day, amount, area, subject, confirmed from evidence
      where county = $1 and official = any($2::uuid[]) and day between $3::date and $4::date
      order by official, day, stream, place`,
    [county, officials, from, to],
  );

export interface ExceptionRow {
  readonly id: string;
  readonly official: string;
  readonly name: string;
  readonly unit: string;
  readonly type: ExceptionType;
  readonly from: string;
  readonly until: string;
  readonly duty: string | null;
  readonly actingFor: string | null;
  readonly stage: 'asked' | 'granted' | 'refused';
  readonly reason: string;
  readonly askedBy: string | null;
  readonly decidedBy: string | null;
  readonly decision: string | null;
  readonly areas: string[];
}

/** Exceptions in a scope that last until or after a day, and all that wait for a decision; open ones first. */
export const exceptionsIn = async (
  query: Query,
  county: number,
  scope: Pick<Scope, 'all' | 'areas' | 'officials'>,
  since: string,
): Promise<ExceptionRow[]> =>
  await query<ExceptionRow>(
    'duties.exceptions',
    `select e.id, e.official, o.name, u.name as unit, e.type, e."from", e.until, e.duty, f.name as "actingFor", e.stage,
            e.reason, b.name as "askedBy", d.name as "decidedBy", e.decision, a.chain as areas
       from exception e
       join official o on o.county = $1 and o.id = e.official
       join unit u on u.county = $1 and u.id = o.unit
       join area a on a.county = $1 and a.id = u.area
       left join official f on f.county = $1 and f.id = e.acting_for
       left join official b on b.county = $1 and b.id = e.asked_by
       left join official d on d.county = $1 and d.id = e.decided_by
      where e.county = $1 and ($2 or a.chain && $3::uuid[] or e.official = any($4::uuid[]))
        and (e.stage = 'asked' or e.until >= $5::date)
      order by e.stage <> 'asked', e."from" desc, e.id limit 500`,
    [county, scope.all, scope.areas, scope.officials, since],
  );
