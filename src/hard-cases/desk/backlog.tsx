import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { sayNumber } from '../../matters/number-words.ts';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { amount, date, line, paragraph } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { share } from '../../app/ui/share.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { HardCaseTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { undertaken, undertaking } from './fields.tsx';
import type { Ages, Campaigns } from './words.ts';

const LIMIT = 100;
type Row = Ages['rows'][number];

const bandName = ({ from, to }: Ages['bands'][number]): string =>
  to === null ? t('{from} 天以上', { from }) : t('{from}–{to} 天', { from, to: to - 1 });

type Open = { readonly row: Row; readonly what: 'adopt' | 'propose' };

const standing = (can: Ages['can'], open: (what: Open) => void): readonly Column<Row>[] => [
  {
    name: t('什么事'),
    is: 'what',
    cell: (row) => (
      <Link to="/matters/$id" params={{ id: row.matter }} search={{}}>
        {row.subject ?? row.number}
      </Link>
    ),
    under: (row) => `${sayNumber(row.number)} · ${row.place}`,
  },
  { name: t('多少天了'), is: 'number', cell: (row) => row.days },
  { name: t('重开'), is: 'number', cell: (row) => row.reopenings },
  { name: t('承办单位'), cell: (row) => row.unit },
  {
    name: t('包案领导'),
    cell: (row) =>
      row.hardCase !== null && (
        <Link to="/hard-cases/$id" params={{ id: row.hardCase }} search={{}}>
          {row.leaderName}
          {!row.adopted && t('（还没有包下）')}
        </Link>
      ),
  },
  {
    name: '',
    is: 'act',
    cell: (row) =>
      row.hardCase === null && (
        <>
          {can.includes('hard-case.propose') && (
            <button type="button" className="link" onClick={() => open({ row, what: 'propose' })}>
              {t('请领导包')}
            </button>
          )}
          {can.includes('hard-case.adopt') && (
            <button type="button" className="link" onClick={() => open({ row, what: 'adopt' })}>
              {t('我来包')}
            </button>
          )}
        </>
      ),
  },
];

/** What has been open for long, the oldest first; a leader takes one up from here. */
export function Backlog() {
  const navigate = useNavigate();
  const { band, unadopted } = useSearch({ strict: false }) as { band?: number | string; unadopted?: string };
  const [open, setOpen] = useState<Open>();
  const found = useQuery({
    queryKey: ['backlog', band, unadopted],
    queryFn: ({ signal }) => ask<Ages>('GET /api/backlog', { query: { band, unadopted, limit: LIMIT }, signal }),
  });
  const go = (search: object): void => void navigate({ to: '/hard-cases/backlog', search: search as never });
  const chosen = band === undefined ? undefined : Number(band);
  return (
    <main className="page wide">
      <header>
        <h1>{t('包案积案')}</h1>
      </header>
      <HardCaseTabs />
      <Arrived of={found}>
        {(data) => (
          <>
            <p className="lead">
              {t('登记满 {n} 天还没有销号的，共 {total} 件，最久的在前面。', {
                n: data.backlogDays,
                total: data.total,
              })}
            </p>
            <div className="filters">
              <Choices
                of={[
                  [undefined, t('全部 {n}', { n: data.total })],
                  ...data.bands.map((one) => [one.band, `${bandName(one)} ${one.count}`] as const),
                ]}
                chosen={chosen}
                onChoose={(one) => go({ band: one, unadopted })}
              />
              <label>
                <input
                  type="checkbox"
                  checked={unadopted !== undefined}
                  onChange={(event) => go({ band, unadopted: event.target.checked ? '1' : undefined })}
                />{' '}
                {t('只看还没有人包的')}
              </label>
            </div>
            {data.rows.length === 0 ? (
              <Empty title={t('没有积案')}>{t('这一段里没有拖久了的事。')}</Empty>
            ) : (
              <List
                rows={data.rows}
                columns={standing(data.can, setOpen)}
                keyOf={({ matter }) => matter}
                below={(row) =>
                  open?.row.matter === row.matter && (
                    <TakeUp row={row} what={open.what} onClose={() => setOpen(undefined)} />
                  )
                }
              />
            )}
            {data.more && <p className="lead">{t('只列出最久的 {n} 件。按天数缩小范围看其余的。', { n: LIMIT })}</p>}
          </>
        )}
      </Arrived>
    </main>
  );
}

