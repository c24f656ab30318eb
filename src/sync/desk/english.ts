import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  手机和救急文件: 'Phones and rescue files',
  '干部的手机为了下乡没网时能用，存着住户资料。手机丢了、换人了，在这里锁定：它一联网就清除。':
    'Officials’ phones keep files so that they work without a network. When one is lost or changes hands, lock it here: the moment it has a network it clears them.',
  等升级的: 'Waiting for an upgrade',
  '没有等升级的。': 'Nothing waits for an upgrade.',
  '有的手机比服务器先升级，写了服务器还认不得的，就整件存在这里，服务器升级以后自己办。':
    'Where a phone is newer than the server, what it says that the server does not know yet is kept here whole, and decided by itself after the upgrade.',
  '没有在等的了，下面是升级以后办过的。': 'Nothing waits any more; below stands what was decided after an upgrade.',
  '有 {n} 件在等：手机已经用到第 {words} 版，服务器还是第 {known} 版。请升级服务器，升级以后自己办，不用再写。':
    '{n} wait: phones are at version {words}, the server still at {known}. Upgrade the server; they are decided by themselves then, and nobody writes them again.',
  写的是: 'What it is',
  哪天写的: 'Written',
  手机的版本: 'Phone at',
  从什么时候等起: 'Waiting since',
  '新的一种（{kind}）': 'a new kind ({kind})',
  '第 {words} 版': 'version {words}',
  在等升级: 'waiting for the upgrade',
  升级以后办了: 'done after the upgrade',
  '没有受理：{why}': 'not accepted: {why}',
  '他还没看到。': 'Not seen by the writer yet.',
  '他{when}看到了。': 'Seen by the writer {when}.',
  '写的内容已经删了。': ' What was written is erased.',
  收救急文件: 'Take in a rescue file',
  '手机一直没网，可以把没传完的导出成文件带来。谁来收都行，记在手机主人名下；收两次只算一次。':
    'A phone without a network can export what it has not sent. Anyone may take the file in; it counts as its owner’s, and twice counts once.',
  选文件: 'Choose a file',
  正在收: 'Taking in',
  '{name}的 {n} 件：受理 {accepted} 件，没有受理 {refused} 件。': '{n} of {name}: {accepted} accepted, {refused} not.',
  '没有受理的，在他手机上能看到原因。': 'Why the others were not stands on their phone.',
  '{n} 件因为手机时间被改过，按手机显示的日子记，请他核对。':
    '{n} stand on the day the phone showed, for its time was changed: please have them checked.',
  '这个文件不是手机导出的救急文件。': 'This is not a rescue file of a phone.',
  存了住户资料的手机: 'Phones that keep files',
  '还没有手机存过住户资料。干部在手机上打开民情，登录以后这里就有了。':
    'No phone keeps files yet. Once an official opens the room on a phone and signs in, it stands here.',
  干部: 'Official',
  手机: 'Phone',
  存了几户: 'Households',
  没传完: 'Not sent',
  上次联网: 'Last contact',
  状态: 'State',
  在用: 'in use',
  '已锁定，等它联网': 'locked, waiting for its contact',
  '已锁定，资料已清除': 'locked, files cleared',
  锁定并清除: 'Lock and clear',
  '锁定{name}的这部手机，清除上面的住户资料': 'Lock this phone of {name} and clear the files on it',
  '锁定{name}的这部手机，没传完的 {n} 件也一起清除':
    'Lock this phone of {name}; the {n} things it has not sent are cleared as well',
  '锁了。它一联网，住户资料就会清除。': 'Locked. Its files go at the next contact.',
  '锁了。它还有 {n} 件没传完的，也会一起清除。': 'Locked. {n} things it has not sent go as well.',
});
