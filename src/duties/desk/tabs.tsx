import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Tabs as AllTabs, type Tab } from '../../app/ui/tabs.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import { t } from './english.ts';

type Led = AnswerOf<(typeof dutyRoutes)['GET /api/duties/led']>;

/** The pages of duties. */
export function Tabs() {
  const supervises = hasRole(useMe(), 'head', 'leader', 'inspector');
  const led = useQuery({
    queryKey: ['duty-progress', true, 'month', undefined],
    queryFn: ({ signal }) => ask<Led>('GET /api/duties/led', { query: { period: 'month' }, signal }),
    staleTime: 5 * 60_000,
  });
  const supervising: readonly Tab[] = [
    ['/duties', t('进度')],
    ['/duties/exceptions', t('请假和调动')],
    ['/duties/rates', t('走访率')],
  ];
  return (
    <AllTabs
      label={t('任务')}
      tabs={[
        ...(supervises ? supervising : []),
        ...(led.data !== undefined && led.data.staff > 0 ? [['/duties/led', t('本单位')] as const] : []),
        [supervises ? '/duties/mine' : '/duties', t('我的任务')],
        ['/policies/duties', t('任务清单')],
      ]}
    />
  );
}
