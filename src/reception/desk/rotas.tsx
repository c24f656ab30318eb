import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty, PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { dayAt, sayDay, sayMonth } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { sittingFields } from './days.tsx';
import { t } from './english.ts';
import { type RotaPage, type Rotas as List, clashes } from './words.ts';

const monthsAhead = (): string[] => {
  const [year, month] = dayAt(Date.now()).split('-').map(Number) as [number, number];
  return [-1, 0, 1, 2].map((n) => new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 7));
};

const known: readonly Column<List['rows'][number]>[] = [
  {
    name: '',
    is: 'what',
    cell: (r) => (
      <Link to="/reception/rotas/$id" params={{ id: r.id }} search={{}}>
        {r.dutyName}
      </Link>
    ),
  },
  { name: '', cell: (r) => r.place },
  { name: '', is: 'number', cell: (r) => t('{entries} 天', { entries: r.entries }) },
  {
    name: '',
    cell: (r) => (r.status === 'draft' ? t('草稿，还没公布') : t('公布了')),
    tone: (r) => r.status === 'draft' && 'soon',
  },
];
const toPlan = (draft: (one: List['open'][number]) => void): readonly Column<List['open'][number]>[] => [
  { name: '', is: 'what', cell: (o) => o.dutyName, under: (o) => o.source },
  { name: '', cell: (o) => o.place },
  {
    name: '',
    is: 'act',
    cell: (o) => (
      <button type="button" className="plain" onClick={() => draft(o)}>
        {t('按任务排好')}
      </button>
    ),
  },
];

/** The rotas of a month: those there are, and what can be planned from the duties. */
export function Rotas() {
  const search = useSearch({ strict: false }) as { month?: string };
  const navigate = useNavigate();
  const [fault, setFault] = useState<unknown>();
  const months = monthsAhead();
  const month = search.month ?? months[1]!;
  const found = useQuery({
    queryKey: ['rotas', month],
    queryFn: ({ signal }) => ask<List>('GET /api/rotas', { query: { month }, signal }),
  });
  const draft = async ({ id, area, duty }: List['open'][number]) => {
    try {
      await give('rota.draft', id, { area, duty, month } as CommandData<'rota.draft'>);
      void navigate({ to: '/reception/rotas/$id', params: { id } } as never);
    } catch (refused) {
      setFault(refused);
    }
  };
  return (
    <main className="page">
      <header>
        <h1>{receptionTitle()}</h1>
        <div className="tools">
          <select
            className="plain"
            aria-label={t('哪个月')}
            value={month}
            onChange={(e) => void navigate({ to: '/reception/rotas', search: { month: e.target.value } as never })}
          >
            {(months.includes(month) ? months : [month, ...months]).map((m) => (
              <option key={m} value={m}>
                {sayMonth(m)}
              </option>
            ))}
          </select>
        </div>
      </header>
      <ReceptionTabs />
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
      <Arrived of={found} lines={6}>
        {(data) => (
          <>
            {data.rows.length === 0 && data.open.length === 0 && <Empty title={t('这个月没有接访表')} />}
            {data.rows.length > 0 && <Records rows={data.rows} columns={known} keyOf={({ id }) => id} heads={false} />}
            {data.open.length > 0 && month >= data.today.slice(0, 7) && (
              <>
                <h2>{t('还没排的')}</h2>
                <Records
                  rows={data.open}
                  columns={toPlan((one) => void draft(one))}
                  keyOf={({ id }) => id}
                  heads={false}
                />
              </>
            )}
          </>
        )}
      </Arrived>
    </main>
  );
}

type Editing = { readonly entry: RotaPage['entries'][number] } | 'new' | undefined;

