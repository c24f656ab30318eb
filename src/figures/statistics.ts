import { sql } from 'kysely';
import { z } from 'zod';
import { namesOf } from '../access/directory.ts';
import { addDays, dayOf, monthsAfter, startOfDay, toDay, toNumber } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import { channelName } from '../matters/english.ts';
import { Channel } from '../matters/model.ts';
import { t } from './english.ts';
import { DAYS, type Drill, type FigureFilter, conditionsOf } from './filter.ts';
import { categoriesOf } from './categories.ts';

/**
 * Counts of matters, each with what it is a share of and the question that lists its records (C16; PET-01, LED-11).
 * They measure the handling, never the people who came.
 */
export const StatisticsQuery = z.object({
  /** Registered from this day to that one, both included (Shanghai); without them this month until today. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  township: z.uuid().optional(),
  village: z.uuid().optional(),
  unit: z.uuid().optional(),
  channel: Channel.optional(),
});
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;

/** How the figures are to be read; it travels with every answer. */
export const definitions = () => ({
  days: t(
    '天数是从登记到首次答复的实际经过时间，按每 24 小时一天计，带小数；超过 15 天指经过时间大于 15×24 小时，恰好 15 天不算。',
  ),
  base: t('除存量外，都只数所选日期内登记的诉求；“有答复”“已办结”“已销号”按现在的情况计，重开的不算已销号。'),
  stock: t('期末存量是到所选末日为止登记、当时还没有销号的全部诉求，不论哪天登记；后来重开的按一直没有销号计。'),
  waiting: t('“还没有答复”的等待时间从登记算到现在。'),
  score: t('评分 1 至 5 分，4 分以上为满意；不足 5 人评分时不公布结果，以免猜出是谁评的。'),
});

/** A count, what it is a share of, and where its records are. */
export interface Figure {
  readonly value: number;
  /** The denominator; absent where the count stands for itself. */
  readonly of?: number;
  /** `value / of`, 0 to 1; null when there is nothing to divide by. */
  readonly share?: number | null;
  readonly drill: Drill;
}

/** A measure over some of the records, null where there are none or too few to tell without naming people. */
export interface Measure {
  readonly value: number | null;
  readonly n: number;
  readonly drill: Drill | null;
}

export interface Group {
  /** Empty for those that have none. */
  readonly key: string | null;
  readonly name: string;
  readonly registered: Figure;
  readonly answered: Figure;
  readonly late15: Figure;
  readonly late60: Figure;
  readonly closed: Figure;
  readonly open: Figure;
  readonly late: Figure;
  readonly returned: Figure;
  readonly reopened: Figure;
}

/** Results of fewer scores would let people be guessed. */
const SMALLEST = 5;

interface Counted {
  registered: number;
  answered: number;
  late15: number;
  late60: number;
  waiting15: number;
  waiting60: number;
  resolved: number;
  closed: number;
  by_resident: number;
  by_call_back: number;
  open: number;
  late: number;
  returned: number;
  returns: number;
  reopened: number;
  reopenings: number;
  scored: number;
  score: number | null;
  pleased: number;
}

/** What is counted of a group of matters; all of it can be added up over groups. */
const counted = (now: string) => ({
  registered: sql`count(*)`,
  answered: sql`count(days)`,
  late15: sql`count(*) filter (where days > 15)`,
  late60: sql`count(*) filter (where days > 60)`,
  waiting15: sql`count(*) filter (where days is null and registered_at < ${now}::timestamptz - interval '360 hours')`,
  waiting60: sql`count(*) filter (where days is null and registered_at < ${now}::timestamptz - interval '1440 hours')`,
  resolved: sql`count(resolved_at)`,
  closed: sql`count(*) filter (where not open)`,
  by_resident: sql`count(*) filter (where closed_by = 'resident')`,
  by_call_back: sql`count(*) filter (where closed_by = 'call-back')`,
  open: sql`count(*) filter (where open)`,
  late: sql`count(*) filter (where open and due < ${now})`,
  returned: sql`count(*) filter (where returns > 0)`,
  returns: sql`sum(returns)`,
  reopened: sql`count(*) filter (where reopenings > 0)`,
  reopenings: sql`sum(reopenings)`,
  scored: sql`count(score)`,
  scores: sql`coalesce(sum(score), 0)`,
  pleased: sql`count(*) filter (where score >= 4)`,
});

export type Period = StatisticsQuery & { readonly from: string; readonly to: string };

const periodOf = (query: StatisticsQuery, now: string): Period => {
  const to = query.to ?? dayOf(now);
  return { ...query, from: query.from ?? `${to.slice(0, 7)}-01`, to };
};

/** The whole answer for a period. */
export async function statisticsOf(desk: Desk, query: StatisticsQuery) {
  const period = periodOf(query, desk.now);
  const before = { ...period, from: yearBefore(period.from), to: yearBefore(period.to) };
  const [{ figures, groups }, stock, lastYear] = await Promise.all([
    figuresOf(desk, period),
    stockOf(desk, period),
    countOf(desk, before),
  ]);
  return {
    from: period.from,
    to: period.to,
    definitions: definitions(),
    figures,
    stock,
    yearBefore: {
      registered: { value: lastYear, drill: drillOf(before) },
      /** Change against the year before, as a share of it; null when there was nothing. */
      change: lastYear === 0 ? null : (figures.registered.value - lastYear) / lastYear,
    },
    groups,
  };
}

/** The counts of a period as figures, in all and by what they can be told apart by. */
export async function figuresOf(
  desk: Desk,
  period: Period,
): Promise<{ figures: Figures; groups: Record<Dimension, Group[]> }> {
  const [rows, days] = await Promise.all([countedIn(desk, period), daysIn(desk, period)]);
  return {
    figures: figuresFrom(
      rows.find(({ dimension }) => dimension === 'all')!,
      days,
      drillOf(period),
    ),
    groups: await groupsFrom(desk, rows, period),
  };
}

export type Figures = ReturnType<typeof figuresFrom>;

function figuresFrom(c: Counted, [median, ninetieth]: readonly (number | null)[], drill: Drill) {
  const { registered, answered, closed, scored } = c;
  const figure = figureOf(drill);
  const suppressed = scored < SMALLEST;
  const ofAnswered = (value: number | null | undefined): Measure => ({
    value: value ?? null,
    n: answered,
    drill: { ...drill, what: 'answered' },
  });
  return {
    registered: figure(registered),
    answered: figure(answered, registered, { what: 'answered' }),
    late15: figure(c.late15, answered, { what: 'late15' }),
    late60: figure(c.late60, answered, { what: 'late60' }),
    waiting15: figure(c.waiting15, registered, { what: 'waiting15' }),
    waiting60: figure(c.waiting60, registered, { what: 'waiting60' }),
    medianDays: ofAnswered(median),
    days90: ofAnswered(ninetieth),
    resolved: figure(c.resolved, registered, { what: 'resolved' }),
    closed: figure(closed, registered, { when: 'closed' }),
    closedByResident: figure(c.by_resident, closed, { what: 'by-resident' }),
    closedByCallBack: figure(c.by_call_back, closed, { what: 'by-call-back' }),
    open: figure(c.open, registered, { when: 'open' }),
    late: figure(c.late, registered, { when: 'late' }),
    returned: figure(c.returned, registered, { returned: 'yes' }),
    returns: figure(c.returns, undefined, { returned: 'yes' }),
    reopened: figure(c.reopened, registered, { reopened: 'yes' }),
    reopenings: figure(c.reopenings, undefined, { reopened: 'yes' }),
    satisfaction: {
      n: scored,
      suppressed,
      mean: suppressed ? null : c.score,
      pleased: suppressed ? null : c.pleased,
      share: suppressed ? null : c.pleased / scored,
      drill: suppressed ? null : figure(scored, undefined, { what: 'scored' }).drill,
    },
  };
}

/** Open at the end of the period and late now, whenever they were registered. */
async function stockOf(desk: Desk, period: Period) {
  const { from: _from, ...until } = period;
  const end = startOfDay(addDays(until.to, 1));
  const { to: _to, ...anytime } = until;
  // What has not ended yet is simply what is open: the index of open matters holds it.
  const stock: Partial<FigureFilter> = end > desk.now ? { ...until, when: 'open' } : { ...until, what: 'stock' };
  const [open, late] = await Promise.all([countOf(desk, stock), countOf(desk, { ...anytime, when: 'late' })]);
  return {
    open: { value: open, drill: { ...stock, sort: 'oldest' } as Drill },
    late: { value: late, drill: { ...anytime, when: 'late', sort: 'due' } as Drill },
  };
}

async function countOf(desk: Desk, filter: Partial<FigureFilter>): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from matter where ${conditionsOf(desk, 'matter.count', filter)}`.execute(desk.db);
  return rows[0]!.n;
}

const dimensions = ['channel', 'category', 'township', 'unit', 'month'] as const;
export type Dimension = (typeof dimensions)[number];
type CountedRow = Counted & { dimension: Dimension | 'all'; key: string | null };

/**
 * All counts in one pass over the period: in all, and by channel, first-level category, township, unit and month. The
 * matters are counted once, by all of these together, and the few groups that gives are added up five ways: half the
 * work of counting every matter six times. The `offset 0` keeps the planner from taking every instant for a month of
 * its own and sorting where it can hash.
 */
async function countedIn(desk: Desk, period: Period): Promise<CountedRow[]> {
  const { ids, tops } = categoriesOf(desk);
  const counts = Object.entries(counted(desk.now));
  const each = sql.join(counts.map(([name, count]) => sql`${count}::int as ${sql.ref(name)}`));
  const sums = sql.join(counts.map(([name]) => sql`coalesce(sum(${sql.ref(name)}), 0) as ${sql.ref(name)}`));
  const { rows } = await sql<Omit<CountedRow, 'score'> & { scores: number }>`
    select case when grouping(channel) = 0 then 'channel' when grouping(category) = 0 then 'category' when grouping(township) = 0 then 'township'
                when grouping(unit) = 0 then 'unit' when grouping(month) = 0 then 'month' else 'all' end as dimension,
           coalesce(channel, category, township::text, unit::text, to_char(month, 'YYYY-MM')) as key, ${sums}
      from (select channel, category, township, unit, month, ${each}
              from (select channel, coalesce(c.top, category) as category, township, unit,
                           date_trunc('month', registered_at at time zone 'Asia/Shanghai') as month,
                           registered_at, ${DAYS} as days, resolved_at, open, due, closed_by, returns, reopenings, score
                      from matter left join unnest(${ids}::text[], ${tops}::text[]) c(category_id, top) on c.category_id = category
                     where ${conditionsOf(desk, 'matter.count', period)} offset 0) m
             group by channel, category, township, unit, month offset 0) g
     group by grouping sets ((), (channel), (category), (township), (unit), (month))`.execute(desk.db);
  return rows.map(({ scores, ...row }) => ({ ...row, score: row.scored === 0 ? null : scores / row.scored }));
}

/** Median and 90th percentile of the days to the first answer. */
async function daysIn(desk: Desk, period: Period): Promise<(number | null)[]> {
  const { rows } = await sql<{ days: (number | null)[] | null }>`
    select percentile_cont(array[0.5, 0.9]) within group (order by ${DAYS}) as days
      from matter where ${conditionsOf(desk, 'matter.count', { ...period, what: 'answered' })}`.execute(desk.db);
  return rows[0]?.days ?? [];
}

/** Biggest first, months in their order. */
async function groupsFrom(
  desk: Desk,
  rows: readonly CountedRow[],
  period: Period,
): Promise<Record<Dimension, Group[]>> {
  const categories = categoriesOf(desk);
  const nameOf = await namesOf(
    desk.query,
    desk.county,
    rows.filter(({ dimension }) => dimension === 'township' || dimension === 'unit').map(({ key }) => key),
  );
  const name: Record<Dimension, (key: string) => string> = {
    channel: (key) => channelName(key as Channel),
    category: categories.name,
    township: (key) => nameOf(key) ?? t('（已撤销）'),
    unit: (key) => nameOf(key) ?? t('（已撤销）'),
    month: (key) => key,
  };
  const groups = (dimension: Dimension): Group[] =>
    rows
      .filter((row) => row.dimension === dimension)
      .map((row) =>
        groupOf(row, row.key === null ? unknownName(dimension) : name[dimension](row.key), {
          ...drillOf(period),
          ...narrowed(dimension, row.key, period),
        }),
      )
      .toSorted((a, b) =>
        dimension === 'month'
          ? a.key! < b.key!
            ? -1
            : 1
          : b.registered.value - a.registered.value || a.name.localeCompare(b.name, 'zh'),
      );
  return {
    channel: groups('channel'),
    category: groups('category'),
    township: groups('township'),
    unit: groups('unit'),
    month: groups('month'),
  };
}

const unknownName = (dimension: Dimension): string =>
  dimension === 'category' ? t('未分类') : dimension === 'township' ? t('未写明乡镇') : '';

/** The filter of one group, added to the period's. */
function narrowed(dimension: Dimension, key: string | null, { from, to }: Period): Drill {
  if (key === null) return { none: dimension === 'category' ? 'category' : 'township' };
  if (dimension !== 'month') return { [dimension]: key };
  const last = addDays(toDay(monthsAfter(toNumber(`${key}-01`), 1)), -1);
  return { from: `${key}-01` < from ? from : `${key}-01`, to: last > to ? to : last };
}

function groupOf(row: CountedRow, name: string, drill: Drill): Group {
  const of = figureOf(drill);
  return {
    key: row.key,
    name,
    registered: of(row.registered),
    answered: of(row.answered, row.registered, { what: 'answered' }),
    late15: of(row.late15, row.answered, { what: 'late15' }),
    late60: of(row.late60, row.answered, { what: 'late60' }),
    closed: of(row.closed, row.registered, { when: 'closed' }),
    open: of(row.open, row.registered, { when: 'open' }),
    late: of(row.late, row.registered, { when: 'late' }),
    returned: of(row.returned, row.registered, { returned: 'yes' }),
    reopened: of(row.reopened, row.registered, { reopened: 'yes' }),
  };
}

const figureOf =
  (base: Drill) =>
  (value: number, of?: number, more: Drill = {}): Figure => ({
    value,
    ...(of === undefined ? {} : { of, share: of === 0 ? null : value / of }),
    drill: { ...base, ...more },
  });

const drillOf = ({ from, to, township, village, unit, channel }: Period): Drill => ({
  from,
  to,
  ...(township === undefined ? {} : { township }),
  ...(village === undefined ? {} : { village }),
  ...(unit === undefined ? {} : { unit }),
  ...(channel === undefined ? {} : { channel }),
  sort: 'newest',
});

const yearBefore = (day: string): string => toDay(monthsAfter(toNumber(day), -12));
