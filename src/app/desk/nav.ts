import type { Role } from '../../access/model.ts';
import { type Me, hasRole } from '../ui/me.ts';
import { t } from './english.ts';

const everyone: readonly Role[] = [
  'field',
  'clerk',
  'handler',
  'head',
  'leader',
  'inspector',
  'administrator',
  'auditor',
];
const withMatters: readonly Role[] = ['field', 'clerk', 'handler', 'head', 'leader', 'inspector', 'auditor'];

const places = [
  { to: '/', name: t('今天要我办'), roles: withMatters },
  { to: '/notices', name: t('通知'), roles: everyone },
  { to: '/register', name: t('登记诉求'), roles: ['clerk', 'field'] },
  { to: '/matters', name: t('诉求台账'), roles: withMatters },
  { to: '/orders', name: t('批示督办'), roles: withMatters },
  { to: '/call-backs', name: t('回访'), roles: ['clerk', 'inspector'] },
  { to: '/reviews', name: t('复查复核'), roles: ['clerk', 'handler', 'head', 'leader', 'inspector', 'auditor'] },
  { to: '/ledger', name: t('月台账'), roles: withMatters },
  { to: '/papers', name: t('文书'), roles: ['clerk', 'handler', 'head', 'leader', 'inspector', 'auditor'] },
  { to: '/statistics', name: t('统计'), roles: ['clerk', 'handler', 'head', 'leader', 'inspector', 'auditor'] },
  { to: '/outreach', name: t('下访调研'), roles: ['field', 'clerk', 'handler', 'head', 'leader', 'inspector'] },
  { to: '/disputes', name: t('矛盾纠纷'), roles: ['field', 'clerk', 'handler', 'head', 'leader', 'inspector'] },
  {
    to: '/hard-cases',
    name: t('包案积案'),
    roles: ['field', 'clerk', 'handler', 'head', 'leader', 'inspector', 'auditor'],
  },
  { to: '/reception', name: t('接访'), roles: ['clerk', 'handler', 'head', 'leader', 'inspector'] },
  { to: '/suggestions', name: t('献计献策'), roles: ['clerk', 'handler', 'head', 'leader', 'inspector'] },
  { to: '/tip-offs', name: t('举报'), roles: ['inspector', 'leader'] },
  { to: '/premises', name: t('基层阵地'), roles: everyone },
  { to: '/going', name: t('走村入户'), roles: everyone },
  { to: '/duties', name: t('任务'), roles: everyone },
  { to: '/campaigns', name: t('活动'), roles: everyone },
  { to: '/routing', name: t('派单目录'), roles: withMatters },
  { to: '/meetings', name: t('会议责任'), roles: everyone },
  { to: '/organisation', name: t('机构人员'), roles: everyone },
  { to: '/phones', name: t('手机'), roles: ['field', 'clerk', 'head', 'administrator'] },
  { to: '/policies', name: t('规则'), roles: everyone },
  { to: '/system', name: t('系统'), roles: ['administrator'] },
] as const satisfies readonly { to: string; name: string; roles: readonly Role[] }[];

/** The places a person's posts let them work in, in the order of a day. */
export const navFor = (me: Me) => places.filter(({ roles }) => hasRole(me, ...roles));
