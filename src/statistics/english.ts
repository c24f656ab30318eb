import { sayingBy } from '../language/saying.ts';

/** What the statistics say of themselves, in English, by the Chinese. The form of the printed sheet is Chinese. */
export const t = sayingBy({
  // durations, stock and flow
  到首次答复: 'To the first answer',
  到办结答复: 'To the result',
  到销号: 'To the closing',
  '从登记到第一次答复群众经过的时间，24 小时算一天；只算有答复的。':
    'Time from registration to the first answer the resident got, 24 hours a day; of answered ones only.',
  '从登记到现在算数的那个结果；只算办结了、没有重办的。':
    'From registration to the result that stands; of those with a result that did not come back.',
  '从登记到销号；只算现在已销号的。': 'From registration to the closing; of those closed now.',
  '从快到慢排，一半的件不超过中位数，十件里九件不超过后一个数；工作日从登记的第二天数起。':
    ' Half of them took no longer than the median, nine in ten no longer than the second number; working days count from the day after registration.',
  '期初存量 + 新登记 + 重开 + 从合并里拆出 − 销号 − 并到别的事里 = 期末存量。按发生的日子算，单位、地方和类别按现在的；并走的跟着主件办，不另算存量。':
    'Open at the start + registered + reopened + taken out of a merge − closed − merged into another = open at the end. By the day it happened, with unit, place and category as they are now; what is merged is handled with its main matter and is no stock of its own.',
  来了多少: 'What came in',
  办得怎样: 'How it was handled',
  在哪一级办成: 'At which level it was settled',
  '4 个 80%': 'The four shares of 80%',
  退单和重办: 'Returned and done again',
  复查复核和怎么了结: 'Reviews and how it ended',
  群众评价: 'What residents said',
  期初存量: 'Open at the start',
  新登记: 'Registered',
  重开: 'Reopened',
  拆出: 'Taken out of a merge',
  销号: 'Closed',
  并走: 'Merged away',
  期末存量: 'Open at the end',
  未分类: 'not classified',
  没有写到乡镇: 'no township given',
  没有写到村: 'no village given',
  '（已撤销）': '(dissolved)',
  // measures
  登记: 'registered',
  有结果: 'with a result',
  定了处置: 'with a disposition',
  已销号: 'Closed',
  '批次（件次）': 'Batches (matters)',
  '所选日子里登记的诉求，一件算一批；几个人联名提的一件也是一批。':
    'Matters registered in the chosen days, one batch each; what several raise together is one batch too.',
  人次: 'Persons',
  '同样这些诉求的人数之和：联名的按登记的人数，其余每件按一人。':
    'The persons of the same matters: as many as were registered where several raise one, else one each.',
  联名的: 'Joint',
  '两个人以上一起提的，按件算。': 'Raised by two or more together, counted as matters.',
  初次来的: 'First time',
  '登记时没有接着原来哪一件的。': 'Registered without going on from an earlier matter.',
  接着原来那件又来的: 'Going on from an earlier one',
  '登记时写明接着原来哪一件、有新的事实或理由的。':
    'Registered as going on from an earlier matter with a new fact or reason.',
  办理中又来催过的: 'Raised again while in hand',
  '还没办完群众又来反映的件数。是办理的记号，不是人的记号；不另算一批。':
    'Matters raised again before they were done: a mark on the handling, not on the person; no batch of its own.',
  又来催的次数: 'Times raised again',
  '这些诉求一共被催了多少次。': 'How often these were raised again in all.',
  有答复的: 'Answered',
  '已经给过第一次答复的。': 'The first answer was given.',
  有结果的: 'With a result',
  '已经办结或销号、现在仍然算数的；重办的不算。':
    'Resolved or closed and still standing; not what is being done again.',
  按期办结: 'Resolved in time',
  '办结时没有超过当时那一段的时限（暂停、延期已算）；分母是按期的、超期办结的，加上现在已经超期还没办结的。':
    'Resolved inside the clock of that stage, pauses and extensions counted; of those resolved in time, late, or overdue now.',
  到了期的: 'due',
  '群众自己或回访认可、或者依法终结的；重开的不算。':
    'Confirmed by the resident or a call-back, or lawfully ended; not what was reopened.',
  群众自己认可: 'Confirmed by the resident',
  '销号的里面，群众自己说办好了的。': 'Of the closed: the resident said it was done.',
  回访认可: 'Confirmed by call-back',
  '销号的里面，没有经办过的人回访时群众说办好了的。':
    'Of the closed: said by the resident to a caller who had not handled it.',
  '村（社区）': 'Village',
  '有结果的里面，由管一个村（社区）的单位办的，没有往上报。':
    'Of those with a result: by a unit that serves one village, not handed up.',
  乡镇: 'Township',
  '有结果的里面，由管一个乡镇的单位办的，没有往上报。':
    'Of those with a result: by a unit that serves one township, not handed up.',
  县: 'County',
  '有结果的里面，由县直单位办的，没有往上报。': 'Of those with a result: by a unit of the county, not handed up.',
  往上报过: 'Handed up',
  '有结果的里面，报给上一级或联席会议、没有退回来的。只是统计，往上报不是过错。':
    'Of those with a result: handed up or to a joint meeting and not given back. A statistic only: handing up is no fault.',
  改革发展中的问题: 'Reform and development',
  '分了类的里面，类别属于改革发展问题的；哪些类别算，由“统计口径”定。':
    'Of the classified: their category concerns reform and development; which ones do is set in “statistics”.',
  分了类: 'classified',
  有道理或有实际困难: 'Justified or in real difficulty',
  '定了处置的里面，没有定成“不属实”的。': 'Of those with a disposition: not found untrue.',
  经过努力能解决: 'Can be solved with effort',
  '定了处置的里面，能解决的和暂时解决不了、有打算的。':
    'Of those with a disposition: solvable, or put off with a plan.',
  基层应该也能解决: 'Should and can be solved at the grassroots',
  '定了处置的里面，能解决或有打算、由基层单位办、没有往上报的；哪几级算基层，由“统计口径”定。':
    'Of those with a disposition: solvable or planned, with a unit of the grassroots, not handed up; which levels those are is set in “statistics”.',
  退过单的: 'Returned',
  '承办单位说不归自己管、退过一次以上的。': 'Returned at least once by a unit as not its own.',
  退过两次以上的: 'Returned twice or more',
  '在单位之间来回推了的。': 'Bounced between units.',
  退单次数: 'Times returned',
  '这些诉求一共被退了多少次。': 'How often these were returned in all.',
  重办一次的: 'Done again once',
  '群众说没办好、复查改变了或销号后重开，回去重办过一次。':
    'Back to work once: the resident said no, a review changed it, or it was reopened after closing.',
  重办两次的: 'Done again twice',
  '回去重办过两次。': 'Back to work twice.',
  重办三次以上的: 'Done again three times or more',
  '回去重办过三次或更多。': 'Back to work three times or more.',
  重办次数: 'Times done again',
  '这些诉求一共回去重办了多少次。': 'How often these went back to work in all.',
  请求过复查: 'Review asked for',
  '不服处理意见、请求过复查的。': 'A review of the written opinion was asked for.',
  请求过复核: 'Re-review asked for',
  '不服复查意见、又请求复核的；分母是请求过复查的。': 'A re-review was asked for as well; of those with a review.',
  不予受理: 'Not accepted',
  '走信访程序、书面告知不予受理而且没有被改过来的。':
    'A petition that was refused in writing, and that was not overruled.',
  依法终结: 'Lawful end',
  '复核意见维持、程序依法走完的；有新的事实或理由可以再提。':
    'Upheld by the re-review: the procedure is over; a new fact or reason may be raised.',
  政策不允许: 'Policy does not allow it',
  '定了处置的里面，定成“政策不允许”的。': 'Of those with a disposition: policy stands in the way.',
  情况不属实: 'Found untrue',
  '定了处置的里面，定成“反映的情况不属实”的。': 'Of those with a disposition: what was said was found untrue.',
  评了分的: 'Rated',
  '群众自己评了 1 至 5 分的；分母是已销号的。': 'Rated 1 to 5 by the resident; of the closed.',
  满意: 'Satisfied',
  '评 {pleased} 分以上的占评了分的。不足 {smallest} 人评分时不公布，分开看时也不让人从合计里减出来；谁打了几分不列。':
    'Rated {pleased} or more, of those who rated. With fewer than {smallest} ratings none is told, nor one that could be taken from the whole; who rated how is not listed.',
  评了分: 'rated',
  // periods
  '{from} 至 {to}': '{from} to {to}',
  '{year} 年 {n} 月': '{year}-{n}',
  '{year} 年第 {n} 季度': 'Quarter {n} of {year}',
  '{year} 年上半年': 'First half of {year}',
  '{year} 年下半年': 'Second half of {year}',
  '{year} 年': '{year}',
  // words
  单位: 'Unit',
  类别: 'Category',
  来源: 'Source',
  月份: 'Month',
  '不公布（{n} 人）': 'not told ({n})',
  '{percent}（{value}/{of}）': '{percent} ({value}/{of})',
  没有可比的: 'nothing to compare',
  '那时是 0，不算比例': 'was 0, no share',
  持平: 'the same',
  '多 {amount}%': '{amount}% more',
  '少 {amount}%': '{amount}% fewer',
  '高 {amount} 个百分点': 'up {amount} points',
  '低 {amount} 个百分点': 'down {amount} points',
  '到了 {share}': '{share} reached',
  '不到 {share}': 'below {share}',
  上年同期: 'A year before',
  上一期: 'The period before',
  '{name}（{from} 至 {to}）没有数据，不比。': '{name} ({from} to {to}): no data, not compared. ',
  '{name}（{from} 至 {to}）的数据从 {since} 才有，只列数，不算增减。':
    '{name} ({from} to {to}): data only since {since}; numbers without a change. ',
  '{name}是 {from} 至 {to}。': '{name}: {from} to {to}. ',
  '{median} / {ninetieth}（{n}）': '{median} / {ninetieth} ({n})',
  批次: 'Batches',
  '有答复，占登记': 'Answered, of registered',
  '首次答复天数：中位/九成（件）': 'Days to first answer: median / 90% (matters)',
  '办结天数：中位/九成（件）': 'Days to result: median / 90% (matters)',
  '按期，占到期': 'In time, of due',
  '销号，占登记': 'Closed, of registered',
  '退过单，占登记': 'Returned, of registered',
  '满意，占评分': 'Satisfied, of rated',
});

export const statisticsRefusals = {
  'statistics.no-figure': '没有这个数，或者它不列出是哪些。请从统计页上点一个数。',
} as const;

export const statisticsRefusalsInEnglish = {
  'statistics.no-figure': 'There is no such figure, or it does not list its records. Click one on the page.',
} as const;
