import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { MatterCells } from '../../app/ui/matter-cells.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { statisticsRoutes } from '../api.ts';
import { t } from './english.ts';

type Page = AnswerOf<(typeof statisticsRoutes)['GET /api/statistics/lines']>;

const sums = { persons: t('人数'), returns: t('退了几次'), reopenings: t('重办几次'), repeats: t('催了几次') };

/** The records behind one figure: as many as it counts. */
export function Lines() {
  const filter = useSearch({ strict: false }) as Record<string, string>;
  const router = useRouter();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['statistics-lines', filter],
    queryFn: ({ pageParam, signal }) =>
      ask<Page>('GET /api/statistics/lines', { query: { ...filter, size: 50, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
  const first = data?.pages[0];
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  const sum = first?.sum ?? null;
  return (
    <main className="page">
      <header>
        <h1>{first === undefined ? t('是哪些') : t('{name}：{total} 件', { name: first.name, total: first.total })}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => router.history.back()}>
            {t('回到统计')}
          </button>
        </div>
      </header>
      {first !== undefined && <p className="lead">{first.period}</p>}
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={12} />}
      {data !== undefined && lines.length === 0 && <Empty title={t('一件也没有')} />}
      {lines.length > 0 && (
        <Sheet className="lines">
          <thead>
            <tr>
              <th>{t('编号')}</th>
              <th>{t('什么事')}</th>
              {sum !== null && <th className="num">{sums[sum]}</th>}
              <th>{t('地方')}</th>
              <th>{t('承办')}</th>
              <th>{t('登记')}</th>
              <th>{t('到期')}</th>
              <th>{t('状态')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((item) => (
              <tr key={item.line}>
                <td className="nowrap">
                  <small>{item.number}</small>
                </td>
                <td className="what">
                  <Link className="subject" to="/matters/$id" params={{ id: item.id }} search={{}}>
                    {item.subject}
                  </Link>
                </td>
                {sum !== null && <td className="num">{item.adds}</td>}
                <MatterCells of={item} />
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void fetchNextPage()}>
            {t('接着看下面的')}
          </button>
        </p>
      )}
    </main>
  );
}
