import type { AnswerOf } from '../../contract/route.ts';
import type { disputeRoutes } from '../api.ts';

type Routes = typeof disputeRoutes;
export type List = AnswerOf<Routes['GET /api/disputes']>;
export type Whole = AnswerOf<Routes['GET /api/disputes/:id']>;
export type Figures = AnswerOf<Routes['GET /api/disputes/figures']>;
export type Links = AnswerOf<Routes['GET /api/disputes/:id/link']>;
export type Mine = AnswerOf<Routes['GET /api/sweeps/mine']>;
export type Coverage = AnswerOf<Routes['GET /api/sweeps']>;
export type Mediators = AnswerOf<Routes['GET /api/mediators']>;
