import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { t } from './english.ts';
import { type Period, coverage } from './counts.ts';
import { monthOf, spokenFor } from './diary.ts';
import { visitTables } from './tables.ts';

/**
 * How going out went, in rates that stand side by side (row B6; P8, Y4, VIS-25, 2:A4, 2:B42, 2:F3): how many
 * households were met, how many closed doors were tried again, at how many doors somebody was met, how many of the
 * needs heard are settled. Each rate is a count of records and what it is a share of, and both can be listed.
 */

const ratesBy = ['official', 'unit', 'grid', 'village', 'township'] as const;
export type RatesBy = (typeof ratesBy)[number];

/** From fewer than these a per cent says nothing: the count alone is told. */
export const FEW = 10;

const definitions = () => ({
  coverage: t('入户率：这段日子里当面见到人的户，占全部在册的户。不论谁见的都算；电话、留单子、没人在家不算。'),
  contact: t('见面率：当面见到人的次数，占上门的全部次数（当面、没人在家、留单子）。'),
  revisit: t('补访率：没人在家之后，在补访期限内见到了人的次数，占补访已到期或已见到人的次数。'),
  found: t('有发现的走访：当面走访里带回了诉求的次数，占当面走访。没有发现不是过错，长期一件没有才值得问一问。'),
  resolved: t('解决率：走访带回的诉求里已经销号的，占走访带回的全部诉求，按现在的情况计。'),
  outbound: t(
    '下访与上访之比：当面走访的次数，比群众自己来反映的诉求件数（来访、电话、网上等）。只按地方算，不按人算。',
  ),
  few: t('分母不到 {n} 的不算百分比：数太小，说明不了问题。', { n: FEW }),
});

/** What a number counts, to list its records. */
const listed = [
  'met',
  'doors',
  'revisits',
  'in-time',
  'late',
  'missed',
  'found',
  'needs',
  'settled',
  'inbound',
  'households',
  'covered',
] as const;
export type Listed = (typeof listed)[number];

export interface Rate {
  readonly value: number;
  readonly of: number;
  /** 0 to 1; null where there is too little to divide. */
  readonly share: number | null;
}

const rate = (value: number, of: number): Rate => ({ value, of, share: of < FEW ? null : value / of });

export interface Rates {
  readonly id: string | null;
  readonly name: string | null;
  readonly coverage: Rate;
  readonly contact: Rate;
  readonly revisit: Rate;
  /** Closed doors met later than their day, not met though it has passed, and those that still have time. */
  readonly late: number;
  readonly missed: number;
  readonly waiting: number;
  readonly found: Rate;
  readonly resolved: Rate;
  /** Null where people are not counted by who came to them. */
  readonly inbound: number | null;
  /** Outbound contacts for each inbound one; null where none came or too few. */
  readonly ratio: number | null;
}

const PLACES = { grid: 'grid', village: 'village', township: 'township' } as const;

/** The group of a visit or matter aliased `x` with its official aliased `o`. */
const keyOf = (by: RatesBy): string =>
  by === 'official' ? 'x.official' : by === 'unit' ? 'o.unit' : `x.${PLACES[by]}`;

/** $1 county, $2 first and $3 last day, then what the asker may count: $4 all, $5 areas, $6 officials. */
function asked(desk: Desk, { from, to }: Period): unknown[] {
  const { all, areas, officials } = scopeOf(desk.actor, 'visit.count');
  return [desk.county, from, to, all, areas, officials];
}

const SEEN = `($4 or x.township = any($5::uuid[]) or x.village = any($5::uuid[]) or x.grid = any($5::uuid[]) or x.official = any($6::uuid[]))`;

/**
 * Doors gone to in the period; of a closed one, the day somebody of the household was met after it, and whether its
 * own day has passed ($7 is today).
 */
