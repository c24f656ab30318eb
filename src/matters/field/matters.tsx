import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Segments, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { List } from './answers.ts';
import { MatterRow } from './row.tsx';

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
      <Top title="事" />
      <div className="pad">
        <Segments<Whose>
          label="谁的事"
          options={[
            ['village', '村里的'],
            ['mine', '我记的'],
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
            <Empty title={whose === 'mine' ? '我记的事都办完了。' : '村里没有正在办的事。'}>
              走访时记下“要办的事”，会在这里看到办到哪一步。
            </Empty>
          )}
          {telling.length > 0 && (
            <>
              <h2 className="head">等我去说一声的</h2>
              <ul className="rows">
                {telling.map((m) => (
                  <MatterRow key={m.id} matter={m} />
                ))}
              </ul>
            </>
          )}
          {others.length > 0 && (
            <>
              <h2 className="head">正在办的</h2>
              <ul className="rows">
                {others.map((m) => (
                  <MatterRow key={m.id} matter={m} />
                ))}
              </ul>
            </>
          )}
          {found.data.next !== undefined && <p className="none">只列出最急的 {SIZE} 件，其余在电脑上看。</p>}
        </>
      )}
    </>
  );
}
