import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt } from '../../app/ui/time.ts';
import type { Ledger, LedgerCount } from '../ledger.ts';
import { t } from './english.ts';

type Search = { month?: string; village?: string; township?: string; unit?: string };

/** The monthly ledger: first whose, then its lines in the accustomed form. */
export function Month() {
  const search = useSearch({ strict: false }) as Search;
  const { month = dayAt(Date.now()).slice(0, 7), ...of } = search;
  const navigate = useNavigate();
  const chosen = Object.keys(of).length > 0;
  const query = new URLSearchParams({ month, ...of }).toString();
  return (
    <main className="page wide">
      <header>
        <h1>{t('月台账')}</h1>
        <input
          className="plain"
          type="month"
          aria-label={t('哪个月')}
          value={month}
          onChange={(event) =>
            event.target.value !== '' &&
            void navigate({ to: '/ledger', search: { ...search, month: event.target.value }, replace: true })
          }
        />
        <div className="tools">
          {chosen && (
            <Link to="/ledger" search={{ month }}>
              {t('换一个村或单位')}
            </Link>
          )}
          {chosen && (
            <Link
              className="plain-link"
              to="/papers/new"
              search={{ subject: 'ledger', kind: 'ledger', id: [month, ...Object.entries(of)[0]!].join('_') }}
            >
              {t('出成文书')}
            </Link>
          )}
          <a className="plain-link" href={`/print/ledger?${query}`} target="_blank" rel="noreferrer">
            {t('打印')}
          </a>
          <a className="plain-link" href={`/api/ledger.xlsx?${query}`} download>
            {t('导出表格')}
          </a>
        </div>
      </header>
      {chosen ? <Lines month={month} of={of} /> : <Index month={month} />}
    </main>
  );
}

function Index({ month }: { month: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['ledger', 'index', month],
    queryFn: ({ signal }) =>
      ask<{ villages: LedgerCount[]; units: LedgerCount[] }>('GET /api/ledger/index', { query: { month }, signal }),
    placeholderData: keepPreviousData,
  });
  if (data === undefined)
    return error === null ? <Waiting lines={12} /> : <Trouble error={error} again={() => void refetch()} />;
  if (data.villages.length === 0)
    return <Empty title={t('这个月没有登记，也没有结转')}>{t('登记以后，村和单位的台账会自己生成，不用再填。')}</Empty>;
  return (
    <>
      <p className="lead">{t('台账由诉求自己生成，不用再填。点一个村或单位看它的台账。')}</p>
      <Counts title={t('按村（社区）')} by="village" month={month} counts={data.villages} />
      <Counts title={t('按单位')} by="unit" month={month} counts={data.units} />
    </>
  );
}

const Counts = ({
  title,
  by,
  month,
  counts,
}: {
  title: string;
  by: 'village' | 'unit';
  month: string;
  counts: readonly LedgerCount[];
}) => (
  <>
    <h3>{title}</h3>
    <div className="scroll counts-by">
      <table className="sheet">
        <thead>
          <tr>
            <th />
            <th className="num">{t('合计')}</th>
            <th className="num">{t('本月登记')}</th>
            <th className="num">{t('上月结转')}</th>
            <th className="num">{t('已销号')}</th>
            <th className="num">{t('等群众认可')}</th>
            <th className="num">{t('没销号')}</th>
            <th className="num">{t('超期')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.id ?? count.within}>
              <td>
                {count.id === null ? (
                  count.name
                ) : (
                  <Link to="/ledger" search={{ month, [by]: count.id }}>
                    {count.name}
                  </Link>
                )}{' '}
                <small>{count.within}</small>
              </td>
              <td className="num">{count.lines}</td>
              <td className="num">{count.registered}</td>
              <td className="num">{count.carried}</td>
              <td className="num">{count.closed}</td>
              <td className="num">{count.resolved}</td>
              <td className="num">{count.open}</td>
              <td className={`num${count.late > 0 ? ' late' : ''}`}>{count.late}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);

function Lines({ month, of }: { month: string; of: Omit<Search, 'month'> }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['ledger', month, of],
    queryFn: ({ signal }) => ask<Ledger>('GET /api/ledger', { query: { month, ...of }, signal }),
    placeholderData: keepPreviousData,
  });
  if (data === undefined)
    return error === null ? <Waiting lines={12} /> : <Trouble error={error} again={() => void refetch()} />;
  const { totals } = data;
  return (
    <>
      <h2>{data.of}</h2>
      <p className="lead">
        {t('合计 ')}
        {totals.lines}
        {t(' 件：本月登记 ')}
        {totals.registered}
        {t('，上月结转 ')}
        {totals.carried}
        {t('；已销号 ')}
        {totals.closed}
        {t('，等群众认可 ')}
        {totals.resolved}
        {t('，没销号 ')}
        {totals.open}
        {totals.late > 0 && (
          <>
            {t('，其中')}
            <span className="late">{t('超期 {late}', { late: totals.late })}</span>
          </>
        )}
        {t('。')}
        {data.cut && t('只列出前 3000 件，其余请分开看。')}
      </p>
      {data.rows.length === 0 ? (
        <Empty title={t('这个月没有登记，也没有结转')} />
      ) : (
        <div className="scroll">
          <table className="sheet ledger">
            <thead>
              <tr>
                <th className="num">{t('序号')}</th>
                <th>{t('登记')}</th>
                <th>{t('地方')}</th>
                <th>{t('谁')}</th>
                <th>{t('来源')}</th>
                <th>{t('什么事')}</th>
                <th>{t('单位')}</th>
                <th>{t('领导')}</th>
                <th>{t('承办')}</th>
                <th>{t('措施')}</th>
                <th>{t('时限')}</th>
                <th>{t('结果')}</th>
                <th>{t('群众意见')}</th>
                <th>{t('状态')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.id}>
                  <td className="num">{row.serial}</td>
                  <td className="nowrap">
                    {row.registered}
                    {row.carried && <small>{t(' 结转')}</small>}
                  </td>
                  <td>{row.place}</td>
                  <td className="nowrap">{row.reporter}</td>
                  <td className="nowrap">{row.channel}</td>
                  <td>
                    <Link className="subject" to="/matters/$id" params={{ id: row.id }} search={{}}>
                      {row.subject}
                    </Link>
                  </td>
                  <td>{row.unit}</td>
                  <td className="nowrap">{row.leader}</td>
                  <td className="nowrap">{row.handler}</td>
                  <td>{row.measures}</td>
                  <td className={`nowrap${row.late ? ' late' : ''}`}>{row.due}</td>
                  <td>{row.result}</td>
                  <td>{row.opinion}</td>
                  <td className={`nowrap${row.late ? ' late' : ''}`}>{row.status}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