const DOORS = `
  select x.*, o.unit, x.revisit_by < $7::date as past,
         case when x.contact = 'not-at-home' then (
           select min(m.met_on) from visit m
            where m.county = x.county and m.household = x.household and m.contact = 'met' and m.met_at > x.met_at) end as again
    from visit x left join official o on o.county = x.county and o.id = x.official
   where x.county = $1 and x.met_on between $2::date and $3::date and ${SEEN}`;

/** Each count of doors as a condition on one of them. */
const door = {
  met: `d.contact = 'met'`,
  doors: `d.contact in ('met', 'not-at-home', 'leaflet')`,
  revisits: `d.contact = 'not-at-home' and (d.again is not null or d.past)`,
  'in-time': `d.contact = 'not-at-home' and d.again <= d.revisit_by`,
  late: `d.contact = 'not-at-home' and d.again > d.revisit_by`,
  missed: `d.contact = 'not-at-home' and d.again is null and d.past`,
  waiting: `d.contact = 'not-at-home' and d.again is null and not d.past`,
  found: `d.contact = 'met' and d.needs > 0`,
} as const;

/** Matters registered in the period: those a visit brought, and those people brought themselves. */
const MATTERS = `
  select x.*, o.unit as of_unit from matter x left join official o on o.county = x.county and o.id = x.official
   where x.county = $1 and x.registered_at >= $2::date::timestamp at time zone 'Asia/Shanghai'
     and x.registered_at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai' and ${SEEN}`;
const matter = {
  needs: `d.channel = 'visit'`,
  settled: `d.channel = 'visit' and not d.open`,
  inbound: `d.channel <> 'visit'`,
} as const;

const groupOf = (by: RatesBy, unit: 'unit' | 'of_unit'): string =>
  by === 'unit' ? `d.${unit}` : keyOf(by).replace('x.', 'd.');

const counting = (conditions: Readonly<Record<string, string>>): string =>
  Object.entries(conditions)
    .map(([name, condition]) => `(count(*) filter (where ${condition}))::int as "${name}"`)
    .join(', ');

/** The rates of every person, unit or place the asker may count, by name. */
async function ratesOf(desk: Desk, period: Period, by: RatesBy): Promise<Rates[]> {
  const values = asked(desk, period);
  const [covered, doors, matters] = await Promise.all([
    coverage(visitTables(desk.db as never), desk.county, await spokenFor(desk), period, by),
    desk.query<Record<keyof typeof door, number> & { id: string | null }>(
      `visits.rates-doors-${by}`,
      `select ${groupOf(by, 'unit')} as id, ${counting(door)} from (${DOORS}) d group by 1`,
      [...values, dayOf(desk.now)],
    ),
    desk.query<Record<keyof typeof matter, number> & { id: string | null }>(
      `visits.rates-matters-${by}`,
      `select ${groupOf(by, 'of_unit')} as id, ${counting(matter)} from (${MATTERS}) d group by 1`,
      values,
    ),
  ]);
  const names = new Map(covered.map((c) => [c.id, c.name]));
  const doorsOf = new Map(doors.map((d) => [d.id, d]));
  const mattersOf = new Map(matters.map((m) => [m.id, m]));
  const coveredOf = new Map(covered.map((c) => [c.id, c]));
  const ids = new Set([
    ...coveredOf.keys(),
    ...doorsOf.keys(),
    ...(by === 'official' || by === 'unit' ? [] : mattersOf.keys()),
  ]);
  const unnamed = [...ids].filter((id): id is string => id !== null && !names.has(id));
  for (const { id, name } of await namesOf(desk, by, unnamed)) names.set(id, name);
  const byPlace = by !== 'official' && by !== 'unit';
  return (
    [...ids]
      .map((id): Rates => {
        const [c, d, m] = [coveredOf.get(id), doorsOf.get(id), mattersOf.get(id)];
        const met = d?.met ?? 0;
        const inbound = byPlace ? (m?.inbound ?? 0) : null;
        return {
          id,
          name: names.get(id) ?? null,
          coverage: rate(c?.met ?? 0, c?.all ?? 0),
          contact: rate(met, d?.doors ?? 0),
          revisit: rate(d?.['in-time'] ?? 0, d?.revisits ?? 0),
          late: d?.late ?? 0,
          missed: d?.missed ?? 0,
          waiting: d?.waiting ?? 0,
          found: rate(d?.found ?? 0, met),
          resolved: rate(m?.settled ?? 0, m?.needs ?? 0),
          inbound,
          ratio: inbound === null || inbound < FEW ? null : met / inbound,
        };
      })
      // By name: rates stand side by side, they are not a ranking of anybody.
      .toSorted(
        (a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '', 'zh'),
      )
  );
}

