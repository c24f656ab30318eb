import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Scope } from '../access/model.ts';
import { within } from '../access/scope-sql.ts';
import type { Query } from '../ledger/record.ts';
import { likeOf } from '../matters/text.ts';
import type { KnownWord } from './spelling.ts';
import { spell } from './spelling.ts';

/** Of other features' read tables, the columns a search reads. */
interface Read {
  area: {
    county: number;
    id: string;
    name: string;
    kind: string;
    level: string;
    code: string;
    chain: string[];
    parent: string | null;
    pinyin: string;
    initials: string;
    closed: boolean;
  };
  unit: {
    county: number;
    id: string;
    name: string;
    short_name: string;
    pinyin: string;
    initials: string;
    closed: boolean;
  };
  official: {
    county: number;
    id: string;
    name: string;
    title: string;
    unit: string;
    phone: string;
    pinyin: string;
    initials: string;
    retired: boolean;
  };
  household: {
    county: number;
    id: string;
    county_area: string;
    township: string | null;
    village: string | null;
    grid: string | null;
    contact: string | null;
    address: string;
  };
  resident: {
    county: number;
    id: string;
    household: string;
    name: string;
    relation: string;
    pinyin: string;
    initials: string;
    left: boolean;
    phone_print: string | null;
  };
  matter: {
    county: number;
    id: string;
    number: string;
    township: string | null;
    village: string | null;
    grid: string | null;
    unit: string;
    official: string | null;
    handler: string | null;
    leader: string | null;
    registered_at: string;
  };
}
const reads = (db: Kysely<never>): Kysely<Read> => db as unknown as Kysely<Read>;

/** What was typed, prepared once for all lists. */
export interface Sought {
  /** Normal width, lower case, single spaces. */
  readonly text: string;
  /** Letters and digits only: may be pinyin. */
  readonly letters: string | undefined;
  /** The pinyin of Chinese text, for names written with another character. */
  readonly spoken: string | undefined;
}

