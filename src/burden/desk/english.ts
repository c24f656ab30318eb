import { sayingBy } from '../../app/ui/say.ts';

/** The sentences of the burden page. */
export const t = sayingBy({
  '每一项是从实际使用里量出来的：填了几张、几格、开着几分钟。只看一群人，少于 {n} 人的不显示，谁用了多久看不出来。':
    'Measured from use: how many forms, fields, and minutes open. Groups only: fewer than {n} people are not shown, and nobody’s time can be told.',
  '最近 {n} 周，每人每周': 'Last {n} weeks, per person and week',
  表单: 'Form',
  张数: 'Forms',
  填的格数: 'Fields filled',
  一张有几格: 'Fields on it',
  分钟: 'Minutes',
  '{name}：每人每周约 {fields} 格': '{name}: about {fields} fields a week each',
  '，{minutes} 分钟': ', {minutes} minutes',
  '另有 {n} 种表单填的人不足 {group} 人，不显示。':
    '{n} more forms were given by fewer than {group} people and are not shown.',
  '还量不出来。': 'Nothing to measure yet.',
  '一种表单有 {n} 个人填过，这里就会出现。': 'A form appears here once {n} people have filled it in.',
  问了两次的: 'Asked twice',
  '没有。{forms} 种表单、{fields} 格，没有一格问系统已经知道的事；新加的表单会自动核对，问重了通不过。':
    'None. Of {forms} forms and {fields} fields none asks what the system knows; a new form is checked by itself and does not pass if it does.',
  '看上去问了两次、留着的': 'Looks asked twice, kept for a reason',
  格: 'Field',
  登录的人和当下: 'whoever fills it in, and when',
  已经记下的每一次: 'the entries',
  '这条{record}自己的登记': 'the {record} itself',
  '所选{record}的登记': 'the chosen {record}',
  已经知道: 'Known from',
  为什么留着: 'Why it is kept',
  '一天只写一次：走访日记记下以后，周记、月结、台账、结对见面、节前慰问、入户率都从那一笔算出来，不再另填。':
    'One thing is typed: from the diary entry follow the week, the month, the ledger, pair contacts, festival visits and coverage.',
});
