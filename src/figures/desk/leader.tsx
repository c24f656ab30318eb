import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { LeaderPage } from '../leader.ts';
import type { Figures, Measure } from '../statistics.ts';
import { percent, sayDays, sayShare } from './say.ts';
import { Behind, Tabs } from './shown.tsx';

const line = (name: string, of: string, key: 'answered' | 'late15' | 'closed' | 'returned' | 'reopened') => ({
  name,
  of,
  show: (f: Figures) => <Behind drill={f[key].drill}>{sayShare(f[key])}</Behind>,
});
const lines = [
  { name: '登记', of: '', show: (f: Figures) => <Behind drill={f.registered.drill}>{f.registered.value} 件</Behind> },
  line('有答复', '占登记', 'answered'),
  {
    name: '首次答复用时（中位数）',
    of: '按有答复的',
    show: (f: Figures) => <Behind drill={f.medianDays.drill}>{sayDays(f.medianDays as Measure)}</Behind>,
  },
  line('答复超过 15 天', '占有答复', 'late15'),
  line('已销号', '占登记', 'closed'),
  line('退单的', '占登记', 'returned'),
  line('群众要求重办的', '占登记', 'reopened'),
  {
    name: '满意（4 分以上）',
    of: '占评分的',
    show: ({ satisfaction: s }: Figures) =>
      s.suppressed ? (
        `评分不足 5 人（${s.n} 人），不公布`
      ) : (
        <Behind drill={s.drill}>
          {percent(s.share)}（{s.pleased}/{s.n}）
        </Behind>
      ),
  },
];

/** One page to be read in a minute: this month beside the last, who is late, what rises. */
export function Leader() {
  const { data, error, refetch } = useQuery({
    queryKey: ['leader'],
    queryFn: () => ask<LeaderPage>('GET /api/leader'),
  });
  return (
    <main className="page">
      <header>
        <h1>统计</h1>
        <div className="tools">
          <a className="plain-link" href="/print/leader" target="_blank" rel="noreferrer">
            打印一页纸
          </a>
        </div>
      </header>
      <Tabs />
      {data === undefined ? (
        error === null ? (
          <Waiting lines={14} />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )
      ) : (
        <Page page={data} />
      )}
    </main>
  );
}

/** The page in a sentence, for whoever has no minute. */
function gist({ thisMonth, lastMonth, late: [latest], hot: [hottest] }: LeaderPage): string {
  const now = thisMonth.registered.value;
  const more = now - lastMonth.registered.value;
  const than = more === 0 ? '和上月同期一样多' : `比上月同期${more > 0 ? '多' : '少'} ${Math.abs(more)} 件`;
  return [
    `本月到今天登记 ${now} 件，${than}，已销号 ${thisMonth.closed.value} 件`,
    latest === undefined
      ? '现在没有超期的'
      : `超期最多的是${latest.name}，${latest.late} 件，最久超 ${latest.longest} 天`,
    ...(hottest === undefined ? [] : [`涨得最快的是${hottest.name}，${hottest.now} 件，上月同期 ${hottest.before} 件`]),
  ]
    .join('；')
    .concat('。');
}

function Page({ page }: { page: LeaderPage }) {
  const widest = Math.max(1, ...page.late.map(({ late }) => late));
  return (
    <div className="one-page">
      <p className="gist">{gist(page)}</p>
      <table className="sheet">
        <thead>
          <tr>
            <th />
            <th className="num">本月到今天</th>
            <th className="num">
              上月 {sayDate(page.before.from)} 到 {sayDate(page.before.to)}
            </th>
            <th>分母</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, of, show }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="num">{show(page.thisMonth)}</td>
              <td className="num">{show(page.lastMonth)}</td>
              <td>
                <small>{of}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>超期最多的单位</h2>
      {page.late.length === 0 ? (
        <Empty title="现在没有超期的诉求" />
      ) : (
        <table className="sheet">
          <tbody>
            {page.late.map((unit) => (
              <tr key={unit.unit}>
                <td className="nowrap">{unit.name}</td>
                <td className="num">
                  <Behind drill={unit.drill} className="late">
                    {unit.late} 件
                  </Behind>
                </td>
                <td className="wide">
                  <div className="bar late">
                    <i style={{ width: `${(unit.late / widest) * 100}%` }} />
                  </div>
                </td>
                <td className="num">在办 {unit.open} 件</td>
                <td className="num">最久超 {unit.longest} 天</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>涨得最快的问题</h2>
      {page.hot.length === 0 ? (
        <Empty title="本月还没有分好类的诉求">派单时选好分类，这里就看得出哪类事在涨。</Empty>
      ) : (
        <table className="sheet">
          <tbody>
            {page.hot.map((hot) => (
              <tr key={hot.name}>
                <td>{hot.name}</td>
                <td className="num">
                  <Behind drill={hot.drill}>{hot.now} 件</Behind>
                </td>
                <td className="num">上月同期 {hot.before} 件</td>
                <td className="num">占本月登记 {percent(hot.of === 0 ? null : hot.now / hot.of)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="lead">{page.definitions.days}</p>
    </div>
  );
}
