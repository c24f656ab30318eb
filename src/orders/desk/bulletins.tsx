import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { List } from '../../app/ui/list.tsx';
import { Empty, PageWaiting } from '../../app/ui/states.tsx';
import { OrderTabs } from '../../app/ui/tabs.tsx';
import { sayDate, sayMonth } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { checked } from './checked.tsx';
import { t } from './english.ts';
import { type BulletinOf, type Months, share } from './words.ts';

/** 一月一通报: each month's as it was published, on the screen and for the printer. */
export function Bulletins() {
  const search = useSearch({ strict: false }) as { month?: string };
  const navigate = useNavigate();
  const months = useQuery({
    queryKey: ['orders', 'bulletins'],
    queryFn: ({ signal }) => ask<Months>('GET /api/bulletins', { signal }),
  });
  const month = search.month ?? months.data?.bulletins[0]?.month;
  const one = useQuery({
    queryKey: ['orders', 'bulletin', month],
    queryFn: ({ signal }) => ask<BulletinOf>('GET /api/bulletins/:month', { params: { month: month! }, signal }),
    enabled: month !== undefined,
  });
  if (months.data === undefined) return <PageWaiting error={months.error} again={months.refetch} />;
  const bulletin = one.data;
  return (
    <main className="page wide">
      <header>
        <h1>{t('批示件和重要信访事项通报')}</h1>
        <div className="tools">
          {bulletin !== undefined && bulletin.publishedOn !== null && (
            <a className="plain-link" href={`/print/bulletin/${bulletin.month}`} target="_blank" rel="noreferrer">
              {t('打印')}
            </a>
          )}
        </div>
      </header>
      <OrderTabs />
      {months.data.bulletins.length === 0 ? (
        <Empty title={t('还没有发过通报')}>{t('督查员每月查一次批示件和重要诉求，结果在这里通报。')}</Empty>
      ) : (
        <div className="filters">
          <Choices
            of={months.data.bulletins.map((one) => [one.month, sayMonth(one.month)] as const)}
            label={t('哪个月')}
            chosen={month}
            onChoose={(other) => void navigate({ to: '/orders/bulletins', search: { month: other } })}
          />
        </div>
      )}
      {bulletin !== undefined && bulletin.publishedOn !== null && (
        <>
          <p className="lead">
            {t('{day} 发。{words}', { day: sayDate(bulletin.publishedOn), words: bulletin.words })}
          </p>
          <div className="counts-by">
            <Sheet>
              <thead>
                <tr>
                  <th>{t('来源')}</th>
                  <th className="num">{t('下达')}</th>
                  <th className="num">{t('办结')}</th>
                  <th className="num">{t('办结率')}</th>
                  <th className="num">{t('在办')}</th>
                  <th className="num">{t('超期没报')}</th>
                </tr>
              </thead>
              <tbody>
                {bulletin.sources.map((f) => (
                  <tr key={f.source}>
                    <td>{f.name}</td>
                    <td className="num">{f.given}</td>
                    <td className="num">{f.done}</td>
                    <td className="num">{share(f.done, f.given - f.withdrawn)}</td>
                    <td className="num">{f.open}</td>
                    <td className={f.late > 0 ? 'num late' : 'num'}>{f.late}</td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          </div>
          <h2>{t('每一件')}</h2>
          <List rows={bulletin.items} columns={checked} keyOf={({ number }) => number} />
        </>
      )}
    </main>
  );
}
