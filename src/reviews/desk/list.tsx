import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { reviewRoutes } from '../api.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof reviewRoutes)['GET /api/reviews']>;
type Line = List['reviews'][number];

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
    queryFn: ({ signal }) => ask<List>('GET /api/reviews', { query: { show }, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('复查复核')}</h1>
      </header>
      <p className="lead">{t('对书面意见不服的，请上一级再看一遍，由没有经办过的人看。')}</p>
      <div className="filters">
        {shows.map(([key, name]) => (
          <button
            key={key}
            type="button"
            className={`plain${key === show ? ' first' : ''}`}
            aria-pressed={key === show}
            onClick={() => void navigate({ to: '/reviews', search: { show: key } as never })}
          >
            {name}
          </button>
        ))}
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
          <Table rows={data.reviews} />
        ))}
    </main>
  );
}

const Table = ({ rows }: { rows: readonly Line[] }) => (
  <div className="scroll">
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('哪一件')}</th>
          <th>{t('走到哪一步')}</th>
          <th>{t('期限')}</th>
          <th>{t('由谁看')}</th>
          <th>{t('哪天提的')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.id}>
            <td className="what">
              <Link to="/reviews/$id" params={{ id: r.id }} search={{}}>
                {r.subject ?? r.number}
              </Link>
              <br />
              <small className="nowrap">
                {r.number} {r.place}
              </small>
            </td>
            <td className="nowrap">
              {r.level} · {r.outcome ?? r.statusName}
              {r.hearingOn !== null && r.outcome === null && (
                <>
                  <br />
                  <small>{t('{day}听证', { day: sayDate(r.hearingOn) })}</small>
                </>
              )}
            </td>
            <td className={`nowrap${r.remaining?.late === true ? ' late' : ''}`}>
              {r.paused ? t('听证停着') : r.due === null ? '' : sayDate(r.due)}
              {r.remaining !== null && (
                <>
                  <br />
                  <small className={r.remaining.late ? 'late' : undefined}>{r.remaining.text}</small>
                </>
              )}
            </td>
            <td>
              {r.body}
              <br />
              <small>
                {r.keeper} {r.reviewer}
              </small>
            </td>
            <td className="nowrap">{sayDate(r.askedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
