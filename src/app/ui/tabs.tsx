import { Link } from '@tanstack/react-router';
import { t } from './english.ts';
import { hasRole, useMe } from './me.ts';

/** One tab: where it leads, its name, and whether it also stands for the pages below that address. */
export type Tab = readonly [to: string, name: string, below?: 'below'];

/** Pages that belong together. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map(([to, name, below]) => (
      <Link
        key={to}
        to={to}
        search={{}}
        activeOptions={{ exact: below === undefined, includeSearch: false }}
        activeProps={{ className: 'on' }}
      >
        {name}
      </Link>
    ))}
  </nav>
);

// Below: pages that belong together although their features do not know each other.

/** The pages about work among the people. */
export const GoingTabs = () => {
  const counts = hasRole(useMe(), 'field', 'head', 'leader', 'inspector');
  return (
    <Tabs
      label={t('走村入户')}
      tabs={[
        ...(counts ? [['/going/first', t('先去哪里')] as const, ['/going/reached', t('走到没走到')] as const] : []),
        ['/going', t('劳动')],
        ['/going/pairs', t('结对帮扶'), 'below'],
        ['/going/festivals', t('节前慰问'), 'below'],
        ['/going/burden', t('填表负担'), 'below'],
      ]}
    />
  );
};

export const goingTitle = (): string => t('走村入户');

/** The pages about going down to people. */
export const OutreachTabs = () => (
  <Tabs
    label={t('下访调研宣讲')}
    tabs={[
      ['/outreach', t('下访')],
      ['/outreach/studies', t('调研')],
      ['/outreach/talks', t('宣讲')],
    ]}
  />
);

/** The pages about instructions, supervision orders and the monthly check. */
export const OrderTabs = () => (
  <Tabs
    label={t('批示督办')}
    tabs={[
      ['/orders', t('批示督办')],
      ['/orders/figures', t('办结率')],
      ['/orders/check', t('一月一查')],
      ['/orders/bulletins', t('通报'), 'below'],
    ]}
  />
);

/** The pages about receiving people. */
export const ReceptionTabs = () => (
  <Tabs
    label={t('接访')}
    tabs={[
      ['/reception', t('接访日')],
      ['/reception/rotas', t('接访表'), 'below'],
      ['/reception/hall', t('大厅'), 'below'],
      ['/reception/dialogues', t('热线和对话'), 'below'],
      ['/reception/figures', t('实效')],
    ]}
  />
);

/** The pages about where matters go: the catalogue, what bounces, what comes back when a policy changes. */
export const RoutingTabs = () => (
  <Tabs
    label={t('派单目录')}
    tabs={[
      ['/routing', t('派单目录')],
      ['/routing/bounces', t('退单分析')],
      ['/routing/policies', t('政策变了')],
    ]}
  />
);

export const receptionTitle = (): string => t('接访');

/** The pages about disputes between people. */
export const DisputeTabs = () => (
  <Tabs
    label={t('矛盾纠纷')}
    tabs={[
      ['/disputes', t('纠纷')],
      ['/disputes/sweeps', t('排查')],
      ['/disputes/mediators', t('调解员')],
    ]}
  />
);

/** The pages about hard and old cases. */
export const HardCaseTabs = () => (
  <Tabs
    label={t('包案积案')}
    tabs={[
      ['/hard-cases', t('包案')],
      ['/hard-cases/backlog', t('积案')],
      ['/hard-cases/campaigns', t('清案行动'), 'below'],
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

/** The pages about meetings and who answers for what. */
export const MeetingTabs = () => (
  <Tabs
    label={t('会议和责任')}
    tabs={[
      ['/meetings', t('会议')],
      ['/meetings/regularity', t('按期开了没有')],
      ['/meetings/groups', t('领导小组')],
      ['/meetings/responsibility', t('三层责任')],
    ]}
  />
);

/** The pages for who runs the system. */
export const SystemTabs = () => (
  <Tabs
    label={t('系统')}
    tabs={[
      ['/system', t('账号和维护')],
      ['/system/notices', t('邮件短信')],
      ['/system/webhooks', t('事件推送')],
      ['/system/keys', t('接口钥匙')],
    ]}
  />
);
