import { useQuery } from '@tanstack/react-query';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { choice, paragraph } from '../../app/ui/inputs.tsx';
import { Empty, PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { tipOffRoutes } from '../api.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof tipOffRoutes)['GET /api/findings']>;

/** Decisions on me with their appeal; for the named few, appeals of others that wait. */
export function Findings() {
  const { data, error, refetch } = useQuery({
    queryKey: ['findings'],
    queryFn: ({ signal }) => ask<List>('GET /api/findings', { signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const [mine, others] = [data.rows.filter((row) => row.mine), data.rows.filter((row) => !row.mine)];
  return (
    <main className="page">
      <header>
        <h1>{t('关于我的处理决定')}</h1>
      </header>
      <p className="lead">
        {t('这里只有查实、听过本人、两个人核过的。不服的，期限里可以申诉，由别的人复核；到期就没有了。')}
      </p>
      {mine.length === 0 && <Empty title={t('没有')}>{t('没有关于您的处理决定。')}</Empty>}
      {mine.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      {others.length > 0 && <h2>{t('等我复核的申诉')}</h2>}
      {others.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </main>
  );
}

const Row = ({ row }: { row: List['rows'][number] }) => (
  <section>
    <h3>{row.words}</h3>
    <p className="lead">
      {row.class} · {t('{day} 作出，{until} 到期', { day: sayDate(row.madeOn), until: sayDate(row.expiresOn) })}
      {row.canAppeal && ` · ${t('{day} 前可以申诉', { day: sayDate(row.appealBy) })}`}
    </p>
    {row.appeal !== null && (
      <p>
        {t('申诉的话')}：{row.appeal}
      </p>
    )}
    {row.review !== null && (
      <p>
        {t('复核的话')}：{row.review}
      </p>
    )}
    <Acts
      acts={{
        'finding.appeal': {
          name: t('申诉'),
          button: t('申诉，由别的人复核'),
          fields: [paragraph({ name: 'words', label: t('哪里不对'), rows: 3 })],
        },
        'finding.review': {
          name: t('复核'),
          button: t('复核'),
          initial: { uphold: 'yes' },
          fields: [
            choice({
              name: 'uphold',
              label: t('复核'),
              options: [
                ['yes', t('维持')],
                ['no', t('撤销')],
              ],
            }),
            paragraph({ name: 'words', label: t('复核的话'), rows: 3 }),
          ],
          data: ({ uphold, words }) => ({ uphold: uphold === 'yes', words }),
        },
      }}
      can={row.canAppeal ? ['finding.appeal'] : row.mine ? [] : ['finding.review']}
      stream={row.id}
      query="findings"
    />
  </section>
);
