import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give } from '../../app/ui/client.ts';
import { type Field, ShortForm, type Values } from '../../app/ui/form.tsx';
import { choice, paragraph } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Arrived, Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { DisputeTabs } from '../../app/ui/tabs.tsx';
import { sayDate, sayLeft, sayMonth } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { answerable, situation } from './fields.tsx';
import type { Coverage, Mine } from './words.ts';

/** What my unit sweeps, and who has and has not swept. */
export function Sweeps() {
  const me = useMe();
  return (
    <main className="page wide">
      <header>
        <h1>{t('矛盾纠纷')}</h1>
      </header>
      <DisputeTabs />
      <MySweeps />
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector', 'auditor') && <WhoSwept />}
    </main>
  );
}

const sweeping = (open: (what: { id: string; what: 'find' | 'return' }) => void): readonly Column<Row>[] => [
  { name: '', is: 'what', cell: (r) => r.name, under: (r) => `${r.modeName} · ${r.unitName}` },
  { name: '', is: 'number', cell: (r) => t('发现 {n} 件', { n: r.found }) },
  {
    name: '',
    cell: (r) =>
      r.returnedOn === null
        ? t('{day} 前报', { day: sayDate(r.due) })
        : t('{day} 报了', { day: sayDate(r.returnedOn) }),
    under: (r) => r.returnedOn === null && sayLeft(r.due),
    tone: (r) => (r.late ? 'late' : r.returnedOn !== null && 'yes'),
  },
  {
    name: '',
    is: 'act',
    cell: (r) =>
      r.returnedOn === null && (
        <>
          <button type="button" className="link" onClick={() => open({ id: r.id, what: 'find' })}>
            {t('记一件')}
          </button>
          <button type="button" className="plain" onClick={() => open({ id: r.id, what: 'return' })}>
            {r.found === 0 ? t('报“没有发现”') : t('报这一期')}
          </button>
        </>
      ),
  },
];

function MySweeps() {
  const [open, setOpen] = useState<{ id: string; what: 'find' | 'return' }>();
  const { data, error, refetch } = useQuery({
    queryKey: ['sweeps', 'mine'],
    queryFn: ({ signal }) => ask<Mine>('GET /api/sweeps/mine', { signal }),
  });
  if (data === undefined)
    return error === null ? <Waiting lines={4} /> : <Trouble error={error} again={() => void refetch()} />;
  if (!data.can.includes('sweep.return') || data.rows.length === 0) return null;
  const row = data.rows.find(({ id }) => id === open?.id);
  const close = (): void => setOpen(undefined);
  return (
    <>
      <h2>{t('我们单位要报的')}</h2>
      <List
        rows={data.rows}
        columns={sweeping(setOpen)}
        keyOf={({ id }) => id}
        heads={false}
        below={({ id }) =>
          row?.id === id &&
          (open?.what === 'find' ? (
            <FindForm mine={data} row={row} onClose={close} />
          ) : (
            <ReturnForm row={row} onClose={close} />
          ))
        }
      />
    </>
  );
}

function useDone(onClose: () => void, says: string) {
  const queries = useQueryClient();
  return () => {
    tell(says);
    onClose();
    void queries.invalidateQueries({ queryKey: ['sweeps'] });
    void queries.invalidateQueries({ queryKey: ['disputes'] });
  };
}

type Row = Mine['rows'][number];
const asDispute = (values: Values): boolean => values['into'] !== 'matter';

function FindForm({ mine, row, onClose }: { mine: Mine; row: Row; onClose: () => void }) {
  const done = useDone(onClose, t('记下了'));
  const fields: Field[] = [
    choice({
      name: 'into',
      label: t('是什么'),
      options: [
        ['dispute', t('人和人之间的纠纷')],
        ['matter', t('要单位办的事')],
      ],
    }),
    ...situation(mine.abouts, mine.signs),
    ...answerable().map((field) => ({
      ...field,
      asked: (values: Values) => asDispute(values) && (field.asked?.(values) ?? true),
    })),
  ];
  return (
    <ShortForm
      initial={{ into: 'dispute', area: row.area, areaName: row.areaName, unit: row.unit, unitName: row.unitName }}
      fields={fields}
      consequence={(values) => (asDispute(values) ? t('记下，跟到底') : t('记下，转去派单'))}
      send={({ signs = [], unit, person, due, ...values }) =>
        give('sweep.find', row.id, {
          signs,
          ...values,
          unit: row.unit,
          mode: row.mode,
          period: row.period,
          ...(values['into'] === 'matter' ? {} : { by: { unit, person, due } }),
        } as CommandData<'sweep.find'>)
      }
      onDone={done}
      onClose={onClose}
    />
  );
}

