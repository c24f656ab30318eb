import { t } from './english.ts';
import type { FindingSort } from './model.ts';

/** The kinds of findings by name, for screens and papers; apart from the model so that no screen carries its schemas. */
export const sorts: readonly (readonly [FindingSort, string])[] = [
  ['policy', t('政策执行')],
  ['practice', t('好做法')],
  ['problem', t('问题')],
];

export const UNSORTED = t('没有分类');

export const saySort = (sort: FindingSort | null): string => sorts.find(([one]) => one === sort)?.[1] ?? UNSORTED;
