import { sayingBy } from '../../app/ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  // file
  家里的人: 'Who lives here',
  '联系人 {name}': 'Contact: {name}',
  '{n} 岁': '{n} years',
  '、': ', ',
  '您看了这一户的情况，已经记录；群众可以问谁看过。':
    'That you looked at this household is recorded; they may ask who did.',
  // find
  找哪一家: 'Which household',
  '名字、拼音首字母或门牌': 'Name, pinyin initials or door number',
  '{head}家': '{head}’s home',
  '没有找到“{q}”。换一个字，或者只打拼音首字母，比如 cxy。':
    '“{q}” was not found. Try another character, or pinyin initials like cxy.',
  '还有更多，再打一个字。': 'There are more; type one more character.',
  // phones
  打电话: 'Call',
  没留电话: 'no telephone',
  关上: 'Close',
  '打完了，记一笔': 'Called: write a note',
});
