import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { paragraph } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting, Waiting } from '../../app/ui/states.tsx';
import { sayDate, sayMonth } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
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
  const said = of === undefined ? String(n) : `${n}/${of}`;
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
          <a className="plain" href={print} target="_blank" rel="noreferrer">
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
        {[{ month: undefined }, ...data.months.map((m) => ({ month: m.month }))].map((m) => (
          <button
            key={m.month ?? ''}
            type="button"
            className={(m.month ?? null) === data.month ? 'plain first' : 'plain'}
            aria-pressed={(m.month ?? null) === data.month}
            onClick={() =>
              void navigate({ to: '/hard-cases/campaigns/$id', params: { id }, search: { month: m.month } as never })
            }
          >
            {m.month === undefined ? t('到现在') : sayMonth(m.month)}
          </button>
        ))}
      </div>
      <h2>{t('存量和增量')}</h2>
      <div className="scroll counts-by">
        <table className="sheet">
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
        </table>
      </div>
      <p className="lead">
        {data.definitions.stock}
        {data.definitions.came}
      </p>
      <h2>{t('销号的 {n} 件，是不是真解决了', { n: cleared })}</h2>
      <div className="scroll counts-by">
        <table className="sheet">
          <tbody>
            {(['settled', 'trial', 'ended'] as const).map((kind) => (
              <tr key={kind}>
                <td className="nowrap">{whats[kind]}</td>
                <td className={kind === 'settled' ? 'num yes' : 'num'}>
                  <Figure what={kind} n={flow[kind]} of={cleared} id={id} month={data.month} />
                </td>
                <td className="what">{data.definitions[kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {what !== undefined && <Behind id={id} what={what} leader={leader} data={data} />}
      <h2>{t('各位领导')}</h2>
      <div className="scroll">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('包案领导')}</th>
              <th className="num">{t('分到')}</th>
              <th className="num">{t('还剩')}</th>
              <th className="num">{t('真解决')}</th>
              <th className="num">{t('还在看')}</th>
              <th className="num">{t('只是了结')}</th>
              <th className="num">{t('亲自 / 别人')}</th>
            </tr>
          </thead>
          <tbody>
            {data.leaders.map((l) => (
              <tr key={l.leader ?? ''}>
                <td>{l.name ?? t('还没有分')}</td>
                <td className="num">{l.share}</td>
                <td className="num">
                  <Figure
                    what={l.leader === null ? 'unshared' : 'remaining'}
                    n={l.remaining}
                    of={l.share}
                    id={id}
                    leader={l.leader}
                    month={data.month}
                  />
                </td>
                {(['settled', 'trial', 'ended'] as const).map((kind) => (
                  <td key={kind} className="num">
                    {l.leader === null ? (
                      l[kind]
                    ) : (
                      <Figure what={kind} n={l[kind]} id={id} leader={l.leader} month={data.month} />
                    )}
                  </td>
                ))}
                <td className="num">
                  {l.leader === null ? (
                    ''
                  ) : (
                    <>
                      <b>{l.own}</b> / {l.delegated}
                      {l.said > 0 && <small> {t('待确认 {n}', { n: l.said })}</small>}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
      <div className="scroll">
        <table className="sheet">
          <tbody>
            {found.rows.map((row) => (
              <tr key={row.matter}>
                <td className="what">
                  <Link to="/matters/$id" params={{ id: row.matter }} search={{}}>
                    {row.subject ?? row.number}
                  </Link>
                  <br />
                  <small>
                    {row.place} · {row.unit}
                  </small>
                </td>
                <td className="num">{t('{n} 天', { n: row.days })}</td>
                <td className="nowrap">
                  {row.hardCase === null ? (
                    (row.shareOf ?? '')
                  ) : (
                    <Link to="/hard-cases/$id" params={{ id: row.hardCase }} search={{}}>
                      {row.leaderName}
                    </Link>
                  )}
                </td>
                <td className="nowrap">
                  {whats[row.standing] ?? ''}
                  {row.closedOn !== null && ` ${sayDate(row.closedOn)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
      <div className="scroll">
        <table className="sheet">
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.matter}>
                <td>
                  <label>
                    <input type="checkbox" checked={chosen.has(row.matter)} onChange={() => toggle(row.matter)} />{' '}
                    {row.subject ?? row.number}
                  </label>
                </td>
                <td className="nowrap">
                  {row.place} · {row.unit}
                </td>
                <td className="num">{t('{n} 天', { n: row.days })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
