import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';

type Of = 'teams' | 'members' | 'campaigns';
interface Verdict {
  readonly told?: { readonly undo?: { readonly kind: string } & Readonly<Record<string, unknown>> };
}

/** Gives a command, says so, and offers to take it back for ten seconds where its answer says how. */
export function useGive() {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all(['campaigns', 'teams', 'campaign'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const give = (of: Of, id: string, verb: string, body: object): Promise<Verdict> =>
    ask<Verdict>(`POST /api/${of}/:id/${verb}`, { params: { id }, body: { ...body, command: newId() } });
  return async (of: Of, id: string, verb: string, body: object, said: string): Promise<void> => {
    const { told } = await give(of, id, verb, body);
    await refresh();
    const undo = told?.undo;
    if (undo === undefined) return tell(said);
    const { kind, ...fields } = undo;
    tell(said, () => {
      give(of, id, kind.slice(kind.indexOf('.') + 1), fields)
        .catch((error: unknown) => tell(sentenceOf(error)))
        .finally(() => void refresh());
    });
  };
}
