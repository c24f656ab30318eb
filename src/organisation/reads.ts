import type { Role } from '../access/model.ts';
import type { Query } from '../ledger/record.ts';
import type { AssignmentType, Level, UnitType } from './model.ts';

/** What the screens read: one level of a tree at a time, lists a page at a time, names by their letters. */

export interface AreaNode {
  readonly id: string;
  readonly parent: string | null;
  readonly level: Level;
  readonly type: string;
  readonly name: string;
  readonly code: string;
  readonly closed: boolean;
  /** Open areas directly below. */
  readonly below: number;
  /** Officials bound to it now. */
  readonly officials: number;
}

const AREA = `a.id, a.parent, a.level, a.kind as type, a.name, a.code, a.closed,
  (select count(*)::int from area b where b.county = $1 and b.parent = a.id and not b.closed) as below,
  (select count(distinct s.official)::int from assignment s
    where s.county = $1 and s.area = a.id and (s.until is null or s.until >= $2::date)) as officials`;

/** The areas directly below a parent, or the roots. The condition is written out so that the index of open areas serves it. */
export function areasBelow(
  query: Query,
  county: number,
  parent: string | undefined,
  today: string,
  withClosed: boolean,
): Promise<AreaNode[]> {
  const place = parent === undefined ? 'a.parent is null' : 'a.parent = $3';
  const stage = withClosed ? '' : 'and not a.closed';
  return query(
    `areas.below.${parent === undefined ? 'roots' : 'parent'}.${withClosed ? 'all' : 'open'}`,
    `select ${AREA} from area a where a.county = $1 and ${place} ${stage} order by a.code, a.name limit 2000`,
    [county, today, ...(parent === undefined ? [] : [parent])],
  );
}

export const areaOf = async (
  query: Query,
  county: number,
  id: string,
  today: string,
): Promise<(AreaNode & { chain: string[] }) | undefined> =>
  (
    await query<AreaNode & { chain: string[] }>(
      'areas.one',
      `select ${AREA}, a.chain from area a where a.county = $1 and a.id = $3`,
      [county, today, id],
    )
  )[0];

export interface Step {
  readonly id: string;
  readonly level: Level;
  readonly name: string;
}

/** The one path of an area, from the county down to itself. */
export const pathOf = (query: Query, county: number, chain: readonly string[]): Promise<Step[]> =>
  query(
    'areas.path',
    `select id, level, name from area where county = $1 and id = any($2::uuid[]) order by array_position($2::uuid[], id)`,
    [county, chain],
  );

/** Everything open below an area in the order of the levels, itself left out. */
export const descendantsOf = (query: Query, county: number, id: string): Promise<{ id: string; parent: string }[]> =>
  query(
    'areas.descendants',
    `with recursive below as (
       select id, parent, 1 as depth from area where county = $1 and parent = $2 and not closed
       union all select a.id, a.parent, b.depth + 1 from area a join below b on a.parent = b.id where a.county = $1 and not a.closed
     ) select id, parent from below order by depth, id`,
    [county, id],
  );

export interface Hit {
  readonly id: string;
  readonly name: string;
  /** Where it stands, to tell those of the same name apart. */
  readonly within: string;
}

/** The escape makes what a person typed stand for itself. */
const startOf = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Finds by the start of the name, its pinyin or its initials, open ones only; where that finds too little, by any part of the name.
 * The first kind reads an index, so that 700,000 nodes answer at once.
 */
