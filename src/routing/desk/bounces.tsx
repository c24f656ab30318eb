import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { type Column, List } from '../../app/ui/list.tsx';
import { Empty, PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { RoutingTabs } from '../../app/ui/tabs.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import type { BouncesOf } from './words.ts';

type Bounce = BouncesOf['rows'][number];

/** Where matters bounce, and whether rightly: what is upheld again and again is a fault of the catalogue. */
export function Bounces() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['routing', 'bounces', search],
    queryFn: ({ signal }) => ask<BouncesOf>('GET /api/routing/bounces', { query: search, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const day = (name: 'from' | 'to', label: string) => (
    <input
      className="plain"
      type="date"
      aria-label={label}
      value={data[name]}
      onChange={(event) =>
        event.target.value !== '' &&
        void navigate({ to: '/routing/bounces', search: { ...search, [name]: event.target.value }, replace: true })
      }
    />
  );
  return (
    <main className="page wide">
      <header>
        <h1>{t('退单分析')}</h1>
        <div className="tools">
          {day('from', t('从哪天'))}
          {t('到')}
          {day('to', t('到哪天'))}
        </div>
      </header>
      <RoutingTabs />
      <p className="lead">
        {t('这段时间派单 {dispatched} 件，{matters} 件退过，共退 {bounces} 次；{twice} 件退了不止一次。', {
          dispatched: data.dispatched,
          matters: data.matters,
          bounces: data.bounces,
          twice: data.twice,
        })}{' '}
        {t('裁定常常成立的，是目录不准：点“建议改目录”，由负责人定。')}
      </p>
      {data.rows.length === 0 ? (
        <Empty title={t('没有退单')}>{t('单位说“不归我们办”的，都列在这里：从谁、给谁、哪一类、成立几次。')}</Empty>
      ) : (
        <List
          rows={data.rows}
          columns={columns(data.canPropose)}
          keyOf={({ from, to, category }) => `${from} ${to} ${category}`}
        />
      )}
    </main>
  );
}

const columns = (mayPropose: boolean): readonly (Column<Bounce> | false)[] => [
  {
    name: t('类别'),
    is: 'what',
    cell: (row) => (
      <Link
        to="/matters"
        search={{ returned: 'yes', sort: 'newest', ...(row.category === null ? {} : { category: row.category }) }}
      >
        {row.categoryName ?? t('还没有分类')}
      </Link>
    ),
  },
  { name: t('谁退的'), cell: (row) => row.fromName ?? t('（单位已撤销）') },
  { name: t('建议给谁'), cell: (row) => row.toName ?? t('（单位已撤销）') },
  { name: t('次数'), is: 'number', cell: (row) => row.times },
  { name: t('成立'), is: 'number', cell: (row) => row.upheld },
  { name: t('仍归原单位'), is: 'number', cell: (row) => row.stayed },
  { name: t('给了别家'), is: 'number', cell: (row) => row.elsewhere },
  { name: t('没裁定'), is: 'number', cell: (row) => row.pending, tone: (row) => row.pending > 0 && 'soon' },
  mayPropose && {
    name: '',
    is: 'act',
    cell: (row) => row.category !== null && row.upheld > 0 && <Propose row={row} />,
  },
];

/** One click: the change is proposed with what was seen; somebody else decides. */
function Propose({ row }: { row: BouncesOf['rows'][number] }) {
  const queries = useQueryClient();
  const [done, setDone] = useState(false);
  if (done) return <Link to="/routing">{t('已建议')}</Link>;
  return (
    <button
      type="button"
      className="link"
      onClick={() =>
        void give('route-change.propose', newId(), {
          category: row.category!,
          level: row.level,
          ...(row.area === null ? {} : { area: row.area }),
          unit: row.to,
          reason: t('{from}退单 {times} 次，{upheld} 次裁定由{to}办', {
            from: row.fromName ?? '',
            times: row.times,
            upheld: row.upheld,
            to: row.toName ?? '',
          }),
        } as CommandData<'route-change.propose'>).then(
          () => {
            setDone(true);
            tell(t('提了建议，由负责人定。'));
            void queries.invalidateQueries({ queryKey: ['routing'] });
          },
          (fault: unknown) => tell(sentenceOf(fault)),
        )
      }
    >
      {t('建议改目录')}
    </button>
  );
}
