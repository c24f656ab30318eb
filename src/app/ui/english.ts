import { sayingBy } from './say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  下访: 'Outreach',
  调研: 'Field studies',
  宣讲: 'Policy talks',
  下访调研宣讲: 'Going down to people',
  阵地: 'Premises',
  信息员: 'Informants',
  基层阵地: 'Local premises',
  会议和责任: 'Meetings and who answers',
  会议: 'Meetings',
  按期开了没有: 'Regularity',
  领导小组: 'Standing groups',
  三层责任: 'Three layers',
  走村入户: 'Among the people',
  劳动: 'Labour',
  结对帮扶: 'Pairs',
  节前慰问: 'Festival visits',
  填表负担: 'What forms cost',
  系统: 'System',
  账号和维护: 'Accounts and upkeep',
  邮件短信: 'Mail and texts',
  事件推送: 'Webhooks',
  接口钥匙: 'API keys',
  '不要 {name}': 'Remove {name}',
  再加一个: 'Add one more',
  // client
  '没有成功，请稍后再试。': 'It did not work. Please try again later.',
  '现在连不上网络，请稍后再试。': 'There is no network just now. Please try again later.',
  // form
  '还没有填“{label}”。': '“{label}” is not filled in yet.',
  不办了: 'Never mind',
  可不填: 'optional',
  '；': '; ',
  // inputs
  '没有找到，换个说法试试': 'Nothing found; try other words',
  // pickers
  '打名称、拼音或首字母，如“水利”“slj”': 'Type a name, pinyin or initials, like “slj”',
  选本单位的人: 'Choose one of your unit',
  '本单位还没有登记人员，请联系管理员': 'Nobody is registered in your unit yet; ask the administrator',
  // states
  正在读取: 'Loading',
  再试一次: 'Try again',
  // toast
  撤销: 'Undo',
  关闭: 'Close',
  // time
  '今天 {time}': 'today {time}',
  '昨天 {time}': 'yesterday {time}',
  '{month} 月 {date} 日': '{date} {month}',
  '{year} 年 {month} 月 {date} 日': '{date} {month} {year}',
  接访: 'Receptions',
  接访日: 'Reception days',
  接访表: 'Rotas',
  大厅: 'Hall',
  热线和对话: 'Live sessions',
  实效: 'Form and substance',
});
