import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { outbox } from '../../app/field/outbox.ts';
import { Drawing, Foot, Over, Segments, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { informantRoutes } from '../api.ts';
import type { About } from '../model.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof informantRoutes)['GET /api/informants']>;
type One = List['rows'][number];

/** Those in my villages who offered; what they tell me is reported in their name. */
export function InformantsScreen() {
  const [of, setOf] = useState<One>();
  const [asking, setAsking] = useState<One>();
  const found = useQuery({
    queryKey: ['informants'],
    queryFn: ({ signal }) => ask<List>('GET /api/informants', { signal }),
  });
  return (
    <>
      <Top title={of === undefined ? t('信息员') : t('替他报')} from="/field/me" />
      {asking !== undefined && <AskThem of={asking} onClose={() => setAsking(undefined)} />}
      {of !== undefined ? (
        <Report of={of} onClose={() => setOf(undefined)} />
      ) : found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : found.data.rows.length === 0 ? (
        <Empty title={t('村里还没有信息员。')}>
          {t('问问热心的人愿不愿意帮着报村里缺什么，说好到哪天。在电脑上“基层阵地”里登记。')}
        </Empty>
      ) : (
        <ul className="rows">
          {found.data.rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className="row pick"
                disabled={row.over}
                onClick={() => (row.agreed ? setOf(row) : setAsking(row))}
              >
                <strong>{row.name}</strong>
                <span className={row.over ? 'late' : row.agreed ? 'quiet' : 'soon'}>
                  {row.over
                    ? t('已到期，请再问本人')
                    : row.agreed
                      ? t('{day} 到期', { day: sayDate(row.until) })
                      : t('等本人同意')}
                </span>
                <p className="quiet">{row.place}</p>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Their own phone reads the code and says yes, or no; nothing is reported in their name before. */
function AskThem({ of, onClose }: { of: One; onClose: () => void }) {
  const { data } = useQuery({
    queryKey: ['link', 'informant', of.id],
    queryFn: ({ signal }) => ask<{ qr: string }>('GET /api/informants/:id/link', { params: { id: of.id }, signal }),
  });
  return (
    <Over label={t('请本人同意')} className="ask-over" onClose={onClose}>
      <h2 className="head">{t('请本人同意')}</h2>
      <p className="lead">{t('请{name}用自己的手机扫，点“我愿意”才能报。', { name: of.name ?? '' })}</p>
      {data === undefined ? <Waiting /> : <Drawing svg={data.qr} name={t('请本人同意')} />}
    </Over>
  );
}

function Report({ of, onClose }: { of: One; onClose: () => void }) {
  const [about, setAbout] = useState<About>('place');
  const [spot, setSpot] = useState('');
  const [words, setWords] = useState('');
  const [sure, setSure] = useState<boolean>();
  const [asked, setAsked] = useState<string>();
  if (asked !== undefined) return <HandOver report={asked} onClose={onClose} />;
  const save = async (): Promise<string | undefined> => {
    const stream = newId();
    const refused = await handOver(
      {
        kind: 'need-report.file',
        stream,
        title: `${of.place}：${words.slice(0, 12)}`,
        data: {
          informant: of.id,
          about,
          area: of.area,
          words: words.trim(),
          ...(spot.trim() === '' ? {} : { spot: spot.trim() }),
          ...(sure === true ? { sure } : {}),
        },
      },
      t('报上了。'),
    );
    // Words that may be about somebody: said once more, and then a person looks.
    if (refused !== undefined) setSure(sure ?? false);
    else if (about === 'household' && outbox.items().some((i) => i.stream === stream && i.state === 'accepted'))
      setAsked(stream);
    else onClose();
    return refused;
  };
  return (
    <Sheet button={t('报上去')} onSend={save} onClose={onClose} stays>
      <p className="say">{t('只报需要，不报人')}</p>
      <Segments<About>
        label={t('只报需要，不报人')}
        options={[
          ['place', t('一个地方')],
          ['household', t('一户自己的')],
        ]}
        value={about}
        onChange={setAbout}
      />
      <Line label={t('在哪里')}>
        <input
          value={spot}
          placeholder={t('哪座桥、哪盏灯、哪段路；不写名字')}
          onChange={(event) => setSpot(event.target.value)}
        />
      </Line>
      <Line label={t('缺什么、要修什么、要帮什么')}>
        <textarea rows={4} value={words} onChange={(event) => setWords(event.target.value)} />
      </Line>
      {sure !== undefined && (
        <label className="line">
          <span>{t('就是需要，没有说人，请镇里看一眼')}</span>
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        </label>
      )}
    </Sheet>
  );
}

function HandOver({ report, onClose }: { report: string; onClose: () => void }) {
  const { data } = useQuery({
    queryKey: ['link', 'need-report', report],
    queryFn: ({ signal }) => ask<{ url: string }>('GET /api/need-reports/:id/link', { params: { id: report }, signal }),
  });
  return (
    <>
      <h2 className="head">{t('让他们自己看、自己同意')}</h2>
      <p className="lead">{t('请这一户用自己的手机打开，同意了才上台账：')}</p>
      {data !== undefined && <p className="words">{data.url}</p>}
      <Foot>
        <button type="button" className="button" onClick={onClose}>
          {t('好了')}
        </button>
      </Foot>
    </>
  );
}
