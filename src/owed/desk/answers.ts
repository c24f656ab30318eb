import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { owedRoutes } from '../api.ts';

export type Owing = AnswerOf<(typeof owedRoutes)['GET /api/owed']>;
export type OwedLine = Owing['rows'][number];

const MINUTE = 60_000;

/** What I owe by a day, read again each minute. */
export const useOwed = (enabled = true) =>
  useQuery({
    queryKey: ['owed'],
    queryFn: ({ signal }) => ask<Owing>('GET /api/owed', { signal }),
    refetchInterval: MINUTE,
    retry: false,
    enabled,
  });
