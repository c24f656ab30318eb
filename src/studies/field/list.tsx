import { useQuery } from '@tanstack/react-query';
import { To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { studyRoutes } from '../api.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof studyRoutes)['GET /api/studies']>;

/** My own topics. */
export function StudiesScreen() {
  const found = useQuery({
    queryKey: ['studies', 'mine'],
    queryFn: ({ signal }) => ask<List>('GET /api/studies', { query: { mine: '1' }, signal }),
  });
  const rows = (found.data?.rows ?? []).filter((row) => row.status !== 'dropped');
  return (
    <>
      <Top title={t('调研')} from="/field/me" />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={t('还没有题目。')}>{t('在电脑上“下访调研”里立题。立好了，到那里走访的日子会自己算进来。')}</Empty>
      ) : (
        <ul className="rows">
          {rows.map((row) => (
            <li key={row.id}>
              <To href={`/field/studies/${row.id}`} className="row">
                <strong>{row.topic}</strong>
                <span className="quiet">{t('{days} 天', { days: row.days })}</span>
                <p className="quiet">
                  {[
                    row.place ?? '',
                    t('发现 {n} 条', { n: row.findings }),
                    row.reportedOn === null ? t('{day} 前交报告', { day: sayDate(row.until) }) : t('已交报告'),
                  ].join(' · ')}
                </p>
              </To>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
