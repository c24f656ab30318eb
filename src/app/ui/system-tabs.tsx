import { Link } from '@tanstack/react-router';
import { sayingBy } from './say.ts';

const t = sayingBy({
  系统: 'System',
  账号和维护: 'Accounts and upkeep',
  事件推送: 'Webhooks',
  接口钥匙: 'API keys',
});

const tabs = [
  { to: '/system', name: '账号和维护' },
  { to: '/system/webhooks', name: '事件推送' },
  { to: '/system/keys', name: '接口钥匙' },
] as const;

/** The pages for who runs the system. */
export const SystemTabs = () => (
  <nav className="tabs" aria-label={t('系统')}>
    {tabs.map(({ to, name }) => (
      <Link
        key={to}
        to={to}
        search={{}}
        activeOptions={{ exact: true, includeSearch: false }}
        activeProps={{ className: 'on' }}
      >
        {t(name)}
      </Link>
    ))}
  </nav>
);
