import type { AnswerOf } from '../../contract/route.ts';
import type { routingRoutes } from '../api.ts';
import { t } from './english.ts';

export type Catalogue = AnswerOf<(typeof routingRoutes)['GET /api/routing']>;
export type BouncesOf = AnswerOf<(typeof routingRoutes)['GET /api/routing/bounces']>;

export const levels: Readonly<Record<string, string>> = { county: t('县级'), township: t('乡镇'), village: t('村') };
