import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { PaperBeside } from '../../app/ui/paper-beside.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { OrderTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type List, forms, statuses } from './words.ts';

/** What leaders and higher levels asked for: what waits for me first, then what is late, then by its day. */
export function Orders() {
  const me = useMe();
  const search = useSearch({ strict: false }) as { status?: 'open' | 'over'; issue?: string; matter?: string };
  const navigate = useNavigate();
  const [issuing, setIssuing] = useState(search.issue !== undefined);
  const status = search.status ?? 'open';
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', status],
    queryFn: ({ signal }) => ask<List>('GET /api/orders', { query: { status }, signal }),
  });
  const rows = data?.rows ?? [];
  const mine = rows.filter(({ turn }) => turn !== null);
  const others = rows.filter(({ turn }) => turn === null);
  return (
    <main className="page wide">
      <header>
        <h1>{t('批示督办')}</h1>
        <div className="tools">
          <select
            className="plain"
            aria-label={t('看哪些')}
            value={status}
            onChange={(event) =>
              void navigate({ to: '/orders', search: { status: event.target.value }, replace: true })
            }
          >
            <option value="open">{t('在办的')}</option>
            <option value="over">{t('了结的')}</option>
          </select>
          {hasRole(me, 'clerk', 'head', 'leader', 'inspector') && !issuing && (
            <button type="button" className="plain first" onClick={() => setIssuing(true)}>
              {t('登记一件')}
            </button>
          )}
        </div>
      </header>
      <OrderTabs />
      {issuing && data !== undefined && (
        <IssueForm sources={data.sources} matter={search.matter} onClose={() => setIssuing(false)} />
      )}
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && rows.length === 0 && (
        <Empty title={status === 'open' ? t('没有在办的批示和督办') : t('还没有了结的')}>
          {t('上级交办、领导批示和督办都登记在这里；在诉求上批示时定了日子的，会自己列进来。')}
        </Empty>
      )}
      {mine.length > 0 && (
        <>
          <h2>{t('等我的')}</h2>
          <Rows rows={mine} />
        </>
      )}
      {others.length > 0 && (
        <>
          {mine.length > 0 && <h2>{t('其他')}</h2>}
          <Rows rows={others} />
        </>
      )}
    </main>
  );
}

const Rows = ({ rows }: { rows: List['rows'] }) => (
  <div className="scroll">
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('编号')}</th>
          <th>{t('要办什么')}</th>
          <th>{t('谁交办')}</th>
          <th>{t('责任单位')}</th>
          <th>{t('期限')}</th>
          <th>{t('状态')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">
              <small>{row.number}</small>
            </td>
            <td className="what">
              <Link className="subject" to="/orders/$id" params={{ id: row.id }} search={{}}>
                {row.what ?? t('（内容已按规定删除）')}
              </Link>
            </td>
            <td className="nowrap" title={row.sourceName}>
              {row.from}
            </td>
            <td className="nowrap">{[row.unitName, row.personName].filter((name) => name !== null).join(' ')}</td>
            <td className={`nowrap${row.urgency === 'late' ? ' late' : ''}`}>
              {sayDate(row.due)} {row.urgency === 'late' && <small className="late">{t('超期')}</small>}
              {row.urgency === 'soon' && <small className="soon">{t('快到期')}</small>}
            </td>
            <td className="nowrap">
              {row.turn === 'judge' ? t('等我认定') : row.turn === 'work' ? t('等我们报结果') : statuses[row.status]}
              {row.reminders > 0 && <small>{t(' 催过 {n} 次', { n: row.reminders })}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const DAY_MS = 86_400_000;

/** A paper from above, a leader's word, or a supervision order. */
function IssueForm({
  sources,
  matter,
  onClose,
}: {
  sources: List['sources'];
  matter: string | undefined;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  const [id] = useState(newId);
  const usual = (source: unknown): number => sources.find((s) => s.id === source)?.days ?? 15;
  const inspects = hasRole(me, 'inspector');
  return (
    <ShortForm
      initial={{
        form: inspects || matter !== undefined ? 'supervision' : 'assignment',
        source: inspects ? 'inspectorate' : undefined,
        from: inspects ? t('督查室') : undefined,
        due: dayAt(Date.now() + usual(inspects ? 'inspectorate' : undefined) * DAY_MS),
      }}
      fields={[
        choice({ name: 'form', label: t('哪一种'), options: Object.entries(forms) }),
        select({ name: 'source', label: t('来源'), options: sources.map(({ id: key, name }) => [key, name]) }),
        line({ name: 'from', label: t('谁交办'), hint: t('照文件上写：省信访局、县委书记何某') }),
        picker({
          name: 'giver',
          label: t('本县领导'),
          hint: t('选了就由他本人认定办没办好'),
          sort: 'officials',
          placeholder: t('打姓名或拼音首字母'),
          optional: true,
          asked: ({ form }) => form === 'instruction',
        }),
        paragraph({ name: 'text', label: t('要办什么'), rows: 3 }),
        picker({ name: 'unit', label: t('责任单位'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
        date({ name: 'due', label: t('哪天前报结果'), min: dayAt(Date.now()) }),
        line({
          name: 'reference',
          label: t('来文文号'),
          optional: true,
          asked: ({ form }) => form !== 'supervision',
        }),
      ]}
      beside={(values) => (
        <PaperBeside
          record="order"
          id={id}
          kind="order.issue"
          values={{ ...values, ...(matter === undefined ? {} : { matter }) }}
        />
      )}
      consequence={({ unitName, due }) =>
        t('下达给{unit}，{due} 前报结果', {
          unit: typeof unitName === 'string' ? unitName : '……',
          due: typeof due === 'string' && due !== '' ? sayDate(due) : '……',
        })
      }
      send={(values) =>
        give('order.issue', id, {
          ...values,
          ...(matter === undefined ? {} : { matter }),
        } as CommandData<'order.issue'>)
      }
      onDone={() => {
        tell(t('下达了'));
        void queries.invalidateQueries({ queryKey: ['orders'] });
        void navigate({ to: '/orders/$id', params: { id }, search: {} });
      }}
      onClose={onClose}
    />
  );
}
