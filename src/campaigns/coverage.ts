import { namingBy } from '../language/saying.ts';
import type { Query } from '../ledger/record.ts';

/** A check of teams at the scale of a campaign: what lacks its link, out of how many (rows A3, A6; J1). */
export interface TeamCheck {
  readonly code: TeamCheckCode;
  readonly title: string;
  readonly total: number;
  readonly missing: number;
}

/** Something without its link. Households are named by their place only. */
export interface TeamGap {
  readonly id: string;
  readonly name: string;
  readonly within: string | null;
  readonly detail: string;
}

export const teamChecks = [
  'village-group',
  'household-group',
  'household-contact',
  'enterprise-group',
  'team-leader',
  'group-members',
  'group-place',
  'member-group',
] as const;
export type TeamCheckCode = (typeof teamChecks)[number];

const titleOf = namingBy<TeamCheckCode>(
  {
    'village-group': '没有工作组的村（社区）',
    'household-group': '没有工作组的户',
    'household-contact': '有工作组、但没有联系人的户',
    'enterprise-group': '没有工作组的企业',
    'team-leader': '没有负责人的队和组',
    'group-members': '没有组员的工作组',
    'group-place': '没有定村、定户、定企业的工作组',
    'member-group': '在队里、还没分到组的干部',
  },
  {
    'village-group': 'Villages without a group',
    'household-group': 'Households without a group',
    'household-contact': 'Households with a group and no contact official',
    'enterprise-group': 'Enterprises without a group',
    'team-leader': 'Teams and groups without a leader',
    'group-members': 'Groups without members',
    'group-place': 'Groups without a village, household or enterprise',
    'member-group': 'Officials in a team and in no group yet',
  },
);

/**
 * What holds on a day ($2): the teams asked about ($3 a campaign, null for all) with their members and places, and what
 * there is in an area ($4, null for the county): a county's team reaches places of a township, and is not the township's own. A group without a campaign of its own works for its team's.
 */
const COMMON = `
  with live as (
    select t.id, t.parent, t.name, p.name as above, $4::uuid is null or $4 = any(t.chain) as inside from team t
      left join team p on p.county = $1 and p.id = t.parent
     where t.county = $1 and t.since <= $2::date and (t.until is null or t.until >= $2::date)
       and ($3::uuid is null or coalesce(t.campaign, p.campaign) = $3)
  ),
  placed as (
    select tp.team, tp.place, tp.target from team_place tp join live l on l.id = tp.team
     where tp.county = $1 and tp.since <= $2::date and (tp.until is null or tp.until >= $2::date)
  ),
  staff as (
    select m.team, m.official, m.role from team_member m join live l on l.id = m.team
     where m.county = $1 and m.since <= $2::date and (m.until is null or m.until >= $2::date)
  ),
  below as (
    select id, parent, level, name from area where county = $1 and not closed and ($4::uuid is null or $4 = any(chain))
  ),
  homes as (
    select h.id, h.village, h.grid, h.contact from household h join below b on b.id = coalesce(h.grid, h.village, h.township, h.county_area)
     where h.county = $1 and not h.moved
  ),
  reached as (
    select id from homes where village in (select target from placed where place = 'village')
    union select id from homes where id in (select target from placed where place = 'household')
  )`;

/** Each check as rows (id, name, within, detail, ok). */
const checks: Readonly<Record<TeamCheckCode, string>> = {
  'village-group': `
    select v.id, v.name, t.name as within, '' as detail, v.id in (select target from placed where place = 'village') as ok
      from below v left join area t on t.county = $1 and t.id = v.parent where v.level = 'village'`,
  'household-group': `
    select h.id, coalesce(v.name, '') as name, g.name as within, '' as detail, r.id is not null as ok
      from homes h left join reached r on r.id = h.id
      left join area v on v.county = $1 and v.id = h.village left join area g on g.county = $1 and g.id = h.grid`,
  'household-contact': `
    select h.id, coalesce(v.name, '') as name, g.name as within, '' as detail,
           (c.id is not null or a.household is not null) as ok
      from homes h join reached r on r.id = h.id
      left join area v on v.county = $1 and v.id = h.village left join area g on g.county = $1 and g.id = h.grid
      left join official c on c.county = $1 and c.id = h.contact and not c.retired
      left join (select distinct s.household from assignment s join official o on o.county = $1 and o.id = s.official and not o.retired
                  where s.county = $1 and s.kind = 'household' and s.since <= $2::date and (s.until is null or s.until >= $2::date)) a
        on a.household = h.id`,
  'enterprise-group': `
    select u.id, u.name, b.name as within, '' as detail, u.id in (select target from placed where place = 'enterprise') as ok
      from unit u join below b on b.id = u.area where u.county = $1 and u.kind = 'enterprise' and not u.closed`,
  'team-leader': `
    select l.id, l.name, l.above as within, '' as detail, exists (select from staff s where s.team = l.id and s.role = 'leader') as ok
      from live l where l.inside`,
  'group-members': `
    select l.id, l.name, l.above as within, '' as detail, exists (select from staff s where s.team = l.id and s.role <> 'leader') as ok
      from live l where l.inside and l.parent is not null`,
  'group-place': `
    select l.id, l.name, l.above as within, '' as detail, exists (select from placed p where p.team = l.id) as ok
      from live l where l.inside and l.parent is not null`,
  'member-group': `
    select s.official as id, o.name, l.name as within, o.title as detail,
           exists (select from staff g join live gl on gl.id = g.team where g.official = s.official and gl.parent = l.id) as ok
      from staff s join live l on l.id = s.team join official o on o.county = $1 and o.id = s.official
     where l.inside and l.parent is null and s.role = 'member' and exists (select from live g where g.parent = l.id)`,
};

export interface Asked {
  readonly day: string;
  readonly campaign: string | null;
  readonly area: string | null;
}

/** How complete the teams are on a day, each check with its denominator. */
export const teamCoverage = async (
  query: Query,
  county: number,
  { day, campaign, area }: Asked,
): Promise<TeamCheck[]> =>
  await Promise.all(
    teamChecks.map(async (code) => {
      const [row] = await query<{ total: number; missing: number }>(
        `teams.coverage.${code}`,
        `${COMMON} select count(*)::int as total, (count(*) filter (where not ok))::int as missing from (${checks[code]}) c`,
        [county, day, campaign, area],
      );
      return { code, title: titleOf(code), ...row! };
    }),
  );

/** The things one check misses, by name, a page at a time. */
export const teamGaps = async (
  query: Query,
  county: number,
  { day, campaign, area }: Asked,
  code: TeamCheckCode,
  page: { limit: number; offset: number },
): Promise<TeamGap[]> =>
  await query<TeamGap>(
    `teams.gaps.${code}`,
    `${COMMON} select id, name, within, detail from (${checks[code]}) c where not ok
       order by within nulls first, name, id limit $5 offset $6`,
    [county, day, campaign, area, page.limit, page.offset],
  );
