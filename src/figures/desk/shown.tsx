import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Drill } from '../filter.ts';
import { Tabs as AllTabs } from '../../app/ui/tabs.tsx';
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
  <AllTabs
    label={t('统计')}
    tabs={[
      ['/statistics', t('一页纸')],
      ['/statistics/detail', t('明细'), 'below'],
    ]}
  />
);
