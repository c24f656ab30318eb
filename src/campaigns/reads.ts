import type { Query } from '../ledger/record.ts';
import type { MemberRole, PlaceKind } from './model.ts';

/** Teams as lists and pages show them. */
export interface TeamLine {
  readonly id: string;
  readonly parent: string | null;
  readonly parentName: string | null;
  readonly name: string;
  readonly purpose: string;
  readonly area: string;
  readonly areaName: string;
  readonly campaign: string | null;
  readonly campaignName: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly ended: boolean;
  readonly leader: string | null;
  readonly leaderName: string | null;
  readonly members: number;
  readonly places: number;
  readonly groups: number;
}

const TEAM = `
  select t.id, t.parent, p.name as "parentName", t.name, t.purpose, t.area, a.name as "areaName",
         coalesce(t.campaign, p.campaign) as campaign, c.name as "campaignName", t.since, t.until, t.ended,
         l.official as leader, lo.name as "leaderName",
         (select count(*)::int from team_member m where m.county = $1 and m.team = t.id
            and m.since <= $2::date and (m.until is null or m.until >= $2::date)) as members,
         (select count(*)::int from team_place tp where tp.county = $1 and tp.team = t.id
            and tp.since <= $2::date and (tp.until is null or tp.until >= $2::date)) as places,
         (select count(*)::int from team g where g.county = $1 and g.parent = t.id and not g.ended) as groups,
         t.chain
    from team t
    left join team p on p.county = $1 and p.id = t.parent
    left join area a on a.county = $1 and a.id = t.area
    left join campaign c on c.county = $1 and c.id = coalesce(t.campaign, p.campaign)
    left join lateral (select official from team_member m where m.county = $1 and m.team = t.id and m.role = 'leader'
                          and m.since <= $2::date and (m.until is null or m.until >= $2::date) limit 1) l on true
    left join official lo on lo.county = $1 and lo.id = l.official`;

/** Teams, or the groups of one team; those over only when asked for. In the order of their names, never of what they did. */
export const teamsOf = async (
  query: Query,
  county: number,
  asked: { day: string; parent: string | null; campaign: string | null; ended: boolean; limit: number; offset: number },
): Promise<TeamLine[]> =>
  await query<TeamLine>(
    'teams.list',
    `select id, parent, "parentName", name, purpose, area, "areaName", campaign, "campaignName", since, until, ended,
            leader, "leaderName", members, places, groups
       from (${TEAM} where t.county = $1 and t.parent is not distinct from $3::uuid
                and ($4::uuid is null or coalesce(t.campaign, p.campaign) = $4) and ($5 or not t.ended)) x
      order by ended, length(name), name, id limit $6 offset $7`,
    [county, asked.day, asked.parent, asked.campaign, asked.ended, asked.limit, asked.offset],
  );

export const teamOf = async (query: Query, county: number, id: string, day: string) =>
  (
    await query<TeamLine & { chain: string[] }>('teams.one', `${TEAM} where t.county = $1 and t.id = $3`, [
      county,
      day,
      id,
    ])
  )[0];

export interface MemberLine {
  readonly id: string;
  readonly official: string;
  readonly name: string;
  readonly title: string;
  readonly unitName: string;
  readonly phone: string;
  readonly role: MemberRole;
  readonly since: string;
  readonly until: string | null;
  readonly reason: string | null;
}

/** Who is, or was, in a team: leader, deputies, then by name. */
export const membersOf = async (query: Query, county: number, team: string): Promise<MemberLine[]> =>
  await query<MemberLine>(
    'teams.members',
    `select m.id, m.official, o.name, o.title, u.name as "unitName", o.phone, m.role, m.since, m.until, m.reason
       from team_member m join official o on o.county = $1 and o.id = m.official
       join unit u on u.county = $1 and u.id = o.unit
      where m.county = $1 and m.team = $2
      order by m.until is not null, array_position(array['leader', 'deputy', 'member'], m.role), o.name, m.official, m.since`,
    [county, team],
  );

export interface StayLine {
  readonly id: string;
  readonly team: string;
  readonly teamName: string;
  readonly parent: string | null;
  readonly parentName: string | null;
  readonly campaign: string | null;
  readonly role: MemberRole;
  readonly since: string;
  readonly until: string | null;
  readonly reason: string | null;
}

/** One official's way through teams, latest first. */
export const staysOf = async (query: Query, county: number, official: string): Promise<StayLine[]> =>
  await query<StayLine>(
    'teams.stays',
    `select m.id, m.team, t.name as "teamName", t.parent, p.name as "parentName", coalesce(t.campaign, p.campaign) as campaign,
            m.role, m.since, least(m.until, t.until) as until, m.reason
       from team_member m join team t on t.county = $1 and t.id = m.team
       left join team p on p.county = $1 and p.id = t.parent
      where m.county = $1 and m.official = $2 order by m.since desc, m.place desc`,
    [county, official],
  );

export interface PlaceLine {
  readonly place: PlaceKind;
  readonly target: string;
  /** A household is named by its village. */
  readonly name: string;
  readonly within: string | null;
  readonly since: string;
  readonly until: string | null;
}

export const placesOf = async (query: Query, county: number, team: string): Promise<PlaceLine[]> =>
  await query<PlaceLine>(
    'teams.places',
    `select tp.place, tp.target, coalesce(a.name, u.name, hv.name, '') as name, coalesce(ap.name, ua.name, hg.name) as within,
            tp.since, tp.until
       from team_place tp
       left join area a on tp.place = 'village' and a.county = $1 and a.id = tp.target
       left join area ap on ap.county = $1 and ap.id = a.parent
       left join unit u on tp.place = 'enterprise' and u.county = $1 and u.id = tp.target
       left join area ua on ua.county = $1 and ua.id = u.area
       left join household h on tp.place = 'household' and h.county = $1 and h.id = tp.target
       left join area hv on hv.county = $1 and hv.id = h.village
       left join area hg on hg.county = $1 and hg.id = h.grid
      where tp.county = $1 and tp.team = $2 order by tp.until is not null, tp.place, name, tp.target`,
    [county, team],
  );

export interface CampaignLine {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly area: string;
  readonly areaName: string;
  readonly from: string;
  readonly until: string | null;
  readonly ended: boolean;
  readonly before: string | null;
  readonly teams: number;
}

/** Campaigns: those that run first, the latest first. */
export const campaignsOf = async (query: Query, county: number): Promise<CampaignLine[]> =>
  await query<CampaignLine>(
    'campaigns.list',
    `select c.id, c.name, c.code, c.area, a.name as "areaName", c.since as "from", c.until, c.ended, c.before,
            (select count(*)::int from team t where t.county = $1 and t.campaign = c.id and t.parent is null) as teams
       from campaign c left join area a on a.county = $1 and a.id = c.area
      where c.county = $1 order by c.since desc, c.name, c.id limit 200`,
    [county],
  );
