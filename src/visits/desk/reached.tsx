import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate, sayDay } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { addDays } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { reachedRoutes } from '../reached.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof reachedRoutes)['GET /api/visits/reached']>;

/** A day of going out: who was reached, who was not, what was promised. For whoever answers for the place. */
export function Reached() {
  const { day: asked } = useSearch({ strict: false }) as { day?: string };
  const navigate = useNavigate();
  const today = dayAt(Date.now());
  const day = asked ?? today;
  const { data, error, refetch } = useQuery({
    queryKey: ['reached', day],
    queryFn: ({ signal }) => ask<Answer>('GET /api/visits/reached', { query: { from: day, to: day }, signal }),
    placeholderData: keepPreviousData,
  });
  const to = (next: string): void =>
    void navigate({ to: '/going/reached', search: (next === today ? {} : { day: next }) as never, replace: true });
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
      </header>
      <GoingTabs />
      <div className="filters">
        <span className="stepper">
          <button type="button" className="plain" aria-label={t('前一天')} onClick={() => to(addDays(day, -1))}>
            ‹
          </button>
          <input
            className="plain"
            type="date"
            aria-label={t('哪一天')}
            value={day}
            max={today}
            onChange={(event) => event.target.value !== '' && to(event.target.value)}
          />
          <button
            type="button"
            className="plain"
            aria-label={t('后一天')}
            disabled={day >= today}
            onClick={() => to(addDays(day, 1))}
          >
            ›
          </button>
        </span>
        {day !== today && (
          <button type="button" className="plain" onClick={() => to(today)}>
            {t('回到今天')}
          </button>
        )}
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data !== undefined && <Day of={data} />}
    </main>
  );
}

function Day({ of: { from, counts, villages, reached, closed, promises } }: { of: Answer }) {
  const went = reached.length + closed.length + promises.length;
  return (
    <>
      <p className="lead">
        {t('{day}：走到 {met} 户，没见到 {closed} 户，签字 {signed} 户，带回 {needs} 件事，答应 {promises} 件。', {
          day: sayDay(from),
          ...counts,
        })}
      </p>
      {went === 0 ? (
        <Empty title={t('这一天还没有走访。')}>
          {t('没有网的手机晚上才传；传上来以后，走到谁、没见到谁、答应了什么都在这里。')}
        </Empty>
      ) : (
        <>
          <Villages rows={villages} />
          <NotGone rows={villages} />
          <Listed title={t('没见到的')} n={counts.closed} shown={closed.length} none={t('去的每一户都见到了人。')}>
            <thead>
              <tr>
                <th>{t('谁家')}</th>
                <th>{t('在哪里')}</th>
                <th>{t('谁去的')}</th>
                <th>{t('补访')}</th>
              </tr>
            </thead>
            <tbody>
              {closed.map((door) => (
                <tr key={door.household}>
                  <td className="nowrap">{nameOf(door)}</td>
                  <td>{placeOf(door)}</td>
                  <td className="nowrap">{door.officials.join(t('、'))}</td>
                  <td className={door.late ? 'nowrap late' : 'nowrap'}>
                    {door.revisitBy !== null && t('{day}前', { day: sayDate(door.revisitBy) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </Listed>
          <Listed title={t('答应的')} n={counts.promises} shown={promises.length} none={t('这一天没有答应什么。')}>
            <thead>
              <tr>
                <th>{t('答应什么')}</th>
                <th>{t('谁家')}</th>
                <th>{t('谁答应的')}</th>
                <th>{t('兑现')}</th>
              </tr>
            </thead>
            <tbody>
              {promises.map((p, i) => (
                <tr key={`${p.visit} ${i}`}>
                  <td className="what">{p.what ?? '—'}</td>
                  <td className="nowrap">{nameOf(p)}</td>
                  <td className="nowrap">{p.official}</td>
                  <td className={p.late ? 'nowrap late' : 'nowrap'}>
                    {p.keptOn === null
                      ? t('{day}前', { day: sayDate(p.by) })
                      : t('{day}兑现', { day: sayDate(p.keptOn) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </Listed>
          <Listed title={t('走到的')} n={counts.met} shown={reached.length} none={t('这一天没有当面见到谁。')}>
            <thead>
              <tr>
                <th>{t('谁家')}</th>
                <th>{t('在哪里')}</th>
                <th>{t('谁去的')}</th>
                <th>{t('签字')}</th>
                <th className="num">{t('带回的事')}</th>
              </tr>
            </thead>
            <tbody>
              {reached.map((door) => (
                <tr key={door.household}>
                  <td className="nowrap">{nameOf(door)}</td>
                  <td>{placeOf(door)}</td>
                  <td className="nowrap">{door.officials.join(t('、'))}</td>
                  <td>{door.signed ? <span className="yes">{t('签了')}</span> : <span className="quiet">—</span>}</td>
                  <td className="num">{door.needs === 0 ? <span className="quiet">0</span> : door.needs}</td>
                </tr>
              ))}
            </tbody>
          </Listed>
          {reached.concat(closed as never).some(({ head }) => head === null) && (
            <p className="small">{t('您的岗位只看数，不看是谁家。')}</p>
          )}
        </>
      )}
    </>
  );
}

const nameOf = ({ head }: { head: string | null }): string => (head === null ? '—' : t('{head}家', { head }));
const placeOf = ({ place, address }: { place: string | null; address: string | null }): string =>
  [place, address].filter((part) => part !== null && part !== '').join(' ');

const isGone = ({ met, closed, needs, promises }: Answer['villages'][number]): boolean =>
  met + closed + needs + promises > 0;

/** Villages nobody went to are many on most days: their names stand in one place below. */
function NotGone({ rows }: { rows: Answer['villages'] }) {
  const not = rows.filter((row) => !isGone(row));
  if (not.length === 0) return null;
  return (
    <p className="small">
      {t('这一天没去的 {n} 个村：{names}。', {
        n: not.length,
        names: not.map(({ name }) => name ?? t('没有分村的')).join(t('、')),
      })}
    </p>
  );
}

const Villages = ({ rows }: { rows: Answer['villages'] }) => (
  <div className="counts-by">
    <Sheet>
      <thead>
        <tr>
          <th>{t('村')}</th>
          <th className="num">{t('走到（共多少户）')}</th>
          <th className="num">{t('没见到')}</th>
          <th className="num">{t('带回的事')}</th>
          <th className="num">{t('答应的')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.filter(isGone).map((row) => (
          <tr key={row.id}>
            <td className="nowrap">{row.name ?? t('没有分村的')}</td>
            <td className="num">
              {row.met} <span className="quiet">/ {row.all}</span>
            </td>
            <td className="num">{row.closed}</td>
            <td className="num">
              {row.needs === 0 || row.id === null ? (
                row.needs
              ) : (
                <Link to="/matters" search={{ village: row.id, channel: 'visit', when: 'open' } as never}>
                  {row.needs}
                </Link>
              )}
            </td>
            <td className="num">{row.promises}</td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  </div>
);

const Listed = ({
  title,
  n,
  shown,
  none,
  children,
}: {
  title: string;
  n: number;
  shown: number;
  none: string;
  children: ReactNode;
}) => (
  <>
    <h2>
      {title} <small>{n > shown ? t('{n}，先列 {shown}', { n, shown }) : n}</small>
    </h2>
    {n === 0 ? (
      <p className="small">{none}</p>
    ) : (
      <div className="counts-by">
        <Sheet>{children}</Sheet>
      </div>
    )}
  </>
);
