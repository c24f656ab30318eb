import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { t } from './english.ts';

/** Policies explained at this door, by a touch; asked nowhere else. Nothing is shown while there is nothing to explain. */
export function Explained({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { data } = useQuery({
    queryKey: ['guides'],
    queryFn: ({ signal }) =>
      ask<{ guides: { id: string; title: string; inForce: boolean }[] }>('GET /api/guides', { signal }),
    staleTime: 10 * 60_000,
  });
  const guides = (data?.guides ?? []).filter((guide) => guide.inForce);
  if (guides.length === 0) return null;
  return (
    <fieldset className="lines">
      <legend>{t('讲了哪些政策')}</legend>
      <div className="chips" role="group" aria-label={t('讲了哪些政策')}>
        {guides.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={chosen.includes(id)}
            onClick={() => onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])}
          >
            {title}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
