import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { amount, choice, date, line } from '../../app/ui/inputs.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { daysBetween } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { quarterOf } from '../plan.ts';
import './campaigns.css';
import { useGive } from './change.ts';
import { t } from './english.ts';
import { sayNumber, sayPeriod, sayWhom, type SaidQuota } from './list.tsx';
import { Tabs } from './tabs.tsx';

type Campaign = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/:id']>;
type Figures = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/:id/figures']>;
type Reached = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/:id/reached']>;
type Records = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/:id/records']>;
type Figure = Figures['figures'][number];
/** Which records are shown: of a figure, or of the bulletin. */
interface Asked {
  readonly title: string;
  readonly measure: string;
  readonly team?: string | undefined;
  readonly month?: string | undefined;
}
const PAGE = 100;

/** A campaign: its stages, how far it is with denominators, who was not reached, and what the bulletin says. */
export function CampaignScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({
    queryKey: ['campaign', id],
    queryFn: () => ask<Campaign>('GET /api/campaigns/:id', { params: { id } }),
  });
  if (found.isPending)
    return (
      <main className="page">
        <Waiting />
      </main>
    );
  if (found.isError)
    return (
      <main className="page">
        <Trouble error={found.error} again={() => void found.refetch()} />
      </main>
    );
  return <Shown key={id} campaign={found.data} />;
}

