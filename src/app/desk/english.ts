import { sayingBy } from '../ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  // help
  '搜索诉求、居民、干部、地方和单位': 'Search matters, residents, officials, places and units',
  到本页的筛选框: 'To this page’s filter',
  '下一件，上一件': 'Next, previous matter',
  打开这一件: 'Open it',
  做第一个动作: 'First action',
  做第二到第九个动作: 'Second to ninth action',
  发出正在填的表: 'Send the form',
  '关掉正在填的表，离开输入框': 'Close the form, leave the field',
  登记一件新的诉求: 'Register a new matter',
  看这张表: 'Show this list',
  键盘操作: 'Keyboard',
  知道了: 'Got it',
  // nav
  今天要我办: 'For me today',
  登记诉求: 'Register',
  诉求台账: 'All matters',
  回访: 'Call-backs',
  复查复核: 'Reviews',
  月台账: 'Monthly ledger',
  文书: 'Papers',
  统计: 'Statistics',
  会议责任: 'Meetings',
  献计献策: 'Suggestions',
  机构人员: 'Organisation',
  规则: 'Rules',
  系统: 'System',
  // not-here
  没有这个页面: 'There is no such page',
  '地址可能写错了，或者页面已经搬走。': 'The address may be wrong, or the page has moved.',
  回到今天要我办: 'Back to today',
  // shell
  主导航: 'Main navigation',
  菜单: 'Menu',
  '超期 {late} 件': '{late} overdue',
  '登录过的设备、密码、通行密钥': 'Devices, password, passkeys',
  大字: 'Large',
  深色: 'Dark',
  '键盘操作（?）': 'Keyboard (?)',
  键盘: 'Keys',
  退出: 'Sign out',
  // nav
  任务: 'Duties',
  活动: 'Campaigns',
  下访调研: 'Going down',
  接访: 'Receptions',
  基层阵地: 'Local premises',
  走村入户: 'In the villages',
  手机: 'Phones',
});
