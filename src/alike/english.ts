import { namingBy, sayingBy } from '../language/saying.ts';
import { statusNames } from '../matters/model.ts';

/** Where a matter stands, in the language of the moment. */
export const statusSaid = namingBy(statusNames, {
  registered: 'to dispatch',
  dispatched: 'to acknowledge',
  handling: 'in hand',
  deferred: 'waits for conditions',
  resolved: 'resolved, awaits the resident',
  reviewing: 'under review',
  closed: 'closed',
});

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
  '都说到“{name}”': 'both name “{name}”',
  同一网格: 'the same grid',
  同一个村: 'the same village',
  同一天: 'the same day',
  同一周: 'the same week',
  同一个月: 'the same month',
  '相隔 {n} 天': '{n} {n|day|days} apart',
  同一家反映: 'from the same household',
  同一类: 'the same category',
  '同样的话：{words}': 'the same words: {words}',
  '（内容已按规定删除）': '(removed, as the rules require)',
  '已有人反映过同样的事。您照样可以说：多一个人说，就多一分分量，也单独给您一个编号。':
    'Others have raised the same. Please say it all the same: each voice counts, and you get a number of your own.',
  '已有人反映过同样的事，{name}在办。您照样可以说：多一个人说，就多一分分量，也单独给您一个编号。':
    'Others have raised the same; {name} is on it. Please say it all the same: each voice counts, and you get a number of your own.',
  '、': ', ',
  '，': ', ',
});
