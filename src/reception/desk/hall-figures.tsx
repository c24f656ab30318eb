import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { sayNumber } from '../../matters/number-words.ts';
import { sayDate } from '../../app/ui/time.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { dayAt } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import type { HallFigures as Found } from './hall-words.ts';

const minutes = (n: number | null): string =>
  n === null ? '—' : t('{n} 分', { n: n < 10 ? n.toFixed(1) : Math.round(n) });

/** How long people waited, desk by desk, each figure with what it is a share of; by desk, never by rank. */
export function HallFigures() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string };
  const navigate = useNavigate();
  const today = dayAt(Date.now());
  const spans = [
    [t('今天'), today, today],
    [t('这个月'), `${today.slice(0, 7)}-01`, today],
    [t('今年'), `${today.slice(0, 4)}-01-01`, today],
  ] as const;
  const span = { from: search.from ?? spans[1][1], to: search.to ?? today };
  const found = useQuery({
    queryKey: ['hall', 'figures', span],
    queryFn: ({ signal }) => ask<Found>('GET /api/tickets/figures', { query: span, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{receptionTitle()}</h1>
        <div className="tools">
          <Link to="/reception/hall" search={{}}>
            {t('整个大厅')}
          </Link>
        </div>
      </header>
      <ReceptionTabs />
      <div className="filters">
        <Choices
          of={spans.map(([name]) => [name, name] as const)}
          chosen={spans.find(([, from]) => span.from === from)?.[0]}
          onChoose={(chosen) => {
            const [, from, to] = spans.find(([name]) => name === chosen)!;
            void navigate({ to: '/reception/hall/figures', search: { from, to } as never });
          }}
        />
      </div>
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('大厅里还没有窗口')} />
          ) : (
            <>
              <p className="gist">
                {t('取号 {taken} 个，接待 {received} 个。一半的人 {median} 内等到，九成的人 {p90} 内等到。', {
                  taken: data.total.taken,
                  received: data.total.received,
                  median: minutes(data.total.median),
                  p90: minutes(data.total.p90),
                })}
              </p>
              <p className="lead">
                {t('从取号算到坐到窗口；没有等到的不算在时间里，看“接待/取号”。转窗口的，时间不重新算。')}
              </p>
              <Sheet>
                <thead>
                  <tr>
                    <th>{t('窗口')}</th>
                    <th className="num">{t('有人/该有人（天）')}</th>
                    <th className="num">{t('接待/取号')}</th>
                    <th className="num">{t('过号没来')}</th>
                    <th className="num">{t('一半人等')}</th>
                    <th className="num">{t('九成人等')}</th>
                    <th className="num">{t('几个窗口一起')}</th>
                    <th className="num">{t('转过')}</th>
                    <th className="num">{t('上台账')}</th>
                    <th className="num">{t('答复了')}</th>
                    <th className="num">{t('群众认可')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((r) => (
                    <tr key={r.desk}>
                      <td className="what">
                        <Link to="/reception/hall/$id" params={{ id: r.desk }} search={{}}>
                          {t('{code} 号　{unit}', { code: r.code, unit: r.unit })}
                        </Link>
                      </td>
                      <td className={`num${r.manned < r.due ? ' soon' : ''}`}>{`${r.manned}/${r.due}`}</td>
                      <td className="num">
                        <Counted n={r.received} of={r.taken} search={{ ...span, desk: r.desk, what: 'received' }} />
                      </td>
                      <td className="num">
                        <Counted n={r.missed} of={r.taken} search={{ ...span, desk: r.desk, what: 'missed' }} />
                      </td>
                      <td className="num">{minutes(r.median)}</td>
                      <td className="num">{minutes(r.p90)}</td>
                      <td className="num">
                        <Counted n={r.joint} of={r.taken} search={{ ...span, desk: r.desk, what: 'joint' }} />
                      </td>
                      <td className="num">
                        <Counted n={r.moved} of={r.taken} search={{ ...span, desk: r.desk, what: 'moved' }} />
                      </td>
                      <td className="num">
                        <Counted n={r.registered} of={r.taken} search={{ ...span, desk: r.desk, what: 'registered' }} />
                      </td>
                      <td className="num">{r.matters === 0 ? '—' : `${r.answered}/${r.matters}`}</td>
                      <td className={`num${r.confirmed > 0 ? ' yes' : ''}`}>
                        {r.matters === 0 ? '—' : `${r.confirmed}/${r.matters}`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Sheet>
            </>
          )
        }
      </Arrived>
    </main>
  );
}

type Search = { from: string; to: string; desk: string; what: string };
const Counted = ({ n, of, search }: { n: number; of: number; search: Search }) =>
  of === 0 ? (
    '—'
  ) : n === 0 ? (
    `0/${of}`
  ) : (
    <Link className="figure" to="/reception/hall/records" search={search as never}>
      {`${n}/${of}`}
    </Link>
  );

interface Records {
  readonly rows: readonly {
    id: string;
    day: string;
    number: string;
    code: string;
    wait: number | null;
    matters: readonly { id: string; number: string }[];
  }[];
}

/** The tickets behind one figure. */
export function HallRecords() {
  const search = useSearch({ strict: false }) as Partial<Search>;
  const found = useQuery({
    queryKey: ['hall', 'records', search],
    queryFn: ({ signal }) => ask<Records>('GET /api/tickets/records', { query: search, signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('是哪些号')}</h1>
        <div className="tools">
          <Link to="/reception/hall/figures" search={{ from: search.from, to: search.to } as never}>
            {t('回到等了多久')}
          </Link>
        </div>
      </header>
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('一条也没有')} />
          ) : (
            <Sheet>
              <tbody>
                {data.rows.map((r) => (
                  <tr key={r.id}>
                    <td className="nowrap">{sayDate(r.day)}</td>
                    <td className="nowrap">
                      <b>{r.number}</b>
                    </td>
                    <td className="nowrap">{t('{code} 号窗口', { code: r.code })}</td>
                    <td className="nowrap">
                      {r.wait === null ? t('没有等到') : t('等了 {wait}', { wait: minutes(r.wait) })}
                    </td>
                    <td>
                      {r.matters.map((m) => (
                        <Link key={m.id} to="/matters/$id" params={{ id: m.id }} search={{}}>
                          {sayNumber(m.number)}{' '}
                        </Link>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          )
        }
      </Arrived>
    </main>
  );
}
