import { Link } from '@tanstack/react-router';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { t } from './english.ts';

const tabs = [
  { to: '/organisation', name: t('地区和单位') },
  { to: '/officials', name: t('干部') },
  { to: '/coverage', name: t('查缺') },
] as const;

/** The pages about places, units and people. */
export const Tabs = () => {
  const me = useMe();
  return (
    <nav className="tabs" aria-label={t('机构人员')}>
      {tabs.map(({ to, name }) => (
        <Link key={to} to={to} search={{}} activeOptions={{ includeSearch: false }} activeProps={{ className: 'on' }}>
          {name}
        </Link>
      ))}
      {hasRole(me, 'administrator') && (
        <Link to="/import" search={{}} activeProps={{ className: 'on' }}>
          {t('表格导入')}
        </Link>
      )}
    </nav>
  );
};
