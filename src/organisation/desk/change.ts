import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';

/** A command for one record: which, what, with what. */
export interface Change {
  readonly of: 'areas' | 'units' | 'officials' | 'assignments';
  readonly id: string;
  readonly verb: string;
  readonly body: object;
}

const give = ({ of, id, verb, body }: Change): Promise<unknown> =>
  ask(`POST /api/${of}/:id/${verb}`, { params: { id }, body: { ...body, command: newId() } });

/**
 * Changes a record at once and offers to take it back for ten seconds: nobody is asked whether they are sure.
 * Taking back is a command of its own, so both stay in the ledger.
 */
export function useChange(): (change: Change, said: string, back?: Change) => Promise<void> {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all(
      ['areas', 'units', 'officials', 'find', 'people', 'coverage'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
  return async (change, said, back) => {
    await give(change);
    await refresh();
    tell(
      said,
      back === undefined
        ? undefined
        : () => {
            give(back)
              .then(
                () => tell(t('已撤销。')),
                (error: unknown) => tell(sentenceOf(error)),
              )
              .finally(() => void refresh());
          },
    );
  };
}
