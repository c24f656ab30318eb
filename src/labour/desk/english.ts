import { sayingBy } from '../../app/ui/say.ts';

/** The sentences of labour at the desk. */
export const t = sayingBy({
  '村里确认过的才计入；数字由每一次记录加出来，不另填报。':
    'Only what the village confirmed counts; figures are sums of the entries, nothing is reported apart.',
  年份: 'Year',
  按单位: 'By unit',
  按人: 'By person',
  按村: 'By village',
  按乡镇: 'By township',
  名称: 'Name',
  人数: 'People',
  天数: 'Days',
  '等确认（天）': 'Waiting (days)',
  做了什么: 'What was done',
  合计: 'Together',
  '这一年还没有劳动记录。': 'No labour in this year yet.',
  '干部在手机上“我的 · 劳动”里记，半天也算。':
    'Officials write it on the phone under “Me · Labour”; half a day counts.',
  打印我的述劳表: 'Print my yearly sheet',
  述劳表: 'Yearly sheet',
  '等村里确认的 {n} 次': '{n} entries wait for the village',
  是这样: 'It was so',
  退回: 'Send back',
  哪里不对: 'What is not so',
  '确认了。': 'Confirmed.',
  '退回了，本人会改。': 'Sent back; they will put it right.',
  上午: 'Morning',
  下午: 'Afternoon',
  一整天: 'Whole day',
});
