import { namingBy, sayingBy } from '../language/saying.ts';
import { channelNames, dispositionNames, meansNames, procedureNames, statusNames } from './model.ts';

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
  // present
  '（内容已按规定删除）': '(removed, as the rules require)',
  已暂停: 'paused',
  '{head}家': '{head}’s home',
  回头再看: 'Look again',
  '这件事暂时解决不了，定在 {day} 再看一次，看条件有没有变。':
    'This cannot be solved for now. It is to be looked at again on {day}, to see whether things have changed.',
  '在那之前办理时限停着。': 'Until then the clock stands still.',
  本人: 'the resident',
  系统: 'the system',
  群众: 'a resident',
  '（单位已撤销）': '(unit dissolved)',
  '{channel}登记': 'Registered: {channel}',
  '{of} 记': 'noted by {of}',
  改了分类: 'Reclassified',
  '派给{unit}': 'Dispatched to {unit}',
  '时限：{name}，从这一刻开始计时': 'Time limit: {name}, counted from now',
  签收: 'Acknowledged',
  '领导 {of}，承办 {of2}': 'Leader {of}, handler {of2}',
  调整了措施: 'Measures changed',
  '申请退单，建议由{unit}办': 'Return asked for, suggesting {unit}',
  裁定之前仍由原单位负责: 'The present unit is in charge until the ruling',
  '裁定仍由{unit}办': 'Ruled: it stays with {unit}',
  '裁定由{unit}办': 'Ruled: {unit} acts',
  办理进展: 'Progress',
  暂停计时: 'Clock paused',
  恢复计时: 'Clock resumed',
  '申请延期 {days} 天': '{days} more {days|day|days} asked for',
  '同意延期 {days} 天': '{days} more {days|day|days} granted',
  '不同意延期 {days} 天': '{days} more {days|day|days} refused',
  '已{means}告知{what}': 'Told {means}: {what}',
  延期: 'extension',
  办理结果: 'the result',
  暂缓的原因: 'why it has to wait',
  '处置：{disposition}': 'Decided: {disposition}',
  '{recheckOn} 再看': 'look again on {recheckOn}',
  '；': '; ',
  答复: 'Answered',
  '办结，请群众认可': 'Resolved; the resident is asked',
  '说办好了，销号': 'says it is done; closed',
  '回访：群众认可，销号': 'Call-back: the resident accepts; closed',
  '评 {score} 分': 'Rated {score} of 5',
  '说没办好，退回重办': 'says it is not done; sent back',
  '回访：群众不认可，退回重办': 'Call-back: the resident does not accept; sent back',
  回访没有联系上: 'Call-back: not reached',
  重开: 'Reopened',
  阅: 'Seen',
  批示: 'Instructed',
  说明超期原因: 'Explained why overdue',
  已在原处答复: 'answered where it was raised',
  // looks
  一件事: 'A matter',
  '{what}延期了，要当面告知': '{what} was extended; tell them in person',
  '{what}暂时办不了，要说明原因': '{what} cannot be done for now; explain why',
  '{what}说办好了，去看看办好没有': '{what} is said to be done; see whether it is',
  '{what}到了回头再看的日子（{recheck_on}）': '{what} is due to be looked at again ({recheck_on})',
  '{what}{text}，去解释一声': '{what} {text}; explain it',
  // today
  超期: 'Overdue',
  今天到期: 'Due today',
  等我一句话: 'Waiting for my word',
  新来的: 'New',
});

/** The same names as in model.ts, in the language of the moment. */
export const channelName = namingBy(channelNames, {
  visit: 'House visit',
  web: 'Portal',
  card: 'Contact card',
  phone: 'Telephone',
  hall: 'Visitor',
  letter: 'Letter',
  mailbox: 'Leaders’ mailbox',
  box: 'Suggestion box',
  board: 'Online message',
  deputy: 'Deputies',
  media: 'Associations, media',
  sweep: 'Dispute sweep',
  superior: 'From above',
  outreach: 'Outreach',
  talk: 'Policy talk',
  informant: 'Informant',
});
export const procedureName = namingBy(procedureNames, {
  order: 'Handled at once on request',
  petition: 'Petition procedure',
});
export const dispositionName = namingBy(dispositionNames, {
  solvable: 'can be solved',
  deferred: 'cannot be solved for now',
  'not-permitted': 'policy does not allow it',
  unfounded: 'not as described',
});
export const statusName = namingBy(statusNames, {
  registered: 'To dispatch',
  dispatched: 'To acknowledge',
  handling: 'Being handled',
  deferred: 'Waiting for conditions',
  resolved: 'Resolved, awaiting the resident',
  closed: 'Closed',
});
export const meansName = namingBy(meansNames, {
  phone: 'by telephone',
  visit: 'in person',
  letter: 'in writing',
  message: 'by text message',
});
