import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { policyRoutes } from '../api.ts';

type Policies = AnswerOf<ReturnType<typeof policyRoutes>['GET /api/policies']>;

export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: () => ask<Policies>('GET /api/policies') });

export const useDocument = <T,>(name: string) =>
  useQuery({
    queryKey: ['policy', name],
    queryFn: () => ask<{ name: string; title: string; document: T }>('GET /api/policies/:name', { params: { name } }),
  });

/** Publishes a document as a new version; the ones before it stay and can be read. */
export function usePublish(name: string): (document: unknown, said: Record<string, unknown>) => Promise<void> {
  const queries = useQueryClient();
  return async (document, said) => {
    await ask('POST /api/policies/:name/publish', { params: { name }, body: { document, ...said, command: newId() } });
    await Promise.all([queries.invalidateQueries({ queryKey: ['policy', name] }), queries.invalidateQueries({ queryKey: ['policies'] })]);
  };
}