const namesOf = async (desk: Desk, by: RatesBy, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : await desk.query<{ id: string; name: string }>(
        `visits.rates-names-${by === 'official' || by === 'unit' ? by : 'area'}`,
        `select id, name from ${by === 'official' ? 'official' : by === 'unit' ? 'unit' : 'area'} where county = $1 and id = any($2::uuid[])`,
        [desk.county, ids],
      );

const RECORDS = 500;

export interface RateRecord {
  readonly kind: 'visit' | 'matter' | 'household';
  readonly id: string;
  readonly day: string | null;
  readonly official: string | null;
  readonly place: string | null;
  /** The household's name and door, or the matter's number: only for who may open it. */
  readonly what: string | null;
  readonly state: string | null;
}

/** The records behind one number of one group, oldest first. */
async function recordsOf(desk: Desk, period: Period, by: RatesBy, id: string | null, what: Listed) {
  const values = asked(desk, period);
  if (what === 'needs' || what === 'settled' || what === 'inbound') {
    const rows = await desk.query<{
      id: string;
      day: string;
      official: string | null;
      place: string | null;
      number: string;
      status: string;
      chain: (string | null)[];
      officials: (string | null)[];
    }>(
      `visits.rate-matters-${by}-${what}`,
      `select d.id, (d.registered_at at time zone 'Asia/Shanghai')::date as day, o.name as official, a.name as place,
              d.number, d.status, array[d.township, d.village, d.grid] as chain, array[d.official] as officials
         from (${MATTERS}) d
         left join official o on o.county = d.county and o.id = d.official
         left join area a on a.county = d.county and a.id = d.area
        where ${matter[what]} and ${groupOf(by, 'of_unit')} is not distinct from $7::uuid
        order by d.registered_at, d.id limit ${RECORDS}`,
      [...values, id],
    );
    return rows.map((r): RateRecord => ({
      kind: 'matter',
      id: r.id,
      day: r.day,
      official: r.official,
      place: r.place,
      what: may(desk.actor, 'matter.read', { areas: present(r.chain), officials: present(r.officials) })
        ? r.number
        : null,
      state: r.status,
    }));
  }
  if (what === 'households' || what === 'covered') {
    const spoken = await spokenFor(desk);
    const key = by === 'official' ? 'h.contact' : by === 'unit' ? 'o.unit' : `h.${PLACES[by]}`;
    const rows = await desk.query<{
      id: string;
      head: string;
      address: string;
      place: string | null;
      official: string | null;
      day: string | null;
      chain: (string | null)[];
      contact: string | null;
    }>(
      `visits.rate-households-${by}`,
      `select h.id, h.head, h.address, a.name as place, o.name as official, m.day, h.contact,
              array[h.county_area, h.township, h.village, h.grid] as chain
         from household h
         left join official o on o.county = h.county and o.id = h.contact
         left join area a on a.county = h.county and a.id = coalesce(h.grid, h.village)
         left join lateral (select max(v.met_on) as day from visit v
                             where v.county = h.county and v.household = h.id and v.contact = 'met'
                               and v.met_on between $2::date and $3::date) m on true
        where h.county = $1 and not h.moved and ($4 or h.county_area = any($5::uuid[]) or h.township = any($5::uuid[])
              or h.village = any($5::uuid[]) or h.grid = any($5::uuid[]) or h.contact = any($6::uuid[]) or h.id = any($7::uuid[]))
          and ${key} is not distinct from $8::uuid and (m.day is not null or not $9)
        order by m.day nulls first, a.name, h.address, h.id limit ${RECORDS}`,
      [
        desk.county,
        period.from,
        period.to,
        spoken.scope.all,
        spoken.scope.areas,
        spoken.scope.officials,
        spoken.own,
        id,
        what === 'covered',
      ],
    );
    return rows.map((r): RateRecord => ({
      kind: 'household',
      id: r.id,
      day: r.day,
      official: r.official,
      place: r.place,
      what: may(desk.actor, 'household.read', { areas: present(r.chain), officials: present([r.contact]) })
        ? `${r.head}家 ${r.address}`
        : null,
      state: r.day === null ? '没见到' : '见到了',
    }));
  }
  const rows = await desk.query<{
    id: string;
    day: string;
    official: string | null;
    owner: string;
    place: string | null;
    head: string | null;
    address: string | null;
    contact: string;
    chain: (string | null)[];
  }>(
    `visits.rate-visits-${by}-${what}`,
    `select d.id, d.met_on as day, o.name as official, d.official as owner, a.name as place, h.head, h.address, d.contact,
            array[d.county_area, d.township, d.village, d.grid] as chain
       from (${DOORS}) d
       left join official o on o.county = d.county and o.id = d.official
       left join household h on h.county = d.county and h.id = d.household
       left join area a on a.county = d.county and a.id = coalesce(d.grid, d.village)
      where ${door[what]} and ${groupOf(by, 'unit')} is not distinct from $8::uuid
      order by d.met_at, d.id limit ${RECORDS}`,
    [...values, dayOf(desk.now), id],
  );
  return rows.map((r): RateRecord => ({
    kind: 'visit',
    id: r.id,
    day: r.day,
    official: r.official,
    place: r.place,
    what:
      r.head !== null && may(desk.actor, 'visit.read', { areas: present(r.chain), officials: [r.owner] })
        ? `${r.head}家 ${r.address ?? ''}`
        : null,
    state: r.contact,
  }));
}

const present = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);

