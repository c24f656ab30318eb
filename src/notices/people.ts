import { dayOf } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';
import type { ReminderSettings, To } from './model.ts';

/** So many at most are told of one thing as a unit: a notice to everyone is one to nobody. */
const MOST = 20;

/** Finds who is meant, as of now; a unit asked for twice is looked up once. */
export function peopleFinder(query: Query, county: number, now: string, above: ReminderSettings['above']) {
  const day = dayOf(now);
  const units = new Map<string, Promise<UnitPeople>>();
  const unit = (id: string) => {
    let found = units.get(id);
    if (found === undefined) units.set(id, (found = unitPeople(query, county, id, day)));
    return found;
  };
  /** Officials at work; none for a resident. */
  return async (to: To): Promise<readonly string[]> => {
    if (to === 'resident') return [];
    if ('official' in to) return to.official === undefined ? [] : [to.official];
    if ('desk' in to) return to.desk === undefined ? [] : (await unit(to.desk)).desk;
    if ('unit' in to) return to.unit === undefined ? [] : (await unit(to.unit)).hands;
    if ('headOf' in to) return to.headOf === undefined ? [] : (await unit(to.headOf)).heads;
    return await supervisors(query, county, to.above, above, day);
  };
}

interface UnitPeople {
  readonly desk: string[];
  readonly hands: string[];
  readonly heads: string[];
}

async function unitPeople(query: Query, county: number, id: string, day: string): Promise<UnitPeople> {
  const [found] = await query<{
    head: string | null;
    reception: string | null;
    posts: { official: string; role: string }[];
  }>(
    'notice.unit',
    `select (select o.id from official o where o.county = $1 and o.id = u.head and not o.retired) as head,
            (select o.id from official o where o.county = $1 and o.id = u.reception and not o.retired) as reception,
            (select coalesce(jsonb_agg(distinct jsonb_build_object('official', p.official, 'role', p.role)), '[]')
               from post p join official o on o.county = p.county and o.id = p.official and not o.retired
              where p.county = $1 and p.unit = u.id and p.since <= $3::date and (p.until is null or p.until > $3::date)) as posts
       from unit u where u.county = $1 and u.id = $2`,
    [county, id, day],
  );
  if (found === undefined) return { desk: [], hands: [], heads: [] };
  const holding = (...roles: string[]): string[] => [
    ...new Set(found.posts.filter(({ role }) => roles.includes(role)).map(({ official }) => official)),
  ];
  const heads = found.head === null ? holding('head', 'leader') : [found.head];
  const hands = found.reception === null ? holding('clerk', 'handler') : [found.reception];
  const clerks = holding('clerk');
  const some = (...lists: string[][]): string[] => (lists.find((list) => list.length > 0) ?? []).slice(0, MOST);
  return { desk: some(clerks, hands, heads), hands: some(hands, heads), heads: some(heads) };
}

/** Who supervises a place: the posts of that role nearest above it; where there are none, the county's leaders. */
async function supervisors(
  query: Query,
  county: number,
  chain: readonly string[],
  role: ReminderSettings['above'],
  day: string,
): Promise<string[]> {
  const rows = await query<{ official: string; role: string; depth: number }>(
    'notice.above',
    `select distinct p.official, p.role, array_position($2::uuid[], coalesce(p.area, u.area)) as depth
       from post p
       join unit u on u.county = p.county and u.id = p.unit
       join official o on o.county = p.county and o.id = p.official and not o.retired
      where p.county = $1 and p.role in ($3, 'leader') and coalesce(p.area, u.area) = any($2::uuid[])
        and p.since <= $4::date and (p.until is null or p.until > $4::date)`,
    [county, chain, role, day],
  );
  const wanted = rows.some((row) => row.role === role) ? rows.filter((row) => row.role === role) : rows;
  const nearest = Math.max(...wanted.map(({ depth }) => depth));
  return wanted
    .filter(({ depth }) => depth === nearest)
    .map(({ official }) => official)
    .slice(0, MOST);
}
