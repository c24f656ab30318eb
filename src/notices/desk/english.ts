import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  // notices
  通知: 'Notices',
  都看过了: 'All read',
  怎么通知我: 'How I am told',
  更早的: 'Earlier',
  还没有通知: 'No notices yet',
  '派给您的事、快到期的事、群众的回话，都会写在这里。':
    'What is sent to you, what is due soon and what residents answer is written here.',
  '（已不归您办）': '(no longer yours)',
  没看过: 'not read',
  // choice
  工作邮箱: 'Work mail address',
  不填就只在系统里通知: 'leave it empty to be told in the system only',
  什么时候发: 'When',
  每个工作日早上一封: 'one letter each working morning',
  有一条发一封: 'one letter for each notice',
  记下怎么通知我: 'Save how I am told',
  '只写编号和办到哪一步，不写群众姓名和内容。快到期、超期的马上发，夜里和休息日不打扰。':
    'It says the number and how far it got, no names and no content. What is due or overdue is sent at once, never at night.',
  '这里还没有设置发邮件，填了也先只在系统里通知。':
    'No mail is set up here yet: until it is, you are told in the system only.',
  '记下了。': 'Saved.',
  // ways
  系统: 'System',
  怎么发出去: 'Way',
  等着发: 'Waiting',
  已发出: 'Sent',
  没送到: 'Failed',
  最近的原因: 'Last reason',
  没有设置: 'not set up',
  '通知从这里出去。邮件和短信只写编号和办到哪一步；没发出去的会自动再发，越隔越久。':
    'Notices leave from here. Mail and text messages say the number and how far it got; what did not go is sent again by itself, later each time.',
  '要发邮件，在服务器上设 SMTP_URL 和 MAIL_FROM；要发短信，设 SMS_FOLDER=yes，再让短信网关来取。':
    'For mail, set SMTP_URL and MAIL_FROM on the server; for text messages, set SMS_FOLDER=yes and let the gateway fetch them.',
  没送到的邮件再发一遍: 'Send the failed letters again',
  '{n} 封重新排上了。': '{n} {n|letter is|letters are} queued again.',
  什么时候能发: 'When may be sent',
  说什么: 'What is said',
  到期提醒: 'Reminders',
  // hours
  给群众的短信: 'Texts to residents',
  '其余时间不打扰，等到能发的时候再发': 'nobody is disturbed at other times; what is due then waits',
  给工作人员的邮件: 'Mail to officials',
  '派单、答复这些': 'dispatches, answers and the like',
  给工作人员的急件: 'Urgent mail to officials',
  '快到期、超期的': 'due soon or overdue',
  全部规则: 'All rules',
  '这些时间以外的先等着，到了能发的时候自动发。系统里的通知不分时候，看到就是看到。':
    'What is due at other times waits and goes by itself when it may. Notices inside the system know no hours.',
  怎么发: 'How',
  '群众留了电话的，有进展发短信': 'Text residents who left a telephone when something moves',
  工作人员也发短信: 'Text officials too',
  '每天汇总的一封，工作日': 'The daily digest, on working days at',
  发: ' ',
  没送到的最多再发: 'Try again at most',
  次: 'times',
  看过的通知留: 'Keep read notices',
  天: 'days',
  发什么: 'What',
  几点以后: 'Not before',
  几点以前: 'Not after',
  发布为新版: 'Publish as a new version',
  恢复原样: 'Put back',
  哪些天: 'Days',
  每天: 'every day',
  工作日: 'working days',
});
