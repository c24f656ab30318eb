import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { line } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { guideFields } from './list.tsx';
import type { Guide, Reach } from './words.ts';

/** One policy as people are told it, and how far down it reached. */
export function GuideScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const me = useMe();
  const { data, error, refetch } = useQuery({
    queryKey: ['guides', id],
    queryFn: ({ signal }) => ask<Guide>('GET /api/guides/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const { title, gist, source, validFrom, validUntil } = data;
  return (
    <main className="page">
      <header>
        <h1>{title}</h1>
        <div className="tools">
          <Link to="/outreach/talks" search={{}}>
            {t('全部政策')}
          </Link>
        </div>
      </header>
      <Acts
        stream={id}
        query="guides"
        can={data.can}
        acts={{
          'guide.amend': {
            name: t('改'),
            button: t('改好，大家都看到'),
            initial: { title, gist, source, validFrom, validUntil: validUntil ?? '' },
            fields: [...guideFields(), line({ name: 'reason', label: t('为什么改') })],
          },
          'guide.withdraw': {
            name: t('下架'),
            button: t('下架，不再讲'),
            fields: [line({ name: 'reason', label: t('为什么下架') })],
          },
        }}
      />
      <dl className="facts-of">
        <dt>{t('依据')}</dt>
        <dd>{source}</dd>
        <dt>{t('有效')}</dt>
        <dd>
          {validUntil === null
            ? t('{from} 起', { from: sayDate(validFrom) })
            : t('{from} 到 {to}', { from: sayDate(validFrom), to: sayDate(validUntil) })}{' '}
          · {t('第 {n} 版', { n: data.version })}
        </dd>
        {data.withdrawn && (
          <>
            <dt>{t('已下架')}</dt>
            <dd>{data.reason}</dd>
          </>
        )}
      </dl>
      <p className="whole">{gist}</p>
      {hasRole(me, 'field', 'clerk', 'head', 'leader', 'inspector') && <Levels id={id} />}
    </main>
  );
}

function Levels({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['guides', id, 'reach'],
    queryFn: ({ signal }) => ask<Reach>('GET /api/guides/:id/reach', { params: { id }, signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  const share = (reached: number, all: number) => (
    <>
      {reached}/{all}
      <span className="share">{all === 0 ? '' : `${Math.round((100 * reached) / all)}%`}</span>
    </>
  );
  return (
    <>
      <h2>{t('讲到了哪一级')}</h2>
      <p className="lead">
        {t('分母是现在所有的村、组、户。村里开会只算到村；组和户要单独讲到才算。户数只算当面走访讲到的。')}
      </p>
      <div className="counts-by">
        <Sheet>
          <thead>
            <tr>
              <th>{t('乡镇')}</th>
              <th className="num">{t('乡镇讲过')}</th>
              <th className="num">{t('村')}</th>
              <th className="num">{t('组')}</th>
              <th className="num">{t('户')}</th>
              <th className="num">{t('听的人次')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.township}>
                <td>{row.name}</td>
                <td className="num">{row.reached ? t('讲了') : t('还没有')}</td>
                <td className="num">{share(row.villagesReached, row.villages)}</td>
                <td className="num">{share(row.groupsReached, row.groups)}</td>
                <td className="num">{share(row.householdsReached, row.households)}</td>
                <td className="num">{row.came}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </div>
    </>
  );
}
