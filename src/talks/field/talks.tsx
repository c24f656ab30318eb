import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Facts, Foot, Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { talkRoutes } from '../api.ts';
import type { Way } from '../model.ts';
import { t } from './english.ts';
import { FindPlace, type Place } from '../../app/field/find-place.tsx';

type Routes = typeof talkRoutes;
type List = AnswerOf<Routes['GET /api/talks']>;
type Library = AnswerOf<Routes['GET /api/guides']>;
type Whole = AnswerOf<Routes['GET /api/talks/:id']>;

const ways: readonly (readonly [Way, string])[] = [
  ['group', t('院坝、小组讲')],
  ['meeting', t('开会讲')],
  ['market', t('赶场、下乡活动')],
  ['media', t('广播、微信群')],
];

/** What I explained, those first whose answers wait to be told back. */
export function TalksScreen() {
  const [writing, setWriting] = useState(false);
  const found = useQuery({
    queryKey: ['talks', 'mine'],
    queryFn: ({ signal }) => ask<List>('GET /api/talks', { query: { mine: '1' }, signal }),
  });
  const rows = found.data?.rows ?? [];
  const owed = rows.filter((row) => row.answered > row.told);
  return (
    <>
      <Top title={writing ? t('记一次宣讲') : t('宣讲')} from="/field/me" />
      {writing ? (
        <Hold onClose={() => setWriting(false)} />
      ) : (
        <>
          {found.isPending ? (
            <Waiting />
          ) : found.isError ? (
            <Trouble error={found.error} again={() => void found.refetch()} />
          ) : rows.length === 0 ? (
            <Empty title={t('还没有记过。')}>
              {t('入户讲的在走访里点一下就行。开会、院坝、赶场讲的，点下面的按钮记。')}
            </Empty>
          ) : (
            <>
              <Rows title={t('等我告诉的')} rows={owed} />
              <Rows title={t('讲过的')} rows={rows.filter((row) => !owed.includes(row))} />
            </>
          )}
          <Foot>
            <button type="button" className="button" onClick={() => setWriting(true)}>
              {t('记一次宣讲')}
            </button>
          </Foot>
        </>
      )}
    </>
  );
}

const Rows = ({ title, rows }: { title: string; rows: List['rows'] }) =>
  rows.length === 0 ? null : (
    <>
      <h2 className="head">{title}</h2>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <To href={`/field/talks/${row.id}`} className="row">
              <strong>{row.guides.join('、')}</strong>
              <span className="quiet">{sayDate(row.day)}</span>
              <p className="quiet">
                <Facts
                  of={[
                    row.place,
                    row.came === null ? '' : t('来了 {n} 人', { n: row.came }),
                    row.asked === 0 ? '' : t('没答上 {n} 个', { n: row.asked }),
                  ]}
                />
              </p>
            </To>
          </li>
        ))}
      </ul>
    </>
  );

