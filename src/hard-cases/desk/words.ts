import type { AnswerOf } from '../../contract/route.ts';
import type { hardCaseRoutes } from '../api.ts';

type Routes = typeof hardCaseRoutes;
export type Cases = AnswerOf<Routes['GET /api/hard-cases']>;
export type Case = AnswerOf<Routes['GET /api/hard-cases/:id']>;
export type Leaders = AnswerOf<Routes['GET /api/hard-cases/leaders']>;
export type Ages = AnswerOf<Routes['GET /api/backlog']>;
export type Campaigns = AnswerOf<Routes['GET /api/backlogs']>;
export type Bulletin = AnswerOf<Routes['GET /api/backlogs/:id']>;
export type Records = AnswerOf<Routes['GET /api/backlogs/:id/records']>;
