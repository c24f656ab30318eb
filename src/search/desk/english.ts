import { sayingBy } from '../../app/ui/say.ts';

/** What these screens say, in English, by the Chinese. */
export const t = sayingBy({
  // find
  诉求: 'Matters',
  居民: 'Residents',
  干部: 'Officials',
  地方: 'Place',
  单位: 'Unit',
  编号: 'number',
  拼音: 'pinyin',
  同音: 'sounds alike',
  部分相同: 'in part',
  首字母: 'initials',
  代码: 'code',
  电话: 'telephone',
  // search
  '搜索诉求、居民、干部、地方和单位，按斜杠键跳到这里':
    'Search matters, residents, officials, places and units; the slash key leads here',
  '搜索  /': 'Search  /',
  '您要找的是不是：': 'Did you mean: ',
  '没有找到“{q}”。可以换个说法，或者用编号、姓名、拼音试试。':
    '“{q}” was not found. Try other words, a number, a name or pinyin.',
  找到的: 'Found',
  '在诉求台账里看全部　': 'See all in the list ',
  搜索: 'Search',
});