const MAX_DAYS = 3_660;
const Asking = z.object({ from: Day.optional(), to: Day.optional(), by: z.enum(ratesBy).default('village') });

const periodOf = (desk: Desk, query: { from?: string | undefined; to?: string | undefined }): Period | undefined => {
  const to = query.to ?? dayOf(desk.now);
  const from = query.from ?? monthOf(to.slice(0, 7)).from;
  return from > to || daysBetween(from, to) > MAX_DAYS ? undefined : { from, to };
};

export const rateRoutes = {
  'GET /api/rates': route({
    action: 'visit.count',
    summary: 'Coverage, contact, revisit and resolution rates and outbound against inbound, by person, unit or place',
    query: Asking,
    async handle(desk, { query }) {
      const period = periodOf(desk, query);
      if (period === undefined) return refuse('input.invalid', 'from');
      return { ...period, by: query.by, rows: await ratesOf(desk, period, query.by), definitions: definitions() };
    },
  }),
  'GET /api/rates/records': route({
    action: 'visit.count',
    summary: 'The records behind one of the numbers; names only for who may open them',
    query: Asking.extend({ of: z.uuid().optional(), what: z.enum(listed).default('met') }),
    async handle(desk, { query }) {
      const period = periodOf(desk, query);
      if (period === undefined) return refuse('input.invalid', 'from');
      const rows = await recordsOf(desk, period, query.by, query.of ?? null, query.what);
      return { ...period, what: query.what, rows, cut: rows.length === RECORDS };
    },
  }),
} satisfies Routes;
