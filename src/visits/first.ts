import { z } from 'zod';
import { addDays, dayOf } from '../calendar/days.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { spokenFor } from './diary.ts';
import { t } from './english.ts';
import type { VisitsPolicy, WhereFirstPolicy } from './model.ts';

/**
 * Where to go first (rows B1, 2:B14 领导带头下基层的五个去处): among the people, far off, where life is hard or people are
 * at odds, where something needs solving, where the work does not move. Five plain counts of a place, each with the
 * number from which it is a reason; nothing is said about anybody, and no place is marked for good.
 */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly village: string | null;
  readonly households: number;
  /** Households not met for long. */
  readonly unseen: number;
  /** Households where a service is registered for, with consent in force. */
  readonly needs: number;
  readonly disputes: number;
  /** Open matters; matters, promises and disputes past their day. */
  readonly open: number;
  readonly stalled: number;
  /** What makes it far, where the county says so. */
  readonly remote: string | null;
}

/** The five, and where each stands in a tie: what was begun and does not move goes before what nobody began. */
export const reasons = ['stalled', 'open', 'hard', 'unseen', 'remote'] as const;
export type Reason = (typeof reasons)[number];

export interface Firsts extends Place {
  /** Which of the five hold here. */
  readonly holds: readonly Reason[];
  /** The same in words. */
  readonly why: readonly string[];
}

/**
 * Places in the order to go to them: where more of the five hold comes first; among as many, what weighs more by
 * `reasons`, by its count. The same places give the same order however they come.
 */
export function placesFirst(
  places: readonly Place[],
  policy: WhereFirstPolicy,
  { longUnseenDays }: Pick<VisitsPolicy, 'longUnseenDays'>,
): Firsts[] {
  return places
    .map((place) => ({ ...place, ...heldAt(place, policy, longUnseenDays) }))
    .toSorted(
      (a, b) =>
        b.holds.length - a.holds.length ||
        b.stalled - a.stalled ||
        b.open - a.open ||
        b.disputes - a.disputes ||
        b.needs - a.needs ||
        b.unseen - a.unseen ||
        (a.id < b.id ? -1 : 1),
    );
}

function heldAt(place: Place, policy: WhereFirstPolicy, days: number): { holds: Reason[]; why: string[] } {
  const { households, unseen, needs, disputes, open, stalled, remote } = place;
  const said: Record<Reason, string[]> = {
    stalled: stalled >= policy.stalled ? [t('{n} 件过了日子还没办', { n: stalled })] : [],
    open: open >= policy.open ? [t('{n} 件事在办', { n: open })] : [],
    hard: [
      ...(disputes >= policy.disputes ? [t('{n} 起纠纷没了结', { n: disputes })] : []),
      ...(needs >= policy.needs ? [t('{n} 户登记了要关照', { n: needs })] : []),
    ],
    unseen:
      unseen > 0 && unseen * 100 >= households * policy.unseenPercent
        ? [t('{households} 户里 {n} 户 {days} 天没见着', { households, n: unseen, days })]
        : [],
    remote: remote === null ? [] : [t('路远：{why}', { why: remote })],
  };
  const holds = reasons.filter((reason) => said[reason].length > 0);
  return { holds, why: holds.flatMap((reason) => said[reason]) };
}

const SHOWN = 100;
const COLUMNS = { grid: 'grid', village: 'village', township: 'township' } as const;
type By = keyof typeof COLUMNS;

/**
 * $1 county, $2 from which day on somebody met is not long ago, $3 today, then whom the asker answers for: $4 all,
 * $5 areas, $6 own households; $7 matters that complain of the asker, $8 codes of far places.
 */
const PLACES = (of: string): string => `
  with place as (
    select h.${of} as id, count(*)::int as households,
           (count(*) filter (where h.id not in (select m.household from visit m
              where m.county = $1 and m.contact = 'met' and m.met_on > $2::date)))::int as unseen,
           (count(*) filter (where h.id in (select n.household from resident_need n
              where n.county = $1 and n.what = 'needs' and n.until >= $3::date)))::int as needs
      from household h
     where h.county = $1 and not h.moved and h.${of} is not null
       and ($4 or h.county_area = any($5::uuid[]) or h.township = any($5::uuid[]) or h.village = any($5::uuid[])
            or h.grid = any($5::uuid[]) or h.id = any($6::uuid[]))
     group by h.${of}
  ), matters as (
    select ${of} as id, count(*)::int as open, (count(*) filter (where due < now()))::int as late
      from matter where county = $1 and open and id <> all($7::uuid[]) group by ${of}
  ), disputes as (
    select ${of} as id, count(*)::int as open, (count(*) filter (where due < $3::date))::int as late
      from dispute where county = $1 and open group by ${of}
  ), promises as (
    select ${of} as id, count(*)::int as late from promise where county = $1 and kept_on is null and due < $3::date group by ${of}
  )
  select p.*, a.name, case when a.level = 'grid' then (select v.name from area v where v.county = $1 and v.id = a.parent) end as village,
         coalesce(d.open, 0) as disputes, coalesce(m.open, 0) as open,
         coalesce(m.late, 0) + coalesce(d.late, 0) + coalesce(q.late, 0) as stalled,
         (select r.code from area r where r.county = $1 and r.id = any(a.chain) and r.code = any($8::text[])
           order by cardinality(r.chain) desc limit 1) as far
    from place p join area a on a.county = $1 and a.id = p.id
    left join matters m on m.id = p.id
    left join disputes d on d.id = p.id
    left join promises q on q.id = p.id`;

async function placesOf(desk: Desk, by: By) {
  const today = dayOf(desk.now);
  const policy = desk.policies.get<WhereFirstPolicy>('where-first');
  const visits = desk.policies.get<VisitsPolicy>('visits');
  const { scope, own } = await spokenFor(desk);
  const rows = await desk.query<Omit<Place, 'remote'> & { readonly far: string | null }>(
    `visits.first-${by}`,
    PLACES(COLUMNS[by]),
    [
      desk.county,
      addDays(today, -visits.longUnseenDays),
      today,
      scope.all,
      scope.areas,
      own,
      scope.apart ?? [],
      policy.remote.map(({ code }) => code),
    ],
  );
  const far = new Map(policy.remote.map(({ code, why }) => [code, why]));
  const places = placesFirst(
    rows.map(({ far: code, ...place }) => ({ ...place, remote: code === null ? null : (far.get(code) ?? null) })),
    policy,
    visits,
  );
  return { day: today, by, places };
}

export const firstRoutes = {
  'GET /api/visits/first': route({
    action: 'visit.count',
    summary: 'Where to go first: places I answer for, each with which of the five reasons hold there, in order',
    query: z.object({ by: z.enum(['grid', 'village', 'township']).default('grid') }),
    async handle(desk, { query: { by } }) {
      const { day, places } = await placesOf(desk, by);
      return {
        day,
        by,
        all: places.length,
        places: places
          .slice(0, SHOWN)
          .map(({ id, name, village, households, unseen, needs, disputes, open, stalled, remote, holds, why }) => ({
            id,
            name,
            village,
            households,
            unseen,
            needs,
            disputes,
            open,
            stalled,
            remote,
            /** How many of the five hold. */
            holds: holds.length,
            why,
          })),
      };
    },
  }),
} satisfies Routes;
