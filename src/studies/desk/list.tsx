import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { ShortForm } from '../../app/ui/form.tsx';
import { date, line, paragraph } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { OutreachTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import { UNSORTED, saySort, sorts } from '../sorts.ts';
import { t } from './english.ts';
import { type Figures, type Findings as Found, type List, sayFound, states } from './words.ts';

/** The library of studies: who goes after what, how far, and what came of what was found. */
export function Studies() {
  const me = useMe();
  const [opening, setOpening] = useState(false);
  const found = useQuery({
    queryKey: ['studies'],
    queryFn: ({ signal }) => ask<List>('GET /api/studies', { signal }),
  });
  const { data } = found;
  return (
    <main className="page wide">
      <header>
        <h1>{t('调研')}</h1>
        <div className="tools">
          {hasRole(me, 'field', 'handler', 'head', 'leader') && (
            <button type="button" className="plain first" aria-expanded={opening} onClick={() => setOpening(!opening)}>
              {t('立一个题目')}
            </button>
          )}
        </div>
      </header>
      <OutreachTabs />
      <p className="lead">
        {t('自己定题、自己下去、自己写。走访和下访的日子会自己算进来，只补记录里没有的。')}
        {data !== undefined &&
          t('一年定 {min}–{max} 个题目，下去 {days} 天，写 {from}–{to} 篇。', {
            min: data.asked.topics.min,
            max: data.asked.topics.max,
            days: data.asked.days,
            from: data.asked.reports.min,
            to: data.asked.reports.max,
          })}
      </p>
      {opening && <OpenForm onClose={() => setOpening(false)} />}
      <Arrived of={found}>
        {(data) => (
          <>
            {data.waiting.length > 0 && <WaitingMeasures list={data} />}
            {data.rows.length === 0 ? (
              <Empty title={t('还没有题目')}>{t('从自己工作里碰到的问题定题，写上要弄清什么、到哪里去。')}</Empty>
            ) : (
              <>
                <Rows list={data} />
                <Findings />
              </>
            )}
          </>
        )}
      </Arrived>
      {hasRole(me, 'head', 'leader', 'inspector') && <Authors />}
    </main>
  );
}

function OpenForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <ShortForm
      fields={[
        line({ name: 'topic', label: t('什么题目') }),
        paragraph({ name: 'question', label: t('要弄清什么') }),
        picker({
          name: 'area',
          label: t('到哪个地方去'),
          hint: t('走访、下访到了这里的日子会自己算进来'),
          sort: 'areas',
          placeholder: t('打名称、拼音或首字母'),
        }),
        date({ name: 'until', label: t('什么时候交报告') }),
      ]}
      consequence={() => t('立题')}
      send={(values) =>
        give('study.open', id, values as { topic: string; question: string; area: string; until: string })
      }
      onDone={() => {
        tell(t('立好了'));
        void queries.invalidateQueries({ queryKey: ['studies'] });
        void navigate({ to: '/outreach/studies/$id', params: { id }, search: {} });
      }}
      onClose={onClose}
    />
  );
}

const WaitingMeasures = ({ list }: { list: List }) => (
  <>
    <h2>{t('等我们单位答复的措施')}</h2>
    <Sheet>
      <tbody>
        {list.waiting.map((m) => (
          <tr key={`${m.study} ${m.measure}`}>
            <td className="what">
              <Link to="/outreach/studies/$id" params={{ id: m.study }} search={{}}>
                {m.words}
              </Link>
              <br />
              <small>{m.topic}</small>
            </td>
            <td className="nowrap">{states[m.state as keyof typeof states]}</td>
            <td className={m.due < list.today ? 'late nowrap' : 'nowrap'}>{t('{day} 前', { day: sayDate(m.due) })}</td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  </>
);

const Rows = ({ list: { rows, today } }: { list: List }) => (
  <Sheet>
    <thead>
      <tr>
        <th>{t('题目')}</th>
        <th>{t('谁')}</th>
        <th>{t('到哪里')}</th>
        <th className="num">{t('下去')}</th>
        <th className="num">{t('发现')}</th>
        <th className="num">{t('措施')}</th>
        <th className="num">{t('落实')}</th>
        <th className="num">{t('到期没落实')}</th>
        <th>{t('报告')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id} className={row.status === 'dropped' ? 'over' : undefined}>
          <td className="what">
            <Link to="/outreach/studies/$id" params={{ id: row.id }} search={{}}>
              {row.title ?? row.topic}
            </Link>
          </td>
          <td className="nowrap">{row.authorName}</td>
          <td className="nowrap">{row.place}</td>
          <td className="num">{t('{days} 天', { days: row.days })}</td>
          <td className="num" title={sayFound(row.found)}>
            {row.findings}
          </td>
          <td className="num">{row.measures}</td>
          <td className={row.done > 0 ? 'num yes' : 'num'}>{row.done}</td>
          <td className={row.late > 0 ? 'num late' : 'num'}>{row.late}</td>
          <td className={row.status === 'open' && row.until < today ? 'nowrap late' : 'nowrap'}>
            {row.status === 'dropped'
              ? t('已放下')
              : row.reportedOn === null
                ? t('{day} 前', { day: sayDate(row.until) })
                : sayDate(row.reportedOn)}
          </td>
        </tr>
      ))}
    </tbody>
  </Sheet>
);

