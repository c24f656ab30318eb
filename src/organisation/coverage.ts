import { namingBy } from '../language/saying.ts';
import type { Query } from '../ledger/record.ts';
import type { AssignmentRules } from './model.ts';

/** A check of the county's bindings: what it counts, out of how many, and what is missing (rows A1, A3; 2:G9). */
export interface Check {
  readonly code: CheckCode;
  readonly title: string;
  /** All that should be bound: the denominator. */
  readonly total: number;
  readonly missing: number;
}

/** Something without its link. Households are named by their place only. */
export interface Gap {
  readonly id: string;
  readonly name: string;
  /** The place or unit it belongs to. */
  readonly within: string | null;
  readonly detail: string;
}

export const checkCodes = [
  'village-lead',
  'village-links',
  'household-contact',
  'official-village',
  'department-villages',
  'township-departments',
  'leader-points',
] as const;
export type CheckCode = (typeof checkCodes)[number];

const titleOf = namingBy<CheckCode>(
  {
    'village-lead': '没有总负责人的村（社区）',
    'village-links': '“四联”不全的村（社区）',
    'household-contact': '没有联系人的户',
    'official-village': '没有办点村的乡镇干部',
    'department-villages': '包村数不合规定的部门',
    'township-departments': '包村部门数不合规定的乡镇',
    'leader-points': '定点联系不全的县领导',
  },
  {
    'village-lead': 'Villages without a principal',
    'village-links': 'Villages short of one of the four links',
    'household-contact': 'Households without a contact official',
    'official-village': 'Township officials without a village of their own',
    'department-villages': 'Departments with another number of villages than ruled',
    'township-departments': 'Townships with another number of departments than ruled',
    'leader-points': 'County leaders short of a contact point',
  },
);

/** The area asked about with all below it ($2; the county when null), and the assignments that hold on the day ($3). */
const COMMON = `
  with below as (
    select id, parent, level, name from area
     where county = $1 and not closed and ($2::uuid is null or $2 = any(chain))
  ),
  live as (
    select a.official, a.kind, a.area, a.household, a.unit, a.role
      from assignment a join official o on o.county = a.county and o.id = a.official and not o.retired
     where a.county = $1 and a.since <= $3::date and (a.until is null or a.until >= $3::date)
  )`;

/** Villages with the roles they lack of those listed in $4. */
const VILLAGES_LACKING = `
  select v.id, v.name, t.name as within, coalesce(array_to_string(m.roles, '、'), '') as detail, m.roles is null as ok
    from below v
    left join area t on t.county = $1 and t.id = v.parent
    left join (select area, array_agg(role) as roles from live where kind = 'village' group by area) b on b.area = v.id
   cross join lateral (
     select array_agg(r.role order by r.n) as roles
       from jsonb_array_elements_text($4::jsonb) with ordinality r(role, n)
      where r.role <> all(coalesce(b.roles, '{}'))
   ) m
   where v.level = 'village'`;

