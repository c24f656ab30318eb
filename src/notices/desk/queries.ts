import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { noticeRoutes } from '../api.ts';

type Answers = { readonly [K in keyof typeof noticeRoutes]: AnswerOf<(typeof noticeRoutes)[K]> };
export type Notice = Answers['GET /api/notices']['notices'][number];
export type Choice = Answers['GET /api/notices/choice'];
export type WayOut = Answers['GET /api/notices/ways'][number];

const MINUTE = 60_000;

/** How many notices are not read; 0 while that is unknown. Asked again each minute. */
export const useUnread = (): number =>
  useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => ask<{ unread: number }>('GET /api/notices/unread', { signal }),
    refetchInterval: MINUTE,
    retry: false,
  }).data?.unread ?? 0;

export const useNotices = () =>
  useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam, signal }) =>
      ask<Answers['GET /api/notices']>('GET /api/notices', {
        query: pageParam === undefined ? {} : { before: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: MINUTE,
  });

/** Marks notices as read, all of them without ids. */
export function useRead(): (ids?: readonly string[]) => Promise<void> {
  const queries = useQueryClient();
  return async (ids) => {
    await ask('POST /api/notices/read', { body: ids === undefined ? {} : { ids } });
    await queries.invalidateQueries({ queryKey: ['notices'] });
  };
}

export const useChoice = () =>
  useQuery({ queryKey: ['notices', 'choice'], queryFn: () => ask<Choice>('GET /api/notices/choice') });
