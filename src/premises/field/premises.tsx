import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Part, Segments, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { premiseRoutes } from '../api.ts';
import type { ItemState } from '../model.ts';
import { t } from './english.ts';

type Mine = AnswerOf<(typeof premiseRoutes)['GET /api/premises/mine']>;
type Place = Mine['places'][number];
type List = Place['lists'][number];
type Item = List['items'][number];

const states: readonly (readonly [ItemState, string])[] = [
  ['there', t('有')],
  ['partly', t('不全')],
  ['missing', t('没有')],
];
const said = (state: string | null): string => states.find(([key]) => key === state)?.[1] ?? t('还没看');

/** What my village has and lacks: one touch on an item, one sentence. */
export function PremisesScreen() {
  const [open, setOpen] = useState<{ place: Place; list: List; item: Item }>();
  const found = useQuery({
    queryKey: ['premises', 'mine'],
    queryFn: ({ signal }) => ask<Mine>('GET /api/premises/mine', { signal }),
  });
  return (
    <>
      <Top title={open?.item.name ?? t('阵地')} from="/field/me" />
      {open !== undefined ? (
        <Check {...open} onClose={() => setOpen(undefined)} />
      ) : found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : found.data.places.length === 0 ? (
        <Empty title={t('没有联系到您名下的村。')}>{t('联系的村定了，这里就有该有的清单。')}</Empty>
      ) : (
        found.data.places.flatMap((place) =>
          place.lists.map((list) => (
            <Part
              key={`${place.id} ${list.id}`}
              title={`${place.name} · ${list.title}`}
              note={t('{there}/{all} 项有', {
                there: list.items.filter((i) => i.state === 'there').length,
                all: list.items.length,
              })}
            >
              <ul className="rows">
                {list.items.map((item) => (
                  <li key={item.id}>
                    <button
                      type="button"
                      className="row pick"
                      disabled={!place.can.includes('premise.check')}
                      onClick={() => setOpen({ place, list, item })}
                    >
                      <strong>{item.name}</strong>
                      <span className={item.state === 'there' ? 'why' : item.state === null ? 'quiet' : 'soon'}>
                        {said(item.state)}
                      </span>
                      {item.note !== '' && <p className="quiet">{item.note}</p>}
                      {item.due !== null && item.state !== 'there' && (
                        <p className={item.late ? 'late' : 'quiet'}>
                          {t('{day} 前补齐，{who}负责', { day: sayDate(item.due), who: item.official ?? '' })}
                        </p>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </Part>
          )),
        )
      )}
    </>
  );
}

function Check({ place, list, item, onClose }: { place: Place; list: List; item: Item; onClose: () => void }) {
  const [state, setState] = useState<ItemState>();
  const [note, setNote] = useState('');
  const save = async (): Promise<string | undefined> =>
    state === undefined
      ? t('请先点有、不全还是没有。')
      : await handOver(
          {
            kind: 'premise.check',
            stream: list.stream,
            title: `${place.name}：${item.name}`,
            data: { list: list.id, area: place.id, item: item.id, state, on: dayAt(rightNow()), note: note.trim() },
          },
          t('记下了。'),
        );
  return (
    <Sheet button={t('记下')} onSend={save} onClose={onClose}>
      <p className="say">
        {place.name} · {list.title}
      </p>
      <Segments<ItemState> label={t('现在怎么样')} big options={states} value={state} onChange={setState} />
      <Line label={t('看到什么')}>
        <textarea
          rows={3}
          value={note}
          placeholder={t('不用照片，写一句就行')}
          onChange={(event) => setNote(event.target.value)}
        />
      </Line>
    </Sheet>
  );
}
