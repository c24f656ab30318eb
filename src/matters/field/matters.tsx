import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Segments, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { List } from './answers.ts';
import { MatterRow } from './row.tsx';
import { t } from './english.ts';

type Whose = 'village' | 'mine';
const SIZE = 50;

/** What is being done about what people said: mine, or all of my villages. Who has to be told something comes first. */
export function MattersScreen() {
  const [whose, setWhose] = useState<Whose>('village');
  const found = useQuery({
    queryKey: ['matters', whose],
    queryFn: ({ signal }) =>
      ask<List>('GET /api/matters', {
        query: { when: 'open', size: SIZE, ...(whose === 'mine' ? { mine: 'official' } : {}) },
        signal,
      }),
  });
  const matters = found.data?.matters ?? [];
  const telling = matters.filter((m) => m.toTell.length > 0);
  const others = matters.filter((m) => m.toTell.length === 0);
  return (
    <>
      <Top title={t('事')} />
      <div className="pad">
        <Segments<Whose>
          label={t('谁的事')}
          options={[
            ['village', t('村里的')],
            ['mine', t('我记的')],
          ]}
          value={whose}
          onChange={setWhose}
        />
      </div>
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <>
          {matters.length === 0 && (
            <Empty title={whose === 'mine' ? t('我记的事都办完了。') : t('村里没有正在办的事。')}>
              {t('走访时记下“要办的事”，会在这里看到办到哪一步。')}
            </Empty>
          )}
          {telling.length > 0 && (
            <>
              <h2 className="head">{t('等我去说一声的')}</h2>
              <ul className="rows">
                {telling.map((m) => (
                  <MatterRow key={m.id} matter={m} />
                ))}
              </ul>
            </>
          )}
          {others.length > 0 && (
            <>
              <h2 className="head">{t('正在办的')}</h2>
              <ul className="rows">
                {others.map((m) => (
                  <MatterRow key={m.id} matter={m} />
                ))}
              </ul>
            </>
          )}
          {found.data.next !== undefined && (
            <p className="none">{t('只列出最急的 {SIZE} 件，其余在电脑上看。', { SIZE })}</p>
          )}
        </>
      )}
    </>
  );
}
