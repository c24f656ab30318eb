import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { MatterCells } from '../../app/ui/matter-cells.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { figureRoutes } from '../api.ts';
import { t } from './english.ts';

type Page = AnswerOf<(typeof figureRoutes)['GET /api/statistics/records']>;

/** The records behind a figure. */
export function Records() {
  const filter = useSearch({ strict: false }) as Record<string, string>;
  const router = useRouter();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['records', filter],
    queryFn: ({ pageParam, signal }) =>
      ask<Page>('GET /api/statistics/records', { query: { ...filter, size: 50, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
  const items = data?.pages.flatMap((page) => page.matters) ?? [];
  return (
    <main className="page">
      <header>
        <h1>{t('是哪些')}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => router.history.back()}>
            {t('回到统计')}
          </button>
        </div>
      </header>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={12} />}
      {data !== undefined && items.length === 0 && <Empty title={t('一件也没有')} />}
      {items.length > 0 && (
        <Sheet>
          <thead>
            <tr>
              <th>{t('编号')}</th>
              <th>{t('什么事')}</th>
              <th>{t('地方')}</th>
              <th>{t('承办')}</th>
              <th>{t('登记')}</th>
              <th>{t('到期')}</th>
              <th>{t('状态')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <td className="nowrap">
                  <small>{item.number}</small>
                </td>
                <td className="what">
                  <Link className="subject" to="/matters/$id" params={{ id: item.id }} search={{}}>
                    {item.subject}
                  </Link>
                </td>
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
