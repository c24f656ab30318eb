import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { ask } from '../ui/ask.ts';
import { Waiting } from '../ui/states.tsx';

export interface Place {
  readonly id: string;
  readonly name: string;
}
interface Found extends Place {
  readonly within: string;
}

/** Places by name, pinyin or initials; without a line villages and groups from the phone's own list. */
export const usePlaces = (q: string) =>
  useQuery({
    queryKey: ['find', 'areas', q],
    queryFn: async ({ signal }) =>
      (await ask<{ areas: Found[] }>('GET /api/areas/search', { query: { q }, signal })).areas,
    enabled: q !== '',
    placeholderData: (before) => before,
  });

/** Finds a village or a group by name, pinyin or initials. */
export function FindPlace({ placeholder, onFound }: { placeholder: string; onFound: (place: Place) => void }) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = usePlaces(q);
  return (
    <div className="find">
      <input
        type="search"
        value={text}
        aria-label={placeholder}
        placeholder={placeholder}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => setText(event.target.value)}
      />
      {q !== '' && found.isPending && <Waiting lines={3} />}
      <ul className="rows">
        {(found.data ?? []).map((place) => (
          <li key={place.id}>
            <button type="button" className="row pick" onClick={() => onFound({ id: place.id, name: place.name })}>
              <strong>{place.name}</strong>
              <span className="quiet">{place.within}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
