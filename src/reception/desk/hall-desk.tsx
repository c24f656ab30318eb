import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { sayNumber } from '../../matters/number-words.ts';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandKind, give } from '../../app/ui/client.ts';
import { line, paragraph, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { DeskForm } from './hall.tsx';
import { type DeskPage, QUEUE_MS, type TicketPage, sayKept } from './hall-words.ts';

/** One desk at work: who is next, who is here, and what is done with them. */
export function HallDesk() {
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>();
  const [amending, setAmending] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['hall', id],
    queryFn: ({ signal }) => ask<DeskPage>('GET /api/hall-desks/:id', { params: { id }, signal }),
    refetchInterval: QUEUE_MS,
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const act = async (doing: () => Promise<unknown>, said?: string) => {
    try {
      await doing();
      setFault(undefined);
      if (said !== undefined) tell(said);
    } catch (refused) {
      setFault(refused);
    }
    void queries.invalidateQueries({ queryKey: ['hall'] });
  };
  const can = (kind: string): boolean => data.can.includes(kind as never);
  const mine = data.sitting?.id === data.me;
  return (
    <main className="page">
      <header>
        <h1>{t('{code} 号窗口　{unit}', { code: data.code, unit: data.unit.name })}</h1>
        <div className="tools">
          <Link to="/reception/hall" search={{}}>
            {t('整个大厅')}
          </Link>
          {can('hall-desk.amend') && (
            <button type="button" className="plain" onClick={() => setAmending(!amending)}>
              {t('改窗口')}
            </button>
          )}
        </div>
      </header>
      <p className="lead">
        {data.duties.join('、')} · {sayKept(data)} ·{' '}
        {data.sitting === null ? t('现在没有人坐在这里') : t('{name}坐在这里', { name: data.sitting.name })}
      </p>
      {amending && (
        <DeskForm
          area={data.area}
          id={id}
          initial={{
            code: data.code,
            unit: data.unit.id,
            unitName: data.unit.name,
            form: data.form,
            weekdays: data.weekdays.map(String),
            from: data.from,
            to: data.to,
            duties: data.duties.join('、'),
            people: data.people.map((p) => p.id),
          }}
          people={data.people}
          onClose={() => setAmending(false)}
          onDone={() => {
            setAmending(false);
            void queries.invalidateQueries({ queryKey: ['hall'] });
          }}
        />
      )}
      <p className="acts">
        {can('hall-desk.sit') && (
          <button
            type="button"
            className={mine ? 'plain' : 'plain first'}
            onClick={() => void act(() => give('hall-desk.sit', id, {}), t('开始值守'))}
          >
            {t('我来了，开始值守')}
          </button>
        )}
        <button
          type="button"
          // While somebody sits here, the main thing is theirs.
          className={can('hall-desk.sit') || data.now.length > 0 ? 'plain' : 'plain first'}
          disabled={data.waiting.length === 0}
          onClick={() => void act(() => ask('POST /api/hall-desks/:id/next', { params: { id }, body: {} }))}
        >
          {data.waiting.length === 0 ? t('没有人在等') : t('叫下一位：{number}', { number: data.waiting[0]!.number })}
        </button>
        {can('hall-desk.rise') && (
          <button
            type="button"
            className="plain"
            onClick={() => void act(() => give('hall-desk.rise', id, {}), t('离开了'))}
          >
            {t('我离开一下')}
          </button>
        )}
      </p>
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
      {data.now.map((ticket) => (
        <AtDesk key={ticket.id} id={ticket.id} desk={id} act={act} />
      ))}
      <h2>
        {t('在等的')}
        <small>{t('{n} 位，按会叫到的先后', { n: data.waiting.length })}</small>
      </h2>
      {data.waiting.length > 0 && (
        <table className="sheet counts">
          <tbody>
            {data.waiting.map((q) => (
              <tr key={q.id}>
                <td className="nowrap">
                  <b>{q.number}</b>
                </td>
                <td>{q.first && t('优先')}</td>
                <td className="nowrap">{t('{at}取号', { at: sayMoment(q.takenAt) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data.missed.length > 0 && (
        <>
          <h2>{t('过号的')}</h2>
          <table className="sheet counts">
            <tbody>
              {data.missed.map((q) => (
                <tr key={q.id}>
                  <td className="nowrap">
                    <b>{q.number}</b>
                  </td>
                  <td className="right">
                    <button
                      type="button"
                      className="link"
                      onClick={() => void act(() => give('ticket.requeue', q.id, {}), t('排到最后了'))}
                    >
                      {t('人来了，重新排')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </main>
  );
}

const actsFor = (one: TicketPage, desk: string): Partial<Record<CommandKind, Act>> => ({
  'ticket.register': {
    name: t('登记上台账'),
    button: t('登记，上台账'),
    fields: [
      paragraph({ name: 'words', label: t('说了什么'), hint: t('按原话写'), rows: 3 }),
      line({ name: 'name', label: t('怎么称呼'), optional: true }),
      line({ name: 'phone', label: t('电话'), optional: true }),
      picker({
        name: 'area',
        label: t('哪里的事'),
        sort: 'areas',
        optional: true,
        placeholder: t('村、社区；不填就算大厅所在的地方'),
      }),
      line({ name: 'number', label: t('以前说过的，写编号'), hint: t('写了就连到那一件，不另立新的'), optional: true }),
    ],
    says: () => t('已上台账'),
  },
  'ticket.note': {
    name: t('写本窗口的意见'),
    button: t('写上，登记时一起带上'),
    fields: [paragraph({ name: 'words', label: t('本窗口怎么说') })],
    data: (values) => ({ ...values, desk }),
  },
  'ticket.join': {
    name: t('请别的窗口一起接待'),
    button: t('请过来'),
    fields: [select({ name: 'desk', label: t('哪个窗口'), options: one.others.map((d) => [d.id, d.name] as const) })],
  },
  'ticket.transfer': {
    name: t('转给别的窗口'),
    button: t('转过去，不用重新排'),
    fields: [
      select({
        name: 'desk',
        label: t('哪个窗口'),
        options: [...one.others, ...one.desks.filter((d) => d.id !== one.desk.id)].map((d) => [d.id, d.name] as const),
      }),
      line({ name: 'reason', label: t('为什么转') }),
    ],
  },
});

/** Who is at the desk now: called, or sitting there. */
function AtDesk({
  id,
  desk,
  act,
}: {
  id: string;
  desk: string;
  act: (doing: () => Promise<unknown>, said?: string) => Promise<void>;
}) {
  const { data } = useQuery({
    queryKey: ['hall', 'ticket', id],
    queryFn: ({ signal }) => ask<TicketPage>('GET /api/tickets/:id', { params: { id }, signal }),
  });
  if (data === undefined) return null;
  const can = (kind: string): boolean => data.can.includes(kind as never);
  return (
    <>
      <h2>
        {t('{number} 号', { number: data.number })}
        <small>
          {data.status === 'called' ? t('叫了，还没到窗口') : t('正在接待')}
          {data.first && ` · ${t('优先')}`}
          {data.desks.length > 1 && ` · ${data.desks.map((d) => d.name).join('、')}`}
        </small>
      </h2>
      <p className="acts">
        {can('ticket.receive') && (
          <button type="button" className="plain first" onClick={() => void act(() => give('ticket.receive', id, {}))}>
            {t('来了')}
          </button>
        )}
        {can('ticket.call') && data.status === 'called' && (
          <button
            type="button"
            className="plain"
            onClick={() => void act(() => give('ticket.call', id, {}), t('再叫了一遍'))}
          >
            {t('再叫一遍')}
          </button>
        )}
        {can('ticket.miss') && (
          <button
            type="button"
            className="plain"
            onClick={() => void act(() => give('ticket.miss', id, {}), t('记了过号'))}
          >
            {t('没来，过号')}
          </button>
        )}
        {can('ticket.finish') && (
          <button
            type="button"
            className="plain"
            onClick={() => void act(() => give('ticket.finish', id, {}), t('办完了'))}
          >
            {t('办完了')}
          </button>
        )}
      </p>
      <Acts acts={actsFor(data, desk)} can={data.can} stream={id} query="hall" />
      {data.notes.map((n, i) => (
        <p key={i}>
          <small>{n.desk}</small> {n.words}
        </p>
      ))}
      {data.matters.length > 0 && (
        <p>
          {t('上了台账：')}
          {data.matters.map((m) => (
            <Link key={m.id} to="/matters/$id" params={{ id: m.id }} search={{}}>
              {m.number !== null && sayNumber(m.number)}{' '}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}
