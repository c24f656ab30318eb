import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Drill } from '../filter.ts';
import { t } from './english.ts';

/** A figure that opens to the records behind it. */
export const Behind = ({
  drill,
  children,
  className,
}: {
  drill: Drill | null;
  children: ReactNode;
  className?: string | undefined;
}) =>
  drill === null ? (
    <span className={className}>{children}</span>
  ) : (
    <Link
      className={className ?? 'figure'}
      to="/statistics/records"
      search={drill as Record<string, string>}
      title={t('看是哪些')}
    >
      {children}
    </Link>
  );

/** The pages of figures. */
export const Tabs = () => (
  <nav className="tabs" aria-label={t('统计')}>
    <Link
      to="/statistics"
      search={{}}
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={{ className: 'on' }}
    >
      {t('一页纸')}
    </Link>
    <Link
      to="/statistics/detail"
      search={{}}
      activeOptions={{ includeSearch: false }}
      activeProps={{ className: 'on' }}
    >
      {t('明细')}
    </Link>
  </nav>
);
