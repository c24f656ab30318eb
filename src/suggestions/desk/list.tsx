import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type Verdict, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { choice, line, paragraph, tick } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { suggestionRoutes } from '../api.ts';
import { t } from './english.ts';

type Suggested = AnswerOf<(typeof suggestionRoutes)['GET /api/suggestions']>;
type Figures = AnswerOf<(typeof suggestionRoutes)['GET /api/suggestions/figures']>;
export type Whole = AnswerOf<(typeof suggestionRoutes)['GET /api/suggestions/:id']>;

const shows = [
  ['open', t('等着办的')],
  ['answered', t('答复过的')],
  ['all', t('全部')],
] as const;

/** Suggestions, what waits longest first, and what came of them this year. */
export function Suggestions() {
  const me = useMe();
  const { show = 'open' } = useSearch({ strict: false }) as { show?: string };
  const navigate = useNavigate();
  const [writing, setWriting] = useState(false);
  const found = useQuery({
    queryKey: ['suggestions', show],
    queryFn: ({ signal }) => ask<Suggested>('GET /api/suggestions', { query: { show }, signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('献计献策')}</h1>
        <div className="tools">
          {hasRole(me, 'clerk') && (
            <button type="button" className="plain first" aria-expanded={writing} onClick={() => setWriting(!writing)}>
              {t('记一条建议')}
            </button>
          )}
        </div>
      </header>
      <p className="lead">
        {t('群众出的主意：看一遍，转给能定的单位；采不采纳都用大白话说明，办成了告诉人家，并且道谢。')}
      </p>
      {writing && <FileForm onClose={() => setWriting(false)} />}
      <YearFigures />
      <div className="filters">
        <Choices
          of={shows}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/suggestions', search: { show: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('没有等着办的建议')}>{t('群众在网上点“献计献策”，或者当面、来信提的，都在这里。')}</Empty>
          ) : (
            <List rows={data.rows} columns={columns} keyOf={({ id }) => id} />
          )
        }
      </Arrived>
    </main>
  );
}

const columns: readonly Column<Suggested['rows'][number]>[] = [
  {
    name: t('建议'),
    is: 'what',
    cell: (row) => (
      <Link to="/suggestions/$id" params={{ id: row.id }} search={{}}>
        {row.title ?? t('（内容已按规定删除）')}
      </Link>
    ),
    under: (row) => row.number,
  },
  { name: t('地方'), cell: (row) => row.place },
  {
    name: t('到哪一步'),
    cell: (row) => (row.status === 'answered' ? row.outcomeName : row.statusName),
    tone: (row) => row.status === 'done' && 'yes',
  },
  { name: t('单位'), cell: (row) => row.unit },
  { name: t('什么时候前'), cell: (row) => row.due !== null && <Due day={row.due} /> },
  { name: t('提的日子'), cell: (row) => sayDate(row.filedOn) },
];

/** Each figure with what it is a share of. */
function YearFigures() {
  const { data } = useQuery({
    queryKey: ['suggestions', 'figures'],
    queryFn: ({ signal }) => ask<Figures>('GET /api/suggestions/figures', { signal }),
  });
  if (data === undefined || data.filed === 0) return null;
  const shares = [
    [t('按时看完'), data.screenedInTime, data.screenDue],
    [t('按时答复'), data.answeredInTime, data.answerDue],
    [t('采纳和部分采纳'), data.adopted + data.partly, data.answered],
    [t('采纳了的里办成的'), data.done, data.adopted + data.partly],
    [t('道过谢'), data.thanked, data.answered],
  ] as const;
  return (
    <>
      <p className="lead">
        {t('今年 {from} 起', { from: sayDate(data.from) })}
        {'　'}
        {t('收到 {n} 条，{m} 条没留名', { n: data.filed, m: data.anonymous })}
      </p>
      <dl className="shares">
        {shares.map(([name, n, of]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{t('{n}/{of}', { n, of })}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function FileForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [id] = useState(newId);
  const named = ({ name, phone }: Record<string, unknown>): boolean => (name ?? '') !== '' || (phone ?? '') !== '';
  return (
    <ShortForm
      keep="suggestion.file"
      initial={{ channel: 'desk' }}
      fields={[
        choice({
          name: 'channel',
          label: t('怎么提的'),
          options: [
            ['desk', t('当面或电话')],
            ['letter', t('来信')],
            ['meeting', t('座谈会')],
          ],
        }),
        line({ name: 'title', label: t('一句话说是什么') }),
        paragraph({ name: 'words', label: t('怎么做更好'), hint: t('按原话写'), rows: 4 }),
        picker({ name: 'area', label: t('为哪个地方提的'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
        line({ name: 'name', label: t('怎么称呼'), optional: true }),
        line({ name: 'phone', label: t('电话'), optional: true }),
        tick({ name: 'share', label: t('谁提的'), says: t('单位可以知道是谁提的'), asked: named }),
      ]}
      consequence={() => t('记下，给一个编号和查询码')}
      send={(values) => give('suggestion.file', id, values as never)}
      onDone={(verdict) => {
        const { told } = verdict as Verdict;
        tell(t('记好了，编号 {number}，查询码 {code}', { number: String(told['number']), code: String(told['code']) }));
        onClose();
        void queries.invalidateQueries({ queryKey: ['suggestions'] });
      }}
      onClose={onClose}
    />
  );
}
