import type { AnswerOf } from '../../contract/route.ts';
import type { studyRoutes } from '../api.ts';
import type { FindingSort, MeasureState } from '../model.ts';
import { UNSORTED, sorts } from '../sorts.ts';
import { t } from './english.ts';

type Routes = typeof studyRoutes;
export type List = AnswerOf<Routes['GET /api/studies']>;
export type Whole = AnswerOf<Routes['GET /api/studies/:id']>;
export type Findings = AnswerOf<Routes['GET /api/studies/findings']>;
export type Figures = AnswerOf<Routes['GET /api/studies/figures']>;

// The same words as in model.ts, kept apart so that the screens do not carry the schemas with them.
export const states: Readonly<Record<MeasureState, string>> = {
  proposed: t('等单位答复'),
  'taken-up': t('在办'),
  done: t('已落实'),
  'not-taken': t('没有采纳'),
};

/** How many of each kind, in words; kinds nothing was found of are left out. */
export const sayFound = (found: Partial<Record<FindingSort | 'unsorted', number>>): string =>
  [...sorts, ['unsorted', UNSORTED] as const]
    .flatMap(([sort, name]) => (found[sort] === undefined ? [] : [t('{name} {n}', { name, n: found[sort] })]))
    .join(t('，'));
