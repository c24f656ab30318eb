import { hasRole, useMe } from '../../app/ui/me.ts';
import { Tabs as AllTabs, type Tab } from '../../app/ui/tabs.tsx';
import { t } from './english.ts';

/** The pages of duties. */
export function Tabs() {
  const supervises = hasRole(useMe(), 'head', 'leader', 'inspector');
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
        [supervises ? '/duties/mine' : '/duties', t('我的任务')],
        ['/policies/duties', t('任务清单')],
      ]}
    />
  );
}
