import { sayingBy } from '../language/saying.ts';

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
  '、': ', ',
  '，': ', ',
});
