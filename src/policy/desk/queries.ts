import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { dayAt } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { policyRoutes } from '../api.ts';

type Policies = AnswerOf<ReturnType<typeof policyRoutes>['GET /api/policies']>;

export const usePolicies = () =>
  useQuery({ queryKey: ['policies'], queryFn: () => ask<Policies>('GET /api/policies') });

export const useDocument = <T>(name: string) =>
  useQuery({
    queryKey: ['policy', name],
    queryFn: () => ask<{ name: string; title: string; document: T }>('GET /api/policies/:name', { params: { name } }),
  });

/** The server goes on with what it has read for two seconds; after that everything that shows a rule is read again. */
const HELD_MS = 2_200;

/** Publishes a document as a new version; the ones before it stay and can be read. */
export function usePublish(name: string): (document: unknown, said: Record<string, unknown>) => Promise<void> {
  const queries = useQueryClient();
  return async (document, said) => {
    await ask('POST /api/policies/:name/publish', { params: { name }, body: { document, ...said, command: newId() } });
    // What holds from today is shown at once, not as the server had it in mind.
    if (typeof said['validFrom'] === 'string' && said['validFrom'] <= dayAt(Date.now()))
      queries.setQueryData(['policy', name], (held: object | undefined) => held && { ...held, document });
    const readAgain = (...keys: readonly string[][]) =>
      Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    await readAgain(['policies'], ['matter']);
    setTimeout(() => void readAgain(['policy', name], ['policies'], ['matter']), HELD_MS);
  };
}
