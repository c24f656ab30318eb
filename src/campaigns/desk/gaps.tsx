import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import './campaigns.css';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

type Checks = AnswerOf<(typeof campaignRoutes)['GET /api/teams/coverage']>;
type Gaps = AnswerOf<(typeof campaignRoutes)['GET /api/teams/coverage/:gap']>;
const SHOWN = 200;

/** Which places, households, teams and groups lack their links: each count opens to its list. */
export function TeamGaps() {
  const { check } = useSearch({ strict: false }) as { check?: string };
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ['teams', 'coverage'],
    queryFn: () => ask<Checks>('GET /api/teams/coverage'),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('工作队')}</h1>
      </header>
      <Tabs />
      <p className="lead">{t('每个队、每个组、每个驻点都该有人。下面是还缺的，点开看是哪些。')}</p>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Waiting lines={8} />}
      {found.data !== undefined && (
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
            {found.data.checks.map((c) => (
              <tr key={c.code} className={c.code === check ? 'on' : undefined}>
                <td>{c.title}</td>
                <td className={`num ${c.missing > 0 ? 'soon' : ''}`}>{c.missing}</td>
                <td className="num">{c.total}</td>
                <td className="right">
                  {c.missing > 0 && (
                    <button
                      type="button"
                      className="link"
                      onClick={() => void navigate({ to: '/team-gaps', search: { check: c.code }, resetScroll: false })}
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
      {check !== undefined && <List key={check} check={check} />}
    </main>
  );
}

function List({ check }: { check: string }) {
  const { data, error } = useQuery({
    queryKey: ['teams', 'coverage', check],
    queryFn: () => ask<Gaps>('GET /api/teams/coverage/:gap', { params: { gap: check }, query: { limit: SHOWN } }),
  });
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return <Waiting />;
  if (data.gaps.length === 0) return <Empty title={t('一个不缺')} />;
  const isTeam = check.startsWith('team') || check.startsWith('group');
  return (
    <Sheet>
      <tbody>
        {data.gaps.map((gap) => (
          <tr key={gap.id}>
            <td>
              {isTeam ? (
                <Link to="/teams/$id" params={{ id: gap.id }} search={{}}>
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
  );
}