/** One rota: its days with what speaks against each; edited while it is a draft, published once. */
export function RotaScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Editing>();
  const [fault, setFault] = useState<unknown>();
  const { data, error, refetch } = useQuery({
    queryKey: ['rotas', 'one', id],
    queryFn: ({ signal }) => ask<RotaPage>('GET /api/rotas/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const again = (): void => void queries.invalidateQueries({ queryKey: ['rotas'] });
  const act = async (doing: () => Promise<unknown>, said: string) => {
    try {
      await doing();
      setFault(undefined);
      setEditing(undefined);
      tell(said);
    } catch (refused) {
      setFault(refused);
    }
    again();
  };
  const can = (kind: string): boolean => data.can.includes(kind as never);
  const blocked = data.entries.filter((e) => e.clashes.some((c) => c !== 'day-off' && c !== 'crowded')).length;
  const first = data.entries[0];
  return (
    <main className="page">
      <header>
        <h1>{t('{month}{duty}', { month: sayMonth(data.month), duty: data.dutyName })}</h1>
        <div className="tools">
          <a className="plain-link" href={`/api/rotas/${id}/sheet`} target="_blank" rel="noreferrer">
            {t('打印')}
          </a>
          <Link to="/reception/rotas" search={{ month: data.month } as never}>
            {t('这个月的表')}
          </Link>
        </div>
      </header>
      <p className="lead">
        {data.status === 'published'
          ? t('已经公布，群众看得到、约得上。要改哪一天，点进那一天改，写明原因。')
          : t('草稿。公布要提前 {days} 天；公布以后一天一天改，每次写原因。', { days: data.noticeDays })}
      </p>
      {(can('rota.publish') || can('rota.put')) && (
        <p className="acts">
          <button
            type="button"
            className="plain first"
            onClick={() => void act(() => give('rota.publish', id, {}), t('公布了，群众页面看得到'))}
          >
            {t('公布 {n} 天', { n: data.entries.length })}
          </button>
          <button type="button" className="plain" onClick={() => setEditing('new')}>
            {t('加一天')}
          </button>
          <button
            type="button"
            className="plain"
            onClick={() =>
              void act(
                () => give('rota.draft', id, { area: data.area, duty: data.duty, month: data.month }),
                t('重新排好了'),
              )
            }
          >
            {t('全部重排')}
          </button>
        </p>
      )}
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
      {blocked > 0 && data.status === 'draft' && (
        <p className="soon">{t('有 {n} 条要先改，才能公布。', { n: blocked })}</p>
      )}
      {data.short.length > 0 && data.status === 'draft' && (
        <ul>
          {data.short.map((s) => (
            <li key={s.official} className="soon">
              {t('{name}：应排 {owed} 天，只排下 {placed} 天，{why}', {
                name: s.name,
                owed: s.owed,
                placed: s.placed,
                why: s.why === 'away' ? t('这个月在岗的日子不够') : t('能去的日子都排了别人'),
              })}
            </li>
          ))}
        </ul>
      )}
      {editing !== undefined && (
        <ShortForm
          key={editing === 'new' ? 'new' : editing.entry.number}
          initial={
            editing === 'new'
              ? { day: first?.day, from: first?.from, to: first?.to, spot: first?.spot }
              : { ...editing.entry, officialName: editing.entry.name }
          }
          fields={[
            picker({
              name: 'official',
              label: t('谁接访'),
              sort: 'officials',
              placeholder: t('打姓名、拼音或首字母'),
              named: editing === 'new' ? undefined : (editing.entry.name ?? undefined),
            }),
            ...sittingFields(),
          ]}
          consequence={() => (editing === 'new' ? t('加上') : t('改'))}
          send={({ official, day, from, to, spot }) => {
            const sits = { official, day, from, to, spot } as CommandData<'rota.put'>;
            return editing === 'new'
              ? give('rota.put', id, sits)
              : give('rota.move', id, { ...sits, entry: editing.entry.number });
          }}
          onDone={() => {
            setEditing(undefined);
            again();
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      <Records
        rows={data.entries}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            name: t('谁接访'),
            is: 'what',
            cell: (e) => e.name,
          },
          { name: t('哪天'), cell: (e) => sayDay(e.day), under: (e) => t('{from}–{to}', { from: e.from, to: e.to }) },
          { name: t('在哪里'), is: 'words', cell: (e) => e.spot },
          data.status === 'draft' && {
            name: t('要留意'),
            is: 'words',
            cell: (e) => e.clashes.map((c) => clashes[c]).join(t('、')),
            tone: () => 'soon',
          },
          can('rota.move') && {
            name: '',
            is: 'act',
            cell: (e) => (
              <>
                <button type="button" className="link" onClick={() => setEditing({ entry: e })}>
                  {t('改')}
                </button>
                <button
                  type="button"
                  className="link"
                  onClick={() => void act(() => give('rota.drop', id, { entry: e.number }), t('删了，还可以再加'))}
                >
                  {t('删')}
                </button>
              </>
            ),
          },
        ]}
      />
    </main>
  );
}
