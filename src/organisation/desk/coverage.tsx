import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { Check, Gap } from '../coverage.ts';
import { Tabs } from './tabs.tsx';
import { t } from './english.ts';

const PAGE = 100;

/** Which places, households and units have nobody bound to them: each count opens to its list. */
export function Coverage() {
  const { check } = useSearch({ strict: false }) as { check?: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['coverage'],
    queryFn: () => ask<{ day: string; checks: Check[] }>('GET /api/coverage'),
  });
  const navigate = useNavigate();
  return (
    <main className="page">
      <header>
        <h1>{t('机构人员')}</h1>
      </header>
      <Tabs />
      <p className="lead">{t('每个村、每一户、每个部门都该有人联系。下面是还缺的，点开看是哪些。')}</p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={7} />}
      {data !== undefined && (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('查什么')}</th>
              <th className="num">{t('缺')}</th>
              <th className="num">{t('共')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.checks.map((c) => (
              <tr key={c.code} className={c.code === check ? 'on' : undefined}>
                <td>{c.title}</td>
                <td className={`num ${c.missing > 0 ? 'soon' : ''}`}>{c.missing}</td>
                <td className="num">{c.total}</td>
                <td className="right">
                  {c.missing > 0 && (
                    <button
                      type="button"
                      className="link"
                      onClick={() => void navigate({ to: '/coverage', search: { check: c.code }, resetScroll: false })}
                    >
                      {t('看是哪些')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {check !== undefined && <Gaps key={check} check={check} />}
    </main>
  );
}

function Gaps({ check }: { check: string }) {
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['coverage', check],
    queryFn: async ({ pageParam }) =>
      (
        await ask<{ gaps: Gap[] }>('GET /api/coverage/:check', {
          params: { check },
          query: { limit: PAGE, offset: pageParam },
        })
      ).gaps,
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < PAGE ? undefined : all.length * PAGE),
  });
  const gaps = data?.pages.flat();
  if (gaps === undefined) return <Waiting />;
  if (gaps.length === 0) return <Empty title={t('一个不缺')} />;
  const isPlace = check.startsWith('village');
  const isPerson = check.startsWith('official') || check.startsWith('leader');
  return (
    <>
      <Sheet>
        <tbody>
          {gaps.map((gap) => (
            <tr key={gap.id}>
              <td>
                {isPlace ? (
                  <Link to="/organisation" search={{ tree: 'areas', id: gap.id }}>
                    {gap.name}
                  </Link>
                ) : isPerson ? (
                  <Link to="/officials/$id" params={{ id: gap.id }} search={{}}>
                    {gap.name}
                  </Link>
                ) : (
                  gap.name
                )}
              </td>
              <td>{gap.within}</td>
              <td>{gap.detail}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void fetchNextPage()}>
            {t('接着看下面的')}
          </button>
        </p>
      )}
    </>
  );
}
