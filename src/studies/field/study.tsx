import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Foot, Part, Segments, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { studyRoutes } from '../api.ts';
import type { FindingSort } from '../model.ts';
import { saySort, sorts } from '../sorts.ts';
import { t } from './english.ts';

type Whole = AnswerOf<(typeof studyRoutes)['GET /api/studies/:id']>;

/** A study in the hand: what was found is noted where it was seen. */
export function StudyScreen({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['study', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/studies/:id', { params: { id }, signal }),
  });
  const [writing, setWriting] = useState<'find' | 'day'>();
  if (found.data === undefined)
    return (
      <>
        <Top title={t('调研')} from="/field/studies" />
        {found.isError ? <Trouble error={found.error} again={() => void found.refetch()} /> : <Waiting />}
      </>
    );
  const one = found.data;
  const close = (): void => setWriting(undefined);
  const say = async (finding: number, sort: FindingSort): Promise<void> => {
    const refused = await handOver(
      { kind: 'study.classify', stream: one.id, data: { finding, sort }, title: `${one.topic}：${t('哪一类')}` },
      t('记下了。'),
    );
    if (refused !== undefined) tell(refused);
  };
  return (
    <>
      <Top title={one.topic} from="/field/studies" />
      {writing === 'find' ? (
        <Finding one={one} onClose={close} />
      ) : writing === 'day' ? (
        <NoteDay one={one} onClose={close} />
      ) : (
        <>
          <p className="lead">{one.question}</p>
          <Part title={t('发现')}>
            {one.findings.length === 0 ? (
              <p className="none">{t('还没有发现')}</p>
            ) : (
              <ul className="rows">
                {one.findings.map((f, i) => (
                  <li key={i} className="row">
                    <p>{f.words}</p>
                    {f.sort !== null ? (
                      <p className="quiet">{saySort(f.sort)}</p>
                    ) : one.can.includes('study.classify') ? (
                      <div className="chips" role="group" aria-label={t('哪一类')}>
                        {sorts.map(([sort, name]) => (
                          <button key={sort} type="button" onClick={() => void say(i, sort)}>
                            {name}
                          </button>
                        ))}
                      </div>
                    ) : (
                      <p className="quiet">{saySort(null)}</p>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Part>
          <Part title={t('下去的日子，共 {days} 天', { days: one.daysInAll })} note={t('走访和下访的日子自己算进来')}>
            {one.days.length === 0 ? (
              <p className="none">{t('还没有。到这个地方走访、下访，会自己算进来。')}</p>
            ) : (
              <ul className="rows">
                {one.days.toReversed().map((d) => (
                  <li key={d.day} className="row">
                    <strong>{sayDate(d.day)}</strong>
                    <span className="quiet">{d.leftOut ? t('不算') : t('{days} 天', { days: d.amount })}</span>
                    <p className="quiet">
                      {[
                        d.visits > 0 ? t('走访 {n} 户', { n: d.visits }) : '',
                        d.outreaches > 0 ? t('下访 {n} 次', { n: d.outreaches }) : '',
                        d.where ?? '',
                      ]
                        .filter((part) => part !== '')
                        .join(' · ')}
                    </p>
                  </li>
                ))}
              </ul>
            )}
          </Part>
          {one.can.includes('study.find') && (
            <Foot>
              <button type="button" className="button aside" onClick={() => setWriting('day')}>
                {t('补一天')}
              </button>
              <button type="button" className="button" onClick={() => setWriting('find')}>
                {t('记一条发现')}
              </button>
            </Foot>
          )}
        </>
      )}
    </>
  );
}

function Finding({ one, onClose }: { one: Whole; onClose: () => void }) {
  const [words, setWords] = useState('');
  const [sort, setSort] = useState<FindingSort>();
  const save = async (): Promise<string | undefined> =>
    sort === undefined
      ? t('请点一下是哪一类。')
      : words.trim().length < 4
        ? t('请写下看到什么。')
        : await handOver(
            {
              kind: 'study.find',
              stream: one.id,
              data: { words: words.trim(), sort },
              title: `${one.topic}：${t('发现')}`,
            },
            t('记下了。'),
          );
  return (
    <Sheet button={t('记下')} onSend={save} onClose={onClose}>
      <Segments<FindingSort> label={t('哪一类')} options={sorts} value={sort} onChange={setSort} />
      <Line label={t('看到什么、为什么会这样')}>
        <textarea
          rows={6}
          value={words}
          placeholder={t('当场记下来，回去写报告用。')}
          onChange={(event) => setWords(event.target.value)}
        />
      </Line>
    </Sheet>
  );
}

function NoteDay({ one, onClose }: { one: Whole; onClose: () => void }) {
  const today = dayAt(rightNow());
  const [day, setDay] = useState(today);
  const [amount, setAmount] = useState<'1' | '0.5'>('1');
  const [where, setWhere] = useState('');
  const [seen, setSeen] = useState('');
  const save = (): Promise<string | undefined> =>
    handOver(
      {
        kind: 'study.note-day',
        stream: one.id,
        data: { day, amount: amount === '1' ? 1 : 0.5, where: where.trim(), seen: seen.trim() },
        title: `${one.topic}：${t('补一天')}`,
      },
      t('记下了。'),
    );
  return (
    <Sheet button={t('记下')} onSend={save} onClose={onClose}>
      <Line label={t('哪天')}>
        <input
          type="date"
          value={day}
          max={today}
          min={one.openedOn}
          onChange={(event) => setDay(event.target.value)}
        />
      </Line>
      <Segments<'1' | '0.5'>
        label={t('多长')}
        options={[
          ['1', t('一天')],
          ['0.5', t('半天')],
        ]}
        value={amount}
        onChange={setAmount}
      />
      <Line label={t('去了哪里')}>
        <input value={where} onChange={(event) => setWhere(event.target.value)} />
      </Line>
      <Line label={t('看到什么')}>
        <textarea rows={3} value={seen} onChange={(event) => setSeen(event.target.value)} />
      </Line>
    </Sheet>
  );
}
