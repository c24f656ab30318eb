import type { AnswerOf } from '../../contract/route.ts';
import type { outreachRoutes } from '../api.ts';
import { t } from './english.ts';

type Routes = typeof outreachRoutes;
export type List = AnswerOf<Routes['GET /api/outreaches']>;
export type Line = List['rows'][number];
export type Whole = AnswerOf<Routes['GET /api/outreaches/:id']>;
export type Figures = AnswerOf<Routes['GET /api/outreaches/figures']>;

export const forms: Readonly<Record<string, string>> = {
  reception: t('现场接访'),
  case: t('带案下访'),
  concentrated: t('集中下访'),
};

/** How it stands, in a word; one whose day is over and that nobody wrote up says so. */
export const stands = ({ status, day }: Pick<Line, 'status' | 'day'>, today: string): string =>
  status === 'held' ? t('已去过') : status === 'cancelled' ? t('已取消') : day < today ? t('没写结果') : t('已安排');