async function findNames(
  query: Query,
  county: number,
  of: 'area' | 'unit' | 'official',
  text: string,
  limit: number,
): Promise<Hit[]> {
  const gone = of === 'official' ? 'x.retired' : 'x.closed';
  const within = {
    area: `(select coalesce(string_agg(p.name, ' / ' order by array_position(x.chain, p.id)), '') from area p
             where p.county = $1 and p.id = any(x.chain) and p.id <> x.id)`,
    unit: `coalesce((select p.name from unit p where p.county = $1 and p.id = x.parent), (select a.name from area a where a.county = $1 and a.id = x.area), '')`,
    official: `concat_ws(' · ', (select u.name from unit u where u.county = $1 and u.id = x.unit), nullif(x.title, ''))`,
  }[of];
  const select = `select x.id, x.name, ${within} as within from`;
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const isLetters = letters !== '' && /^[\x20-\x7e]+$/.test(text);
  const columns = isLetters ? (['pinyin', 'initials', 'name'] as const) : (['name'] as const);
  const starts = columns.map(
    (c) =>
      `(select * from "${of}" x where county = $1 and x.${c} like ${c === 'name' ? '$3' : '$4'} and not ${gone} limit $2)`,
  );
  const found = await query<Hit>(
    `find.${of}.${isLetters ? 'letters' : 'name'}`,
    `${select} (${starts.join(' union ')}) x order by length(x.name), x.name, x.id limit $2`,
    isLetters ? [county, limit, startOf(text), startOf(letters)] : [county, limit, startOf(text)],
  );
  // A unit's full name begins with the county's: 清河县水利局 is looked for as slj. There are few units, so any part may be searched.
  if (found.length >= limit || (isLetters && of !== 'unit')) return found;
  const part = isLetters ? '(x.initials like $3 or x.pinyin like $3)' : 'x.name like $3';
  const more = await query<Hit>(
    `find.${of}.part.${isLetters ? 'letters' : 'name'}`,
    `${select} (select * from "${of}" x where county = $1 and ${part} and not ${gone} limit $2) x order by length(x.name), x.name, x.id`,
    [county, limit, `%${startOf(isLetters ? letters : text)}`],
  );
  const known = new Set(found.map((f) => f.id));
  return [...found, ...more.filter((m) => !known.has(m.id))].slice(0, limit);
}
export const findAreas = (query: Query, county: number, text: string, limit: number) =>
  findNames(query, county, 'area', text, limit);
export const findUnits = (query: Query, county: number, text: string, limit: number) =>
  findNames(query, county, 'unit', text, limit);
export const findOfficials = (query: Query, county: number, text: string, limit: number) =>
  findNames(query, county, 'official', text, limit);

export interface UnitNode {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly type: UnitType;
  readonly code: string | null;
  readonly closed: boolean;
  readonly area: { readonly id: string; readonly name: string } | null;
  readonly head: { readonly id: string; readonly name: string } | null;
  readonly reception: { readonly id: string; readonly name: string } | null;
  readonly below: number;
  readonly officials: number;
}

