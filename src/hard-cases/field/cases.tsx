import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Fault, Foot, Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { hardCaseRoutes } from '../api.ts';
import type { ActSort } from '../model.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof hardCaseRoutes)['GET /api/hard-cases']>;
type Case = AnswerOf<(typeof hardCaseRoutes)['GET /api/hard-cases/:id']>;

const sorts: readonly (readonly [ActSort, string])[] = [
  ['met', t('见本人')],
  ['site', t('到现场')],
  ['coordinated', t('协调')],
  ['answered', t('答复')],
];

/** The hard cases I own or work on. */
export function HardCasesScreen() {
  const found = useQuery({
    queryKey: ['hard-cases', 'mine'],
    queryFn: ({ signal }) => ask<List>('GET /api/hard-cases', { query: { show: 'mine' }, signal }),
  });
  return (
    <>
      <Top title={t('包案')} from="/field/me" />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : found.data.rows.length === 0 ? (
        <Empty title={t('手上没有包案。')}>{t('您包的、您在专班里的，会到这里。')}</Empty>
      ) : (
        <ul className="rows">
          {found.data.rows.map((row) => (
            <li key={row.id}>
              <To href={`/field/hard-cases/${row.id}`} className="row pick">
                <strong>{row.subject ?? row.number}</strong>
                <span className={row.quiet === null ? 'quiet' : 'late'}>{row.stands}</span>
                <p className="quiet">
                  {row.leaderName} ·{' '}
                  {t('亲自 {own} 次，别人 {delegated} 次', { own: row.own, delegated: row.delegated })}
                </p>
                {row.until !== null && (
                  <p className={row.late ? 'late' : 'quiet'}>{t('{day} 前办结', { day: sayDate(row.until) })}</p>
                )}
              </To>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** One case in the hand: what was done, noted where it was done; the leader says what they did themselves. */
export function HardCaseScreen({ id }: { id: string }) {
  const [writing, setWriting] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const found = useQuery({
    queryKey: ['hard-cases', id],
    queryFn: ({ signal }) => ask<Case>('GET /api/hard-cases/:id', { params: { id }, signal }),
  });
  if (found.data === undefined)
    return (
      <>
        <Top title={t('包案')} from="/field/hard-cases" />
        {found.isError ? <Trouble error={found.error} again={() => void found.refetch()} /> : <Waiting />}
      </>
    );
  const one = found.data;
  const title = one.subject ?? one.number;
  const vouch = async (act: number, mine: boolean): Promise<void> => {
    setTrouble(await handOver({ kind: 'hard-case.vouch', stream: id, title, data: { act, mine } }, t('记下了。')));
    void found.refetch();
  };
  return (
    <>
      <Top title={title} from="/field/hard-cases" />
      {writing ? (
        <Act one={one} title={title} onClose={() => setWriting(false)} />
      ) : (
        <>
          <Part
            title={one.leaderName ?? ''}
            note={t('亲自 {own} 次，别人 {delegated} 次', { own: one.own, delegated: one.delegated })}
          >
            <ul className="rows">
              <li className="row">
                <strong>{one.stands}</strong>
                {one.until !== null && (
                  <span className={one.late ? 'late' : 'quiet'}>{t('{day} 前办结', { day: sayDate(one.until) })}</span>
                )}
                <p>{one.plan}</p>
              </li>
            </ul>
          </Part>
          <Fault text={trouble} />
          <Part title={t('做了什么')}>
            {one.acts.length === 0 ? (
              <p className="none">{t('还没有。做一次记一笔。')}</p>
            ) : (
              <ul className="rows">
                {one.acts.toReversed().map((act) => (
                  <li key={act.place} className="row">
                    <strong>{act.sortName}</strong>
                    <span className={act.state === 'own' ? 'why' : 'quiet'}>{act.stateName}</span>
                    <p>{act.words}</p>
                    <p className="quiet">
                      {sayDate(act.day)} · {act.by}
                    </p>
                    {act.mine && (
                      <p className="acts">
                        <button type="button" className="small strong" onClick={() => void vouch(act.place, true)}>
                          {t('是我做的')}
                        </button>
                        <button type="button" className="small" onClick={() => void vouch(act.place, false)}>
                          {t('我没有做')}
                        </button>
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Part>
          {one.can.includes('hard-case.act') && (
            <Foot>
              <button type="button" className="button" onClick={() => setWriting(true)}>
                {t('记一笔')}
              </button>
            </Foot>
          )}
        </>
      )}
    </>
  );
}

function Act({ one, title, onClose }: { one: Case; title: string; onClose: () => void }) {
  const me = useMe();
  const today = dayAt(rightNow());
  const leads = me?.official === one.leader;
  const [sort, setSort] = useState<ActSort>('met');
  const [by, setBy] = useState<'leader' | 'me'>('leader');
  const [day, setDay] = useState(today);
  const [words, setWords] = useState('');
  const save = async (): Promise<string | undefined> =>
    words.trim().length < 4
      ? t('请写怎么样。')
      : await handOver(
          {
            kind: 'hard-case.act',
            stream: one.id,
            title,
            data: { sort, day, words: words.trim(), by: leads || by === 'leader' ? one.leader : me?.official },
          },
          t('记下了。'),
        );
  return (
    <Sheet button={t('记下')} onSend={save} onClose={onClose}>
      <Segments<ActSort> label={t('做了什么')} options={sorts} value={sort} onChange={setSort} />
      {!leads && (
        <Segments<'leader' | 'me'>
          label={t('谁做的')}
          options={[
            ['leader', t('{name}，等他确认', { name: one.leaderName })],
            ['me', t('我做的')],
          ]}
          value={by}
          onChange={setBy}
        />
      )}
      <Line label={t('哪天')}>
        <input
          type="date"
          value={day}
          min={one.adoptedOn ?? undefined}
          max={today}
          onChange={(event) => setDay(event.target.value)}
        />
      </Line>
      <Line label={t('怎么样')}>
        <textarea rows={5} value={words} onChange={(event) => setWords(event.target.value)} />
      </Line>
    </Sheet>
  );
}