export function soughtOf(typed: string): Sought {
  const text = typed.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  const plain = text.replace(/[\s'’]/g, '');
  const letters = /^[a-z][a-z0-9]*$/.test(plain) ? plain : undefined;
  const spoken = /^\p{Script=Han}{2,6}$/u.test(text) ? spell(text).pinyin : undefined;
  return { text, letters, spoken };
}

/** Why a name was found. */
export type How = '名称' | '拼音' | '首字母' | '同音' | '代码' | '电话';

/** How a name can fit: the condition, the reason in a word, and whether it is the surer of the two ways. */
function fits(
  { text, letters, spoken }: Sought,
  columns: { name: string; pinyin: string; initials: string },
  inside: boolean,
) {
  const name = sql.ref(columns.name);
  const pinyin = sql.ref(columns.pinyin);
  const like = likeOf(text);
  if (letters !== undefined) {
    const start = `${letters}%`;
    return {
      where: sql<SqlBool>`(${pinyin} like ${start} or ${sql.ref(columns.initials)} like ${start} or ${name} like ${like})`,
      how: sql<How>`case when ${pinyin} like ${start} then '拼音' when ${sql.ref(columns.initials)} like ${start} then '首字母' else '名称' end`,
      sure: sql<SqlBool>`(${pinyin} like ${start})`,
    };
  }
  const written = sql<SqlBool>`${name} like ${inside ? like : like.slice(1)}`;
  const heard =
    spoken === undefined
      ? sql<SqlBool>`false`
      : inside
        ? sql<SqlBool>`${pinyin} like ${`${spoken}%`}`
        : sql<SqlBool>`${pinyin} = ${spoken}`;
  return {
    where: sql<SqlBool>`(${written} or ${heard})`,
    how: sql<How>`case when ${written} then '名称' else '同音' end`,
    sure: written,
  };
}

const EXACT_FIRST = (column: string, text: string) => sql`(${sql.ref(column)} = ${text}) desc`;

/** Places by name, pinyin, initials or code: the larger first, for their names are shorter to mean. */
export async function findPlaces(db: Kysely<never>, county: number, sought: Sought, limit: number) {
  const { where, how, sure } = fits(sought, { name: 'a.name', pinyin: 'a.pinyin', initials: 'a.initials' }, true);
  const code = /^\d{6,}$/.test(sought.text);
  return await reads(db)
    .selectFrom('area as a')
    .leftJoin('area as p', (join) => join.onRef('p.county', '=', 'a.county').onRef('p.id', '=', 'a.parent'))
    .where('a.county', '=', county)
    .where('a.closed', '=', false)
    .where(code ? sql<SqlBool>`a.code like ${`${sought.text}%`}` : where)
    .select(['a.id', 'a.name', 'a.kind', 'a.level', 'p.name as parent'])
    .select(code ? sql<How>`'代码'`.as('how') : how.as('how'))
    .orderBy(EXACT_FIRST('a.name', sought.text))
    .orderBy(sure, 'desc')
    .orderBy(sql`cardinality(a.chain)`)
    .orderBy(sql`length(a.name)`)
    .orderBy('a.id')
    .limit(limit)
    .execute();
}

export async function findUnits(db: Kysely<never>, county: number, sought: Sought, limit: number) {
  const { where, how, sure } = fits(sought, { name: 'u.name', pinyin: 'u.pinyin', initials: 'u.initials' }, true);
  return await reads(db)
    .selectFrom('unit as u')
    .where('u.county', '=', county)
    .where('u.closed', '=', false)
    .where(sql<SqlBool>`(${where} or u.short_name like ${likeOf(sought.text)})`)
    .select(['u.id', 'u.name', how.as('how')])
    .orderBy(EXACT_FIRST('u.name', sought.text))
    .orderBy(sure, 'desc')
    .orderBy(sql`length(u.name)`)
    .orderBy('u.id')
    .limit(limit)
    .execute();
}

/** Officials as their public cards have them, by name, pinyin, initials or work phone. */
export async function findOfficials(db: Kysely<never>, county: number, sought: Sought, limit: number) {
  const { where, how, sure } = fits(sought, { name: 'o.name', pinyin: 'o.pinyin', initials: 'o.initials' }, false);
  const phone = /^\d{7,}$/.test(sought.text);
  return await reads(db)
    .selectFrom('official as o')
    .leftJoin('unit as u', (join) => join.onRef('u.county', '=', 'o.county').onRef('u.id', '=', 'o.unit'))
    .where('o.county', '=', county)
    .where('o.retired', '=', false)
    .where(phone ? sql<SqlBool>`o.phone = ${sought.text}` : where)
    .select(['o.id', 'o.name', 'o.title', 'u.name as unit'])
    .select(phone ? sql<How>`'电话'`.as('how') : how.as('how'))
    .orderBy(sure, 'desc')
    .orderBy('o.name')
    .orderBy('o.id')
    .limit(limit)
    .execute();
}

const householdScope = {
  areas: ['h.county_area', 'h.township', 'h.village', 'h.grid'],
  units: [],
  officials: ['h.contact'],
};

/** Residents the reader may read of, by name, pinyin, initials, a name that sounds the same, or a whole phone number. */
export async function findResidents(
  db: Kysely<never>,
  county: number,
  scope: Scope,
  sought: Sought,
  phonePrint: string | undefined,
  limit: number,
) {
  const { where, how, sure } = fits(sought, { name: 'r.name', pinyin: 'r.pinyin', initials: 'r.initials' }, false);
  return await reads(db)
    .selectFrom('resident as r')
    .innerJoin('household as h', (join) => join.onRef('h.county', '=', 'r.county').onRef('h.id', '=', 'r.household'))
    .leftJoin('area as v', (join) => join.onRef('v.county', '=', 'h.county').onRef('v.id', '=', 'h.village'))
    .where('r.county', '=', county)
    .where('r.left', '=', false)
    .where(phonePrint === undefined ? where : sql<SqlBool>`r.phone_print = ${phonePrint}`)
    .where((eb) => within(eb, scope, householdScope))
    .select(['r.id', 'r.name', 'r.relation', 'r.household', 'h.address', 'v.name as village'])
    .select(phonePrint === undefined ? how.as('how') : sql<How>`'电话'`.as('how'))
    .orderBy(sure, 'desc')
    .orderBy('r.name')
    .orderBy('r.id')
    .limit(limit)
    .execute();
}

const matterScope = {
  areas: ['township', 'village', 'grid'],
  units: ['unit'],
  officials: ['official', 'handler', 'leader'],
  apart: 'id',
};

/** Numbers that begin with what has been typed of one so far, newest first. */
export async function numbersFrom(
  db: Kysely<never>,
  county: number,
  scope: Scope,
  start: string,
  limit: number,
): Promise<string[]> {
  const rows = await reads(db)
    .selectFrom('matter')
    .where('county', '=', county)
    .where('number', '>=', start)
    .where('number', '<', `${start}~`)
    .where((eb) => within(eb, scope, matterScope))
    .select('number')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.number);
}

export const prefixOf = async (query: Query, county: number): Promise<string> =>
  (await query<{ prefix: string }>('search.prefix', 'select prefix from county where county = $1', [county]))[0]
    ?.prefix ?? '';

/** The words of matters, to show where they fit. Only for matters the reader has been given. */
export async function textsOf(
  query: Query,
  county: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await query<{ id: string; text: string }>(
    'search.texts',
    'select id, text from matter_text where county = $1 and id = any($2::uuid[])',
    [county, ids],
  );
  return new Map(rows.map((row) => [row.id, row.text]));
}

/** Words many matters share, by sound: the words themselves are among them, for a word sounds like itself. */
export const wordsBySound = (query: Query, county: number, sounds: readonly string[]) =>
  query<KnownWord & { sound: string }>(
    'search.by-sound',
    'select word, sound, n from search_word where county = $1 and sound = any($2::text[]) order by n desc, word',
    [county, sounds],
  );

/** Words whose pinyin is or begins with these letters, else whose initials are; the surest first. */
export const wordsByLetters = (query: Query, county: number, letters: string, sound: string, limit: number) =>
  query<KnownWord>(
    'search.by-letters',
    `select word, n from search_word
      where county = $1 and (pinyin = $2 or sound = $3 or initials = $2 or ($4 and pinyin like $2 || '%'))
      order by pinyin = $2 desc, sound = $3 desc, initials = $2 desc, n desc, word limit $5`,
    [county, letters, sound, letters.length >= 4, limit],
  );
