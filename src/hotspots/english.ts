import { namingBy, sayingBy } from '../language/saying.ts';
import { hotspotStatusNames, outcomeNames } from './model.ts';

export const statusSaid = namingBy(hotspotStatusNames, {
  raised: 'find the cause',
  explained: 'decide a measure',
  fixing: 'being mended',
  fixed: 'ask everyone',
  settled: 'everyone asked, it holds',
  dropped: 'no hot spot',
});
export const outcomeSaid = namingBy(outcomeNames, { holds: 'it holds', not: 'not yet', unreached: 'not reached' });

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
  '（内容已按规定删除）': '(removed, as the rules require)',
});
