import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { paragraph } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { share } from '../../app/ui/share.ts';
import { PageWaiting, Waiting } from '../../app/ui/states.tsx';
import { sayDate, sayMonth } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import type { Bulletin, Records } from './words.ts';

const whats: Readonly<Record<string, string>> = {
  stock: t('存量'),
  came: t('新进'),
  cleared: t('销号'),
  settled: t('真解决'),
  trial: t('还在看'),
  ended: t('只是了结'),
  remaining: t('还剩'),
  unshared: t('还没有分给领导的'),
};

/** A figure that leads to its records. */
function Figure({
  what,
  n,
  of,
  id,
  leader,
  month,
}: {
  what: string;
  n: number;
  of?: number;
  id: string;
  leader?: string | null;
  month?: string | null;
}) {
  const said = of === undefined ? String(n) : share(n, of);
  if (n === 0) return <>{said}</>;
  return (
    <Link
      className="figure"
      to="/hard-cases/campaigns/$id"
      params={{ id }}
      search={{ month: month ?? undefined, what, leader: leader ?? undefined } as never}
    >
      {said}
    </Link>
  );
}

type Leader = Bulletin['leaders'][number];
const leadersOf = (id: string, month: string | null): readonly Column<Leader>[] => [
  { name: t('包案领导'), is: 'what', cell: (l) => l.name ?? t('还没有分') },
  { name: t('分到'), is: 'number', cell: (l) => l.share },
  {
    name: t('还剩'),
    is: 'number',
    cell: (l) => (
      <Figure
        what={l.leader === null ? 'unshared' : 'remaining'}
        n={l.remaining}
        of={l.share}
        id={id}
        leader={l.leader}
        month={month}
      />
    ),
  },
  ...(['settled', 'trial', 'ended'] as const).map((kind): Column<Leader> => ({
    name: whats[kind]!,
    is: 'number',
    cell: (l) =>
      l.leader === null ? l[kind] : <Figure what={kind} n={l[kind]} id={id} leader={l.leader} month={month} />,
  })),
  {
    name: t('亲自 / 别人'),
    is: 'number',
    cell: (l) =>
      l.leader !== null && (
        <>
          <b>{l.own}</b> / {l.delegated}
          {l.said > 0 && <small> {t('待确认 {n}', { n: l.said })}</small>}
        </>
      ),
  },
];

const behind: readonly Column<Records['rows'][number]>[] = [
  {
    name: '',
    is: 'what',
    cell: (row) => (
      <Link to="/matters/$id" params={{ id: row.matter }} search={{}}>
        {row.subject ?? row.number}
      </Link>
    ),
    under: (row) => `${row.place} · ${row.unit}`,
  },
  { name: '', is: 'number', cell: (row) => t('{n} 天', { n: row.days }) },
  {
    name: '',
    cell: (row) =>
      row.hardCase === null ? (
        (row.shareOf ?? '')
      ) : (
        <Link to="/hard-cases/$id" params={{ id: row.hardCase }} search={{}}>
          {row.leaderName}
        </Link>
      ),
  },
  {
    name: '',
    cell: (row) =>
      [whats[row.standing], row.closedOn === null ? undefined : sayDate(row.closedOn)]
        .filter((part) => part !== undefined)
        .join(' '),
  },
];

