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

const casework: readonly Role[] = ['clerk', 'handler', 'head', 'leader', 'inspector'];

/** Where one can go, in groups: what opens the day stands first and by itself. */
const groups = [
  {
    name: undefined,
    places: [
      { to: '/', name: t('今天要我办'), roles: withMatters },
      { to: '/notices', name: t('通知'), roles: everyone },
      { to: '/register', name: t('登记诉求'), roles: ['clerk', 'field'] },
    ],
  },
  {
    name: t('诉求'),
    places: [
      { to: '/matters', name: t('诉求台账'), roles: withMatters },
      { to: '/call-backs', name: t('回访'), roles: ['clerk', 'inspector'] },
      { to: '/reviews', name: t('复查复核'), roles: [...casework, 'auditor'] },
      { to: '/orders', name: t('批示督办'), roles: withMatters },
      { to: '/hotspots', name: t('热点'), roles: casework },
      { to: '/routing', name: t('派单目录'), roles: withMatters },
      { to: '/papers', name: t('文书'), roles: [...casework, 'auditor'] },
    ],
  },
  {
    name: t('听民声、解纠纷'),
    places: [
      { to: '/reception', name: t('接访'), roles: casework },
      { to: '/outreach', name: t('下访调研'), roles: ['field', ...casework] },
      { to: '/disputes', name: t('矛盾纠纷'), roles: ['field', ...casework] },
      { to: '/hard-cases', name: t('包案积案'), roles: ['field', ...casework, 'auditor'] },
      { to: '/suggestions', name: t('献计献策'), roles: casework },
      { to: '/tip-offs', name: t('举报'), roles: ['inspector', 'leader'] },
    ],
  },
  {
    name: t('走村任务'),
    places: [
      { to: '/going', name: t('走村入户'), roles: everyone },
      { to: '/duties', name: t('任务'), roles: everyone },
      { to: '/campaigns', name: t('活动'), roles: everyone },
      { to: '/premises', name: t('基层阵地'), roles: everyone },
      { to: '/ballots', name: t('群众评议'), roles: ['field', 'clerk', 'head', 'leader', 'inspector'] },
    ],
  },
  {
    name: t('会议和数'),
    places: [
      { to: '/meetings', name: t('会议责任'), roles: everyone },
      { to: '/ledger', name: t('月台账'), roles: withMatters },
      { to: '/statistics', name: t('统计'), roles: [...casework, 'auditor'] },
    ],
  },
  {
    name: t('家底'),
    places: [
      { to: '/organisation', name: t('机构人员'), roles: everyone },
      { to: '/policies', name: t('规则'), roles: everyone },
      { to: '/phones', name: t('手机'), roles: ['field', 'clerk', 'head', 'inspector', 'administrator'] },
      { to: '/system', name: t('系统'), roles: ['administrator'] },
    ],
  },
] as const satisfies readonly {
  name: string | undefined;
  places: readonly { to: string; name: string; roles: readonly Role[] }[];
}[];

/** The places a person's posts let them work in, in the order of a day. */
export const navFor = (me: Me) =>
  groups
    .map(({ name, places }) => ({ name, places: places.filter(({ roles }) => hasRole(me, ...roles)) }))
    .filter(({ places }) => places.length > 0);
