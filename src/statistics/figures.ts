import { namesOf } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import { categoriesOf } from '../figures/categories.ts';
import { channelName } from '../matters/english.ts';
import type { Channel } from '../matters/model.ts';
import {
  type Cell,
  type Durations,
  type Flow,
  cameIn,
  durationsOf,
  firstOf,
  flowOf,
  groupTimings,
  lookingOf,
  narrowing,
  openingOf,
  topCategories,
} from './counting.ts';
import { t } from './english.ts';
import {
  type FlowPart,
  type Measure,
  type Section,
  type Timing,
  flows,
  masks,
  measuresOf,
  meets,
  sections,
  timings,
} from './measures.ts';
import { type By, NONE, type PeriodQuery, type StatisticsPolicy } from './model.ts';
import { type Span, periodsOf } from './period.ts';

/** A value, what it is a share of, and the share; null where nobody may be guessed from it or there is nothing to divide by. */
export interface Told {
  readonly value: number | null;
  readonly of?: number;
  readonly share?: number | null;
}

/** What earlier days had, or why they say nothing. */
export type Compared = (Told & { readonly change: number | null }) | null;

export interface Figure extends Told {
  readonly id: string;
  readonly name: string;
  readonly says: string;
  /** What is counted. */
  readonly counts: 'matters' | 'persons' | 'times';
  readonly ofName?: string;
  /** The same days a year before, and the period before. */
  readonly year: Compared;
  readonly before: Compared;
  /** Of the four shares: from which share on it counts as reached, and whether it is. */
  readonly target?: { readonly share: number; readonly reached: boolean | null };
  /** Fewer rated than may be told. */
  readonly suppressed?: true;
  /** Which sides open to their records. */
  readonly opens: { readonly value: boolean; readonly of: boolean };
}

export interface Duration {
  readonly id: Timing;
  readonly name: string;
  readonly says: string;
  /** Of so many. */
  readonly n: number;
  /** Days of 24 hours, with decimals. */
  readonly median: number | null;
  readonly ninetieth: number | null;
  /** Working days after the day of registration. */
  readonly medianWorking: number | null;
  readonly ninetiethWorking: number | null;
}

export interface Group {
  readonly key: string;
  readonly name: string;
  readonly figures: Readonly<Record<string, Told & { readonly suppressed?: true }>>;
  readonly days: Readonly<
    Record<
      (typeof groupTimings)[number],
      { readonly n: number; readonly median: number | null; readonly ninetieth: number | null }
    >
  >;
  /** None by month: what moves in a month did not come in it. */
  readonly flow: Flow | null;
  /** The same days a year before; null where there is nothing to compare. */
  readonly yearBatches: number | null;
}

/** Measures that stand in the table of groups. */
export const inGroups = ['batches', 'persons', 'answered', 'in-time', 'closed', 'returned', 'pleased'] as const;

const NO_FLOW: Flow = { opening: 0, registered: 0, reopened: 0, unmerged: 0, closed: 0, merged: 0, closing: 0 };
const DAY_S = 86_400;

/** The whole answer for a period. */
export async function statisticsOf(desk: Desk, query: PeriodQuery) {
  const periods = periodsOf(query, desk.now);
  const [narrowed, looking, first] = await Promise.all([narrowing(desk, query), lookingOf(desk), firstOf(desk)]);
  const { policy } = looking;
  const { by } = query;
  const came = (span: Span) => cameIn(desk, narrowed, looking, span, by);
  const known = (span: Span) => knownOf(span, first);
  const cells = async (span: Span | undefined) =>
    span === undefined || known(span) === 'none' ? [] : (await came(span)).cells;
  const [{ cells: now, moves }, year, before, durations, opening] = await Promise.all([
    came(periods.now),
    cells(periods.year),
    cells(periods.before),
    durationsOf(desk, narrowed, periods.now, by),
    openingOf(desk, narrowed, periods.now, by),
  ]);
  const flow = flowOf([...opening, ...moves]);
  const measures = measuresOf(policy);
  const compared = {
    year: { from: periods.year.from, to: periods.year.to, data: knownOf(periods.year, first) },
    before:
      periods.before === undefined
        ? null
        : { from: periods.before.from, to: periods.before.to, data: knownOf(periods.before, first) },
  };
  const told = measures.map((measure) =>
    figureOf(
      measure,
      policy,
      now,
      compared.year.data === 'none' ? null : year,
      compared.before === null || compared.before.data === 'none' ? null : before,
      compared,
    ),
  );
  return {
    period: {
      kind: periods.kind,
      name: periods.name,
      from: periods.now.from,
      to: periods.now.to,
      running: periods.running,
    },
    /** The county's first day with a matter; null where there is none. */
    since: first === undefined ? null : dayOf(first),
    compared,
    sections: sections.map((id) => ({
      id,
      name: sectionName(id),
      figures: told.filter(({ id: figure }) => measures.some((m) => m.id === figure && m.section === id)),
    })),
    durations: durationsTold(durations.get(null), now),
    flow: { ...sumFlows([...flow.values()]), says: flowSays() },
    by,
    groups: await groupsOf(desk, by, policy, {
      now,
      year: compared.year.data === 'whole' ? year : null,
      durations,
      flow,
    }),
    categories: topCategories(desk),
    policy: { share: policy.share, smallest: policy.smallest, pleased: policy.pleased },
  };
}
export type Statistics = Awaited<ReturnType<typeof statisticsOf>>;

