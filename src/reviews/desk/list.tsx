import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { reviewRoutes } from '../api.ts';
import { t } from './english.ts';

type Reviewed = AnswerOf<(typeof reviewRoutes)['GET /api/reviews']>;
type Line = Reviewed['reviews'][number];

const shows = [
  ['open', t('没有送达的')],
  ['late', t('超期的')],
  ['over', t('已经结束')],
  ['all', t('全部')],
] as const;

/** Petitions looked at again: those still open by their date, then those that ended. */
export function Reviews() {
  const { show = 'open' } = useSearch({ strict: false }) as { show?: (typeof shows)[number][0] };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['reviews', show],
    queryFn: ({ signal }) => ask<Reviewed>('GET /api/reviews', { query: { show }, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('复查复核')}</h1>
      </header>
      <p className="lead">{t('对书面意见不服的，请上一级再看一遍，由没有经办过的人看。')}</p>
      <div className="filters">
        <Choices
          of={shows}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/reviews', search: { show: key } as never })}
        />
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined &&
        (data.reviews.length === 0 ? (
          <Empty title={t('没有这样的复查复核')}>
            {t(
              '处理意见书送到本人手里以后，本人可以凭编号和查询码在网上请求复查，也可以到大厅由受理员在那件事的页面上替他提。',
            )}
          </Empty>
        ) : (
          <List rows={data.reviews} columns={columns} keyOf={({ id }) => id} />
        ))}
    </main>
  );
}

const columns: readonly Column<Line>[] = [
  {
    name: t('哪一件'),
    is: 'what',
    cell: (r) => (
      <Link to="/reviews/$id" params={{ id: r.id }} search={{}}>
        {r.subject ?? r.number}
      </Link>
    ),
    under: (r) => `${r.number} ${r.place}`,
  },
  {
    name: t('走到哪一步'),
    cell: (r) => `${r.level} · ${r.outcome ?? r.statusName}`,
    under: (r) => r.hearingOn !== null && r.outcome === null && t('{day}听证', { day: sayDate(r.hearingOn) }),
  },
  {
    name: t('期限'),
    cell: (r) => (r.paused ? t('听证停着') : r.due === null ? '' : sayDate(r.due)),
    under: (r) => r.remaining?.text,
    tone: (r) => r.remaining?.late === true && 'late',
  },
  { name: t('由谁看'), is: 'words', cell: (r) => r.body, under: (r) => `${r.keeper} ${r.reviewer ?? ''}` },
  { name: t('哪天提的'), cell: (r) => sayDate(r.askedAt) },
];