function Hold({ onClose }: { onClose: () => void }) {
  const [place, setPlace] = useState<Place>();
  const [guides, setGuides] = useState<readonly string[]>([]);
  const [way, setWay] = useState<Way>('group');
  const [where, setWhere] = useState('');
  const [came, setCame] = useState('');
  const library = useQuery({
    queryKey: ['guides'],
    queryFn: ({ signal }) => ask<Library>('GET /api/guides', { signal }),
    staleTime: 10 * 60_000,
  });
  const inForce = (library.data?.guides ?? []).filter((g) => g.inForce);
  if (place === undefined)
    return (
      <>
        <p className="lead">{t('先点给哪个村、哪个组讲')}</p>
        <FindPlace placeholder={t('村名、拼音或首字母')} onFound={setPlace} />
      </>
    );
  const save = async (): Promise<string | undefined> =>
    guides.length === 0
      ? t('请点给谁讲、讲了什么。')
      : await handOver(
          {
            kind: 'talk.hold',
            stream: newId(),
            title: `${place.name}：${t('宣讲')}`,
            data: {
              area: place.id,
              way,
              day: dayAt(rightNow()),
              where: where.trim() === '' ? place.name : where.trim(),
              guides: [...guides],
              ...(came === '' ? {} : { came: Number(came) }),
            },
          },
          t('记下了。'),
        );
  return (
    <Sheet button={t('记下')} onSend={save} onClose={onClose}>
      <div className="field">
        <span>{t('给谁讲')}</span>
        <button type="button" className="line" onClick={() => setPlace(undefined)}>
          <span>{place.name}</span>
          <em>{t('换一个')}</em>
        </button>
      </div>
      <div className="field">
        <span>{t('讲了什么')}</span>
        {library.data !== undefined && inForce.length === 0 ? (
          <p className="quiet">{t('还没有政策，请镇里先上架。')}</p>
        ) : (
          <div className="chips" role="group" aria-label={t('讲了什么')}>
            {inForce.map(({ id, title }) => (
              <button
                key={id}
                type="button"
                aria-pressed={guides.includes(id)}
                onClick={() => setGuides(guides.includes(id) ? guides.filter((g) => g !== id) : [...guides, id])}
              >
                {title}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className="field">
        <span>{t('怎么讲')}</span>
        <Segments<Way> label={t('怎么讲')} options={ways} value={way} onChange={setWay} />
      </div>
      <Line label={t('在哪儿')} note={t('可以不填')}>
        <input value={where} onChange={(event) => setWhere(event.target.value)} />
      </Line>
      <Line label={t('来了多少人')} note={t('数不清就空着')}>
        <input
          value={came}
          inputMode="numeric"
          onChange={(event) => setCame(event.target.value.replaceAll(/\D/g, '').slice(0, 5))}
        />
      </Line>
    </Sheet>
  );
}

/** One talk in the hand: a question is taken down while its asker stands there; its answer is told back. */
export function TalkScreen({ id }: { id: string }) {
  const [writing, setWriting] = useState<'ask' | number>();
  const found = useQuery({
    queryKey: ['talk', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/talks/:id', { params: { id }, signal }),
  });
  if (found.data === undefined)
    return (
      <>
        <Top title={t('宣讲')} from="/field/talks" />
        {found.isError ? <Trouble error={found.error} again={() => void found.refetch()} /> : <Waiting />}
      </>
    );
  const one = found.data;
  const close = (): void => setWriting(undefined);
  return (
    <>
      <Top title={one.guides.map((g) => g.title).join('、')} from="/field/talks" />
      {writing === 'ask' ? (
        <Ask one={one} onClose={close} />
      ) : writing !== undefined ? (
        <TellBack one={one} question={writing} onClose={close} />
      ) : (
        <>
          <p className="lead">
            {sayDate(one.day)} · {[...new Set([one.place, one.where])].join(' ')}
            {one.came !== null && ` · ${t('来了 {n} 人', { n: one.came })}`}
          </p>
          <Part title={t('没答上的问题')}>
            {one.questions.length === 0 ? (
              <p className="none">{t('没有。')}</p>
            ) : (
              <ul className="rows">
                {one.questions.map((q) => (
                  <li key={q.place} className="row">
                    <strong>{q.words}</strong>
                    <p className="quiet">{[q.name, q.phone].filter((part) => part !== null).join(' ')}</p>
                    <p>{q.answer === null ? t('单位还没答复') : t('答复：{answer}', { answer: q.answer })}</p>
                    {q.answer !== null &&
                      (q.told === null ? (
                        <button type="button" className="small" onClick={() => setWriting(q.place)}>
                          {t('告诉过了')}
                        </button>
                      ) : (
                        <p className="yes">{q.told}</p>
                      ))}
                  </li>
                ))}
              </ul>
            )}
          </Part>
          {one.can.includes('talk.ask') && (
            <Foot>
              <button type="button" className="button" onClick={() => setWriting('ask')}>
                {t('没答上的')}
              </button>
            </Foot>
          )}
        </>
      )}
    </>
  );
}

function Ask({ one, onClose }: { one: Whole; onClose: () => void }) {
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const save = (): Promise<string | undefined> =>
    handOver(
      {
        kind: 'talk.ask',
        stream: one.id,
        title: `${one.place}：${t('没答上的')}`,
        data: {
          words: words.trim(),
          ...(one.guides.length === 1 ? { guide: one.guides[0]!.id } : {}),
          ...(name.trim() === '' ? {} : { name: name.trim() }),
          ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
        },
      },
      t('记下了，已上台账。'),
    );
  return (
    <Sheet button={t('记下，上台账')} onSend={save} onClose={onClose}>
      <Line label={t('问的什么')}>
        <textarea rows={4} value={words} onChange={(event) => setWords(event.target.value)} />
      </Line>
      <Line label={t('怎么称呼')} note={t('可以不填')}>
        <input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </Line>
      <Line label={t('电话')} note={t('可以不填')}>
        <input
          value={phone}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          onChange={(event) => setPhone(event.target.value)}
        />
      </Line>
    </Sheet>
  );
}

function TellBack({ one, question, onClose }: { one: Whole; question: number; onClose: () => void }) {
  const [how, setHow] = useState('');
  const save = (): Promise<string | undefined> =>
    handOver(
      {
        kind: 'talk.tell-back',
        stream: one.id,
        title: `${one.place}：${t('告诉过了')}`,
        data: { question, how: how.trim() },
      },
      t('记下了。'),
    );
  return (
    <Sheet button={t('告诉过了')} onSend={save} onClose={onClose}>
      <p>{t('答复：{answer}', { answer: one.questions[question]?.answer ?? '' })}</p>
      <Line label={t('怎么告诉的')}>
        <input value={how} onChange={(event) => setHow(event.target.value)} />
      </Line>
    </Sheet>
  );
}
