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
});
