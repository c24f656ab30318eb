import { hasRole, useMe } from '../../app/ui/me.ts';
import { Tabs as AllTabs, type Tab } from '../../app/ui/tabs.tsx';
import { t } from './english.ts';

/** The pages about places, units and people. */
export function Tabs() {
  const importing: readonly Tab[] = hasRole(useMe(), 'administrator') ? [['/import', t('表格导入')]] : [];
  return (
    <AllTabs
      label={t('机构人员')}
      tabs={[
        ['/organisation', t('地区和单位'), 'below'],
        ['/officials', t('干部'), 'below'],
        ['/coverage', t('查缺'), 'below'],
        ...importing,
      ]}
    />
  );
}
