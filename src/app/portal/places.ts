import { dayOf } from '../../calendar/days.ts';
import type { Desk } from '../../contract/route.ts';
import { likeOf } from '../../matters/text.ts';
import { t } from './english.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Village extends Named {
  readonly township: string;
  readonly townshipName: string;
}

export const townships = (desk: Desk): Promise<Named[]> =>
  desk.query(
    'portal.townships',
    `select id, name from area where county = $1 and level = 'township' and not closed order by code, name`,
    [desk.county],
  );

export const villagesOf = (desk: Desk, township: string): Promise<Named[]> =>
  desk.query(
    'portal.villages',
    `select id, name from area where county = $1 and parent = $2 and level = 'village' and not closed
      order by code, name`,
    [desk.county, township],
  );

export async function villageOf(desk: Desk, id: string): Promise<Village | undefined> {
  const [village] = await desk.query<Village>(
    'portal.village',
    `select v.id, v.name, t.id as township, t.name as "townshipName"
       from area v join area t on t.county = v.county and t.id = v.parent
      where v.county = $1 and v.id = $2 and v.level = 'village' and not v.closed`,
    [desk.county, id],
  );
  return village;
}

/** Villages by a part of the name, by pinyin or by its first letters; at most eight. */
export async function findVillages(desk: Desk, typed: string): Promise<Village[]> {
  const plain = typed.normalize('NFKC').trim().toLowerCase().slice(0, 20);
  if (plain === '') return [];
  const like = likeOf(plain);
  return await desk.query<Village>(
    'portal.find-villages',
    `select v.id, v.name, t.id as township, t.name as "townshipName"
       from area v join area t on t.county = v.county and t.id = v.parent
      where v.county = $1 and v.level = 'village' and not v.closed
        and (v.name like $2 or v.pinyin like $3 or v.initials like $3)
      order by length(v.name), v.name limit 8`,
    [desk.county, like, like.slice(1)],
  );
}

export interface Contact extends Named {
  readonly title: string;
  readonly unit: string;
  readonly phone: string;
}

/** An official as their card says. Undefined for one who is none, or no longer. */
export async function contactOf(
  desk: Desk,
  id: string,
): Promise<(Contact & { villages: (Named & { township: string | null })[] }) | undefined> {
  const [official] = await desk.query<Contact>(
    'portal.contact',
    `select o.id, o.name, o.title, u.name as unit, o.phone
       from official o join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and o.id = $2 and not o.retired`,
    [desk.county, id],
  );
  if (official === undefined) return undefined;
  const villages = await desk.query<Named & { township: string | null }>(
    'portal.contact-villages',
    `select distinct v.id, v.name, v.parent as township
       from assignment a join area v on v.county = a.county and v.id = a.area
      where a.county = $1 and a.official = $2 and a.kind = 'village' and v.level = 'village' and not v.closed
        and a.since <= $3::date and (a.until is null or a.until >= $3::date) order by v.name`,
    [desk.county, id, dayOf(desk.now)],
  );
  return { ...official, villages };
}

/** The board of a village: who is bound to it, the one who leads first. */
export const boardOf = (desk: Desk, village: string): Promise<(Contact & { role: string })[]> =>
  desk.query(
    'portal.board',
    `select o.id, o.name, o.title, u.name as unit, o.phone, a.role
       from assignment a join official o on o.county = a.county and o.id = a.official
            join unit u on u.county = o.county and u.id = o.unit
      where a.county = $1 and a.area = $2 and a.kind in ('village', 'department') and not o.retired
        and a.since <= $3::date and (a.until is null or a.until >= $3::date)
      order by a.role <> '总负责', a.since, o.name`,
    [desk.county, village, dayOf(desk.now)],
  );

/** Who holds a post for a township: its desk and its leaders. Who has no title is called by the post. */
export async function postsOf(desk: Desk, township: string): Promise<(Contact & { role: string })[]> {
  const rows = await desk.query<Contact & { role: string; post: 'clerk' | 'head' }>(
    'portal.posts',
    `select distinct on (o.id) o.id, o.name, o.title, u.name as unit, o.phone,
            coalesce(nullif(p.title, ''), o.title) as role, p.role as post
       from post p join official o on o.county = p.county and o.id = p.official
            join unit u on u.county = o.county and u.id = o.unit
      where p.county = $1 and p.area = $2 and p.role in ('clerk', 'head') and not o.retired
        and p.since <= $3::date and (p.until is null or p.until >= $3::date)
      order by o.id`,
    [desk.county, township, dayOf(desk.now)],
  );
  return rows.map(({ post, ...row }) => ({ ...row, role: row.role === '' ? calledBy(post) : row.role }));
}

const calledBy = (post: 'clerk' | 'head'): string => (post === 'clerk' ? t('受理员') : t('乡镇负责人'));

/** Officials by name, pinyin or its first letters; at most twenty. */
export async function findOfficials(desk: Desk, typed: string): Promise<Contact[]> {
  const plain = typed.normalize('NFKC').trim().toLowerCase().slice(0, 20);
  if (plain === '') return [];
  const starts = likeOf(plain).slice(1);
  return await desk.query<Contact>(
    'portal.find-officials',
    `select o.id, o.name, o.title, u.name as unit, o.phone
       from official o join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and not o.retired and (o.name like $2 or o.pinyin like $2 or o.initials like $2)
      order by o.name, u.name limit 20`,
    [desk.county, starts],
  );
}
