import { Link } from '@tanstack/react-router';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { t } from './english.ts';

/** The pages of duties. */
export function Tabs() {
  const me = useMe();
  return (
    <nav className="tabs" aria-label={t('任务')}>
      {hasRole(me, 'head', 'leader', 'inspector') && (
        <>
          <Link
            to="/duties"
            search={{}}
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ className: 'on' }}
          >
            {t('进度')}
          </Link>
          <Link
            to="/duties/exceptions"
            search={{}}
            activeOptions={{ includeSearch: false }}
            activeProps={{ className: 'on' }}
          >
            {t('请假和调动')}
          </Link>
          <Link
            to="/duties/rates"
            search={{}}
            activeOptions={{ includeSearch: false }}
            activeProps={{ className: 'on' }}
          >
            {t('走访率')}
          </Link>
        </>
      )}
      <Link
        to="/policies/duties"
        search={{}}
        activeOptions={{ includeSearch: false }}
        activeProps={{ className: 'on' }}
      >
        {t('任务清单')}
      </Link>
    </nav>
  );
}