const NAMED = (alias: string): string =>
  `case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;
const UNIT = `u.id, u.parent, u.name, u.short_name as "shortName", u.kind as type, u.code, u.closed,
  ${NAMED('a')} as area, ${NAMED('h')} as head, ${NAMED('r')} as reception,
  (select count(*)::int from unit b where b.county = $1 and b.parent = u.id and not b.closed) as below,
  (select count(*)::int from official o where o.county = $1 and o.unit = u.id and not o.retired) as officials
  from unit u left join area a on a.county = $1 and a.id = u.area
  left join official h on h.county = $1 and h.id = u.head left join official r on r.county = $1 and r.id = u.reception`;

/** The units directly below a parent, or those without one; optionally only those that serve an area. */
export const unitsBelow = (
  query: Query,
  county: number,
  parent: string | undefined,
  area: string | undefined,
  withClosed: boolean,
): Promise<UnitNode[]> =>
  query(
    'units.below',
    `select ${UNIT} where u.county = $1 and ($4 or not u.closed)
        and (case when $3::uuid is not null then u.area = $3 and ($2::uuid is null or u.parent = $2) else u.parent is not distinct from $2::uuid end)
      order by array_position(array['department', 'township', 'section', 'enterprise'], u.kind), u.code, u.name limit 2000`,
    [county, parent ?? null, area ?? null, withClosed],
  );

export const unitOf = async (query: Query, county: number, id: string): Promise<UnitNode | undefined> =>
  (await query<UnitNode>('units.one', `select ${UNIT} where u.county = $1 and u.id = $2`, [county, id]))[0];

export interface OfficialLine {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly photo: string | null;
  readonly code: string | null;
  readonly retired: boolean;
  readonly unit: { readonly id: string; readonly name: string };
}

const OFFICIAL = `o.id, o.name, o.title, o.phone, o.photo, o.code, o.retired, json_build_object('id', u.id, 'name', u.name) as unit
  from official o join unit u on u.county = $1 and u.id = o.unit`;

/** Officials of a unit with its sections, or bound to an area (by post or assignment) or a place below it. */
export const officialsOf = (
  query: Query,
  county: number,
  of: {
    unit?: string | undefined;
    area?: string | undefined;
    retired: boolean;
    limit: number;
    offset: number;
    today: string;
  },
): Promise<OfficialLine[]> =>
  query(
    'officials.of',
    `with recursive place as (
       select id from area where county = $1 and id = $3
       union all select a.id from area a join place p on a.parent = p.id where a.county = $1 and not a.closed
     ), units as (
       select id from unit where county = $1 and id = $2
       union select x.id from unit x join units p on x.parent = p.id where x.county = $1
     )
     select ${OFFICIAL} where o.county = $1 and ($4 or not o.retired)
        and ($2::uuid is null or o.unit in (select id from units))
        and ($3::uuid is null
          or exists (select from post p where p.county = $1 and p.official = o.id and (p.until is null or p.until >= $7::date) and p.area in (select id from place))
          or exists (select from assignment s where s.county = $1 and s.official = o.id and (s.until is null or s.until >= $7::date) and s.area in (select id from place)))
      order by u.name, o.pinyin, o.id limit $5 offset $6`,
    [county, of.unit ?? null, of.area ?? null, of.retired, of.limit, of.offset, of.today],
  );

export const officialOf = async (query: Query, county: number, id: string): Promise<OfficialLine | undefined> =>
  (await query<OfficialLine>('officials.one', `select ${OFFICIAL} where o.county = $1 and o.id = $2`, [county, id]))[0];

export interface PostLine {
  readonly place: number;
  readonly role: Role;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly area: string | null;
  readonly areaName: string | null;
  readonly since: string;
  readonly until: string | null;
}

export const postsOf = (query: Query, county: number, official: string): Promise<PostLine[]> =>
  query(
    'officials.posts',
    `select p.place, p.role, p.title, p.unit, u.name as "unitName", p.area, a.name as "areaName", p.since, p.until
       from post p join unit u on u.county = $1 and u.id = p.unit left join area a on a.county = $1 and a.id = p.area
      where p.county = $1 and p.official = $2 order by p.until is not null, p.place`,
    [county, official],
  );

export interface AssignmentLine {
  readonly id: string;
  readonly type: AssignmentType;
  readonly role: string;
  readonly official: string;
  readonly officialName: string;
  readonly officialTitle: string;
  readonly officialPhone: string;
  readonly officialRetired: boolean;
  readonly area: string | null;
  readonly areaName: string | null;
  readonly household: string | null;
  readonly unit: string | null;
  readonly unitName: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly lockedUntil: string | null;
  /** The path of the place, for deciding who may end it. */
  readonly chain: string[] | null;
}

/** Assignments of an official or at an area or of a unit; those that ended come last. */
export const assignmentsOf = (
  query: Query,
  county: number,
  of: {
    id?: string;
    official?: string | undefined;
    area?: string | undefined;
    unit?: string | undefined;
    ended: boolean;
    today: string;
    limit: number;
  },
): Promise<AssignmentLine[]> =>
  query(
    'assignments.of',
    `select s.id, s.kind as type, s.role, s.official, o.name as "officialName", o.title as "officialTitle", o.phone as "officialPhone",
            o.retired as "officialRetired", s.area, a.name as "areaName", s.household, s.unit, u.name as "unitName", s.since, s.until,
            s.locked_until as "lockedUntil", coalesce(a.chain, g.chain) as chain
       from assignment s join official o on o.county = $1 and o.id = s.official
       left join area a on a.county = $1 and a.id = s.area
       left join unit u on u.county = $1 and u.id = s.unit
       left join household h on h.county = $1 and h.id = s.household
       left join area g on g.county = $1 and g.id = coalesce(h.grid, h.village)
      where s.county = $1 and ($2::uuid is null or s.official = $2) and ($3::uuid is null or s.area = $3)
        and ($4::uuid is null or s.unit = $4) and ($5::uuid is null or s.id = $5)
        and ($6 or s.until is null or s.until >= $7::date)
      order by s.until is not null, s.kind, s.role, s.since, s.id limit $8`,
    [county, of.official ?? null, of.area ?? null, of.unit ?? null, of.id ?? null, of.ended, of.today, of.limit],
  );