function Shown({ campaign }: { campaign: Campaign }) {
  const { id, plan, today } = campaign;
  const [open, setOpen] = useState<'end' | 'continue'>();
  const [asked, setAsked] = useState<Asked>();
  const give = useGive();
  return (
    <main className="page">
      <header>
        <h1>{campaign.name}</h1>
        <span className="quiet">
          {campaign.areaName} · {sayPeriod(campaign.from, campaign.until)}
          {campaign.over
            ? ` · ${t('已结束')}`
            : campaign.from > today
              ? ` · ${t('{n} 天后开始', { n: daysBetween(today, campaign.from) })}`
              : campaign.until !== null && ` · ${t('还剩 {n} 天', { n: daysBetween(today, campaign.until) })}`}
        </span>
        <div className="tools">
          {campaign.counts && (
            <button type="button" className="plain" onClick={() => window.print()}>
              {t('打印简报数')}
            </button>
          )}
          {campaign.can.includes('campaign.continue') && (
            <button
              type="button"
              className="plain first"
              aria-expanded={open === 'continue'}
              onClick={() => setOpen(open === 'continue' ? undefined : 'continue')}
            >
              {t('转为长期任务')}
            </button>
          )}
          {campaign.can.includes('campaign.end') && (
            <button
              type="button"
              className="plain"
              aria-expanded={open === 'end'}
              onClick={() => setOpen(open === 'end' ? undefined : 'end')}
            >
              {t('提前结束')}
            </button>
          )}
        </div>
      </header>
      <Tabs />
      {open === 'end' && (
        <ShortForm
          initial={{ on: today }}
          fields={[date({ name: 'on', label: t('哪天结束') }), line({ name: 'reason', label: t('为什么') })]}
          consequence={(v) => t('从 {day} 后一天起，什么都不再算', { day: sayDate(String(v['on'] ?? '')) })}
          send={(v) => give('campaigns', id, 'end', v, t('活动已经结束。'))}
          onDone={() => setOpen(undefined)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'continue' && (
        <ShortForm
          fields={[]}
          consequence={() => t('从今天起成为任务，写进“任务定量”')}
          send={() => give('campaigns', id, 'continue', {}, t('已转为长期任务。'))}
          onDone={() => setOpen(undefined)}
          onClose={() => setOpen(undefined)}
        />
      )}
      <p className="lead">
        {plan.aim}
        {campaign.next !== null && (
          <>
            {' '}
            <Link to="/campaigns/$id" params={{ id: campaign.next }} search={{}}>
              {t('已转为长期任务')}
            </Link>
          </>
        )}
        {campaign.before !== null && (
          <>
            {' '}
            <Link to="/campaigns/$id" params={{ id: campaign.before }} search={{}}>
              {t('接着上一个活动')}
            </Link>
          </>
        )}
      </p>
      {plan.handOver !== null && <Afterwards campaign={campaign} />}
      <ol className="timeline" aria-label={t('阶段')}>
        {stagesHeld(campaign).map((s) => (
          <li
            key={s.code}
            style={{ flex: s.until === null ? 1 : daysBetween(s.from, s.until) + 1 }}
            className={s.until !== null && s.until < today ? 'past' : s.from <= today ? 'now' : undefined}
            aria-current={s.from <= today && (s.until === null || s.until >= today) ? 'step' : undefined}
          >
            <b>{s.title}</b>
            <small>
              {sayPeriod(s.from, s.until)}
              {s.what !== '' && ` · ${s.what}`}
            </small>
          </li>
        ))}
      </ol>
      {campaign.counts ? (
        <Counted campaign={campaign} onAsk={setAsked} />
      ) : (
        <p className="lead">{t('进度只给活动办公室、领导和队长看。您自己的在手机的“我的活动”里。')}</p>
      )}
      {asked !== undefined && <RecordList id={id} asked={asked} onClose={() => setAsked(undefined)} />}
      {campaign.moves.length > 0 && (
        <section className="no-print">
          <h3>{t('挪动记录')}</h3>
          <ul>
            {campaign.moves.map((m) => (
              <li key={`${m.at} ${m.quota} ${m.team ?? ''}`}>
                {sayDate(dayAt(m.at))} {plan.quotas.find((q) => q.code === m.quota)?.title}
                {m.team !== null && `（${nameOf(campaign, m.team)}）`}，
                {t('{by}把 {n} 从 {from} 挪到 {to}：{reason}', {
                  by: m.by ?? '',
                  n: sayNumber(m.amount),
                  from: m.from,
                  to: m.to,
                  reason: m.reason,
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

/** Ended early, the stage it ended in ends with it, and those after it were not held. */
const stagesHeld = ({ plan, until }: Campaign): Campaign['plan']['stages'] =>
  plan.stages.flatMap((s) =>
    until === null || (s.until !== null && s.until <= until) ? [s] : s.from <= until ? [{ ...s, until }] : [],
  );

/** What goes on after the end, in words: of whom how much each month. */
const lasting = ({ handOver }: Campaign['plan']): string[] =>
  (handOver?.quotas ?? []).map((q) =>
    t('{title}：{who}，每月 {n} {unit}{dates}', {
      title: handOver!.quotas.length === 1 ? handOver!.title : q.title,
      who: sayWhom(q),
      n: sayNumber(q.amount),
      unit: q.unit,
      dates: q.dates.map((n) => t('，其中 {n} 日必去', { n })).join(''),
    }),
  );

/** What stays when the campaign is over: what it will be, or which duty it has become and how that stands. */
function Afterwards({ campaign: { plan, handed, next } }: { campaign: Campaign }) {
  if (next !== null) return null;
  if (handed === null)
    return (
      <p className="lead no-print">
        {t('结束以后接着做的')} · {lasting(plan).join('；')}
      </p>
    );
  return (
    <p className="lead">
      {handed.duties.map((duty) => (
        <span key={duty.id}>
          {duty.name === null ? (
            t('{day}转为任务，“任务定量”里现在没有这一项了。', { day: sayDate(handed.on) })
          ) : (
            <>
              {t('{day}转为任务', { day: sayDate(handed.on) })}{' '}
              <Link to="/policies/$name" params={{ name: 'duties' }} search={{}}>
                {duty.name}
              </Link>
              {duty.inUse && duty.until === null
                ? t('，{day} 起在各人的“我的任务”里算，这里不再算。', { day: sayDate(duty.from ?? handed.on) })
                : duty.until === null
                  ? t('，现在停用。')
                  : t('，用到 {day}。', { day: sayDate(duty.until) })}
            </>
          )}
        </span>
      ))}
    </p>
  );
}

function nameOf(campaign: Campaign, team: string): string {
  const found = campaign.teams.find((x) => x.id === team);
  const above = campaign.teams.find((x) => x.id === found?.parent);
  return [above?.name, found?.name].filter((x) => x !== undefined).join(' ');
}

function Counted({ campaign, onAsk }: { campaign: Campaign; onAsk: (asked: Asked) => void }) {
  const { id, plan } = campaign;
  const figures = useQuery({
    queryKey: ['campaign', id, 'figures'],
    queryFn: () => ask<Figures>('GET /api/campaigns/:id/figures', { params: { id } }),
  });
  const reached = useQuery({
    queryKey: ['campaign', id, 'reached'],
    queryFn: () => ask<Reached>('GET /api/campaigns/:id/reached', { params: { id } }),
  });
  if (figures.isError) return <Trouble error={figures.error} again={() => void figures.refetch()} />;
  if (figures.data === undefined) return <Waiting lines={8} />;
  return (
    <>
      <h3>{t('简报数')}</h3>
      <p className="lead no-print">{t('数都从记录里来，不用另填。点开看是哪些。')}</p>
      <dl className="bulletin">
        {figures.data.bulletin.map((b) => (
          <div key={b.title} title={b.how}>
            <dt>{b.title}</dt>
            <dd>
              <button
                type="button"
                className="link"
                style={{ font: 'inherit' }}
                onClick={() => onAsk({ title: b.title, measure: b.measure })}
              >
                {sayNumber(b.done)} {b.unit}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {figures.data.keeps.length > 0 && <Haves keeps={figures.data.keeps} />}
      <h3>{t('进度')}</h3>
      <table className="sheet campaign-progress">
        <thead>
          <tr>
            <th>{t('指标')}</th>
            <th>{t('向谁要')}</th>
            <th className="num">{t('已做 / 要做')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {plan.quotas.map((quota) => (
            <QuotaRows
              key={quota.code}
              campaign={campaign}
              quota={quota}
              figures={figures.data.figures.filter(
                (f) => f.quota === quota.code && (f.of !== 'person' || f.team === null),
              )}
              onAsk={onAsk}
            />
          ))}
        </tbody>
      </table>
      {figures.data.form.map((item) => (
        <p key={item.title} className="form-counts">
          {t('{title}（{n} 次走访）', { title: item.title, n: item.visits })}：
          {item.options.map((o) => `${o.name} ${sayNumber(o.n)}`).join('，')}
        </p>
      ))}
      {reached.data !== undefined && <ReachedPart reached={reached.data} />}
    </>
  );
}

/** What is kept everywhere: of all there must be, how many there are, this month and the one before. */
function Haves({ keeps }: { keeps: Figures['keeps'] }) {
  const months = keeps.find((k) => k.months.some((m) => m.month !== null))?.months.map((m) => m.month!) ?? [];
  return (
    <>
      <h3>{t('常年要有的')}</h3>
      <table className="sheet campaign-progress">
        <thead>
          <tr>
            <th>{t('要有的')}</th>
            {months.map((month) => (
              <th key={month} className="num">
                {month}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keeps.map((kept) => (
            <tr key={kept.code}>
              <td>
                {kept.title}
                <small className="under">{kept.how}</small>
              </td>
              {kept.months.map(({ month, all, done }) => (
                <Amount key={month ?? ''} done={done} target={all} unit="" span={month === null ? months.length : 1}>
                  {/* The month stands above the column; where there are no columns, here. */}
                  <span className={month === null ? undefined : 'of-narrow'}>{month ?? t('现在')} · </span>
                  {done < all ? t('还缺 {n}', { n: sayNumber(all - done) }) : t('都有了')}
                </Amount>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** One figure; where every group or team has its own, first how many have theirs, then each by name. */
function QuotaRows({
  campaign,
  quota,
  figures,
  onAsk,
}: {
  campaign: Campaign;
  quota: SaidQuota;
  figures: readonly Figure[];
  onAsk: (asked: Asked) => void;
}) {
  const [open, setOpen] = useState(false);
  const single = figures.length === 1 && figures[0]!.team === null ? figures[0]! : undefined;
  const sum = (what: (f: Figure) => number): number => figures.reduce((n, f) => n + what(f), 0);
  return (
    <>
      <tr>
        <td>
          {quota.title}
          <small className="under">{quota.how}</small>
        </td>
        <td>{sayWhom(quota)}</td>
        <Amount done={sum((f) => f.done)} target={sum((f) => f.target)} unit={quota.unit}>
          {single === undefined
            ? t('{n} 个，{met} 个做够了到这个月的数', {
                n: figures.length,
                met: figures.filter((f) => f.done >= f.due).length,
              })
            : single.owing === undefined
              ? t('到这个月应做 {n}', { n: sayNumber(single.due) })
              : t('{met} 人次做到，共 {owing} 人次', {
                  met: sayNumber(single.met ?? 0),
                  owing: sayNumber(single.owing),
                })}
        </Amount>
        <td className="right nowrap no-print">
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('收起') : single === undefined ? t('按组看') : t('按月看')}
          </button>
        </td>
      </tr>
      {open && single !== undefined && (
        <tr className="campaign-inset no-print">
          <td colSpan={4}>
            <Months campaign={campaign} quota={quota} figure={single} onAsk={onAsk} />
          </td>
        </tr>
      )}
      {open &&
        single === undefined &&
        figures.map((f) => <GroupRow key={f.team} campaign={campaign} quota={quota} figure={f} onAsk={onAsk} />)}
    </>
  );
}

function GroupRow({
  campaign,
  quota,
  figure,
  onAsk,
}: {
  campaign: Campaign;
  quota: SaidQuota;
  figure: Figure;
  onAsk: (asked: Asked) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr className="campaign-inset no-print">
        <td />
        <td>
          <Link to="/teams/$id" params={{ id: figure.team! }} search={{}}>
            {nameOf(campaign, figure.team!)}
          </Link>
        </td>
        <Amount done={figure.done} target={figure.target} unit={quota.unit}>
          {t('到这个月应做 {n}', { n: sayNumber(figure.due) })}
        </Amount>
        <td className="right nowrap">
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('收起') : t('按月看')}
          </button>
        </td>
      </tr>
      {open && (
        <tr className="campaign-inset no-print">
          <td colSpan={4}>
            <Months campaign={campaign} quota={quota} figure={figure} onAsk={onAsk} />
          </td>
        </tr>
      )}
    </>
  );
}

const Amount = ({
  done,
  target,
  unit,
  span,
  children,
}: {
  done: number;
  target: number;
  unit: string;
  span?: number;
  children: ReactNode;
}) => (
  <td className="num" colSpan={span}>
    {sayNumber(done)} / {sayNumber(target)} {unit}
    <span className="progress-bar" aria-hidden="true">
      <i style={{ width: `${target === 0 ? 0 : Math.min(100, (100 * done) / target)}%` }} />
    </span>
    <small>{children}</small>
  </td>
);

function Months({
  campaign,
  quota,
  figure,
  onAsk,
}: {
  campaign: Campaign;
  quota: SaidQuota;
  figure: Figure;
  onAsk: (asked: Asked) => void;
}) {
  const [moving, setMoving] = useState(false);
  const give = useGive();
  const asked = (month?: string): Asked => ({
    title: quota.title,
    measure: figure.measure,
    team: figure.team ?? undefined,
    month: month === 'whole' ? undefined : month,
  });
  const open = figure.months.filter((m) => m.month >= campaign.today.slice(0, 7));
  return (
    <>
      <table className="sheet">
        <thead>
          <tr>
            <th>{t('月份')}</th>
            <th className="num">{t('定的')}</th>
            <th className="num">{t('做的')}</th>
            {figure.owing !== undefined && <th className="num">{t('做到的')}</th>}
            <th />
          </tr>
        </thead>
        <tbody>
          {[...Map.groupBy(figure.months, (m) => (m.month === 'whole' ? '' : quarterOf(m.month)))].map(
            ([quarter, months]) => (
              <Fragment key={quarter}>
                {quarter !== '' && figure.per === 'whole' && (
                  <tr className="quarter">
                    <td>{quarter.replace('-Q', t(' 年第 ')) + t(' 季度')}</td>
                    <td className="num">{sayNumber(months.reduce((n, m) => n + m.target, 0))}</td>
                    <td className="num">{sayNumber(months.reduce((n, m) => n + m.done, 0))}</td>
                    <td />
                  </tr>
                )}
                {months.map((m) => (
                  <tr key={m.month} className="of-month">
                    <td>{m.month === 'whole' ? t('整个活动') : m.month}</td>
                    <td className="num">{sayNumber(m.target)}</td>
                    <td className="num">{sayNumber(m.done)}</td>
                    {figure.owing !== undefined && (
                      <td className="num">{t('{met} / {owing} 人', { met: m.met ?? 0, owing: m.owing ?? 0 })}</td>
                    )}
                    <td className="right">
                      {m.done > 0 && (
                        <button type="button" className="link" onClick={() => onAsk(asked(m.month))}>
                          {t('看记录')}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </Fragment>
            ),
          )}
        </tbody>
      </table>
      {quota.movable && open.length > 1 && campaign.can.includes('campaign.move') && (
        <button type="button" className="plain" aria-expanded={moving} onClick={() => setMoving(!moving)}>
          {t('挪数')}
        </button>
      )}
      {moving && (
        <ShortForm
          fields={[
            choice({
              name: 'from',
              label: t('从哪个月挪'),
              options: open.map((m) => [m.month, `${m.month}（${m.target}）`] as const),
            }),
            choice({
              name: 'to',
              label: t('挪到哪个月'),
              options: open.map((m) => [m.month, `${m.month}（${m.target}）`] as const),
            }),
            amount({ name: 'amount', label: t('挪多少'), min: 1, max: 1_000_000_000, unit: quota.unit }),
            line({ name: 'reason', label: t('为什么') }),
          ]}
          consequence={(v) =>
            t('把 {n} 从 {from} 挪到 {to}，总数不变', {
              n: String(v['amount'] ?? '…'),
              from: String(v['from'] ?? '…'),
              to: String(v['to'] ?? '…'),
            })
          }
          send={(v) =>
            give('campaigns', campaign.id, 'move', { ...v, quota: quota.code, team: figure.team }, t('数已经挪了。'))
          }
          onDone={() => setMoving(false)}
          onClose={() => setMoving(false)}
        />
      )}
    </>
  );
}

function ReachedPart({ reached }: { reached: Reached }) {
  const names = { township: t('乡镇'), village: t('村（社区）'), household: t('户') } as const;
  return (
    <>
      <h3>{t('走到没有')}</h3>
      <dl className="reached">
        {reached.levels.map((l) => (
          <div key={l.level}>
            <dt>{names[l.level]}</dt>
            <dd>{t('走到 {n}，共 {all}', { n: sayNumber(l.reached), all: sayNumber(l.all) })}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('还没走到的户')}</h3>
      {reached.unreached.length === 0 ? (
        <p className="lead">{t('都走到了')}</p>
      ) : (
        <table className="sheet">
          <tbody>
            {reached.unreached.map((v) => (
              <tr key={v.id}>
                <td>
                  {v.within} {v.name}
                </td>
                <td className="num">
                  {t('{n} 户没走到，共 {all} 户', { n: sayNumber(v.count), all: sayNumber(v.all) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function RecordList({ id, asked, onClose }: { id: string; asked: Asked; onClose: () => void }) {
  const { title, measure, team, month } = asked;
  const list = useInfiniteQuery({
    queryKey: ['campaign', id, 'records', measure, team, month],
    queryFn: ({ pageParam }) =>
      ask<Records>('GET /api/campaigns/:id/records', {
        params: { id },
        query: { measure, team, month, limit: PAGE, offset: pageParam },
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.records.length < PAGE ? undefined : pages.length * PAGE),
  });
  const all = list.data?.pages[0]?.all;
  return (
    <section className="no-print" ref={(section) => section?.scrollIntoView({ block: 'start' })}>
      <h3>
        {t('{title}：{n} 条记录', { title, n: all === undefined ? '…' : sayNumber(all) })}{' '}
        <button type="button" className="link" onClick={onClose}>
          {t('收起')}
        </button>
      </h3>
      <p className="lead">{list.data?.pages[0]?.how}</p>
      {list.isError && <Trouble error={list.error} />}
      {all === 0 && <Empty title={t('没有记录')} />}
      {all !== undefined && all > 0 && (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('哪天')}</th>
              <th>{t('谁')}</th>
              <th>{t('在哪里')}</th>
              <th>{t('什么')}</th>
            </tr>
          </thead>
          <tbody>
            {list.data?.pages
              .flatMap((p) => p.records)
              .map((r) => (
                <tr key={`${r.record} ${r.officialName}`}>
                  <td className="nowrap">{sayDate(r.day)}</td>
                  <td className="nowrap">{r.officialName}</td>
                  <td>{r.placeName}</td>
                  <td>
                    {r.kind === 'matter' ? (
                      <Link to="/matters/$id" params={{ id: r.record }} search={{}}>
                        {r.kindName}
                      </Link>
                    ) : (
                      r.kindName
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void list.fetchNextPage()}>
            {t('接着看下面的')}
          </button>
        </p>
      )}
    </section>
  );
}
