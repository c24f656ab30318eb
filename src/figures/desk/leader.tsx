import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { LeaderPage } from '../leader.ts';
import type { Figures, Measure } from '../statistics.ts';
import { percent, sayDays, sayShare } from './say.ts';
import { Behind, Tabs } from './shown.tsx';
import { t } from './english.ts';

const line = (name: string, of: string, key: 'answered' | 'late15' | 'closed' | 'returned' | 'reopened') => ({
  name,
  of,
  show: (f: Figures) => <Behind drill={f[key].drill}>{sayShare(f[key])}</Behind>,
});
const lines = [
  {
    name: t('登记'),
    of: '',
    show: (f: Figures) => <Behind drill={f.registered.drill}>{t('{value} 件', { value: f.registered.value })}</Behind>,
  },
  line(t('有答复'), t('占登记'), 'answered'),
  {
    name: t('首次答复用时（中位数）'),
    of: t('按有答复的'),
    show: (f: Figures) => <Behind drill={f.medianDays.drill}>{sayDays(f.medianDays as Measure)}</Behind>,
  },
  line(t('答复超过 15 天'), t('占有答复'), 'late15'),
  line(t('已销号'), t('占登记'), 'closed'),
  line(t('退单的'), t('占登记'), 'returned'),
  line(t('群众要求重办的'), t('占登记'), 'reopened'),
  {
    name: t('满意（4 分以上）'),
    of: t('占评分的'),
    show: ({ satisfaction: s }: Figures) =>
      s.suppressed ? (
        t('评分不足 5 人（{n} 人），不公布', { n: s.n })
      ) : (
        <Behind drill={s.drill}>
          {percent(s.share)}
          {t('（')}
          {s.pleased}/{s.n}
          {t('）')}
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
        <h1>{t('统计')}</h1>
        <div className="tools">
          <a className="plain-link" href="/print/leader" target="_blank" rel="noreferrer">
            {t('打印一页纸')}
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
  const than =
    more === 0
      ? t('和上月同期一样多')
      : t('比上月同期{what} {abs} 件', { what: more > 0 ? t('多') : t('少'), abs: Math.abs(more) });
  return [
    t('本月到今天登记 {now} 件，{than}，已销号 {value} 件', { now, than, value: thisMonth.closed.value }),
    latest === undefined
      ? t('现在没有超期的')
      : t('超期最多的是{name}，{late} 件，最久超 {longest} 天', {
          name: latest.name,
          late: latest.late,
          longest: latest.longest,
        }),
    ...(hottest === undefined
      ? []
      : [
          t('涨得最快的是{name}，{now} 件，上月同期 {before} 件', {
            name: hottest.name,
            now: hottest.now,
            before: hottest.before,
          }),
        ]),
  ]
    .join(t('；'))
    .concat(t('。'));
}

function Page({ page }: { page: LeaderPage }) {
  const widest = Math.max(1, ...page.late.map(({ late }) => late));
  return (
    <div className="one-page">
      <p className="gist">{gist(page)}</p>
      <Sheet>
        <thead>
          <tr>
            <th />
            <th className="num">{t('本月到今天')}</th>
            <th className="num">
              {t('上月 {from} 到 {to}', { from: sayDate(page.before.from), to: sayDate(page.before.to) })}
            </th>
            <th>{t('分母')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, of, show }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="num">{show(page.thisMonth)}</td>
              <td className="num">{show(page.lastMonth)}</td>
              <td>{of !== '' && <small>{of}</small>}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      <h2>{t('超期最多的单位')}</h2>
      {page.late.length === 0 ? (
        <Empty title={t('现在没有超期的诉求')} />
      ) : (
        <Sheet>
          <tbody>
            {page.late.map((unit) => (
              <tr key={unit.unit}>
                <td className="nowrap">{unit.name}</td>
                <td className="num">
                  <Behind drill={unit.drill} className="late">
                    {t('{late} 件', { late: unit.late })}
                  </Behind>
                </td>
                <td className="wide">
                  <div className="bar late">
                    <i style={{ width: `${(unit.late / widest) * 100}%` }} />
                  </div>
                </td>
                <td className="num">{t('在办 {open} 件', { open: unit.open })}</td>
                <td className="num">{t('最久超 {longest} 天', { longest: unit.longest })}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      <h2>{t('涨得最快的问题')}</h2>
      {page.hot.length === 0 ? (
        <Empty title={t('本月还没有分好类的诉求')}>{t('派单时选好分类，这里就看得出哪类事在涨。')}</Empty>
      ) : (
        <Sheet>
          <tbody>
            {page.hot.map((hot) => (
              <tr key={hot.name}>
                <td>{hot.name}</td>
                <td className="num">
                  <Behind drill={hot.drill}>{t('{now} 件', { now: hot.now })}</Behind>
                </td>
                <td className="num">{t('上月同期 {before} 件', { before: hot.before })}</td>
                <td className="num">
                  {t('占本月登记 {percent}', { percent: percent(hot.of === 0 ? null : hot.now / hot.of) })}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      <p className="lead">{page.definitions.days}</p>
    </div>
  );
}
