import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { hotspotRoutes } from '../api.ts';
import { t } from './english.ts';

type Known = AnswerOf<(typeof hotspotRoutes)['GET /api/hotspots']>;
type Topic = Known['topics'][number];

/** What many raise these weeks, explained by their own messages, and what became of those that were taken up. */
export function Hotspots() {
  const found = useQuery({
    queryKey: ['hotspots'],
    queryFn: ({ signal }) => ask<Known>('GET /api/hotspots', { signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('热点')}</h1>
      </header>
      <p className="lead">{t('大家这一阵说得多的，找到原因，一次改到位，再一个个问管不管用。')}</p>
      <Arrived of={found} lines={10}>
        {(data) => (
          <>
            <section>
              <h2>{t('正在升温的')}</h2>
              {data.topics.length === 0 ? (
                <Empty title={t('这一阵没有好几个人说的同一件事')}>{t('三个以上的人说到同一件事，会列在这里。')}</Empty>
              ) : (
                <ol className="topics">
                  {data.topics.map((topic) => (
                    <Rising key={topic.rank} topic={topic} mayRaise={data.mayRaise} />
                  ))}
                </ol>
              )}
              <details>
                <summary>{t('怎么排的')}</summary>
                <p>
                  {t(
                    '热度＝人数×集中程度×附和：60 天里最多有多少人说，占说过这事的人的几成，网上有多少人附和（只算对数）。只看大家说给我们的事。',
                  )}
                </p>
              </details>
            </section>
            <section>
              <h2>{t('立了的热点')}</h2>
              {data.rows.length === 0 ? (
                <p className="lead">{t('还没有立过热点。')}</p>
              ) : (
                <List rows={data.rows} columns={columns} keyOf={({ id }) => id} />
              )}
            </section>
          </>
        )}
      </Arrived>
    </main>
  );
}

function Rising({ topic, mayRaise }: { topic: Topic; mayRaise: boolean }) {
  const [open, setOpen] = useState(false);
  const [id] = useState(newId);
  const queries = useQueryClient();
  const navigate = useNavigate();
  // The same sentence twice tells nothing more.
  const examples = topic.examples.filter(
    ({ subject }, at) => topic.examples.findIndex((other) => other.subject === subject) === at,
  );
  return (
    <li>
      <p className="people">
        <b>{topic.people}</b> {t('人')}
      </p>
      <div className="topic-head">
        <b>{topic.title}</b>
        <span>
          {[
            topic.place,
            t('{from} 到 {to}', { from: sayDate(topic.period.from), to: sayDate(topic.period.to) }),
            t('热度 {heat}', { heat: Math.round(topic.heat * 10) / 10 }),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        {topic.words.length > 0 && <p>{t('都说到：{words}', { words: topic.words.join(t('、')) })}</p>}
        <ul className="names">
          {examples.map((one) => (
            <li key={one.id}>
              <Link to="/matters/$id" params={{ id: one.id }} search={{}}>
                {one.subject}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      {topic.hotspot !== null ? (
        <Link className="act" to="/hotspots/$id" params={{ id: topic.hotspot }} search={{}}>
          {t('已经立了')}
        </Link>
      ) : (
        mayRaise &&
        !open && (
          <button type="button" className="plain act" onClick={() => setOpen(true)}>
            {t('立为热点')}
          </button>
        )
      )}
      {open && (
        <ShortForm
          keep={`hotspot ${topic.title}`}
          fields={[
            line({ name: 'title', label: t('叫什么') }),
            picker({
              name: 'area',
              label: t('在哪里'),
              sort: 'areas',
              placeholder: t('打名称、拼音或首字母'),
            }),
          ]}
          initial={{ title: topic.title, area: topic.area ?? undefined, areaName: topic.place ?? undefined }}
          consequence={() => t('立为热点，找原因')}
          send={({ title, area }) =>
            give('hotspot.raise', id, { title: String(title), area: String(area), matters: [...topic.matters] })
          }
          onClose={() => setOpen(false)}
          onDone={() => {
            tell(t('已经立为热点。'));
            void queries.invalidateQueries({ queryKey: ['hotspots'] });
            void navigate({ to: '/hotspots/$id', params: { id }, search: {} });
          }}
        />
      )}
    </li>
  );
}

const columns: readonly Column<Known['rows'][number]>[] = [
  {
    name: t('什么事'),
    is: 'what',
    cell: (row) => (
      <Link className="subject" to="/hotspots/$id" params={{ id: row.id }} search={{}}>
        {row.title}
      </Link>
    ),
  },
  { name: t('地方'), cell: (row) => row.place },
  { name: t('整改单位'), cell: (row) => row.unit },
  { name: t('什么时候'), cell: (row) => row.due !== null && <Due day={row.due} still={row.status !== 'settled'} /> },
  {
    name: t('到哪一步'),
    is: 'words',
    cell: (row) => <span className={row.status === 'settled' ? 'yes' : undefined}>{row.statusName}</span>,
    under: (row) =>
      row.status === 'fixed' &&
      t('{holds} 位说管用，问过 {heard} 位，共 {matters} 件', {
        holds: row.holds,
        heard: row.heard,
        matters: row.matters,
      }),
  },
];
