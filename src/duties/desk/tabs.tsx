import { Link } from '@tanstack/react-router';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { t } from './english.ts';

/** The pages of duties. */
export function Tabs() {
  const me = useMe();
  const supervises = hasRole(me, 'head', 'leader', 'inspector');
  return (
    <nav className="tabs" aria-label={t('任务')}>
      {supervises && (
        <>
          <Tab to="/duties">{t('进度')}</Tab>
          <Tab to="/duties/exceptions">{t('请假和调动')}</Tab>
          <Tab to="/duties/rates">{t('走访率')}</Tab>
        </>
      )}
      <Tab to={supervises ? '/duties/mine' : '/duties'}>{t('我的任务')}</Tab>
      <Tab to="/policies/duties">{t('任务清单')}</Tab>
    </nav>
  );
}

const Tab = ({
  to,
  children,
}: {
  to: '/duties' | '/duties/exceptions' | '/duties/rates' | '/duties/mine' | '/policies/duties';
  children: string;
}) => (
  <Link to={to} search={{}} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ className: 'on' }}>
    {children}
  </Link>
);
