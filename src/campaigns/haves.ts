import { halfOf } from '../ballots/model.ts';
import { namingBy } from '../language/saying.ts';
import type { Query } from '../ledger/record.ts';
import type { Counted } from './counting.ts';
import type { Part } from './figures.ts';
import { type Have, haves } from './model.ts';
import { monthsOf, spanOf } from './plan.ts';

/**
 * What a standing institution keeps everywhere (三有两评, H6): the card by which a household finds its official, the diary,
 * the township's ledger, the monthly meeting, the half-yearly word of the residents. Each with all there must be; found in what was written down.
 */
export interface Kept {
  readonly code: Have;
  readonly title: string;
  /** How it is found, in a sentence a person can check it by. */
  readonly how: string;
  /** By month, the newest first; a card is there or not today, whatever the month. */
  readonly months: readonly { readonly month: string | null; readonly all: number; readonly done: number }[];
}

/** This month and the one before: what is over and can no longer be mended stands in the bulletins. */
const MONTHS = 2;

const titleOf = namingBy<Have>(
  {
    cards: '户户有联系卡',
    diaries: '人人有民情日记',
    ledgers: '乡乡有民情台账',
    'review-meetings': '月月有点评会',
    'resident-reviews': '群众半年一评',
  },
  {
    cards: 'Every household has its official’s card',
    diaries: 'Every official has a diary',
    ledgers: 'Every township has a ledger',
    'review-meetings': 'Every month has its review meeting',
    'resident-reviews': 'Every half-year residents review',
  },
);
const howOf = namingBy<Have>(
  {
    cards: '有在岗联系人的户。联系卡上写的就是他。',
    diaries: '当月记过走访或通话的驻村干部。',
    ledgers: '当月有走访、通话记进台账的乡镇；台账由日记自己生成。',
    'review-meetings': '当月开过驻村工作点评会、有纪要的乡镇。',
    'resident-reviews': '有驻村干部的村，这半年群众评过、封了箱、够数公布的；乡镇评的算它的各村。',
  },
  {
    cards: 'Households with a contact official at work. The card names that official.',
    diaries: 'Stationed officials who noted a visit or a call in the month.',
    ledgers: 'Townships whose ledger has a visit or a call of the month; the ledger makes itself from the diaries.',
    'review-meetings': 'Townships that held the review of stationed work in the month and wrote its minutes.',
    'resident-reviews':
      'Villages with stationed officials whose residents rated them this half-year, closed and with enough ballots to be told; a township’s review is of all its villages.',
  },
);

interface Span {
  readonly from: string;
  readonly until: string;
}

/** Stationed officials of a month, and those of them with an entry in it. */
function diaries(parts: readonly Part[], { attributed }: Pick<Counted, 'attributed'>, { from, until }: Span) {
  const all = new Set(
    parts.filter((p) => p.since <= until && (p.until === null || p.until >= from)).map((p) => p.official),
  );
  const wrote = new Set(
    attributed
      .filter(({ e }) => (e.kind === 'visit' || e.kind === 'call') && e.day >= from && e.day <= until)
      .map(({ e }) => e.official),
  );
  return { all: all.size, done: wrote.size };
}

const TOWNSHIPS = `select id from area where county = $1 and level = 'township' and not closed and $2 = any(chain)`;

/** Townships of the place in which evidence of some kinds stands in a span of days. */
const townshipsWith = async (query: Query, county: number, area: string, kinds: readonly string[], span: Span) =>
  (
    await query<{ all: number; done: number }>(
      'campaign.townships-with',
      `with towns as (${TOWNSHIPS})
       select (select count(*)::int from towns) as "all",
              (select count(*)::int from towns t where exists (
                 select from evidence e join area a on a.county = $1 and a.id = e.area
                  where e.county = $1 and e.kind = any($3::text[]) and e.day between $4::date and $5::date and t.id = any(a.chain))) as done`,
      [county, area, kinds, span.from, span.until],
    )
  )[0]!;

const cards = async (query: Query, county: number, area: string, today: string) =>
  (
    await query<{ all: number; done: number }>(
      'campaign.cards',
      `select count(*)::int as "all",
              (count(*) filter (where exists (select from official o where o.county = $1 and o.id = h.contact and not o.retired)
                 or exists (select from assignment s join official o on o.county = $1 and o.id = s.official and not o.retired
                             where s.county = $1 and s.kind = 'household' and s.household = h.id
                               and s.since <= $3::date and (s.until is null or s.until >= $3::date))))::int as done
         from household h where h.county = $1 and not h.moved and $2 in (h.county_area, h.township, h.village, h.grid)`,
      [county, area, today],
    )
  )[0]!;

/** Villages with somebody stationed, and those of them whose residents reviewed them in the half-year of a day. */
const residentReviews = async (query: Query, county: number, area: string, today: string) =>
  (
    await query<{ all: number; done: number }>(
      'campaign.resident-reviews',
      `with villages as (
         select v.id, v.chain from area v
          where v.county = $1 and v.level = 'village' and not v.closed and $2 = any(v.chain)
            and (exists (select from assignment s join official o on o.county = $1 and o.id = s.official and not o.retired
                         where s.county = $1 and s.kind = 'village' and s.area = v.id
                           and s.since <= $3::date and (s.until is null or s.until >= $3::date))
              or exists (select from post p join official o on o.county = $1 and o.id = p.official and not o.retired
                         where p.county = $1 and p.role = 'field' and p.area = v.id
                           and p.since <= $3::date and (p.until is null or p.until >= $3::date))))
       select count(*)::int as "all",
              (count(*) filter (where exists (select from ballot b
                  where b.county = $1 and b.half = $4 and b.status = 'closed' and b.enough and b.area = any(v.chain))))::int as done
         from villages v`,
      [county, area, today, halfOf(today)],
    )
  )[0]!;

/** What the campaign's plan asks to be kept everywhere; empty where it asks for nothing of the kind. */
export async function havesOf(query: Query, county: number, counted: Counted): Promise<Kept[]> {
  const { held, area, today } = counted.situation;
  const asked = held.plan.keeps ?? [];
  const last = held.until !== null && held.until < today ? held.until : today;
  if (asked.length === 0 || last < held.from) return [];
  const months = monthsOf(held.from, last).slice(-MONTHS).toReversed();
  const monthly = async (of: (span: Span) => Promise<{ all: number; done: number }> | { all: number; done: number }) =>
    await Promise.all(
      months.map(async (month) => {
        const { from, until } = spanOf(month);
        const span = { from: from > held.from ? from : held.from, until: until < last ? until : last };
        return { month, ...(await of(span)) };
      }),
    );
  const ways: Readonly<Record<Have, () => Promise<Kept['months']>>> = {
    cards: async () => [{ month: null, ...(await cards(query, county, area, today)) }],
    diaries: async () => await monthly((span) => diaries(counted.parts, counted, span)),
    ledgers: async () =>
      await monthly(async (span) => await townshipsWith(query, county, area, ['visit', 'call'], span)),
    'review-meetings': async () =>
      await monthly(async (span) => await townshipsWith(query, county, area, ['review-meeting'], span)),
    'resident-reviews': async () => [{ month: null, ...(await residentReviews(query, county, area, today)) }],
  };
  return await Promise.all(
    haves
      .filter((code) => asked.includes(code))
      .map(async (code) => ({ code, title: titleOf(code), how: howOf(code), months: await ways[code]() })),
  );
}
