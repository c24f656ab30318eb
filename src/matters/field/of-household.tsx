import { useQuery } from '@tanstack/react-query';
import { Part } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { List } from './answers.ts';
import { MatterRow } from './row.tsx';
import { t } from './english.ts';

/** What is being done for one household. */
export function MattersOf({ household }: { household: string }) {
  const found = useQuery({
    queryKey: ['matters-of', household],
    queryFn: ({ signal }) => ask<List>('GET /api/matters', { query: { household, when: 'open', size: 50 }, signal }),
  });
  // Only what is known to be this household's: a list that was not narrowed must not pass for theirs.
  const theirs = (found.data?.matters ?? []).filter((m) => m.household === household);
  if (theirs.length === 0) return null;
  return (
    <Part title={t('正在给他们办的')}>
      <ul className="rows">
        {theirs.map((m) => (
          <MatterRow key={m.id} matter={m} />
        ))}
      </ul>
    </Part>
  );
}
