import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { Due } from '../../app/ui/due.tsx';
import { ShortForm } from '../../app/ui/form.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { share } from '../../app/ui/share.ts';
import { DisputeTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { answerable, situation } from './fields.tsx';
import type { Figures, List as Known } from './words.ts';

const shows = [
  ['open', t('没有结果的')],
  ['over', t('有结果的')],
  ['all', t('全部')],
] as const;

/** Disputes in reach, the most pressing situations first; what is due to us stands above them. */
export function Disputes() {
  const me = useMe();
  const navigate = useNavigate();
  const { show = 'open', grade, sweep, mediator } = useSearch({ strict: false }) as Readonly<Record<string, string>>;
  const [writing, setWriting] = useState(false);
  const found = useQuery({
    queryKey: ['disputes', show, grade, sweep, mediator],
    queryFn: ({ signal }) => ask<Known>('GET /api/disputes', { query: { show, grade, sweep, mediator }, signal }),
  });
  const { data } = found;
  const which = grade === 'urgent' ? t('要马上去的') : shows.find(([key]) => key === show)?.[1];
  return (
    <main className="page wide">
      <header>
        <h1>{t('矛盾纠纷')}</h1>
        <p className="only-print">{t('台账：{which}，{day}打印', { which, day: sayDate(dayAt(Date.now())) })}</p>
        <div className="tools">
          <button type="button" className="plain" onClick={() => print()}>
            {t('打印')}
          </button>
          {data !== undefined && data.can.length > 0 && (
            <button type="button" className="plain first" aria-expanded={writing} onClick={() => setWriting(!writing)}>
              {t('记一件纠纷')}
            </button>
          )}
        </div>
      </header>
      <DisputeTabs />
      {writing && data !== undefined && <RegisterForm list={data} onClose={() => setWriting(false)} />}
      <div className="filters">
        <Choices
          of={shows}
          chosen={grade === undefined ? show : undefined}
          onChoose={(key) => void navigate({ to: '/disputes', search: { show: key } as never })}
        />
        <Choices
          of={[['urgent', t('要马上去的')]]}
          chosen={grade}
          onChoose={(key) => void navigate({ to: '/disputes', search: { grade: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) => (
          <>
            {data.reminders.length > 0 && (
              <>
                <h2>{t('约定快到日子的')}</h2>
                <List
                  rows={data.reminders}
                  columns={reminded}
                  keyOf={({ dispute, term }) => `${dispute} ${term}`}
                  heads={false}
                />
              </>
            )}
            {data.reminders.length > 0 && <h2>{t('每一件')}</h2>}
            {data.rows.length === 0 ? (
              <Empty title={t('没有纠纷')}>{t('排查时发现的、平时碰到的，都会到这里，一件一件跟到底。')}</Empty>
            ) : (
              <List rows={data.rows} columns={columns} keyOf={({ id }) => id} faded={({ open }) => !open} />
            )}
          </>
        )}
      </Arrived>
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector', 'auditor') && <Year />}
    </main>
  );
}

function RegisterForm({ list, onClose }: { list: Known; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <ShortForm
      keep="dispute.register"
      fields={[...situation(list.abouts, list.signs), ...answerable()]}
      consequence={() => t('记下，跟到底')}
      send={({ signs = [], ...values }) =>
        give('dispute.register', id, { signs, ...values } as CommandData<'dispute.register'>)
      }
      onDone={() => {
        tell(t('记下了'));
        void queries.invalidateQueries({ queryKey: ['disputes'] });
        void navigate({ to: '/disputes/$id', params: { id }, search: {} });
      }}
      onClose={onClose}
    />
  );
}

const reminded: readonly Column<Known['reminders'][number]>[] = [
  {
    name: t('什么事'),
    is: 'what',
    cell: (r) => (
      <Link to="/disputes/$id" params={{ id: r.dispute }} search={{}}>
        {r.subject ?? t('（内容已按规定删除）')}
      </Link>
    ),
  },
  { name: '', cell: (r) => (r.waits === 'other' ? t('说办了，问问对方') : t('提醒办')) },
  { name: '', cell: (r) => <Due day={r.due} /> },
];

const columns: readonly Column<Known['rows'][number]>[] = [
  {
    name: t('什么事'),
    is: 'what',
    cell: (row) => (
      <Link to="/disputes/$id" params={{ id: row.id }} search={{}}>
        {row.subject ?? t('（内容已按规定删除）')}
      </Link>
    ),
    under: (row) =>
      [row.about, row.mode, row.reopenings > 0 ? t('又起来 {n} 次', { n: row.reopenings }) : undefined]
        .filter((part) => part !== undefined)
        .join(' · '),
  },
  {
    name: t('情况'),
    is: 'words',
    cell: (row) => <span className={row.open && row.grade === 'urgent' ? 'late' : undefined}>{row.gradeName}</span>,
    under: (row) => row.signs.join(t('、')),
  },
  { name: t('在哪儿'), cell: (row) => row.place },
  { name: t('谁负责'), cell: (row) => row.unit, under: (row) => row.person },
  {
    name: t('到哪一步'),
    is: 'words',
    cell: (row) => <span className={row.status === 'settled' ? 'yes' : undefined}>{row.statusName}</span>,
    under: (row) =>
      row.handTo !== null && (
        <span className={row.handLate ? 'late' : undefined}>
          {t('请 {unit} 接手，还没有答复', { unit: row.handTo })}
        </span>
      ),
  },
  {
    name: t('日子'),
    cell: (row) => (row.open ? <Due day={row.due} /> : row.settledOn === null ? '' : sayDate(row.settledOn)),
  },
];

const mediations: readonly Column<Figures['mediations'][number]>[] = [
  { name: t('哪种调解'), is: 'what', cell: (m) => m.name },
  { name: t('开过'), is: 'number', cell: (m) => m.opened },
  { name: t('签了协议'), is: 'number', cell: (m) => share(m.bound, m.opened) },
  { name: t('司法确认'), is: 'number', cell: (m) => share(m.confirmed, m.bound) },
  { name: t('没有办到'), is: 'number', cell: (m) => share(m.broken, m.bound), tone: (m) => m.broken > 0 && 'late' },
  { name: t('交给别家'), is: 'number', cell: (m) => m.handed },
];

/** How this year's ended, and how each kind of mediation went. */
function Year() {
  const { data } = useQuery({
    queryKey: ['disputes', 'figures'],
    queryFn: ({ signal }) => ask<Figures>('GET /api/disputes/figures', { signal }),
  });
  if (data === undefined || data.found === 0) return null;
  return (
    <>
      <h2>{t('今年 {n} 件', { n: data.found })}</h2>
      <p className="lead">
        {t('已化解 {settled}，转为诉求 {matter}，走法定途径 {elsewhere}，还没有结果 {open}；又起来过的 {reopened}。', {
          settled: data.settled,
          matter: data.matter,
          elsewhere: data.elsewhere,
          open: data.open,
          reopened: data.reopened,
        })}
      </p>
      <div className="counts-by">
        <List rows={data.mediations} columns={mediations} keyOf={({ type }) => type} />
      </div>
    </>
  );
}
