import type { AnswerOf } from '../../contract/route.ts';
import type { orderRoutes } from '../api.ts';
import type { Finding, OrderForm } from '../model.ts';
import { t } from './english.ts';

type Routes = typeof orderRoutes;
export type List = AnswerOf<Routes['GET /api/orders']>;
export type Whole = AnswerOf<Routes['GET /api/orders/:id']>;
export type FiguresOf = AnswerOf<Routes['GET /api/orders/figures']>;
export type Check = AnswerOf<Routes['GET /api/orders/check']>;
export type Months = AnswerOf<Routes['GET /api/bulletins']>;
export type BulletinOf = AnswerOf<Routes['GET /api/bulletins/:month']>;

export const forms: Record<OrderForm, string> = {
  instruction: t('批示'),
  assignment: t('交办'),
  supervision: t('督办'),
};
export const findings: Record<Finding, string> = {
  'on-track': t('正常推进'),
  slow: t('进度慢'),
  stalled: t('没有进展'),
};
export const statuses: Record<Whole['status'], string> = {
  open: t('在办'),
  reported: t('已报结果，等认定'),
  done: t('办结'),
  withdrawn: t('撤回'),
};
export const share = (part: number, of: number): string => (of === 0 ? '—' : `${Math.round((100 * part) / of)}%`);