function TakeUp({ row, what, onClose }: Open & { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <section>
      <ShortForm
        key={`${row.matter} ${what}`}
        keep={`${row.matter} ${what}`}
        fields={
          what === 'adopt'
            ? undertaking()
            : [
                picker({ name: 'leader', label: t('请谁'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
                paragraph({ name: 'reason', label: t('难在哪里') }),
              ]
        }
        consequence={() => (what === 'adopt' ? t('我来包，包到底') : t('请他包'))}
        send={(values) =>
          what === 'adopt'
            ? give('hard-case.adopt', row.stream, { matter: row.matter, ...undertaken(values) })
            : give('hard-case.propose', row.stream, {
                matter: row.matter,
                leader: values['leader'],
                reason: values['reason'],
              } as CommandData<'hard-case.propose'>)
        }
        onDone={() => {
          tell(what === 'adopt' ? t('包下了') : t('请了'));
          void queries.invalidateQueries({ queryKey: ['backlog'] });
          void queries.invalidateQueries({ queryKey: ['hard-cases'] });
          void navigate({ to: '/hard-cases/$id', params: { id: row.stream }, search: {} });
        }}
        onClose={onClose}
      />
    </section>
  );
}

const campaigns: readonly Column<Campaigns['rows'][number]>[] = [
  {
    name: t('行动'),
    is: 'what',
    cell: (row) => (
      <Link to="/hard-cases/campaigns/$id" params={{ id: row.id }} search={{}}>
        {row.name}
      </Link>
    ),
    under: (row) => `${row.place} · ${t('满 {n} 天', { n: row.olderThan })}`,
  },
  {
    name: t('期间'),
    cell: (row) => t('{from} 到 {to}', { from: sayDate(row.from), to: sayDate(row.endedOn ?? row.until) }),
  },
  { name: t('存量'), is: 'number', cell: (row) => row.flow.stock },
  { name: t('新进'), is: 'number', cell: (row) => row.flow.came },
  { name: t('销号'), is: 'number', cell: (row) => row.flow.cleared },
  { name: t('真解决'), is: 'number', cell: (row) => share(row.flow.settled, row.flow.cleared), tone: () => 'yes' },
  { name: t('还剩'), is: 'number', cell: (row) => row.flow.closing },
];

/** Campaigns to clear old cases. */
export function Backlogs() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [opening, setOpening] = useState(false);
  const [id] = useState(newId);
  const found = useQuery({
    queryKey: ['backlogs'],
    queryFn: ({ signal }) => ask<Campaigns>('GET /api/backlogs', { signal }),
  });
  const { data } = found;
  return (
    <main className="page wide">
      <header>
        <h1>{t('包案积案')}</h1>
        <div className="tools">
          {data !== undefined && data.can.length > 0 && (
            <button type="button" className="plain first" aria-expanded={opening} onClick={() => setOpening(!opening)}>
              {t('开一个清案行动')}
            </button>
          )}
        </div>
      </header>
      <HardCaseTabs />
      <p className="lead">{t('开的那一天把名单定下来，以后只减不加；期间拖久了的、又重开的，另算新进。')}</p>
      {opening && (
        <ShortForm
          initial={{ olderThan: 180, reopened: 0 }}
          fields={[
            line({ name: 'name', label: t('叫什么') }),
            picker({ name: 'area', label: t('哪个地方的'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
            amount({ name: 'olderThan', label: t('登记满'), min: 1, max: 3650, unit: t('天的') }),
            amount({ name: 'reopened', label: t('至少重开过'), min: 0, max: 20, unit: t('次') }),
            date({ name: 'until', label: t('到哪天') }),
            line({ name: 'source', label: t('依据哪个通知') }),
          ]}
          consequence={() => t('开始，今天定名单')}
          send={(values) => give('backlog.open', id, values as CommandData<'backlog.open'>)}
          onDone={() => {
            tell(t('名单定下来了'));
            void queries.invalidateQueries({ queryKey: ['backlogs'] });
            void navigate({ to: '/hard-cases/campaigns/$id', params: { id }, search: {} });
          }}
          onClose={() => setOpening(false)}
        />
      )}
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('还没有清案行动')}>{t('定好多久以上的算、到哪天，名单自己出来，再分给各位领导。')}</Empty>
          ) : (
            <List
              rows={data.rows}
              columns={campaigns}
              keyOf={({ id: of }) => of}
              faded={({ endedOn }) => endedOn !== null}
            />
          )
        }
      </Arrived>
    </main>
  );
}