function ReturnForm({ row, onClose }: { row: Row; onClose: () => void }) {
  const done = useDone(onClose, t('报上去了'));
  return (
    <ShortForm
      fields={[paragraph({ name: 'looked', label: t('看了哪些地方，问了谁'), hint: t('没有发现也要写') })]}
      consequence={() => (row.found === 0 ? t('报“没有发现”') : t('报这一期，共 {n} 件', { n: row.found }))}
      send={({ looked }) =>
        give('sweep.return', row.id, {
          unit: row.unit,
          mode: row.mode,
          period: row.period,
          looked,
        } as CommandData<'sweep.return'>)
      }
      onDone={done}
      onClose={onClose}
    />
  );
}

const modes = [
  ['month', t('每月')],
  ['day', t('每日（设定的时段里）')],
  ['phase', t('集中')],
] as const;

/** Who has not swept yet stands first. */
function WhoSwept() {
  const navigate = useNavigate();
  const { mode = 'month', period } = useSearch({ strict: false }) as { mode?: string; period?: string };
  const found = useQuery({
    queryKey: ['sweeps', mode, period],
    queryFn: ({ signal }) => ask<Coverage>('GET /api/sweeps', { query: { mode, period }, signal }),
  });
  const { data } = found;
  const go = (search: object): void => void navigate({ to: '/disputes/sweeps', search: search as never });
  return (
    <>
      <h2>{t('哪些单位还没有排查')}</h2>
      <div className="filters">
        <Choices of={modes} chosen={mode} onChoose={(key) => go({ mode: key })} />
        {mode === 'phase' ? (
          <select
            className="plain"
            aria-label={t('哪一期')}
            value={data?.period?.period ?? ''}
            onChange={(event) => go({ mode, period: event.target.value })}
          >
            {(data?.choices.phase ?? []).map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
          </select>
        ) : (
          <input
            className="plain"
            type={mode === 'month' ? 'month' : 'date'}
            aria-label={t('哪一期')}
            value={period ?? (mode === 'month' ? data?.today.slice(0, 7) : data?.today) ?? ''}
            onChange={(event) => go({ mode, period: event.target.value || undefined })}
          />
        )}
      </div>
      <Arrived of={found} lines={6}>
        {(data) =>
          data.period === null ? (
            <Empty title={t('这一天不用每日排查')}>
              {data.choices.day.length === 0
                ? t('每日排查的时段在“规则 · 矛盾排查”里定。')
                : t('设定的时段：{list}。在“规则 · 矛盾排查”里改。', {
                    list: data.choices.day.map((p) => `${p.name} ${sayDate(p.from)}–${sayDate(p.to)}`).join(t('；')),
                  })}
            </Empty>
          ) : (
            <Swept data={data} />
          )
        }
      </Arrived>
    </>
  );
}

/** Those that said something, one by one; of the others the names are enough. */
function Swept({ data: { period, figures, rows, today } }: { data: Coverage }) {
  if (period === null || figures === null) return null;
  const silent = rows.filter((row) => row.returnedOn === null && row.found === 0);
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { name: t('单位'), is: 'what', cell: (row) => row.name },
    {
      name: t('报了没有'),
      cell: (row) =>
        row.returnedOn === null
          ? t('还没有报')
          : row.late
            ? t('{day}，晚了', { day: sayDate(row.returnedOn) })
            : sayDate(row.returnedOn),
      tone: (row) => row.returnedOn === null && period.due < today && 'late',
    },
    {
      name: t('发现'),
      is: 'number',
      cell: (row) =>
        row.sweep !== null && row.found > 0 ? (
          <Link to="/disputes" search={{ show: 'all', sweep: row.sweep } as never}>
            {row.found}
          </Link>
        ) : (
          0
        ),
    },
    { name: t('看了哪些地方，问了谁'), is: 'words', cell: (row) => row.looked },
  ];
  return (
    <>
      <p className="lead">
        {t(
          '{name}，{day} 前报。{returned}/{units} 个单位报了，其中 {nil} 个没有发现；查出纠纷 {disputes} 件，已化解 {settled} 件。',
          {
            name: period.mode === 'month' ? sayMonth(period.period) : period.name,
            day: sayDate(period.due),
            returned: figures.returned,
            units: figures.units,
            nil: figures.nil,
            disputes: figures.disputes,
            settled: figures.settled,
          },
        )}
      </p>
      {silent.length > 0 && (
        <>
          <h3 className={period.due < today ? 'late' : undefined}>{t('还没有报的 {n} 个', { n: silent.length })}</h3>
          <ul className="names">
            {silent.map(({ unit, name }) => (
              <li key={unit}>{name}</li>
            ))}
          </ul>
          <h3>{t('报了的、有发现的')}</h3>
        </>
      )}
      <List rows={rows.filter((row) => !silent.includes(row))} columns={columns} keyOf={({ unit }) => unit} />
    </>
  );
}