type Kind = keyof Found['found'];

/** What all studies found, kind by kind: how policies are carried out, what is done well, what stands in the way. */
function Findings() {
  const { found: chosen } = useSearch({ strict: false }) as { found?: Kind };
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ['studies', 'findings', chosen],
    queryFn: ({ signal }) =>
      ask<Found>('GET /api/studies/findings', { query: chosen === undefined ? {} : { sort: chosen }, signal }),
    placeholderData: (before) => before,
  });
  const { data } = found;
  if (data === undefined) return null;
  const counts = data.found;
  const all = Object.values(counts).reduce((n, one) => n + one, 0);
  if (all === 0) return null;
  return (
    <>
      <h2>{t('都发现了什么')}</h2>
      <div className="filters">
        <Choices<Kind | undefined>
          label={t('哪一类')}
          of={[
            [undefined, t('全部 {n}', { n: all })],
            ...sorts.map(([sort, name]) => [sort, t('{name} {n}', { name, n: counts[sort] ?? 0 })] as const),
            ...(counts.unsorted === undefined
              ? []
              : [['unsorted', t('{name} {n}', { name: UNSORTED, n: counts.unsorted })] as const]),
          ]}
          chosen={chosen}
          onChoose={(sort) => void navigate({ to: '/outreach/studies', search: { found: sort } as never })}
        />
      </div>
      {data.rows.length === 0 ? (
        <Empty title={t('这一类还没有')}>{t('写发现时点一下是哪一类，这里就按类归起来。')}</Empty>
      ) : (
        <Sheet>
          <tbody>
            {data.rows.map((row) => (
              <tr key={`${row.study} ${row.place}`}>
                {chosen === undefined && <td className="nowrap">{saySort(row.sort)}</td>}
                <td className="what">
                  <Link to="/outreach/studies/$id" params={{ id: row.study }} search={{}}>
                    {row.words}
                  </Link>
                  <br />
                  <small>{row.topic}</small>
                </td>
                <td className="nowrap">
                  {t('{author} · {where} · {day}', {
                    author: row.authorName ?? '',
                    where: row.where ?? '',
                    day: sayDate(row.foundOn),
                  })}
                </td>
                <td className="nowrap">
                  {row.measures === 0 ? '' : t('措施 {n} 条，落实 {done} 条', { n: row.measures, done: row.done })}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </>
  );
}

/** How far each is with the year; nobody is ranked. */
function Authors() {
  const { data } = useQuery({
    queryKey: ['studies', 'figures'],
    queryFn: ({ signal }) => ask<Figures>('GET /api/studies/figures', { signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <>
      <h2>{t('今年各人')}</h2>
      <div className="scroll counts-by">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('谁')}</th>
              <th className="num">{t('题目数')}</th>
              <th className="num">{t('下去')}</th>
              <th className="num">{t('报告数')}</th>
              <th>{t('发现')}</th>
              <th className="num">{t('措施')}</th>
              <th className="num">{t('落实')}</th>
              <th className="num">{t('到期没落实')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.author}>
                <td>{row.name}</td>
                <td className="num">
                  {row.topics}/{data.asked.topics.min}
                </td>
                <td className="num">
                  {row.days}/{data.asked.days}
                </td>
                <td className="num">
                  {row.reports}/{data.asked.reports.min}
                </td>
                <td>{sayFound(row.found)}</td>
                <td className="num">{row.measures}</td>
                <td className="num">{row.done}</td>
                <td className={row.late > 0 ? 'num late' : 'num'}>{row.late}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
