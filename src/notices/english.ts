import { namingBy, sayingBy } from '../language/saying.ts';
import { type NoticeKindName, kindOf, noticeKinds } from './kinds.ts';
import type { DeliveryState, Way } from './model.ts';

/** What kinds of notices are called. */
export const kindName = namingBy<NoticeKindName>(
  Object.fromEntries(Object.keys(noticeKinds).map((name) => [name, kindOf(name as NoticeKindName).title])) as Record<
    NoticeKindName,
    string
  >,
  {
    'matter.dispatched': 'A matter was sent',
    'matter.written-to': 'Somebody wrote to them',
    'matter.return-asked': 'A return is asked for',
    'matter.adjudicated': 'It was decided who handles it',
    'matter.extension-asked': 'More time is asked for',
    'matter.extension-granted': 'More time was granted',
    'matter.extension-refused': 'More time was refused',
    'matter.resolved': 'The unit says it is done',
    'matter.confirmed': 'The resident agrees; closed',
    'matter.denied': 'The resident says it is not done',
    'matter.reopened': 'The resident opened it again',
    'matter.news': 'News of a matter written down at a visit',
    'matter.instructed': 'A leader’s instruction',
    'reminder.before': 'Due soon',
    'reminder.last': 'Last day, or last hours',
    'reminder.late': 'Overdue: the handler',
    'reminder.late-leader': 'Overdue: the leader',
    'reminder.late-above': 'Overdue: the inspectors',
    'owed.before': 'Something owed is due soon',
    'owed.last': 'Something owed is due today',
    'owed.late': 'Something owed is overdue',
    'owed.late-leader': 'Something a unit owes is overdue: its leader',
    'owed.late-above': 'Something a unit owes is overdue: the inspectors',
    'order.issued': 'An order came',
    'order.reminded': 'Reminded of an order',
    'order.reported': 'The unit reported on an order',
    'order.sent-back': 'An order was not accepted as done',
    'dispute.handed-over': 'Asked to take over a dispute',
    'review.asked': 'A review was asked for',
    'hard-case.asked': 'Asked to adopt a hard case',
    'promise.before': 'A promise is due soon',
    'promise.last': 'A promise is due today',
    'promise.late': 'A promise is overdue',
    'task.before': 'A task is due soon',
    'task.last': 'A task is due today',
    'task.late': 'A task is overdue',
    'task.set': 'A task was set at a meeting',
    'meeting.called': 'A meeting was called',
    'meeting.changed': 'A meeting was changed',
    'meeting.cancelled': 'A meeting was cancelled',
    'suggestion.sent': 'A suggestion came',
    'resident.dispatched': 'To the resident: passed on',
    'resident.accepted': 'To the resident: accepted',
    'resident.extended': 'To the resident: more time',
    'resident.suspended': 'To the resident: stands still',
    'resident.deferred': 'To the resident: put off',
    'resident.answered': 'To the resident: answered',
    'resident.resolved': 'To the resident: done, please confirm',
    'resident.closed': 'To the resident: closed',
  },
);

const faults = {
  本人不要短信: 'they want no text messages',
  没有留下的电话: 'no telephone is left',
  没有留邮箱: 'no mail address',
  没有工作电话: 'no work telephone',
  不用再提醒: 'no longer needed',
  后面有更新的一条: 'a newer one follows',
  短信网关没有送到: 'the gateway could not deliver it',
  邮件服务器没有回应: 'the mail server does not answer',
  连不上邮件服务器: 'the mail server cannot be reached',
  和邮件服务器的连接断了: 'the connection to the mail server broke',
  找不到邮件服务器: 'the mail server is not known',
  邮件服务器不认用户名或密码: 'the mail server does not take user name or password',
  和邮件服务器的加密连接没有建立: 'no encrypted connection to the mail server',
  邮件地址不对: 'the address is wrong',
} as const;
const sayFault = sayingBy(faults);

/** Why something did not go, in the language of the moment; what a server or gateway said in its own words stays so. */
export const faultName = (fault: string | null): string | null =>
  fault !== null && Object.hasOwn(faults, fault) ? sayFault(fault as keyof typeof faults) : fault;

export const t = sayingBy({ 群众: 'The resident', '（单位已撤销）': '(unit dissolved)' });

export const wayName = namingBy<Way>(
  { 'in-app': '系统内', mail: '邮件', sms: '短信' },
  { 'in-app': 'in the system', mail: 'mail', sms: 'text message' },
);

export const stateName = namingBy<DeliveryState>(
  {
    waiting: '等着发',
    sending: '正在发',
    sent: '已发出',
    delivered: '已收到',
    failed: '没送到',
    withdrawn: '不用发了',
  },
  {
    waiting: 'waiting',
    sending: 'being sent',
    sent: 'sent',
    delivered: 'received',
    failed: 'failed',
    withdrawn: 'withdrawn',
  },
);
