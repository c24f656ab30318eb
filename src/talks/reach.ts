import { scopeValues, withinSql } from '../access/scope-sql.ts';
import type { Scope } from '../access/model.ts';
import type { Query } from '../ledger/record.ts';

/** How far one text reached below a township: of each level, how many places or households of all there are. */
export interface Reached {
  readonly township: string;
  readonly name: string;
  readonly reached: boolean;
  readonly villages: number;
  readonly villagesReached: number;
  readonly groups: number;
  readonly groupsReached: number;
  readonly households: number;
  readonly householdsReached: number;
  readonly came: number;
}

/**
 * How far a text reached, level by level (2:B40: a policy that "stops at the village head"). A level counts where it
 * was told itself: a meeting of the village reaches the village, not each of its groups; a household is reached when
 * somebody there was met and it was explained to them, as the visit's own entry says.
 */
export const reachedBy = async (query: Query, county: number, guide: string, scope: Scope): Promise<Reached[]> =>
  await query<Reached>(
    'talks.reached',
    `with seen as (
       select t.id, t.name from area t where t.county = $1 and t.level = 'township' and not t.closed
          and ${withinSql(3, { areas: ['t.id'], units: [], officials: [] })}
     ), told as (
       select township, village, grid, came from talk where county = $1 and $2::uuid = any(guides)
     ), doors as (
       select distinct household, township, village, grid from visit
        where county = $1 and contact = 'met' and $2::uuid = any(explained)
     ), places as (
       select chain[2] as township, level,
              exists (select from told x where a.id in (x.village, x.grid)) or
              exists (select from doors x where a.id in (x.village, x.grid)) as reached
         from area a where county = $1 and level in ('village', 'grid') and not closed
     ), homes as (
       select h.township, exists (select from doors x where x.household = h.id) as reached
         from household h where h.county = $1 and not h.moved
     )
     select s.id as township, s.name,
            exists (select from told x where x.township = s.id) or exists (select from doors x where x.township = s.id) as reached,
            p.villages, p."villagesReached", p.groups, p."groupsReached", h.households, h."householdsReached",
            (select coalesce(sum(came), 0)::int from told x where x.township = s.id) as came
       from seen s
      cross join lateral (
        select (count(*) filter (where level = 'village'))::int as villages,
               (count(*) filter (where level = 'village' and reached))::int as "villagesReached",
               (count(*) filter (where level = 'grid'))::int as groups,
               (count(*) filter (where level = 'grid' and reached))::int as "groupsReached"
          from places where township = s.id
      ) p
      cross join lateral (
        select count(*)::int as households, (count(*) filter (where reached))::int as "householdsReached"
          from homes where township = s.id
      ) h
      order by s.name, s.id`,
    [county, guide, ...scopeValues(scope)],
  );
