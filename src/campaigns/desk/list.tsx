import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm, type Values } from '../../app/ui/form.tsx';
import { amount, date, line } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import './campaigns.css';
import { useGive } from './change.ts';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

type List = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns']>;
type Templates = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/templates']>;
type Preview = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/preview/:code']>;
export type SaidQuota = Preview['quotas'][number];

/** Campaigns that run and have run, and the templates one can be started from. */
export function Campaigns() {
  const { template } = useSearch({ strict: false }) as { template?: string };
  const navigate = useNavigate();
  const list = useQuery({ queryKey: ['campaigns'], queryFn: () => ask<List>('GET /api/campaigns') });
  const templates = useQuery({
    queryKey: ['campaigns', 'templates'],
    queryFn: () => ask<Templates>('GET /api/campaigns/templates'),
    staleTime: 60_000,
  });
  const open = (code: string | undefined) =>
    void navigate({ to: '/campaigns', search: code === undefined ? {} : { template: code }, resetScroll: false });
  return (
    <main className="page">
      <header>
        <h1>{t('活动')}</h1>
      </header>
      <Tabs />
      {list.isError && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.isPending && <Waiting lines={5} />}
      {list.data?.campaigns.length === 0 && (
        <Empty title={t('还没有开始过活动。')}>{t('从下面的模板里选一个，先看它要谁做什么，再定开始的日子。')}</Empty>
      )}
      {list.data !== undefined && list.data.campaigns.length > 0 && (
        <Sheet>
          <thead>
            <tr>
              <th>{t('名称')}</th>
              <th>{t('范围')}</th>
              <th>{t('起止')}</th>
              <th className="num">{t('工作队')}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.campaigns.map((c) => (
              <tr key={c.id}>
                <td>
                  <Link to="/campaigns/$id" params={{ id: c.id }} search={{}}>
                    {c.name}
                  </Link>
                </td>
                <td>{c.areaName}</td>
                <td className={c.over ? 'nowrap quiet' : 'nowrap'}>
                  {sayPeriod(c.from, c.until)}
                  {c.over && ` · ${t('已结束')}`}
                </td>
                <td className="num">{c.teams === 0 ? '' : t('{n} 个队', { n: c.teams })}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {templates.data !== undefined && (
        <>
          <h3>{t('从模板开始')}</h3>
          <ul className="campaign-templates">
            {templates.data.templates.map((plan) => (
              <li key={plan.code}>
                <p>
                  <b>{plan.title}</b>
                  <button
                    type="button"
                    className="link"
                    aria-expanded={template === plan.code}
                    onClick={() => open(template === plan.code ? undefined : plan.code)}
                  >
                    {template === plan.code ? t('收起') : t('看它要谁做什么')}
                  </button>
                </p>
                <p className="quiet">{plan.aim}</p>
                {template === plan.code && (
                  <Asked code={plan.code} startable={list.data?.can.includes('campaign.start') ?? false} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}

export const sayPeriod = (from: string, until: string | null): string =>
  until === null
    ? t('{from} 起，长期', { from: sayDate(from) })
    : t('{from} 至 {until}', { from: sayDate(from), until: sayDate(until) });

/** Of whom a quota asks how much, in words. */
export const sayWhom = (q: Pick<SaidQuota, 'of' | 'party'>): string =>
  q.of === 'person'
    ? t('{who}，每人', { who: q.party ?? '' })
    : q.of === 'group'
      ? t('每个工作组')
      : q.of === 'team'
        ? t('每个工作队')
        : t('全体合计');

export const sayNumber = (n: number): string => n.toLocaleString('zh-CN');

/** What a template asks of whom, with where each number is from; and the form that starts it. */
function Asked({ code, startable }: { code: string; startable: boolean }) {
  const give = useGive();
  const navigate = useNavigate();
  const { data: plan, error } = useQuery({
    queryKey: ['campaigns', 'preview', code],
    queryFn: () => ask<Preview>('GET /api/campaigns/preview/:code', { params: { code } }),
  });
  if (error !== null) return <Trouble error={error} />;
  if (plan === undefined) return <Waiting lines={4} />;
  const start = async (values: Values): Promise<string> => {
    const id = newId();
    const amounts = Object.fromEntries(
      plan.quotas.flatMap((q) => {
        const given = values[`amount ${q.code}`];
        return typeof given === 'number' && given !== q.amount ? [[q.code, given]] : [];
      }),
    );
    const { name, area, from } = values;
    await give(
      'campaigns',
      id,
      'start',
      { template: code, name, area, from, amounts },
      t('活动已经开始。接着建工作队，或者看进度。'),
    );
    return id;
  };
  return (
    <div className="campaign-asked">
      <p className="quiet">
        {plan.standing
          ? t('长期坚持，没有结束的日子')
          : t('共 {n} 个阶段，到 {until}', { n: plan.stages.length, until: sayDate(plan.until ?? '') })}
        {'：'}
        {plan.stages.map((s) => s.title).join('、')}
      </p>
      {plan.scale.length > 0 && (
        <p className="quiet">
          {t('文件里的规模')}：{plan.scale.map((s) => `${s.title} ${sayNumber(s.amount)}`).join('，')}
        </p>
      )}
      {plan.parties.length > 0 && (
        <p>
          {t('参加的人')}：
          {plan.parties
            .map(
              (p) => `${p.title}${p.by === 'team' ? `（${t('建队后按队员算')}）` : ` ${t('{n} 人', { n: p.people })}`}`,
            )
            .join('；')}
        </p>
      )}
      <QuotaTable quotas={plan.quotas} />
      <p className="quiet">
        {plan.form.length === 0
          ? t('走访日记照常写，不另填表。')
          : `${t('走访时另外要记的')}：${plan.form.map((f) => `${f.title}（${f.options.join('、')}）`).join('；')}`}
      </p>
      {plan.handOver !== null && (
        <p className="quiet">
          {t('结束后')}：{t('接着做：{title}', { title: plan.handOver.title })}
        </p>
      )}
      {plan.links.map((l) => (
        <p key={l.to} className="quiet">
          <Link to={l.to as '/'}>{l.title}</Link>
        </p>
      ))}
      <p className="quiet">
        {t('出处')}：{plan.source}
      </p>
      {startable && (
        <ShortForm
          initial={{
            name: plan.title,
            from: dayAt(Date.now()),
            ...Object.fromEntries(plan.quotas.map((q) => [`amount ${q.code}`, q.amount])),
          }}
          ready={false}
          fields={[
            line({ name: 'name', label: t('活动名称') }),
            picker({
              name: 'area',
              label: t('在哪里开展'),
              sort: 'areas',
              placeholder: t('县或乡镇，打名称、拼音或首字母'),
            }),
            date({ name: 'from', label: t('哪天开始') }),
            ...plan.quotas.map((q) =>
              amount({
                name: `amount ${q.code}`,
                label: t('“{title}”定多少', { title: q.title }),
                hint: [sayWhom(q), q.confidence === 'C' ? t('待本县确认') : ''].filter((x) => x !== '').join('，'),
                unit: q.unit,
                min: 1,
                max: 1_000_000_000,
              }),
            ),
          ]}
          consequence={(v) =>
            t('从 {day} 起开展“{name}”', { day: sayDate(String(v['from'] ?? '')), name: String(v['name'] ?? '') })
          }
          send={start}
          onDone={(id) => void navigate({ to: '/campaigns/$id', params: { id: id as string }, search: {} })}
        />
      )}
    </div>
  );
}

const QuotaTable = ({ quotas }: { quotas: readonly SaidQuota[] }) =>
  quotas.length === 0 ? null : (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('指标')}</th>
          <th>{t('向谁要')}</th>
          <th className="num">{t('定的')}</th>
          <th>{t('出处')}</th>
        </tr>
      </thead>
      <tbody>
        {quotas.map((q) => (
          <tr key={q.code}>
            <td>
              {q.title}
              <small className="under">{q.how}</small>
            </td>
            <td>
              {sayWhom(q)}
              <small className="under">
                {q.per === 'month' ? t('每月') : t('整个活动')}
                {q.dates.map((n) => t('，其中 {n} 日必去', { n })).join('')}
                {q.after > 0 && t('，第 {n} 个月起', { n: q.after + 1 })}
              </small>
            </td>
            <td className="num">
              {sayNumber(q.amount)} {q.unit}
            </td>
            <td>
              <small>
                {q.source}
                {q.confidence === 'C' && <b className="soon">（{t('待本县确认')}）</b>}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
