import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { Listed, Rate, Rates as Row, RatesBy, rateRoutes } from '../rates.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof rateRoutes)['GET /api/rates']>;
type Records = AnswerOf<(typeof rateRoutes)['GET /api/rates/records']>;

const by: Record<RatesBy, string> = {
  village: t('按村'),
  grid: t('按网格'),
  township: t('按乡镇'),
  unit: t('按单位'),
  official: t('按人'),
};

/**
 * Going out in rates that stand side by side; every number opens to its records.
 * @param tabs the pages this one stands among, given by the app
 */
export function Rates({ tabs }: { tabs?: ReactNode }) {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const { what, of, ...period } = search;
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['rates', period],
    queryFn: ({ signal }) => ask<Answer>('GET /api/rates', { query: period, signal }),
    placeholderData: keepPreviousData,
  });
  const set = (more: Record<string, string>) =>
    void navigate({ to: '/duties/rates', search: { ...period, ...more }, replace: true, resetScroll: false });
  return (
    <main className="page wide">
      <header>
        <h1>{t('任务')}</h1>
      </header>
      {tabs}
      <p className="lead">
        {t('两个率要放在一起看：跑得勤不等于办得好，办得好也要走得到。')}
        {t('这里不排名次，按名称排。')}
      </p>
      <div className="filters">
        <span className="span">
          {t('走访')}
          <input
            className="plain"
            type="date"
            aria-label={t('从哪天')}
            value={search['from'] ?? data?.from ?? ''}
            onChange={(event) => set({ from: event.target.value })}
          />
          {t('到')}
          <input
            className="plain"
            type="date"
            aria-label={t('到哪天')}
            value={search['to'] ?? data?.to ?? ''}
            onChange={(event) => set({ to: event.target.value })}
          />
        </span>
        <select
          className="plain"
          aria-label={t('怎么分')}
          value={search['by'] ?? 'village'}
          onChange={(event) => set({ by: event.target.value })}
        >
          {Object.entries(by).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data !== undefined &&
        (data.rows.length === 0 ? (
          <Empty title={t('这段日子没有走访，也没有在册的户。')}>{t('换个日期看看。')}</Empty>
        ) : (
          <>
            <Table rows={data.rows} period={period} chosen={{ what, of }} />
            {Object.values(data.definitions).map((sentence) => (
              <p key={sentence} className="small">
                {sentence}
              </p>
            ))}
          </>
        ))}
    </main>
  );
}

const Head = ({ name, of }: { name: string; of: string }) => (
  <th className="num">
    {name} <small className="share">{of}</small>
  </th>
);

function Table({
  rows,
  period,
  chosen,
}: {
  rows: readonly Row[];
  period: Record<string, string>;
  chosen: { what: string | undefined; of: string | undefined };
}) {
  const places = rows.some((row) => row.inbound !== null);
  return (
    <Sheet>
      <thead>
        <tr>
          <th />
          <Head name={t('入户率')} of={t('占在册的户')} />
          <Head name={t('见面率')} of={t('占上门的次数')} />
          <Head name={t('补访率')} of={t('占到期的补访')} />
          <th className="num">{t('补晚了')}</th>
          <th className="num">{t('没补')}</th>
          <Head name={t('有发现')} of={t('占当面走访')} />
          <Head name={t('解决率')} of={t('占带回的诉求')} />
          {places && <th className="num">{t('下访 : 上访')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const open = (what: Listed, n: number, tone?: string) => (
            <Number n={n} tone={tone} search={{ ...period, what, ...(row.id === null ? {} : { of: row.id }) }} />
          );
          const rate = (r: Rate, value: Listed, of: Listed) => (
            <td className="num">
              {open(value, r.value)} / {open(of, r.of)}
              <small className="share">
                {r.of === 0 ? '' : r.share === null ? t('数太少') : `${(r.share * 100).toFixed(1)}%`}
              </small>
            </td>
          );
          const opened = chosen.what !== undefined && chosen.of === (row.id ?? undefined);
          return (
            <Fragment key={row.id}>
              <tr className={opened ? 'on' : undefined}>
                <td className="nowrap">{row.name ?? t('还没定人的')}</td>
                {rate(row.coverage, 'covered', 'households')}
                {rate(row.contact, 'met', 'doors')}
                {rate(row.revisit, 'in-time', 'revisits')}
                <td className="num">{open('late', row.late)}</td>
                <td className="num">{open('missed', row.missed, row.missed > 0 ? 'soon' : undefined)}</td>
                {rate(row.found, 'found', 'met')}
                {rate(row.resolved, 'settled', 'needs')}
                {places && (
                  <td className="num">
                    {open('met', row.contact.value)} : {open('inbound', row.inbound ?? 0)}
                    {row.ratio !== null && <small> ={row.ratio.toFixed(1)}</small>}
                  </td>
                )}
              </tr>
              {opened && (
                <tr className="inset">
                  <td colSpan={9}>
                    <Behind period={period} what={chosen.what!} of={chosen.of} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </Sheet>
  );
}

const Number = ({ n, tone, search }: { n: number; tone?: string | undefined; search: Record<string, string> }) =>
  n === 0 ? (
    <span className="quiet">0</span>
  ) : (
    <Link to="/duties/rates" search={search} className={tone ?? 'figure'} title={t('看是哪些')} resetScroll={false}>
      {n}
    </Link>
  );

const states: Record<string, string> = {
  met: t('当面'),
  phone: t('电话'),
  'not-at-home': t('没人在家'),
  leaflet: t('留了单子'),
};

function Behind({ period, what, of }: { period: Record<string, string>; what: string; of: string | undefined }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['rate-records', period, what, of],
    queryFn: ({ signal }) =>
      ask<Records>('GET /api/rates/records', {
        query: { ...period, what, ...(of === undefined ? {} : { of }) },
        signal,
      }),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting lines={4} />;
  const masked = data.rows.some((r) => r.what === null);
  return (
    <section>
      <h3>
        {t('记录')} {data.rows.length} <small>{data.cut && t('先列 {n} 条', { n: data.rows.length })}</small>{' '}
        <Link className="link" to="/duties/rates" search={period} resetScroll={false}>
          {t('收起')}
        </Link>
      </h3>
      {masked && <p className="small">{t('您的岗位只看数，不看是谁家。')}</p>}
      <div className="counts-by">
        <Sheet>
          <thead>
            <tr>
              <th>{t('哪天')}</th>
              <th>{t('在哪里')}</th>
              <th>{t('是什么')}</th>
              <th>{t('谁去的')}</th>
              <th>{t('情况')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((r) => (
              <tr key={r.id}>
                <td className="nowrap">{r.day === null ? '' : sayDate(r.day)}</td>
                <td>{r.place}</td>
                <td>
                  {r.kind === 'matter' && r.what !== null ? (
                    <Link to="/matters/$id" params={{ id: r.id }} search={{}}>
                      {r.what}
                    </Link>
                  ) : (
                    (r.what ?? '—')
                  )}
                </td>
                <td>{r.official}</td>
                <td>{r.kind === 'visit' ? (states[r.state ?? ''] ?? r.state) : r.state}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </div>
    </section>
  );
}
