import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { amount, paragraph } from '../../app/ui/inputs.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { ballotRoutes } from '../api.ts';
import { halfSaid, standing } from './ballots.tsx';
import { t } from './english.ts';

type Whole = AnswerOf<(typeof ballotRoutes)['GET /api/ballots/:id']>;

const reason = [paragraph({ name: 'reason', label: t('为什么') })];
const papers = { min: 0, max: 5_000, unit: t('张') };

const acts: Partial<Record<CommandKind, Act>> = {
  'ballot.close': {
    name: t('封箱公布'),
    button: t('封箱，点票，名单和钥匙删掉'),
    initial: { notReturned: 0, spoiled: 0 },
    fields: [
      amount({ name: 'notReturned', label: t('没交回的纸票'), ...papers }),
      amount({ name: 'spoiled', label: t('废票'), ...papers }),
    ],
  },
  'ballot.print-slips': { name: t('印投票码条子'), button: t('印，记下是我印的'), fields: [] },
  'ballot.print-papers': {
    name: t('印纸票'),
    button: t('印，记下是我印的'),
    initial: { sheets: 20 },
    fields: [amount({ name: 'sheets', label: t('印几张'), min: 1, max: 2_000, unit: t('张') })],
  },
  'ballot.end': { name: t('停止投票'), button: t('停止，以后不能再投'), fields: reason, minor: true },
  'ballot.void': { name: t('作废'), button: t('作废，投的票都销毁'), fields: reason, minor: true },
};

/** One review: how it stands, what the office does next, and what was said of whom once it is closed. */
export function BallotScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['ballots', 'one', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/ballots/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const running = data.free && data.status === 'open';
  return (
    <main className="page">
      <header>
        <h1>
          {data.place} {halfSaid(data.half)}
        </h1>
        <div className="tools">
          <Link to="/ballots" search={{}}>
            {t('全部评议')}
          </Link>
        </div>
      </header>
      <Acts acts={acts} can={data.can} stream={id} query="ballots" />
      {running && (
        <p className="ballot-doors no-print">
          <Link to="/ballots/$id/hall" params={{ id }} search={{}}>
            {t('投票点名单')}
          </Link>
          <Link to="/ballots/$id/enter" params={{ id }} search={{}}>
            {t('录纸票')}
          </Link>
          <Link to="/ballots/$id/slips" params={{ id }} search={{}}>
            {t('看刚印的条子')}
          </Link>
          <Link to="/ballots/$id/papers" params={{ id }} search={{}}>
            {t('看刚印的纸票')}
          </Link>
        </p>
      )}
      {data.status === 'open' && !data.free && (
        <p className="lead">{t('您或者您的单位被评，这里的事由别的单位办。')}</p>
      )}
      <dl className="facts-of">
        <dt>{t('到哪一步')}</dt>
        <dd>
          {standing(data)} <small>{t('投到 {day}', { day: sayDate(data.until) })}</small>
        </dd>
        {data.reason !== null && (
          <>
            <dt>{t('为什么')}</dt>
            <dd>{data.reason}</dd>
          </>
        )}
        <dt>{t('评议户')}</dt>
        <dd>
          {t('{n} 户，从 {all} 户里抽签；种子 {seed}', {
            n: data.electors,
            all: data.households,
            seed: data.seed.slice(0, 8),
          })}
        </dd>
        {data.status === 'open' && (
          <>
            <dt>{t('领了票的')}</dt>
            <dd>
              {data.used === null ? t('不到 {least} 户，不显示', { least: data.least }) : t('{n} 户', { n: data.used })}
            </dd>
          </>
        )}
        {data.status !== 'void' && (
          <>
            <dt>{t('投了的')}</dt>
            <dd>
              {data.status === 'open'
                ? t('封箱以前谁也看不到，封箱后公布')
                : data.cast === null
                  ? t('不到 {least} 张，什么也不公布，选票已经销毁', { least: data.least })
                  : t('{n} 张', { n: data.cast })}
            </dd>
          </>
        )}
        {running && (data.printed ?? 0) > 0 && (
          <>
            <dt>{t('纸票')}</dt>
            <dd>{t('印 {printed}，领走 {taken}', { printed: data.printed ?? 0, taken: data.taken ?? 0 })}</dd>
          </>
        )}
        {data.papers !== null && data.papers.taken > 0 && (
          <>
            <dt>{t('纸票')}</dt>
            <dd>{t('领走 {taken} = 录入 {entered} + 废票 {spoiled} + 没交回 {notReturned}', { ...data.papers })}</dd>
          </>
        )}
        {data.status === 'open' && (
          <>
            <dt>{t('核对码')}</dt>
            <dd>
              <code>{data.keyPrint}</code> <small>{t('贴在投票点：条子上、网页上的要一样')}</small>
            </dd>
          </>
        )}
      </dl>
      {running && data.on && (
        <>
          <h2>{t('怎么投')}</h2>
          <ul className="ballot-ways">
            <li>{t('送条子：一户一张，折好，由跟被评干部不相干的人送到户')}</li>
            <li>{t('来投票点的：在名单上打勾，从袋子里自己摸一张纸票，投进票箱')}</li>
            <li>{t('打电话的：请不相干的人照条子上的网址替他投，回执念给他听')}</li>
          </ul>
        </>
      )}
      {data.status !== 'void' && <Figures of={data} />}
      {data.closedAt !== null && <p className="small only-print">{sayDate(dayAt(data.closedAt))}</p>}
    </main>
  );
}

/** Of each official how often each grade was given; of whom too few rated, that alone. */
function Figures({ of }: { of: Whole }) {
  const shown = of.enough === true;
  return (
    <>
      <h2>{t('{n} 位在岗干部', { n: of.figures.length })}</h2>
      {!shown && of.status === 'open' && <p className="lead">{t('封箱以后才有数。')}</p>}
      <Sheet className="counts-by">
        <thead>
          <tr>
            <th>{t('干部')}</th>
            {shown &&
              of.grades.map(({ code, title }) => (
                <th key={code} className="num">
                  {title}
                </th>
              ))}
            {shown && <th className="num">{t('评的人数')}</th>}
          </tr>
        </thead>
        <tbody>
          {of.figures.map(({ id, name, unit, title, given }) => (
            <tr key={id}>
              <td>
                {name} <small>{[unit, title].filter((part) => part !== '').join(' ')}</small>
              </td>
              {shown &&
                (given === null ? (
                  <td colSpan={of.grades.length + 1}>{t('不够 {least} 人评，不公布', { least: of.least })}</td>
                ) : (
                  <>
                    {given.map((n, grade) => (
                      <td key={of.grades[grade]!.code} className="num">
                        {n}
                      </td>
                    ))}
                    <td className="num">{given.reduce((a, b) => a + b, 0)}</td>
                  </>
                ))}
            </tr>
          ))}
        </tbody>
      </Sheet>
    </>
  );
}
