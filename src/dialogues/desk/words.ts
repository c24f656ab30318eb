import type { AnswerOf } from '../../contract/route.ts';
import type { dialogueRoutes } from '../api.ts';
import type { Hidden } from '../model.ts';
import { t } from './english.ts';

type Routes = typeof dialogueRoutes;
export type List = AnswerOf<Routes['GET /api/dialogues']>;
export type Line = List['rows'][number];
export type Whole = AnswerOf<Routes['GET /api/dialogues/:id']>;
export type Asked = Whole['questions'][number];

export const forms: Readonly<Record<Line['form'], string>> = { hotline: t('阳光热线'), online: t('网上对话') };
export const statuses: Readonly<Record<Line['status'], string>> = {
  announced: t('公布了，可以提问'),
  live: t('正在答'),
  closed: t('答完了，记录还没公布'),
  published: t('记录公布了'),
  cancelled: t('取消了'),
};
export const hiddens: Readonly<Record<Hidden, string>> = {
  personal: t('有个人信息，转给单位'),
  duplicate: t('和别的问题一样'),
  names: t('说到具体的人，转给单位'),
  insult: t('有骂人的话'),
  empty: t('没写清问什么'),
};
