import type { AnswerOf } from '../../contract/route.ts';
import type { receptionDayRoutes, rotaRoutes } from '../api.ts';
import { t } from './english.ts';

export type List = AnswerOf<(typeof receptionDayRoutes)['GET /api/reception-days']>;
export type Line = List['rows'][number];
export type Whole = AnswerOf<(typeof receptionDayRoutes)['GET /api/reception-days/:id']>;
export type Figures = AnswerOf<(typeof receptionDayRoutes)['GET /api/reception-days/figures']>;
export type Figure = Figures['rows'][number];
export type Records = AnswerOf<(typeof receptionDayRoutes)['GET /api/reception-days/figures/records']>;
export type Rotas = AnswerOf<(typeof rotaRoutes)['GET /api/rotas']>;
export type RotaPage = AnswerOf<(typeof rotaRoutes)['GET /api/rotas/:id']>;

export const outcomes: Readonly<Record<Line['outcome'], string>> = {
  coming: t('还没到'),
  now: t('正在接访'),
  held: t('接了'),
  nobody: t('没有人到场'),
  cancelled: t('取消了'),
};

export const clashes: Readonly<Record<RotaPage['entries'][number]['clashes'][number], string>> = {
  past: t('已经过了'),
  soon: t('来不及提前公布'),
  leave: t('那天请假'),
  double: t('一天排了两处'),
  crowded: t('那天人多'),
  'day-off': t('休息日'),
  retired: t('不在岗'),
};

/** What a figure counts, as the heading of its records. */
export const whats: Readonly<Record<Records['what'], string>> = {
  held: t('本人接的'),
  substituted: t('别人代的'),
  nobody: t('没有人到场的'),
  cancelled: t('取消的'),
  batches: t('接待的人'),
  taken: t('收下的新事'),
  answered: t('单位答复了的'),
  confirmed: t('群众认可的'),
  promises: t('答应过的'),
  due: t('答应的日子到了的'),
  kept: t('兑现了的'),
};
