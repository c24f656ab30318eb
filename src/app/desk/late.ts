import { useQuery } from '@tanstack/react-query';
import { call } from '../ui/client.ts';

const MINUTE = 60_000;

/** How many matters of mine are over their date; 0 while unknown or when I have none. Read again each minute. */
export function useLate(enabled: boolean): number {
  const { data } = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => call('GET /api/today', { signal }),
    refetchInterval: MINUTE,
    enabled,
  });
  return data?.groups.find((group) => group.key === 'late')?.total ?? 0;
}
