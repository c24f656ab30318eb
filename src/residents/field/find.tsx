import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { residentRoutes } from '../api.ts';
import { t } from './english.ts';

type Found = AnswerOf<(typeof residentRoutes)['GET /api/households']>;

/** Finds a household by a name, the first letters of it, a door or a whole telephone number. */
export function FindHousehold({ onFound }: { onFound(household: { id: string; head: string }): void }) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['find', q],
    queryFn: ({ signal }) => ask<Found>('GET /api/households', { query: { q, limit: 20 }, signal }),
    placeholderData: (before) => before,
  });
  // One village alone need not be said at every door.
  const several = new Set(found.data?.households.map((h) => h.villageName)).size > 1;
  return (
    <div className="find">
      <input
        type="search"
        value={text}
        aria-label={t('找哪一家')}
        placeholder={t('名字、拼音首字母或门牌')}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => setText(event.target.value)}
      />
      {found.isPending ? (
        <Waiting lines={4} />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <ul className="rows">
          {found.data.households.map((h) => (
            <li key={h.id}>
              <button type="button" className="row pick" onClick={() => onFound({ id: h.id, head: h.head })}>
                <strong>{t('{head}家', { head: h.head })}</strong>
                {several && <span className="quiet">{h.villageName}</span>}
                <p className="quiet">{h.address}</p>
              </button>
            </li>
          ))}
          {found.data.households.length === 0 && (
            <li className="none">{t('没有找到“{q}”。换一个字，或者只打拼音首字母，比如 cxy。', { q })}</li>
          )}
          {found.data.more && <li className="none">{t('还有更多，再打一个字。')}</li>}
        </ul>
      )}
    </div>
  );
}
