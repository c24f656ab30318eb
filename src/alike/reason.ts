import { t } from './english.ts';
import type { Reasons } from './score.ts';

/**
 * Why two matters look alike, in a sentence: 都说到“柳河闸口”，同一周，同样的话：堵了、浇不上.
 * @param quote whether words of the other matter may be shown: never to another resident
 */
export function sayReasons(reasons: Reasons, quote = true): string {
  const { place, days, samePerson, sameCategory, names, phrases } = reasons;
  const [name] = names;
  const parts: string[] = [];
  if (quote && name !== undefined) parts.push(t('都说到“{name}”', { name }));
  if (place === 'grid') parts.push(t('同一网格'));
  else if (place === 'village') parts.push(t('同一个村'));
  parts.push(
    days < 1 ? t('同一天') : days <= 7 ? t('同一周') : days <= 31 ? t('同一个月') : t('相隔 {n} 天', { n: days }),
  );
  if (samePerson) parts.push(t('同一家反映'));
  if (sameCategory) parts.push(t('同一类'));
  if (quote && phrases.length > 0) parts.push(t('同样的话：{words}', { words: phrases.join(t('、')) }));
  return parts.join(t('，'));
}