/** The bulletin of a campaign: stock and flow, closed and really settled apart, each leader's share. */
export function CampaignScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const { month, what, leader } = useSearch({ strict: false }) as { month?: string; what?: string; leader?: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['backlogs', id, month],
    queryFn: ({ signal }) => ask<Bulletin>('GET /api/backlogs/:id', { params: { id }, query: { month }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const { flow } = data;
  const cleared = flow.settled + flow.trial + flow.ended;
  const unshared = data.leaders.find((l) => l.leader === null)?.remaining ?? 0;
  const print = `/api/backlogs/${id}/print${data.month === null ? '' : `?month=${data.month}`}`;
  return (
    <main className="page wide">
      <header>
        <h1>{data.name}</h1>
        <div className="tools">
          <a className="plain-link" href={print} target="_blank" rel="noreferrer">
            {t('打印通报')}
          </a>
          <Link to="/hard-cases/campaigns" search={{}}>
            {t('全部行动')}
          </Link>
        </div>
      </header>
      <Acts
        acts={{
          'backlog.end': {
            name: t('结束行动'),
            minor: true,
            button: t('结束，数到今天为止'),
            fields: [paragraph({ name: 'words', label: t('办成了什么，剩下的怎么办') })],
          },
        }}
        can={data.can}
        stream={id}
        query="backlogs"
      />
      <p className="lead">
        {t('{place}，登记满 {n} 天的；{from} 到 {to}；依据：{source}', {
          place: data.place,
          n: data.olderThan,
          from: sayDate(data.from),
          to: sayDate(data.endedOn ?? data.until),
          source: data.source,
        })}
      </p>
      <div className="filters">
        <Choices
          of={[[undefined, t('到现在')] as const, ...data.months.map((m) => [m.month, sayMonth(m.month)] as const)]}
          chosen={data.month ?? undefined}
          onChoose={(of) =>
            void navigate({ to: '/hard-cases/campaigns/$id', params: { id }, search: { month: of } as never })
          }
        />
      </div>
      <h2>{t('存量和增量')}</h2>
      <div className="counts-by">
        <Sheet>
          <thead>
            <tr>
              <th className="num">{t('期初')}</th>
              <th className="num">{t('新进')}</th>
              <th className="num">{t('销号')}</th>
              <th className="num">{t('期末')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td className="num">
                {data.period.from === data.from ? (
                  <Figure what="stock" n={flow.opening} id={id} month={data.month} />
                ) : (
                  flow.opening
                )}
              </td>
              <td className="num">
                + <Figure what="came" n={flow.came} id={id} month={data.month} />
              </td>
              <td className="num">
                − <Figure what="cleared" n={flow.cleared} id={id} month={data.month} />
              </td>
              <td className="num">
                = <Figure what="remaining" n={flow.closing} id={id} month={data.month} />
              </td>
            </tr>
          </tbody>
        </Sheet>
      </div>
      <p className="lead">
        {data.definitions.stock}
        {data.definitions.came}
      </p>
      <h2>{t('销号的 {n} 件，是不是真解决了', { n: cleared })}</h2>
      <Sheet>
        <tbody>
          {(['settled', 'trial', 'ended'] as const).map((kind) => (
            <tr key={kind}>
              <td className="nowrap">{whats[kind]}</td>
              <td className={kind === 'settled' ? 'num yes' : 'num'}>
                <Figure what={kind} n={flow[kind]} of={cleared} id={id} month={data.month} />
              </td>
              <td className="words">{data.definitions[kind]}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {what !== undefined && <Behind id={id} what={what} leader={leader} data={data} />}
      <h2>{t('各位领导')}</h2>
      <List rows={data.leaders} columns={leadersOf(id, data.month)} keyOf={({ leader: of }) => of ?? ''} />
      {unshared > 0 && data.can.includes('backlog.share') && <Share id={id} />}
    </main>
  );
}

/** The records behind a figure. */
function Behind({ id, what, leader, data }: { id: string; what: string; leader: string | undefined; data: Bulletin }) {
  const { data: found } = useQuery({
    queryKey: ['backlogs', id, 'records', what, leader, data.period],
    queryFn: ({ signal }) =>
      ask<Records>('GET /api/backlogs/:id/records', {
        params: { id },
        query: { what, leader, ...data.period },
        signal,
      }),
  });
  if (found === undefined) return <Waiting lines={4} />;
  return (
    <>
      <h2>{t('{what}：{n} 件', { what: whats[what] ?? what, n: found.count })}</h2>
      <List rows={found.rows} columns={behind} keyOf={({ matter }) => matter} heads={false} />
    </>
  );
}

/** What nobody has yet, ticked and given to a leader, who is asked to adopt each. */
function Share({ id }: { id: string }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data } = useQuery({
    queryKey: ['backlogs', id, 'records', 'unshared'],
    queryFn: ({ signal }) =>
      ask<Records>('GET /api/backlogs/:id/records', { params: { id }, query: { what: 'unshared' }, signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  const leader = picker({
    name: 'leader',
    label: t('请谁'),
    sort: 'officials',
    placeholder: t('打姓名、拼音或首字母'),
  });
  const toggle = (matter: string): void =>
    setChosen((held) => new Set(held.has(matter) ? [...held].filter((m) => m !== matter) : [...held, matter]));
  return (
    <>
      <h2>{t('分给领导')}</h2>
      <ShortForm
        ready={false}
        fields={[
          {
            ...leader,
            // The page is read from the top: nothing below takes the eye away.
            input: (props) => leader.input({ ...props, first: false }),
          },
        ]}
        consequence={() => t('分给他，请他包下这 {n} 件', { n: chosen.size })}
        send={({ leader }) =>
          give('backlog.share', id, { matters: [...chosen], leader } as CommandData<'backlog.share'>)
        }
        onDone={() => {
          tell(t('分好了，等领导包下'));
          setChosen(new Set());
          void queries.invalidateQueries({ queryKey: ['backlogs'] });
        }}
      />
      <List
        rows={data.rows}
        keyOf={({ matter }) => matter}
        heads={false}
        columns={[
          {
            name: '',
            is: 'what',
            cell: (row) => (
              <label>
                <input type="checkbox" checked={chosen.has(row.matter)} onChange={() => toggle(row.matter)} />{' '}
                {row.subject ?? row.number}
              </label>
            ),
          },
          { name: '', is: 'words', cell: (row) => `${row.place} · ${row.unit}` },
          { name: '', is: 'number', cell: (row) => t('{n} 天', { n: row.days }) },
        ]}
      />
    </>
  );
}
