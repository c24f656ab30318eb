import type { AnswerOf } from '../../contract/route.ts';
import type { hallRoutes } from '../hall/api.ts';
import { t } from './english.ts';

type Routes = typeof hallRoutes;
export type Desks = AnswerOf<Routes['GET /api/hall-desks']>;
export type DeskLine = Desks['rows'][number];
export type DeskPage = AnswerOf<Routes['GET /api/hall-desks/:id']>;
export type TicketPage = AnswerOf<Routes['GET /api/tickets/:id']>;
export type HallFigures = AnswerOf<Routes['GET /api/tickets/figures']>;

/** A queue moves while one looks at it. */
export const QUEUE_MS = 3_000;

export const weekdayNames = [t('周一'), t('周二'), t('周三'), t('周四'), t('周五'), t('周六'), t('周日')];

/** 每天 08:30–17:30, 周一 08:30–17:30 */
export const sayKept = (desk: {
  readonly form: string;
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
}): string =>
  t('{days} {from}–{to}', {
    days: desk.form === 'permanent' ? t('每个工作日') : desk.weekdays.map((d) => weekdayNames[d - 1]).join('、'),
    from: desk.from,
    to: desk.to,
  });
