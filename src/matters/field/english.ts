import { sayingBy } from '../../app/ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  // answers
  要延期: 'extension',
  办理结果: 'the result',
  暂时办不了的原因: 'why it cannot be done for now',
  已经往上报了: 'it was handed up',
  '政策变了，重新办': 'the policy changed, it is taken up again',
  // matter
  一件事: 'A matter',
  '，{text}': ', {text}',
  为什么是这个日子: 'Why this day',
  怎么答复的: 'What was answered',
  经过: 'Story',
  看这一家: 'See the household',
  上门说了: 'Told at the door',
  打电话说了: 'Told by telephone',
  发短信说了: 'Sent a text message',
  说这件事的人: 'whoever raised it',
  '告诉{name}：{what}': 'Tell {name}: {what}',
  '记下了：已经告诉。': 'Noted: told.',
  '存在本机了，有信号就传。': 'Kept on this phone; sent once there is a signal.',
  '去告诉{name}：{what}': 'Go and tell {name}: {what}',
  '。{text}': '. {text}',
  // matters
  事: 'Matters',
  谁的事: 'Whose',
  村里的: 'The village’s',
  我记的: 'Mine',
  '我记的事都办完了。': 'All the matters you noted are done.',
  '村里没有正在办的事。': 'No open matters in the villages.',
  '走访时记下“要办的事”，会在这里看到办到哪一步。':
    'Note “something to be done” on a visit, and this shows how far it has got.',
  等我去说一声的: 'To be told by me',
  正在办的: 'Being handled',
  '只列出最急的 {SIZE} 件，其余在电脑上看。': 'Only the {SIZE} most urgent are listed; see the others on a computer.',
  // of-household
  正在给他们办的: 'Being handled for them',
  // row
  转给了哪个单位: 'which unit it went to',
  '要去告诉一声：{toTell}': 'To tell: {toTell}',
  '、': ', ',
});
