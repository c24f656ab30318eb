import { useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../../contract/route.ts';
import type { matterRoutes } from '../../matters/api.ts';
import { useOwed } from '../../owed/desk/answers.ts';
import { ask } from '../ui/ask.ts';

const MINUTE = 60_000;

/** How many matters and other debts of mine are over their date; 0 while unknown or when I have none. Read again each minute. */
export function useLate(enabled: boolean): number {
  const { data } = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => ask<AnswerOf<(typeof matterRoutes)['GET /api/today']>>('GET /api/today', { signal }),
    refetchInterval: MINUTE,
    enabled,
  });
  const { data: owed } = useOwed(enabled);
  return (data?.groups.find((group) => group.key === 'late')?.total ?? 0) + (owed?.late ?? 0);
}
