import type { AnswerOf } from '../../contract/route.ts';
import type { premiseRoutes } from '../api.ts';
import { t } from './english.ts';

type Routes = typeof premiseRoutes;
export type Coverage = AnswerOf<Routes['GET /api/premises/coverage']>;
export type One = AnswerOf<Routes['GET /api/premises/coverage/:list']>;
export type Place = AnswerOf<Routes['GET /api/premises/:area']>;

export const states: Readonly<Record<string, string>> = { there: t('有'), partly: t('不全'), missing: t('没有') };
export const stateOf = (state: string | null): string => (state === null ? t('还没看') : states[state]!);

export const sure: Readonly<Record<string, string>> = {
  A: t('文件原文'),
  B: t('按常见做法补全'),
  C: t('请县里核对'),
};
