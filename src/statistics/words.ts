import type { Compared, Figure, Group, Told } from './figures.ts';
import { t } from './english.ts';

/** 62.5%; a dash where there is nothing to divide by. */
export const percent = (share: number | null | undefined): string =>
  share == null ? '—' : `${(share * 100).toFixed(1)}%`;

export const byName: Readonly<Record<string, () => string>> = {
  unit: () => t('单位'),
  township: () => t('乡镇'),
  village: () => t('村（社区）'),
  category: () => t('类别'),
  channel: () => t('来源'),
  month: () => t('月份'),
};

/** A figure in words: a share never stands without what it is a share of. */
export const sayTold = ({ value, of, share }: Told): string =>
  value === null
    ? t('不公布（{n} 人）', { n: of })
    : of === undefined
      ? `${value}`
      : t('{percent}（{value}/{of}）', { percent: percent(share), value, of });

/** How much it changed, or that nothing can be said: never a change from nothing. */
export function sayChange(figure: Pick<Figure, 'of'>, compared: Compared): string {
  if (compared === null) return t('没有可比的');
  if (compared.change === null) return compared.value === 0 && figure.of === undefined ? t('那时是 0，不算比例') : '—';
  const amount = Math.abs(compared.change * 100).toFixed(1);
  if (Number(amount) === 0) return t('持平');
  const up = compared.change > 0;
  if (figure.of === undefined) return up ? t('多 {amount}%', { amount }) : t('少 {amount}%', { amount });
  return up ? t('高 {amount} 个百分点', { amount }) : t('低 {amount} 个百分点', { amount });
}

export const sayTarget = ({ target }: Figure): string =>
  target === undefined || target.reached === null
    ? ''
    : target.reached
      ? t('到了 {share}', { share: plainly(target.share) })
      : t('不到 {share}', { share: plainly(target.share) });

/** 80%: a threshold as the county wrote it. */
const plainly = (share: number): string => `${Number((share * 100).toFixed(2))}%`;

export const sayDays = (days: number | null): string => (days === null ? '—' : days.toFixed(1));

/** A column's name without what it is a share of. */
export const namesOf = (column: string): readonly [main: string, of: string | undefined] => {
  const [main, of] = column.split(/，|：|, |: /);
  return [main!, of];
};

/** What is compared and how much of it there is. */
export const sayData = (
  of: 'year' | 'before',
  compared: { from: string; to: string; data: 'whole' | 'part' | 'none' } | null,
  since: string | null,
): string => {
  if (compared === null) return '';
  const { from, to, data } = compared;
  const name = of === 'year' ? t('上年同期') : t('上一期');
  if (data === 'none') return t('{name}（{from} 至 {to}）没有数据，不比。', { name, from, to });
  if (data === 'part')
    return t('{name}（{from} 至 {to}）的数据从 {since} 才有，只列数，不算增减。', { name, from, to, since });
  return t('{name}是 {from} 至 {to}。', { name, from, to });
};

/** The columns of the table of groups: what is said, and the value it is sorted by. */
export interface Column {
  readonly id: string;
  readonly name: string;
  /** Which figure opens to its records; absent where there is none. */
  readonly figure?: string;
  say(group: Group): string;
  value(group: Group): number | null;
}

const counted = (id: string, name: string): Column => ({
  id,
  name,
  figure: id,
  say: (group) => sayTold(group.figures[id]!),
  value: (group) => {
    const told = group.figures[id]!;
    return told.of === undefined ? told.value : (told.share ?? null);
  },
});

/** Which columns the table of groups has. */
export function columnsOf(by: string): readonly Column[] {
  const days = (id: 'answered' | 'resolved', name: string): Column => ({
    id: `days-${id}`,
    name,
    figure: `days-${id}`,
    say: ({ days: all }) =>
      all[id].median === null
        ? '—'
        : t('{median} / {ninetieth}（{n}）', {
            median: sayDays(all[id].median),
            ninetieth: sayDays(all[id].ninetieth),
            n: all[id].n,
          }),
    value: ({ days: all }) => all[id].median,
  });
  const stock: Column = {
    id: 'closing',
    name: t('期末存量'),
    figure: 'flow-closing',
    say: ({ flow }) => `${flow?.closing ?? ''}`,
    value: ({ flow }) => flow?.closing ?? null,
  };
  return [
    counted('batches', t('批次')),
    {
      id: 'year',
      name: t('上年同期'),
      say: ({ yearBatches }) => (yearBatches === null ? '—' : `${yearBatches}`),
      value: ({ yearBatches }) => yearBatches,
    },
    counted('persons', t('人次')),
    counted('answered', t('有答复，占登记')),
    days('answered', t('首次答复天数：中位/九成（件）')),
    days('resolved', t('办结天数：中位/九成（件）')),
    counted('in-time', t('按期，占到期')),
    counted('closed', t('销号，占登记')),
    ...(by === 'month' ? [] : [stock]),
    counted('returned', t('退过单，占登记')),
    counted('pleased', t('满意，占评分')),
  ];
}
