import QRCode from 'qrcode';
import type { Query } from '../ledger/record.ts';
import type { AssignmentRules } from './model.ts';
import { type OfficialLine, areaOf, officialOf, officialsOf, pathOf, unitOf } from './reads.ts';

/** What is printed and handed out: contact cards, village boards, door plates (row A4; H6, 2:G14, 2:G15). */

export interface Card {
  readonly official: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly phone: string;
  readonly photo: string | null;
  readonly villages: readonly string[];
  /** Where scanning leads: a request addressed to this official. */
  readonly link: string;
  /** The link as an SVG drawing. */
  readonly qr: string;
}

/** Error correction Q: still read when a quarter of it is scratched, as on a board at a junction. */
const qrOf = (link: string): Promise<string> =>
  QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'Q', margin: 1 });
const linkOf = (publicUrl: string, official: string): string => `${publicUrl.replace(/\/$/, '')}/card/${official}`;

/** An official's card; undefined when there is no such official or they have retired. */
export async function cardOf(
  query: Query,
  county: number,
  publicUrl: string,
  id: string,
  today: string,
): Promise<Card | undefined> {
  const official = await officialOf(query, county, id);
  return official === undefined || official.retired
    ? undefined
    : (await cardsOf(query, county, publicUrl, [official], today))[0]!;
}

/** The cards of everyone of a unit with its sections, or bound to an area and below. */
export async function cardSheet(
  query: Query,
  county: number,
  publicUrl: string,
  of: { unit?: string | undefined; area?: string | undefined },
  today: string,
): Promise<Card[]> {
  const officials = await officialsOf(query, county, { ...of, retired: false, limit: 1000, offset: 0, today });
  return await cardsOf(query, county, publicUrl, officials, today);
}

async function cardsOf(
  query: Query,
  county: number,
  publicUrl: string,
  officials: readonly OfficialLine[],
  today: string,
): Promise<Card[]> {
  const villages = await query<{ official: string; name: string }>(
    'cards.villages',
    `select distinct s.official, a.name from assignment s join area a on a.county = $1 and a.id = s.area and a.level = 'village'
      where s.county = $1 and s.official = any($2::uuid[]) and s.since <= $3::date and (s.until is null or s.until >= $3::date) order by a.name`,
    [county, officials.map((o) => o.id), today],
  );
  return await Promise.all(
    officials.map(async (o) => {
      const link = linkOf(publicUrl, o.id);
      return {
        official: o.id,
        name: o.name,
        title: o.title,
        unit: o.unit.name,
        phone: o.phone,
        photo: o.photo,
        villages: villages.filter((v) => v.official === o.id).map((v) => v.name),
        link,
        qr: await qrOf(link),
      };
    }),
  );
}

export interface BoardPerson {
  readonly official: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly qr: string;
}
export interface Board {
  readonly area: string;
  readonly name: string;
  readonly within: string;
  /** Every link the rules ask for, in their order; an empty one is a gap and is printed as such. */
  readonly links: readonly { readonly role: string; readonly title: string; readonly people: readonly BoardPerson[] }[];
}

/** 路口公示牌 of a village or community; undefined when there is none such. */
export async function boardOf(
  query: Query,
  county: number,
  publicUrl: string,
  id: string,
  rules: AssignmentRules,
  today: string,
): Promise<Board | undefined> {
  const area = await areaOf(query, county, id, today);
  if (area === undefined || area.closed || area.level !== 'village') return undefined;
  const rows = await query<{ role: string; official: string; name: string; title: string; phone: string }>(
    'cards.board',
    `select s.role, o.id as official, o.name, o.title, o.phone
       from assignment s join official o on o.county = $1 and o.id = s.official and not o.retired
      where s.county = $1 and s.area = $2 and s.kind = 'village' and s.since <= $3::date and (s.until is null or s.until >= $3::date)
      order by s.since, o.id`,
    [county, id, today],
  );
  const people = await Promise.all(rows.map(async (r) => ({ ...r, qr: await qrOf(linkOf(publicUrl, r.official)) })));
  const path = await pathOf(query, county, area.chain);
  return {
    area: id,
    name: area.name,
    within: path
      .slice(0, -1)
      .map((p) => p.name)
      .join(''),
    links: rules.links.map(({ role, title }) => ({
      role,
      title,
      people: people
        .filter((p) => p.role === role)
        .map(({ official, name, title: post, phone, qr }) => ({ official, name, title: post, phone, qr })),
    })),
  };
}

export interface Plate {
  readonly unit: string;
  readonly name: string;
  readonly people: readonly (BoardPerson & { readonly photo: string | null; readonly duties: string })[];
}

/** 便民服务牌: who sits behind a door, with title, charge and phone. */
export async function plateOf(
  query: Query,
  county: number,
  publicUrl: string,
  id: string,
  today: string,
): Promise<Plate | undefined> {
  const unit = await unitOf(query, county, id);
  if (unit === undefined || unit.closed) return undefined;
  const rows = await query<{
    official: string;
    name: string;
    title: string;
    phone: string;
    photo: string | null;
    duties: string;
  }>(
    'cards.plate',
    `select o.id as official, o.name, o.title, o.phone, o.photo,
            coalesce((select string_agg(distinct nullif(p.title, ''), '、') from post p
                       where p.county = $1 and p.official = o.id and (p.until is null or p.until >= $3::date)), '') as duties
       from official o join unit u on u.county = $1 and u.id = $2
      where o.county = $1 and o.unit = $2 and not o.retired order by o.id is distinct from u.head, o.pinyin, o.id`,
    [county, id, today],
  );
  const people = await Promise.all(rows.map(async (r) => ({ ...r, qr: await qrOf(linkOf(publicUrl, r.official)) })));
  return { unit: id, name: unit.name, people };
}