/** Each check as rows (id, name, within, detail, ok). $4 is the rule's own figure or list. */
const checks: Readonly<Record<CheckCode, { sql: string; rule(rules: AssignmentRules): unknown }>> = {
  'village-lead': { sql: VILLAGES_LACKING, rule: (r) => [r.links[0]!.role] },
  'village-links': { sql: VILLAGES_LACKING, rule: (r) => r.links.map((l) => l.role) },
  'household-contact': {
    sql: `select h.id, coalesce(v.name, '') as name, g.name as within, '' as detail,
                 (c.id is not null or l.household is not null) as ok
            from household h
            join below p on p.id = coalesce(h.grid, h.village, h.township, h.county_area)
            left join area v on v.county = $1 and v.id = h.village
            left join area g on g.county = $1 and g.id = h.grid
            left join official c on c.county = $1 and c.id = h.contact and not c.retired
            left join (select distinct household from live where kind = 'household') l on l.household = h.id
           where h.county = $1 and not h.moved and $4::jsonb is null`,
    rule: () => null,
  },
  'official-village': {
    sql: `select o.id, o.name, u.name as within, o.title as detail, l.official is not null as ok
            from official o
            join unit u on u.county = $1 and u.id = o.unit
            left join unit p on p.county = $1 and p.id = u.parent
            left join (select distinct official from live where kind in ('village', 'household')) l on l.official = o.id
           where o.county = $1 and not o.retired and (u.kind = 'township' or (u.kind = 'section' and p.kind = 'township'))
             and u.area in (select id from below) and $4::jsonb is null`,
    rule: () => null,
  },
  'department-villages': {
    sql: `select u.id, u.name, null::text as within, coalesce(n.n, 0) || ' 个村' as detail,
                 coalesce(n.n, 0) between ($4::jsonb ->> 'min')::int and ($4::jsonb ->> 'max')::int as ok
            from unit u
            left join (select unit, count(distinct area)::int as n from live where kind = 'department' group by unit) n on n.unit = u.id
           where u.county = $1 and u.kind = 'department' and not u.closed and u.area in (select id from below)`,
    rule: (r) => r.villagesPerDepartment,
  },
  'township-departments': {
    sql: `select t.id, t.name, null::text as within, coalesce(n.n, 0) || ' 个部门' as detail,
                 coalesce(n.n, 0) between ($4::jsonb ->> 'min')::int and ($4::jsonb ->> 'max')::int as ok
            from below t
            left join (select v.parent, count(distinct l.unit)::int as n
                         from live l join area v on v.county = $1 and v.id = l.area
                        where l.kind = 'department' group by v.parent) n on n.parent = t.id
           where t.level = 'township'`,
    rule: (r) => r.departmentsPerTownship,
  },
  'leader-points': {
    sql: `select o.id, o.name, o.title as within, coalesce(array_to_string(m.points, '、'), '') as detail, m.points is null as ok
            from official o
            left join (select l.official, array_agg(coalesce(a.level, e.kind)) as kinds
                         from live l left join area a on a.county = $1 and a.id = l.area
                                     left join unit e on e.county = $1 and e.id = l.unit
                        where l.kind = 'contact-point' group by l.official) has on has.official = o.id
           cross join lateral (
             select array_agg(case k.kind when 'township' then '乡镇' when 'village' then '村（社区）' else '企事业单位' end order by k.n) as points
               from jsonb_array_elements_text($4::jsonb) with ordinality k(kind, n)
              where k.kind <> all(coalesce(has.kinds, '{}'))
           ) m
           where o.county = $1 and not o.retired and o.id in (
             select p.official from post p join unit u on u.county = $1 and u.id = p.unit
              where p.county = $1 and p.role = 'leader' and p.since <= $3::date and (p.until is null or p.until >= $3::date)
                and coalesce(p.area, u.area) in (select id from below))`,
    rule: (r) => r.contactPoints,
  },
};

const valuesOf = (county: number, area: string | null, day: string, code: CheckCode, rules: AssignmentRules) => {
  const rule = checks[code].rule(rules);
  return [county, area, day, rule === null ? null : JSON.stringify(rule)];
};

/** How complete the bindings are on a day, in the whole county or below one area. */
export async function coverage(
  query: Query,
  county: number,
  area: string | null,
  day: string,
  rules: AssignmentRules,
): Promise<Check[]> {
  return await Promise.all(
    checkCodes.map(async (code) => {
      const [row] = await query<{ total: number; missing: number }>(
        `coverage.${code}`,
        `${COMMON} select count(*)::int as total, (count(*) filter (where not ok))::int as missing from (${checks[code].sql}) c`,
        valuesOf(county, area, day, code, rules),
      );
      return { code, title: titleOf(code), ...row! };
    }),
  );
}

/** The things one check misses, by name, a page at a time. */
export async function gaps(
  query: Query,
  county: number,
  area: string | null,
  day: string,
  rules: AssignmentRules,
  code: CheckCode,
  page: { limit: number; offset: number },
): Promise<Gap[]> {
  return await query<Gap>(
    `coverage.gaps.${code}`,
    `${COMMON} select id, name, within, detail from (${checks[code].sql}) c where not ok
       order by within nulls first, name, id limit $5 offset $6`,
    [...valuesOf(county, area, day, code, rules), page.limit, page.offset],
  );
}
