import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { outreachRoutes } from '../api.ts';
import { t } from './english.ts';

type Routes = typeof outreachRoutes;
type List = AnswerOf<Routes['GET /api/outreaches']>;
export type Line = List['rows'][number];
export type Whole = AnswerOf<Routes['GET /api/outreaches/:id']>;

export const forms: Readonly<Record<string, string>> = {
  reception: t('现场接访'),
  case: t('带案下访'),
  concentrated: t('集中下访'),
};

export const useMine = () =>
  useQuery({
    queryKey: ['outreaches', 'mine'],
    queryFn: ({ signal }) => ask<List>('GET /api/outreaches', { query: { mine: '1' }, signal }),
  });

export const useOutreach = (id: string) =>
  useQuery({
    queryKey: ['outreach', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/outreaches/:id', { params: { id }, signal }),
  });
