import { hasRole, useMe } from '../../app/ui/me.ts';
import { Tabs as AllTabs, type Tab } from '../../app/ui/tabs.tsx';
import { t } from './english.ts';

/** The pages of campaigns and teams. */
export function Tabs() {
  const importing: readonly Tab[] = hasRole(useMe(), 'administrator') ? [['/team-import', t('表格导入')]] : [];
  return (
    <AllTabs
      label={t('活动')}
      tabs={[['/campaigns', t('活动')], ['/teams', t('工作队')], ['/team-gaps', t('队伍查缺')], ...importing]}
    />
  );
}
