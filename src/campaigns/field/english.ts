import { sayingBy } from '../../app/ui/say.ts';

/** What the phone says of campaigns. */
export const t = sayingBy({
  我的活动: 'My campaigns',
  '您现在没有参加活动。': 'You take part in no campaign now.',
  '活动开始、或者把您编进工作队以后，这里会说还要做什么。':
    'Once a campaign begins, or you are in a team, this page says what is left to do.',
  '还剩 {n} 天': '{n} days left',
  长期: 'standing',
  我的: 'Mine',
  '还差 {n} {unit}': '{n} {unit} to go',
  做到了: 'done',
  这个月: 'this month',
  整个活动: 'the whole campaign',
  '做了 {n}，要做 {all} {unit}': '{n} of {all} {unit}',
  '{day}去了': 'out on {day}',
  '{day}要去': 'to go out on {day}',
  '这一期您不欠什么。': 'You owe nothing now.',
  我们组: 'My group',
  '组里做了 {n}，要做 {all} {unit}': 'the group: {n} of {all} {unit}',
  驻点: 'Our places',
  '走到 {n} 户，共 {all} 户': '{n} of {all} households met',
  '走访照常写日记，不另填表；一次走访，几个活动都算。':
    'Write the diary as usual and fill in nothing else: one visit counts for every campaign.',
  做起来: 'Get going',
  今天走哪些户: 'Who to see today',
  记一场活动: 'Note an occasion',
  是什么: 'What was it',
  '说一句，不写人名': 'In a sentence, without names of residents',
  在哪个村: 'In which village',
  哪天: 'Day',
  来了多少人: 'How many came',
  折成多少元: 'Worth how many yuan',
  记下这一场: 'Note it',
  '记下了，参加的活动都会算上。': 'Noted. Every campaign you take part in counts it.',
  记过的: 'Noted before',
  '{n} 人一起': '{n} together',
});
