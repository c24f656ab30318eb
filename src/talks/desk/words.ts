import type { AnswerOf } from '../../contract/route.ts';
import type { talkRoutes } from '../api.ts';
import type { Way } from '../model.ts';
import { t } from './english.ts';

type Routes = typeof talkRoutes;
export type Library = AnswerOf<Routes['GET /api/guides']>;
export type Guide = AnswerOf<Routes['GET /api/guides/:id']>;
export type Reach = AnswerOf<Routes['GET /api/guides/:id/reach']>;
export type List = AnswerOf<Routes['GET /api/talks']>;
export type Whole = AnswerOf<Routes['GET /api/talks/:id']>;

export const ways: Readonly<Record<Way, string>> = {
  meeting: t('开会讲'),
  group: t('院坝、小组讲'),
  market: t('赶场、下乡活动'),
  media: t('广播、微信群'),
};

export const states: Readonly<Record<string, string>> = {
  'in-force': t('现行'),
  coming: t('还没生效'),
  over: t('已失效'),
  withdrawn: t('已下架'),
};
