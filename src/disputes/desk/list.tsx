import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { DisputeTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { answerable, situation } from './fields.tsx';
import type { Figures, List } from './words.ts';

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
    queryFn: ({ signal }) => ask<List>('GET /api/disputes', { query: { show, grade, sweep, mediator }, signal }),
  });
  const { data } = found;
  return (
    <main className="page wide">
      <header>
        <h1>{t('矛盾纠纷')}</h1>
        <div className="tools">
          {data !== undefined && data.can.length > 0 && !writing && (
            <button type="button" className="plain first" onClick={() => setWriting(true)}>
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
            {data.reminders.length > 0 && <Reminders list={data} />}
            {data.reminders.length > 0 && <h2>{t('每一件')}</h2>}
            {data.rows.length === 0 ? (
              <Empty title={t('没有纠纷')}>{t('排查时发现的、平时碰到的，都会到这里，一件一件跟到底。')}</Empty>
            ) : (
              <Rows list={data} />
            )}
          </>
        )}
      </Arrived>
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector', 'auditor') && <Year />}
    </main>
  );
}

function RegisterForm({ list, onClose }: { list: List; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <ShortForm
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

const Reminders = ({ list }: { list: List }) => (
  <>
    <h2>{t('约定快到日子的')}</h2>
    <div className="scroll slim">
      <table className="sheet">
        <tbody>
          {list.reminders.map((r) => (
            <tr key={`${r.dispute} ${r.term}`}>
              <td className="what">
                <Link to="/disputes/$id" params={{ id: r.dispute }} search={{}}>
                  {r.subject ?? t('（内容已按规定删除）')}
                </Link>
              </td>
              <td className="nowrap">{r.waits === 'other' ? t('说办了，问问对方') : t('提醒办')}</td>
              <td className={r.late ? 'late nowrap' : 'nowrap'}>{t('{day} 前', { day: sayDate(r.due) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);

const Rows = ({ list: { rows } }: { list: List }) => (
  <div className="scroll">
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('什么事')}</th>
          <th>{t('情况')}</th>
          <th>{t('在哪儿')}</th>
          <th>{t('谁负责')}</th>
          <th>{t('到哪一步')}</th>
          <th>{t('日子')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.open ? undefined : 'over'}>
            <td className="what">
              <Link to="/disputes/$id" params={{ id: row.id }} search={{}}>
                {row.subject ?? t('（内容已按规定删除）')}
              </Link>
              <br />
              <small>
                {row.about} · {row.mode}
                {row.reopenings > 0 && ` · ${t('又起来 {n} 次', { n: row.reopenings })}`}
              </small>
            </td>
            <td>
              <span className={row.open && row.grade === 'urgent' ? 'late' : undefined}>{row.gradeName}</span>
              {row.signs.length > 0 && (
                <>
                  <br />
                  <small>{row.signs.join(t('、'))}</small>
                </>
              )}
            </td>
            <td className="nowrap">{row.place}</td>
            <td className="nowrap">
              {row.unit}
              <br />
              <small>{row.person}</small>
            </td>
            <td>
              <span className={row.status === 'settled' ? 'yes' : undefined}>{row.statusName}</span>
              {row.handTo !== null && (
                <>
                  <br />
                  <small className={row.handLate ? 'late' : undefined}>
                    {t('请 {unit} 接手，还没有答复', { unit: row.handTo })}
                  </small>
                </>
              )}
            </td>
            <td className={row.late ? 'late nowrap' : 'nowrap'}>
              {row.open
                ? t('{day} 前', { day: sayDate(row.due) })
                : row.settledOn === null
                  ? ''
                  : sayDate(row.settledOn)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

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
      <div className="scroll counts-by">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('哪种调解')}</th>
              <th className="num">{t('开过')}</th>
              <th className="num">{t('签了协议')}</th>
              <th className="num">{t('司法确认')}</th>
              <th className="num">{t('没有办到')}</th>
              <th className="num">{t('交给别家')}</th>
            </tr>
          </thead>
          <tbody>
            {data.mediations.map((m) => (
              <tr key={m.type}>
                <td>{m.name}</td>
                <td className="num">{m.opened}</td>
                <td className="num">
                  {m.bound}/{m.opened}
                </td>
                <td className="num">
                  {m.confirmed}/{m.bound}
                </td>
                <td className={m.broken > 0 ? 'num late' : 'num'}>
                  {m.broken}/{m.bound}
                </td>
                <td className="num">{m.handed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
