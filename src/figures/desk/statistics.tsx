import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { Dimension, Group, statisticsOf } from '../statistics.ts';
import { percent, sayDays } from './say.ts';
import { Behind, Tabs } from './shown.tsx';
import { t } from './english.ts';

type Answer = Awaited<ReturnType<typeof statisticsOf>>;
const dimensions: Record<Dimension, string> = {
  unit: t('按单位'),
  township: t('按乡镇'),
  category: t('按类别'),
  channel: t('按来源'),
  month: t('按月'),
};

/** Counts of a period by unit, place, category, channel or month; every count opens to its records. */
export function Statistics() {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const { by = 'unit', ...period } = search;
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', period],
    queryFn: ({ signal }) => ask<Answer>('GET /api/statistics', { query: period, signal }),
    placeholderData: keepPreviousData,
  });
  const set = (more: Record<string, string>) =>
    void navigate({ to: '/statistics/detail', search: { ...search, ...more }, replace: true, resetScroll: false });
  return (
    <main className="page">
      <header>
        <h1>{t('统计')}</h1>
      </header>
      <Tabs />
      <div className="filters">
        <span className="span">
          {t('登记')}
          <input
            className="plain"
            type="date"
            aria-label={t('从哪天')}
            value={search['from'] ?? data?.from ?? ''}
            onChange={(event) => set({ from: event.target.value })}
          />
          {t('到')}
          <input
            className="plain"
            type="date"
            aria-label={t('到哪天')}
            value={search['to'] ?? data?.to ?? ''}
            onChange={(event) => set({ to: event.target.value })}
          />
        </span>
        <select
          className="plain"
          aria-label={t('怎么分')}
          value={by}
          onChange={(event) => set({ by: event.target.value })}
        >
          {Object.entries(dimensions).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={14} />}
      {data !== undefined && (
        <>
          <Whole answer={data} />
          <Groups groups={data.groups[by as Dimension] ?? []} />
          {Object.values(data.definitions).map((sentence) => (
            <p key={sentence} className="small">
              {sentence}
            </p>
          ))}
        </>
      )}
    </main>
  );
}

/** From fewer than these a rise in per cent says nothing. */
const FEW = 10;

const Whole = ({ answer: { figures, stock, yearBefore } }: { answer: Answer }) => (
  <p className="whole">
    {t('登记 ')}
    <Behind drill={figures.registered.drill}>{t('{value} 件', { value: figures.registered.value })}</Behind>
    {t('，上年同期')}{' '}
    <Behind drill={yearBefore.registered.drill}>{t('{value} 件', { value: yearBefore.registered.value })}</Behind>
    {yearBefore.change !== null &&
      yearBefore.registered.value >= FEW &&
      t('（{what} {percent}）', {
        what: yearBefore.change >= 0 ? t('增') : t('减'),
        percent: percent(Math.abs(yearBefore.change)),
      })}
    {t('； 期末存量 ')}
    <Behind drill={stock.open.drill}>{t('{value} 件', { value: stock.open.value })}</Behind>
    {t('，现在超期')}{' '}
    <Behind drill={stock.late.drill} className="late">
      {t('{value} 件', { value: stock.late.value })}
    </Behind>
    {t('； 销号的里面，群众自己认可')}{' '}
    <Behind drill={figures.closedByResident.drill}>{t('{value} 件', { value: figures.closedByResident.value })}</Behind>
    {t('，回访认可')}{' '}
    <Behind drill={figures.closedByCallBack.drill}>{t('{value} 件', { value: figures.closedByCallBack.value })}</Behind>
    {t('。 首次答复用时中位数')} <Behind drill={figures.medianDays.drill}>{sayDays(figures.medianDays)}</Behind>
    {t('，十件里有九件不超过')} {sayDays(figures.days90)}
    {t('； 还没有答复、已等了 15 天以上的')}{' '}
    <Behind drill={figures.waiting15.drill} className={figures.waiting15.value > 0 ? 'late' : undefined}>
      {t('{value} 件', { value: figures.waiting15.value })}
    </Behind>
    {t('；')}
    {figures.satisfaction.suppressed ? (
      t('评分不足 5 人（{n} 人），不公布', { n: figures.satisfaction.n })
    ) : (
      <>
        {t('评 4 分以上的占')}{' '}
        <Behind drill={figures.satisfaction.drill}>
          {percent(figures.satisfaction.share)}
          {t('（')}
          {figures.satisfaction.pleased}/{figures.satisfaction.n}
          {t('）')}
        </Behind>
      </>
    )}
    {t('。')}
  </p>
);

/** Counts that are shown with their share: of what was registered, and the late ones of what was answered. */
const shared: ReadonlySet<string> = new Set(['answered', 'late15', 'late60', 'closed']);

/** A column whose per cent stands beside the count: of what it is a share is said in its head. */
const Share = ({ name, of }: { name: string; of: string }) => (
  <th className="num">
    {name} <small className="share">{of}</small>
  </th>
);

const Groups = ({ groups }: { groups: readonly Group[] }) => {
  const most = Math.max(1, ...groups.map(({ registered }) => registered.value));
  return groups.length === 0 ? (
    <Empty title={t('这段日子没有登记')}>{t('换个日期看看。')}</Empty>
  ) : (
    <div className="scroll">
      <table className="sheet">
        <thead>
          <tr>
            <th />
            <th className="num">{t('登记')}</th>
            <th aria-hidden="true" />
            <Share name={t('有答复')} of={t('占登记')} />
            <Share name={t('答复超 15 天')} of={t('占有答复')} />
            <Share name={t('超 60 天')} of={t('占有答复')} />
            <Share name={t('已销号')} of={t('占登记')} />
            <th className="num">{t('在办')}</th>
            <th className="num">{t('超期')}</th>
            <th className="num">{t('退过单')}</th>
            <th className="num">{t('重办')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <td>{group.name}</td>
              {(
                [
                  'registered',
                  'answered',
                  'late15',
                  'late60',
                  'closed',
                  'open',
                  'late',
                  'returned',
                  'reopened',
                ] as const
              ).map((key) => (
                <Fragment key={key}>
                  <td className="num">
                    <Behind
                      drill={group[key].value === 0 ? null : group[key].drill}
                      className={group[key].value === 0 ? 'quiet' : key === 'late' ? 'late figure' : undefined}
                    >
                      {group[key].value}
                    </Behind>
                    {shared.has(key) && <small className="share">{percent(group[key].share)}</small>}
                  </td>
                  {key === 'registered' && (
                    <td className="wide" aria-hidden="true" style={{ minWidth: 90 }}>
                      <div className="bar">
                        <i style={{ width: `${(group.registered.value / most) * 100}%` }} />
                      </div>
                    </td>
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
