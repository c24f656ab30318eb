import { Link } from '@tanstack/react-router';
import { t } from './english.ts';

/** Pages that belong together, whose features do not know each other. */
function Tabs({ label, tabs }: { label: string; tabs: readonly (readonly [to: string, name: string])[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(([to, name]) => (
        <Link
          key={to}
          to={to}
          search={{}}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ className: 'on' }}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

export const GoingTabs = () => (
  <Tabs
    label={t('下访调研宣讲')}
    tabs={[
      ['/outreach', t('下访')],
      ['/outreach/studies', t('调研')],
      ['/outreach/talks', t('宣讲')],
    ]}
  />
);

export const PlaceTabs = () => (
  <Tabs
    label={t('基层阵地')}
    tabs={[
      ['/premises', t('阵地')],
      ['/premises/informants', t('信息员')],
    ]}
  />
);