/** Whether there are figures of some days: of all, of some of them, or of none. */
const knownOf = ({ start, end }: Span, first: string | undefined): 'whole' | 'part' | 'none' =>
  first === undefined || first >= end ? 'none' : first >= start && dayOf(first) !== dayOf(start) ? 'part' : 'whole';

const summed = (cells: readonly Cell[], test: Measure['value'], sum?: Measure['sum']): number => {
  const mask = masks(test);
  return cells.reduce(
    (all, cell) => (meets(cell.flags, mask) ? all + (sum === undefined ? cell.n : cell[sum]) : all),
    0,
  );
};

/** One measure of some matters; what fewer rated than may be told is not told. */
function toldOf(measure: Measure, policy: StatisticsPolicy, cells: readonly Cell[]): Told & { suppressed?: true } {
  const value = summed(cells, measure.value, measure.sum);
  if (measure.of === undefined) return { value };
  const of = summed(cells, measure.of);
  if (measure.id === 'pleased' && of < policy.smallest) return { value: null, of, share: null, suppressed: true };
  return { value, of, share: of === 0 ? null : value / of };
}

function figureOf(
  measure: Measure,
  policy: StatisticsPolicy,
  now: readonly Cell[],
  year: readonly Cell[] | null,
  before: readonly Cell[] | null,
  data: { year: { data: string }; before: { data: string } | null },
): Figure {
  const told = toldOf(measure, policy, now);
  const against = (cells: readonly Cell[] | null, known: string | undefined): Compared => {
    if (cells === null) return null;
    const { suppressed: _, ...then } = toldOf(measure, policy, cells);
    return { ...then, change: known === 'whole' ? changeOf(told, then) : null };
  };
  const four = measure.section === 'four';
  return {
    ...told,
    id: measure.id,
    name: measure.name,
    says: measure.says,
    counts: measure.sum === undefined ? 'matters' : measure.sum === 'persons' ? 'persons' : 'times',
    ...(measure.ofName === undefined ? {} : { ofName: measure.ofName }),
    year: against(year, data.year.data),
    before: against(before, data.before?.data),
    ...(four
      ? { target: { share: policy.share, reached: told.share == null ? null : told.share >= policy.share } }
      : {}),
    // Who is pleased is nobody's to list; who rated is.
    opens: { value: measure.id !== 'pleased', of: measure.of !== undefined },
  };
}

/**
 * How much it changed: a share by so many points of a whole (0.05 is five points), a count as a share of what it was.
 * Nothing is said where there was nothing to compare with.
 */
export const changeOf = (now: Told, then: Told): number | null => {
  if (now.of !== undefined) return now.share == null || then.share == null ? null : now.share - then.share;
  return now.value === null || then.value === null || then.value === 0 ? null : (now.value - then.value) / then.value;
};

export const timingName = (timing: Timing): string =>
  ({ answered: t('到首次答复'), resolved: t('到办结答复'), closed: t('到销号') })[timing];
const timingSays = (timing: Timing): string =>
  ({
    answered: t('从登记到第一次答复群众经过的时间，24 小时算一天；只算有答复的。'),
    resolved: t('从登记到现在算数的那个结果；只算办结了、没有重办的。'),
    closed: t('从登记到销号；只算现在已销号的。'),
  })[timing];

/** Values of the middle: of an even number the earlier one, so that it is some matter's own. */
const durationsTold = (durations: Durations | undefined, cells: readonly Cell[]): Duration[] =>
  timings.map((id) => {
    const { seconds, working } = durations?.[id] ?? { seconds: null, working: null };
    return {
      id,
      name: timingName(id),
      says: `${timingSays(id)}${t('从快到慢排，一半的件不超过中位数，十件里九件不超过后一个数；工作日从登记的第二天数起。')}`,
      n: summed(cells, { all: [id] }),
      median: seconds === null ? null : seconds[0] / DAY_S,
      ninetieth: seconds === null ? null : seconds[1] / DAY_S,
      medianWorking: working?.[0] ?? null,
      ninetiethWorking: working?.[1] ?? null,
    };
  });

const sumFlows = (all: readonly Flow[]): Flow =>
  all.reduce(
    (sum, flow) => Object.fromEntries(flows.map((part) => [part, sum[part] + flow[part]])) as Record<FlowPart, number>,
    NO_FLOW,
  );

