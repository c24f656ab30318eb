import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { Empty, PageWaiting } from '../../app/ui/states.tsx';
import { OrderTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { type FiguresOf, share } from './words.ts';

/** How much of what each source asked for is done, and how many letters the leaders read. */
export function OrderFigures() {
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', 'figures'],
    queryFn: ({ signal }) => ask<FiguresOf>('GET /api/orders/figures', { signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page wide">
      <header>
        <h1>{t('办结率')}</h1>
      </header>
      <OrderTabs />
      <p className="lead">
        {t('{from} 到 {to} 下达的。办结由交办的人认定；办结率的分母是下达的减去撤回的。', {
          from: sayDate(data.from),
          to: sayDate(data.to),
        })}
      </p>
      {data.sources.length === 0 ? (
        <Empty title={t('今年还没有下达')}>{t('登记上级交办、领导批示和督办以后，这里按来源统计。')}</Empty>
      ) : (
        <div className="counts-by">
          <Sheet>
            <thead>
              <tr>
                <th>{t('来源')}</th>
                <th className="num">{t('下达')}</th>
                <th className="num">{t('撤回')}</th>
                <th className="num">{t('办结')}</th>
                <th className="num">{t('办结率')}</th>
                <th className="num">{t('按时办结')}</th>
                <th className="num">{t('在办')}</th>
                <th className="num">{t('超期没报')}</th>
              </tr>
            </thead>
            <tbody>
              {data.sources.map((f) => (
                <tr key={f.source}>
                  <td>{f.name}</td>
                  <td className="num">{f.given}</td>
                  <td className="num">{f.withdrawn}</td>
                  <td className="num">{f.done}</td>
                  <td className="num">{share(f.done, f.given - f.withdrawn)}</td>
                  <td className="num">
                    {f.onTime}/{f.done}
                  </td>
                  <td className="num">{f.open}</td>
                  <td className={f.late > 0 ? 'num late' : 'num'}>{f.late}</td>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </div>
      )}
      <h2>{t('群众来信的阅批')}</h2>
      <p className="lead">
        {data.letters.length === 0
          ? t('这段时间没有来信。')
          : data.letters
              .map(({ channel, letters, read }) =>
                t('{name} {letters} 件，领导阅批 {read} 件（{share}）', {
                  name: channel === 'mailbox' ? t('书记县长信箱') : t('来信'),
                  letters,
                  read,
                  share: share(read, letters),
                }),
              )
              .join(t('；'))}
      </p>
    </main>
  );
}
