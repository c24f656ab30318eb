import { sayingBy } from '../ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  // household-page
  住户: 'Household',
  '没有找到这一家。': 'This household was not found.',
  '可能已经搬走，或者不归您联系。': 'It may have moved away, or it is not yours to visit.',
  回到今天: 'Back to today',
  '{head}家': '{head}’s home',
  记一笔: 'Write a note',
  // me-page
  我的: 'Me',
  '联系：{villages}': 'Contact for: {villages}',
  '、': ', ',
  随身: 'At hand',
  我的联系卡: 'My contact card',
  给群众扫: 'to be scanned',
  没有传完的: 'Not sent yet',
  都传完了: 'all sent',
  '{waiting} 件': '{waiting}',
  怎么看: 'Display',
  大字: 'Large',
  深色: 'Dark',
  '那台设备已经退出。': 'That device is signed out.',
  在哪里登录着: 'Signed in on',
  这台手机: 'This phone',
  正在用: 'in use',
  退出: 'Sign out',
  退出登录: 'Sign out',
  '还有 {waiting} 件没有传完，传完才能退出。': '{waiting} not sent yet; sign out once they are.',
  '退出后，这台手机上存的草稿会一并删除。': 'Signing out also removes the drafts on this phone.',
  联系卡二维码: 'QR code of the contact card',
  '扫一扫，有事直接说给我。': 'Scan this to write to me. ',
  // outbox
  已存本机: 'Kept here',
  已上传: 'Sent',
  已受理: 'Accepted',
  被退回: 'Returned',
  '手机存不下了，请不要关掉这一页，到有信号的地方先传完。':
    'The phone is full. Do not close this page; find a signal and let it send first.',
  // parts
  '{title} · 民情': '{title} · Minqing',
  返回: 'Back',
  '{refused} 件被退回': '{refused} returned',
  '{n} 件存在本机': '{n} kept on this phone',
  // room
  跳到正文: 'Skip to the text',
  没有这一页: 'There is no such page',
  '地址不对，或者这一页已经搬走。': 'The address is wrong, or the page has moved.',
  今天: 'Today',
  日记: 'Diary',
  事: 'Matters',
  主要页面: 'Main pages',
  // unsent-page
  '都传完了。': 'All sent.',
  '没有信号时记下的，会先存在这里，有信号了自动上传。':
    'What you write without a signal is kept here and sent once there is one.',
  刚刚传完的: 'Just sent',
  现在就传: 'Send now',
  正在上传: 'Sending',
  '，等信号': ', waiting for a signal',
  '，还没有回音，会再传': ', no answer yet, will be sent again',
  改一改再交: 'Mend and send',
  不要了: 'Discard',
  // write-page
  '记一笔：哪一家？': 'A note: which household?',
  换一家: 'Another household',
  这一: 'this',
  // me-page
  我的任务: 'My duties',
  '还差什么、什么时候': 'What is missing, and when',
  我的活动: 'My campaigns',
  '队里、组里还要做什么': 'What team and group have to do',
});
