import { Link } from '@tanstack/react-router';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { t } from './english.ts';

/** The pages of campaigns and teams. */
export function Tabs() {
  const me = useMe();
  return (
    <nav className="tabs" aria-label={t('活动')}>
      <Tab to="/campaigns">{t('活动')}</Tab>
      <Tab to="/teams">{t('工作队')}</Tab>
      <Tab to="/team-gaps">{t('队伍查缺')}</Tab>
      {hasRole(me, 'administrator') && <Tab to="/team-import">{t('表格导入')}</Tab>}
    </nav>
  );
}

const Tab = ({ to, children }: { to: '/campaigns' | '/teams' | '/team-gaps' | '/team-import'; children: string }) => (
  <Link
    to={to}
    search={{}}
    activeOptions={{ exact: to === '/campaigns' || to === '/teams', includeSearch: false }}
    activeProps={{ className: 'on' }}
  >
    {children}
  </Link>
);
