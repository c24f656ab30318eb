import { Link } from '@tanstack/react-router';
import { sayingBy } from './say.ts';

const t = sayingBy({
  走村入户: 'Among the people',
  劳动: 'Labour',
  结对帮扶: 'Pairs',
  节前慰问: 'Festival visits',
  填表负担: 'What forms cost',
});

const tabs = [
  ['/going', '劳动'],
  ['/going/pairs', '结对帮扶'],
  ['/going/festivals', '节前慰问'],
  ['/going/burden', '填表负担'],
] as const;

/** The pages about work among the people, under one place of the desk. */
export const GoingTabs = () => (
  <nav className="tabs" aria-label={t('走村入户')}>
    {tabs.map(([to, name]) => (
      <Link
        key={to}
        to={to}
        search={{}}
        activeOptions={{ exact: to === '/going', includeSearch: false }}
        activeProps={{ className: 'on' }}
      >
        {t(name)}
      </Link>
    ))}
  </nav>
);

export const goingTitle = (): string => t('走村入户');
