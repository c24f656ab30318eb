import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { PaperBeside } from '../../app/ui/paper-beside.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { OrderTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type List, forms, statuses } from './words.ts';

const shows = [
  ['open', t('在办的')],
  ['over', t('了结的')],
] as const;

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
          {hasRole(me, 'clerk', 'head', 'leader', 'inspector') && (
            <button type="button" className="plain first" aria-expanded={issuing} onClick={() => setIssuing(!issuing)}>
              {t('登记一件')}
            </button>
          )}
        </div>
      </header>
      <OrderTabs />
      {issuing && data !== undefined && (
        <IssueForm sources={data.sources} matter={search.matter} onClose={() => setIssuing(false)} />
      )}
      <div className="filters">
        <Choices
          of={shows}
          chosen={status}
          onChoose={(key) => void navigate({ to: '/orders', search: { status: key }, replace: true })}
        />
      </div>
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

const columns: readonly Column<List['rows'][number]>[] = [
  {
    name: t('要办什么'),
    is: 'what',
    cell: (row) => (
      <Link className="subject" to="/orders/$id" params={{ id: row.id }} search={{}}>
        {row.what ?? t('（内容已按规定删除）')}
      </Link>
    ),
    under: (row) => row.number,
  },
  { name: t('谁交办'), cell: (row) => <span title={row.sourceName}>{row.from}</span> },
  { name: t('责任单位'), cell: (row) => row.unitName, under: (row) => row.personName },
  { name: t('期限'), cell: (row) => <Due day={row.due} still={row.urgency !== null} /> },
  {
    name: t('状态'),
    cell: (row) =>
      row.turn === 'judge' ? t('等我认定') : row.turn === 'work' ? t('等我们报结果') : statuses[row.status],
    under: (row) => row.reminders > 0 && t('催过 {n} 次', { n: row.reminders }),
  },
];

const Rows = ({ rows }: { rows: List['rows'] }) => <Records rows={rows} columns={columns} keyOf={({ id }) => id} />;

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
      keep="order.issue"
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
