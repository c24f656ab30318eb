import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, select } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import { addDays } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

type Listed = AnswerOf<(typeof dutyRoutes)['GET /api/duties/exceptions']>;
type Row = Listed['rows'][number];
type Officials = AnswerOf<(typeof dutyRoutes)['GET /api/duties/officials']>;
type Templates = AnswerOf<(typeof dutyRoutes)['GET /api/duties/templates']>;
type ExceptionType = Row['type'];

const types: readonly (readonly [ExceptionType, string])[] = [
  ['leave', t('请假')],
  ['training', t('培训')],
  ['secondment', t('借调')],
  ['transfer', t('调动交接')],
  ['acting', t('代理他人')],
  ['waiver', t('免去一项')],
];
const nameOf = (type: unknown): string => types.find(([key]) => key === type)?.[1] ?? '……';

/** Leave, transfers and the like: asked on a phone, decided here by somebody else; or noted by a head for another. */
export function DutyExceptions() {
  const me = useMe();
  const [granting, setGranting] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['duty-exceptions'],
    queryFn: ({ signal }) => ask<Listed>('GET /api/duties/exceptions', { signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('任务')}</h1>
        <div className="tools">
          {hasRole(me, 'head', 'leader') && (
            <button type="button" className="plain" aria-expanded={granting} onClick={() => setGranting(!granting)}>
              {t('登记请假或调动')}
            </button>
          )}
        </div>
      </header>
      <Tabs />
      {granting && <Grant onClose={() => setGranting(false)} />}
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={6} />}
      {data !== undefined &&
        (data.rows.length === 0 ? (
          <Empty title={t('没有请假或调动。')}>{t('干部在手机上申请，您在这里批；也可以替别人登记。')}</Empty>
        ) : (
          <Sheet>
            <thead>
              <tr>
                <th>{t('谁')}</th>
                <th>{t('因为什么')}</th>
                <th>{t('哪些天')}</th>
                <th>{t('事由')}</th>
                <th>{t('结论')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <One key={row.id} row={row} />
              ))}
            </tbody>
          </Sheet>
        ))}
      <p className="small">{t('自己的请假由别的负责人批。')}</p>
    </main>
  );
}

const outcome = (row: Row): string => {
  const name = row.decidedBy ?? '';
  if (row.stage === 'asked') return t('等着批');
  if (row.stage === 'refused')
    return `${t('{name}没有批', { name })}${row.decision === null ? '' : `：${row.decision}`}`;
  return row.decision === null ? t('{name}登记', { name }) : `${t('{name}批准', { name })}：${row.decision}`;
};

type Open = 'grant' | 'refuse' | 'shorten';

function One({ row }: { row: Row }) {
  const [open, setOpen] = useState<Open>();
  const kind = [
    row.typeName,
    row.duty === null ? '' : row.duty,
    row.actingFor === null ? '' : t('代理 {name}', { name: row.actingFor }),
  ].filter((part) => part !== '');
  return (
    <>
      <tr className={open === undefined ? undefined : 'on'}>
        <td className="nowrap">
          {row.name} <small>{row.unit}</small>
        </td>
        <td>{kind.join(' · ')}</td>
        <td className="nowrap">
          {row.until < row.from
            ? '—'
            : row.from === row.until
              ? sayDate(row.from)
              : `${sayDate(row.from)}—${sayDate(row.until)}`}
        </td>
        <td>{row.reason}</td>
        <td className={row.stage === 'asked' ? 'soon' : ''}>{outcome(row)}</td>
        <td className="act">
          {row.can.includes('exception.decide') && (
            <>
              <button type="button" className="plain" aria-expanded={open === 'grant'} onClick={() => setOpen('grant')}>
                {t('批准')}
              </button>{' '}
              <button
                type="button"
                className="plain"
                aria-expanded={open === 'refuse'}
                onClick={() => setOpen('refuse')}
              >
                {t('不批')}
              </button>
            </>
          )}
          {row.can.includes('exception.shorten') && (
            <button type="button" className="link" onClick={() => setOpen('shorten')}>
              {t('提前结束')}
            </button>
          )}
        </td>
      </tr>
      {open !== undefined && (
        <tr className="below">
          <td colSpan={6}>
            <Decide row={row} open={open} onClose={() => setOpen(undefined)} />
          </td>
        </tr>
      )}
    </>
  );
}

const useAgain = () => {
  const queries = useQueryClient();
  return () =>
    Promise.all([['duty-exceptions'], ['duty-progress']].map((queryKey) => queries.invalidateQueries({ queryKey })));
};

function Decide({ row, open, onClose }: { row: Row; open: Open; onClose: () => void }) {
  const again = useAgain();
  const type = row.typeName;
  const reason = line({ name: 'reason', label: t('写一句理由') });
  return (
    <ShortForm
      fields={open === 'shorten' ? [date({ name: 'until', label: t('最后一天') }), reason] : [reason]}
      initial={open === 'shorten' ? { until: addDays(dayAt(Date.now()), -1) } : {}}
      consequence={() =>
        open === 'grant'
          ? t('批准这段{type}', { type })
          : open === 'refuse'
            ? t('不批这段{type}', { type })
            : t('提前结束这段{type}', { type })
      }
      send={async (said) => {
        const why = String(said['reason'] ?? '');
        if (open === 'shorten') await give('exception.shorten', row.id, { until: String(said['until']), reason: why });
        else await give('exception.decide', row.id, { approve: open === 'grant', reason: why });
        await again();
      }}
      onDone={() => {
        tell(open === 'grant' ? t('已批准。') : open === 'refuse' ? t('没有批。') : t('已提前结束。'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function Grant({ onClose }: { onClose: () => void }) {
  const again = useAgain();
  const { data } = useQuery({
    queryKey: ['duty-officials'],
    queryFn: ({ signal }) => ask<Officials>('GET /api/duties/officials', { signal }),
  });
  const { data: templates } = useQuery({
    queryKey: ['duty-templates'],
    queryFn: ({ signal }) => ask<Templates>('GET /api/duties/templates', { signal }),
  });
  const people = (data?.rows ?? []).map((o) => [o.id, `${o.name} ${o.unit}`] as const);
  const today = dayAt(Date.now());
  if (data === undefined || templates === undefined) return <Waiting lines={3} />;
  return (
    <ShortForm
      fields={[
        select({ name: 'official', label: t('替谁登记'), options: people }),
        choice({ name: 'type', label: t('因为什么'), options: types }),
        select({ name: 'actingFor', label: t('代理谁'), options: people, ...only('acting') }),
        select({
          name: 'duty',
          label: t('免去哪一项'),
          options: templates.duties.map((d) => [d.id, d.name] as const),
          ...only('waiver'),
        }),
        date({ name: 'from', label: t('从哪天') }),
        date({ name: 'until', label: t('到哪天') }),
        line({ name: 'reason', label: t('写清事由') }),
      ]}
      initial={{ type: 'leave', from: today, until: today }}
      consequence={({ official, type }) =>
        t('登记{name}{type}，这些天不欠任务', {
          name: data.rows.find((o) => o.id === official)?.name ?? '……',
          type: nameOf(type),
        })
      }
      send={async (said) => {
        await give('exception.grant', newId(), said as never);
        await again();
      }}
      onDone={() => {
        tell(t('已登记，任务自动减了。'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}

const only = (type: ExceptionType) => ({ asked: (values: Record<string, unknown>) => values['type'] === type });
