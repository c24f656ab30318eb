import type { Query } from '../ledger/record.ts';

/** What the public may know of a matter: nothing a person told, nobody's name, no place smaller than a township. */
export interface PublicRequest {
  readonly number: string;
  readonly status: string;
  readonly open: boolean;
  readonly category: string | null;
  readonly unit: string | null;
  readonly township: string | null;
  readonly township_code: string | null;
  readonly registered_at: string;
  readonly updated_at: string;
  readonly expected_at: string | null;
}

/** The most one list gives, as the specification has it. */
const MOST = 1_000;

const SELECT = `
  select m.number, m.status, m.open, m.category, u.name as unit, t.name as township, t.code as township_code, m.registered_at,
         greatest(m.registered_at, m.dispatched_at, m.acknowledged_at, m.first_answered_at, m.resolved_at, m.closed_at) as updated_at,
         coalesce(m.work_due, m.due) as expected_at
    from matter m
    left join unit u on u.county = m.county and u.id = m.unit
    left join area t on t.county = m.county and t.id = m.township`;

/** Petitions follow a procedure between the petitioner and the authority, and are not shown to others. */
const PUBLIC = `m.county = $1 and m.procedure = 'order'`;

export const requestByNumber = (query: Query, county: number, numbers: readonly string[]): Promise<PublicRequest[]> =>
  query(
    'open311.by-number',
    `${SELECT} where ${PUBLIC} and m.number = any($2::text[]) order by m.registered_at desc, m.id desc`,
    [county, numbers],
  );

/** Requests registered in a span of time, newest first. A service's code stands for all categories below it. */
export const requestsBetween = (
  query: Query,
  county: number,
  {
    start,
    end,
    open,
    codes,
  }: { start: string; end: string; open: boolean | undefined; codes: readonly string[] | undefined },
): Promise<PublicRequest[]> =>
  query(
    'open311.between',
    `${SELECT} where ${PUBLIC} and m.registered_at >= $2 and m.registered_at <= $3 and ($4::boolean is null or m.open = $4)
        and ($5::text[] is null or exists (select from unnest($5::text[]) c where starts_with(m.category, c)))
      order by m.registered_at desc, m.id desc limit ${MOST}`,
    [county, start, end, open ?? null, codes ?? null],
  );

/**
 * The area a request is about: by its code or id, else the smallest whose name stands in the words, else the county.
 * Undefined when a code was given that is none.
 */
export async function placeOf(
  query: Query,
  county: number,
  { id, words }: { id: string | undefined; words: string | undefined },
): Promise<string | undefined> {
  if (id !== undefined && id !== '') {
    const [named] = await query<{ id: string }>(
      'open311.area',
      'select id from area where county = $1 and (code = $2 or id::text = $2) and not closed',
      [county, id],
    );
    return named?.id;
  }
  const [found] = await query<{ id: string }>(
    'open311.place',
    // Villages of one name in two townships: the one whose township is named as well, else neither.
    `select a.id from area a left join area p on p.county = a.county and p.id = a.parent
      where a.county = $1 and not a.closed
        and (a.level = 'county'
             or (strpos($2, a.name) > 0 and a.level in ('township', 'village')
                 and (strpos($2, p.name) > 0
                      or not exists (select from area o where o.county = a.county and o.name = a.name and o.id <> a.id and not o.closed))))
      order by cardinality(a.chain) desc, length(a.name) desc, a.id limit 1`,
    [county, words ?? ''],
  );
  return found?.id;
}