const flowSays = (): string =>
  t(
    '期初存量 + 新登记 + 重开 + 从合并里拆出 − 销号 − 并到别的事里 = 期末存量。按发生的日子算，单位、地方和类别按现在的；并走的跟着主件办，不另算存量。',
  );

export const sectionName = (section: Section): string =>
  ({
    came: t('来了多少'),
    handled: t('办得怎样'),
    level: t('在哪一级办成'),
    four: t('4 个 80%'),
    again: t('退单和重办'),
    review: t('复查复核和怎么了结'),
    pleased: t('群众评价'),
  })[section];

export const flowName = (part: FlowPart): string =>
  ({
    opening: t('期初存量'),
    registered: t('新登记'),
    reopened: t('重开'),
    unmerged: t('拆出'),
    closed: t('销号'),
    merged: t('并走'),
    closing: t('期末存量'),
  })[part];

async function groupsOf(
  desk: Desk,
  by: By,
  policy: StatisticsPolicy,
  found: {
    now: readonly Cell[];
    year: readonly Cell[] | null;
    durations: ReadonlyMap<string | null, Durations>;
    flow: ReadonlyMap<string, Flow>;
  },
): Promise<Group[]> {
  const cells = Map.groupBy(found.now, ({ key }) => key);
  const yearCells = found.year === null ? undefined : Map.groupBy(found.year, ({ key }) => key);
  // By month the flow would be told by when a matter came, not by the month it moved in: the whole says it.
  const keys = [...new Set([...cells.keys(), ...(by === 'month' ? [] : found.flow.keys())])];
  const names = await namesFor(desk, by, keys);
  const measures = measuresOf(policy).filter(({ id }) => (inGroups as readonly string[]).includes(id));
  const hidden = hiddenOf(
    keys.map((key) => ({ key, n: ratersOf(cells.get(key) ?? []) })),
    policy.smallest,
  );
  return (
    keys
      .map((key): Group => {
        const own = cells.get(key) ?? [];
        const days = found.durations.get(key);
        return {
          key,
          name: names(key),
          figures: Object.fromEntries(
            measures.map((measure) => {
              const told = toldOf(measure, policy, own);
              return [
                measure.id,
                measure.id === 'pleased' && hidden.has(key)
                  ? { value: null, of: told.of!, share: null, suppressed: true as const }
                  : told,
              ];
            }),
          ),
          days: Object.fromEntries(
            groupTimings.map((id) => {
              const seconds = days?.[id].seconds ?? null;
              return [
                id,
                {
                  n: summed(own, { all: [id] }),
                  median: seconds === null ? null : seconds[0] / DAY_S,
                  ninetieth: seconds === null ? null : seconds[1] / DAY_S,
                },
              ];
            }),
          ) as Group['days'],
          flow: by === 'month' ? null : (found.flow.get(key) ?? NO_FLOW),
          yearBatches: yearCells === undefined ? null : summed(yearCells.get(key) ?? [], {}),
        };
      })
      // By name, months by time: no place stands before another because more people spoke there.
      .toSorted((a, b) => (by === 'month' ? (a.key < b.key ? -1 : 1) : a.name.localeCompare(b.name, 'zh')))
  );
}

const ratersOf = (cells: readonly Cell[]): number => summed(cells, { all: ['scored', 'closed'] });

/**
 * Which groups' ratings are not told: those of fewer people than the smallest group, and, while those left untold are
 * together fewer or only one group, the next smaller ones as well; or what is untold could be taken from the whole.
 */
export function hiddenOf(
  groups: readonly { readonly key: string; readonly n: number }[],
  smallest: number,
): ReadonlySet<string> {
  const rated = groups.filter(({ n }) => n > 0).toSorted((a, b) => a.n - b.n);
  let few = rated.filter(({ n }) => n < smallest).length;
  if (few === 0) return new Set();
  const sum = () => rated.slice(0, few).reduce((all, { n }) => all + n, 0);
  while (few < rated.length && (few < 2 || sum() < smallest)) few += 1;
  return new Set(rated.slice(0, few).map(({ key }) => key));
}

async function namesFor(desk: Desk, by: By, keys: readonly string[]): Promise<(key: string) => string> {
  const none = by === 'category' ? t('未分类') : by === 'township' ? t('没有写到乡镇') : t('没有写到村');
  switch (by) {
    case 'channel':
      return (key) => channelName(key as Channel);
    case 'category': {
      const categories = categoriesOf(desk);
      return (key) => (key === NONE ? none : categories.name(key));
    }
    case 'month':
      return (key) => key;
    default: {
      const nameOf = await namesOf(
        desk.query,
        desk.county,
        keys.filter((key) => key !== NONE),
      );
      return (key) => (key === NONE ? none : (nameOf(key) ?? t('（已撤销）')));
    }
  }
}
