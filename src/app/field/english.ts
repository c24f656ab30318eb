import { sayingBy } from '../ui/say.ts';

export const t = sayingBy({
  '正在把住户资料存到手机：{done}/{of} 户': 'Saving files to this phone: {done} of {of} households',
  没有网络: 'No network',
  正在核对: 'Checking with the server',
  '{when}对过': 'checked {when}',
  '{n} 件被退回': '{n} came back',
  都传完了: 'everything is sent',
  '{n} 件存在本机': '{n} kept on this phone',
  '手机存不下了，请不要关掉这一页，到有网的地方先传完。':
    'The phone is full. Do not close this page; go where there is a network and send first.',
  '这台设备不能离线保存，请在有网的地方用。':
    'This device cannot keep things offline; use it where there is a network.',
  '太久没有联网，手机上的住户资料已清除；没传完的还在。':
    'Too long without contact: the files were removed from this phone; what was not sent is still here.',
  '户数太多，手机上只存您自己联系的。': 'Too many households: only those you answer for are kept here.',
  '手机上存了 {n} 户，偏多，可能会慢。': '{n} households are kept here: many, it may be slow.',
  '新版本，点一下更新': 'New version: touch to update',
  没有传完的: 'Not sent yet',
  '都传完了。': 'Everything is sent.',
  '没有信号时记下的，会先存在这里，有信号了自动上传。':
    'What is written without a signal is kept here and goes up by itself when there is one.',
  刚刚传完的: 'Just sent',
  现在就传: 'Send now',
  再试一次上传: 'Try to send again',
  正在上传: 'sending',
  '，等前面被退回的那一件先处理': ', waits until the one before it that came back is decided',
  '，等信号': ', waiting for a signal',
  '，还没有回音，会再传': ', no answer yet, will be sent again',
  改一改再交: 'Mend and send',
  照原样再交: 'Send again as it is',
  不要了: 'Let go of it',
  导出救急文件: 'Export a rescue file',
  现在登记的: 'On record now',
  '有网时才看得到。': 'Can be seen when there is a network.',
  您写的: 'What you wrote',
  改成我写的: 'Change it to mine',
  留着现在的: 'Keep what is there',
  '这台手机还没有跟服务器对过，导不出来。连一次网就可以。':
    'This phone has not met the server yet, so nothing can be exported. One contact is enough.',
  '导出好了。这里的先别删，等传上去了它们会自己消失。':
    'Exported. Do not delete anything here; it leaves by itself once it has gone up.',
  '一直没有网，或者手机要坏了': 'No network for days, or the phone is failing',
  '把没传完的导出成一个文件，用数据线或者别的手机带到办公室，在电脑“手机和救急文件”页里收进去。文件加了密，只有服务器打得开；收两次也只算一次。':
    'Put what is not sent into a file, carry it to the office by cable or another phone, and take it in on the page “Phones and rescue files” at the desk. It is encrypted, only the server can open it, and taking it in twice counts once.',
  存了住户资料的手机: 'Phones that keep files',
  这台手机: 'This phone',
  '{n} 户，{when}对过': '{n} households, checked {when}',
  '已锁定，{what}': 'locked, {what}',
  资料已清除: 'the files are gone',
  下次联网就清除: 'cleared at its next contact',
  锁定并清除: 'Lock and clear',
  '锁了。那台手机一联网，住户资料就会清除。': 'Locked. The moment that phone has a network, its files are removed.',
  '锁了。那台手机上还有 {n} 件没传完的，也会一起清除。':
    'Locked. {n} things on that phone were not sent and go with it.',
  '浏览器答应不自动清理这些资料。': 'The browser has promised not to clear these files by itself.',
  '浏览器没有答应一直留着这些资料；把这一页添加到桌面，就不容易被清掉。':
    'The browser has not promised to keep these files; add this page to the home screen and they are safer.',
  '手机时间差了 {what}，已按服务器的时间记。': 'The clock of this phone is off by {what}; the server’s time is used.',
  '{n} 天': '{n} days',
  '{n} 小时': '{n} hours',
  '{n} 分钟': '{n} minutes',
  '服务器恢复过备份，已受理的正在重新核对。':
    'The server was restored from a backup; what was accepted is being checked again.',
});
