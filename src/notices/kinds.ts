/**
 * Everything anyone is told of, with the words it has until a county writes its own. A feature that has something to
 * tell adds its kinds here and says in `app/notices.ts` which event tells whom.
 */

/** What stands in for a name, in the words shown inside the system: whoever reads them is signed in. */
export const insideFields = ['number', 'unit', 'day'] as const;
/** What may leave the house: the number, a plain day, and the house's own name and address. Nothing of a person. */
export const outsideFields = ['county', 'number', 'day', 'site'] as const;

export interface NoticeKind {
  /** What it is called in the rules. */
  readonly title: string;
  /** What the bell says; kinds for residents have none. */
  readonly inside?: string;
  readonly english?: string;
  /** What a letter or a text message says. */
  readonly outside: string;
  /** Does not wait for the digest, and may go by text message to the official's work phone. */
  readonly urgent?: true;
}

/** Kinds, by what happened. Those that begin with `resident.` go to the one who raised the matter. */
export const noticeKinds = {
  'matter.dispatched': {
    title: '派来一件事',
    inside: '派给{unit}，请签收。',
    english: 'Sent to {unit}; please acknowledge it.',
    outside: '{number} 已派给您单位，请签收。',
  },
  'matter.written-to': {
    title: '群众写给本人',
    inside: '有人写给您一件事。',
    english: 'Somebody wrote to you.',
    outside: '{number} 是写给您的，请看。',
  },
  'matter.return-asked': {
    title: '申请退单，等裁定',
    inside: '{unit}申请退单，等您裁定。',
    english: '{unit} wants to return it; it waits for your decision.',
    outside: '{number} 申请退单，等裁定。',
  },
  'matter.adjudicated': {
    title: '裁定了由谁办',
    inside: '裁定由{unit}办。',
    english: 'It was decided that {unit} handles it.',
    outside: '{number} 已裁定承办单位。',
  },
  'matter.extension-asked': {
    title: '申请延期，等批复',
    inside: '{unit}申请延期，等您批复。',
    english: '{unit} asks for more time; it waits for your decision.',
    outside: '{number} 申请延期，等批复。',
  },
  'matter.extension-granted': {
    title: '同意延期',
    inside: '同意延期，最迟 {day}。',
    english: 'More time was granted, until {day}.',
    outside: '{number} 同意延期。',
  },
  'matter.extension-refused': {
    title: '不同意延期',
    inside: '没有同意延期，还按原来的日子办。',
    english: 'No more time was granted; the date stands.',
    outside: '{number} 没有同意延期。',
  },
  'matter.resolved': {
    title: '单位报办结',
    inside: '{unit}报办结，等群众认可或回访。',
    english: '{unit} says it is done; it waits for the resident or a call-back.',
    outside: '{number} 已报办结，等群众认可或回访。',
  },
  'matter.confirmed': {
    title: '群众认可，销号',
    inside: '群众说办好了，已销号。',
    english: 'The resident says it is done; it is closed.',
    outside: '{number} 群众认可，已销号。',
  },
  'matter.denied': {
    title: '群众说没办好',
    inside: '群众说没办好，退回重办，{day} 到期。',
    english: 'The resident says it is not done; it is back, due {day}.',
    outside: '{number} 群众不认可，退回重办。',
  },
  'matter.reopened': {
    title: '群众重开',
    inside: '群众重开，{day} 到期。',
    english: 'The resident opened it again; due {day}.',
    outside: '{number} 重开，请办理。',
  },
  'matter.news': {
    title: '走访时记下的事有了说法',
    inside: '您记下的事有了说法，请去说一声。',
    english: 'There is news of a matter you wrote down; please tell the household.',
    outside: '{number} 有了说法，请告诉群众。',
  },
  'matter.instructed': {
    title: '领导批示',
    inside: '有领导批示，请看。',
    english: 'A leader wrote an instruction.',
    outside: '{number} 有批示，请看。',
  },
  'reminder.before': {
    title: '快到期',
    inside: '快到期了，最迟 {day}。',
    english: 'Due soon, by {day}.',
    outside: '{number} 快到期，最迟 {day}。',
  },
  'reminder.last': {
    title: '最后一天（按小时的，最后几小时）',
    inside: '今天是最后一天了。',
    english: 'Today is the last day.',
    outside: '{number} 今天到期。',
    urgent: true,
  },
  'reminder.late': {
    title: '超期，提醒承办人',
    inside: '已超期，原定 {day}。请办结，或写明原因。',
    english: 'Overdue since {day}. Finish it, or say why.',
    outside: '{number} 已超期。',
    urgent: true,
  },
  'reminder.late-leader': {
    title: '超期，报领导',
    inside: '{unit}这件还没办，已超期，原定 {day}。',
    english: '{unit} is late with it, due {day}.',
    outside: '{number} 已超期，请过问。',
    urgent: true,
  },
  'reminder.late-above': {
    title: '超期，报督查',
    inside: '{unit}超期未办，原定 {day}，请督办。',
    english: '{unit} has not done it, due {day}; please follow it up.',
    outside: '{number} 超期未办，请督办。',
  },
  'owed.before': {
    title: '交给您的事快到期',
    inside: '要您办的一件快到期了，最迟 {day}。',
    english: 'Something you owe is due by {day}.',
    outside: '要您办的一件快到期，最迟 {day}，详情请登录看。',
  },
  'owed.last': {
    title: '交给您的事最后一天',
    inside: '要您办的一件，今天是最后一天。',
    english: 'Something you owe is due today.',
    outside: '要您办的一件今天到期，详情请登录看。',
    urgent: true,
  },
  'owed.late': {
    title: '交给您的事超期',
    inside: '要您办的一件过了日子，原定 {day}。',
    english: 'Something you owe is overdue since {day}.',
    outside: '要您办的一件已过期，详情请登录看。',
    urgent: true,
  },
  'owed.late-leader': {
    title: '交给单位的事超期，报领导',
    inside: '{unit}有一件过了日子还没办，原定 {day}。',
    english: '{unit} is late with something due {day}.',
    outside: '您单位有一件已过期，详情请登录看。',
    urgent: true,
  },
  'owed.late-above': {
    title: '交给单位的事超期，报督查',
    inside: '{unit}有一件过了日子还没办，原定 {day}，请督办。',
    english: '{unit} has not done something due {day}; please follow it up.',
    outside: '有一件超期未办，请登录督办。',
  },
  'order.issued': {
    title: '交来一件批示、交办或督办',
    inside: '交给{unit}办，{day} 前报结果。',
    english: 'Given to {unit}; report the result by {day}.',
    outside: '{number} 交给您单位，{day} 前报结果。',
    urgent: true,
  },
  'order.reminded': {
    title: '催办',
    inside: '来催了，{day} 到期，请回一句办到哪一步。',
    english: 'You are reminded: due {day}; say how far it is.',
    outside: '{number} 来催办，{day} 到期。',
    urgent: true,
  },
  'order.reported': {
    title: '承办单位报了结果，请认定',
    inside: '{unit}报了结果，等您认定。',
    english: '{unit} reported its result; it waits for your judgment.',
    outside: '{number} 已报结果，等您认定。',
  },
  'order.sent-back': {
    title: '交办的人说没办好',
    inside: '没有认定办好，{day} 前再报。',
    english: 'It was not accepted; report again by {day}.',
    outside: '{number} 没有认定办好，{day} 前再报。',
    urgent: true,
  },
  'dispute.handed-over': {
    title: '请接手一起纠纷',
    inside: '请{unit}接手，{day} 前说接不接。',
    english: '{unit} is asked to take it over; answer by {day}.',
    outside: '有一起纠纷请您单位接手，{day} 前答复。',
  },
  'review.asked': {
    title: '有人请求复查、复核',
    inside: '请{unit}复查复核，{day} 前出意见书。',
    english: '{unit} is asked for a review; the opinion is due by {day}.',
    outside: '{number} 请求复查复核，{day} 前出意见书。',
  },
  'hard-case.asked': {
    title: '请您包一件案',
    inside: '请您包这件案，请答复包不包。',
    english: 'You are asked to adopt a case; please answer.',
    outside: '请您包一件案，详情请登录看。',
  },
  'promise.before': {
    title: '承诺快到期',
    inside: '走访时答应的事快到期了，最迟 {day}。',
    english: 'A promise made at a visit is due by {day}.',
    outside: '走访时答应的事快到期，最迟 {day}。',
  },
  'promise.last': {
    title: '承诺最后一天',
    inside: '走访时答应的事，今天是最后一天。',
    english: 'A promise made at a visit is due today.',
    outside: '走访时答应的事今天到期。',
    urgent: true,
  },
  'promise.late': {
    title: '承诺超期',
    inside: '走访时答应的事过了日子，原定 {day}。',
    english: 'A promise made at a visit is overdue since {day}.',
    outside: '走访时答应的事已过期。',
    urgent: true,
  },
  'task.before': {
    title: '会上定的事快到期',
    inside: '会上定给您的事快到期了，最迟 {day}。',
    english: 'A task set at a meeting is due by {day}.',
    outside: '会上定给您的事快到期，最迟 {day}。',
  },
  'task.last': {
    title: '会上定的事最后一天',
    inside: '会上定给您的事，今天是最后一天。',
    english: 'A task set at a meeting is due today.',
    outside: '会上定给您的事今天到期。',
    urgent: true,
  },
  'task.late': {
    title: '会上定的事超期',
    inside: '{unit}会上领的事过了日子，原定 {day}。',
    english: 'A task {unit} took at a meeting is overdue since {day}.',
    outside: '会上定的事已过期。',
    urgent: true,
  },
  'task.set': {
    title: '会上定了一件事',
    inside: '会上定给您一件事，{day} 前办。',
    english: 'A task was set for you at a meeting, due by {day}.',
    outside: '会上定给您一件事，{day} 前办。',
  },
  'meeting.called': {
    title: '通知开会',
    inside: '请您参加会议，{day}。',
    english: 'You are asked to a meeting on {day}.',
    outside: '请参加会议，{day}，详情请登录看。',
  },
  'meeting.changed': {
    title: '会议改期',
    inside: '会议改了，{day} 开。',
    english: 'The meeting was changed: it is on {day}.',
    outside: '会议改期，{day} 开，详情请登录看。',
    urgent: true,
  },
  'meeting.cancelled': {
    title: '会议取消',
    inside: '原定 {day} 的会议取消了。',
    english: 'The meeting of {day} was cancelled.',
    outside: '原定 {day} 的会议取消。',
    urgent: true,
  },
  'suggestion.sent': {
    title: '转来一条建议',
    inside: '转给{unit}一条建议，{day} 前答复。',
    english: 'A suggestion came to {unit}; answer it by {day}.',
    outside: '{number} 是一条建议，请在 {day} 前答复。',
  },
  'resident.dispatched': {
    title: '告诉群众：已转办',
    outside: '您说的事（编号 {number}）已转给该管的单位。凭编号和查询码在 {site} 看进度。',
  },
  'resident.accepted': { title: '告诉群众：已受理', outside: '您说的事（编号 {number}）已收下，正在办。' },
  'resident.extended': {
    title: '告诉群众：延期',
    outside: '您说的事（编号 {number}）要延期到 {day}，原因可凭编号和查询码在 {site} 看。',
  },
  'resident.suspended': {
    title: '告诉群众：暂停',
    outside: '您说的事（编号 {number}）暂停办理，原因可凭编号和查询码在 {site} 看。',
  },
  'resident.deferred': {
    title: '告诉群众：暂缓',
    outside: '您说的事（编号 {number}）暂时办不了，打算怎么办可凭编号和查询码在 {site} 看。',
  },
  'resident.answered': {
    title: '告诉群众：有答复',
    outside: '您说的事（编号 {number}）有新答复，凭编号和查询码在 {site} 看。',
  },
  'resident.resolved': {
    title: '告诉群众：办结，请认可',
    outside: '您说的事（编号 {number}）单位说办好了。办没办好您说了算：凭编号和查询码在 {site} 点一下。',
  },
  'resident.closed': {
    title: '告诉群众：已销号',
    outside: '您说的事（编号 {number}）已按您的回访结果销号。又不行了，凭编号和查询码可以重开。',
  },
} as const satisfies Readonly<Record<string, NoticeKind>>;

export type NoticeKindName = keyof typeof noticeKinds;
export const kindOf = (name: NoticeKindName): NoticeKind => noticeKinds[name];
export const isKind = (name: string): name is NoticeKindName => Object.hasOwn(noticeKinds, name);
